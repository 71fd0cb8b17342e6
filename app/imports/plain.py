"""Values of the plain fields of the dictionary, as lists write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from app.imports import notes, numbers
from app.imports.layout import CROSS
from data import codes
from data.fields import Field
from data.text import fold, tidy, title_name

NOTE_MAX = 2_000
TEXT_MAX = 500
YES = frozenset("x co v 1 true yes dung".split())
NO = frozenset("khong ko k 0 false no".split())


@lru_cache(maxsize=20_000)
def match(list_name: str, text: str) -> str | None:
    """`codes.match`, remembered: a list says the same few things thousands of times."""
    return codes.match(list_name, text)


@lru_cache(maxsize=20_000)
def match_all(list_name: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All codes a text names and the words nobody knows, remembered."""
    one = codes.match(list_name, text)
    if one:
        return (one,), ()
    found = codes.match_all(list_name, text)
    return found.codes, found.unknown


def with_initials(name: str) -> str:
    """Út typed in TCVN3 comes back as út, for toned letters have no capitals there."""
    words = name.split()
    if not any(word[0].isupper() for word in words):
        return name
    return " ".join(
        word[0].upper() + word[1:] if word[0].islower() and not word[0].isascii() else word
        for word in words
    )


def text_value(about: Field, text: str) -> object:
    """A plain text, tidied and no longer than its field takes."""
    return tidy(text)[: NOTE_MAX if about.type == "note" else TEXT_MAX]


def _person_name(about: Field, text: str) -> object:
    name = with_initials(title_name(notes.split_name(text)[0]))
    return name if not name or any(sign.isalpha() for sign in name) else None


def _whole(about: Field, text: str) -> object:
    digits = "".join(sign for sign in text.split(",")[0] if sign.isdigit())
    return int(digits) if digits else None


MONEY = re.compile(
    r"(?P<number>\d[\d.,\s]*?)\s*(?P<unit>k|nghìn|ngàn|nghin|ngan|tr|triệu|trieu)?"
    r"\s*(?:đồng|dong|đ|d|vnđ|vnd)?\s*(?:(?:/|một|1)\s*(?:tháng|thang|th|t))?\.?"
)
THOUSANDS = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")


def _money(about: Field, text: str) -> object:
    """Đồng: `540.000`, `540,000 đ`, `540k`, `540 nghìn`, `0,54 triệu`; else None."""
    found = MONEY.fullmatch(text.strip().lower())
    if found is None:
        return None
    number, unit = found["number"], found["unit"] or ""
    times = 1_000_000 if unit.startswith("tr") else 1_000 if unit else 1
    if times < 1_000_000 and THOUSANDS.fullmatch(number):
        return int(re.sub(r"\D", "", re.sub(r"[.,]\d{1,2}$", "", number))) * times
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", number):
        return None
    return int(Decimal(number.replace(",", ".")) * times)


def _yes(about: Field, text: str) -> object:
    said = fold(text)
    if CROSS.match(text) or said in YES:
        return True
    return False if said in NO else None


def _code(about: Field, text: str) -> object:
    if CROSS.match(text):
        return match("yes_no", "có") if about.codes == "yes_no" else None
    return match(about.codes, text)


def _codes(about: Field, text: str) -> object:
    matched, unknown = match_all(about.codes, text)
    return None if unknown or not matched else matched


def _phone(about: Field, text: str) -> object:
    if fold(text) in numbers.NO_NUMBER:
        return ""
    return numbers.phone_number(text, "text") or None


def _idno(about: Field, text: str) -> object:
    return numbers.citizen_number(text, "text")[0]


CONVERT: dict[str, Callable[[Field, str], object]] = {
    "text": text_value,
    "note": text_value,
    "name": _person_name,
    "int": _whole,
    "money": _money,
    "bool": _yes,
    "code": _code,
    "codes": _codes,
    "phone": _phone,
    "idno": _idno,
    "unit": lambda about, text: None,
}
