"""A PC's talk with the server: one round, what became of it, and when the next one is due."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import delete, func, select

from data.base import now_text
from data.database import Database
from data.errors import DataError
from data.records import fuse as held_back
from data.records import outgoing
from data.records.sync import Conflict, SyncRound, UnknownRow
from sync import (
    comparing,
    epochs,
    figures,
    fuse,
    handing,
    offices,
    photos,
    pulling,
    pushing,
    reading,
    sealing,
    state,
    transport,
    turn,
)
from sync.ahead import Forecast, forecast
from sync.enrolment import enrol
from sync.errors import (
    Busy,
    Fenced,
    NotEnrolled,
    NotOurServer,
    OtherGeneration,
    Revoked,
    SyncError,
    Unreachable,
)
from sync.pace import backoff_s, due_in_s, due_text
from sync.photos import Choice, Photos
from sync.talk import Cancelled, Progress, Step, Talk

log = logging.getLogger(__name__)

TICK_S = 0.5
ROUNDS_KEPT = 500
TRIES_WITHOUT_PROGRESS = 4
PAUSE_S = (0.2, 1.0, 2.0)


@dataclass(frozen=True, slots=True)
class RoundReport:
    """What one round did. Counts are changes; `pulled` counts changes of other PCs, `conflicts`
    what was newly raised for this PC, `incidents` rows that slipped by the unit of work or stood
    otherwise than on the server, `held` removals that wait for somebody's yes."""

    pushed: int
    acknowledged: int
    pulled: int
    pending: int
    bytes_up: int
    bytes_down: int
    merged: int = 0
    conflicts: int = 0
    deferred: int = 0
    rejected: int = 0
    incidents: int = 0
    attachments: Photos = Photos()
    held: int = 0


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the light shows. `since` is the instant of the last confirmed answer (ISO UTC).

    States: not_enrolled, offline, waiting, attention, up_to_date; the window adds `sending`
    while its own round runs. Green (up_to_date) only after a stored signed answer.
    """

    state: Literal["not_enrolled", "offline", "waiting", "sending", "attention", "up_to_date"]
    waiting: int
    since: str | None
    error_code: str
    error_facts: dict[str, object]
    attention: int


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One past round as the sync page lists it; `outcome` is ok or an error's code, `facts` fill
    the places of its sentence."""

    started_at: str
    ended_at: str
    outcome: str
    facts: dict[str, object]
    pushed: int
    acknowledged: int
    pulled: int
    pending: int
    bytes_up: int
    bytes_down: int


def no_progress(_step: Step, _done: int, _total: int) -> None:
    """Nobody watches."""


def never() -> bool:
    """Nobody cancels."""
    return False


def run_round(
    database: Database,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    choice: Choice | None = None,
) -> RoundReport:
    """One round, as `_round` has it; a PC that its office calls lost destroys its keys.

    `choice` says what may be carried of photos; without it the line's mark says so.

    Raises what `_round` names, and Revoked `device_wiped`.
    """
    with turn.obeying(database), ExitStack() as ending:
        with turn.taken(database):
            talk = _talk(database, progress, cancelled)
            ending.callback(talk.wire.close)
            report = _talked(talk)
        # Others have their turn: photos take long and hinder no record.
        carried = photos.carry(talk, choice or photos.setting(database))
        return replace(report, attachments=carried)


def _talk(database: Database, progress: Progress, cancelled: Cancelled) -> Talk:
    with database.read() as session:
        device = state.device(session)
    if device is None:
        raise NotEnrolled()
    wire = transport.connect(device.url, device.trust)
    return Talk(database, device, wire, progress, cancelled, device.request_bytes)


def _talked(talk: Talk) -> RoundReport:
    """Send everything that waits and fetch everything that is new.

    A cut line is tried again within the round as long as the server's ledger moves. Raises
    NotEnrolled, Unreachable (also Busy), NotOurServer, OtherGeneration, ClockWrong, Fenced,
    Revoked, ServerRefused, SyncError `round_elsewhere`; whatever was confirmed until then stays
    confirmed, the rest waits.
    """
    line = SyncRound(started_at=now_text(), outcome="ok")
    try:
        talk.done.incidents = sealing.check_net(talk.database, talk.device)
        fuse.hold_back(talk.database, talk.device)
        _converse(talk)
        _settled(talk)
    except DataError as error:
        line.outcome = error.code
        line.facts = json.dumps(error.facts, ensure_ascii=False, default=str)
        _failed(talk, error)
        raise
    finally:
        report = _report(talk)
        _keep(talk, line, report)
    return report


