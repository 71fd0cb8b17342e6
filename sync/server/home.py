"""The server's folder: the file of its keys, and which store belongs to them."""

from __future__ import annotations

import json
import os
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from data import recovery
from sync import keys
from sync.keys import KeyPair
from sync.server import store
from sync.server.store import Store, StoreTrouble

KEYS_FILE = "server.keys"
STORE_FILE = "server.db"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class ServerHome:
    """What the key file says; the keys are nowhere else, so it belongs into the safe too."""

    folder: Path
    server_id: str
    pair: KeyPair
    store_key: bytes
    database: str = ""
    listen: str = ""
    recovery: str = ""


def init(folder: Path, database: str = "", listen: str = "") -> ServerHome:
    """Make the server's keys and an empty store; an existing one is opened and kept.

    Raises StoreTrouble.
    """
    if not (folder / KEYS_FILE).exists():
        if (folder / STORE_FILE).exists():
            raise StoreTrouble("server_keys_missing", home=str(folder))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _save(ServerHome(folder, str(uuid.uuid4()), keys.new_pair(), os.urandom(32)))
    home = remember(load(folder), database, listen)
    open_store(home).close()
    return home


def load(folder: Path) -> ServerHome:
    """The server's keys from its folder. Raises StoreTrouble `server_not_initialised`,
    `server_keys_damaged`."""
    path = folder / KEYS_FILE
    if not path.exists():
        raise StoreTrouble("server_not_initialised", home=str(folder))
    try:
        stored = json.loads(path.read_text("utf-8"))
        pair = keys.pair_from(bytes.fromhex(stored["signing"]), bytes.fromhex(stored["box"]))
        store_key = bytes.fromhex(stored["store_key"])
        standing = (stored["server_id"], pair, store_key, stored["database"], stored["listen"])
        return ServerHome(folder, *standing, stored.get("recovery", ""))
    except (ValueError, KeyError, TypeError):
        raise StoreTrouble("server_keys_damaged", home=str(folder)) from None


def remember(home: ServerHome, database: str = "", listen: str = "") -> ServerHome:
    """Use this database and address from now on (codes and numbers are asked of it too)."""
    changed = replace(home, database=database or home.database, listen=listen or home.listen)
    if changed != home:
        _save(changed)
    return changed


def open_store(home: ServerHome) -> Store:
    """The server's store with its tables in place. Raises StoreTrouble."""
    if home.database:
        opened = store.open_postgresql(home.database)
    else:
        path = home.folder / STORE_FILE
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        opened = store.open_sqlite(path, home.store_key)
    try:
        store.prepare(opened, home.server_id, {"generation": str(uuid.uuid4())})
    except DBAPIError as error:
        opened.close()
        raise StoreTrouble("server_store_unreadable", reason=str(error.orig)) from error
    except BaseException:
        opened.close()
        raise
    return opened


def with_code(home: ServerHome) -> ServerHome:
    """The server with the recovery code that opens all its backups; made when first needed."""
    if home.recovery:
        return home
    changed = replace(home, recovery=recovery.new_code())
    _save(changed)
    return changed


def as_bytes(home: ServerHome) -> bytes:
    """The content of the key file, as a backup carries it."""
    return json.dumps(_content(home)).encode()


def from_bytes(folder: Path, content: bytes, database: str) -> ServerHome:
    """Put a key file down in a folder that has none; the store is at `database` from now on."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / KEYS_FILE
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(content)
    changed = replace(load(folder), database=database)
    _save(changed)
    return changed


def _content(home: ServerHome) -> dict[str, object]:
    return {
        "format": FORMAT,
        "server_id": home.server_id,
        "signing": bytes(home.pair.signing).hex(),
        "box": bytes(home.pair.box).hex(),
        "store_key": home.store_key.hex(),
        "database": home.database,
        "listen": home.listen,
        "recovery": home.recovery,
    }


def _save(home: ServerHome) -> None:
    path = home.folder / KEYS_FILE
    aside = path.with_suffix(".new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(_content(home), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
