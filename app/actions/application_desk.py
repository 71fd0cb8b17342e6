"""The desk of files by step with their clocks, one file, and the files of a person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import access, application_clock, application_moves, kept_rows
from app.actions import notice as notices
from app.actions.application_clock import edition, way
from app.rules import application as rules
from app.rules import dates
from app.values.application import (
    ApplicationCard,
    ApplicationsFilter,
    ApplicationsPage,
    Decided,
    DeskCounts,
    Move,
)
from app.workspace import Workspace
from data import file_moves, units
from data.records import application as records
from data.records import certificate, complaint, hearing, medical_referral, merger, notice
from data.records.application import Application
from data.records.person import Person

SIX = 6


def listing(
    ws: Workspace, which: ApplicationsFilter, limit: int = 100, offset: int = 0
) -> ApplicationsPage:
    """Files that fit, the longest late first; the look at their persons is logged."""
    ws.demand("view")
    with ws.db.read() as session:
        wanted = _wanted(ws, which)
        rows = records.page(session, wanted, limit, offset)
        cards = tuple(card(ws, session, row, who) for row, who in rows)
        total = records.count(session, wanted)
    access.looked(ws, [one.person_id for one in cards], "list")
    return ApplicationsPage(cards, total)


def counts(ws: Workspace) -> DeskCounts:
    """How many files stand at each step, are late, are due today."""
    ws.demand("view")
    today = ws.today().isoformat()
    with ws.db.read() as session:
        steps = records.step_counts(session)
        due = records.count(session, records.Wanted(live=True, due_by=today))
        late = records.count(session, records.Wanted(live=True, due_by=today, late=True))
    return DeskCounts(steps, late, due - late)


def show(ws: Workspace, application_id: str) -> ApplicationCard:
    """One file; the look at its person is logged. Raises Refused (`application_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = application_moves.found(session, application_id)
        who = session.get_one(Person, merger.survivor(session, row.person_id))
        told = replace(card(ws, session, row, who), hangs=_hangs(session, row))
    access.seen(ws, told.person_id, "view", "application")
    return told


def decided(ws: Workspace, application_id: str) -> tuple[Decided, ...]:
    """What the council concluded in a file, and the certificates that came of it, oldest first."""
    ws.demand("view")
    with ws.db.read() as session:
        heard = [
            Decided("hearing", one.id, one.heard_on or "", one.hearing_state or "",
                    one.conclusion or "", one.types or "", one.degree or "",
                    one.minutes_number or "", one.session_id or "")
            for one in hearing.of_application(session, application_id)
            if one.hearing_state != hearing.WITHDRAWN
        ]  # fmt: skip
        given = [
            Decided("certificate", one.id, one.issued_on or "", one.certificate_state or "",
                    "", one.types or "", one.degree or "", one.certificate_number or "")
            for one in certificate.of_application(session, application_id)
        ]  # fmt: skip
    return (*reversed(heard), *given)


def of_person(ws: Workspace, person_id: str) -> tuple[ApplicationCard, ...]:
    """The files of a person, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        who = session.get(Person, person_id)
        if who is None:
            return ()
        return tuple(card(ws, session, row, who) for row in records.of_person(session, person_id))


def card(ws: Workspace, session: Session, row: Application, who: Person) -> ApplicationCard:
    """A file as a frozen value, under whom it belongs to now."""
    step, path = row.file_step or rules.RECEIVED, way(row)
    at_board = bool(medical_referral.of_application(session, row.id))
    found = file_moves.path(row.application_kind or "", row.application_reason or "", edition(row))
    return ApplicationCard(
        id=row.id,
        person_id=who.id,
        person_name=who.name or "",
        commune=who.commune,
        hamlet=who.hamlet or "",
        birth=who.birth or "",
        dead=who.life_state == "dead",
        fields=kept_rows.shown(ws, "application", row),
        path=path,
        path_source=found.source if found is not None else "",
        line=rules.line(path, at_board or step == rules.MEDICAL_BOARD),
        clock=application_clock.clock(ws, session, row),
        lacks=_lacks(ws, row, who),
        moves=tuple(
            Move(one.move, one.target, one.source)
            for one in application_moves.possible(session, row)
            if ws.can(one.right)
        ),
        open_complaints=sum(
            not one.answered_on for one in complaint.of_application(session, row.id)
        ),
        by=row.created_by,
        at=row.updated_at,
    )


def _hangs(session: Session, row: Application) -> tuple[str, str] | None:
    """From when until when the conclusion of a file hangs; it may be issued before that ends."""
    last = next((one for one in hearing.of_application(session, row.id)
                 if one.hearing_state == hearing.CONCLUDED), None)  # fmt: skip
    hung = notice.of_session(session, last.session_id) if last and last.session_id else None
    if hung is None or last is None or last.notice_shows == notices.LEFT_OUT or not hung.posted_on:
        return None
    return hung.posted_on, hung.taken_down_on or hung.take_down_on or ""


def _lacks(ws: Workspace, row: Application, who: Person) -> tuple[str, ...]:
    """Papers that nobody noted as shown; of a paper file nothing is told to be missing."""
    if row.origin == "paper" or row.file_step in rules.ENDED:
        return ()
    child = bool(who.birth) and dates.reached(str(who.birth), SIX, ws.today()) is False
    shown = (row.papers_shown or "").split()
    return rules.lacking(way(row), child, bool(row.rep_name), shown)


def _wanted(ws: Workspace, which: ApplicationsFilter) -> records.Wanted:
    communes = tuple(one.key for key in which.units for one in units.communes_of(key))
    return records.Wanted(
        which.steps,
        which.kinds,
        which.live or which.due,
        ws.today().isoformat() if which.due else "",
        query=which.query,
        communes=communes,
    )
