"""The worklist of records that may be one person, and “not the same person”."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import attachment, history_words, likeness, merge, person
from app.actions.person_cards import cards_by_id
from app.errors import Refused
from app.values.duplicates import AlikePair, Belongs, Review, Worklist
from app.values.person import PersonCard, PersonPage
from app.wording import translate
from app.workspace import Workspace
from data.base import instant_text
from data.records import attachment as files
from data.records import care_case, merger, need, office, victim
from data.records import likeness as records
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


def counts(ws: Workspace) -> tuple[int, int]:
    """(open pairs, persons not yet looked at), for the navigation."""
    with ws.db.read() as session:
        return records.count(session), records.due_count(session)


def pairs_of(ws: Workspace, person_id: str) -> tuple[AlikePair, ...]:
    """The open pairs one person stands in, the surest first."""
    ws.demand("view")
    with ws.db.read() as session:
        return _pairs(session, records.page(session, likeness.SHOWN_MAX, only=person_id))


def pair(ws: Workspace, one: str, other: str) -> AlikePair:
    """Any two records judged against each other, alike or not.

    Raises Refused: person_unknown, person_merged, same_record.
    """
    ws.demand("view")
    if one == other:
        raise Refused.one("same_record", "id", one)
    with ws.db.read() as session:
        a, b = (person.found(session, each) for each in (one, other))
        judged = likeness.judged(a, b)
        cards = cards_by_id(session, [one, other])
    why = likeness.words(judged.reasons)
    return AlikePair(cards[one], cards[other], judged.grade, judged.weight, why)


def review(ws: Workspace, one: str, other: str) -> Review:
    """Two records side by side, with everything an officer looks at; the looks are logged.

    Raises Refused: person_unknown, person_merged.
    """
    judged = pair(ws, one, other)
    pages = [person.page(ws, each) for each in (one, other)]
    photos = attachment.portraits(ws, (one, other))
    with ws.db.read() as session:
        a, b = (person.found(session, each) for each in (one, other))
        stays = "a" if _rank(pages[0]) >= _rank(pages[1]) else "b"
        take = merge.proposed(a, b) if stays == "a" else turned(merge.proposed(b, a))
        belongs = (_belongs(session, one), _belongs(session, other))
        said = _said(session, one, other)
    approved = any(page.card.status == "approved" for page in pages)
    return Review(
        judged,
        pages[0],
        pages[1],
        take,
        belongs,
        (photos.get(one, b""), photos.get(other, b"")),
        stays,
        ws.can("approve" if approved else "enter"),
        said,
    )


def _said(session: Session, one: str, other: str) -> str:
    """Who said when that the two are two persons, and why; "" when nobody did."""
    names = {user.login: user.full_name or user.login for user in office.users(session)}
    for said in merger.apart(session, one, other):
        by, at = said.updated_by or said.created_by, said.updated_at or said.created_at
        words = translate(
            "{by} đã ghi lúc {at}: hai người khác nhau.",
            by=names.get(by, by),
            at=history_words.when(at),
        )
        return f"{words} {said.reason}" if said.reason else words
    return ""


def _rank(page: PersonPage) -> tuple[bool, int]:
    """Whose record had better stay: the approved one, else the one that says more."""
    return page.card.status == "approved", page.filled


OTHER_SIDE = {"a": "b", "b": "a"}


def turned(take: Mapping[str, str]) -> dict[str, str]:
    """The sides to take when the two records change places."""
    return {name: OTHER_SIDE.get(side, side) for name, side in take.items()}


def _belongs(session: Session, person_id: str) -> Belongs:
    return Belongs(
        len(need.of_person(session, person_id)),
        len(care_case.of_person(session, person_id)),
        len(files.of_person(session, person_id)),
        len(victim.of_person(session, person_id)),
    )


def dismiss(ws: Workspace, one: str, other: str, reason: str = "") -> None:
    """Remember that two records are two persons; the other PCs of the office learn it by sync."""
    ws.demand("enter")
    if one == other:
        raise Refused.one("same_record", "id", one)
    with ws.db.write(ws.author()) as session:
        first, second = (person.found(session, each).id for each in (one, other))
        keep_apart(ws, session, first, second, reason)


def keep_apart(ws: Workspace, session: Session, one: str, other: str, reason: str = "") -> None:
    """Write that two records are two persons within somebody's transaction."""
    first, second = sorted((one, other))
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
    """Take “not the same person” back, also where it was said of records merged into the two.

    The pair is on the worklist again if it is alike.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        said = merger.apart(session, one, other)
        if not said:
            raise Refused.one("not_dismissed", "id", other)
        for each in said:
            each.deleted_at = instant_text(ws.clock())


def _pairs(session: Session, found: list[Pair]) -> tuple[AlikePair, ...]:
    ids = [one for pair in found for one in (pair.one, pair.other)]
    cards: dict[str, PersonCard] = {}
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
