"""Dates as lists have them: text, numbers of days, two digits, a year alone, in pieces."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from app.imports.rows import ListRow
from app.imports.xlsx import serial_date
from app.rules import dates
from data.text import fold, tidy

OLDEST_YEARS = 130
NOTHING = frozenset(("", "0", "-", "x", "khong", "khong ro", "khong nho", "chua ro", "k ro", "ko"))
LEAD = re.compile(r"^(sinh( ngày| năm)?|ngày|năm|khoảng|kh\.?|~|ns|sn)\s*:?\s*", re.IGNORECASE)
LUNAR = re.compile(r"\(?\s*(âm lịch|âl|a\.?l\.?|âm)\s*\)?", re.IGNORECASE)
TWO_DIGITS = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*'?(\d{2})$")
EIGHT_DIGITS = re.compile(r"^\d{8}$")
SEPARATED = re.compile(r"\s*[/.\-,\\ ]\s*")


class Birth(NamedTuple):
    """A partial date (or None), the lunar remark as written, and a code when it is not clear."""

    value: str | None
    lunar: str = ""
    code: str = ""
    written: str = ""


def birth_of(row: ListRow, today: date, id_number: str = "") -> tuple[Birth, str]:
    """The date of birth of a row, and the sex that the column under Nam or Nữ tells."""
    for field, sex in (("birth", ""), ("birth_male", "male"), ("birth_female", "female")):
        text = row.values.get(field, "")
        if field in row.values and (text or row.kinds.get(field) == "formula"):
            if sex and re.fullmatch(r"[xX✓v+]", text):
                return Birth(None), sex
            return parse(text, row.kinds.get(field, "text"), today, id_number), sex
    parts = [row.values.get(f"birth_{part}", "") for part in ("day", "month", "year")]
    given = [part for part in parts if part and fold(part) not in NOTHING]
    if given and parts[2]:
        return parse("/".join(given), "text", today, id_number), ""
    return Birth(None), ""


def parse(text: str, kind: str, today: date, id_number: str = "") -> Birth:
    """One cell as a partial date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Codes: formula_without_value, birth_unclear (not understood), birth_future, birth_too_old,
    century_guessed (a warning: two digits of a year that fit both centuries).
    """
    if kind == "formula" or kind == "error":
        return Birth(None, "", "formula_without_value", text)
    if fold(text) in NOTHING:
        return Birth(None)
    if kind == "number":
        return _checked(_number(text, today), today, text)
    if kind == "date":
        return _checked(text, today, text)
    lunar = LUNAR.search(text)
    if lunar:
        years = re.findall(r"\b(?:1[89]|20)\d\d\b", text)
        return _checked(years[0] if years else None, today, text)._replace(lunar=text)
    bare = LEAD.sub("", LEAD.sub("", tidy(text))).strip(" .()?'\"")
    short = TWO_DIGITS.match(bare)
    if short:
        return _two_digits(short, today, text, id_number)
    return _checked(_text(bare, today), today, text)


def _text(bare: str, today: date) -> str | None:
    if EIGHT_DIGITS.match(bare) or re.fullmatch(r"\d{5}", bare):
        return _number(bare, today)
    plain = re.sub(r"\s*00:00(:00)?(\.0+)?$", "", bare)
    plain = re.sub(r"(?i)(ngày|tháng|năm)", "/", plain)
    pieces = [piece for piece in SEPARATED.split(plain) if piece]
    while len(pieces) == 3 and pieces[0] in ("0", "00"):
        pieces.pop(0)
    if len(pieces) == 2 and pieces[0] in ("0", "00"):
        pieces.pop(0)
    return dates.parse("/".join(pieces) if len(pieces) < 3 or len(pieces[0]) < 3 else plain, today)


def _number(text: str, today: date) -> str | None:
    """A year, a number of days of Excel, or digits run together."""
    number = int(float(text)) if re.fullmatch(r"\d+(\.\d+)?", text) else 0
    if 1800 <= number <= today.year + 100:
        return str(number)
    if 3_654 <= number <= 80_000:  # 1910 on; smaller ones are years or nothing
        return serial_date(number, "day", False)
    digits = text.zfill(8) if len(text) == 7 else text
    if EIGHT_DIGITS.match(digits):
        for day, month, year in (
            (digits[:2], digits[2:4], digits[4:]),
            (digits[6:], digits[4:6], digits[:4]),
        ):
            found = dates.parse(f"{day}/{month}/{year}", today)
            if found:
                return found
    return None


def _two_digits(short: re.Match[str], today: date, text: str, id_number: str) -> Birth:
    """The century of 12/3/45: as the citizen number says, never in the future, else the likelier."""
    day, month, year = short[1], short[2], int(short[3])
    told = {"0": 1900, "1": 1900, "2": 2000, "3": 2000}.get(id_number[3:4])
    if len(id_number) == 12 and told and id_number[4:6] == short[3]:
        return _checked(dates.parse(f"{day}/{month}/{told + year}", today), today, text)
    century = 2000 if 2000 + year <= today.year else 1900
    found = _checked(dates.parse(f"{day}/{month}/{century + year}", today), today, text)
    if century == 2000 and found.value:
        return found._replace(code="century_guessed")
    return found


def _checked(value: str | None, today: date, written: str) -> Birth:
    if value is None:
        return Birth(None, "", "birth_unclear", written)
    if value > today.isoformat()[: len(value)]:
        return Birth(None, "", "birth_future", written)
    if int(value[:4]) < today.year - OLDEST_YEARS:
        return Birth(None, "", "birth_too_old", written)
    return Birth(value, "", "", written)
