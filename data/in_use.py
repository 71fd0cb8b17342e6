"""Is a store open in this program or in another one? Asked before its files are moved."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from data import connect

# SQLite keeps a shared lock on this byte of the -shm file while a connection lives (os_unix.c).
ALIVE_BYTE = 128
_open_here: dict[Path, int] = {}


def opened(home: Path) -> None:
    """Note that this program has the store of this home open once more."""
    place = home.resolve()
    _open_here[place] = _open_here.get(place, 0) + 1


def closed(home: Path) -> None:
    """Note that this program gave the store back once."""
    place = home.resolve()
    if _open_here.get(place, 0) > 1:
        _open_here[place] -= 1
    else:
        _open_here.pop(place, None)


def anybody(home: Path) -> bool:
    """True when a program, this one included, has the store of this home open."""
    if home.resolve() in _open_here:
        return True
    shared = connect.path_in(home).with_name(connect.FILE_NAME + "-shm")
    if not shared.exists():
        return False
    return _locked(shared)


def _locked(shared: Path) -> bool:
    if sys.platform == "win32":
        # Windows refuses to rename a file that somebody has open, so the attempt is the answer.
        try:
            os.replace(shared, shared)
        except PermissionError:
            return True
        return False
    import fcntl

    with open(shared, "r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, ALIVE_BYTE)
        except OSError:
            return True
        return False
