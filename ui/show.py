"""How values look on a screen: states as chips, ages, masked numbers, short units, instants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from app.forms import choices, code_label, date_shown, unit_short
from app.rules import masking
from app.values.user import UserLine
from app.wording import language, translate

KB, MB = 1024, 1024 * 1024


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a word on its tone; `sign` stands before it so that colour is never alone."""

    text: str
    tone: str = "mute"
    sign: str = ""


def number(count: int) -> str:
    """A whole number with its thousands parted, as the language writes it."""
    written = f"{count:,}"
    return written if language() == "en" else written.replace(",", ".")


def percent(share: float) -> str:
    """Percent with one decimal, as the language writes it."""
    written = f"{share:.1f}"
    return written if language() == "en" else written.replace(".", ",")


def hundredths(size: float) -> str:
    """A size with two decimals, as the language writes it."""
    written = f"{size:,.2f}"
    return written if language() == "en" else written.translate(str.maketrans(",.", ".,"))


def initials(name: str) -> str:
    """The first letters of the family name and the given name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def masked(id_number: str | None) -> str:
    """An identity number with only its last digits open."""
    return masking.masked(id_number or "")


def age(birth: str | None, today: date) -> int | None:
    """Age today from a partial date; by years alone when only the year is known."""
    if not birth:
        return None
    parts = [int(part) for part in birth.split("-")]
    years = today.year - parts[0]
    if len(parts) > 1:
        then = (parts[1], parts[2] if len(parts) > 2 else 1)
        years -= (today.month, today.day) < then
    return max(0, years)


def birth_and_age(birth: str | None, today: date) -> str:
    """A birth date with the age behind it: `12/03/1971 (55)`, `1956 (70 tuổi)`."""
    years = age(birth, today)
    if birth is None or years is None:
        return ""
    if len(birth) == 4:
        return translate("{birth} ({age} tuổi)", birth=birth, age=years)
    return f"{date_shown(birth)} ({years})"


def birth_sentence(birth: str | None) -> str:
    """A birth date with its precision in words."""
    if not birth:
        return translate("chưa rõ ngày sinh")
    shown = date_shown(birth)
    if len(birth) == 4:
        return translate("sinh {birth} (chỉ biết năm)", birth=shown)
    if len(birth) == 7:
        return translate("sinh {birth} (không rõ ngày)", birth=shown)
    return translate("sinh {birth}", birth=shown)


def place(commune: str | None, hamlet: str | None) -> str:
    """Commune and hamlet in one cell."""
    return " · ".join(part for part in (unit_short(commune) if commune else "", hamlet) if part)


def types(codes: Sequence[str]) -> str:
    """Types of disability in words, in their official order."""
    return _types(tuple(codes), language())


@lru_cache(maxsize=1_000)
def _types(codes: tuple[str, ...], _language: str) -> str:
    order = [choice.code for choice in choices("disability_type")]
    known = sorted(codes, key=lambda code: order.index(code) if code in order else len(order))
    return " · ".join(code_label("disability_type", code) for code in known)


def degree(code: str | None) -> Chip | None:
    """The degree of disability; never in a warning colour: it is a person, not an error."""
    if not code:
        return None
    tone = {"profound": "strong", "severe": "medium"}.get(code, "mute")
    return Chip(code_label("degree", code), tone)


def status(code: str) -> Chip:
    """Where a record stands between draft and approval."""
    tone, sign, words = {
        "approved": ("ok", "✓", translate("Đã duyệt")),
        "waiting": ("wait", "…", translate("Chờ duyệt")),
        "returned": ("bad", "↩", translate("Trả lại")),
        "draft": ("mute", "", translate("Nháp")),
    }.get(code, ("mute", "", code))
    return Chip(words, tone, sign)


def sync(code: str) -> Chip:
    """Where a record stands between this PC and the server."""
    tone = {"sent": "info", "confirmed": "ok", "conflict": "bad"}.get(code, "mute")
    words = {
        "local": translate("Lưu tại máy"),
        "sent": translate("Đã gửi"),
        "confirmed": translate("Đã xác nhận"),
        "conflict": translate("Xung đột"),
    }
    return Chip(words.get(code, code), tone)


def life(code: str) -> Chip | None:
    """A life state worth a word; nothing for the living."""
    return None if code == "living" else Chip(code_label("life_state", code), "mute")


def mine_victim() -> Chip:
    """The mark of a mine victim (nạn nhân bom mìn)."""
    return Chip(translate("NNBM"), "info")


def instant(iso: str | None) -> str:
    """An instant as local time: today the hour, else day and hour."""
    if not iso:
        return ""
    local = datetime.fromisoformat(iso.replace("Z", "+00:00")).astimezone()
    if local.date() == datetime.now().astimezone().date():
        return f"{local:%H:%M}"
    return moment(iso)


def moment(iso: str) -> str:
    """An instant as local day and hour, whichever day it is."""
    return f"{datetime.fromisoformat(iso.replace('Z', '+00:00')).astimezone():%d/%m/%Y %H:%M}"


def money(amount: int | None) -> str:
    """An amount of đồng."""
    return "" if amount is None else translate("{amount} đồng", amount=number(amount))


def size(count: int) -> str:
    """So many bytes in KB or, from one on, in MB."""
    if count >= MB:
        words = f"{count / MB:.1f}"
        words = words if language() == "en" else words.replace(".", ",")
        return translate("{size} MB", size=words)
    return translate("{size} KB", size=number(-(-count // KB)))


def visit(one: UserLine) -> str:
    """Until when somebody from outside comes in, and by whose decision; "" for one's own people."""
    if not one.valid_until:
        return ""
    day = date_shown(one.valid_until)
    if one.expired:
        return translate("hết hạn sau ngày {day}", day=day)
    return translate("vào sổ đến hết ngày {day}: {basis}", day=day, basis=one.basis)
