"""The last steps of bringing a store back: done whole, if need be by the next start.

A restore first makes and opens everything aside. Then one rename makes it decided: the folder
`restoring` in the home holds the store that comes and names the folder for the one that goes.
What follows are renames, each of which may be done again.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from data import connect, container, disk, keyfile
from data.errors import StoreBusy

FOLDER = "restoring"
DECIDED = "decided"
TURN = "turn"
STORE_FILES = (
    connect.FILE_NAME,
    connect.FILE_NAME + "-wal",
    connect.FILE_NAME + "-shm",
    keyfile.FILE_NAME,
)
WAIT_S = 20.0


@dataclass(frozen=True)
class Finished:
    """A store came into the home; `aside` holds the one that was there before, if any."""

    aside: Path | None


def decide(made: Path, home: Path) -> None:
    """From here on the store in the folder `made` is the home's; the one there now is set aside."""
    with disk.told(home):
        aside = _free_aside(home).name if _present(home) else ""
        disk.write_whole(made / DECIDED, aside.encode("ascii"))
        shutil.rmtree(home / FOLDER, ignore_errors=True)
        disk.put_in_place(made, home / FOLDER)


def pending(home: Path) -> bool:
    """True when a restore was decided and not brought to its end."""
    return (home / FOLDER / DECIDED).exists()


def finish(home: Path) -> Finished | None:
    """Bring a decided restore to its end; None when there is none (any more).

    Every part of it may be done again. Two programs may be starting: one waits for the other.
    Raises DiskFull, NotAllowed, StoreBusy.
    """
    if not pending(home):
        return None
    coming = home / FOLDER
    try:
        with disk.told(home), closing(dbapi2.connect(coming / TURN, timeout=WAIT_S)) as turn:
            turn.execute("BEGIN EXCLUSIVE")
            done = _finished(home, coming) if pending(home) else None
    except dbapi2.OperationalError:
        if pending(home):
            raise StoreBusy(waited_s=WAIT_S, where="other_program") from None
        return None
    shutil.rmtree(coming, ignore_errors=True)
    return done


def _finished(home: Path, coming: Path) -> Finished:
    name = (coming / DECIDED).read_text("ascii")
    aside = home / name if name else None
    if keyfile.path_in(coming).exists():  # until it is in place, what lies there is the old one
        if aside is not None:
            _set_aside(home, aside)
        disk.put_in_place(keyfile.path_in(coming), keyfile.path_in(home))
    if connect.path_in(coming).exists():
        disk.put_in_place(connect.path_in(coming), connect.path_in(home))
    (coming / DECIDED).unlink()
    return Finished(aside)


def _set_aside(home: Path, aside: Path) -> None:
    aside.mkdir(exist_ok=True)
    for path in _present(home):
        os.replace(path, aside / path.name)
    disk.sync_folder(aside)
    disk.sync_folder(home)


def _present(home: Path) -> list[Path]:
    return [home / name for name in STORE_FILES if (home / name).exists()]


def _free_aside(home: Path) -> Path:
    stamp = datetime.now().strftime(container.STAMP)
    aside, again = home / f"aside-{stamp}", 1
    while aside.exists():
        again += 1
        aside = home / f"aside-{stamp}-{again}"
    return aside
