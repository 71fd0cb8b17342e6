"""What a report counts over and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from data.base import instant_text
from data.counting.then import Source


@dataclass(frozen=True, slots=True)
class Over:
    """What is counted over: the tables, whose units, which day it is, who reads.

    `source(opening)` gives the tables with what is needed to go back to an instant; `end_of_day`
    the last instant of an ISO day; `restricted` says that the reader was granted restricted facts;
    `several` that offices are counted together, so that a unit around them may be asked.
    """

    source: Callable[[str], Source]
    units: tuple[str, ...]
    today: date
    end_of_day: Callable[[str], str]
    restricted: bool = False
    several: bool = False


def end_of_day(day: str) -> str:
    """The last instant (ISO UTC text) of an ISO day as the clock on this PC's wall counts it."""
    midnight = datetime.combine(date.fromisoformat(day), time.max).astimezone()
    return instant_text(midnight)
