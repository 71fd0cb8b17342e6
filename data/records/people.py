"""Questions about persons: pages of lists, cards, names, and how far each has been sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal_column, select, text, union_all
from sqlalchemy.orm import Session

from data.records import marks, people_list
from data.records.application import Application
from data.records.approval import Amendment
from data.records.assistive_device import AssistiveDevice, Repair
from data.records.care_case import CareCase, CaseNote
from data.records.case_assessment import CaseAssessment
from data.records.case_plan import CasePlan, PlanActivity
from data.records.case_review import CaseReview
from data.records.change import Change
from data.records.complaint import Complaint
from data.records.consent import Consent
from data.records.entitlement import Entitlement
from data.records.flag import Flag
from data.records.medical_referral import MedicalReferral
from data.records.national_file import NationalLine
from data.records.need import Need, NeedStep
from data.records.people_fit import Wanted
from data.records.people_order import Key
from data.records.person import Person
from data.records.referral import Referral
from data.records.sharing import Sharing
from data.records.support import Support
from data.records.sync import Conflict
from data.records.task import Task
from data.records.victim import Victim
from data.text import fold

ROWS_AT_ONCE = 5_000
BESIDE = (
    *(Need, NeedStep, Victim, CareCase, CaseNote, CaseAssessment, CasePlan, PlanActivity),
    *(CaseReview, Task, Flag, Referral, Support, AssistiveDevice, Repair, Entitlement),
    *(Consent, Sharing),
    *(Application, Complaint, MedicalReferral),
    NationalLine,
)
"""Records of a person whose sending counts as hers."""

CARD_COLUMNS = (
    Person.id,
    Person.name,
    Person.sex,
    Person.birth,
    Person.id_number,
    Person.commune,
    Person.current_commune,
    Person.hamlet,
    Person.types,
    Person.degree,
    Person.mine_victim,
    Person.status,
    Person.life_state,
    Person.server_version,
    Person.sort_key,
)


def page(
    session: Session, wanted: Wanted, after: Key | None, limit: int, offset: int = 0
) -> tuple[list[tuple[object, ...]], Key | None]:
    """Card columns of the next persons in list order, and the key of the last (None: none)."""
    keys = people_list.page(session, wanted, after, limit, offset)
    rows: dict[object, tuple[object, ...]] = {}
    for start in range(0, len(keys), ROWS_AT_ONCE):
        numbers = ", ".join(str(key[-1]) for key in keys[start : start + ROWS_AT_ONCE])
        number: ColumnElement[int] = literal_column("person.rowid")
        asked = select(number, *CARD_COLUMNS).where(text(f"person.rowid IN ({numbers})"))
        rows.update({row[0]: tuple(row[1:]) for row in session.execute(asked)})
    return [rows[key[-1]] for key in keys], keys[-1] if keys else None


def cards(session: Session, ids: Sequence[str]) -> list[tuple[object, ...]]:
    """Card columns of persons by their ids (at most 500), removed ones too."""
    rows = session.execute(select(*CARD_COLUMNS).where(Person.id.in_(ids)))
    return [tuple(row) for row in rows]


def status_counts(session: Session) -> dict[str, int]:
    """Number of persons (not removed) by status; from the index of marks, no row is read."""
    rows = session.connection().exec_driver_sql(
        "SELECT marks, count(*) FROM person INDEXED BY person_by_marks "
        "WHERE deleted_at IS NULL GROUP BY marks"
    )
    counted: dict[str, int] = {}
    for mark, number in rows:
        status = marks.of_facet("status", mark)
        counted[status] = counted.get(status, 0) + number
    return counted


def with_ids(session: Session, ids: Sequence[str]) -> list[Person]:
    """Persons (not removed) with these ids (at most 500)."""
    return list(
        session.scalars(select(Person).where(Person.id.in_(ids), Person.deleted_at.is_(None)))
    )


def hamlets(session: Session, commune: str) -> list[str]:
    """The hamlets that persons (not removed) of a commune live in, in the order of the alphabet."""
    found = select(Person.hamlet).where(
        Person.commune == commune, Person.hamlet.is_not(None), Person.deleted_at.is_(None)
    )
    return sorted({hamlet for hamlet in session.scalars(found.distinct()) if hamlet}, key=fold)


def names(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """Names by id, also of removed persons (at most 500)."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(row.tuple() for row in rows)


def sync_marks(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """For persons with unfinished work, of theirs or of what belongs to them: local (in no batch),
    sent, or conflict.

    A conflict is one that nobody has decided yet, or a change that the server did not take and
    nobody has looked at.
    """
    # By row, not by verdict ("+" says so): a new office has everything waiting for the server.
    waits = literal_column("+change.verdict").is_(None)
    own = select(Change.row_id, Change.batch_no).where(Change.row_id.in_(ids), waits)
    beside = (
        select(kind.person_id, Change.batch_no)
        .join(Change, Change.row_id == kind.id)
        .where(kind.person_id.in_(ids), waits)
        for kind in BESIDE
    )
    rows: Iterable[Any] = session.execute(union_all(own, *beside))
    found: dict[str, str] = {}
    for row_id, batch_no in rows:
        if batch_no is None:
            found[row_id] = "local"
        else:
            found.setdefault(row_id, "sent")
    refused = Change.verdict.in_(("rejected", "deferred")), Change.settled_at.is_(None)
    stuck = session.scalars(select(Change.row_id).where(Change.row_id.in_(ids), *refused))
    cards = session.scalars(
        select(Conflict.person_id).where(Conflict.person_id.in_(ids), Conflict.state == "open")
    )
    return found | dict.fromkeys((*stuck, *(one for one in cards if one)), "conflict")


def amended(session: Session, ids: Sequence[str]) -> set[str]:
    """Those of the persons who have guarded changes awaiting approval."""
    return set(
        session.scalars(
            select(Amendment.person_id).where(
                Amendment.person_id.in_(ids), Amendment.state == "waiting"
            )
        )
    )
