"""The power goes at any moment, many times: each record is there whole, or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import text

from data import database
from data.database import Author, Database
from data.errors import StoreMissing
from data.records.person import Person
from tests.chance import SOAK, dice
from tests.data import stores
from tests.forks import FORKS, apart

CUTS = 400 if SOAK else 15

# What must be true after any cut. Each query names rows that would be a half thing.
HALVES = {
    "person without the history of its creation": (
        "SELECT id FROM person WHERE id NOT IN "
        "(SELECT row_id FROM history WHERE entity = 'person' AND op = 'create')"
    ),
    "person without an outbox entry": (
        "SELECT id FROM person WHERE id NOT IN (SELECT row_id FROM change WHERE op = 'I')"
    ),
    "history without a record": (
        "SELECT row_id FROM history WHERE row_id NOT IN (SELECT id FROM person)"
    ),
    "outbox entry without a record": (
        "SELECT row_id FROM change WHERE row_id NOT IN (SELECT id FROM person)"
    ),
    "edit without history": (
        "SELECT id FROM person p WHERE version <> 1 + (SELECT count(DISTINCT txn) FROM history h "
        "WHERE h.row_id = p.id AND op = 'edit')"
    ),
    "edit without outbox entry": (
        "SELECT id FROM person p WHERE version <> "
        "(SELECT count(*) FROM change c WHERE c.row_id = p.id)"
    ),
    "value that the history does not tell": (
        "SELECT id FROM person p WHERE hamlet IS NOT (SELECT new FROM history h WHERE "
        "h.row_id = p.id AND op = 'edit' AND field = 'hamlet' ORDER BY seq DESC LIMIT 1)"
    ),
    "group of a transaction that is not whole": (
        "SELECT txn FROM history WHERE op = 'create' GROUP BY txn HAVING count(*) % 7 <> 0"
    ),
    "row that only the triggers saw": "SELECT row_id FROM dirty",
    "person the search does not find": (
        "SELECT id FROM person WHERE rowid NOT IN "
        "(SELECT rowid FROM person_search WHERE person_search MATCH 'nguoi')"
    ),
}


def write_for_ever(home: Path, told: Connection) -> None:
    """Seven persons in one commit, then an edit of each in a commit of its own; again and again."""
    db = database.open_store(home, "lan", stores.LAN.password)
    for n in range(1_000_000):
        if n == 1:
            told.send(0)
        with db.write(Author("lan")) as session:
            people = [
                Person(name=f"Người {n} {part}", commune=stores.COMMUNE, office_id=stores.OFFICE)
                for part in range(7)
            ]
            session.add_all(people)
            session.flush()
            ids = [person.id for person in people]
        for row_id in ids:
            with db.write(Author("lan")) as session:
                session.get_one(Person, row_id).hamlet = f"thôn {n}"
        if n:
            told.send(n)


def halves(db: Database) -> dict[str, list[str]]:
    """What is half, by the name of the fault."""
    with db.read() as session:
        found = {name: list(session.scalars(text(query))) for name, query in HALVES.items()}
    return {name: rows for name, rows in found.items() if rows}


def writer(home: Path) -> tuple[BaseProcess, Connection]:
    """A program that writes, and what it says: after each round, what it has committed."""
    told, tell = FORKS.Pipe(duplex=False)
    child = apart(write_for_ever, home, tell)
    tell.close()
    assert told.recv() == 0
    return child, told


def killed(child: BaseProcess, told: Connection) -> int:
    """kill -9; how many more rounds the program said it had committed."""
    child.kill()
    child.join()
    rounds = 0
    with contextlib.suppress(EOFError, OSError):  # it may die in the middle of a word
        while told.recv():
            rounds += 1
    return rounds


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.timeout(3000 if SOAK else 900)
def test_a_power_cut_at_any_moment_leaves_all_or_nothing(home: Path) -> None:
    stores.make(home)[0].close()
    chance = dice(4)
    promised = grown = 0
    for _ in range(CUTS):
        child, told = writer(home)
        time.sleep(chance.random() * 0.25)
        assert child.is_alive(), "the writer died by itself"
        promised += (1 + killed(child, told)) * 7
        db = database.open_store(home, "lan", stores.LAN.password)
        assert halves(db) == {}
        with db.read() as session:
            count = session.query(Person).count()
        assert count >= promised
        grown = max(grown, count)
        db.close()
    db = database.open_store(home, "lan", stores.LAN.password)
    assert db.check() == ()
    assert grown > CUTS


def test_the_net_of_this_test_catches_halves(home: Path) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, "Người một mình")
    assert set(halves(db)) == {"group of a transaction that is not whole"}
    for damage in (
        "DELETE FROM history",
        "DELETE FROM change",
        "UPDATE person SET version = 2, hamlet = 'x'",
        "INSERT INTO person_search(person_search) VALUES ('delete-all')",
    ):
        with db.write(Author("lan")) as session:
            session.execute(text(damage))
    found = set(halves(db))
    assert found == set(HALVES) - {
        "history without a record",
        "outbox entry without a record",
        "group of a transaction that is not whole",
    }


@pytest.mark.slow
@pytest.mark.soak
def test_a_power_cut_while_a_store_is_made_leaves_none_or_a_whole_one(home: Path) -> None:
    chance = dice(5)
    for number in range(30 if SOAK else 10):
        place = home / str(number)
        child = apart(stores.make, place)
        while not (place / "tmp").exists() and child.is_alive():
            time.sleep(0.001)
        time.sleep(chance.random() * 0.5)
        child.kill()
        child.join()
        try:
            db = database.open_store(place, "lan", stores.LAN.password)
        except StoreMissing:
            db, _ = stores.make(place)
        assert db.check() == ()
        db.close()


def test_the_log_after_a_cut_is_taken_in(home: Path) -> None:
    stores.make(home)[0].close()
    child, told = writer(home)
    while told.recv() != 3:
        pass
    killed(child, told)
    assert (home / "store.db-wal").stat().st_size > 0
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(home / "store.db").execute("SELECT * FROM person")
    db = database.open_store(home, "lan", stores.LAN.password)
    assert len(stores.names(db)) >= 28
