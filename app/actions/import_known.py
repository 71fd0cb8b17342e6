"""Whom rows may mean besides the store: the slice's own people, those of a dry run so far."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.actions.likeness import Match, facts_of
from app.rules import likeness
from app.rules.likeness import Facts

FATES = {likeness.SAME: "same", likeness.LIKELY: "maybe"}


class Verdict(NamedTuple):
    """`fate` is new, same or maybe; `twin` is the known person it means, recognised by
    the record `stub` where that one was merged into it.

    Of two verdicts on a row the greater `rank` is the surer one.
    """

    fate: str
    twin: Facts | None = None
    rank: tuple[int, int, str] = (0, 0, "")
    stub: str = ""


NEW = Verdict("new")


def verdict(found: Iterable[Match]) -> Verdict:
    """What a row is: the surest of all who may be this person decides."""
    surest = NEW
    for _, other, judged, stub in found:
        rank = (1 + (judged.grade == likeness.SAME), judged.weight, other.id)
        if rank > surest.rank:
            surest = Verdict(FATES[judged.grade], other, rank, stub)
    return surest


@dataclass
class Register:
    """The new people of one slice, whom its later rows are compared with."""

    by_key: dict[int, list[Facts]] = field(default_factory=dict)

    def add(self, new: Facts) -> None:
        """One more person to compare with."""
        for key in likeness.keys(new):
            self.by_key.setdefault(key, []).append(new)

    def matches(self, row: Facts) -> list[Match]:
        """Everybody here who may be the person of a row."""
        near = {one for key in likeness.asked(row) for one in self.by_key.get(key, ())}
        return _alike(row, near)


@dataclass
class Rehearsal:
    """What a dry run would have written by now: new and changed people, packed small.

    The real run finds them in the store; without them a long list would be told other fates
    in its dry run than it then has.
    """

    _packed: dict[str, bytes] = field(default_factory=dict)
    _by_key: dict[int, list[str]] = field(default_factory=dict)

    def keep(self, person_id: str, values: Mapping[str, object]) -> None:
        """Remember a person as it would stand now (values as columns hold them)."""
        told = {name: value for name, value in values.items() if value not in (None, "")}
        self._packed[person_id] = json.dumps(told, ensure_ascii=False).encode()
        for key in likeness.keys(facts_of(told, person_id)):
            under = self._by_key.setdefault(key, [])
            if person_id not in under:
                under.append(person_id)

    def values(self, person_ids: Iterable[str]) -> dict[str, dict[str, object]]:
        """The values of those of the persons whom this dry run has moved."""
        moved = [one for one in person_ids if one in self._packed]
        return {one: json.loads(self._packed[one]) for one in moved}

    def matches(self, rows: Iterable[Facts], stored: Iterable[Match]) -> list[Match]:
        """Everybody who may be the person of a row: of the store where not moved, and of here."""
        found = [one for one in stored if one.stub or one.other.id not in self._packed]
        for row in rows:
            ids = {one for key in likeness.asked(row) for one in self._by_key.get(key, ())}
            near = self.values(ids - {row.id})
            found += _alike(row, {facts_of(values, one) for one, values in near.items()})
        return found


def _alike(row: Facts, near: Iterable[Facts]) -> list[Match]:
    judged = [Match(row, known, likeness.compare(row, known)) for known in near]
    return [match for match in judged if match.judged.grade != likeness.DIFFERENT]
