"""The key file beside the store: one slot per person, never a key or a password in the clear."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data import disk
from data.errors import KeyFileMissing, NewerVersion, StoreDamaged
from data.sealing import Cost, mark

FILE_NAME = "store.keys"
WIPED = "wiped"
"""A file of this name says that the office had the keys of a lost PC destroyed."""
FORMAT = 1
UNSEEN = (0, 0, 0)
RECOVERY_LOGIN = "*recovery"
MARK_PURPOSE = b"soansinh-keys"


@dataclass(frozen=True)
class Grant:
    """The two keys of one generation, sealed to a slot's public key; restricted may be absent."""

    file_key: bytes
    restricted: bytes | None


@dataclass(frozen=True)
class Slot:
    """One person's way in: the password opens `private`, which opens the grants."""

    login: str
    salt: bytes
    cost: Cost
    public: bytes
    private: bytes
    grant: Grant
    next_grant: Grant | None = None


@dataclass(frozen=True)
class KeyFile:
    """The whole key file. `generation` counts rotations of the store's keys.

    While a rotation is on its way every slot has a `next_grant` too; then the keys of either
    generation may be those that open the store.
    """

    store_id: str
    generation: int
    cost: Cost
    slots: tuple[Slot, ...]
    mark: str = ""

    @property
    def rotating(self) -> bool:
        """True while a rotation of the keys has begun and not ended."""
        return any(slot.next_grant is not None for slot in self.slots)

    def slot(self, login: str) -> Slot | None:
        """The slot of this login, or None."""
        return next((slot for slot in self.slots if slot.login == login), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same file with this slot added, or put in the place of the one of its login."""
        others = tuple(one for one in self.slots if one.login != slot.login)
        return replace(self, slots=(*others, slot))

    def marked(self, file_key: bytes) -> KeyFile:
        """The same file with the fingerprint that only holders of the file key can make."""
        return replace(self, mark=mark(file_key, _canonical(_body(self)), MARK_PURPOSE))

    def is_marked_by(self, file_key: bytes) -> bool:
        """True when nobody without the file key changed anything in this file."""
        return self.mark == self.marked(file_key).mark


def path_in(home: Path) -> Path:
    """Where the key file of this home lies."""
    return home / FILE_NAME


def load(home: Path) -> KeyFile:
    """Read the key file of a home. Raises KeyFileMissing, StoreDamaged, NewerVersion."""
    try:
        raw = path_in(home).read_bytes()
    except FileNotFoundError:
        if (home / WIPED).exists():
            raise KeyFileMissing("store_wiped", home=str(home)) from None
        raise KeyFileMissing(home=str(home)) from None
    return parse(raw)


def parse(raw: bytes) -> KeyFile:
    """The key file that these bytes say.

    Raises NewerVersion for one that a later program wrote, StoreDamaged when a single bit is off.
    """
    try:
        document = json.loads(raw)
        body = document["keys"]
        if body["format"] > FORMAT:
            raise NewerVersion(found=body["format"], known=FORMAT)
        if document["check"] != _check(body):
            raise StoreDamaged(file=FILE_NAME)
        return _read(body, document["mark"])
    except (ValueError, KeyError, TypeError, binascii.Error):
        raise StoreDamaged(file=FILE_NAME) from None


def save(home: Path, keys: KeyFile) -> None:
    """Put the key file in place in one step: after a power cut the old or the new one is there."""
    disk.write_whole(path_in(home), to_bytes(keys))


def set_aside(home: Path) -> None:
    """Rename a key file that has lost its store, so that it is not written over."""
    path = path_in(home)
    if path.exists():
        os.replace(path, path.with_name(f"{FILE_NAME}.{time.time_ns()}"))


def to_bytes(keys: KeyFile) -> bytes:
    """The key file as it stands on the disk (JSON, ASCII)."""
    body = _body(keys)
    document = {"keys": body, "mark": keys.mark, "check": _check(body)}
    return json.dumps(document, indent=1, sort_keys=True).encode("ascii") + b"\n"


def fingerprint(home: Path) -> tuple[int, int, int]:
    """Changes whenever the key file does: (modified ns, size, file number); zeros when missing."""
    try:
        found = os.stat(path_in(home))
    except FileNotFoundError:
        return UNSEEN
    return found.st_mtime_ns, found.st_size, found.st_ino


def _body(keys: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "store_id": keys.store_id,
        "generation": keys.generation,
        "cost": _cost(keys.cost),
        "slots": [_slot(slot) for slot in sorted(keys.slots, key=lambda slot: slot.login)],
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "login": slot.login,
        "salt": _text(slot.salt),
        "cost": _cost(slot.cost),
        "public": _text(slot.public),
        "private": _text(slot.private),
        "grant": _grant(slot.grant),
        "next_grant": _grant(slot.next_grant),
    }


def _cost(cost: Cost) -> dict[str, int]:
    return {"rounds": cost.rounds, "memory_kib": cost.memory_kib, "lanes": cost.lanes}


def _grant(grant: Grant | None) -> dict[str, str | None] | None:
    if grant is None:
        return None
    restricted = None if grant.restricted is None else _text(grant.restricted)
    return {"file_key": _text(grant.file_key), "restricted": restricted}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode("ascii")


def _check(body: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(body)).hexdigest()


def _read(body: dict[str, Any], mark_text: str) -> KeyFile:
    return KeyFile(
        store_id=body["store_id"],
        generation=body["generation"],
        cost=Cost(**body["cost"]),
        slots=tuple(_read_slot(slot) for slot in body["slots"]),
        mark=mark_text,
    )


def _read_slot(slot: dict[str, Any]) -> Slot:
    grant = _read_grant(slot["grant"])
    if grant is None:
        raise StoreDamaged(file=FILE_NAME)
    return Slot(
        login=slot["login"],
        salt=_raw(slot["salt"]),
        cost=Cost(**slot["cost"]),
        public=_raw(slot["public"]),
        private=_raw(slot["private"]),
        grant=grant,
        next_grant=_read_grant(slot["next_grant"]),
    )


def _read_grant(grant: dict[str, str | None] | None) -> Grant | None:
    if grant is None:
        return None
    restricted = grant["restricted"]
    return Grant(_raw(grant["file_key"] or ""), None if restricted is None else _raw(restricted))
