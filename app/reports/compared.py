"""Two tables of one report side by side: which totals and which cells differ."""

from __future__ import annotations

from collections.abc import Iterator

from app.errors import Refused
from app.values.report import CellChange, ReportColumn, ReportTable
from app.wording import translate

Pair = tuple[ReportTable, ReportTable]
"""The earlier first."""


def demand_alike(pair: Pair) -> None:
    """Raises Refused (`editions_differ`) when they answer two questions."""
    for name in ("name", "units", "borders", "level", "where"):
        one, other = (getattr(table.ask, name) for table in pair)
        if one != other:
            raise Refused.one("editions_differ", name, f"{one} / {other}")


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
    if pair[0].ask.as_of == pair[1].ask.as_of:
        return ()
    return (translate("Hai bản tính đến hai ngày khác nhau, nên tuổi cũng tính đến hai ngày."),)


def _heads(pair: Pair) -> dict[str, ReportColumn]:
    return {one.key: one for one in pair[1].columns}
