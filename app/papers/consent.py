"""The form on which somebody agrees that data are shared: blank to take along, or filled in.

No law fixes it (Luật 91/2025/QH15 Đ.9 says what must be told); it says so on the paper.
"""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Flow, centre
from app.papers.page import LEFT, MIDDLE, MM, Page
from app.papers.pdf_file import About, PdfFile
from app.values.papers import ConsentForm, Letterhead, PaperRow, Words

SIGN_SPACE = 26 * MM
DOTS = "." * 42
BOX = "[  ]"
TICKED = "[x]"


def typeset(paper: ConsentForm, head: Letterhead, translate: Words) -> bytes:
    """The form as a PDF of one page, two when filled with much. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    letterhead.head(flow, head, translate)
    title = translate("Giấy đồng ý chia sẻ thông tin cá nhân")
    letterhead.title(flow, title.upper())
    flow.pairs([PaperRow(label, value or DOTS) for label, value in paper.who])
    flow.heading(translate("Tôi đồng ý cho cơ quan chia sẻ thông tin trong hồ sơ để:"))
    for label, chosen in paper.purposes:
        flow.line(f"{TICKED if chosen else BOX} {label}")
    flow.space(6)
    flow.pairs([PaperRow(label, value or DOTS) for label, value in paper.terms])
    for words in _rights(paper, translate):
        flow.paragraph(words)
    _signatures(flow, paper, translate)
    note = translate("Mẫu của cơ quan, không phải mẫu theo quy định")
    letterhead.number_pages(family, flow.pages, (head.issuing_body, note))
    out = BytesIO()
    pdf = PdfFile(out, family, About(title, head.issuing_body))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _rights(paper: ConsentForm, translate: Words) -> tuple[str, ...]:
    """What must be told before somebody agrees: which data, who answers, which rights."""
    return (
        translate(
            "Tôi được nói rõ: thông tin nào được đưa ra, cho ai, để làm gì; chỉ đưa khi thủ trưởng "
            "cơ quan cũng đồng ý (Thông tư 02/2020/TT-BLĐTBXH Điều 9)."
        ),
        translate(
            "Tôi có quyền không đồng ý mà vẫn được giải quyết chế độ theo luật; có quyền xem, sửa, "
            "và rút lại đồng ý này bất cứ lúc nào (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15)."
        ),
        translate(
            "Người phụ trách bảo vệ dữ liệu của cơ quan: {officer}",
            officer=paper.officer or "." * 50,
        ),
    )


def _signatures(flow: Flow, paper: ConsentForm, translate: Words) -> None:
    family = flow.family
    names = [translate("NGƯỜI ĐỒNG Ý"), translate("CÁN BỘ")]
    if paper.guardian:
        names.insert(1, translate("CHA MẸ, NGƯỜI GIÁM HỘ"))
    note = translate("(ký hoặc điểm chỉ, ghi họ tên)")
    share = 2 * (MIDDLE - LEFT) / len(names)

    def draw(page: Page, top: float) -> None:
        for number, words in enumerate(names):
            middle = LEFT + (number + 0.5) * share
            page.texts.append(centre(family, (middle, top - 16), "bold", 12, words))
            page.texts.append(centre(family, (middle, top - 30), "italic", 11, note))

    flow.piece(32 + SIGN_SPACE, draw)
