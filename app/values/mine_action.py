"""Frozen values about the mine-action report that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MineActionRequest:
    """Into which folder; with `names` for a recipient, who is then written down as told."""

    out: Path
    names: bool = False
    recipient: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What a row of the report lacks: the id in the report, the field, and a sentence."""

    report_id: str
    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class MineActionDone:
    """What was written: files, how many rows, how many with names, and what rows lack."""

    files: tuple[Path, ...]
    accidents: int
    victims: int
    named: int
    problems: tuple[Lacking, ...]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a sheet of accidents that was not taken: where, which field, and what to do."""

    sheet: str
    row: int
    field: str
    code: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class AccidentsTaken:
    """What a sheet of accidents brought: rows in all, accidents and victims taken, how many of
    them linked to registered persons, rows that were there already, and those refused."""

    rows: int
    accidents: int
    victims: int
    linked: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    unknown: tuple[str, ...]
