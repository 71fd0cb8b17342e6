"""The history of rows that came as a snapshot: the log below it, from its newest entry on.

So a record whose creation stands in the history has the whole of it: nothing older is missing, and
everything younger came before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from data import capture, history
from data.records.sync import DECIDES, ColdStart, UnknownRow
from data.records.trace import History
from sync import conflicts, incoming, moving, protocol, snapshot, transport
from sync.errors import NotOurServer
from sync.moves import ARRIVED, LEFT
from sync.protocol import Entry, Problem, PullAnswer, PullRequest
from sync.talk import Talk, refused


def fetch(talk: Talk) -> bool:
    """Fetch the history that is missing; False when it stopped before the end, because somebody
    cancelled or a change waits to be sent. Raises the errors of the wire."""
    while not talk.cancelled():
        with talk.database.read() as session:
            start = snapshot.underway(session, talk.device.scope)
        if start is None:
            return True
        answer = _ask(talk, start)
        for part in reversed(list(_slices(answer.entries))):
            _apply(talk, start, part)
            if talk.cancelled():
                return False
        if not answer.entries:
            _end(talk, start)
        if snapshot.waits(talk):
            return False
    return False


def _ask(talk: Talk, start: ColdStart) -> PullAnswer:
    rows = protocol.PULL_ROWS_MAX
    request = PullRequest(start.scope, start.floor, rows, before=start.history)
    content, nonce = transport.signed_request(talk.device, "pull", request)
    answer = transport.read_answer(
        talk.device, talk.wire.post("/v1/pull", content), nonce, PullAnswer
    )
    if isinstance(answer, Problem):
        raise refused(answer)
    numbers = [entry.seq for entry in answer.entries]
    if numbers != list(range(start.history - len(numbers), start.history)):
        raise NotOurServer("pull_not_contiguous", after=start.history)
    return answer


def _slices(entries: list[Entry]) -> Iterator[list[Entry]]:
    for at in range(0, len(entries), 4 * protocol.PAGE_ROWS_MAX):
        yield entries[at : at + 4 * protocol.PAGE_ROWS_MAX]


def _apply(talk: Talk, start: ColdStart, part: list[Entry]) -> None:
    with talk.database.write(talk.device.author) as session, capture.applying(session):
        known = session.get_one(ColdStart, start.scope)
        lines = list(_lines(session, part, known.seat))
        fresh = incoming.not_known(session, lines)
        if fresh:
            session.connection().execute(insert(History), fresh)
        for entry in reversed(part):
            if entry.op == "C" and not entry.own:
                _past_conflict(session, start.scope, entry)
            elif entry.op == "X" and entry.fields.get(LEFT):
                _left(session, entry)
        known.history = part[0].seq
        done, total = known.upto + 1 - known.history, known.upto
        if known.history <= known.floor + 1:
            session.delete(known)
    talk.done.applied += len(part)
    talk.progress("history", done, total)


def _left(session: Session, entry: Entry) -> None:
    """Who left below the snapshot and still stands here: the log says where she is, nobody is
    asked. Who came back since stands in the snapshot, and is no question."""
    told = [(str(kind), str(one)) for kind, one in entry.fields[LEFT]]
    asked = [one for key in told if (one := session.get(UnknownRow, key)) is not None]
    if not asked:
        return
    keys = [[one.entity, one.row_id] for one in asked]
    for one in asked:
        session.delete(one)
    moving.apply(session, msgspec.structs.replace(entry, fields=entry.fields | {LEFT: keys}))


def _end(talk: Talk, start: ColdStart) -> None:
    with talk.database.write(talk.device.author) as session:
        known = snapshot.underway(session, start.scope)
        if known is not None:
            session.delete(known)


def _lines(session: Session, part: list[Entry], seat: int) -> Iterator[dict[str, Any]]:
    """Lines of the history in the places that were kept free for them."""
    known = _records(session, part)
    for entry in part:
        record = known.get((entry.entity, entry.row))
        if record is None or entry.own or entry.op == "C":
            continue
        if entry.op == "X":
            told = [moving.arrival(entry, record)] if entry.fields.get(ARRIVED) else []
        elif entry.op == "I":
            line = incoming.created_line(entry, record)
            line["person_id"] = entry.fields.get("person_id") or line["person_id"]
            told = [line]
        else:
            told = list(incoming.edited_lines(entry, record))
        for place, line in enumerate(told):
            yield line | {"seq": seat + entry.seq * snapshot.SEATS + place + 1}


def _records(session: Session, part: list[Entry]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {}
    wanted = sorted({(entry.entity, entry.row) for entry in part})
    for entity, group in groupby(wanted, key=lambda key: key[0]):
        kind: Any = incoming.kinds().get(entity)
        if kind is not None:
            ids = [row_id for _, row_id in group]
            for record in session.scalars(select(kind).where(kind.id.in_(ids))):
                found[entity, record.id] = record
    return found


def _past_conflict(session: Session, scope: str, entry: Entry) -> None:
    """A conflict that somebody had decided before the snapshot: its card tells both values."""
    for card in conflicts.raise_cards(session, scope, entry, here=False):
        card.state = conflicts.RESOLVED
        decision = session.scalars(
            select(History)
            .where(History.row_id == entry.row, History.field == card.field)
            .where(History.source == f"{DECIDES}{entry.seq}")
            .limit(1)
        ).first()
        if decision is not None:
            kind = incoming.kinds()[card.entity]
            value = history.from_text(kind, card.field, decision.new)
            card.taken = json.dumps(value, ensure_ascii=False)
            card.decided_by, card.decided_at = decision.by, decision.at
