"""The server alone, three offices and chance: at every version a person has exactly one home."""

from __future__ import annotations

import itertools
import json
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import and_, delete, func, select

from data.records.office import user_id
from data.records.transfer import OPEN
from sync.protocol import Change, Entry, PullRequest
from sync.server import census, console, log, store, transferring
from tests import chance
from tests.sync import devices
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import AT, Device, House, need, person, row_id

STEPS, PERSONS, AT_HOME, ODD = 80, 3, 0.6, 0.15


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    made = devices.house(tmp_path / "server", database_for(request.param))
    yield made
    made.close()


@dataclass
class Place:
    """One office with a PC: lan is admin, hoa approves, minh surveys."""

    name: str
    device: Device
    id: str = ""
    written: list[str] = field(default_factory=list)

    def push(self, entity: str, row: str, op: str, by: str, base: int = 10**6, **f: Any) -> str:
        """One change; the verdict letter. `base` far ahead: who writes has seen everything."""
        change = Change(entity, row, op, 0 if op == "I" else base, f, AT, by)  # type: ignore[arg-type]
        return self.device.push(change).verdicts

    def stream(self) -> list[Entry]:
        """The whole log of the office as a new PC pulls it."""
        request = PullRequest(self.id, 0, 1000, own=True)
        return log.page(self.device.house.book, self.device.known.sender, request).entries


def place(house: House, name: str) -> Place:
    made = Place(name, house.device(name))
    made.id = made.device.known.sender.office_id
    roles = {"lan": "admin", "hoa": "approver", "minh": "surveyor"}
    plain = {"active": True, "confidential": False}
    users = [
        Change(
            "user",
            user_id(made.id, login),
            "I",
            0,
            {"login": login, "full_name": login, "role": role} | plain,
            AT,
            "lan",
        )
        for login, role in roles.items()
    ]
    assert made.device.push(*users).verdicts == "aaa"
    return made


def ask(here: Place, there: Place, who: str) -> str:
    """The id of a request of minh's, whatever the server says to it."""
    request, whole = row_id(), {
        "person_id": who, "bundle": row_id(), "from_office": here.id, "from_name": here.name,
        "to_office": there.id, "to_name": there.name, "person_name": "x", "reason": "vì sao",
        "moves_on": "2026-11-26", "state": "asked",
    }  # fmt: skip
    here.push("transfer", request, "I", "minh", **whole)
    return request


def step(at: Place, request: str, before: str, after: str, by: str = "hoa") -> str:
    return at.push("transfer", request, "U", by, state=[before, after])


def homes(house: House) -> dict[str, list[str]]:
    """By person the scopes that say she is there: by their rows and by their census."""
    found: dict[str, list[str]] = {}
    with house.store.read() as connection:
        row = store.row.c
        query = select(row.row_id, row.scope_id).where(row.entity == "person", row.moved_to == "")
        for who, scope in connection.execute(query):
            found.setdefault(who, []).append(scope)
        table = census.tables()["person"].c
        counted = connection.execute(select(table.id, table.office_id)).tuples().all()
    assert sorted(counted) == sorted((who, one) for who, scopes in found.items() for one in scopes)
    return found


