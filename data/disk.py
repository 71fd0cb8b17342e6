"""Files put in place so that a power cut leaves the old or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import DiskFull, NotAllowed

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
REPLACE_ATTEMPTS = 20
REPLACE_PAUSE_S = 0.05
PROBE_BYTES = 65_536
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
NO_PLACE = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG}
    | {errno.ENXIO, errno.ENODEV}
)
"""A file where a folder should be, a drive that does not exist, a stick that was pulled out."""


def free_bytes(place: Path) -> int:
    """Free space on the disk that holds this place; 0 when it cannot be asked."""
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        return shutil.disk_usage(place).free
    except OSError:
        return 0


@contextmanager
def told(place: Path) -> Iterator[None]:
    """A full or closed disk becomes DiskFull or NotAllowed (`place_not_writable`)."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull(home=str(place), free_bytes=free_bytes(place)) from error
        if error.errno in FORBIDDEN | NO_PLACE:
            raise NotAllowed("place_not_writable", home=str(place)) from error
        raise


def takes_more(folder: Path, beyond: int) -> bool:
    """True when the disk still takes bytes in a file that is `beyond` bytes long already."""
    probe = folder / f".probe-{os.getpid()}"
    try:
        with open(probe, "wb") as out:
            out.seek(beyond)
            out.write(bytes(PROBE_BYTES))
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def write_whole(target: Path, content: bytes) -> None:
    """Write a small file in one step. Raises DiskFull, NotAllowed."""
    beside = target.with_name(target.name + ".new")
    with told(target.parent):
        try:
            with open(beside, "wb", opener=private) as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            put_in_place(beside, target)
        except OSError:
            beside.unlink(missing_ok=True)
            raise


def private(path: str, flags: int) -> int:
    """An `opener` of files that only their owner reads (where the disk knows owners)."""
    return os.open(path, flags, 0o600)


def begin_private(path: Path) -> None:
    """Make an empty file that only its owner reads; what is written into it stays so."""
    os.close(private(str(path), os.O_RDWR | os.O_CREAT))


def keep_private(folder: Path) -> None:
    """Close a folder of the store to other users of this PC; disks without owners stay as is."""
    if os.name == "nt":
        return  # the user's own folders are closed there already
    with suppress(OSError):
        folder.chmod(0o700)


def clear_leftovers(folder: Path, patterns: Iterable[str], older_than_s: float) -> None:
    """Remove what programs that were killed left behind in a folder for temporary things."""
    oldest = time.time() - older_than_s
    for path in [path for pattern in patterns for path in folder.glob(pattern)]:
        try:
            if path.stat().st_mtime > oldest:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        except OSError:
            continue  # somebody else cleared it, or holds it: the next start tries again


def put_in_place(made: Path, target: Path) -> None:
    """Rename a finished, synced file to its name and make the rename lasting.

    On Windows somebody who is reading the target makes a rename fail for a moment.
    """
    for attempt in reversed(range(REPLACE_ATTEMPTS)):
        try:
            os.replace(made, target)
            break
        except PermissionError:
            if os.name != "nt" or not attempt:
                raise
            time.sleep(REPLACE_PAUSE_S)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until the disk has the file's bytes."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the folder's names (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
