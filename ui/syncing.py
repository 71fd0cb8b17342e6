"""Rounds with the server in the background: when due, on the wire lane, told by signals."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.workspace import Workspace
from ui.tasks import Failure, Job, Progress, Tasks, Watch
from ui.wire import SyncRound, SyncStatus, WirePort

LOOK_EVERY_MS = 3000


class Syncing(QObject):
    """`status(SyncStatus)` for the light, `progress(Progress)`, `ended(SyncRound)`, `failed`."""

    status = Signal(object)
    progress = Signal(object)
    ended = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, port: WirePort, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._port = port
        self._ws: Workspace | None = None
        self._round: Job | None = None
        self._again = False
        self.last = SyncStatus("not_enrolled")
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, ws: Workspace) -> None:
        """Keep this store in step with the server from now on, where the user may."""
        self._ws = ws
        self._timer.start()
        self._look()

    def end(self) -> None:
        """Stop; what was confirmed stays confirmed."""
        self._timer.stop()
        self._ws = None
        if self._round is not None:
            self._round.cancel()
            self._round = None

    @property
    def sending(self) -> bool:
        """Whether a round is under way."""
        return self._round is not None

    def now(self) -> None:
        """Start a round at once, or after the one under way, whatever the waiting time says."""
        if self._round is not None:
            self._again = True
        if self._ws is None or self._round is not None or not self._ws.can("sync"):
            return
        self._again = False
        ws, port = self._ws, self._port
        self._tell(SyncStatus("sending", self.last.waiting, self.last.since))
        self._round = self._tasks.wire.run_long(
            lambda watch: _round(port, ws, watch), self._done, self._not_done, self._step, self
        )

    def stop(self) -> None:
        """Ask the running round to stop."""
        if self._round is not None:
            self._round.stop()

    def look(self) -> None:
        """Read the state again for the light."""
        if self._ws is None or self._round is not None:
            return
        ws, port = self._ws, self._port
        self._tasks.desk.run(lambda: port.status(ws), self._tell, self._quiet, self, "sync-light")

    def _look(self) -> None:
        if self._ws is None or self._round is not None or self._tasks.wire.busy:
            return  # a stick is being read: how things stand is known after it
        ws, port = self._ws, self._port
        self._tasks.desk.run(
            lambda: (port.status(ws), port.due_in_s(ws)),
            self._seen,
            self._quiet,
            self,
            "sync-light",
        )

    def _seen(self, seen: tuple[SyncStatus, float | None]) -> None:
        status, due_s = seen
        if self._round is not None or self._tasks.wire.busy:
            return
        self._tell(status)
        if due_s is not None and due_s <= 0:
            self.now()

    def _tell(self, status: SyncStatus) -> None:
        self.last = status
        self.status.emit(status)

    def _step(self, step: Progress) -> None:
        """The records are settled once photos move: the light does not say that they wait."""
        if step.text and self._round is not None and self.last.state == "sending":
            self._tell(SyncStatus("photos", 0, self.last.since))
        self.progress.emit(step)

    def _done(self, report: SyncRound) -> None:
        self._round = None
        self.ended.emit(report)
        if self._again:
            self.now()
        else:
            self.look()

    def _not_done(self, failure: Failure) -> None:
        self._round, self._again = None, False
        self.failed.emit(failure)
        self.look()

    def _quiet(self, failure: Failure) -> None:
        """The light could not be read; the next look tries again, the log knows of bugs."""
        self._tell(SyncStatus("attention", message=failure.message))


def _round(port: WirePort, ws: Workspace, watch: Watch) -> SyncRound:
    return port.round(ws, watch)
