"""New keys for the store when somebody leaves: crash-safe, and without anybody's password."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2

from data import connect, keyfile, keyring, sealing
from data.errors import NotAllowed, StoreBusy, StoreDamaged
from data.keyfile import Grant, KeyFile, Slot
from data.keyring import OpenKeys
from data.sealing import RESTRICTED_MARK, RestrictedBox

FOLD_POLL_S = 0.05
TERM_OF_OLD = "coalesce((SELECT max(term) FROM restricted_key WHERE key_id = ?1), 0)"
TERM_OF_NEW = (
    "coalesce((SELECT term FROM restricted_key WHERE key_id = ?1 AND under = ?2),"
    " (SELECT max(term) + 1 FROM restricted_key))"
)


def begin(home: Path, held: OpenKeys, leaving: str) -> None:
    """First step: the leaving slot is gone, everybody else is offered the next keys.

    The restricted key is renewed too when the leaving person had it and the one who rotates
    holds it; else it stays, unreadable without the file key. Raises NotAllowed: `slot_missing`,
    `own_slot`, `keys_rotating`.
    """
    keys = keyfile.load(home)
    slot = keys.slot(leaving)
    if slot is None or leaving == keyfile.RECOVERY_LOGIN:
        raise NotAllowed("slot_missing", login=leaving)
    if leaving == held.login:
        raise NotAllowed("own_slot", login=leaving)
    if keys.rotating or keys.generation != held.generation:
        raise NotAllowed("keys_rotating", home=str(home))
    if not keys.is_marked_by(held.file_key):
        raise StoreDamaged(file=keyfile.FILE_NAME)
    renew = slot.grant.restricted is not None and held.restricted is not None
    restricted = sealing.new_key() if renew else None
    file_key = sealing.new_key()
    staying = tuple(
        replace(one, next_grant=_next_grant(one, file_key, restricted))
        for one in keys.slots
        if one.login != leaving
    )
    keyfile.save(home, replace(keys, slots=staying).marked(held.file_key))


def finish(home: Path, held: OpenKeys) -> OpenKeys:
    """Second step, and after a crash the only one: bring file and key file to the next keys.

    Every part of it may be done again. The caller keeps this program's own connections out.
    Someone without the restricted key renews the file key; the rest waits for one who has it.
    Raises StoreBusy when another program keeps reading the old pages; nothing is lost then.
    """
    keys = keyfile.load(home)
    if not keys.rotating or held.next_file_key is None:
        return held
    path = connect.path_in(home)
    if lies_under(path, held.next_file_key):
        _fold(path, held.next_file_key)
    else:
        _rekey(path, held.file_key, held.next_file_key)
    if _renews_restricted(keys):
        if held.restricted is None:
            return held
        _reseal(path, held.next_file_key, held.restricted)
    _promote(home, held.next_file_key)
    return keyring.followed(home, held)


def key_in_use(path: Path, held: OpenKeys) -> bytes:
    """The key that the file lies under now, of the two that may be while a rotation runs."""
    if held.next_file_key is not None and lies_under(path, held.next_file_key):
        return held.next_file_key
    return held.file_key


def lies_under(path: Path, file_key: bytes) -> bool:
    """True when the store (with its log) opens with this key."""
    with closing(connect.connect(path, file_key, "?mode=rw")) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            if error.sqlite_errorname == "SQLITE_NOTADB":
                return False
            raise
        return True


def _next_grant(slot: Slot, file_key: bytes, restricted: bytes | None) -> Grant:
    if slot.grant.restricted is None or restricted is not None:
        given = None if slot.grant.restricted is None else restricted
        return keyring.grant_to(slot.public, file_key, given)
    # Sealed to the slot's own key already: it can be handed on without being read.
    return Grant(sealing.seal_to(slot.public, file_key), slot.grant.restricted)


def _promote(home: Path, file_key: bytes) -> None:
    """Make the next keys the only ones, with the pen in hand: two programs may be finishing."""
    with closing(connect.connect(connect.path_in(home), file_key, "?mode=rw")) as connection:
        connect.begin_immediate(connection, connect.WRITE_WAIT_S)
        keys = keyfile.load(home)
        if keys.rotating:
            done = tuple(_promoted(slot) for slot in keys.slots)
            after = replace(keys, slots=done, generation=keys.generation + 1)
            keyfile.save(home, after.marked(file_key))
        connection.execute("ROLLBACK")


def _promoted(slot: Slot) -> Slot:
    if slot.next_grant is None:
        raise StoreDamaged(file=keyfile.FILE_NAME)
    return replace(slot, grant=slot.next_grant, next_grant=None)


def _renews_restricted(keys: KeyFile) -> bool:
    return any(
        slot.next_grant is not None and slot.next_grant.restricted != slot.grant.restricted
        for slot in keys.slots
    )


def _rekey(path: Path, old: bytes, new: bytes) -> None:
    with closing(connect.connect(path, old, "?mode=rw")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA busy_timeout = {int(connect.WRITE_WAIT_S * 1000)}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
    if not lies_under(path, new):
        raise StoreBusy(waited_s=connect.WRITE_WAIT_S, where="other_program")
    _fold(path, new)


def _fold(path: Path, file_key: bytes) -> None:
    """Bring the log into the file, so that no page under the old key is left in it."""
    deadline = time.monotonic() + connect.WRITE_WAIT_S
    with closing(connect.connect(path, file_key, "?mode=rw")) as connection:
        while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > deadline:
                raise StoreBusy(waited_s=connect.WRITE_WAIT_S, where="other_program")
            time.sleep(FOLD_POLL_S)


def _reseal(path: Path, file_key: bytes, box: RestrictedBox) -> None:
    """Every restricted text in any table, history and outbox included, under the newest key."""
    with closing(connect.connect(path, file_key, "?mode=rw")) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connect.begin_immediate(connection, connect.WRITE_WAIT_S)
        connection.execute("UPDATE capture_state SET applying = 1 WHERE id = 1")
        reseal = box.resealer()
        for table, columns in _text_columns(connection):
            _reseal_table(connection, table, columns, reseal)
        _keep_on_ring(connection, box)
        connection.execute("UPDATE capture_state SET applying = 0 WHERE id = 1")
        connection.execute("COMMIT")


def _keep_on_ring(connection: dbapi2.Connection, box: RestrictedBox) -> None:
    """In an enrolled office values under the former key still come from other PCs: it goes on
    opening, and the new one is the one of the highest term."""
    new, old = box.keys[:2]
    new_id, old_id = (sealing.key_id(key).hex() for key in (new, old))
    for key_id, key, term in ((old_id, old, TERM_OF_OLD), (new_id, new, TERM_OF_NEW)):
        sealed = box.seal(base64.b64encode(key).decode("ascii"))
        connection.execute(
            f"INSERT OR REPLACE INTO restricted_key(key_id, under, term, sealed) SELECT ?1, ?2,"
            f" {term}, ?3 WHERE EXISTS (SELECT 1 FROM sync_state)",
            (key_id, new_id, sealed),
        )


def _text_columns(connection: dbapi2.Connection) -> Iterator[tuple[str, tuple[str, ...]]]:
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    for (table,) in tables:
        rows = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        texts = tuple(name for name, kind in rows.fetchall() if _is_text(kind))
        if texts:
            yield table, texts


def _is_text(kind: str) -> bool:
    return any(word in kind.upper() for word in ("CHAR", "TEXT", "JSON", "CLOB"))


def _reseal_table(
    connection: dbapi2.Connection,
    table: str,
    columns: tuple[str, ...],
    reseal: Callable[[str], str],
) -> None:
    """One pass over the table finds the rows; each is then read and mended by its rowid."""
    holds = " OR ".join(f"instr(\"{column}\", '{RESTRICTED_MARK}') > 0" for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    for (rowid,) in connection.execute(f'SELECT rowid FROM "{table}" WHERE {holds}').fetchall():
        row = connection.execute(f'SELECT {names} FROM "{table}" WHERE rowid = ?', (rowid,))
        for column, value in zip(columns, row.fetchone(), strict=True):
            if isinstance(value, str) and RESTRICTED_MARK in value:
                change = f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?'
                connection.execute(change, (reseal(value), rowid))
