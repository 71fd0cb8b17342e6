"""A row that stands otherwise than on the server is put right; both states are kept.

Where the server's log has more, or another value for a version that both know, the log is
followed: it names who wrote each value. What only this PC has goes to the server again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import capture, changes
from data.base import Base, new_id, now_text
from data.database import Database
from data.records import incident
from data.records.change import Change as Pending
from data.records.fuse import HeldRemoval
from data.records.incident import Incident
from data.records.sync import SyncExtra
from data.records.trace import History
from sync import incoming, moving, regain
from sync.incoming import Key, Step
from sync.protocol import Entry
from sync.state import Device

log = logging.getLogger(__name__)
SOURCE = "repair"
IN_PER_QUERY = 400


@dataclass
class Repaired:
    """How many rows differed, and how many of them go to the server again."""

    incidents: int = 0
    sent: int = 0


def unsettled(session: Session, entity: str, ids: Sequence[str]) -> set[str]:
    """Rows of which a change waits for a verdict, or for another row on the server, and those
    whose removal waits for somebody's yes: putting them right would answer for him."""
    found: set[str] = set()
    for start in range(0, len(ids), IN_PER_QUERY):
        some = ids[start : start + IN_PER_QUERY]
        waits = or_(Pending.verdict.is_(None), Pending.verdict == "deferred")
        query = select(Pending.row_id).where(Pending.row_id.in_(some), waits)
        found |= set(session.scalars(query.where(Pending.entity == entity)))
        held = select(HeldRemoval.row_id).where(HeldRemoval.row_id.in_(some))
        found |= set(session.scalars(held.where(HeldRemoval.entity == entity)))
    return found


def rows(
    database: Database,
    device: Device,
    keys: Sequence[Key],
    entries: Iterable[Entry],
    only: str = "",
) -> Repaired:
    """Put some rows right from all that the server's log has of them, in one transaction; or `only`
    those that differ in a way."""
    told: dict[Key, list[Entry]] = {}
    for entry in entries:
        told.setdefault((entry.entity, entry.row), []).append(entry)
    done = Repaired()
    with database.write(device.author) as session, capture.applying(session):
        for key in keys:
            if not unsettled(session, key[0], [key[1]]):
                _Row(session, key, told.get(key, [])).put_right(done, only)
        incoming.flush_history(session, told_before=True)
    return done


def elsewhere(database: Database, device: Device, keys: Sequence[Key]) -> int:
    """Take out rows that live in another office's book and still stand here, with all that is here
    of such a person; how many. Each is kept as an incident: both offices counted it."""
    if not keys:
        return 0
    with database.write(device.author) as session, capture.applying(session):
        left = [key for key in keys if not unsettled(session, key[0], [key[1]])]
        persons = [row_id for entity, row_id in left if entity == "person"]
        every = dict.fromkeys([*left, *moving.everything_of(session, persons)])
        stand = [key for key in every if incoming.record_of(session, *key) is not None]
        for key in stand:
            _Row(session, key, []).keep(incident.ELSEWHERE)
            changes.touch(session, *key)
        moving.take_out(session, stand)
    return len(stand)


