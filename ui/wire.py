"""The wire as the window sees it: plain values, and callables that ui.main hands over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.workspace import Workspace
from ui.photos import NO_PHOTOS, PhotosDone, PhotosPort
from ui.tasks import Watch
from ui.usb import NO_USB, UsbPort


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the sync light says.

    `state` is not_enrolled, offline, waiting, sending, photos (all records are settled, photos are
    on their way), attention or up_to_date; `waiting` counts
    changes not yet acknowledged; `since` is the instant (ISO UTC) of the last signed answer;
    `message` says what is wrong in the user's words; `attention` counts what needs a decision;
    `enrol_anew` when a fresh code of the office ends the trouble.
    """

    state: str
    waiting: int = 0
    since: str = ""
    message: str = ""
    attention: int = 0
    enrol_anew: bool = False


@dataclass(frozen=True, slots=True)
class SyncRound:
    """What one round with the server did, counted in changes and bytes."""

    pushed: int = 0
    acknowledged: int = 0
    pulled: int = 0
    pending: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    conflicts: int = 0
    photos: PhotosDone = field(default_factory=PhotosDone)


@dataclass(frozen=True, slots=True)
class SyncLine:
    """One past round for the sync page; `outcome` is a sentence, empty when all went well."""

    started_at: str
    outcome: str
    round: SyncRound


@dataclass(frozen=True, slots=True)
class SyncAhead:
    """What the next round would send: bytes on the line, and seconds (None: not measured yet)."""

    pending: int = 0
    rows: int = 0
    bytes: int = 0
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class WirePort:
    """The wire as callables, handed over by ui.main; they raise troubles that `tasks` knows.

    `status`, `due_in_s`, `rounds` and `ahead` are quick and local (desk lane); `round(ws, watch)`
    and `enrol(ws, server, code)` talk to the network and belong on the wire lane. `due_in_s`
    answers None while there is no server.
    """

    status: Callable[[Workspace], SyncStatus]
    due_in_s: Callable[[Workspace], float | None]
    rounds: Callable[[Workspace], tuple[SyncLine, ...]]
    round: Callable[[Workspace, Watch], SyncRound]
    enrol: Callable[[Workspace, str, str], None]
    usb: UsbPort = NO_USB
    photos: PhotosPort = NO_PHOTOS
    ahead: Callable[[Workspace], SyncAhead] = lambda _ws: SyncAhead()


NO_WIRE = WirePort(
    status=lambda _ws: SyncStatus("not_enrolled"),
    due_in_s=lambda _ws: None,
    rounds=lambda _ws: (),
    round=lambda _ws, _watch: SyncRound(),
    enrol=lambda _ws, _server, _code: None,
)
