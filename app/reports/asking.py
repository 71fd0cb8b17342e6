"""Whether a condition on a report asks something that can be answered: a value that nobody can
have would be counted as zero, and a zero must never stand for a slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from app.errors import Refused
from app.reports import narrowed
from app.wording import translate
from data.counting import conditions
from data.figures import Figure

SPAN = re.compile(r"(\d{1,3})\.\.(\d{1,3})?")
SEVERAL = "types~+"
"""More than one type of disability: the one question about words inside a value."""


def demand_columns(words: str, known: Collection[str]) -> None:
    """Every column is one of those that can be asked. Raises Refused (`report_where`)."""
    for word in words.split():
        column = conditions.split(word)[0]
        if ("birth" if column == "age" else column) not in known:
            told = ", ".join(sorted("age" if one == "birth" else one for one in known))
            raise Refused.one("report_where", "where", words, unknown=column, known=told)


def demand_values(words: str, columns: Sequence[Figure]) -> None:
    """Every value is one that a record can have. Raises Refused (`report_where_age`,
    `report_where_mark`, `report_where_value`)."""
    for word in words.split():
        column, sign, values = conditions.split(word)
        if column == "age":
            _demand_span(words, sign, values)
        elif word != SEVERAL:
            _demand_known(words, word, _known(column, columns))


def _demand_span(words: str, sign: str, values: str) -> None:
    span = SPAN.fullmatch(values)
    if sign != "=" or span is None or (span[2] and int(span[2]) < int(span[1])):
        raise Refused.one("report_where_age", "where", words)


def _demand_known(words: str, word: str, known: Mapping[str, str]) -> None:
    column, sign, values = conditions.split(word)
    if not known:  # a mark that is set or not: it has no values
        if sign not in ("", "!"):
            raise Refused.one("report_where_mark", "where", words, column=column)
        return
    asked = values.split(",") if sign in ("=", "!=") else [""]
    unknown = [one for one in asked if one not in known]
    if unknown:
        told = ", ".join(f"{code} ({label})" if label else code for code, label in known.items())
        raise Refused.one(
            "report_where_value", "where", words, column=column, unknown=unknown[0], known=told
        )


def _known(column: str, columns: Sequence[Figure]) -> dict[str, str]:
    """The values of a column with their words: those of its list and those that figures ask."""
    picker = narrowed.picker(column)
    found = dict(picker.choices) if picker is not None else {}
    for figure in columns:
        for word in figure.where.split():
            name, sign, values = conditions.split(word)
            if name == column and sign in ("=", "!="):
                found |= {one: "" for one in values.split(",") if one not in found}
    if found and narrowed.EMPTY in found:
        found[narrowed.EMPTY] = translate("chưa ghi")
    return found
