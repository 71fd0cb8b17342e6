"""A victim: the tie between a person and an accident, known or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class Victim(Travels, Base):
    """What an accident did to one person; most war-time victims have no known accident."""

    __tablename__ = "victim"

    person_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )
    accident_id: Mapped[str | None] = mapped_column(
        String(36), ForeignKey("accident.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        injuries: Mapped[str | None]


add_dictionary_columns(Victim, "victim")
