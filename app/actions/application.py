"""Applications (Mẫu 01): received, completed, withdrawn; and files as they stand on paper."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from app.actions import (
    application_clock,
    application_declared,
    application_moves,
    cold_start,
    file_of_paper,
    kept_rows,
    person,
)
from app.actions import receipt_number as receipts
from app.actions.application_moves import Happened
from app.errors import Problem, Refused
from app.rules import application as rules
from app.values.application import ApplicationDraft
from app.wording import language
from app.workspace import Workspace
from data import codes, fields, file_moves, history
from data.base import instant_text
from data.records import application as records
from data.records import hearing as hearings
from data.records.application import Application
from data.records.complaint import Complaint
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

PAPER, NEW = "paper", "new"
DECIDED = (rules.CONCLUDED, rules.NOTICED)
"""Steps whose clock runs from the day of the minutes: a paper file at one of them tells it."""
COURSE = frozenset(
    "file_step step_on concluded_on due_on ended_on end_note missing_asked_on completed_on "
    "papers_missing paper_step".split()
)
"""Fields that the moves write; of a file from paper they are typed as the paper says."""
REPRESENTED = ("rep_name", "rep_relation", "rep_id_number", "rep_address", "rep_phone")
"""Fields of the person's representative that a new application begins with."""
EARLY = (rules.RECEIVED, rules.MISSING, rules.COMPLETE)


def save(ws: Workspace, draft: ApplicationDraft) -> str:
    """Take an application in or correct it; answers its id.

    A new one begins as received, with a receipt number of this PC and an appointment; one from
    paper ("theo hồ sơ cũ") as it stands there. Raises Refused: person_unknown,
    application_unknown, application_open, application_reason, application_number_taken,
    application_by_step, days_reversed, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def write(ws: Workspace, session: Session, draft: ApplicationDraft) -> str:
    """`save` within a transaction of somebody else's."""
    row = kept_rows.of_the_person(
        session, Application, draft.person_id, draft.id, "application_unknown"
    )
    typed = dict(draft.fields)
    if row is None:
        cold_start.demand_rows(session)
        typed = _begun(ws, session, draft.person_id, typed)
    values = kept_rows.checked(ws, "application", typed, row, ("application_kind", "received_on"))
    made = row or Application(office_id=ws.office.id, person_id=draft.person_id)
    whole = {field.name: getattr(made, field.name) for field in fields.of("application")} | values
    _check(session, made, values, whole)
    if row is None:
        values |= _first(ws, session, draft.person_id, whole)
    kept_rows.put(session, made, values)
    if row is None and not made.appointment_on and made.origin != PAPER:
        promised = appointment(made)
        if promised:
            made.appointment_on = promised
    session.flush()
    if made.origin == PAPER:
        file_of_paper.tie(ws, session, made.person_id)
    application_clock.settle(session, made)
    session.flush()
    return made.id


def of_paper(ws: Workspace, session: Session, person_id: str, values: Mapping[str, object]) -> str:
    """A line of the paper book: an open file as it stands, once.

    Raises Refused: application_twice, and what `save` refuses.
    """
    given = dict(values) | {"origin": PAPER}
    if "file_step" in given:
        given.setdefault("paper_step", given.pop("file_step"))
    kept = kept_rows.checked(ws, "application", given)
    for one in records.of_person(session, person_id):
        told = ("application_kind", "received_on")
        if all(getattr(one, name) == kept.get(name) for name in told):
            raise Refused.one("application_twice", "received_on", kept.get("received_on"))
    return write(ws, session, ApplicationDraft(person_id, given))


def appointment(row: Application) -> str | None:
    """The day on which the result is promised, by the clock of the file's way."""
    since = row.received_on or ""
    if len(since) < len("2026-01-01"):
        return None
    return application_clock.due(rules.promised(application_clock.way(row)), since)


