"""Everything that waits, written to a stick as one envelope for the server."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import msgspec
from sqlalchemy import func, select

from data import disk
from data.base import now_text
from data.database import Database
from data.records.sync import Batch
from sync import (
    blob,
    fuse,
    keys,
    offices,
    package,
    package_photos,
    package_stick,
    protocol,
    pushing,
    sealing,
    state,
    turn,
)
from sync.blob import Part
from sync.errors import NotEnrolled
from sync.package import EnvelopeHeader
from sync.package_photos import Chosen
from sync.package_stick import Parcel, StickTrouble
from sync.protocol import Hello
from sync.sealing import Sealed
from sync.state import Device
from sync.talk import Cancelled

SEAL_BYTES_AT_ONCE = 256 * 1024
FRAME_EXTRA_BYTES = 1024
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What lies on the stick now; `pending` counts all changes that the server has not answered,
    `photos` the contents of photos and scans with them, `photos_left` those without room."""

    files: tuple[str, ...]
    changes: int
    bytes: int
    pending: int
    photos: int = 0
    photos_left: int = 0


def no_progress(_done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody cancels."""
    return False


def write(
    database: Database,
    folder: Path,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    part_bytes: int = package.PART_BYTES_AIM,
) -> Written:
    """Seal what waits and write it to a folder of a stick; an earlier envelope of this PC there is
    taken away once the new one, which holds its batches too, is whole.

    Raises NotEnrolled, Fenced and StickTrouble; then the stick is as it was.
    """
    with turn.taken(database):
        return _write(database, folder, progress, cancelled, part_bytes)


def _write(
    database: Database, folder: Path, progress: Progress, cancelled: Cancelled, part_bytes: int
) -> Written:
    device = _device(database)
    package_stick.check_room(folder, 0)
    sealing.check_net(database, device)
    fuse.hold_back(database, device)
    while not cancelled() and sealing.seal_some(database, device, SEAL_BYTES_AT_ONCE):
        pass
    here = pushing.standing(database, device)
    batches, size = _size(database, device, here.confirmed_no)
    size += batches * FRAME_EXTRA_BYTES
    package_stick.check_room(folder, size)
    photos = package_photos.chosen(database, disk.free_bytes(folder) - size)
    total = batches + photos.parts
    with Parcel(folder, package.SENT, secrets.token_hex(16)) as parcel:
        writing = _Writing(device, parcel, part_bytes)
        contents: Iterator[list[Sealed] | Part] = chain(
            _groups(_batches(database, device, here.confirmed_no), part_bytes),
            package_photos.parts(database, photos),
        )
        upcoming = next(contents, None)
        writing.ask(_hello(database, device, here, photos), last=upcoming is None)
        while upcoming is not None and not writing.closed:
            content, upcoming = upcoming, next(contents, None)
            writing.add(content, last=upcoming is None)
            progress(min(writing.done, total), total)
            if cancelled():
                raise StickTrouble("usb_stopped", folder=folder)
        files = parcel.finish()
    _take_former_away(device, folder, {path.name.upper() for path in files})
    with database.read() as session:
        pending = state.pending(session)
    names = tuple(path.name for path in files)
    left = photos.left + len(photos.lines) - writing.photos
    return Written(names, writing.changes, parcel.size, pending, writing.photos, left)


def _weight(content: list[Sealed] | Part) -> int:
    return 1 if isinstance(content, Part) else len(content)


def _device(database: Database) -> Device:
    with database.read() as session:
        device, fenced = state.device(session), state.fenced(session)
    if device is None:
        raise NotEnrolled()
    if fenced is not None:
        raise fenced
    return device


def _hello(database: Database, device: Device, here: pushing.Standing, photos: Chosen) -> Hello:
    return Hello(
        epoch=device.epoch,
        last_batch_no=here.confirmed_no,
        last_digest=here.confirmed_digest,
        sealed_upto=here.sealed_upto,
        cursors={device.scope: here.cursor},
        clock=now_text(),
        blobs=list(photos.wanted),
        offers=[digest for digest, _size in photos.lines],
        offices=offices.known_mark(database),
    )


def _size(database: Database, device: Device, after: int) -> tuple[int, int]:
    query = select(func.count(), func.sum(func.length(Batch.sealed))).where(
        Batch.epoch == device.epoch, Batch.batch_no > after
    )
    with database.read() as session:
        count, size = session.execute(query).one()
    return count, size or 0


def _groups(batches: Iterator[Sealed], part_bytes: int) -> Iterator[list[Sealed]]:
    """Batches in groups as large as a frame likes to be."""
    group: list[Sealed] = []
    aim = min(package.FRAME_BYTES_AIM, part_bytes)
    for batch in batches:
        size = sum(len(one.content) for one in group)
        if group and size + len(batch.content) > aim:
            yield group
            group = []
        group.append(batch)
    if group:
        yield group


def _batches(database: Database, device: Device, after: int) -> Iterator[Sealed]:
    while True:
        with database.read() as session:
            some = sealing.waiting(session, device, after, SEAL_BYTES_AT_ONCE)
        if not some:
            return
        yield from some
        after = some[-1].batch_no


class _Writing:
    """Frames of one envelope, numbered, encrypted to the server and signed."""

    def __init__(self, device: Device, parcel: Parcel, part_bytes: int) -> None:
        self.device, self.parcel, self.part_bytes = device, parcel, part_bytes
        self.number = self.done = self.changes = self.photos = 0
        self._part_ends_at = part_bytes
        self.closed = False

    def ask(self, hello: Hello, last: bool) -> None:
        """The first frame: how this PC stands."""
        header = self._header("ask", "package" if last else "")
        self._add(header, protocol.to_json(hello))

    def add(self, content: list[Sealed] | Part, last: bool) -> None:
        """A frame of whole batches, as they were sealed, or of a part of a photo."""
        if isinstance(content, Part):
            self._frame("part", blob.packed(content), last)
            self.photos += content.at + len(content.content) == content.size
        else:
            counted = sum(batch.n_changes for batch in content)
            named = {"upto": content[-1].batch_no, "changes": counted}
            self._frame("push", b"".join(batch.content for batch in content), last, named)
            self.changes += counted
        self.done += _weight(content)

    def _frame(
        self, kind: str, content: bytes, last: bool, named: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        full = self.parcel.size + len(content) >= self._part_ends_at
        last = last or (full and self.parcel.part == package.PARTS_MAX)
        header = self._header(kind, "package" if last else "part" if full else "")
        self._add(msgspec.structs.replace(header, **named), content)
        self.closed = last
        if full:
            self._part_ends_at = self.parcel.size + self.part_bytes

    def _header(self, kind: str, ends: str) -> EnvelopeHeader:
        self.number += 1
        return EnvelopeHeader(
            kind=kind,  # type: ignore[arg-type]
            package=self.parcel.name,
            server_id=self.device.server_id,
            device=self.device.device_id,
            part=self.parcel.part,
            number=self.number,
            ends=ends,  # type: ignore[arg-type]
            upto=0,
            changes=0,
            body_len=0,
            sha256="",
            key_id=keys.key_id(self.device.server_box_key),
            at=now_text(),
        )

    def _add(self, header: EnvelopeHeader, content: bytes) -> None:
        purpose = f"package/{header.package}/{header.number}".encode()
        body = self.device.pair.seal(content, self.device.server_box_key, purpose)
        named = {"body_len": len(body), "sha256": protocol.sha256_hex(body)}
        unsigned = package.unsigned(msgspec.structs.replace(header, **named), body)
        self.parcel.add(unsigned + self.device.pair.sign(unsigned), header.ends == "part")


def _take_former_away(device: Device, folder: Path, kept: set[str]) -> None:
    """An earlier envelope of this PC says nothing that the new one does not say too."""
    former = []
    for file in package_stick.listed(folder):
        if file.kind != package.SENT or file.name.upper() in kept:
            continue
        if _ours(device, file):
            former.append(file)
    package_stick.remove(former)


def _ours(device: Device, file: package_stick.StickFile) -> bool:
    try:
        frame = next(package_stick.frames_of(file), None)
        if frame is None or package.header_of(frame).device != device.device_id:
            return False
        return keys.verified(frame.signed, frame.signature, device.pair.verify_bytes)
    except (StickTrouble, ValueError):
        return False