def test_whatever_offices_do_each_person_has_one_home_and_no_word_is_lost(house: House) -> None:
    dice = chance.dice(27)
    offices = [place(house, name) for name in ("Phòng A", "Phòng B", "Phòng C")]
    who = row_id()
    offices[0].device.push(person(who, note="chữ đầu."))
    request = ask(offices[0], offices[1], who)
    assert (
        step(offices[0], request, "asked", "sent") + step(offices[1], request, "sent", "accepted")
        == "aa"
    )
    persons: dict[str, list[str]] = {who: ["chữ đầu."]}
    for number in range(STEPS):
        at, word = dice.choice(offices), f"chữ-{number}."
        deed = dice.choice("edit edit need ask ask go go go go go go".split())
        who = dice.choice(list(persons)) if persons else ""
        if persons and dice.random() < AT_HOME:
            (home,) = homes(house)[who]
            at = next(one for one in offices if one.id == home)
        if len(persons) < PERSONS:
            who = row_id()
            assert at.device.push(person(who, note=word)).verdicts == "a"
            persons[who] = [word]
        elif deed == "edit":
            verdict = at.push("person", who, "U", "minh", note=[None, word])
            if verdict in "amcd":
                persons[who].append(word)
        elif deed == "need":
            if at.device.push(need(row_id(), who, need_note=word)).verdicts in "ad":
                persons[who].append(word)
        elif deed == "ask":
            ask(at, dice.choice(offices), who)
        else:
            go_on(dice, offices, house)
        assert {who: len(scopes) for who, scopes in homes(house).items()} == dict.fromkeys(
            persons, 1
        )
    said = {
        at.id: json.dumps([one.fields for one in at.stream()], ensure_ascii=False) for at in offices
    }
    parked = json.dumps(waiting_changes(house), ensure_ascii=False)
    for who, scopes in homes(house).items():
        for word in persons[who]:
            holders = [one for one, words in said.items() if word in words]
            assert holders == scopes or (not holders and word in parked), (who, word)
    assert any('"arrived"' in words for words in said.values())
    assert not waiting_in_vain(house)
    for at in offices:
        numbers = [one.seq for one in at.stream()]
        assert numbers == list(range(1, len(numbers) + 1))


def go_on(dice: random.Random, offices: list[Place], house: House) -> None:
    """Somebody in some office does some step of a request that it has, allowed or not."""
    with house.store.read() as connection:
        table = census.tables()["transfer"].c
        columns = (table.office_id, table.id, table.state, table.to_office)
        query = select(*columns).where(table.state.in_(OPEN))
        known = connection.execute(query.order_by(table.created_at, table.id)).all()
    if not known:
        return
    office, request, before, there = dice.choice(known)
    at = next(one for one in offices if one.id == office)
    after = (
        {"asked": "sent", "sent": "accepted"}.get(before, "moved") if office == there else "sent"
    )
    if dice.random() < ODD:
        after = dice.choice("sent accepted refused withdrawn moved".split())
    verdict = step(at, request, before, after)
    assert after != "moved" or verdict == "r"


def waiting_in_vain(house: House) -> list[str]:
    """Changes that wait for somebody who is at home where they wait."""
    parked, row = store.parked.c, store.row.c
    here = (row.scope_id == parked.scope_id, row.row_id == parked.waits_for, row.moved_to == "")
    with house.store.read() as connection:
        query = select(parked.change).join(store.row, and_(*here))
        return list(connection.scalars(query))


def waiting_changes(house: House) -> list[str]:
    with house.store.read() as connection:
        return list(connection.scalars(select(store.parked.c.change)))


def test_two_offices_hand_over_to_one_another_at_the_same_time(house: House) -> None:
    a, b = place(house, "Phòng A"), place(house, "Phòng B")
    asked: list[tuple[Place, str]] = []
    for here, there in ((a, b), (b, a)) * 6:
        who = row_id()
        here.device.push(person(who))
        request = ask(here, there, who)
        assert step(here, request, "asked", "sent") == "a"
        asked.append((there, request))
    failed: list[Exception] = []

    def accept(at: Place) -> None:
        try:
            for one, request in asked:
                if one is at:
                    assert step(at, request, "sent", "accepted") == "a"
        except Exception as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)

    threads = [threading.Thread(target=accept, args=(at,)) for at in (a, b)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert sorted(len(scopes) for scopes in homes(house).values()) == [1] * 12
    with house.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(store.errand)) == 0
        moved = census.tables()["transfer"].c.state
        assert set(connection.scalars(select(moved))) == {"moved"}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[House, Place, Place]]:
    """A server without doors on SQLite, and two offices."""
    made = devices.house(tmp_path / "server")
    yield made, place(made, "Phòng A"), place(made, "Phòng B")
    made.close()


