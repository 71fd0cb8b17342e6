"""What was done with people's data: looks, prints, exports of this PC; changes of every PC."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from data.records import merger
from data.records.person import Person
from data.records.trace import AccessLog, History

OWN_KINDS = ("view", "print", "export", "key")
"""Kinds of the log of looks."""
IDS_AT_ONCE = 500
CAME = "sync:"
"""Before the number of an entry that came from the server."""


@dataclass(frozen=True, slots=True)
class Span:
    """Of which persons (None for all) and which user ("" for all), between two instants; the
    oldest one is left out, "" for no bound."""

    person_ids: tuple[str, ...] | None
    login: str
    after: str
    upto: str


@dataclass(frozen=True, slots=True)
class Touch:
    """One writing of a record in one transaction; `fields` are those that moved, `news` what some
    of them became."""

    key: str
    at: str
    by: str
    entity: str
    person_id: str
    created: bool
    fields: tuple[str, ...]
    state: str
    source: str
    here: bool


STATES = ("status", "state", "case_status", "plan_status", "sharing_state", "certificate_state")
"""Fields that tell where something stands with who decides."""


def everybody(session: Session, person_id: str) -> tuple[str, ...]:
    """The ids under which a person was looked at and written."""
    return tuple(merger.everybody(session, person_id))


def looks(session: Session, span: Span, kinds: Sequence[str], limit: int) -> list[AccessLog]:
    """The newest entries of the log of looks."""
    wanted = [kind for kind in OWN_KINDS if not kinds or kind in kinds]
    found = select(AccessLog).where(AccessLog.kind.in_(wanted), *_within(AccessLog, span))
    return list(session.scalars(found.order_by(AccessLog.seq.desc()).limit(limit)))


def count_looks(session: Session, span: Span, kinds: Sequence[str]) -> int:
    """How many there are."""
    wanted = [kind for kind in OWN_KINDS if not kinds or kind in kinds]
    found = select(func.count()).where(AccessLog.kind.in_(wanted), *_within(AccessLog, span))
    return session.scalar(found) or 0


def touches(session: Session, span: Span, limit: int) -> Iterator[Touch]:
    """The newest writings: all fields of a record that moved in one transaction are one."""
    grouped = _touched(span).order_by(func.max(History.seq).desc()).limit(limit)
    for row in session.execute(grouped):
        yield Touch(
            key=f"h{row.seq}",
            at=row.at,
            by=row.by,
            entity=row.entity,
            person_id=row.person_id or "",
            created=bool(row.created),
            fields=tuple(sorted((row.fields or "").split())),
            state=row.state or "",
            source=row.source or "",
            here=not row.txn.startswith(CAME),
        )


def count_touches(session: Session, span: Span) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(_touched(span).subquery())) or 0


def _touched(span: Span) -> Select[Any]:
    moved = func.max(History.new).filter(History.field.in_(STATES))
    decided = and_(History.entity == "approval", History.op == "create")
    decision = func.max(func.json_extract(History.new, "$.decision")).filter(decided)
    state = func.coalesce(moved, decision)
    return (
        select(
            func.max(History.seq).label("seq"),
            History.txn,
            func.max(History.at).label("at"),
            func.max(History.by).label("by"),
            History.entity,
            func.max(History.person_id).label("person_id"),
            func.max(History.op == "create").label("created"),
            func.group_concat(History.field, " ").label("fields"),
            state.label("state"),
            func.max(History.source).label("source"),
        )
        .where(*_within(History, span))
        .group_by(History.txn, History.entity, History.row_id)
    )


def _within(kind: type[AccessLog] | type[History], span: Span) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if span.person_ids is not None:
        found.append(kind.person_id.in_(span.person_ids))
    if span.login:
        found.append(kind.by == span.login)
    if span.after:
        found.append(kind.at > span.after)
    if span.upto:
        found.append(kind.at <= span.upto)
    return found


def names(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """By id what persons are called, removed and merged ones too."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), IDS_AT_ONCE):
        some = select(Person.id, Person.name).where(Person.id.in_(ids[start : start + IDS_AT_ONCE]))
        found |= {row[0]: row[1] or "" for row in session.execute(some)}
    return found
