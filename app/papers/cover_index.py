"""The index of printed case files: STT, họ tên, ngày sinh, xã, trang (or the file's name)."""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Column, Flow
from app.papers.fonts import Family
from app.papers.page import Page
from app.papers.pdf_file import About, PdfFile
from app.values.papers import CoverIndex, IndexLine, Words

COMMUNE = 3
"""The column of the communes."""


def typeset(paper: CoverIndex, translate: Words) -> bytes:
    """The index alone as a PDF. Raises FontMissing."""
    family = fonts.find()
    out = BytesIO()
    title = translate("Mục lục hồ sơ")
    pdf = PdfFile(out, family, About(title, paper.letterhead.issuing_body, paper.letterhead.day))
    pdf.add(pages(paper, family, translate))
    pdf.close()
    return out.getvalue()


def pages(paper: CoverIndex, family: Family, translate: Words) -> list[Page]:
    """The pages of the index. Their number does not depend on the page numbers in the lines."""
    flow = Flow(family)
    letterhead.head(flow, paper.letterhead, translate)
    communes = {line.commune for line in paper.lines if line.commune}
    one = communes.pop() if len(communes) == 1 else ""
    said = translate("Gồm hồ sơ của {count} người", count=len(paper.lines))
    letterhead.title(flow, translate("Mục lục hồ sơ").upper(), f"{said}, {one}" if one else said)
    separate = any(line.file for line in paper.lines)
    file = 66 if one else 44  # a file's name stays whole on its line where there is room
    columns = [
        Column(translate("STT"), 12),
        Column(translate("Họ và tên"), 36),
        Column(translate("Ngày sinh"), 22),
        Column(translate("Xã, phường"), 42),
        Column(translate("Tệp"), file) if separate else Column(translate("Trang"), 13),
    ]
    rows = [_row(n, line, translate) for n, line in enumerate(paper.lines, 1)]
    if one:  # it stands above, once for all
        del columns[COMMUNE]
        for row in rows:
            del row[COMMUNE]
    flow.table(columns, rows)
    said = translate("Mục lục này có {count} hồ sơ.", count=len(paper.lines))
    flow.paragraph(said, below=letterhead.foot_height(family, paper.letterhead, translate))
    letterhead.foot(flow, paper.letterhead, translate)
    said = translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by)
    count = translate("gồm {count} trang", count=len(flow.pages))
    letterhead.number_pages(family, flow.pages, (said, ""), count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    return flow.pages


def _row(number: int, line: IndexLine, translate: Words) -> list[str]:
    place = line.file or (str(line.page) if line.page else translate("chưa in"))
    return [str(number), line.name, line.birth, line.commune, place]
