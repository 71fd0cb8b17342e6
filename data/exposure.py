"""What would be lost if this PC burned now: work that is in no backup and not on the server."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from data.records.attachment import Attachment
from data.records.blob import Blob
from data.records.change import Change
from data.records.person import Person
from data.records.trace import History

# Verdicts under which the server keeps the value; a rejected change is kept here only.
ON_THE_SERVER = ("accepted", "merged", "conflict", "deferred")
IMPORT_MARK = "import:"
ROWS_PER_QUESTION = 500


@dataclass(frozen=True)
class Unsaved:
    """Changes about one person that only this PC has; `person_id` is empty for the office's own.

    `lists` counts, by file name, those that came from an imported list.
    """

    person_id: str
    name: str
    commune: str
    changes: int
    typed: int
    first_at: str
    last_at: str
    logins: tuple[str, ...]
    lists: tuple[tuple[str, int], ...]


def persons(session: Session) -> int:
    """How many persons the store holds, removed ones left out."""
    return session.scalar(select(func.count()).where(Person.deleted_at.is_(None))) or 0


@dataclass(frozen=True)
class Backed:
    """How far a backup goes: its moment (ISO UTC text) and the number of its newest change.

    Both are asked: a clock may have been years wrong, and numbers begin again after a restore.
    """

    at: str = ""
    last_change: int = 0

    def misses(self) -> ColumnElement[bool]:
        """Changes that may not be in it."""
        return or_(Change.at > self.at, Change.seq > self.last_change)


def acknowledged_since(session: Session, backed: Backed) -> tuple[int, int]:
    """(changes, distinct records) made after a backup that the server has confirmed."""
    count = select(func.count(), func.count(func.distinct(Change.row_id)))
    row = session.execute(count.where(backed.misses(), Change.verdict.in_(ON_THE_SERVER))).one()
    return int(row[0]), int(row[1])


def unsaved_since(session: Session, backed: Backed) -> tuple[Unsaved, ...]:
    """By person, in the order of names, what was made after a backup and is only here."""
    person = (
        select(History.person_id)
        .where(History.row_id == Change.row_id, History.person_id.is_not(None))
        .limit(1)
        .correlate(Change)
        .scalar_subquery()
    )
    only_here = Change.verdict.is_(None) | Change.verdict.not_in(ON_THE_SERVER)
    rows = session.execute(
        select(person.label("person_id"), Change.at, Change.user, Change.source)
        .where(backed.misses(), only_here)
        .order_by(Change.seq)
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    for person_id, at, login, source in rows:
        found.setdefault(person_id or "", []).append((at, login, source))
    known = _known(session, [person_id for person_id in found if person_id])
    lines = [_line(person_id, known, entries) for person_id, entries in found.items()]
    order = {person_id: sort_key for person_id, (_, _, sort_key) in known.items()}
    return tuple(sorted(lines, key=lambda line: (order.get(line.person_id, ""), line.person_id)))


def files_since(session: Session, backed: Backed) -> int:
    """Photos and scans added after a backup whose originals the server does not have either."""
    added = select(Change.row_id).where(backed.misses(), Change.op == "I")
    sent = select(Blob.sha256).where(Blob.sha256 == Attachment.sha256, Blob.sent == Blob.size)
    only_here = Attachment.deleted_at.is_(None), ~sent.exists()
    return session.scalar(select(func.count()).where(Attachment.id.in_(added), *only_here)) or 0


def _known(session: Session, ids: list[str]) -> dict[str, tuple[str, str, str]]:
    found = {}
    for start in range(0, len(ids), ROWS_PER_QUESTION):
        some = ids[start : start + ROWS_PER_QUESTION]
        columns = (Person.id, Person.name, Person.commune, Person.sort_key)
        for row in session.execute(select(*columns).where(Person.id.in_(some))):
            found[row[0]] = (row[1], row[2] or "", row[3])
    return found


def _line(
    person_id: str,
    known: dict[str, tuple[str, str, str]],
    entries: list[tuple[str, str, str]],
) -> Unsaved:
    name, commune, _ = known.get(person_id, ("", "", ""))
    instants = [at for at, _, _ in entries]
    lists = Counter(_file(source) for _, _, source in entries if source.startswith(IMPORT_MARK))
    return Unsaved(
        person_id=person_id,
        name=name,
        commune=commune,
        changes=len(entries),
        typed=len(entries) - lists.total(),
        first_at=min(instants),
        last_at=max(instants),
        logins=tuple(sorted({login for _, login, _ in entries if login})),
        lists=tuple(sorted(lists.items())),
    )


def _file(source: str) -> str:
    """The file's name in "import:FILE:SHEET:ROW" (names may hold colons, numbers do not)."""
    return source.removeprefix(IMPORT_MARK).rsplit(":", 2)[0]
