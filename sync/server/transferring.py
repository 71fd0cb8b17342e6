"""What one office's log asks of another office's: each pair of offices in one transaction.

Both scopes are locked in ascending order; a crash leaves the errand, and the next batch or hello
of the office carries it out.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.exc import DBAPIError

from data.records import transfer as records
from sync.protocol import Change, Entry
from sync.server import log, moving, store
from sync.server.deciding import Deciding
from sync.server.log import Logbook
from sync.server.rows import Rows
from sync.server.transfer_rules import office_name, sent_names

log_file = logging.getLogger(__name__)
ERRANDS_AT_ONCE = 100
SHOWN = frozenset(
    "person_id bundle from_office from_name to_office to_name person_name person_year "
    "person_commune reason moves_on state sent_by".split()
)
ENDED = (records.WITHDRAWN, records.VOID)


def settle(book: Logbook, scope_id: str) -> None:
    """Carry out everything that a scope asks of others, and what follows there from it.

    One that the store does not take now (a deadlock, a full disk) waits for the next batch or
    hello: what the office itself sent is committed, and is answered.
    """
    try:
        _carry_all_out(book, scope_id)
    except DBAPIError as error:
        log_file.warning("errands of office %s wait: %s", scope_id, error.orig)


def _carry_all_out(book: Logbook, scope_id: str) -> None:
    todo = [scope_id]
    while todo:
        scope = todo[-1]
        other = _next(book, scope)
        if not other:
            todo.pop()
            continue
        _once(book, scope, other)
        if other not in todo:
            todo.append(other)


def _next(book: Logbook, scope_id: str) -> str:
    errand = store.errand.c
    query = select(errand.other).where(errand.scope_id == scope_id).order_by(errand.seq).limit(1)
    with book.store.read() as connection:
        return connection.scalar(query) or ""


def _once(book: Logbook, scope_id: str, other: str) -> None:
    """Some errands from one scope to another, up to the first that moves somebody."""
    errand = store.errand.c
    with book.store.write() as connection:
        works = {scope: _work(book, connection, scope) for scope in sorted((scope_id, other))}
        here, there = works[scope_id], works[other]
        asked = (errand.scope_id == scope_id, errand.other == other)
        lines = connection.execute(
            select(store.errand).where(*asked).order_by(errand.seq).limit(ERRANDS_AT_ONCE)
        ).all()
        leaving = None
        for line in lines:
            done = delete(store.errand).where(errand.scope_id == scope_id, errand.seq == line.seq)
            connection.execute(done)
            leaving = _carry_out(here, there, line)
            if leaving is not None:
                break
        first = leaving or here
        for work in (first, there if first is here else here):
            log.write_log(work)
            book.census(connection, work.scope_id, log.accepted(work))


def _work(book: Logbook, connection: Connection, scope_id: str) -> Deciding:
    seq = log.lock_scope(connection, scope_id)
    rows = Rows(connection, scope_id)
    return Deciding(book.domain, connection, scope_id, rows, seq, log.now_text())


def _carry_out(here: Deciding, there: Deciding, line: Row[Any]) -> Deciding | None:
    """Do one errand; the scope that somebody left by it."""
    for work in (here, there):
        work.rows.load([line.row_id])
    if line.entity == "transfer":
        return _transfer(here, there, line.row_id)
    if line.change:
        _late(here, there, line.row_id, msgspec.json.decode(line.change, type=Change))
    else:
        names = ("state", "answer", "decided_by")
        _mirror(here, there, ("proposal", line.row_id), names)
    return None


def _transfer(here: Deciding, there: Deciding, row_id: str) -> Deciding | None:
    """Bring the two offices' copies of a request into line; the one that somebody left."""
    sends = here.rows.current("transfer", row_id, "from_office") == here.scope_id
    sender, receiver = (here, there) if sends else (there, here)
    key = ("transfer", row_id)
    asked, answered = (work.rows.current(*key, "state") for work in (sender, receiver))
    if answered is None and asked == records.SENT:
        _show(sender, receiver, row_id)
    elif asked in ENDED and answered in (records.SENT, records.ACCEPTED):
        _mirror(sender, receiver, key, ("state", "answer"))
    elif asked == records.SENT and answered == records.REFUSED:
        _mirror(receiver, sender, key, ("state", "answer", "decided_by"))
    elif asked == records.SENT and answered == records.ACCEPTED:
        return moving.move(sender, receiver, row_id)
    elif asked == answered == records.MOVED:
        _mirror(receiver, sender, key, ("door",))
        _mirror(sender, receiver, key, ("handed",))
    return None


def _show(sender: Deciding, receiver: Deciding, row_id: str) -> None:
    """Lay the request before the receiving office: what it must know to decide, no more."""
    key = ("transfer", row_id)
    values = {name: sender.rows.current(*key, name) for name in SHOWN}
    values["from_name"] = office_name(sender.rows, sender.scope_id)
    values["sent_by"] = moving.outsider(sender, receiver, str(values["sent_by"] or ""))
    author = moving.outsider(sender, receiver, sender.rows.get(*key).created.user)  # type: ignore[union-attr]
    moving.lay_before(receiver, key, values, author)


def _mirror(source: Deciding, target: Deciding, key: tuple[str, str], names: Any) -> None:
    """Tell the other copy of a record what became of it."""
    row = target.rows.get(*key)
    decided = source.rows.get(*key)
    if row is None or row.moved_to or decided is None:
        return
    by = moving.outsider(source, target, decided.touch(names[0]).user)
    values = {name: source.rows.current(*key, name) for name in names}
    if values.get("decided_by"):
        values["decided_by"] = moving.outsider(source, target, str(values["decided_by"]))
    moving.change(target, key, values, by)


def _late(here: Deciding, there: Deciding, row_id: str, change: Change) -> None:
    """Lay an edit that came too late before the office where its row is now.

    One that had arrived before the row left (a PC put back from a backup sends it again) is there
    already. A row that has gone further is followed.
    """
    key = ("proposal", row_id)
    renamed = msgspec.structs.replace(change, user=moving.outsider(here, there, change.user))
    there.rows.load([change.row])
    row = there.rows.get(change.entity, change.row)
    if row is not None and row.moved_to and row.moved_to != here.scope_id:
        told = Entry(0, *key, "X", here.rows.version(*key), {}, here.received_at, "")
        moving.errand(here, row.moved_to, change, moving.write(here, told))
        return
    person = moving.person_of(there, change) or here.rows.current(*key, "person_id")
    office = {"from_office": here.scope_id, "from_name": office_name(here.rows, here.scope_id)}
    moving.change(here, key, {"person_id": person} | office, "")
    if row is not None and not row.moved_to and there.rows.has_taken(renamed, again=True):
        moving.change(here, key, {"state": records.TAKEN}, "")
        return
    if there.rows.get(*key) is not None:
        return
    names = ("entity", "row_id", "op", "made_at", "state")
    values = {name: here.rows.current(*key, name) for name in names} | office
    values |= {"person_id": person, "fields": sent_names(change.fields), "made_by": renamed.user}
    moving.lay_before(there, key, values, renamed.user)
