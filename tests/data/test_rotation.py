"""Somebody leaves: new keys for the store, whoever has it open and whenever the power goes."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from data import connect, database, keyfile, keyring, pages, rotation
from data.database import Author, Database
from data.errors import KeysChanged, NotAllowed, StoreBusy, WrongPassword
from data.records.person import Person
from tests.chance import SOAK, dice
from tests.data import stores
from tests.forks import FORKS, apart

SECRET = "bị bạo lực tại nhà"
HOA, MINH = "Của-Hoà-2026", "minh-456"
KILLS = 60 if SOAK else 8


def opens(home: Path, login: str, password: str) -> Database:
    """Open and keep open."""
    return database.open_store(home, login, password)


def three_people(home: Path) -> tuple[Database, str]:
    """Lan (admin, restricted), Hoà (restricted), Minh (not)."""
    db, code = stores.make(home)
    keyring.add_slot(db, "hoa", HOA, restricted=True)
    keyring.add_slot(db, "minh", MINH)
    return db, code


# ---------------------------------------------------------------- somebody leaves


def with_secret(db: Database) -> str:
    """A person with a restricted note, edited once so that history and outbox hold it too."""
    assert db.keys.restricted is not None
    row_id = stores.add_person(db, "Lê Thị Na", violence_note=db.keys.restricted.seal("cũ"))
    with db.write(Author("lan")) as session:
        session.get_one(Person, row_id).violence_note = db.keys.restricted.seal(SECRET)
    return row_id


def secret_texts(db: Database) -> list[str]:
    """Every text anywhere in the store that holds something sealed."""
    with db.read() as session:
        queries = (
            "SELECT violence_note FROM person",
            "SELECT new FROM history",
            "SELECT old FROM history",
            "SELECT fields FROM change",
        )
        rows = [row for query in queries for row in session.scalars(text(query))]
    return [row for row in rows if row and "enc1:" in row]


def test_who_left_opens_nothing_any_more_even_with_a_key_kept_from_before(home: Path) -> None:
    db, code = three_people(home)
    row_id = with_secret(db)
    kept = db.signed_in("hoa", HOA).keys
    assert kept.restricted is not None
    before = len(secret_texts(db))
    db.rotate("hoa")

    assert keyring.logins(home) == ("lan", "minh")
    with pytest.raises(WrongPassword):
        db.signed_in("hoa", HOA)
    path = connect.path_in(home)
    assert not rotation.lies_under(path, kept.file_key)
    count = path.stat().st_size // pages.PAGE_BYTES
    assert len(pages.damaged(path, kept.file_key, range(1, count + 1))) == count

    texts = secret_texts(db)
    assert len(texts) == before == 6
    for sealed in texts:
        assert kept.restricted.resealer()(sealed) == sealed
    assert db.keys.restricted is not None
    with db.read() as session:
        note = session.get_one(Person, row_id).violence_note
    assert db.keys.restricted.open(note) == SECRET
    with pytest.raises(NotAllowed, match="restricted_key_unknown"):
        kept.restricted.open(note)
    with db.read() as session:
        assert session.scalar(text("SELECT applying FROM capture_state")) == 0

    stores.add_person(db, "Sau khi Hoà nghỉ")
    db.close()
    for opened in (
        opens(home, "lan", stores.LAN.password),
        opens(home, "minh", MINH),
        database.open_with_recovery(home, code),
    ):
        assert len(stores.names(opened)) == 2
        assert opened.check() == ()
        assert opened.keys.generation == 2
        opened.close()


def test_a_rotation_does_not_count_as_the_records_being_edited(home: Path) -> None:
    db, _ = three_people(home)
    row_id = with_secret(db)
    state = (
        "SELECT version, updated_at, (SELECT count(*) FROM dirty), "
        "(SELECT count(*) FROM history), (SELECT count(*) FROM change) FROM person"
    )
    with db.read() as session:
        before = session.execute(text(state)).one()
    db.rotate("hoa")
    with db.read() as session:
        assert session.execute(text(state)).one() == before
        assert session.get_one(Person, row_id).name == "Lê Thị Na"


def test_somebody_without_restricted_rights_can_still_see_people_off(home: Path) -> None:
    db, _ = three_people(home)
    row_id = with_secret(db)
    minh = db.signed_in("minh", MINH)
    minh.rotate("hoa")
    with pytest.raises(WrongPassword):
        db.signed_in("hoa", HOA)
    with db.read() as session:
        note = session.get_one(Person, row_id).violence_note
    assert db.keys.restricted is not None
    assert db.keys.restricted.open(note) == SECRET
    assert db.keys.generation == 2


def test_nobody_takes_away_his_own_slot_or_one_that_is_not_there(home: Path) -> None:
    db, _ = three_people(home)
    before = (home / "store.keys").read_bytes()
    for login, code in (("lan", "own_slot"), ("tuan", "slot_missing"), ("*recovery", "slot_miss")):
        with pytest.raises(NotAllowed, match=code):
            db.rotate(login)
    with pytest.raises(RuntimeError), db.write(Author("lan")):
        db.rotate("hoa")
    assert (home / "store.keys").read_bytes() == before


def test_people_reading_and_writing_meanwhile_notice_nothing(home: Path) -> None:
    db, _ = three_people(home)
    stop = threading.Event()
    troubles: list[BaseException] = []
    written: list[str] = []

    def work(number: int) -> None:
        try:
            while not stop.is_set():
                if number == 0:
                    written.append(stores.add_person(db, f"Người {len(written)}"))
                else:
                    stores.names(db)
        except BaseException as error:  # noqa: BLE001 - the test shows what happened
            troubles.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for round_ in range(4):
        time.sleep(0.05)
        keyring.add_slot(db, f"tạm{round_}", "x")
        db.rotate(f"tạm{round_}")
    stop.set()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(stores.names(db)) == len(written) > 0
    assert db.check() == ()


def test_a_reader_who_is_inside_may_read_more_while_a_rotation_waits(home: Path) -> None:
    db, _ = three_people(home)
    with db.read():
        thread = threading.Thread(target=db.rotate, args=("hoa",))
        thread.start()
        deadline = time.monotonic() + 10
        while not keyfile.load(home).rotating and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.1)
        began = time.monotonic()
        assert stores.names(db) == []
        assert time.monotonic() - began < 1
    thread.join()
    assert db.keys.generation == 2


def test_another_view_of_the_same_store_goes_on_after_a_rotation(home: Path) -> None:
    db, _ = three_people(home)
    minh, hoa = db.signed_in("minh", MINH), db.signed_in("hoa", HOA)
    db.rotate("hoa")
    stores.add_person(minh, "Của Minh", "minh")
    assert stores.names(db) == ["Của Minh"]
    with pytest.raises(KeysChanged):
        stores.names(hoa)
    with pytest.raises(KeysChanged):
        stores.add_person(hoa, "Của Hoà", "hoa")
    keyring.change_password(minh, MINH, "mới")
    assert minh.still_opens("mới")


def type_until_told(home: str, answers: object) -> None:
    """The window's part: types on and on while somebody else changes the keys."""
    db = database.open_store(Path(home), "minh", MINH)
    done = 0
    answers.put("ready")  # type: ignore[attr-defined]
    while not (Path(home) / "stop").exists():
        try:
            stores.add_person(db, f"Từ cửa sổ {done}", "minh")
            stores.names(db)
            done += 1
        except (KeysChanged, StoreBusy):
            time.sleep(0.01)
    answers.put((done, len(stores.names(db))))  # type: ignore[attr-defined]
    db.close()


