"""The lists that were brought in: what came of each, what it wrote, how its columns were taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Index, Integer, Select, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base
from data.records.merger import DistinctPair
from data.records.trace import History

UNDO = "undo:"
"""Source of what the undoing of an import writes, before the import's id."""
ASKED_MAX = 500


class ImportRun(Base):
    """One list that was brought in: file, hash, who, when, and what came of its rows.

    `kind` is list, corrections, certificates, cases or allowances. Of a register that was taken
    over, `opening` (JSON) has its totals and its lines, and who confirmed the minute when.
    """

    __tablename__ = "import_run"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    by: Mapped[str] = mapped_column(Text)
    started_at: Mapped[str] = mapped_column(String(24))
    finished_at: Mapped[str | None] = mapped_column(String(24))
    counts: Mapped[str] = mapped_column(Text, default="{}")
    layout: Mapped[str] = mapped_column(Text, default="{}")
    kind: Mapped[str] = mapped_column(String(12), default="list")
    undone_at: Mapped[str | None] = mapped_column(String(24))
    undone_by: Mapped[str | None] = mapped_column(Text)
    opening: Mapped[str] = mapped_column(Text, default="")
    confirmed_at: Mapped[str | None] = mapped_column(String(24))
    confirmed_by: Mapped[str | None] = mapped_column(Text)
    confirmed_note: Mapped[str | None] = mapped_column(Text)


class ImportSlice(Base):
    """One transaction of an import: the stretch of the history that it wrote.

    Writers queue, so nobody else's entries lie between the first and the last.
    """

    __tablename__ = "import_slice"

    txn: Mapped[str] = mapped_column(String(36), primary_key=True)
    run_id: Mapped[str] = mapped_column(String(36))
    first_seq: Mapped[int] = mapped_column(Integer)
    last_seq: Mapped[int] = mapped_column(Integer)


class ImportLayout(Base):
    """How the columns of a commune's list were taken by hand: offered again for the next one."""

    __tablename__ = "import_layout"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(24))
    by: Mapped[str] = mapped_column(Text)


Index("import_slice_by_run", ImportSlice.run_id, ImportSlice.first_seq)


def last_of(session: Session, sha256: str) -> str | None:
    """When a file of this hash was last brought in and kept, as an instant; None when never."""
    return session.scalar(
        select(func.max(ImportRun.started_at)).where(
            ImportRun.sha256 == sha256, ImportRun.undone_at.is_(None)
        )
    )


def latest(session: Session, limit: int) -> list[ImportRun]:
    """The imports of this PC, newest first."""
    return list(session.scalars(select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)))


def layouts(session: Session) -> dict[str, ImportLayout]:
    """Every remembered layout by its key."""
    return {each.key: each for each in session.scalars(select(ImportLayout))}


def last_seq(session: Session) -> int:
    """The number of the newest entry of the history."""
    return session.scalar(select(func.max(History.seq))) or 0


def close_slice(session: Session, run_id: str, before: int) -> None:
    """Remember what this transaction wrote since `before`; nothing when it wrote nothing."""
    session.flush()
    last = last_seq(session)
    if last > before:
        txn = session.info["txn"]
        session.add(ImportSlice(txn=txn, run_id=run_id, first_seq=before + 1, last_seq=last))


def slices(session: Session, run_id: str) -> list[ImportSlice]:
    """The transactions of an import in the order they were made."""
    found = select(ImportSlice).where(ImportSlice.run_id == run_id)
    return list(session.scalars(found.order_by(ImportSlice.first_seq)))


def written(session: Session, part: ImportSlice) -> list[History]:
    """The history of one transaction, in order."""
    return list(
        session.scalars(
            select(History)
            .where(History.seq.between(part.first_seq, part.last_seq), History.txn == part.txn)
            .order_by(History.seq)
        )
    )


class Touch(NamedTuple):
    """The last thing written about a person: when, and by whom."""

    at: str
    by: str


def touched_since(
    session: Session, run_id: str, seq: int, person_ids: Sequence[str]
) -> dict[str, Touch]:
    """Those of the persons about whom anything was written after `seq`, and who wrote last.

    What the import itself and its own undoing wrote does not count. That somebody is not another
    person stands in the history of one of the two; it counts for both while it holds.
    """
    own = select(ImportSlice.txn).where(ImportSlice.run_id == run_id)
    since = (
        History.seq > seq,
        History.txn.not_in(own),
        History.source != f"{UNDO}{run_id}",
    )
    last = (func.max(History.at), History.by)  # SQLite: `by` of the entry that is the latest
    found: dict[str, Touch] = {}
    for some in _parts(person_ids):
        about = select(History.person_id, *last).where(History.person_id.in_(some), *since)
        apart = (
            select(DistinctPair.other_id, *last)
            .join(History, History.row_id == DistinctPair.id)
            .where(DistinctPair.other_id.in_(some), DistinctPair.deleted_at.is_(None), *since)
        )
        queries: tuple[Select[Any], ...] = (
            about.group_by(History.person_id),
            apart.group_by(DistinctPair.other_id),
        )
        for query in queries:
            for person_id, at, by in session.execute(query):
                found[person_id] = max(found.get(person_id, Touch("", "")), Touch(at, by))
    return found


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), ASKED_MAX):
        yield ids[start : start + ASKED_MAX]
