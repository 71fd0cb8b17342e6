"""A column of blocks set one under the other over as many pages as they need.

Blocks are headings, label-and-value pairs, tables of plain text, paragraphs, pictures and pieces
drawn elsewhere. A heading is never left alone at the foot of a page: it waits until the first
lines of what follows it find room.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from app.papers.fonts import Family
from app.papers.lines import clean, wrap
from app.papers.page import BOTTOM, LEFT, MM, TOP, UPRIGHT, Page, Placed, Rule, Sheet, Text
from app.values.paper_blocks import BOX, TICKED
from app.values.papers import PaperRow, Picture

BODY, SMALL, LABEL, HEADING = 13.0, 12.0, 11.5, 13.0
LEADING = 1.18
CELL_PAD = 3.0
HAIR = 0.3
PAIR_PAD = 5.0
GUTTER = 5 * MM
LABEL_SHARE = 0.40
SPLIT_LINES_MIN = 3
WHOLE_LINES_MAX = 12
TOTAL_LINES = 4
ABOVE_HEADING, BELOW_HEADING, BETWEEN = 10.0, 4.0, 6.0
INDENT = 10 * MM
BOX_SIDE = 9.0
GAP_MAX = 0.5
"""A space is widened by at most this share of the size; a looser line stays ragged."""


class Column(NamedTuple):
    """A column of a table: its head, its share of the width, whether it holds numbers."""

    head: str
    share: float
    numbers: bool = False


class _Laid(NamedTuple):
    """A column as it lies on this sheet: numbers stand at its right side, under each other."""

    width: float
    numbers: bool


class Flow:
    """The pages set so far and the height still free on the last one.

    `continued` stands behind the label of a value that goes on from the page before.
    """

    def __init__(self, family: Family, continued: str = "", sheet: Sheet = UPRIGHT) -> None:
        self.family = family
        self.continued = continued
        self.sheet = sheet
        self.pages = [Page(sheet)]
        self.y = sheet.height - TOP
        self._waiting: list[tuple[str, float]] = []

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on this page yet."""
        return self.y >= self.sheet.height - TOP

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page(self.sheet))
        self.y = self.sheet.height - TOP

    def room(self, height: float) -> None:
        """Make sure that the waiting headings and `height` points fit; then set the headings."""
        heads = sum(_heading_height(lines) for lines in self._headings())
        if self.y - heads - height < BOTTOM and not self.fresh:
            self.turn()
        waiting, self._waiting = self._headings(), []
        for lines in waiting:
            self.y -= 0 if self.fresh else ABOVE_HEADING
            for line in lines:
                self.y -= HEADING * LEADING
                self.page.texts.append(Text(LEFT, self.y + 3, "bold", HEADING, line))
            self.y -= BELOW_HEADING

    def heading(self, words: str) -> None:
        """A heading that goes where what follows it goes."""
        self._waiting.append((clean(self.family, words), HEADING))

    def space(self, height: float) -> None:
        """Free height, none at the head of a page."""
        if not self.fresh:
            self.y -= height

    def pairs(self, rows: Sequence[PaperRow]) -> None:
        """Labels and values in two columns; a long value takes the whole width."""
        half = (self.sheet.column - GUTTER) / 2
        left: _Pair | None = None
        for row in rows:
            pair = self._pair(row, half)
            if pair is None:
                self._pair_row(left, None, half)
                left = None
                self._wide_pair(row)
            elif left is None:
                left = pair
            else:
                self._pair_row(left, pair, half)
                left = None
        self._pair_row(left, None, half)
        self.space(BETWEEN)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        lines_min: int = 1,
        strong: Collection[int] = (),
    ) -> None:
        """A table of plain text; its head stands again on every page.

        A row is at least so many lines high: where people sign they need room. `strong` are the
        places of rows in bold.
        """
        shares = sum(column.share for column in columns)
        widths = [self.sheet.column * column.share / shares for column in columns]
        laid = [_Laid(*pair) for pair in zip(widths, (c.numbers for c in columns), strict=True)]
        head = [
            wrap(clean(self.family, column.head), self.family.bold, LABEL, width - 2 * CELL_PAD)
            for column, width in zip(columns, widths, strict=True)
        ]
        begun = False
        for number, row in enumerate(rows):
            style = "bold" if number in strong else "regular"
            face = self.family.faces()[style]
            cells = [
                [words]
                if words in (BOX, TICKED)
                else wrap(clean(self.family, words), face, LABEL, width - 2 * CELL_PAD)
                for words, width in zip(row, widths, strict=True)
            ]
            cells[0] += [""] * (lines_min - max(map(len, cells)))
            # The last row in bold is a total: it does not stand alone on the next page.
            before_total = number == len(rows) - 2 and number + 1 in strong
            with_it = TOTAL_LINES * LABEL * LEADING if before_total else 0.0
            begun = self._row_over_pages((head, cells), (laid, style, with_it), begun)
        self.space(BETWEEN)

    def paragraph(
        self, words: str, face: str = "regular", size: float = BODY, below: float = 0.0
    ) -> None:
        """Justified text with the first line drawn in (NĐ 30/2020, Annex I), line by line.

        Its last two lines keep together with `below` points of what follows (a signature).
        """
        drawn = self.family.faces()[face]
        lead = size * LEADING
        for part in clean(self.family, words).split("\n"):
            first = wrap(part, drawn, size, self.sheet.column - INDENT)
            rest = " ".join(first[1:])
            lines = [first[0], *(wrap(rest, drawn, size, self.sheet.column) if rest else ())]
            for number, line in enumerate(lines):
                left = len(lines) - number
                self.room(lead * left + BETWEEN + below if below and left <= 2 else lead)
                self.y -= lead
                x = LEFT if number else LEFT + INDENT
                gap = 0.0
                if number < len(lines) - 1 and " " in line:
                    free = LEFT + self.sheet.column - x - drawn.width(line) * size / 1000
                    gap = free / line.count(" ")
                    gap = gap if gap < GAP_MAX * size else 0.0
                self.page.texts.append(Text(x, self.y + 3, face, size, line, gap))
            self.space(2)
        self.space(BETWEEN - 2)

    def line(self, words: str, face: str = "regular", size: float = SMALL) -> None:
        """Text from the left margin, broken where needed, with no first-line indent."""
        drawn = self.family.faces()[face]
        for line in wrap(clean(self.family, words), drawn, size, self.sheet.column):
            self.room(size * LEADING)
            self.y -= size * LEADING
            self.page.texts.append(Text(LEFT, self.y + 3, face, size, line))

    def picture(self, picture: Picture, height_max: float) -> None:
        """A picture as large as column and free height allow, never enlarged past 96 dpi."""
        scale = min(self.sheet.column / picture.width, height_max / picture.height, 0.75)
        width, height = picture.width * scale, picture.height * scale
        self.room(height)
        self.y -= height
        x = LEFT + (self.sheet.column - width) / 2
        self.page.pictures.append(Placed(x, self.y, width, height, picture))
        self.space(BETWEEN)

    def piece(self, height: float, draw: Callable[[Page, float], None]) -> None:
        """Something that stays together: `draw` gets the page and its upper edge."""
        self.room(height)
        draw(self.page, self.y)
        self.y -= height

    def centred(self, words: str, face: str, size: float, middle: float | None = None) -> None:
        """One line around a middle."""
        self.y -= size * LEADING
        place = (self.sheet.middle if middle is None else middle, self.y + 3)
        self.page.texts.append(centre(self.family, place, face, size, words))

    def _headings(self) -> list[list[str]]:
        wide = self.sheet.column
        return [wrap(words, self.family.bold, size, wide) for words, size in self._waiting]

    def _pair(self, row: PaperRow, width: float) -> _Pair | None:
        """The pair within half the width, or None when it needs the whole."""
        label_width = width * LABEL_SHARE
        label = wrap(
            clean(self.family, row.label), self.family.italic, LABEL, label_width - CELL_PAD
        )
        words = clean(self.family, row.value)
        value = wrap(words, self.family.regular, SMALL, width - label_width)
        return _Pair(label, value) if len(value) <= 3 else None

    def _pair_row(self, left: _Pair | None, right: _Pair | None, half: float) -> None:
        if left is None:
            return
        lines = max(left.lines, right.lines if right else 0)
        height = lines * SMALL * LEADING + PAIR_PAD
        self.room(height)
        top = self.y - PAIR_PAD / 2 + 1
        self._cells(left, LEFT, top, half * LABEL_SHARE)
        if right is not None:
            self._cells(right, LEFT + half + GUTTER, top, half * LABEL_SHARE)
        self.y -= height
        self.page.rules.append(Rule(LEFT, self.y, LEFT + half, self.y, HAIR))
        if right is not None:
            x = LEFT + half + GUTTER
            self.page.rules.append(Rule(x, self.y, x + half, self.y, HAIR))

    def _cells(self, pair: _Pair, x: float, top: float, label_width: float) -> None:
        lead = SMALL * LEADING
        texts = self.page.texts
        for number, line in enumerate(pair.label, 1):
            texts.append(Text(x, top - number * lead + 2.5, "italic", LABEL, f"{line} "))
        for number, line in enumerate(pair.value, 1):
            texts.append(Text(x + label_width, top - number * lead + 2.5, "regular", SMALL, line))

    def _wide_pair(self, row: PaperRow) -> None:
        """A long value over the whole width, over pages where it must."""
        indent = (self.sheet.column - GUTTER) / 2 * LABEL_SHARE
        label, again = (
            wrap(clean(self.family, words), self.family.italic, LABEL, indent - CELL_PAD)
            for words in (row.label, f"{row.label} {self.continued}".strip())
        )
        words = clean(self.family, row.value)
        value = wrap(words, self.family.regular, SMALL, self.sheet.column - indent)
        lead = SMALL * LEADING
        while label or value:
            rows = max(len(label), len(value))
            whole = rows if rows <= WHOLE_LINES_MAX else SPLIT_LINES_MIN
            self.room(whole * lead + PAIR_PAD)
            fits = _fits(rows, (self.y - BOTTOM - PAIR_PAD) / lead)
            top = self.y - PAIR_PAD / 2 + 1
            self._cells(_Pair(label[:fits], value[:fits]), LEFT, top, indent)
            self.y -= min(rows, fits) * lead + PAIR_PAD
            value = value[fits:]
            label = label[fits:] or (again if value else [])
        self.page.rules.append(Rule(LEFT, self.y, LEFT + self.sheet.column, self.y, HAIR))

    def _row_over_pages(
        self,
        rows_of: tuple[list[list[str]], list[list[str]]],
        set_as: tuple[list[_Laid], str, float],
        begun: bool,
    ) -> bool:
        """One row of a table, cut into pieces when it is longer than what is free; it keeps
        together with so many points of what follows."""
        head, cells = rows_of
        laid, style, with_it = set_as
        lead = LABEL * LEADING
        head_height = _row_height(head)
        while any(cells):
            rows = max(map(len, cells))
            whole = rows if rows <= WHOLE_LINES_MAX else SPLIT_LINES_MIN
            whole += 2 if style == "bold" else 0  # a group is not left alone at the foot
            before = self.page
            self.room(whole * lead + 2 * CELL_PAD + with_it + (0 if begun else head_height))
            if not begun or self.page is not before:
                self._row(head, laid, "bold")
                begun = True
            fits = _fits(rows, (self.y - BOTTOM - 2 * CELL_PAD) / lead)
            self._row([cell[:fits] for cell in cells], laid, style)
            cells = [cell[fits:] for cell in cells]
        return begun

    def _row(self, cells: list[list[str]], laid: list[_Laid], face: str) -> None:
        height = _row_height(cells)
        lead = LABEL * LEADING
        top, page = self.y, self.page
        x = LEFT
        page.rules.append(Rule(LEFT, top, LEFT + self.sheet.column, top, HAIR))
        drawn = self.family.faces()[face]
        for cell, (width, numbers) in zip(cells, laid, strict=True):
            for number, line in enumerate(cell, 1):
                y = top - CELL_PAD - number * lead + 2.5
                if line in (BOX, TICKED):
                    tick_box(page, (x + (width - BOX_SIDE) / 2, y - 1), line == TICKED)
                    continue
                free = width - 2 * CELL_PAD - drawn.width(line) * LABEL / 1000 if numbers else 0.0
                page.texts.append(Text(x + CELL_PAD + max(free, 0.0), y, face, LABEL, f"{line} "))
            page.rules.append(Rule(x, top, x, top - height, HAIR))
            x += width
        page.rules.append(Rule(x, top, x, top - height, HAIR))
        self.y -= height
        page.rules.append(Rule(LEFT, self.y, LEFT + self.sheet.column, self.y, HAIR))


