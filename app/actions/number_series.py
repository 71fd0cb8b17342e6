"""Numbers that PCs without a line can never give twice: each PC has a part of its own.

`0007-2/2026` is the seventh of the year on the office's second PC. The middle part is the PC's
place among those that the server enrolled. Before enrolment a number is given only from a block
set by hand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.workspace import Workspace
from data.records import device
from data.records import office as settings
from data.records.office import Setting

BY_HAND = "0"
"""The part of an office that no server knows: its block is what keeps its numbers apart."""
RANGE = re.compile(r"(\d{1,6})\s*-\s*(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Series:
    """One series: the settings of its block and of what each PC gave last; whether a number is
    taken; the last one of a year that stands in the paper book."""

    block: str
    counter: str
    taken: Callable[[Session, str], bool]
    on_paper: Callable[[Session, int], int] = lambda _session, _year: 0


def take(ws: Workspace, session: Session, series: Series) -> str | None:
    """The next number of this PC; None before enrolment without a block, and at a block's end."""
    block = _block(ws, session, series)
    part = _part(session)
    if part is None or (part == BY_HAND and block is None):
        return None
    first, last = block or (1, 0)
    year = ws.today().year
    row, given = _counter(ws, session, series)
    number = max(first, given.get(str(year), 0) + 1, series.on_paper(session, year) + 1)
    while series.taken(session, shown(number, part, year)):
        number += 1
    if last and number > last:
        return None
    row.value = json.dumps(given | {str(year): number})
    return shown(number, part, year)


def block_of(typed: str) -> tuple[int, int] | None:
    """The first and last number of a block as typed (`1-500`); None when it is none."""
    found = RANGE.fullmatch(typed.strip())
    if found is None or not 0 < int(found[1]) <= int(found[2]):
        return None
    return int(found[1]), int(found[2])


def shown(number: int, part: str, year: int) -> str:
    """A number as it is written on papers."""
    return f"{number:04d}-{part}/{year}"


def _block(ws: Workspace, session: Session, series: Series) -> tuple[int, int] | None:
    value = settings.settings_on(session, ws.today().isoformat()).get(series.block)
    return block_of(str(json.loads(value))) if value else None


def _part(session: Session) -> str | None:
    """This PC's place among the enrolled ones, stopped ones too; None while it is not told yet."""
    own = device.own_id(session)
    if not own:
        return BY_HAND
    known = [one.id for one in device.known(session)]
    return str(known.index(own) + 1) if own in known else None


def _counter(ws: Workspace, session: Session, series: Series) -> tuple[Setting, dict[str, int]]:
    """What this PC gave last, by year. It travels, so that a number is not given again where the
    record that bears it went to another office."""
    key = f"{series.counter}{device.own_id(session) or BY_HAND}"
    row = next(iter(settings.settings_named(session, key)), None)
    if row is None:
        day = ws.today().isoformat()
        row = Setting(office_id=ws.office.id, key=key, valid_from=day, value="{}")
        session.add(row)
    return row, json.loads(row.value)
