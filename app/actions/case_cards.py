"""Cases as lines of a list: the filter turned into conditions, rows turned into cards."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import field_values, worker
from app.rules import care_case as rules
from app.values.care_case import NOBODY, CaseCard, CaseDecision, CasesFilter
from app.wording import language
from data import codes, fields, units
from data.records.care_case import CareCase, CaseNote, Wanted
from data.records.person import Person


def wanted(session: Session, which: CasesFilter) -> Wanted:
    """The filter with districts and provinces spelled out as their communes, workers as logins."""
    communes = tuple(
        dict.fromkeys(unit.key for key in which.units for unit in units.communes_of(key))
    )
    return Wanted(
        query=which.query,
        status=which.status,
        communes=communes,
        worker=worker.login_of(session, which.worker) if which.worker else "",
        unassigned=which.worker == NOBODY,
        workers=worker.logins_like(session, which.query),
        person_id=which.person_id,
    )


def card(case: CareCase, who: Person, contact_on: str | None, names: Mapping[str, str]) -> CaseCard:
    """A case with its person and the day of the latest contact; `names` are full names by login."""
    return CaseCard(
        id=case.id,
        person_id=who.id,
        person_name=who.name or "",
        commune=who.commune,
        status=case.case_status or rules.OPEN,
        opened_on=case.opened_on or "",
        worker=worker.shown(names, case.worker),
        worker_login=case.worker or "",
        case_number=case.case_number or "",
        contact_on=contact_on,
        closed_on=case.closed_on,
        close_reason=case.close_reason,
        emergency=bool(case.emergency),
    )


FACTS = (
    *("paper_step", "reporter", "reporter_kind", "reported_how", "emergency", "emergency_note"),
    *("criteria", "criteria_note", "meeting_on", "attendees", "handed_to", "handover_note"),
    *("follow_until", "close_doubts"),
)
"""Fields of a case beside those that its card and page have by name."""


def facts(case: CareCase) -> dict[str, object]:
    """Those of them that are filled, sets of codes as tuples."""
    found = {}
    for name in FACTS:
        value = field_values.shown(fields.get("care_case", name), getattr(case, name))
        if value not in (None, "", ()):
            found[name] = value
    return found


def decision(row: CaseNote) -> CaseDecision:
    """A note that tells a step in the life of its case."""
    return CaseDecision(
        row.note_kind or "", row.created_by, row.created_at, reason(row, language())
    )


ENDING = ("closed", "proposed")


def reason(row: CaseNote, lang: str) -> str:
    """Why a step was taken, in words; an ending without a note carries the code of its reason."""
    words = row.note_text or ""
    return codes.label("close_reason", words, lang) if row.note_kind in ENDING else words
