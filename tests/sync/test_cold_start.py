"""A new PC and a long log: the rows as they stand come first, then their history; nothing lacks."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import workspace
from app.actions import approval, conflict, merge, outgoing, person
from app.errors import Refused
from data.records.person import Person
from data.records.sync import ColdStart, Conflict, SyncExtra, UnknownRow
from data.records.trace import History
from sync import client, protocol, snapshot
from sync.server import backup, census, store
from tests.sync.parts import Central, Pc, dump, pc

MANY = 25


@pytest.fixture(autouse=True)
def long_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log is long from some dozens of entries on, pages and slices hold a few: short stories
    with many places where they can be cut."""
    monkeypatch.setattr(snapshot, "LOG_SHORT", 20)
    monkeypatch.setattr(protocol, "PULL_ROWS_MAX", 15)
    monkeypatch.setattr(protocol, "PAGE_ROWS_MAX", 5)


def told(one: Pc, row_id: str = "") -> list[tuple[object, ...]]:
    """The history in the order of the log, of everything or of one record."""
    with one.db.read() as session:
        query = select(History).order_by(History.seq)
        lines = session.scalars(query.where(History.row_id == row_id) if row_id else query)
        return [(x.entity, x.row_id, x.op, x.field, x.old, x.new, x.by, x.at) for x in lines]


def cards(one: Pc) -> list[tuple[object, ...]]:
    """The conflicts, open and decided."""
    with one.db.read() as session:
        found = session.scalars(select(Conflict))
        return sorted(
            (c.id, c.field, c.base, c.mine, c.theirs, c.state, c.taken or "", c.decided_by or "")
            for c in found
        )


@contextlib.contextmanager
def from_entry_one(place: Path, server: Central) -> Iterator[Pc]:
    """A PC that pulled the whole log from its beginning: what everybody must come to."""
    with pc(place) as one:
        one.enrol(server)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(snapshot, "LOG_SHORT", 10**9)
            one.sync()
        assert one.count(ColdStart) == 0
        yield one


def a_year(a: Pc, b: Pc) -> str:
    """Two PCs write many people, edit, approve, remove, disagree, decide; whom they disagree on."""
    a.enter_many(MANY)
    who = a.enter(phone="1", hamlet="x", note="đầu")
    a.sync()
    b.sync()
    a.edit(who, phone="2", hamlet="y")
    b.edit(who, by="hoa", phone="3", hamlet="z", household_size=4)
    a.sync()
    b.sync()
    a.sync()
    ws = workspace.attach(a.db, "lan")
    (card,) = [one for one in conflict.cards(ws) if one.field == "phone"]
    conflict.resolve(ws, card.id, "mine")
    gone = a.enter("Giả Lập Gỡ", phone="9")
    a.edit(gone, deleted_at="2026-11-23T00:00:00.000Z", deleted_reason="nhập trùng")
    received = a.enter("Giả Lập Duyệt", status="waiting")
    a.sync()
    a.decide(received, by="hoa")
    a.sync()
    b.sync()
    return who


