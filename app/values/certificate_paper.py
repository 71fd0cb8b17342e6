"""Frozen values of what is printed on a blank certificate, and of its proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.values.papers import Letterhead


@dataclass(frozen=True, slots=True)
class BlankPaper:
    """What the printer puts onto one blank: words by the parts of the layout of `day`."""

    day: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offset:
    """How far to move everything, in millimetres to the right and down."""

    right: float = 0.0
    down: float = 0.0


@dataclass(frozen=True, slots=True)
class ProofPaper:
    """The proof on plain paper: the blank as it will look, what is checked, the signed code."""

    letterhead: Letterhead
    blank: BlankPaper
    code: str
    code_missing: str
    facts: tuple[tuple[str, str], ...]
    printed_by: str
    printed_at: str
    demo: bool = False
