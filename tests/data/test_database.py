"""The store as the office meets it: opened, shared, full, damaged, copied, and never half written."""

from __future__ import annotations

import multiprocessing
import random
import resource
import shutil
import threading
import time
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import text

from data import connect, database, keyfile, keyring, migrate
from data.changes import Changes
from data.database import Author
from data.errors import (
    DataError,
    DiskFull,
    KeyFileMissing,
    NewerVersion,
    StoreBusy,
    StoreDamaged,
    StoreExists,
    StoreMissing,
    WrongPassword,
)
from data.records.change import Change
from data.records.person import Person
from data.records.trace import History
from data.text import fold
from tests.data import stores

NAME = "Nguyễn Thị Hồng Đào"
PROCESSES = multiprocessing.get_context("spawn")


def test_a_store_opens_again_with_what_was_written(home: Path) -> None:
    db, _ = stores.make(home)
    stores.add_person(db, NAME)
    db.close()
    again = database.open_store(home, "lan", "Mat-khau-1945")
    assert stores.names(again) == [NAME]
    again.close()
    assert {path.name for path in home.iterdir() if path.is_file()} == {"store.db", "store.keys"}


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


# ---------------------------------------------------------------- what stands in the way


def test_an_empty_folder_has_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        database.open_store(tmp_path, "lan", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_made_over_another(home: Path) -> None:
    stores.make(home)[0].close()
    before = stores.raw(home)
    with pytest.raises(StoreExists):
        stores.make(home)
    assert stores.raw(home) == before


def test_a_wrong_password_changes_no_byte(home: Path) -> None:
    stores.make(home)[0].close()
    before = stores.raw(home)
    for login, password in (("lan", "mat-khau-1945"), ("hoa", "Mat-khau-1945"), ("lan", "")):
        with pytest.raises(WrongPassword) as caught:
            database.open_store(home, login, password)
        assert caught.value.code == "wrong_password"
    assert stores.raw(home) == before


def test_without_its_key_file_a_store_stays_shut_and_untouched(home: Path) -> None:
    stores.make(home)[0].close()
    (home / "store.keys").unlink()
    before = stores.raw(home)
    with pytest.raises(KeyFileMissing):
        database.open_store(home, "lan", "Mat-khau-1945")
    assert stores.raw(home) == before


def test_a_changed_bit_in_the_key_file_is_damage_not_a_wrong_password(home: Path) -> None:
    stores.make(home)[0].close()
    path = home / "store.keys"
    whole = path.read_bytes()
    dice = random.Random(1)
    for _ in range(60):
        place = dice.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << dice.randrange(8)
        path.write_bytes(changed)
        try:
            database.open_store(home, "lan", "Mat-khau-1945").close()
        except StoreDamaged as error:
            assert error.facts["file"] == "store.keys"
        else:
            # Only white space between the entries may differ without meaning anything.
            assert changed.split() != whole.split() or bytes(changed).strip() == whole.strip()
    path.write_bytes(whole)
    database.open_store(home, "lan", "Mat-khau-1945").close()


def test_any_flipped_byte_of_a_small_store_is_found_at_the_start(home: Path) -> None:
    db, _ = stores.make(home)
    for n in range(20):
        stores.add_person(db, f"Trần Văn {n}")
    db.close()
    path = home / "store.db"
    whole = path.read_bytes()
    dice = random.Random(2)
    places = [0, 17, 4090, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(25))]
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 0x20
        path.write_bytes(changed)
        before = stores.raw(home)
        with pytest.raises(StoreDamaged) as caught:
            database.open_store(home, "lan", "Mat-khau-1945")
        assert caught.value.facts["file"] == "store.db"
        assert stores.raw(home) == before


def test_a_cut_off_store_is_damaged(home: Path) -> None:
    stores.make(home)[0].close()
    path = home / "store.db"
    whole = path.read_bytes()
    for size in (0, 100, 4096, len(whole) - 4096, len(whole) - 7):
        path.write_bytes(whole[:size])
        before = stores.raw(home)
        with pytest.raises(StoreDamaged):
            database.open_store(home, "lan", "Mat-khau-1945")
        assert stores.raw(home) == before


