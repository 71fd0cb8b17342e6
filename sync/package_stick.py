"""A stick's files: only our own are opened, by name and magic; what is written is whole or not."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, ClassVar

from data import disk
from sync import package
from sync.errors import SyncError
from sync.frames import MAGIC_ANSWER, BadFrame, Frame, FrameReader

FILES_MAX = 2000
FILE_BYTES_MAX = 32 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
KB = 1024
WRITE_LOCKED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
REPARSE_POINT = 0x400
NEVER_FOLLOWED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
AS_BYTES = getattr(os, "O_BINARY", 0)
MAGIC_OF = {
    package.SENT: package.MAGIC_ENVELOPE,
    package.ASKED_IN: package.MAGIC_ENVELOPE,
    package.ANSWERED: MAGIC_ANSWER,
    package.LET_IN: MAGIC_ANSWER,
}
BODY_MAX_OF = {
    package.MAGIC_ENVELOPE: package.FRAME_BODY_BYTES_MAX,
    MAGIC_ANSWER: package.ANSWER_BODY_BYTES_MAX,
}


class StickTrouble(SyncError):
    """A trouble with the stick or a file on it; what stood there before still stands."""

    default_code: ClassVar[str] = "usb_lost"


@dataclass(frozen=True, slots=True, order=True)
class StickFile:
    """One file of ours by its name; `kind` and `part` are read from it."""

    kind: str
    letters: str
    part: int
    path: Path

    @property
    def name(self) -> str:
        """The name as sentences say it."""
        return self.path.name


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """A stick that is full, locked or gone becomes a StickTrouble."""
    try:
        yield
    except OSError as error:
        if error.errno in disk.FULL:
            raise StickTrouble("usb_full", folder=folder, free_kb=_free_kb(folder)) from error
        code = "usb_not_writable" if error.errno in WRITE_LOCKED else "usb_lost"
        raise StickTrouble(code, folder=folder) from error


def listed(folder: Path) -> list[StickFile]:
    """Our files right in a folder, in order; folders in it are not entered. Raises StickTrouble."""
    found = []
    with told(folder), os.scandir(folder) as entries:
        for entry in entries:
            known = _by_name(Path(entry.path))
            if known is not None and entry.is_file(follow_symlinks=False):
                found.append(known)
            if len(found) > FILES_MAX:
                raise StickTrouble("usb_too_many_files", folder=folder, limit=FILES_MAX)
    return sorted(found)


def named(path: Path) -> list[StickFile]:
    """The files that a name means: all of ours in a folder, or this one. Raises StickTrouble."""
    if path.is_dir() and not path.is_symlink():
        return listed(path)
    if not os.path.lexists(path):
        raise StickTrouble("usb_missing", file=path)
    known = _by_name(path)
    if known is None:
        raise StickTrouble("usb_not_our_file", file=path.name)
    return [known]


def frames_of(file: StickFile) -> Iterator[Frame]:
    """The frames of a file, one at a time; what is whole comes before a trouble is raised.

    Raises StickTrouble: `usb_not_a_file`, `usb_too_large`, `usb_not_our_file`, `usb_cut`.
    """
    magic = MAGIC_OF[file.kind]
    reader = FrameReader(magic, BODY_MAX_OF[magic])
    with told(file.path.parent), opened(file) as source:
        found = 0
        while chunk := source.read(CHUNK_BYTES):
            try:
                for frame in reader.feed(chunk):
                    found += 1
                    yield frame
            except BadFrame as error:
                code = "usb_damaged" if found else "usb_not_our_file"
                raise StickTrouble(code, file=file.name) from error
    if reader.rest or not found:
        raise StickTrouble("usb_cut", file=file.name)


def frame_at(file: StickFile, offset: int, length: int) -> bytes:
    """A frame read again where it was found. Raises StickTrouble."""
    with told(file.path.parent), opened(file) as source:
        source.seek(offset)
        content = source.read(length)
    if len(content) != length:
        raise StickTrouble("usb_cut", file=file.name)
    return content


@contextmanager
def opened(file: StickFile) -> Iterator[BinaryIO]:
    """A plain file of bounded size, open for reading; links and pipes are not followed."""
    seen = os.lstat(file.path)
    if not stat.S_ISREG(seen.st_mode) or getattr(seen, "st_file_attributes", 0) & REPARSE_POINT:
        raise StickTrouble("usb_not_a_file", file=file.name)
    handle = os.open(file.path, os.O_RDONLY | NEVER_FOLLOWED | AS_BYTES)
    with os.fdopen(handle, "rb") as source:
        now = os.fstat(handle)
        if not stat.S_ISREG(now.st_mode):
            raise StickTrouble("usb_not_a_file", file=file.name)
        if now.st_size > FILE_BYTES_MAX:
            limit = FILE_BYTES_MAX // KB // KB
            raise StickTrouble("usb_too_large", file=file.name, limit=limit)
        yield source


def remove(files: list[StickFile]) -> None:
    """Take files of ours away that have done their work; one that stays does no harm."""
    for file in files:
        with suppress(OSError):
            file.path.unlink()


class Parcel:
    """Files of one package on their way onto a stick: nothing has its name before all is there."""

    def __init__(self, folder: Path, kind: str, name: str) -> None:
        self.folder, self.kind, self.name = folder, kind, name
        self.part = 1
        self.size = 0
        self._out: BinaryIO | None = None
        self._made: list[tuple[Path, Path]] = []

    def __enter__(self) -> Parcel:
        with told(self.folder):
            _clear_unfinished(self.folder)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            return
        if self._out is not None:
            with suppress(OSError):
                self._out.close()
        for aside, _ in self._made:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def add(self, content: bytes, ends_part: bool = False) -> None:
        """One more frame; with `ends_part` the next one begins another file."""
        with told(self.folder):
            if self._out is None:
                aside = self.folder / package.unfinished_name(self.kind, self.name, self.part)
                target = self.folder / package.file_name(self.kind, self.name, self.part)
                self._made.append((aside, target))
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_BYTES | NEVER_FOLLOWED
                self._out = os.fdopen(os.open(aside, flags, 0o600), "wb")
            self._out.write(content)
            self.size += len(content)
            if ends_part:
                self._end_part()

    def finish(self) -> list[Path]:
        """Give the files their names once every byte is on the stick."""
        with told(self.folder):
            self._end_part()
            for aside, target in self._made:
                disk.put_in_place(aside, target)
        return [target for _, target in self._made]

    def _end_part(self) -> None:
        if self._out is None:
            return
        out, self._out = self._out, None
        with out:
            out.flush()
            os.fsync(out.fileno())
        self.part += 1


def check_room(folder: Path, needed: int) -> None:
    """Refuse before anything is written when the stick has not the room. Raises StickTrouble."""
    with told(folder):
        if not folder.is_dir():
            raise StickTrouble("usb_lost", folder=folder)
    if disk.free_bytes(folder) < needed:
        raise StickTrouble("usb_full", folder=folder, free_kb=_free_kb(folder))


def _by_name(path: Path) -> StickFile | None:
    """What a name says, in either case: some systems show the names of a stick in small letters."""
    known = package.NAME.fullmatch(path.name.upper())
    if known is None:
        return None
    kind, letters, part = known.groups()
    return StickFile(kind, letters, int(part), path)


def _clear_unfinished(folder: Path) -> None:
    """Remove what a stick pulled out too early left: by name, and empty or of our beginning."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not package.UNFINISHED.fullmatch(entry.name.upper()):
                continue
            if not entry.is_file(follow_symlinks=False):
                continue
            with open(entry.path, "rb") as source:
                begins = source.read(len(MAGIC_ANSWER))
            if begins in (b"", package.MAGIC_ENVELOPE, MAGIC_ANSWER):
                os.unlink(entry.path)


def _free_kb(folder: Path) -> int:
    return disk.free_bytes(folder) // KB
