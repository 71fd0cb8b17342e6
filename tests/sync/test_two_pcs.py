"""Two PCs of one office and the central server: what one enters, the others have."""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path

from sqlalchemy import select

from app import workspace
from app.actions import outgoing
from data.database import Author
from data.records.change import Change
from data.records.office import User
from data.records.person import Person
from data.records.sync import Conflict, SyncExtra
from data.records.trace import History
from sync import client
from sync.server import census
from tests.sync.parts import Central, Pc, central, dump, pc


def meet(*pcs: Pc) -> None:
    """Everybody talks to the server until nobody has anything new."""
    for _ in range(2):
        for one in pcs:
            one.sync()


def test_what_one_pc_types_the_other_and_the_server_have(
    tmp_path: Path, either_server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(either_server)
        b.enrol(either_server)
        person = a.enter(phone="0905123456", household_size=4, mine_victim=True)
        report = a.sync()
        assert (report.pushed, report.acknowledged, report.pending) == (4, 4, 0)
        assert b.sync().pulled == 4
        assert [b.see(person, n) for n in ("phone", "household_size", "mine_victim")] == [
            "0905123456",
            4,
            True,
        ]
        a.edit(person, phone="0905000000")
        b.edit(person, by="hoa", hamlet="Thôn Hội Vân")
        meet(a, b)
        assert dump(a.db) == dump(b.db) == dump(either_server)


def test_history_keeps_author_time_and_values_on_every_pc(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        person = a.enter(phone="0905123456")
        a.edit(person, by="hoa", phone="0905000000", household_size=3)
        a.sync()
        b.enrol(server)
        b.sync()

        def told(one: Pc) -> list[tuple[object, ...]]:
            with one.db.read() as session:
                lines = session.scalars(
                    select(History).where(History.row_id == person).order_by(History.seq)
                )
                return sorted(
                    (x.op, x.field or "", x.old or "", x.new or "", x.by, x.at) for x in lines
                )

        assert told(a) == told(b)
        assert b.see(person, "created_by") == "minh" and b.see(person, "edited_by") == "hoa"
        assert b.see(person, "search_text") == a.see(person, "search_text") != ""


def test_a_pc_enrolled_later_gets_the_whole_office(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        a.enter_many(130)
        a.sync()
        b.enrol(server)
        report = b.sync()
        assert report.pulled == 263
        assert b.count(Person) == 130
        meet(a, b)
        assert dump(a.db) == dump(b.db) == dump(server)
        assert b.sync().pulled == 0


def test_the_same_login_on_two_pcs_is_one_user(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b", "tam") as b:
        with b.db.write(Author("lan")) as session:
            for user in session.scalars(select(User)):
                user.full_name = "Tên gõ ở máy thứ hai"
        a.enrol(server)
        b.enrol(server)
        meet(a, b)
        for one in (a, b):
            with one.db.read() as session:
                logins = sorted(session.scalars(select(User.login)))
            assert logins == ["hoa", "lan", "minh", "tam"]
            assert one.count(Conflict) == 0
        assert dump(a.db) == dump(b.db) == dump(server)


def test_the_same_field_changed_on_both_is_a_conflict_and_both_values_stay(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="1", hamlet="x")
        meet(a, b)
        a.edit(person, phone="2", note="của máy a")
        b.edit(person, by="hoa", phone="3", household_size=5)
        a.sync()
        report = b.sync()
        assert report.conflicts == 1
        meet(a, b)
        for one in (a, b):
            assert one.see(person, "phone") == "2"
            assert one.see(person, "household_size") == 5
            with one.db.read() as session:
                card = session.scalars(select(Conflict)).one()
                assert [json.loads(v or "") for v in (card.base, card.mine, card.theirs)] == [
                    "1",
                    "3",
                    "2",
                ]
                assert (card.mine_by, card.theirs_by, card.state) == ("hoa", "minh", "open")
        assert dump(a.db) == dump(b.db) == dump(server)
        assert client.status(b.db).state == "attention"
        (shown,) = outgoing.attention(workspace.attach(b.db, "lan"))
        assert (shown.kind, shown.name, shown.field, shown.mine, shown.theirs) == (
            "conflict",
            "Nguyễn Thị Hường",
            "Điện thoại",
            "3",
            "2",
        )


def test_an_unconfirmed_value_is_not_overwritten_by_a_pull(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="1")
        meet(a, b)
        a.enter_many(60)
        a.edit(person, phone="2", hamlet="Thôn 1")
        a.sync()

        def type_while_receiving(step: str, _done: int, _total: int) -> None:
            if step == "receive" and b.see(person, "note") is None:
                b.edit(person, by="hoa", phone="3", note="gõ trong lúc nhận")

        client.run_round(b.db, type_while_receiving)
        assert (b.see(person, "phone"), b.see(person, "hamlet")) == ("3", "Thôn 1")
        b.edit(person, by="hoa", phone="4")
        assert b.sync().conflicts == 2
        meet(b, a)
        assert a.see(person, "phone") == b.see(person, "phone") == "2"
        assert a.see(person, "note") == "gõ trong lúc nhận"
        with b.db.read() as session:
            mine = sorted(json.loads(card.mine or "") for card in session.scalars(select(Conflict)))
        assert mine == ["3", "4"]
        assert dump(a.db) == dump(b.db) == dump(server)


def test_who_saw_the_servers_value_on_the_conflict_card_may_change_it(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="1")
        meet(a, b)
        a.edit(person, phone="2")
        a.sync()
        b.edit(person, phone="3")

        def answer_at_once(step: str, _done: int, _total: int) -> None:
            if step == "send" and b.see(person, "phone") == "2":
                b.edit(person, by="hoa", phone="3")

        assert client.run_round(b.db, answer_at_once).conflicts == 1
        meet(b, a)
        assert a.see(person, "phone") == b.see(person, "phone") == "3"
        assert dump(a.db) == dump(b.db) == dump(server)


def test_equal_values_from_both_are_no_conflict(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="1")
        meet(a, b)
        a.edit(person, phone="2", hamlet="Thôn 1")
        b.edit(person, phone="2")
        a.sync()
        report = b.sync()
        assert (report.conflicts, report.merged) == (0, 1)
        assert b.see(person, "hamlet") == "Thôn 1"
        meet(a, b)
        assert dump(a.db) == dump(b.db) == dump(server)


def test_guarded_fields_changed_by_two_people_go_to_review_together(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(birth="1950")
        meet(a, b)
        a.edit(person, name="Nguyễn Thị Hương")
        b.edit(person, birth="1951", phone="0905")
        a.sync()
        assert b.sync().conflicts == 1
        meet(a, b)
        assert a.see(person, "birth") == b.see(person, "birth") == "1950"
        assert a.see(person, "phone") == "0905"


def test_a_removal_that_did_not_see_an_edit_does_not_win(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter(phone="1")
        meet(a, b)
        a.edit(person, phone="2")
        b.edit(person, deleted_at="2026-11-01T00:00:00.000Z", deleted_reason="nhập trùng")
        a.sync()
        assert b.sync().conflicts >= 1
        meet(a, b)
        assert a.see(person, "deleted_at") is None and b.see(person, "deleted_at") is None
        assert dump(a.db) == dump(b.db) == dump(server)


def test_who_wrote_a_person_cannot_approve_it_past_the_server(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        person = a.enter()
        a.edit(person, status="waiting")
        a.decide(person, by="minh")
        report = a.sync()
        assert report.rejected == 2
        assert a.see(person, "status") == "waiting"
        with a.db.read() as session:
            codes = session.scalars(
                select(Change.verdict_code).where(Change.verdict == "rejected")
            ).all()
        assert codes == ["approver_is_author"] * 2
        assert client.status(a.db).attention == 2
        ws = workspace.attach(a.db, "lan")
        assert [(x.kind, x.record, x.code) for x in outgoing.attention(ws)] == [
            ("rejected", "person", "approver_is_author"),
            ("rejected", "approval", "approver_is_author"),
        ]
        assert outgoing.waiting(ws) == ()
        a.decide(person, by="hoa")
        assert a.sync().rejected == 0
        assert a.see(person, "status") == "approved"
        assert server.census_rows("person", "status") == [("approved",)]
        assert server.census_rows("approval", "created_by") == [("hoa",)]


def test_who_changed_a_person_last_or_has_no_right_cannot_approve(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a", "nam") as a:
        a.enrol(server)
        person = a.enter()
        a.edit(person, by="hoa", phone="0905")
        a.decide(person, by="hoa")
        assert a.sync().rejected == 2
        a.decide(person, by="nam")
        assert a.sync().rejected == 2
        with a.db.read() as session:
            codes = set(
                session.scalars(select(Change.verdict_code).where(Change.verdict == "rejected"))
            )
        assert codes == {"approver_is_author", "approver_has_no_right"}


def test_the_census_built_again_from_the_log_is_the_same(
    tmp_path: Path, either_server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(either_server)
        b.enrol(either_server)
        a.enter_many(60)
        person = a.enter(phone="1")
        meet(a, b)
        a.edit(person, phone="2", hamlet="Thôn 5")
        b.edit(person, by="hoa", phone="3", name="Lê Thị Bảy")
        meet(a, b)

        live = either_server.census()
        assert len(live["person"]) == 61
        with either_server.opened() as opened:
            census.rebuild(opened, a.office_id)
        assert either_server.census() == live


def test_the_servers_numbers_are_exact_when_push_has_answered(
    tmp_path: Path, own_server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        assert own_server.stats() == {
            "offices": 0,
            "devices": 0,
            "people": 0,
            "errands_set_aside": 0,
            "changes": 0,
        }
        a.enrol(own_server)
        a.enter_many(7)
        a.sync()
        assert own_server.stats() == {
            "offices": 1,
            "devices": 1,
            "people": 7,
            "errands_set_aside": 0,
            "changes": 17,
        }


def test_the_servers_files_tell_nobodys_name(tmp_path: Path) -> None:
    with central(tmp_path / "server") as server, pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter(name="Phan Thị Ẩn Danh", phone="0905778899")
        a.sync()
    for part in ("server.db", "server.keys"):
        raw = b"".join(path.read_bytes() for path in server.folder.glob(f"{part}*"))
        assert raw and "Ẩn Danh".encode() not in raw and b"0905778899" not in raw


def test_what_was_there_before_enrolment_belongs_to_the_servers_office(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        first, second = a.enter("Trần Văn Ba"), b.enter("Lê Thị Tư")
        a.enrol(server)
        b.enrol(server)
        meet(a, b)
        assert a.office_id == b.office_id
        for one in (a, b):
            assert {one.see(person, "office_id") for person in (first, second)} == {a.office_id}
        assert dump(a.db) == dump(b.db) == dump(server)


def test_a_note_of_a_megabyte_travels_and_a_monster_stops_nobody(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        dice = random.Random(1945)
        long = "".join(chr(dice.randrange(0x20, 0x1EF9)) for _ in range(400_000))
        person = a.enter(note=long)
        monster = a.enter(note="x" * 9_000_000)
        after = a.enter(note="😀 e\u0302\u0301 sau cùng")
        report = a.sync()
        assert (report.pending, a.verdicts()) == (0, {"accepted": 5, "rejected": 1})
        meet(b, a)
        assert b.see(person, "note") == long
        assert b.see(after, "note") == "😀 e\u0302\u0301 sau cùng"
        assert a.see(monster, "server_version") == 0
        assert client.status(a.db).state == "attention"


def test_values_of_a_newer_program_are_kept_until_there_is_a_place_for_them(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        person = a.enter()
        with a.db.write(Author("minh")) as session:
            pending = session.scalars(select(Change).where(Change.row_id == person)).one()
            pending.fields = json.dumps(json.loads(pending.fields) | {"shoe_size": 38})
            new = {"entity": "wheelchair", "row_id": str(uuid.uuid4()), "fields": '{"wheels": 3}'}
            session.add(Change(**new, txn="t", op="I", base_version=0, at=pending.at, user="minh"))
        a.sync()
        b.sync()
        assert b.see(person, "name") == "Nguyễn Thị Hường"
        with b.db.read() as session:
            kept = {extra.entity: extra.fields for extra in session.scalars(select(SyncExtra))}
        assert kept == {"person": '{"shoe_size": 38}', "wheelchair": '{"wheels": 3}'}
