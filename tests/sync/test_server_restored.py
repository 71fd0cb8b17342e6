"""The server is put back from a backup: what the PCs know is given again, and nobody notices."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from data import capture, recovery
from data.base import new_id, now_text
from data.database import Author
from data.records.change import Change
from data.records.person import Person
from data.records.sync import Batch, Conflict
from data.records.trace import History
from sync import client, regain
from sync.errors import SyncError
from sync.server import backup, home, store
from sync.server.backup import Made
from sync.server.store import StoreTrouble
from tests.sync.conftest import database_for
from tests.sync.parts import Central, Pc, dump, pc
from tests.sync.scans import on_server, scan


@pytest.fixture
def pcs(tmp_path: Path, own_server: Central) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs of one office."""
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        for one in (a, b):
            one.enrol(own_server)
        yield a, b


def saved(server: Central, folder: Path) -> Made:
    """The keeper makes a backup while the server runs."""
    return backup.make(server.folder, folder)


def put_back(server: Central, made: Made) -> backup.Restored:
    """The machine burned; the backup is put into its place and the server started again."""
    server.stop(signal.SIGKILL)
    database = database_for("postgresql") if server.database else ""
    done = backup.restore(server.folder, made.file, made.code, database)
    server.database = database
    server.start()
    return done


def meet(*pcs: Pc) -> None:
    """Everybody syncs until nothing is new."""
    for _ in range(2):
        for one in pcs:
            one.sync()


def values(one: Pc) -> dict[str, object]:
    """What the office sees of everybody."""
    people = json.loads(dump(one.db))["person"]
    return dict(people)


def work_on(a: Pc, b: Pc, who: str, other: str) -> tuple[str, str]:
    """A day of work of two PCs on the same people, back and forth."""
    a.edit(who, phone="1")
    late_a = a.enter("Lê Thị Sau")
    a.sync()
    b.sync()
    b.edit(who, phone="2", hamlet="Thôn 3")
    b.edit(late_a, note="của B")
    late_b = b.enter("Trần Văn Muộn")
    b.sync()
    a.sync()
    a.edit(who, phone="3")
    a.edit(late_b, note="của A")
    a.edit(other, note="còn nữa")
    a.sync()
    b.sync()
    return late_a, late_b


def newer_program(one: Pc, person: str, **values: object) -> None:
    """A program of a later day on this PC writes fields that ours does not know."""
    with one.db.write(Author("minh")) as session:
        seen = session.get_one(Person, person).server_version
        fields = json.dumps({name: [None, value] for name, value in values.items()})
        session.add(
            Change(txn=new_id(), entity="person", row_id=person, op="U", base_version=seen,
                   fields=fields, at=now_text(), user="minh")
        )  # fmt: skip


def log_tells(server: Central, name: str) -> int:
    """How many entries of the server's log name a field."""
    with server.opened() as opened, opened.read() as connection:
        told = select(func.count()).where(store.entry.c.fields.contains(name))
        return connection.scalar(told) or 0


@pytest.mark.parametrize(
    ("own_server", "first"), [("sqlite", "a"), ("postgresql", "b")], indirect=["own_server"]
)
def test_the_day_after_the_backup_comes_back_from_the_pcs(
    tmp_path: Path, own_server: Central, pcs: tuple[Pc, Pc], first: str
) -> None:
    a, b = pcs
    who, other = a.enter(), a.enter("Trần Văn Bình")
    scan(a, who, b"in the backup", b"small, in it")
    meet(a, b)
    made = saved(own_server, tmp_path / "safe")
    scan(a, other, b"after it", b"small, after it")
    work_on(a, b, who, other)
    photos = on_server(own_server)
    before, history = values(a), a.count(History)
    a.edit(other, phone="chưa gửi")
    put_back(own_server, made)
    assert len(photos) == 2 and len(on_server(own_server)) == 1
    meet(*((a, b) if first == "a" else (b, a)))
    assert on_server(own_server) == photos
    expected = before | {other: before[other] | {"phone": "chưa gửi"}}  # type: ignore[operator]
    bare = {key: _without_version(row) for key, row in expected.items()}
    assert {key: _without_version(row) for key, row in values(a).items()} == bare
    assert dump(a.db) == dump(b.db) == dump(own_server)
    assert (a.count(Conflict), b.count(Conflict)) == (0, 0)
    assert a.count(History) == history + 1
    told = [line for line in client.rounds(b.db) if line.outcome == "server_restored"]
    assert [line.facts["batches"] for line in told] == [1]
    assert client.status(a.db).state == client.status(b.db).state == "up_to_date"
    a.edit(who, phone="4")
    meet(a, b)
    assert dump(a.db) == dump(b.db) == dump(own_server)


