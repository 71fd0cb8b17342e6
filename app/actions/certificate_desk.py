"""What waits to be issued: certificates that are written, and files ready to have one written."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from app.actions import certificate, certificate_basis, field_values
from app.errors import Refused
from app.values.certificate import CertificateCard, CertificateFilter, ToIssue
from app.wording import language
from app.workspace import Workspace
from data import codes, fields
from data.records import certificate as records
from data.records import certificate_ready
from data.records.application import Application
from data.records.person import Person

SHOWN_MAX = 500


def to_issue(ws: Workspace, person_id: str = "") -> tuple[ToIssue, ...]:
    """Everything that waits, of everybody or of one person: what is written first, in the order
    of the hearings, so that numbers follow it."""
    ws.demand("view")
    written = (
        certificate.of_person(ws, person_id)
        if person_id
        else certificate.listing(ws, CertificateFilter(states=(records.DRAFT,)), SHOWN_MAX)
    )
    drafts = [one for one in written if one.state == records.DRAFT]
    with ws.db.read() as session:
        cards = {card.id: card for card in drafts}
        order = [one.id for one in records.as_heard(session, list(cards))]
        told = [_written(ws, session, cards[one]) for one in order]
        ready = list(_ready(session, person_id, {one.person_id for one in drafts}))
    return (*told, *ready)


def old_and_new(card: CertificateCard) -> str:
    """What issuing changes in the person's own record, in words."""
    parts = []
    for name, old, new in card.changes:
        field = fields.get("person", name)
        before, after = (field_values.readable(field, one, language()) for one in (old, new))
        parts.append(f"{field.label(language())}: {before or '—'} → {after or '—'}")
    return "; ".join(parts)


def _written(ws: Workspace, session: Session, card: CertificateCard) -> ToIssue:
    row = session.get(Application, card.application_id) if card.application_id else None
    return ToIssue(
        card.id,
        card.person_id,
        card.name,
        card.id,
        card.application_id,
        card.text("basis"),
        card.text("degree"),
        old_and_new(card),
        (row.due_on or "") if row is not None else "",
        ws.user.login in certificate.writers(session, certificate.found(session, card.id)),
        card.doubts,
        card.outdated,
    )


def _ready(session: Session, person_id: str, waiting: set[str]) -> Iterator[ToIssue]:
    given = 0
    for row, who in certificate_ready.files(session, person_id):
        found = _of_file(session, row, who) if who.id not in waiting else None
        if found is not None:
            yield found
            given += 1
        if given == SHOWN_MAX:
            return


def _of_file(session: Session, row: Application, who: Person) -> ToIssue | None:
    try:
        draft = certificate_basis.draft_of(session, row)
    except Refused:
        return None  # nothing to issue on: no certificate to replace, nothing concluded
    words = codes.label("certificate_basis", draft.basis, language())
    return ToIssue(
        f"file:{row.id}", who.id, who.name or "", "", row.id, words, "", "", row.due_on or "", False
    )
