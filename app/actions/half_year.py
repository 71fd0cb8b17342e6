"""The half-yearly figures on determining disability (Mẫu 07, 08): reports M07, M07D of a half-year.

They are counted by the days on papers as the book has them today, for a report is due after its
last day; a frozen edition keeps what was handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.actions import offices, report
from app.errors import Refused
from app.values.report import Number, ReportAsk, ReportRow, ReportTable
from app.workspace import Workspace
from data import figures, report_periods, units
from data.figures import Figure
from data.report_periods import Period
from data.text import fold

BY_COMMUNE, BY_OFFICE = "commune", "office"
NOWHERE = ""
WHOLE, BY_TYPE = "M07", "M07D"
UNITS = {"persons": "người", "times": "lượt"}
STOCK = "files_after"
"""The one sum of these that is worked out from others before it, not made of parts."""

Values = Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Mẫu 08: a commune (`unit`) or an office, and its figures by name."""

    label: str
    values: Values
    unit: str = NOWHERE


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A report: its period, the figures by name, the table by type and degree, the lines below.

    `missing` are offices whose book is not here: they are not counted, and named.
    """

    period: Period
    values: Values
    kinds: ReportTable
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()


def columns() -> tuple[Figure, ...]:
    """The figures in the order of the report."""
    return figures.reports()[WHOLE].columns


def parts() -> Mapping[str, tuple[str, ...]]:
    """By figure those that add up to it."""
    return {
        one.whole: tuple(name for name, _sign in one.parts)
        for one in figures.reports()[WHOLE].sums
        if one.whole != STOCK
    }


def run(ws: Workspace, name: str, over: str = BY_COMMUNE) -> HalfYear:
    """The figures of a half-year ("2026-1": 15/12/2025-14/6/2026) with a line for each commune, or
    for each office whose book may be read here. Raises Refused: not_allowed, half_year_period, and
    those of `report.run`."""
    ws.demand("view")
    period = _period(name)
    home = ws if over == BY_COMMUNE else ws.own or ws
    own, kinds = _counted(home, WHOLE, period), _counted(home, BY_TYPE, period)
    if over == BY_COMMUNE:
        return HalfYear(period, own.totals, kinds, _communes(own))
    lines, missing = [], []
    for one in offices.listing(ws):
        if one.own:
            lines.append(Line(one.name, own.totals))
            continue
        try:
            there = offices.read(ws, one.id)
            lines.append(Line(one.name, _counted(there, WHOLE, period).totals))
        except Refused:
            missing.append(one.name)
    summed = {one.name: sum(line.values[one.name] or 0 for line in lines) for one in columns()}
    return HalfYear(period, summed, kinds, tuple(lines), tuple(missing))


def periods(today: date, count: int = 6) -> tuple[Period, ...]:
    """The half-year of a day and those before it, the latest first."""
    found = [report_periods.half_year(report_periods.at(today.isoformat()))]
    while len(found) < count:
        before = date.fromisoformat(found[-1].begins) - timedelta(days=1)
        found.append(report_periods.half_year(report_periods.at(before.isoformat())))
    return tuple(found)


def due_of(name: str, form: str) -> str:
    """The day before which a report is sent: Mẫu 07 by the commune, Mẫu 08 by who sums up."""
    period = report_periods.half_year(name)
    return period.due_commune if form == "07" else period.due_district


def _period(name: str) -> Period:
    try:
        return report_periods.half_year(name)
    except LookupError:
        raise Refused.one("half_year_period", "period", name) from None


def _counted(ws: Workspace, name: str, period: Period) -> ReportTable:
    """A report of the half-year, as far as it has come, from the book as it is."""
    today = ws.today().isoformat()
    last = min(period.ends, today)
    ask = ReportAsk(name, last, min(period.begins, last), level="commune", recorded=today)
    return report.run(ws, ask)


def _communes(table: ReportTable) -> tuple[Line, ...]:
    """One line for each commune where something is counted, by name; nowhere comes last."""
    told = [row for row in table.rows if any(row.values.values())]
    named = {row.key: units.full_name(row.key) if row.unit else row.label for row in told}

    def order(row: ReportRow) -> tuple[bool, str]:
        return not row.unit, fold(named[row.key])

    return tuple(
        Line(named[row.key], row.values, row.key if row.unit else NOWHERE)
        for row in sorted(told, key=order)
    )
