"""Numbers of receipts: a series of each PC, going on after the last one of the paper book."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from app.actions import kept_rows, number_series
from app.actions.number_series import Series
from app.errors import Refused
from app.workspace import Workspace
from data.records import application as records

PAPER_NUMBER = re.compile(r"0*(\d{1,6})(?:\D.*)?")


def _taken(session: Session, number: str) -> bool:
    return records.with_receipt(session, number) is not None


def _on_paper(session: Session, year: int) -> int:
    """The greatest number of a year among the files taken over from paper."""
    found = [PAPER_NUMBER.fullmatch(one) for one in records.paper_receipts(session, str(year))]
    return max((int(one[1]) for one in found if one), default=0)


SERIES = Series("receipt_block", "receipt_numbers:", _taken, _on_paper)


def give(ws: Workspace, application_id: str) -> str:
    """Give a file that has no receipt number the next one of this PC.

    Raises Refused: application_unknown, application_numbered, application_no_block.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, records.Application, application_id, "application_unknown")
        if row.receipt_number:
            raise Refused.one("application_numbered", "receipt_number", row.receipt_number)
        number = take(ws, session)
        if number is None:
            raise Refused.one("application_no_block", "receipt_number")
        row.receipt_number = number
    return number


def take(ws: Workspace, session: Session) -> str | None:
    """The next number of this PC; None before enrolment without a block, and at a block's end."""
    return number_series.take(ws, session, SERIES)
