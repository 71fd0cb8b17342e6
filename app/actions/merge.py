"""Two records of one person become one, nothing thrown away; months later they can part again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import cold_start, likeness, person
from app.errors import Problem, Refused
from app.values.duplicates import Merged, Unmerged
from app.workspace import Workspace
from data import fields
from data.base import instant_text, new_id
from data.records import approval, merger
from data.records.application import Application
from data.records.assistive_device import AssistiveDevice, Repair
from data.records.attachment import Attachment
from data.records.care_case import CareCase, CaseNote
from data.records.case_assessment import CaseAssessment
from data.records.case_plan import CasePlan, PlanActivity
from data.records.case_review import CaseReview
from data.records.certificate import Certificate
from data.records.complaint import Complaint
from data.records.consent import Consent
from data.records.entitlement import Entitlement
from data.records.flag import Flag
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.merger import Merger
from data.records.need import Need, NeedStep
from data.records.person import Person
from data.records.referral import Referral
from data.records.screening import Screening
from data.records.sharing import Sharing
from data.records.support import Support
from data.records.task import Task
from data.records.victim import Victim

SOURCE = "merger:"
"""Source of the edits of a merger in the history, followed by the merger's id."""

STUB = "merged"
OLD_NUMBER_DIGITS = 9
GIVEN_AWAY = (
    *(Need, Attachment, Victim, CareCase, Consent, Sharing, Task, Flag),
    *(Referral, Support, AssistiveDevice, Entitlement, CaseNote, Certificate),
    *(Hearing, Screening),
    *(Application, MedicalReferral),
)
Owned = (
    Need
    | Attachment
    | Victim
    | CareCase
    | Consent
    | Sharing
    | Task
    | Flag
    | Referral
    | Support
    | AssistiveDevice
    | Entitlement
    | CaseNote
    | Certificate
    | Hearing
    | Screening
    | Application
    | MedicalReferral
)
GO_ALONG: tuple[tuple[Any, str], ...] = (
    *((kind, "case_id") for kind in (CaseNote, CaseAssessment, CasePlan, PlanActivity)),
    *((kind, "case_id") for kind in (CaseReview, Task, Flag, Referral, Support)),
    *((kind, "need_id") for kind in (NeedStep, Referral, Support, AssistiveDevice)),
    *((kind, "application_id") for kind in (Complaint, MedicalReferral, Hearing)),
    *((Repair, "assistive_device_id"), (Sharing, "consent_id"), (Sharing, "approval_id")),
    *((Certificate, "application_id"), (Certificate, "replaces_id")),
    (Attachment, "application_id"),
    (Screening, "hearing_id"),
)
"""Rows that go where the row goes that they name: notes, plans, steps, help, repairs, sharings."""
LIES_IN: dict[Any, str] = {CaseNote: "case_id", MedicalReferral: "application_id"}
LIES_IN |= {Hearing: "application_id", Screening: "hearing_id"}
LIES_IN |= {Certificate: "application_id", Attachment: "application_id"}
"""What is given by itself only where it lies in nothing: else it goes along."""
SIDES = ("a", "b")
NOTE, BOTH = "note", "both"
"""Two remarks say two things: unless the officer chooses one, they are kept one after the other."""


def proposed(a: Person, b: Person) -> dict[str, str]:
    """For each field in which two records differ, the side to take: "a", unless only b knows it.

    A death or departure that only b knows is known from then on, with its day and note.
    """
    gone = (b.life_state or "living") != "living" and (a.life_state or "living") == "living"
    take = {}
    for field in fields.of("person"):
        mine, yours = getattr(a, field.name), getattr(b, field.name)
        if mine != yours and (mine, yours) != (None, ""):
            from_b = mine in (None, "") or (gone and field.name.startswith("life_state"))
            take[field.name] = "b" if from_b and yours not in (None, "") else "a"
    mine, yours = getattr(a, NOTE) or "", getattr(b, NOTE) or ""
    if mine and yours and joined(mine, yours) != mine:
        take[NOTE] = BOTH
    return take


def joined(one: str, other: str) -> str:
    """Two remarks as one; what one says already is not said twice."""
    if other in one:
        return one
    return other if one in other else f"{one}; {other}"


def merge(
    ws: Workspace, survivor: str, absorbed: str, take: Mapping[str, str] | None = None
) -> Merged:
    """Merge `absorbed` into `survivor`; `take` names fields to take from "a" (survivor) or "b".

    Of the note it may say "both". What `take` does not name is proposed by `proposed`. The
    absorbed record stays whole as a stub that leads to the survivor; what belongs to it follows.
    Guarded values of an approved survivor await approval. Raises Refused: person_unknown,
    person_merged, same_record, unknown_field, take_side, amendment_open, not_allowed (an approved
    record is merged away by approvers only).
    """
    ws.demand("enter")
    _check_take(take or {})
    with ws.db.write(ws.author()) as session:
        cold_start.demand_rows(session)
        a, b = person.found(session, survivor), person.found(session, absorbed)
        _may_merge(ws, session, a, b)
        chosen = proposed(a, b) | dict(take or {})
        values = {name: getattr(b, name) for name, side in chosen.items() if side == "b"}
        if chosen.get(NOTE) == BOTH:
            values[NOTE] = joined(getattr(a, NOTE) or "", getattr(b, NOTE) or "")
        values = {name: new for name, new in values.items() if getattr(a, name) != new}
        values |= _old_number(a, b, values)
        row = Merger(
            id=new_id(),
            office_id=ws.office.id,
            person_id=a.id,
            absorbed_id=b.id,
            changes=json.dumps({n: [getattr(a, n), new] for n, new in values.items()},
                               ensure_ascii=False),
            state=merger.MERGED,
        )  # fmt: skip
        session.info.setdefault("sources", {})[a.id] = f"{SOURCE}{row.id}"
        pending = person.write_values(ws, session, a, values)
        b.merged_into, b.deleted_at, b.deleted_reason = a.id, instant_text(ws.clock()), STUB
        session.add(row)
        session.flush()
        likeness.settle_some(session, [a.id, b.id])
        return Merged(row.id, a.id, b.id, pending)


