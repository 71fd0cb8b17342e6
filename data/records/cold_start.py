"""Questions to a book that is still coming: what is here of its rows and of their history."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records import merger
from data.records.sync import ColdStart
from data.records.trace import History


def underway(session: Session) -> ColdStart | None:
    """How far a book that came as a snapshot is here; None when all of it is."""
    return session.scalars(select(ColdStart).limit(1)).first()


def without_history(session: Session, entity: str, ids: Collection[str]) -> set[str]:
    """Those of some records (at most 500) whose history is not all here yet.

    The history comes from its newest entry on, so a record has all of it once its creation stands
    there; that of a person is whole with that of everybody who was merged into it.
    """
    if underway(session) is None:
        return set()
    owners = merger.owners(session, tuple(ids)) if entity == "person" else {one: one for one in ids}
    made = select(History.row_id).where(
        History.entity == entity, History.op == "create", History.row_id.in_(owners)
    )
    known = set(session.scalars(made))
    return {owner for one, owner in owners.items() if one not in known}
