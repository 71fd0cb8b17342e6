"""What comes when: one list of coming events, each told by the record it follows from.

Nothing is written ahead: an event is computed when it is asked for. A feature adds its events by
one more function in `SOURCES`. What somebody did about an event (done, put off) is a task that
names it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from data import deadlines
from data.records import coming_council, coming_files, merger, review_day
from data.records.assistive_device import KEPT, AssistiveDevice
from data.records.care_case import CareCase
from data.records.case_plan import DONE, CasePlan, PlanActivity, counts
from data.records.case_review import CaseReview
from data.records.coming_event import (
    LIVE,
    Asked,
    Parts,
    Source,
    later,
    source,
    whole_day,
    with_live_case,
)
from data.records.entitlement import Agreement, Entitlement
from data.records.need import Need
from data.records.person import Person
from data.records.referral import ASKED, Referral
from data.records.task import OPEN, Task

NEEDS_ENDED = ("met", "no_longer", "refused")
DEAD = "dead"
BY_RECORD = (
    *("visit", "no_contact", "case_review", "referral_answer", "emergency"),
    *("file_step", "complaint_answer", "certificate_revoke"),
    *("council_session", "notice_down"),
)
"""Done by what is written of them: a note, a review, an answer, a step. Somebody's word alone
would hide them for good, as their day moves only with what is written."""
LONGEST_STEP = "+4 days"
"""A month before the 1st of March may be the 1st of February or its 29th: none is overlooked."""


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
    """Activities that count now and are not done: see `case_plan.counts`."""
    one = PlanActivity
    day = whole_day(one.due_on)
    return _work(asked, day, one.due_on <= asked.until)  # type: ignore[operator]


def _undated(asked: Asked) -> Select[Any]:
    """Urgent measures that nobody gave a day: due at once, the day they were written."""
    one = PlanActivity
    day = func.date(one.created_at, "localtime")
    return _work(asked, day, one.due_on.is_(None) & one.urgent.is_(True))  # type: ignore[union-attr]


def _work(asked: Asked, day: ColumnElement[Any], due: ColumnElement[bool]) -> Select[Any]:
    one = PlanActivity
    parts = Parts(day, one.person_id, one.case_id, CareCase.worker, one.id, one.activity)  # type: ignore[arg-type]
    alive = (one.deleted_at.is_(None), one.activity_status.not_in(DONE), due)  # type: ignore[union-attr]
    found = source("activity", asked, parts, LIVE, *alive, counts(CasePlan, one))
    joined = found.join(CareCase, CareCase.id == one.case_id)
    return joined.outerjoin(CasePlan, CasePlan.id == one.plan_id)


def _emergencies(asked: Asked) -> Select[Any]:
    """Emergencies for which no measure was written: due the day the case was opened (Đ.6 k.1a)."""
    one, work = CareCase, PlanActivity
    day = whole_day(one.opened_on)
    parts = Parts(day, one.person_id, one.id, one.worker, one.id, one.emergency_note)  # type: ignore[arg-type]
    taken = exists().where(work.case_id == one.id, work.deleted_at.is_(None))
    begun = one.opened_on <= asked.until  # type: ignore[operator]
    return source("emergency", asked, parts, LIVE, one.emergency.is_(True), begun, ~taken)  # type: ignore[union-attr]


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


SOURCES: list[Source] = [
    _tasks,
    _activities,
    _undated,
    _emergencies,
    _planned_reviews,
    _further_reviews,
    _visits,
    _no_contact,
    _needs,
    _answers,
    _checks,
    _entitlements,
    _agreements,
    *coming_files.SOURCES,
    *coming_council.SOURCES,
]
