"""Benefits in kind: agreements with firms, and who is entitled by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import access, kept_rows
from app.errors import Refused
from app.values.entitlement import (
    AgreementCard,
    AgreementDraft,
    AgreementPage,
    EntitlementCard,
)
from app.values.support import Added
from app.workspace import Workspace
from data.records import entitlement as records
from data.records.entitlement import Agreement, Entitlement
from data.records.person import Person

AGREEMENTS_MAX = 500
ACTIVE, ENDED = "active", "ended"


def save_agreement(ws: Workspace, draft: AgreementDraft) -> str:
    """Write an agreement or correct it; answers its id.

    Raises Refused: agreement_unknown, days_reversed, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _agreement(session, draft.id) if draft.id else None
        values = kept_rows.checked(ws, "agreement", draft.fields, row, ("firm", "benefit"))
        kept_rows.refuse_reversed("agreement", values, row, "valid_from", "valid_until")
        made = row or Agreement(office_id=ws.office.id)
        kept_rows.put(session, made, values)
        return made.id


def add(ws: Workspace, agreement_id: str, person_ids: Sequence[str], on: str = "") -> Added:
    """Entitle persons from a day on (today); who is entitled already stays so.

    Refused are those whose degree the agreement does not name. Raises Refused: agreement_unknown,
    agreement_over.
    """
    ws.demand("enter")
    added, already, refused = 0, [], []
    with ws.db.write(ws.author()) as session:
        row = _agreement(session, agreement_id)
        if not _valid(ws, row):
            raise Refused.one("agreement_over", "id", agreement_id, firm=row.firm)
        day = on or ws.today().isoformat()
        since = kept_rows.checked(ws, "entitlement", {"entitled_from": day})
        inside = {
            who.id
            for one, who in records.entitled(session, agreement_id)
            if one.entitlement_status == ACTIVE
        }
        degrees = (row.for_degrees or "").split()
        for person_id in dict.fromkeys(person_ids):
            who = session.get(Person, person_id)
            fits = who is not None and (not degrees or who.degree in degrees)
            if who is None or not fits or not kept_rows.can_receive(who):
                refused.append((who.name or "") if who is not None else person_id)
            elif who.id in inside:
                already.append(who.name or "")
            else:
                _entitle(ws, session, row, who.id, since)
                added += 1
    return Added(added, tuple(already), tuple(refused))


def save(ws: Workspace, entitlement_id: str, fields: Mapping[str, object]) -> None:
    """Correct one person's benefit: number of the card, days, note."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, Entitlement, entitlement_id, "entitlement_unknown")
        values = kept_rows.checked(ws, "entitlement", fields, row)
        kept_rows.refuse_reversed("entitlement", values, row, "entitled_from", "entitled_until")
        kept_rows.put(session, row, values)


def end(ws: Workspace, entitlement_ids: Sequence[str], reason: str, on: str = "") -> int:
    """End benefits from a day on (today), with the reason; answers how many ended."""
    ws.demand("enter")
    day = on or ws.today().isoformat()
    typed = {"entitlement_status": ENDED, "entitled_until": day, "entitlement_note": reason}
    values = kept_rows.checked(ws, "entitlement", typed, required=("entitlement_note",))
    with ws.db.write(ws.author()) as session:
        rows = [
            kept_rows.found(session, Entitlement, one, "entitlement_unknown")
            for one in entitlement_ids
        ]
        live = [row for row in rows if row.entitlement_status != ENDED]
        for row in live:
            kept_rows.put(session, row, values)
        return len(live)


def remove(ws: Workspace, entitlement_id: str, reason: str) -> None:
    """Take a benefit written by mistake off."""
    kept_rows.withdraw(ws, Entitlement, entitlement_id, reason, "entitlement_unknown")


def agreements(ws: Workspace) -> tuple[AgreementCard, ...]:
    """All agreements, the one valid longest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.agreements(session, AGREEMENTS_MAX)
        counts = records.counts(session, [row.id for row in rows])
        return tuple(_agreement_card(ws, row, counts.get(row.id, 0)) for row in rows)


def page(ws: Workspace, agreement_id: str) -> AgreementPage:
    """An agreement and its list, by name; the look at each person is logged. Raises Refused."""
    ws.demand("view")
    with ws.db.read() as session:
        row = _agreement(session, agreement_id)
        lines = tuple(_card(ws, one, who) for one, who in records.entitled(session, row.id))
        persons = records.counts(session, [row.id]).get(row.id, 0)
        answer = AgreementPage(_agreement_card(ws, row, persons), lines)
    access.looked(ws, [one.person_id for one in lines], "list")
    return answer


def of_person(ws: Workspace, person_id: str) -> tuple[EntitlementCard, ...]:
    """The benefits of a person, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        who = session.get(Person, person_id)
        if who is None:
            return ()
        return tuple(_card(ws, row, who) for row in records.of_person(session, person_id))


def _agreement(session: Session, agreement_id: str | None) -> Agreement:
    return kept_rows.found(session, Agreement, agreement_id, "agreement_unknown")


def _valid(ws: Workspace, row: Agreement) -> bool:
    return not _past(ws, row.valid_until)


def _past(ws: Workspace, until: str | None) -> bool:
    """Whether a last day, month or year is over."""
    return bool(until) and str(until) < ws.today().isoformat()[: len(str(until))]


def _entitle(
    ws: Workspace, session: Session, row: Agreement, person_id: str, since: Mapping[str, object]
) -> None:
    """The person's benefit; one that ended begins again."""
    key = records.entitlement_id(row.id, person_id)
    made = session.get(Entitlement, key)
    if made is None:
        made = Entitlement(id=key, office_id=ws.office.id, person_id=person_id)
        made.agreement_id = row.id
    made.deleted_at = made.deleted_reason = None
    told = {"firm": row.firm, "benefit": row.benefit, "entitlement_status": ACTIVE}
    kept_rows.put(session, made, told | {"entitled_until": row.valid_until} | dict(since))


def _agreement_card(ws: Workspace, row: Agreement, persons: int) -> AgreementCard:
    told = kept_rows.shown(ws, "agreement", row)
    return AgreementCard(row.id, told, persons, _valid(ws, row), row.updated_by, row.updated_at)


def _card(ws: Workspace, row: Entitlement, who: Person) -> EntitlementCard:
    return EntitlementCard(
        id=row.id,
        person_id=who.id,
        name=who.name or "",
        birth=who.birth,
        commune=who.commune,
        hamlet=who.hamlet or "",
        degree=who.degree,
        certificate=who.certificate_number or "",
        agreement_id=row.agreement_id,
        fields=kept_rows.shown(ws, "entitlement", row),
        by=row.updated_by,
        at=row.updated_at,
        holds=row.entitlement_status != ENDED
        and not _past(ws, row.entitled_until)
        and kept_rows.can_receive(who),
    )
