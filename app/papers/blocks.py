"""Blocks of a form: answers with dotted lines, boxes to tick, tables to write in, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.papers.flow import BOX_SIDE, LABEL, LEADING, SMALL, Column, Flow, centre, tick_box
from app.papers.lines import balanced, clean, wrap
from app.papers.page import BOTTOM, COLUMN, LEFT, MM, Page, Text
from app.values.paper_blocks import Answer, Block, FormPart, Grid, Said, Signer, Ticks

WRITING = 20.0
"""From one dotted line to the next: room for a hand."""
LEAD = SMALL * LEADING
READING = LEAD + 2
BELOW = 4.0
GUTTER = 6 * MM
LABEL_GAP = 4.0
LABEL_SHARE_MAX = 0.62
INDENT_SHARE_MAX = 0.3
"""Further choices stand below the first one unless the label is wider than this."""
DOTS_MIN = 18 * MM
"""Less room than this behind a label is none to write in: the dots begin on the next line."""
BOX_GAP, CHOICE_GAP = 4.0, 14.0
EMPTY_ROW = "\n"
"""A row of two lines' height, to write in."""
SIGN_SPACE = 21 * MM


def parts(flow: Flow, some: Sequence[FormPart], below: float = 0.0) -> None:
    """Set the parts one under the other, each under its title.

    The last lines keep together with `below` points of what follows (signatures), but a table.
    """
    for number, part in enumerate(some, 1):
        if part.title:
            flow.heading(part.title)
        paired = list(_paired(part.blocks))
        for place, block in enumerate(paired, 1):
            kept = below if number == len(some) and place == len(paired) else 0.0
            if isinstance(block, tuple):
                _answers(flow, block, kept)
            else:
                _draw(flow, block, kept)
        flow.space(BELOW)


def signatures(flow: Flow, signers: Sequence[Signer], named: str) -> None:
    """Who signs, side by side, with room for the hand; they stay together on a page.

    A page that holds nothing else says what is signed on it: `named`.
    """
    if not signers:
        return
    width = flow.sheet.column / len(signers)
    drawn = _signers(flow, signers)
    titles, notes, height = _heights(drawn)

    def draw(page: Page, top: float) -> None:
        for number, (title, note, name) in enumerate(drawn):
            middle = LEFT + (number + 0.5) * width
            y = top - 8
            for line in title:
                y -= LEAD
                page.texts.append(centre(flow.family, (middle, y), "bold", SMALL, line))
            y = top - 8 - titles
            for line in note:
                y -= LABEL * LEADING
                page.texts.append(centre(flow.family, (middle, y), "italic", LABEL, line))
            if name:
                y = top - height + 4
                page.texts.append(centre(flow.family, (middle, y), "bold", SMALL, name))

    if flow.y - height < BOTTOM:
        flow.turn()
        flow.line(named, "italic", SMALL)
    flow.piece(height, draw)


def signatures_height(flow: Flow, signers: Sequence[Signer]) -> float:
    """How much room the signatures need."""
    return _heights(_signers(flow, signers))[2] if signers else 0.0


Drawn = list[tuple[list[str], list[str], str]]
"""Of each who signs: lines of the title, lines of the note, the name."""


def _signers(flow: Flow, signers: Sequence[Signer]) -> Drawn:
    width = flow.sheet.column / len(signers)
    return [
        (
            balanced(clean(flow.family, one.title), flow.family.bold, SMALL, width - 8),
            balanced(clean(flow.family, one.note), flow.family.italic, LABEL, width - 8),
            clean(flow.family, one.name),
        )
        for one in signers
    ]


def _heights(drawn: Drawn) -> tuple[float, float, float]:
    """Of titles, of notes, and of the whole."""
    titles = max(len(title) for title, _note, _name in drawn) * LEAD
    notes = max(len(note) for _title, note, _name in drawn) * LABEL * LEADING
    return titles, notes, titles + notes + SIGN_SPACE + LEAD + 12


def _paired(blocks: Sequence[Block]) -> Iterator[Block | tuple[Answer, ...]]:
    """Answers come as one or two of a line, everything else alone."""
    waiting: Answer | None = None
    for block in blocks:
        if isinstance(block, Answer) and block.half:
            if waiting is None:
                waiting = block
            else:
                yield waiting, block
                waiting = None
            continue
        if waiting is not None:
            yield (waiting,)
            waiting = None
        yield (block,) if isinstance(block, Answer) else block
    if waiting is not None:
        yield (waiting,)


def _draw(flow: Flow, block: Block, below: float) -> None:
    if isinstance(block, Ticks):
        _ticks(flow, block, below)
    elif isinstance(block, Grid):
        grid(flow, block)
    elif isinstance(block, Said):
        flow.line(block.words, "italic", LABEL)


