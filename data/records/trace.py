"""Who did what: the history of values, and the log of who saw a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base


class History(Base):
    """One entry: a creation with all its values (JSON), or one field's old and new value."""

    __tablename__ = "history"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    txn: Mapped[str] = mapped_column(String(36))
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36))
    person_id: Mapped[str | None] = mapped_column(String(36))
    at: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(Text)
    op: Mapped[str] = mapped_column(String(8))
    field: Mapped[str | None] = mapped_column(String(40))
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")


Index("history_by_row", History.row_id, History.seq)
Index("history_by_person", History.person_id, History.seq)
Index(
    "history_from_hand_to_hand",
    History.source,
    sqlite_where=text("source GLOB 'reassigned:*'"),
)
"""Cases that went from one worker to another: few among all entries."""


Index(
    "history_of_edits",
    *(History.entity, History.field, History.at, History.row_id, History.seq, History.old),
    sqlite_where=text("op = 'edit'"),
)
"""What was edited since a day: reports of the past undo it."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One entry of the history as it is shown: instants are ISO UTC text."""

    entity: str
    row_id: str
    at: str
    by: str
    op: str
    field: str | None
    old: str | None
    new: str | None
    source: str


def keep_free(session: Session, places: int) -> int:
    """Keep places in the history free for entries that come later and belong before all that is
    written from now on; the place before the first of them."""
    known = text("SELECT seq FROM sqlite_sequence WHERE name = 'history'")
    last = session.scalar(known)
    if last is None:
        session.execute(text("INSERT INTO sqlite_sequence(name, seq) VALUES ('history', 0)"))
    free = text("UPDATE sqlite_sequence SET seq = seq + :places WHERE name = 'history'")
    session.execute(free, {"places": places})
    return int(last or 0)


class AccessLog(Base):
    """One view, print or export of one person's data, or a list of them.

    `link` is the fingerprint of this entry and of the one before it: who takes one out, changes
    one or puts one between breaks the chain from there on (`data/records/access_chain.py`).
    """

    __tablename__ = "access_log"
    __table_args__ = {"sqlite_autoincrement": True}

    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[str] = mapped_column(String(36))
    detail: Mapped[str] = mapped_column(Text, default="")
    link: Mapped[str] = mapped_column(String(32), default="")


Index("access_by_person", AccessLog.person_id, AccessLog.seq)

OWN_PAGES = "kind = 'view' AND (detail = '' OR detail GLOB 'case *')"
"""Looks at a whole person or case, as opposed to lines of lists, pictures and previews."""
OWN_PRINTS = "kind = 'print'"
_WHOLE = (AccessLog.by, AccessLog.seq, AccessLog.detail, AccessLog.at, AccessLog.person_id)
"""Answers need no row: those of one user lie far apart in a long log."""
Index("access_pages", *_WHOLE, sqlite_where=text(OWN_PAGES))
Index("access_prints", *_WHOLE, sqlite_where=text(OWN_PRINTS))


class OpenedAgain(Base):
    """A page that its user opened again so soon that the log keeps one look of it: when last."""

    __tablename__ = "opened_again"

    by: Mapped[str] = mapped_column(Text, primary_key=True)
    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    detail: Mapped[str] = mapped_column(Text, primary_key=True)
    at: Mapped[str] = mapped_column(String(24))


Index("opened_again_lately", OpenedAgain.by, OpenedAgain.at)
