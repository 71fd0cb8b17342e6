"""Two tables of one report side by side: which totals and which cells differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.errors import Refused
from app.reports import narrowed, placing
from app.rules import dates
from app.values.report import CellChange, ReportColumn, ReportTable
from app.wording import translate

Pair = tuple[ReportTable, ReportTable]
"""The earlier first."""


def demand_alike(pair: Pair) -> None:
    """Raises Refused (`editions_differ`) when they answer two questions."""
    for name, words in _ASKED.items():
        one, other = (words(table) for table in pair)
        if one != other:
            what = _called()[name]
            raise Refused.one("editions_differ", name, f"{one} / {other}",
                              what=what, one=one, other=other)  # fmt: skip


_ASKED: dict[str, Callable[[ReportTable], str]] = {
    "name": lambda table: f"{table.ask.name} {table.title}",
    "units": lambda table: ", ".join(placing.label(key) for key in sorted(table.ask.units)),
    "borders": lambda table: placing.borders_words(table.ask.borders),
    "level": lambda table: placing.level_words(table.ask.level),
    "where": lambda table: narrowed.words(table.ask.where) or translate("mọi người"),
}
"""What two editions must agree in, as an officer reads it."""


def _called() -> dict[str, str]:
    return {
        "name": translate("Báo cáo"),
        "units": translate("Đơn vị"),
        "borders": translate("Địa giới"),
        "level": translate("Dòng theo cấp"),
        "where": translate("Điều kiện"),
    }


def totals(pair: Pair) -> Iterator[CellChange]:
    """Totals that differ."""
    one, other = (table.totals for table in pair)
    for key, head in _heads(pair).items():
        if one.get(key) != other.get(key):
            words = translate("Tổng cộng")
            numbers = one.get(key), other.get(key)
            yield CellChange("", words, key, head.label, *numbers, empty=head.empty)


def cells(pair: Pair) -> Iterator[CellChange]:
    """Numbers of rows that differ."""
    before, after = ({row.key: row for row in table.rows} for table in pair)
    for key in dict.fromkeys((*before, *after)):
        label = (after.get(key) or before[key]).label
        old = before[key].values if key in before else {}
        new = after[key].values if key in after else {}
        for column, head in _heads(pair).items():
            one, other = old.get(column, 0), new.get(column, 0)
            if one != other:
                yield CellChange(key, label, column, head.label, one, other, empty=head.empty)


def notes(pair: Pair) -> tuple[str, ...]:
    """What the reader must know of both."""
    one, other = (table.ask for table in pair)
    found = []
    if one.as_of != other.as_of:
        words = translate("Hai bản tính đến hai ngày khác nhau, nên tuổi cũng tính đến hai ngày.")
        found.append(words)
    if one.since != other.since:
        days = {"one": dates.show(one.since), "other": dates.show(other.since)}
        found.append(translate("Kỳ của bản trước bắt đầu ngày {one}, của bản sau ngày {other}.",
                               **days))  # fmt: skip
    return tuple(found)


def _heads(pair: Pair) -> dict[str, ReportColumn]:
    return {one.key: one for one in pair[1].columns}
