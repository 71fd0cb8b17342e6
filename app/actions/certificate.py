"""Certificates of disability: written ready from what was decided, corrected, dropped, shown.

Nobody types type or degree: they come from the minutes, the medical board or the certificate
before. Issuing is `certificate_issue`, what lies on paper `certificate_opening`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import (
    access,
    amendment,
    certificate_basis,
    certificate_doubt,
    cold_start,
    field_values,
    form_person,
    kept_rows,
    person,
    settings,
)
from app.errors import Problem, Refused
from app.rules import certificate as rules
from app.values.certificate import CertificateCard, CertificateDraft, CertificateFilter, Clash
from app.workspace import Workspace
from data import fields, history
from data.records import certificate as records
from data.records import certificate_clash
from data.records.application import Application
from data.records.certificate import Certificate, Wanted
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

OWN = certificate_doubt.OWN
TYPED = frozenset("issued_by holder_name holder_birth holder_sex holder_address".split())
"""What stands on the paper and may be corrected before it is issued."""
RENEWED = frozenset(
    "certificate_basis_changed certificate_basis_newer certificate_two_valid "
    "certificate_change_gone".split()
)
"""Why a draft is out of date, where another one can be written at once."""
PAGE_MAX = 2000


def prepare(ws: Workspace, draft: CertificateDraft) -> str:
    """Write a certificate ready to be issued; answers its id.

    Where the person's own type or degree will be another, that change waits with it. Raises
    Refused: person_unknown, certificate_no_..., certificate_what_differs, certificate_prepared,
    certificate_dead.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return prepare_within(ws, session, draft)


def prepare_files(ws: Workspace, application_ids: Sequence[str]) -> tuple[Problem, ...]:
    """Write the certificates of several files ready; answers which could not be and why."""
    ws.demand("enter")
    problems: list[Problem] = []
    for one in application_ids:
        try:
            with ws.db.write(ws.author()) as session:
                row = kept_rows.found(session, Application, one, "application_unknown")
                prepare_within(ws, session, certificate_basis.draft_of(session, row))
        except Refused as refused:
            problems += [_about(ws, one, each) for each in refused.problems]
    return tuple(problems)


def prepare_within(ws: Workspace, session: Session, draft: CertificateDraft) -> str:
    """`prepare` within somebody's transaction."""
    cold_start.demand_rows(session)
    who = person.found(session, draft.person_id)
    if not kept_rows.can_receive(who):
        raise Refused.one("certificate_dead", "person_id", who.name, name=who.name)
    certificate_basis.demand_file(session, draft)
    _refuse_second(session, draft)
    basis = certificate_basis.of(ws, session, draft)
    row = Certificate(
        office_id=ws.office.id,
        person_id=_whose(session, draft) or who.id,
        application_id=draft.application_id or None,
        hearing_id=draft.hearing_id or None,
        medical_referral_id=draft.medical_referral_id or None,
        replaces_id=draft.replaces_id or _in_force_id(session, who.id),
    )
    shown = _holder(ws, who) | {n: v for n, v in draft.fields.items() if n in TYPED}
    said = {
        "basis": basis.kind,
        "basis_number": basis.number,
        "basis_on": basis.on,
        "types": tuple(basis.types.split()),
        "degree": basis.degree,
        "certificate_state": records.DRAFT,
        "origin": records.NEW,
    }
    kept_rows.put(session, row, kept_rows.checked(ws, "certificate", shown | said))
    asked = {name: getattr(row, name) for name in OWN}
    changed = {name: value for name, value in asked.items() if getattr(who, name) != value}
    if changed and who.status == "approved":
        amendment.ask(ws, session, who, changed)
    return row.id


def correct(ws: Workspace, certificate_id: str, typed: Mapping[str, object]) -> None:
    """Correct what a certificate that is not issued yet says of its holder. Raises Refused."""
    ws.demand("enter")
    unknown = set(typed) - TYPED
    if unknown:
        name = sorted(unknown)[0]
        raise Refused.one("certificate_fixed", name, typed[name])
    with ws.db.write(ws.author()) as session:
        row = draft(session, certificate_id)
        kept_rows.put(session, row, kept_rows.checked(ws, "certificate", typed, row))


