"""Real processes that may be killed at any moment: a server, and PCs at which somebody works on."""

from __future__ import annotations

import itertools
import os
import random
from multiprocessing.process import BaseProcess
from pathlib import Path

from sqlalchemy import select

from data import database
from data.base import new_id, now_text
from data.database import Author, Database
from data.records.office import Office
from data.records.person import Person
from sync import client
from sync.errors import SyncError
from sync.server import main
from tests.forks import FORKS
from tests.sync.parts import COMMUNE, PASSWORD

JOURNAL = "journal"


def serve(folder: Path, port: int) -> BaseProcess:
    """A server, as `server run` starts it."""
    return _begun(main.run, folder, main.Listen("127.0.0.1", port))


def work(home: Path, seed: str) -> BaseProcess:
    """Somebody who types and sends without end."""
    return _begun(_types_and_sends, home, os.environ["XDG_STATE_HOME"], seed)


def _begun(what: object, *facts: object) -> BaseProcess:
    process = FORKS.Process(target=what, args=facts, daemon=True)  # type: ignore[arg-type]
    process.start()
    return process


def _types_and_sends(home: Path, marks: str, seed: str) -> None:
    os.environ["XDG_STATE_HOME"] = marks
    client.PAUSE_S = (0.01,)
    dice = random.Random(seed)
    db = database.open_store(home, "lan", PASSWORD)
    for _ in itertools.count():
        for _ in range(dice.randrange(1, 6)):
            _type(db, dice)
        try:
            client.run_round(db)
        except SyncError:
            continue


def _type(db: Database, dice: random.Random) -> None:
    """One transaction, and a line of the journal once it is committed."""
    with db.write(Author("minh")) as session:
        people = session.scalars(select(Person.id).order_by(Person.id)).all()
        if not people or dice.random() < 0.3:
            office = session.scalars(select(Office.id)).one()
            person = Person(id=new_id(), office_id=office, name="Giả Lập", commune=COMMUNE)
            session.add(person)
        else:
            person = session.get_one(Person, dice.choice(people))
        field = dice.choice(("phone", "note", "hamlet"))
        setattr(person, field, f"{now_text()} {dice.random()}")
        row = person.id
        session.flush()
    journal = os.open(db.home / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(journal, f"{row}\n".encode())
    os.close(journal)
