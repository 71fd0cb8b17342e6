"""Words that became confidential after they were written openly: sealed where they had stood."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records.care_case import CaseNote
from data.records.change import Change
from data.records.sync import Conflict, SyncRow
from data.records.trace import History, HistoryLine
from data.sealing import RESTRICTED_MARK, RestrictedBox

OPEN, CLOSED = "note_text", "confidential_text"
"""The two columns of a note: the open words, and the sealed ones."""


def seal_past(session: Session, note_id: str, box: RestrictedBox) -> None:
    """Seal the open words of a note wherever this store remembers them.

    In its history, its changes (sent ones too) and in what sync keeps of both sides. Batches stay
    as they were sealed: the server and other PCs have those words, there reading hides them.
    """
    session.flush()
    seal = cache(box.seal)  # equal words stay equal: an old value is the new one of the line before
    for line in session.scalars(select(History).where(History.row_id == note_id)):
        if line.op == "create":
            line.new = _sealed_json(line.new, seal)
        elif line.field == OPEN:
            line.old, line.new = _sealed(line.old, seal), _sealed(line.new, seal)
    for change in session.scalars(select(Change).where(Change.row_id == note_id)):
        change.fields = _sealed_json(change.fields, seal) or "{}"
    for step in session.scalars(select(SyncRow).where(SyncRow.row_id == note_id)):
        step.pristine = _sealed_json(step.pristine, seal) or "{}"
    of_words = select(Conflict).where(Conflict.row_id == note_id, Conflict.field == OPEN)
    for both in session.scalars(of_words):
        for side in ("base", "mine", "theirs", "taken"):
            setattr(both, side, _sealed_value(getattr(both, side), seal))
    session.flush()


def told_closely(session: Session, lines: Iterable[HistoryLine]) -> tuple[HistoryLine, ...]:
    """History lines in which the once open words of confidential notes stand as sealed ones.

    They are told as the field of the sealed words, so that whoever may read those reads them.
    Words that nobody here can seal (who is signed in holds no key) are left out.
    """
    told = tuple(lines)
    notes = {line.row_id for line in told if line.entity == CaseNote.__tablename__}
    if not notes:
        return told
    found = select(CaseNote.id).where(CaseNote.id.in_(notes), CaseNote.confidential.is_(True))
    closed = set(session.scalars(found))
    box = session.info.get("restricted")
    return tuple(_closely(line, line.row_id in closed, box) for line in told)


def _closely(line: HistoryLine, closed: bool, box: RestrictedBox | None) -> HistoryLine:
    values = (line.old, line.new)
    if line.field != OPEN or line.entity != CaseNote.__tablename__:
        return line
    if not closed and not any(_is_sealed(value) for value in values):
        return line
    seal = box.seal if box is not None else None
    old, new = (_sealed(value, seal) for value in values)
    return replace(line, field=CLOSED, old=old, new=new)


def _sealed(value: str | None, seal: Callable[[str], str] | None) -> str | None:
    if value is None or _is_sealed(value):
        return value
    return None if seal is None else seal(value)


def _sealed_json(words: str | None, seal: Callable[[str], str]) -> str | None:
    """Values of a creation {name: new} or an edit {name: [old, new]} with the open words sealed."""
    values: dict[str, Any] = json.loads(words or "{}")
    if OPEN not in values:
        return words
    value = values[OPEN]
    pair = isinstance(value, list)
    values[OPEN] = [_sealed(one, seal) for one in value] if pair else _sealed(value, seal)
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _sealed_value(words: str | None, seal: Callable[[str], str]) -> str | None:
    """One value as JSON text, sealed."""
    value = json.loads(words or "null")
    return words if value is None else json.dumps(_sealed(value, seal))


def _is_sealed(value: str | None) -> bool:
    return value is not None and value.startswith(RESTRICTED_MARK)
