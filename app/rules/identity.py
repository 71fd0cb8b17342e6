"""Numbers that name a person: what they say, and warnings where it does not fit. Never errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

CITIZEN_DIGITS = 12
CMND_DIGITS = 9
"""Old identity cards (CMND) have nine digits without a meaning we know."""

"""QĐ 1351/QĐ-BHXH: group, level, province, ten digits; new cards print the ten digits only."""

Kind = Literal["citizen", "cmnd", "other"]


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Something that does not fit: a code, and the facts for its sentence."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What a citizen number says: its place's digits, the sex, the year of birth."""

    place: str
    sex: str
    year: int


def tidy(number: str) -> str:
    """The number without the blanks, dots and dashes that people write in it."""
    return re.sub(r"[\s.\-–]", "", number)


def kind(number: str) -> Kind:
    """Which number it looks like, by its length."""
    digits = tidy(number)
    if not (digits.isascii() and digits.isdigit()):
        return "other"
    return {CITIZEN_DIGITS: "citizen", CMND_DIGITS: "cmnd"}.get(len(digits), "other")  # type: ignore[return-value]


def said(number: str) -> Said | None:
    """What a citizen number says (NĐ 137/2015/NĐ-CP Đ.13); None for any other number.

    Three digits of the place of registration; one of century and sex (0 and 1 for men and women
    born 1900-1999, 2 and 3 for 2000-2099, and so on); two of the year; six at random.
    """
    digits = tidy(number)
    if kind(digits) != "citizen":
        return None
    century, woman = divmod(int(digits[3]), 2)
    year = 1900 + 100 * century + int(digits[4:6])
    return Said(digits[:3], "female" if woman else "male", year)


def check(number: str, birth: str, sex: str, places: Mapping[str, str]) -> tuple[Mismatch, ...]:
    """Warnings about an identity number beside a partial date of birth and a sex (empty unknown).

    `places` maps the first three digits to the names of the provinces. Codes: id_not_a_number,
    id_length (digits), id_zero_lost (number), id_place (place), id_sex, id_birth (year, birth).
    Nothing is said about a missing number, nor about a CMND of nine digits.
    """
    digits = tidy(number)
    if not digits or kind(digits) == "cmnd":
        return ()
    told = said(digits)
    if told is None:
        return (_unlike(digits, birth, sex, places),)
    warnings = []
    if told.place not in places:
        warnings.append(Mismatch("id_place", {"place": told.place}))
    if sex and told.sex != sex:
        warnings.append(Mismatch("id_sex"))
    if birth and birth[:4] != str(told.year):
        warnings.append(Mismatch("id_birth", {"year": told.year, "birth": birth[:4]}))
    return tuple(warnings)


def _unlike(digits: str, birth: str, sex: str, places: Mapping[str, str]) -> Mismatch:
    """Why something is no citizen number; spreadsheets drop the zero in front."""
    if not (digits.isascii() and digits.isdigit()):
        return Mismatch("id_not_a_number")
    whole = digits.zfill(CITIZEN_DIGITS)
    if len(digits) in (10, 11) and not check(whole, birth, sex, places):
        return Mismatch("id_zero_lost", {"number": whole})
    return Mismatch("id_length", {"digits": len(digits)})
