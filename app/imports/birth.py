"""Dates as lists have them: text, numbers of days, two digits, a year alone, in pieces."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from app.imports.rows import ListRow
from app.rules import dates
from data.text import fold

OLDEST_YEARS = 130
SERIAL_MIN = 3_654  # 1 January 1910; a smaller number is a year or nothing
SERIAL_MAX = 80_000
SERIAL_TYPED = re.compile(r"\d{5}(\.0+)?")
NOTHING = frozenset(("", "0", "khong", "khong ro", "khong nho", "chua ro", "k ro", "ko", "kr"))
LUNAR = re.compile(r"\(?\s*(âm lịch|âl\b|a\.?l\.?\b|âm\b)\s*\)?", re.IGNORECASE)
SPOKEN = re.compile(r"^(sn|sinh|sinh nam|n\.?s\.?)\s*:?\s*(?=\d)", re.IGNORECASE)
"""`SN 1945`, as people say it."""
GUESSED = "serial_guessed"
BARE_YEAR = re.compile(r"^'?(\d{2})$")
TWO_DIGITS = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*'?(\d{2})$")


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


def under_both(row: ListRow) -> str:
    """What stands under Nam and under Nữ at once, which can only be a slip; "" as usual."""
    male, female = (row.values.get(f"birth_{sex}", "") for sex in ("male", "female"))
    told = [text for text in (male, female) if fold(text) not in NOTHING]
    return f"Nam: {male}, Nữ: {female}" if len(told) == 2 else ""


def parse(text: str, kind: str, today: date, id_number: str = "") -> Birth:
    """One cell as a partial date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Codes: formula_without_value, birth_unclear (not understood), birth_no_such_day (31/2/1960),
    birth_future, birth_too_old,
    century_guessed (a warning: two digits of a year that fit both centuries), year_guessed (a
    warning: two digits that stand alone), birth_unknown (a warning: a question mark),
    serial_guessed (a warning: a plain number, also one typed as text as all of a CSV is, taken as
    Excel's count of days). `kind` is also `serial` for a plain number in a column of dates and
    `year` in one of years: there it is taken, here it is not understood.
    """
    if kind == "formula" or kind == "error":
        return Birth(None, "", "formula_without_value", text)
    if fold(text) in NOTHING:
        return Birth(None, "", "birth_unknown" if "?" in text else "", text)
    among, kind = (kind, "number") if kind in ("serial", "year") else ("", kind)
    two = BARE_YEAR.match(text)
    if two and kind in ("number", "text"):
        return _bare_year(int(two[1]), today, text, id_number)
    if kind == "number":
        told = _checked(_number(text, today), today, text)
        if not told.value or not _serial(text) or among == "serial":
            return told
        unlike = among == "year"
        return Birth(None, "", "birth_unclear", text) if unlike else told._replace(code=GUESSED)
    if kind == "date":
        return _checked(text, today, text)
    lunar = LUNAR.search(text)
    if lunar:
        years = re.findall(r"\b(?:1[89]|20)\d\d\b", text)
        return _checked(years[0] if years else None, today, text)._replace(lunar=text)
    bare = SPOKEN.sub("", text.strip(" .()?'\""))
    short = TWO_DIGITS.match(bare)
    if short:
        return _two_digits(short, today, text, id_number)
    found = dates.parse(bare, today) or dates.parse(bare, today, future=True)
    told = _checked(found, today, text)
    counted = SERIAL_TYPED.fullmatch(bare)
    return told._replace(code=GUESSED) if told.value and counted else told


def _number(text: str, today: date) -> str | None:
    """A year, a number of days of Excel, or digits run together."""
    number = int(float(text)) if re.fullmatch(r"\d+(\.\d+)?", text) else 0
    if dates.OLDEST_YEAR <= number <= today.year + 100:
        return str(number)
    if SERIAL_MIN <= number <= SERIAL_MAX:
        return dates.from_serial(number)
    return dates.parse(text.zfill(8), today, future=True) if len(text) in (7, 8) else None


def _serial(text: str) -> bool:
    """Whether a plain number was taken as Excel's count of days, which its cell does not say."""
    return bool(re.fullmatch(r"\d{4,5}(\.\d+)?", text)) and int(float(text)) >= SERIAL_MIN


def _bare_year(year: int, today: date, text: str, id_number: str) -> Birth:
    """The year 45 of a column of years: as the citizen number says, else never in the future.

    It may also be an age, so it is always worth a look.
    """
    told = _century(id_number, f"{year:02d}")
    century = told or (2000 if 2000 + year <= today.year else 1900)
    found = _checked(str(century + year), today, text)
    return found if told or not found.value else found._replace(code="year_guessed")


def _century(id_number: str, year: str) -> int | None:
    """The century of birth that a citizen number of 12 digits tells for two digits of a year."""
    if len(id_number) != 12 or id_number[4:6] != year:
        return None
    return {"0": 1900, "1": 1900, "2": 2000, "3": 2000}.get(id_number[3])


def _two_digits(short: re.Match[str], today: date, text: str, id_number: str) -> Birth:
    """The century of 12/3/45: as the citizen number says, never in the future, else the later."""
    day, month, year = short[1], short[2], int(short[3])
    told = _century(id_number, short[3])
    if told:
        return _checked(dates.parse(f"{day}/{month}/{told + year}", today), today, text)
    century = 2000 if 2000 + year <= today.year else 1900
    found = _checked(dates.parse(f"{day}/{month}/{century + year}", today), today, text)
    if century == 2000 and found.value:
        return found._replace(code="century_guessed")
    return found


def _checked(value: str | None, today: date, written: str) -> Birth:
    if value is None:
        code = "birth_no_such_day" if dates.no_such_day(written, today) else "birth_unclear"
        return Birth(None, "", code, written)
    if value > today.isoformat()[: len(value)]:
        return Birth(None, "", "birth_future", written)
    if int(value[:4]) < today.year - OLDEST_YEARS:
        return Birth(None, "", "birth_too_old", written)
    return Birth(value, "", "", written)
