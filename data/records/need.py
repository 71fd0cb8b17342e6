"""What a person says is needed, one row a need, with its state in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base, Travels, add_dictionary_columns


class Need(Travels, Base):
    """One need of one person; assistance is recorded apart and closes nothing by itself."""

    __tablename__ = "need"

    person_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("person.id", deferrable=True, initially="DEFERRED"), index=True
    )

    if TYPE_CHECKING:
        need_group: Mapped[str | None]
        item: Mapped[str | None]
        priority: Mapped[int | None]
        need_status: Mapped[str | None]


add_dictionary_columns(Need, "need")
