"""The office in numbers: who counts, what is due, targets, what is to mend, and how it went."""

from __future__ import annotations

from datetime import date, timedelta

from app.actions import coming, person, progress, quality, report
from app.reports import trend
from app.values.coming import DuesFilter
from app.values.overview import Overview
from app.values.report import ReportAsk
from app.workspace import Workspace

MONTHS = 12


def of_office(ws: Workspace) -> Overview:
    """Everything at once, as of today. Raises Refused as reports do (`book_still_coming`)."""
    ws.demand("view")
    today = ws.today()
    needs = report.run(ws, ReportAsk("R-03")).totals
    days = month_ends(today)
    with report.counting(ws) as over:
        numbers = trend.on_days(over, "approved", days)
    by_status = person.counts(ws)
    when = progress.newest(ws)
    lines = quality.by_unit(ws)
    yesterday = (today - timedelta(days=1)).isoformat()
    return Overview(
        approved=numbers[-1],
        need_items=int(needs["items"] or 0),
        need_persons=int(needs["persons"] or 0),
        waiting=by_status.get("waiting", 0),
        returned=by_status.get("returned", 0),
        late=coming.count(ws, DuesFilter(yesterday)),
        mend=sum(one.lacking + one.new_year + one.odd_birth + one.same_phone for one in lines),
        progress=progress.of_period(ws, when.code, "approved") if when is not None else None,
        trend=tuple(zip(days, numbers, strict=True)),
    )


def month_ends(today: date) -> tuple[str, ...]:
    """The last days of the eleven months before, and today."""
    found = [today]
    day = today
    while len(found) < MONTHS:
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return tuple(one.isoformat() for one in reversed(found))
