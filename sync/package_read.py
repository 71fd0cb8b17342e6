"""A stick is read: what it brings to this PC, and what this PC can carry on for others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data.base import now_text
from data.database import Author, Database
from data.records.sync import SyncRound
from sync import (
    frames,
    keys,
    package,
    package_answer,
    package_carry,
    package_enrol,
    package_look,
    package_stick,
    pushing,
    state,
    turn,
)
from sync.errors import Fenced, OtherGeneration, Revoked, SyncError, Unreachable
from sync.package_answer import Errand
from sync.package_look import Contents, Envelope
from sync.package_stick import StickFile, StickTrouble
from sync.package_write import Progress, never, no_progress
from sync.state import Device
from sync.talk import Cancelled

STOPPING = (Fenced, Revoked, OtherGeneration)
"""Troubles of this PC with its server; others concern a file only."""


@dataclass(frozen=True, slots=True)
class Carry:
    """One envelope of another PC that was brought to the server; `taken` when all of it was."""

    files: tuple[str, ...]
    changes: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a stick did. Counts are changes; `office` is that of an enrolment just made;
    `problems` are troubles of single files, everything else was done. `photos` came to this PC,
    of `photos_sent` the server told that it has them."""

    acknowledged: int = 0
    pulled: int = 0
    conflicts: int = 0
    rejected: int = 0
    pending: int = 0
    answers: int = 0
    office: str = ""
    carried: tuple[Carry, ...] = ()
    problems: tuple[SyncError, ...] = ()
    photos: int = 0
    photos_sent: int = 0


@dataclass
class _Visit:
    """One reading under way."""

    database: Database
    places: Sequence[Path]
    contents: Contents
    progress: Progress
    cancelled: Cancelled
    office: str = ""
    used: list[StickFile] = field(default_factory=list)
    carried: list[Carry] = field(default_factory=list)
    problems: list[SyncError] = field(default_factory=list)


