"""What may happen to a case from where it stands: the legal moves and what each one needs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

OPEN = "open"
WAITING = "waiting"
APPROVED = "approved"
CLOSED = "closed"

LIVE = (OPEN, WAITING, APPROVED)


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from which statuses, to which, who may (a right), and whether it needs a reason."""

    name: str
    sources: tuple[str, ...]
    target: str
    right: str
    reason: bool = False
    other_eyes: bool = False


MOVES = {
    move.name: move
    for move in (
        Move("submit", (OPEN,), WAITING, "submit"),
        Move("approve", (WAITING,), APPROVED, "approve", other_eyes=True),
        Move("return", (WAITING,), OPEN, "approve", reason=True),
        Move("close", LIVE, CLOSED, "enter", reason=True),
        Move("reopen", (CLOSED,), OPEN, "enter", reason=True),
    )
}
"""The whole life of a case (TT 02/2020/TT-BLĐTBXH Đ.3, Đ.7 k.1, Đ.8), in its thin form."""


def right_for(move: str, status: str) -> str:
    """The right a move needs; ending a plan that was approved needs who approves (Đ.8 k.3)."""
    if move == "close" and status == APPROVED:
        return "approve"
    return MOVES[move].right


def possible(status: str) -> tuple[str, ...]:
    """Names of the moves that the status allows, in the order a case lives them."""
    return tuple(move.name for move in MOVES.values() if status in move.sources)


def refusal(move: str, status: str, reason: str, login: str, hands: Collection[str]) -> str | None:
    """The code of why a move is not legal, or None when it is.

    `hands` are the logins of who wrote or last changed the case: they never approve it.
    """
    wanted = MOVES[move]
    if status not in wanted.sources:
        return f"case_{move}_not_now"
    if wanted.reason and not reason.strip():
        return "reason_needed"
    if wanted.other_eyes and login in hands:
        return "own_case"
    return None


def ending_refusal(opened_on: str, closed_on: str) -> str | None:
    """The code of why a case cannot have ended on a (partial) day; None when it can."""
    early = closed_on < opened_on[: len(closed_on)]
    return "closed_before_opened" if early else None
