"""Photos and scans of a person: add, look at, remove with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, field_values, person
from app.errors import Problem, Refused
from app.values.attachment import AttachmentCard, AttachmentDraft, Prepared
from app.workspace import Workspace
from data import text
from data.base import instant_text
from data.records import attachment as records
from data.records import merger
from data.records.attachment import Attachment, Blob
from data.records.care_case import CareCase

FILE_BYTES_MAX = 25_000_000
PER_PERSON_MAX = 100
CONSENT = "consent"
"""The basis of keeping a file that needs the day of the consent; the kind of a written consent."""
PICTURES = ("photo", "house")
"""Kinds that are photos of somebody or something; the others are papers and may be PDFs."""


def add(
    ws: Workspace, person_id: str, source: Path | bytes, draft: AttachmentDraft
) -> AttachmentCard:
    """Keep a photo or scan of a person, shrunk, with the basis for keeping it.

    Raises Refused: legal_basis_needed, consent_day_needed, consent_paper_unknown,
    attachment_twice, attachments_too_many, person_unknown, and what `pictures.prepare` says about
    the file.
    """
    from app import pictures  # late: it brings two big libraries that looking needs not

    ws.demand("enter")
    values = _checked(ws, draft)
    prepared = pictures.prepare(_bytes(source), values["attachment_kind"] in PICTURES)
    if not values.get("title"):
        values["title"] = text.tidy(source.stem)[:200] if isinstance(source, Path) else None
    with ws.db.write(ws.author()) as session:
        person.found(session, person_id)
        kept = records.of_person(session, person_id)
        _refuse_more(kept, prepared)
        _refuse_foreign_case(session, person_id, draft.case_id)
        _refuse_other_consent(kept, draft.consent_id)
        digest = prepared.sha256
        records.put_blob(session, digest, prepared.content, prepared.thumbnail)
        row = Attachment(
            office_id=ws.office.id,
            person_id=person_id,
            case_id=draft.case_id,
            consent_id=draft.consent_id or None,
            sha256=digest,
            mime=prepared.mime,
            width=prepared.width,
            height=prepared.height,
            size=prepared.size,
            **values,
        )
        session.add(row)
        session.flush()
        return card(row, {digest}, person_id)


def of_person(ws: Workspace, person_id: str, removed: bool = False) -> tuple[AttachmentCard, ...]:
    """The kept files of a person (or those that were removed), oldest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id, removed)
        here = records.blobs_here(session, [row.sha256 for row in rows])
        return tuple(card(row, here, person_id) for row in rows)


def content(ws: Workspace, attachment_id: str) -> bytes:
    """The bytes of a kept file (JPEG or PDF); the look is logged.

    Raises Refused: attachment_unknown, attachment_not_here (its bytes have not arrived yet).
    """
    ws.demand("view")
    person_id, answer = _read(ws, attachment_id)
    access.seen(ws, person_id, "view", f"attachment {attachment_id}")
    return answer


def export(ws: Workspace, attachment_id: str, path: Path) -> int:
    """Write a kept file (JPEG or PDF) out of the store; answers its bytes. The export is logged.

    Raises Refused: not_allowed, attachment_unknown, attachment_not_here, export_not_written.
    """
    ws.demand("export")
    person_id, found = _read(ws, attachment_id)
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
    """Small JPEG pictures (at most 20 KB each) of a person's files, by attachment id; logged."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id)
        small = records.thumbnails(session, [row.sha256 for row in rows])
    if small:
        access.looked(ws, (person_id,), "pictures")
    return {row.id: small[row.sha256] for row in rows if row.sha256 in small}


def portraits(ws: Workspace, person_ids: Sequence[str]) -> dict[str, bytes]:
    """Small portrait photos by person id (at most 500 persons), for lists and heads; logged."""
    ws.demand("view")
    with ws.db.read() as session:
        digests = records.portraits(session, person_ids)
        small = records.thumbnails(session, tuple(digests.values()))
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


def restore(ws: Workspace, attachment_id: str) -> None:
    """Put a removed file back."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = session.get(Attachment, attachment_id)
        if row is None:
            raise Refused.one("attachment_unknown", "id", attachment_id)
        row.deleted_at = None
        row.deleted_reason = None


def card(row: Attachment, here: set[str], person_id: str) -> AttachmentCard:
    """A kept file of a person; `here` are the contents whose bytes are on this PC."""
    return AttachmentCard(
        id=row.id,
        person_id=person_id,
        case_id=row.case_id,
        kind=row.attachment_kind or "",
        title=row.title or "",
        legal_basis=row.legal_basis or "",
        taken_on=row.taken_on,
        mime=row.mime,
        width=row.width,
        height=row.height,
        size=row.size,
        sha256=row.sha256,
        here=row.sha256 in here,
        by=row.created_by,
        at=row.created_at,
        consent_on=row.consent_on,
        consent_id=row.consent_id,
    )


def _read(ws: Workspace, attachment_id: str) -> tuple[str, bytes]:
    """Whose a kept file is, and its bytes."""
    with ws.db.read() as session:
        row = _found(session, attachment_id)
        blob = session.get(Blob, row.sha256)
        if blob is None:
            raise Refused.one("attachment_not_here", "id", attachment_id)
        return merger.survivor(session, row.person_id), blob.content


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
