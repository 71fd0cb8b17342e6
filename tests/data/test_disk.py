"""Files that are put in place whole, full and closed disks, and what killed programs leave."""

from __future__ import annotations

import errno
import os
import resource
import stat
import time
from pathlib import Path

import pytest

from data import backup, connect, database, disk, in_use
from data.errors import DataError, DiskFull, NotAllowed, StoreBusy
from tests.data import stores
from tests.data.test_database import hold_the_pen
from tests.forks import FORKS, apart


def test_a_file_is_replaced_whole_and_nothing_lies_beside(tmp_path: Path) -> None:
    target = tmp_path / "store.keys"
    disk.write_whole(target, b"old")
    disk.write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_is_no_folder_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "folder" / "name").mkdir(parents=True)
    with pytest.raises(NotAllowed) as told:
        disk.write_whole(tmp_path / "folder" / "name", b"x")
    assert told.value.code == "place_not_writable"
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["name"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EFBIG, DiskFull),
        (errno.EROFS, NotAllowed),
        (errno.EACCES, NotAllowed),
        (errno.EIO, OSError),
    ],
)
def test_what_the_system_says_has_a_name(
    tmp_path: Path, number: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind), disk.told(tmp_path):
        raise OSError(number, os.strerror(number))


def test_free_space_is_asked_of_the_disk_that_would_hold_the_place(tmp_path: Path) -> None:
    assert disk.free_bytes(tmp_path / "not" / "yet") > 0


def test_only_old_leftovers_of_ours_are_cleared(home: Path) -> None:
    stores.make(home)[0].close()
    long_ago = time.time() - 7200
    for name in ("copy-1-a.db", "drill-x", "restore-y", "scan của Lan.png", "new-z"):
        if name.startswith(("drill", "restore", "new")):
            (home / "tmp" / name).mkdir()
            (home / "tmp" / name / "store.db").write_bytes(b"?")
        else:
            (home / "tmp" / name).write_bytes(b"?")
        if name != "new-z":
            os.utime(home / "tmp" / name, (long_ago, long_ago))
    database.open_store(home, "lan", stores.LAN.password).close()
    assert {path.name for path in (home / "tmp").iterdir()} == {"scan của Lan.png", "new-z"}


# ---------------------------------------------------------------- a stick that is full


def back_up_onto_a_full_stick(home: str, answers: object) -> None:
    """The copy still fits, the backup file with its header does not."""
    folder = Path(home)
    db = database.open_store(folder, "lan", stores.LAN.password)
    limit = (folder / "store.db").stat().st_size + 100
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        backup.make(db, folder / "usb")
    except DataError as error:
        answers.put(error.code)  # type: ignore[attr-defined]


def test_a_full_stick_is_said_and_holds_no_half_backup(home: Path) -> None:
    db, _ = stores.make(home)
    for n in range(30):
        stores.add_person(db, f"Người {n}")
    db.close()
    answers = FORKS.Queue()
    child = apart(back_up_onto_a_full_stick, str(home), answers)
    assert answers.get(timeout=60) == DiskFull.default_code
    child.join(60)
    assert list((home / "usb").iterdir()) == []
    assert list((home / "tmp").iterdir()) == []


# ---------------------------------------------------------------- who has it open


def test_a_store_that_another_program_has_open_is_not_replaced(home: Path) -> None:
    db, _ = stores.make(home)
    made = backup.make(db)
    assert in_use.anybody(home)
    db.close()
    assert not in_use.anybody(home)
    ready, go = FORKS.Event(), FORKS.Event()
    other = apart(hold_the_pen, str(home), ready, go)
    assert ready.wait(60)
    assert in_use.anybody(home)
    with pytest.raises(StoreBusy):
        backup.restore(made.path, home, stores.LAN.password)
    go.set()
    other.join(60)
    assert not in_use.anybody(home)
    db = database.open_store(home, "lan", stores.LAN.password)
    assert stores.names(db) == ["Từ máy lệnh"]
    db.close()
    assert backup.restore(made.path, home, stores.LAN.password).aside is not None


def test_what_a_killed_program_left_open_is_not_in_use(home: Path) -> None:
    db, _ = stores.make(home)
    made = backup.make(db)
    db.close()
    ready, go = FORKS.Event(), FORKS.Event()
    other = apart(hold_the_pen, str(home), ready, go)
    assert ready.wait(60)
    other.kill()
    other.join()
    assert connect.path_in(home).with_name("store.db-shm").exists()
    assert not in_use.anybody(home)
    restored = backup.restore(made.path, home, stores.LAN.password)
    assert restored.aside is not None
    assert (restored.aside / "store.db-wal").exists()


def test_other_users_of_the_pc_cannot_open_the_folder_or_its_files(home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    db, _ = stores.make(home)
    stores.add_person(db, "Nguyễn Thị Hường")
    made = backup.make(db)
    files = [home / "store.db", home / "store.keys", made.path, home / "store.db-wal"]
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) & 0o077 for path in files}
    db.close()
    if os.name != "nt":  # there the folders of a user are closed by themselves
        assert set(modes.values()) == {0}, modes
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
