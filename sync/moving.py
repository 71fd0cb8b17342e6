"""Somebody leaves this office's book for another one, or comes into it, as the log tells.

Who leaves is taken out of the record tables, so that nothing counts or changes her any more; what
the book had lies readable beside them until a person wipes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from data.base import now_text
from data.changes import touch
from data.records import likeness
from data.records.change import Change
from data.records.person import Person
from data.records.sync import Conflict, SyncExtra, SyncRow
from data.records.trace import History
from data.records.transfer import CAME_TOO_LATE, DECLINED, TAKEN, Departed
from sync import incoming
from sync.incoming import Key
from sync.moves import ARRIVED, COMES, LEFT
from sync.protocol import Entry

APART = frozenset({"merger", "distinct_pair", "transfer", "proposal"})
IDS_AT_ONCE = 400


def apply(session: Session, entry: Entry, aside: bool = True) -> list[Key]:
    """Bring one move into the store; the rows that are not here any more.

    Who leaves is kept to be read (`aside`) by the office that had her, not by who reads its book.
    """
    told = entry.fields
    if told.get(LEFT):
        gone = _with_unsent(session, [(str(kind), str(one)) for kind, one in told[LEFT]])
        if aside:
            _keep_aside(session, entry, gone)
        return take_out(session, gone)
    if told.get(COMES):
        return _make_room(session, [str(one) for one in told[COMES]])
    if told.get(ARRIVED):
        _arrived(session, entry)
    return []


def answered(session: Session, proposal: Any, office: str) -> None:
    """The other office decided about an edit of ours that came too late: nobody waits for it."""
    if proposal.from_office != office or proposal.state not in (TAKEN, DECLINED):
        return
    mine = (Change.entity == proposal.entity, Change.row_id == proposal.row_id)
    waiting = update(Change).where(*mine, Change.at == proposal.made_at)
    waiting = waiting.where(Change.verdict_code == CAME_TOO_LATE, Change.settled_at.is_(None))
    session.execute(waiting.values(settled_at=now_text()))


def _arrived(session: Session, entry: Entry) -> None:
    session.flush()
    person = session.get(Person, entry.row)
    if person is None:
        return
    person.server_version = max(person.server_version, entry.version)
    incoming.write_history(session, arrival(entry, person))
    touch(session, "person", entry.row)


def arrival(entry: Entry, person: Any) -> dict[str, Any]:
    """What the history says of somebody who came from another office."""
    line = incoming.history_line(entry, person) | {"txn": f"moved:{entry.seq}", "op": "arrived"}
    told = {name: str(entry.fields.get(name) or "") for name in ("from_name", "to_name")}
    return line | {"by": "", "field": None, "old": told["from_name"], "new": told["to_name"]}


def _with_unsent(session: Session, keys: list[Key]) -> list[Key]:
    """Also what this PC added to the person and the server has not seen: it comes too late."""
    persons = {one for kind, one in keys if kind == "person"}
    found = dict.fromkeys(keys)
    for entity, kind in incoming.kinds().items():
        table = kind.__table__.c
        if "person_id" in table and entity not in APART:
            own = select(table.id).where(table.person_id.in_(persons), table.server_version == 0)
            found |= dict.fromkeys((entity, str(one)) for one in session.scalars(own))
    session.flush()
    return list(found)


def _keep_aside(session: Session, entry: Entry, keys: Sequence[Key]) -> None:
    """A readable copy of what is here of a person who leaves; none where nothing is."""
    session.flush()
    incoming.flush_history(session)
    rows = dict(_rows(session, keys))
    person = next((one for one in rows.get("person", ()) if one["id"] == entry.row), None)
    if person is None:
        return
    history = [
        {name: value for name, value in line.items() if name != "seq"}
        for part in _parts(one for _, one in keys)
        for line in session.execute(
            select(History.__table__).where(History.row_id.in_(part)).order_by(History.seq)
        ).mappings()
        if (line["entity"], line["row_id"]) in set(keys)
    ]
    whole = {"rows": rows, "history": history}
    old = session.get(Departed, entry.row)
    if old is not None:
        session.delete(old)
        session.flush()
    session.add(
        Departed(
            person_id=entry.row,
            name=person["name"] or "",
            sort_key=person["sort_key"],
            to_office=str(entry.fields.get("to") or ""),
            to_name=str(entry.fields.get("to_name") or ""),
            left_at=entry.at,
            rows=sum(map(len, rows.values())),
            content=json.dumps(whole, ensure_ascii=False, separators=(",", ":")),
        )
    )


def _rows(session: Session, keys: Sequence[Key]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for entity, ids in _by_entity(keys).items():
        table = incoming.kinds()[entity].__table__
        found: list[dict[str, Any]] = []
        for part in _parts(ids):
            query = select(table).where(table.c.id.in_(part)).order_by(table.c.id)
            found += [dict(line) for line in session.execute(query).mappings()]
        if found:
            yield entity, found


def take_out(session: Session, keys: Sequence[Key]) -> list[Key]:
    """Remove rows and all that this PC notes about them; changes that wait stay in the outbox."""
    session.flush()
    incoming.flush_history(session)
    gone = set(keys)
    for record in list(session.identity_map.values()):
        kind = getattr(record, "__tablename__", "")
        if (kind, getattr(record, "id", "")) in gone:
            session.expunge(record)
    persons = [one for kind, one in keys if kind == "person"]
    for entity, ids in _by_entity(keys).items():
        table: Any = incoming.kinds()[entity].__table__
        for part in _parts(ids):
            session.execute(delete(table).where(table.c.id.in_(part)))
            for noted in (SyncRow, SyncExtra, Conflict, History):
                own = (noted.entity == entity, noted.row_id.in_(part))
                calm = {"synchronize_session": "fetch"}
                session.execute(delete(noted).where(*own), execution_options=calm)
    likeness.forget(session, persons)
    for one in persons:
        touch(session, "person", one)
    return list(keys)


def _make_room(session: Session, persons: Sequence[str]) -> list[Key]:
    """Who comes (back) is written anew from the log: nothing older of hers may stand in the way.

    What this PC changed meanwhile stays in its outbox and meets the server's values there. What it
    offered for others after a restore of the server waited for just this: it is in the log now.
    """
    keys = everything_of(session, persons)
    offered = update(Change).where(Change.row_id.in_(one for _, one in keys))
    offered = offered.where(Change.verdict == "deferred", Change.source.like("again:%"))
    session.execute(offered.values(verdict="merged", verdict_code=None))
    gone = delete(Departed).where(Departed.person_id.in_(persons))
    session.execute(gone, execution_options={"synchronize_session": "fetch"})
    return take_out(session, keys) if keys else []


def everything_of(session: Session, persons: Sequence[str]) -> list[Key]:
    """The rows that are here of persons, their own among them."""
    keys: list[Key] = []
    for entity, kind in incoming.kinds().items():
        table = kind.__table__.c
        if entity == "person":
            own = select(table.id).where(table.id.in_(persons))
        elif "person_id" in table and entity not in APART:
            own = select(table.id).where(table.person_id.in_(persons))
        else:
            continue
        keys += [(entity, str(one)) for one in session.scalars(own)]
    return keys


def _by_entity(keys: Iterable[Key]) -> Mapping[str, list[str]]:
    """Ids by kind, of the kinds that this program knows; persons last, for others name them."""
    found: dict[str, list[str]] = {}
    for entity, row_id in sorted(keys, key=lambda key: (key[0] == "person", key)):
        if entity in incoming.kinds():
            found.setdefault(entity, []).append(row_id)
    return found


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    every = sorted(set(values))
    for start in range(0, len(every), IDS_AT_ONCE):
        yield every[start : start + IDS_AT_ONCE]
