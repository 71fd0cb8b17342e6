"""What every screen receives from the window, and what a screen is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from app.workspace import Workspace
from ui.bridge import Bridge
from ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the sync light says: `state` is none, offline, waiting, sending, current or trouble.

    `waiting` counts changes not yet acknowledged; `since` is the instant (ISO UTC) of the last
    signed answer; `message` says what is wrong, in the user's words.
    """

    state: str
    waiting: int = 0
    since: str = ""
    message: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True)
class SyncRound:
    """What one round with the server did, counted in changes and bytes."""

    pushed: int = 0
    acknowledged: int = 0
    pulled: int = 0
    pending: int = 0
    bytes_up: int = 0
    bytes_down: int = 0


@dataclass(frozen=True, slots=True)
class WirePort:
    """The wire as callables, handed over by ui.main; they raise troubles that `tasks` knows.

    `status(ws)` is quick and local; `round(ws, watch)` and `enrol(ws, server, code)` talk to the
    network and belong on the wire lane.
    """

    status: Callable[[Workspace], SyncStatus]
    round: Callable[[Workspace, Callable[..., None]], SyncRound]
    enrol: Callable[[Workspace, str, str], None]


NO_WIRE = WirePort(
    status=lambda _ws: SyncStatus("none"),
    round=lambda _ws, _watch: SyncRound(),
    enrol=lambda _ws, _server, _code: None,
)


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what was kept, what to do; `tone` is ok, info, wait or bad."""

    text: str
    tone: str = "info"
    action: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False


class Memory:
    """What this window remembers on this PC: columns, filters, places; never values of records."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("soansinh", "window")

    def get(self, key: str, usual: Any = None) -> Any:
        """A remembered value, or the usual one."""
        kept = self._settings.value(key)
        if not isinstance(kept, str):
            return usual
        try:
            return json.loads(kept)
        except ValueError:
            return usual

    def put(self, key: str, value: Any) -> None:
        """Remember a value (anything JSON can hold)."""
        self._settings.setValue(key, json.dumps(value, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Stage:
    """Given to a screen: the workspace, the lanes, the way elsewhere and the way to say things."""

    ws: Workspace
    tasks: Tasks
    bridge: Bridge
    port: WirePort
    memory: Memory
    go: Callable[..., None]
    """`go("person", id)`: open a place of ui.places; `go("people", query="…")` with facts."""
    back: Callable[[], None]
    tell: Callable[[Message], None]
    refresh: Callable[[], None] = field(default=lambda: None)
    """Read the counts of the navigation and the sync light again."""


class Screen(QWidget):
    """A page of the body. Build cheaply in `__init__`, load in `opened` through the desk lane."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "canvas")

    def opened(self, key: str = "", **facts: Any) -> None:
        """The officer came here: `key` names the record, `facts` whatever `go` was given."""

    def may_leave(self) -> bool:
        """Keep what is half done (a draft); False only when a decision is needed first."""
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A commit touched these tables and ids; reload what is shown."""

    def find(self, text: str) -> bool:
        """Take the words of the search above; True when this screen searches by itself."""
        return False

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Keys of this screen and what they do, for the page under "?"."""
        return ()