class _Pair(NamedTuple):
    """A label and a value broken into lines."""

    label: list[str]
    value: list[str]

    @property
    def lines(self) -> int:
        return max(len(self.label), len(self.value))


def centre(family: Family, place: tuple[float, float], face: str, size: float, words: str) -> Text:
    """One line around a middle: `place` is (middle, base line)."""
    words = clean(family, words)
    half = family.faces()[face].width(words) * size / 2000
    return Text(place[0] - half, place[1], face, size, words)


def tick_box(page: Page, place: tuple[float, float], ticked: bool) -> None:
    """A box to tick: `place` is its lower left corner; a ticked one holds an x."""
    x, y = place
    corners = ((x, y), (x + BOX_SIDE, y), (x + BOX_SIDE, y + BOX_SIDE), (x, y + BOX_SIDE), (x, y))
    for (x1, y1), (x2, y2) in zip(corners, corners[1:], strict=False):
        page.rules.append(Rule(x1, y1, x2, y2, 0.6))
    if ticked:
        page.texts.append(Text(x + 1.8, y + 1.6, "bold", 11, "x "))


def _fits(lines: int, room: float) -> int:
    """How many of so many lines go on this page: no widow, so that some go on the next or none."""
    here = max(int(room), 1)
    if here < lines < here + SPLIT_LINES_MIN and lines >= 2 * SPLIT_LINES_MIN:
        return lines - SPLIT_LINES_MIN
    return here


def _heading_height(lines: list[str]) -> float:
    return ABOVE_HEADING + len(lines) * HEADING * LEADING + BELOW_HEADING


def _row_height(cells: list[list[str]]) -> float:
    return max(map(len, cells)) * LABEL * LEADING + 2 * CELL_PAD
