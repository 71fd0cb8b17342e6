"""Too many removals at once wait until somebody who decides says yes, or takes them back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import access
from app.errors import Refused
from app.values.outgoing import HeldPerson, HeldRemovals
from app.workspace import Workspace
from data import capture
from data.base import instant_text
from data.records import fuse, outgoing
from data.records.fuse import IN, HeldRemoval
from data.schema import travelling

WAYS = fuse.WAYS
SHOWN_MAX = 200


def held(ws: Workspace) -> tuple[HeldRemovals, ...]:
    """What waits for a yes, first what was removed here; at most 200 of each by name."""
    ws.demand("view")
    with ws.db.read() as session:
        found = tuple(_group(session, way) for way in WAYS)
    access.looked(
        ws, [one.person_id for group in found for one in group.people if one.name], "list"
    )
    return tuple(group for group in found if group.count)


def count(ws: Workspace) -> int:
    """How many removals wait for a yes."""
    with ws.db.read() as session:
        return sum(fuse.count_asked(session, way) for way in WAYS)


def allow(ws: Workspace, way: str) -> int:
    """Say yes: the next round sends, or writes, the removals; how many. Raises Refused."""
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        lines = _asked(session, way)
        for line in lines:
            line.allowed_at, line.allowed_by = instant_text(ws.clock()), ws.user.login
        return len(lines)


def keep(ws: Workspace, way: str) -> int:
    """Say no: the records stay, here and by an ordinary edit everywhere; how many.

    Raises Refused (`removals_none`).
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        lines = _asked(session, way)
        records = [_record(session, line) for line in lines]
        if way == IN:
            _as_removed(session, lines, records)
        for record in records:
            if record is not None:
                record.deleted_at = record.deleted_reason = None
        for line in lines:
            session.delete(line)
        return len(lines)


def _as_removed(session: Session, lines: Sequence[HeldRemoval], records: Sequence[Any]) -> None:
    """What was never written here is taken back like any other removal, so that it travels."""
    with capture.applying(session):
        for line, record in zip(lines, records, strict=True):
            if record is not None:
                for name, value in json.loads(line.fields).items():
                    setattr(record, name, value)


def _asked(session: Session, way: str) -> Sequence[HeldRemoval]:
    lines = fuse.asked(session, way)
    if not lines:
        raise Refused.one("removals_none", "way", way)
    return lines


def _record(session: Session, line: HeldRemoval) -> Any:
    kind: Any = travelling().get(line.entity)
    return session.get(kind, line.row_id) if kind is not None else None


def _group(session: Session, way: str) -> HeldRemovals:
    lines = fuse.asked(session, way, SHOWN_MAX)
    ids = [line.person_id for line in lines if line.person_id]
    names = outgoing.person_names(session, ids)
    people = tuple(
        HeldPerson(one.person_id or "", names.get(one.person_id or "", ""), one.entity, one.by,
                   one.at)
        for one in lines
    )  # fmt: skip
    return HeldRemovals(way, fuse.count_asked(session, way), people)
