"""Offices that hand persons to one another; what is typed is a word that one finds again."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import late_edit, transfer
from app.errors import Refused
from app.values.transfer import TransferDraft
from app.workspace import Workspace
from data import database, schema
from data.base import new_id
from data.database import Database
from data.records.need import Need
from data.records.person import Person
from sync import client, comparing, snapshot
from sync.blob import digest_of
from sync.server import grants
from sync.server.log import Refusal
from tests.journeys.simulation.line import TALLY, Fault, Fuse, PowerCut
from tests.journeys.simulation.model import Model
from tests.journeys.simulation.world import UNKNOWN, URL, Desk, World, writers
from tests.sync.parts import COMMUNE, PASSWORD, Pc
from tests.sync.scans import KB, noise, scan

OFFICES = {"a": "Phòng Bắc", "b": "Phòng Bắc", "c": "Phòng Nam", "d": "Sở Tây"}
NAME = "Nguyễn Thị Hường"
WHY = "về ở với con"
LOG_SHORT = 5
COMPARED_EVERY = 4
UNTIL = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
CALM = Fault()


@dataclass
class Word:
    """Something that nobody else typed; `gone` when it was lost with a disk before the server had
    heard of it."""

    text: str
    life: int
    office: str
    person: str
    gone: bool = False


@dataclass
class Words(Model):
    """Every word, and how far the server has it."""

    words: dict[str, Word] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """Words that the server has somewhere, as the law last saw it."""
    everybody: list[str] = field(default_factory=list)
    homes: dict[str, list[str]] = field(default_factory=dict)
    lived: dict[str, set[str]] = field(default_factory=dict)
    """By person the offices that ever had her in their books."""

    def lost_with_a_disk(self, lives: Collection[int], since: int) -> None:
        """What a PC typed since a copy of its store and the server never heard of."""
        for word in list(self.words.values())[since:]:
            word.gone |= word.life in lives and word.text not in self.heard

    def count(self) -> int:
        """How many there are."""
        return len(self.words)


class MovesWorld(World):
    """Three offices; whoever is let read another one; PCs that begin in the middle of work."""

    offices = OFFICES
    choice = "all"
    model: Words

    def __init__(self, template: Path, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(template, folder, patch)
        self.model = Words()
        patch.setattr(snapshot, "LOG_SHORT", LOG_SHORT)
        patch.setattr(comparing, "EVERY_ROUNDS", COMPARED_EVERY)

    # ---------------------------------------------------------------- work

    def new_person(self, desk: Desk, years: int) -> None:
        """Somebody types a new person."""
        with self._typing(desk, ("minh", years)) as session:
            row = new_id()
            note = self._word(desk, row)
            about = {"office_id": desk.pc.office_id, "commune": COMMUNE, "name": NAME}
            session.add(Person(id=row, note=note, **about))
        self.model.everybody.append(row)
        self.model.lived[row] = {desk.office}

    def change(self, desk: Desk, person: str, name: str, years: int) -> None:
        """Somebody changes a field of a person."""
        with self._typing(desk, ("minh", years)) as session:
            setattr(session.get_one(Person, person), name, self._word(desk, person))

    def add_need(self, desk: Desk, person: str, years: int) -> None:
        """Somebody writes down what a person needs."""
        with self._typing(desk, ("minh", years)) as session:
            row = Need(id=new_id(), office_id=desk.pc.office_id, person_id=person)
            row.need_group, row.need_note = "medical", self._word(desk, person)
            session.add(row)

    def take_photo(self, desk: Desk, person: str, size: int) -> None:
        """Somebody keeps a photo; its record's word is the name of its content."""
        seed = self.model.count()
        content, small = noise(seed, size * KB), noise(-seed - 1, KB)
        scan(desk.pc, person, content, small)
        self._word(desk, person, digest_of([content]))

    def remove(self, desk: Desk, person: str) -> None:
        """Somebody takes a person out of the lists."""
        with self._typing(desk, ("hoa", 0)) as session:
            row = session.get_one(Person, person)
            row.deleted_at, row.deleted_reason = "2026-11-23T00:00:00.000Z", "nhập trùng"

    def _word(self, desk: Desk, person: str, text: str = "") -> str:
        text = text or f"word-{self.model.count()}."
        self.model.words[text] = Word(text, desk.lives[-1], desk.office, person)
        return text

    def people(self, desk: Desk) -> list[str]:
        """The persons at this PC, in the order in which they were entered anywhere."""
        with desk.pc.db.read() as session:
            here = set(session.scalars(select(Person.id).where(Person.deleted_at.is_(None))))
        return [one for one in self.model.everybody if one in here]

    # ---------------------------------------------------------------- between offices

    def ask(self, desk: Desk, person: str, to: Desk) -> None:
        """minh asks that a person be handed to another office."""
        with _told():
            transfer.request(_at(desk, "minh"), TransferDraft((person,), to.office, WHY))

    def decide(self, desk: Desk, agrees: bool) -> None:
        """hoa decides about everything that waits for her, be it from here or from elsewhere."""
        here = _at(desk, "hoa")
        steps = {"send", "accept"} if agrees else {"return", "refuse"}
        found = transfer.desk(here)
        cards = [one.id for one in (*found.outgoing, *found.incoming) if steps & set(one.steps)]
        for one in cards:
            with _told():
                transfer.approve(here, [one]) if agrees else transfer.refuse(here, [one], WHY)

    def hand_over(self, desk: Desk, person: str, to: Desk, faults: list[Fault]) -> None:
        """From the request to where she is in the other office's book, on good or bad lines."""
        lines = iter(faults)
        self.ask(desk, person, to)
        self.decide(desk, agrees=True)
        for one in (desk, to):
            self.talk(one, next(lines, CALM))
        self.decide(to, agrees=True)
        for one in (to, desk):
            self.talk(one, next(lines, CALM))

    def decide_late_edits(self, desk: Desk, takes: bool) -> None:
        """minh takes what came too late, as far as it can be taken, or none of it."""
        here = _at(desk, "minh")
        for card in transfer.desk(here).late:
            if card.mine:
                continue
            TALLY["late edits decided"] += 1
            with _told():
                if takes and card.can_take:
                    late_edit.take(here, card.id)
                else:
                    late_edit.decline(here, card.id, WHY)

    def let_read(self, desk: Desk, other: Desk, may: bool) -> None:
        """The keeper lets a PC read an office, or no longer."""
        device, store = self.device(desk), self.centre.store
        try:
            if may:
                grants.give(store, device, other.office, UNTIL)
            else:
                grants.take_away(store, device, other.office)
        except Refusal as trouble:
            assert trouble.code in ("own_office", "grant_unknown"), trouble.code

    def new_pc(self, beside: Desk) -> Desk:
        """One more PC of an office, which has to learn everything."""
        TALLY["new PCs"] += 1
        life = next(self.lives)
        place = self.folder / f"new-{life}"
        shutil.copytree(self.template / UNKNOWN, place)
        one = Pc(database.open_store(place, "lan", PASSWORD), "")
        client.enrol(one.db, URL, self.centre.code(self.offices[beside.name[0]]))
        one.office_id = beside.office
        fuse = Fuse(writers(one), PowerCut)
        made = Desk(f"{beside.name[0]}{life}", beside.office, one, [life], fuse)
        self.desks.append(made)
        return made


@contextmanager
def _told() -> Iterator[None]:
    """Whoever may not do something now is told so."""
    try:
        yield
    except Refused as trouble:
        for one in trouble.problems:
            TALLY[f"told: {one.code}"] += 1


def _at(desk: Desk, login: str) -> Workspace:
    return workspace.attach(desk.pc.db, login)


def everything(store: Database) -> Iterator[str]:
    """Every line that a store has, but the bytes of photos, as text."""
    with store.read() as session:
        for table in schema.metadata.sorted_tables:
            if table.name != "blob_part":
                for line in session.execute(select(table)):
                    yield f"{table.name} {tuple(line)!r}"
