"""What an activity of a plan must say (TT 02/2020/TT-BLĐTBXH Đ.6 k.2)."""

from __future__ import annotations

from collections.abc import Mapping

JUDGED = ("activity", "start_on", "due_on", "activity_status", "done_on", "result")


def problems(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """(field, code) of what is wrong with an activity as it would stand."""
    found = []
    if not values.get("activity"):
        found.append(("activity", "activity_empty"))
    starts, due = str(values.get("start_on") or ""), str(values.get("due_on") or "")
    if starts and due and due < starts[: len(due)]:
        found.append(("due_on", "activity_days"))
    status = values.get("activity_status")
    if status == "dropped" and not values.get("result"):
        found.append(("result", "activity_dropped_why"))
    if values.get("done_on") and status != "done":
        found.append(("done_on", "activity_done_when_open"))
    return tuple(found)


def priority_fits(priority: object) -> bool:
    """Whether a priority is none or one of 1 (most pressing) to 3."""
    return priority is None or priority in (1, 2, 3)


def day_past(day: str, before: str, today: str, origin: str) -> bool:
    """Whether a (partial) day of review is written into a plan that is over already. One that
    stood there may stay, and so may that of a paper taken over as it stands."""
    return bool(day) and day != before and day < today[: len(day)] and origin != "paper"
