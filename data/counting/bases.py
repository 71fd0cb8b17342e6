"""What figures look at, by name: each a table of columns to ask and to group by.

Every base has `key` (what is counted once), `person`, and its place: `commune` as it was written,
`hamlet`, `placed`, `current_commune` and whether one of them was edited since the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import FromClause

from data.counting.belongings import care_case, need
from data.counting.events import training, victim
from data.counting.people import Moment, cause, entry, movement, person
from data.counting.then import Source


@dataclass(frozen=True, slots=True)
class Base:
    """How a base is made, from the columns that the figures ask; and what needs no DISTINCT."""

    made: Callable[[Source, Moment, frozenset[str]], FromClause]
    unique: frozenset[str] = frozenset()
    layered: bool = False
    """Times and persons of one base: counted by person first, which needs one sorting for all."""


BASES: Mapping[str, Base] = {
    "person": Base(person, frozenset({"persons"})),
    "cause": Base(cause, frozenset({"persons"})),
    "need": Base(need, layered=True),
    "case": Base(care_case, frozenset({"cases"})),
    "victim": Base(victim),
    "entry": Base(entry, frozenset({"persons"})),
    "movement": Base(movement, frozenset({"persons"})),
    "training": Base(training),
}
"""By the word that a figure has in `of`. A noun with figures of its own adds its base here."""

COUNTED: Mapping[tuple[str, str], str] = {
    ("need", "persons"): "person",
    ("case", "persons"): "person",
    ("victim", "cases"): "accident",
    ("training", "persons"): "who",
    ("training", "classes"): "class_id",
    ("training", "rounds"): "round_id",
    ("training", "workshops"): "workshop_id",
}
"""Columns counted in place of `key`."""
