"""A store put back from an earlier day, a disk copied, a PC lost: who goes on, and what is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from data import backup, database, keyfile
from data.errors import DataError
from data.records.sync import Batch, Conflict, SyncState
from sync import (
    client,
    epochs,
    package_enrol,
    package_read,
    package_write,
    sealing,
    state,
    transport,
    turn,
)
from sync.errors import Fenced, Revoked, SyncError, Unreachable
from sync.server import accounts, console, store
from sync.server.log import Refusal
from tests.sync.conftest import SQLITE_ALONE
from tests.sync.parts import PASSWORD, Central, Pc, dump, pc


@pytest.fixture
def pcs(tmp_path: Path, either_server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of one office."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(either_server)
        yield a, b


def standing(one: Pc) -> SyncState:
    """What a PC knows of itself on the server."""
    with one.db.read() as session:
        return session.scalars(select(SyncState)).one()


def copied(one: Pc, folder: Path) -> Path:
    """The program is closed, its folder copied byte by byte, and the program opened again."""
    one.close_file()
    shutil.copytree(one.db.home, folder)
    one.reopen()
    return folder


def put_back(one: Pc, folder: Path) -> None:
    """The folder of an earlier day in the place of the present one."""
    one.close_file()
    shutil.rmtree(one.db.home)
    shutil.copytree(folder, one.db.home)
    one.reopen()


def at(home: Path) -> Pc:
    """A copied store, opened."""
    return Pc(database.open_store(home, "lan", PASSWORD), "")


def test_an_earlier_day_put_back_begins_a_new_epoch_and_loses_nothing(
    tmp_path: Path, either_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    a, b = pcs
    who, other = a.enter(), a.enter("Trần Văn Bình")
    a.sync()
    a.edit(other, phone="1")
    yesterday = copied(a, tmp_path / "yesterday")
    a.edit(other, phone="2")
    late = a.enter("Lê Thị Sau")
    a.sync()
    b.sync()
    b.edit(who, hamlet="Thôn 3")
    b.sync()
    put_back(a, yesterday)
    a.edit(who, note="gõ sau khi phục hồi")
    assert a.sync().pending == 0
    assert standing(a).epoch == 2
    for one in (b, a):
        one.sync()
        assert one.see(late, "name") == "Lê Thị Sau"
        assert one.see(other, "phone") == "2"
        assert one.see(who, "note") == "gõ sau khi phục hồi"
        assert one.see(who, "hamlet") == "Thôn 3"
        assert one.count(Conflict) == 0
    assert dump(a.db) == dump(b.db) == dump(either_server)
    assert client.status(a.db).state == "up_to_date"
    with a.db.read() as session:
        assert set(session.scalars(select(Batch.epoch))) == {1, 2}


@SQLITE_ALONE
@pytest.mark.parametrize("way", ["put back", "copied"])
def test_a_conflict_has_one_card_however_often_its_deed_arrives(
    way: str, tmp_path: Path, either_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    a, b = pcs
    who = a.enter()
    a.sync()
    b.sync()
    b.edit(who, phone="2")
    b.sync()
    a.edit(who, phone="1", note="của A")
    a.edit(who, school="1")
    earlier = copied(a, tmp_path / "earlier")
    a.sync()
    again = a
    if way == "put back":
        put_back(a, earlier)
    else:
        again = at(earlier)
        with pytest.raises(Fenced):
            again.sync()
        again.enrol(either_server)
    for one in (again, b, a):
        one.sync()
        assert one.count(Conflict) == 1
        assert [one.see(who, name) for name in ("phone", "note", "school")] == ["2", "của A", "1"]
    assert dump(a.db) == dump(again.db) == dump(b.db) == dump(either_server)
    again.close_file()


@SQLITE_ALONE
def test_it_can_be_put_back_again_and_again(tmp_path: Path, pcs: tuple[Pc, Pc]) -> None:
    a, b = pcs
    a.enter()
    a.sync()
    first = copied(a, tmp_path / "first")
    names = []
    for number in range(3):
        names.append(a.enter(f"Người Thứ {number + 1}"))
        a.sync()
        put_back(a, first)
        a.sync()
        a.sync()
    b.sync()
    assert standing(a).epoch == 4
    assert [b.see(one, "name") for one in names] == [a.see(one, "name") for one in names]
    assert dump(a.db) == dump(b.db)


@SQLITE_ALONE
def test_a_backup_restored_in_its_place_goes_on_by_itself(
    tmp_path: Path, pcs: tuple[Pc, Pc]
) -> None:
    a, b = pcs
    a.enter()
    a.sync()
    made = backup.make(a.db, tmp_path / "usb").path
    late = a.enter("Lê Thị Sau")
    a.sync()
    a.close_file()
    backup.restore(made, a.db.home, PASSWORD, "lan")
    a.reopen()
    a.enter("Sau khi phục hồi")
    assert (a.sync().pending, a.see(late, "name")) == (0, "Lê Thị Sau")
    b.sync()
    assert dump(a.db) == dump(b.db)


def test_of_two_copies_the_first_lives_and_the_other_keeps_its_work(
    tmp_path: Path, pcs: tuple[Pc, Pc], either_server: Central
) -> None:
    a, _ = pcs
    a.enter()
    a.sync()
    clone = at(copied(a, tmp_path / "clone"))
    with a.db.read() as session:
        clone.office_id = str(session.scalar(select(SyncState.scope)))
    first = a.enter("Của máy thứ nhất")
    a.sync()
    second = clone.enter("Của bản chép")
    for _ in range(2):
        with pytest.raises(Fenced) as trouble:
            clone.sync()
        assert trouble.value.code == "cloned"
    status = client.status(clone.db)
    assert (status.state, status.waiting) == ("attention", 1)
    assert a.sync().pending == 0
    assert standing(a).epoch == 1
    clone.enrol(either_server)
    assert clone.sync().pending == 0
    a.sync()
    for one in (a, clone):
        assert one.see(first, "name") == "Của máy thứ nhất"
        assert one.see(second, "name") == "Của bản chép"
    clone.close_file()


@SQLITE_ALONE
def test_a_lost_answer_is_no_second_copy(
    pcs: tuple[Pc, Pc], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server rolled the token on and the PC never heard of it, twice in a row."""
    a, _ = pcs
    a.enter()
    a.sync()
    heard = transport.Wire.post

    def lost(wire: transport.Wire, path: str, *more: object) -> bytes:
        heard(wire, path, *more)  # type: ignore[arg-type]
        raise Unreachable("connection_cut")

    with monkeypatch.context() as cut:
        cut.setattr(transport.Wire, "post", lost)
        cut.setattr(client, "TRIES_WITHOUT_PROGRESS", 1)
        cut.setattr(client, "PAUSE_S", (0.0,))
        for _ in range(2):
            with pytest.raises(Unreachable):
                a.sync()
    a.enter("Trần Văn Bình")
    assert a.sync().pending == 0
    assert standing(a).epoch == 1


