"""Head, foot and page marks of an official document (NĐ 30/2020/NĐ-CP, Annex I)."""

from __future__ import annotations

from collections.abc import Sequence

import segno

from app.papers.flow import LEADING, Flow, centre
from app.papers.fonts import Family
from app.papers.lines import balanced, clean, wrap
from app.papers.page import BOTTOM, COLUMN, LEFT, MM, TOP, Box, Page, Rule, Text
from app.values.papers import Letterhead, Words

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BODY_SIZE, NATION_SIZE, MOTTO_SIZE, NUMBER_SIZE = 12.0, 12.0, 13.0, 13.0
LEFT_SHARE = 0.43
LINE_WIDTH = 0.7
SIGNATURE_SPACE = 26 * MM
SIGNATURE_WIDTH = 0.52
FOOT_SIZE = 9.0
FOOT_Y = BOTTOM - 8 * MM
ABOVE = 4 * MM
"""How far above the upper margin the number of a page stands."""
QR_VERSIONS = {14: 1, 26: 2, 42: 3, 62: 4}
"""Most bytes that a QR code of error level M holds, and its version (ISO/IEC 18004)."""


def head(flow: Flow, letterhead: Letterhead, translate: Words, number: str = "") -> None:
    """The two columns at the head of the first page: bodies and number, nation and date.

    `number` is one that was given already: most papers are numbered by hand after signature. A
    number that has no symbol (of a receipt), or was typed whole, stands alone.
    """
    middle_left, middle_right = columns(flow, letterhead)
    line = flow.y
    if number and (not letterhead.symbol or is_whole(number)):
        given = translate("Số: {number}", number=number)
    else:
        given = translate(
            "Số: {number}/{symbol}", number=number or "       ", symbol=letterhead.symbol or "…"
        )
    flow.centred(given, "regular", NUMBER_SIZE, middle_left)
    flow.y = line
    flow.centred(place_and_day(letterhead, translate), "italic", NUMBER_SIZE, middle_right)
    flow.space(16)


def is_whole(number: str) -> bool:
    """Whether a number was typed with its symbol ("7/TB-UBND"); a year behind it is none."""
    return any(sign.isalpha() for sign in number.partition("/")[2])


def columns(flow: Flow, letterhead: Letterhead) -> tuple[float, float]:
    """The bodies on the left, the nation on the right; answers the middles of both columns."""
    column = flow.sheet.column
    middle_left = LEFT + column * LEFT_SHARE / 2
    middle_right = LEFT + column * (1 + LEFT_SHARE) / 2
    top = flow.y
    _bodies(flow, letterhead, middle_left)
    left_end, flow.y = flow.y, top
    nation(flow, middle_right)
    flow.y = min(left_end, flow.y) - 8
    return middle_left, middle_right


def nation(flow: Flow, middle: float) -> None:
    """The name of the nation and its motto with the line below, as wide as the motto."""
    flow.centred(NATION, "bold", NATION_SIZE, middle)
    flow.centred(MOTTO, "bold", MOTTO_SIZE, middle)
    _line_below(flow, middle, flow.family.bold.width(MOTTO) * MOTTO_SIZE / 1000)


def circular_head(flow: Flow, letterhead: Letterhead, source: str, council: bool) -> None:
    """The head of a form of a circular, which has neither number nor day: its source on the right,
    then the council and the nation, or of what a citizen writes the nation alone."""
    family, edge = flow.family, LEFT + flow.sheet.column
    for number, words in enumerate(clean(family, source).split("\n")):
        face = "italic" if number else "bold"
        for line in wrap(words, family.faces()[face], 11, flow.sheet.column):
            flow.y -= 11 * LEADING
            wide = family.faces()[face].width(line) * 11 / 1000
            flow.page.texts.append(Text(edge - wide, flow.y + 3, face, 11, line))
    flow.space(8)
    if council:
        columns(flow, letterhead)
    else:
        nation(flow, flow.sheet.middle)
    flow.space(8)