def hand_over(here: Place, there: Place, who: str) -> None:
    request = ask(here, there, who)
    assert step(here, request, "asked", "sent") + step(there, request, "sent", "accepted") == "aa"


def people(at: Place, count: int = 2) -> list[str]:
    ids = [row_id() for _ in range(count)]
    assert at.device.push(*(person(one, note="lời riêng") for one in ids)).verdicts == "a" * count
    return ids


def changed(entity: str, row: str, by: str, **pairs: Any) -> Change:
    return Change(entity, row, "U", 10**6, {n: list(two) for n, two in pairs.items()}, AT, by)


def test_a_late_record_and_an_approval_in_one_batch_are_both_taken(
    two: tuple[House, Place, Place],
) -> None:
    _house, a, b = two
    gone, stays = people(a)
    hand_over(a, b, gone)
    approved = changed("person", stays, "hoa", status=("draft", "approved"))
    pair = {"absorbed_id": gone, "person_id": stays, "state": "merged"}
    merger = Change("merger", row_id(), "I", 0, pair, AT, "hoa")
    assert a.device.push(need(row_id(), gone), merger, approved).verdicts == "dda"
    asked = {"person_id": gone, "changes": "{}", "state": "waiting"}
    late = Change("amendment", row_id(), "I", 0, asked, AT, "minh")
    guarded = changed("person", stays, "hoa", name=("Nguyễn Thị Hường", "Lê Thị Hoa"))
    assert a.device.push(late, guarded).verdicts == "dr"


def errands(house: House) -> list[int]:
    with house.store.read() as connection:
        return list(connection.scalars(select(store.errand.c.seq).order_by(store.errand.c.seq)))


def proposals(house: House, at: Place) -> list[Any]:
    """The late edits that an office's log holds, as its census shows them."""
    table = census.tables()["proposal"]
    with house.store.read() as connection:
        return list(connection.execute(select(table).where(table.c.office_id == at.id)))


