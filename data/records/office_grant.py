"""Questions to what this PC may read of other offices."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.records.sync import OfficeGrant, ProvinceFigures


def all_of(session: Session) -> list[OfficeGrant]:
    """All grants, by the offices' names."""
    return list(session.scalars(select(OfficeGrant).order_by(OfficeGrant.name, OfficeGrant.scope)))


def of_scope(session: Session, scope: str) -> OfficeGrant | None:
    """The grant for one office."""
    return session.get(OfficeGrant, scope)


def figures(session: Session) -> ProvinceFigures | None:
    """What these offices came to when the server last counted them for this PC."""
    return session.get(ProvinceFigures, 1)
