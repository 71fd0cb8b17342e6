"""The minute of a register taken over: its totals in the list and in the program, both sides sign.

Layout of NĐ 30/2020/NĐ-CP, Annex I; no law fixes the form of this minute.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Column, Flow, centre
from app.papers.page import LEFT, MIDDLE, MM, Page
from app.papers.pdf_file import About, PdfFile
from app.values.imports import Handover, TotalLine
from app.values.papers import Letterhead, Words

SIGN_SPACE = 30 * MM


def typeset(paper: Handover, head: Letterhead, translate: Words) -> bytes:
    """The minute as a PDF. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    letterhead.head(flow, head, translate)
    letterhead.title(flow, translate("Biên bản").upper(), _subject(paper.register, translate))
    for words in _opening(paper, head, translate):
        flow.paragraph(words)
    money = any(line.listed_money or line.found_money for line in paper.lines)
    for table, title in _tables(paper.register, translate):
        lines = [line for line in paper.lines if line.table == table]
        if lines:
            flow.heading(title)
            flow.table(_columns(money, translate), [_row(line, money) for line in lines])
    flow.paragraph(_verdict(paper, translate))
    if paper.shared:
        numbers = "; ".join(paper.shared)
        flow.paragraph(
            translate(
                "Số giấy đứng tên nhiều người trong danh sách: {numbers}. Hai bên xem lại.",
                numbers=numbers,
            )
        )
    if paper.confirmed_at:
        said = translate(
            "Đã xác nhận ngày {at}, người xác nhận: {by}. {note}",
            at=_day(paper.confirmed_at),
            by=paper.confirmed_by or "",
            note=paper.confirmed_note,
        )
        flow.paragraph(said.strip(), "italic")
    _signatures(flow, translate)
    letterhead.number_pages(family, flow.pages, (head.issuing_body, paper.file))
    out = BytesIO()
    pdf = PdfFile(out, family, About(translate("Biên bản bàn giao sổ")))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _subject(register: str, translate: Words) -> str:
    return {
        "certificates": translate("Bàn giao sổ cấp giấy xác nhận khuyết tật theo hồ sơ cũ"),
        "cases": translate("Bàn giao các ca quản lý trường hợp theo hồ sơ cũ"),
        "allowances": translate("Bàn giao danh sách hưởng trợ cấp xã hội hằng tháng theo hồ sơ cũ"),
    }[register]


def _opening(paper: Handover, head: Letterhead, translate: Words) -> tuple[str, ...]:
    return (
        translate(
            "Bên nhận: {office}. Danh sách bàn giao: tệp “{file}”, đưa vào chương trình ngày {at}.",
            office=head.issuing_body,
            file=paper.file,
            at=_day(paper.started_at),
        ),
        translate(
            "Hai bên đối chiếu số liệu của danh sách bàn giao với số liệu chương trình đang giữ:"
        ),
    )


def _tables(register: str, translate: Words) -> tuple[tuple[str, str], ...]:
    kind = translate("Theo dạng khuyết tật")
    if register == "allowances":
        kind = translate("Theo đối tượng hưởng")
    return (
        ("all", translate("Tổng số")),
        ("commune", translate("Theo xã")),
        ("degree", translate("Theo mức độ khuyết tật")),
        ("kind", kind),
    )


def _columns(money: bool, translate: Words) -> tuple[Column, ...]:
    counts = (
        Column(translate("Danh sách"), 14),
        Column(translate("Chương trình"), 14),
        Column(translate("Chênh lệch"), 14),
    )
    sums = (
        Column(translate("Số tiền theo danh sách"), 20),
        Column(translate("Số tiền chương trình giữ"), 20),
    )
    return (Column(translate("Nội dung"), 40), *counts, *(sums if money else ()))


def _row(line: TotalLine, money: bool) -> Sequence[str]:
    counts = [str(line.listed), str(line.found), _signed(line.found - line.listed)]
    sums = [_thousands(line.listed_money), _thousands(line.found_money)] if money else []
    return [line.label, *counts, *sums]


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _verdict(paper: Handover, translate: Words) -> str:
    if paper.agrees:
        return translate("Số liệu hai bên khớp nhau.")
    return translate(
        "Số liệu còn chênh lệch ở các dòng có dấu + hoặc −; lý do ghi tại đây: {dots}",
        dots="." * 120,
    )


def _signatures(flow: Flow, translate: Words) -> None:
    family = flow.family
    names = (translate("ĐẠI DIỆN BÊN GIAO"), translate("ĐẠI DIỆN BÊN NHẬN"))
    note = translate("(ký, ghi rõ họ tên, đóng dấu)")

    def draw(page: Page, top: float) -> None:
        for number, words in enumerate(names):
            middle = LEFT + (number * 2 + 1) * (MIDDLE - LEFT) / 2
            page.texts.append(centre(family, (middle, top - 18), "bold", 13, words))
            page.texts.append(centre(family, (middle, top - 32), "italic", 11, note))

    flow.piece(34 + SIGN_SPACE, draw)


def _day(instant: str) -> str:
    year, month, day = instant[:10].split("-")
    return f"{day}/{month}/{year}"
