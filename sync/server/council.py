"""What the server asks of the council's work itself: a file moves as the law has it, a vote adds
up, nobody approves the notice he wrote."""

from __future__ import annotations

from typing import Any

from data import file_moves
from data.records.hearing import CONCLUDED
from data.records.notice import APPROVED
from sync import merge
from sync.protocol import Change
from sync.server import members
from sync.server.deciding import Objection
from sync.server.rows import Rows

PAPER = "paper"
DETERMINED = "determined"
COMPLETE, TAKEN_UP, SCHEDULE = "complete", "take_up", "schedule"
GOES_ON = "received missing concluded noticed medical_board board_concluded".split()
"""Where a file that was taken up again stands, beside complete: where it was before."""


def file_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """A file moves from the step that stands to one that its way allows (`file_moves.csv`); who
    issues may approve. An open file of paper comes in at any step.

    A PC that did not know where the file stands has a conflict, which is no offence.
    """
    step = _new_state(change, rows, "application", "file_step")
    row = rows.get("application", change.row)
    if not step:
        return None
    if row is None:
        early = step == "received" or _said(change, rows, "origin") == PAPER
        return None if early else Objection("file_move_unknown")
    kind, reason, received = (
        str(_said(change, rows, name) or "")
        for name in ("application_kind", "application_reason", "received_on")
    )
    way = file_moves.path(kind, reason, received or "9999")
    path, day = way.path if way else file_moves.COUNCIL, received or change.at[:10]
    moves = _moves(str(rows.current("application", change.row, "file_step")), step, (path, day))
    if not moves:
        return Objection("file_move_unknown")
    if all(one.right == "approve" for one in moves):
        return members.approver_objection(rows, office_id, change.user)
    return None


def hearing_objection(change: Change, rows: Rows, _office_id: str) -> Objection | None:
    """A vote table makes the number of those who voted, and no degree stands without signs."""
    state = _new_state(change, rows, "hearing", "hearing_state")
    if state != CONCLUDED or _said(change, rows, "hearing_origin") == PAPER:
        return None

    def votes(*names: str) -> int:
        return sum(int(_said(change, rows, f"votes_{one}") or 0) for one in names)

    apart = votes("not_disabled", "no_conclusion")
    voting = _said(change, rows, "members_voting") or 0
    sums = (votes("types", "types_other") + apart, votes("degree", "degree_other") + apart)
    if not voting or sums != (voting, voting):
        return Objection("vote_wrong")
    if _said(change, rows, "conclusion") != DETERMINED:
        return None
    needed = ("types", "degree", "type_signs")
    return None if all(_said(change, rows, one) for one in needed) else Objection("hearing_bare")


def notice_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """A working approver who did not write it lets a notice be hung up."""
    if _new_state(change, rows, "notice", "notice_state") != APPROVED:
        return None
    row = rows.get("notice", change.row)
    if row is None or row.created.user == change.user:
        return Objection("approver_is_author")
    return members.approver_objection(rows, office_id, change.user)


def _new_state(change: Change, rows: Rows, entity: str, name: str) -> str:
    """The state that a change brings to a row that stands as its PC saw it; "" when it brings
    none, repairs a row, or was made of another state (then it is a conflict)."""
    if change.entity != entity or change.source == "bypass" or name not in change.fields:
        return ""
    after = str(merge.new_value(change, name) or "")
    if rows.get(entity, change.row) is None:
        return after
    now = rows.current(entity, change.row, name)
    saw = merge.old_value(change, name) if change.op != "I" else now
    return "" if after == now or saw != now else after


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


def _said(change: Change, rows: Rows, name: str) -> Any:
    if name in change.fields:
        return merge.new_value(change, name)
    return rows.current(change.entity, change.row, name)
