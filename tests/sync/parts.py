"""The parts that sync's stories are played with: a real server process, and PCs of an office."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, event, func, select

from data import database, migrate
from data.base import Base, new_id, travelling_columns
from data.database import Author, Database
from data.keyring import NewUser
from data.records.approval import Approval
from data.records.change import Change as Pending
from data.records.need import Need
from data.records.office import Office, User, user_id
from data.records.person import Person
from data.schema import travelling
from data.sealing import Cost
from sync import client, enrolment
from sync.client import RoundReport
from sync.server import census, console, home, main, store
from tests.forks import FORKS

DISTRICT = "63:548"
COMMUNE = "63:21871"
PASSWORD = "Mat-khau-1945"
OFFICE = "Phòng LĐ-TB&XH huyện Phù Cát"
ROOT = Path(__file__).resolve().parents[2]
START_S = 120
OUT = "out.txt"


def free_port() -> int:
    """A port of this machine that nobody uses just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Central:
    """The central server as a process of its own, on loopback."""

    folder: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    process: BaseProcess | None = None
    office: str = OFFICE
    certificate: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where PCs find it."""
        if self.certificate:
            return f"https://localhost:{self.port}"
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        home.init(self.folder, self.database)
        facts = (self.folder, self.port, self.certificate)
        self.process = FORKS.Process(target=_serve, args=facts, daemon=True)
        self.process.start()
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.url}/v1/alive", timeout=1, trust_env=False, verify=False)
                return
            except httpx.TransportError:
                time.sleep(0.02)
        raise TimeoutError((self.folder / OUT).read_text())

    def stop(self, how: int = signal.SIGTERM) -> None:
        """Stop it, or kill it with SIGKILL as a power cut would."""
        if self.process is not None:
            os.kill(self.process.pid or 0, how)
            self.process.join(START_S)
            assert self.process.exitcode is not None, "the server goes on"
            self.process = None

    def code(self, name: str = "", *units: str) -> str:
        """A one-time code."""
        return console.code(self.folder, name or self.office, units or (DISTRICT,))["code"]

    def stats(self) -> dict[str, int]:
        """What the keeper reads."""
        return console.stats(self.folder)

    @contextmanager
    def opened(self) -> Iterator[store.Store]:
        """Its store, looked into from beside."""
        opened = home.open_store(home.load(self.folder))
        try:
            yield opened
        finally:
            opened.close()

    def census(self) -> dict[str, list[dict[str, object]]]:
        """The census of the office: lines by entity, in the order of the ids."""
        found: dict[str, list[dict[str, object]]] = {}
        with self.opened() as opened, opened.read() as connection:
            own = select(store.office.c.id).where(store.office.c.name == self.office)
            office_id = connection.scalar(own)
            tables = census.tables()
            filled = _filled(connection, tuple(table.name for table in tables.values()))
            for entity, table in tables.items():
                found[entity] = []
                if table.name not in filled:
                    continue
                lines = table.select().where(table.c.office_id == office_id).order_by(table.c.id)
                found[entity] = [dict(line) for line in connection.execute(lines).mappings()]
        return found

    def census_rows(self, entity: str, *columns: str) -> list[tuple[object, ...]]:
        """Values of one table of the census."""
        return [tuple(line[name] for name in columns) for line in self.census()[entity]]


def _serve(folder: Path, port: int, certificate: tuple[str, ...]) -> None:
    """A server, as `server run` starts it; what it says goes into a file."""
    with (folder / OUT).open("ab", buffering=0) as out:
        for place in (1, 2):
            os.dup2(out.fileno(), place)
    main.run(folder, main.Listen("127.0.0.1", port, *map(Path, certificate)))


@contextmanager
def central(folder: Path, database: str = "") -> Iterator[Central]:
    """A running server that is gone at the end."""
    server = Central(folder, database)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass
class Pc:
    """One PC of the office: lan is admin, hoa approves, minh surveys."""

    db: Database
    office_id: str

    def enrol(self, server: Central, code: str = "", url: str = "", trust: str = "") -> None:
        """Become a device of the office."""
        enrolment.enrol(self.db, url or server.url, code or server.code(), trust)
        with self.db.read() as session:
            self.office_id = session.scalars(select(Office.id)).one()

    def close_file(self) -> None:
        """Close the program, so that the store can be copied."""
        self.db.close()

    def reopen(self) -> None:
        """Open the program again."""
        self.db = database.open_store(self.db.home, "lan", PASSWORD)

    def sync(self) -> RoundReport:
        """One round."""
        return client.run_round(self.db)

    def enter(self, name: str = "Nguyễn Thị Hường", by: str = "minh", **fields: object) -> str:
        """Somebody types a person; the id."""
        with self.db.write(Author(by)) as session:
            person = Person(office_id=self.office_id, name=name, commune=COMMUNE, **fields)
            session.add(person)
            session.flush()
            return person.id

    def enter_many(self, count: int) -> None:
        """minh types many persons, each with a need."""
        for start in range(0, count, 500):
            with self.db.write(Author("minh")) as session:
                for number in range(start, min(count, start + 500)):
                    session.add_all(invented(self.office_id, number))

    def edit(self, person_id: str, by: str = "minh", **fields: object) -> None:
        """Somebody changes fields of a person."""
        with self.db.write(Author(by)) as session:
            person = session.get_one(Person, person_id)
            for name, value in fields.items():
                setattr(person, name, value)

    def decide(self, person_id: str, by: str, decision: str = "approved") -> None:
        """Somebody decides on a person, as the approval desk writes it."""
        with self.db.write(Author(by)) as session:
            person = session.get_one(Person, person_id)
            person.status = decision
            session.add(
                Approval(
                    office_id=self.office_id,
                    person_id=person_id,
                    decision=decision,
                    person_version=person.version,
                )
            )

    def see(self, person_id: str, name: str) -> object:
        """The stored value of a person's field."""
        with self.db.read() as session:
            value: object = getattr(session.get_one(Person, person_id), name)
            return value

    def count(self, kind: type[Base]) -> int:
        """How many rows of a kind the store has."""
        with self.db.read() as session:
            return session.scalar(select(func.count()).select_from(kind)) or 0

    def verdicts(self) -> dict[str, int]:
        """How many changes have which verdict."""
        with self.db.read() as session:
            query = select(Pending.verdict, func.count()).group_by(Pending.verdict)
            return {verdict or "waiting": count for verdict, count in session.execute(query)}


