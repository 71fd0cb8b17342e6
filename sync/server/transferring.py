"""What one office's log asks of another office's: each pair of offices in one transaction.

Both scopes are locked in ascending order; a crash leaves the errand, and the next batch or hello
of the office carries it out.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, delete, select, update
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from data.records import transfer as records
from sync.protocol import Change, Entry
from sync.server import log, moving, store
from sync.server.deciding import Deciding
from sync.server.log import Logbook
from sync.server.rows import Rows
from sync.server.transfer_rules import office_name, sent_names

log_file = logging.getLogger(__name__)
ERRANDS_AT_ONCE = 100
BUDGET_S = 2.0
"""Whoever asked waits meanwhile."""
CANNOT = (
    ArithmeticError,
    AttributeError,
    LookupError,
    SQLAlchemyError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)
"""What an errand raises that says something senseless or meets what nobody foresaw."""
SHOWN = frozenset(
    "person_id bundle from_office from_name to_office to_name person_name person_year "
    "person_commune reason moves_on state sent_by".split()
)
ENDED = (records.WITHDRAWN, records.VOID)


def settle(book: Logbook, scope_id: str) -> None:
    """Carry out what a scope asks of others, and what follows there from it, for a short while.

    What is left then, and what the store does not take now (a deadlock, a full disk), waits for
    the next batch or hello: what the office itself sent is committed, and is answered.
    """
    try:
        _carry_all_out(book, scope_id, time.monotonic() + BUDGET_S)
    except (DBAPIError, NoConnection) as error:
        log_file.warning("errands of office %s wait: %s", scope_id, getattr(error, "orig", error))


def try_again(connection: Connection) -> None:
    """What was set aside gets another chance: a newer program may be able to carry it out."""
    errand = store.errand.c
    connection.execute(update(store.errand).where(errand.seq < 0).values(seq=-errand.seq))


def _carry_all_out(book: Logbook, scope_id: str, until: float) -> None:
    todo = [scope_id]
    while todo and time.monotonic() < until:
        scope = todo[-1]
        found = _next(book, scope)
        if found is None:
            todo.pop()
            continue
        other = found.other
        try:
            _once(book, scope, other)
        except CANNOT as error:
            if _passes(error):
                raise
            _one_by_one(book, scope, other)
        if other not in todo:
            todo.append(other)


def _next(book: Logbook, scope_id: str) -> Row[Any] | None:
    errand = store.errand.c
    query = select(errand.seq, errand.other).where(errand.scope_id == scope_id, errand.seq > 0)
    with book.store.read() as connection:
        return connection.execute(query.order_by(errand.seq).limit(1)).first()


def _one_by_one(book: Logbook, scope_id: str, other: str) -> None:
    """Find the errand that cannot be carried out and set it aside: its number turns negative, and
    none of its office's others waits for it."""
    errand = store.errand.c
    asked = (errand.scope_id == scope_id, errand.other == other, errand.seq > 0)
    for _ in range(ERRANDS_AT_ONCE):
        with book.store.read() as connection:
            seq = connection.scalar(select(errand.seq).where(*asked).order_by(errand.seq).limit(1))
        if seq is None:
            return
        try:
            _once(book, scope_id, other, 1)
        except CANNOT as error:
            if _passes(error):
                raise
            log_file.exception("errand %s of office %s is set aside", seq, scope_id)
            with book.store.write() as connection:
                log.lock_scope(connection, scope_id)
                this = update(store.errand).where(*asked, errand.seq == seq)
                connection.execute(this.values(seq=-errand.seq))
            return


def _passes(error: Exception) -> bool:
    """Whether the trouble is the store's, not what the errand says."""
    said_wrong = isinstance(error, DataError | IntegrityError)
    return isinstance(error, DBAPIError | NoConnection) and not said_wrong


