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
PASSED_AWAY = re.compile(r"\b([Tt]ừ trần|TỪ TRẦN|[Tt]ạ thế|TẠ THẾ)\b")
"""With its marks: without them it is `từ Trần Phú` and `mô tả thể trạng` as well."""
RELATIVE = re.compile(
    r"\b(con|vợ|chồng|cháu|bố|cha|mẹ|má)( (đẻ|ruột|của))?( (ông|bà|anh|chị|cụ|liệt sĩ))?"
    r"(?= [A-ZĐÀ-Ỹ]| đã| mất| chết| qua| từ| tạ| chuyển)[^,;()]*(\([^)]*\))?"
)
"""`con ông Lê Văn Mười (đã mất)`: what is said there is said of a relative."""
SEXES = {"Thị": "female", "Văn": "male"}
BETWEEN_NAMES = re.compile(r"\s*(?:[,;/&+\n]|\bvà\b)\s*")
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
    if not _hint(note):
        return ""
    own = RELATIVE.sub(" ", note[:1].lower() + note[1:])
    return _hint(own)


def _hint(words: str) -> str:
    folded = fold(words)
    if DEAD.search(folded) or PASSED_AWAY.search(words):
        return "dead"
    return "left" if LEFT.search(folded) else ""


def sex_of_name(name: str) -> str:
    """The sex that the second word of a name nearly always tells (Thị, Văn), or ""."""
    words = name.split()
    return SEXES.get(words[1], "") if len(words) > 2 else ""


def two_names(written: str) -> bool:
    """Whether two persons share a cell: `Đào Văn Năm, Đào Văn Sáu`, `Đào Văn Năm Đào Văn Sáu`."""
    bare = BRACKETS.sub(" ", written)
    whole = [part for part in BETWEEN_NAMES.split(bare) if _whole_name(part)]
    words = bare.title().split()
    at = [place for place, word in enumerate(words) if place and word in SEXES]
    return len(whole) > 1 or (len(at) > 1 and at[-1] - at[0] > 2)


def _whole_name(part: str) -> bool:
    words = part.split()
    return len(words) > 1 and all(word[0].isupper() for word in words)


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
