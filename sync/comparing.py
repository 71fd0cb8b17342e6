"""Every few rounds: do all rows here stand as on the server? What differs is put right one by one.

A difference is an incident: something wrote past the program, or a disk forgot. Neither side is
thrown away: both states are kept, and each row is repaired in the direction that loses nothing.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data import schema
from data.records import incident
from data.records.fuse import IN, HeldRemoval
from data.records.sync import SyncRow
from sync import buckets, incoming, repair, state, transport
from sync.buckets import (
    BucketAnswer,
    BucketRequest,
    ExplainAnswer,
    ExplainRequest,
    Standing,
    SumsAnswer,
    SumsRequest,
    ValuesAnswer,
    ValuesRequest,
)
from sync.errors import Busy, Unreachable
from sync.incoming import Key
from sync.protocol import Problem
from sync.talk import Talk, refused

log = logging.getLogger(__name__)
EVERY_ROUNDS = 8
EXPLAINED_AT_ONCE = 50
TRIES = 4
PARTS = 16
ROWS_MIN, ROW_BYTES = 50, 64
READ_AT_ONCE = 2000
CUT = "connection_cut"
Shape = TypeVar("Shape")


class _Moved(Exception):
    """The log grew while it was being compared: another round begins anew."""


def compare(talk: Talk) -> bool:
    """When it is time, compare; whether something was put into the outbox again.

    Only what both sides call settled is compared: a scope of which this PC has applied the whole
    log, and rows of which nothing waits for a verdict. Raises the errors of the wire but
    Unreachable: a line too bad for it keeps nothing else from coming.
    """
    with talk.database.read() as session:
        standing = state.row(session)
        cursor = session.get(state.SyncCursor, talk.device.scope)
        if standing is None or cursor is None or standing.uncompared + 1 < EVERY_ROUNDS:
            return False
        at = cursor.seq
    if not talk.compares or talk.compared or talk.line_too_bad or talk.cancelled():
        return False
    sent = fruitless = 0
    while not talk.compared:
        before = talk.done.incidents
        try:
            for part in _parts(_differing(talk, at)):
                for again in _put_right(talk, at, part):
                    sent += again
            for part in _parts(_of_other_values(talk, at) if not sent else []):
                list(_put_right(talk, at, part, incident.DIFFERS))
            talk.compared = True
        except _Moved:
            break
        except Busy:
            raise
        except Unreachable as error:
            # Its answers are long, and nothing else of the round depends on them: they get
            # shorter. At last the round ends as one that did not compare, and the next one tries.
            talk.request_bytes = max(talk.request_bytes // 4, 1)
            fruitless = 0 if talk.done.incidents > before else fruitless + 1
            if fruitless == TRIES or error.code != CUT or talk.cancelled():
                log.info("comparing waits for a better line: %s", error)
                talk.line_too_bad = True
                break
    return sent > 0


def _differing(talk: Talk, at: int) -> list[Key]:
    """The rows that stand otherwise than on the server, those that others belong to first."""
    device = talk.device
    with talk.database.read() as session:
        here = {kind: buckets.sums(_rows(session, kind, device.scope)) for kind in _kinds()}
    digests = {kind: buckets.digest(found) for kind, found in here.items()}
    answer = _asked(talk, "sums", SumsRequest(device.scope, at, digests), SumsAnswer)
    if answer.head != at:
        raise _Moved
    found: list[Key] = []
    for kind in _kinds():
        if kind in answer.sums:
            wanted = buckets.differing(here[kind], answer.sums[kind])
            found += [(kind, row_id) for row_id in _of_kind(talk, at, kind, wanted)]
    return found


def _of_kind(talk: Talk, at: int, kind: str, wanted: list[int]) -> list[str]:
    """The ids of the rows of one kind that differ, in some buckets."""
    there: dict[str, Standing] = {}
    after, more = "", True
    most = max(ROWS_MIN, min(talk.request_bytes // ROW_BYTES, buckets.ROWS_MAX))
    while more:
        asked = BucketRequest(talk.device.scope, kind, wanted, after, most)
        answer = _asked(talk, "bucket", asked, BucketAnswer)
        if answer.head != at:
            raise _Moved
        there |= {row[0]: (row[0], row[1], row[2]) for row in answer.rows}
        more, after = answer.more, answer.rows[-1][0] if answer.rows else ""
    of = set(wanted)
    with talk.database.read() as session:
        rows = _rows(session, kind, talk.device.scope)
        here = {row[0]: row for row in rows if buckets.bucket_of(row[0]) in of}
        both = sorted(here.keys() | there.keys())
        differ = [row_id for row_id in both if here.get(row_id) != there.get(row_id)]
        return sorted(set(differ) - repair.unsettled(session, kind, differ))


def _of_other_values(talk: Talk, at: int) -> list[Key]:
    """Rows of the same version that hold other values than on the server: something wrote past the
    program. A part of the book each time, drawn by lot, for the values are many."""
    if not talk.compares_values:
        return []
    drawn = secrets.randbelow(PARTS)
    wanted = [one for one in range(buckets.COUNT) if one % PARTS == drawn]
    with talk.database.read() as session:
        here = {kind: _values(session, kind, talk.device.scope, set(wanted)) for kind in _kinds()}
    kinds = {
        kind: (buckets.mark(incoming.columns(incoming.kinds()[kind])), buckets.total(rows.values()))
        for kind, rows in here.items()
        if rows
    }
    asked = ValuesRequest(talk.device.scope, at, wanted, kinds)
    answer = _asked(talk, "values", asked, ValuesAnswer)
    if answer.head != at:
        raise _Moved
    found: list[Key] = []
    for kind, there in answer.rows.items():
        differ = [row_id for row_id, one in there if here[kind].get(row_id, one) != one]
        with talk.database.read() as session:
            lawfully = select(SyncRow.row_id).where(SyncRow.entity == kind)
            apart = repair.unsettled(session, kind, differ) | set(session.scalars(lawfully))
        found += [(kind, row_id) for row_id in differ if row_id not in apart]
    return found


def _values(session: Session, kind: str, scope: str, wanted: set[int]) -> dict[str, int]:
    """The hashes of the values of rows that the server has confirmed."""
    table: Any = incoming.kinds()[kind].__table__
    confirmed = (table.c.server_version > 0, table.c.office_id == scope)
    every = session.scalars(select(table.c.id).where(*confirmed))
    ids = [row_id for row_id in every if buckets.bucket_of(row_id) in wanted]
    columns = [table.c[name] for name in incoming.columns(incoming.kinds()[kind])]
    found: dict[str, int] = {}
    for start in range(0, len(ids), repair.IN_PER_QUERY):
        some = select(table.c.id, *columns).where(
            table.c.id.in_(ids[start : start + repair.IN_PER_QUERY])
        )
        for row_id, *values in session.execute(some):
            found[row_id] = buckets.values_hash(row_id, values)
    return found


def _put_right(talk: Talk, at: int, keys: list[Key], only: str = "") -> Iterator[int]:
    """Repair some rows from what the log says of them, or `only` those that differ in a way; at
    each answer how many of them go to the server again."""
    chars = min(talk.request_bytes, buckets.CHARS_MAX)
    while keys:
        asked = ExplainRequest(talk.device.scope, keys, chars)
        answer = _asked(talk, "explain", asked, ExplainAnswer)
        if answer.head != at or not answer.told:
            raise _Moved
        told, keys = keys[: answer.told], keys[answer.told :]
        gone = [key for key in told if key in set(answer.gone)]
        told = [key for key in told if key not in set(answer.gone)]
        talk.done.incidents += repair.elsewhere(talk.database, talk.device, gone)
        done = repair.rows(talk.database, talk.device, told, answer.entries, only)
        talk.done.incidents += done.incidents
        yield done.sent


def _parts(keys: list[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(keys), EXPLAINED_AT_ONCE):
        yield keys[start : start + EXPLAINED_AT_ONCE]


def _kinds() -> list[str]:
    """The kinds of records that travel, those that others point to first."""
    order = {table.name: at for at, table in enumerate(schema.metadata.sorted_tables)}
    return sorted(incoming.kinds(), key=order.__getitem__)


def _rows(session: Session, kind: str, scope: str) -> Iterator[Standing]:
    """The rows of a kind that the server has confirmed once, as it should know them: there a
    removal that waits here for somebody's yes is done."""
    table: Any = incoming.kinds()[kind].__table__
    waits = select(HeldRemoval.row_id).where(HeldRemoval.entity == kind, HeldRemoval.way == IN)
    removed_there = or_(table.c.deleted_at.is_not(None), table.c.id.in_(waits))
    query = select(table.c.id, table.c.server_version, removed_there).where(
        table.c.server_version > 0, table.c.office_id == scope
    )
    lines = session.connection().execution_options(yield_per=READ_AT_ONCE).execute(query)
    for row_id, version, removed in lines:
        yield row_id, version, bool(removed)


def _asked(talk: Talk, kind: str, asked: Any, shape: type[Shape]) -> Shape:
    content, nonce = transport.signed_request(talk.device, kind, asked)
    heard = talk.wire.post(f"/v1/{kind}", content)
    answer = transport.read_answer(talk.device, heard, nonce, shape)
    if isinstance(answer, Problem):
        raise refused(answer)
    return answer
