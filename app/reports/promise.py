"""The day by which the result of a file was promised, in working days."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app import working_days
from app.rules import application
from data import deadlines, file_moves

AFTER_BOARD = ("file_after_board",)


@lru_cache(maxsize=50_000)
def due(kind: str, reason: str, received_on: str, since: str, board: bool) -> str:
    """The ISO day on which the spans of a file are over that began on a whole day.

    `board` says that they began with the minutes of the medical board.
    """
    found = file_moves.path(kind, reason, received_on or "9999")
    way = found.path if found is not None else file_moves.COUNCIL
    whats = AFTER_BOARD if board else application.promised(way)
    amount = sum(deadlines.working_days(one, since).amount for one in whats)
    return working_days.due(date.fromisoformat(since), amount).due.isoformat()
