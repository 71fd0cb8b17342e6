"""Envelopes at the keeper's desk: read from a stick without any line, answered onto one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from data import disk
from sync import frames, package, package_look
from sync.errors import SyncError
from sync.frames import BadFrame, Frame
from sync.package_look import Envelope
from sync.package_stick import Parcel, StickTrouble
from sync.server import home, main, packages, store
from sync.server.answers import Signer
from sync.server.log import Refusal
from sync.server.packages import Rooms

ASKS = "packages"
"""In the server's folder: the newest question of each PC, to be answered again when asked."""

TOLD_TO_THE_PC = ("device_revoked", "device_unknown")


@dataclass
class Done:
    """What was taken in and answered; `problems` are troubles of single files."""

    packages: int = 0
    changes: int = 0
    enrolled: int = 0
    answers: list[str] = field(default_factory=list)
    problems: list[SyncError] = field(default_factory=list)


def read(folder: Path, places: Sequence[Path], database: str = "") -> Done:
    """Take in the envelopes in these folders and files; the answer is put beside each.

    Raises StoreTrouble, and StickTrouble when a folder is not there.
    """
    contents = package_look.look(places)
    done = Done(problems=list(contents.troubles))
    with _rooms(folder, database) as rooms:
        for envelope in contents.envelopes.values():
            if not envelope.whole:
                continue
            try:
                _take_in(rooms, folder, envelope, done)
            except StickTrouble as trouble:
                done.problems.append(trouble)
    return done


def answer(folder: Path, out: Path, database: str = "") -> Done:
    """Answer every PC whose envelope was read here once more, with all that came since, into a
    folder. Raises StoreTrouble, StickTrouble."""
    done = Done()
    with _rooms(folder, database) as rooms:
        for kept in sorted((folder / ASKS).glob("*.ask")):
            frame = frames.one_frame(
                package.MAGIC_ENVELOPE, kept.read_bytes(), package.FRAME_BODY_BYTES_MAX
            )
            try:
                done.answers += _answer(rooms, frame, out)
                done.packages += 1
            except (Refusal, BadFrame) as trouble:
                name = package.file_name(package.SENT, package.header_of(frame).package, 1)
                done.problems.append(_not_taken(name, trouble))
    return done


@contextmanager
def _rooms(folder: Path, database: str) -> Iterator[Rooms]:
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        signer = Signer(server.server_id, store.fact(opened, "generation"), server.pair)
        yield Rooms(main.logbook(opened), signer)
    finally:
        opened.close()


def _take_in(rooms: Rooms, folder: Path, envelope: Envelope, done: Done) -> None:
    place, name = envelope.files[0].path.parent, envelope.files[0].name
    if envelope.kind == package.ASKED_IN:
        _let_in(rooms, envelope, done)
        return
    if envelope.server_id != rooms.signer.server_id:
        raise StickTrouble("usb_of_another_server", file=name)
    ask = _frame(envelope.whole[0].read())
    try:
        packages.hello_in(packages.open_frame(rooms, ask))
        for piece in envelope.whole[1:]:
            packages.take(rooms, _frame(piece.read()))
            done.changes += piece.changes
    except (Refusal, BadFrame) as trouble:
        done.problems.append(_not_taken(name, trouble))
        if trouble.code == "bad_signature" or isinstance(trouble, BadFrame):
            return  # whoever forged it gets no answer in the name of a PC
    else:
        done.packages += 1
        _keep(folder, envelope.device, ask)
    done.answers += _answer(rooms, ask, place)


def _let_in(rooms: Rooms, envelope: Envelope, done: Done) -> None:
    file = envelope.files[0]
    try:
        content = packages.enrol(rooms, _frame(envelope.whole[0].read()))
    except (Refusal, BadFrame) as trouble:
        reason = getattr(trouble, "code", "")
        done.problems.append(StickTrouble("usb_enrol_not_taken", file=file.name, reason=reason))
        return
    with Parcel(file.path.parent, package.LET_IN, envelope.name) as parcel:
        parcel.add(content)
        done.answers += [path.name for path in parcel.finish()]
    done.enrolled += 1


def _answer(rooms: Rooms, ask: Frame, out: Path) -> list[str]:
    name, at, part_began = package.header_of(ask).package, "", 0
    with Parcel(out, package.ANSWERED, name) as parcel:
        while True:
            try:
                content, told = packages.answer(rooms, ask, at)
            except Refusal as refused:
                if refused.code not in TOLD_TO_THE_PC:
                    raise
                parcel.add(packages.refusal(rooms, ask, packages.problem_of(refused)))
                break
            full = parcel.size + len(content) - part_began >= package.PART_BYTES_AIM
            parcel.add(content, full and parcel.part < package.PARTS_MAX)
            part_began = parcel.size if full else part_began
            at = told.next
            if not at:
                break
        return [path.name for path in parcel.finish()]


def _keep(folder: Path, device: str, ask: Frame) -> None:
    """One question per PC, the newest that was read: its name is the device's, which was proven."""
    kept = folder / ASKS
    kept.mkdir(mode=0o700, exist_ok=True)
    disk.write_whole(kept / f"{os.path.basename(device)}.ask", ask.whole())


def _frame(content: bytes) -> Frame:
    return frames.one_frame(package.MAGIC_ENVELOPE, content, package.FRAME_BODY_BYTES_MAX)


def _not_taken(name: str, trouble: Refusal | BadFrame) -> StickTrouble:
    return StickTrouble("usb_not_taken", file=name, reason=trouble.code)
