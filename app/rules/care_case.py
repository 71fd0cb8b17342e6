"""What may happen to a case from where it stands: the legal moves and what each one needs.

TT 02/2020/TT-BLĐTBXH names five steps (Đ.3) and what each needs, not the states of a case: their
names are a proposal. Every move names the article it stands on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

OPEN = "open"
ASSESSING = "assessing"
PLANNING = "planning"
WAITING = "waiting"
APPROVED = "approved"
REVIEWING = "reviewing"
CLOSING = "closing"
CLOSED = "closed"
REFUSED = "refused"
CANCELLED = "cancelled"

BEFORE_APPROVAL = (OPEN, ASSESSING, PLANNING, WAITING)
AFTER_APPROVAL = (APPROVED, REVIEWING, CLOSING)
LIVE = (*BEFORE_APPROVAL, *AFTER_APPROVAL)
ENDED = (CLOSED, REFUSED, CANCELLED)

UNAPPROVED_ONLY = ("refuse", "cancel")
"""Moves that end a case which the head never approved."""

UNCHECKED = "chưa kiểm chứng"


@dataclass(frozen=True, slots=True)
class Move:
    """One move: from which statuses, to which, who may (a right), and whether it needs a reason.

    `other_eyes`: not by who wrote or last changed what is approved. `source` is the article.
    """

    name: str
    sources: tuple[str, ...]
    target: str
    right: str
    source: str
    reason: bool = False
    other_eyes: bool = False


MOVES = {
    move.name: move
    for move in (
        Move("assess", (OPEN,), ASSESSING, "enter", "Đ.4, Đ.5"),
        Move("plan", (OPEN, ASSESSING, REVIEWING), PLANNING, "enter", "Đ.6"),
        Move("submit", (OPEN, ASSESSING, PLANNING), WAITING, "submit", "Đ.6 k.2, Đ.7 k.1"),
        Move("approve", (WAITING,), APPROVED, "approve", "Đ.7 k.1", other_eyes=True),
        Move("return", (WAITING,), PLANNING, "approve", "Đ.7 k.1", reason=True),
        Move("review", (APPROVED,), REVIEWING, "enter", "Đ.7 k.2, k.3"),
        Move("resume", (REVIEWING,), APPROVED, "approve", "Đ.7 k.3", True, True),
        Move("propose", LIVE[:-1], CLOSING, "enter", "Đ.8 k.3"),
        Move("decline", (CLOSING,), APPROVED, "approve", "Đ.8 k.3", True, True),
        Move("close", LIVE, CLOSED, "approve", "Đ.8 k.3", reason=True),
        Move("refuse", (OPEN, ASSESSING), REFUSED, "approve", UNCHECKED, reason=True),
        Move("cancel", BEFORE_APPROVAL, CANCELLED, "enter", UNCHECKED, reason=True),
        Move("reopen", ENDED, OPEN, "enter", UNCHECKED, reason=True),
    )
}
"""The whole life of a case, in the order a case lives it."""


def possible(status: str) -> tuple[str, ...]:
    """Names of the moves that the status allows, in the order a case lives them."""
    return tuple(move.name for move in MOVES.values() if status in move.sources)


def refusal(move: str, status: str, reason: str, login: str, hands: Collection[str]) -> str | None:
    """The code of why a move is not legal, or None when it is.

    `hands` are the logins of who wrote or last changed what is approved: they never approve it.
    An ending that somebody else proposed is approved by other eyes; the head who ends a case
    without a proposal decides himself (Đ.8 k.3a, reason 2), unless he works on it: see `ends_own`.
    """
    wanted = MOVES[move]
    if status not in wanted.sources:
        return f"case_{move}_not_now"
    if wanted.reason and not reason.strip():
        return "reason_needed"
    other_eyes = wanted.other_eyes or status == CLOSING and move == "close"
    if other_eyes and login in hands:
        return "own_case"
    return None


def ends_own(move: str, login: str, worker: str) -> bool:
    """Whether somebody would end the case he works on himself: a second pair of eyes looks at it,
    where the office has one that may."""
    return move == "close" and bool(login) and login == worker


def taken_back_to(was_approved: bool) -> str:
    """Where a case goes on whose ending was declined: to work if its plan was ever approved."""
    return APPROVED if was_approved else PLANNING


def enters_at(paper_step: str) -> str:
    """Where a case taken over from paper enters; what the head must have approved, waits for it.

    The paper says that its plan was approved, but nobody approved anything here: a head who looks
    at the paper does so with one key, and no approval is invented (Đ.7 k.1).
    """
    return WAITING if paper_step == APPROVED else paper_step or OPEN


def ending_refusal(opened_on: str, closed_on: str) -> str | None:
    """The code of why a case cannot have ended on a (partial) day; None when it can."""
    early = closed_on < opened_on[: len(closed_on)]
    return "closed_before_opened" if early else None
