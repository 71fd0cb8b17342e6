"""What the server itself refuses: one's own approval, values past an approval, users by nobody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.records.office import user_id
from sync.protocol import BatchResult, Change
from sync.server import census
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import AT, Device, House, edit, house, person, row_id

ROLES = {"hoa": "approver", "nga": "approver", "minh": "surveyor"}


@pytest.fixture(params=KINDS)
def rooms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server without doors, on either store."""
    made = house(tmp_path / "server", database_for(request.param))
    yield made
    made.close()


def user(one: Device, login: str, by: str = "lan", **fields: Any) -> Change:
    """A new user of the device's office."""
    office = one.known.sender.office_id
    whole = {"login": login, "full_name": login, "active": True, "confidential": False} | fields
    return Change("user", user_id(office, login), "I", 0, whole, AT, by)


def change(entity: str, row: str, by: str, **fields: Any) -> Change:
    """An edit that saw everything: values are (old, new)."""
    pairs = {name: list(pair) for name, pair in fields.items()}
    return Change(entity, row, "U", 99, pairs, AT, by)


def staffed(rooms: House) -> Device:
    """A device of an office whose admin lan let two approvers and a surveyor in."""
    one = rooms.device()
    one.push(user(one, "lan", role="admin"), *(user(one, n, role=r) for n, r in ROLES.items()))
    return one


def approved_person(one: Device) -> str:
    """A person whom minh wrote and hoa approved."""
    row = row_id()
    done = one.push(person(row), change("person", row, "hoa", status=("draft", "approved")))
    assert done.verdicts == "aa"
    return row


def amendment(person_id: str, by: str = "minh", **changes: Any) -> Change:
    """What somebody asks to change of an approved person."""
    fields = {"person_id": person_id, "changes": json.dumps(changes), "state": "waiting"}
    return Change("amendment", row_id(), "I", 0, fields, AT, by)


def told(answer: BatchResult) -> tuple[str, list[str]]:
    """The verdicts, and the codes of the notes in their order."""
    notes = sorted(answer.notes.items(), key=lambda note: int(note[0]))
    return answer.verdicts, [note.code for _, note in notes]


def names(rooms: House) -> list[Any]:
    with rooms.store.read() as connection:
        return list(connection.scalars(select(census.tables()["person"].c.name)))


def test_nobody_approves_a_case_he_wrote_or_changed(rooms: House) -> None:
    one = staffed(rooms)
    who, case = approved_person(one), row_id()
    fields = {"person_id": who, "case_status": "waiting", "open_reason": "khó khăn"}
    one.push(
        Change("care_case", case, "I", 0, fields, AT, "hoa"),
        change("care_case", case, "nga", open_reason=("khó khăn", "đơn thân")),
        change("care_case", case, "hoa", worker=(None, "minh")),
    )

    def approve(by: str) -> list[Change]:
        saying = {"case_id": case, "person_id": who, "note_kind": "approved"}
        return [
            change("care_case", case, by, case_status=("waiting", "approved")),
            Change("case_note", row_id(), "I", 0, saying, AT, by),
        ]

    for author in ("hoa", "nga"):
        assert told(one.push(*approve(author))) == ("rr", ["approver_is_author"] * 2)
    assert told(one.push(*approve("minh"))) == ("rr", ["approver_has_no_right"] * 2)
    assert one.push(*approve("lan")).verdicts == "aa"
    assert told(one.push(approve("hoa")[1])) == ("r", ["approver_is_author"])


def test_nobody_lets_out_what_he_asked_to_share(rooms: House) -> None:
    one = staffed(rooms)
    row, wish = row_id(), row_id()
    asked = {"person_id": row, "recipient": "Hội", "sharing_state": "waiting"}
    one.push(person(row), Change("sharing", wish, "I", 0, asked, AT, "hoa"))

    def approve(by: str) -> Change:
        return change("sharing", wish, by, sharing_state=("waiting", "approved"))

    assert told(one.push(approve("hoa"))) == ("r", ["approver_is_author"])
    assert told(one.push(approve("minh"))) == ("r", ["approver_has_no_right"])
    elsewhere = change("sharing", wish, "nga", sharing_state=("waiting", "approved"),
                       recipient=("Hội", "Quỹ"))  # fmt: skip
    assert told(one.push(elsewhere)) == ("r", ["approver_is_author"])
    assert one.push(approve("nga")).verdicts == "a"


