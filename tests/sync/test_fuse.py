"""Too many removals at once wait for somebody who may approve; nothing else waits with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import workspace
from app.actions import removals
from app.errors import Refused
from data.database import Author
from data.records.change import Change
from data.records.person import Person
from data.schema import travelling
from sync import client, fuse, snapshot, state
from tests.sync.parts import Central, Pc, dump, pc
from tests.sync.test_comparing import compared, kinds

GONE = {"deleted_at": "2026-11-23T22:10:00.123Z", "deleted_reason": "Hoàn tác"}
MANY = 51


def persons(one: Pc) -> list[str]:
    """Who is on the lists."""
    with one.db.read() as session:
        living = select(Person.id).where(Person.deleted_at.is_(None))
        return list(session.scalars(living.order_by(Person.id)))


def remove(one: Pc, ids: list[str]) -> None:
    with one.db.write(Author("minh")) as session:
        for person_id in ids:
            person = session.get_one(Person, person_id)
            person.deleted_at, person.deleted_reason = GONE.values()


@pytest.fixture
def office(tmp_path: Path, server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs that both know sixty persons."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        a.enter_many(60)
        a.sync()
        b.sync()
        yield a, b


def test_they_wait_at_both_ends_until_a_person_says_yes(
    office: tuple[Pc, Pc], server: Central
) -> None:
    a, b = office
    gone = persons(a)[:MANY]
    remove(a, gone)
    a.edit(persons(a)[0], phone="0905000001")
    done = a.sync()
    assert (done.pending, done.held, done.acknowledged) == (MANY, MANY, 1)
    assert (client.status(a.db).state, client.status(a.db).attention) == ("attention", 1)
    with a.db.read() as session:
        assert (state.pending(session), state.sendable(session)) == (MANY, 0)
    b.sync()
    assert len(persons(b)) == 60
    minh, hoa = (workspace.attach(a.db, login) for login in ("minh", "hoa"))
    (asked,) = removals.held(minh)
    assert (asked.way, asked.count) == ("out", MANY)
    assert {one.person_id for one in asked.people} == set(gone)
    with pytest.raises(Refused):
        removals.allow(minh, "out")
    assert removals.allow(hoa, "out") == MANY
    assert (a.sync().pending, removals.held(hoa)) == (0, ())

    there = workspace.attach(b.db, "hoa")
    b.edit(persons(b)[-1], hamlet="Thôn 5")
    done = b.sync()
    assert (done.pending, done.held, len(persons(b))) == (0, MANY, 60)
    (asked,) = removals.held(there)
    assert (asked.way, asked.count, asked.people[0].by) == ("in", MANY, "minh")
    assert b.sync().held == MANY
    assert client.status(b.db).state == "attention"
    removals.allow(there, "in")
    assert (b.sync().held, len(persons(b))) == (0, 60 - MANY)
    a.sync()
    assert dump(a.db) == dump(b.db) == dump(server)


def test_whoever_says_no_keeps_them_everywhere(office: tuple[Pc, Pc], server: Central) -> None:
    a, b = office
    remove(a, persons(a)[:MANY])
    a.sync()
    removals.allow(workspace.attach(a.db, "hoa"), "out")
    a.sync()
    b.sync()
    assert removals.keep(workspace.attach(b.db, "hoa"), "in") == MANY
    assert b.sync().pending == 0
    a.sync()
    assert (len(persons(a)), len(persons(b))) == (60, 60)
    assert dump(a.db) == dump(b.db) == dump(server)


def test_taken_back_before_it_left_nobody_hears_of_it(
    office: tuple[Pc, Pc], server: Central
) -> None:
    a, b = office
    remove(a, persons(a)[:MANY])
    a.sync()
    assert removals.keep(workspace.attach(a.db, "lan"), "out") == MANY
    assert (a.sync().pending, b.sync().held) == (0, 0)
    assert len(persons(b)) == 60
    assert dump(a.db) == dump(b.db) == dump(server)


def test_few_removals_go_at_once(office: tuple[Pc, Pc]) -> None:
    a, b = office
    remove(a, persons(a)[: MANY - 1])
    assert (a.sync().pending, b.sync().held) == (0, 0)
    assert len(persons(b)) == 60 - MANY + 1


def test_merged_records_and_those_given_again_are_no_removals(office: tuple[Pc, Pc]) -> None:
    a, _b = office
    survivor, *others = persons(a)
    for one in others[:MANY]:
        a.edit(one, merged_into=survivor, **GONE)
    with a.db.read() as session:
        assert fuse._removals(session) == []
    remove(a, others[MANY:])
    with a.db.write(Author("")) as session:
        assert len(fuse._removals(session)) == 60 - 1 - MANY
        session.execute(update(Change).where(Change.batch_no.is_(None)).values(source="again:"))
        assert fuse._removals(session) == []


def test_an_edit_beside_a_removal_nobody_here_saw_is_shown_to_both(
    office: tuple[Pc, Pc], server: Central
) -> None:
    a, b = office
    gone = persons(a)[:MANY]
    remove(a, gone)
    a.sync()
    removals.allow(workspace.attach(a.db, "hoa"), "out")
    a.sync()
    b.sync()
    b.edit(gone[0], phone="0905000009")
    assert b.sync().conflicts == 1
    removals.allow(workspace.attach(b.db, "hoa"), "in")
    b.sync()
    a.sync()
    assert a.see(gone[0], "phone") == "0905000009"
    assert dump(a.db) == dump(b.db) == dump(server)


def test_a_new_pc_asks_about_nobody_it_never_knew(
    tmp_path: Path, office: tuple[Pc, Pc], server: Central
) -> None:
    a, _b = office
    remove(a, persons(a)[:MANY])
    a.sync()
    removals.allow(workspace.attach(a.db, "hoa"), "out")
    a.sync()
    with pc(tmp_path / "c") as c:
        c.enrol(server)
        assert (c.sync().held, len(persons(c))) == (0, 60 - MANY)
        assert dump(c.db) == dump(server)


def test_comparing_lets_removals_wait_and_a_snapshot_asks_about_them_too(
    office: tuple[Pc, Pc], server: Central
) -> None:
    a, b = office
    remove(a, persons(a)[:MANY])
    a.sync()
    removals.allow(workspace.attach(a.db, "hoa"), "out")
    a.sync()
    b.sync()
    done = compared(b)
    assert (done.incidents, done.held, kinds(b), len(persons(b))) == (0, MANY, [], 60)
    assert done.bytes_up + done.bytes_down < 180 * len(travelling())
    with b.db.write(Author("")) as session:
        snapshot.begin(session, b.office_id, over=True)
    assert (b.sync().held, len(persons(b))) == (MANY, 60)
    assert compared(b).incidents == 0
    removals.allow(workspace.attach(b.db, "hoa"), "in")
    b.sync()
    assert dump(a.db) == dump(b.db) == dump(server)


def test_what_is_removed_while_a_round_runs_waits_too(office: tuple[Pc, Pc]) -> None:
    a, _b = office

    def typing(step: str, _done: int, _total: int) -> None:
        if step == "hello" and len(persons(a)) == 60:
            remove(a, persons(a)[:MANY])

    done = client.run_round(a.db, typing)
    assert (done.pending, done.held) == (MANY, MANY)
