"""The sheet with the recovery code: printed once, kept away from the PC, shown nowhere else."""

from __future__ import annotations

from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Flow, centre
from app.papers.page import LEFT, MIDDLE, MM, Page, Rule
from app.papers.pdf_file import About, PdfFile
from app.values.papers import RecoverySheet, Words

CODE_SIZE_MAX = 22.0
FRAME_WIDTH, FRAME_HEIGHT = 150 * MM, 24 * MM
SIGN_SPACE = 24 * MM


def typeset(paper: RecoverySheet, translate: Words) -> bytes:
    """One page with the code, what it opens, how to keep it, and who has it. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    flow.space(0)
    title = translate("Mã khôi phục kho dữ liệu").upper()
    letterhead.title(flow, title, paper.office)
    _code(flow, paper.code)
    for words in _advice(translate):
        flow.paragraph(words)
    made = translate("Lập lúc {at}; người lập: {by}", at=paper.made_at, by=paper.made_by)
    flow.line(made, "italic")
    if paper.place:
        flow.line(translate("Kho dữ liệu: {place}", place=paper.place), "italic")
    flow.space(16)
    _signatures(flow, translate)
    out = BytesIO()
    pdf = PdfFile(out, family, About(translate("Mã khôi phục kho dữ liệu")))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _code(flow: Flow, code: str) -> None:
    """The code in a frame, large and on one line, so that it is typed without a slip."""
    family = flow.family
    size = min(CODE_SIZE_MAX, (FRAME_WIDTH - 8 * MM) * 1000 / family.bold.width(code))

    def draw(page: Page, top: float) -> None:
        left, right = MIDDLE - FRAME_WIDTH / 2, MIDDLE + FRAME_WIDTH / 2
        low = top - FRAME_HEIGHT
        for x1, y1, x2, y2 in (
            (left, top, right, top),
            (left, low, right, low),
            (left, top, left, low),
            (right, top, right, low),
        ):
            page.rules.append(Rule(x1, y1, x2, y2, 1.2))
        place = (MIDDLE, top - FRAME_HEIGHT / 2 - size / 3)
        page.texts.append(centre(family, place, "bold", round(size, 2), code))

    flow.piece(FRAME_HEIGHT + 14, draw)


def _advice(translate: Words) -> tuple[str, ...]:
    return (
        translate(
            "Mã này mở được toàn bộ kho dữ liệu và các bản sao lưu của đơn vị khi không còn ai nhớ "
            "mật khẩu. Chương trình không giữ mã ở đâu khác; mất tờ này thì không lấy lại được mã."
        ),
        translate(
            "Cất trong phong bì niêm phong, để trong két hoặc tủ khóa, khác phòng với máy tính và "
            "ổ sao lưu. Không chụp ảnh, không gửi qua tin nhắn, thư điện tử."
        ),
        translate(
            "Khi cần: mở chương trình, chọn “Quên mật khẩu?”, gõ mã (chữ hoa, chữ thường và dấu "
            "gạch không quan trọng), rồi đặt mật khẩu mới và in mã mới."
        ),
        translate("Khi lập mã mới, hủy tờ này trước mặt hai người."),
    )


def _signatures(flow: Flow, translate: Words) -> None:
    family = flow.family
    names = (translate("Người giao"), translate("Người giữ"))
    note = translate("(ký, ghi rõ họ tên, ngày)")

    def draw(page: Page, top: float) -> None:
        for number, words in enumerate(names):
            middle = LEFT + (number * 2 + 1) * (MIDDLE - LEFT) / 2
            page.texts.append(centre(family, (middle, top - 16), "bold", 13, words))
            page.texts.append(centre(family, (middle, top - 30), "italic", 11, note))

    flow.piece(30 + SIGN_SPACE, draw)
