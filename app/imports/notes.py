"""Remarks that carry meaning: mine victims, people who died or left, other names in brackets."""

from __future__ import annotations

import re

from data.text import fold

MINE = re.compile(
    r"\b(nnbm|nn bom|bom min|bom bi|bi min|dap min|vuong min|min no|bom no|dan no|luu dan|vat no|"
    r"dau dan|dan coi|phao no|cuoc trung bom|trung bom|tai nan bom|(do|vi|boi|trung|vap|cham|dinh|"
    r"giam|dam|go) (phai |trung )?(bom|min))\b"
)
NOT_MINE = re.compile(
    r"\b(khong|ko|k|chua)\b( phai| la| bi| thuoc)* (nn|nan nhan|nnbm|bom|tai nan)"
)
DEAD = re.compile(
    r"\b(da mat|mat nam|mat ngay|mat thang|da chet|chet|tu vong|qua doi|cat chet|"
    r"mat (\d{1,2} ){0,2}(19|20)\d\d)\b"
)
LEFT = re.compile(
    r"\b(chuyen di|da chuyen|chuyen khau|cat khau|bo di|di khoi|khong con o|chuyen noi|"
    r"khong con cu tru|vang mat|lam an xa|"
    r"chuyen den xa|chuyen ve xa|chuyen vao|chuyen sang|chuyen xa)\b"
)
RECEIVES = re.compile(r"\b(dang|duoc|da) huong (tro cap|tc|tcxh|btxh|bao tro)\b")
STOPPED = re.compile(r"\b(khong|ko|k|chua|thoi|dung|ngung)( duoc| con| dang)* huong\b")
BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
ALSO = re.compile(
    r"^(tên thường gọi|thường gọi|tên khác|tức|gọi là|còn gọi là|bí danh)\s*:?\s*", re.I
)


def says_mine(note: str) -> bool:
    """Whether a remark says that the person is a mine or UXO victim."""
    folded = fold(note)
    return bool(MINE.search(folded)) and not NOT_MINE.search(folded)


def life_hint(note: str) -> str:
    """`dead` or `left` when a remark says so; only people may record it, a machine proposes."""
    folded = fold(note)
    if DEAD.search(folded):
        return "dead"
    return "left" if LEFT.search(folded) else ""


def allowance(note: str) -> bool:
    """Whether a remark says that the person receives a monthly allowance now."""
    folded = fold(note)
    return bool(RECEIVES.search(folded)) and not STOPPED.search(folded)


def split_name(written: str) -> tuple[str, str, str]:
    """The name, another name and a remark of `Nguyễn Văn An (Tèo)` or `Lê Hoa (đã mất)`."""
    other, remark = "", ""
    for inside in BRACKETS.findall(written):
        inside = inside.strip()
        if not inside:
            continue
        if life_hint(inside) or says_mine(inside) or any(sign.isdigit() for sign in inside):
            remark = inside
        elif not other:
            other = ALSO.sub("", inside)
        else:
            remark = inside
    name = BRACKETS.sub(" ", written).strip(" ,;.*-–")
    return name, other, remark
