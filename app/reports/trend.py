"""Figures on several days: how they went, not only how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.reports import table
from app.reports.over import Over
from app.values.report import ReportAsk
from data import figures
from data.counting.days import stocks

SHOWN = ("approved", "issued", "met_items", "closing_cases")
"""What is shown over months: what stood at the end of a day, or was given out up to it."""
MONTHS = 12


def on_days(over: Over, names: Sequence[str], days: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Stocks (figures) of everything together at the end of each day (ISO), the oldest first.

    The edits since the oldest day serve every later one.
    """
    kinds = figures.figures()
    asks = [table.settled(over, ReportAsk("R-01", as_of=day)) for day in days]
    moments = [table.moment(over, ask) for ask in asks]
    source = over.source(min((at.closing for at in moments), default=""))
    borders = asks[0].borders if asks else ""
    return {name: stocks(source, borders, moments, kinds[name]) for name in names}


def month_ends(today: date) -> tuple[str, ...]:
    """The last days of the eleven months before, and today."""
    found = [today]
    day = today
    while len(found) < MONTHS:
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return tuple(one.isoformat() for one in reversed(found))


def label(name: str, lang: str) -> str:
    """What a figure of the trend is called, with its unit of count."""
    figure = figures.figures()[name]
    return f"{figure.label(lang)} ({table.unit_word(figure)})"
