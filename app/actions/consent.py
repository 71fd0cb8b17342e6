"""On what basis a person's data may be shared: record it, correct it, withdraw it, list it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import field_values, person
from app.errors import Problem, Refused
from app.rules import consent as rules
from app.rules.consent import Basis, Subject
from app.values.sharing import ConsentCard, ConsentDraft
from app.wording import language
from app.workspace import Workspace
from data import codes, fields
from data.base import instant_text
from data.records import attachment, merger, sharing
from data.records import consent as records
from data.records.attachment import Attachment
from data.records.consent import Consent
from data.records.person import Person

PAPER = "consent"
"""The kind of file that is a written consent."""
DEAD = "dead"
OWN = ("consent_basis", "consenter", "consented_on")
NEEDED = ("consent_purpose", "consent_basis")


def save(ws: Workspace, draft: ConsentDraft) -> str:
    """Record a basis for a purpose, or correct one that was not withdrawn; answers its id.

    What it still lacks is told by `of_person` and hinders sharing, not recording: the officer who
    has heard half of it writes down that half. What can never hold, a child's own consent, is not
    recorded. Raises Refused: person_unknown, consent_unknown, consent_purpose_needed,
    consent_basis_needed, consent_ended, consent_paper_unknown, consent_guardian_needed, or a
    problem for each value that cannot be taken.
    """
    ws.demand("enter")
    cleaned = field_values.clean(ws, "consent", draft.fields)
    problems = list(cleaned.problems)
    problems += [
        Problem.of("consent_withdraw_apart", name)
        for name in ("withdrawn_on", "withdrawal_note")
        if name in draft.fields
    ]
    with ws.db.write(ws.author()) as session:
        who = person.found(session, draft.person_id)
        row = _found(session, draft.person_id, draft.id) if draft.id else None
        if row is not None and row.withdrawn_on:
            raise Refused.one("consent_ended", "id", draft.id)
        for name in NEEDED:
            if not cleaned.values.get(name, getattr(row, name, None)):
                problems.append(Problem.of(f"{name}_needed", name))
        paper_id = draft.paper_id
        if paper_id is None and row is not None:
            paper_id = row.paper_id
        _refuse_other_paper(session, draft.person_id, paper_id)
        problems += _not_hers_to_give(ws, who, row, cleaned.values)
        if problems:
            raise Refused(problems)
        if row is None:
            row = Consent(office_id=ws.office.id, person_id=draft.person_id)
            row.consented_on = ws.today().isoformat()
            session.add(row)
        row.paper_id = paper_id or None
        for name, value in cleaned.values.items():
            setattr(row, name, value)
        session.flush()
        return row.id


def withdraw(ws: Workspace, consent_id: str, note: str, on: str = "") -> tuple[str, ...]:
    """The person takes a consent back, on a day (today when none is named), told in a note.

    Every other standing consent for the same purpose and recipient falls with it: she said no to
    the sharing, not to one of our lines. Requests that stand on them end. Answers the ids of what
    was shared on them before, so that those recipients are told (Luật 91/2025/QH15 Đ.10). Raises
    Refused: consent_unknown, consent_ended, reason_needed, date problems.
    """
    ws.demand("enter")
    words = field_values.reason(note)
    typed = {"withdrawn_on": on or ws.today().isoformat(), "withdrawal_note": words}
    cleaned = field_values.clean(ws, "consent", typed)
    if cleaned.problems:
        raise Refused(cleaned.problems)
    with ws.db.write(ws.author()) as session:
        row = session.get(Consent, consent_id)
        if row is None or row.deleted_at:
            raise Refused.one("consent_unknown", "id", consent_id)
        if row.withdrawn_on:
            raise Refused.one("consent_ended", "id", consent_id)
        who = merger.survivor(session, row.person_id)
        about = _same_will(session, who, row)
        seen = basis(row, ())
        for one in about:
            if not one.withdrawn_on and (one is row or _reaches(seen, one)):
                for name, value in cleaned.values.items():
                    setattr(one, name, value)
        stood_on = {one.id for one in about}
        acts = []
        for act in sharing.of_person(session, who):
            if act.consent_id not in stood_on or not rules.covers(seen, act.recipient or ""):
                continue
            if act.sharing_state == sharing.SHARED:
                acts.append(act.id)
            elif act.sharing_state in sharing.STANDING:
                act.sharing_state, act.sharing_answer = sharing.ENDED, words
        return tuple(acts)


def remove(ws: Workspace, consent_id: str, reason: str) -> None:
    """Take off a basis that was written by mistake, with a reason; a withdrawal is not that.

    Raises Refused (consent_unknown, consent_used, reason_needed).
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = session.get(Consent, consent_id)
        if row is None or row.deleted_at:
            raise Refused.one("consent_unknown", "id", consent_id)
        who = merger.survivor(session, row.person_id)
        if any(one.consent_id == row.id for one in sharing.of_person(session, who)):
            raise Refused.one("consent_used", "id", consent_id)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def of_person(ws: Workspace, person_id: str) -> tuple[ConsentCard, ...]:
    """Every basis of a person, withdrawn ones too, newest first, with what each still lacks."""
    ws.demand("view")
    with ws.db.read() as session:
        who = person.found(session, person_id)
        files = {one.id: one for one in attachment.of_person(session, person_id)}
        rows = records.of_person(session, person_id)
        every = [basis(row, set(files)) for row in rows]
        cards = []
        for row, seen in zip(rows, every, strict=True):
            when = (seen.recipient, ws.today())
            lacking = rules.lacks_beside(seen, every, subject(who), when)
            cards.append(_card(row, seen, lacking, files))
        return tuple(cards)


