"""The power goes while a backup is brought back, or while who left is taken out of backups."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data import backup, container, database, keyring, restoring
from data.errors import WrongPassword
from data.records.person import Person
from tests.data import cut, stores

OLD, NEW = "Đang có trên máy", "Trong bản sao lưu"
MINH = "Mat-khau-1946"


@pytest.mark.slow
def test_a_restore_cut_at_any_step_leaves_the_old_store_or_brings_the_new_one(
    tmp_path: Path,
) -> None:
    db, _ = stores.make(tmp_path / "office")
    stores.add_person(db, NEW)
    file = backup.make(db, tmp_path / "usb").path
    with db.write(database.Author("lan")) as session:
        session.query(Person).one().name = OLD
    db.close()
    came = finished = number = 0
    while True:
        home = tmp_path / f"home {number}"
        shutil.copytree(tmp_path / "office", home)
        cut_off = cut.dies(number, cut.restore, home, file)
        finished += restoring.pending(home)
        db = database.open_store(home, "lan", stores.LAN.password)
        now = stores.names(db)
        assert db.check() == ()
        db.close()
        asides = list(home.glob("aside-*"))
        assert (now, len(asides)) in (([OLD], 0), ([NEW], 1))
        if now == [NEW]:
            came += 1
            aside = database.open_store(asides[0], "lan", stores.LAN.password)
            assert stores.names(aside) == [OLD]
            aside.close()
        assert not (home / restoring.FOLDER).exists() or not restoring.pending(home)
        if not cut_off:
            break
        number += 1
    assert finished >= 4 and came > finished and number > came


@pytest.mark.slow
def test_a_cut_while_who_left_is_taken_out_of_backups_leaves_each_whole(tmp_path: Path) -> None:
    db, _ = stores.make(tmp_path / "office")
    stores.add_person(db, NEW)
    keyring.add_slot(db, "minh", MINH)
    for _ in range(3):
        backup.make(db)
    db.close()
    number, opened_by_minh = 0, []
    while True:
        home = tmp_path / f"home {number}"
        shutil.copytree(tmp_path / "office", home)
        cut_off = cut.dies(number, cut.shut_out_minh, home)
        opened_by_minh.append(openable(home, "minh", MINH))
        assert openable(home, "lan", stores.LAN.password) == 3
        if not cut_off:
            break
        assert not cut.dies(1000, cut.shut_out_minh, home)
        assert openable(home, "minh", MINH) == 0
        assert not list((home / "backups").glob("*.part"))
        number += 1
    assert opened_by_minh == sorted(opened_by_minh, reverse=True) and opened_by_minh[-1] == 0


def openable(home: Path, login: str, password: str) -> int:
    """How many of the backups, all of them whole, somebody opens."""
    opened = 0
    for path, _ in container.listed(home / "backups"):
        container.verify(path)
        try:
            backup.open_keys(container.read_keys(path), password, login)
            opened += 1
        except WrongPassword:
            continue
    return opened
