"""The minute of a hand-over between colleagues: cases, tasks, what is on the PC; both sign.

Layout of NĐ 30/2020/NĐ-CP, Annex I; no law fixes the form of this minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from app.papers import fonts, letterhead
from app.papers.flow import Column, Flow, centre
from app.papers.page import LEFT, MIDDLE, MM, Page
from app.papers.pdf_file import About, PdfFile
from app.rules import dates
from app.values.caseload import HandedCase, HandingMinute
from app.values.papers import Letterhead, Words

SIGN_SPACE = 30 * MM


def typeset(paper: HandingMinute, head: Letterhead, translate: Words) -> bytes:
    """The minute as a PDF. Raises FontMissing."""
    family = fonts.find()
    flow = Flow(family)
    letterhead.head(flow, head, translate)
    subject = translate("Bàn giao ca và việc đang phụ trách")
    letterhead.title(flow, translate("Biên bản").upper(), subject)
    for words in _opening(paper, head, translate):
        flow.paragraph(words)
    if paper.cases:
        flow.heading(translate("Ca đã giao"))
        flow.table(_columns(translate), [_row(n, one) for n, one in enumerate(paper.cases, 1)])
    if paper.tasks:
        flow.heading(translate("Việc cần làm chưa xong"))
        columns = (
            Column(translate("Việc cần làm"), 60),
            Column(translate("Đến hạn ngày"), 20),
            Column(translate("Người nhận"), 26),
        )
        nobody = translate("chưa giao")
        flow.table(columns, [(what, _day(day), who or nobody) for what, day, who in paper.tasks])
    flow.heading(translate("Còn trên máy này và khóa"))
    for words in _left(paper, translate):
        flow.paragraph(words)
    _signatures(flow, paper, translate)
    letterhead.number_pages(family, flow.pages, (head.issuing_body, paper.leaver))
    out = BytesIO()
    pdf = PdfFile(out, family, About(translate("Biên bản bàn giao công việc")))
    pdf.add(flow.pages)
    pdf.close()
    return out.getvalue()


def _opening(paper: HandingMinute, head: Letterhead, translate: Words) -> Iterator[str]:
    yield translate(
        "Tại {office}, ngày {day}, hai bên bàn giao ca quản lý trường hợp và công việc do "
        "{name}{title} phụ trách.",
        office=head.issuing_body,
        day=_day(paper.day),
        name=paper.leaver,
        title=f", {paper.title}" if paper.title else "",
    )
    for taker in _takers(paper):
        cases = sum(one.taker == taker for one in paper.cases)
        tasks = sum(who == taker for _what, _day, who in paper.tasks)
        yield translate(
            "{name} nhận {cases} ca, {tasks} việc cần làm.", name=taker, cases=cases, tasks=tasks
        )
    if paper.facts.cases:
        count = paper.facts.cases
        yield translate("Còn {count} ca chưa giao, vẫn đứng tên người giao.", count=count)


def _takers(paper: HandingMinute) -> list[str]:
    """Everybody who takes over a case or a task."""
    of_tasks = [who for _what, _day, who in paper.tasks if who]
    return list(dict.fromkeys((*(one.taker for one in paper.cases), *of_tasks)))


def _columns(translate: Words) -> tuple[Column, ...]:
    return (
        Column(translate("TT"), 7),
        Column(translate("Số hồ sơ"), 16),
        Column(translate("Họ và tên"), 30),
        Column(translate("Xã"), 20),
        Column(translate("Trạng thái"), 20),
        Column(translate("Người nhận"), 26),
    )


def _row(number: int, one: HandedCase) -> tuple[str, ...]:
    return (str(number), one.number, one.person, one.commune, one.status, one.taker)


def _left(paper: HandingMinute, translate: Words) -> Iterator[str]:
    facts = paper.facts
    yield (
        translate("Thay đổi chờ gửi từ máy này: {count}.", count=facts.unsent)
        if facts.unsent
        else translate("Không còn thay đổi nào chờ gửi từ máy này.")
    )
    yield (
        translate("Còn phần đang gõ dở, chưa lưu trên máy này.")
        if facts.typing
        else translate("Không còn phần đang gõ dở trên máy này.")
    )
    held = [
        translate("mật khẩu vào sổ trên máy này") if facts.password else "",
        translate("khóa đọc thông tin mật") if facts.confidential else "",
    ]
    words = "; ".join(one for one in held if one)
    yield (
        translate("Khóa còn giữ: {keys}; quản trị đóng sau khi ký.", keys=words)
        if words
        else translate("Không còn giữ khóa nào của máy này.")
    )


def _signatures(flow: Flow, paper: HandingMinute, translate: Words) -> None:
    family = flow.family
    takers = _takers(paper)
    names = (paper.leaver, takers[0] if len(takers) == 1 else "")
    sides = (translate("NGƯỜI GIAO"), translate("NGƯỜI NHẬN"))
    note = translate("(ký, ghi rõ họ tên)")

    def draw(page: Page, top: float) -> None:
        for number, (words, name) in enumerate(zip(sides, names, strict=True)):
            middle = LEFT + (number * 2 + 1) * (MIDDLE - LEFT) / 2
            page.texts.append(centre(family, (middle, top - 18), "bold", 13, words))
            page.texts.append(centre(family, (middle, top - 32), "italic", 11, note))
            page.texts.append(centre(family, (middle, top - 34 - SIGN_SPACE), "bold", 13, name))

    flow.piece(52 + SIGN_SPACE, draw)


def _day(iso: str) -> str:
    return dates.show(iso) if iso else ""
