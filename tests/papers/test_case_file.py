"""The printed case file, read back: what stands where, in which letters, and what is left out."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import segno

from app.actions.case_file import in_vietnamese
from app.papers import case_file, fonts
from app.papers.page import BOTTOM, COLUMN, HEIGHT, LEFT, MM, TOP, Page
from app.values.papers import CaseFile, PaperFile, PaperRow, PaperSection
from tests.papers import invented, reading

BODY_LOW = BOTTOM - 1


def printed(paper: CaseFile) -> bytes:
    return case_file.typeset(paper, in_vietnamese)


def pages_of(paper: CaseFile) -> list[Page]:
    return case_file.pages(paper, fonts.find(), in_vietnamese)


def body(page: Page) -> list[str]:
    """The texts between the margins: the page's number and foot left out."""
    return [text.words for text in page.texts if BODY_LOW <= text.y <= HEIGHT - TOP]


def test_a_clerk_finds_every_part_in_the_order_of_the_form() -> None:
    text = reading.read(printed(invented.case_file(1))).text
    order = (
        "ỦY BAN NHÂN DÂN TỈNH GIA LAI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: /HS-UBND",
        "Hòa Hội, ngày 03 tháng 02 năm 2026",
        "HỒ SƠ NGƯỜI KHUYẾT TẬT, NẠN NHÂN BOM MÌN Nguyễn Văn Lơi",
        "DỰ THẢO - chưa đối chiếu mẫu",
        "Ngày sinh: 03/1971",
        "I. THÔNG TIN ĐỊNH DANH",
        "X. TÌNH TRẠNG KHUYẾT TẬT",
        "XI. TAI NẠN BOM MÌN, VẬT NỔ",
        "Ngày xảy ra tai nạn 03/1987",
        "XII. NHU CẦU HỖ TRỢ",
        "XIII. QUẢN LÝ TRƯỜNG HỢP",
        "XIV. CÁC BƯỚC DUYỆT HỒ SƠ",
        "Thiếu ngày cấp giấy.",
        "XV. TÓM TẮT LỊCH SỬ HỒ SƠ",
        "Không in ở đây: 37 thay đổi khác.",
        "XVI. ẢNH VÀ GIẤY TỜ KÈM THEO",
        "XVII. CÁC PHẦN CHƯA CÓ THÔNG TIN",
        "Người đại diện hợp pháp; Bảo hiểm y tế; Người khai thay.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Trần Thị Hoa",
        "Nơi nhận: - Như trên; - Phòng Văn hóa - Xã hội xã; - Lưu: VT, HS.",
    )
    places = [text.find(words) for words in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert reading.composed(text)


def test_pages_are_numbered_but_not_the_first_and_every_foot_says_who_printed() -> None:
    read = reading.read(printed(invented.case_file(1)))
    count = len(read.pages)
    assert count > 2
    assert f"1/{count}" not in read.pages[0]
    for number, page in enumerate(read.pages[1:], 2):
        assert f" {number}/{count} " in page
    for page in read.pages:
        assert "In lúc 22:10 ngày 23/11/2026; người in: Trần Thị Hoa (hoa)" in page
        assert "Mã hồ sơ: 4F7A-09C2-0001" in page


def test_the_first_page_says_how_many_there_are() -> None:
    read = reading.read(printed(invented.case_file(1)))
    assert f"Mã hồ sơ: 4F7A-09C2-0001; gồm {len(read.pages)} trang" in read.pages[0]
    assert "gồm" not in read.pages[1].split("Mã hồ sơ:")[1]


def test_what_a_file_says_about_itself_tells_nothing_about_the_person() -> None:
    document = pdfium.PdfDocument(printed(invented.case_file(1)))
    said = document.get_metadata_dict()
    document.close()
    assert said["Title"] == "Mã hồ sơ: 4F7A-09C2-0001"
    assert said["CreationDate"] == said["ModDate"] == "D:20260203"
    assert not any("Nguyễn" in one or "khuyết tật" in one.lower() for one in said.values())


def test_a_signature_is_never_alone_on_its_page_and_no_line_of_a_note_is() -> None:
    for lines in range(1, 60):
        rows = tuple(PaperRow(f"Nhãn {n}", "Giá trị") for n in range(lines))
        note = PaperSection("Dài", (PaperRow("Ghi chú", "lời kể của người nhà " * 260),))
        section = PaperSection("Đầu", rows)
        paper = invented.case_file(
            1, sections=(section, note), cases=(), needs=(), changes=(), attachments=()
        )
        pages = pages_of(paper)
        signed = next(page for page in pages if "Trần Thị Hoa" in body(page))
        assert "khai thay." in " ".join(body(signed)), lines
        told = [sum("lời kể" in words for words in body(page)) for page in pages]
        assert not any(0 < one < 3 for one in told), (lines, told)


def test_the_signature_of_a_file_that_lacks_nothing_is_not_alone_either() -> None:
    for lines in range(1, 60):
        rows = tuple(PaperRow(f"Nhãn {n}", "Giá trị") for n in range(lines))
        paper = invented.case_file(
            1,
            sections=(PaperSection("Đầu", rows),),
            cases=(),
            needs=(),
            changes=(),
            attachments=(),
            missing=(),
        )
        signed = next(page for page in pages_of(paper) if "Trần Thị Hoa" in body(page))
        assert "đều đã có thông tin." in " ".join(body(signed)), lines
        assert "chưa có thông tin" not in " ".join(body(signed)).lower()


def test_a_value_that_goes_on_over_a_page_says_again_whose_it_is() -> None:
    note = PaperSection("Dài", (PaperRow("Ghi chú", "lời kể của người nhà " * 700),))
    pages = pages_of(invented.case_file(1, sections=(note,), cases=(), changes=()))
    told = [" ".join(body(page)) for page in pages if "lời kể" in " ".join(body(page))]
    assert len(told) >= 3
    assert "Ghi chú" in told[0] and "(tiếp)" not in told[0]
    assert all(words.count("Ghi chú (tiếp)") == 1 for words in told[1:])


def test_lying_scans_go_two_to_a_page_and_standing_ones_one() -> None:
    for wide, high, each in ((1600, 1200, 2), (1240, 1754, 1)):
        scan = invented.picture(wide, high)
        kept = tuple(PaperFile(f"Giấy {n}", "Bản quét", "", "", (scan,)) for n in range(4))
        pages = pages_of(invented.case_file(1, photo=None, attachments=kept))
        found = [len(page.pictures) for page in pages if page.pictures]
        assert found == [each] * (4 // each)
        assert len({round(one.height) for page in pages for one in page.pictures}) == 1


def test_only_embedded_letters_stand_in_the_file() -> None:
    content = printed(invented.case_file(1, demo=True, confidential=True))
    seen = reading.fonts_of(content)
    assert {embedded for _, embedded in seen} == {True}
    assert {name for name, _ in seen} == {name[7:] for name in reading.font_names(content)}
    assert b"Helvetica" not in content
    assert content.count(b"/FontFile2") == len(seen) == 3


@pytest.mark.parametrize(
    ("iso", "shown"), [("12/03/1971", "ngày"), ("03/1971", "tháng"), ("1971", "năm")]
)
def test_a_birth_known_in_part_is_printed_in_part(iso: str, shown: str) -> None:
    head = (PaperRow("Ngày sinh:", iso), PaperRow("Giới tính:", "Nam"))
    text = reading.read(printed(invented.case_file(1, head=head))).text
    assert f"Ngày sinh: {iso} Giới tính" in text, shown
    assert "01/01" not in text


def test_photo_on_the_first_page_and_attachments_at_the_end() -> None:
    scans = (
        PaperFile("Bệnh án", "Giấy tờ y tế", "2024", "", (invented.picture(1400, 2000),)),
        PaperFile(
            "Nhà ở",
            "Ảnh",
            "",
            "",
            (invented.picture(1600, 1100, 2), invented.picture(1200, 900, 3, gray=True)),
        ),
    )
    read = reading.read(printed(invented.case_file(1, attachments=scans)))
    assert read.pictures[0] == 1
    assert sum(read.pictures) == 4
    assert read.pictures[1:-2] == (0,) * (len(read.pages) - 3)
    assert "Tài liệu 1: Bệnh án" in read.pages[-2]
    assert "Tài liệu 2: Nhà ở (1/2) Tài liệu 2: Nhà ở (2/2)" in read.pages[-1]


def test_without_a_photo_there_is_a_frame_to_glue_one_in() -> None:
    read = reading.read(printed(invented.case_file(1, photo=None)))
    assert sum(read.pictures) == 0
    assert "Ảnh 3 × 4" in read.pages[0]


def test_the_square_code_is_the_file_number() -> None:
    image = reading.picture_of(printed(invented.case_file(7)), 0, scale=4)
    side = case_file.QR_SIDE * 4
    right, upper = (LEFT + COLUMN) * 4, _top(7) * 4
    code = segno.make(
        "4F7A-09C2-0007", error="m", micro=False, version=1, mask=3, boost_error=False, mode="byte"
    )
    cell = side / len(code.matrix)
    image = image.point(lambda tone: 255 if tone < 128 else 0)
    dark = [
        (row, column)
        for row in range(len(code.matrix))
        for column in range(len(code.matrix))
        if image.getpixel(
            (int(right - side + (column + 0.5) * cell), int(upper + (row + 0.5) * cell))
        )
    ]
    assert dark == [
        (row, column)
        for row, line in enumerate(code.matrix)
        for column, one in enumerate(line)
        if one
    ]


def _top(number: int) -> float:
    """Upper edge of the square code, in points from the top of the page."""
    page = pages_of(invented.case_file(number))[0]
    return HEIGHT - max(box.y + box.height for box in page.boxes)


def test_everything_stays_legible_in_black_and_white() -> None:
    paper = invented.case_file(1, demo=True)
    marked = reading.picture_of(printed(paper), 1, scale=2)
    counts = marked.histogram()
    assert sum(counts[:60]) > 5_000, "letters are black"
    mark = max(range(100, 250), key=lambda tone: counts[tone])
    assert 210 <= mark < 250 and counts[mark] > 10_000, "the mark is seen and hides nothing"
    plain = reading.picture_of(printed(invented.case_file(1)), 1, scale=2).histogram()
    assert counts[mark] > 5 * plain[mark]


def test_nothing_leaves_the_margins_and_no_heading_is_left_alone() -> None:
    family = fonts.find()
    for rows in range(1, 60, 2):
        lines = tuple(PaperRow(f"Nhãn {n}", "Giá trị " * (n % 9 + 1)) for n in range(rows))
        sections = tuple(PaperSection(f"Phần {n}", lines[: n + 1]) for n in range(6))
        paper = invented.case_file(rows, sections=(PaperSection("Đầu", lines), *sections))
        for page in pages_of(paper):
            for text in page.texts:
                wide = family.faces()[text.face].width(text.words.rstrip()) * text.size / 1000
                assert text.x >= LEFT - 0.1
                assert text.x + wide <= LEFT + COLUMN + 1, text.words
                assert text.y >= BOTTOM - 9 * MM
            last = min((text for text in page.texts if text.y >= BODY_LOW), key=lambda text: text.y)
            assert not last.words.startswith(("I", "V", "X")) or last.face != "bold", last


def test_a_note_of_many_pages_loses_no_word() -> None:
    words = [f"chữ{n}" for n in range(4_000)]
    note = invented.case().notes[0]
    case = invented.case()
    long = type(case)(case.title, case.rows, (type(note)("", "", "", " ".join(words)),), case.steps)
    section = PaperSection("Dài", (PaperRow("Ghi chú", " ".join(words)),))
    read = reading.read(printed(invented.case_file(1, cases=(long,), sections=(section,))))
    found = [word for word in read.text.split() if word.startswith("chữ") and word[3:].isdigit()]
    assert found == words * 2
    for page in read.pages:
        assert len(page.split()) < 1_200


def test_one_endless_word_is_broken_and_kept() -> None:
    section = PaperSection("Lạ", (PaperRow("Mã", "A" * 700), PaperRow("N" * 90, "b")))
    text = reading.read(printed(invented.case_file(1, sections=(section,)))).text
    assert text.replace(" ", "").count("A" * 700) == 1


def test_letters_the_face_lacks_become_plain_ones_and_never_boxes() -> None:
    head = (PaperRow("Họ và tên:", "Ơ\u031b K’Sơr 🙂 ខ្មែរ Ⅷ ﬁ \u200bH’Lơi 1→2 Nguyễn\tÝ"),)
    strange = invented.case_file(1, head=head)
    text = reading.read(printed(strange)).text
    assert "K’Sơr" in text and "VIII fi H’Lơi" in text and "Nguyễn Ý" in text
    assert "🙂" not in text
    family = fonts.find()
    for page in pages_of(strange):
        for run in page.texts:
            assert all(family.faces()[run.face].has(letter) for letter in run.words)


def test_decomposed_vietnamese_is_composed_on_paper() -> None:
    import unicodedata

    head = (PaperRow("Họ và tên:", unicodedata.normalize("NFD", "Nguyễn Thị Hường")),)
    text = reading.read(printed(invented.case_file(1, head=head))).text
    assert "Họ và tên: Nguyễn Thị Hường" in text


def test_an_empty_file_is_still_a_sound_paper() -> None:
    bare = CaseFile(
        letterhead=invented.LETTERHEAD,
        title="Hồ sơ đối tượng trợ giúp xã hội",
        name="Đinh H'Nga",
        file_number="0000-0000-0000",
        head=(PaperRow("Họ và tên:", "ĐINH H'NGA"),),
        printed_by="hoa",
        printed_at="22:10 23/11/2026",
        missing=("Liên hệ", "Nhu cầu hỗ trợ"),
        draft=False,
    )
    read = reading.read(printed(bare))
    assert len(read.pages) == 1
    assert "I. CÁC PHẦN CHƯA CÓ THÔNG TIN Liên hệ; Nhu cầu hỗ trợ." in read.text
    assert "DỰ THẢO" not in read.text
    assert "II." not in read.text


def test_the_same_paper_is_the_same_file_to_the_byte() -> None:
    first = printed(invented.case_file(1))
    printed(invented.case_file(2, head=(PaperRow("Họ và tên:", "Ǽ Ω Ж"),)))
    assert printed(invented.case_file(1)) == first
