"""What somebody was typing: kept on this PC after a short pause, offered back, dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Refused
from app.workspace import Workspace
from data import fields
from data.base import instant_text
from data.errors import NotAllowed
from data.records import draft as records
from data.records.draft import Draft

KEY_LETTERS_MAX = 200
PAYLOAD_BYTES_MAX = 1_000_000
SEALED_KEY = "__sealed__"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Unfinished typing: what it is of (`person:new`, `person:ID`), its values, since when."""

    key: str
    payload: Mapping[str, object]
    saved_at: str


def keep(ws: Workspace, key: str, payload: Mapping[str, object]) -> str:
    """Keep what is being typed, in place of the former draft of the same key.

    The key begins with the record's name (`person:…`); values of its restricted fields are sealed
    inside, or left out when this user may not write them. Answers the instant (ISO UTC text).
    Raises Refused (`draft_too_large`).
    """
    ws.demand("enter")
    written = json.dumps(_sealed(ws, key, payload), ensure_ascii=False, default=list)
    if len(key) > KEY_LETTERS_MAX or len(written.encode()) > PAYLOAD_BYTES_MAX:
        raise Refused.one("draft_too_large", "draft", key)
    at = instant_text(ws.clock())
    with ws.db.write(ws.author()) as session:
        session.merge(Draft(login=ws.user.login, key=key, payload=written, saved_at=at))
    return at


def offered(ws: Workspace, record: str) -> tuple[KeptDraft, ...]:
    """What this user left unfinished on this PC, of one record, the latest first."""
    with ws.db.read() as session:
        rows = records.of_login(session, ws.user.login)
        return tuple(
            KeptDraft(row.key, _opened(ws, json.loads(row.payload)), row.saved_at)
            for row in rows
            if _record(row.key) == record
        )


def find(ws: Workspace, key: str) -> KeptDraft | None:
    """The unfinished typing of one key, or None."""
    return next((draft for draft in offered(ws, _record(key)) if draft.key == key), None)


def drop(ws: Workspace, key: str) -> None:
    """Forget a draft, because it was saved or given up."""
    with ws.db.write(ws.author()) as session:
        records.drop(session, ws.user.login, key)


def _record(key: str) -> str:
    return key.split(":", 1)[0]


def _sealed(ws: Workspace, key: str, payload: Mapping[str, object]) -> dict[str, object]:
    record = _record(key)
    hidden = fields.restricted(record) & set(payload)
    if not hidden:
        return dict(payload)
    plain = {name: value for name, value in payload.items() if name not in hidden}
    if ws.restricted is None:
        return plain
    secret = {name: payload[name] for name in sorted(hidden)}
    return plain | {SEALED_KEY: ws.restricted.seal(json.dumps(secret, ensure_ascii=False))}


def _opened(ws: Workspace, payload: dict[str, object]) -> dict[str, object]:
    sealed = payload.pop(SEALED_KEY, None)
    if sealed is None or ws.restricted is None:
        return payload
    try:
        return payload | json.loads(ws.restricted.open(str(sealed)))
    except NotAllowed:
        return payload
