"""A person handed from one office to another: the request, what came too late, who left."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Index, Integer, String, Text, and_, exists, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.base import Base, Travels
from data.records.change import Change

ASKED, SENT, ACCEPTED, MOVED = "asked", "sent", "accepted", "moved"
RETURNED, REFUSED, WITHDRAWN, VOID = "returned", "refused", "withdrawn", "void"
OPEN = (ASKED, SENT, ACCEPTED)
"""States in which something is still to happen."""
CAME_TOO_LATE = "moved_proposal"
"""What the server says of a change that became a late edit."""
WAITING, TAKEN, DECLINED = "waiting", "taken", "declined"


class Transfer(Travels, Base):
    """The request to hand one person over; it stands in both offices' books under one id.

    `state` is asked, sent (a supervisor here agreed; the other office sees it from now), accepted
    (one there agreed), moved (the server has done it), returned (not agreed here), refused (not
    agreed there), withdrawn, or void (it could not be done: `answer` is the code of why). `door`
    are the public keys of a PC there that wants the restricted values, `handed` are these values,
    sealed from a PC here to that one, behind the keys of the PC here. `bundle`
    is the same for persons asked for together. The person's own row is not named by a foreign
    key: it is in one of the two books only.
    """

    __tablename__ = "transfer"

    person_id: Mapped[str] = mapped_column(String(36), index=True)
    bundle: Mapped[str] = mapped_column(String(36), index=True)
    from_office: Mapped[str] = mapped_column(String(36))
    from_name: Mapped[str] = mapped_column(Text)
    to_office: Mapped[str] = mapped_column(String(36))
    to_name: Mapped[str] = mapped_column(Text)
    person_name: Mapped[str] = mapped_column(Text)
    person_year: Mapped[str | None] = mapped_column(String(4))
    person_commune: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    moves_on: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(Text)
    sent_by: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)
    door: Mapped[str | None] = mapped_column(Text)
    handed: Mapped[str | None] = mapped_column(Text)


Index("transfer_by_state", Transfer.state, Transfer.created_at)


class Proposal(Travels, Base):
    """An edit from the former office that came after the person had left: a person decides.

    It stands in both books under one id; the former office's copy has no values, for it has them
    in its outbox. `fields` is JSON as the change had it ({name: new} or {name: [old, new]});
    `state` is waiting, taken or declined. When the person goes on, it goes along.
    """

    __tablename__ = "proposal"

    person_id: Mapped[str] = mapped_column(String(36), index=True)
    entity: Mapped[str] = mapped_column(String(24))
    row_id: Mapped[str] = mapped_column(String(36), index=True)
    op: Mapped[str] = mapped_column(String(1))
    fields: Mapped[str] = mapped_column(Text)
    made_at: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[str] = mapped_column(Text)
    from_office: Mapped[str] = mapped_column(String(36))
    from_name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    answer: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(Text)


Index("proposal_by_state", Proposal.state, Proposal.made_at)


class Resealed(Travels, Base):
    """What a restricted value of the former office says, sealed under this office's own key.

    `mark` is the SHA-256 of the sealed text as it stands in the record, which stays as it came.
    """

    __tablename__ = "resealed"

    person_id: Mapped[str] = mapped_column(String(36), index=True)
    mark: Mapped[str] = mapped_column(String(64), index=True)
    value: Mapped[str] = mapped_column(Text)


class KnownOffice(Base):
    """An office as the server last told it; `units` are `SYSTEM:CODE`, apart by spaces."""

    __tablename__ = "known_office"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    units: Mapped[str] = mapped_column(Text)


class Departed(Base):
    """Somebody who left this office: taken out of the record tables, so that nothing counts him.

    `content` is JSON {rows: {entity: [{column: value}]}, history: [...]} as the book had it on the
    day; None after it was wiped.
    """

    __tablename__ = "departed"

    person_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text, index=True)
    to_office: Mapped[str] = mapped_column(String(36))
    to_name: Mapped[str] = mapped_column(Text)
    left_at: Mapped[str] = mapped_column(String(24))
    rows: Mapped[int] = mapped_column(Integer, default=0)
    content: Mapped[str | None] = mapped_column(Text)
    wiped_at: Mapped[str | None] = mapped_column(String(24))
    wiped_by: Mapped[str] = mapped_column(Text, default="")


class Left(NamedTuple):
    """One row of somebody who left, as the book had it that day, and where she went."""

    whose: Departed
    values: dict[str, Any]


def departed_rows(session: Session, entity: str, word: str = "") -> Iterator[Left]:
    """The rows of a kind of everybody who left, removed ones left out; with a word only of those
    whose copy holds it. Copies that were wiped tell nothing."""
    found = select(Departed).where(Departed.content.contains(f'"{entity}":'))
    if word:
        found = found.where(Departed.content.contains(word, autoescape=True))
    for whose in session.scalars(found.order_by(Departed.sort_key, Departed.person_id)):
        for values in json.loads(whose.content or "{}")["rows"].get(entity, ()):
            if not values.get("deleted_at"):
                yield Left(whose, values)


def offices(session: Session, but: str = "") -> list[KnownOffice]:
    """The offices that the server told of, by name, without one of them."""
    found = select(KnownOffice).where(KnownOffice.id != but)
    return list(session.scalars(found.order_by(KnownOffice.name)))


def desk(session: Session, states: Iterable[str], limit: int) -> list[Transfer]:
    """The transfers in some states, the newest first, and those whose restricted values are asked
    for and not all here yet."""
    here = exists().where(Resealed.person_id == Transfer.person_id)
    asked = and_(Transfer.door.is_not(None), or_(Transfer.handed.is_(None), ~here))
    found = select(Transfer).where(or_(Transfer.state.in_(tuple(states)), asked))
    return list(
        session.scalars(found.order_by(Transfer.created_at.desc(), Transfer.id).limit(limit))
    )


def count(session: Session, state: str, office: str, incoming: bool) -> int:
    """How many transfers of a state come in to the office, or go out of it."""
    side = Transfer.to_office if incoming else Transfer.from_office
    found = select(func.count()).where(Transfer.state == state, side == office)
    return session.scalar(found) or 0


def named(session: Session, ids: Sequence[str]) -> list[Transfer]:
    """The transfers of these ids or bundles, in the order they were asked."""
    either = or_(Transfer.id.in_(ids), Transfer.bundle.in_(ids))
    return list(session.scalars(select(Transfer).where(either).order_by(Transfer.id)))


def open_of(session: Session, person_ids: Sequence[str]) -> dict[str, Transfer]:
    """By person the transfer that is still under way."""
    found = select(Transfer).where(Transfer.person_id.in_(person_ids), Transfer.state.in_(OPEN))
    return {one.person_id: one for one in session.scalars(found)}


def of_person(session: Session, person_id: str) -> list[Transfer]:
    """Every transfer of a person that this book knows, the newest first."""
    found = select(Transfer).where(Transfer.person_id == person_id)
    return list(session.scalars(found.order_by(Transfer.created_at.desc(), Transfer.id)))


def proposals(session: Session, state: str, limit: int) -> list[Proposal]:
    """The late edits of a state, oldest first by the clocks of their PCs."""
    found = select(Proposal).where(Proposal.state == state)
    return list(session.scalars(found.order_by(Proposal.made_at, Proposal.id).limit(limit)))


def as_sent(session: Session, late: Proposal) -> str:
    """The values of an own late edit, which lie in this PC's outbox; none on another PC."""
    mine = (Change.entity == late.entity, Change.row_id == late.row_id)
    found = select(Change.fields).where(*mine, Change.at == late.made_at)
    return session.scalar(found.order_by(Change.seq.desc()).limit(1)) or "{}"


def count_proposals(session: Session, office: str) -> int:
    """How many late edits of other offices wait for a decision here."""
    waiting = (Proposal.state == WAITING, Proposal.from_office != office)
    return session.scalar(select(func.count()).where(*waiting)) or 0


def resealed(session: Session, mark: str) -> str | None:
    """What stands for a sealed text of another office, sealed under this one's key."""
    found = select(Resealed.value).where(Resealed.mark == mark, Resealed.deleted_at.is_(None))
    return session.scalar(found.limit(1))


def departed(session: Session, limit: int) -> list[Departed]:
    """Who left, by name."""
    return list(session.scalars(select(Departed).order_by(Departed.sort_key).limit(limit)))
