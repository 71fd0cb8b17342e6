"""The case of a person under case management, and the notes written in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import LOCAL, Base, Travels, add_dictionary_columns
from data.records import merger, search_words
from data.records.change import Change
from data.records.person import Person
from data.text import nfc

CONTACT_KINDS = ("note", "visit", "call")
DECISION_KINDS = (
    *("submitted", "approved", "returned", "reviewed", "resumed", "proposed", "declined"),
    *("closed", "reopened", "refused", "cancelled"),
)
"""Kinds of notes: contact with the person, and steps in the life of the case with the reason."""
ENDED = ("closed", "refused", "cancelled")
"""Statuses of cases that nobody works on any more."""


PARTS = (
    *("case_note", "case_assessment", "case_plan", "plan_activity", "case_review"),
    *("referral", "support", "task", "flag", "attachment"),
)
"""Tables of what lies in a case: whatever names one."""
metadata = Base.metadata


class CareCase(Travels, Base):
    """One case of one person (TT 02/2020/TT-BLĐTBXH); a person may have several in time."""

    __tablename__ = "care_case"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )

    contact_on: Mapped[str | None] = mapped_column(String(10), info=LOCAL)
    """The day of the latest contact; this and the two below follow from the notes (`FOLLOWS`)."""
    contact_since: Mapped[str | None] = mapped_column(String(10), info=LOCAL)
    visit_since: Mapped[str | None] = mapped_column(String(10), info=LOCAL)
    """Since when (a whole day) the next contact, the next visit is waited for."""

    if TYPE_CHECKING:
        opened_on: Mapped[str | None]
        open_reason: Mapped[str | None]
        worker: Mapped[str | None]
        case_status: Mapped[str | None]
        case_number: Mapped[str | None]
        closed_on: Mapped[str | None]
        close_reason: Mapped[str | None]
        close_note: Mapped[str | None]
        origin: Mapped[str | None]
        paper_step: Mapped[str | None]
        reporter: Mapped[str | None]
        reporter_kind: Mapped[str | None]
        reported_how: Mapped[str | None]
        emergency: Mapped[bool | None]
        emergency_note: Mapped[str | None]
        criteria: Mapped[str | None]
        criteria_note: Mapped[str | None]
        meeting_on: Mapped[str | None]
        attendees: Mapped[str | None]
        handed_to: Mapped[str | None]
        handover_note: Mapped[str | None]
        follow_until: Mapped[str | None]
        close_doubts: Mapped[str | None]


class CaseNote(Travels, Base):
    """A note, visit or call (Mẫu 05); the confidential text is under the second key.

    It belongs to a person, and to the case it was written in where there was one. `activity_id`
    names the activity of the plan that it tells the progress of.
    """

    __tablename__ = "case_note"

    case_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("care_case.id", deferrable=True, initially="DEFERRED"), index=True
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)
    activity_id: Mapped[str | None] = mapped_column(String(36))

    if TYPE_CHECKING:
        noted_on: Mapped[str | None]
        note_kind: Mapped[str | None]
        note_text: Mapped[str | None]
        confidential: Mapped[bool | None]
        confidential_text: Mapped[str | None]
        help_kinds: Mapped[str | None]


add_dictionary_columns(CareCase, "care_case")
add_dictionary_columns(CaseNote, "case_note")
Index("care_case_by_status", CareCase.case_status, CareCase.opened_on)  # type: ignore[arg-type]
Index(
    "care_case_by_worker",
    CareCase.worker,  # type: ignore[arg-type]
    CareCase.case_status,  # type: ignore[arg-type]
    CareCase.contact_on,
    CareCase.person_id,
    CareCase.deleted_at,
)
"""The load of every worker needs no row."""
Index(
    "case_note_contact",
    CaseNote.case_id,
    CaseNote.note_kind,  # type: ignore[arg-type]
    CaseNote.noted_on,  # type: ignore[arg-type]
    CaseNote.deleted_at,
)
"""The latest contact of every case, without a look at the notes themselves."""
Index("care_case_by_contact", CareCase.contact_since)
Index("care_case_by_visit", CareCase.visit_since)


def _follow(case_id: str) -> str:
    """SQL that works out anew what follows from the notes of a case."""

    def latest(*kinds: str) -> str:
        named = ", ".join(f"'{kind}'" for kind in kinds)
        return (
            "(SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n "
            f"WHERE n.case_id = {case_id} AND n.note_kind IN ({named}) AND n.deleted_at IS NULL)"
        )

    began = "substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)"
    contact, visit = latest(*CONTACT_KINDS), latest("visit")
    return (
        f"UPDATE care_case SET contact_on = {contact}, "
        f"contact_since = max(coalesce({contact}, ''), {began}), "
        f"visit_since = max(coalesce({visit}, ''), {began}) WHERE id = {case_id}"
    )


FOLLOWS = (
    "CREATE TRIGGER care_case_follows_insert AFTER INSERT ON care_case BEGIN "
    f"{_follow('new.id')}; END",
    "CREATE TRIGGER care_case_follows_update AFTER UPDATE OF opened_on ON care_case BEGIN "
    f"{_follow('new.id')}; END",
    "CREATE TRIGGER case_note_follows_insert AFTER INSERT ON case_note BEGIN "
    f"{_follow('new.case_id')}; END",
    "CREATE TRIGGER case_note_follows_update AFTER UPDATE OF "
    "noted_on, note_kind, deleted_at, case_id ON case_note BEGIN "
    f"{_follow('new.case_id')}; {_follow('old.case_id')}; END",
    "CREATE TRIGGER case_note_follows_delete AFTER DELETE ON case_note BEGIN "
    f"{_follow('old.case_id')}; END",
)
"""Kept by SQLite itself, so that notes which came by any way count; what is due is then found by
an index."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on cases; empty ones do not count. `communes` are unit keys of communes.

    `workers` are logins of users whose names have the words of the query.
    """

    query: str = ""
    status: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    worker: str = ""
    workers: tuple[str, ...] = ()
    unassigned: bool = False
    person_id: str = ""


OPENED = func.coalesce(CareCase.opened_on, "")


def page(
    session: Session, wanted: Wanted, after: tuple[str, str] | None, limit: int, offset: int = 0
) -> list[tuple[CareCase, Person, str | None]]:
    """The next cases with their persons and the day of the latest note, newest opening first."""
    contact = (
        select(func.max(CaseNote.noted_on))
        .where(
            CaseNote.case_id == CareCase.id,
            CaseNote.deleted_at.is_(None),
            CaseNote.note_kind.in_(CONTACT_KINDS),
        )
        .scalar_subquery()
    )
    statement = select(CareCase, Person, contact).select_from(CareCase)
    statement = merger.with_person(statement, CareCase.person_id)
    statement = statement.where(*_conditions(session, wanted))
    if after is not None:
        statement = statement.where(
            tuple_(OPENED, CareCase.id) < tuple_(*(literal(part) for part in after))
        )
    ordered = statement.order_by(OPENED.desc(), CareCase.id.desc())
    ordered = ordered.limit(limit).offset(offset)
    return [(case, person, day) for case, person, day in session.execute(ordered)]


def standing(session: Session, person: Person) -> Person:
    """Whom a case is about now: who it was opened for, or whom that record was merged into."""
    if not person.merged_into:
        return person
    return session.get_one(Person, merger.survivor(session, person.id))


def count(session: Session, wanted: Wanted) -> int:
    """How many cases fit the conditions."""
    statement = select(func.count()).select_from(CareCase)
    statement = merger.with_person(statement, CareCase.person_id)
    return session.scalar(statement.where(*_conditions(session, wanted))) or 0


def ids(session: Session, wanted: Wanted) -> list[str]:
    """Ids of all cases that fit the conditions, oldest opening first."""
    statement = select(CareCase.id).select_from(CareCase)
    statement = merger.with_person(statement, CareCase.person_id)
    found = statement.where(*_conditions(session, wanted)).order_by(OPENED, CareCase.id)
    return list(session.scalars(found))


def status_counts(session: Session) -> dict[str, int]:
    """Number of cases by status, those of removed persons left out."""
    statement = select(CareCase.case_status, func.count()).select_from(CareCase)
    rows = session.execute(
        merger.with_person(statement, CareCase.person_id)
        .where(CareCase.deleted_at.is_(None), Person.deleted_at.is_(None))
        .group_by(CareCase.case_status)
    )
    return {status or "": number for status, number in rows}


def of_person(session: Session, person_id: str) -> list[CareCase]:
    """The cases of a person, the latest opened first."""
    theirs = CareCase.person_id.in_(merger.everybody(session, person_id))
    found = select(CareCase).where(theirs, CareCase.deleted_at.is_(None))
    return list(session.scalars(found.order_by(OPENED.desc(), CareCase.id.desc())))


def live_of(session: Session, person_id: str) -> CareCase | None:
    """The case of a person that has not ended, if there is one."""
    cases = of_person(session, person_id)
    return next((case for case in cases if case.case_status not in ENDED), None)


def notes(session: Session, case_id: str) -> list[CaseNote]:
    """The notes of a case that were not withdrawn, newest day first."""
    found = select(CaseNote).where(CaseNote.case_id == case_id, CaseNote.deleted_at.is_(None))
    day = func.coalesce(CaseNote.noted_on, "")
    return list(session.scalars(found.order_by(day.desc(), CaseNote.id.desc())))


def loose_notes(session: Session, person_id: str) -> list[CaseNote]:
    """The notes about a person outside any case that were not withdrawn, newest day first."""
    theirs = CaseNote.person_id.in_(merger.everybody(session, person_id))
    found = select(CaseNote).where(
        theirs, CaseNote.case_id.is_(None), CaseNote.deleted_at.is_(None)
    )
    day = func.coalesce(CaseNote.noted_on, "")
    return list(session.scalars(found.order_by(day.desc(), CaseNote.id.desc())))


def steps(session: Session, case_id: str) -> list[CaseNote]:
    """The steps in the life of a case, the newest first by when they were taken."""
    taken = [one for one in notes(session, case_id) if one.note_kind in DECISION_KINDS]
    return sorted(taken, key=lambda one: (one.created_at, one.id), reverse=True)


def unsent(session: Session, case_id: str) -> int:
    """How many changes of a case and what lies in it wait on this PC for the server's word."""
    ids = [case_id]
    for kind in PARTS:
        table = metadata.tables[kind].c
        ids += session.scalars(select(table.id).where(table.case_id == case_id))
    waits = (Change.row_id.in_(ids), Change.verdict.is_(None))
    return session.scalar(select(func.count()).select_from(Change).where(*waits)) or 0


def with_number(session: Session, number: str) -> CareCase | None:
    """The case (not removed) that carries a number."""
    found = select(CareCase).where(CareCase.case_number == number, CareCase.deleted_at.is_(None))
    return session.scalars(found.limit(1)).first()


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [CareCase.deleted_at.is_(None)]
    if wanted.person_id:
        parts.append(CareCase.person_id.in_(merger.everybody(session, wanted.person_id)))
    else:
        parts.append(Person.deleted_at.is_(None))
    if wanted.status:
        parts.append(CareCase.case_status.in_(wanted.status))
    if wanted.communes:
        places = (Person.commune, Person.current_commune)
        parts.append(or_(*(place.in_(wanted.communes) for place in places)))
    if wanted.unassigned:
        parts.append(func.coalesce(CareCase.worker, "") == "")
    elif wanted.worker:
        parts.append(CareCase.worker == wanted.worker)
    words = search_words.of_person(session, wanted.query)
    if words:
        person = and_(*words)
        typed = nfc(wanted.query).strip()
        direct = (CareCase.case_number, CareCase.worker)
        said = [part.contains(typed, autoescape=True) for part in direct]
        parts.append(or_(person, *said, CareCase.worker.in_(wanted.workers)))
    return parts
