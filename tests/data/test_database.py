"""The store as the office works with it: opened again, shared by many, never half written."""

from __future__ import annotations

import threading
import time
import unicodedata
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from data import connect, database, keyfile, keyring, pages
from data.changes import Changes
from data.database import Author
from data.errors import (
    DataError,
    StoreBusy,
    StoreMissing,
)
from data.records.change import Change
from data.records.person import Person
from data.records.trace import History
from tests.data import stores
from tests.forks import FORKS, apart

NAME = "Nguyễn Thị Hồng Đào"


def test_a_store_opens_again_with_what_was_written(home: Path) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, NAME)
    db.close()
    again = database.open_store(home, "lan", "Mat-khau-1945")
    assert stores.names(again) == [NAME]
    again.close()
    assert {path.name for path in home.iterdir() if path.is_file()} == {"store.db", "store.keys"}


def test_a_home_may_have_any_name(tmp_path: Path) -> None:
    home = tmp_path / "Sổ #1 100%20 ?mode=ro&x 'của' Lan"
    db, _ = stores.make(home)
    stores.add_person(db, NAME)
    db.close()
    again = database.open_store(home, "lan", stores.LAN.password)
    assert stores.names(again) == [NAME]
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_the_file_is_kept_the_safe_way(home: Path) -> None:
    db, _ = stores.make(home)
    with db.write(Author("lan")) as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1
        assert session.scalar(text("PRAGMA temp_store")) == 2


def test_one_commit_writes_the_record_its_history_and_its_outbox_entry(home: Path) -> None:
    db, _ = stores.make(home)
    row_id = stores.add_person(db, NAME)
    with db.read() as session:
        assert session.query(History).filter_by(row_id=row_id).count() == 1
        assert session.query(Change).filter_by(row_id=row_id).count() == 1


def test_an_error_while_writing_leaves_nothing(home: Path) -> None:
    db, _ = stores.make(home)
    with pytest.raises(ZeroDivisionError):
        with db.write(Author("lan")) as session:
            session.add(Person(name=NAME, commune=stores.COMMUNE, office_id=stores.OFFICE))
            session.flush()
            raise ZeroDivisionError
    with db.read() as session:
        assert session.query(Person).count() == 0
        assert session.query(History).count() == 0
        assert session.query(Change).count() == 0


def test_a_reader_cannot_write(home: Path) -> None:
    db, _ = stores.make(home)
    with pytest.raises(DataError, match="store_read_only"):
        with db.read() as session:
            session.execute(text("DELETE FROM person"))


# ---------------------------------------------------------------- several at once


def test_writers_come_in_the_order_of_asking(home: Path) -> None:
    db, _ = stores.make(home)
    order: list[int] = []

    def write(number: int) -> None:
        with db.write(Author("lan")):
            order.append(number)

    threads = []
    with db.write(Author("lan")):
        for number in range(12):
            thread = threading.Thread(target=write, args=(number,))
            thread.start()
            threads.append(thread)
            while db._store.queue.length <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_a_typist_is_served_between_the_slices_of_a_long_sync(home: Path) -> None:
    db, _ = stores.make(home)
    stop = threading.Event()

    def sync() -> None:
        while not stop.is_set():
            with db.write(Author("", "sync:PC2")):
                time.sleep(0.02)

    thread = threading.Thread(target=sync)
    thread.start()
    waits = []
    for n in range(20):
        began = time.perf_counter()
        stores.add_person(db, f"Lê Văn {n}")
        waits.append(time.perf_counter() - began)
    stop.set()
    thread.join()
    assert max(waits) < 0.5


def test_reading_never_waits_for_a_writer(home: Path) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, NAME)
    with db.write(Author("lan")) as session:
        session.add(Person(name="Khác", commune=stores.COMMUNE, office_id=stores.OFFICE))
        session.flush()
        seen: list[list[str]] = []
        reader = threading.Thread(target=lambda: seen.append(stores.names(db)))
        began = time.perf_counter()
        reader.start()
        reader.join(3)
        assert time.perf_counter() - began < 1
        assert seen == [[NAME]]
    assert len(stores.names(db)) == 2


def test_a_reader_keeps_its_picture(home: Path) -> None:
    db, _ = stores.make(home)
    with db.read() as session:
        assert session.query(Person).count() == 0
        stores.add_person(db, NAME)
        assert session.query(Person).count() == 0
    assert stores.names(db) == [NAME]


def test_too_many_readers_at_once_are_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "READ_WAIT_S", 0.2)
    db, _ = stores.make(home)
    with ExitStack() as stack:
        for _ in range(connect.READERS_MAX):
            stack.enter_context(db.read()).query(Person).count()
        with pytest.raises(StoreBusy) as caught, db.read() as session:
            session.query(Person).count()
        assert caught.value.facts["where"] == "readers"
        stores.add_person(db, NAME)
    assert stores.names(db) == [NAME]


def test_who_writes_inside_a_write_is_told_at_once(home: Path) -> None:
    db, _ = stores.make(home)
    with db.write(Author("lan")), pytest.raises(RuntimeError), db.write(Author("lan")):
        pass
    with db.write(Author("lan")), db.alone():
        pass


