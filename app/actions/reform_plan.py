"""How the change list of the reform is made: persons by old commune and hamlet, and their unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.rules import reform as rules
from app.values.reform import ReformPart, ReformPlan, ReformTotals
from data import text, units
from data.records import reform as records
from data.records.person import Person
from data.records.reform import Group, ReformAnswer

Answers = Mapping[tuple[str, str], ReformAnswer]


class Target(NamedTuple):
    """Where persons belong: `placed` only where the tables alone would not put them there."""

    new: str | None
    placed: str | None
    how: str
    reason: str = ""
    said: str = ""


@dataclass
class _Heap:
    """Persons of one part of the list while it is counted."""

    hamlet: str
    target: Target
    persons: int = 0
    waiting: int = 0


class Reading(NamedTuple):
    """The office's answers, and all persons counted by where they live: read once, it is long."""

    answers: Answers
    groups: Sequence[Group]


def read(session: Session) -> Reading:
    """What stands in the records now."""
    return Reading(answers_of(session), records.groups(session))


def answers_of(session: Session) -> dict[tuple[str, str], ReformAnswer]:
    """The office's answers by old commune and hamlet (its match key)."""
    return {(one.old, text.match_key(one.hamlet)): one for one in records.answers(session)}


def place(session: Session, person: Person) -> None:
    """Put somebody who was just given an old address where the office's answers say."""
    with session.no_autoflush:
        answers = answers_of(session)
    person.placed = placed(answers, person.commune, person.hamlet)


def placed(answers: Answers, commune: object, hamlet: object) -> str | None:
    """Where an answer puts an address, when the tables alone would not put it there."""
    if not answers or not commune or not is_old(str(commune)):
        return None
    return target_of(answers, Group(str(commune), str(hamlet or ""), None, None, 1)).placed


def made(session: Session, reading: Reading, office_units: Sequence[str]) -> ReformPlan:
    """The plan as the records, the tables and the office's answers say."""
    answers = reading.answers
    heaps: dict[tuple[str, str], _Heap] = {}
    for group in reading.groups:
        if not group.commune or not is_old(group.commune):
            continue
        target = target_of(answers, group)
        place = _place(answers, group)
        shown = text.tidy(group.hamlet or "") if place[1] else ""
        heap = heaps.setdefault(place, _Heap(shown, target))
        heap.persons += group.persons
        if (group.placed, group.current) != (target.placed, target.new):
            heap.waiting += group.persons
    for key in _old_communes(office_units):
        if not any(old == key for old, _hamlet in heaps):
            empty = Group(key, "", None, None, 0)
            heaps[key, ""] = _Heap("", target_of(answers, empty))
    parts = tuple(_part(old, heap) for (old, _key), heap in sorted(heaps.items()))
    return ReformPlan(parts, _after(parts), _totals(session, parts))


def target_of(answers: Answers, group: Group) -> Target:
    """Where the persons of a group belong: the hamlet's answer, the commune's, the tables."""
    old, hamlet = group.commune or "", group.hamlet or ""
    tables = units.current(old, hamlet).key
    said = rules.said(answers, old, text.match_key(hamlet))
    if said is None:
        return Target(tables, None, "auto" if tables else "ask")
    placed = said.new if said.new != tables else None
    return Target(said.new, placed, "answer", said.reason or "", said.hamlet)


def to_move(reading: Reading) -> Iterator[tuple[Target, Group]]:
    """The groups whose records do not say yet where they belong."""
    for group in reading.groups:
        if group.commune and is_old(group.commune):
            target = target_of(reading.answers, group)
            if (group.placed, group.current) != (target.placed, target.new):
                yield target, group


def unanswered(reading: Reading) -> Iterator[Group]:
    """The groups for which nobody answered yet, as they stand once the plan was applied."""
    for group in reading.groups:
        if group.commune and is_old(group.commune) and not target_of(reading.answers, group).new:
            yield group


def is_old(key: str) -> bool:
    """Whether a key names a unit of the borders before July 2025."""
    return units.has(key) and units.get(key).system == "63"


def _place(answers: Answers, group: Group) -> tuple[str, str]:
    """One line for an undivided commune of which nothing nearer was said, else one a hamlet."""
    old = group.commune or ""
    apart = units.current(old).key is None or any(one == old and near for one, near in answers)
    return old, text.match_key(group.hamlet or "") if apart else ""


def _part(old: str, heap: _Heap) -> ReformPart:
    candidates = units.current(old).candidates
    new, _placed, how, reason, said = heap.target
    return ReformPart(
        old, heap.hamlet, heap.persons, new, how, candidates, heap.waiting, reason, said
    )


def _after(parts: Sequence[ReformPart]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts:
        if part.new and part.persons:
            found[part.new] = found.get(part.new, 0) + part.persons
    return dict(sorted(found.items()))


def _totals(session: Session, parts: Sequence[ReformPart]) -> ReformTotals:
    """Before is counted by itself, so that a person lost on the way to the list is noticed."""
    counted = records.by_commune(session)
    known = {key: number for key, number in counted.items() if key and units.has(key)}
    return ReformTotals(
        before=sum(counted.values()),
        known=sum(part.persons for part in parts if part.new),
        open=sum(part.persons for part in parts if not part.new),
        already=sum(number for key, number in known.items() if not is_old(key)),
        unknown=sum(counted.values()) - sum(known.values()),
        waiting=sum(part.waiting for part in parts),
        placed=records.count_placed(session),
    )


def _old_communes(office_units: Sequence[str]) -> list[str]:
    """The old communes of the office, whichever borders it was set up with."""
    found: dict[str, None] = {}
    for key in office_units:
        if not units.has(key):
            continue
        for commune in units.communes_of(key):
            olds = (commune.key,) if commune.system == "63" else units.former(commune.key)
            found.update(dict.fromkeys(olds))
    return list(found)
