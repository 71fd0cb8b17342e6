"""What comes of files: steps whose clock ends, complaints, board minutes, children of six."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from data import assessment_forms, deadlines
from data.records import application as files
from data.records import merger
from data.records.application import Application
from data.records.care_case import CareCase
from data.records.certificate import VALID, Certificate
from data.records.coming_event import (
    Asked,
    Parts,
    Source,
    last_day,
    later,
    source,
    whole_day,
    with_live_case,
)
from data.records.complaint import Complaint
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

DEAD = "dead"
NOT_DISABLED = "not_disabled"
UNDER_SIX = "02"
GIVEN_ANEW = ("lost", "exchange")
"""What a certificate rests on that says the same as the one before it."""
CHILDREN_LATE_YEARS = 2
"""How long a child of six who was not assessed anew is still named."""


def _steps(asked: Asked) -> Select[Any]:
    """Steps of files whose clock ends: for who took the application in. Of the dead too, for the
    file is to be ended."""
    one = Application
    parts = Parts(one.due_on, one.person_id, literal(None), one.created_by, one.id, one.file_step)  # type: ignore[arg-type]
    alive = (one.deleted_at.is_(None), one.file_step.not_in(files.ENDED))  # type: ignore[union-attr]
    return source("file_step", asked, parts, *alive, one.due_on <= asked.until)  # type: ignore[operator]


def _complaints(asked: Asked) -> Select[Any]:
    """Complaints that nobody answered (Đ.6 k.1)."""
    one = Complaint
    parts = Parts(one.due_on, one.person_id, literal(None), one.created_by, one.id, one.complainant)  # type: ignore[arg-type]
    waits = (one.deleted_at.is_(None), one.answered_on.is_(None))  # type: ignore[union-attr]
    return source("complaint_answer", asked, parts, *waits, one.due_on <= asked.until)  # type: ignore[operator]


def _minutes(asked: Asked) -> Select[Any]:
    """The newest minutes of a medical board that soon are no longer valid (TTLT 34/2012)."""
    one, newer, who = MedicalReferral, aliased(MedicalReferral), aliased(Person)
    months = deadlines.months("board_validity_soon", asked.today)
    day = func.date(whole_day(one.valid_until), f"-{months} months")
    parts = Parts(day, one.person_id, literal(None), one.created_by, one.id, one.minutes_number)  # type: ignore[arg-type]
    found = source("board_validity", asked, parts, one.deleted_at.is_(None), day <= asked.until)
    replaced = and_(
        newer.person_id == one.person_id,
        newer.deleted_at.is_(None),
        newer.minutes_on > one.minutes_on,  # type: ignore[operator]
    )
    leads = merger.stubs()
    joined = found.select_from(one).outerjoin(newer, replaced).where(newer.id.is_(None))
    joined = joined.outerjoin(leads, leads.c.id == one.person_id)
    joined = joined.outerjoin(who, who.id == func.coalesce(leads.c.last, one.person_id))
    return joined.where(func.coalesce(who.life_state, "") != DEAD)


def _revocations(asked: Asked) -> Select[Any]:
    """Certificates in force of persons of whom a later file found no disability (Đ.9 k.3)."""
    one: Any = Application
    held: Any = Certificate
    number = held.certificate_number
    parts = Parts(one.due_on, one.person_id, literal(None), one.created_by, one.id, number)
    ended = (one.deleted_at.is_(None), one.file_step == NOT_DISABLED, one.due_on <= asked.until)
    found = source("certificate_revoke", asked, parts, *ended)
    same = or_(held.application_id == one.id, held.person_id == one.person_id)
    in_force = (held.certificate_state == VALID, held.deleted_at.is_(None))
    before = held.issued_on <= one.step_on
    return found.select_from(one).join(held, and_(same, before, *in_force))


def _six_years(asked: Asked) -> Select[Any]:
    """A certificate of a child under six is to be given anew at six (TT 01/2019 Đ.9), unless the
    council noted one of the exempt signs. It is one that rests on Mẫu 02; of one from paper no
    sheet and no signs are known, so its day tells. Where only year or month of the birth is known,
    it is the first day on which the child may be six, or once that has passed the last one."""
    years = deadlines.months("six_years", asked.today) // 12
    oldest = str(date.fromisoformat(asked.today).year - years - CHILDREN_LATE_YEARS)
    youngest = str(int(asked.until[:4]) - years + 1)
    known, on = Person.birth, Person.certificate_on
    small = and_(known >= oldest, known < youngest, Person.deleted_at.is_(None))  # type: ignore[operator]
    sheet = _sheets(asked, small)
    used = sheet.c.birth_used
    told_more = func.substr(used, 1, func.length(known)) == known
    birth = case((told_more, used), else_=known)
    first, last = (later(one(birth), years * 12) for one in (whole_day, last_day))
    day = case((on >= first, last), else_=first)  # type: ignore[operator]
    parts = Parts(day, Person.id, CareCase.id, CareCase.worker, Person.id)  # type: ignore[arg-type]
    unseen = and_(sheet.c.person_id.is_(None), or_(on.is_(None), on < last))  # type: ignore[union-attr,operator]
    given = and_(Person.certificate_number.is_not(None), or_(sheet.c.small, unseen))  # type: ignore[attr-defined]
    living = Person.life_state == "living"
    found = source("six_years", asked, parts, small, given, living)
    found = found.select_from(Person).outerjoin(sheet, sheet.c.person_id == Person.id)
    return with_live_case(found, Person.id)


def _sheets(asked: Asked, some: ColumnElement[bool]) -> Subquery:
    """By person, of some persons, the sheet that the valid certificate goes back to, also where it
    was given anew since because the paper was lost or damaged: whether it is a Mẫu 02 without an
    exempt sign (`small`), and the birth it was chosen by."""
    leads = merger.stubs()
    owner = func.coalesce(leads.c.last, Certificate.person_id)
    ticked = literal(" ").concat(Hearing.degree_signs).concat(" ")
    signs = [
        ticked.contains(f" {one.number} ")
        for one in assessment_forms.on(asked.today)
        if one.form == UNDER_SIX and one.part == "degree" and one.exempt
    ]
    chain = _chain(_whose(some))
    exempt = or_(*signs) if signs else literal(1) == literal(0)
    small = and_(Hearing.assessment_form == UNDER_SIX, ~func.coalesce(exempt, False))  # type: ignore[arg-type]
    told = (func.max(Hearing.birth_used).label("birth_used"), func.min(small).label("small"))
    found = select(owner.label("person_id"), *told).select_from(chain)
    found = found.join(Certificate, Certificate.id == chain.c.id)
    found = found.join(Hearing, Hearing.id == chain.c.hearing_id)
    found = found.outerjoin(leads, leads.c.id == Certificate.person_id)
    return found.group_by(owner).subquery()


def _whose(some: ColumnElement[bool]) -> Select[Any]:
    """The ids under which rows of some persons may lie: their own, and of who was merged into
    them."""
    leads = merger.stubs()
    merged = select(leads.c.id).join(Person, Person.id == leads.c.last).where(some)
    return select(union_all(select(Person.id).where(some), merged).subquery().c.id)


def _chain(whose: Select[Any]) -> CTE:
    """Of every certificate in force (`id`) of these persons the hearing it goes back to, over those
    it took the place of with type and degree as they were. Children are few: to follow the
    certificates of everybody takes seconds."""
    older = aliased(Certificate)
    chain = (
        select(Certificate.id, Certificate.hearing_id, Certificate.replaces_id, Certificate.basis)  # type: ignore[call-overload]
        .where(Certificate.certificate_state == VALID, Certificate.deleted_at.is_(None))
        .where(Certificate.person_id.in_(whose))
        .cte("chain", recursive=True)
    )
    return chain.union(
        select(chain.c.id, older.hearing_id, older.replaces_id, older.basis)
        .join(older, older.id == chain.c.replaces_id)
        .where(chain.c.hearing_id.is_(None), chain.c.basis.in_(GIVEN_ANEW))
    )


SOURCES: tuple[Source, ...] = (_steps, _complaints, _minutes, _revocations, _six_years)
