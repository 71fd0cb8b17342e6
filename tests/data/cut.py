"""The power goes at one chosen step of a piece of work: before its nth change of the disk's names.

Run as a program: `python -m tests.data.cut N WORK ARGUMENTS…` where WORK is a function below.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from data import backup, database, shut_out
from tests.data import stores

ROOT = Path(__file__).resolve().parents[2]
STEPS = frozenset({"os.rename", "os.mkdir", "os.remove", "os.rmdir"})


def restore(home: str, file: str) -> None:
    """lan brings a backup back."""
    backup.restore(Path(file), Path(home), stores.LAN.password, "lan")


def shut_out_minh(home: str) -> None:
    """minh left: the slot goes out of every backup and of what was set aside."""
    db = database.open_store(Path(home), "lan", stores.LAN.password)
    cut_before(int(sys.argv[1]))  # opening and closing a store is cut elsewhere
    shut_out.of_copies(Path(home), db.keys, {"minh"}, [Path(home) / "backups"])
    os._exit(0)


WORK: dict[str, Callable[..., None]] = {"restore": restore, "shut_out_minh": shut_out_minh}


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


def dies(number: int, work: str, *words: Path) -> bool:
    """Do the work in a program of its own; True when it was cut, False when it came to its end."""
    call = [sys.executable, "-m", "tests.data.cut", str(number), work, *map(str, words)]
    code = subprocess.run(call, cwd=ROOT, check=False).returncode
    assert code in (0, -signal.SIGKILL)
    return code != 0


if __name__ == "__main__":
    work = WORK[sys.argv[2]]
    if work is restore:
        cut_before(int(sys.argv[1]))
    work(*sys.argv[3:])
