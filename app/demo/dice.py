"""Seeded chance: the same seed throws the same things."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Seeded chance with weights written as `word:weight` lists."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._weighted: dict[str, tuple[list[str], list[int]]] = {}

    def weighted(self, table: str) -> str:
        """One word of a `word:weight` list."""
        if table not in self._weighted:
            pairs = [part.rsplit(":", 1) for part in table.split()]
            sums = list(accumulate(int(weight) for _word, weight in pairs))
            self._weighted[table] = ([word for word, _weight in pairs], sums)
        words, sums = self._weighted[table]
        return words[bisect(sums, self.random.randrange(sums[-1]))]

    def one_of(self, words: Sequence[T]) -> T:
        """One of the things, all alike."""
        return words[self.random.randrange(len(words))]

    def chance(self, share: float) -> bool:
        """True in about `share` of the calls."""
        return self.random.random() < share
