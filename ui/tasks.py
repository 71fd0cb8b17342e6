"""Everything slow leaves the screen's thread here: four lanes, each with one thread."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from app.errors import Problem
from app.troubles import problems_of
from ui import bugs

REPORT_EVERY_S = 0.1
SWITCH_S = 0.0005
"""How long a lane that only calculates keeps the screen waiting for its turn.

Painting a list asks for a turn at every call of Qt: with Python's 5 ms an import made it stand
still for seconds.
"""
END_WAIT_S = 10.0


class Stopped(Exception):
    """The officer cancelled the work; raised by `Watch` inside it, so that it unwinds."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why work did not succeed: problems to show; `bug` is the number of an unforeseen error."""

    problems: tuple[Problem, ...]
    bug: str = ""
    stopped: bool = False

    @property
    def message(self) -> str:
        """The problems as one text, a line each."""
        return "\n".join(problem.message for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is: done of total (0 when unknown), since `started` (monotonic s)."""

    done: int
    total: int
    text: str = ""
    seconds: float = 0.0


class Watch:
    """Given to long work: call it with (done, total) now and then; raises Stopped on cancel."""

    def __init__(
        self, tell: Callable[[Progress], None], let_pass: Callable[[], None] | None = None
    ) -> None:
        self._tell = tell
        self._let_pass = let_pass
        self._stop = threading.Event()
        self._began = time.monotonic()
        self._told = 0.0

    def __call__(self, done: int, total: int, text: str = "") -> None:
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if now - self._told >= REPORT_EVERY_S or done >= total:
            self._told = now
            self._tell(Progress(done, total, text, now - self._began))

    def breathe(self) -> None:
        """Let the lane's short jobs pass; only between steps that hold nothing open."""
        if self._let_pass is not None:
            self._let_pass()

    @property
    def stopped(self) -> bool:
        """Whether the officer asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()


def _nothing() -> None:
    """The work of a job that is over."""


@dataclass(slots=True)
class Job:
    """One piece of work on a lane and who wants to hear of it; `cancel()` from the screen."""

    work: Callable[..., Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Failure], None] | None
    progress: Callable[[Progress], None] | None
    owner: QObject | None
    key: str = ""
    watch: Watch | None = None
    dropped: bool = False

    def cancel(self) -> None:
        """Stop the work, or never begin it; nobody hears of a result any more."""
        self.dropped = True
        if self.watch is not None:
            self.watch.stop()

    def stop(self) -> None:
        """Ask long work to stop; `failed` hears of it with `stopped` set."""
        if self.watch is not None:
            self.watch.stop()

    def let_go(self) -> None:
        """Forget what a page gave along, on the screen's thread: whoever lets go of a widget last
        destroys it, and Qt bears that on no other thread."""
        self.work, self.done, self.failed, self.progress = _nothing, None, None, None
        self.owner = None

    @property
    def heard(self) -> bool:
        """Whether somebody still wants the result."""
        return not self.dropped and (self.owner is None or isValid(self.owner))


class Lane(QObject):
    """One thread that does jobs first come first served; answers arrive on the screen's thread."""

    _arrived = Signal(object, str, object)
    idle = Signal()

    def __init__(self, name: str, log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.log_folder = log_folder
        self.on_failure: Callable[[Failure], None] | None = None
        self._jobs: deque[Job] = deque()
        self._now: Job | None = None
        self._more = threading.Condition()
        self._ending = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name=name, daemon=True)
        self._thread.start()

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        owner: QObject | None = None,
        key: str = "",
    ) -> Job:
        """Do `work()` off the screen, then `done(result)` or `failed(Failure)` on it.

        `owner` gone means nobody listens. A job with the same `key` takes the place of an earlier
        one whose answer is not here yet (search as you type). Without `failed` the window tells.
        """
        return self._put(Job(work, done, failed, None, owner, key))

    def run_long(
        self,
        work: Callable[[Watch], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        progress: Callable[[Progress], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Do `work(watch)`; `watch(done, total)` reports progress and raises Stopped on cancel."""
        job = Job(work, done, failed, progress, owner)
        job.watch = Watch(
            lambda step: self._arrived.emit(job, "progress", step), self._do_short_ones
        )
        return self._put(job)

    @property
    def busy(self) -> bool:
        """Whether something is being done or waits."""
        return self._now is not None or bool(self._jobs)

    def end(self, wait_s: float = END_WAIT_S) -> bool:
        """Drop what waits, stop what runs, let the thread go; True when it went in time."""
        with self._more:
            self._ending = True
            for job in self._jobs:
                job.cancel()
            self._jobs.clear()
            if self._now is not None:
                self._now.cancel()
            self._more.notify()
        self._thread.join(wait_s)
        return not self._thread.is_alive()

    def _put(self, job: Job) -> Job:
        with self._more:
            if job.key:
                for other in (*self._jobs, *([self._now] if self._now else [])):
                    if other.key == job.key:
                        other.dropped = True
                self._jobs = deque(one for one in self._jobs if one.key != job.key)
            self._jobs.append(job)
            self._more.notify()
        return job

    def _loop(self) -> None:
        while True:
            with self._more:
                while not self._jobs and not self._ending:
                    self._more.wait()
                if self._ending:
                    return
                self._now = self._jobs.popleft()
            self._do(self._now)
            self._now = None

    def _do_short_ones(self) -> None:
        """Between two steps of long work: do what pages of the window wait for meanwhile."""
        while True:
            with self._more:
                short = (one for one in self._jobs if one.watch is None and one.owner is not None)
                job = None if self._ending else next(short, None)
                if job is None:
                    return
                self._jobs.remove(job)
            self._do(job)

    def _do(self, job: Job) -> None:
        if job.dropped:
            self._hand_over(job, "dropped", None)
            return
        try:
            result = job.work(job.watch) if job.watch is not None else job.work()
        except Stopped:
            kind, answer = "failed", Failure((), stopped=True)
        except Exception as error:  # noqa: BLE001 - the one door where work may fail
            kind, answer = "failed", failure_of(error, self.log_folder)
        else:
            kind, answer = "done", result
        self._hand_over(job, kind, answer)

    def _hand_over(self, job: Job, kind: str, answer: Any) -> None:
        """Also of what nobody waits for: only the screen's thread lets go of what a page gave."""
        if not self._ending:
            self._arrived.emit(job, kind, answer)

    def _deliver(self, job: Job, kind: str, answer: Any) -> None:
        if job.heard:
            if kind == "progress":
                if job.progress is not None:
                    job.progress(answer)
            elif kind == "done":
                if job.done is not None:
                    job.done(answer)
            elif job.failed is not None:
                job.failed(answer)
            elif self.on_failure is not None:
                self.on_failure(answer)
        if kind == "progress":
            return
        if not self.busy:
            self.idle.emit()
        job.let_go()  # last: it may hold the window, and with it this lane


class Tasks(QObject):
    """The lanes: `desk` for what is done on this PC, `wire` for the network.

    Two more only read: `pages` the rows of lists, so that scrolling waits neither for a slice of
    an import nor for a count, and `totals` what may follow: how many fit, who they all are.
    """

    def __init__(self, log_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(SWITCH_S)
        self.desk = Lane("desk", log_folder, self)
        self.wire = Lane("wire", log_folder, self)
        self.pages = Lane("pages", log_folder, self)
        self.totals = Lane("totals", log_folder, self)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """All of them."""
        return (self.desk, self.wire, self.pages, self.totals)

    @property
    def busy(self) -> bool:
        """Whether anything is being done or waits."""
        return any(lane.busy for lane in self.lanes)

    def close(self, store: Callable[[], None]) -> None:
        """Give a store back on the desk lane, once the lanes that read have left it."""
        left = threading.Barrier(3, timeout=END_WAIT_S)
        for lane in (self.pages, self.totals):
            lane.run(left.wait)

        def work() -> None:
            left.wait()
            store()

        self.desk.run(work)

    def end(self) -> bool:
        """Let the threads go; True when they went in time."""
        ended = [lane.end() for lane in self.lanes]
        return all(ended)


def failure_of(error: BaseException, log_folder: Path) -> Failure:
    """A failure from whatever was raised: known problems, or a bug with a number and a file."""
    known = problems_of(error)
    if known is not None:
        return Failure(known)
    bug = bugs.record(error, log_folder)
    return Failure((Problem.of("bug", "", bug.number, file=bug.file),), bug.number)
