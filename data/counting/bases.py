"""What figures look at, by name: each a table of columns to ask and to group by.

Every base has `key` (what is counted once), `person`, and its place: `commune` as it was written,
`hamlet`, `placed`, `current_commune` and whether one of them was edited since the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import FromClause

from data.counting.belongings import care_case, need
from data.counting.certificates import certificate
from data.counting.events import training, victim
from data.counting.files import file, hearing, referral
from data.counting.people import Moment, cause, entry, movement, person
from data.counting.then import Source


@dataclass(frozen=True, slots=True)
class Base:
    """How a base is made, from the columns that the figures ask; and what needs no DISTINCT."""

    made: Callable[[Source, Moment, frozenset[str]], FromClause]
    unique: frozenset[str] = frozenset()
    layered: bool = False
    """Times and persons of one base: counted by person first, which needs one sorting for all."""
    filters: frozenset[str] = frozenset()
    """Columns that a further condition may ask beside those of the figures."""


PERSONAL = frozenset({"sex", "birth", "types", "degree", "poverty", "ethnicity", "mine_victim"})
"""What may be asked of the persons of every base."""


BASES: Mapping[str, Base] = {
    "person": Base(person, frozenset({"persons"}), filters=PERSONAL),
    "cause": Base(cause, frozenset({"persons"}), filters=PERSONAL),
    "need": Base(need, layered=True, filters=PERSONAL),
    "case": Base(care_case, frozenset({"cases"}), filters=PERSONAL),
    "victim": Base(victim, filters=frozenset({"sex", "birth"})),
    "entry": Base(entry, frozenset({"persons"}), filters=PERSONAL),
    "movement": Base(movement, frozenset({"persons"}), filters=PERSONAL),
    "training": Base(training, filters=frozenset({"sex", "level"})),
    "file": Base(file, frozenset({"times"}), filters=PERSONAL),
    "hearing": Base(hearing, frozenset({"times"}), filters=PERSONAL),
    "referral": Base(referral, frozenset({"times"}), filters=PERSONAL),
    "certificate": Base(certificate, frozenset({"times", "persons"}), filters=PERSONAL),
}  # fmt: skip
"""By the word that a figure has in `of`. A noun with figures of its own adds its base here."""

COUNTED: Mapping[tuple[str, str], str] = {
    ("need", "persons"): "person",
    ("case", "persons"): "person",
    ("certificate", "persons"): "person",
    ("victim", "cases"): "accident",
    ("training", "persons"): "who",
    ("training", "classes"): "class_id",
    ("training", "rounds"): "round_id",
    ("training", "workshops"): "workshop_id",
    ("training", "days"): "event",
}
"""Columns counted in place of `key`."""
