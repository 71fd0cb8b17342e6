"""Edits of one row that follow one another by one hand are sealed as one change.

What was typed in between stays in this PC's history and travels no further. Nothing is put
together that says how far a record has come (sent in, approved, removed), and nothing that lies in
a sealed batch.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, delete, update
from sqlalchemy.orm import Session

from data.records.change import Change as Pending

KINDS = frozenset({"person", "need", "victim", "accident"})
SAYS_HOW_FAR = frozenset({"status", "deleted_at", "merged_into", "life_state"})

Fields = dict[str, Any]


def together(session: Session, lines: Sequence[Row[Any]]) -> bool:
    """Put neighbours together that may be; whether there were any."""
    carrier: Row[Any] | None = None
    fields: Fields = {}
    found = False
    for line in lines:
        mine = json.loads(line.fields) if line.entity in KINDS else {}
        if carrier is not None and _follows(carrier, line) and _may(carrier, fields, mine):
            fields = _joined(carrier.op, fields, mine)
            _carry(session, carrier, line, fields)
            found = True
        else:
            carrier, fields = (line, mine) if line.entity in KINDS else (None, {})
    return found


def _follows(carrier: Row[Any], line: Row[Any]) -> bool:
    same = ("entity", "row_id", "user", "base_version", "source")
    alike = all(getattr(carrier, name) == getattr(line, name) for name in same)
    return alike and line.op == "U" and not line.source


def _may(carrier: Row[Any], fields: Fields, mine: Fields) -> bool:
    told = mine.keys() if carrier.op == "I" else mine.keys() | fields.keys()
    return not SAYS_HOW_FAR & told


def _joined(op: str, fields: Fields, later: Fields) -> Fields:
    """What both together do; a value that was put back is still told, for it was touched."""
    if op == "I":
        whole = fields | {name: pair[1] for name, pair in later.items()}
        return {name: value for name, value in whole.items() if value is not None}
    return fields | {n: [fields[n][0] if n in fields else p[0], p[1]] for n, p in later.items()}


def _carry(session: Session, carrier: Row[Any], line: Row[Any], fields: Fields) -> None:
    words = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    values = {"fields": words} | ({} if carrier.op == "I" else {"at": line.at})
    session.execute(update(Pending).where(Pending.seq == carrier.seq).values(values))
    session.execute(delete(Pending).where(Pending.seq == line.seq))
