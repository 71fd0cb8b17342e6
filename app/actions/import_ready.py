"""A row of a list as columns would hold it and as it is compared: worked out without the store.

That is a fifth of an import, and can be done in the process that reads ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.actions import likeness, person, reform_plan
from app.actions.field_values import Ground
from app.actions.person import Entered
from app.errors import Problem, Refused
from app.imports import discretion
from app.imports.findings import Finding, Understood
from app.rules.likeness import Facts


class Ready(NamedTuple):
    """Somebody new, if nobody is found whom the row means."""

    entered: Entered
    facts: Facts


@dataclass(frozen=True)
class Readying:
    """Makes rows ready; what it knows of office and list travels to the other process."""

    ground: Ground
    file_name: str
    status: str
    answers: reform_plan.Answers = field(default_factory=dict)

    def __call__(self, row: Understood) -> Ready | None:
        """None for a row that names a known person and for one that cannot be taken: it says so."""
        if row.row.keyed or row.problems:
            return None
        entered = person.entered(self.ground, row.values, self.status, self.source(row))
        if isinstance(entered, Refused):
            row.problems += [finding(problem) for problem in entered.problems]
            return None
        values = entered.values
        placed = reform_plan.placed(self.answers, values.get("commune"), values.get("hamlet"))
        known = {**values, "current_commune": placed} if placed else values
        return Ready(entered, likeness.facts_of(known, entered.id))

    def source(self, row: Understood) -> str:
        """Where the row stands, as history tells it."""
        return discretion.source(self.file_name, row.row.sheet, row.row.number)


def later(_row: Understood) -> None:
    """For lists whose rows are completed here before they are made ready."""


def finding(problem: Problem) -> Finding:
    """A problem of a value as a finding about its row."""
    return Finding(problem.field, problem.code, problem.value)
