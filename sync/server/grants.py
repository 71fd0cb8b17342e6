"""Who reads other offices: a PC of one office may be given the right to another one's scope."""

from __future__ import annotations

import unicodedata
from datetime import date

import msgspec
from sqlalchemy import Connection, Row, delete, select

from sync.protocol import OfficeCard, ReadGrant
from sync.server import log, store
from sync.server.log import Refusal, Sender, now_text
from sync.server.store import Store


def give(accounts: Store, device_id: str, office: str, until: str) -> ReadGrant:
    """Let a PC read an office (its name, or its id) up to a day; a later word replaces an earlier.

    Raises Refusal `device_not_found`, `office_unknown`, `own_office`, `day_unreadable`,
    `day_has_passed`.
    """
    try:
        day = date.fromisoformat(until).isoformat()
    except ValueError:
        raise Refusal("day_unreadable", value=until) from None
    if day < now_text()[:10]:
        raise Refusal("day_has_passed", value=until)
    with accounts.write() as connection:
        device, named = _both(connection, device_id, office)
        if device.office_id == named.id:
            raise Refusal("own_office", name=named.name)
        _take_away(connection, device_id, named.id)
        connection.execute(
            store.grant.insert().values(
                device_id=device_id,
                scope_id=named.id,
                office_id=device.office_id,
                until=day,
                granted_at=now_text(),
            )
        )
        return ReadGrant(_card(named), day)


def take_away(accounts: Store, device_id: str, office: str) -> OfficeCard:
    """End a PC's right to read an office. Raises Refusal `device_not_found`, `office_unknown`,
    `grant_unknown`."""
    with accounts.write() as connection:
        _, named = _both(connection, device_id, office)
        if not _take_away(connection, device_id, named.id):
            raise Refusal("grant_unknown", id=device_id, name=named.name)
        return _card(named)


def of_device(connection: Connection, sender: Sender) -> list[ReadGrant]:
    """What a device may read now beside its own office, by the offices' names."""
    until = log.granted(connection, sender)
    offices = store.office
    query = select(offices).where(offices.c.id.in_(until)).order_by(offices.c.name)
    return [ReadGrant(_card(line), until[line.id]) for line in connection.execute(query)]


def by_device(connection: Connection) -> dict[str, list[dict[str, str]]]:
    """For each device the offices it was let read, with the last day, for the keeper's list."""
    query = (
        select(store.grant.c.device_id, store.office.c.name, store.grant.c.until)
        .join(store.office, store.office.c.id == store.grant.c.scope_id)
        .order_by(store.office.c.name)
    )
    found: dict[str, list[dict[str, str]]] = {}
    for device_id, name, until in connection.execute(query):
        found.setdefault(device_id, []).append({"office": name, "until": until})
    return found


def _both(
    connection: Connection, device_id: str, office: str
) -> tuple[Row[tuple[object, ...]], Row[tuple[object, ...]]]:
    device = connection.execute(select(store.device).where(store.device.c.id == device_id)).first()
    if device is None:
        raise Refusal("device_not_found", id=device_id)
    key = unicodedata.normalize("NFC", " ".join(office.split())).casefold()
    offices = store.office.c
    named = connection.execute(
        select(store.office).where((offices.name_key == key) | (offices.id == office))
    ).first()
    if named is None:
        raise Refusal("office_unknown", name=office)
    return device, named


def _take_away(connection: Connection, device_id: str, scope: str) -> bool:
    grant = store.grant.c
    gone = delete(store.grant).where(grant.device_id == device_id, grant.scope_id == scope)
    return connection.execute(gone).rowcount > 0


def _card(line: Row[tuple[object, ...]]) -> OfficeCard:
    return OfficeCard(str(line.id), str(line.name), msgspec.json.decode(line.units))
