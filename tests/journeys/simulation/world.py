"""Three PCs of two offices and the server in this process; everything that may befall them."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from data import database
from data.base import instant_text, new_id
from data.database import Author
from data.errors import DataError
from data.records.need import Need
from data.records.person import Person
from data.records.sync import SyncState
from sync import client, epochs, package_read, package_write, photos, pushing, state, transport
from sync.errors import SyncError
from sync.photos import Choice
from sync.server import accounts, backup, home, main, package_files
from sync.server.store import Store
from tests.journeys.simulation.line import (
    TALLY,
    Fault,
    Fuse,
    Line,
    PowerCut,
    ServerDied,
    Witness,
)
from tests.journeys.simulation.model import Deed, Model
from tests.sync.conftest import database_for
from tests.sync.parts import COMMUNE, DISTRICT, PASSWORD, Pc, pc
from tests.sync.postgres import copy_of

OFFICES = {"a": "Phòng Bắc", "b": "Phòng Bắc", "c": "Phòng Nam"}
UNKNOWN = "unknown"
URL = "http://localhost:1"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
TICKS = itertools.count()
"""No two deeds have the same instant, whatever the clocks say: by it they are told apart."""
ALL_PAGES = 2**30


class Centre:
    """The server over its real store, without a socket; it may die and be put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.begin()

    def begin(self) -> None:
        """Start."""
        self.server = home.load(self.folder)
        self.store: Store = home.open_store(self.server)
        self.app = main.application(self.server, self.store)
        self.fuse = Fuse(self.store.engine, ServerDied)

    def code(self, office: str) -> str:
        """A one-time code."""
        pair = self.server.pair
        return accounts.new_code(self.store, office, (DISTRICT,), pair.verify_bytes)

    def put_back(self, made: backup.Made) -> None:
        """The machine burned, and the keeper put a backup into its place."""
        self.store.close()
        fresh = database_for("postgresql") if self.server.database else ""
        backup.restore(self.folder, made.file, made.code, fresh)
        self.begin()


