"""Two connections that count one report: both see one picture, or there is only one."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, nullcontext
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, event, func, select

from data import figures, twin
from data.connect import READERS_KEPT
from data.counting import side_by_side
from data.counting.then import Source
from data.database import Database
from data.figures import Figure
from data.records.person import Person
from tests.data import stores

HOW_MANY = select(func.count()).select_from(Person)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_what_is_written_meanwhile_is_seen_by_neither(home: Path) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, "Trần Văn An")
    with db.read_twice() as (session, other):
        assert other is not None
        stores.add_person(db, "Lê Thị Bình")
        with ThreadPoolExecutor(1) as thread:
            beside = thread.submit(other.scalar, HOW_MANY)
            assert (session.scalar(HOW_MANY), beside.result()) == (1, 1)
    with db.read_twice() as (session, other):
        assert other is not None
        assert (session.scalar(HOW_MANY), other.scalar(HOW_MANY)) == (2, 2)
    db.close()


def test_a_commit_between_the_two_leaves_one(home: Path) -> None:
    """The worst moment: the session has its picture, the other one not yet."""
    db, _ = stores.make(home)
    assert stores.names(db) == []  # the keys are read once, before anything else
    begun: list[Connection] = []

    def somebody_writes(connection: Connection) -> None:
        begun.append(connection)
        if len(begun) == 2:
            writing = Thread(target=stores.add_person, args=(db, "Trần Văn An"))
            writing.start()
            writing.join()

    event.listen(db.store.readers, "begin", somebody_writes, insert=True)
    with db.read_twice() as (session, other):
        assert (session.scalar(HOW_MANY), other) == (0, None)
    event.remove(db.store.readers, "begin", somebody_writes)
    assert len(begun) == 2
    db.close()


def test_nobody_waits_for_a_second_connection(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others read, or one processor would do the work of two: one connection answers."""
    db, _ = stores.make(home)
    with ExitStack() as others:
        for _reader in range(READERS_KEPT - 1):
            others.enter_context(db.read()).scalar(HOW_MANY)
        assert seen(db) == (0, None)
    assert seen(db) == (0, 0)
    monkeypatch.setattr("os.cpu_count", lambda: twin.PAIR - 1)
    assert seen(db) == (0, None)
    db.close()


def seen(db: Database) -> tuple[int | None, int | None]:
    with db.read_twice() as (session, other):
        return session.scalar(HOW_MANY), other and other.scalar(HOW_MANY)


def test_both_connections_answer_at_once_and_a_fault_of_either_is_told(home: Path) -> None:
    db, _ = stores.make(home)
    columns = figures.reports()["BC-03"].columns
    kinds = [[one for one in columns if one.of == of] for of in {one.of for one in columns}]
    both = Barrier(2)

    def ask(over: Source, some: Sequence[Figure]) -> tuple[Sequence[Figure], int | None]:
        if not answered.get(over.connection):
            answered[over.connection] = True
            both.wait(60)
            if over.connection is wrong:
                raise ValueError(some[0].of)
        return some, over.connection.scalar(HOW_MANY)

    with db.read_twice() as (session, other):
        source = Source(session.connection(), {}, Person.__table__, twin=other)  # type: ignore[arg-type]
        for wrong in (None, source.connection, other):
            answered: dict[Connection, bool] = {}
            with pytest.raises(ValueError) if wrong is not None else nullcontext():
                assert side_by_side.each(source, kinds, ask) == [(kind, 0) for kind in kinds]
            assert len(answered) == 2
    db.close()