def ask_missing(
    ws: Workspace, application_id: str, papers: tuple[str, ...], note: str = "", on: str = ""
) -> None:
    """Ask for missing papers, once and for all of them (Đ.5); the clock stands still meanwhile.

    Raises Refused: application_unknown, application_not_now, application_asked_once,
    application_nothing_missing.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = application_moves.found(session, application_id)
        if row.missing_asked_on:
            day = row.missing_asked_on
            raise Refused.one("application_asked_once", "missing_asked_on", day, day=day)
        typed = {
            "papers_missing": papers,
            "missing_note": note,
            "missing_asked_on": on or ws.today().isoformat(),
        }
        values = kept_rows.checked(ws, "application", typed, row)
        if not values.get("papers_missing") and not values.get("missing_note"):
            raise Refused.one("application_nothing_missing", "papers_missing")
        kept_rows.refuse_reversed("application", values, row, "received_on", "missing_asked_on")
        happened = Happened(str(values["missing_asked_on"]), values)
        application_moves.move(ws, session, application_id, "ask_missing", happened)


def complete(ws: Workspace, application_id: str, on: str = "") -> None:
    """The file is complete; what was missing was shown. The clock begins anew where it stood.

    Raises Refused: application_unknown, application_not_now, days_reversed.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = application_moves.found(session, application_id)
        typed = {"completed_on": on or ws.today().isoformat()}
        values = kept_rows.checked(ws, "application", typed, row)
        for before in ("received_on", "missing_asked_on"):
            kept_rows.refuse_reversed("application", values, row, before, "completed_on")
        shown = set((row.papers_shown or "").split()) | set((row.papers_missing or "").split())
        values |= {"papers_shown": " ".join(sorted(shown)) or None, "papers_missing": None}
        happened = Happened(str(values["completed_on"]), values)
        application_moves.move(ws, session, application_id, "complete", happened)


def withdraw(ws: Workspace, application_id: str, reason: str, on: str = "") -> None:
    """The person takes the application back. Raises Refused: reason_needed, and as every move."""
    _end(ws, application_id, "withdraw", reason, on)


def died(ws: Workspace, application_id: str, note: str = "", on: str = "") -> None:
    """The file ends because the person died; her own record is not changed by it."""
    _end(ws, application_id, "die", note or "-", on)


def tell_not_disabled(ws: Workspace, application_id: str, on: str = "") -> None:
    """The person was told in writing that there is no disability; the file ends."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        application_moves.tell_not_disabled(ws, session, application_id, on)


def take_up(ws: Workspace, application_id: str, reason: str) -> None:
    """A file that was withdrawn or ended by mistake goes on where it was before.

    Raises Refused: reason_needed, application_open, and as every move.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = application_moves.found(session, application_id)
        refuse_second(session, row.person_id, row.id)
        values = {"ended_on": None, "end_note": _reason(ws, row, reason)}
        before = _before_it_ended(session, row)
        made = application_moves.move(ws, session, application_id, "take_up", Happened("", values))
        made.file_step = before
        application_clock.settle(session, made)


def _before_it_ended(session: Session, row: Application) -> str:
    """The step a file left by its end; whoever waited in a session was taken out of it."""
    step = history.left(session, row.id, "file_step", (rules.WITHDRAWN, rules.DIED))
    if step in (rules.SCHEDULED, rules.HEARD):
        return rules.COMPLETE
    if step:
        return step
    if row.concluded_on:
        return rules.CONCLUDED
    return rules.COMPLETE if row.completed_on else rules.RECEIVED


def remove(ws: Workspace, application_id: str, reason: str) -> None:
    """Take an application written by mistake off; once the council is at it, it is withdrawn.

    Raises Refused: reason_needed, application_unknown, application_too_far.
    """
    ws.demand("enter")
    with ws.db.read() as session:
        row = application_moves.found(session, application_id)
        hangs = any(
            session.query(kind).filter_by(application_id=row.id, deleted_at=None).count()
            for kind in (Complaint, MedicalReferral)
        )
        if hangs or (row.file_step not in EARLY and row.origin != PAPER):
            raise Refused.one("application_too_far", "id", application_id)
    kept_rows.withdraw(ws, Application, application_id, reason, "application_unknown")


def _end(ws: Workspace, application_id: str, name: str, reason: str, on: str) -> None:
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = application_moves.found(session, application_id)
        typed: dict[str, object] = {"ended_on": on or ws.today().isoformat()}
        values = kept_rows.checked(ws, "application", typed, row)
        kept_rows.refuse_reversed("application", values, row, "received_on", "ended_on")
        values["end_note"] = _reason(ws, row, reason)
        happened = Happened(str(values["ended_on"]), values)
        application_moves.move(ws, session, application_id, name, happened)
        _leave_sessions(ws, session, row, codes.label("file_move", name))


def _leave_sessions(ws: Workspace, session: Session, row: Application, why: str) -> None:
    """Whoever's file ended waits in no session: it can be closed, and the others posted."""
    for one in hearings.of_application(session, row.id):
        if one.hearing_state == hearings.SCHEDULED:
            one.hearing_state = hearings.WITHDRAWN
            one.deleted_at, one.deleted_reason = instant_text(ws.clock()), why
    session.flush()


