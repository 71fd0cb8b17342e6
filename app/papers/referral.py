"""The letter that refers a person to a service, and the slip on which the service answers.

Layout of NĐ 30/2020/NĐ-CP, Annex I; no law fixes the form of this letter (chưa kiểm chứng).
"""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Flow
from app.papers.letterhead import LEFT_SHARE
from app.papers.lines import balanced, clean
from app.papers.page import COLUMN, LEFT, MM, Page, Rule, Text
from app.papers.pdf_file import About, PdfFile
from app.values.papers import ReferralLetter, Words

QR_SIDE = 18 * MM
TICK = 9.0
DOTS = 150


def typeset(paper: ReferralLetter, translate: Words) -> bytes:
    """The letter, then the answer slip on a page of its own. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family, translate("(tiếp)"))
    letterhead.head(flow, paper.letterhead, translate)
    _about(flow, paper)
    _letter(flow, paper, translate)
    letterhead.foot(flow, paper.letterhead, translate)
    flow.turn()
    _slip(flow, paper, translate)
    feet = (
        translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by),
        translate("Mã hồ sơ: {number}", number=paper.file_number),
    )
    letterhead.number_pages(family, flow.pages, feet)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    title = translate("Mã hồ sơ: {number}", number=paper.file_number)
    out = BytesIO()
    pdf = PdfFile(out, family, About(title, paper.letterhead.issuing_body))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _about(flow: Flow, paper: ReferralLetter) -> None:
    """What the letter is about, below its number (Annex I: 12 pt, upright)."""
    family, width = flow.family, COLUMN * LEFT_SHARE
    flow.y += 14
    for line in balanced(clean(family, paper.about), family.regular, 12, width - 6):
        flow.centred(line, "regular", 12, LEFT + width / 2)
    flow.space(14)


def _letter(flow: Flow, paper: ReferralLetter, translate: Words) -> None:
    flow.centred(translate("Kính gửi: {to}", to=paper.to), "regular", 14)
    flow.space(10)
    flow.paragraph(
        translate(
            "{office} trân trọng giới thiệu và đề nghị Quý cơ quan, đơn vị tiếp nhận, hỗ trợ "
            "người có thông tin sau:",
            office=paper.letterhead.issuing_body,
        )
    )
    flow.pairs(paper.person)
    if paper.service:
        flow.paragraph(translate("Dịch vụ, hỗ trợ đề nghị: {service}.", service=paper.service))
    if paper.reason:
        flow.paragraph(translate("Lý do, tóm tắt hoàn cảnh: {reason}", reason=paper.reason))
    if paper.secret:
        flow.paragraph(translate("Nội dung phải giữ kín: {words}", words=paper.secret), "italic")
    if paper.leave:
        flow.paragraph(paper.leave)
    due = translate(
        "Đề nghị Quý cơ quan, đơn vị trả lời bằng văn bản hoặc bằng phiếu kèm theo trước ngày "
        "{day} để chúng tôi phối hợp.",
        day=paper.due or "…/…/……",
    )
    flow.paragraph(due)
    room = letterhead.foot_height(flow.family, paper.letterhead, translate)
    flow.paragraph(translate("Trân trọng cảm ơn./."), below=room)


def _slip(flow: Flow, paper: ReferralLetter, translate: Words) -> None:
    """What the other side fills in and sends back; the QR code is the number of the file."""
    title = translate("Phiếu trả lời chuyển gửi").upper()
    top = flow.y
    letterhead.qr(flow.page, paper.file_number, (LEFT + COLUMN - QR_SIDE, top - QR_SIDE), QR_SIDE)
    flow.space(14)
    flow.y -= 10
    flow.centred(title, "bold", 14)
    flow.centred(translate("Kính gửi: {to}", to=paper.letterhead.issuing_body), "regular", 13)
    flow.y -= 20
    asked = translate("Người được chuyển gửi: {name}", name=paper.name)
    flow.paragraph(asked, "bold")
    flow.paragraph(translate("Dịch vụ, hỗ trợ đề nghị: {service}.", service=paper.service or "…"))
    flow.paragraph(translate("Đơn vị trả lời: {to}", to=paper.to))
    for words in (
        translate("Tiếp nhận, bắt đầu từ ngày …/…/……"),
        translate("Đã thực hiện, hoàn thành ngày …/…/……"),
        translate("Chưa tiếp nhận được, hẹn lại ngày …/…/……"),
        translate("Không tiếp nhận. Lý do:"),
    ):
        _tick(flow, words)
    for label in (translate("Nội dung trả lời:"), translate("Người liên hệ, điện thoại:")):
        flow.line(label, size=13)
        for _ in range(2):
            flow.line("." * DOTS, size=11)
    middle = LEFT + COLUMN * 0.74
    flow.y -= 14
    flow.centred(translate("…………, ngày … tháng … năm …"), "italic", 13, middle)
    flow.centred(translate("ĐẠI DIỆN ĐƠN VỊ TRẢ LỜI"), "bold", 13, middle)
    flow.centred(translate("(ký, ghi rõ họ tên, đóng dấu)"), "italic", 11, middle)


def _tick(flow: Flow, words: str) -> None:
    """A line with an empty square before it."""
    family = flow.family

    def draw(page: Page, top: float) -> None:
        y = top - 16
        corners = ((0.0, 0.0), (TICK, 0.0), (TICK, TICK), (0.0, TICK), (0.0, 0.0))
        for one, two in zip(corners, corners[1:], strict=False):
            x1, y1, x2, y2 = LEFT + one[0], y + one[1], LEFT + two[0], y + two[1]
            page.rules.append(Rule(x1, y1, x2, y2, 0.6))
        page.texts.append(Text(LEFT + TICK + 8, y, "regular", 13, clean(family, words)))

    flow.piece(24, draw)