def test_damage_met_while_reading_has_its_own_name(home: Path) -> None:
    db, _ = stores.make(home)
    for n in range(300):
        stores.add_person(db, f"Trần Văn {n}", hamlet="ấp " + "x" * 500)
    db.close()
    db = database.open_store(home, "lan", "Mat-khau-1945")
    path = home / "store.db"
    with open(path, "r+b") as store:
        for page in range(path.stat().st_size // 4096 // 2, path.stat().st_size // 4096):
            store.seek(page * 4096 + 1000)
            store.write(b"\x00" * 8)
    with pytest.raises(StoreDamaged):
        stores.names(db)
    with pytest.raises(StoreDamaged):
        assert db.check() == ()


def test_a_store_of_a_newer_program_is_left_as_it_is(home: Path) -> None:
    db, _ = stores.make(home)
    with db.write(Author("lan")) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9042'"))
    db.close()
    before = stores.raw(home)
    with pytest.raises(NewerVersion) as caught:
        database.open_store(home, "lan", "Mat-khau-1945")
    assert caught.value.facts == {"found": "9042", "known": migrate.HEAD}
    assert stores.raw(home) == before


# ---------------------------------------------------------------- a stolen copy


def spellings(name: str) -> set[bytes]:
    """Every way in which a name could stand in a file."""
    texts = {name, name.upper(), name.lower(), fold(name), fold(name).replace(" ", "")}
    texts |= {part for text_ in set(texts) for part in text_.split() if len(part) > 4}
    forms = {unicodedata.normalize(form, one) for one in texts for form in ("NFC", "NFD")}
    codecs = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")
    return {one.encode(codec) for one in forms for codec in codecs}


def leaks(folder: Path, name: str) -> list[str]:
    """Files (or their names) that show the name in any spelling."""
    needles = spellings(name)
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file()
        and any(needle in path.read_bytes() + path.name.encode() for needle in needles)
    ]


def test_a_copied_store_shows_no_byte_of_a_name(home: Path, tmp_path: Path) -> None:
    name = "Trương Nguyễn Thuỳ Quỳnh"
    db, _ = stores.make(home)
    for n in range(200):
        stores.add_person(db, f"{name} {n}", hamlet=name)
    with db.read() as session:
        ordered = text("SELECT name FROM person ORDER BY substr(name, 3), hamlet DESC")
        assert len(session.execute(ordered).all()) == 200
        assert (home / "store.db-wal").stat().st_size > 0
        copy = tmp_path / "copy"
        shutil.copytree(home, copy)
    assert (copy / "store.db-shm").exists()
    assert leaks(copy, name) == []
    (copy / "store.keys").unlink()
    with pytest.raises(KeyFileMissing):
        database.open_store(copy, "lan", "Mat-khau-1945")
    (tmp_path / "plain.txt").write_text(unicodedata.normalize("NFD", name), encoding="utf-16-le")
    assert leaks(tmp_path, name) == [str(tmp_path / "plain.txt")]


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
    ready, go = PROCESSES.Event(), PROCESSES.Event()
    other = PROCESSES.Process(target=hold_the_pen, args=(str(home), ready, go))
    other.start()
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


# ---------------------------------------------------------------- a full disk


def fill_the_disk(home: str, answers: object) -> None:
    """Write until the system refuses bytes beyond a size, then say what came of it."""
    folder = Path(home)
    db = database.open_store(folder, "lan", "Mat-khau-1945")
    size = max((folder / name).stat().st_size for name in ("store.db", "store.db-wal"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 300_000, resource.RLIM_INFINITY))
    written = []
    try:
        for n in range(10_000):
            with db.write(Author("lan")) as session:
                for part in range(20):
                    name = f"Người {n} {part} " + "x" * 1000
                    session.add(Person(name=name, commune=stores.COMMUNE, office_id=stores.OFFICE))
            written.append(n)
    except DataError as error:
        answers.put((len(written), error.code, len(stores.names(db))))  # type: ignore[attr-defined]


def test_a_full_disk_is_said_and_leaves_nothing_half(home: Path) -> None:
    stores.make(home)[0].close()
    answers = PROCESSES.Queue()
    child = PROCESSES.Process(target=fill_the_disk, args=(str(home), answers))
    child.start()
    written, code, seen_in_child = answers.get(timeout=100)
    child.join(60)
    assert code == DiskFull.default_code
    assert seen_in_child == written * 20
    db = database.open_store(home, "lan", "Mat-khau-1945")
    assert len(stores.names(db)) == written * 20
    with db.read() as session:
        assert session.query(History).count() == written * 20
    assert db.check() == ()
    stores.add_person(db, NAME)


def test_a_store_that_may_not_grow_says_disk_full(home: Path) -> None:
    db, _ = stores.make(home)
    with pytest.raises(DiskFull):
        with db.write(Author("lan")) as session:
            pages = session.scalar(text("PRAGMA page_count"))
            session.execute(text(f"PRAGMA max_page_count = {pages + 3}"))
            for n in range(200):
                session.add(
                    Person(
                        name=f"{n}" + "x" * 900,
                        commune=stores.COMMUNE,
                        office_id=stores.OFFICE,
                    )
                )
    assert stores.names(db) == []


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
