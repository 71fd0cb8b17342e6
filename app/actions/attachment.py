"""Photos and scans of a person: add, look at, remove with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, confidential_file, consent, field_values, kept_rows, person, sharing
from app.errors import Problem, Refused
from app.values.attachment import AttachmentCard, AttachmentDraft, Prepared, State
from app.wording import translate
from app.workspace import Workspace
from data import text
from data.base import instant_text
from data.records import attachment as records
from data.records import blob, blob_waiting, merger
from data.records.application import Application
from data.records.attachment import Attachment
from data.records.blob import Blob
from data.records.care_case import CareCase

FILE_BYTES_MAX = 25_000_000
PER_PERSON_MAX = 100
CONSENT = "consent"
"""The basis of keeping a file that needs the day of the consent; the kind of a written consent."""
OUTSIDE = "case_file"
"""The purpose of sharing that a file given outside has."""
PICTURES = ("photo", "house")
"""Kinds that are photos of somebody or something; the others are papers and may be PDFs."""


def add(
    ws: Workspace, person_id: str, source: Path | bytes, draft: AttachmentDraft
) -> AttachmentCard:
    """Keep a photo or scan of a person, shrunk, with the basis for keeping it.

    Raises Refused: application_unknown, case_unknown, legal_basis_needed,
    consent_day_needed, consent_paper_unknown, attachment_twice, attachments_too_many,
    person_unknown, attachment_confidential, and what `pictures.prepare` says about the file.
    """
    from app import pictures  # late: it brings two big libraries that looking needs not

    ws.demand("enter")
    values = _checked(ws, draft)
    prepared = pictures.prepare(_bytes(source), values["attachment_kind"] in PICTURES)
    if not values.get("title"):
        values["title"] = text.tidy(source.stem)[:200] if isinstance(source, Path) else None
    if draft.confidential:
        title = str(values.pop("title") or "")
        prepared, values["sealed"] = confidential_file.lock(ws, prepared, title)
    with ws.db.write(ws.author()) as session:
        person.found(session, person_id)
        kept = records.of_person(session, person_id)
        _refuse_more(kept, prepared)
        _refuse_foreign_case(session, person_id, draft.case_id)
        _refuse_foreign_file(session, person_id, draft.application_id)
        _refuse_other_consent(kept, draft.consent_id)
        row = _kept(ws, session, draft, person_id, prepared)
        for name, value in values.items():
            setattr(row, name, value)
        session.flush()
        return _card(ws, session, row, person_id)


def of_person(ws: Workspace, person_id: str, removed: bool = False) -> tuple[AttachmentCard, ...]:
    """The kept files of a person (or those that were removed), oldest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id, removed)
        return cards(ws, session, rows, person_id)


def of_application(ws: Workspace, application_id: str) -> tuple[AttachmentCard, ...]:
    """The copies of papers that were shown with an application, oldest first."""
    ws.demand("view")
    with ws.db.read() as session:
        file = kept_rows.found(session, Application, application_id, "application_unknown")
        rows = records.of_application(session, application_id)
        return cards(ws, session, rows, merger.survivor(session, file.person_id))


def ask(ws: Workspace, ids: Sequence[str]) -> int:
    """Carry the originals of these files over any line with the next rounds: to this PC, or from
    it. Answers how many there were to ask for.

    Raises Refused `attachment_unknown`.
    """
    ws.demand("sync")
    now = instant_text(ws.clock())
    asked = 0
    with ws.db.write(ws.author()) as session:
        for one in ids:
            row = _found(session, one)
            known = blob.standing(session, [row.sha256]).get(row.sha256)
            if known is None or not known.whole or known.sent < known.size:
                blob_waiting.ask(session, row.sha256, row.size, now)
                asked += 1
    return asked


def content(ws: Workspace, attachment_id: str) -> bytes:
    """The bytes of a kept file (JPEG or PDF); the look is logged.

    Raises Refused: attachment_unknown, attachment_not_here (its bytes have not arrived yet),
    attachment_confidential (not for this user).
    """
    ws.demand("view")
    person_id, answer = _read(ws, attachment_id)
    access.seen(ws, person_id, "view", f"attachment {attachment_id}")
    return answer


