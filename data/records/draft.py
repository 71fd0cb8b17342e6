"""What somebody is typing, kept on this PC until it is saved or given up."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base


class Draft(Base):
    """What somebody was typing, kept after a short pause so that a power cut loses nothing."""

    __tablename__ = "draft"

    login: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[str] = mapped_column(String(24))
