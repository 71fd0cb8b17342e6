"""The chain of the log of looks: each entry seals itself and the one before it.

Whoever opens the store with its key and rewrites every later entry too makes a whole chain again.
What he cannot change is the mark on a paper that was printed before: `mark_at` tells what stood
there then, so that an inspector compares it with the paper of the last inspection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import column, func, select, table
from sqlalchemy.orm import Session

from data.records.trace import AccessLog

SIGNS = 32
PARTS = ("at", "by", "kind", "person_id", "detail")
ROWS_AT_ONCE = 5_000
NAME = "access_log"
_Numbers = table("sqlite_sequence", column("name"), column("seq"))
"""What SQLite itself keeps of the numbers it gave away."""


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands: how many entries, the last one's number and mark, when the first was written;
    `broken` is the number of the first entry that does not follow from those before, 0 for none."""

    entries: int
    last: int
    mark: str
    since: str
    broken: int = 0


def linked(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with their links, behind the last entry there is; writers queue, so it stays so."""
    newest = select(AccessLog.link).order_by(AccessLog.seq.desc()).limit(1)
    before = session.scalar(newest) or ""
    made = []
    for row in rows:
        before = link(before, row)
        made.append({**row, "link": before})
    return made


def link(before: str, row: Mapping[str, Any]) -> str:
    """The fingerprint of an entry behind another."""
    words = "\x1f".join((before, *(str(row.get(name) or "") for name in PARTS)))
    return hashlib.sha256(words.encode()).hexdigest()[:SIGNS]


def verify(session: Session) -> Chain:
    """Walk the whole log. A number that is missing breaks it too: numbers are never used again."""
    columns = (AccessLog.seq, AccessLog.link, *(getattr(AccessLog, name) for name in PARTS))
    before, number, entries, since = "", 0, 0, ""
    found = session.execute(select(*columns).order_by(AccessLog.seq))
    for row in found.yield_per(ROWS_AT_ONCE):
        told = row._asdict()
        number += 1
        if row.seq != number or link(before, told) != row.link:
            return Chain(entries, row.seq, before, since, number)
        before, entries, since = row.link, entries + 1, since or row.at
    return Chain(entries, number, before, since, _cut_off(session, number))


def _cut_off(session: Session, last: int) -> int:
    """The number behind the last entry where later ones were there once and are no more."""
    given = session.scalar(select(func.max(_Numbers.c.seq)).where(_Numbers.c.name == NAME)) or 0
    return last + 1 if given > last else 0


def mark_at(session: Session, number: int) -> str:
    """The mark of the entry with this number; "" when there is none."""
    return session.scalar(select(AccessLog.link).where(AccessLog.seq == number)) or ""