def _reason(ws: Workspace, row: Application, typed: str) -> object:
    """A reason as the file keeps it; "-" stands for none. Raises Refused (`reason_needed`)."""
    if not typed.strip():
        raise Refused.one("reason_needed", "reason")
    if typed == "-":
        return None
    return kept_rows.checked(ws, "application", {"end_note": typed}, row)["end_note"]


def _begun(
    ws: Workspace, session: Session, person_id: str, typed: dict[str, object]
) -> dict[str, object]:
    """What a new application begins with beside what was typed."""
    typed.setdefault("origin", NEW)
    if codes.match("record_origin", str(typed["origin"])) == PAPER:
        typed.setdefault("file_step", typed.get("paper_step") or rules.RECEIVED)
        return typed
    who = session.get_one(Person, person_id)
    if "rep_name" not in typed:
        typed |= {name: getattr(who, name) for name in REPRESENTED}
    typed.setdefault("received_on", ws.today().isoformat())
    return typed


def _first(
    ws: Workspace, session: Session, person_id: str, whole: Mapping[str, Any]
) -> dict[str, object]:
    """What a new row gets by itself: its step, its number."""
    if (whole["file_step"] or rules.RECEIVED) not in rules.ENDED:
        refuse_second(session, person_id)
    if whole["origin"] == PAPER:
        told = whole["step_on"] or whole["concluded_on"] or whole["completed_on"]
        return {"step_on": told or whole["received_on"]}
    number = whole["receipt_number"] or receipts.take(ws, session)
    return {
        "file_step": rules.RECEIVED,
        "step_on": whole["received_on"],
        "receipt_number": number,
    }


def refuse_second(session: Session, person_id: str, besides: str = "") -> None:
    """Raise Refused (`application_open`) where a person has a file that goes on."""
    other = records.live_of(session, person_id)
    if other is not None and other.id != besides:
        who = person.found(session, person_id)
        step = codes.label("file_step", other.file_step or rules.RECEIVED, language())
        raise Refused.one("application_open", "id", other.id, name=who.name, step=step)


def _check(
    session: Session, row: Application, values: dict[str, object], whole: Mapping[str, Any]
) -> None:
    """Everything that is wrong with the values of a file. Raises Refused."""
    told_there, problems = application_declared.tidied(values, str(whole["received_on"] or "9999"))
    values.update(told_there)
    kind, reason = str(whole["application_kind"] or ""), str(whole["application_reason"] or "")
    told = file_moves.reasons(kind)
    from_paper = whole["origin"] == PAPER
    if (reason or not from_paper) and (reason not in told if told else reason):
        label = codes.label("application_kind", kind, language())
        listed = ", ".join(codes.label("application_reason", one, language()) for one in told)
        code = "application_reason" if told else "application_no_reason"
        problems.append(Problem.of(code, "application_reason", reason, kind=label, known=listed))
    problems += [
        Problem.of("application_by_step", name, values[name])
        for name in sorted(COURSE & set(values))
        if values[name] != getattr(row, name) and not (from_paper and _of_paper(row, name))
    ]
    if from_paper and whole["file_step"] in rules.ENDED and row.id is None:
        step = codes.label("file_step", str(whole["file_step"]), language())
        problems.append(Problem.of("application_step_ended", "paper_step", step, step=step))
    if from_paper and whole["file_step"] in DECIDED and not whole["concluded_on"]:
        label = fields.get("application", "concluded_on").vi
        problems.append(Problem.of("required", "concluded_on", label=label))
    number = str(values.get("receipt_number") or "")
    year = str(whole["received_on"] or "")[:4] if from_paper else ""
    other = records.with_receipt(session, number, year) if number else None
    if other is not None and other.id != row.id:
        problems.append(Problem.of("application_number_taken", "receipt_number", number))
    if problems:
        raise Refused(problems)
    before = SimpleNamespace(**whole)
    for last in ("missing_asked_on", "completed_on", "school_asked_on", "concluded_on"):
        kept_rows.refuse_reversed("application", values, before, "received_on", last)
    kept_rows.refuse_reversed(
        "application", values, before, "school_asked_on", "school_answered_on"
    )


def _of_paper(row: Application, name: str) -> bool:
    """Whether a field of the course is typed: all of a file taken over, later its days alone."""
    return row.id is None or name not in ("file_step", "paper_step")
