"""What a person was given, in money or kind; and the rounds in which many are given the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person

GIFT_NAMESPACE = UUID("0d7d2a54-6a0e-4a2c-9a53-52f6f9c0b7d1")


class Support(Travels, Base):
    """One thing given to one person. It can stand without a need, and never closes one by itself.

    Need, case and round are named by no foreign key: the round stays with the office when the
    person goes to another one, so donor and gift are written out here too.
    """

    __tablename__ = "support"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    need_id: Mapped[str | None] = mapped_column(String(36), index=True)
    case_id: Mapped[str | None] = mapped_column(String(36), index=True)
    gift_round_id: Mapped[str | None] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        support_kind: Mapped[str | None]
        support_what: Mapped[str | None]
        support_on: Mapped[str | None]
        donor: Mapped[str | None]
        support_quantity: Mapped[int | None]
        support_unit: Mapped[str | None]
        support_value: Mapped[int | None]
        support_status: Mapped[str | None]
        received_by: Mapped[str | None]
        support_note: Mapped[str | None]
        support_origin: Mapped[str | None]


class GiftRound(Travels, Base):
    """One day on which a donor's gift goes to many persons; each person's is a `Support`."""

    __tablename__ = "gift_round"

    if TYPE_CHECKING:
        round_name: Mapped[str | None]
        round_on: Mapped[str | None]
        round_place: Mapped[str | None]
        donor: Mapped[str | None]
        support_kind: Mapped[str | None]
        support_what: Mapped[str | None]
        support_quantity: Mapped[int | None]
        support_unit: Mapped[str | None]
        support_value: Mapped[int | None]
        round_status: Mapped[str | None]
        round_note: Mapped[str | None]


add_dictionary_columns(Support, "support")
add_dictionary_columns(GiftRound, "gift_round")


def gift_id(round_id: str, person_id: str) -> str:
    """The id of a person's gift of a round: the same on every PC, so that nobody gets it twice."""
    return str(uuid5(GIFT_NAMESPACE, f"{round_id}/{person_id}"))


def of_person(session: Session, person_id: str) -> list[Support]:
    """What a person was given or is to be given, the newest first."""
    theirs = Support.person_id.in_(merger.everybody(session, person_id))
    found = select(Support).where(theirs, Support.deleted_at.is_(None))
    day = func.coalesce(Support.support_on, "")
    return list(session.scalars(found.order_by(day.desc(), Support.id.desc())))


def count_planned(session: Session, case_id: str) -> int:
    """How much of what somebody is to be given for a case was not handed over yet."""
    waits = Support.support_status.in_(("planned", "absent"))
    where = (Support.case_id == case_id, waits, Support.deleted_at.is_(None))
    return session.scalar(select(func.count()).select_from(Support).where(*where)) or 0


def rounds(session: Session, limit: int) -> list[tuple[GiftRound, dict[str, int]]]:
    """Rounds, the newest day first, each with how many persons by status of their gift."""
    day = func.coalesce(GiftRound.round_on, "9999")
    found = select(GiftRound).where(GiftRound.deleted_at.is_(None))
    rows = list(session.scalars(found.order_by(day.desc(), GiftRound.id.desc()).limit(limit)))
    counts = statuses(session, [row.id for row in rows])
    return [(row, counts.get(row.id, {})) for row in rows]


def statuses(session: Session, round_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """By round the number of persons by status; those of removed persons left out."""
    persons = func.count(func.distinct(Person.id))
    counted = select(Support.gift_round_id, Support.support_status, persons).select_from(Support)
    counted = merger.with_person(counted, Support.person_id).where(
        Support.gift_round_id.in_(round_ids),
        Support.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
    found: dict[str, dict[str, int]] = {}
    grouped = counted.group_by(Support.gift_round_id, Support.support_status)
    for round_id, status, number in session.execute(grouped):
        found.setdefault(round_id, {})[status or "planned"] = number
    return found


def gifts(session: Session, round_id: str) -> list[tuple[Support, Person]]:
    """The gifts of a round with who they are for now, by name; removed persons left out."""
    rows = merger.with_person(select(Support, Person).select_from(Support), Support.person_id)
    rows = rows.where(
        Support.gift_round_id == round_id,
        Support.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
    ordered = rows.order_by(Person.sort_key, Person.id, Support.id)
    return [(gift, who) for gift, who in session.execute(ordered)]


def given_since(
    session: Session, person_ids: Sequence[str], what: str, day: str
) -> dict[str, Support]:
    """By person (at most 500) a gift of the same words received from that day (ISO) on."""
    owners = merger.owners(session, person_ids)
    rows = select(Support).where(
        Support.person_id.in_(owners),
        Support.deleted_at.is_(None),
        Support.support_what == what,
        Support.support_status == "received",
        Support.support_on >= day,
    )
    return {owners[row.person_id]: row for row in session.scalars(rows.order_by(Support.id))}
