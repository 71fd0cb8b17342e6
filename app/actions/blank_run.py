"""A run of blanks: certificates of a session go onto blanks that follow one another, as one job.

What is in the printer is kept on this PC until the run is over. A run that stopped goes on with
the blanks it has; where one is spoiled, the certificates after it move on by one blank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from app.actions import blank, certificate_print, field_values, kept_rows
from app.errors import Refused
from app.rules import certificate as rules
from app.values.certificate import BlankLine
from app.workspace import Workspace
from data.base import instant_text
from data.records import blank as blanks
from data.records import certificate as records
from data.records import draft as begun
from data.records.certificate import Certificate
from data.records.draft import Draft

KEY = "blank_run"


def begin(ws: Workspace, ids: Sequence[str], first: str = "") -> tuple[BlankLine, ...]:
    """Give every certificate in force that was never printed its blank, in the order in which the
    council heard them: `first` and those after it in stock. Who was printed before is left out.

    Raises Refused: not_allowed, blank_run_open, blank_run_nobody, blank_run_short, blank_unknown,
    blank_... (the first one is not in stock).
    """
    ws.demand("print")
    with ws.db.write(ws.author()) as session:
        if _rows(ws, session):
            raise Refused.one("blank_run_open", "ids")
        rows = [one for one in records.as_heard(session, ids) if _waits(one)]
        if not rows:
            raise Refused.one("blank_run_nobody", "ids")
        start = blank.in_stock(session, first) if first.strip() else ""
        fresh = [one for one in rows if not one.serial]
        for row, serial in zip(fresh, _stock(session, start, len(fresh)), strict=True):
            kept_rows.put(session, row, {"serial": blank.use(ws, session, serial, row)})
        for row in rows:
            kept_rows.put(session, row, {"prints": 1})
        _keep(ws, session, [one.id for one in rows])
        return _lines(rows)


def of_session(ws: Workspace, session_id: str) -> tuple[str, ...]:
    """Ids of the certificates of everybody a session of the council heard."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(records.of_session(session, session_id))


def current(ws: Workspace) -> tuple[BlankLine, ...]:
    """The run this user has in the printer, in its order; nothing when there is none."""
    ws.demand("view")
    with ws.db.read() as session:
        return _lines(_rows(ws, session))


def pdf(ws: Workspace, serial: str = "", printer: str = "") -> bytes:
    """The run as one print job, a page for each blank: all of it, or on from a blank where the
    printer stopped. Raises Refused: not_allowed, blank_run_none, blank_run_without."""
    ws.demand("print")
    with ws.db.read() as session:
        rows = _from(_rows(ws, session), serial)
        ids = [one.id for one in rows]
    return certificate_print.pdf(ws, ids, printer)


def spoiled(ws: Workspace, serial: str, reason: str) -> tuple[BlankLine, ...]:
    """A blank was spoiled before the rest was printed: its certificate and all after it take the
    blanks that follow; answers these. The spoiled one says on itself that it is a second print.

    Raises Refused: not_allowed, reason_needed, blank_run_none, blank_run_without, blank_run_short.
    """
    ws.demand("print")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        moved = _from(_rows(ws, session), serial or "?")
        spoilt = moved[0].serial or ""
        blank.spoil_within(ws, session, moved[0], why)
        for row in moved[1:]:
            blank.release(session, row)
        session.flush()
        for row, taken in zip(moved, _stock(session, spoilt, len(moved)), strict=True):
            kept_rows.put(session, row, {"serial": blank.use(ws, session, taken, row)})
        again = {"prints": (moved[0].prints or 1) + 1, "print_note": why}
        kept_rows.put(session, moved[0], again)
        return _lines(moved)


def finish(ws: Workspace) -> None:
    """Every blank of the run came out well: there is nothing to go on with."""
    ws.demand("print")
    with ws.db.write(ws.author()) as session:
        begun.drop(session, ws.user.login, KEY)


def _waits(row: Certificate) -> bool:
    in_force = row.certificate_state == records.VALID and row.origin != rules.PAPER
    return in_force and not row.prints


def _stock(session: Session, start: str, count: int) -> list[str]:
    found = [one.serial or "" for one in blanks.stock_from(session, start, count)]
    if len(found) < count:
        raise Refused.one("blank_run_short", "serial", start, wanted=count, left=len(found))
    return found


def _keep(ws: Workspace, session: Session, ids: Sequence[str]) -> None:
    at = instant_text(ws.clock())
    session.merge(Draft(login=ws.user.login, key=KEY, payload=json.dumps(ids), saved_at=at))


def _rows(ws: Workspace, session: Session) -> list[Certificate]:
    """The certificates of the run that still hold, in its order."""
    kept = session.get(Draft, (ws.user.login, KEY))
    ids = json.loads(kept.payload) if kept is not None else []
    rows = [session.get(Certificate, one) for one in ids]
    return [one for one in rows if one is not None and one.certificate_state == records.VALID]


def _from(rows: list[Certificate], serial: str) -> list[Certificate]:
    """The part of a run that begins with a blank; all of it when none is named."""
    if not rows:
        raise Refused.one("blank_run_none", "serial")
    wanted = blank.tidy(serial)
    place = next((n for n, one in enumerate(rows) if one.serial == wanted), 0 if not serial else -1)
    if place < 0:
        ends = {"first": rows[0].serial or "", "last": rows[-1].serial or ""}
        raise Refused.one("blank_run_without", "serial", serial, **ends)
    return rows[place:]


def _lines(rows: Iterable[Certificate]) -> tuple[BlankLine, ...]:
    return tuple(
        BlankLine(one.id, one.holder_name or "", one.certificate_number or "", one.serial or "")
        for one in rows
    )