def drop(ws: Workspace, certificate_id: str, reason: str) -> None:
    """Drop a certificate that was not issued, with a reason; the change it asked for goes too."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        drop_within(ws, session, draft(session, certificate_id), why)


def drop_within(ws: Workspace, session: Session, row: Certificate, why: str) -> None:
    """`drop` within somebody's transaction."""
    row.certificate_state, row.certificate_note = records.VOID, why
    row.ended_on = ws.today().isoformat()
    who = certificate_doubt.whose(session, row)
    wanted = amendment.asked(session, who)
    own = [name for name in OWN if name in wanted and wanted[name] == getattr(row, name)]
    if own:
        amendment.ask(ws, session, who, {name: getattr(who, name) for name in own})
    session.flush()


def show(ws: Workspace, certificate_id: str) -> CertificateCard:
    """One certificate. Raises Refused (`certificate_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        card = _cards(ws, session, [found(session, certificate_id)])[0]
    access.seen(ws, card.person_id, "view", "certificate")
    return card


def of_person(ws: Workspace, person_id: str) -> tuple[CertificateCard, ...]:
    """The certificates of a person: what waits first, then the newest."""
    ws.demand("view")
    with ws.db.read() as session:
        cards = _cards(ws, session, records.of_person(session, person_id))
    return _glanced(ws, cards)


def listing(
    ws: Workspace, which: CertificateFilter, limit: int = 100, offset: int = 0
) -> tuple[CertificateCard, ...]:
    """Certificates that fit, in the order of their days; drafts come last."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.page(session, _wanted(which), min(limit, PAGE_MAX), offset)
        cards = _cards(ws, session, [row for row, _who in rows])
    return _glanced(ws, cards)


def total(ws: Workspace, which: CertificateFilter) -> int:
    """How many certificates fit."""
    with ws.db.read() as session:
        return records.count(session, _wanted(which))


def clashes(ws: Workspace) -> tuple[Clash, ...]:
    """Numbers and blanks that two certificates claim, from paper or typed on two PCs, persons with
    two in force, as a merger leaves them, and sheets that are to be collected: printed for a
    certificate that another PC issued too, whose words stand."""
    ws.demand("view")
    told = []
    with ws.db.read() as session:
        for group in certificate_clash.clashes(session):
            numbers = {row.certificate_number for row in group}
            what = "serial" if len(numbers) > 1 else "certificate_number"
            value = str(getattr(group[0], what) or "")
            told.append(Clash(what, value, _cards(ws, session, group)))
        for group in certificate_clash.in_force_twice(session):
            cards = _cards(ws, session, group)
            told.append(Clash("holder", cards[0].name, cards))
        for sheet, row in certificate_clash.on_other_sheets(session):
            told.append(Clash("sheet", sheet.serial or "", _cards(ws, session, [row])))
    _glanced(ws, tuple(card for one in told for card in one.certificates))
    return tuple(told)


def clash_count(ws: Workspace) -> int:
    """How many of `clashes` there are: for whoever may approve they are work of today."""
    with ws.db.read() as session:
        kinds = (
            certificate_clash.clashes(session),
            certificate_clash.in_force_twice(session),
            certificate_clash.on_other_sheets(session),
        )
        return sum(len(one) for one in kinds)


def found(session: Session, certificate_id: str) -> Certificate:
    """The certificate's row. Raises Refused (`certificate_unknown`)."""
    return kept_rows.found(session, Certificate, certificate_id, "certificate_unknown")


def draft(session: Session, certificate_id: str) -> Certificate:
    """One that is not issued yet. Raises Refused: certificate_unknown, certificate_not_draft."""
    row = found(session, certificate_id)
    if row.certificate_state != records.DRAFT:
        raise Refused.one("certificate_not_draft", "certificate_state", row.certificate_number)
    return row


def valid(session: Session, certificate_id: str) -> Certificate:
    """One in force. Raises Refused: certificate_unknown, certificate_not_valid."""
    row = found(session, certificate_id)
    if row.certificate_state != records.VALID:
        raise Refused.one("certificate_not_valid", "certificate_state", row.certificate_number)
    return row


def writers(session: Session, row: Certificate) -> frozenset[str]:
    """Whose work a certificate is that waits to be issued: who wrote it, and all who corrected
    it. Its history may come to this PC after it."""
    known = history.writers_of(session, "certificate", [row.id]).get(row.id, frozenset())
    return known | {row.created_by, row.updated_by}


