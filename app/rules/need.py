"""What a need of a person must be: its group, its priority, and when two are the same."""

from __future__ import annotations

NEW = "new"
LIVE = ("new", "connecting", "partly_met")
ENDED = ("met", "no_longer", "refused")
WITH_WHY = ("no_longer", "refused")
PRIORITY_MIN, PRIORITY_MAX = 1, 3


def group_of(group: object, item: object) -> tuple[str | None, str | None]:
    """(group, code of a refusal): an item `medical.wheelchair` belongs to the group `medical`.

    Without an item the group stands alone; neither of them is no need at all.
    """
    given = str(group) if group else None
    if not item:
        return given, None if given else "need_empty"
    own = str(item).split(".", 1)[0]
    if given is not None and given != own:
        return given, "need_group_item"
    return own, None


def priority_fits(priority: object) -> bool:
    """Whether a priority is empty or from 1 (most pressing) to 3."""
    return priority is None or PRIORITY_MIN <= int(str(priority)) <= PRIORITY_MAX


def lacks_why(status: object, note: object) -> bool:
    """Whether a refused need says nothing about why it was refused."""
    return status == "refused" and not str(note or "").strip()


def is_live(status: str | None) -> bool:
    """Whether a need still waits to be met."""
    return (status or NEW) not in ENDED


def step_lacks_why(before: str | None, after: str | None, why: str) -> bool:
    """Whether a change of status needs a reason and has none: an end without help, a new begin."""
    reopened = not is_live(before) and is_live(after)
    return (after in WITH_WHY or reopened) and not why.strip()


def is_due(status: str | None, review_on: str | None, today: str) -> bool:
    """Whether a need that still waits is to be asked about again (days ISO, maybe in part)."""
    return bool(review_on) and is_live(status) and str(review_on) <= today[: len(str(review_on))]
