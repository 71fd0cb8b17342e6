"""What was changed here and is not yet acknowledged, and the net that catches what slipped by."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from data.base import Base


class Change(Base):
    """One change of one row in the outbox.

    `op` is I (all values, `{name: new}`) or U (`{name: [old, new]}`); `base_version` is the
    server's version of the row that the author had before him (0 when the server knows nothing);
    `settled_at` says that somebody looked at a refused change and wants to see it no more.
    """

    __tablename__ = "change"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    txn: Mapped[str] = mapped_column(String(36))
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36))
    op: Mapped[str] = mapped_column(String(1))
    base_version: Mapped[int] = mapped_column(Integer)
    fields: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(24))
    user: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    batch_no: Mapped[int | None] = mapped_column(Integer)
    verdict: Mapped[str | None] = mapped_column(String(12))
    verdict_code: Mapped[str | None] = mapped_column(Text)
    settled_at: Mapped[str | None] = mapped_column(String(24))


Index("change_by_row", Change.row_id, Change.seq)
Index("change_by_batch", Change.batch_no, Change.seq)
Index("change_by_verdict", Change.verdict, Change.seq)
Index("change_edits", Change.seq, sqlite_where=text("batch_no IS NULL AND op = 'U'"))
"""The edits that no batch has yet, for the fuse: few among the many rows of a new office."""


class Dirty(Base):
    """What the triggers saw and the unit of work did not: table, row, operation (I, U or D)."""

    __tablename__ = "dirty"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36))
    op: Mapped[str] = mapped_column(String(1))


class CaptureState(Base):
    """One row: whether changes of the server are being applied, so that the triggers keep still."""

    __tablename__ = "capture_state"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    applying: Mapped[int] = mapped_column(Integer, default=0)