def dated(flow: Flow, words: str, below: float) -> None:
    """Place and day above the signatures, on the right; they stay with `below` points of these."""
    flow.space(8)
    flow.room(16 + below)
    middle = LEFT + flow.sheet.column * (1 - SIGNATURE_WIDTH / 2)
    flow.centred(words, "italic", NUMBER_SIZE, middle)


def title(flow: Flow, words: str, below: str = "", beside: float = 0.0) -> None:
    """The kind of document in bold capitals, what it is about below, and the line.

    `beside` is what a code or a photo takes of the width, left free on both sides.
    """
    column = flow.sheet.column - 2 * beside
    for line in balanced(clean(flow.family, words), flow.family.bold, 14, column):
        flow.centred(line, "bold", 14)
    if below:
        lines = balanced(clean(flow.family, below), flow.family.bold, 13, column * 0.8)
        for line in lines:
            flow.centred(line, "bold", 13)
        width = flow.family.bold.width(lines[-1]) * 13 / 1000
        _line_below(flow, flow.sheet.middle, max(width * 0.4, 40.0))
    flow.space(10)


def foot(flow: Flow, letterhead: Letterhead, translate: Words) -> None:
    """Recipients on the left, who signs on the right with room for signature and seal."""
    family = flow.family
    width = COLUMN * SIGNATURE_WIDTH
    left = _recipients(family, letterhead, COLUMN - width - 10, translate)
    lines = _titles(family, letterhead, width, translate)
    signer = letterhead.signatory
    name = clean(family, signer.name) if signer and signer.name else ""

    def draw(page: Page, top: float) -> None:
        middle = LEFT + page.sheet.column - width / 2
        y = top - 14
        for line in lines:
            y -= 13 * LEADING
            page.texts.append(centre(family, (middle, y), "bold", 13, line))
        y -= SIGNATURE_SPACE + 13 * LEADING
        page.texts.append(centre(family, (middle, y), "bold", 13, name or "." * 40))
        y = top - 14
        for face, size, line in left:
            y -= size * LEADING
            page.texts.append(Text(LEFT, y, face, size, line))

    flow.piece(foot_height(family, letterhead, translate), draw)


def foot_height(family: Family, letterhead: Letterhead, translate: Words) -> float:
    """How much room the recipients and the signature need."""
    width = COLUMN * SIGNATURE_WIDTH
    left = _recipients(family, letterhead, COLUMN - width - 10, translate)
    lines = len(_titles(family, letterhead, width, translate)) + 1
    height = max(lines * 13 * LEADING + SIGNATURE_SPACE, sum(one[1] for one in left) * LEADING)
    return height + 14


def _titles(family: Family, letterhead: Letterhead, width: float, translate: Words) -> list[str]:
    """Authority and position of who signs, in capitals."""
    signer = letterhead.signatory
    titles = [*signer.authority, signer.position] if signer else []
    titles = [line for line in titles if line] or [translate("THỦ TRƯỞNG ĐƠN VỊ")]
    return [
        line
        for words in titles
        for line in balanced(clean(family, words.upper()), family.bold, 13, width)
    ]


def number_pages(
    family: Family, pages: Sequence[Page], feet: tuple[str, str], count: str = ""
) -> None:
    """`x/y` centred in the top margin, not on the first page; `feet` left and right below.

    `count` says in the foot of the first page, which has no number, how many pages there are.
    """
    left, every = (clean(family, words) for words in feet)
    first = "; ".join(words for words in (every, clean(family, count)) if words)
    if count:  # a sentence; else it may be the name of a file
        first = first[:1].upper() + first[1:]
    for number, page in enumerate(pages, 1):
        right = every if number > 1 else first
        wide = family.italic.width(right) * FOOT_SIZE / 1000
        if number > 1:
            words = f"{number}/{len(pages)}"
            place = (page.sheet.middle, page.sheet.height - TOP + ABOVE)
            page.texts.append(centre(family, place, "regular", 13, words))
        edge = LEFT + page.sheet.column
        page.texts.append(Text(LEFT, FOOT_Y, "italic", FOOT_SIZE, left))
        page.texts.append(Text(edge - wide, FOOT_Y, "italic", FOOT_SIZE, right))
        page.rules.append(Rule(LEFT, FOOT_Y + 11, edge, FOOT_Y + 11, 0.3))