def _once(book: Logbook, scope_id: str, other: str, at_once: int = ERRANDS_AT_ONCE) -> None:
    """Some errands from one scope to another, up to the first that moves somebody.

    Who moves takes along what the census shows, and it shows what is committed: a move begins a
    transaction of its own.
    """
    errand = store.errand.c
    with book.store.write() as connection:
        works = {scope: _work(book, connection, scope) for scope in sorted((scope_id, other))}
        here, there = works[scope_id], works[other]
        asked = (errand.scope_id == scope_id, errand.other == other, errand.seq > 0)
        lines = connection.execute(
            select(store.errand).where(*asked).order_by(errand.seq).limit(at_once)
        ).all()
        leaving = None
        for line in lines:
            for work in (here, there):
                work.rows.load([line.row_id])
            if (here.entries or there.entries) and _moves(here, there, line):
                break
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
    """Do one errand, its row loaded; the scope that somebody left by it."""
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
    key = ("transfer", row_id)
    sender, receiver = _sides(here, there, row_id)
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


def _sides(here: Deciding, there: Deciding, row_id: str) -> tuple[Deciding, Deciding]:
    """Who sends by a request, and who receives."""
    sends = here.rows.current("transfer", row_id, "from_office") == here.scope_id
    return (here, there) if sends else (there, here)


def _moves(here: Deciding, there: Deciding, line: Row[Any]) -> bool:
    """Whether somebody changes her home by an errand."""
    if line.entity != "transfer":
        return False
    sides = _sides(here, there, line.row_id)
    states = [work.rows.current("transfer", line.row_id, "state") for work in sides]
    return states == [records.SENT, records.ACCEPTED]


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
    if row is None or row.moved_to or decided is None or decided.moved_to:
        return
    by = moving.outsider(source, target, decided.touch(names[0]).user)
    values = {name: source.rows.current(*key, name) for name in names}
    if values.get("decided_by"):
        values["decided_by"] = moving.outsider(source, target, str(values["decided_by"]))
    moving.change(target, key, values, by)


def _late(here: Deciding, there: Deciding, row_id: str, change: Change) -> None:
    """Lay an edit that came too late before the office where its row is now.

    One that had arrived before the row left (a PC put back from a backup sends it again) is there
    already. A row that has gone further is followed; one that came back is decided at home.
    """
    key = ("proposal", row_id)
    for work in (here, there):
        work.rows.load([change.row])
    told = here.rows.current(*key, "person_id")
    person = str(moving.person_of(there, change) or moving.person_of(here, change) or told or "")
    home = _home(here, there, change, person)
    if home not in (here.scope_id, there.scope_id):
        entry = Entry(0, *key, "X", here.rows.version(*key), {}, here.received_at, "")
        moving.errand(here, home, change, moving.write(here, entry))
        return
    at_home = home == here.scope_id
    office = {"from_name": office_name(here.rows, here.scope_id)}
    # of an edit that names no other office this one decides, and nobody else has to hear
    office["from_office"] = "" if at_home else here.scope_id
    moving.change(here, key, {"person_id": person} | office, "")
    renamed = change
    if not at_home:
        renamed = msgspec.structs.replace(change, user=moving.outsider(here, there, change.user))
    decides = here if at_home else there
    row = decides.rows.get(change.entity, change.row)
    if row is not None and not row.moved_to and decides.rows.has_taken(renamed, again=True):
        moving.change(here, key, {"state": records.TAKEN}, "")
    elif at_home:
        moving.change(here, key, {"fields": sent_names(change.fields)}, "")
    elif there.rows.get(*key) is None:
        names = ("entity", "row_id", "op", "made_at", "state")
        values = {name: here.rows.current(*key, name) for name in names} | office
        values |= {"person_id": person, "fields": sent_names(change.fields)}
        moving.lay_before(there, key, values | {"made_by": renamed.user}, renamed.user)


def _home(here: Deciding, there: Deciding, change: Change, person: str) -> str:
    """The scope where the person of a late edit is now; where nobody knows, that of its row.

    The stub of a row that never was here leads to where its edit went, not to where it is.
    """
    for work in (here, there):
        work.rows.load([person])
    for key in (("person", person), (change.entity, change.row)):
        row, back = there.rows.get(*key), here.rows.get(*key)
        if row is None or not row.moved_to:
            if row is not None:
                return there.scope_id
            continue
        if row.moved_to != here.scope_id:
            return row.moved_to
        return back.moved_to or here.scope_id if back is not None else here.scope_id
    return there.scope_id
