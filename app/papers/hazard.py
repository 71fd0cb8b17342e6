"""What is printed of a report of something dangerous: the sheet for who told it, the letter to
who clears. No law fixes their form; the guidance stands in both.
"""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Flow
from app.papers.pdf_file import About, PdfFile
from app.values.hazard import HazardSheet
from app.values.papers import Letterhead, PaperRow, Words

WARNING_SIZE = 15.0


def typeset(paper: HazardSheet, head: Letterhead, translate: Words) -> bytes:
    """The sheet, or with `letter` the letter, as a PDF. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    if paper.letter:
        title = _letter(flow, paper, head, translate)
    else:
        title = _sheet(flow, paper, translate)
    said = translate("Tin báo số {number}", number=paper.number)
    letterhead.number_pages(family, flow.pages, (paper.office, said))
    out = BytesIO()
    pdf = PdfFile(out, family, About(title, paper.office))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _sheet(flow: Flow, paper: HazardSheet, translate: Words) -> str:
    title = translate("Gặp vật nghi là bom mìn: làm gì")
    flow.space(0)
    letterhead.title(flow, title.upper(), paper.office)
    for words in guidance(translate):
        flow.paragraph(words, "bold", WARNING_SIZE)
    _call(flow, paper, translate)
    flow.heading(translate("Tin đã báo"))
    flow.pairs([PaperRow(label, value) for label, value in paper.rows])
    flow.paragraph(
        translate(
            "Cơ quan đã nhận tin số {number} ngày {day} và sẽ báo cho đơn vị xử lý. Muốn biết tin "
            "đến đâu thì hỏi cơ quan, nói số này.",
            number=paper.number,
            day=paper.day,
        )
    )
    return title


def _letter(flow: Flow, paper: HazardSheet, head: Letterhead, translate: Words) -> str:
    title = translate("Công văn báo vật nghi là bom mìn")
    letterhead.head(flow, head, translate)
    flow.paragraph(translate("Kính gửi: {to}", to=paper.to), "bold")
    flow.paragraph(
        translate(
            "{office} nhận được tin báo có vật nghi là bom mìn, vật nổ sau chiến tranh (tin số "
            "{number}, ngày {day}). Đề nghị cơ quan, đơn vị kiểm tra và xử lý theo Nghị định "
            "18/2019/NĐ-CP, và cho biết kết quả.",
            office=paper.office,
            number=paper.number,
            day=paper.day,
        )
    )
    flow.heading(translate("Tin đã báo"))
    flow.pairs([PaperRow(label, value) for label, value in paper.rows])
    flow.paragraph(
        translate(
            "Người dân tại chỗ đã được hướng dẫn: {words}", words=" ".join(guidance(translate))
        )
    )
    letterhead.foot(flow, head, translate)
    return title


def _call(flow: Flow, paper: HazardSheet, translate: Words) -> None:
    if paper.hotline:
        words = translate("Báo ngay: {number}", number=paper.hotline)
    else:
        words = translate("Báo ngay: xã, quân sự xã (số điện thoại: {dots})", dots="." * 40)
    flow.paragraph(words, "bold", WARNING_SIZE)


def guidance(translate: Words) -> tuple[str, ...]:
    """What everybody is told who has seen such a thing; no law fixes the words."""
    return (
        translate("KHÔNG chạm vào. KHÔNG di dời. KHÔNG đốt, không ném vật gì vào."),
        translate("Lùi ra xa theo đúng lối đã đi vào."),
        translate("Đánh dấu từ xa bằng vật dễ thấy; giữ người và gia súc tránh xa."),
        translate("Chỉ chụp ảnh từ xa, không lại gần để chụp."),
    )