def _converse(talk: Talk) -> None:
    """Send and fetch; a cut is no end as long as each try brings something further."""
    fruitless = 0
    while True:
        before = (talk.done.acknowledged, talk.done.applied)
        try:
            pushing.push(talk)
            if not pulling.pull(talk) and not talk.cancelled():
                continue  # somebody typed meanwhile: that goes first
            if comparing.compare(talk):
                continue  # what the server lacked goes there at once
            _meet(talk)
            offices.learn(talk)
            if not reading.pull(talk) and not talk.cancelled():
                continue
            figures.learn(talk)
            return
        except Unreachable as error:
            moved = (talk.done.acknowledged, talk.done.applied) > before
            fruitless = 0 if moved else fruitless + 1
            talk.request_bytes = max(talk.request_bytes // 2, 1)
            unheard = fruitless > 1 and talk.wire.bytes_down == 0
            tired = fruitless > TRIES_WITHOUT_PROGRESS or talk.cancelled()
            if isinstance(error, Busy) or unheard or tired:
                raise
            time.sleep(PAUSE_S[min(fruitless, len(PAUSE_S) - 1)])


def _meet(talk: Talk) -> None:
    """Keys that could not be handed on take nothing from what was sent and fetched."""
    try:
        handing.meet(talk)
    except (Fenced, Revoked, OtherGeneration, NotOurServer, Unreachable):
        raise
    except DataError as error:
        log.warning("restricted keys wait for another round: %s", error)


def status(database: Database) -> SyncStatus:
    """How this PC stands with its server, from what is stored."""
    with database.read() as session:
        standing = state.row(session)
        waiting = state.pending(session)
        if standing is None:
            return SyncStatus("not_enrolled", waiting, None, "", {}, 0)
        sendable = state.sendable(session)
        attention = _attention_count(session)
        code = standing.error_code or ""
        facts = json.loads(standing.error_facts or "{}")
        since = standing.confirmed_at
    if code and code not in WAITS:
        name = "attention"
    elif code:
        name = "offline"
    elif sendable or since is None:
        name = "waiting"
    else:
        name = "attention" if attention else "up_to_date"
    return SyncStatus(name, waiting, since, code, facts, attention)  # type: ignore[arg-type]


def rounds(database: Database, limit: int = 50) -> tuple[RoundLine, ...]:
    """The last rounds, newest first."""
    with database.read() as session:
        lines = session.scalars(select(SyncRound).order_by(SyncRound.id.desc()).limit(limit))
        return tuple(
            RoundLine(
                line.started_at,
                line.ended_at,
                line.outcome,
                json.loads(line.facts),
                line.pushed,
                line.acknowledged,
                line.pulled,
                line.pending,
                line.bytes_up,
                line.bytes_down,
            )
            for line in lines
        )


def watch(
    database: Database,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
    choice: Choice | None = None,
) -> Iterator[RoundReport | SyncError]:
    """Rounds as they fall due, until cancelled; yields each report or trouble. Blocks between."""
    while not cancelled():
        wait_s = due_in_s(database)
        if wait_s is None:
            raise NotEnrolled()
        if wait_s > 0:
            time.sleep(min(wait_s, TICK_S))
            continue
        try:
            yield run_round(database, progress, cancelled, choice)
        except SyncError as error:
            yield error


WAITS = frozenset(
    {
        Unreachable.default_code,
        Busy.default_code,
        "server_silent",
        "connection_cut",
        "server_trouble",
    }
)
"""Codes of troubles that go away by themselves."""


def _attention_count(session: state.Session) -> int:
    counts = (
        select(func.count()).where(*outgoing.of_concern()),
        select(func.count()).where(Conflict.state == "open"),
        select(func.count(UnknownRow.owner.distinct())),
    )
    asked = sum(1 for way in held_back.WAYS if held_back.count_asked(session, way))
    return asked + sum(session.scalar(count) or 0 for count in counts)


def _settled(talk: Talk) -> None:
    if not talk.cancelled():
        with talk.database.write(talk.device.author) as session:
            state.settled(session, due_text(talk.next_after_s), talk.compared)
            epochs.roll(session, talk.token)
        epochs.remember(talk.database, talk.device)


def _failed(talk: Talk, error: DataError) -> None:
    with talk.database.write(talk.device.author) as session:
        standing = state.row(session)
        wait_s = backoff_s(standing.failures if standing else 0)
        if isinstance(error, Busy):
            wait_s += float(str(error.facts.get("retry_after_s", 0)))
        state.failed(session, error.code, error.facts, wait_s)


def _report(talk: Talk) -> RoundReport:
    with talk.database.read() as session:
        pending = state.pending(session)
        held = sum(held_back.count_asked(session, way) for way in held_back.WAYS)
    done = talk.done
    return RoundReport(
        pushed=done.sent,
        acknowledged=done.acknowledged,
        pulled=done.pulled,
        pending=pending,
        bytes_up=talk.wire.bytes_up,
        bytes_down=talk.wire.bytes_down,
        merged=done.merged,
        conflicts=done.conflicts,
        deferred=done.deferred,
        rejected=done.rejected,
        incidents=done.incidents,
        held=held,
    )


def _keep(talk: Talk, line: SyncRound, report: RoundReport) -> None:
    """Write the round into the history; rounds in which nothing happened are not kept."""
    if line.outcome == "ok" and not (report.pushed or report.acknowledged or report.pulled):
        return
    line.ended_at = now_text()
    for name in ("pushed", "acknowledged", "pulled", "pending", "conflicts", "rejected"):
        setattr(line, name, getattr(report, name))
    line.bytes_up, line.bytes_down = report.bytes_up, report.bytes_down
    with talk.database.write(talk.device.author) as session:
        session.add(line)
        session.flush()
        session.execute(delete(SyncRound).where(SyncRound.id <= line.id - ROUNDS_KEPT))


__all__ = [
    "Forecast",
    "RoundReport",
    "SyncStatus",
    "due_in_s",
    "enrol",
    "forecast",
    "rounds",
    "run_round",
    "status",
    "watch",
]
