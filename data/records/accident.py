"""A mine or UXO accident: its place and time, apart from where its victims live."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from data.base import Base, Travels, add_dictionary_columns


class Accident(Travels, Base):
    """One explosion with any number of victims."""

    __tablename__ = "accident"

    if TYPE_CHECKING:
        accident_on: Mapped[str | None]
        accident_commune: Mapped[str | None]


add_dictionary_columns(Accident, "accident")
