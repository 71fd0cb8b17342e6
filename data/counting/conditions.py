"""Conditions of figures, written as short words, become SQL over the columns of a base.

`name` and `!name` ask a flag; `name=a,b` and `name!=a,b` ask for values, `-` among them for an
empty one, `yes` and `no` for a mark; `name~+` asks for several words; `age=6..15` for full years
on the day, both ends included.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, func, literal, or_, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection

Columns = ReadOnlyColumnCollection[str, ColumnElement[Any]]


def of(words: str, columns: Columns, day: str) -> ColumnElement[bool]:
    """The condition as SQL; an empty one is always met. Raises KeyError for an unknown column."""
    return and_(true(), *(_one(word, columns, day) for word in words.split()))


def columns_of(words: str) -> frozenset[str]:
    """The columns that a condition asks; `age` asks the birth."""
    named = {split(word)[0] for word in words.split()}
    return frozenset("birth" if name == "age" else name for name in named)


def split(word: str) -> tuple[str, str, str]:
    """The column that a word asks, its sign (`=`, `!=`, `~`, `!` or nothing) and its values."""
    for sign in ("!=", "~", "="):
        name, found, values = word.partition(sign)
        if found:
            return name, sign, values
    return word.lstrip("!"), "!" if word[0] == "!" else "", ""


def _one(word: str, columns: Columns, day: str) -> ColumnElement[bool]:
    name, sign, values = split(word)
    if name == "age":
        return _aged(columns["birth"], values, day)
    column = columns[name]
    if not values:
        return column == (0 if sign == "!" else 1)
    if sign == "~":
        return column.like("% %")
    if isinstance(column.type, Boolean):
        return _marked(column, values.split(","), sign == "!=")
    return _among(column, values.split(","), sign == "!=")


def _marked(column: ColumnElement[Any], values: list[str], without: bool) -> ColumnElement[bool]:
    """A mark nobody set is `no`."""
    met = [(value in values) is not without for value in ("yes", "no")]
    told = func.coalesce(column, False)
    return or_(and_(told.is_(True), literal(met[0])), and_(told.is_(False), literal(met[1])))


def _among(column: ColumnElement[Any], values: list[str], without: bool) -> ColumnElement[bool]:
    if not without and "-" not in values:
        return column.in_(values) if len(values) > 1 else column == values[0]
    told = func.coalesce(column, "")
    wanted = ["" if value == "-" else value for value in values]
    return told.not_in(wanted) if without else told.in_(wanted)


def _aged(birth: ColumnElement[Any], bounds: str, day: str) -> ColumnElement[bool]:
    """Full years on a day; a birth known by year or month counts from the first day of that.

    As text `1950` comes before every day of 1950, and a day of a year before is the same month
    and day under another year.
    """
    youngest, _, oldest = bounds.partition("..")
    found = [func.coalesce(birth, "") != "", birth <= _years_before(day, int(youngest))]
    if oldest:
        found.append(birth > _years_before(day, int(oldest) + 1))
    return and_(*found)


def _years_before(day: str, years: int) -> str:
    return f"{int(day[:4]) - years:04d}{day[4:]}"