def export(ws: Workspace, attachment_id: str, path: Path, recipient: str = "") -> int:
    """Write a kept file (JPEG or PDF) out of the store; answers its bytes. The export is logged.

    With a recipient it leaves the office: both approvals are asked for, and it is written down.
    What is confidential or kept on no basis stays in it. Raises Refused: not_allowed,
    export_not_written, file_closed_stays, what `consent.unfounded` names, and what `content` and
    `sharing.demand` raise.
    """
    ws.demand("export")
    person_id, found = _read(ws, attachment_id)
    if recipient:
        _refuse_inside_only(ws, attachment_id, person_id)
        leave = sharing.demand(ws, person_id, OUTSIDE, recipient)
        sharing.record(ws, (leave,), translate("Bản chụp giấy tờ"))
    access.seen(ws, person_id, "export", f"attachment {attachment_id}")
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(found)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise Refused.one("export_not_written", "out", path.name, reason=reason) from error
    return len(found)


def thumbnails(ws: Workspace, person_id: str) -> dict[str, bytes]:
    """Small JPEG pictures (at most 20 KB each) of a person's files, by attachment id; logged.

    Those of confidential files are there for who may read them.
    """
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id)
        small = blob.contents(session, [row.small_sha256 or "" for row in rows])
        known = [row for row in rows if row.small_sha256 in small]
        found = {
            row.id: confidential_file.plain(ws, row, small[row.small_sha256 or ""])
            for row in confidential_file.readable(ws, known)
        }
    if found:
        access.looked(ws, (person_id,), "pictures")
    return found


def portraits(ws: Workspace, person_ids: Sequence[str]) -> dict[str, bytes]:
    """Small portrait photos by person id (at most 500 persons), for lists and heads; logged."""
    ws.demand("view")
    with ws.db.read() as session:
        digests = records.portraits(session, person_ids)
        small = blob.contents(session, tuple(digests.values()))
    found = {who: small[digest] for who, digest in digests.items() if digest in small}
    access.looked(ws, tuple(found), "pictures")
    return found


def remove(ws: Workspace, attachment_id: str, reason: str) -> None:
    """Take a file off a person, with a reason (a wrong file, a consent withdrawn)."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = _found(session, attachment_id)
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = why


def found_on(ws: Workspace, attachment_id: str, basis: str, consent_on: str = "") -> None:
    """Say on what basis a file is kept, where none was recorded or the former one fell away.

    Raises Refused: attachment_unknown, legal_basis_needed, consent_day_needed, unknown_code.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = _found(session, attachment_id)
        kind = row.attachment_kind or "other"
        draft = AttachmentDraft(kind, legal_basis=basis, consent_on=consent_on)
        values = _checked(ws, draft)
        row.legal_basis = str(values["legal_basis"])
        row.consent_on = str(values["consent_on"]) if values["consent_on"] else None


