"""Issuing, and taking back: acts of somebody with the right to approve, who is shown old and new.

One transaction: the certificate with its number, the one it replaces, the person's own type and
degree through the amendment that waited with it, and the file of the application.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import (
    amendment,
    application_moves,
    blank,
    certificate,
    certificate_doubt,
    certificate_number,
    certificate_own,
    cold_start,
    council_member,
    field_values,
    kept_rows,
    settings,
)
from app.errors import Problem, Refused
from app.rules import certificate as rules
from app.values.certificate import Issuing, Revocation
from app.workspace import Workspace
from data import history, text
from data.records import approval
from data.records import certificate as records
from data.records.application import Application
from data.records.certificate import Certificate
from data.records.person import Person


def issue(ws: Workspace, certificate_id: str, act: Issuing | None = None) -> str:
    """Issue a certificate that was written ready; answers its number.

    Raises Refused: not_allowed, certificate_own_draft (nobody issues what he wrote), what the
    basis lacks by now, certificate_collect, certificate_number_taken, blank_..., date_in_future,
    and unless `act.aware` what speaks against it (`certificate_doubt`).
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        return _issue(ws, session, certificate_id, act or Issuing())


def issue_many(
    ws: Workspace, ids: Sequence[str], act: Issuing | None = None, aware: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Issue several on one day, each by itself: their numbers, and which could not be and why.

    `aware` are those of which it is known what speaks against them, all for one reason.
    """
    ws.demand("approve")
    numbers: list[str] = []
    problems: list[Problem] = []
    common = replace(act or Issuing(), number="", serial="")
    for one in ids:
        try:
            with ws.db.write(ws.author()) as session:
                told = replace(common, aware=common.aware or one in aware)
                numbers.append(_issue(ws, session, one, told))
        except Refused as refused:
            problems += [replace(each, value=one) for each in refused.problems]
    return tuple(numbers), tuple(problems)


def revoke(ws: Workspace, certificate_id: str, act: Revocation) -> None:
    """Take a certificate back by the authority's decision (TT 01/2019/TT-BLĐTBXH Đ.9).

    What becomes of the person's own type and degree is decided in the same act, never by itself.
    Raises Refused: not_allowed, reason_needed, required, certificate_not_valid, days_reversed,
    certificate_collect, certificate_own_needed, certificate_own_way, certificate_own_reason.
    """
    ws.demand("approve")
    why = field_values.reason(act.reason)
    typed = {
        "revoke_reason": why,
        "revoked_by": act.by,
        "revoke_decision": act.decision,
        "revoked_on": act.on,
        "collected_on": act.collected_on,
        "collected_note": act.collected_note,
    }
    with ws.db.write(ws.author()) as session:
        row = certificate.valid(session, certificate_id)
        needed = ("revoked_by", "revoke_decision", "revoked_on")
        values = kept_rows.checked(ws, "certificate", typed, row, needed)
        council_member.whole_days("certificate", values, ("revoked_on",))
        kept_rows.refuse_reversed("certificate", values, row, "issued_on", "revoked_on")
        _demand_collected("", values)
        who = certificate_doubt.whose(session, row)
        certificate_own.decide(ws, session, row, who, (act.own, act.own_reason))
        values |= {"certificate_state": records.REVOKED, "ended_on": values["revoked_on"]}
        kept_rows.put(session, row, values)
        certificate_own.follow(session, row, who)


def collect(ws: Workspace, certificate_id: str, on: str = "", note: str = "") -> None:
    """The paper of one that holds no more was handed in later, or why it never will be."""
    ws.demand("enter")
    typed = {"collected_on": on or ("" if note else ws.today().isoformat()), "collected_note": note}
    with ws.db.write(ws.author()) as session:
        row = certificate.found(session, certificate_id)
        if row.certificate_state not in (records.SUPERSEDED, records.REVOKED):
            raise Refused.one("certificate_still_valid", "collected_on", row.certificate_number)
        kept_rows.put(session, row, kept_rows.checked(ws, "certificate", typed, row))


def _issue(ws: Workspace, session: Session, certificate_id: str, act: Issuing) -> str:
    cold_start.demand_rows(session)
    row = certificate.draft(session, certificate_id)
    if ws.user.login in certificate.writers(session, row):
        raise Refused.one("certificate_own_draft", "id", row.id)
    who = certificate_doubt.whose(session, row)
    if not kept_rows.can_receive(who):
        raise Refused.one("certificate_dead", "person_id", who.name, name=who.name)
    certificate_doubt.demand_fresh(ws, session, row, who)
    known = certificate_doubt.weighed(ws, session, row, who, act)
    values = _words(ws, session, row, act) | known
    _replace_old(ws, session, row, values)
    _number(ws, session, row, who, (act, values))
    if act.serial:
        values["serial"] = blank.use(ws, session, act.serial, row)
    kept_rows.put(session, row, values)
    _tell_person(ws, session, row, who)
    if row.application_id:
        application_moves.issue(ws, session, row.application_id, row.issued_on or "")
    return row.certificate_number or ""


def _words(ws: Workspace, session: Session, row: Certificate, act: Issuing) -> dict[str, object]:
    on = act.issued_on or ws.today().isoformat()
    signs = settings.letterhead(ws).signatory
    typed: dict[str, object] = {
        "issued_on": on,
        "signer": act.signer or (signs.name if signs is not None else ""),
        "signer_position": act.signer_position or (signs.position if signs is not None else ""),
        "certificate_state": records.VALID,
    }
    values = kept_rows.checked(ws, "certificate", typed, row, ("issued_on",))
    day = str(values["issued_on"])
    if len(day) < len("2026-01-01"):
        raise Refused.one("certificate_whole_day", "issued_on", day)
    if row.basis_on and day < row.basis_on[: len(day)]:
        raise Refused.one("certificate_before_basis", "issued_on", day, basis=row.basis_on)
    file = session.get(Application, row.application_id) if row.application_id else None
    asked = (file.received_on or "") if file is not None else ""
    if day < asked:
        raise Refused.one("certificate_before_application", "issued_on", day, day=asked)
    old = session.get(Certificate, row.replaces_id) if row.replaces_id else None
    if old is not None:
        more = {"collected_on": act.collected_on, "collected_note": act.collected_note}
        kept_rows.put(session, old, kept_rows.checked(ws, "certificate", more, old))
    return values


def _replace_old(
    ws: Workspace, session: Session, row: Certificate, values: dict[str, object]
) -> None:
    """The one before holds no more; its paper is collected, or it is said why not (Đ.9)."""
    del ws
    old = session.get(Certificate, row.replaces_id) if row.replaces_id else None
    if old is None:
        return
    if old.certificate_state != records.VALID:
        raise Refused.one("certificate_not_valid", "replaces_id", old.certificate_number)
    collected = {"collected_on": old.collected_on, "collected_note": old.collected_note}
    _demand_collected(row.basis or "", collected)
    old.certificate_state = records.SUPERSEDED
    old.ended_on = str(values["issued_on"])


def _demand_collected(basis: str, values: Mapping[str, object]) -> None:
    on, note = (str(values.get(name) or "") for name in ("collected_on", "collected_note"))
    code = rules.replaced(basis, on, note)
    if code is not None:
        raise Refused.one(code, "collected_on")


def _number(
    ws: Workspace,
    session: Session,
    row: Certificate,
    who: Person,
    told: tuple[Issuing, dict[str, object]],
) -> None:
    act, values = told
    number = text.tidy(act.number)
    if not number:
        year = int(str(values["issued_on"])[:4])
        number = certificate_number.take(ws, session, who, year)
    certificate_number.free(session, number, row.issued_by or "", row.id)
    values["certificate_number"] = number


def _tell_person(ws: Workspace, session: Session, row: Certificate, who: Person) -> None:
    """The person's own record says the same from this very transaction on.

    Type and degree of an approved person go through the amendment that waited with the draft, the
    work of who wrote it; of one who is not approved yet they are written as they are.
    """
    asked = {name: getattr(row, name) for name in certificate.OWN}
    differs = {name for name, value in asked.items() if getattr(who, name) != value}
    waiting = approval.waiting_amendment(session, who.id)
    if differs and waiting is not None and who.status == "approved":
        if amendment.outdated(waiting, who):
            raise Refused.one("amendment_outdated", "id", who.id, name=who.name)
        if ws.user.login in _hands(session, waiting.id):
            raise Refused.one("approver_is_author", "id", who.id, name=who.name)
        amendment.settle(ws, session, waiting, "approved")
    else:
        for name in differs:
            who.put(name, asked[name])
    who.put("has_certificate", "yes")
    who.put("certificate_number", row.certificate_number)
    who.put("certificate_on", row.issued_on)
    who.put("certificate_by", row.issued_by)


def _hands(session: Session, amendment_id: str) -> frozenset[str]:
    return history.writers_of(session, "amendment", [amendment_id]).get(amendment_id, frozenset())
