"""Photos and scans on the line as the window sees them: plain values and callables of ui.main."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from app.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PhotoLoad:
    """So many contents, so many bytes that are still to be carried."""

    count: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class PhotosWaiting:
    """What waits in either direction, small pictures apart; `unmetered` is the mark of the line."""

    unmetered: bool = False
    small_up: PhotoLoad = field(default_factory=PhotoLoad)
    small_down: PhotoLoad = field(default_factory=PhotoLoad)
    up: PhotoLoad = field(default_factory=PhotoLoad)
    down: PhotoLoad = field(default_factory=PhotoLoad)


@dataclass(frozen=True, slots=True)
class PhotosDone:
    """What a round carried: contents up and down, those begun anew, those that came damaged, and
    what ended it early in the user's words."""

    sent: int = 0
    fetched: int = 0
    restarted: int = 0
    damaged: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PhotosPort:
    """`waiting(ws)` and `mark(ws, unmetered)` are quick and local: desk lane."""

    waiting: Callable[[Workspace], PhotosWaiting]
    mark: Callable[[Workspace, bool], None]


PHOTOS = "photos"
"""Names the progress of photos, which is counted in KB and not in changes."""

NO_PHOTOS = PhotosPort(waiting=lambda _ws: PhotosWaiting(), mark=lambda _ws, _unmetered: None)
