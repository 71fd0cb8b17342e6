"""Questions to the conflicts of this office: what is open, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def open_cards(session: Session, person_id: str = "", limit: int = 10_000) -> list[Conflict]:
    """The conflicts nobody has decided yet, those of one person together, newest last."""
    query = select(Conflict).where(Conflict.state == OPEN)
    if person_id:
        query = query.where(Conflict.person_id.in_(merger.everybody(session, person_id)))
    found = list(session.scalars(query.order_by(Conflict.raised_at, Conflict.id)))
    kept = {(one.entity, one.row_id, one.seq, one.field) for one in found}
    return [one for one in found if _lead(one) not in kept][:limit]


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


def _lead(card: Conflict) -> tuple[str, str, int, str]:
    return card.entity, card.row_id, card.seq, TOGETHER.get(card.field, "")
