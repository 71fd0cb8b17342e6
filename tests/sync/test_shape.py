"""What one PC sends, sound or not, stops neither the server nor the other PCs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from data.base import new_id
from data.database import Author
from data.records.change import Change as Pending
from data.records.need import Need
from data.records.office import user_id
from data.records.person import Person
from sync import keys
from sync.frames import BadFrame
from sync.protocol import Change, EnrolRequest
from sync.server import accounts
from sync.server.log import Refusal
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import AT, House, edit, house, need, person, row_id
from tests.sync.parts import Central, pc


@pytest.fixture(params=KINDS)
def rooms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server without doors, on either store."""
    made = house(tmp_path / "server", database_for(request.param))
    yield made
    made.close()


def test_what_no_pc_could_write_down_is_refused_or_waits(rooms: House) -> None:
    one = rooms.device()
    who, its_need = row_id(), row_id()
    office = one.known.sender.office_id
    login = {"login": "hoa", "full_name": "Hoa", "role": "admin"}
    lan = {"login": "lan", "full_name": "Lan", "role": "admin"}
    one.push(Change("user", user_id(office, "lan"), "I", 0, lan, AT, "lan"))
    one.push(person(who), need(its_need, who))

    def sent(entity: str, row: str, op: Any, fields: dict[str, Any], **more: Any) -> str:
        return one.push(Change(entity, row, op, 0, fields, AT, "lan", **more)).verdicts

    assert sent("need", its_need, "U", {"person_id": [who, row_id()]}) == "d"
    assert sent("need", its_need, "U", {"person_id": [who, None]}) == "r"
    assert sent("need", row_id(), "I", {"need_group": "medical"}) == "r"
    assert sent("need", row_id(), "I", {"person_id": 5}) == "r"
    assert sent("need", row_id(), "U", {"person_id": [None, row_id()]}, source="bypass") == "d"
    assert sent("need", row_id(), "U", {"need_group": [None, "x"]}, source="bypass") == "r"
    assert sent("user", user_id(office, "lan"), "U", {"full_name": ["Lan", None]}) == "r"
    assert sent("user", row_id(), "I", login) == "r"
    odd = Change("person", row_id(), "I", 0, {"name": "A"}, "yesterday", "minh")
    assert one.push(odd).verdicts == "r"


def test_numbers_that_no_store_holds_are_no_batch(rooms: House) -> None:
    one = rooms.device()
    for name in ("batch_no", "first_seq", "epoch", "schema_v"):
        with pytest.raises(BadFrame):
            one.deliver(one.seal([person(row_id())], **{name: 2**70}))
    assert one.push(person(row_id())).verdicts == "a"
    with pytest.raises(Refusal) as trouble:
        one.deliver(one.seal([person(row_id())], first_seq=1))
    assert trouble.value.code == "forked"


def test_one_code_lets_one_of_many_pcs_in(rooms: House) -> None:
    for _ in range(5):
        mark = rooms.server.pair.verify_bytes
        code = accounts.new_code(rooms.store, "Phòng A", ("63:548",), mark)

        def enrol(_number: int, code: str = code) -> str:
            pair = keys.new_pair()
            public = (pair.verify_bytes.hex(), pair.box_bytes.hex())
            try:
                accounts.enrol(rooms.store, EnrolRequest(code, "máy", *public, "n"))
            except Refusal as refusal:
                return refusal.code
            return "in"

        with ThreadPoolExecutor(8) as crowd:
            assert sorted(crowd.map(enrol, range(8))) == ["code_used"] * 7 + ["in"]


def test_two_first_codes_of_a_name_make_one_office(rooms: House) -> None:
    mark = rooms.server.pair.verify_bytes

    def code(number: int) -> str:
        name = f"Phòng {number // 8}"
        return accounts.new_code(rooms.store, name, ("63:548",), mark)

    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(code, range(40)))) == 40


def test_a_unit_of_a_newer_program_passes_an_older_server_and_pc(
    tmp_path: Path, either_server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(either_server)
        b.enrol(either_server)
        who = a.enter()
        a.edit(who, commune="63:99999")
        assert a.sync().pending == 0
        b.sync()
        assert b.see(who, "commune") == "63:99999"
        assert b.see(who, "current_commune") is None


def test_a_commit_that_fails_gives_the_pen_back(tmp_path: Path) -> None:
    with pc(tmp_path / "a") as a:
        orphan = Need(office_id=a.office_id, person_id=new_id(), need_group="medical")
        with pytest.raises(Exception, match="FOREIGN KEY"), a.db.write(Author("minh")) as session:
            session.add(orphan)
        a.enter()
        assert a.count(Need) == 0
        assert a.count(Person) == 1


def test_values_of_a_newer_program_reach_every_pc(tmp_path: Path, server: Central) -> None:
    """Larger numbers and other types than this program's columns take."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        who = a.enter()
        a.sync()
        with a.db.write(Author("minh")) as session:
            change = edit(who, 1, household_size=(None, 2**80), mine_victim=(None, "yes"))
            line = {"entity": "person", "row_id": who, "op": "U", "base_version": 1}
            line |= {"fields": json.dumps(change.fields), "at": AT, "user": "minh", "txn": "newer"}
            session.add(Pending(**line))
        assert a.sync().rejected == 0
        b.sync()
        b.enter()
        assert b.sync().pending == 0
        assert b.see(who, "name") == "Nguyễn Thị Hường"
