"""Photos and scans on the line: small pictures first, originals where the line is not counted.

Runs after the records of a round are settled, and gives way as soon as new records wait. What was
carried stays carried: an upload goes on where the server says, a download where this PC stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from data.database import Database
from data.errors import DataError
from data.records import blob, blob_waiting
from data.records.blob_waiting import Lane, Loads
from sync import photos_down, photos_up, state, turn
from sync.errors import (
    Busy,
    Fenced,
    NotEnrolled,
    OtherGeneration,
    Revoked,
    Unreachable,
)
from sync.photos_line import Carriage
from sync.talk import Talk

Choice = Literal["none", "thumbnails", "all"]
LANES: dict[Choice, tuple[Lane, ...]] = {
    "none": (),
    "thumbnails": ("small", "asked"),
    "all": ("small", "asked", "all"),
}
STOPPING = (Fenced, Revoked, OtherGeneration)
TURN = "photos.turn"
TRIES_WITHOUT_PROGRESS = 4
PAUSE_S = (0.1, 0.2, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Photos:
    """What a round did with contents of photos and scans, apart from its records.

    `restarted` uploads began anew because the server had lost what it had; `damaged` contents were
    not what their name says and are asked for again. `waiting` says what is left in either
    direction; `problem` is the code of what ended it early.
    """

    choice: Choice = "none"
    sent: int = 0
    fetched: int = 0
    bytes_up: int = 0
    bytes_down: int = 0
    restarted: int = 0
    damaged: int = 0
    waiting: Loads = field(default_factory=Loads)
    problem: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def setting(database: Database) -> Choice:
    """What the line of this PC is good for, as somebody marked it."""
    with database.read() as session:
        standing = state.row(session)
        return "all" if standing is not None and standing.unmetered else "thumbnails"


def mark_line(database: Database, unmetered: bool) -> None:
    """Say whether photos may use this PC's line freely. Raises NotEnrolled."""
    with database.read() as session:
        device = state.device(session)
    if device is None:
        raise NotEnrolled()
    with database.write(device.author) as session:
        standing = state.row(session)
        if standing is not None:
            standing.unmetered = unmetered


def loads(database: Database) -> Loads:
    """What waits to be sent and to be fetched, whatever the line."""
    with database.read() as session:
        return blob_waiting.loads(session)


def carry(talk: Talk, choice: Choice) -> Photos:
    """Carry what the choice allows, until all is done, the line fails or records wait.

    Raises Fenced, Revoked, OtherGeneration; every other trouble is in the report.
    """
    carriage = Carriage(talk)
    try:
        with turn.taken(talk.database, TURN, 0):
            _carried(carriage, choice)
    except STOPPING:
        raise
    except DataError as error:
        if error.code != "round_elsewhere":
            carriage.problem, carriage.facts = error.code, error.facts
    return Photos(
        choice,
        carriage.sent,
        carriage.fetched,
        carriage.bytes_up,
        carriage.bytes_down,
        carriage.restarted,
        carriage.damaged,
        loads(talk.database),
        carriage.problem,
        carriage.facts,
    )


def _carried(carriage: Carriage, choice: Choice) -> None:
    with carriage.database.read() as session:
        carriage.total = _bytes_of(blob_waiting.loads(session), choice)
        looked = _look(session, carriage.talk.blobs, choice)
        standing = state.row(session)
        fresh = standing is None or standing.blobs_seen != looked
    for lane in LANES[choice]:
        _lane(carriage, photos_up.send, lane)
        if fresh or lane == "asked":
            _lane(carriage, photos_down.fetch, lane)
    if carriage.gives_way:
        return
    with carriage.database.read() as session:
        looked = _look(session, carriage.talk.blobs, choice)
        standing = state.row(session)
        known = standing is None or standing.blobs_seen == looked
    if not known:
        with carriage.write() as session:
            blob.forget_unfinished(session)
            standing = state.row(session)
            if standing is not None:
                standing.blobs_seen = looked


def _look(session: state.Session, mark: int, choice: Choice) -> str:
    """What there is to be fetched as far as this PC and the server know: asked again only when
    one of the two has changed."""
    lacking = [len(blob_waiting.to_fetch(session, lane)) for lane in LANES[choice]]
    return f"{mark}/{choice}/{lacking}"


def _bytes_of(waiting: Loads, choice: Choice) -> int:
    small = waiting.small_up.bytes + waiting.small_down.bytes
    return small + (waiting.up.bytes + waiting.down.bytes if choice == "all" else 0)


def _lane(carriage: Carriage, work: Callable[[Carriage, Lane], None], lane: Lane) -> None:
    """A cut is no end of the lane as long as something further was carried."""
    fruitless = 0
    while True:
        before = carriage.moved
        try:
            work(carriage, lane)
            return
        except Busy:
            raise
        except Unreachable:
            carriage.shrink()
            fruitless = 0 if carriage.moved > before else fruitless + 1
            if fruitless > TRIES_WITHOUT_PROGRESS or carriage.talk.cancelled():
                raise
            time.sleep(PAUSE_S[min(fruitless, len(PAUSE_S) - 1)])
