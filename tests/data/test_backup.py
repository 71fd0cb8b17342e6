"""Backups: made while people type, honest about damage, thinned by age, tried out and restored."""

from __future__ import annotations

import random
import shutil
import threading
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data import backup, container, database, keyring
from data.database import Author, Database
from data.errors import DataError, NewerVersion, NotAllowed, StoreBusy, StoreDamaged, WrongPassword
from data.records.person import Person
from data.records.trace import History
from tests.data import stores

PASSWORD = stores.LAN.password


def office(home: Path, people: int = 30) -> tuple[Database, str]:
    """A store with some people, one of them removed."""
    db, code = stores.make(home)
    for n in range(people):
        stores.add_person(db, f"Đặng Thị Ngọc {n}")
    with db.write(Author("lan")) as session:
        session.query(Person).first().deleted_at = "2026-11-23T00:00:00.000Z"
    return db, code


# ---------------------------------------------------------------- made


def test_a_backup_is_one_file_named_by_the_moment_and_says_what_it_holds(home: Path) -> None:
    db, _ = office(home)
    made = backup.make(db)
    assert made.path.parent == home / "backups"
    assert made.path.match("soansinh-[0-9]*-[0-9]*.sasbk")
    assert made.header.persons == 29
    assert made.bytes == made.path.stat().st_size
    assert list(made.path.parent.iterdir()) == [made.path]
    assert list((home / "tmp").iterdir()) == []
    again = backup.make(db)
    assert again.path != made.path
    assert [path for path, _ in container.listed(home / "backups")] == [again.path, made.path]


def test_a_backup_goes_to_a_stick_that_has_no_folder_yet(home: Path, tmp_path: Path) -> None:
    db, _ = office(home)
    made = backup.make(db, tmp_path / "USB" / "Sao lưu")
    assert made.path.parent == tmp_path / "USB" / "Sao lưu"
    (tmp_path / "đã đầy").write_text("a file, not a folder")
    with pytest.raises((NotAllowed, OSError)):
        backup.make(db, tmp_path / "đã đầy")
    assert list((home / "tmp").iterdir()) == []


def test_people_type_on_while_a_backup_is_made_and_it_is_of_one_moment(home: Path) -> None:
    db, _ = office(home, 200)
    stop = threading.Event()

    def type_on() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with db.write(Author("lan")) as session:
                for part in range(5):
                    session.add(
                        Person(name=f"{n} {part}", commune=stores.COMMUNE, office_id=stores.OFFICE)
                    )

    thread = threading.Thread(target=type_on)
    thread.start()
    made = [backup.make(db) for _ in range(8)]
    stop.set()
    thread.join()
    for one in made:
        tried = backup.drill(home, one.path, PASSWORD)
        assert tried.problems == ()
        assert tried.persons == one.header.persons
        assert (tried.persons - 199) % 5 == 0
    assert made[0].header.persons < made[-1].header.persons


def test_a_backup_shows_no_byte_of_a_name(home: Path) -> None:
    db, _ = office(home)
    made = backup.make(db)
    content = made.path.read_bytes()
    for form in ("NFC", "NFD"):
        for codec in ("utf-8", "utf-16-le"):
            assert unicodedata.normalize(form, "Đặng Thị").encode(codec) not in content
    assert b"dang thi" not in content
    assert b"Mat-khau" not in content


