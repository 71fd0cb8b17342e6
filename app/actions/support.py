"""Supports of one person: in money, in kind, in work; with a need or without."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import kept_rows, referral
from app.errors import Problem, Refused
from app.values.support import SupportCard, SupportDraft
from app.workspace import Workspace
from data import fields
from data.records import support as records
from data.records.support import GiftRound, Support

RECEIVED, PLANNED = "received", "planned"
REQUIRED = ("support_what", "support_kind")


def save(ws: Workspace, draft: SupportDraft) -> str:
    """Write a support of a person or correct one; answers its id. It closes no need.

    Without a status it was received when its day is not ahead. Raises Refused: person_unknown,
    support_unknown, need_unknown, case_unknown, support_money, support_twice.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def write(ws: Workspace, session: Session, draft: SupportDraft) -> str:
    """`save` within a transaction of somebody else's."""
    row = kept_rows.of_the_person(session, Support, draft.person_id, draft.id, "support_unknown")
    values = kept_rows.checked(ws, "support", draft.fields, row, REQUIRED)
    made = row or Support(office_id=ws.office.id, person_id=draft.person_id)
    whole = {field.name: getattr(made, field.name) for field in fields.of("support")} | values
    if whole["support_kind"] == "money" and not whole["support_value"]:
        raise Refused([Problem.of("support_money", "support_value")])
    today = ws.today().isoformat()
    if row is None:
        ahead = str(whole["support_on"] or today) > today
        values.setdefault("support_status", PLANNED if ahead else RECEIVED)
    status = values.get("support_status", made.support_status)
    if status == RECEIVED and not whole["support_on"]:
        values["support_on"] = whole["support_on"] = today
    if status == RECEIVED and str(whole["support_on"]) > today:
        label = fields.get("support", "support_on").vi
        raise Refused.one("date_in_future", "support_on", whole["support_on"], label=label)
    _refuse_twice(session, draft, whole)
    kept_rows.put(session, made, values | referral.besides(session, draft))
    return made.id


def remove(ws: Workspace, support_id: str, reason: str) -> None:
    """Take a support written by mistake off, with a reason."""
    kept_rows.withdraw(ws, Support, support_id, reason, "support_unknown")


def of_person(ws: Workspace, person_id: str) -> tuple[SupportCard, ...]:
    """What a person was given or is to be given, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id)
        return tuple(card(ws, session, row, person_id) for row in rows)


def card(ws: Workspace, session: Session, row: Support, person_id: str) -> SupportCard:
    """A support as a frozen value, under whom it belongs to now."""
    gift_round = session.get(GiftRound, row.gift_round_id) if row.gift_round_id else None
    return SupportCard(
        id=row.id,
        person_id=person_id,
        fields=kept_rows.shown(ws, "support", row),
        need_id=row.need_id,
        case_id=row.case_id,
        gift_round_id=row.gift_round_id,
        round_name=(gift_round.round_name or "") if gift_round is not None else "",
        by=row.updated_by,
        at=row.updated_at,
    )


def _refuse_twice(session: Session, draft: SupportDraft, whole: dict[str, object]) -> None:
    """The same thing from the same donor on the same day is a slip of the pen."""
    same = ("support_what", "support_on", "donor", "support_value")
    for other in records.of_person(session, draft.person_id):
        alike = all(getattr(other, name) == whole[name] for name in same)
        if alike and other.id != draft.id and whole["support_on"]:
            day = str(whole["support_on"])
            raise Refused.one("support_twice", "support_what", whole["support_what"], day=day)