def _glanced(ws: Workspace, cards: tuple[CertificateCard, ...]) -> tuple[CertificateCard, ...]:
    """The same, once it is logged whose certificates were looked at."""
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def _refuse_second(session: Session, draft: CertificateDraft) -> None:
    for row in records.of_person(session, draft.person_id):
        if row.certificate_state == records.DRAFT:
            raise Refused.one("certificate_prepared", "id", row.id)
    for row in (
        records.of_application(session, draft.application_id) if draft.application_id else ()
    ):
        if row.hearing_id == (draft.hearing_id or None) and row.medical_referral_id == (
            draft.medical_referral_id or None
        ):
            raise Refused.one("certificate_prepared", "id", row.certificate_number)


def _whose(session: Session, draft: CertificateDraft) -> str:
    """Of which record what it follows is: where two records that were merged part again, the
    certificate goes with the file it was issued in."""
    rows = (
        session.get(Application, draft.application_id),
        session.get(Hearing, draft.hearing_id),
        session.get(MedicalReferral, draft.medical_referral_id),
    )
    return next((row.person_id for row in rows if row is not None), "")


def _in_force_id(session: Session, person_id: str) -> str | None:
    old = records.in_force(session, person_id)
    return old.id if old is not None else None


def _holder(ws: Workspace, who: Person) -> dict[str, object]:
    """What the paper says of the person, as she stands in the book today."""
    return {
        "issued_by": settings.letterhead(ws).issuing_body,
        "holder_name": who.name,
        "holder_birth": who.birth,
        "holder_sex": who.sex,
        "holder_address": form_person.address(who),
    }


def _wanted(which: CertificateFilter) -> Wanted:
    return Wanted(which.query, which.states, which.degree, which.units)


def _cards(
    ws: Workspace, session: Session, rows: Sequence[Certificate]
) -> tuple[CertificateCard, ...]:
    ids = [row.id for row in rows]
    after, whose = records.replaced_by(session, ids), records.holders(session, ids)
    waiting = [(row, whose[row.id]) for row in rows if row.certificate_state == records.DRAFT]
    doubts = certificate_doubt.of_many(session, waiting)
    stale = {row.id: certificate_doubt.out_of_date(ws, session, row, who) for row, who in waiting}
    return tuple(
        replace(
            _card(ws, row, whose[row.id], after.get(row.id), stale.get(row.id)),
            doubts=certificate_doubt.in_words(doubts.get(row.id, ())),
        )
        for row in rows
    )


def _card(
    ws: Workspace, row: Certificate, who: Person, after: Certificate | None, stale: Problem | None
) -> CertificateCard:
    state = row.certificate_state or records.DRAFT
    return CertificateCard(
        id=row.id,
        person_id=who.id,
        name=who.name or row.holder_name or "",
        fields=kept_rows.shown(ws, "certificate", row),
        state=state,
        replaces_id=row.replaces_id or "",
        replaced_by=after.id if after is not None else "",
        application_id=row.application_id or "",
        changes=tuple(_changes(row, who)) if state == records.DRAFT else (),
        acts=_acts(ws, row, stale),
        by=row.updated_by,
        at=row.updated_at,
        outdated=stale.message if stale is not None else "",
    )


def _changes(row: Certificate, who: Person) -> Iterable[tuple[str, object, object]]:
    """What issuing makes other than it stands in the person's own record: old and new."""
    for name in OWN:
        old, new = getattr(who, name), getattr(row, name)
        if old != new:
            field = fields.get("person", name)
            yield name, field_values.shown(field, old), field_values.shown(field, new)


def _acts(ws: Workspace, row: Certificate, stale: Problem | None) -> tuple[str, ...]:
    """What this user could do with it now."""
    state, may = row.certificate_state, []
    if state == records.DRAFT:
        may = [("issue", "approve"), ("correct", "enter"), ("drop", "enter")]
        if stale is not None:
            may[:1] = [("redraw", "enter")] if stale.code in RENEWED else []
    elif state == records.VALID:
        may = [("print", "print"), ("file", "print")] if row.prints else [("print", "print")]
        may += [("proof", "print"), ("exchange", "enter"), ("lost", "enter")]
        may.append(("revoke", "approve"))
        if row.origin == rules.PAPER:
            may = [one for one in may if one[0] not in ("print", "file")]
    return tuple(act for act, right in may if ws.can(right))


def _about(ws: Workspace, application_id: str, problem: Problem) -> Problem:
    """A problem of one file among several, with whose it is."""
    with ws.db.read() as session:
        row = session.get(Application, application_id)
        who = session.get(Person, row.person_id) if row is not None else None
    name = who.name if who is not None else application_id
    return Problem(problem.code, problem.field, problem.value, f"{name}: {problem.message}")