def volume_number(family: Family, page: Page, number: int, translate: Words) -> None:
    """The page's place in a volume of many files, in the corner of the top margin."""
    words = translate("Tờ {number} của tập", number=number)
    wide = family.italic.width(words) * FOOT_SIZE / 1000
    place = (LEFT + page.sheet.column - wide, page.sheet.height - TOP + ABOVE)
    page.texts.append(Text(*place, "italic", FOOT_SIZE, words))


def qr(page: Page, words: str, place: tuple[float, float], side: float) -> None:
    """A QR code of a short text: `place` is its lower left corner, the quiet zone is outside."""
    length = len(words.encode())
    version = next((one for most, one in QR_VERSIONS.items() if length <= most), None)
    if version is None:  # a signed code: digits alone, which a code holds best
        code = segno.make(words, error="m", micro=False, mask=3, boost_error=False)
    else:
        code = segno.make(
            words, error="m", micro=False, version=version, mask=3, boost_error=False, mode="byte"
        )
    rows = code.matrix
    cell = side / len(rows)
    x, y = place
    for down, row in enumerate(rows):
        bottom = y + side - (down + 1) * cell
        start = None
        for across, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                page.boxes.append(Box(x + start * cell, bottom, (across - start) * cell, cell))
                start = None


def _bodies(flow: Flow, letterhead: Letterhead, middle: float) -> None:
    """The superior body, and in bold the issuing one, with a line of two fifths of its width."""
    width = flow.sheet.column * LEFT_SHARE
    for words, face in ((letterhead.superior_body, "regular"), (letterhead.issuing_body, "bold")):
        drawn = flow.family.faces()[face]
        words = clean(flow.family, words.upper())
        lines = balanced(words, drawn, BODY_SIZE, width - 6) if words else []
        for line in lines:
            flow.centred(line, face, BODY_SIZE, middle)
        if face == "bold" and lines:
            _line_below(flow, middle, max(drawn.width(lines[-1]) * BODY_SIZE / 2500, 30.0))


def _line_below(flow: Flow, middle: float, width: float) -> None:
    y = flow.y - 1.5
    flow.page.rules.append(Rule(middle - width / 2, y, middle + width / 2, y, LINE_WIDTH))
    flow.y -= 3


def place_and_day(letterhead: Letterhead, translate: Words) -> str:
    """Day and the months 1 and 2 with a leading zero (Annex I); dots where nothing is known."""
    if not letterhead.day:
        return translate("{place}, ngày … tháng … năm …", place=letterhead.place or "…")
    year, month, day = letterhead.day.split("-")
    month = month if int(month) <= 2 else str(int(month))
    return translate(
        "{place}, ngày {day} tháng {month} năm {year}",
        place=letterhead.place or "…",
        day=day,
        month=month,
        year=year,
    )


def _recipients(
    family: Family, letterhead: Letterhead, width: float, translate: Words
) -> list[tuple[str, float, str]]:
    """Lines of "Nơi nhận" as (face, size, words): each begins with a dash, the last is the file."""
    given = [line.strip(" -;.") for line in letterhead.recipients] or [translate("Lưu: HS")]
    lines = [("italic", 12.0, translate("Nơi nhận:"))]
    for number, words in enumerate(given, 1):
        ended = f"- {words}" + ("." if number == len(given) else ";")
        for line in wrap(clean(family, ended), family.regular, 11, width):
            lines.append(("regular", 11.0, line))
    return lines