def test_a_writer_that_waits_too_long_gives_up_and_the_queue_goes_on(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = stores.make(home)
    monkeypatch.setattr(connect, "WRITE_WAIT_S", 0.2)
    caught: list[StoreBusy] = []

    def write() -> None:
        try:
            stores.add_person(db, NAME)
        except StoreBusy as error:
            caught.append(error)

    with db.write(Author("lan")):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert caught[0].facts["where"] == "queue"
    assert stores.names(db) == []
    stores.add_person(db, NAME)
    assert stores.names(db) == [NAME]


def hold_the_pen(home: str, ready: object, go: object) -> None:
    """Another program writes and takes its time."""
    db = database.open_store(Path(home), "lan", "Mat-khau-1945")
    with db.write(Author("lan")) as session:
        session.add(Person(name="Từ máy lệnh", commune=stores.COMMUNE, office_id=stores.OFFICE))
        session.flush()
        ready.set()  # type: ignore[attr-defined]
        go.wait(30)  # type: ignore[attr-defined]
    db.close()


def test_window_and_command_line_share_a_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db, _ = stores.make(home)
    ready, go = FORKS.Event(), FORKS.Event()
    other = apart(hold_the_pen, str(home), ready, go)
    assert ready.wait(60)
    assert stores.names(db) == []
    monkeypatch.setattr(connect, "WRITE_WAIT_S", 0.3)
    with pytest.raises(StoreBusy) as caught:
        stores.add_person(db, NAME)
    assert caught.value.facts["where"] == "other_program"
    monkeypatch.setattr(connect, "WRITE_WAIT_S", 20.0)
    threading.Timer(0.2, go.set).start()
    stores.add_person(db, NAME)
    other.join(60)
    assert other.exitcode == 0
    assert stores.names(db) == sorted([NAME, "Từ máy lệnh"])


# ---------------------------------------------------------------- announcements


def test_listeners_hear_what_a_commit_touched_after_it(home: Path) -> None:
    db, _ = stores.make(home)
    heard: list[tuple[Changes, list[str], int]] = []

    def listener(changes: Changes) -> None:
        heard.append((changes, stores.names(db), threading.get_ident()))

    stop = db.listen(listener)
    row_id = stores.add_person(db, NAME)
    changes, seen, thread = heard[0]
    assert changes == Changes(frozenset({"person"}), frozenset({row_id}))
    assert seen == [NAME]
    assert thread == threading.get_ident()
    with db.write(Author("lan", "import:a.xlsx:1:2")):
        pass
    with pytest.raises(ZeroDivisionError), db.write(Author("lan")) as session:
        session.get_one(Person, row_id).name = "Khác"
        session.flush()
        raise ZeroDivisionError
    assert len(heard) == 1
    with db.write(Author("lan", "import:a.xlsx:1:2")) as session:
        session.get_one(Person, row_id).name = "Khác"
    assert heard[1][0].source == "import:a.xlsx:1:2"
    stop()
    stores.add_person(db, NAME)
    assert len(heard) == 2


def test_a_second_person_signs_in_without_opening_the_file_again(home: Path) -> None:
    db, _ = stores.make(home)
    keyring.add_slot(db, "hoa", "mật khẩu của Hoà")
    heard: list[Changes] = []
    db.listen(heard.append)
    other = db.signed_in("hoa", unicodedata.normalize("NFD", "mật khẩu của Hoà"))
    assert other.keys.login == "hoa"
    assert other.keys.restricted is None
    stores.add_person(other, NAME, "hoa")
    assert stores.names(db) == [NAME]
    assert len(heard) == 1
    assert db.still_opens("Mat-khau-1945")
    assert not db.still_opens("mật khẩu của Hoà")


def test_a_store_half_made_when_the_power_went_is_no_store(home: Path) -> None:
    db, _ = stores.make(home)
    db.close()
    (home / "store.db").unlink()
    with pytest.raises(StoreMissing):
        database.open_store(home, "lan", "Mat-khau-1945")
    assert keyfile.load(home).generation == 1


def test_the_file_has_one_page_format_whatever_the_library_prefers(home: Path) -> None:
    library = dbapi2.connect(":memory:")
    library.execute("PRAGMA cipher_default_compatibility = 3")
    try:
        db, _ = stores.make(home)
        stores.add_person(db, "Nguyễn Thị Hường")
        key = db.file_key
        db.close()
    finally:
        library.execute("PRAGMA cipher_default_compatibility = 4")
        library.close()
    assert not pages.damaged(connect.path_in(home), key, (1,))
    db = database.open_store(home, "lan", stores.LAN.password)
    assert stores.names(db) == ["Nguyễn Thị Hường"]


def test_a_store_above_a_gibibyte_is_not_damaged_where_sqlite_never_writes(home: Path) -> None:
    db, _ = stores.make(home)
    key = db.file_key
    db.close()
    with open(connect.path_in(home), "r+b") as store:
        store.truncate(2**30 + 2 * pages.PAGE_BYTES)  # a hole: nothing of it lies on the disk
    here = pages.LOCK_PAGE
    assert pages.damaged(connect.path_in(home), key, (1, here, here + 1)) == (here + 1,)
