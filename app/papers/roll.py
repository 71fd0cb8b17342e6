"""A list of persons: signed one by one where a gift is handed over, or sent to a firm.

Layout of NĐ 30/2020/NĐ-CP, Annex I; no law fixes the form of these lists.
"""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Column, Flow, centre
from app.papers.page import LEFT, MIDDLE, MM, Page
from app.papers.pdf_file import About, PdfFile
from app.values.papers import Roll, Words

SIGN_SPACE = 28 * MM
TALL_LINES = 2


def typeset(paper: Roll, translate: Words) -> bytes:
    """The list as a PDF. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family, translate("(tiếp)"))
    letterhead.head(flow, paper.letterhead, translate)
    letterhead.title(flow, paper.title.upper(), paper.subject)
    if paper.demo:
        words = translate("GIẢ LẬP - người và số liệu trong hồ sơ này không có thật")
        flow.centred(words, "italic", 11)
    for words in paper.opening:
        flow.paragraph(words)
    columns = [Column(*one) for one in paper.columns]
    flow.table(columns, paper.rows, TALL_LINES if paper.tall else 1)
    flow.paragraph(paper.closing, below=SIGN_SPACE)
    _signatures(flow, paper, translate)
    feet = (
        translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by),
        paper.letterhead.issuing_body,
    )
    count = translate("gồm {count} trang", count=len(flow.pages))
    letterhead.number_pages(family, flow.pages, feet, count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    out = BytesIO()
    pdf = PdfFile(out, family, About(paper.title, paper.letterhead.issuing_body))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _signatures(flow: Flow, paper: Roll, translate: Words) -> None:
    """Who made the list, who handed over, who is the head; each with room to sign."""
    family, wide = flow.family, 2 * (MIDDLE - LEFT)
    note = translate("(ký, ghi rõ họ tên)")

    def draw(page: Page, top: float) -> None:
        for number, words in enumerate(paper.signers):
            middle = LEFT + (number + 0.5) * wide / len(paper.signers)
            page.texts.append(centre(family, (middle, top - 18), "bold", 12, words))
            page.texts.append(centre(family, (middle, top - 32), "italic", 11, note))

    flow.piece(34 + SIGN_SPACE, draw)
