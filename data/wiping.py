"""A stolen PC obeys its office: nothing that it holds can be read any more, by anybody."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from data import container, disk, keyfile, restoring

BACKUPS, ASIDE = "backups", "aside-*"


def wipe(home: Path) -> None:
    """Destroy every key file of a home: the store's, those inside its backups and stores set
    aside. What stays is an encrypted file that no password and no recovery code opens.

    Asks nobody. Each step may be done again. The keys go first: a full disk that takes no note of
    why must not save them.
    """
    try:
        _shred_all(home)
    finally:
        disk.write_whole(home / keyfile.WIPED, b"")


def _shred_all(home: Path) -> None:
    _shred(keyfile.path_in(home))
    for folder in (*home.glob(ASIDE), home / restoring.FOLDER):
        _shred(keyfile.path_in(folder))
    for backup in (home / BACKUPS).glob(f"{container.PREFIX}*"):
        _shred(backup)
    shutil.rmtree(home / "tmp", ignore_errors=True)
    for former in home.glob(f"{keyfile.FILE_NAME}.*"):
        _shred(former)


def _shred(path: Path) -> None:
    """Write over a file's beginning, where its keys lie, before it goes."""
    try:
        with open(path, "r+b") as file:
            size = min(path.stat().st_size, container.HEADER_BYTES_MAX)
            file.write(os.urandom(size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
