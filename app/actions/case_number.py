"""Numbers of cases: the office's block, of which each PC has a part of its own.

`0007-2/2026` is the seventh case of the year on the office's second PC. Two PCs without a line can
never give the same number, for the middle part is the PC's place among those that the server
enrolled. Before enrolment a number is given only from a block set by hand.
"""

from __future__ import annotations

import json
import re

from sqlalchemy.orm import Session

from app.errors import Refused
from app.workspace import Workspace
from data.records import care_case as records
from data.records import device
from data.records import office as settings
from data.records.office import Setting

BLOCK = "case_block"
COUNTER = "case_numbers:"
BY_HAND = "0"
"""The part of an office that no server knows: its block is what keeps its numbers apart."""
RANGE = re.compile(r"(\d{1,6})\s*-\s*(\d{1,6})")


def take(ws: Workspace, session: Session) -> str | None:
    """The next number of this PC; None before enrolment without a block, and at a block's end."""
    block = _block(ws, session)
    part = _part(session)
    if part is None or (part == BY_HAND and block is None):
        return None
    first, last = block or (1, 0)
    year = ws.today().year
    row, given = _counter(ws, session)
    number = max(first, given.get(str(year), 0) + 1)
    while records.with_number(session, _shown(number, part, year)) is not None:
        number += 1
    if last and number > last:
        return None
    row.value = json.dumps(given | {str(year): number})
    return _shown(number, part, year)


def block_of(typed: str) -> tuple[int, int] | None:
    """The first and last number of a block as typed (`1-500`); None when it is none."""
    found = RANGE.fullmatch(typed.strip())
    if found is None or not 0 < int(found[1]) <= int(found[2]):
        return None
    return int(found[1]), int(found[2])


def give(ws: Workspace, case_id: str) -> str:
    """Give a case that has no number the next one of this PC.

    Raises Refused: case_unknown, case_numbered, case_no_block.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        case = session.get(records.CareCase, case_id)
        if case is None or case.deleted_at:
            raise Refused.one("case_unknown", "id", case_id)
        if case.case_number:
            raise Refused.one("case_numbered", "case_number", case.case_number)
        number = take(ws, session)
        if number is None:
            raise Refused.one("case_no_block", "case_number")
        case.case_number = number
    return number


def _shown(number: int, part: str, year: int) -> str:
    return f"{number:04d}-{part}/{year}"


def _block(ws: Workspace, session: Session) -> tuple[int, int] | None:
    value = settings.settings_on(session, ws.today().isoformat()).get(BLOCK)
    return block_of(str(json.loads(value))) if value else None


def _part(session: Session) -> str | None:
    """This PC's place among the enrolled ones, stopped ones too; None while it is not told yet."""
    own = device.own_id(session)
    if not own:
        return BY_HAND
    known = [one.id for one in device.known(session)]
    return str(known.index(own) + 1) if own in known else None


def _counter(ws: Workspace, session: Session) -> tuple[Setting, dict[str, int]]:
    """What this PC gave last, by year. It travels, so that a number is not given again where the
    case that bears it went to another office."""
    key = f"{COUNTER}{device.own_id(session) or BY_HAND}"
    row = next(iter(settings.settings_named(session, key)), None)
    if row is None:
        day = ws.today().isoformat()
        row = Setting(office_id=ws.office.id, key=key, valid_from=day, value="{}")
        session.add(row)
    return row, json.loads(row.value)
