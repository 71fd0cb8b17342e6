"""What comes when: one list of coming events, each told by the record it follows from.

Nothing is written ahead: an event is computed when it is asked for. A feature adds its events by
one more function in `SOURCES`. What somebody did about an event (done, put off) is a task that
names it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from data import deadlines
from data.made_once import made_once
from data.records import merger, review_day
from data.records.assistive_device import KEPT, AssistiveDevice
from data.records.care_case import ENDED, CareCase
from data.records.case_plan import DONE, CasePlan, PlanActivity
from data.records.case_review import CaseReview
from data.records.entitlement import Agreement, Entitlement
from data.records.need import Need
from data.records.person import Person
from data.records.referral import ASKED, Referral
from data.records.task import OPEN, Task

NEEDS_ENDED = ("met", "no_longer", "refused")
DEAD = "dead"
BY_RECORD = ("visit", "no_contact", "case_review", "referral_answer")
"""Done by what is written of them: a note, a review, an answer. Somebody's word alone would hide
them for good, as their day moves only with what is written."""
CHILDREN_LATE_YEARS = 2
"""How long a child of six who was not assessed anew is still named."""
LONGEST_STEP = "+4 days"
"""A month before the 1st of March may be the 1st of February or its 29th: none is overlooked."""
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


class Event(NamedTuple):
    """One coming event: `ref_on` is its computed day, `due_on` the day it was put off to.

    `detail` is what the record itself says: a title, a code, a number.
    """

    kind: str
    due_on: str
    ref_on: str
    person_id: str | None
    case_id: str | None
    worker: str
    ref_id: str
    detail: str


class Parts(NamedTuple):
    """The columns of one source: the computed day, whose it is, for whom, from which record."""

    day: ColumnElement[Any]
    person_id: ColumnElement[Any]
    case_id: ColumnElement[Any]
    worker: ColumnElement[Any]
    ref_id: ColumnElement[Any] = literal("")
    detail: ColumnElement[Any] = literal("")


Source = Callable[[Asked], Select[Any]]
Key = tuple[str, str, str]
"""Where a page of events ends: day, kind, record."""


def page(session: Session, asked: Asked, after: Key | None, limit: int) -> list[Event]:
    """The next events, the most overdue first."""
    coming = _coming(asked)
    key = (coming.c.due_on, coming.c.kind, coming.c.ref_id)
    found = select(*(coming.c[name] for name in Event._fields))
    if after is not None:
        found = found.where(tuple_(*key) > tuple_(*(literal(part) for part in after)))
    return [Event(*row) for row in session.execute(found.order_by(*key).limit(limit))]


def find(session: Session, asked: Asked, ref: tuple[str, str, str]) -> Event | None:
    """The event of a kind, record and computed day, if it is still one."""
    coming = _coming(asked)
    found = select(*(coming.c[name] for name in Event._fields)).where(
        coming.c.kind == ref[0], coming.c.ref_id == ref[1], coming.c.ref_on == ref[2]
    )
    row = session.execute(found).first()
    return Event(*row) if row is not None else None


def count(session: Session, asked: Asked) -> int:
    """How many events fit."""
    return session.scalar(select(func.count()).select_from(_coming(asked))) or 0


def by_day(session: Session, asked: Asked) -> list[tuple[str, str, int]]:
    """(day, kind, how many) for each day on which something comes."""
    coming = _coming(asked)
    day, kind = coming.c.due_on, coming.c.kind
    rows = session.execute(select(day, kind, func.count()).group_by(day, kind).order_by(day, kind))
    return [row.tuple() for row in rows]


def by_worker(session: Session, asked: Asked) -> dict[str, int]:
    """How many events each worker has."""
    coming = _coming(asked)
    rows = session.execute(select(coming.c.worker, func.count()).group_by(coming.c.worker))
    return dict(row.tuple() for row in rows)


def hidden() -> CTE:
    """For a join: ids under which rows lie that nobody is shown, of removed persons and of records
    merged into such. A "not in" of the same costs as much as all events together."""
    own = select(Person.id).where(Person.deleted_at.is_not(None), Person.merged_into.is_(None))
    leads = merger.stubs()
    last = select(leads.c.id).join(Person, Person.id == leads.c.last)
    every = union_all(own, last.where(Person.deleted_at.is_not(None)))
    return every.cte("hidden").prefix_with("MATERIALIZED")


def _coming(asked: Asked) -> Subquery:
    """Every event that fits, with what a task says of it laid over."""
    every = union_all(*(source(asked) for source in SOURCES))
    events = every.cte("events").prefix_with("MATERIALIZED")  # each computed day once
    said = and_(
        Task.ref_id == events.c.ref_id, Task.rule == events.c.kind, Task.ref_on == events.c.ref_on
    )
    due = func.coalesce(Task.due_on, events.c.ref_on)
    shown = select(
        events.c.kind,
        due.label("due_on"),
        *(events.c[name] for name in Event._fields if name not in ("kind", "due_on")),
    ).outerjoin(Task, and_(said, Task.deleted_at.is_(None)))
    gone = hidden()
    shown = shown.outerjoin(gone, gone.c.id == events.c.person_id).where(gone.c.id.is_(None))
    undone = or_(Task.id.is_(None), Task.task_status == OPEN, events.c.kind.in_(BY_RECORD))
    shown = shown.where(undone, due <= asked.until)
    return (shown.where(due >= asked.since) if asked.since else shown).subquery("coming")


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


def later(day: ColumnElement[Any], months: int) -> ColumnElement[Any]:
    """A whole day, so many months later."""
    return func.date(day, f"+{months} months")


@made_once
def moved_cases() -> CTE:
    """For a join: `case_id` of what goes on under a record merged away, by the person it is now."""
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


def _tasks(asked: Asked) -> Select[Any]:
    """Tasks by hand."""
    parts = Parts(Task.due_on, Task.person_id, Task.case_id, Task.worker, Task.id, Task.title)  # type: ignore[arg-type]
    alive = (Task.deleted_at.is_(None), Task.rule.is_(None), Task.task_status == OPEN)
    due = Task.due_on <= asked.until  # type: ignore[operator]
    return source("task", asked, parts, *alive, due)


def _no_contact(asked: Asked) -> Select[Any]:
    """A month without a word from the person permits ending the case (TT 02/2020 Đ.8 k.3a)."""
    return _since("no_contact", asked, CareCase.contact_since)


def _visits(asked: Asked) -> Select[Any]:
    """Somebody is to go and see the person."""
    return _since("visit", asked, CareCase.visit_since)


def _since(kind: str, asked: Asked, began: Any) -> Select[Any]:
    """So long after the latest contact, or after the case was opened."""
    months = deadlines.months(kind, asked.today)
    day, one = later(began, months), CareCase
    parts = Parts(day, one.person_id, one.id, one.worker, one.id)  # type: ignore[arg-type]
    soon = began <= func.date(asked.until, f"-{months} months", LONGEST_STEP)
    return source(kind, asked, parts, LIVE, soon)


def _planned_reviews(asked: Asked) -> Select[Any]:
    """A case is looked at again when its plan says so (TT 02/2020 Đ.7 k.2), until it was."""
    return _reviews(asked, CasePlan, CasePlan.review_on, review_day.of_plans())


def _further_reviews(asked: Asked) -> Select[Any]:
    """A case is looked at again when its last review says so, until it was."""
    return _reviews(asked, CaseReview, CaseReview.next_review_on, review_day.of_reviews())


def _reviews(
    asked: Asked, record: Any, on: Any, conditions: tuple[ColumnElement[bool], ...]
) -> Select[Any]:
    parts = Parts(whole_day(on), CareCase.person_id, CareCase.id, CareCase.worker, CareCase.id)  # type: ignore[arg-type]
    found = source("case_review", asked, parts, LIVE, *conditions, on <= asked.until)
    return found.select_from(record).join(CareCase, CareCase.id == record.case_id)


def _activities(asked: Asked) -> Select[Any]:
    """Activities of approved plans, and measures taken before any plan, that are not done."""
    one = PlanActivity
    day = whole_day(one.due_on)
    parts = Parts(day, one.person_id, one.case_id, CareCase.worker, one.id, one.activity)  # type: ignore[arg-type]
    alive = (one.deleted_at.is_(None), one.activity_status.not_in(DONE), one.due_on <= asked.until)  # type: ignore[union-attr,operator]
    approved = or_(one.plan_id.is_(None), CasePlan.plan_status == "approved")
    found = source("activity", asked, parts, LIVE, *alive, approved)
    joined = found.join(CareCase, CareCase.id == one.case_id)
    return joined.outerjoin(CasePlan, CasePlan.id == one.plan_id)


def _needs(asked: Asked) -> Select[Any]:
    """Needs to be looked at again."""
    detail = func.coalesce(Need.item, Need.need_group)
    day = whole_day(Need.review_on)
    parts = Parts(day, Need.person_id, CareCase.id, CareCase.worker, Need.id, detail)  # type: ignore[arg-type]
    alive = (Need.deleted_at.is_(None), Need.need_status.not_in(NEEDS_ENDED))  # type: ignore[union-attr]
    due = Need.review_on <= asked.until  # type: ignore[operator]
    return _of_the_living(source("need_review", asked, parts, *alive, due), Need)


def _entitlements(asked: Asked) -> Select[Any]:
    """Entitlements in kind that end."""
    one = Entitlement
    day = whole_day(one.entitled_until)
    parts = Parts(day, one.person_id, CareCase.id, CareCase.worker, one.id, one.benefit)  # type: ignore[arg-type]
    alive = (one.deleted_at.is_(None), one.entitlement_status == "active")
    due = one.entitled_until <= asked.until  # type: ignore[operator]
    return _of_the_living(source("entitlement_end", asked, parts, *alive, due), one)


def _of_the_living(found: Select[Any], record: Any, case_id: Any = None) -> Select[Any]:
    """With the case named, else the one that goes on for the person, where there is one, and its
    worker. Of the dead nothing is asked."""
    leads, who = merger.stubs(), aliased(Person)
    owner = func.coalesce(leads.c.last, record.person_id)
    joined = found.select_from(record).outerjoin(leads, leads.c.id == record.person_id)
    joined = with_live_case(joined, owner, case_id).outerjoin(who, who.id == owner)
    return joined.where(func.coalesce(who.life_state, "") != DEAD)


def _answers(asked: Asked) -> Select[Any]:
    """Answers to referrals that were sent and are due."""
    one = Referral
    day = whole_day(one.answer_due_on)
    parts = Parts(day, one.person_id, CareCase.id, CareCase.worker, one.id, one.referred_to)  # type: ignore[arg-type]
    sent = (one.deleted_at.is_(None), one.referral_status == ASKED)
    due = one.answer_due_on <= asked.until  # type: ignore[operator]
    return _of_the_living(source("referral_answer", asked, parts, *sent, due), one, one.case_id)


def _checks(asked: Asked) -> Select[Any]:
    """Assistive devices somebody still has, to be looked at again."""
    one = AssistiveDevice
    day = whole_day(one.next_check_on)
    parts = Parts(day, one.person_id, CareCase.id, CareCase.worker, one.id, one.aid_kind)  # type: ignore[arg-type]
    kept = (one.deleted_at.is_(None), one.aid_status.in_(KEPT))  # type: ignore[union-attr]
    due = one.next_check_on <= asked.until  # type: ignore[operator]
    return _of_the_living(source("device_check", asked, parts, *kept, due), one)


def _agreements(asked: Asked) -> Select[Any]:
    """Agreements with firms that end: nobody's own, and nobody's in particular to renew."""
    one = Agreement
    nobody = literal(None, String)
    parts = Parts(whole_day(one.valid_until), nobody, nobody, literal(""), one.id, one.firm)  # type: ignore[arg-type]
    due = one.valid_until <= asked.until  # type: ignore[operator]
    return source("agreement_end", asked, parts, one.deleted_at.is_(None), due)


def _six_years(asked: Asked) -> Select[Any]:
    """A certificate of a child under six is to be given anew at six (TT 01/2019)."""
    birth, on = Person.birth, Person.certificate_on
    years = deadlines.months("six_years", asked.today) // 12
    oldest = str(date.fromisoformat(asked.today).year - years - CHILDREN_LATE_YEARS)
    youngest = str(int(asked.until[:4]) - years + 1)
    day = later(whole_day(birth), years * 12)
    parts = Parts(day, Person.id, CareCase.id, CareCase.worker, Person.id)  # type: ignore[arg-type]
    small = and_(birth >= oldest, birth < youngest, Person.deleted_at.is_(None))  # type: ignore[operator]
    given = and_(Person.certificate_number.is_not(None), or_(on.is_(None), on < day))  # type: ignore[attr-defined,union-attr,operator]
    found = source("six_years", asked, parts, small, given, Person.life_state == "living")
    return with_live_case(found.select_from(Person), Person.id)


SOURCES: list[Source] = [
    _tasks,
    _activities,
    _planned_reviews,
    _further_reviews,
    _visits,
    _no_contact,
    _needs,
    _answers,
    _checks,
    _entitlements,
    _agreements,
    _six_years,
]
