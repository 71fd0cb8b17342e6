"""How far a figure is with what was set for it, in an office's book or in the census."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.reports import table, target_rows
from app.reports.over import Over
from app.rules import period as rules
from app.values.overview import Measured
from app.values.period import Plan
from app.values.report import ReportAsk
from data import codes
from data.counting import count
from data.history import LATER

COUNTED_IN = {"approved": "R-01", "met_items": "BC-04", "entered_cases": "BC-05"}
"""By figure a report with rows by unit that counts it."""
ENTERED = ("BC-10", "entered")
"""Everything in the book, in any status: nothing there means that a unit sent nothing at all."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What is done and what was entered up to a day: of each unit of the report, and in all, with
    what lies in none of these units."""

    as_of: str
    done: Mapping[str, int]
    entered: Mapping[str, int]
    all_done: int
    all_entered: int


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole book beside its target; no number where nobody set one."""

    number: int | None
    done: int
    entered: int


def current(over: Over) -> tuple[Plan, ...]:
    """What is asked of the units now: figure by figure the periods with a target that run, or
    whose report was due a short while ago, else the latest that has begun; the newest first."""
    known = count.planned(over.source(LATER))
    today = over.today.isoformat()
    found: list[Plan] = []
    for one in codes.get("target_figure").items:
        begun = [Plan(**each) for each in known if each["figure"] == one.code]
        begun = [each for each in begun if each.starts_on <= today]
        found += [each for each in begun if rules.looked_at(each.last, today)] or begun[:1]
    return tuple(one for one in found if one.figure in COUNTED_IN)


def counted(over: Over, plan: Plan, level: str = "", borders: str = "") -> Counted:
    """Count at the cut-off, or today before it. Raises Refused as reports do."""
    today = over.today.isoformat()
    as_of = min(plan.cutoff_on or plan.ends_on or today, today)
    since = min(plan.starts_on or as_of, as_of)

    def of(name: str, figure: str) -> tuple[dict[str, int], int]:
        asked = ReportAsk(name, as_of=as_of, since=since, level=level, borders=borders)
        return table.by_unit(over, asked, figure)

    done, all_done = of(COUNTED_IN[plan.figure], plan.figure)
    entered, all_entered = of(*ENTERED)
    return Counted(as_of, done, entered, all_done, all_entered)


def targets(over: Over, plan: Plan) -> dict[str, int]:
    """By unit the number that was set."""
    found = count.targets(over.source(LATER), plan.figure, plan.period)
    return {unit: numbers[0] for unit, numbers in found.items() if len(numbers) == 1}


def borders_of(units: tuple[str, ...], wanted: Mapping[str, int]) -> str:
    """The borders by which units are measured: the present ones where an office of the old ones
    sets all its targets by them, else its own ("")."""
    old = bool(units) and units[0].startswith("63:")
    return "34" if old and {key[:2] for key in wanted} == {"34"} else ""


def whole(units: tuple[str, ...], wanted: Mapping[str, int], found: Counted) -> Whole:
    """A whole book against its own target, else those of its units that have one against the sum
    of theirs: like with like."""
    number, rows = target_rows.whole(wanted, units, found.done)
    if rows is None:
        return Whole(number, found.all_done, found.all_entered)
    done, entered = (sum(of[key] for key in rows) for of in (found.done, found.entered))
    return Whole(number, done, entered)


def measured(plan: Plan, as_of: str, whole: Whole, today: str) -> Measured:
    """The whole with its percent and how it stands."""
    over_due = bool(plan.due_on) and plan.due_on < today
    return Measured(
        plan.figure,
        plan.period,
        plan.name,
        plan.due_on,
        as_of,
        whole.number,
        whole.done,
        whole.entered,
        rules.percent(whole.done, whole.number),
        rules.standing(whole.done, whole.number, whole.entered, over_due),
    )
