"""What one report counts, asked over two connections at once where they see the same picture."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from data.counting.then import Source
from data.figures import Figure

Answer = TypeVar("Answer")
Kinds = Sequence[Sequence[Figure]]


def each(
    source: Source, kinds: Kinds, ask: Callable[[Source, Sequence[Figure]], Answer]
) -> list[Answer]:
    """The answers for all kinds of figures, in their order. What an asking raises is raised."""
    if source.twin is None or len(kinds) == 1:
        return [ask(source, one) for one in kinds]
    # The most figures take longest: begun last, the other thread would wait for them idle.
    waiting = deque(sorted(range(len(kinds)), key=lambda at: -len(kinds[at])))
    found: dict[int, Answer] = {}

    def some(over: Source) -> None:
        while waiting:
            try:
                at = waiting.popleft()
            except IndexError:  # the other thread took it
                return
            found[at] = ask(over, kinds[at])

    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(some, replace(source, connection=source.twin))
        try:
            some(source)
        finally:
            waiting.clear()
        other.result()
    return [found[at] for at in range(len(kinds))]
