"""Times of the day as people type them: 8h, 8h30, 08:30, 8.30, 0830."""

from __future__ import annotations

import re

TIME = re.compile(r"(\d{1,2})\s*(?:[h:.g]\s*(\d{2})?|(\d{2}))?\s*(?:ph|p)?", re.IGNORECASE)
HOURS, MINUTES = 24, 60


def parse(words: str) -> str | None:
    """HH:MM, or None for what is no time of a day."""
    found = TIME.fullmatch(words.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < HOURS and minute < MINUTES else None


def later(time: str, minutes: int) -> str:
    """So many minutes later, at most the end of the day."""
    total = int(time[:2]) * MINUTES + int(time[3:]) + minutes
    total = min(total, HOURS * MINUTES - 1)
    return f"{total // MINUTES:02d}:{total % MINUTES:02d}"
