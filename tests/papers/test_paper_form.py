"""A form on paper: every question, room to write, boxes, the code, and nothing cut or lost."""

from __future__ import annotations

from dataclasses import replace

import segno

from app.actions.case_file import in_vietnamese
from app.papers import fonts, paper_form
from app.papers.page import BOTTOM, COLUMN, LEFT, Page
from app.values.paper_blocks import BOX, TICKED, Answer, FormPart, Grid, Said, Signer, Ticks
from app.values.paper_form import PaperForm
from tests.papers import invented, reading

LONG = "Người nhà kể rằng bà Nghiễn từng tự đi chợ Vĩnh Trường mỗi sáng sớm. "
CODE = "4123-4567-8901"
SIGNERS = (Signer("Người lập"), Signer("Gia đình"), Signer("Chủ tịch", "(ký)", "Trần Thị Hoa"))


def form(*parts: FormPart, **changes: object) -> PaperForm:
    made = PaperForm(
        letterhead=invented.LETTERHEAD,
        title="KẾ HOẠCH CHĂM SÓC, TRỢ GIÚP",
        parts=parts,
        number="04",
        source="Mẫu số 04, ban hành kèm theo Thông tư số 02/2020/TT-BLĐTBXH",
        about="Đặng Thị Nghiễn",
        code=CODE,
        signers=SIGNERS,
        printed_by="Trần Thị Hoa (hoa)",
        printed_at="22:10 23/11/2026",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def pages_of(paper: PaperForm) -> list[Page]:
    return paper_form.pages(paper, fonts.find(), in_vietnamese)


def read(paper: PaperForm) -> reading.Read:
    return reading.read(paper_form.typeset([paper], in_vietnamese)[0])


def test_an_empty_question_has_dots_to_write_on_and_a_filled_one_its_answer() -> None:
    part = FormPart(
        "1. Mục tiêu",
        (
            Answer("Họ và tên", "Đặng Thị Nghiễn"),
            Answer("Mục tiêu", lines=4),
            Answer("Ngày", "12/3/2026", half=True),
            Answer("Nơi", half=True),
        ),
    )
    told = read(form(part))
    assert "Họ và tên: Đặng Thị Nghiễn" in told.text
    assert "Ngày: 12/3/2026 Nơi: ......" in told.text
    dotted = [text for page in pages_of(form(part)) for text in page.texts if "...." in text.words]
    assert len(dotted) == 4 + 1


def test_a_chosen_box_holds_an_x_and_the_others_are_empty() -> None:
    ticks = Ticks("Giới tính", (("Nam", False), ("Nữ", True)))
    grid = Grid((("Hoạt động", 60.0), ("Xong", 12.0)), (("Đo chân", TICKED), ("Tập đi", BOX)))
    (page,) = pages_of(form(FormPart("", (ticks, grid)), signers=()))
    plain = pages_of(form(signers=()))[0]
    assert "Giới tính: Nam x Nữ" in read(form(FormPart("", (ticks,)), signers=())).text
    assert [text.words for text in page.texts].count("x ") == 2
    assert BOX not in read(form(FormPart("", (grid,)))).text
    table = 5 * 3 + 3 * 2  # rules of three rows of two columns
    assert len(page.rules) == len(plain.rules) + 4 * 4 + table - 6


def test_the_code_stands_in_a_qr_and_in_the_foot_of_every_page() -> None:
    part = FormPart("", tuple(Answer(f"Câu {n}", lines=3) for n in range(30)))
    pages = pages_of(form(part))
    assert len(pages) > 2
    told = read(form(part))
    assert all(f"Mẫu số 04 · {CODE}" in page for page in told.pages)
    dark = sum(map(sum, segno.make(CODE, error="m", micro=False, version=1, mask=3,
                                   boost_error=False, mode="byte").matrix))  # fmt: skip
    side = paper_form.QR_SIDE / 21
    assert round(sum(box.width for box in pages[0].boxes) / side) == dark
    assert not any(page.boxes for page in pages[1:])
    assert not pages_of(form(part, code=""))[0].boxes


def test_long_answers_and_many_rows_go_on_over_pages_and_stay_within_the_margins() -> None:
    rows = tuple((str(n), f"{n}. {LONG * (n % 4 + 1)}", "") for n in range(1, 41))
    parts = (
        FormPart("Mục tiêu", (Answer("Mục tiêu cụ thể", LONG * 40), Said("Ghi rõ ngày."))),
        FormPart("Hoạt động", (Grid((("STT", 9.0), ("Việc", 90.0), ("Ghi", 40.0)), rows, 3),)),
    )
    paper = form(*parts)
    told = read(paper)
    assert told.text.count("tự đi chợ Vĩnh Trường") == 40 + sum(n % 4 + 1 for n in range(1, 41))
    assert len(told.pages) > 3
    for number, page in enumerate(told.pages):
        assert ("STT Việc Ghi" in page) == (number > 0 or "1. Người nhà" in page)
    for page in pages_of(paper):
        family = fonts.find().faces()
        for text in page.texts:
            wide = family[text.face].width(text.words.rstrip()) * text.size / 1000
            assert text.x >= LEFT - 1 and text.x + wide <= LEFT + COLUMN + 2, text
        assert min(text.y for text in page.texts if text.size > 9.5) >= BOTTOM - 1


def test_who_signs_stands_side_by_side_and_never_apart() -> None:
    for lines in range(20, 50):
        part = FormPart("", tuple(Answer(f"Câu {n}") for n in range(lines)))
        if lines % 2:  # a table cannot keep its last row for the signatures
            part = FormPart("", (Grid((("Câu", 1.0),), tuple((str(n),) for n in range(lines))),))
        pages = reading.read(paper_form.typeset([form(part)], in_vietnamese)[0]).pages
        assert "Chủ tịch (ký) Trần Thị Hoa" in pages[-1] and "Gia đình" in pages[-1], lines
        assert "Câu" in pages[-1] or "Trang ký: KẾ HOẠCH" in pages[-1], lines


def test_several_forms_are_one_file_and_each_counts_its_own_pages() -> None:
    part = FormPart("", (Answer("Câu", lines=50),))
    content, count = paper_form.typeset([form(part), form(code="5000-0000-0004")], in_vietnamese)
    told = reading.read(content)
    assert len(told.pages) == count == 3
    assert "2/2" in told.pages[1] and "gồm 1 trang" in told.pages[2].lower()
    assert told.title == f"Mã tờ: {CODE}" and "Nghiễn" not in told.title
