"""Where somebody has been in the window: the place that is shown, the way back and forward."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KEPT_MAX = 100


@dataclass(frozen=True, slots=True)
class Visit:
    """A place that was opened, of which record, with what else was asked for."""

    name: str
    key: str = ""
    facts: tuple[tuple[str, Any], ...] = ()


class Visits:
    """`now` is shown; `past` and `future` are what back and forward lead to, the nearest last."""

    def __init__(self) -> None:
        self.now: Visit | None = None
        self.past: list[Visit] = []
        self.future: list[Visit] = []

    def go(self, visit: Visit) -> Visit:
        """A new place; from here nothing lies ahead."""
        self.past = self._with_now(self.past)
        self.future = []
        self.now = visit
        return visit

    def back(self) -> Visit:
        """The place before; there must be one."""
        visit = self.past.pop()
        self.future = self._with_now(self.future)
        self.now = visit
        return visit

    def forward(self) -> Visit:
        """The place that `back` left; there must be one."""
        visit = self.future.pop()
        self.past = self._with_now(self.past)
        self.now = visit
        return visit

    def _with_now(self, way: list[Visit]) -> list[Visit]:
        return [*way, self.now][-KEPT_MAX:] if self.now is not None else way
