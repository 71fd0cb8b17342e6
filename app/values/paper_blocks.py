"""What a printed form is made of: answers, boxes to tick, tables, sentences, who signs."""

from __future__ import annotations

from dataclasses import dataclass

BOX, TICKED = "□", "■"
"""A cell of a grid that is a box to tick, and one that is ticked: drawn, whatever the face has."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer; an empty one is so many dotted lines to write on.

    Two `half` ones that follow one another share a line.
    """

    label: str
    value: str = ""
    lines: int = 1
    half: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """A question with boxes: each choice in words, and whether it is ticked."""

    label: str
    choices: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads with their share of the width, rows, and empty rows to write in below.

    `strong` are the places of rows set in bold: groups and totals.
    """

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    spare: int = 0
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of the form itself, set small and slanted."""

    words: str


Block = Answer | Ticks | Grid | Said


@dataclass(frozen=True, slots=True)
class FormPart:
    """Blocks under one title (none when it is empty)."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """One of those who sign: as what, how, and the name where it is known."""

    title: str
    note: str = "(ký, ghi rõ họ tên)"
    name: str = ""