def unmerge(ws: Workspace, key: str, reason: str = "", give: Sequence[str] = ()) -> Unmerged:
    """Undo a merger, named by its own id or by a person's (absorbed, or survivor of only one).

    What belonged to the absorbed record, and came for it since, is its own again; fields that
    nobody changed since go back. Rows written since on the survivor stay there unless `give`
    names them (ids of needs, files, accidents' victims, cases, consents, sharings, help, notes
    outside a case). Raises Refused: merger_unknown, merger_several, merger_elsewhere, not_allowed,
    give_unknown.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        cold_start.demand_rows(session)
        row = standing(session, key)
        a, b = session.get_one(Person, row.person_id), session.get_one(Person, row.absorbed_id)
        if b.status == "approved":
            ws.demand("approve")
        changes = json.loads(row.changes)
        back = {name: old for name, (old, new) in changes.items() if getattr(a, name) in (new, old)}
        session.info.setdefault("sources", {})[a.id] = f"{SOURCE}{row.id}"
        pending = person.write_values(ws, session, a, back)
        b.merged_into = b.deleted_at = b.deleted_reason = None
        row.state, row.reason = merger.UNDONE, reason.strip() or None
        session.flush()
        for row_id in give:
            # What an earlier one of the ids took along is the freed person's already.
            both = (*merger.everybody(session, a.id), b.id)
            _give(session, row_id, both, b.id)
        session.flush()
        likeness.settle_some(session, [a.id, b.id])
        kept = tuple(name for name in changes if name not in back)
        return Unmerged(a.id, b.id, tuple(back), kept, pending)


def _check_take(take: Mapping[str, str]) -> None:
    problems = [
        Problem.of("unknown_field", name, side)
        for name, side in take.items()
        if not fields.has("person", name)
    ]
    problems += [
        Problem.of("take_side", name, side)
        for name, side in take.items()
        if side not in SIDES and (name, side) != (NOTE, BOTH)
    ]
    if problems:
        raise Refused(problems)


def _may_merge(ws: Workspace, session: Session, a: Person, b: Person) -> None:
    if a.id == b.id:
        raise Refused.one("same_record", "id", a.id)
    if b.status == "approved":
        ws.demand("approve")
    if approval.waiting_amendment(session, b.id) is not None:
        raise Refused.one("amendment_open", "id", b.id, name=b.name)


def _old_number(a: Person, b: Person, taken: Iterable[str]) -> dict[str, object]:
    """An identity number of the old kind that the survivor does not know yet is kept as such."""
    if a.old_id_number or "old_id_number" in taken or "id_number" in taken:
        return {}
    number = b.id_number or ""
    old = len(number) == OLD_NUMBER_DIGITS and number != a.id_number
    return {"old_id_number": number} if old else {}


def standing(session: Session, key: str) -> Merger:
    """The merger that stands, named by its id or a person's. Raises Refused.

    Of two PCs that merged one record into two persons one lost: by that merger nobody is freed.
    """
    row = session.get(Merger, key) or merger.standing(session, key)
    if row is None:
        stand = [
            one
            for one in merger.of_person(session, key)
            if one.person_id == key and one.state == merger.MERGED
        ]
        stand = [one for one in stand if _leads(session, one)] or stand[:1]
        if len(stand) > 1:
            raise Refused.one("merger_several", "id", " ".join(one.id for one in stand))
        row = stand[0] if stand else None
    if row is None or row.state != merger.MERGED or row.deleted_at:
        raise Refused.one("merger_unknown", "id", key)
    if not _leads(session, row):
        stub = session.get_one(Person, row.absorbed_id)
        last = session.get_one(Person, merger.survivor(session, stub.id))
        code = "merger_elsewhere" if stub.merged_into else "merger_unknown"
        raise Refused.one(code, "id", key, stub=stub.name, name=last.name)
    return row


def _leads(session: Session, row: Merger) -> bool:
    """Whether the absorbed record leads to the survivor of this merger, and to nobody else."""
    return session.get_one(Person, row.absorbed_id).merged_into == row.person_id


def _give(session: Session, row_id: str, owners: Sequence[str], to: str) -> None:
    """Hand a row of the survivor to the person set free, with all that goes along with it."""
    for kind in GIVEN_AWAY:
        row: Any = session.get(kind, row_id)
        within = getattr(row, LIES_IN[kind], None) if kind in LIES_IN else None
        if row is not None and row.person_id in owners and not within:
            _hand(session, row, owners, to)
            return
    raise Refused.one("give_unknown", "give", row_id)


def _hand(session: Session, row: Any, owners: Sequence[str], to: str) -> None:
    """One row and what names it, and what names that: a need's device takes its repairs along."""
    row.person_id = to
    for part, name in GO_ALONG:
        for one in session.query(part).where(getattr(part, name) == row.id).all():
            if one.person_id in owners:
                _hand(session, one, owners, to)
