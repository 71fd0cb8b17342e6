"""Offices side by side: each one's numbers as the server's census has them, and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.reports import promise, table, trend
from app.reports.over import Over
from app.rules import period as rules
from app.values.overview import OfficeFigures, Province
from app.values.report import ReportAsk
from data import defects, figures
from data.counting import count
from data.counting.count import UNIT, Question
from data.history import LATER

COUNTED = {
    "approved": "approved",
    "need_items": "items",
    "need_persons": "persons",
    "met_items": "met_items",
    "cases": "closing_cases",
    "cases_late": "overdue_cases",
    "issued": "issued",
    "files_open": "files_after",
    "files_late": "overdue_files",
}
"""By the name of a number the figure that counts it."""
KNOWN_ELSEWHERE = ("unsent",)
"""What only the PCs of an office know: a server cannot count what it has not got."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The office that is counted and the period whose targets it is measured by."""

    id: str
    name: str
    batch_at: str
    seen_at: str
    period: str = ""
    due: str = ""


def of_office(over: Over, asked: Asked, past: Mapping[str, Sequence[int]]) -> OfficeFigures:
    """An office counted now. `past` are its trends up to yesterday (`past_of`)."""
    numbers = _counted(over) | _quality(over)
    now = {name: numbers[_number_of(name)] for name in trend.SHOWN}
    found = OfficeFigures(
        asked.id,
        asked.name,
        numbers,
        asked.batch_at,
        asked.seen_at,
        trends={name: (*past.get(name, ()), now[name]) for name in trend.SHOWN},
    )
    return _measured(over, asked, found) if asked.period else found


def past_of(over: Over) -> dict[str, tuple[int, ...]]:
    """The trends of an office at the ends of the months before this one."""
    return trend.on_days(over, trend.SHOWN, trend.month_ends(over.today)[:-1])


def newest_period(over: Over) -> dict[str, str]:
    """The latest period with a target that has begun: code, name and days; {} without one."""
    return count.newest_period(over.source(LATER), over.today.isoformat())


def as_text(province: Province) -> str:
    """As it goes over the line and is kept."""
    return json.dumps(asdict(province), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Province:
    """What `as_text` wrote; numbers of a newer program are left out where nobody asks for them."""
    told: dict[str, Any] = json.loads(text)
    offices = []
    for one in told.pop("offices"):
        trends = {name: tuple(numbers) for name, numbers in one.pop("trends", {}).items()}
        known = {name: one[name] for name in OfficeFigures.__slots__ if name in one}
        offices.append(OfficeFigures(**known | {"trends": trends}))
    days = tuple(told.pop("days", ()))
    known = {name: told[name] for name in Province.__slots__ if name in told}
    return Province(**known | {"offices": tuple(offices), "days": days})


def _number_of(figure: str) -> str:
    return next((name for name, one in COUNTED.items() if one == figure), figure)


def _counted(over: Over) -> dict[str, int]:
    """The named figures, as everything recorded until now comes out."""
    ask = table.settled(over, ReportAsk("R-01"))
    asked = Question(UNIT, ask.borders, table.moment(over, ask))
    known = figures.figures()
    wanted = [known[figure] for figure in COUNTED.values()]
    source = replace(over.source(LATER), promised=promise.due)
    _rows, totals = count.table(source, asked, wanted)
    return {name: totals[figure] for name, figure in COUNTED.items()}


def _quality(over: Over) -> dict[str, int]:
    source = over.source(LATER)
    found = defects.counted(source.tables["person"], over.today, source.connection)
    return {name: number for name, number in found.items() if name not in KNOWN_ELSEWHERE}


def _measured(over: Over, asked: Asked, found: OfficeFigures) -> OfficeFigures:
    """With the target of its units in the period beside what was done up to the cut-off."""
    totals = table.run(over, ReportAsk(table.TARGETS, period=asked.period)).totals
    number = int(totals["target"] or 0) or None
    done = int(totals["approved"] or 0)
    over_due = bool(asked.due) and asked.due < over.today.isoformat()
    state = rules.standing(done, number, found.numbers["entered"], over_due)
    return replace(
        found, target=number, done=done, percent=rules.percent(done, number), standing=state
    )
