"""The lists that were brought in, and what came of each."""

from __future__ import annotations

from sqlalchemy import String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base


class ImportRun(Base):
    """One list that was brought in: file, hash, who, when, and what came of its rows."""

    __tablename__ = "import_run"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    by: Mapped[str] = mapped_column(Text)
    started_at: Mapped[str] = mapped_column(String(24))
    finished_at: Mapped[str | None] = mapped_column(String(24))
    counts: Mapped[str] = mapped_column(Text, default="{}")
    layout: Mapped[str] = mapped_column(Text, default="{}")


def last_of(session: Session, sha256: str) -> str | None:
    """When a file of this hash was last brought in, as an instant; None when it never was."""
    return session.scalar(select(func.max(ImportRun.started_at)).where(ImportRun.sha256 == sha256))
