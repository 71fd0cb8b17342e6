"""Partial dates: what people type becomes YYYY, YYYY-MM or YYYY-MM-DD; nothing is invented."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Literal

Precision = Literal["day", "month", "year"]

OLDEST_YEAR = 1800
FUTURE_YEARS_MAX = 30
"""How far ahead two digits of a year may mean a coming one, where coming days are allowed."""

_LENGTHS: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
_WHOLE = 10
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", re.ASCII)
_WORDS = re.compile(r"ngày|tháng|năm|sinh|khoảng|[~'’]")
_SIGNS = re.compile(r"[\s/.\-–,\\]+")
_UNKNOWN = re.compile(r"0{1,2}|[?x_*…]+")
_ISO = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(\.0+)?", re.ASCII)


def parse(text: str, today: date, future: bool = False) -> str | None:
    """The partial date that a text means, or None when it is none.

    Takes 12/3/1971, 25-11-1938, 15.07.1925, 3/1971, 1971, 1971-03-12, "ngày 12 tháng 3 năm
    1971", eight digits run together, a five-digit day number of Excel; day or month written as
    0, 00, ? or __ are unknown. Two digits of a year mean the latest such year that has begun.
    Days after `today` are refused unless `future`.
    """
    if _ISO.fullmatch(text) and valid(text):
        return None if text > today.isoformat()[: len(text)] and not future else text
    words = _plain(text)
    run = _run_together(words)
    found = run if run is not None else _of_pieces(_SIGNS.split(words), today, future)
    if found is None or not valid(found):
        return None
    late = found > today.isoformat()[: len(found)]
    return None if late and not future else found


def _plain(text: str) -> str:
    words = unicodedata.normalize("NFC", text).lower().strip()
    words = _TIME.sub("", words.upper()).lower()
    return _WORDS.sub(" ", words).strip(" ./-,:()\t\n\u00a0")


def _run_together(words: str) -> str | None:
    """Eight digits as a day, or five digits as Excel's number of a day."""
    serial = _SERIAL.fullmatch(words)
    if serial:
        return from_serial(int(serial[1]))
    if len(words) != 8 or not words.isascii() or not words.isdigit():
        return None
    for found in (
        f"{words[4:]}-{words[2:4]}-{words[:2]}",
        f"{words[:4]}-{words[4:6]}-{words[6:]}",
    ):
        if valid(found):
            return found
    return None


def _of_pieces(pieces: list[str], today: date, future: bool) -> str | None:
    """A date from day, month, year; month, year; year; or year first."""
    if len(pieces) > 1 and len(pieces[0]) == 4:
        pieces = pieces[::-1]
    if not 1 <= len(pieces) <= 3:
        return None
    year = _year(pieces[-1], len(pieces), today, future)
    if year is None:
        return None
    rest = [_number(piece) for piece in pieces[:-1]]
    if None in rest:
        return None
    known = [number for number in rest if number]
    if known and not rest[-1]:
        return None  # a day without its month says nothing
    return "-".join([f"{year:04d}", *(f"{number:02d}" for number in reversed(known))])


def _number(piece: str) -> int | None:
    """A day or month; 0 for one that is not known; None for what is neither."""
    if _UNKNOWN.fullmatch(piece):
        return 0
    return int(piece) if len(piece) <= 2 and piece.isascii() and piece.isdigit() else None


def _year(piece: str, pieces: int, today: date, future: bool) -> int | None:
    if not (piece.isascii() and piece.isdigit()):
        return None
    if len(piece) == 4:
        return int(piece)
    short = int(piece)
    if len(piece) != 2 or pieces == 1 or (pieces == 2 and short <= 31):
        return None  # 71 alone is no year, and 3/28 may be a day of a month
    latest = today.year + (FUTURE_YEARS_MAX if future else 0)
    year = latest - latest % 100 + short
    return year if year <= latest else year - 100


def from_serial(number: int, from_1904: bool = False) -> str | None:
    """The ISO day of a spreadsheet's number of a day, or None outside its calendar.

    Excel counts 1 January 1900 as 1 and has a 29 February 1900 that never was; day 60.
    """
    if from_1904:
        first, shift = date(1904, 1, 1), number
    else:
        first, shift = date(1899, 12, 31), number - (number > 60)
        if number < 1 or number == 60:
            return None
    if not 0 <= shift < 200_000:
        return None
    return (first + timedelta(days=shift)).isoformat()


def valid(iso: str) -> bool:
    """Whether a text is a partial date of the calendar, from the year 1800 on."""
    if not _ISO.fullmatch(iso) or int(iso[:4]) < OLDEST_YEAR:
        return False
    try:
        date.fromisoformat(iso + "-01-01"[len(iso) - 4 :])
    except ValueError:
        return False
    return True


def no_such_day(text: str, today: date) -> dict[str, int]:
    """Day, month and year of a date whose month does not have that day (31/2/1960); else empty."""
    found = _of_pieces(_SIGNS.split(_plain(text)), today, future=False)
    if found is None or len(found) != _WHOLE or valid(found):
        return {}
    year, month, day = map(int, found.split("-"))
    fits = 1 <= month <= 12 and OLDEST_YEAR <= year <= today.year
    return {"day": day, "month": month, "year": year} if fits else {}


def precision(iso: str) -> Precision:
    """How much of a partial date is known; KeyError for what is none."""
    return _LENGTHS[len(iso)]


def show(iso: str, lang: str = "vi") -> str:
    """A partial date as people read it: 12/03/1971, 03/1971, 1971 (12 Mar 1971 in English)."""
    year, *rest = iso.split("-")
    if lang == "en" and rest:
        rest[0] = _MONTHS[int(rest[0]) - 1]
        return " ".join([*reversed(rest), year])
    return "/".join([*reversed(rest), year])


def moment(instant: str) -> str:
    """An instant (ISO text in UTC) as `HH:MM dd/mm/yyyy` in this PC's time."""
    local = datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone()
    return local.strftime("%H:%M %d/%m/%Y")


def bounds(iso: str) -> tuple[date, date]:
    """The first and the last day that a partial date may mean."""
    year, month, day = (*(int(part) for part in iso.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    first = date(year, month or 1, 1)
    following = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return first, following - timedelta(days=1)


def ages(birth: str, day: date) -> tuple[int, int]:
    """The least and the greatest age in full years on a day; 0 before the birth."""
    first, last = bounds(birth)
    return _full_years(last, day), _full_years(first, day)


def reached(birth: str, years: int, day: date) -> bool | None:
    """Whether somebody has reached an age on a day; None when the known part does not tell."""
    least, most = ages(birth, day)
    return True if least >= years else False if most < years else None


def _full_years(born: date, day: date) -> int:
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))


def months_later(iso: str, months: int) -> str:
    """A whole day so many months later; the last of the month where that day does not exist."""
    day = date.fromisoformat(iso)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)).isoformat()


def before(day: str, other: str) -> bool:
    """Whether a (partial) day lies before another one, as far as both are known."""
    shared = min(len(day), len(other))
    return bool(shared) and day[:shared] < other[:shared]
