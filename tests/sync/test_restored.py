"""The PC burned or its store was copied back: it becomes a new device and loses nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from data import backup, database
from data.database import Author
from data.records.approval import Amendment
from data.records.person import Person
from data.records.sync import Batch, Conflict
from data.records.trace import History
from sync import client
from sync.errors import EnrolRefused, Fenced
from tests.sync.conftest import SQLITE_ALONE
from tests.sync.parts import PASSWORD, Central, Pc, dump, pc


@pytest.fixture
def pcs(tmp_path: Path, either_server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of one office."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(either_server)
        b.enrol(either_server)
        yield a, b


def restored(a: Pc, folder: Path) -> Pc:
    """The store as the backup in a folder has it, on another PC."""
    file = next(folder.glob("*.sasbk"))
    backup.restore(file, folder / "new", PASSWORD, "lan")
    return Pc(database.open_store(folder / "new", "lan", PASSWORD), a.office_id)


def back_up(a: Pc, folder: Path) -> None:
    folder.mkdir()
    backup.make(a.db, folder)


def amended(a: Pc, person_id: str) -> str:
    """minh asks for another name of an approved person."""
    with a.db.write(Author("minh")) as session:
        asked = Amendment(office_id=a.office_id, person_id=person_id, state="waiting")
        asked.changes = json.dumps({"name": ["Nguyễn Thị Hường", "Nguyễn Thị Hương"]})
        session.add(asked)
        session.flush()
        return asked.id


def let_in(a: Pc, amendment_id: str) -> None:
    """hoa approves it."""
    with a.db.write(Author("hoa")) as session:
        asked = session.get_one(Amendment, amendment_id)
        asked.state, asked.decided_by = "approved", "hoa"
        session.get_one(Person, asked.person_id).name = "Nguyễn Thị Hương"


def test_a_burned_pc_comes_back_from_its_backup_and_the_server(
    tmp_path: Path, either_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    a, b = pcs
    who, other = a.enter(), a.enter("Trần Văn Bình")
    a.sync()
    a.edit(other, phone="1")
    a.decide(who, "hoa")
    asked = amended(a, who)
    back_up(a, tmp_path / "usb")
    let_in(a, asked)
    a.edit(other, phone="2")
    late = a.enter("Lê Thị Sau")
    a.sync()
    b.sync()
    b.edit(other, hamlet="Thôn 3")
    b.sync()
    new = restored(a, tmp_path / "usb")
    new.edit(other, note="gõ trên máy mới")
    with pytest.raises(Fenced):
        new.sync()
    assert client.status(new.db).state == "attention"
    new.enrol(either_server)
    report = new.sync()
    assert (report.pending, report.conflicts, report.rejected, report.deferred) == (0, 0, 0, 0)
    for one in (b, new):
        one.sync()
        assert one.see(late, "name") == "Lê Thị Sau"
        assert one.see(who, "name") == "Nguyễn Thị Hương"
        seen = [one.see(other, name) for name in ("phone", "hamlet", "note")]
        assert seen == ["2", "Thôn 3", "gõ trên máy mới"]
        assert one.count(Conflict) == 0
    assert dump(new.db) == dump(b.db) == dump(either_server)
    with new.db.read() as session:
        assert sorted(session.scalars(select(Batch.epoch))) == [0, 1]
        lines = session.scalars(select(History).where(History.op == "edit")).all()
        assert all(line.old != line.new for line in lines)
    new.close_file()


@SQLITE_ALONE
def test_a_restored_store_that_missed_nothing_stays_the_same_device(
    tmp_path: Path, either_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    a, _ = pcs
    a.enter()
    a.sync()
    back_up(a, tmp_path / "usb")
    new = restored(a, tmp_path / "usb")
    assert client.status(new.db).error_code == "restored_here"
    new.enter("Lê Thị Mới")
    assert new.sync().pending == 0
    assert client.status(new.db).state == "up_to_date"
    with pytest.raises(EnrolRefused) as trouble:
        new.enrol(either_server)
    assert trouble.value.code == "already_enrolled"
    new.close_file()


@SQLITE_ALONE
def test_a_store_is_enrolled_anew_in_its_own_office_only(
    tmp_path: Path, either_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    a, _ = pcs
    a.enter()
    a.sync()
    back_up(a, tmp_path / "usb")
    new = restored(a, tmp_path / "usb")
    with pytest.raises(EnrolRefused) as trouble:
        new.enrol(either_server, either_server.code(f"{either_server.office} khác"))
    assert trouble.value.code == "code_of_another_office"
    with pytest.raises(EnrolRefused) as trouble:
        new.enrol(either_server, "0000-0000-0000-0000")
    assert trouble.value.code == "code_of_another_server"
    assert new.sync().pending == 0
    new.close_file()