@pytest.fixture
def office(tmp_path: Path, server: Central) -> Iterator[tuple[Pc, Pc, str]]:
    """Two PCs that have worked for a year."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        yield a, b, a_year(a, b)


def test_a_new_pc_has_the_same_book_history_and_conflicts(
    tmp_path: Path, server: Central, office: tuple[Pc, Pc, str]
) -> None:
    a, b, who = office
    from_a_newer_program(server, who)
    with from_entry_one(tmp_path / "d", server) as d, pc(tmp_path / "c") as c:
        c.enrol(server)
        steps: set[str] = set()
        client.run_round(c.db, lambda step, _done, _total: steps.add(step))
        assert {"rows", "history"} <= steps
        assert c.count(ColdStart) == 0
        assert dump(c.db) == dump(a.db) == dump(server)
        assert cards(c) == cards(d) and {card[5] for card in cards(c)} == {"open", "resolved"}
        with c.db.read() as session:
            kept = session.get_one(SyncExtra, ("person", who))
            assert json.loads(kept.fields) == {"wheelchair": "2030"}
        assert told(c, who) == told(d, who)
        people = [line for line in told(c) if line[0] != "user"]
        assert people == [line for line in told(d) if line[0] != "user"]
        for name in ("edited_by", "updated_at", "created_by", "search_text", "marks"):
            assert c.see(who, name) == d.see(who, name)
        assert client.status(c.db).state == "attention"  # the open conflict, as everywhere
        c.edit(who, phone="4")
        a.edit(who, note="còn nữa")
        for one in (c, a, b, c):
            one.sync()
        assert dump(c.db) == dump(a.db) == dump(b.db) == dump(server)
        assert told(c, who)[-1][5] == told(b, who)[-1][5] == "còn nữa"


def test_cut_anywhere_it_goes_on_and_people_work_but_for_what_needs_everybody(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "c") as c:
        a.enrol(server)
        a.enter_many(MANY)
        who = a.enter(status="waiting", phone="1")
        a.edit(who, phone="2")
        a.sync()
        c.enrol(server)
        client.run_round(c.db, cancelled=lambda: _past(c, 9))
        what_must_wait(c, who)
        mine = c.enter("Của máy mới")
        for number in range(20):
            left = [6]

            def cut(left: list[int] = left) -> bool:
                left[0] -= 1
                return left[0] < 0

            a.edit(who, note=f"lần {number}")
            a.enter(f"Giả Lập Sau {number}")
            if number % 5 == 0:
                a.sync()
            client.run_round(c.db, cancelled=cut)
            if not c.count(ColdStart):
                break
        for one in (a, c, a):
            one.sync()
        assert c.count(ColdStart) == 0
        assert a.see(mine, "name") == "Của máy mới"
        assert approval.approve(workspace.attach(c.db, "hoa"), [who]).skipped == ()
        a.sync()
        for one in (c, a):
            one.sync()
        assert dump(c.db) == dump(a.db) == dump(server)


def what_must_wait(c: Pc, who: str) -> None:
    """The newest persons are here and can be worked on; the book is not whole."""
    assert c.see(who, "phone") == "2" and 0 < c.count(Person) < MANY
    with pytest.raises(Refused) as refused:
        merge.merge(workspace.attach(c.db, "lan"), who, who)
    assert [one.code for one in refused.value.problems] == ["book_still_coming"]
    (problem,) = approval.approve(workspace.attach(c.db, "hoa"), [who]).skipped
    assert problem.code == "history_still_coming"
    with pytest.raises(Refused):
        person.page(workspace.attach(c.db, "hoa"), who, as_of="2026-11-24")


def _past(one: Pc, rows: int) -> bool:
    """Whether so many rows came."""
    with one.db.read() as session:
        start = session.scalars(select(ColdStart)).first()
        return start is not None and start.done >= rows


def from_a_newer_program(server: Central, row_id: str) -> None:
    """The log has a field of a person that no program here knows."""
    with server.opened() as opened, opened.write() as connection:
        entry = store.entry.c
        made = (entry.row_id == row_id, entry.op == "I")
        fields = json.loads(connection.execute(select(entry.fields).where(*made)).scalar_one())
        newer = json.dumps(fields | {"wheelchair": "2030"})
        connection.execute(update(store.entry).where(*made).values(fields=newer))


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_a_server_put_back_meanwhile_is_taken_anew(tmp_path: Path, own_server: Central) -> None:
    from tests.sync.test_server_restored import put_back

    with pc(tmp_path / "a") as a, pc(tmp_path / "c") as c:
        a.enrol(own_server)
        a.enter_many(MANY)
        c.enrol(own_server)
        a.sync()
        made = backup.make(own_server.folder, tmp_path / "safe")
        late = a.enter("Giả Lập Muộn", phone="1")
        a.edit(late, phone="2")
        a.sync()
        client.run_round(c.db, cancelled=lambda: _past(c, 14))
        assert c.see(late, "phone") == "2"
        put_back(own_server, made)
        c.sync()
        assert [c.count(ColdStart), c.count(UnknownRow)] == [0, 1]
        for one in (a, c, a):
            one.sync()
        assert c.count(UnknownRow) == 0
        assert dump(c.db) == dump(a.db) == dump(own_server)


def test_who_is_older_than_the_log_takes_the_book_again(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        a.enter_many(MANY)
        a.sync()
        b.sync()
        ghosts = [a.enter("Giả Lập Bóng"), a.enter("Giả Lập Nhầm")]
        a.sync()
        b.sync()
        with server.opened() as opened, opened.write() as connection:
            for table in (store.row, store.entry):
                mine = (table.c.scope_id == a.office_id, table.c.row_id.in_(ghosts))
                connection.execute(table.delete().where(*mine))
            shown = census.tables()["person"]
            connection.execute(shown.delete().where(shown.c.id.in_(ghosts)))
        a.enter("Giả Lập Mới")
        with a.db.read() as session:
            who = session.scalars(select(Person.id).where(Person.name.like("Giả Lập Thị%"))).first()
        assert who is not None
        a.edit(who, phone="0905999999")
        a.sync()
        with server.opened() as opened, opened.write() as connection:
            scope = store.scope.c
            mine = (scope.id == a.office_id,)
            connection.execute(update(store.scope).where(*mine).values(floor=scope.seq - 1))
        b.edit(who, note="chưa gửi")
        b.sync()
        assert (b.see(who, "phone"), b.see(who, "note")) == ("0905999999", "chưa gửi")
        with b.db.read() as session:
            asked = session.scalars(select(UnknownRow)).all()
            assert {(one.entity, one.row_id) for one in asked} == {("person", g) for g in ghosts}
        b.sync()
        ws = workspace.attach(b.db, "lan")
        shown = {one.id: one.name for one in outgoing.attention(ws) if one.kind == "unknown"}
        assert shown == dict(zip(ghosts, ("Giả Lập Bóng", "Giả Lập Nhầm"), strict=True))
        assert client.status(b.db).attention == 2
        assert known_to(server, ghosts) == set()
        outgoing.send_again(ws, ghosts[0])
        outgoing.take_off(ws, ghosts[1])
        b.sync()
        assert known_to(server, ghosts) == {ghosts[0]}
        assert b.see(ghosts[1], "deleted_at") and client.status(b.db).state == "up_to_date"
        assert told(b, ghosts[1])[-1][3] == "deleted_at"


def known_to(server: Central, ids: list[str]) -> set[str]:
    """Those of some rows that the server has."""
    with server.opened() as opened, opened.read() as connection:
        row = store.row.c.row_id
        return set(connection.scalars(select(row).where(row.in_(ids))))
