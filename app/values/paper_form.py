"""Frozen values of forms that are printed to be read, signed and filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.values.papers import Letterhead

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
    """A table: heads with their share of the width, rows, and empty rows to write in below."""

    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...] = ()
    spare: int = 0


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


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One form as it is printed.

    `number` is the form's in the circular ("" for a sheet of our own), `source` what stands above
    the title, `about` below it. `code` is what the QR holds ("" on a preview of a blank form).
    `demo`, `draft` and `confidential` mean what they mean on a case file.
    """

    letterhead: Letterhead
    title: str
    parts: tuple[FormPart, ...]
    number: str = ""
    source: str = ""
    about: str = ""
    code: str = ""
    signers: tuple[Signer, ...] = ()
    printed_by: str = ""
    printed_at: str = ""
    demo: bool = False
    draft: bool = True
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Which form and whose: of a case, of a person, or of nobody yet.

    `blank` leaves everything empty that is written by hand; `count` makes so many blank ones for
    nobody, each with a code of its own. `confidential` False leaves confidential notes out also
    for who may read them.
    """

    form: str
    case_id: str = ""
    person_id: str = ""
    blank: bool = False
    count: int = 1
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class FormResult:
    """What was written: the file, its pages, the forms in it and their codes."""

    path: Path
    pages: int
    forms: tuple[str, ...]
    codes: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    """Forms of the case that have nothing in them yet and were left out."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A form that went out to be filled in: its code, which it is, whose it is as far as known."""

    code: str
    form: str
    printed_by: str
    printed_at: str
    person_id: str = ""
    person_name: str = ""
    case_id: str = ""
    mine: bool = field(default=False)
    """Whether the signed-in user printed it."""
