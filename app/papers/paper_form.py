"""A form of case management on paper: filled from the record, or empty to be filled by hand.

Head, foot and page numbers of NĐ 30/2020/NĐ-CP; the annex of TT 02/2020/TT-BLĐTBXH gives the
order of the questions, its own layout has not been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from app.papers import blocks, fonts, letterhead
from app.papers.flow import LEADING, Flow, centre
from app.papers.fonts import Family
from app.papers.lines import balanced, clean
from app.papers.page import COLUMN, LEFT, MIDDLE, MM, Page, Text
from app.papers.pdf_file import About, PdfFile
from app.values.paper_form import COUNCIL, OFFICE, PaperForm
from app.values.papers import Words

QR_SIDE = 19 * MM
TITLE_WIDTH = COLUMN - 2 * (QR_SIDE + 6 * MM)
TITLE, ABOUT, SOURCE, CODE = 14.0, 13.0, 11.0, 9.0


def typeset(papers: Sequence[PaperForm], translate: Words) -> tuple[bytes, int]:
    """The forms one after the other as one PDF, and how many pages it has. Raises FontMissing."""
    family = fonts.find()
    out = BytesIO()
    pdf = PdfFile(out, family, about(papers[0], translate))
    for paper in papers:
        pdf.add(pages(paper, family, translate))
    pdf.close()
    return out.getvalue(), pdf.pages


def about(paper: PaperForm, translate: Words) -> About:
    """What the PDF says about itself: the form's code, and nothing about the person."""
    head = paper.letterhead
    title = translate("Mã tờ: {code}", code=paper.code) if paper.code else paper.title
    return About(title, head.issuing_body, head.day)


def pages(paper: PaperForm, family: Family, translate: Words) -> list[Page]:
    """The pages of the form with their numbers, before they are written."""
    flow = Flow(family, translate("(tiếp)"))
    if paper.head == OFFICE:
        letterhead.head(flow, paper.letterhead, translate)
    else:
        letterhead.circular_head(flow, paper.letterhead, paper.source, paper.head == COUNCIL)
    _title(flow, paper, _remarks(paper, translate))
    below = blocks.signatures_height(flow, paper.signers)
    blocks.parts(flow, paper.parts, below)
    if paper.dated:
        letterhead.dated(flow, paper.dated, below)
    named = " - ".join(words for words in (paper.title, paper.about) if words)
    blocks.signatures(flow, paper.signers, translate("Trang ký: {form}", form=named))
    by = translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by)
    marks = (paper.number and translate("Mẫu số {number}", number=paper.number), paper.code)
    count = translate("gồm {count} trang", count=len(flow.pages))
    every = " · ".join(words for words in marks if words) or paper.title
    letterhead.number_pages(family, flow.pages, (by, every), count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    return flow.pages


def _title(flow: Flow, paper: PaperForm, remarks: Sequence[str]) -> None:
    """Which form it is and about whom, with the QR of its code at the right edge."""
    family = flow.family
    source = paper.source if paper.head == OFFICE else ""
    lines = [("italic", SOURCE, one) for one in _balanced(family, source, "italic", SOURCE)]
    lines += [("bold", TITLE, one) for one in _balanced(family, paper.title, "bold", TITLE)]
    lines += [("bold", ABOUT, one) for one in _balanced(family, paper.about, "bold", ABOUT)]
    for remark in remarks:
        lines += [("italic", SOURCE, one) for one in _balanced(family, remark, "italic", SOURCE)]
    words = sum(size * LEADING for _face, size, _line in lines)
    height = max(words, QR_SIDE + 12 if paper.code else 0.0) + 8

    def draw(page: Page, top: float) -> None:
        y = top
        for face, size, line in lines:
            y -= size * LEADING
            page.texts.append(centre(family, (MIDDLE, y + 3), face, size, line))
        if paper.code:
            x = LEFT + COLUMN - QR_SIDE
            letterhead.qr(page, paper.code, (x, top - QR_SIDE), QR_SIDE)
            wide = family.regular.width(paper.code) / 1000
            size = round(min(CODE, QR_SIDE / wide), 2)
            page.texts.append(Text(x, top - QR_SIDE - 10, "regular", size, paper.code))

    flow.piece(height, draw)


def _balanced(family: Family, words: str, face: str, size: float) -> list[str]:
    if not words:
        return []
    return balanced(clean(family, words), family.faces()[face], size, TITLE_WIDTH)


def _remarks(paper: PaperForm, translate: Words) -> list[str]:
    """Above the content: that it is a draft layout, invented, or not for every eye."""
    remarks = []
    if paper.draft and paper.number:
        remarks.append(translate("DỰ THẢO - chưa đối chiếu mẫu"))
    if paper.demo:
        remarks.append(translate("GIẢ LẬP - người và số liệu trong hồ sơ này không có thật"))
    if paper.confidential:
        remarks.append(
            translate("Có nội dung phải giữ kín theo Điều 9 Thông tư 02/2020/TT-BLĐTBXH")
        )
    return remarks