def restore(ws: Workspace, attachment_id: str) -> None:
    """Put a removed file back."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = session.get(Attachment, attachment_id)
        if row is None:
            raise Refused.one("attachment_unknown", "id", attachment_id)
        row.deleted_at = None
        row.deleted_reason = None


def cards(
    ws: Workspace, session: Session, rows: Sequence[Attachment], person_id: str
) -> tuple[AttachmentCard, ...]:
    """Kept files of a person, each with where its bytes are."""
    digests = [row.sha256 for row in rows] + [row.small_sha256 or "" for row in rows]
    standing = blob.standing(session, digests)
    return tuple(_card_of(ws, row, standing, person_id) for row in rows)


def _card(ws: Workspace, session: Session, row: Attachment, person_id: str) -> AttachmentCard:
    return cards(ws, session, [row], person_id)[0]


def _card_of(
    ws: Workspace, row: Attachment, standing: Mapping[str, Blob], person_id: str
) -> AttachmentCard:
    original, small = standing.get(row.sha256), standing.get(row.small_sha256 or "")
    hidden = not confidential_file.readable(ws, [row])
    return AttachmentCard(
        id=row.id,
        person_id=person_id,
        case_id=row.case_id,
        kind=row.attachment_kind or "",
        title=confidential_file.title(ws, row),
        legal_basis=row.legal_basis or "",
        taken_on=row.taken_on,
        mime=row.mime,
        width=row.width,
        height=row.height,
        size=row.size,
        sha256=row.sha256,
        here=original is not None and original.whole,
        by=row.created_by,
        at=row.created_at,
        consent_on=row.consent_on,
        consent_id=row.consent_id,
        state=_state(original, small),
        arrived=original.kept if original else 0,
        sent=original is not None and original.sent == original.size,
        confidential=row.sealed is not None,
        hidden=hidden,
        application_id=row.application_id,
    )


def _state(original: Blob | None, small: Blob | None) -> State:
    if original is not None:
        if original.whole:
            return "here"
        if original.kept:
            return "fetching"
        if original.damaged:
            return "damaged"
        if original.asked_at:
            return "asked"
    return "small" if small is not None and small.whole else "waiting"


def _kept(
    ws: Workspace, session: Session, draft: AttachmentDraft, person_id: str, prepared: Prepared
) -> Attachment:
    """The record of a file, its bytes and its small picture beside it."""
    small = hashlib.sha256(prepared.thumbnail).hexdigest()
    blob.put(session, prepared.sha256, prepared.content)
    blob.put(session, small, prepared.thumbnail)
    row = Attachment(
        office_id=ws.office.id,
        person_id=person_id,
        case_id=draft.case_id,
        consent_id=draft.consent_id or None,
        application_id=draft.application_id or None,
        sha256=prepared.sha256,
        mime=prepared.mime,
        width=prepared.width,
        height=prepared.height,
        size=prepared.size,
        small_sha256=small,
        small_size=len(prepared.thumbnail),
    )
    session.add(row)
    return row


def _read(ws: Workspace, attachment_id: str) -> tuple[str, bytes]:
    """Whose a kept file is, and its bytes."""
    with ws.db.read() as session:
        row = _found(session, attachment_id)
        if not confidential_file.readable(ws, [row]):
            raise Refused.one("attachment_confidential", "id", attachment_id)
        found = confidential_file.content(ws, session, row)
        if found is None:
            raise Refused.one("attachment_not_here", "id", attachment_id)
        return merger.survivor(session, row.person_id), found


def _refuse_inside_only(ws: Workspace, attachment_id: str, person_id: str) -> None:
    with ws.db.read() as session:
        code = consent.unfounded(session, person_id).get(attachment_id)
        if _found(session, attachment_id).sealed:
            code = "file_closed_stays"
    if code:
        raise Refused.one(code, "id", attachment_id)


def _checked(ws: Workspace, draft: AttachmentDraft) -> dict[str, object]:
    typed = {
        "attachment_kind": draft.kind,
        "title": draft.title,
        "legal_basis": draft.legal_basis,
        "taken_on": draft.taken_on,
        "consent_on": draft.consent_on,
    }
    cleaned = field_values.clean(ws, "attachment", typed)
    problems = list(cleaned.problems)
    if not draft.legal_basis.strip():
        problems.append(Problem.of("legal_basis_needed", "legal_basis"))
    if cleaned.values.get("legal_basis") == CONSENT and not draft.consent_on.strip():
        problems.append(Problem.of("consent_day_needed", "consent_on"))
    if not draft.kind.strip():
        problems.append(Problem.of("attachment_kind_needed", "attachment_kind"))
    if problems:
        raise Refused(problems)
    return cleaned.values


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > FILE_BYTES_MAX:
            limit_mb = FILE_BYTES_MAX // 1_000_000
            raise Refused.one("file_too_large", "file", source.name, limit_mb=limit_mb)
        return source.read_bytes()
    except OSError:
        raise Refused.one("file_unreadable", "file", source.name) from None


def _refuse_more(kept: Sequence[Attachment], prepared: Prepared) -> None:
    for row in kept:
        if row.sha256 == prepared.sha256:
            raise Refused.one("attachment_twice", "file", row.title)
    if len(kept) >= PER_PERSON_MAX:
        raise Refused.one("attachments_too_many", "file", limit=PER_PERSON_MAX)


def _refuse_foreign_file(session: Session, person_id: str, application_id: str | None) -> None:
    file = session.get(Application, application_id) if application_id else None
    if application_id and (
        file is None or file.person_id not in merger.everybody(session, person_id)
    ):
        raise Refused.one("application_unknown", "id", application_id)


def _refuse_foreign_case(session: Session, person_id: str, case_id: str | None) -> None:
    case = session.get(CareCase, case_id) if case_id else None
    if case_id and (case is None or case.person_id not in merger.everybody(session, person_id)):
        raise Refused.one("case_unknown", "id", case_id)


def _refuse_other_consent(kept: Sequence[Attachment], consent_id: str | None) -> None:
    """The written consent is one of the person's own kept files."""
    papers = {row.id for row in kept if row.attachment_kind == CONSENT}
    if consent_id and consent_id not in papers:
        raise Refused.one("consent_paper_unknown", "consent_id", consent_id)


def _found(session: Session, attachment_id: str) -> Attachment:
    row = session.get(Attachment, attachment_id)
    if row is None or row.deleted_at:
        raise Refused.one("attachment_unknown", "id", attachment_id)
    return row