class _Row:
    """One row that differs, and what the server's log has of it."""

    def __init__(self, session: Session, key: Key, entries: list[Entry]) -> None:
        self.session = session
        self.entity, self.row_id = key
        self.entries = entries
        self.record = incoming.record_of(session, *key)
        self.version = self.record.server_version if self.record is not None else 0
        self.theirs = _folded(entries)
        self.version_theirs = entries[-1].version if entries else 0

    def put_right(self, done: Repaired, only: str = "") -> None:
        """Follow the log, or send; and keep both states as an incident."""
        kind = self._kind()
        if not kind or only not in ("", kind):
            return
        self.keep(kind)
        done.incidents += 1
        if kind == incident.UNKNOWN_THERE:
            self._send_whole()
        elif kind == incident.OLD_THERE:
            self._send_newer()
        elif kind != incident.LOST_THERE:
            self._follow()
        done.sent += kind in (incident.UNKNOWN_THERE, incident.OLD_THERE)
        changes.touch(self.session, self.entity, self.row_id)

    def _kind(self) -> str:
        if not self.entries:
            return incident.UNKNOWN_THERE if self.version else ""
        if self.record is None:
            return incident.LOST_HERE
        if self.version < self.version_theirs:
            return incident.OLD_HERE
        if self.version > self.version_theirs:
            return incident.OLD_THERE
        return incident.DIFFERS if self._different() else incident.LOST_THERE

    def _different(self) -> dict[str, Any]:
        """The server's values of the fields that stand otherwise here."""
        kind: type[Base] = type(self.record)
        known = {name: self.theirs.get(name) for name in incoming.columns(kind)}
        right = incoming.fitting(kind, known)
        return {n: value for n, value in right.items() if not _same(self.record, n, value)}

    def keep(self, kind: str) -> None:
        """Both states, as an incident of a kind."""
        mine = None if self.record is None else capture.row_values(self.record)
        both = (mine or {}) | self.theirs
        person = self.row_id if self.entity == "person" else both.get("person_id")
        log.error("%s %s was otherwise than on the server: %s", self.entity, self.row_id, kind)
        self.session.add(
            Incident(
                kind=kind,
                entity=self.entity,
                row_id=self.row_id,
                person_id=person,
                version_mine=self.version,
                version_theirs=self.version_theirs,
                mine=None if mine is None else _json(mine),
                theirs=_json(self.theirs) if self.entries else None,
            )
        )

    def _follow(self) -> None:
        """Take from the log what this PC lacks, then what still stands otherwise."""
        session, office = self.session, incoming.office_id(self.session)
        later = [one for one in self.entries if one.version > self.version]
        for entry in later:
            if entry.op == "X":
                continue
            incoming.keep_unknown(session, entry)
            if self.record is None:
                self.record = incoming.create(session, entry, office)
                session.flush()
            elif entry.op == "U":
                incoming.edit(session, self.record, entry, entry.fields)
        self._as_theirs()
        self.record.server_version = self.version_theirs
        step = Step(session, self.entity, self.row_id)
        step.let_go(list(step.held))
        step.reached(self.version_theirs, set())
        step.save()
        session.flush()

    def _as_theirs(self) -> None:
        """Values that no entry explains give way to the server's; the history says so."""
        values, last = self._different(), self.entries[-1]
        for name, value in values.items():
            line = incoming.history_line(last, self.record) | {"source": SOURCE, "at": now_text()}
            before = capture.as_text(getattr(self.record, name))
            told = {"op": "edit", "field": name, "old": before, "new": capture.as_text(value)}
            incoming.write_history(self.session, line | told)
        incoming.put(self.record, values, last.at, last.user)

    def _send_whole(self) -> None:
        """The server has no entry of this row: what was written of it here goes again, step by
        step with its authors as the history has them; without a history, as it stands."""
        lines = list(self.session.scalars(_history(self.entity, self.row_id)))
        steps = [list(group) for _, group in groupby(lines, key=lambda line: line.txn)]
        if not steps or steps[0][0].op != "create":
            steps = []
        stands: dict[str, Any] = {}
        for step in steps:
            fields = regain.fields_of(step)
            created = step[0].op == "create"
            pairs = {n: value if created else value[1] for n, value in fields.items()}
            stands |= pairs
            self._offer("I" if created else "U", fields, (step[0].at, step[0].by), step[0].source)
        now = capture.row_values(self.record) | self._extras()
        if not steps:
            self._offer("I", now, (self.record.created_at, self.record.created_by))
        elif rest := _pairs(stands, now):
            self._offer("U", rest, (self.record.updated_at, self.record.updated_by))
        self.record.server_version = 0

    def _send_newer(self) -> None:
        """The server went back behind a version it had confirmed: the values here go again."""
        pairs = _pairs(self.theirs, capture.row_values(self.record) | self._extras())
        self.record.server_version = self.version_theirs
        if pairs:
            self._offer("U", pairs, (self.record.updated_at, self.record.updated_by))

    def _offer(
        self, op: str, fields: dict[str, Any], written: tuple[str, str], source: str = ""
    ) -> None:
        at, user = written
        self.session.add(
            Pending(
                txn=new_id(),
                entity=self.entity,
                row_id=self.row_id,
                op=op,
                base_version=0 if op == "I" else max(self.version_theirs, 0),
                fields=_json(fields),
                at=at,
                user=user,
                source="" if source.startswith("sync:") or source == SOURCE else source,
            )
        )
        self.session.flush()

    def _extras(self) -> dict[str, Any]:
        """What a newer program wrote and this one has no column for goes with the row."""
        kept = self.session.get(SyncExtra, (self.entity, self.row_id))
        return {} if kept is None else json.loads(kept.fields)


def _folded(entries: list[Entry]) -> dict[str, Any]:
    """The values of a row after all its entries, empty ones left out."""
    values: dict[str, Any] = {}
    for entry in entries:
        if entry.op in "IU":  # X says only that a person has come: it moves her version on
            values |= {n: v if entry.op == "I" else v[1] for n, v in entry.fields.items()}
    return {name: value for name, value in values.items() if value is not None}


def _pairs(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    names = sorted(before.keys() | after.keys())
    pairs = {name: [before.get(name), after.get(name)] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _same(record: Any, name: str, value: Any) -> bool:
    return bool(getattr(record, name) == value)


def _history(entity: str, row_id: str) -> Any:
    mine = select(History).where(History.row_id == row_id, History.entity == entity)
    return mine.order_by(History.seq)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=str)
