"""What leaves the office about a person: the head's approval, and each time something left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger
from data.records.person import Person

WAITING, APPROVED, REFUSED, ENDED, SHARED = "waiting", "approved", "refused", "ended", "shared"
STANDING = (WAITING, APPROVED)


class Sharing(Travels, Base):
    """A request that the head decides (TT 02/2020 Đ.9), or (state `shared`) one act of sharing.

    A request names its basis in `consent_id`; an act names its request in `approval_id`.
    """

    __tablename__ = "sharing"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    consent_id: Mapped[str | None] = mapped_column(String(36))
    approval_id: Mapped[str | None] = mapped_column(String(36))
    decided_by: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[str | None] = mapped_column(String(24))
    shared_by: Mapped[str | None] = mapped_column(String(200))
    shared_at: Mapped[str | None] = mapped_column(String(24))

    if TYPE_CHECKING:
        sharing_purpose: Mapped[str | None]
        recipient: Mapped[str | None]
        sharing_reason: Mapped[str | None]
        shared_what: Mapped[str | None]
        sharing_state: Mapped[str | None]
        sharing_answer: Mapped[str | None]
        told_on: Mapped[str | None]


add_dictionary_columns(Sharing, "sharing")
Index("sharing_by_state", Sharing.sharing_state, Sharing.id)  # type: ignore[arg-type]


def decided_here(row: Sharing) -> bool:
    """Whether somebody of this very office decided: what came along with a person who moved names
    its deciders with their office in brackets, which no login has, and binds the former head only.
    """
    return not (row.decided_by or "").endswith(")")


def holds(row: Sharing) -> bool:
    """Whether a request waits here or was approved here."""
    return row.sharing_state == WAITING or (row.sharing_state == APPROVED and decided_here(row))


def of_person(session: Session, person_id: str) -> list[Sharing]:
    """Requests and acts of sharing about a person, the newest first."""
    theirs = Sharing.person_id.in_(merger.everybody(session, person_id))
    found = select(Sharing).where(theirs, Sharing.deleted_at.is_(None))
    return list(session.scalars(found.order_by(Sharing.id.desc())))


def waiting(session: Session, limit: int) -> list[tuple[Sharing, Person]]:
    """Requests that the head has to decide, oldest first, of persons who are not removed."""
    found = select(Sharing, Person).select_from(Sharing)
    found = merger.with_person(found, Sharing.person_id).where(
        Sharing.sharing_state == WAITING,
        Sharing.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
    return [(row, who) for row, who in session.execute(found.order_by(Sharing.id).limit(limit))]


def count_waiting(session: Session) -> int:
    """How many requests wait for the head."""
    found = select(func.count(Sharing.id)).select_from(Sharing)
    found = merger.with_person(found, Sharing.person_id).where(
        Sharing.sharing_state == WAITING,
        Sharing.deleted_at.is_(None),
        Person.deleted_at.is_(None),
    )
    return int(session.scalar(found) or 0)
