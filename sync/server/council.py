"""What the server asks of the council's work itself: a file moves as the law has it, a vote adds
up. That nobody approves the notice he wrote is `approving`, that minutes stand `standing`."""

from __future__ import annotations

from data import file_moves
from data.records.council_session import CLOSED
from data.records.hearing import ADJOURNED, CONCLUDED
from sync.protocol import Change
from sync.server import members
from sync.server.deciding import Objection
from sync.server.rows import Rows
from sync.server.standing import SETTLED, Values, moved, said

STATE = "hearing_state"
PAPER = "paper"
DETERMINED = "determined"
COMPLETE, TAKEN_UP, SCHEDULE = "complete", "take_up", "schedule"
GOES_ON = ("received", "concluded")
"""Where a file that was taken up again stands, beside complete: where it was before."""


def file_objection(change: Change, values: Values, rows: Rows, office_id: str) -> Objection | None:
    """A file moves from the step that stands to one that its way allows (`file_moves.csv`); who
    issues may approve. An open file of paper comes in at any step."""
    if change.entity != "application":
        return None
    move = moved(change, values, rows, "file_step")
    if move is None:
        return None
    before, step = move
    if rows.get("application", change.row) is None:
        early = step == "received" or said(change, values, rows, "origin") == PAPER
        return None if early else Objection("file_move_unknown")
    kind, reason, received = (
        str(said(change, values, rows, name) or "")
        for name in ("application_kind", "application_reason", "received_on")
    )
    way = file_moves.path(kind, reason, received or "9999")
    path, day = way.path if way else file_moves.COUNCIL, received or change.at[:10]
    moves = _moves(before, step, (path, day))
    if not moves:
        return Objection("file_move_unknown")
    if all(one.right == "approve" for one in moves):
        return members.approver_objection(rows, office_id, change.user)
    return None


def hearing_objection(
    change: Change, values: Values, rows: Rows, _office_id: str
) -> Objection | None:
    """A vote table makes the number of those who voted, and no degree stands without signs. What
    was concluded is taken back only while its session goes on."""
    move = moved(change, values, rows, STATE) if change.entity == "hearing" else None
    if move is None or said(change, values, rows, "hearing_origin") == PAPER:
        return None
    if move[0] in (CONCLUDED, ADJOURNED) and _is_closed(change, rows):
        return SETTLED
    return _conclusion(change, values, rows) if move[1] == CONCLUDED else None


def _conclusion(change: Change, values: Values, rows: Rows) -> Objection | None:
    def votes(*names: str) -> int:
        return sum(int(said(change, values, rows, f"votes_{one}") or 0) for one in names)

    apart = votes("not_disabled", "no_conclusion")
    voting = said(change, values, rows, "members_voting") or 0
    sums = (votes("types", "types_other") + apart, votes("degree", "degree_other") + apart)
    if not voting or sums != (voting, voting):
        return Objection("vote_wrong")
    if said(change, values, rows, "conclusion") != DETERMINED:
        return None
    needed = ("types", "degree", "type_signs")
    found = all(said(change, values, rows, one) for one in needed)
    return None if found else Objection("hearing_bare")


def _is_closed(change: Change, rows: Rows) -> bool:
    """Whether the session in which somebody was heard is over."""
    session_id = rows.current("hearing", change.row, "session_id")
    rows.load([session_id] if session_id else [])
    return bool(rows.current("council_session", session_id or "", "session_state") == CLOSED)


def _moves(step: str, after: str, way: tuple[str, str]) -> list[file_moves.Move]:
    """The moves by which a file may come from one step to the other in one act of a PC. Two are
    made at once: a conclusion is taken back into its session, an ended file goes on where it was.
    """
    known = file_moves.possible(step, *way)
    found = [one for one in known if one.target == after]
    through = [one for one in known if one.target == COMPLETE]
    again = [one for one in file_moves.possible(COMPLETE, *way) if one.move == SCHEDULE]
    if after in {one.target for one in again}:
        found += through
    if after in GOES_ON:
        found += [one for one in through if one.move == TAKEN_UP]
    return found
