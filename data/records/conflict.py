"""Questions to the conflicts of this office: what is open, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from data.records import merger
from data.records.sync import Conflict

OPEN, DECIDED, RESOLVED = "open", "decided", "resolved"
TOGETHER = {
    "deleted_reason": "deleted_at",
    "need_group": "item",
    "life_state_on": "life_state",
    "life_state_note": "life_state",
}
"""Fields that only make sense beside another one: who decides that one decides them with it."""


def open_cards(
    session: Session, person_id: str = "", limit: int = 10_000, after: str = ""
) -> list[Conflict]:
    """The conflicts nobody has decided yet, all or a person's, newest last; after one by its id."""
    query = select(Conflict).where(*_asked(session, person_id))
    last = session.get(Conflict, after) if after else None
    if last is not None:
        same = and_(Conflict.raised_at == last.raised_at, Conflict.id > last.id)
        query = query.where(or_(Conflict.raised_at > last.raised_at, same))
    return list(session.scalars(query.order_by(Conflict.raised_at, Conflict.id).limit(limit)))


def count_open(session: Session, person_id: str = "") -> int:
    """How many cards that is, without reading them."""
    found = select(func.count(Conflict.id)).where(*_asked(session, person_id))
    return session.scalar(found) or 0


def _asked(session: Session, person_id: str) -> list[ColumnElement[bool]]:
    asked = [Conflict.state == OPEN, ~_follows()]
    if person_id:
        asked.append(Conflict.person_id.in_(merger.everybody(session, person_id)))
    return asked


def _follows() -> ColumnElement[bool]:
    """Whether the field is decided with another one of the same change that is open too."""
    lead = aliased(Conflict)
    key = func.substr(Conflict.id, 1, func.length(Conflict.id) - func.length(Conflict.field))
    with_it = case(TOGETHER, value=Conflict.field)
    return exists().where(and_(lead.id == key + with_it, lead.state == OPEN))


def beside(session: Session, card: Conflict) -> list[Conflict]:
    """The open conflicts of the same change that are decided together with this one."""
    query = select(Conflict).where(
        Conflict.row_id == card.row_id, Conflict.state == OPEN, Conflict.id != card.id
    )
    return [
        one
        for one in session.scalars(query)
        if one.seq == card.seq and TOGETHER.get(one.field) == card.field
    ]


def of_persons(session: Session, ids: Sequence[str]) -> list[Conflict]:
    """Every conflict there ever was about some persons, in the order they were raised."""
    query = select(Conflict).where(Conflict.person_id.in_(ids))
    return list(session.scalars(query.order_by(Conflict.raised_at, Conflict.id)))
