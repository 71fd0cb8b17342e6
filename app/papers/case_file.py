"""The complete file of one person, set in the official layout."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO

from app.papers import blocks, fonts, letterhead
from app.papers.flow import LEADING, SMALL, Column, Flow
from app.papers.fonts import Family
from app.papers.lines import clean, wrap
from app.papers.page import BOTTOM, COLUMN, HEIGHT, LEFT, MM, TOP, Page, Placed, Rule, Text
from app.papers.pdf_file import About, PdfFile
from app.values.papers import CaseFile, PaperCase, PaperFile, PaperSection, PaperStep, Words

PHOTO_WIDTH, PHOTO_HEIGHT = 30 * MM, 40 * MM
QR_SIDE = 21 * MM
CODE_SIDE = 36 * MM
HEAD_LABEL = 35 * MM
PICTURE_HEIGHT_MIN = 90 * MM
HALF_PAGE = (HEIGHT - TOP - BOTTOM) / 2 - 18 * MM
"""Most height of a picture that lies (a card, a photo of a room): two of them fill a page."""
Draw = Callable[[Flow], None]
NUMERALS = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII "
    "XXIV XXV XXVI XXVII XXVIII XXIX XXX"
).split()


def typeset(paper: CaseFile, translate: Words) -> bytes:
    """The file as a PDF. Raises FontMissing."""
    family = fonts.find()
    out = BytesIO()
    pdf = PdfFile(out, family, about(paper, translate))
    pdf.add(pages(paper, family, translate))
    pdf.close()
    return out.getvalue()


def about(paper: CaseFile, translate: Words) -> About:
    """What the PDF says about itself: its number, and nothing about the person.

    Mail programs, search indexes and print queues show the title to people who may not read on.
    """
    title = translate("Mã hồ sơ: {number}", number=paper.file_number)
    return About(title, paper.letterhead.issuing_body, paper.letterhead.day)


def pages(paper: CaseFile, family: Family, translate: Words) -> list[Page]:
    """The pages of the file with their numbers, before they are written."""
    flow = Flow(family, translate("(tiếp)"))
    letterhead.head(flow, paper.letterhead, translate)
    letterhead.title(flow, paper.title.upper(), paper.name)
    _remarks(flow, paper, translate)
    _identity(flow, paper, translate)
    for number, part in zip(NUMERALS, _parts(paper, translate), strict=False):
        title, draw = part
        flow.heading(f"{number}. {title.upper()}")
        draw(flow)
    _closing(flow, paper, translate)
    letterhead.foot(flow, paper.letterhead, translate)
    _pictures(flow, paper, translate)
    feet = (
        translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by),
        translate("Mã hồ sơ: {number}", number=paper.file_number),
    )
    count = translate("gồm {count} trang", count=len(flow.pages))
    letterhead.number_pages(family, flow.pages, feet, count)
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    return flow.pages


def _remarks(flow: Flow, paper: CaseFile, translate: Words) -> None:
    """Above the content: that it is a draft layout, invented, or not for every eye."""
    remarks = []
    if paper.draft:
        remarks.append(translate("DỰ THẢO - chưa đối chiếu mẫu"))
    if paper.demo:
        remarks.append(translate("GIẢ LẬP - người và số liệu trong hồ sơ này không có thật"))
    if paper.confidential:
        remarks.append(
            translate("Có nội dung phải giữ kín theo Điều 9 Thông tư 02/2020/TT-BLĐTBXH")
        )
    for words in remarks:
        flow.centred(words, "italic", 11)
    flow.space(8 if remarks else 0)


def _identity(flow: Flow, paper: CaseFile, translate: Words) -> None:
    """The photo (or its empty frame), who the person is, and the QR code of the file number."""
    family = flow.family
    lead = SMALL * LEADING + 2
    x = LEFT + PHOTO_WIDTH + 6 * MM
    wide = COLUMN - PHOTO_WIDTH - QR_SIDE - HEAD_LABEL - 11 * MM
    rows = [
        (clean(family, row.label), wrap(clean(family, row.value), family.bold, SMALL, wide))
        for row in paper.head
    ]
    height = max(sum(len(lines) for _, lines in rows) * lead, PHOTO_HEIGHT) + 6

    def draw(page: Page, top: float) -> None:
        y = top
        for label, lines in rows:
            page.texts.append(Text(x, y - lead + 3, "italic", SMALL, f"{label} "))
            for line in lines:
                y -= lead
                page.texts.append(Text(x + HEAD_LABEL, y + 3, "bold", SMALL, line))
        _photo(page, top, paper, family, translate)
        right = LEFT + COLUMN - QR_SIDE
        letterhead.qr(page, paper.file_number, (right, top - QR_SIDE), QR_SIDE)
        wide = family.regular.width(paper.file_number) / 1000
        size = min(9.0, QR_SIDE / wide)
        below = top - QR_SIDE - 10
        page.texts.append(Text(right, below, "regular", round(size, 2), paper.file_number))

    flow.piece(height, draw)


def _photo(page: Page, top: float, paper: CaseFile, family: Family, translate: Words) -> None:
    bottom = top - PHOTO_HEIGHT
    photo = paper.photo
    if photo is not None:
        scale = min(PHOTO_WIDTH / photo.width, PHOTO_HEIGHT / photo.height)
        width, height = photo.width * scale, photo.height * scale
        x = LEFT + (PHOTO_WIDTH - width) / 2
        page.pictures.append(Placed(x, top - height, width, height, photo))
        return
    right = LEFT + PHOTO_WIDTH
    corners = ((LEFT, top), (right, top), (right, bottom), (LEFT, bottom), (LEFT, top))
    for (x1, y1), (x2, y2) in zip(corners, corners[1:], strict=False):
        page.rules.append(Rule(x1, y1, x2, y2, 0.5))
    place = (LEFT + PHOTO_WIDTH / 2, top - PHOTO_HEIGHT / 2)
    page.texts.append(letterhead.centre(family, place, "italic", 11, translate("Ảnh 3 × 4")))


def _parts(paper: CaseFile, translate: Words) -> Iterator[tuple[str, Draw]]:
    """Titles of the parts that have content, in the order of reading, and what draws them."""
    for section in (*paper.sections, *paper.disability, *paper.accidents):
        yield section.title, _rows(section)
    if paper.certificate_code:
        words = translate("Mã kiểm tra giấy xác nhận khuyết tật")
        yield words, lambda flow: _code(flow, paper.certificate_code, translate)
    if paper.needs:
        yield translate("Nhu cầu hỗ trợ"), lambda flow: _needs(flow, paper, translate)
    if paper.cases:
        yield translate("Quản lý trường hợp"), lambda flow: _cases(flow, paper, translate)
    if paper.help:
        yield (
            translate("Chuyển gửi, hỗ trợ, dụng cụ, ưu đãi"),
            lambda flow: blocks.parts(flow, paper.help),
        )
    if paper.approvals:
        yield (
            translate("Các bước duyệt hồ sơ"),
            lambda flow: _steps(flow, paper.approvals, translate),
        )
    if paper.changes:
        yield translate("Tóm tắt lịch sử hồ sơ"), lambda flow: _changes(flow, paper, translate)
    if paper.attachments:
        yield (
            translate("Ảnh và giấy tờ kèm theo"),
            lambda flow: _attachments(flow, paper.attachments, translate),
        )
    if paper.missing:
        yield translate("Các phần chưa có thông tin"), lambda _flow: None


def _code(flow: Flow, code: str, translate: Words) -> None:
    """The signed code, large enough to be scanned, and what it is for beside it."""
    said = translate("Quét mã bằng chương trình của cơ quan để kiểm tra, không cần mạng.")
    words = clean(flow.family, said)

    def draw(page: Page, top: float) -> None:
        letterhead.qr(page, code, (LEFT, top - CODE_SIDE), CODE_SIDE)
        x = LEFT + CODE_SIDE + 6 * MM
        page.texts.append(Text(x, top - CODE_SIDE / 2, "italic", 11, words))

    flow.piece(CODE_SIDE + 8, draw)


def _rows(section: PaperSection) -> Draw:
    return lambda flow: flow.pairs(section.rows)


def _needs(flow: Flow, paper: CaseFile, translate: Words) -> None:
    columns = (
        Column(translate("Nhu cầu"), 46),
        Column(translate("Ưu tiên"), 13),
        Column(translate("Số lượng"), 15),
        Column(translate("Ngày, người khai"), 28),
        Column(translate("Tình trạng"), 20),
    )
    rows = [(one.need, one.priority, one.quantity, one.declared, one.status) for one in paper.needs]
    flow.table(columns, rows)


def _cases(flow: Flow, paper: CaseFile, translate: Words) -> None:
    for number, case in enumerate(paper.cases, 1):
        flow.heading(f"{number}. {case.title}")
        flow.pairs(case.rows)
        blocks.parts(flow, case.parts)
        _notes(flow, case, translate)
        if case.steps:
            _steps(flow, case.steps, translate)


def _notes(flow: Flow, case: PaperCase, translate: Words) -> None:
    if not case.notes:
        return
    closed = translate("[giữ kín]")
    columns = (
        Column(translate("Ngày"), 16),
        Column(translate("Loại, người ghi"), 30),
        Column(translate("Nội dung"), 76),
    )
    rows = [
        (
            note.day,
            f"{note.kind}\n{note.by}",
            f"{closed} {note.text}" if note.confidential else note.text,
        )
        for note in case.notes
    ]
    flow.table(columns, rows)


def _steps(flow: Flow, steps: tuple[PaperStep, ...], translate: Words) -> None:
    columns = (
        Column(translate("Thời điểm"), 26),
        Column(translate("Việc"), 26),
        Column(translate("Người thực hiện"), 32),
        Column(translate("Lý do, ghi chú"), 50),
    )
    flow.table(columns, [(one.day, one.step, one.by, one.reason) for one in steps])


def _changes(flow: Flow, paper: CaseFile, translate: Words) -> None:
    columns = (
        Column(translate("Thời điểm"), 26),
        Column(translate("Người thực hiện"), 30),
        Column(translate("Nội dung thay đổi"), 78),
    )
    flow.table(columns, [(one.at, one.by, one.what) for one in paper.changes])
    if paper.changes_between:
        words = translate("Không in ở đây: {count} thay đổi khác.", count=paper.changes_between)
        flow.line(words, "italic", 11)


def _attachments(flow: Flow, files: tuple[PaperFile, ...], translate: Words) -> None:
    columns = (
        Column(translate("STT"), 9),
        Column(translate("Tên"), 46),
        Column(translate("Loại"), 30),
        Column(translate("Ngày"), 16),
        Column(translate("Căn cứ lưu giữ"), 30),
    )
    rows = [
        (
            str(number),
            f"{one.title}\n{one.remark}" if one.remark else one.title,
            one.kind,
            one.day,
            one.basis,
        )
        for number, one in enumerate(files, 1)
    ]
    flow.table(columns, rows)


def _closing(flow: Flow, paper: CaseFile, translate: Words) -> None:
    """The last words before the signature, which never stands on a page without any of them."""
    below = letterhead.foot_height(flow.family, paper.letterhead, translate)
    whole = translate("Các phần của hồ sơ này đều đã có thông tin")
    flow.paragraph(("; ".join(paper.missing) or whole) + ".", below=below)


def _pictures(flow: Flow, paper: CaseFile, translate: Words) -> None:
    """The pictures of the attachments, each under its number and title, at the end."""
    if not any(one.pictures for one in paper.attachments):
        return
    flow.turn()
    for number, one in enumerate(paper.attachments, 1):
        for sheet, picture in enumerate(one.pictures, 1):
            words = translate("Tài liệu {number}: {title}", number=number, title=one.title)
            if len(one.pictures) > 1:
                words += f" ({sheet}/{len(one.pictures)})"
            full = HEIGHT - TOP - BOTTOM - 30 * MM
            natural = picture.height * min(COLUMN / picture.width, 0.75)
            if picture.width > picture.height:
                natural = min(natural, HALF_PAGE)
            if flow.y - BOTTOM - 12 * MM < min(natural, full):
                if flow.y - BOTTOM < PICTURE_HEIGHT_MIN or natural > full:
                    if not flow.fresh:
                        flow.turn()
            free = flow.y - BOTTOM - 14 * MM
            flow.heading(words)
            flow.picture(picture, min(free, natural))
