"""The file of an application: from the paper that asks for a certificate to what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, String, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger, search_words
from data.records.person import Person
from data.text import nfc

ENDED = ("issued", "not_disabled", "withdrawn", "died")
"""Steps of files that nobody works on any more."""


class Application(Travels, Base):
    """One application of one person (TT 01/2019/TT-BLĐTBXH Mẫu 01) and how far its file is.

    `step_on` is the day the step was reached; `concluded_on` the day of the minutes (of the council
    or the medical board) that the certificate follows; `due_on` the day its step is due.
    """

    __tablename__ = "application"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        application_kind: Mapped[str | None]
        application_reason: Mapped[str | None]
        reason_note: Mapped[str | None]
        received_on: Mapped[str | None]
        receipt_number: Mapped[str | None]
        appointment_on: Mapped[str | None]
        origin: Mapped[str | None]
        rep_name: Mapped[str | None]
        rep_relation: Mapped[str | None]
        rep_id_number: Mapped[str | None]
        rep_residence: Mapped[str | None]
        rep_address: Mapped[str | None]
        rep_phone: Mapped[str | None]
        papers_shown: Mapped[str | None]
        papers_missing: Mapped[str | None]
        missing_note: Mapped[str | None]
        missing_asked_on: Mapped[str | None]
        completed_on: Mapped[str | None]
        is_pupil: Mapped[bool | None]
        school: Mapped[str | None]
        school_asked_on: Mapped[str | None]
        school_answered_on: Mapped[str | None]
        school_answer: Mapped[str | None]
        declared_signs: Mapped[str | None]
        declared_abilities: Mapped[str | None]
        file_step: Mapped[str | None]
        step_on: Mapped[str | None]
        concluded_on: Mapped[str | None]
        due_on: Mapped[str | None]
        paper_step: Mapped[str | None]
        ended_on: Mapped[str | None]
        end_note: Mapped[str | None]


add_dictionary_columns(Application, "application")
COUNTED = (
    *("id", "person_id", "application_kind", "application_reason", "received_on", "ended_on"),
    *("file_step", "missing_asked_on", "completed_on", "deleted_at", "created_at"),
)
Index("application_counted", *(getattr(Application, name) for name in COUNTED))
"""What reports count by, led by the id: certificates find their file here too."""
Index("application_by_step", Application.file_step, Application.due_on)  # type: ignore[arg-type]
Index("application_by_receipt", Application.receipt_number)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on files; empty ones do not count. `live` leaves out those that ended;
    `due_by` (ISO) those whose step is due later, with `late` those due that day too. `communes` are
    unit keys of communes."""

    steps: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    live: bool = False
    due_by: str = ""
    late: bool = False
    query: str = ""
    communes: tuple[str, ...] = ()


DUE = func.coalesce(Application.due_on, "9999")
AT_ONCE = 400


def of_person(session: Session, person_id: str) -> list[Application]:
    """The files of a person, the newest first."""
    theirs = Application.person_id.in_(merger.everybody(session, person_id))
    found = select(Application).where(theirs, Application.deleted_at.is_(None))
    day = func.coalesce(Application.received_on, "9999")
    return list(session.scalars(found.order_by(day.desc(), Application.id.desc())))


def page(
    session: Session, wanted: Wanted, limit: int, offset: int = 0
) -> list[tuple[Application, Person]]:
    """Files that fit with their persons, what is due first."""
    found = _fitting(session, select(Application, Person), wanted).order_by(DUE, Application.id)
    return [(row, who) for row, who in session.execute(found.limit(limit).offset(offset))]


def count(session: Session, wanted: Wanted) -> int:
    """How many files fit."""
    return session.scalar(_fitting(session, select(func.count()), wanted)) or 0


def step_counts(session: Session) -> dict[str, int]:
    """How many files stand at each step, those of removed persons left out."""
    counted = select(Application.file_step, func.count())
    found = _fitting(session, counted, Wanted()).group_by(Application.file_step)
    return {step or "": number for step, number in session.execute(found)}


def with_receipt(session: Session, number: str, year: str = "") -> Application | None:
    """The file (not removed) that carries a receipt number; of one year only where it is named:
    a paper book begins anew each year."""
    found = select(Application).where(
        Application.receipt_number == number, Application.deleted_at.is_(None)
    )
    if year:
        found = found.where(func.substr(Application.received_on, 1, len(year)) == year)
    return session.scalars(found.limit(1)).first()


def paper_receipts(session: Session, year: str) -> list[str]:
    """The receipt numbers of a year that were taken over from paper."""
    found = select(Application.receipt_number).where(
        Application.origin == "paper",
        Application.receipt_number.is_not(None),  # type: ignore[union-attr]
        Application.received_on.startswith(year),  # type: ignore[union-attr]
    )
    return [number for number in session.scalars(found) if number]


def live_of(session: Session, person_id: str) -> Application | None:
    """The file of a person that has not ended, if there is one."""
    files = of_person(session, person_id)
    return next((one for one in files if one.file_step not in ENDED), None)


def live_for(session: Session, person_ids: Collection[str]) -> dict[str, list[Application]]:
    """By person the files that have not ended."""
    found: dict[str, list[Application]] = {}
    ids = list(person_ids)
    for start in range(0, len(ids), AT_ONCE):
        rows: Any = merger.with_person(
            select(Application, Person.id).select_from(Application), Application.person_id
        )
        rows = rows.where(
            Application.deleted_at.is_(None),
            or_(Application.file_step.is_(None), Application.file_step.not_in(ENDED)),  # type: ignore[union-attr]
            Person.id.in_(ids[start : start + AT_ONCE]),
        )
        for row, who in session.execute(rows.order_by(Application.id)):
            found.setdefault(who, []).append(row)
    return found


def _fitting(session: Session, rows: Select[Any], wanted: Wanted) -> Select[Any]:
    rows = merger.with_person(rows.select_from(Application), Application.person_id)
    rows = rows.where(Application.deleted_at.is_(None), Person.deleted_at.is_(None))
    if wanted.steps:
        rows = rows.where(Application.file_step.in_(wanted.steps))  # type: ignore[union-attr]
    if wanted.kinds:
        rows = rows.where(Application.application_kind.in_(wanted.kinds))  # type: ignore[union-attr]
    if wanted.live:
        rows = rows.where(Application.file_step.not_in(ENDED))  # type: ignore[union-attr]
    if wanted.due_by:
        due = Application.due_on
        rows = rows.where(due < wanted.due_by if wanted.late else due <= wanted.due_by)  # type: ignore[operator]
    if wanted.communes:
        places = (Person.commune, Person.current_commune)
        rows = rows.where(or_(*(place.in_(wanted.communes) for place in places)))
    words = search_words.of_person(session, wanted.query)
    if words:
        named = and_(*words)
        typed = nfc(wanted.query).strip()
        rows = rows.where(or_(named, Application.receipt_number.contains(typed, autoescape=True)))  # type: ignore[union-attr]
    return rows
