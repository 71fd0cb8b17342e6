"""A report in the layout of NĐ 30/2020/NĐ-CP: table, chart, notes, room to sign.

Wide ones lie on their side; one that is wider still is set in parts, each with its rows' names. The
chart is black bars with their numbers, so that it is read without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Column, Flow
from app.papers.fonts import Family
from app.papers.lines import clean, wrap
from app.papers.page import LEFT, ON_ITS_SIDE, UPRIGHT, Box, Page, Rule, Text
from app.papers.pdf_file import About, PdfFile
from app.values.papers import ReportPaper, Words

UPRIGHT_COLUMNS_MAX = 5
PART_COLUMNS_MAX = 10
ROW_SHARE, COLUMN_SHARE = 26.0, 10.0
BAR_LEAD, BAR_HEIGHT, BAR_SIZE = 15.0, 8.0, 10.0
BAR_LABEL_SHARE, BAR_SHARE = 0.32, 0.56
GOES_ON = " …"
LAST_NOTE = 45.0
"""Room for the last note in three lines."""


def typeset(paper: ReportPaper, translate: Words) -> bytes:
    """The report as a PDF. Raises FontMissing."""
    family = fonts.find()
    sheet = UPRIGHT if len(paper.heads) <= UPRIGHT_COLUMNS_MAX else ON_ITS_SIDE
    flow = Flow(family, translate("(tiếp)"), sheet)
    letterhead.head(flow, paper.letterhead, translate)
    letterhead.title(flow, paper.title.upper(), paper.period)
    if paper.demo:
        words = translate("GIẢ LẬP - người và số liệu trong báo cáo này không có thật")
        flow.centred(words, "italic", 11)
    for words in paper.marks:
        flow.line(words, "italic", 10)
    flow.line(translate("Đơn vị tính: {unit}", unit=paper.unit_of_count), "italic", 11)
    flow.space(4)
    _tables(flow, paper, translate)
    if paper.bars:
        flow.heading(paper.bars_title)
        _chart(flow, paper.bars)
    if paper.notes:
        flow.heading(translate("Ghi chú"))
        for words in paper.notes[:-1]:
            flow.line(f"- {words}", size=11)
        foot = letterhead.foot_height(family, paper.letterhead, translate)
        flow.room(LAST_NOTE + foot)  # no signature stands alone on a page
        flow.line(f"- {paper.notes[-1]}", size=11)
    letterhead.foot(flow, paper.letterhead, translate)
    return _file(flow, paper, translate)


def _file(flow: Flow, paper: ReportPaper, translate: Words) -> bytes:
    feet = (
        translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by),
        paper.letterhead.issuing_body,
    )
    count = translate("gồm {count} trang", count=len(flow.pages))
    letterhead.number_pages(flow.family, flow.pages, feet, count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    out = BytesIO()
    pdf = PdfFile(out, flow.family, About(paper.title, paper.letterhead.issuing_body))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _tables(flow: Flow, paper: ReportPaper, translate: Words) -> None:
    """The table, in parts of so many columns; every part names the rows."""
    most = UPRIGHT_COLUMNS_MAX if flow.sheet is UPRIGHT else PART_COLUMNS_MAX
    starts = range(0, len(paper.heads), most)
    for number, start in enumerate(starts, 1):
        heads = paper.heads[start : start + most]
        if len(starts) > 1:
            flow.heading(translate("Phần {number}/{count}", number=number, count=len(starts)))
        columns = [
            Column(paper.rows_head, ROW_SHARE),
            *(Column(h, COLUMN_SHARE, True) for h in heads),
        ]
        rows = [(label, *numbers[start : start + most]) for label, numbers in paper.rows]
        flow.table(columns, rows, strong=(len(rows) - 1,))


def _chart(flow: Flow, bars: Sequence[tuple[str, int]]) -> None:
    """One bar for each row, its name before it and its number behind."""
    family, wide = flow.family, flow.sheet.column
    flow.room(BAR_LEAD * len(bars))  # on one page, its heading over it
    longest = max(max(number for _label, number in bars), 1)

    for label, number in bars:
        named = _in_one_line(family, label, wide * BAR_LABEL_SHARE - 6)

        def draw(page: Page, top: float, named: str = named, number: int = number) -> None:
            base = top - BAR_LEAD + 4
            x = LEFT + wide * BAR_LABEL_SHARE
            length = wide * BAR_SHARE * number / longest
            page.texts.append(Text(LEFT, base, "regular", BAR_SIZE, named))
            page.boxes.append(Box(x, base - 1, length, BAR_HEIGHT))
            page.rules.append(Rule(x, base - 4, x, base + BAR_HEIGHT + 3, 0.5))
            told = f"{number:,}".replace(",", ".")
            page.texts.append(Text(x + length + 4, base, "bold", BAR_SIZE, told))

        flow.piece(BAR_LEAD, draw)
    flow.space(8)


def _in_one_line(family: Family, label: str, width: float) -> str:
    """A label, cut where it is too long, with a sign that it goes on."""
    lines = wrap(clean(family, label), family.regular, BAR_SIZE, width)
    if len(lines) == 1:
        return lines[0]
    return wrap(clean(family, label), family.regular, BAR_SIZE, width - BAR_SIZE)[0] + GOES_ON
