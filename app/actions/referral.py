"""Referrals: written, sent, answered, served; what was refused says why."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from app.actions import access, kept_rows
from app.errors import Problem, Refused
from app.rules import support as rules
from app.values.referral import (
    ReferralCard,
    ReferralDraft,
    ReferralsFilter,
    ReferralsPage,
    ReferralStep,
)
from app.workspace import Workspace
from data import codes
from data.records import merger
from data.records import referral as records
from data.records.attachment import Attachment
from data.records.care_case import CareCase
from data.records.need import Need
from data.records.person import Person
from data.records.provider import Provider
from data.records.referral import Referral

WRITTEN, PAPER = "written", "paper"
DAY_OF = {"sent": "sent_on", "accepted": "answered_on", "refused": "answered_on",
          "served": "served_on"}  # fmt: skip
"""The field that keeps the day of a step."""
AFTER_SENT = ("answer_due_on", "answered_on", "served_on")
BESIDES = (
    (Need, "need_id", "need_unknown"),
    (CareCase, "case_id", "case_unknown"),
)


def save(ws: Workspace, draft: ReferralDraft) -> str:
    """Write a referral or correct one; answers its id.

    A new one begins as written; one from an old paper ("theo hồ sơ cũ") as it stands there.
    Raises Refused: person_unknown, referral_unknown, provider_unknown, need_unknown, case_unknown,
    referral_by_step, days_reversed, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.of_the_person(
            session, Referral, draft.person_id, draft.id, "referral_unknown"
        )
        typed = dict(draft.fields)
        if draft.provider_id:
            service = kept_rows.found(session, Provider, draft.provider_id, "provider_unknown")
            typed.setdefault("referred_to", service.provider_name or service.service_name)
            typed.setdefault("service_asked", service.service_name)
        values = kept_rows.checked(ws, "referral", typed, row, ("referred_to",))
        _refuse_by_hand(row, values)
        for later in AFTER_SENT:
            kept_rows.refuse_reversed("referral", values, row, "sent_on", later)
        made = row or Referral(
            office_id=ws.office.id, person_id=draft.person_id, referral_status=WRITTEN
        )
        values |= besides(session, draft)
        if draft.provider_id:
            values["provider_id"] = draft.provider_id
        kept_rows.put(session, made, values)
        return made.id


def step(ws: Workspace, referral_id: str, draft: ReferralStep) -> None:
    """Write down what became of a referral. Taking a slip back needs a word of why.

    Raises Refused: referral_unknown, referral_move, referral_why, attachment_unknown,
    days_reversed.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, Referral, referral_id, "referral_unknown")
        before, after = row.referral_status or WRITTEN, draft.status
        code = rules.referral_step(before, after, draft.note.strip())
        if code is not None:
            field = "answer_note" if code == "referral_why" else "referral_status"
            words = [codes.label("referral_status", one) for one in (before, after)]
            raise Refused.one(code, field, after, before=words[0], after=words[1])
        typed: dict[str, object] = {"referral_status": after}
        if after in DAY_OF and after in rules.referral_moves(before):
            typed[DAY_OF[after]] = draft.on or ws.today().isoformat()
        if draft.note.strip():
            typed["answer_note"] = draft.note
        typed |= {
            name: value
            for name, value in (
                ("answer_due_on", draft.due_on),
                ("letter_number", draft.letter_number),
            )
            if value
        }
        values = kept_rows.checked(ws, "referral", typed, row)
        for later in AFTER_SENT:
            kept_rows.refuse_reversed("referral", values, row, "sent_on", later)
        if draft.file_id:
            values["answer_file_id"] = _file(session, row.person_id, draft.file_id)
        kept_rows.put(session, row, values)


def remove(ws: Workspace, referral_id: str, reason: str) -> None:
    """Take a referral written by mistake off; one that was sent is withdrawn by a step instead."""
    kept_rows.withdraw(ws, Referral, referral_id, reason, "referral_unknown")


def of_person(ws: Workspace, person_id: str) -> tuple[ReferralCard, ...]:
    """The referrals of a person, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        who = session.get(Person, person_id)
        name = who.name or "" if who is not None else ""
        rows = records.of_person(session, person_id)
        return tuple(card(ws, row, person_id, name) for row in rows)


def listing(
    ws: Workspace, which: ReferralsFilter, limit: int = 100, offset: int = 0
) -> ReferralsPage:
    """Referrals of everybody who fits, the longest overdue first; the look is logged."""
    ws.demand("view")
    wanted = records.Wanted(
        which.statuses,
        ws.today().isoformat() if which.overdue else "",
        which.case_id,
        which.provider_id,
    )
    with ws.db.read() as session:
        rows = records.page(session, wanted, limit, offset)
        cards = tuple(card(ws, row, who.id, who.name or "") for row, who in rows)
        total = records.count(session, wanted)
    access.looked(ws, [one.person_id for one in cards], "list")
    return ReferralsPage(cards, total)


def card(ws: Workspace, row: Referral, person_id: str, name: str) -> ReferralCard:
    """A referral as a frozen value, under whom it belongs to now."""
    status = row.referral_status or WRITTEN
    return ReferralCard(
        id=row.id,
        person_id=person_id,
        person_name=name,
        fields=kept_rows.shown(ws, "referral", row),
        case_id=row.case_id,
        need_id=row.need_id,
        provider_id=row.provider_id,
        answer_file_id=row.answer_file_id,
        overdue=rules.is_overdue(status, row.answer_due_on, ws.today().isoformat()),
        moves=rules.referral_moves(status),
        by=row.updated_by,
        at=row.updated_at,
    )


def besides(session: Session, draft: object) -> dict[str, object]:
    """The need and the case a draft names, which must be the person's own. Raises Refused."""
    theirs = merger.everybody(session, getattr(draft, "person_id"))  # noqa: B009 - any draft
    found: dict[str, object] = {}
    for kind, name, code in BESIDES:
        row_id = getattr(draft, name, None)
        if row_id:
            row: Any = kept_rows.found(session, kind, row_id, code)  # type: ignore[type-var]
            if row.person_id not in theirs:
                raise Refused.one(code, name, row_id)
            found[name] = row_id
    return found


def _refuse_by_hand(row: Referral | None, values: dict[str, object]) -> None:
    """A referral goes on by its steps, one from paper begins as it stood there."""
    status = values.get("referral_status", row.referral_status if row else WRITTEN)
    from_paper = values.get("referral_origin", getattr(row, "referral_origin", None)) == PAPER
    standing = row.referral_status if row else WRITTEN
    if status != standing and not (from_paper and row is None):
        raise Refused([Problem.of("referral_by_step", "referral_status", status)])


def _file(session: Session, person_id: str, file_id: str) -> str:
    row = session.get(Attachment, file_id)
    owners = merger.everybody(session, merger.survivor(session, person_id))
    if row is None or row.deleted_at or row.person_id not in owners:
        raise Refused.one("attachment_unknown", "id", file_id)
    return file_id