def photos_without(ws: Workspace, person_id: str) -> dict[str, str]:
    """Files that are kept on no standing basis, by id, with the code of what is wrong.

    A photo kept by consent stands on the consent for photos where one is recorded: once that is
    withdrawn, the photo goes or another basis is named.
    """
    ws.demand("view")
    with ws.db.read() as session:
        return unfounded(session, person_id)


def unfounded(session: Session, person_id: str) -> dict[str, str]:
    """As `photos_without`, within somebody's session."""
    for_photos = [one for _key, one in bases(session, person_id) if one.purpose == "photo"]
    withdrawn = bool(for_photos) and all(
        one.withdrawn_on or rules.taken_back(one, for_photos, one.recipient) for one in for_photos
    )
    found = {}
    for one in attachment.of_person(session, person_id):
        if not one.legal_basis:
            found[one.id] = "file_basis_missing"
        elif one.legal_basis == rules.CONSENT and not one.consent_on:
            found[one.id] = "file_consent_day_missing"
        elif one.legal_basis == rules.CONSENT and withdrawn and _is_photo(one):
            found[one.id] = "file_consent_withdrawn"
    return found


def bases(session: Session, person_id: str) -> list[tuple[str, Basis]]:
    """What the rule looks at: every basis of a person by id, newest first."""
    files = {one.id for one in attachment.of_person(session, person_id)}
    return [(row.id, basis(row, files)) for row in records.of_person(session, person_id)]


def basis(row: Consent, files: Sequence[str] | set[str]) -> Basis:
    """A row as the rule sees it; `files` are the ids of the person's kept files."""
    return Basis(
        purpose=row.consent_purpose or "",
        basis=row.consent_basis or "",
        source=row.consent_source or "",
        on=row.consented_on or "",
        by=row.consenter or "",
        by_name=row.consenter_name or "",
        not_own=row.not_own_reason or "",
        child_agreed=bool(row.child_agreed),
        form=row.consent_form or "",
        witness=row.consent_witness or "",
        recipient=row.consent_recipient or "",
        until=row.consent_until or "",
        withdrawn_on=row.withdrawn_on or "",
        scanned=row.paper_id in files,
    )


def subject(who: Person) -> Subject:
    """Whom the rule asks about."""
    return Subject(who.birth or "", who.life_state == DEAD)


def _not_hers_to_give(
    ws: Workspace, who: Person, row: Consent | None, values: Mapping[str, object]
) -> list[Problem]:
    """Why she cannot consent herself, as it is going to be written."""
    told = {name: getattr(row, name, None) for name in ("consent_purpose", *OWN)} | dict(values)
    purpose, basis_, by, on = (str(told[name] or "") for name in ("consent_purpose", *OWN))
    seen = Basis(purpose, basis_, by=by, on=on or ws.today().isoformat())
    facts = {"name": who.name, "purpose": codes.label("sharing_purpose", purpose, language())}
    return [
        Problem.of(code, "consenter", by, **facts) for code in rules.not_own(seen, subject(who))
    ]


def _card(
    row: Consent, seen: Basis, lacking: tuple[str, ...], files: dict[str, Attachment]
) -> ConsentCard:
    paper = files.get(row.paper_id or "")
    return ConsentCard(
        id=row.id,
        person_id=row.person_id,
        purpose=row.consent_purpose or "",
        basis=row.consent_basis or "",
        fields={
            one.name: field_values.shown(one, getattr(row, one.name))
            for one in fields.of("consent")
        },
        paper_id=row.paper_id,
        paper=(paper.title or "") if paper is not None else "",
        lacks=lacking,
        remarks=rules.remarks(seen),
        withdrawn_on=row.withdrawn_on or "",
        by=row.updated_by,
        at=row.updated_at,
    )


def _same_will(session: Session, person_id: str, row: Consent) -> list[Consent]:
    """A consent with all others for its purpose; what stands on a law or an emergency is alone."""
    if row.consent_basis != rules.CONSENT:
        return [row]
    return [
        one
        for one in records.of_person(session, person_id)
        if (one.consent_purpose, one.consent_basis) == (row.consent_purpose, rules.CONSENT)
    ]


def _reaches(seen: Basis, other: Consent) -> bool:
    """Whether another consent falls wholly with this one: it is for no recipient beyond it."""
    return not seen.recipient or bool(
        other.consent_recipient and rules.covers(seen, other.consent_recipient)
    )


def _found(session: Session, person_id: str, consent_id: str | None) -> Consent:
    row = session.get(Consent, consent_id)
    theirs = merger.everybody(session, person_id)
    if row is None or row.deleted_at or row.person_id not in theirs:
        raise Refused.one("consent_unknown", "id", consent_id)
    return row


def _refuse_other_paper(session: Session, person_id: str, paper_id: str | None) -> None:
    """The scan is one of the person's own kept files, and a written consent."""
    kept = attachment.of_person(session, person_id)
    if paper_id and paper_id not in {one.id for one in kept if one.attachment_kind == PAPER}:
        raise Refused.one("consent_paper_unknown", "paper_id", paper_id)


def _is_photo(row: Attachment) -> bool:
    return row.attachment_kind in ("photo", "house")
