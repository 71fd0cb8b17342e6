"""Official documents: letters, notices with their lists, decisions, receipts, registers.

Layout of NĐ 30/2020/NĐ-CP, Annex I. What the law gives no form for says so on the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from app.papers import blocks, fonts, letterhead
from app.papers.flow import BODY, LEADING, Flow, centre
from app.papers.fonts import Family
from app.papers.lines import balanced, clean, wrap
from app.papers.page import LEFT, MM, ON_ITS_SIDE, UPRIGHT, Page, Rule, Text
from app.papers.pdf_file import About, PdfFile
from app.values.letter import Centred, Facts, Letter, LetterBlock, Para
from app.values.papers import PaperRow, Words

QR_SIDE = 24 * MM
PHOTO_WIDTH, PHOTO_HEIGHT = 30 * MM, 40 * MM
DOTS = "." * 40
TO_LABEL = "Kính gửi: "


def typeset(papers: Sequence[Letter], translate: Words) -> tuple[bytes, int]:
    """The documents one after the other as one PDF, and how many pages. Raises FontMissing."""
    family = fonts.find()
    out = BytesIO()
    pdf = PdfFile(out, family, about(papers[0]))
    for paper in papers:
        pdf.add(pages(paper, family, translate))
    pdf.close()
    return out.getvalue(), pdf.pages


def about(paper: Letter) -> About:
    """What the PDF says about itself: which kind it is, and nothing about a person."""
    head = paper.letterhead
    return About(paper.title or paper.mark or paper.about, head.issuing_body, head.day)


def pages(paper: Letter, family: Family, translate: Words) -> list[Page]:
    """The pages of the document and of what is attached to it, before they are written."""
    flow = Flow(family, translate("(tiếp)"), ON_ITS_SIDE if paper.wide else UPRIGHT)
    if not paper.bare:
        letterhead.head(flow, paper.letterhead, translate, paper.number)
    _title(flow, paper)
    _remarks(flow, paper, translate)
    _to(flow, paper.to)
    for number, words in enumerate(paper.grounds, 1):
        flow.paragraph(f"{words}{'.' if number == len(paper.grounds) else ';'}", "italic")
    foot = _foot_height(flow, paper, translate)
    for place, one in enumerate(paper.parts, 1):
        _draw(flow, one, foot if place == len(paper.parts) else 0.0)
    _foot(flow, paper, foot, translate)
    by = translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by)
    count = translate("gồm {count} trang", count=len(flow.pages))
    letterhead.number_pages(family, flow.pages, (by, paper.mark or paper.title), count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    return [*flow.pages, *(page for one in paper.annex for page in pages(one, family, translate))]


def _title(flow: Flow, paper: Letter) -> None:
    """The kind of document; the QR code at its right, the frame of a photo at its left."""
    top, height, beside = flow.y, 0.0, 0.0
    if paper.qr:
        x = LEFT + flow.sheet.column - QR_SIDE
        letterhead.qr(flow.page, paper.qr, (x, top - QR_SIDE), QR_SIDE)
        height, beside = QR_SIDE, QR_SIDE + 4 * MM
    if paper.photo:
        _frame(flow, top)
        height = max(height, PHOTO_HEIGHT)
    if paper.title:
        if height:
            flow.space(height / 4)
        letterhead.title(flow, paper.title.upper(), paper.about, beside)
    elif paper.about:
        _about(flow, paper.about)
    flow.y = min(flow.y, top - height - (6 if height else 0))


def _about(flow: Flow, words: str) -> None:
    """What an official letter is about, below its number (Annex I: 12 pt, upright)."""
    width = flow.sheet.column * letterhead.LEFT_SHARE
    flow.y += 14
    for line in balanced(clean(flow.family, words), flow.family.regular, 12, width - 6):
        flow.centred(line, "regular", 12, LEFT + width / 2)
    flow.space(14)


def _frame(flow: Flow, top: float) -> None:
    """Where the photo is glued, with the seal over its edge (dấu giáp lai)."""
    left, right, low = LEFT, LEFT + PHOTO_WIDTH, top - PHOTO_HEIGHT
    corners = ((left, top), (right, top), (right, low), (left, low), (left, top))
    for (x1, y1), (x2, y2) in zip(corners, corners[1:], strict=False):
        flow.page.rules.append(Rule(x1, y1, x2, y2, 0.6))
    for number, words in enumerate(("Ảnh 3 x 4", "(đóng dấu giáp lai)")):
        y = (top + low) / 2 - number * 13
        place = ((left + right) / 2, y)
        flow.page.texts.append(centre(flow.family, place, "italic", 9, words))


def _remarks(flow: Flow, paper: Letter, translate: Words) -> None:
    invented = translate("GIẢ LẬP - người và số liệu trong hồ sơ này không có thật")
    for words in (paper.remark, invented if paper.demo else ""):
        for line in balanced(clean(flow.family, words), flow.family.italic, 11, flow.sheet.column):
            if line:
                flow.centred(line, "italic", 11)
    flow.space(6)


def _to(flow: Flow, whom: Sequence[str]) -> None:
    """One after "Kính gửi:", several below it with dashes."""
    if len(whom) == 1:
        words = clean(flow.family, f"{TO_LABEL}{whom[0]}")
        for line in balanced(words, flow.family.regular, 14, flow.sheet.column * 0.86):
            flow.centred(line, "regular", 14)
        flow.space(8)
    elif whom:
        flow.centred(TO_LABEL.strip(), "regular", 14, LEFT + flow.sheet.column * 0.3)
        for number, words in enumerate(whom, 1):
            flow.y -= 14 * LEADING
            x = LEFT + flow.sheet.column * 0.3 + 34
            ended = f"- {words}{'.' if number == len(whom) else ';'}"
            said = clean(flow.family, ended)
            flow.page.texts.append(Text(x, flow.y + 3, "regular", 14, said))
        flow.space(8)


def _draw(flow: Flow, one: LetterBlock, below: float) -> None:
    if isinstance(one, Para):
        flow.paragraph(one.words, one.face, below=below)
    elif isinstance(one, Centred):
        flow.space(4)
        flow.room(14 * LEADING * 3)
        flow.centred(one.words, "bold", 14)
        flow.space(8)
    elif isinstance(one, Facts):
        _facts(flow, one.rows)
    else:
        blocks.grid(flow, one)


def _facts(flow: Flow, rows: Sequence[PaperRow]) -> None:
    """Label and value one below the other: what people compare with a card, line by line."""
    family, size, lead = flow.family, BODY, BODY * LEADING + 2
    for row in rows:
        label = f"{clean(family, row.label)}: "
        first = family.regular.width(label) * size / 1000
        room = flow.sheet.column - 10 * MM
        lines = wrap(clean(family, row.value or DOTS), family.bold if row.value else family.regular,
                     size, room - first)  # fmt: skip
        for number, line in enumerate(lines):
            flow.room(lead)
            flow.y -= lead
            x = LEFT + 10 * MM
            if not number:
                flow.page.texts.append(Text(x, flow.y + 3, "regular", size, label))
            face = "bold" if row.value else "regular"
            flow.page.texts.append(Text(x + first, flow.y + 3, face, size, line))
    flow.space(8)


def _foot_height(flow: Flow, paper: Letter, translate: Words) -> float:
    if paper.signers:
        return blocks.signatures_height(flow, paper.signers) + (24 if paper.dated else 0)
    if paper.bare:
        return 0.0
    return letterhead.foot_height(flow.family, paper.letterhead, translate)


def _foot(flow: Flow, paper: Letter, height: float, translate: Words) -> None:
    """Who signs, with room for the hand."""
    if paper.signers:
        if paper.dated:
            letterhead.dated(flow, paper.dated, height)
        named = " - ".join(words for words in (paper.title, paper.about) if words)
        blocks.signatures(flow, paper.signers, translate("Trang ký: {form}", form=named))
    elif not paper.bare:
        letterhead.foot(flow, paper.letterhead, translate)