def test_every_author_since_the_last_approval_counts(rooms: House) -> None:
    one = staffed(rooms)
    row = row_id()
    approve = change("person", row, "hoa", status=("waiting", "approved"))
    one.push(
        person(row),
        change("person", row, "hoa", phone=(None, "1")),
        change("person", row, "minh", phone=("1", "2")),
    )
    assert told(one.push(approve)) == ("r", ["approver_is_author"])
    assert one.push(change("person", row, "nga", status=("waiting", "approved"))).verdicts == "a"
    undone = change("person", row, "nga", status=("approved", "waiting"))
    assert one.push(undone, change("person", row, "minh", phone=("2", "3"))).verdicts == "aa"
    assert one.push(approve).verdicts == "a"
    both = change("person", row, "nga", status=("waiting", "approved"), hamlet=(None, "Thôn 1"))
    assert told(one.push(both)) == ("r", ["approver_is_author"])


def belonging(entity: str, by: str, **fields: Any) -> Change:
    """One more row that belongs to a person."""
    return Change(entity, row_id(), "I", 0, fields, AT, by)


def test_nobody_approves_a_person_whose_need_accident_or_file_he_wrote(rooms: House) -> None:
    one, two = staffed(rooms), rooms.device()
    for kind in ("need", "victim", "attachment"):
        row = row_id()
        one.push(person(row), belonging(kind, "hoa", person_id=row))
        approve = change("person", row, "hoa", status=("draft", "approved"))
        assert told(two.push(approve)) == ("r", ["approver_is_author"]), kind
        late = row_id()
        both = (person(late), belonging(kind, "hoa", person_id=late))
        approve = change("person", late, "hoa", status=("draft", "approved"))
        assert told(two.push(*both, approve)) == ("aar", ["approver_is_author"]), kind
        nga = change("person", row, "nga", status=("draft", "approved"))
        assert two.push(nga).verdicts == "a", kind


def test_the_needs_of_a_merged_record_belong_to_the_one_that_stays(rooms: House) -> None:
    one = staffed(rooms)
    row, twin = row_id(), row_id()
    one.push(person(row), person(twin), belonging("need", "hoa", person_id=twin))
    about = {"person_id": row, "absorbed_id": twin, "changes": "{}"}
    merger = belonging("merger", "lan", **about, state="merged")
    by = {n: change("person", row, n, status=("draft", "approved")) for n in ("hoa", "nga")}
    assert told(one.push(merger, by["hoa"])) == ("ar", ["approver_is_author"])
    assert told(one.push(by["hoa"])) == ("r", ["approver_is_author"])
    undone = change("merger", merger.row, "lan", state=("merged", "undone"))
    assert one.push(undone, by["hoa"]).verdicts == "aa"


def test_a_changed_need_and_a_changed_accident_count_until_somebody_else_approves(
    rooms: House,
) -> None:
    one = staffed(rooms)
    row = row_id()
    accident = belonging("accident", "minh", device="mine")
    victim = belonging("victim", "minh", person_id=row, accident_id=accident.row)
    wish = belonging("need", "minh", person_id=row, item="medical.wheelchair")
    one.push(person(row), accident, victim, wish)
    one.push(change("accident", accident.row, "hoa", device=("mine", "bomb")))
    one.push(change("need", wish.row, "nga", priority=(None, 1)))
    by = {n: change("person", row, n, status=("draft", "approved")) for n in ("hoa", "nga", "lan")}
    assert told(one.push(by["hoa"], by["nga"])) == ("rr", ["approver_is_author"] * 2)
    assert one.push(by["lan"]).verdicts == "a"
    decision = belonging("approval", "lan", person_id=row, decision="approved", person_version=1)
    assert one.push(decision).verdicts == "a"
    one.push(belonging("need", "lan", person_id=row), belonging("need", "minh", person_id=row))
    one.push(change("person", row, "lan", status=("approved", "waiting")))
    again = {n: change("person", row, n, status=("waiting", "approved")) for n in ("hoa", "lan")}
    assert told(one.push(again["lan"])) == ("r", ["approver_is_author"])
    assert one.push(again["hoa"]).verdicts == "a"


