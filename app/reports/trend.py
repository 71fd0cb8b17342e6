"""One figure on several days: how it went, not only how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports import table
from app.reports.over import Over
from app.values.report import ReportAsk
from data import figures
from data.counting import count
from data.counting.count import UNIT, Question


def on_days(over: Over, name: str, days: Sequence[str]) -> tuple[int, ...]:
    """A stock (figure `name`) of the whole office at the end of each day (ISO)."""
    figure = figures.figures()[name]
    found = []
    for day in days:
        ask = table.settled(over, ReportAsk("R-01", as_of=day))
        at = table.moment(over, ask)
        asked = Question(UNIT, ask.borders, at)
        _rows, totals = count.table(over.source(at.closing), asked, (figure,))
        found.append(totals[name])
    return tuple(found)
