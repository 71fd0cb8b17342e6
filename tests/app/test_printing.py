"""Printing one file in a real office: what is on it, for whom, and that it is logged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import person, printing, settings
from app.actions.case_file import file_number, gather
from app.actions.printing import PrintRequest
from app.errors import Refused
from app.values.person import PersonDraft
from app.values.settings import Signatory
from app.wording import set_language
from tests import desk
from tests.desk import Desk
from tests.papers import reading
from tests.papers.people import SECRET, full_person, prints_of, several

HIV = "Nhiễm HIV"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    at = desk.at(home)
    yield at
    at.lan.db.close()


def test_a_supervisor_prints_one_persons_complete_file(office: Desk, tmp_path: Path) -> None:
    who = full_person(office)
    done = printing.case_files(office.hoa, PrintRequest((who,), tmp_path / "mot.pdf"))
    assert done.files == (tmp_path / "mot.pdf",)
    read = reading.read(done.files[0].read_bytes())
    assert done.pages == len(read.pages)
    for words in (
        "HỒ SƠ NGƯỜI KHUYẾT TẬT, NẠN NHÂN BOM MÌN Đặng Thị Nghiễn",
        "Họ và tên: ĐẶNG THỊ NGHIỄN Ngày sinh: 03/1971 Giới tính: Nữ",
        "Nơi ở: Vĩnh Trường, xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định",
        "Nay thuộc: xã Hòa Hội, tỉnh Gia Lai",
        "Mức độ khuyết tật Nặng",
        "TAI NẠN BOM MÌN, VẬT NỔ",
        "Ngày xảy ra tai nạn 1987",
        "NHU CẦU HỖ TRỢ",
        "Mất chân giả",
        "Mỏm cụt sưng đỏ.",
        "Đã có chân giả mới.",
        "Lý do kết thúc Mục tiêu đã đạt được",
        "CÁC BƯỚC DUYỆT HỒ SƠ",
        "Duyệt Trần Thị Hoa (hoa)",
        "TÓM TẮT LỊCH SỬ HỒ SƠ",
        "Lập hồ sơ",
        "Chân dung (in ở trang đầu)",
        "Tài liệu 2: Nhà ở",
        "người in: Trần Thị Hoa (hoa)",
        f"Mã hồ sơ: {file_number(who)}",
    ):
        assert words in read.text, words
    assert read.pictures[0] == 1 and sum(read.pictures) == 2
    assert prints_of(office, who) == ["hoa"]
    assert not list(tmp_path.glob("*.part"))


def test_empty_sections_are_left_out_and_named_at_the_end(office: Desk, tmp_path: Path) -> None:
    who = person.save(office.minh, desk.typed(name="Lê Ỷ", phone="0905123456")).id
    done = printing.case_files(office.hoa, PrintRequest((who,), tmp_path / "a.pdf"))
    text = reading.read(done.files[0].read_bytes()).text
    before, _, missing = text.partition("CÁC PHẦN CHƯA CÓ THÔNG TIN")
    for title in (
        "Hộ gia đình",
        "Học vấn",
        "Nhu cầu hỗ trợ",
        "Quản lý trường hợp",
        "Ảnh chân dung",
    ):
        assert title in missing
        assert title.upper() not in before
    assert "Liên hệ" not in missing and "LIÊN HỆ" in before
    assert "Nơi ở" not in missing, "the commune stands in the head"
    assert "bom mìn" not in missing, "who is no victim lacks no accident"


@pytest.mark.parametrize("one_each", [False, True])
def test_confidential_words_are_only_on_paper_of_who_may_read_them(
    office: Desk, tmp_path: Path, one_each: bool
) -> None:
    who = full_person(office)

    def text(ws: str, **how: bool) -> str:
        out = tmp_path / f"{ws}{len(how)}"
        request = PrintRequest(
            (who,), out if one_each else out.with_suffix(".pdf"), one_each, **how
        )
        return reading.read(
            printing.case_files(getattr(office, ws), request).files[0].read_bytes()
        ).text

    allowed = text("lan")
    assert SECRET in allowed and f"{HIV} Có" in allowed
    assert "[giữ kín]" in allowed and "phải giữ kín theo Điều 9" in allowed
    for closed in (text("hoa"), text("lan", confidential=False)):
        assert SECRET not in closed and HIV not in closed
        assert "giữ kín" not in closed
        assert "Mỏm cụt sưng đỏ." in closed


def test_surveyors_and_viewers_do_not_print(office: Desk, tmp_path: Path) -> None:
    who = several(office, 1)
    with pytest.raises(Refused) as refused:
        printing.case_files(office.minh, PrintRequest(who, tmp_path / "a.pdf"))
    assert refused.value.problems[0].code == "not_allowed"
    assert not list(tmp_path.glob("*.pdf*"))
    assert prints_of(office, who[0]) == []


def test_the_letterhead_is_the_offices_own_and_the_signer_is_who_prints(
    office: Desk, tmp_path: Path
) -> None:
    chief = Signatory("Phạm Văn Ngọ", "Chủ tịch", ("TM. ỦY BAN NHÂN DÂN",))
    deputy = Signatory("Trần Thị Hoa", "Phó Chủ tịch", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"))
    settings.change(
        office.lan,
        {
            "superior_body": "Ủy ban nhân dân tỉnh Gia Lai",
            "issuing_body": "Ủy ban nhân dân xã Hòa Hội",
            "place_name": "Hòa Hội",
            "document_symbol": "HS-UBND",
            "signatories": (chief, deputy),
            "recipients": "Sở Y tế\nLưu: VT",
        },
    )
    who = several(office, 1)[0]
    head = gather(office.hoa, who).letterhead
    assert head.signatory == deputy
    assert gather(office.lan, who).letterhead.signatory == chief
    done = printing.case_files(office.hoa, PrintRequest((who,), tmp_path / "a.pdf"))
    text = reading.read(done.files[0].read_bytes()).text
    assert "ỦY BAN NHÂN DÂN TỈNH GIA LAI ỦY BAN NHÂN DÂN XÃ HÒA HỘI" in text
    assert "Số: /HS-UBND" in text
    assert "- Sở Y tế; - Lưu: VT." in text


def test_the_paper_is_vietnamese_whatever_the_window_speaks(office: Desk, tmp_path: Path) -> None:
    who = several(office, 1)[0]
    set_language("en")
    done = printing.case_files(office.hoa, PrintRequest((who,), tmp_path / "a.pdf"))
    text = reading.read(done.files[0].read_bytes()).text
    assert "CÁC PHẦN CHƯA CÓ THÔNG TIN" in text and "Household" not in text


def test_a_preview_is_a_look_and_its_print_is_logged_apart(office: Desk) -> None:
    who = several(office, 1)[0]
    assert "Nguyễn Văn Aa" in reading.read(printing.preview(office.hoa, who)).text
    assert prints_of(office, who) == []
    printing.printed(office.hoa, [who])
    assert prints_of(office, who) == ["hoa"]


def test_the_burned_pc_sheet_is_written_where_the_admin_wants_it(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 2)
    printing.burned_sheet(office.lan, tmp_path / "to" / "chay.pdf")
    assert [prints_of(office, who) for who in ids] == [["lan"], ["lan"]], "the sheet names them"
    text = reading.read((tmp_path / "to" / "chay.pdf").read_bytes()).text
    assert "Kho hiện có 2 người." in text
    assert "KHÔNG có bản sao lưu nào ở ổ đĩa khác" in text
    assert "Nguyễn Văn Aa" in text


def test_the_draft_mark_goes_when_an_admin_has_compared_the_layout(office: Desk) -> None:
    who = several(office, 1)[0]
    assert gather(office.hoa, who).draft
    settings.change(office.lan, {"compared_papers": ["case_file"]})
    assert not gather(office.hoa, who).draft


def test_a_change_that_awaits_approval_is_told_and_the_approved_value_printed(
    office: Desk,
) -> None:
    who = full_person(office)
    person.save(office.minh, PersonDraft(who, {"name": "Đặng Thị Nghiễm"}))
    person.save(office.lan, PersonDraft(who, {"hiv": "không"}))
    paper = gather(office.hoa, who)
    assert paper.name == "Đặng Thị Nghiễn"
    steps = [(one.step, one.reason) for one in paper.approvals]
    assert ("Đề nghị sửa: Họ và tên", "Chờ duyệt") in steps
    assert "HIV" not in str(paper)