def test_a_guarded_value_of_an_approved_person_needs_an_approved_amendment(rooms: House) -> None:
    one = staffed(rooms)
    row = approved_person(one)
    renamed = change("person", row, "hoa", name=("Nguyễn Thị Hường", "Nguyễn Thị Hương"))
    assert told(one.push(renamed)) == ("r", ["guarded_without_approval"])
    assert one.push(change("person", row, "minh", phone=(None, "0905"))).verdicts == "a"
    other = amendment(row, name=["Nguyễn Thị Hường", "Nguyễn Thị Hồng"])
    assert told(one.push(other, renamed)) == ("ar", ["guarded_without_approval"])
    assert names(rooms) == ["Nguyễn Thị Hường"]


@pytest.mark.parametrize("person_first", [True, False])
def test_amendment_and_person_come_in_either_order(rooms: House, person_first: bool) -> None:
    one = staffed(rooms)
    row = approved_person(one)
    asked = amendment(row, by="nga", name=["Nguyễn Thị Hường", "Nguyễn Thị Hương"])

    def approve(by: str) -> list[Change]:
        pair = [
            change("person", row, by, name=("Nguyễn Thị Hường", "Nguyễn Thị Hương")),
            change(
                "amendment", asked.row, by, state=("waiting", "approved"), decided_by=(None, by)
            ),
        ]
        return pair if person_first else pair[::-1]

    one.push(asked)
    for by in ("nga", "minh"):
        answer = one.push(*approve(by))
        assert answer.verdicts == "rr"
    assert names(rooms) == ["Nguyễn Thị Hường"]
    assert one.push(*approve("hoa")).verdicts == "aa"
    assert names(rooms) == ["Nguyễn Thị Hương"]
    undone = change("person", row, "hoa", status=("approved", "waiting"))
    again = change("person", row, "hoa", status=("waiting", "approved"))
    assert one.push(undone, again).verdicts == "aa"


def test_a_guarded_edit_that_did_not_see_the_approval_is_a_conflict(rooms: House) -> None:
    one, two = staffed(rooms), rooms.device()
    row = row_id()
    one.push(person(row))
    one.push(change("person", row, "hoa", status=("draft", "approved")))
    blind = edit(row, 1, name=("Nguyễn Thị Hường", "Nguyễn Thị Hương"))
    assert two.push(blind).verdicts == "c"


def test_who_has_not_arrived_is_waited_for_and_who_left_is_refused(rooms: House) -> None:
    one = rooms.device()
    row, late = row_id(), row_id()
    one.push(user(one, "lan", role="admin"), person(row))
    approve = change("person", row, "hoa", status=("draft", "approved"))
    assert told(one.push(approve)) == ("d", ["user_missing"])
    assert one.push(user(one, "hoa", role="approver")).verdicts == "a"
    with rooms.store.read() as connection:
        assert connection.scalar(select(census.tables()["person"].c.status)) == "approved"
    hoa = user_id(one.known.sender.office_id, "hoa")
    decision = {"person_id": late, "decision": "approved", "person_version": 1}
    early = Change("approval", row_id(), "I", 0, decision, AT, "hoa")
    assert told(one.push(early)) == ("d", ["parent_missing"])
    assert told(one.push(change("person", late, "hoa", status=("draft", "approved")))) == (
        "d",
        ["row_missing"],
    )
    assert one.push(person(late), change("user", hoa, "lan", active=(True, False))).verdicts == "aa"
    fresh = row_id()
    gone = change("person", fresh, "hoa", status=("draft", "approved"))
    assert told(one.push(person(fresh), gone)) == ("ar", ["approver_has_no_right"])