def grid(flow: Flow, block: Grid) -> None:
    """A table with its empty rows."""
    columns = [Column(head, share) for head, share in block.columns]
    empty = (EMPTY_ROW, *[""] * (len(columns) - 1))
    flow.space(BELOW)
    flow.table(columns, [*block.rows, *[empty] * block.spare], strong=block.strong)


def _answers(flow: Flow, some: tuple[Answer, ...], below: float) -> None:
    """One answer over the whole width, or two beside one another when both are short."""
    width = (COLUMN - GUTTER) / 2 if some[0].half else COLUMN
    laid = [_lines(flow, one, width) for one in some]
    if len(some) == 2 and max(map(len, laid)) > 2:
        for one in some:
            _answers(flow, (Answer(one.label, one.value, one.lines),), below)
        return
    rows = max(map(len, laid))
    lead = WRITING if any(not one.value for one in some) else READING
    for number in range(rows):
        left = rows - number
        flow.room(lead * min(left, 2) + (below if left <= 2 else 0))
        flow.y -= lead
        for column, lines in enumerate(laid):
            x = LEFT + column * (width + GUTTER)
            for text in lines[number] if number < len(lines) else ():
                flow.page.texts.append(text._replace(x=x + text.x, y=flow.y + 3))


def _lines(flow: Flow, one: Answer, width: float) -> list[list[Text]]:
    """The answer's lines as texts whose x counts from its own left edge."""
    family = flow.family
    label = clean(family, one.label).rstrip(":") + ":"
    whole = wrap(label, family.italic, LABEL, width)
    first = family.italic.width(whole[-1]) * LABEL / 1000 + LABEL_GAP
    heads = [[Text(0, 0, "italic", LABEL, f"{line} ")] for line in whole]
    if not one.value:
        return _dotted(flow, one, heads, (first, width))
    words = clean(family, one.value)
    if first > width * LABEL_SHARE_MAX or "\n" in words:
        behind, rest = "", wrap(words, family.regular, SMALL, width)
    else:
        behind = wrap(words, family.regular, SMALL, width - first)[0]
        left = words[len(behind) :].strip()
        rest = wrap(left, family.regular, SMALL, width) if left else []
    if behind:
        heads[-1].append(Text(first, 0, "regular", SMALL, behind))
    return [*heads, *([Text(0, 0, "regular", SMALL, line)] for line in rest)]


def _dotted(
    flow: Flow, one: Answer, heads: list[list[Text]], span: tuple[float, float]
) -> list[list[Text]]:
    first, width = span
    free = width - first
    if free >= DOTS_MIN:
        heads[-1].append(Text(first, 0, "regular", SMALL, dots(flow, free)))
    more = one.lines - (1 if free >= DOTS_MIN else 0)
    return [*heads, *([Text(0, 0, "regular", SMALL, dots(flow, width))] for _ in range(more))]


def dots(flow: Flow, width: float) -> str:
    """A dotted line of this width."""
    return "." * int(width / (flow.family.regular.width(".") * SMALL / 1000))


def _ticks(flow: Flow, block: Ticks, below: float) -> None:
    """The label, and the choices behind and below it, as many a line as fit."""
    family = flow.family
    label = clean(family, block.label).rstrip(":") + ":" if block.label else ""
    x = family.italic.width(label) * LABEL / 1000 + LABEL_GAP if label else 0.0
    if x > COLUMN * LABEL_SHARE_MAX:
        flow.line(label, "italic", LABEL)
        label, x = "", 0.0
    again = x if x <= COLUMN * INDENT_SHARE_MAX else 0.0
    rows: list[list[tuple[float, str, bool]]] = [[]]
    for words, ticked in block.choices:
        words = clean(family, words)
        wide = BOX_SIDE + BOX_GAP + family.regular.width(words) * SMALL / 1000
        if rows[-1] and x + wide > COLUMN:
            rows.append([])
            x = again
        rows[-1].append((x, words, ticked))
        x += wide + CHOICE_GAP
    for number, row in enumerate(rows):
        flow.room(LEAD + 4 + (below if number == len(rows) - 1 else 0))
        flow.y -= LEAD + 4
        if label and not number:
            flow.page.texts.append(Text(LEFT, flow.y + 3, "italic", LABEL, f"{label} "))
        for place, words, ticked in row:
            _choice(flow, LEFT + place, words, ticked)


def _choice(flow: Flow, x: float, words: str, ticked: bool) -> None:
    """A box with its words; words too long for one line go on below it."""
    room = COLUMN - (x - LEFT) - BOX_SIDE - BOX_GAP
    lines = wrap(words, flow.family.regular, SMALL, room)
    tick_box(flow.page, (x, flow.y + 2), ticked)
    for number, line in enumerate(lines):
        if number:
            flow.room(LEAD)
            flow.y -= LEAD
        flow.page.texts.append(
            Text(x + BOX_SIDE + BOX_GAP, flow.y + 3, "regular", SMALL, f"{line} ")
        )
