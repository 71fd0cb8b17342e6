"""Three PCs of an office work and talk in any order on a bad line; in the end all agree."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from data.records.change import Change
from data.records.person import Person
from data.records.sync import Batch, Conflict
from sync import client
from sync.errors import Unreachable
from tests import chance
from tests.sync.line import line
from tests.sync.parts import Central, Pc, dump, pc

STEPS = 50
FIELDS = ("phone", "note", "hamlet", "name", "birth", "household_size")
LOGINS = ("minh", "hoa", "lan")


def value(dice: random.Random, field: str) -> object:
    """A value out of few, so that people meet on the same field and sometimes agree."""
    return dice.randrange(1, 4) if field == "household_size" else f"{field} {dice.randrange(3)}"


def act(one: Pc, dice: random.Random) -> None:
    """Somebody does something at this PC."""
    with one.db.read() as session:
        people = session.scalars(select(Person.id).order_by(Person.id)).all()
    login = dice.choice(LOGINS)
    if not people or dice.random() < 0.15:
        one.enter(f"Giả Lập {dice.randrange(100)}", by=login)
        return
    person = dice.choice(people)
    if dice.random() < 0.1:
        gone = dice.choice((None, "2026-11-23T00:00:00.000Z"))
        one.edit(person, by=login, deleted_at=gone, deleted_reason=gone and "nhập trùng")
        return
    fields = dice.sample(FIELDS, dice.randrange(1, 3))
    one.edit(person, by=login, **{field: value(dice, field) for field in fields})


def talk(one: Pc, dice: random.Random) -> None:
    """A round that may break off, while somebody at the PC goes on working."""

    def work_on(step: str, _done: int, _total: int) -> None:
        if step != "hello" and dice.random() < 0.3:
            act(one, dice)

    with contextlib.suppress(Unreachable):
        client.run_round(one.db, work_on)


def conflicts(one: Pc) -> list[tuple[object, ...]]:
    """The conflict cards, which every PC must have alike."""
    with one.db.read() as session:
        cards = session.scalars(select(Conflict)).all()
        return sorted(
            (c.id, c.field, c.base, c.mine, c.theirs, c.mine_by, c.mine_at, c.mine_on)
            + (c.theirs_by, c.theirs_at, c.theirs_on, c.state)
            for c in cards
        )


def explained(one: Pc) -> None:
    """Every change has a verdict, and every batch was answered."""
    with one.db.read() as session:
        waiting = session.scalars(select(Change).where(Change.verdict.is_(None))).all()
        open_batches = session.scalars(select(Batch).where(Batch.state == "sealed")).all()
        assert not waiting and not open_batches
        numbers = session.scalars(select(Batch.batch_no).order_by(Batch.batch_no)).all()
        assert list(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_all_agree_in_the_end(tmp_path: Path, either_server: Central, seed: int) -> None:
    dice = chance.dice(seed)
    with (
        line(either_server.port) as bad,
        pc(tmp_path / "a") as a,
        pc(tmp_path / "b") as b,
        pc(tmp_path / "c") as c,
    ):
        every = (a, b, c)
        for one in every:
            one.enrol(either_server, url=bad.url)
        for _ in range(STEPS):
            one = dice.choice(every)
            if dice.random() < 0.6:
                act(one, dice)
                continue
            bad.cut_up_after = dice.choice((None, None, None, dice.randrange(1, 4000)))
            bad.answers_lost = dice.choice((0, 0, 0, 1))
            talk(one, dice)
        bad.cut_up_after, bad.answers_lost = None, 0
        for _ in range(2):
            for one in every:
                one.sync()
        for one in every:
            explained(one)
            assert one.sync().pulled == 0
        assert dump(a.db) == dump(b.db) == dump(c.db) == dump(either_server)
        assert conflicts(a) == conflicts(b) == conflicts(c)
        told = json.loads(dump(a.db))["person"]
        assert told
