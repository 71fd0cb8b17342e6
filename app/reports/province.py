"""Offices side by side: each one's numbers as the server's census has them, and nobody's name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from app.reports import progress, promise, table, trend
from app.reports.over import Over
from app.reports.progress import Whole
from app.values.overview import Measured, OfficeFigures, Province
from app.values.period import Plan
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
Key = tuple[str, str]
"""A figure and the code of a period."""
KNOWN_ELSEWHERE = ("unsent",)
"""What only the PCs of an office know: a server cannot count what it has not got."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the office that plans for the others ("" without one) asks of them now: figures, and by
    figure and period the number of all together and the units that have no office here. `around`
    are the offices whose units hold those of others."""

    office_id: str = ""
    plans: tuple[Plan, ...] = ()
    wanted: Mapping[Key, int] = field(default_factory=dict)
    missing: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """The office that is counted and what it is measured by, each with where the targets stand.

    `around` says that other offices are inside its units: what was set for these is theirs.
    """

    id: str
    name: str
    batch_at: str
    seen_at: str
    plans: Sequence[tuple[Plan, Over]] = ()
    around: bool = False


def of_office(over: Over, asked: Asked, past: Mapping[str, Sequence[int]]) -> OfficeFigures:
    """An office counted now. `past` are its trends up to yesterday (`past_of`)."""
    numbers = _counted(over) | _quality(over)
    now = {name: numbers[_number_of(name)] for name in trend.SHOWN}
    return OfficeFigures(
        asked.id,
        asked.name,
        numbers,
        asked.batch_at,
        asked.seen_at,
        tuple(_measured(over, plan, at, asked.around) for plan, at in asked.plans),
        {name: (*past.get(name, ()), now[name]) for name in trend.SHOWN},
    )


def together(offices: Sequence[OfficeFigures], ruling: Ruling, today: str) -> tuple[Measured, ...]:
    """Every figure that some office is measured by, of all offices: beside what is wanted of all,
    else the sum of what was set for those that have a target, beside what these did."""
    every = [one for office in offices for one in office.measured]
    first: dict[Key, Measured] = {}
    for one in every:
        first.setdefault(one.key, one)
    found = []
    for key in sorted(first, key=lambda key: list(progress.COUNTED_IN).index(key[0])):
        some = [one for one in every if one.key == key]
        named = [one for one in some if one.number is not None]
        of_all = some if key in ruling.wanted or not named else named
        number = ruling.wanted.get(key, sum(one.number or 0 for one in named) if named else None)
        done, entered = sum(one.done for one in of_all), sum(one.entered for one in of_all)
        like = first[key]
        plan = Plan(*key, like.name, "", "", "", like.due)
        whole = progress.measured(plan, like.as_of, Whole(number, done, entered), today)
        found.append(replace(whole, missing=ruling.missing.get(key, ())))
    return tuple(found)


def past_of(over: Over) -> dict[str, tuple[int, ...]]:
    """The trends of an office at the ends of the months before this one."""
    return trend.on_days(over, trend.SHOWN, trend.month_ends(over.today)[:-1])


def as_text(province: Province) -> str:
    """As it goes over the line and is kept."""
    return json.dumps(asdict(province), ensure_ascii=False, sort_keys=True)


def read(text: str) -> Province:
    """What `as_text` wrote; numbers of a newer program are left out where nobody asks for them."""
    told: dict[str, Any] = json.loads(text)
    offices = []
    for one in told.pop("offices"):
        trends = {name: tuple(numbers) for name, numbers in one.pop("trends", {}).items()}
        told_of = {"measured": _read_measured(one), "trends": trends}
        offices.append(OfficeFigures(**_known(OfficeFigures, one) | told_of))
    whole = {"offices": tuple(offices), "measured": _read_measured(told)}
    days = tuple(told.pop("days", ()))
    return Province(**_known(Province, told) | whole | {"days": days})


def _read_measured(told: Mapping[str, Any]) -> tuple[Measured, ...]:
    return tuple(
        Measured(**_known(Measured, one) | {"missing": tuple(one.get("missing", ()))})
        for one in told.get("measured", ())
    )


def _known(kind: Any, told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in kind.__slots__ if name in told}


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


def _measured(over: Over, plan: Plan, at: Over, around: bool) -> Measured:
    """A figure of the office beside what was set for its units."""
    wanted = {} if around else progress.targets(at, plan)
    found = progress.counted(over, plan, borders=progress.borders_of(over.units, wanted))
    whole = progress.whole(over.units, wanted, found)
    return progress.measured(plan, found.as_of, whole, over.today.isoformat())
