"""Everything about a person in one order of days: what each kind of record adds to it.

A feature whose records belong to a person adds its line to `RECORDS`; the rest follows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from data.base import Base
from data.records import merger
from data.records.application import Application
from data.records.approval import Amendment, Approval
from data.records.assistive_device import AssistiveDevice
from data.records.attachment import Attachment
from data.records.care_case import CONTACT_KINDS, CareCase, CaseNote
from data.records.case_assessment import CaseAssessment
from data.records.case_plan import CasePlan
from data.records.case_review import CaseReview
from data.records.certificate import Certificate
from data.records.complaint import Complaint
from data.records.consent import Consent
from data.records.entitlement import Entitlement
from data.records.flag import Flag
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.merger import Merger
from data.records.national_file import NationalLine
from data.records.need import Need
from data.records.referral import Referral
from data.records.screening import Screening
from data.records.sharing import Sharing
from data.records.support import Support
from data.records.task import Task
from data.records.trace import AccessLog, History
from data.records.transfer import Transfer
from data.records.victim import Victim

CHANGE, PRINT = "change", "print"
"""Entries that no record of the person stands for: an edit, a line of the log."""
TOLD_BESIDE = (
    *("status", "case_status", "possible_duplicate_of", "merged_into"),
    *("plan_status", "approved_on", "approved_by", "file_step", "step_on", "due_on"),
    *("decided_at", "decided_by"),
)
"""Fields whose edits another entry tells: a decision, a step of the case, a merger."""

Key = tuple[str, str, str]


class Entry(NamedTuple):
    """One entry: its day (partial), the instant it was written, by whom, and which record."""

    on: str
    at: str
    row_id: str
    kind: str
    entity: str
    by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose entries: all ids of the person; of which kinds (all when empty).

    Prints are told when they are `by` somebody; with "" everybody's, with None nobody's.
    """

    person_ids: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    prints_by: str | None = None


class Told(NamedTuple):
    """How a kind of record stands in the timeline: under which kind, and on which day."""

    kind: str
    record: Any
    on: Any = None
    where: Callable[[], ColumnElement[bool]] | None = None


RECORDS: list[Told] = [
    Told("note", CaseNote, CaseNote.noted_on, lambda: CaseNote.note_kind.in_(CONTACT_KINDS)),  # type: ignore[union-attr]
    Told("case", CaseNote, None, lambda: CaseNote.note_kind.not_in(CONTACT_KINDS)),  # type: ignore[union-attr]
    Told("case", CareCase, CareCase.opened_on),
    Told("need", Need, Need.declared_on),
    Told("case", CaseAssessment, CaseAssessment.assessed_on),
    Told("case", CasePlan),
    Told("case", CaseReview, CaseReview.reviewed_on),
    Told("support", Referral, Referral.sent_on),
    Told("support", Support, Support.support_on),
    Told("support", AssistiveDevice, AssistiveDevice.fitted_on),
    Told("support", Entitlement, Entitlement.entitled_from),
    Told("determination", Application, Application.received_on),
    Told("determination", Complaint, Complaint.received_on),
    Told("determination", MedicalReferral, MedicalReferral.sent_on),
    Told("share", Consent, Consent.consented_on),
    Told("share", Sharing),
    Told("share", NationalLine, NationalLine.day),
    Told("mine", Victim),
    Told("decision", Approval),
    Told("decision", Amendment),
    Told("decision", Merger),
    Told("determination", Certificate, Certificate.issued_on),
    Told("file", Attachment, Attachment.taken_on),
    Told("work", Task, None, lambda: or_(Task.rule.is_(None), Task.done_on.is_not(None))),  # type: ignore[union-attr]
    Told("work", Flag),
    Told("determination", Hearing, Hearing.heard_on),
    Told("determination", Screening, Screening.done_on),
    Told("move", Transfer),
]


def page(session: Session, asked: Asked, after: Key | None, limit: int) -> list[Entry]:
    """The next entries, newest day first."""
    every = union_all(*_parts(asked)).subquery()
    key = (every.c.on, every.c.at, every.c.row_id)
    found = select(*(every.c[name] for name in Entry._fields))
    if after is not None:
        found = found.where(tuple_(*key) < tuple_(*(literal(part) for part in after)))
    ordered = found.order_by(*(part.desc() for part in key)).limit(limit)
    return [Entry(*row) for row in session.execute(ordered)]


