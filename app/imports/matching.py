"""The persons a slice of a list is compared with, by the keys of the one judgement (likeness)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from app.rules import likeness
from app.rules.likeness import Facts

FATES = {likeness.SAME: "same", likeness.LIKELY: "maybe"}


class Verdict(NamedTuple):
    """`fate` is new, same or maybe; `twin` is the known person it means.

    Of two verdicts on a row the greater `rank` is the surer one.
    """

    fate: str
    twin: Facts | None = None
    rank: tuple[int, int, str] = (0, 0, "")


NEW = Verdict("new")


@dataclass
class Register:
    """Known persons to compare rows with."""

    by_key: dict[int, list[Facts]] = field(default_factory=dict)

    def add(self, known: Facts) -> None:
        """One more person to compare with."""
        for key in likeness.keys(known):
            self.by_key.setdefault(key, []).append(known)

    def extend(self, all_known: Iterable[Facts]) -> None:
        """More persons to compare with."""
        for known in all_known:
            self.add(known)

    def near(self, row: Facts) -> set[Facts]:
        """Everybody here who may be this person."""
        return {known for key in likeness.asked(row) for known in self.by_key.get(key, ())}

    def judge(self, row: Facts) -> Verdict:
        """What a row is: the surest of all who may be this person decides."""
        verdict = NEW
        for known in self.near(row):
            found = likeness.compare(row, known)
            if found.grade == likeness.DIFFERENT:
                continue
            rank = (1 + (found.grade == likeness.SAME), found.weight, known.id)
            if rank > verdict.rank:
                verdict = Verdict(FATES[found.grade], known, rank)
        return verdict
