"""Confidential photos and scans: locked with a key of their own before anything else happens.

What is kept, named by its hash, sent and stored anywhere is the locked content. Its key and its
title lie in the record as one restricted value, so that it opens for whoever may read those, on
every PC that holds the office's key, and for nobody else: not for the server either.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.actions import field_values
from app.errors import Refused
from app.values.attachment import Prepared
from app.workspace import Workspace
from data import sealing
from data.records import blob
from data.records.attachment import Attachment


@dataclass(frozen=True, slots=True)
class Opened:
    """What the restricted value of a confidential file says."""

    title: str
    key: bytes


def lock(ws: Workspace, prepared: Prepared, title: str) -> tuple[Prepared, str]:
    """The file locked, and the restricted value that opens it.

    Raises Refused `attachment_confidential`.
    """
    if ws.restricted is None:
        raise Refused.one("attachment_confidential", "confidential")
    key = sealing.new_key()
    content = sealing.wrap(key, prepared.content)
    small = sealing.wrap(key, prepared.thumbnail)
    digest = hashlib.sha256(content).hexdigest()
    words = {"title": title, "key": base64.b64encode(key).decode("ascii")}
    sealed = ws.restricted.seal(json.dumps(words, ensure_ascii=False))
    return replace(prepared, content=content, thumbnail=small, sha256=digest), sealed


def opened(ws: Workspace, row: Attachment) -> Opened | None:
    """Title and key of a confidential file; None for who may not read it."""
    if ws.restricted is None or row.sealed is None:
        return None
    told = field_values.opened(ws, row.sealed)
    if told is None or told == field_values.CLOSED:
        return None
    words = json.loads(told)
    return Opened(words["title"], base64.b64decode(words["key"]))


def plain(ws: Workspace, row: Attachment, kept: bytes) -> bytes:
    """The bytes as people look at them.

    Raises Refused: attachment_confidential, attachment_damaged.
    """
    if row.sealed is None:
        return kept
    found = opened(ws, row)
    if found is None:
        raise Refused.one("attachment_confidential", "id", row.id)
    clear = sealing.unwrap(found.key, kept)
    if clear is None:
        raise Refused.one("attachment_damaged", "id", row.id)
    return clear


def title(ws: Workspace, row: Attachment) -> str:
    """The title as this user may read it; empty when there is none for him."""
    told = opened(ws, row)
    if told:
        return told.title
    return str(field_values.named(ws, "attachment", "title", row.title) or "")


def content(ws: Workspace, session: Session, row: Attachment) -> bytes | None:
    """The bytes as people look at them, None as long as they are not all here.

    Raises Refused as `plain` does.
    """
    found = blob.content(session, row.sha256)
    return None if found is None else plain(ws, row, found)


def readable(ws: Workspace, rows: Sequence[Attachment]) -> list[Attachment]:
    """Those of the files that this user may look at."""
    return [row for row in rows if not row.sealed or opened(ws, row) is not None]
