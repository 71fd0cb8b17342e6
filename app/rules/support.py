"""How needs, referrals and devices may go on, and what a support says about a need."""

from __future__ import annotations

REFERRAL_MOVES = {
    "written": ("sent", "withdrawn"),
    "sent": ("accepted", "served", "refused", "withdrawn"),
    "accepted": ("served", "refused", "withdrawn"),
    "served": (),
    "refused": (),
    "withdrawn": (),
}
REFERRAL_BACK = {
    "sent": ("written",),
    "accepted": ("sent",),
    "refused": ("sent",),
    "served": ("accepted", "sent"),
    "withdrawn": ("written", "sent"),
}
"""Steps that take a slip back; they want a reason."""
REFERRAL_LIVE = ("written", "sent", "accepted")
NEED_WHY = ("refused", "withdrawn")
"""What becomes of a referral only with a word of why."""

AID_MOVES = {
    "in_use": ("in_repair", "returned", "lost", "worn_out"),
    "in_repair": ("in_use", "returned", "worn_out"),
    "returned": ("in_use",),
    "lost": ("in_use",),
    "worn_out": ("in_use",),
}
AID_KEPT = ("in_use", "in_repair")

NEED_WORKED = ("new", "connecting", "partly_met")


def referral_moves(status: str) -> tuple[str, ...]:
    """Where a referral may go from here."""
    return REFERRAL_MOVES.get(status, ())


def referral_step(before: str, after: str, why: str) -> str | None:
    """The code of why a referral may not go there; None when it may."""
    back = after in REFERRAL_BACK.get(before, ())
    if after not in REFERRAL_MOVES.get(before, ()) and not back:
        return "referral_move"
    if (back or after in NEED_WHY) and not why:
        return "referral_why"
    return None


def is_overdue(status: str, due_on: str | None, today: str) -> bool:
    """Whether an answer that was to come by a day (ISO, maybe in part) has not come."""
    return status == "sent" and bool(due_on) and str(due_on) < today[: len(str(due_on))]


def proposed(status: str, wanted: int | None, received: int, referred: bool) -> str:
    """What to propose as a need's new status after help came; empty when nothing new is known.

    Help closes no need by itself: a person decides. `received` counts what came since the need's
    status was last set.
    """
    if status not in NEED_WORKED:
        return ""
    if received:
        return "met" if received >= (wanted or 1) else "partly_met"
    return "connecting" if referred and status == "new" else ""
