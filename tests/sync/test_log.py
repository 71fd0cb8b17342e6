"""The server's log: each batch once, in order, each change with its verdict, nothing in between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select

from sync import blob, codec, protocol
from sync.frames import BadFrame
from sync.protocol import Change
from sync.server import blobs, census, log, snapshot, store
from sync.server.log import Refusal
from sync.snapshot_words import SnapshotRequest
from tests.sync.conftest import KINDS, database_for
from tests.sync.devices import AT, Device, House, edit, house, need, person, row_id


@pytest.fixture(params=KINDS)
def rooms(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[House]:
    """A server without doors, on either store."""
    made = house(tmp_path / "server", database_for(request.param))
    yield made
    made.close()


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[House]:
    """A server without doors, on SQLite."""
    made = house(tmp_path / "server")
    yield made
    made.close()


def count(rooms: House, table: store.Table) -> int:
    with rooms.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_a_batch_delivered_again_gets_the_same_answer_and_changes_nothing(rooms: House) -> None:
    one = rooms.device()
    content = one.seal([person(row_id()) for _ in range(30)])
    first = one.deliver(content)
    assert first.verdicts == "a" * 30 and first.versions == [1] * 30
    assert one.deliver(content) == first
    assert (count(rooms, store.entry), count(rooms, store.ledger)) == (30, 1)
    assert [entry.seq for entry in one.pull().entries] == list(range(1, 31))


@pytest.mark.parametrize("version", [0, 1, 99])
def test_a_program_of_any_age_may_push_for_ever(quick: House, version: int) -> None:
    one, row = quick.device(), row_id()
    change = person(row, shoe_size=38)
    result = one.deliver(one.seal([change], schema_v=version, proto=version))
    assert result.verdicts == "a"
    (entry,) = quick.device().pull().entries
    assert entry.fields["shoe_size"] == 38


def test_the_same_number_with_other_content_is_fenced(rooms: House) -> None:
    one = rooms.device()
    one.push(person(row_id()))
    one.batch_no, one.digest, one.seq = 0, "", 1
    with pytest.raises(Refusal) as refusal:
        one.push(person(row_id(), name="Kẻ khác"))
    assert refusal.value.code == "forked"
    assert count(rooms, store.entry) == 1


def test_a_gap_is_refused_with_the_number_that_is_expected(rooms: House) -> None:
    one = rooms.device()
    one.push(person(row_id()))
    one.seal([person(row_id())])
    with pytest.raises(Refusal) as refusal:
        one.push(person(row_id()))
    assert (refusal.value.code, refusal.value.facts) == ("expected", {"batch_no": 2})
    one.deliver(one.sealed[1])
    one.deliver(one.sealed[2])
    assert count(rooms, store.ledger) == 3


def test_a_batch_on_another_past_is_fenced(rooms: House) -> None:
    one = rooms.device()
    one.push(person(row_id()))
    one.digest = "0" * 64
    with pytest.raises(Refusal) as refusal:
        one.push(person(row_id()))
    assert refusal.value.code == "forked"


def test_a_batch_of_another_epoch_is_refused(quick: House) -> None:
    one = quick.device()
    one.epoch = 2
    with pytest.raises(Refusal) as refusal:
        one.push(person(row_id()))
    assert (refusal.value.code, refusal.value.facts) == ("wrong_epoch", {"epoch": 1})


def test_a_child_that_comes_before_its_parent_waits_for_it(rooms: House) -> None:
    one, two = rooms.device(), rooms.device()
    parent, child = row_id(), row_id()
    assert one.push(need(child, parent, need_group="medical")).verdicts == "d"
    assert (
        one.push(Change("need", child, "U", 0, {"priority": [None, 2]}, AT, "hoa")).verdicts == "d"
    )
    assert count(rooms, store.parked) == 2
    assert two.push(person(parent)).verdicts == "a"
    assert count(rooms, store.parked) == 0
    with rooms.store.read() as connection:
        line = connection.execute(census.tables()["need"].select()).mappings().one()
    assert (line["need_group"], line["priority"], line["version"]) == ("medical", 2, 2)
    assert [entry.own for entry in one.pull().entries] == [0, 1, 2]


def test_a_parent_later_in_the_same_batch_is_found(quick: House) -> None:
    parent = row_id()
    assert quick.device().push(need(row_id(), parent), person(parent)).verdicts == "aa"


def test_conflicts_are_found_by_versions_whatever_the_clocks_say(rooms: House) -> None:
    one, two = rooms.device(), rooms.device()
    row = row_id()
    one.push(person(row, phone="1"))
    late = edit(row, 1, phone=("1", "2"))
    early = Change("person", row, "U", 1, {"phone": ["1", "3"]}, "1999-01-01T00:00:00.000Z", "hoa")
    assert one.push(late).verdicts == "a"
    answer = two.push(early)
    assert (answer.verdicts, answer.versions) == ("c", [0])
    note = answer.notes["0"]
    assert (note.theirs, note.base, note.by, note.seen) == (
        {"phone": "2"},
        {"phone": "1"},
        {"phone": "minh"},
        {"phone": 2},
    )
    card = one.pull().entries[-1]
    assert (card.op, card.fields, card.user, card.theirs_by) == (
        "C",
        {"phone": ["1", "2", "3", {"by": "minh", "at": AT, "on": "máy", "mine_on": "máy"}]},
        "hoa",
        "minh",
    )
    assert two.push(edit(row, 2, phone=("2", "3"))).verdicts == "a"


def test_a_device_sees_its_own_changes_before_they_come_back(quick: House) -> None:
    one = quick.device()
    row = row_id()
    answer = one.push(person(row, phone="1"), edit(row, 0, phone=("1", "2")))
    assert (answer.verdicts, answer.versions) == ("aa", [1, 2])
    assert one.push(edit(row, 0, phone=("2", "3"))).verdicts == "a"


def test_other_fields_of_a_conflicting_change_are_taken(quick: House) -> None:
    one, two = quick.device(), quick.device()
    row = row_id()
    one.push(person(row, phone="1"))
    one.push(edit(row, 1, phone=("1", "2")))
    answer = two.push(edit(row, 1, phone=("1", "3"), hamlet=(None, "Thôn 1")))
    assert (answer.verdicts, answer.versions) == ("c", [3])
    with quick.store.read() as connection:
        line = connection.execute(census.tables()["person"].select()).mappings().one()
    assert (line["phone"], line["hamlet"]) == ("2", "Thôn 1")


def test_a_decision_is_written_once(quick: House) -> None:
    one = quick.device()
    parent, decision = row_id(), row_id()
    one.push(person(parent))
    fields = {"person_id": parent, "decision": "returned", "person_version": 1}
    one.push(Change("approval", decision, "I", 0, fields, AT, "hoa"))
    again = Change("approval", decision, "U", 1, {"decision": ["returned", "approved"]}, AT, "hoa")
    answer = one.push(again)
    assert (answer.verdicts, answer.notes["0"].code) == ("r", "written_once")


def test_one_senseless_change_stops_no_other(rooms: House) -> None:
    one = rooms.device()
    answer = one.push(
        person(row_id()),
        Change("person", "kein uuid", "I", 0, {}, AT, "minh"),
        Change("person", row_id(), "X", 0, {}, AT, "minh"),
        Change("person", row_id(), "U", 0, {"name": "no pair"}, AT, "minh"),
        Change("nobody knows", row_id(), "I", 0, {"field": {"deep": [1, 2.5, None]}}, AT, "minh"),
        person(row_id(), household_size="four", mine_victim=7, note="a\x00b", name=12, unheard="ß"),
        person(row_id(), household_size=2**80),
        person(row_id(), user="mi\x00nh"),
        person(row_id(), name="𝔄 Nguyễn 😀", other_name="e\u0302\u0301"),
    )
    assert answer.verdicts == "arrraaara"
    with rooms.store.read() as connection:
        lines = connection.execute(census.tables()["person"].select()).mappings().all()
    kept = {line["note"] for line in lines}
    assert len(lines) == 4 and "ab" in kept


def test_numbers_go_on_without_a_gap_when_a_batch_fails_inside(rooms: House) -> None:
    one = rooms.device()
    one.push(person(row_id()))
    content = one.seal([person(row_id()), person(row_id())])
    nth, failed = 0, True
    while failed:
        nth += 1
        seen = [0]

        def fail(*_: object, nth: int = nth, seen: list[int] = seen) -> None:
            seen[0] += 1
            if seen[0] == nth:
                raise ConnectionError("the power goes")

        event.listen(rooms.store.engine, "after_cursor_execute", fail)
        try:
            one.deliver(content)
            failed = False
        except ConnectionError:
            failed = True
        finally:
            event.remove(rooms.store.engine, "after_cursor_execute", fail)
        expected = (1, 1) if failed else (3, 2)
        assert (count(rooms, store.entry), count(rooms, store.ledger)) == expected, nth
    assert nth > 7
    assert [entry.seq for entry in one.pull().entries] == [1, 2, 3]


def test_one_office_never_sees_another(rooms: House) -> None:
    one, other = rooms.device("Phòng A"), rooms.device("Phòng B")
    row = row_id()
    one.push(person(row, phone="1"))
    assert other.pull().entries == []
    with pytest.raises(Refusal) as refusal:
        request = protocol.PullRequest(one.known.sender.office_id, 0)
        log.page(rooms.book, other.known.sender, request)
    assert refusal.value.code == "scope_not_granted"
    assert other.push(edit(row, 1, phone=("1", "2"))).verdicts == "d"
    with rooms.store.read() as connection:
        assert connection.scalar(select(census.tables()["person"].c.phone)) == "1"


def lies(one: Device) -> list[tuple[str, bytes]]:
    """Batches that must be refused before anything is done with them."""
    sound = [person(row_id()) for _ in range(3)]
    bomb = b"\x00" * (7 * 1024 * 1024)
    packed = one.pair.seal(codec.compress(bomb), one.house.server.pair.box_bytes, b"bomb")
    altered = bytearray(one.seal(sound, epoch=1))
    altered[-100] ^= 1
    other = one.house.device()
    foreign = other.seal(sound, device=one.known.sender.device_id)
    return [
        ("bad_signature", bytes(altered)),
        ("bad_signature", foreign),
        ("wrong_hash", one.seal(sound, sha256="0" * 64)),
        ("wrong_number_of_changes", one.seal(sound, n_changes=2)),
        ("wrong_number_of_changes", one.seal(sound, n_changes=10**6)),
        ("raw_too_large", one.seal(sound, raw_len=10**12)),
        ("ratio_too_high", one.seal(sound, body=packed, raw_len=len(bomb))),
        ("wrong_raw_length", one.seal(sound, raw_len=20)),
        ("not_for_this_server", one.seal(sound, body=b"for nobody")),
        ("dictionary_unknown", one.seal(sound, dict_id="abc")),
        ("payload_unreadable", one.seal(sound, codec="jc")),
        ("device_unknown", one.seal(sound, device=row_id())),
        ("not_our_format", b"GET / HTTP/1.1\r\n\r\n"),
        ("header_too_large", b"VSB1\xff\xff\xff\xff" + b"x" * 100),
        ("header_unreadable", b"VSB1\x00\x00\x00\x04nope" + b"x" * 100),
        ("body_too_large", b'VSB1\x00\x00\x00\x19{"body_len": 99999999999}' + b"x" * 100),
        ("not_one_frame", one.seal(sound, epoch=1)[:-10]),
    ]


def test_hostile_batches_are_refused_before_any_work(quick: House) -> None:
    one = quick.device()
    for code, content in lies(one):
        with pytest.raises((Refusal, BadFrame)) as refusal:
            one.deliver(content)
        assert getattr(refusal.value, "code", "") == code
    assert count(quick, store.entry) == 0
    assert one.push(person(row_id())).verdicts == "a"


def test_no_question_of_a_push_or_a_snapshot_reads_a_whole_book(quick: House) -> None:
    """SQLite tells how it would look for what was really asked; the office alone is no index."""
    one, row = quick.device(), row_id()
    one.push(person(row), need(row_id(), row))
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, facts: Any, *_more: Any) -> None:
        asked.append((statement, facts))

    event.listen(quick.store.engine, "before_cursor_execute", note)
    one.push(edit(row, 1, phone=[None, "0912345678"]), need(row_id(), row))
    other = quick.device().push(edit(row, 1, phone=[None, "0987654321"]))
    asking = SnapshotRequest(one.known.sender.office_id, 0, 0, ["person"])
    snapshot.page(quick.book, one.known.sender, asking)
    event.remove(quick.store.engine, "before_cursor_execute", note)
    assert other.verdicts == "c"
    plans: list[str] = []
    with quick.store.read() as connection:
        for statement, facts in asked:
            if statement.startswith("SELECT"):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", facts)
                plans += [line[3] for line in plan]
    looks = [plan for plan in plans if "log_entry" in plan or "log_row" in plan]
    assert len(looks) > 5
    assert [plan for plan in looks if "SCAN" in plan or "(scope_id=?)" in plan] == []


def test_the_mark_of_contents_rises_with_each_one_whatever_went_before(rooms: House) -> None:
    shelf = blobs.shelf(rooms.store, rooms.server.pair)
    office = rooms.device().known.sender.office_id
    marks = []

    def arrives(content: bytes) -> str:
        digest = blob.digest_of([content])
        blobs.take(shelf, office, blob.Part(digest, len(content), 0, content))
        return digest

    first = [arrives(b"1"), arrives(b"2")]
    with rooms.store.write() as connection:
        marks.append(blobs.mark(connection, office))
        blobs.forget(connection, office, first[0])
        connection.execute(store.blob_part.update().values(sealed=b"rot"))
    assert blobs.verify(shelf) == first[1:]
    for content in (b"3", b"4"):
        arrives(content)
        with rooms.store.read() as connection:
            marks.append(blobs.mark(connection, office))
    assert marks == sorted(set(marks))
