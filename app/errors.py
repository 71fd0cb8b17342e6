"""What an action answers when it will not do a thing: problems beside their fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.wording import say


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason: a stable code, the field it stands beside, the value, and a sentence."""

    code: str
    field: str
    value: str
    message: str

    @classmethod
    def of(cls, code: str, field: str = "", value: object = "", **facts: object) -> Problem:
        """A problem whose sentence is made from its code and facts in the user's language."""
        text = "" if value is None else str(value)
        return cls(code, field, text, say(code, {"field": field, "value": text} | facts))


class Refused(Exception):
    """The action was not done; nothing was changed. Carries the problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    @classmethod
    def one(cls, code: str, field: str = "", value: object = "", **facts: object) -> Refused:
        """A refusal with a single problem."""
        return cls([Problem.of(code, field, value, **facts)])