def read(
    database: Database,
    places: Sequence[Path],
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Reading:
    """Read folders of a stick, or single files of it.

    An enrolment and answers for this PC are written down; envelopes of other PCs are brought to
    the server when this PC has a line, and the answers put beside them. Files of this PC that
    have done their work are taken away where a whole folder was read. Raises StickTrouble when
    the stick itself is gone, and Revoked `device_wiped`; troubles of files are in the report.
    """
    contents = package_look.look(places)
    visit = _Visit(database, places, contents, progress, cancelled)
    visit.problems += contents.troubles
    with turn.obeying(database), turn.taken(database):
        device, errand = _own(visit)
    # The line may be slow, and nothing of this store is written any more: others have their turn.
    others = _others(visit, device)
    if device is not None and others:
        _carry(visit, device, others)
    elif others:
        visit.problems.append(StickTrouble("usb_carry_not_enrolled", count=len(others)))
    _tidy(visit, device)
    return _report(visit, errand)


def _own(visit: _Visit) -> tuple[Device | None, Errand | None]:
    """What the stick brings to this PC itself."""
    database = visit.database
    _let_in(visit)
    with database.read() as session:
        device, fenced = state.device(session), state.fenced(session)
    if fenced is not None:
        # Answers say nothing of the other copy: only a fresh code ends this trouble.
        visit.problems.append(fenced)
    return device, _answers(visit, device) if device is not None and fenced is None else None


def _let_in(visit: _Visit) -> None:
    closed: list[SyncError] = []
    for file in visit.contents.answers:
        if file.kind != package.LET_IN:
            continue
        try:
            for frame, header in package_look.answers_in(file):
                if header.kind != "enrol":
                    continue
                if not package_enrol.is_ours(visit.database, header.re):
                    closed.append(StickTrouble("usb_enrol_not_opened", file=file.name))
                    continue
                office = package_enrol.let_in(visit.database, frame, header)
                visit.office = office.name if office else visit.office
                visit.used.append(file)
        except SyncError as error:
            visit.problems.append(error)
    if closed and _outside(visit.database):
        # Whoever waits to be let in is told; to others it is one more file of somebody else.
        visit.problems += closed


def _outside(database: Database) -> bool:
    with database.read() as session:
        return state.row(session) is None or state.fenced(session) is not None


def _answers(visit: _Visit, device: Device) -> Errand:
    own = frozenset(
        one.name
        for one in visit.contents.envelopes.values()
        if _is_own(visit.database, one, device)
    )

    def step(_name: str, done: int, total: int) -> None:
        visit.progress(done, total)

    errand = Errand(visit.database, device, step, visit.cancelled, own)
    began = now_text()
    answers = [file for file in visit.contents.answers if file.kind == package.ANSWERED]
    package_answer.write_down(errand, answers)
    stopping = next((one for one in errand.troubles if isinstance(one, STOPPING)), None)
    hindering = [one for one in errand.troubles if one.code != package_answer.OLD]
    if stopping is not None:
        with visit.database.write(device.author) as session:
            state.failed(session, stopping.code, stopping.facts, package_answer.NEXT_TRY_S)
    elif errand.settled_at and not hindering:
        package_answer.settle(errand)
        visit.used += errand.read
    visit.problems += errand.troubles
    _keep_round(visit, errand, stopping, began)
    if isinstance(stopping, Revoked) and stopping.facts.get("device") == device.device_id:
        if stopping.facts.get("lost"):
            raise stopping
    return errand


def _keep_round(visit: _Visit, errand: Errand, trouble: SyncError | None, began: str) -> None:
    """What came by stick stands in the history of rounds like what came over the line."""
    done = errand.done
    if not (trouble or done.acknowledged or done.pulled):
        return
    line = SyncRound(
        started_at=began, ended_at=now_text(), outcome=trouble.code if trouble else "ok"
    )
    line.facts = json.dumps(trouble.facts if trouble else {}, ensure_ascii=False, default=str)
    line.pushed = line.acknowledged = done.acknowledged
    line.pulled, line.conflicts, line.rejected = done.pulled, done.conflicts, done.rejected
    with visit.database.write(Author("", "sync:stick")) as session:
        line.pending = state.pending(session)
        session.add(line)


def _is_own(database: Database, envelope: Envelope, device: Device | None) -> bool:
    """Whether this PC wrote the envelope: its name says so, and its signature proves it."""
    first = envelope.pieces.get(1)
    if first is None:
        return device is not None and envelope.device == device.device_id
    if envelope.kind != package.ASKED_IN and (
        device is None or envelope.device != device.device_id
    ):
        return False
    try:
        content = first.read()
        frame = frames.one_frame(package.MAGIC_ENVELOPE, content, package.FRAME_BODY_BYTES_MAX)
    except (StickTrouble, frames.BadFrame):
        return False
    if envelope.kind == package.ASKED_IN:
        return package_enrol.asked_here(database, frame)
    assert device is not None
    return keys.verified(frame.signed, frame.signature, device.pair.verify_bytes)


def _others(visit: _Visit, device: Device | None) -> list[Envelope]:
    """Envelopes to carry: complete from their beginning on, of other PCs, for our server."""
    found = []
    for envelope in visit.contents.envelopes.values():
        if not envelope.whole or _is_own(visit.database, envelope, device):
            continue
        of_ours = device is None or envelope.server_id in ("", device.server_id)
        if of_ours:
            found.append(envelope)
        else:
            name = envelope.files[0].name
            visit.problems.append(StickTrouble("usb_of_another_server", file=name))
    return found


def _carry(visit: _Visit, device: Device, others: list[Envelope]) -> None:
    courier = package_carry.connect(device, visit.cancelled)
    try:
        for number, envelope in enumerate(others, 1):
            if visit.cancelled():
                return
            try:
                _deliver(visit, courier, envelope)
            except Unreachable as error:
                left = len(others) - number + 1
                visit.problems += [error, StickTrouble("usb_still_here", count=left)]
                return
            except SyncError as error:
                visit.problems.append(error)
                if not isinstance(error, StickTrouble):
                    return
            visit.progress(number, len(others))
    finally:
        courier.wire.close()


def _deliver(visit: _Visit, courier: package_carry.Courier, envelope: Envelope) -> None:
    files = envelope.files
    problem = courier.deliver(envelope, files[0].path.parent)
    if problem is not None:
        asked_in = envelope.kind == package.ASKED_IN
        code = "usb_enrol_not_taken" if asked_in else "usb_not_taken"
        visit.problems.append(StickTrouble(code, file=files[0].name, reason=problem.code))
    taken = problem is None and not envelope.missing()
    visit.carried.append(Carry(tuple(file.name for file in files), envelope.changes, taken))


def _tidy(visit: _Visit, device: Device | None) -> None:
    """Answers that were written down and envelopes that are confirmed have done their work; only
    where a whole folder was read, and only our own."""
    folders = [place for place in visit.places if place.is_dir()]
    if visit.used and device is not None:
        confirmed = pushing.standing(visit.database, device).confirmed_no
        for envelope in visit.contents.envelopes.values():
            upto = max(piece.upto for piece in envelope.pieces.values())
            if upto <= confirmed and _is_own(visit.database, envelope, device):
                visit.used += envelope.files
    package_stick.remove([file for file in visit.used if file.path.parent in folders])


def _report(visit: _Visit, errand: Errand | None) -> Reading:
    with visit.database.read() as session:
        pending = state.pending(session)
    problems = tuple(visit.problems)
    if errand is None:
        return Reading(
            pending=pending, office=visit.office, carried=tuple(visit.carried), problems=problems
        )
    done = errand.done
    return Reading(
        acknowledged=done.acknowledged,
        pulled=done.pulled,
        conflicts=done.conflicts,
        rejected=done.rejected,
        pending=pending,
        answers=errand.answers,
        office=visit.office,
        carried=tuple(visit.carried),
        problems=problems,
        photos=errand.photos,
        photos_sent=errand.photos_sent,
    )
