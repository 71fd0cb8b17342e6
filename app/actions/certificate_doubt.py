"""What speaks against issuing a certificate: told before the act, kept where somebody goes on.

A doubt is for a person to weigh. What makes a draft out of date is none: it is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import amendment, certificate_basis, field_values
from app.actions.paper_sections import in_vietnamese
from app.errors import Problem, Refused
from app.rules import dates
from app.values.certificate import Doubt, Issuing
from app.wording import language, translate
from app.workspace import Workspace
from data.records import application, complaint, merger
from data.records import certificate as records
from data.records.certificate import Certificate
from data.records.person import Person

OWN = ("types", "degree")
"""Values of the person that a decision of the council is about; guarded."""
COMPLAINT, DRAFT, OTHER_FILE = (
    "certificate_open_complaint", "certificate_person_draft", "certificate_other_file",
)  # fmt: skip
Pairs = Sequence[tuple[Certificate, Person]]


def of_many(session: Session, pairs: Pairs) -> dict[str, tuple[Doubt, ...]]:
    """By certificate what speaks against issuing it now: two questions, however many there are."""
    if not pairs:
        return {}
    complaints: dict[str, list[complaint.Complaint]] = {}
    for one in complaint.open_ones(session):
        complaints.setdefault(one.application_id, []).append(one)
    files = application.live_for(session, {who.id for _row, who in pairs})

    def told(row: Certificate, who: Person) -> Iterator[Doubt]:
        for one in complaints.get(row.application_id or "", ()):
            yield Doubt(COMPLAINT, one.id, one.received_on or "")
        if who.status != "approved":
            yield Doubt(DRAFT, who.id)
        for file in files.get(who.id, ()):
            if file.id != row.application_id:
                yield Doubt(OTHER_FILE, file.id, file.received_on or "")

    return {row.id: tuple(told(row, who)) for row, who in pairs}


def in_words(found: Sequence[Doubt]) -> tuple[str, ...]:
    """Doubts in few words, for a mark in a list."""
    return tuple(_said(one, translate, language()) for one in found)


def weighed(
    ws: Workspace, session: Session, row: Certificate, who: Person, act: Issuing
) -> dict[str, object]:
    """What is kept of somebody who goes on knowing. Raises Refused: what speaks against it unless
    he says that he knows, reason_needed (`aware_reason`)."""
    found = of_many(session, [(row, who)])[row.id]
    if not found:
        return {}
    if not act.aware:
        raise Refused([_problem(one, who) for one in found])
    if not act.aware_reason.strip():
        raise Refused.one("certificate_aware_reason", "aware_reason", who.name, name=who.name)
    return {
        "aware_of": "; ".join(_said(one, in_vietnamese, "vi") for one in found),
        "aware_by": ws.user.full_name or ws.user.login,
        "aware_reason": field_values.reason(act.aware_reason),
    }


def demand_fresh(ws: Workspace, session: Session, row: Certificate, who: Person) -> None:
    """Raise Refused where the draft is out of date: its basis was mended or is not the last word
    any more, a certificate came into the book that it does not replace, the change it asked for
    is gone."""
    basis = certificate_basis.of(ws, session, row)
    if (basis.types, basis.degree) != (row.types or "", row.degree or ""):
        raise Refused.one("certificate_basis_changed", "basis", basis.number)
    for other in records.of_person(session, who.id):
        if other.certificate_state == records.VALID and other.id != row.replaces_id:
            number = other.certificate_number
            raise Refused.one("certificate_two_valid", "replaces_id", number, name=who.name)
    if who.status == "approved" and not _change_waits(session, row, who):
        raise Refused.one("certificate_change_gone", "degree", who.name, name=who.name)


def out_of_date(ws: Workspace, session: Session, row: Certificate, who: Person) -> Problem | None:
    """Why the draft is not issued as it stands, if it is not."""
    try:
        demand_fresh(ws, session, row, who)
    except Refused as refused:
        return refused.problems[0]
    return None


def whose(session: Session, row: Certificate) -> Person:
    """Whose a certificate is now."""
    return session.get_one(Person, merger.survivor(session, row.person_id))


def _change_waits(session: Session, row: Certificate, who: Person) -> bool:
    """Whether type and degree are the person's own already, or a change to them waits."""
    wanted: dict[str, Any] = amendment.asked(session, who)
    return all(wanted.get(name, getattr(who, name)) == getattr(row, name) for name in OWN)


def _problem(one: Doubt, who: Person) -> Problem:
    return Problem.of(one.code, "aware", one.record_id, name=who.name or "", day=one.day)


def _said(one: Doubt, say: Callable[..., str], tongue: str) -> str:
    day = dates.show(one.day, tongue)
    if one.code == COMPLAINT:
        return say("khiếu nại nhận {day} chưa trả lời", day=day)
    if one.code == OTHER_FILE:
        return say("có hồ sơ khác chưa xong, nhận {day}", day=day)
    return say("hồ sơ người chưa được duyệt")