def test_a_server_put_back_takes_nobody_for_a_copy(
    pcs: tuple[Pc, Pc], either_server: Central
) -> None:
    a, _ = pcs
    a.enter()
    a.sync()
    device = store.device.c
    own = device.id == standing(a).device_id
    with either_server.opened() as opened:
        with opened.read() as connection:
            then = connection.execute(select(device.token, device.token_before).where(own)).one()
        for _ in range(3):
            a.sync()
        with opened.write() as connection:
            back = store.device.update().where(own)
            connection.execute(back.values(token=then.token, token_before=then.token_before))
    a.enter("Trần Văn Bình")
    assert (a.sync().pending, standing(a).epoch) == (0, 1)


def test_a_lost_pc_destroys_its_keys_and_only_that_one(
    tmp_path: Path, pcs: tuple[Pc, Pc], either_server: Central
) -> None:
    a, b = pcs
    a.enter()
    a.sync()
    b.sync()
    backup.make(a.db)
    listed = console.devices(either_server.folder)
    lost = standing(a).device_id
    console.close_device(either_server.folder, standing(b).device_id, lost=False)
    console.close_device(either_server.folder, lost, lost=True)
    with pytest.raises(Revoked) as trouble:
        b.sync()
    assert trouble.value.code == "device_revoked"
    b.close_file()
    b.reopen()
    with pytest.raises(Revoked) as trouble:
        a.sync()
    assert trouble.value.code == "device_wiped"
    a.close_file()
    for code_or_password in (PASSWORD, "ABCD"):
        with pytest.raises(DataError) as closed:
            database.open_store(a.db.home, "lan", code_or_password)
        assert closed.value.code == "store_wiped"
    assert list(a.db.home.rglob("*.keys")) == list(a.db.home.rglob("*.sasbk")) == []
    assert {one["id"]: one["revoked_at"] for one in listed}[lost] is None
    with either_server.opened() as opened, pytest.raises(Refusal):
        accounts.close(opened, "nobody", lost=True)


@SQLITE_ALONE
def test_a_full_disk_saves_no_key_of_a_lost_pc(
    tmp_path: Path, pcs: tuple[Pc, Pc], either_server: Central
) -> None:
    a, _ = pcs
    a.enter()
    a.sync()
    console.close_device(either_server.folder, standing(a).device_id, lost=True)
    (a.db.home / keyfile.WIPED).mkdir()
    (a.db.home / keyfile.WIPED / "no room").touch()
    with pytest.raises((DataError, OSError)):
        a.sync()
    assert list(a.db.home.rglob("*.keys")) == []


@SQLITE_ALONE
def test_a_batch_is_sealed_under_the_epoch_of_the_store(pcs: tuple[Pc, Pc]) -> None:
    """Whoever writes a stick read who he is before a round began a new epoch."""
    a, _ = pcs
    a.enter()
    with a.db.read() as session:
        before = state.device(session)
    assert before is not None
    epochs.begin(a.db, before, before.epoch + 1)
    assert sealing.seal_some(a.db, before, 1) == 1
    with a.db.read() as session:
        assert session.scalars(select(Batch.epoch)).all() == [before.epoch + 1]


@pytest.mark.parametrize("what", ["write", "read", "ask", "enrol"])
@SQLITE_ALONE
def test_sticks_and_enrolments_wait_for_the_round_under_way(
    what: str, tmp_path: Path, pcs: tuple[Pc, Pc], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, _ = pcs
    monkeypatch.setattr(turn, "TURN_S", 0.05)
    work = {
        "write": lambda: package_write.write(a.db, tmp_path),
        "read": lambda: package_read.read(a.db, [tmp_path]),
        "ask": lambda: package_enrol.ask(a.db, tmp_path, "http://127.0.0.1:1", "A" * 16),
        "enrol": lambda: client.enrol(a.db, "http://127.0.0.1:1", "A" * 16),
    }
    with turn.taken(a.db), pytest.raises(SyncError) as trouble:
        work[what]()
    assert trouble.value.code == "round_elsewhere"
