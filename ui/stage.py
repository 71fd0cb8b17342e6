"""What every screen receives from the window, and what a screen is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from app.workspace import Workspace
from ui.bridge import Bridge
from ui.syncing import Syncing
from ui.tasks import Tasks
from ui.wire import WirePort


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, what was kept, what to do; `tone` is ok, info, wait or bad."""

    text: str
    tone: str = "info"
    action: str = ""
    act: Callable[[], None] | None = None
    stays: bool = False
    of_page: bool = False
    """Whether it goes with the page it came from, though it offers an act."""


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


SCROLL_BAR_PX = 16


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
    went_on: Callable[[], None] = lambda: None
    """Another record of the same page is in hand: what was told of the one before goes."""
    refresh: Callable[[], None] = lambda: None
    """Read the counts of the navigation and the sync light again."""
    syncing: Syncing | None = None
    """Rounds with the server: `.now()`, `.stop()` and its signals; None in a lone screen."""
    renew: Callable[[], None] = lambda: None
    """Read office and user again (after enrolment, a new role, a new office name)."""
    visit: Callable[..., None] = lambda _ws, _place="": None
    """`visit(ws, place)`: look into another office's book, in front of what is open."""
    second: Callable[[], None] = lambda: None
    """Let a second person in quickly, in front of what this one has open."""


class Screen(QWidget):
    """A page of the body. Build cheaply in `__init__`, load in `opened` through the desk lane."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "canvas")

    def heightForWidth(self, width: int) -> int:
        """How low a page can be; in a window lower than that the body scrolls it.

        Qt asks for a width of which the scroll bar may still take its part.
        """
        layout = self.layout()
        if layout is None:
            return -1
        return layout.totalMinimumHeightForWidth(max(1, width - SCROLL_BAR_PX))

    def opened(self, key: str = "", **facts: Any) -> None:
        """The officer came here: `key` names the record, `facts` whatever `go` was given."""

    def may_leave(self) -> bool:
        """Keep what is half done (a draft); False only when a decision is needed first."""
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A commit touched these tables and ids; reload what is shown."""

    def search_for(self, text: str) -> bool:
        """Take the words of the search above; True when this screen searches by itself."""
        return False

    def to_found(self) -> None:
        """Put the cursor onto what the search above found."""

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """Keys of this screen and what they do, for the page under "?"."""
        return ()
