"""Frozen values of the office's overview."""

from __future__ import annotations

from dataclasses import dataclass

from app.values.period import Progress


@dataclass(frozen=True, slots=True)
class Overview:
    """The office in numbers. `trend` is (ISO day, persons approved), the oldest first; `late` is
    what was due before today, of everybody; `mend` how many fields and doubts there are."""

    approved: int
    need_items: int
    need_persons: int
    waiting: int
    returned: int
    late: int
    mend: int
    progress: Progress | None
    trend: tuple[tuple[str, int], ...]
