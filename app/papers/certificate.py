"""The certificate: text alone onto the pre-printed blank, a page to calibrate a printer by, and a
proof on plain paper, which is the only one that carries a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Flow
from app.papers.fonts import Family
from app.papers.lines import clean, wrap
from app.papers.page import MM, Page, Rule, Sheet, Text
from app.papers.pdf_file import About, PdfFile
from app.values.certificate_paper import BlankPaper, Offset, ProofPaper
from app.values.papers import Words
from data import certificate_layout
from data.certificate_layout import PRINTED, Layout, Part

SMALLEST = 5.5
"""Points below which nobody reads a card any more: what is longer goes into a second line."""
LINE = 3.4
CODE_SIDE = 45 * MM
GRID, CROSS = 5, 10


def on_blanks(papers: Sequence[BlankPaper], offset: Offset, title: str) -> bytes:
    """One page of the blank's size for each, with nothing but the text. Raises FontMissing."""
    family = fonts.find()
    return _file(family, title, (_page(one, family, offset) for one in papers))


def preview(paper: BlankPaper, title: str) -> bytes:
    """The same with what is on the blank already, for the screen."""
    family = fonts.find()
    return _file(family, title, [_page(paper, family, Offset(), printed=True)])


def calibration(day: str, offset: Offset, translate: Words) -> bytes:
    """A page of the blank's size with a grid of millimetres: printed onto a blank of no value or
    plain paper cut to size, it shows how far the printer sets off."""
    family, layout = fonts.find(), certificate_layout.on(day)
    page = Page(Sheet(layout.width * MM, layout.height * MM))
    shift = (offset.right * MM, -offset.down * MM)
    _grid(page, layout, shift)
    said = translate(
        "Đang chỉnh: sang phải {right} mm, xuống {down} mm",
        right=f"{offset.right:.1f}",
        down=f"{offset.down:.1f}",
    )
    for number, words in enumerate((translate("Trang chỉnh máy in"), said)):
        y = (layout.height - 28.8 - number * 5) * MM + shift[1]
        page.texts.append(Text(12 * MM + shift[0], y, "regular", 8, clean(family, words)))
    return _file(family, translate("Trang chỉnh máy in"), [page])


def proof(paper: ProofPaper, translate: Words) -> bytes:
    """The proof on A4: said to be no certificate, the blank framed, and the code to check it by."""
    family = fonts.find()
    flow = Flow(family, translate("(tiếp)"))
    letterhead.head(flow, paper.letterhead, translate)
    letterhead.title(
        flow,
        translate("Bản in thử Giấy xác nhận khuyết tật").upper(),
        translate("Không thay Giấy xác nhận khuyết tật"),
    )
    _framed(flow, paper.blank)
    for label, value in paper.facts:
        flow.line(f"{label}: {value}", size=12)
    flow.space(10)
    if paper.code:
        flow.room(CODE_SIDE + 20)
        x = flow.sheet.middle - CODE_SIDE / 2
        letterhead.qr(flow.page, paper.code, (x, flow.y - CODE_SIDE), CODE_SIDE)
        flow.y -= CODE_SIDE + 8
        flow.centred(
            translate("Quét mã bằng chương trình của cơ quan để kiểm tra, không cần mạng."),
            "italic",
            11,
        )
    else:
        flow.paragraph(paper.code_missing, "italic")
    by = translate("In lúc {at}; người in: {by}", at=paper.printed_at, by=paper.printed_by)
    letterhead.number_pages(family, flow.pages, (by, translate("Bản in thử")))
    if paper.demo:
        for page in flow.pages:
            page.mark = translate("GIẢ LẬP")
    return _file(family, translate("Bản in thử"), flow.pages)


def _page(paper: BlankPaper, family: Family, offset: Offset, printed: bool = False) -> Page:
    layout = certificate_layout.on(paper.day)
    page = Page(Sheet(layout.width * MM, layout.height * MM))
    corner = (offset.right * MM, (layout.height - offset.down) * MM)
    _place(page, paper, layout, (family, corner, printed))
    return page


def _place(
    page: Page,
    paper: BlankPaper,
    layout: Layout,
    how: tuple[Family, tuple[float, float], bool],
) -> None:
    family, (left, top), printed = how
    for part in layout.parts:
        if part.part == PRINTED and not printed:
            continue
        words = part.words if part.part == PRINTED else paper.words.get(part.part, "")
        for down, (size, line) in enumerate(_fitted(family, part, words)):
            face = family.faces()[part.face]
            wide = face.width(line) * size / 1000
            x = left + part.x * MM - (wide / 2 if part.align == "centre" else 0)
            y = top - (part.y + down * LINE) * MM
            page.texts.append(Text(x, y, part.face, size, line))


def _fitted(family: Family, part: Part, words: str) -> Iterable[tuple[float, str]]:
    """The words in one line as large as set; longer ones smaller, then in two lines."""
    words = clean(family, words)
    if not words:
        return ()
    face, room = family.faces()[part.face], part.width * MM
    size = part.size
    while size > SMALLEST + 1 and face.width(words) * size / 1000 > room:
        size -= 0.25
    if face.width(words) * size / 1000 <= room:
        return ((size, words),)
    while size > SMALLEST and len(wrap(words, face, size, room)) > 2:
        size -= 0.25
    return tuple((size, line) for line in wrap(words, face, size, room)[:3])


def _framed(flow: Flow, paper: BlankPaper) -> None:
    """The blank in the middle of the page, framed, with what is on it already."""
    layout = certificate_layout.on(paper.day)
    width, height = layout.width * MM, layout.height * MM
    flow.room(height + 20)
    left, top = flow.sheet.middle - width / 2, flow.y
    corners = (
        (left, top), (left + width, top), (left + width, top - height), (left, top - height),
    )  # fmt: skip
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        flow.page.rules.append(Rule(x1, y1, x2, y2, 0.6))
    _place(flow.page, paper, layout, (flow.family, (left, top), True))
    flow.y = top - height - 12


def _grid(page: Page, layout: Layout, shift: tuple[float, float]) -> None:
    """Lines every five millimetres, every second one stronger and numbered."""
    wide, high = int(layout.width), int(layout.height)
    for at in range(0, wide + 1, GRID):
        x = at * MM + shift[0]
        page.rules.append(Rule(x, shift[1], x, high * MM + shift[1], _weight(at)))
        if at and not at % CROSS:
            page.texts.append(Text(x + 1, (high - 3) * MM + shift[1], "regular", 6, str(at)))
    for at in range(0, high + 1, GRID):
        y = (high - at) * MM + shift[1]
        page.rules.append(Rule(shift[0], y, wide * MM + shift[0], y, _weight(at)))
        if at and not at % CROSS:
            page.texts.append(Text(1 + shift[0], y + 1, "regular", 6, str(at)))


def _weight(at: int) -> float:
    return 0.2 if at % CROSS else 0.5


def _file(family: Family, title: str, pages: Iterable[Page]) -> bytes:
    out = BytesIO()
    pdf = PdfFile(out, family, About(title))
    pdf.add(pages)
    pdf.close()
    return out.getvalue()
