"""Every move of a file, one function each: called within the transaction of what makes it.

Legal moves are dated data (`data/catalogues/file_moves.csv`). Each raises Refused:
not_allowed, application_unknown, application_not_now.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from app.actions import application_clock, kept_rows
from app.actions.application_clock import edition, way
from app.errors import Refused
from app.rules import application as rules
from app.wording import language
from app.workspace import Workspace
from data import codes, file_moves
from data.records import hearing, medical_referral
from data.records.application import Application


@dataclass(frozen=True, slots=True)
class Happened:
    """What goes with a move: its day (today when empty) and values of the file."""

    on: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def schedule(ws: Workspace, session: Session, application_id: str) -> None:
    """A hearing was put into a session."""
    move(ws, session, application_id, "schedule")


def unschedule(ws: Workspace, session: Session, application_id: str) -> None:
    """The hearing was taken out of its session before it was held."""
    move(ws, session, application_id, "unschedule")


def hear(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The council saw the person; its minutes are not signed yet."""
    move(ws, session, application_id, "hear", Happened(on))


def adjourn(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The council put the case off: the file is complete again and can be scheduled anew."""
    move(ws, session, application_id, "adjourn", Happened(on))


def conclude(ws: Workspace, session: Session, application_id: str, minutes_on: str) -> None:
    """The minutes with the conclusion are signed; from their day the certificate is due."""
    values = {"concluded_on": minutes_on}
    move(ws, session, application_id, "conclude", Happened(minutes_on, values))


def post(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The conclusion was posted in public."""
    move(ws, session, application_id, "post", Happened(on))


def hear_again(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """After a complaint the council looks again: the file is complete and can be scheduled."""
    values = {"concluded_on": None, "ended_on": None}
    move(ws, session, application_id, "hear_again", Happened(on, values))


def refer(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The file goes to the medical board."""
    move(ws, session, application_id, "refer", Happened(on, {"ended_on": None}))


def board_concludes(ws: Workspace, session: Session, application_id: str, received_on: str) -> None:
    """The minutes of the medical board came in."""
    move(ws, session, application_id, "board_concludes", Happened(received_on))


def issue(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The certificate is issued (right `approve`); the file ends."""
    _end(ws, session, application_id, "issue", on)


def tell_not_disabled(ws: Workspace, session: Session, application_id: str, on: str = "") -> None:
    """The person was told that there is no disability; the file ends."""
    _end(ws, session, application_id, "tell_not_disabled", on)


def before_council(session: Session, application_id: str | None) -> bool:
    """Whether a file still waits for its hearing; one that ended meanwhile moves no more."""
    row = session.get(Application, application_id) if application_id else None
    return row is not None and row.file_step in (rules.SCHEDULED, rules.HEARD)


def found(session: Session, application_id: str) -> Application:
    """The file's row. Raises Refused (`application_unknown`)."""
    return kept_rows.found(session, Application, application_id, "application_unknown")


def possible(session: Session, row: Application) -> tuple[file_moves.Move, ...]:
    """The moves that the step of a file and what was concluded in it allow."""
    found = file_moves.possible(row.file_step or rules.RECEIVED, way(row), edition(row))
    concluded = concluded_as(session, row)
    over = {"hear_again"} if board_said(session, row.id) else set()
    return tuple(
        one for one in found if one.move not in over and rules.follows(one.move, concluded)
    )


def board_said(session: Session, application_id: str) -> str:
    """What the medical board concluded in a file. It stands above the council, which hears nobody
    again after it; whoever disagrees asks the board that wrote it (Luật 51/2010/QH12 Đ.15 k.4)."""
    for board in medical_referral.of_application(session, application_id):
        if board.received_on and board.conclusion:
            return board.conclusion
    return ""


def concluded_as(session: Session, row: Application) -> str:
    """What the board, else the council, concluded in a file; empty where the book does not say."""
    said = board_said(session, row.id)
    if said:
        return said
    for heard in hearing.of_application(session, row.id):
        if heard.hearing_state == hearing.CONCLUDED and heard.conclusion:
            return heard.conclusion
    return ""


def move(
    ws: Workspace,
    session: Session,
    application_id: str,
    name: str,
    happened: Happened | None = None,
) -> Application:
    """Make one legal move; answers the row, its clock set anew."""
    row = found(session, application_id)
    held = next((one for one in possible(session, row) if one.move == name), None)
    if held is None:
        step = codes.label("file_step", row.file_step or rules.RECEIVED, language())
        told = codes.label("file_move", name, language())
        raise Refused.one("application_not_now", "file_step", step, step=step, move=told)
    ws.demand(held.right)
    told_on = happened or Happened()
    row.file_step = held.target
    row.step_on = told_on.on or ws.today().isoformat()
    kept_rows.put(session, row, told_on.values)
    application_clock.settle(session, row)
    session.flush()
    return row


def _end(ws: Workspace, session: Session, application_id: str, name: str, on: str) -> None:
    day = on or ws.today().isoformat()
    move(ws, session, application_id, name, Happened(day, {"ended_on": day}))
