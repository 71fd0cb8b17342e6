"""Frozen values about the exchange with the national system that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem


@dataclass(frozen=True, slots=True)
class ColumnCard:
    """One column of a layout: heading, the person's field, whether it is demanded, how codes are
    written there ("" as plain text), and where that is known from."""

    heading: str
    field: str
    needed: bool
    codes: str
    source: str


@dataclass(frozen=True, slots=True)
class EditionCard:
    """One layout of the national system; `current` is the one that holds today."""

    name: str
    valid_from: str
    label: str
    source: str
    current: bool
    columns: tuple[ColumnCard, ...]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A column that would now be written differently."""

    heading: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody who was never handed over (`new`), changed since, or is gone.

    `problems` are what the layout demands and the record lacks; `why` says why somebody is gone.
    `written` is what stands in the file; in a list of the pending no more than it needs.
    """

    id: str
    name: str
    birth: str
    commune: str
    move: str
    differences: tuple[Rewritten, ...]
    problems: tuple[Problem, ...]
    why: str
    on: str
    base_id: str
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutRequest:
    """Which of the pending to write where; `ids` are persons (empty: all), `lacking` writes those
    with problems as they are; no `edition` is the one that holds today."""

    path: Path
    units: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    edition: str = ""
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class OutDone:
    """What was written, and whom it left out for what they lack."""

    id: str
    number: str
    file: str
    sha256: str
    edition: str
    counts: Mapping[str, int]
    left_out: tuple[Pending, ...]


@dataclass(frozen=True, slots=True)
class FileCard:
    """One exchange: its fields, layout, file, who made it, and counts by move and by answer.

    `brought`: another office made it, and lines of persons who came from there tell of it.
    """

    id: str
    fields: Mapping[str, object]
    edition: str
    file_name: str
    file_hash: str
    by: str
    moves: Mapping[str, int]
    answers: Mapping[str, int]
    clashes: int = 0
    brought: bool = False

    @property
    def persons(self) -> int:
        """How many persons it tells of."""
        return sum(self.moves.values())


@dataclass(frozen=True, slots=True)
class LineCard:
    """One person of an exchange; `clash` names another file in which she was handed over apart.
    `written` (numbers masked) is only for who may export."""

    id: str
    person_id: str
    name: str
    birth: str
    fields: Mapping[str, object]
    written: Mapping[str, str]
    clash: str = ""


@dataclass(frozen=True, slots=True)
class FilePage:
    """An exchange with its persons."""

    card: FileCard
    lines: tuple[LineCard, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a returned file said: lines accepted and refused, and rows nobody could place."""

    accepted: int
    refused: int
    problems: tuple[Problem, ...]
