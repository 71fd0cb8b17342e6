"""The power goes at a chosen step of a piece of work: before its nth change of the disk's names."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from data import backup, database, shut_out
from tests.data import stores
from tests.forks import apart

STEPS = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir"})


def restore(number: int, home: Path, file: Path) -> None:
    """lan brings a backup back."""
    cut_before(number)
    backup.restore(file, home, stores.LAN.password, "lan")


def shut_out_minh(number: int, home: Path) -> None:
    """minh left: the slot goes out of every backup and of what was set aside."""
    db = database.open_store(home, "lan", stores.LAN.password)
    cut_before(number)  # opening and closing a store is cut elsewhere
    shut_out.of_copies(home, db.keys, {"minh"}, [home / "backups"])
    os._exit(0)


def cut_before(number: int) -> None:
    """From now on the program dies before its nth change of a name on the disk."""
    left = number

    def watch(event: str, _facts: object) -> None:
        nonlocal left
        if event in STEPS:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def dies(number: int, work: Callable[..., None], *words: Path) -> bool:
    """Do the work in a program of its own; True when it was cut, False when it came to its end."""
    program = apart(work, number, *words)
    program.join()
    assert program.exitcode in (0, -signal.SIGKILL)
    return program.exitcode != 0
