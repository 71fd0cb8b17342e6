"""Restricted values of somebody who moved: from a PC of the former office to one of the new.

Each side's person reads the print of his PC to the other by telephone, as PCs of one office do;
the server carries what it can neither read nor forge.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from app.errors import Refused
from app.workspace import Workspace
from data import schema, sealing
from data.errors import DataError
from data.records import device
from data.records import transfer as records
from data.records.device import Device
from data.records.sync import SyncState
from data.records.transfer import Departed, Resealed, Transfer
from data.sealing import RESTRICTED_PATTERN, RestrictedBox

NAMES = UUID("3e0c8f0e-9d7e-4a86-9f5d-8a5f4f0f6b52")
STATE_ID = 1
Words = dict[str, list[str]]
"""`entity/row/column` -> the sealed texts in it, opened, in their order."""


def ask(ws: Workspace, transfer_id: str) -> str:
    """Say at which door of this PC the values are wanted; the print to read to the other office.

    Raises Refused: not_allowed, restricted_not_held, door_missing, transfer_unknown.
    """
    _box(ws)
    with ws.db.write(ws.author()) as session:
        row = _moved(ws, session, transfer_id, incoming=True)
        own = _own(session)
        row.door = f"{own.verify_key} {own.door}"
        return own.fingerprint


def give(ws: Workspace, transfer_id: str, typed: str) -> int:
    """Seal the values from this PC to the door whose print was read by telephone; how many.

    Raises Refused: fingerprint_differs, handing_not_asked, handing_nothing among others.
    """
    box = _box(ws)
    with ws.db.write(ws.author()) as session:
        row = _moved(ws, session, transfer_id, incoming=False)
        if not row.door:
            raise Refused.one("handing_not_asked", "id", transfer_id, name=row.person_name)
        _same_print(row.door.split(), typed, row.to_name)
        words = _gathered(session, box, row.person_id)
        if not words:
            raise Refused.one("handing_nothing", "id", transfer_id, name=row.person_name)
        own = _own(session)
        door = bytes.fromhex(row.door.split()[1])
        sealed = sealing.seal_between(_private(session, box), door, json.dumps(words).encode())
        packed = base64.b64encode(sealed).decode("ascii")
        row.handed = f"{own.verify_key} {own.door} {packed}"
        return sum(map(len, words.values()))


def take(ws: Workspace, transfer_id: str, typed: str) -> int:
    """Open what was handed to this PC and seal it under this office's own key; how many values.

    Raises Refused: fingerprint_differs, handing_not_given, handing_not_opened among others.
    """
    box = _box(ws)
    with ws.db.write(ws.author()) as session:
        row = _moved(ws, session, transfer_id, incoming=True)
        if not row.handed:
            raise Refused.one("handing_not_given", "id", transfer_id, name=row.person_name)
        verify, door, packed = row.handed.split()
        _same_print([verify, door], typed, row.from_name)
        words = _opened(session, box, door, packed)
        if words is None:
            raise Refused.one("handing_not_opened", "id", transfer_id, name=row.person_name)
        return sum(_keep(ws, session, row.person_id, place, told) for place, told in words.items())


def opened(ws: Workspace, sealed: str) -> str | None:
    """What a sealed text of another office says, when it was handed to this one."""
    if ws.restricted is None:
        return None
    with ws.db.read() as session:
        kept = records.resealed(session, _mark(sealed))
    return ws.restricted.open(kept) if kept is not None else None


def prints(session: Session, row: Transfer, incoming: bool) -> str:
    """The print that somebody here reads to the other office; empty while nothing is asked."""
    own = session.get(Device, device.own_id(session))
    wanted = row.door if incoming else row.handed or row.door
    return own.fingerprint if own is not None and wanted else ""


def _box(ws: Workspace) -> RestrictedBox:
    ws.demand("enter")
    if ws.restricted is None:
        raise Refused.one("restricted_not_held", login=ws.user.login)
    return ws.restricted


def _moved(ws: Workspace, session: Session, transfer_id: str, incoming: bool) -> Transfer:
    row = session.get(Transfer, transfer_id)
    side = (row.to_office if incoming else row.from_office) if row is not None else ""
    if row is None or row.state != records.MOVED or side != ws.office.id:
        raise Refused.one("transfer_unknown", "id", transfer_id)
    return row


def _own(session: Session) -> Device:
    own = session.get(Device, device.own_id(session))
    if own is None or not own.door:
        raise Refused.one("door_missing")
    return own


def _private(session: Session, box: RestrictedBox) -> bytes:
    standing = session.get(SyncState, STATE_ID)
    if standing is None or not standing.door_key:
        raise Refused.one("door_missing")
    return bytes.fromhex(box.open(standing.door_key))


def _same_print(keys: list[str], typed: str, office: str) -> None:
    said = typed.strip().upper().replace(" ", "-")
    if said != device.fingerprint(*keys[:2]):
        raise Refused.one("fingerprint_differs", "fingerprint", typed, name=office)


def _gathered(session: Session, box: RestrictedBox, person_id: str) -> Words:
    """Every sealed text of the kept copy that can be opened here, by its place."""
    left = session.get(Departed, person_id)
    rows: dict[str, list[dict[str, Any]]] = json.loads((left and left.content) or "{}").get(
        "rows", {}
    )
    handed = {one["mark"]: one["value"] for one in rows.get("resealed", ())}
    found: Words = {}
    for entity, lines in rows.items():
        for line in lines if entity != "resealed" else ():
            for column, value in line.items():
                texts = RESTRICTED_PATTERN.findall(value) if isinstance(value, str) else []
                plain = [_plain(box, handed, text) for text in texts]
                if texts and None not in plain:
                    found[f"{entity}/{line['id']}/{column}"] = [str(one) for one in plain]
    return found


def _plain(box: RestrictedBox, handed: dict[str, str], sealed: str) -> str | None:
    try:
        return box.open(handed.get(_mark(sealed), sealed))
    except DataError:
        return None


def _opened(session: Session, box: RestrictedBox, door: str, packed: str) -> Words | None:
    try:
        sealed, public = base64.b64decode(packed), bytes.fromhex(door)
    except (binascii.Error, ValueError):
        return None
    plain = sealing.open_between(_private(session, box), public, sealed)
    words: Words | None = json.loads(plain) if plain is not None else None
    return words


def _keep(ws: Workspace, session: Session, person_id: str, place: str, told: list[str]) -> int:
    """The values of one column, as far as it still says what was handed."""
    entity, row_id, column = place.split("/")
    kind: Any = schema.travelling().get(entity)
    record = session.get(kind, row_id) if kind is not None else None
    texts = RESTRICTED_PATTERN.findall(str(getattr(record, column, "") or ""))
    if len(texts) != len(told) or ws.restricted is None:
        return 0
    made = 0
    for sealed, words in zip(texts, told, strict=True):
        mark = _mark(sealed)
        if records.resealed(session, mark) is None:
            new = Resealed(id=str(uuid5(NAMES, f"{ws.office.id}/{mark}")), office_id=ws.office.id)
            new.person_id, new.mark, new.value = person_id, mark, ws.restricted.seal(words)
            session.add(new)
            session.flush()
        made += 1
    return made


def _mark(sealed: str) -> str:
    return hashlib.sha256(sealed.encode()).hexdigest()