@dataclass
class Desk:
    """A PC at its place; the last of its `lives` tells it from copies and its former selves."""

    name: str
    office: str
    pc: Pc
    lives: list[int]
    fuse: Fuse
    copies: list[tuple[Path, int]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


class World:
    """What a story is played in."""

    offices: Mapping[str, str] = OFFICES
    """The office of each PC that is there from the beginning."""
    choice: Choice | None = None
    """What rounds carry of photos; None as the PC's line is marked."""

    def __init__(self, template: Path, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.template, self.folder, self.patch = template, folder, patch
        shutil.copytree(template / "server", folder / "server")
        self._own_database(folder / "server")
        self.centre = Centre(folder / "server")
        self.line = Line(lambda: self.centre.app, lambda: self.centre.fuse, self._witness)
        self.witness: Witness = lambda *_: None
        patch.setattr(transport, "connect", self._connect)
        patch.setattr(client, "PAUSE_S", (0.0,))
        patch.setattr(photos, "PAUSE_S", (0.0,))
        self.lives = itertools.count()
        self.twins: list[tuple[int, int]] = []
        self.model = Model()
        self.desks = [self._seat(template, name) for name in self.offices]
        self.stick = folder / "usb"
        self.stick.mkdir()
        self.backups: list[tuple[backup.Made, dict[str, int]]] = []

    def close(self) -> None:
        """Everybody goes home."""
        for desk in self.desks:
            desk.pc.close_file()
        self.centre.store.close()
        self.line.end()

    # ---------------------------------------------------------------- work

    def type_in(self, desk: Desk, row: str, values: dict[str, Any], hand: tuple[str, int]) -> None:
        """Somebody changes fields of a person, at a PC whose clock is some years off."""
        with self._typing(desk, hand) as session:
            person = session.get_one(Person, row)
            old = {name: getattr(person, name) for name in values}
            pairs = {name: (old[name], new) for name, new in values.items() if old[name] != new}
            for name, new in values.items():
                setattr(person, name, new)
            if pairs:
                self._note(desk, session, ("person", row), pairs)

    def enter(self, desk: Desk, values: dict[str, Any], hand: tuple[str, int]) -> None:
        """Somebody types a new person with a need."""
        with self._typing(desk, hand) as session:
            person = Person(id=new_id(), office_id=desk.pc.office_id, commune=COMMUNE, **values)
            session.add(person)
            session.flush()
            self._note(desk, session, ("person", person.id), {})
            self.model.people.setdefault(desk.office, []).append(person.id)
        with self._typing(desk, hand) as session:
            need = Need(id=new_id(), office_id=desk.pc.office_id, person_id=person.id)
            need.need_group, need.priority = "medical", 1
            session.add(need)
            self._note(desk, session, ("need", need.id), {})

    def people(self, desk: Desk) -> list[str]:
        """The persons this PC knows, in the order in which they were entered."""
        with desk.pc.db.read() as session:
            known = set(session.scalars(select(Person.id)))
        return [row for row in self.model.people.get(desk.office, []) if row in known]

    @contextmanager
    def _typing(self, desk: Desk, hand: tuple[str, int]) -> Iterator[Any]:
        login, years = hand
        clock = NOON + timedelta(days=365 * years, milliseconds=next(TICKS))
        with desk.pc.db.write(Author(login)) as session:
            session.info["at"] = instant_text(clock)
            yield session

    def _note(self, desk: Desk, session: Any, key: tuple[str, str], pairs: dict[str, Any]) -> None:
        standing = state.device(session)
        seen = state.cursor(session, standing.scope).seq if standing else 0
        at, login = session.info["at"], session.info["author"].login
        self.model.did(Deed(desk.office, desk.lives[-1], *key, at, login, pairs, seen))

    # ---------------------------------------------------------------- rounds

    def talk(self, desk: Desk, fault: Fault, meanwhile: Any = None) -> str:
        """A round under a fault; the code of what went wrong, "" when nothing did. Somebody may
        type between the answer to what was sent and what comes in."""
        typed: list[str] = []

        def watch(step: str, _done: int, _total: int) -> None:
            if step == "send" and not typed:
                typed.append(step)
                meanwhile()

        self.line.begin(fault)
        TALLY["rounds"] += 1
        try:
            seen = watch if meanwhile else client.no_progress
            client.run_round(desk.pc.db, seen, choice=self.choice)
        except DataError as trouble:
            desk.troubles.append(trouble.code)
            TALLY[f"round ended: {trouble.code}"] += 1
            return trouble.code
        finally:
            self.line.begin(Fault())
        return ""

    def dark(self, desk: Desk, statements: int, fault: Fault) -> None:
        """The power goes after so many statements of the PC's round; it is started again."""
        desk.fuse.set(statements)
        try:
            self.talk(desk, fault)
        except PowerCut:
            TALLY["power cuts"] += 1
        finally:
            desk.fuse.set(None)
            self._start_again(desk)

    def disk_full(self, desk: Desk, pages: int) -> None:
        """A round while the disk has room for so many pages only."""
        with desk.pc.db.write(Author("lan")) as session:
            now = session.scalar(text("PRAGMA page_count")) or 0
            session.execute(text(f"PRAGMA max_page_count = {now + pages}"))
        try:
            self.talk(desk, Fault())
        finally:
            with desk.pc.db.write(Author("lan")) as session:
                session.execute(text(f"PRAGMA max_page_count = {ALL_PAGES}"))

    def wrong_clock(self, desk: Desk, years: int) -> str:
        """A round by a clock that is years off."""
        said = instant_text(datetime.now(UTC) + timedelta(days=365 * years))
        with self.patch.context() as patch:
            patch.setattr(pushing, "now_text", lambda: said)
            return self.talk(desk, Fault())

    def second_program(self, desk: Desk, fault: Fault) -> None:
        """The command line does the round while the window has the store open."""
        other = database.open_store(desk.pc.db.home, "lan", PASSWORD)
        self.line.begin(fault)
        try:
            client.run_round(other, choice=self.choice)
        except DataError as trouble:
            desk.troubles.append(trouble.code)
        finally:
            self.line.begin(Fault())
            other.close()

    # ---------------------------------------------------------------- sticks

    def write_stick(self, desk: Desk) -> None:
        """Everything that waits goes onto the stick."""
        try:
            package_write.write(desk.pc.db, self.stick, part_bytes=2048)
        except SyncError as trouble:
            desk.troubles.append(trouble.code)

    def read_stick(self, desk: Desk | None) -> None:
        """The stick at a PC, or at the keeper's desk (None)."""
        if desk is None:
            package_files.read(self.centre.folder, [self.stick])
            return
        try:
            package_read.read(desk.pc.db, [self.stick])
        except SyncError as trouble:
            desk.troubles.append(trouble.code)

    # ---------------------------------------------------------------- disks

    def copy(self, desk: Desk) -> None:
        """The folder of the store is copied byte by byte."""
        place = self.folder / f"copy-{next(self.lives)}"
        desk.pc.close_file()
        shutil.copytree(desk.pc.db.home, place)
        desk.copies.append((place, self.model.count()))
        self._start_again(desk)

    def put_back(self, desk: Desk, number: int) -> None:
        """The folder of an earlier day in the place of the present one."""
        TALLY["stores put back"] += 1
        place, deeds = desk.copies[number % len(desk.copies)]
        desk.pc.close_file()
        self.model.lost_with_a_disk(desk.lives, deeds)
        shutil.rmtree(desk.pc.db.home)
        shutil.copytree(place, desk.pc.db.home)
        desk.lives.append(next(self.lives))
        self._start_again(desk)

    def clone(self, desk: Desk) -> None:
        """The disk is copied to another PC, and both are used from now on."""
        place = self.folder / f"clone-{next(self.lives)}"
        desk.pc.close_file()
        shutil.copytree(desk.pc.db.home, place)
        self._start_again(desk)
        twin = Pc(database.open_store(place, "lan", PASSWORD), desk.pc.office_id)
        lives, fuse = [next(self.lives)], Fuse(writers(twin), PowerCut)
        self.twins.append((lives[0], lives[0] + 1))
        self.desks.append(Desk(f"{desk.name}'", desk.office, twin, lives, fuse))
        desk.lives.append(next(self.lives))

    def _start_again(self, desk: Desk) -> None:
        desk.pc.close_file()
        desk.pc.reopen()
        desk.fuse = Fuse(writers(desk.pc), PowerCut)

    # ---------------------------------------------------------------- the server

    def back_up(self) -> None:
        """The keeper makes a backup while the server runs."""
        made = backup.make(self.centre.folder, self.folder / "safe")
        self.backups.append((made, {scope: len(log) for scope, log in self.model.log.items()}))

    def restore(self, number: int) -> None:
        """The server is put back from one of its backups."""
        TALLY["servers put back"] += 1
        made, lengths = self.backups[number % len(self.backups)]
        self.centre.put_back(made)
        self.model.server_put_back(lengths)

    def revoke(self, desk: Desk) -> None:
        """The office closes a PC's access."""
        accounts.close(self.centre.store, self.device(desk), lost=False)

    def device(self, desk: Desk) -> str:
        """The device that a PC is to the server."""
        with desk.pc.db.read() as session:
            return session.scalars(select(SyncState.device_id)).one()

    # ---------------------------------------------------------------- how it is set up

    def _connect(self, url: str, _trust: str = "") -> transport.Wire:
        return transport.Wire(client_of(self.line), transport.address(url))

    def _witness(self, path: str, content: bytes, answer: bytes) -> None:
        self.witness(path, content, answer)

    def _seat(self, template: Path, name: str) -> Desk:
        shutil.copytree(template / name, self.folder / name)
        one = Pc(database.open_store(self.folder / name, "lan", PASSWORD), "")
        with one.db.read() as session:
            known = state.device(session)
        assert known is not None
        one.office_id = known.scope
        epochs.remember(one.db, known)
        return Desk(name, known.scope, one, [next(self.lives)], Fuse(writers(one), PowerCut))

    def _own_database(self, folder: Path) -> None:
        server = home.load(folder)
        if server.database:
            home.remember(server, copy_of(server.database))


def writers(one: Pc) -> Engine:
    """The engine by which a PC's store is written."""
    return one.db._store.writers


def client_of(line: Line) -> Any:
    """An HTTP client whose line this is."""
    import httpx

    return httpx.Client(transport=line)


def template(folder: Path, kind: str, offices: Mapping[str, str] = OFFICES) -> Path:
    """A server and PCs that know of one another, made once and copied for each story; beside them
    the store of a PC that no server knows yet."""
    home.init(folder / "server", database_for(kind))
    centre = Centre(folder / "server")
    line = Line(lambda: centre.app, lambda: centre.fuse, lambda *_: None)
    with pytest.MonkeyPatch.context() as here:
        here.setattr(
            transport,
            "connect",
            lambda url, _trust="": transport.Wire(client_of(line), transport.address(url)),
        )
        for name, office in offices.items():
            with pc(folder / name) as one:
                client.enrol(one.db, URL, centre.code(office))
                client.run_round(one.db)
        for name in offices:
            again = database.open_store(folder / name, "lan", PASSWORD)
            client.run_round(again)  # now all offices are there
            again.close()
    with pc(folder / UNKNOWN):
        pass
    centre.store.close()
    line.end()
    return folder
