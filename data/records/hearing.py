"""One person before the council: what was observed, how it voted, what it concluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person

SCHEDULED, CONCLUDED, ADJOURNED, WITHDRAWN = "scheduled", "concluded", "adjourned", "withdrawn"
CONTENT = frozenset(
    "conclusion types degree members_voting votes_types votes_types_other votes_degree "
    "votes_degree_other votes_not_disabled votes_no_conclusion chair_decided departs_reason "
    "assessment_form form_edition form_reason birth_used type_signs degree_signs scores observed "
    "opinions related_ids related_members members_present chaired_by minuted_by "
    "minutes_number minutes_on adjourn_reason".split()
)
"""All that minutes tell of a person: it stands or falls with the state, never half of one PC's
work. What is left out has a life of its own: day and place follow the session, `notice_shows` is
decided afterwards."""


class Hearing(Travels, Base):
    """The sheet (Mẫu 02 or 03), the vote and the minutes (Mẫu 05) of one person.

    Session and members stay with the office when the person goes to another one: the day, the
    place, who led, wrote and voted are written out here too. Application and session are named by
    no foreign key.
    """

    __tablename__ = "hearing"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    application_id: Mapped[str | None] = mapped_column(String(36), index=True)
    session_id: Mapped[str | None] = mapped_column(String(36), index=True)
    related_ids: Mapped[str | None] = mapped_column(Text)
    """Ids of members related to the person, apart by blanks; `related_members` has their names."""

    if TYPE_CHECKING:
        heard_on: Mapped[str | None]
        heard_at: Mapped[str | None]
        heard_place: Mapped[str | None]
        hearing_order: Mapped[int | None]
        assessment_form: Mapped[str | None]
        form_edition: Mapped[str | None]
        birth_used: Mapped[str | None]
        form_reason: Mapped[str | None]
        type_signs: Mapped[str | None]
        degree_signs: Mapped[str | None]
        scores: Mapped[str | None]
        observed: Mapped[str | None]
        opinions: Mapped[str | None]
        chaired_by: Mapped[str | None]
        minuted_by: Mapped[str | None]
        members_present: Mapped[str | None]
        related_members: Mapped[str | None]
        members_voting: Mapped[int | None]
        votes_types: Mapped[int | None]
        votes_types_other: Mapped[int | None]
        votes_degree: Mapped[int | None]
        votes_degree_other: Mapped[int | None]
        votes_not_disabled: Mapped[int | None]
        votes_no_conclusion: Mapped[int | None]
        chair_decided: Mapped[bool | None]
        conclusion: Mapped[str | None]
        types: Mapped[str | None]
        degree: Mapped[str | None]
        departs_reason: Mapped[str | None]
        adjourn_reason: Mapped[str | None]
        minutes_number: Mapped[str | None]
        minutes_on: Mapped[str | None]
        hearing_state: Mapped[str | None]
        notice_shows: Mapped[str | None]
        hearing_origin: Mapped[str | None]


add_dictionary_columns(Hearing, "hearing")
Index("hearing_by_minutes", Hearing.minutes_number)  # type: ignore[arg-type]


def settled(row: object) -> bool:
    """Whether the council has concluded: what stands then is not written over."""
    return isinstance(row, Hearing) and row.hearing_state in (CONCLUDED, ADJOURNED)


def of_session(session: Session, session_id: str) -> list[tuple[Hearing, Person]]:
    """The hearings of a session with who they are about now, in their order."""
    rows = merger.with_person(select(Hearing, Person).select_from(Hearing), Hearing.person_id)
    rows = rows.where(
        Hearing.session_id == session_id,
        Hearing.deleted_at.is_(None),
        Hearing.hearing_state != WITHDRAWN,
        Person.deleted_at.is_(None),
    )
    order = func.coalesce(Hearing.hearing_order, 9999)
    return [(one, who) for one, who in session.execute(rows.order_by(order, Hearing.id))]


def of_person(session: Session, person_id: str) -> list[Hearing]:
    """The hearings of a person, the newest first."""
    theirs = Hearing.person_id.in_(merger.everybody(session, person_id))
    found = select(Hearing).where(theirs, Hearing.deleted_at.is_(None))
    day = func.coalesce(Hearing.heard_on, "")
    return list(session.scalars(found.order_by(day.desc(), Hearing.id.desc())))


def loose(session: Session, person_id: str) -> list[Hearing]:
    """Those of a person that no application has."""
    return [one for one in of_person(session, person_id) if not one.application_id]


def of_application(session: Session, application_id: str) -> list[Hearing]:
    """The hearings of one application, the newest first."""
    found = select(Hearing).where(
        Hearing.application_id == application_id, Hearing.deleted_at.is_(None)
    )
    day = func.coalesce(Hearing.heard_on, "")
    return list(session.scalars(found.order_by(day.desc(), Hearing.id.desc())))


def with_minutes(session: Session, number: str, year: str = "") -> Hearing | None:
    """The hearing (not removed) whose minutes carry a number; of one year only where it is named:
    a paper book begins anew each year."""
    found = select(Hearing).where(Hearing.minutes_number == number, Hearing.deleted_at.is_(None))
    if year:
        day = func.coalesce(Hearing.minutes_on, Hearing.heard_on, "")
        found = found.where(func.substr(day, 1, len(year)) == year)
    return session.scalars(found.limit(1)).first()


def states(session: Session, session_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """By session the number of persons by state; removed persons are left out."""
    counted = select(Hearing.session_id, Hearing.hearing_state, func.count())
    counted = merger.with_person(counted.select_from(Hearing), Hearing.person_id).where(
        Hearing.session_id.in_(session_ids),
        Hearing.deleted_at.is_(None),
        Hearing.hearing_state != WITHDRAWN,
        Person.deleted_at.is_(None),
    )
    found: dict[str, dict[str, int]] = {}
    grouped = counted.group_by(Hearing.session_id, Hearing.hearing_state)
    for session_id, state, number in session.execute(grouped):
        found.setdefault(session_id or "", {})[state or SCHEDULED] = number
    return found
