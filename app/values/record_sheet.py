"""What became of the rows of a sheet of services, supports or devices."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was not taken: where it stands, whose it is, and what is wrong with it."""

    sheet: str
    row: int
    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NumberBefore:
    """A row about a number that was there before: what it says instead, or None where its cell is
    empty and the number stays."""

    sheet: str
    row: int
    name: str
    before: int
    after: int | None


@dataclass(frozen=True, slots=True)
class SheetTaken:
    """How many rows there were, how many were written, known already, and which were refused.

    `blank` rows of a form that nobody filled are none of the rows; `kept` are those of them for
    which a number stands. `replaced` rows are none of the created.
    """

    rows: int
    created: int
    known: int
    refused: tuple[RowRefused, ...]
    blank: int = 0
    replaced: tuple[NumberBefore, ...] = ()
    kept: tuple[NumberBefore, ...] = ()
