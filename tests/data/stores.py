"""Stores for the tests of this floor: a small office's file, people in it, its raw bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from data import database
from data.database import Author, Database
from data.keyring import NewUser
from data.records.person import Person
from data.sealing import Cost

OFFICE = "01890000-0000-7000-8000-000000000001"
LAN = NewUser("lan", "Mat-khau-1945")
COMMUNE = "63:21871"


def make(home: Path, restricted: bool = True) -> tuple[Database, str]:
    """A fresh store of lan's with quick slots: (open store, recovery code)."""
    return database.create(home, LAN, restricted, Cost.quick)


def add_person(db: Database, name: str, login: str = "lan", **fields: object) -> str:
    """One more person; gives the id."""
    with db.write(Author(login)) as session:
        person = Person(name=name, commune=COMMUNE, office_id=OFFICE, **fields)
        session.add(person)
        session.flush()
        return person.id


def names(db: Database) -> list[str]:
    """Names of all persons in alphabetical order of their bytes."""
    with db.read() as session:
        return sorted(person.name for person in session.query(Person))


def raw(home: Path) -> dict[str, str]:
    """Fingerprint of every file in the home, by relative path."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }
