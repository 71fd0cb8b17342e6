"""An office grown to a size that typing would never reach: real rows copied by bare SQL.

Some thousands of invented persons come in through the action, as a list would bring them. All
others are copies of their rows under new ids, with the names of different persons mixed anew and
other numbers; status and life state are spread as in an office some years old. What follows from
a row (keys of search and order, marks, keys of likeness) is worked out for each copy; the search
index is built once at the end. Copies have no history and wait in no outbox.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.actions import likeness, person
from app.demo import invented, office
from app.rules import likeness as rules
from app.values.person import PersonDraft
from app.workspace import Workspace
from data import units
from data.base import new_id
from data.records import marks
from data.records.person import SEARCH_REBUILD, keys_of
from tests import desk

REAL = 5_000
SLICE = 500
COPIES_AT_ONCE = 20_000
PROVINCE, PROVINCE_FROM = "63:52", 200_000
"""From so many persons on they live all over the province, as nobody else has so many."""

STATUS = {"approved": 90, "waiting": 6, "draft": 3, "returned": 1}
LIFE = {"living": 940, "dead": 45, "left": 14, "missing": 1}
PAUSED = ("person_by_", "person_uncommon", "person_removed", "person_search_", "person_due_")
PAUSED_TOO = ("person_dirty_", "ix_person_")


def office_of(home: Path, count: int) -> desk.Desk:
    """The office in `home` with so many persons; open."""
    at = desk.at(home)
    real = min(count, REAL)
    _enter(at.minh, real)
    if count > real:
        with at.lan.db.write(at.lan.author()) as session:
            connection = session.connection()
            kept = _pause(connection)
            places = units.communes_of(PROVINCE if count > PROVINCE_FROM else office.DISTRICT)
            _copy(connection, count - real, [unit.key for unit in places])
            for statement in kept:
                connection.execute(text(statement))
            connection.execute(text(SEARCH_REBUILD))
    return at


def _enter(ws: Workspace, count: int) -> None:
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    made = list(invented.people(count, communes, office.need_items(), 2026, 11))
    for start in range(0, count, SLICE):
        group = made[start : start + SLICE]
        person.save_many(
            ws, [person.NewPerson(PersonDraft(None, one.fields), "waiting") for one in group]
        )


def _pause(connection: Connection) -> list[str]:
    """Take indexes and triggers of the person away; their statements, to make them again."""
    found = connection.execute(
        text("SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'person' AND sql <> ''")
    ).all()
    some = [one for one in found if one.name.startswith((*PAUSED, *PAUSED_TOO))]
    for one in some:
        connection.execute(text(f'DROP {one.type} "{one.name}"'))
    return [one.sql for one in some]


def _copy(connection: Connection, count: int, communes: Sequence[str]) -> None:
    rows = [dict(row) for row in connection.execute(text("SELECT * FROM person")).mappings()]
    names = list(rows[0])
    places = ", ".join("?" * len(names))
    quoted = ", ".join(f'"{name}"' for name in names)
    insert = f"INSERT INTO person ({quoted}) VALUES ({places})"
    number = connection.execute(text("SELECT max(number) FROM likeness_keys")).scalar_one()
    some: list[dict[str, Any]] = []
    for at, row in enumerate(_copies(rows, count, communes), 1):
        some.append(row)
        if len(some) == COPIES_AT_ONCE or at == count:
            connection.exec_driver_sql(insert, [tuple(one.values()) for one in some])
            _like(connection, some, number + 1)
            number += len(some)
            some = []


def _copies(
    rows: Sequence[dict[str, Any]], count: int, communes: Sequence[str]
) -> Iterator[dict[str, Any]]:
    chance = random.Random(5)
    parts = {
        sex: [row["name"].split() for row in rows if row["sex"] == sex]
        for sex in {row["sex"] for row in rows}
    }
    statuses, shares = list(STATUS), list(STATUS.values())
    lives, weights = list(LIFE), list(LIFE.values())
    for at in range(count):
        row = dict(chance.choice(rows))
        pool = parts[row["sex"]]
        family, middle, given = (chance.choice(pool) for _ in range(3))
        row["id"], row["name"] = new_id(), " ".join([family[0], *middle[1:-1], given[-1]])
        row["status"] = chance.choices(statuses, shares)[0]
        row["life_state"] = chance.choices(lives, weights)[0]
        row["server_version"] = 1
        row["commune"] = chance.choice(communes)
        row["current_commune"] = units.current(row["commune"], row["hamlet"] or "").key
        if row["birth"] and len(row["birth"]) == 10:
            row["birth"] = f"{row['birth'][:8]}{chance.randint(1, 28):02d}"
        if row["id_number"]:
            row["id_number"] = row["id_number"][:6] + f"{at:06d}"[-6:]
        if row["phone"]:
            row["phone"] = row["phone"][:3] + f"{chance.randrange(10**7):07d}"
        row |= keys_of(row) | {"marks": marks.of(row)}
        yield row


def _like(connection: Connection, rows: Sequence[dict[str, Any]], first: int) -> None:
    """The keys under which duplicates of the copies are looked for; pairs are not judged."""
    keys = [rules.keys(likeness.facts_of(row, row["id"])) for row in rows]
    connection.exec_driver_sql(
        "INSERT INTO likeness_keys(number, person_id, keys) VALUES (?, ?, ?)",
        [
            (number, row["id"], json.dumps(list(each)))
            for number, (row, each) in enumerate(zip(rows, keys, strict=True), first)
        ],
    )
    connection.exec_driver_sql(
        "INSERT INTO likeness_key(key, number) VALUES (?, ?)",
        sorted((key, number) for number, each in enumerate(keys, first) for key in each),
    )
