"""One coming event, whichever record it follows from: the columns that every source tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, Select, String, and_, case, func, literal, select
from sqlalchemy.orm import aliased

from data.made_once import made_once
from data.records import merger
from data.records.care_case import ENDED, CareCase

LIVE = and_(CareCase.deleted_at.is_(None), CareCase.case_status.not_in(ENDED))  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events: due (ISO days) up to `until`, and from `since` on; of whom and for whom.

    Without `worker` those of everybody; with "" those that nobody is named for. `person_ids` are
    all ids under which a person's rows may lie.
    """

    today: str
    until: str
    since: str = ""
    worker: str | None = None
    person_ids: tuple[str, ...] = ()


class Parts(NamedTuple):
    """The columns of one source: the computed day, whose it is, for whom, from which record."""

    day: ColumnElement[Any]
    person_id: ColumnElement[Any]
    case_id: ColumnElement[Any]
    worker: ColumnElement[Any]
    ref_id: ColumnElement[Any] = literal("")
    detail: ColumnElement[Any] = literal("")


Source = Callable[[Asked], Select[Any]]


def source(kind: str, asked: Asked, parts: Parts, *conditions: ColumnElement[bool]) -> Select[Any]:
    """One kind of events as all kinds are asked for. `conditions` may leave out days after
    `asked.until` where an index makes that cheap."""
    worker = func.coalesce(parts.worker, "")
    found = select(
        literal(kind, String).label("kind"),
        parts.day.label("ref_on"),
        parts.person_id.label("person_id"),
        parts.case_id.label("case_id"),
        worker.label("worker"),
        parts.ref_id.label("ref_id"),
        func.coalesce(parts.detail, "").label("detail"),
    ).where(*conditions)
    if asked.worker is not None:
        found = found.where(worker == asked.worker)
    if asked.person_ids:
        found = found.where(parts.person_id.in_(asked.person_ids))
    return found


def whole_day(partial: Any) -> ColumnElement[Any]:
    """The first day that a partial date may mean."""
    return func.substr(partial.concat("-01-01"), 1, 10)


def last_day(partial: Any) -> ColumnElement[Any]:
    """The last day that a partial date may mean."""
    length, first = func.length(partial), whole_day(partial)
    return case(
        (length == len("2026"), func.date(first, "+1 year", "-1 day")),
        (length == len("2026-01"), func.date(first, "+1 month", "-1 day")),
        else_=first,
    )


def later(day: ColumnElement[Any], months: int) -> ColumnElement[Any]:
    """A whole day, so many months later."""
    return func.date(day, f"+{months} months")


@made_once
def moved_cases() -> CTE:
    """For a join: `case_id` of what goes on under a record merged away, by the person it is now.
    One and the same each time, as `merger.stubs`."""
    leads = merger.stubs()
    found = select(leads.c.last.label("person_id"), func.min(CareCase.id).label("case_id"))
    live = found.join(CareCase, CareCase.person_id == leads.c.id).where(LIVE)
    return live.group_by(leads.c.last).cte("moved_cases").prefix_with("MATERIALIZED")


def with_live_case(found: Select[Any], owner: Any, case_id: Any = None) -> Select[Any]:
    """With the case named, else the one that goes on for a person, where there is one. Their own
    is looked up by its index: to gather all cases first costs thrice as much."""
    one, moved = aliased(CareCase), moved_cases()
    going_on = (one.deleted_at.is_(None), one.case_status.not_in(ENDED))  # type: ignore[union-attr]
    own = select(one.id).where(one.person_id == owner, *going_on).limit(1).scalar_subquery()
    named = () if case_id is None else (case_id,)
    joined = found.outerjoin(moved, moved.c.person_id == owner)
    return joined.outerjoin(CareCase, CareCase.id == func.coalesce(*named, own, moved.c.case_id))