def test_another_program_follows_a_rotation_without_the_password(home: Path) -> None:
    db, _ = three_people(home)
    answers = FORKS.Queue()
    window = apart(type_until_told, str(home), answers)
    assert answers.get(timeout=60) == "ready"
    time.sleep(0.2)
    db.rotate("hoa")
    time.sleep(0.3)
    (home / "stop").touch()
    done, seen = answers.get(timeout=60)
    window.join(60)
    assert seen >= done > 0
    assert len(stores.names(db)) == seen
    assert db.check() == ()


def test_no_page_stays_under_the_old_key_while_another_program_has_the_store_open(
    home: Path,
) -> None:
    db, _ = three_people(home)
    path, old = connect.path_in(home), db.file_key
    idle = connect.connect(path, old)
    idle.execute("SELECT count(*) FROM person").fetchone()
    db.rotate("hoa")
    count = path.stat().st_size // pages.PAGE_BYTES
    assert len(pages.damaged(path, old, range(1, count + 1))) == count
    idle.close()


def test_a_rotation_held_up_by_a_long_reader_elsewhere_ends_at_the_next_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, _ = three_people(home)
    with_secret(db)
    reader = connect.connect(connect.path_in(home), db.file_key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()
    monkeypatch.setattr(connect, "WRITE_WAIT_S", 0.3)
    with pytest.raises(StoreBusy):
        db.rotate("hoa")
    assert keyring.logins(home) == ("lan", "minh")
    assert keyfile.load(home).rotating
    with pytest.raises(NotAllowed, match="keys_rotating"):
        keyring.add_slot(db, "tuan", "x")
    assert stores.names(db) == ["Lê Thị Na"]
    held_up = opens(home, "lan", stores.LAN.password)
    stores.add_person(held_up, "Vẫn làm việc được")
    held_up.close()
    reader.close()
    db.close()
    again = opens(home, "lan", stores.LAN.password)
    assert not keyfile.load(home).rotating
    assert again.keys.generation == 2
    keyring.add_slot(again, "tuan", "x")


def see_hoa_off(home: str) -> None:
    """The program that dies while it changes the keys."""
    database.open_store(Path(home), "lan", stores.LAN.password).rotate("hoa")


@pytest.mark.soak
def test_killed_while_changing_the_keys_the_store_opens_for_all_who_stay(home: Path) -> None:
    chance = dice(3)
    finished = 0
    for number in range(KILLS):
        place = home / str(number)
        db, code = three_people(place)
        row_id = with_secret(db)
        for n in range(20):
            stores.add_person(db, f"Người {n} " + "x" * 3000)
        kept = db.signed_in("hoa", HOA).keys
        db.close()
        child = apart(see_hoa_off, str(place))
        _wait_for_the_beginning(place, child)
        time.sleep(chance.random() * 0.12)
        assert child.pid is not None
        if child.exitcode is None:
            os.kill(child.pid, signal.SIGKILL)
        child.join()
        finished += child.exitcode == 0

        with pytest.raises(WrongPassword):
            opens(place, "hoa", HOA)
        first = opens(place, "minh", MINH)
        assert len(stores.names(first)) == 21
        first.close()
        second = opens(place, "lan", stores.LAN.password)
        assert second.check() == ()
        assert not keyfile.load(place).rotating
        assert not rotation.lies_under(connect.path_in(place), kept.file_key)
        assert second.keys.restricted is not None
        assert len(second.keys.restricted.keys) == 1
        with second.read() as session:
            note = session.get_one(Person, row_id).violence_note
        assert second.keys.restricted.open(note) == SECRET
        second.close()
        database.open_with_recovery(place, code).close()
    assert finished < KILLS


def _wait_for_the_beginning(place: Path, child: object) -> None:
    deadline = time.monotonic() + 60
    while len(keyring.logins(place)) == 3 and time.monotonic() < deadline:
        if child.exitcode is not None:  # type: ignore[attr-defined]
            return
        time.sleep(0.001)
