"""When the next round is due: soon after typing, when the server likes, later after troubles."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from data.base import instant_text
from data.database import Database
from sync import state, transport

WAIT_S_MIN, WAIT_S_MAX = 1.0, 600.0
EVERY_S = 300
AFTER_S_MIN, AFTER_S_MAX = 30, 3600
"""No wish of a server makes a PC ask all the time, or stay silent for a day."""
CHANGED_AFTER_S = 3.0
SPREAD = (0.8, 1.2)
"""A hundred PCs that were switched on at half past seven do not come back together."""


def due_in_s(database: Database) -> float | None:
    """Seconds until the next round should run, 0 when now, None while not enrolled.

    After a trouble the stored waiting time counts; with changes waiting a few seconds, so that
    a burst of typing goes in one round; otherwise the time that the server asked for.
    An instant that only a clock since set right can have written keeps nobody waiting.
    """
    with database.read() as session:
        standing = state.row(session)
        if standing is None:
            return None
        waiting = state.sendable(session)
        next_try, confirmed, due = standing.next_try_at, standing.confirmed_at, standing.due_at
    now = datetime.now(UTC)
    if next_try is not None:
        wait_s = (datetime.fromisoformat(next_try) - now).total_seconds()
        return max(0.0, wait_s) if wait_s <= WAIT_S_MAX + transport.RETRY_AFTER_S_MAX else 0.0
    if confirmed is None:
        return 0.0
    rested = (now - datetime.fromisoformat(confirmed)).total_seconds()
    if rested < 0:
        return 0.0
    if waiting:
        return max(0.0, CHANGED_AFTER_S - rested)
    if due is None:
        return max(0.0, EVERY_S - rested)
    left = (datetime.fromisoformat(due) - now).total_seconds()
    return min(max(0.0, left), AFTER_S_MAX * SPREAD[1])


def due_text(after_s: int) -> str:
    """When to come back to a server that named a time (0: none); drawn once for each round."""
    wish = min(max(after_s or EVERY_S, AFTER_S_MIN), AFTER_S_MAX)
    return instant_text(datetime.now(UTC) + timedelta(seconds=wish * random.uniform(*SPREAD)))


def backoff_s(failures: int) -> float:
    """Exponential waiting time with full jitter, 1 s to 10 min."""
    ceiling = min(WAIT_S_MAX, WAIT_S_MIN * 2.0 ** min(failures, 20))
    return random.uniform(WAIT_S_MIN / 2, ceiling)
