"""What stands on a page before it is written: texts, rules, boxes and pictures at their places."""

from __future__ import annotations

from typing import NamedTuple

from app.values.papers import Picture

MM = 72 / 25.4
WIDTH = 210 * MM
HEIGHT = 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 20 * MM, 20 * MM, 30 * MM, 15 * MM
"""A4 portrait and its margins (NĐ 30/2020/NĐ-CP, Annex I); points from the lower left corner."""


class Sheet(NamedTuple):
    """A sheet of paper as it lies: upright, or on its side for wide tables (Annex I allows it)."""

    width: float
    height: float

    @property
    def column(self) -> float:
        """The width between the margins."""
        return self.width - LEFT - RIGHT

    @property
    def middle(self) -> float:
        """The middle between the margins."""
        return LEFT + self.column / 2


UPRIGHT, ON_ITS_SIDE = Sheet(WIDTH, HEIGHT), Sheet(HEIGHT, WIDTH)
MIDDLE, COLUMN = UPRIGHT.middle, UPRIGHT.column


class Text(NamedTuple):
    """A run of letters on its base line; `gap` widens every space (justified lines)."""

    x: float
    y: float
    face: str
    size: float
    words: str
    gap: float = 0.0


class Rule(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Box(NamedTuple):
    """A rectangle filled black."""

    x: float
    y: float
    width: float
    height: float


class Placed(NamedTuple):
    """A picture and the rectangle it fills."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


class Page:
    """One page. Boxes and the mark lie under everything else; `mark` runs across the page."""

    __slots__ = ("boxes", "mark", "pictures", "rules", "sheet", "texts")

    def __init__(self, sheet: Sheet = UPRIGHT) -> None:
        self.sheet = sheet
        self.texts: list[Text] = []
        self.rules: list[Rule] = []
        self.boxes: list[Box] = []
        self.pictures: list[Placed] = []
        self.mark = ""
