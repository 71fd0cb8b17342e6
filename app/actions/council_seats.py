"""Who was there: the members of the day of a session, and whether each one came."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import council_member, kept_rows
from app.values.council import Council, MemberCard, Seat
from app.workspace import Workspace
from data.records import council_member as members
from data.records import council_session as records
from data.records.council_session import Attendance


def write(
    ws: Workspace, session: Session, session_id: str, council: Council, present: Mapping[str, str]
) -> None:
    """Note of every member of the day whether they are there, and whom they stand for."""
    for member in council.members:
        row_id = records.attendance_id(session_id, member.id)
        row = session.get(Attendance, row_id)
        if row is None:
            row = Attendance(id=row_id, office_id=ws.office.id)
            row.session_id, row.member_id = session_id, member.id
        stands_for = present.get(member.id) or None
        kept_rows.put(session, row, {"present": member.id in present, "stands_for": stands_for})


def seats(session: Session, session_id: str, council: Council) -> tuple[Seat, ...]:
    """The members of the day in their order; who was noted and sits no more is among them."""
    noted = records.attendance(session, session_id)
    found = []
    for member in council.members:
        row = noted.get(member.id)
        if member.sits or (row is not None and row.present):
            present = bool(row.present) if row is not None else None
            found.append(Seat(member, present, (row.stands_for or "") if row is not None else ""))
    return tuple(found)


def everybody(ws: Workspace, session: Session) -> dict[str, MemberCard]:
    """All members there ever were, by id."""
    today = ws.today().isoformat()
    return {one.id: council_member.card(ws, one, today) for one in members.all_of(session)}
