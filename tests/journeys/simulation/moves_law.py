"""What must hold while persons move between offices, by the numbers of the specification.

Each word that somebody typed is looked for in every office's book after every step: it may stand
where its person is at home and nowhere else (8), and in the end it stands there, waits, or was
visibly refused (1).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from data import office_copy
from data.database import Author, Database
from data.records import blob
from data.records.change import Change
from data.records.incident import Incident
from data.records.sync import OfficeGrant
from data.records.transfer import ACCEPTED
from sync import comparing, state
from sync.moves import ARRIVED, COMES
from sync.server import accounts, census, grants, store
from tests.journeys.simulation.law import Broken, Watch
from tests.journeys.simulation.line import TALLY
from tests.journeys.simulation.model import Accepted
from tests.journeys.simulation.moves_world import MovesWorld, Words, everything
from tests.journeys.simulation.rest import (
    again_changes_nothing,
    come_to_rest,
    first_difference,
    knows_the_whole_log,
    readable,
    same_everywhere,
    sealed_once,
)
from tests.journeys.simulation.world import Desk
from tests.sync.parts import Central, dump

EMPTIED = frozenset("XC")
TAKEN_BY = "proposal:"


class MovesWatch(Watch):
    """Looks on while persons move."""

    world: MovesWorld
    model: Words

    def look(self) -> None:
        """After a step: one home, no word elsewhere, no history changed but emptied."""
        self._read_ledger()
        self._read_homes()
        self.model.heard = self._waiting_words()
        for scope in sorted({desk.office for desk in self.world.desks}):
            self._read_book(scope)
        for desk in self.world.desks:
            self._believes_the_truth(desk)

    def may_have_left(self, row: str) -> bool:
        """An own unconfirmed change outlives the row of who left."""
        return True

    # ---------------------------------------------------------------- the server

    def _read_homes(self) -> None:
        """(8) A person is at home in one office, whose tables count her and no others' do."""
        homes: dict[str, list[str]] = {}
        row, counted = store.row.c, census.tables()["person"].c
        here = select(row.row_id, row.scope_id).where(row.entity == "person", row.moved_to == "")
        with self.world.centre.store.read() as connection:
            for person, scope in connection.execute(here):
                homes.setdefault(person, []).append(scope)
            table = connection.execute(select(counted.id, counted.office_id)).tuples().all()
        for person, scopes in homes.items():
            if len(scopes) != 1:
                raise Broken("8", "homes", person, scopes)
            self.model.lived.setdefault(person, set()).update(scopes)
        if sorted(table) != sorted((one, scopes[0]) for one, scopes in homes.items()):
            raise Broken("8", "counted elsewhere than at home", table, homes)
        if self.model.homes.keys() - homes.keys():
            raise Broken("1", "nobody has her", self.model.homes.keys() - homes.keys())
        self.model.homes = homes

    def _waiting_words(self) -> set[str]:
        """Words of changes that wait at the server for a row, or to be brought elsewhere."""
        with self.world.centre.store.read() as connection:
            texts = [
                text
                for table in (store.parked, store.errand)
                for text in connection.scalars(select(table.c.change))
            ]
        return {word for word in self.model.words if any(word in text for text in texts)}

    def _read_book(self, scope: str) -> None:
        known = self.model.log.get(scope, [])
        book = self.entries(scope)
        self._only_emptied(known, book)
        self.model.log[scope] = book
        self._nobody_elses_word(scope, book)
        self._taken_by_whom(scope, book, len(known))

    def _only_emptied(self, known: list[Accepted], book: list[Accepted]) -> None:
        """(4, 20) Numbers go on by one; what was accepted stays, or is emptied for who left."""
        if [one.seq for one in book] != list(range(1, len(book) + 1)) or len(book) < len(known):
            raise Broken("4", "a gap in the log", [one.seq for one in book])
        for before, now in zip(known, book, strict=False):
            left = now.op in EMPTIED and not now.fields
            if now != before and not (left and (now.row, now.seq) == (before.row, before.seq)):
                raise Broken("20", "accepted history was changed", before, now)

    def _nobody_elses_word(self, scope: str, book: list[Accepted]) -> None:
        """(8) Words of a person stand in the book of her home alone."""
        text = repr([one.fields for one in book])
        for word in self.model.words.values():
            if word.text in text:
                self.model.heard.add(word.text)
                if self.model.homes.get(word.person) != [scope]:
                    raise Broken("8", "in a book where she is not at home", word, scope)

    def _taken_by_whom(self, scope: str, book: list[Accepted], known: int) -> None:
        """(1, 2) What an office hears from another one it takes by a hand of its own, once."""
        copied = False
        for line in book[known:]:
            if line.op == "X":
                copied = COMES in line.fields or (copied and ARRIVED not in line.fields)
                TALLY["moved"] += ARRIVED in line.fields
            for text in _told(line):
                word = self.model.words.get(text)
                if word is None or copied or line.entity == "proposal":
                    continue
                if word.office != scope and not line.source.startswith(TAKEN_BY):
                    raise Broken("1", "taken without asking", word, line)
        told = [text for line in book if line.entity != "proposal" for text in _told(line)]
        twice = {text for text in told if text in self.model.words and told.count(text) > 1}
        if twice:
            raise Broken("2", "taken twice", twice)

    # ---------------------------------------------------------------- the end

    def ended_well(self) -> None:
        """Every law that speaks of the end, once everybody is at rest."""
        come_to_rest(self)
        self._nothing_differs()
        for desk in self.world.desks:
            knows_the_whole_log(self, desk)
            sealed_once(desk)
            self._only_who_may_be_here(desk)
            self._reads_what_is_granted(desk)
        for scope in sorted({desk.office for desk in self.world.desks}):
            desks = [desk for desk in self.world.desks if desk.office == scope]
            same_everywhere(self.world, desks)
            self._photos_are_here(scope, desks)
        self._nothing_under_way()
        for word in self.model.words.values():
            self._explained(word)
        again_changes_nothing(self.world, self.world.desks[0])

    def _explained(self, word: Any) -> None:
        """(1) What somebody typed is in the book of her home, waits there, or was refused."""
        if word.gone or word.text in self.model.heard:
            return
        for desk in self.world.desks:
            with desk.pc.db.read() as session:
                own = select(Change.verdict).where(Change.fields.contains(word.text))
                if "rejected" in session.scalars(own):
                    return
        raise Broken("1", "lost", word)

    def _nothing_differs(self) -> None:
        """(3) Whoever compares all rows finds none that stands otherwise."""
        for desk in self.world.desks:
            with desk.pc.db.write(Author("")) as session:
                standing = state.row(session)
                assert standing is not None
                standing.uncompared = comparing.EVERY_ROUNDS
        come_to_rest(self)
        for desk in self.world.desks:
            with desk.pc.db.read() as session:
                found = session.scalars(select(Incident)).all()
            if found:
                told = [(one.kind, one.entity, one.row_id) for one in found]
                raise Broken("3", "stood otherwise than on the server", desk.name, told)

    def _only_who_may_be_here(self, desk: Desk) -> None:
        """(9) No byte of who never lived here."""
        self._no_word_of(
            desk.pc.db, desk.name, lambda person: self.model.lived[person], desk.office
        )

    def _reads_what_is_granted(self, desk: Desk) -> None:
        """(9, 3) A reader has what is granted, all of it, and nothing else."""
        sender = accounts.find(self.world.centre.store, self.world.device(desk)).sender
        with self.world.centre.store.read() as connection:
            may = {one.office.id: one.office.name for one in grants.of_device(connection, sender)}
        with desk.pc.db.read() as session:
            keys = {one.scope: one.key for one in session.scalars(select(OfficeGrant))}
        place = desk.pc.db.home / office_copy.FOLDER
        lies = {one.name for one in place.iterdir()} if place.exists() else set()
        if not keys.keys() == lies == may.keys():
            raise Broken("9", "reads what is not granted", desk.name, set(keys), lies, set(may))
        for scope, name in may.items():
            copy = office_copy.opened(desk.pc.db, scope, keys[scope] or b"")
            there = Central(self.world.centre.folder, office=name)
            if readable(dump(copy)) != readable(dump(there)):
                raise Broken("3", "a reader sees other things", first_difference(copy, there))
            self._no_word_of(copy, f"{desk.name} reads", lambda one: self.model.homes[one], scope)

    def _no_word_of(self, here: Database, whose: str, offices: Any, scope: str) -> None:
        lines = list(everything(here))
        for word in self.model.words.values():
            known = word.person in self.model.homes
            if known and scope not in offices(word.person):
                found = next((one for one in lines if word.text in one), None)
                if found is not None:
                    raise Broken("9", "somebody else's word", whose, word, found[:300])

    def _photos_are_here(self, scope: str, desks: list[Desk]) -> None:
        """Every content whose file is in an office's book is at all of its PCs, whole, and at the
        server for this office alone, unless the only disk that had it is gone."""
        files, kept = census.tables()["attachment"].c, store.blob.c
        named = select(files.sha256, files.small_sha256).where(files.office_id == scope)
        with self.world.centre.store.read() as connection:
            stays = connection.execute(named.where(files.deleted_at.is_(None))).tuples().all()
            every = {one for pair in connection.execute(named) for one in pair}
            late = census.tables()["proposal"].c
            offered = select(late.fields).where(late.office_id == scope)
            offers = " ".join(connection.scalars(offered))
            here = select(kept.sha256, kept.kept, kept.size).where(kept.office_id == scope)
            shelf = {one: size == all_of_it for one, size, all_of_it in connection.execute(here)}
        nobodys = {one for one in shelf.keys() - every if one not in offers}
        if nobodys:
            raise Broken("9", "a content that no file here names", scope, nobodys)
        somewhere = {one for desk in self.world.desks for one in _whole(desk)}
        for digest in {one for pair in stays for one in pair} & somewhere:
            lacking = [desk.name for desk in desks if digest not in _whole(desk)]
            if lacking or not shelf.get(digest):
                raise Broken("photos", "not everywhere", digest, lacking, shelf.get(digest))

    def _nothing_under_way(self) -> None:
        """(13) What two offices agreed on has happened, and nothing is left to be carried out."""
        table = census.tables()["transfer"].c
        with self.world.centre.store.read() as connection:
            errands = connection.execute(select(store.errand)).all()
            agreed = select(table.id).where(table.state == ACCEPTED)
            waits = connection.scalars(agreed).all()
        if errands or waits:
            raise Broken("13", "agreed, and never done", errands, waits)


def _whole(desk: Desk) -> set[str]:
    """Contents that are at a PC, read to their last byte."""
    with desk.pc.db.read() as session:
        whole = select(blob.Blob.sha256).where(blob.Blob.kept == blob.Blob.size)
        return {one for one in session.scalars(whole) if blob.is_sound(session, one)}


def _told(line: Accepted) -> list[str]:
    """The values that an entry gave fields, of those that are text."""
    if line.op not in "IU":
        return []
    return [new for name in line.fields if isinstance(new := line.new(name), str)]
