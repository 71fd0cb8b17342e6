"""What a report may be narrowed by, as choices and in words: `sex=female` is “Giới tính: Nữ”."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.wording import language, translate
from data import codes, fields

RECORDS = ("person", "need", "care_case", "victim", "accident", "application", "certificate")
"""Where a column is looked for, the person's own first."""
FIRST = ("sex", "age", "degree", "types", "mine_victim", "poverty", "ethnicity")
BANDS = ("0..5", "6..15", "16..59", "60..79", "80..")
EMPTY = "-"


@dataclass(frozen=True, slots=True)
class Picker:
    """A column to narrow by: its name, its words, and (value, words) of each choice."""

    column: str
    title: str
    choices: tuple[tuple[str, str], ...]


def pickers(columns: Collection[str]) -> tuple[Picker, ...]:
    """Those of the columns that have choices, the usual ones first."""
    named = {"age" if name == "birth" else name for name in columns}
    order = [*(name for name in FIRST if name in named), *sorted(named - set(FIRST))]
    found = (picker(name) for name in order)
    return tuple(one for one in found if one is not None)


def where(chosen: Mapping[str, Sequence[str]]) -> str:
    """The condition for what was chosen: any value of a column, and every column. Age bands that
    were chosen are one span, from the youngest to the oldest."""
    words = []
    for column, values in chosen.items():
        if values:
            told = _span(values) if column == "age" else ",".join(values)
            words.append(f"{column}={told}")
    return " ".join(words)


def words(condition: str) -> str:
    """A condition as an officer reads it; what has no words stays as it is."""
    return "; ".join(_words(one) for one in condition.split())


def _words(one: str) -> str:
    sign = "!=" if "!=" in one else "="
    column, found, values = one.partition(sign)
    known = picker(column) if found else None
    if known is None:
        return one
    if column == "age":
        return f"{known.title}: {_band(values)}"
    labels = dict(known.choices)
    told = ", ".join(labels.get(value, value) for value in values.split(","))
    return f"{known.title}: {told}" if sign == "=" else f"{known.title} ≠ {told}"


def picker(column: str) -> Picker | None:
    """What a column may be narrowed by; None if it has no list of values."""
    if column == "age":
        return Picker(column, translate("Tuổi"), tuple((one, _band(one)) for one in BANDS))
    field = next((fields.get(one, column) for one in RECORDS if fields.has(one, column)), None)
    if field is None:
        return None
    if field.type == "bool":
        told = (("yes", translate("có")), ("no", translate("không")))
        return Picker(column, field.label(language()), told)
    if field.type not in ("code", "codes"):
        return None
    title = field.label(language())
    if field.type == "codes":
        title = translate("{field} (chỉ một)", field=title)
    return Picker(column, title, tuple(_listed(field.codes)))


def _listed(name: str) -> Iterator[tuple[str, str]]:
    for one in codes.get(name).items:
        yield one.code, one.label(language())
    yield EMPTY, translate("chưa ghi")


def _span(bands: Sequence[str]) -> str:
    lows = [int(one.partition("..")[0]) for one in bands]
    highs = [one.partition("..")[2] for one in bands]
    high = "" if "" in highs else str(max(int(one) for one in highs))
    return f"{min(lows)}..{high}"


def _band(span: str) -> str:
    low, _, high = span.partition("..")
    if not high:
        return translate("từ {low} tuổi", low=low)
    return translate("{low} đến {high} tuổi", low=low, high=high)
