"""Who is heard when: files put into a session in order, taken out, a session called off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import application_moves, council_session, field_values, kept_rows, person
from app.errors import Problem, Refused
from app.rules import application as steps
from app.rules import clock_time
from app.values.council import PutDraft
from app.values.support import Added
from app.workspace import Workspace
from data.base import instant_text
from data.records import application as applications
from data.records import care_case
from data.records import hearing as records
from data.records.application import Application
from data.records.council_session import CANCELLED, PLANNED, CouncilSession
from data.records.hearing import Hearing
from data.records.person import Person

MINUTES_MAX = 600
PAPER = "paper"


def put(ws: Workspace, session_id: str, draft: PutDraft) -> Added:
    """Put complete files into a session behind those already there, each with its time.

    A person stands for her one complete file. Who waits in a session already is not put again;
    who has no complete file is named. Raises Refused: session_unknown, session_over,
    time_unreadable, minutes_unreadable, session_before_files.
    """
    ws.demand("enter")
    if not 0 < draft.minutes <= MINUTES_MAX:
        raise Refused.one("minutes_unreadable", "minutes", draft.minutes)
    added, already = 0, []
    with ws.db.write(ws.author()) as session:
        row = council_session.opened(session, session_id)
        files, refused = _files(session, draft)
        council_session.demand_received(row.session_on or "", files)
        at = _first_time(session, row, draft)
        order = max((one.hearing_order or 0 for one, _ in records.of_session(session, row.id)),
                    default=0)  # fmt: skip
        for file, who in files:
            if _waits(session, file.id):
                already.append(who.name or "")
                continue
            order += 1
            _schedule(ws, session, row, file, {"hearing_order": order, "heard_at": at or None})
            at = clock_time.later(at, draft.minutes) if at else ""
            added += 1
    return Added(added, tuple(already), tuple(refused), ())


def reorder(ws: Workspace, session_id: str, hearing_ids: Sequence[str]) -> None:
    """Give the persons of a session this order; the times stay with the places, not the persons.

    Raises Refused: session_unknown, session_over, hearing_unknown.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        council_session.opened(session, session_id)
        rows = [one for one, _who in records.of_session(session, session_id)]
        known = {one.id: one for one in rows}
        strange = [one for one in hearing_ids if one not in known]
        if strange:
            raise Refused.one("hearing_unknown", "id", strange[0])
        named = [known[one] for one in dict.fromkeys(hearing_ids)]
        wanted = named + [one for one in rows if one.id not in hearing_ids]
        times = [one.heard_at for one in rows]
        for place, (one, at) in enumerate(zip(wanted, times, strict=True), 1):
            kept_rows.put(session, one, {"hearing_order": place, "heard_at": at})


def take_out(ws: Workspace, hearing_id: str, reason: str) -> None:
    """Take somebody out of a session before being heard; the file is complete again.

    Raises Refused: hearing_unknown, hearing_settled, reason_needed.
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        _withdraw(ws, session, waiting(session, hearing_id), why)


def take_file_out(ws: Workspace, application_id: str, reason: str) -> None:
    """Take a file out of whatever session it waits in, also one that is on paper or of an office
    it came from: it is complete again.

    Raises Refused: application_unknown, hearing_unknown, reason_needed.
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        file = application_moves.found(session, application_id)
        heard = records.of_application(session, file.id)
        waits = [one for one in heard if one.hearing_state == records.SCHEDULED]
        on_paper = file.origin == PAPER and file.file_step in (steps.SCHEDULED, steps.HEARD)
        if not waits and not on_paper:
            raise Refused.one("hearing_unknown", "id", application_id)
        if not waits:  # of paper: no session here knows it
            application_moves.adjourn(ws, session, file.id)
        for one in waits:
            _withdraw(ws, session, one, why)


def cancel(ws: Workspace, session_id: str, reason: str) -> None:
    """Call a session off that was not held; all files in it are complete again.

    Raises Refused: session_unknown, session_over, session_held, reason_needed.
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = council_session.opened(session, session_id)
        if row.session_state != PLANNED:
            raise Refused.one("session_held", "id", session_id)
        for one, _who in records.of_session(session, session_id):
            _withdraw(ws, session, one, why)
        kept_rows.put(session, row, {"session_state": CANCELLED, "session_note": why})


def waiting(session: Session, hearing_id: str) -> Hearing:
    """A hearing that nothing was concluded in. Raises Refused: hearing_unknown, hearing_settled."""
    row = kept_rows.found(session, Hearing, hearing_id, "hearing_unknown")
    if row.hearing_state != records.SCHEDULED:
        raise Refused.one("hearing_settled", "id", hearing_id)
    return row


def _files(session: Session, draft: PutDraft) -> tuple[list[tuple[Application, Person]], list[str]]:
    """The files that can be heard, each once with its person; names of those that cannot."""
    found: dict[str, tuple[Application, Person]] = {}
    refused = []
    for file_id in draft.application_ids:
        file = kept_rows.found(session, Application, file_id, "application_unknown")
        who = care_case.standing(session, session.get_one(Person, file.person_id))
        if file.file_step not in (steps.COMPLETE, steps.SCHEDULED) or not kept_rows.can_receive(
            who
        ):
            refused.append(who.name or "")
        else:
            found[file.id] = (file, who)
    for person_id in draft.person_ids:
        who = person.found(session, person_id)
        theirs = [
            one
            for one in applications.of_person(session, who.id)
            if one.file_step in (steps.COMPLETE, steps.SCHEDULED)
        ]
        if len(theirs) == 1 and kept_rows.can_receive(who):
            found[theirs[0].id] = (theirs[0], who)
        else:
            refused.append(who.name or "")
    return list(found.values()), refused


def _waits(session: Session, file_id: str) -> bool:
    heard = records.of_application(session, file_id)
    return any(one.hearing_state == records.SCHEDULED for one in heard)


def _first_time(session: Session, row: CouncilSession, draft: PutDraft) -> str:
    """When the next person comes: as typed, after the last one, or when the session begins."""
    if draft.starts:
        read = clock_time.parse(draft.starts)
        if read is None:
            raise Refused([Problem.of("time_unreadable", "starts", draft.starts, label="Giờ")])
        return read
    times = [one.heard_at for one, _ in records.of_session(session, row.id) if one.heard_at]
    return clock_time.later(max(times), draft.minutes) if times else row.session_starts or ""


def _schedule(
    ws: Workspace,
    session: Session,
    row: CouncilSession,
    file: Application,
    values: dict[str, object],
) -> None:
    made = Hearing(office_id=ws.office.id, person_id=file.person_id)
    made.application_id, made.session_id = file.id, row.id
    told = council_session.copied(row) | {
        "hearing_state": records.SCHEDULED,
        "hearing_origin": "new",
    }
    kept_rows.put(session, made, told | values)
    application_moves.schedule(ws, session, file.id)


def _withdraw(ws: Workspace, session: Session, row: Hearing, why: str) -> None:
    row.hearing_state = records.WITHDRAWN
    row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why
    session.flush()
    file_id = row.application_id or ""
    if application_moves.before_council(session, file_id) and not _waits(session, file_id):
        application_moves.unschedule(ws, session, file_id)
