"""What lies on a stick: whose envelopes, whole or with parts missing, and which answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync import frames, package, package_stick
from sync.frames import BadFrame
from sync.package import EnvelopeHeader
from sync.package_stick import StickFile, StickTrouble
from sync.protocol import AnswerHeader

PIECES_MAX = 200_000
"""Frames that are remembered of one stick; a full office of a district has under two thousand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a frame stands, and what its header says that a carrier needs."""

    file: StickFile
    offset: int
    length: int
    digest: str
    part: int
    ends: str
    upto: int
    changes: int
    kind: str = "push"

    def read(self) -> bytes:
        """The frame's bytes. Raises StickTrouble."""
        return package_stick.frame_at(self.file, self.offset, self.length)


@dataclass
class Envelope:
    """One package on the stick: its frames by number, wherever they were found."""

    name: str
    kind: str
    server_id: str
    device: str
    pieces: dict[int, Piece] = field(default_factory=dict)

    @property
    def whole(self) -> list[Piece]:
        """Frames from the first on without a gap: what can be delivered."""
        found: list[Piece] = []
        while (piece := self.pieces.get(len(found) + 1)) is not None:
            found.append(piece)
            if piece.ends == "package":
                break
        return found

    @property
    def files(self) -> list[StickFile]:
        """The files its frames stand in."""
        return sorted({piece.file for piece in self.pieces.values()})

    @property
    def changes(self) -> int:
        """How many changes the frames hold that can be delivered."""
        return sum(piece.changes for piece in self.whole)

    def missing(self) -> str:
        """The name of the first file that is missing or cut; empty when all is there."""
        whole = self.whole
        if whole and whole[-1].ends == "package":
            return ""
        part = 1
        if whole:
            part = whole[-1].part + (1 if whole[-1].ends == "part" else 0)
        return package.file_name(self.kind, self.name, part)


@dataclass
class Contents:
    """What was found; `troubles` are told, and stop nothing else."""

    envelopes: dict[str, Envelope] = field(default_factory=dict)
    answers: list[StickFile] = field(default_factory=list)
    troubles: list[StickTrouble] = field(default_factory=list)
    pieces: int = 0

    def told(self, code: str, **facts: object) -> None:
        """Note a trouble once."""
        trouble = StickTrouble(code, **facts)
        if str(trouble) not in [str(known) for known in self.troubles]:
            self.troubles.append(trouble)


def look(places: Iterable[Path]) -> Contents:
    """Everything of ours in these folders and files. Raises StickTrouble when a folder is gone."""
    contents = Contents()
    seen: set[Path] = set()
    for place in places:
        try:
            files = package_stick.named(place)
        except StickTrouble as trouble:
            if trouble.code != "usb_not_our_file":
                raise
            contents.troubles.append(trouble)
            continue
        for file in files:
            if file.path not in seen:
                seen.add(file.path)
                _take(contents, file)
    for envelope in contents.envelopes.values():
        lacking = envelope.missing()
        if lacking and lacking not in {one.facts.get("file") for one in contents.troubles}:
            contents.told("usb_part_missing", file=lacking)
    return contents


def _take(contents: Contents, file: StickFile) -> None:
    if file.kind in (package.ANSWERED, package.LET_IN):
        contents.answers.append(file)
        return
    offset = 0
    try:
        for frame in package_stick.frames_of(file):
            length = len(frame.signed) + frames.SIGNATURE_BYTES
            _keep(contents, frame, file, (offset, length))
            offset += length
    except StickTrouble as trouble:
        contents.troubles.append(trouble)
    except BadFrame:
        contents.told("usb_damaged", file=file.name)


def _keep(contents: Contents, frame: frames.Frame, file: StickFile, at: tuple[int, int]) -> None:
    header = package.header_of(frame)
    contents.pieces += 1
    if contents.pieces > PIECES_MAX:
        raise StickTrouble("usb_too_many_files", folder=file.path.parent, limit=PIECES_MAX)
    if not _fits_its_name(header, file):
        contents.told("usb_renamed", file=file.name)
        return
    envelope = contents.envelopes.setdefault(
        header.package, Envelope(header.package, file.kind, header.server_id, header.device)
    )
    piece = Piece(file, *at, frame.digest, header.part, header.ends, header.upto, header.changes,
                  header.kind)  # fmt: skip
    known = envelope.pieces.setdefault(header.number, piece)
    if known.digest != piece.digest:
        contents.told("usb_two_versions", file=file.name, other=known.file.name)


def _fits_its_name(header: EnvelopeHeader, file: StickFile) -> bool:
    if (header.kind == "enrol") != (file.kind == package.ASKED_IN):
        return False
    return package.letters_of(header.package) == file.letters


def answers_in(file: StickFile) -> Iterator[tuple[frames.Frame, AnswerHeader]]:
    """The server's answers in a file, nothing checked yet. Raises StickTrouble."""
    for frame in package_stick.frames_of(file):
        try:
            header: Any = frames.read_header(AnswerHeader, frame)
        except BadFrame:
            raise StickTrouble("usb_damaged", file=file.name) from None
        yield frame, header
