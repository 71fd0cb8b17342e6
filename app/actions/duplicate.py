"""The worklist of records that may be one person, and “not the same person”."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import likeness
from app.actions.person import found
from app.actions.person_cards import cards_by_id
from app.errors import Refused
from app.values.duplicates import AlikePair, Worklist
from app.workspace import Workspace
from data.base import instant_text
from data.records import likeness as records
from data.records import merger
from data.records.likeness import Pair
from data.records.merger import DistinctPair


def worklist(ws: Workspace, limit: int = 50, offset: int = 0) -> Worklist:
    """The open pairs, the surest first. Persons not yet looked at are told in `unseen`."""
    ws.demand("view")
    with ws.db.read() as session:
        found = records.page(session, limit, offset)
        total = records.count(session)
        unseen = records.due_count(session)
        pairs = _pairs(session, found)
    return Worklist(total, pairs, unseen)


def pairs_of(ws: Workspace, person_id: str) -> tuple[AlikePair, ...]:
    """The open pairs one person stands in, the surest first."""
    ws.demand("view")
    with ws.db.read() as session:
        return _pairs(session, records.page(session, likeness.SHOWN_MAX, only=person_id))


def dismiss(ws: Workspace, one: str, other: str, reason: str = "") -> None:
    """Remember that two records are two persons; the other PCs of the office learn it by sync."""
    ws.demand("enter")
    if one == other:
        raise Refused.one("same_record", "id", one)
    with ws.db.write(ws.author()) as session:
        first, second = sorted((found(session, one).id, found(session, other).id))
        said = merger.distinct(session, first, second)
        if said is None:
            said = DistinctPair(
                id=merger.distinct_id(first, second), office_id=ws.office.id,
                person_id=first, other_id=second,
            )  # fmt: skip
            session.add(said)
        said.reason = reason.strip() or None
        said.deleted_at = said.deleted_reason = None


def withdraw(ws: Workspace, one: str, other: str) -> None:
    """Take “not the same person” back; the pair is on the worklist again if it is alike."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        said = merger.distinct(session, one, other)
        if said is None or said.deleted_at:
            raise Refused.one("not_dismissed", "id", other)
        said.deleted_at = instant_text(ws.clock())


def _pairs(session: Session, found: list[Pair]) -> tuple[AlikePair, ...]:
    ids = [one for pair in found for one in (pair.one, pair.other)]
    cards = {}
    for start in range(0, len(ids), likeness.SLICE_ROWS):
        cards |= cards_by_id(session, ids[start : start + likeness.SLICE_ROWS])
    return tuple(
        AlikePair(
            cards[pair.one],
            cards[pair.other],
            likeness.GRADE_NAMES[pair.grade],
            pair.weight,
            likeness.words(likeness.read_reasons(pair.reasons)),
        )
        for pair in found
    )
