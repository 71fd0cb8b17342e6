"""Assistive devices of persons: what was fitted, its number, repairs and the next check.

Never `device`, which is a PC of the office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels, add_dictionary_columns
from data.records import merger

KEPT = ("in_use", "in_repair")
"""Statuses of a device the person still has."""


class AssistiveDevice(Travels, Base):
    """One device of one person."""

    __tablename__ = "assistive_device"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    need_id: Mapped[str | None] = mapped_column(String(36))

    if TYPE_CHECKING:
        aid_kind: Mapped[str | None]
        aid_model: Mapped[str | None]
        serial: Mapped[str | None]
        fitted_on: Mapped[str | None]
        fitted_by: Mapped[str | None]
        donor: Mapped[str | None]
        aid_value: Mapped[int | None]
        next_check_on: Mapped[str | None]
        aid_status: Mapped[str | None]
        aid_status_on: Mapped[str | None]
        aid_note: Mapped[str | None]
        aid_origin: Mapped[str | None]


class Repair(Travels, Base):
    """One repair or check of a device."""

    __tablename__ = "repair"

    assistive_device_id: Mapped[str] = mapped_column(
        String(36),
        ForeignKey("assistive_device.id", deferrable=True, initially="DEFERRED"),
        index=True,
    )
    person_id: Mapped[str] = mapped_column(String(36), index=True)

    if TYPE_CHECKING:
        repaired_on: Mapped[str | None]
        repair_what: Mapped[str | None]
        repaired_by: Mapped[str | None]
        repair_cost: Mapped[int | None]


add_dictionary_columns(AssistiveDevice, "assistive_device")
Index("assistive_device_due", AssistiveDevice.next_check_on)  # type: ignore[arg-type]
add_dictionary_columns(Repair, "repair")
Index("assistive_device_by_serial", AssistiveDevice.serial)  # type: ignore[arg-type]


def of_person(session: Session, person_id: str) -> list[AssistiveDevice]:
    """The devices of a person, the newest first."""
    theirs = AssistiveDevice.person_id.in_(merger.everybody(session, person_id))
    found = select(AssistiveDevice).where(theirs, AssistiveDevice.deleted_at.is_(None))
    day = func.coalesce(AssistiveDevice.fitted_on, "")
    return list(session.scalars(found.order_by(day.desc(), AssistiveDevice.id.desc())))


def repairs_of(session: Session, ids: Sequence[str]) -> dict[str, list[Repair]]:
    """The repairs of devices (at most 500), by device, the newest first."""
    found = select(Repair).where(Repair.assistive_device_id.in_(ids), Repair.deleted_at.is_(None))
    day = func.coalesce(Repair.repaired_on, "")
    grouped: dict[str, list[Repair]] = {}
    for row in session.scalars(found.order_by(day.desc(), Repair.id.desc())):
        grouped.setdefault(row.assistive_device_id, []).append(row)
    return grouped


def with_serial(session: Session, kind: str, serial: str) -> list[AssistiveDevice]:
    """Devices of one kind with one number that somebody still has."""
    found = select(AssistiveDevice).where(
        AssistiveDevice.serial == serial,
        AssistiveDevice.aid_kind == kind,
        AssistiveDevice.deleted_at.is_(None),
        AssistiveDevice.aid_status.in_(KEPT),  # type: ignore[union-attr]
    )
    return list(session.scalars(found))
