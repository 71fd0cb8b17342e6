"""Numbers of minutes: a series of each PC; what was typed by hand is not given twice."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import number_series
from app.actions.number_series import Series
from app.errors import Refused
from app.workspace import Workspace
from data.records import hearing as records


def _taken(session: Session, number: str) -> bool:
    return records.with_minutes(session, number) is not None


SERIES = Series("minutes_block", "minutes_numbers:", _taken)


def number(ws: Workspace, session: Session, typed: str, own: str = "") -> str | None:
    """The number as typed, as the minutes have it, or the next of this PC; None where this PC has
    none to give: it is written on the paper by hand. Raises Refused (`minutes_number_taken`)."""
    if not typed:
        return own or number_series.take(ws, session, SERIES)
    if typed != own and _taken(session, typed):
        raise Refused.one("minutes_number_taken", "minutes_number", typed)
    return typed