def test_a_late_edit_of_somebody_who_came_back_meanwhile_is_decided_at_home(
    two: tuple[House, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, a, b = two
    who, _stays = people(a)
    wheels = row_id()
    a.device.push(need(wheels, who))
    hand_over(a, b, who)
    monkeypatch.setattr(transferring, "BUDGET_S", -1.0)
    late = changed("need", wheels, "minh", need_note=(None, "cỡ nhỏ"))
    own = changed("person", who, "minh", note=("lời riêng", "lời kín"))
    assert a.device.push(late, own).verdicts == "dd" and len(errands(house)) == 2
    request = ask(b, a, who)
    assert step(b, request, "asked", "sent") == "a"
    transferring._once(house.book, b.id, a.id)
    monkeypatch.setattr(transferring, "BUDGET_S", 2.0)
    with house.store.write() as connection:
        kept = [dict(line._mapping) for line in connection.execute(select(store.errand))]
        connection.execute(delete(store.errand))
    assert step(a, request, "sent", "accepted") == "a"
    with house.store.write() as connection:
        connection.execute(store.errand.insert(), kept)
    transferring.settle(house.book, a.id)
    assert errands(house) == [] and homes(house)[who] == [a.id]
    assert proposals(house, b) == [] and "kín" not in json.dumps([e.fields for e in b.stream()])
    found = proposals(house, a)
    assert {one.person_id for one in found} == {who} and {one.from_office for one in found} == {""}
    assert sorted(json.loads(one.fields).popitem()[0] for one in found) == ["need_note", "note"]
    one = found[0].id
    assert a.push("proposal", one, "U", "minh", state=["waiting", "declined"]) == "a"
    assert errands(house) == []


@pytest.mark.logs("errand [0-9]+ of office .* is set aside")
def test_an_errand_that_nobody_can_carry_out_stops_no_other(
    two: tuple[House, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, a, b = two
    who, _stays = people(a)
    hand_over(a, b, who)
    sound = transferring._late

    def late(here: Any, there: Any, row: str, change: Change) -> None:
        sound(here, there, row, change)
        if change.fields["note"][1] == "hỏng":
            raise LookupError("hỏng")

    monkeypatch.setattr(transferring, "_late", late)
    words = ("trước", "hỏng", "sau")
    edits = [changed("person", who, "minh", note=("lời riêng", word)) for word in words]
    assert a.device.push(*edits).verdicts == "ddd"
    assert len(proposals(house, b)) == 2 and [one < 0 for one in errands(house)] == [True]
    assert console.stats(house.server.folder)["errands_set_aside"] == 1
    transferring.settle(house.book, a.id)
    assert [one < 0 for one in errands(house)] == [True]
    monkeypatch.setattr(transferring, "_late", sound)
    with house.store.write() as connection:
        transferring.try_again(connection)
    transferring.settle(house.book, a.id)
    assert errands(house) == [] and len(proposals(house, b)) == 3


def test_what_takes_too_long_is_carried_out_the_next_time(
    two: tuple[House, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, a, b = two
    everybody = people(a, 6)
    asked = [ask(a, b, who) for who in everybody]
    assert [step(a, one, "asked", "sent") for one in asked] == ["a"] * 6
    clock = itertools.count(step=0.3)  # each look at it is a third of a second later
    with monkeypatch.context() as slow:
        slow.setattr(transferring, "time", SimpleNamespace(monotonic=lambda: next(clock)))
        yes = [changed("transfer", one, "hoa", state=("sent", "accepted")) for one in asked]
        assert b.device.push(*yes).verdicts == "a" * 6
    moved = [who for who in everybody if homes(house)[who] == [b.id]]
    assert 0 < len(moved) < 6 and next(clock) < 2.5  # two seconds, and whoever asked is answered
    assert len(errands(house)) == 6 - len(moved)
    transferring.settle(house.book, b.id)
    assert {homes(house)[who][0] for who in everybody} == {b.id} and errands(house) == []


def test_a_late_edit_laid_just_before_she_goes_back_goes_along(
    two: tuple[House, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, a, b = two
    (who,) = people(a, 1)
    hand_over(a, b, who)
    request = ask(b, a, who)
    assert step(b, request, "asked", "sent") == "a"
    monkeypatch.setattr(transferring, "BUDGET_S", -1.0)
    late = changed("person", who, "minh", note=("lời riêng", "lời kín"))
    assert a.device.push(late).verdicts == "d"
    assert step(a, request, "sent", "accepted") == "a" and len(errands(house)) == 2
    monkeypatch.setattr(transferring, "BUDGET_S", 2.0)
    transferring.settle(house.book, a.id)
    assert homes(house)[who] == [a.id] and proposals(house, b) == []
    assert [json.loads(one.fields) for one in proposals(house, a)] == [
        {"note": ["lời riêng", "lời kín"]}
    ]


def test_an_answer_whose_record_went_on_meanwhile_changes_nothing(
    two: tuple[House, Place, Place], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, a, b = two
    (who,), c = people(a, 1), place(house, "Phòng C")
    hand_over(a, b, who)
    a.device.push(changed("person", who, "minh", note=("lời riêng", "lời kín")))
    (late,) = proposals(house, b)
    monkeypatch.setattr(transferring, "BUDGET_S", -1.0)
    assert b.push("proposal", late.id, "U", "minh", state=["waiting", "declined"]) == "a"
    monkeypatch.setattr(transferring, "BUDGET_S", 2.0)
    with house.store.write() as connection:
        kept = [dict(line._mapping) for line in connection.execute(select(store.errand))]
        connection.execute(delete(store.errand))
    hand_over(b, c, who)
    with house.store.write() as connection:
        connection.execute(store.errand.insert(), kept)
    transferring.settle(house.book, b.id)
    assert errands(house) == [] and [one.state for one in proposals(house, a)] == ["waiting"]
