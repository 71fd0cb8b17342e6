"""Who sits on the council that decides type and degree of disability (TT 01/2019 Đ.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session

from data.base import Base, Travels, add_dictionary_columns


class CouncilMember(Travels, Base):
    """One member with one or several roles, from a day on and until one; of no person's record.

    One who left keeps standing here: minutes of that time name them.
    """

    __tablename__ = "council_member"

    if TYPE_CHECKING:
        full_name: Mapped[str | None]
        position: Mapped[str | None]
        council_role: Mapped[str | None]
        signs_as: Mapped[str | None]
        decision_number: Mapped[str | None]
        decision_on: Mapped[str | None]
        valid_from: Mapped[str | None]
        valid_to: Mapped[str | None]
        login: Mapped[str | None]


add_dictionary_columns(CouncilMember, "council_member")


def all_of(session: Session) -> list[CouncilMember]:
    """All members that were ever set, in the order they were written."""
    found = select(CouncilMember).where(CouncilMember.deleted_at.is_(None))
    since = func.coalesce(CouncilMember.valid_from, "")
    return list(session.scalars(found.order_by(since, CouncilMember.id)))


def on(session: Session, day: str) -> list[CouncilMember]:
    """Who sits on the council on a day (ISO)."""
    return [one for one in all_of(session) if sits(one, day)]


def sits(one: CouncilMember, day: str) -> bool:
    """Whether somebody is a member on a day; the last day counts."""
    since, until = one.valid_from or "", one.valid_to or ""
    return since <= day and (not until or day <= until)
