"""Persons as lines of a list: the filter turned into conditions, rows turned into cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import asked_words
from app.errors import Problem, Refused
from app.values.person import PeopleFilter, PersonCard
from app.wording import translate
from data import telling, units
from data.records import likeness, people
from data.records.people_fit import Wanted


def wanted(which: PeopleFilter) -> Wanted:
    """The filter with districts and provinces spelled out as their communes."""
    unknown = [key for key in which.units if not units.has(key)]
    if unknown:
        raise Refused(
            Problem.of("unknown_unit", "units", key, label=translate("Đơn vị")) for key in unknown
        )
    asked = {unit.key: None for key in which.units for unit in units.communes_of(key)}
    communes = (*asked, *_made_of(asked))
    query, said = asked_words.taken_apart(which.query)
    return Wanted(
        query=query,
        said=said,
        communes=communes,
        types=which.types,
        degrees=which.degrees,
        mine_victim=which.mine_victim,
        status=which.status,
        life_state=which.life_state,
        missing=which.missing,
        pending=which.pending,
        removed=which.removed,
        ids=which.ids,
        order=which.order,
        descending=which.descending,
    )


def _made_of(asked: Mapping[str, None]) -> list[str]:
    """Present communes that hold nothing but old ones that were asked for.

    An office of the new borders keeps people of a list with old names under the present one.
    """
    found = {new for old in asked if units.get(old).system == "63"
             for new in units.current(old).candidates}  # fmt: skip
    return sorted(new for new in found - set(asked) if asked.keys() >= set(units.former(new)))


def cards_by_id(session: Session, ids: Sequence[str]) -> dict[str, PersonCard]:
    """Cards of persons (at most 500, removed ones too) by id."""
    return {card.id: card for card in cards_of(session, people.cards(session, ids))}


def cards_of(session: Session, rows: Sequence[tuple[Any, ...]]) -> tuple[PersonCard, ...]:
    """Cards of the rows of `people.page`, with sync marks, waiting amendments and likeness."""
    ids = [str(row[0]) for row in rows]
    marks = people.sync_marks(session, ids)
    amended = people.amended(session, ids)
    alike = likeness.among(session, ids)
    shown = [(*row[:4], telling.number(session, row[4]), *row[5:]) for row in rows]
    return tuple(_card(row, marks, amended, alike) for row in shown)


def _card(
    row: tuple[Any, ...], marks: dict[str, str], amended: set[str], alike: set[str]
) -> PersonCard:
    return PersonCard(
        id=row[0],
        name=row[1] or "",
        sex=row[2],
        birth=row[3],
        id_number=row[4],
        commune=row[5],
        current_commune=row[6],
        hamlet=row[7],
        types=tuple((row[8] or "").split()),
        degree=row[9],
        mine_victim=bool(row[10]),
        status=row[11],
        life_state=row[12] or "living",
        sync=marks.get(row[0], "confirmed" if row[13] else "local"),
        pending=row[0] in amended,
        possible_duplicate=row[0] in alike,
    )