@pytest.mark.parametrize("own_server", ["postgresql"], indirect=True)
def test_what_a_burnt_pc_had_sent_comes_back_from_another_one(
    tmp_path: Path, own_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    """Server and one PC are put back to the same morning, before the backup even."""
    a, b = pcs
    who, other = a.enter(), a.enter("Trần Văn Bình")
    meet(a, b)
    a.close_file()
    shutil.copytree(a.db.home, tmp_path / "morning")
    a.reopen()
    a.edit(other, hamlet="Thôn 9")
    a.sync()
    made = saved(own_server, tmp_path / "safe")
    a.sync()
    with a.db.read() as session:
        assert set(session.scalars(select(Batch.state))) == {"backed_up"}
    newer_program(a, other, shoe_size=38)
    work_on(a, b, who, other)
    before = values(a)
    put_back(own_server, made)
    a.close_file()
    shutil.rmtree(a.db.home)
    shutil.copytree(tmp_path / "morning", a.db.home)
    a.reopen()
    meet(a, b)
    a.sync()
    bare = {key: _without_version(row) for key, row in before.items()}
    assert {key: _without_version(row) for key, row in values(a).items()} == bare
    assert dump(a.db) == dump(b.db) == dump(own_server)
    assert (a.count(Conflict), b.count(Conflict)) == (0, 0)
    assert log_tells(own_server, "shoe_size") == 1


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_a_pc_that_the_backup_does_not_know_gives_everything_again(
    tmp_path: Path, own_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    """It was enrolled after the backup, needs a fresh code, and had seen more of the log than there
    is now: others wrote under the same numbers since."""
    a, b = pcs
    who = a.enter()
    meet(a, b)
    made = saved(own_server, tmp_path / "safe")
    with pc(tmp_path / "c") as c:
        c.enrol(own_server)
        c.sync()
        c.edit(who, note="của C")
        late = c.enter("Lê Thị Sau")
        c.sync()
        put_back(own_server, made)
        for phone in "12345678":
            a.edit(who, phone=phone)
        meet(a, b)
        with pytest.raises(SyncError) as trouble:
            c.sync()
        assert trouble.value.code == "device_unknown"
        c.edit(late, hamlet="Thôn 3")
        c.enrol(own_server)
        meet(c, a, b)
        for one in (a, b, c):
            assert [one.see(who, name) for name in ("phone", "note")] == ["8", "của C"]
            assert one.see(late, "hamlet") == "Thôn 3"
            assert one.count(Conflict) == 0
        assert dump(a.db) == dump(b.db) == dump(c.db) == dump(own_server)


@pytest.mark.parametrize("own_server", ["sqlite"], indirect=True)
def test_an_edit_after_the_restore_is_not_overwritten_by_one_from_before(
    tmp_path: Path, own_server: Central, pcs: tuple[Pc, Pc]
) -> None:
    """Numbers of versions are given twice; that nobody saw it is told by the values."""
    a, b = pcs
    who = a.enter()
    meet(a, b)
    made = saved(own_server, tmp_path / "safe")
    for phone in ("1", "2"):
        a.edit(who, phone=phone)
        a.sync()
    put_back(own_server, made)
    b.edit(who, phone="của B")
    b.sync()
    meet(a, b)
    assert a.see(who, "phone") == b.see(who, "phone") == "của B"
    assert a.count(Conflict) == b.count(Conflict) > 0
    assert dump(a.db) == dump(b.db) == dump(own_server)


def test_a_backup_is_refused_by_its_fault_and_the_server_stays(tmp_path: Path) -> None:
    folder = tmp_path / "server"
    home.init(folder)
    made = backup.make(folder, tmp_path / "safe")
    damaged, foreign = tmp_path / "damaged.sassv", tmp_path / "foreign.sassv"
    content = made.file.read_bytes()
    damaged.write_bytes(content[:-9000] + bytes(9000))
    foreign.write_bytes(b"PK" + content)
    other = recovery.new_code()
    keys = (folder / home.KEYS_FILE).read_bytes()
    for file, code, why in (
        (tmp_path / "none", made.code, "backup_not_readable"),
        (damaged, made.code, "backup_not_sound"),
        (foreign, made.code, "backup_not_ours"),
        (made.file, other, "backup_code_wrong"),
        (made.file, "ABC", "backup_code_wrong"),
    ):
        with pytest.raises(StoreTrouble) as trouble:
            backup.restore(folder, file, code)
        assert trouble.value.code == why
    with closing(home.open_store(home.load(folder))) as running, running.read():
        with pytest.raises(StoreTrouble) as trouble:
            backup.restore(folder, made.file, made.code)
        assert trouble.value.code == "server_running"
    assert (folder / home.KEYS_FILE).read_bytes() == keys
    done = backup.restore(folder, made.file, made.code)
    assert (Path(done.aside) / home.KEYS_FILE).read_bytes() == keys
    assert home.load(folder).server_id == json.loads(keys)["server_id"]
    assert sorted(path.name for path in made.file.parent.iterdir()) == [made.file.name]


def _without_version(row: object) -> dict[str, object]:
    assert isinstance(row, dict)
    return {name: value for name, value in row.items() if name != "server_version"}


def test_a_removal_that_waits_counts_from_what_the_server_put_back_has(tmp_path: Path) -> None:
    with pc(tmp_path / "a") as a:
        who = a.enter()
        with a.db.write(Author("")) as session, capture.applying(session):
            session.execute(update(Change).values(batch_no=1, verdict="accepted"))
            session.get_one(Person, who).server_version = 7
        a.edit(who, deleted_at=now_text(), deleted_reason="nhầm")
        with a.db.write(Author("")) as session, capture.applying(session):
            regain._back_to(session, {("person", who): 3})
            regain._waiting_back_to(session)
        with a.db.read() as session:
            hers = select(Change.op, Change.base_version).where(Change.row_id == who)
            told = session.execute(hers.order_by(Change.seq)).tuples().all()
            assert told == [("I", 0), ("U", 3)]
