"""What a stick brings and takes, as the window sees it: plain values and callables of ui.main."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.workspace import Workspace
from ui.tasks import Watch


@dataclass(frozen=True, slots=True)
class UsbWritten:
    """What was written; `enrolment` when it asks to be let in, else the changes that wait and the
    photos and scans with them (`photos_left` had no room)."""

    files: tuple[str, ...]
    changes: int = 0
    bytes: int = 0
    enrolment: bool = False
    photos: int = 0
    photos_left: int = 0


@dataclass(frozen=True, slots=True)
class UsbRead:
    """What reading did: changes confirmed and fetched, what still waits, envelopes of other PCs
    brought to the server and how many changes they hold, the office just joined, and what went
    wrong in the user's words."""

    acknowledged: int = 0
    pulled: int = 0
    pending: int = 0
    answers: int = 0
    carried: int = 0
    carried_changes: int = 0
    office: str = ""
    photos: int = 0
    photos_sent: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolmentAsked:
    """Address and one-time code as typed, for a PC that is not enrolled yet."""

    server: str
    code: str


@dataclass(frozen=True, slots=True)
class UsbPort:
    """`write(ws, folder, watch)`, `read(ws, folder, watch)`, `ask(ws, folder, asked)`: all touch
    the stick and belong on the wire lane, where they wait for a round under way."""

    write: Callable[[Workspace, Path, Watch], UsbWritten]
    read: Callable[[Workspace, Path, Watch], UsbRead]
    ask: Callable[[Workspace, Path, EnrolmentAsked], UsbWritten]


NO_USB = UsbPort(
    write=lambda _ws, _folder, _watch: UsbWritten(()),
    read=lambda _ws, _folder, _watch: UsbRead(),
    ask=lambda _ws, _folder, _asked: UsbWritten(()),
)