def test_a_damaged_store_makes_no_backup_and_keeps_the_good_ones(home: Path) -> None:
    db, _ = office(home, 100)
    good = backup.make(db)
    db.close()
    db = database.open_store(home, "lan", PASSWORD)
    path = home / "store.db"
    with open(path, "r+b") as store:
        store.seek(path.stat().st_size // 2)
        store.write(b"rot")
    with pytest.raises(StoreDamaged):
        backup.make_and_rotate(db)
    db.close()
    assert [one for one, _ in container.listed(home / "backups")] == [good.path]
    assert backup.drill(home, good.path, PASSWORD).persons == 99
    assert list((home / "tmp").iterdir()) == []


# ---------------------------------------------------------------- damaged, foreign, missing


def test_any_changed_byte_of_a_backup_is_found(home: Path, tmp_path: Path) -> None:
    db, _ = office(home)
    made = backup.make(db)
    whole = made.path.read_bytes()
    other = tmp_path / "other.sasbk"
    dice = random.Random(6)
    for place in [
        7,
        12,
        200,
        700,
        len(whole) - 1,
        *(dice.randrange(len(whole)) for _ in range(40)),
    ]:
        changed = bytearray(whole)
        changed[place] ^= 1
        other.write_bytes(changed)
        with pytest.raises((StoreDamaged, DataError)):
            backup.restore(other, tmp_path / "neu", PASSWORD, "lan")
        assert not database.exists(tmp_path / "neu")
    for size in (0, 3, 50, 1000, len(whole) - 1):
        other.write_bytes(whole[:size])
        with pytest.raises((StoreDamaged, DataError)):
            backup.restore(other, tmp_path / "neu", PASSWORD, "lan")


def test_what_is_no_backup_is_called_so(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.sasbk").write_bytes(b"PK\x03\x04 a spreadsheet")
    with pytest.raises(DataError, match="not_a_backup"):
        backup.restore(tmp_path / "a.sasbk", home, PASSWORD)
    with pytest.raises(DataError, match="backup_missing"):
        backup.restore(tmp_path / "none.sasbk", home, PASSWORD)
    assert not home.exists()


# ---------------------------------------------------------------- thinned


def test_days_weeks_and_months_are_kept() -> None:
    today = date(2026, 11, 23)
    daily = [(Path(f"{n}"), today - timedelta(days=n)) for n in range(800)]
    twice = [(Path(f"early-{path}"), day) for path, day in daily[:3]]
    kept = backup.to_keep([daily[0], twice[0], daily[1], twice[1], *daily[2:]])
    assert twice[0][0] in kept
    assert not {path for path, _ in twice[1:]} & kept
    ages = sorted(int(path.name) for path in kept - {twice[0][0]})
    assert ages[:7] == list(range(7))
    sundays = {age for age, (_, day) in enumerate(daily) if day.weekday() == 6 and age < 21}
    assert sundays <= set(ages)
    months = {(daily[age][1].year, daily[age][1].month) for age in ages}
    assert len(months) == 12
    assert len(kept) <= 3 + 7 + 4 + 12


def test_only_old_backups_of_this_store_are_removed(home: Path, tmp_path: Path) -> None:
    db, _ = office(home)
    stick = tmp_path / "usb"
    first, *recent = (backup.make(db, stick) for _ in range(3))
    stranger, _ = stores.make(tmp_path / "other home")
    foreign = backup.make(stranger, stick)
    (stick / "soansinh-broken.sasbk").write_bytes(b"?")
    (stick / "ảnh gia đình.jpg").write_bytes(b"?")
    second = backup.make_and_rotate(db, stick)
    assert not first.path.exists()
    left = {path.name for path in stick.iterdir()}
    ours = {one.path.name for one in (*recent, second)}
    assert left == ours | {foreign.path.name, "soansinh-broken.sasbk", "ảnh gia đình.jpg"}
    found = backup.latest(stick, second.header.store_id)
    assert found is not None
    assert found[0] == second.path


# ---------------------------------------------------------------- tried and restored


def test_a_drill_opens_reads_counts_and_cleans_up(home: Path) -> None:
    db, code = office(home)
    made = backup.make(db)
    stores.add_person(db, "Sau bản sao")
    before = stores.raw(home)
    for secret in (PASSWORD, code):
        tried = backup.drill(home, made.path, secret)
        assert (tried.persons, tried.problems) == (29, ())
    with pytest.raises(WrongPassword):
        backup.drill(home, made.path, "khác")
    assert stores.raw(home) == before
    assert list((home / "tmp").iterdir()) == []


def test_a_backup_comes_back_on_a_new_pc_for_everybody(home: Path, tmp_path: Path) -> None:
    db, code = office(home)
    keyring.add_slot(db, "hoa", "Của-Hoà")
    made = backup.make(db)
    stick = shutil.copy(made.path, tmp_path / "stick.sasbk")
    db.close()
    shutil.rmtree(home)
    restored = backup.restore(Path(stick), home, "Của-Hoà")
    assert (restored.login, restored.aside) == ("hoa", None)
    for login, password in (("hoa", "Của-Hoà"), ("lan", PASSWORD)):
        again = database.open_store(home, login, password)
        assert len(stores.names(again)) == 30
        again.close()
    again = database.open_with_recovery(home, code)
    with again.read() as session:
        assert session.query(History).count() == 31
        found = "SELECT count(*) FROM person_search WHERE person_search MATCH 'ngoc'"
        assert session.scalar(text(found)) == 30
    stores.add_person(again, "Sau phục hồi")


def test_a_restored_store_has_a_fresh_search_index(home: Path, tmp_path: Path) -> None:
    db, _ = office(home)
    with db.write(Author("lan")) as session:
        session.execute(text("INSERT INTO person_search(person_search) VALUES ('delete-all')"))
    made = backup.make(db)
    backup.restore(made.path, tmp_path / "new", PASSWORD)
    again = database.open_store(tmp_path / "new", "lan", PASSWORD)
    with again.read() as session:
        found = "SELECT count(*) FROM person_search WHERE person_search MATCH 'ngoc'"
        assert session.scalar(text(found)) == 30
    again.close()


def test_the_store_that_was_there_is_set_aside_and_still_opens(home: Path) -> None:
    db, _ = office(home)
    made = backup.make(db)
    stores.add_person(db, "Chưa sao lưu")
    with pytest.raises(StoreBusy):
        backup.restore(made.path, home, PASSWORD)
    db.close()
    restored = backup.restore(made.path, home, PASSWORD)
    assert restored.aside is not None
    now = database.open_store(home, "lan", PASSWORD)
    assert "Chưa sao lưu" not in stores.names(now)
    now.close()
    aside = database.open_store(restored.aside, "lan", PASSWORD)
    assert "Chưa sao lưu" in stores.names(aside)
    aside.close()
    assert list((home / "tmp").iterdir()) == []


def test_a_wrong_password_touches_nothing(home: Path) -> None:
    db, _ = office(home)
    made = backup.make(db)
    db.close()
    before = stores.raw(home)
    for login in ("", "lan", "hoa"):
        with pytest.raises(WrongPassword):
            backup.restore(made.path, home, "khác", login)
    assert stores.raw(home) == before


def test_a_backup_of_a_newer_program_touches_nothing(home: Path, tmp_path: Path) -> None:
    db, _ = office(home)
    with db.write(Author("lan")) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9042'"))
    made = backup.make(db)
    db.close()
    with pytest.raises(NewerVersion):
        backup.restore(made.path, tmp_path / "new", PASSWORD)
    assert not database.exists(tmp_path / "new")


def test_a_backup_from_before_somebody_left_opens_with_the_keys_of_its_time(home: Path) -> None:
    db, _ = office(home)
    keyring.add_slot(db, "hoa", "Của-Hoà")
    made = backup.make(db)
    db.rotate("hoa")
    newer = backup.make(db)
    db.close()
    with pytest.raises(WrongPassword):
        backup.drill(home, newer.path, "Của-Hoà")
    assert backup.drill(home, newer.path, PASSWORD).persons == 29
    assert backup.drill(home, made.path, PASSWORD).persons == 29
