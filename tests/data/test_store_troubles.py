"""What may stand in the way of a store: each has its own error and leaves every byte alone."""

from __future__ import annotations

import json
import random
import resource
import shutil
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import text

from data import backup, database, keyfile, migrate
from data.database import Author
from data.errors import (
    DataError,
    DiskFull,
    KeyFileMissing,
    NewerVersion,
    StoreDamaged,
    StoreExists,
    StoreMissing,
    WrongPassword,
)
from data.records.person import Person
from data.records.trace import History
from data.text import fold
from tests.data import stores
from tests.forks import FORKS, apart

NAME = "Nguyễn Thị Hồng Đào"


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


def test_any_flipped_byte_of_a_small_store_is_found_at_the_start(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOOK_AT_PAGES_S", 60.0)  # a busy machine looks slowly
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


def test_a_key_file_of_a_newer_program_is_not_called_damaged(home: Path) -> None:
    stores.make(home)[0].close()
    path = keyfile.path_in(home)
    document = json.loads(path.read_bytes())
    document["keys"] = {"format": keyfile.FORMAT + 1, "people": []}
    path.write_text(json.dumps(document))
    before = stores.raw(home)
    with pytest.raises(NewerVersion) as caught:
        database.open_store(home, "lan", "Mat-khau-1945")
    assert caught.value.facts == {"found": keyfile.FORMAT + 1, "known": keyfile.FORMAT}
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
        backup.make(db)
        copy = tmp_path / "copy"
        shutil.copytree(home, copy)
    assert (copy / "store.db-shm").exists()
    assert len(list((copy / "backups").iterdir())) == 1
    assert leaks(copy, name) == []
    (copy / "store.keys").unlink()
    with pytest.raises(KeyFileMissing):
        database.open_store(copy, "lan", "Mat-khau-1945")
    (tmp_path / "plain.txt").write_text(unicodedata.normalize("NFD", name), encoding="utf-16-le")
    assert leaks(tmp_path, name) == [str(tmp_path / "plain.txt")]


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
    answers = FORKS.Queue()
    child = apart(fill_the_disk, str(home), answers)
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