def test_only_a_working_admin_lets_users_in_or_changes_their_rights(rooms: House) -> None:
    one = rooms.device()
    office = one.known.sender.office_id
    assert told(one.push(user(one, "minh", by="minh", role="surveyor")))[0] == "r"
    assert one.push(
        user(one, "lan", role="admin"), user(one, "minh", role="surveyor")
    ).verdicts == ("aa")
    minh = user_id(office, "minh")
    for fields in (
        {"role": ("surveyor", "admin")},
        {"confidential": (False, True)},
        {"basis": (None, "QĐ 12")},
    ):
        raised = change("user", minh, "minh", **fields)
        assert told(one.push(raised)) == ("r", ["user_needs_admin"])
    assert told(one.push(user(one, "kim", by="kim", role="admin"))) == ("r", ["user_needs_admin"])
    assert told(one.push(user(one, "kim", by="minh", role="admin"))) == ("r", ["user_needs_admin"])
    assert one.push(change("user", minh, "minh", full_name=("minh", "Lê Minh"))).verdicts == "a"
    assert one.push(change("user", minh, "lan", role=("surveyor", "approver"))).verdicts == "a"


def test_two_pcs_that_the_same_first_admin_made(rooms: House) -> None:
    one, two = rooms.device(), rooms.device()
    for pc in (one, two):
        users = [user(pc, "lan", role="admin", confidential=True), user(pc, "hoa", role="approver")]
        assert "r" not in pc.push(*users).verdicts


def test_a_repair_that_brings_a_decision_is_no_way_around_the_rule(rooms: House) -> None:
    one = staffed(rooms)
    row = row_id()
    one.push(person(row))
    said = {"person_id": row, "decision": "approved", "person_version": 1}
    for by, code in (("", "approver_has_no_right"), ("minh", "approver_is_author")):
        pairs = {name: [None, value] for name, value in said.items()}
        forged = Change("approval", row_id(), "U", 0, pairs, AT, by, "bypass")
        assert told(one.push(forged)) == ("r", [code])


def test_an_approval_of_one_case_is_not_moved_to_another(rooms: House) -> None:
    one = staffed(rooms)
    who, mine, other, note = approved_person(one), row_id(), row_id(), row_id()
    for case, author in ((mine, "hoa"), (other, "minh")):
        one.push(Change("care_case", case, "I", 0, {"person_id": who}, AT, author))
    saying = {"case_id": other, "person_id": who, "note_kind": "approved"}
    assert one.push(Change("case_note", note, "I", 0, saying, AT, "hoa")).verdicts == "a"
    moved = change("case_note", note, "hoa", case_id=(other, mine))
    assert told(one.push(moved)) == ("r", ["approver_is_author"])


def test_an_amendment_lets_its_values_in_once(rooms: House) -> None:
    one = staffed(rooms)
    row = approved_person(one)
    names_in_turn = ["Nguyễn Thị Hường", "Nguyễn Thị Hương", "Nguyễn Thị Hồng"]
    for old, new in zip(names_in_turn, names_in_turn[1:], strict=False):
        asked = amendment(row, name=[old, new])
        state = change("amendment", asked.row, "hoa", state=("waiting", "approved"))
        renamed = change("person", row, "hoa", name=(old, new))
        assert one.push(asked, renamed, state).verdicts == "aaa"
    back = change("person", row, "hoa", name=("Nguyễn Thị Hồng", "Nguyễn Thị Hương"))
    assert told(one.push(back)) == ("r", ["guarded_without_approval"])


def test_the_admin_who_brings_a_second_pc_in_is_let_in_with_it(rooms: House) -> None:
    one, two = staffed(rooms), rooms.device()
    tam, kim = user(two, "tam", by="tam", role="admin"), user(two, "kim", by="tam", role="approver")
    assert two.push(tam, kim).verdicts == "aa"
    assert told(two.push(user(two, "son", by="son", role="admin"))) == ("r", ["user_needs_admin"])
    row = row_id()
    approve = change("person", row, "kim", status=("draft", "approved"))
    assert one.push(person(row), approve).verdicts == "aa"
