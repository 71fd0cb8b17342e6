"""Every paper of the council: nothing cut, nothing outside the margins, empty ones to write on."""

from __future__ import annotations

from dataclasses import replace

from app.actions import council_facts, council_form
from app.actions.case_file import in_vietnamese
from app.papers import fonts, letter, paper_form
from app.papers.page import BOTTOM, LEFT, ON_ITS_SIDE, TOP, UPRIGHT, Page
from app.papers.page import RIGHT as MARGIN
from app.values.council_request import CouncilSheet
from app.values.letter import Letter
from tests.papers import council, reading


def pages_of(one: CouncilSheet) -> list[Page]:
    if isinstance(one, Letter):
        return letter.pages(one, fonts.find(), in_vietnamese)
    return paper_form.pages(one, fonts.find(), in_vietnamese)


def outside(page: Page) -> list[str]:
    """Texts that leave the margins: a number of a page and the foot stand beyond them."""
    family = fonts.find().faces()
    left, right = LEFT - 1, page.sheet.width - MARGIN + 1
    told = []
    for text in page.texts:
        wide = family[text.face].width(text.words.rstrip()) * text.size / 1000
        within = left <= text.x and text.x + wide <= right
        foot = text.y < BOTTOM and text.size <= 9
        number = text.y > page.sheet.height - TOP and "/" in text.words
        between = BOTTOM <= text.y <= page.sheet.height - TOP
        if not (within and (between or foot or number)):
            told.append(text.words)
    return told


def test_every_paper_stays_within_its_margins_and_says_whose_form_it_is() -> None:
    sizes = {}
    papers: list[CouncilSheet] = [*council.forms(), *council.letters()]
    for one in papers:
        pages = pages_of(one)
        assert [words for page in pages for words in outside(page)] == []
        sizes[one.title or one.about] = [page.sheet for page in pages]
    assert sizes["THÔNG BÁO" if "THÔNG BÁO" in sizes else "Thông báo"][-1] == ON_ITS_SIDE
    assert set(sizes["Sổ cấp Giấy xác nhận khuyết tật"]) == {ON_ITS_SIDE}
    content, count = paper_form.typeset(council.forms(), in_vietnamese)
    told = reading.read(content)
    assert len(told.pages) == count
    assert told.text.count("(Ban hành kèm theo Thông tư số 01/2019/TT-BLĐTBXH") == 10
    for number in range(1, 6):
        assert told.text.count(f"Mẫu số 0{number} (Ban hành") == 2
    assert "HỘI ĐỒNG XÁC ĐỊNH MỨC ĐỘ KHUYẾT TẬT" in told.text
    assert told.text.count("NGƯỜI GHI PHIẾU (ký, ghi rõ họ tên) CHỦ TỊCH HỘI ĐỒNG") == 4
    assert UPRIGHT.column < ON_ITS_SIDE.column


def test_a_sheet_ticks_what_was_recorded_and_a_blank_one_nothing() -> None:
    """Mẫu 03: one box of each line is ticked; an empty form has them all, and dots to write on."""
    filled, empty = (reading.read(paper_form.typeset([one], in_vietnamese)[0]).text
                     for one in council.forms()[4:6])  # fmt: skip
    assert filled.count(" x ") > 40 and empty.count(" x ") == 0
    for words in (
        "Bị mất trí nhớ, bỏ nhà đi lang thang",
        "Phần 2. Chỉ đánh giá khi",
        "Tổng số điểm: 10 đến 12 (có 1 mục X)",
        "Căn cứ đề xuất: TT 01/2019",
    ):
        assert words in filled  # fmt: skip
    assert "Họ và tên: ....." in empty and "Tổng số điểm: ....." in empty
    asked = replace(council.ASKED, kind="exchange")
    lines = council_facts.lines("03", council.DAY)
    exchange = council_form.application(asked, lines, council.HOW)
    told = reading.read(paper_form.typeset([exchange], in_vietnamese)[0]).text
    assert "x Cấp đổi" in told and "III. Thông tin về tình trạng" not in told


def test_letters_say_what_the_law_gives_whoever_gets_them() -> None:
    told = [reading.read(letter.typeset([one], in_vietnamese)[0]) for one in council.letters()]
    text = " ".join(one.text for one in told)
    for words in (
        "14 giờ 00 phút, ngày 12/11/2026",
        "05 ngày làm việc (khoản 1 Điều 6",
        "điểm c khoản 2 Điều 15",
        "Điều 1. Thu hồi Giấy xác nhận khuyết tật số HH0012345",
        "Dòng có chênh lệch",
        "V/v trả lời ý kiến",
        "40 người (danh sách kèm theo)",
        "Mẫu của cơ quan; pháp luật không quy định",
    ):
        assert words in text  # fmt: skip
    notice = told[8]
    assert len(notice.pages) == 3 and notice.pages[2].startswith("STT Họ và tên")
