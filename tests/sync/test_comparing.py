"""What a disk forgot or a hand changed past the program is found, put right, and told; both
states stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import workspace
from app.actions import incidents
from data import capture
from data.base import new_id, now_text
from data.database import Author
from data.records.change import Change
from data.records.incident import Incident
from data.records.need import Need
from data.records.person import Person
from data.schema import travelling
from sync import buckets, comparing, state
from sync.client import RoundReport
from sync.errors import Unreachable
from sync.server import store
from tests.sync.line import line
from tests.sync.parts import COMMUNE, Central, Pc, dump, pc
from tests.sync.test_transfer import hand_over, meet, offices

TOLD = "was otherwise than on the server"
__all__ = ["offices"]


def compared(one: Pc) -> RoundReport:
    """The round in which it is time to compare."""
    with one.db.write(Author("")) as session:
        standing = state.row(session)
        assert standing is not None
        standing.uncompared = comparing.EVERY_ROUNDS
    return one.sync()


@contextmanager
def past_the_program(one: Pc) -> Iterator[Session]:
    """Writes that leave neither history nor outbox, as a broken disk or a strange hand does."""
    with one.db.write(Author("")) as session, capture.applying(session):
        yield session


def kinds(one: Pc) -> list[str]:
    with one.db.read() as session:
        return sorted(session.scalars(select(Incident.kind)))


@pytest.fixture
def in_step(tmp_path: Path, server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of an office with ten persons, in step with their server."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        a.enter_many(10)
        a.sync()
        b.sync()
        yield a, b


def test_who_is_in_step_hears_nothing_and_pays_little(in_step: tuple[Pc, Pc]) -> None:
    a, b = in_step
    for one in (a, b):
        done = compared(one)
        assert (done.incidents, done.pushed, kinds(one)) == (0, 0, [])
        assert done.bytes_up + done.bytes_down < 180 * len(travelling())
        with one.db.read() as session:
            standing = state.row(session)
            assert standing is not None and standing.uncompared == 0


@pytest.mark.logs(TOLD)
def test_what_a_pc_lost_comes_back_from_the_log(in_step: tuple[Pc, Pc], server: Central) -> None:
    a, b = in_step
    with past_the_program(a) as session:
        lost = session.scalars(select(Person.id).limit(1)).one()
        session.execute(delete(Need).where(Need.person_id == lost))
        session.execute(delete(Person).where(Person.id == lost))
    done = compared(a)
    assert (done.incidents, done.pushed, kinds(a)) == (2, 0, ["lost_here", "lost_here"])
    assert dump(a.db) == dump(b.db) == dump(server)
    cards = incidents.unseen(workspace.attach(a.db, "minh"))
    assert {card.person_id for card in cards} == {lost}
    assert all(card.name.startswith("Giả Lập Thị") for card in cards)
    assert compared(a).incidents == 0


@pytest.mark.logs(TOLD)
def test_an_old_version_is_brought_up_to_date_and_both_states_are_kept(
    in_step: tuple[Pc, Pc], server: Central
) -> None:
    a, b = in_step
    person = a.enter()
    a.sync()
    b.sync()
    b.edit(person, phone="0905000002", hamlet="Thôn 2")
    b.sync()
    a.sync()
    with past_the_program(a) as session:
        old = session.get_one(Person, person)
        old.phone, old.server_version = "0905999999", 1
    assert (compared(a).incidents, kinds(a)) == (1, ["old_here"])
    assert a.see(person, "phone") == "0905000002"
    assert dump(a.db) == dump(b.db) == dump(server)
    with a.db.read() as session:
        kept = session.scalars(select(Incident)).one()
    assert json.loads(kept.mine or "")["phone"] == "0905999999"
    assert json.loads(kept.theirs or "")["phone"] == "0905000002"
    (card,) = incidents.unseen(workspace.attach(a.db, "minh"))
    assert "Số điện thoại" in card.fields or "Điện thoại" in card.fields


@pytest.mark.logs(TOLD)
def test_what_the_server_does_not_know_goes_there_again(
    in_step: tuple[Pc, Pc], server: Central
) -> None:
    a, b = in_step
    alone = new_id()
    with past_the_program(a) as session:
        at = now_text()
        session.add(
            Person(id=alone, office_id=a.office_id, name="Đinh Văn Briu", commune=COMMUNE,
                   server_version=3, version=3, created_at=at, updated_at=at, created_by="minh",
                   updated_by="minh")
        )  # fmt: skip
    typed = a.enter("Trần Xuân Quân")
    a.edit(typed, phone="0905000003")
    with past_the_program(a) as session:
        session.execute(delete(Change).where(Change.row_id == typed))
        session.get_one(Person, typed).server_version = 2
    done = compared(a)
    assert (done.incidents, done.pending) == (2, 0)
    assert kinds(a) == ["unknown_there", "unknown_there"]
    assert b.sync().pulled >= 2
    assert (b.see(alone, "name"), b.see(typed, "phone")) == ("Đinh Văn Briu", "0905000003")
    assert dump(a.db) == dump(b.db) == dump(server)


@pytest.mark.logs(TOLD)
def test_a_server_that_went_back_gets_what_it_had_confirmed(
    in_step: tuple[Pc, Pc], server: Central
) -> None:
    a, b = in_step
    person = a.enter()
    a.sync()
    with past_the_program(a) as session:
        mine = session.get_one(Person, person)
        mine.hamlet, mine.server_version = "Thôn 7", 5
    assert (compared(a).incidents, kinds(a)) == (1, ["old_there"])
    b.sync()
    assert b.see(person, "hamlet") == "Thôn 7"
    assert dump(a.db) == dump(b.db) == dump(server)


@pytest.mark.logs(TOLD)
def test_a_removal_that_one_side_forgot_is_as_the_log_says(
    in_step: tuple[Pc, Pc], server: Central
) -> None:
    a, b = in_step
    person = a.enter()
    a.edit(person, deleted_at="2026-11-23T22:10:00.123Z", deleted_reason="nhầm")
    a.sync()
    b.sync()
    with past_the_program(b) as session:
        session.get_one(Person, person).deleted_at = None
    assert (compared(b).incidents, kinds(b)) == (1, ["differs"])
    assert dump(a.db) == dump(b.db) == dump(server)


@pytest.mark.logs(TOLD)
def test_the_servers_table_is_mended_from_its_own_log(
    tmp_path: Path, either_server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(either_server)
        a.enter_many(10)
        a.sync()
        _mended(a, either_server)


def _mended(a: Pc, either_server: Central) -> None:
    with a.db.read() as session:
        first, second, third = session.scalars(select(Person.id).order_by(Person.id).limit(3))
    row = store.row.c
    with either_server.opened() as opened, opened.write() as connection:
        before = connection.execute(select(store.row).order_by(row.row_id)).all()
        connection.execute(delete(store.row).where(row.row_id == first))
        connection.execute(update(store.row).where(row.row_id == second).values(version=9))
        connection.execute(update(store.row).where(row.row_id == third).values(deleted=True))
    done = compared(a)
    assert (done.incidents, kinds(a)) == (3, ["lost_there"] * 3)
    with either_server.opened() as opened, opened.read() as connection:
        assert connection.execute(select(store.row).order_by(row.row_id)).all() == before
        noted = connection.execute(
            select(store.incident.c.row_id).where(
                store.incident.c.row_id.in_([first, second, third])
            )
        )
        assert set(noted.scalars()) == {first, second, third}
    assert compared(a).incidents == 0
    assert dump(a.db) == dump(either_server)


def test_what_is_on_its_way_is_no_difference(in_step: tuple[Pc, Pc]) -> None:
    a, b = in_step
    with past_the_program(a) as session:
        person = session.scalars(select(Person).limit(1)).one()
        person.server_version = 0
        session.add(
            Change(txn=new_id(), entity="person", row_id=person.id, op="U", base_version=1,
                   fields='{"phone":[null,"0905000004"]}', at=now_text(), user="minh",
                   batch_no=0, verdict="deferred")
        )  # fmt: skip
    assert (compared(a).incidents, kinds(a)) == (0, [])


def test_buckets_are_even_whatever_hour_the_rows_are_of() -> None:
    rows = [(new_id(), 1, False) for _ in range(25600)]
    sizes = [0] * buckets.COUNT
    for row_id, _, _ in rows:
        sizes[buckets.bucket_of(row_id)] += 1
    assert min(sizes) > 50 and max(sizes) < 160
    moved = [rows[0], (rows[1][0], 2, False), *rows[2:]]
    assert buckets.differing(buckets.sums(rows), buckets.sums(moved)) == [
        buckets.bucket_of(rows[1][0])
    ]
    assert buckets.sums(rows) == buckets.sums(reversed(rows))


@pytest.mark.logs(TOLD)
def test_the_row_of_who_came_from_another_office_is_mended_as_she_arrived(
    offices: tuple[Central, Pc, Pc],
) -> None:
    server, old, new = offices
    who = old.enter("Đinh Văn Briu")
    old.edit(who, phone="0905000001")
    meet(old, new)
    hand_over(old, new, who)
    here = (store.row.c.row_id == who, store.row.c.scope_id == new.office_id)
    with server.opened() as opened, opened.write() as connection:
        before = connection.execute(select(store.row).where(*here)).one()
        connection.execute(delete(store.row).where(*here))
    assert (compared(new).incidents, kinds(new)) == (1, ["lost_there"])
    with server.opened() as opened, opened.read() as connection:
        assert connection.execute(select(store.row).where(*here)).one() == before
    assert (compared(new).incidents, compared(old).incidents) == (0, 0)


@pytest.mark.logs(TOLD)
def test_who_lives_elsewhere_and_still_stands_here_is_taken_out(
    offices: tuple[Central, Pc, Pc],
) -> None:
    _server, old, new = offices
    who = old.enter("Đinh Văn Briu")
    meet(old, new)
    hand_over(old, new, who)
    with past_the_program(old) as session:
        old_row = Person(id=who, office_id=old.office_id, name="Đinh Văn Briu", commune=COMMUNE)
        old_row.server_version = old_row.version = 1
        old_row.created_at = old_row.updated_at = now_text()
        old_row.created_by = old_row.updated_by = "minh"
        session.add(old_row)
        session.flush()
        extra = Need(id=new_id(), office_id=old.office_id, person_id=who, need_group="medical")
        extra.created_at = extra.updated_at = now_text()
        extra.created_by = extra.updated_by = "minh"
        session.add(extra)
    assert (compared(old).incidents, kinds(old)) == (2, ["elsewhere", "elsewhere"])
    assert (old.count(Person), old.count(Need)) == (0, 0)
    with old.db.read() as session:
        kept = {one.entity: json.loads(one.mine or "") for one in session.scalars(select(Incident))}
    assert kept["person"]["name"] == "Đinh Văn Briu" and kept["need"]["person_id"] == who
    assert len(incidents.unseen(workspace.attach(old.db, "minh"))) == 2
    assert compared(old).incidents == 0


def test_a_bad_line_ends_the_comparing_and_not_the_round(
    tmp_path: Path, server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> object:
        tries.append(1)
        raise Unreachable("connection_cut")

    tries: list[int] = []
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.sync()
        with monkeypatch.context() as patched:
            patched.setattr(comparing, "_asked", cut)
            compared(a)
        with a.db.read() as session:
            standing = state.row(session)
            assert standing is not None and standing.confirmed_at and not standing.error_code
            assert standing.uncompared > comparing.EVERY_ROUNDS
        assert tries == [1] * comparing.TRIES  # each for less than the one before
        a.sync()
        with a.db.read() as session:
            standing = state.row(session)
            assert standing is not None and standing.uncompared == 0


@pytest.mark.logs(TOLD)
def test_a_line_that_cuts_long_answers_gets_shorter_ones(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, line(server.port) as bad:
        a.enrol(server, url=bad.url)
        a.enter_many(30)
        a.sync()
        with past_the_program(a) as session:
            for one in session.scalars(select(Person).limit(30)):
                one.server_version = 7
        bad.cut_down_after = 5_000
        done = compared(a)
        assert bad.cuts and done.incidents == 30 and not done.pending
        assert compared(a).incidents == 0


@pytest.mark.logs(TOLD)
@pytest.mark.parametrize("either_server", ["postgresql"], indirect=True)
def test_a_value_changed_past_the_program_is_found_at_equal_versions(
    tmp_path: Path, either_server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "PARTS", 1)
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(either_server)
        a.enter_many(3)
        _found_by_its_value(a, b)


def _found_by_its_value(a: Pc, b: Pc) -> None:
    person = a.enter(note="thật\x00 như vậy", phone="0905000001", mine_victim=True)
    for one in (a, b, a):
        one.sync()
    assert (compared(a).incidents, compared(b).incidents) == (0, 0)
    with past_the_program(a) as session:
        rotten = session.get_one(Person, person)
        rotten.phone, rotten.mine_victim = "0905999999", None
        need = session.scalars(select(Need).limit(1)).one()
        need.need_note = "ai viết?"
    done = compared(a)
    assert (done.incidents, done.pushed, kinds(a)) == (2, 0, ["differs", "differs"])
    assert (a.see(person, "phone"), a.see(person, "mine_victim")) == ("0905000001", True)
    mine, theirs = (dump(one.db).replace("\\u0000", "") for one in (a, b))
    assert mine == theirs  # no server keeps the NUL that a text may have held
    assert (compared(a).incidents, compared(b).incidents) == (0, 0)
    cards = incidents.unseen(workspace.attach(a.db, "minh"))
    assert any("Điện thoại" in card.fields for card in cards)