def invented(office_id: str, number: int) -> list[Base]:
    """A person with about as many fields as a survey fills, and a need. Nobody real."""
    person = Person(
        id=new_id(),
        office_id=office_id,
        name=f"Giả Lập Thị {number:05d}",
        sex="female" if number % 2 else "male",
        birth=f"{1930 + number % 80}-{1 + number % 12:02d}-{1 + number % 28:02d}",
        id_number=f"0521{number * 7919 % 10**8:08d}",
        phone=f"0905{number * 104729 % 10**6:06d}",
        commune=COMMUNE,
        hamlet=f"Thôn {number % 9 + 1}",
        address_text=f"Số {number % 200}, thôn {number % 9 + 1}, xã Cát Hanh",
        household_code=f"H{number // 3:06d}",
        head_name=f"Giả Lập Văn {number // 3:05d}",
        household_size=number % 8 + 1,
        types="mobility vision" if number % 3 else "hearing_speech",
        degree=("severe", "profound", "mild")[number % 3],
        disabled_since=str(1960 + number % 60),
        cause_mobility="congenital",
        self_care="with_help",
        health_note=f"Đau khớp gối bên {'trái' if number % 2 else 'phải'}, khám năm {number % 20}.",
        education="primary",
        house="solid",
        health_card=f"KT4525{number:09d}",
        allowance_monthly="yes",
        allowance_amount=540_000 + number % 7 * 10_000,
        mine_victim=number % 11 == 0,
        surveyed_on="2026-03-02",
        surveyed_by="Giả Lập Minh",
        note=f"Phiếu số {number}: gia đình đề nghị cấp xe lăn và sửa lối đi.",
    )
    need = Need(office_id=office_id, person_id=person.id, need_group="medical", priority=1)
    return [person, need]


Statement = tuple[str, Any]
TABLES: list[Statement] = []
"""What the migrations of the first store in this process said; later stores are told the same."""


@contextmanager
def same_tables() -> Iterator[None]:
    """Stores made here get their tables without the migrations' own work: hundreds are made."""
    migrate_run = migrate._run

    def run(connection: Connection) -> None:
        for words, values in TABLES:
            connection.exec_driver_sql(words, values)
        if not TABLES:
            event.listen(connection, "before_cursor_execute", heard)
            migrate_run(connection)
            event.remove(connection, "before_cursor_execute", heard)

    def heard(_connection: Connection, _cursor: Any, *said: Any) -> None:
        if not said[0].lstrip().upper().startswith(("PRAGMA", "SELECT")):
            TABLES.append((said[0], said[1]))

    migrate._run = run
    try:
        yield
    finally:
        migrate._run = migrate_run


@contextmanager
def pc(place: Path, *more: str) -> Iterator[Pc]:
    """A PC with a fresh store of the office; `more` logins are surveyors too."""
    with same_tables():
        db, _ = database.create(place, NewUser("lan", PASSWORD), cost=Cost.quick)
    office_id = new_id()
    roles = {"lan": "admin", "hoa": "approver", "minh": "surveyor"} | dict.fromkeys(
        more, "surveyor"
    )
    with db.write(Author("lan")) as session:
        session.add(Office(id=office_id, name=OFFICE, units=DISTRICT))
        for login, role in roles.items():
            user = User(id=user_id(office_id, login), office_id=office_id, login=login)
            user.full_name, user.role = login, role
            session.add(user)
    try:
        yield Pc(db, office_id)
    finally:
        db.close()


def _filled(connection: Connection, names: tuple[str, ...]) -> set[str]:
    """Which of these tables hold anything: most are empty, and stories look often."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in names)
    return {name for (name,) in connection.exec_driver_sql(" UNION ALL ".join(asked))}


def _kept(one: Database) -> dict[str, list[dict[str, object]]]:
    """The records of a PC's store by entity."""
    found: dict[str, list[dict[str, object]]] = {}
    with one.read() as session:
        kinds = travelling()
        filled = _filled(session.connection(), tuple(k.__tablename__ for k in kinds.values()))
        for entity, kind in kinds.items():
            rows = session.scalars(select(kind)) if kind.__tablename__ in filled else ()
            found[entity] = [dict(vars(row)) for row in rows]
    return found


def dump(one: Database | Central) -> str:
    """Everything that must be equal after all PCs have met: rows, values, versions, removals."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    kept = one.census() if isinstance(one, Central) else _kept(one)
    for entity, kind in travelling().items():
        names = (*travelling_columns(kind), "server_version")
        lines = kept[entity]
        found[entity] = {str(line["id"]): {name: line[name] for name in names} for line in lines}
    assert any(found.values()), "nothing is like nothing"
    return json.dumps(found, sort_keys=True, ensure_ascii=False, indent=1)


__all__ = ["Central", "Pc", "central", "dump", "free_port", "pc"]
