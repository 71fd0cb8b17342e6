"""An answer that came back on a stick is written down as the answer of a round over the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import select

from data.base import instant_text
from data.database import Database
from data.records.sync import Batch, SyncCursor
from sync import (
    acks,
    fuse,
    offices,
    package,
    package_look,
    package_photos,
    pulling,
    pushing,
    state,
    transport,
)
from sync.blob import FetchAnswer, KeptAnswer
from sync.errors import Fenced, NotOurServer, OtherGeneration, SyncError
from sync.frames import Frame
from sync.moves import OfficesAnswer
from sync.package_stick import StickFile, StickTrouble
from sync.protocol import AnswerHeader, BatchResult, Problem, PullAnswer, PushAnswer
from sync.state import Device
from sync.talk import Cancelled, Done, Progress, refused

NEXT_TRY_S = 300
OLD = "usb_answer_old"
SHAPES = {
    "pull": PullAnswer,
    "offices": OfficesAnswer,
    "part": KeptAnswer,
    "parts": FetchAnswer,
}


@dataclass
class Errand:
    """What reading answers is about, in place of a round's talk; `own` are the packages of this
    PC that lie on the stick, `settled_at` when the server answered everything."""

    database: Database
    device: Device
    progress: Progress
    cancelled: Cancelled
    own: frozenset[str] = frozenset()
    done: Done = field(default_factory=Done)
    answers: int = 0
    settled_at: str = ""
    photos: int = 0
    photos_sent: int = 0
    troubles: list[SyncError] = field(default_factory=list)
    read: list[StickFile] = field(default_factory=list)


def write_down(errand: Errand, files: Sequence[StickFile]) -> None:
    """Receipts, then pages, of every answer to this PC; each in the transactions of a round.

    What a file does not give is noted in the errand's troubles, and what follows from there on
    waits: receipts and pages are taken only without a gap.
    """
    for _, parts in groupby(sorted(files), key=lambda file: file.letters):
        _Answer(errand).read(list(parts))


class _Answer:
    """The files of one answer, read in order."""

    def __init__(self, errand: Errand) -> None:
        self.errand = errand
        self.ledger: int | None = None
        self.head: int | None = None
        self.re = self.at = ""

    def read(self, parts: list[StickFile]) -> None:
        """Take what is whole; then say whether something is missing."""
        errand = self.errand
        before = errand.answers
        file = parts[0]
        try:
            for file in parts:
                for frame, header in package_look.answers_in(file):
                    self._take(file, frame, header)
                if errand.answers > before:
                    errand.read.append(file)
            if errand.answers > before:
                self._end(parts[-1])
        except NotOurServer:
            errand.troubles.append(StickTrouble("usb_not_from_server", file=file.name))
        except SyncError as error:
            errand.troubles.append(error)

    def _take(self, file: StickFile, frame: Frame, header: AnswerHeader) -> None:
        device = self.errand.device
        if header.device != device.device_id and not self._refuses_us(header):
            return
        shape: Any = SHAPES.get(header.kind, PushAnswer)
        answer = transport.read_answer(device, frame.whole(), header.re, shape)
        self.errand.answers += 1
        self.re, self.at = header.re, header.at
        if isinstance(answer, Problem):
            raise _refused(answer)
        if isinstance(answer, PushAnswer):
            self._receipts(file, answer)
        elif isinstance(answer, PullAnswer):
            self._page(file, answer)
        elif isinstance(answer, OfficesAnswer):
            offices.keep_later(self.errand.database, device, answer)
        elif isinstance(answer, KeptAnswer):
            noted = package_photos.noted(self.errand.database, device, answer)
            self.errand.photos_sent += noted.sent
        elif isinstance(answer, FetchAnswer):
            came = package_photos.came(self.errand.database, device, answer)
            self.errand.photos += came.fetched

    def _refuses_us(self, header: AnswerHeader) -> bool:
        """A refusal is sealed to nobody; it is ours when it names an envelope of ours."""
        return header.kind == "problem" and header.re in self.errand.own

    def _receipts(self, file: StickFile, answer: PushAnswer) -> None:
        errand = self.errand
        self._of_this_epoch(file, answer)
        if answer.problem is not None:
            raise _refused(answer.problem)
        here = pushing.standing(errand.database, errand.device)
        if answer.epoch != errand.device.epoch:
            raise Fenced("wrong_epoch", epoch=answer.epoch)
        if answer.last_batch_no > here.sealed_upto:
            raise Fenced("store_restored", ledger=answer.last_batch_no, here=here.sealed_upto)
        self.ledger = answer.last_batch_no
        fresh = [one for one in answer.results if one.batch_no > here.confirmed_no]
        numbers = [one.batch_no for one in fresh]
        first = here.confirmed_no + 1
        if numbers != list(range(first, first + len(numbers))):
            raise self._missing(file)
        _check_digests(errand, fresh)
        acks.record(errand, fresh)
        errand.progress("send", here.confirmed_no + len(fresh), self.ledger)

    def _of_this_epoch(self, file: StickFile, answer: PushAnswer) -> None:
        """An envelope from before this PC's present epoch proves nothing against it."""
        ours, problem = self.errand.device.epoch, answer.problem
        late = problem is not None and problem.code == "wrong_epoch" and answer.epoch <= ours
        if late or answer.epoch < ours:
            self.errand.read.append(file)
            raise StickTrouble(OLD, file=file.name)

    def _page(self, file: StickFile, answer: PullAnswer) -> None:
        errand = self.errand
        if answer.scope != errand.device.scope:
            raise NotOurServer("answer_to_another", url=errand.device.url)
        confirmed = pushing.standing(errand.database, errand.device).confirmed_no
        if self.ledger is None or confirmed < self.ledger:
            raise self._missing(file)
        with errand.database.read() as session:
            cursor = session.get(SyncCursor, answer.scope)
            after = cursor.seq if cursor else 0
        if answer.after > after:
            raise self._missing(file)
        later = [entry for entry in answer.entries if entry.seq > after]
        self.head = answer.head
        pulling.take(errand, PullAnswer(answer.scope, after, answer.head, later), after)

    def _missing(self, file: StickFile) -> StickTrouble:
        """The file before this one is not there, or does not hold what it should."""
        return StickTrouble(
            "usb_part_missing", file=package.file_name(file.kind, self.re, max(1, file.part - 1))
        )

    def _end(self, last: StickFile) -> None:
        """Everything is settled when the pages came to the end of the log that they tell of."""
        errand = self.errand
        if errand.cancelled():
            return
        with errand.database.read() as session:
            cursor = session.get(SyncCursor, errand.device.scope)
        if self.head is None or (cursor.seq if cursor else 0) < self.head:
            name = package.file_name(last.kind, self.re, last.part + 1)
            raise StickTrouble("usb_part_missing", file=name)
        fuse.settle(errand)
        errand.settled_at = max(errand.settled_at, self.at)


def settle(errand: Errand) -> None:
    """The light may be green: as of when the server signed, not of when the stick was read."""
    with errand.database.write(errand.device.author) as session:
        standing = state.row(session)
        if standing is None:
            return
        confirmed = standing.confirmed_at or ""
        state.settled(session)
        standing.confirmed_at = max(confirmed, errand.settled_at)
        soon = datetime.now(UTC) + timedelta(seconds=NEXT_TRY_S)
        standing.next_try_at = instant_text(soon)


def _check_digests(errand: Errand, results: Sequence[BatchResult]) -> None:
    query = select(Batch.batch_no, Batch.digest).where(
        Batch.epoch == errand.device.epoch,
        Batch.batch_no.in_([result.batch_no for result in results]),
    )
    with errand.database.read() as session:
        known = dict(session.execute(query).tuples().all())
    for result in results:
        if known.get(result.batch_no) != result.digest:
            raise Fenced("forked", epoch=errand.device.epoch, batch_no=result.batch_no)


def _refused(problem: Problem) -> SyncError:
    if problem.code == "server_behind":
        return OtherGeneration(problem.code, **problem.facts)
    return refused(problem)
