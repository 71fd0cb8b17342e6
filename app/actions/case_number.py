"""Numbers of cases: the office's block, of which each PC has a part of its own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import number_series
from app.actions.number_series import Series
from app.errors import Refused
from app.workspace import Workspace
from data.records import care_case as records


def _taken(session: Session, number: str) -> bool:
    return records.with_number(session, number) is not None


SERIES = Series("case_block", "case_numbers:", _taken)


def take(ws: Workspace, session: Session) -> str | None:
    """The next number of this PC; None before enrolment without a block, and at a block's end."""
    return number_series.take(ws, session, SERIES)


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
