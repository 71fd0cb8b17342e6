"""The law of the protocol: what must hold after every step, by the numbers of its specification.

Each office has its own log here. Persons who move, photos, PCs that begin anew and readers of
other offices: `moves_law`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import select

from data.records.change import Change
from data.records.person import Person
from data.records.sync import Batch
from sync import frames, protocol, state, transport
from sync.errors import OtherGeneration
from sync.protocol import HelloAnswer, Problem, PushAnswer
from sync.server import intake, store
from sync.state import Device
from tests.journeys.simulation.model import Accepted, Deed, Model
from tests.journeys.simulation.world import Desk, World

FREE = ("phone", "note", "hamlet", "school")
OF_PEOPLE = ("person", "need")
Ledger = dict[tuple[str, int, int], tuple[str, bytes]]


class Broken(AssertionError):
    """The law does not hold; the number says which one."""

    def __init__(self, number: str, *facts: object) -> None:
        super().__init__(f"({number}) " + " · ".join(map(str, facts)))


class Watch:
    """Looks on while a story is played."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.model: Model = world.model
        self.ledger: Ledger = {}
        self.known: dict[str, Device] = {}
        world.witness = self.answered
        self.look()

    # ---------------------------------------------------------------- every step

    def look(self) -> None:
        """After a step: the log only grew, lawfully, and no PC believes what is not true."""
        self._read_ledger()
        for scope in sorted({desk.office for desk in self.world.desks}):
            self._read_log(scope)
        for desk in self.world.desks:
            self._believes_the_truth(desk)

    def may_have_left(self, row: str) -> bool:
        """Whether the row of an own unconfirmed change may be gone from its PC."""
        return False

    def forget(self) -> None:
        """The server was put back: its ledger is the one of an earlier day."""
        self.ledger.clear()
        self._read_ledger()

    def answered(self, path: str, content: bytes, answer: bytes) -> None:
        """(13b) What an answer confirms is committed when the answer leaves."""
        told = self._opened(path, content, answer)
        if told is None:
            return
        device, said = told
        own = {line for (whose, *_), line in self._committed().items() if whose == device}
        for result in said.results:
            if (result.digest, protocol.to_json(result)) not in own:
                raise Broken("13b", "an answer left for a batch that is not committed", result)

    def _opened(
        self, path: str, content: bytes, answer: bytes
    ) -> tuple[str, PushAnswer | HelloAnswer] | None:
        """An answer with verdicts as its PC reads it, and the device."""
        if path not in ("/v1/push", "/v1/hello"):
            return None
        magic = frames.MAGIC_BATCH if path == "/v1/push" else frames.MAGIC_REQUEST
        try:
            first = next(iter(frames.FrameReader(magic).feed(content)), None)
        except frames.BadFrame:
            return None
        if first is None:
            return None
        name = json.loads(first.header)["device"]
        device = self._device(name)
        if device is None:
            return None
        re = first.digest if path == "/v1/push" else intake.nonce_of(content)
        shape: Any = PushAnswer if path == "/v1/push" else HelloAnswer
        device = replace(device, generation=self._generation())
        try:
            said = transport.read_answer(device, answer, re, shape)
        except OtherGeneration:
            return None
        return None if isinstance(said, Problem) else (name, said)

    def _device(self, name: str) -> Device | None:
        if name not in self.known:
            for desk in self.world.desks:
                with desk.pc.db.read() as session:
                    found = state.device(session)
                if found is not None:
                    self.known[found.device_id] = found
        return self.known.get(name)

    def _generation(self) -> str:
        return store.fact(self.world.centre.store, "generation")

    def _committed(self) -> Ledger:
        ledger = store.ledger.c
        query = select(
            ledger.device_id, ledger.epoch, ledger.batch_no, ledger.digest, ledger.answer
        )
        with self.world.centre.store.read() as connection:
            lines = connection.execute(query).all()
        return {(d, epoch, no): (digest, bytes(said)) for d, epoch, no, digest, said in lines}

    def _read_ledger(self) -> None:
        """(2) An entry of the ledger never changes and never goes."""
        now = self._committed()
        for key, line in self.ledger.items():
            if now.get(key) != line:
                raise Broken("2", "the ledger changed", key)
        self.ledger = now

    def _read_log(self, scope: str) -> None:
        """(4) Numbers go on by one; each new entry is lawful."""
        log = self.model.log.setdefault(scope, [])
        for line in self.entries(scope, len(log)):
            if line.seq != len(log) + 1:
                raise Broken("4", "a gap in the log", line)
            if line.entity in OF_PEOPLE:
                self._lawful(scope, log, line)
            log.append(line)

    def entries(self, scope: str, after: int = 0) -> list[Accepted]:
        """The log of a scope as the server has it."""
        entry = store.entry.c
        query = select(store.entry).where(entry.scope_id == scope, entry.seq > after)
        with self.world.centre.store.read() as connection:
            lines = connection.execute(query.order_by(entry.seq)).all()
        return [_accepted(line) for line in lines]

    # ---------------------------------------------------------------- one entry

    def _lawful(self, scope: str, log: list[Accepted], line: Accepted) -> None:
        deed = self.model.deeds.get(line.key)
        if deed is None or deed.scope != scope or deed.row != line.row:
            raise Broken("20", "nobody did what the log says", line)
        before = [one for one in log if one.row == line.row]
        if not self.model.restored:
            self._once(before, line)
            self._in_order(log, line)
        if line.op == "C":
            self._a_conflict_indeed(before, line, deed)
        elif line.op == "U":
            self._as_typed(before, line, deed)

    def _once(self, before: list[Accepted], line: Accepted) -> None:
        """(2) A value is taken once and has one card, however often its deed arrives.

        One that agreed with what stood left no trace in the log: should its deed come again
        later, by a copy of the store, it may be in conflict with what was written since.
        """
        for one in before:
            same = one.key == line.key and (one.op == "C") == (line.op == "C")
            if same and one.fields.keys() & line.fields.keys():
                raise Broken("2", "a deed taken twice", one, line)

    def _in_order(self, log: list[Accepted], line: Accepted) -> None:
        """(19) The deeds of one PC stand in the order in which they were done."""
        own = [one.change_seq for one in log if one.mark == line.mark]
        if own and line.change_seq < own[-1]:
            raise Broken("19", "out of order", line, own[-1])

    def _as_typed(self, before: list[Accepted], line: Accepted, deed: Deed) -> None:
        """(6, 7, 20) An edit sets what was typed, and overwrites nothing its author did not see."""
        for name, (old, new) in line.fields.items():
            if name not in deed.pairs or deed.pairs[name][1] != new:
                raise Broken("6", "a field that nobody typed so", name, line, deed)
            last = next((one for one in reversed(before) if _sets(one, name)), None)
            if last is None or last.mark == line.mark or self.model.restored:
                continue
            if last.fields.get(name) is not None and last.new(name) != old:
                raise Broken("7", "overwritten unseen", name, last, line)

    def _a_conflict_indeed(self, before: list[Accepted], line: Accepted, deed: Deed) -> None:
        """(7) There is no conflict but with somebody whose deed the author had not seen."""
        if self.model.restored:
            return
        strangers = [one for one in before if one.op != "C" and self._unseen(one, deed)]
        if not strangers:
            raise Broken("7", "a conflict with nobody", line, deed)
        for name, (base, theirs, *_rest) in line.fields.items():
            touched = any(name in one.fields for one in strangers)
            if name in FREE and base == theirs and not touched:
                raise Broken("7", "a conflict about nothing", name, line, deed)

    def _unseen(self, line: Accepted, deed: Deed) -> bool:
        """Whether an entry is of another hand and the deed's PC had not pulled it."""
        other = self.model.deeds.get(line.key)
        return other is not None and other.life != deed.life and line.seq > deed.seen

    # ---------------------------------------------------------------- one PC

    def _believes_the_truth(self, desk: Desk) -> None:
        with desk.pc.db.read() as session:
            standing = state.device(session)
            if standing is None or standing.generation != self._generation():
                return
            own = select(Batch.batch_no, Batch.digest).where(
                Batch.epoch == standing.epoch, Batch.state != "sealed"
            )
            confirmed = session.execute(own).all()
            waiting = session.execute(
                select(Change.row_id, Change.fields, Change.op)
                .where(Change.verdict.is_(None), Change.entity == "person")
                .order_by(Change.seq)
            ).all()
            newest: dict[tuple[str, str], Any] = {}
            for row, fields, op in waiting:
                for name, value in json.loads(fields).items():
                    newest[row, name] = value if op == "I" else value[1]
            stored = {row: session.get(Person, row) for row, _ in newest}
        for number, digest in confirmed:
            line = self.ledger.get((standing.device_id, standing.epoch, number))
            if line is None or line[0] != digest:
                raise Broken("15", "a PC takes for confirmed what the server has not", number)
        for (row, name), value in newest.items():
            if stored[row] is None and self.may_have_left(row):
                continue
            if getattr(stored[row], name, None) != value:
                raise Broken("5", "an own unconfirmed value went back", desk.name, row, name)


def _sets(line: Accepted, name: str) -> bool:
    return line.op != "C" and name in line.fields


def _accepted(line: Any) -> Accepted:
    fields = msgspec.json.decode(line.fields)
    return Accepted(line.seq, line.entity, line.row_id, line.op, line.version, fields,
                    (line.row_id, line.at, line.user), (line.device_id, line.epoch),
                    line.change_seq, line.source)  # fmt: skip
