"""Training rounds with their classes, workshops, and who took part: persons and attendances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.text import fold


class TrainingRound(Travels, Base):
    """One round of training; its classes are `TrainingClass`."""

    __tablename__ = "training_round"

    if TYPE_CHECKING:
        name: Mapped[str | None]
        organiser: Mapped[str | None]
        round_note: Mapped[str | None]


class TrainingClass(Travels, Base):
    """One class of a round: from which day, for how many days, where, about what."""

    __tablename__ = "training_class"

    round_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        name: Mapped[str | None]
        starts_on: Mapped[str | None]
        days: Mapped[int | None]
        place: Mapped[str | None]
        topic: Mapped[str | None]


class Workshop(Travels, Base):
    """One workshop or conference; it belongs to no round."""

    __tablename__ = "workshop"

    if TYPE_CHECKING:
        name: Mapped[str | None]
        starts_on: Mapped[str | None]
        days: Mapped[int | None]
        place: Mapped[str | None]
        topic: Mapped[str | None]
        organiser: Mapped[str | None]


class Delegate(Travels, Base):
    """One seat: one person in one class or one workshop (`event_id`).

    Who sat in several has several rows; `who` tells the person they stand for.
    """

    __tablename__ = "delegate"

    event_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        full_name: Mapped[str | None]
        sex: Mapped[str | None]
        level: Mapped[str | None]
        unit: Mapped[str | None]
        organisation: Mapped[str | None]


add_dictionary_columns(TrainingRound, "training_round")
add_dictionary_columns(TrainingClass, "training_class")
add_dictionary_columns(Workshop, "workshop")
add_dictionary_columns(Delegate, "delegate")


def who(one: Delegate) -> tuple[str, ...]:
    """Whom a seat stands for: the same name, sex, level, unit and organisation are one person."""
    told = (one.full_name, one.organisation)
    return (*(fold(word or "") for word in told), one.sex or "", one.level or "", one.unit or "")


@dataclass(frozen=True, slots=True)
class Taken:
    """How many sat (seats: lượt), how many people they were (persons: người); seats by sex and by
    level."""

    seats: int
    persons: int
    by_sex: dict[str, int]
    by_level: dict[str, int]


def taken(seats: Iterable[Delegate]) -> Taken:
    """The seats counted both ways."""
    all_of = list(seats)
    by_sex: dict[str, int] = {}
    by_level: dict[str, int] = {}
    for one in all_of:
        by_sex[one.sex or ""] = by_sex.get(one.sex or "", 0) + 1
        by_level[one.level or ""] = by_level.get(one.level or "", 0) + 1
    return Taken(len(all_of), len({who(one) for one in all_of}), by_sex, by_level)


def rounds(session: Session) -> list[TrainingRound]:
    """All rounds, by the first day of their classes; those without a class last."""
    first = (
        select(func.min(TrainingClass.starts_on))
        .where(TrainingClass.round_id == TrainingRound.id, TrainingClass.deleted_at.is_(None))
        .scalar_subquery()
    )
    rows = select(TrainingRound).where(TrainingRound.deleted_at.is_(None))
    return list(session.scalars(rows.order_by(func.coalesce(first, "9999"), TrainingRound.id)))


def classes(session: Session, round_ids: Sequence[str]) -> list[TrainingClass]:
    """The classes of rounds, by their first day."""
    rows = select(TrainingClass).where(
        TrainingClass.round_id.in_(round_ids), TrainingClass.deleted_at.is_(None)
    )
    first: Any = TrainingClass.starts_on
    return list(session.scalars(rows.order_by(first, TrainingClass.name, TrainingClass.id)))


def workshops(session: Session) -> list[Workshop]:
    """All workshops, by their day."""
    rows = select(Workshop).where(Workshop.deleted_at.is_(None))
    first: Any = Workshop.starts_on
    return list(session.scalars(rows.order_by(first, Workshop.id)))


def delegates(session: Session, event_ids: Sequence[str]) -> dict[str, list[Delegate]]:
    """The seats of classes and workshops, by class or workshop, in the order of entry."""
    rows = select(Delegate).where(Delegate.event_id.in_(event_ids), Delegate.deleted_at.is_(None))
    found: dict[str, list[Delegate]] = {}
    for one in session.scalars(rows.order_by(Delegate.id)):
        found.setdefault(one.event_id, []).append(one)
    return found
