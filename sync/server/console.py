"""What the server's keeper asks at the command line: codes and numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from data import units as known_units
from sync.server import accounts, census, grants, home, store
from sync.server.log import Refusal


def code(folder: Path, name: str, units: tuple[str, ...], database: str = "") -> dict[str, str]:
    """A new one-time code for the office. Raises Refusal (unit_not_known, ...), StoreTrouble.

    A PC takes the office's units over when it enrols: one that nobody knows is refused here.
    """
    for unit in units:
        if not known_units.has(unit):
            raise Refusal("unit_not_known", value=unit)
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        return {"code": accounts.new_code(opened, name, units, server.pair.verify_bytes)}
    finally:
        opened.close()


def devices(folder: Path, database: str = "") -> list[dict[str, object]]:
    """Every PC: which office's, its name, when it was enrolled, seen, and closed."""
    opened = home.open_store(home.remember(home.load(folder), database))
    device, office = store.device.c, store.office.c
    query = (
        select(store.device, office.name.label("office"))
        .join(store.office, office.id == device.office_id)
        .order_by(office.name, device.enrolled_at, device.id)
    )
    names = ("id", "office", "name", "enrolled_at", "seen_at", "revoked_at", "lost", "epoch")
    try:
        with opened.read() as connection:
            reads = grants.by_device(connection)
            return [
                {name: line[name] for name in names} | {"reads": reads.get(line["id"], [])}
                for line in connection.execute(query).mappings()
            ]
    finally:
        opened.close()


def grant(
    folder: Path, device_id: str, office: str, until: str, database: str = ""
) -> dict[str, str]:
    """Let a PC read another office up to a day. Raises Refusal (see grants.give), StoreTrouble."""
    opened = home.open_store(home.remember(home.load(folder), database))
    try:
        given = grants.give(opened, device_id, office, until)
    finally:
        opened.close()
    return {"id": device_id, "office": given.office.name, "until": given.until}


def ungrant(folder: Path, device_id: str, office: str, database: str = "") -> dict[str, str]:
    """End a PC's right to read an office. Raises Refusal (see grants.take_away), StoreTrouble."""
    opened = home.open_store(home.remember(home.load(folder), database))
    try:
        return {"id": device_id, "office": grants.take_away(opened, device_id, office).name}
    finally:
        opened.close()


def close_device(folder: Path, device_id: str, lost: bool, database: str = "") -> None:
    """Close a PC's access. Raises Refusal `device_not_found`, StoreTrouble."""
    opened = home.open_store(home.remember(home.load(folder), database))
    try:
        accounts.close(opened, device_id, lost)
    finally:
        opened.close()


def offices(folder: Path, database: str = "") -> list[dict[str, Any]]:
    """Every office: id, name, units."""
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        with opened.read() as connection:
            found = accounts.offices(connection).offices
        return [{"id": one.id, "name": one.name, "units": one.units} for one in found]
    finally:
        opened.close()


def set_units(
    folder: Path, name: str, units: tuple[str, ...], database: str = ""
) -> dict[str, Any]:
    """Give an office other units; its PCs learn them in their next round.

    Raises Refusal (unit_not_known, office_unknown), StoreTrouble.
    """
    for unit in units:
        if not known_units.has(unit):
            raise Refusal("unit_not_known", value=unit)
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        card = accounts.set_units(opened, name, units)
        return {"id": card.id, "name": card.name, "units": card.units}
    finally:
        opened.close()


def stats(folder: Path, database: str = "") -> dict[str, int]:
    """How many offices, devices, people and accepted changes the server has, and how many errands
    between offices it could not carry out."""
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        with opened.write() as connection:
            census.prepare(connection)
        with opened.read() as connection:
            count = select(func.count())
            set_aside = count.select_from(store.errand).where(store.errand.c.seq < 0)
            return {
                "offices": connection.scalar(count.select_from(store.office)) or 0,
                "devices": connection.scalar(count.select_from(store.device)) or 0,
                "people": census.people(connection),
                "errands_set_aside": connection.scalar(set_aside) or 0,
                "changes": int(connection.scalar(select(func.sum(store.scope.c.changes))) or 0),
            }
    finally:
        opened.close()