def count(session: Session, asked: Asked) -> int:
    """How many entries there are."""
    every = union_all(*_parts(asked)).subquery()
    return session.scalar(select(func.count()).select_from(every)) or 0


def asked_of(
    session: Session, person_id: str, kinds: Sequence[str], prints_by: str | None
) -> Asked:
    """What is asked of a person, records merged into her among it."""
    return Asked(tuple(merger.everybody(session, person_id)), tuple(kinds), prints_by)


def rows(session: Session, entity: str, ids: Collection[str]) -> dict[str, Any]:
    """The records of one kind behind some entries, by id."""
    record: type[Base] = next(one.record for one in RECORDS if one.record.__tablename__ == entity)
    found = session.scalars(select(record).where(record.id.in_(ids)))  # type: ignore[attr-defined]
    return {row.id: row for row in found}  # type: ignore[attr-defined]


def edits(session: Session, person_ids: Sequence[str], txns: Collection[str]) -> list[History]:
    """The lines of the history behind some entries, in the order of writing."""
    theirs = (History.person_id.in_(person_ids), History.txn.in_(txns))
    found = select(History).where(*theirs, *_worth_telling())
    return list(session.scalars(found.order_by(History.seq)))


def prints(session: Session, seqs: Collection[str]) -> dict[str, AccessLog]:
    """The lines of the log behind some entries, by their number."""
    found = session.scalars(select(AccessLog).where(AccessLog.seq.in_([int(one) for one in seqs])))
    return {str(row.seq): row for row in found}


def _parts(asked: Asked) -> list[Select[Any]]:
    parts = [
        _records(asked, told) for told in RECORDS if not asked.kinds or told.kind in asked.kinds
    ]
    if not asked.kinds or CHANGE in asked.kinds:
        parts.append(_changes(asked))
    if asked.prints_by is not None and (not asked.kinds or PRINT in asked.kinds):
        parts.append(_prints(asked))
    return parts or [_changes(asked).where(literal(1) == literal(0))]


def _records(asked: Asked, told: Told) -> Select[Any]:
    record = told.record
    written = func.date(record.created_at, "localtime")
    found = select(
        (func.coalesce(told.on, written) if told.on is not None else written).label("on"),
        record.created_at.label("at"),
        record.id.label("row_id"),
        literal(told.kind).label("kind"),
        literal(record.__tablename__).label("entity"),
        record.created_by.label("by"),
    ).where(record.person_id.in_(asked.person_ids), record.deleted_at.is_(None))
    return found.where(told.where()) if told.where is not None else found


def _changes(asked: Asked) -> Select[Any]:
    """One entry for each transaction that edited the person or what belongs to her."""
    return (
        select(
            func.date(func.max(History.at), "localtime").label("on"),
            func.max(History.at).label("at"),
            History.txn.label("row_id"),
            literal(CHANGE).label("kind"),
            literal(CHANGE).label("entity"),
            History.by.label("by"),
        )
        .where(History.person_id.in_(asked.person_ids), *_worth_telling())
        .group_by(History.txn, History.by)
    )


def _worth_telling() -> tuple[ColumnElement[bool], ...]:
    begun = (History.op == "create") & (History.entity == "person")
    field = History.field.is_not(None) & History.field.not_in(TOLD_BESIDE)
    field = field & History.entity.not_in(("task", "flag"))
    field = field & ~((History.entity == "amendment") & (History.field == "state"))
    arrived = History.op == "arrived"
    return (or_(begun, field & (History.op == "edit"), arrived),)


def _prints(asked: Asked) -> Select[Any]:
    found = select(
        func.date(AccessLog.at, "localtime").label("on"),
        AccessLog.at.label("at"),
        cast(AccessLog.seq, String).label("row_id"),
        literal(PRINT).label("kind"),
        literal(PRINT).label("entity"),
        AccessLog.by.label("by"),
    ).where(AccessLog.person_id.in_(asked.person_ids), AccessLog.kind.in_(("print", "export")))
    return found.where(AccessLog.by == asked.prints_by) if asked.prints_by else found
