"""Index, recovery code and the burned PC: sheets that are read when things went wrong."""

from __future__ import annotations

from pathlib import Path

from app.actions import sheets
from app.actions.case_file import in_vietnamese
from app.papers import burned, cover_index, fonts, recovery
from app.values.backup import BackupMade, BurnedReport, FromList, FromPaper
from app.values.papers import CoverIndex, IndexLine, RecoverySheet
from app.wording import set_language
from tests.papers import invented, reading

CODE = "7K3M9-QXT2B-4DFG1-HH23P-99WXA-3"
BACKUP = BackupMade(
    Path("E:/sao-luu/20.sasbk"), 12_000_000, 5_400, "2026-11-20T09:10:11.000Z", True
)


def report(**changes: object) -> BurnedReport:
    facts: dict[str, object] = {
        "office": "Phòng LĐ-TB&XH huyện Phù Cát",
        "at": "2026-11-23T22:10:00.000Z",
        "by": "lan",
        "persons_now": 5_412,
        "enrolled": True,
        "backup": BACKUP,
        "backup_here": None,
        "server_changes": 120,
        "server_records": 44,
        "lists": (FromList("Cát Hanh tháng 11.xlsx", 310),),
        "paper": (
            FromPaper(
                "1",
                "Đinh H'Nga",
                "63:21871",
                3,
                "2026-11-21T02:00:00.000Z",
                "2026-11-22T02:00:00.000Z",
                ("minh",),
            ),
        ),
        "files": 7,
    }
    return BurnedReport(**(facts | changes))  # type: ignore[arg-type]


def test_the_index_lists_everybody_with_birth_commune_and_page() -> None:
    lines = tuple(
        IndexLine(
            f"Người Thứ {n}",
            ("12/03/1971", "03/1971", "1971", "")[n % 4],
            ("xã Cát Hanh", "xã Cát Tường")[n // 70],
            n * 3,
        )
        for n in range(1, 81)
    )
    paper = CoverIndex(invented.LETTERHEAD, lines, "hoa", "22:10 23/11/2026")
    read = reading.read(cover_index.typeset(paper, in_vietnamese))
    assert len(read.pages) > 2
    assert "Gồm hồ sơ của 80 người" in read.pages[0]
    for number, line in enumerate(lines, 1):
        birth = f"{line.birth} " if line.birth else ""
        assert f" {number} {line.name} {birth}{line.commune} {line.page}" in read.text
    for page in read.pages:
        assert "STT Họ và tên Ngày sinh Xã, phường Trang" in page


def test_the_index_of_one_commune_names_it_once_above() -> None:
    lines = tuple(IndexLine(f"Người Thứ {n}", "1971", "xã Cát Hanh", n) for n in range(1, 31))
    gone = IndexLine("00AA-00BB-00CC", "", "")
    paper = CoverIndex(invented.LETTERHEAD, (*lines, gone), "hoa", "22:10 23/11/2026")
    read = reading.read(cover_index.typeset(paper, in_vietnamese))
    assert "Gồm hồ sơ của 31 người, xã Cát Hanh" in read.pages[0]
    assert read.text.count("Cát Hanh") == 1
    assert "STT Họ và tên Ngày sinh Trang 1 Người Thứ 1 1971 1" in read.pages[0]
    assert "31 00AA-00BB-00CC chưa in" in read.text


def test_dates_and_numbers_in_the_index_of_a_folder_are_never_broken() -> None:
    file = "0003_cong-tang-ton-nu-hoang-thi-nguyen-phuoc_E9BE-8B28-BF91.pdf"
    line = IndexLine("Nguyễn Thị Hường", "28/10/1966", "xã Cát Hanh, huyện Phù Cát", 1, file)
    other = IndexLine("Lê Văn Xa", "", "xã Cát Tường, huyện Phù Cát", 1, "0001_le-van-xa.pdf")
    paper = CoverIndex(invented.LETTERHEAD, (*(line,) * 120, other), "hoa", "22:10 23/11/2026")
    pages = cover_index.pages(paper, fonts.find(), in_vietnamese)
    words = [text.words.strip() for page in pages for text in page.texts]
    assert words.count("28/10/1966") == 120
    assert words.count("STT") == len(pages)
    joints = [one for one in words if one.endswith(("_", "-"))]
    assert len(joints) >= 120 and "E9BE-8B28-BF91.pdf" in " ".join(words)


def test_the_signature_of_the_index_has_a_line_of_it_above_on_its_page() -> None:
    for count in range(2, 40):
        lines = tuple(IndexLine("Nguyễn Thị Hường", "1971", "xã A", 7) for _ in range(count))
        paper = CoverIndex(invented.LETTERHEAD, lines, "hoa", "")
        last = cover_index.pages(paper, fonts.find(), in_vietnamese)[-1]
        words = [text.words for text in last.texts]
        assert f"Mục lục này có {count} hồ sơ." in words and "Trần Thị Hoa" in words


def test_the_length_of_the_index_does_not_hang_on_the_page_numbers() -> None:
    family = fonts.find()
    for count in (2, 29, 30, 31, 200):
        lengths = set()
        for page in (0, 9, 99_999):
            lines = tuple(IndexLine("Nguyễn Thị Hường", "1971", "xã A", page) for _ in range(count))
            paper = CoverIndex(invented.LETTERHEAD, lines, "hoa", "")
            lengths.add(len(cover_index.pages(paper, family, in_vietnamese)))
        assert len(lengths) == 1


def test_the_recovery_code_stands_large_on_one_page() -> None:
    paper = RecoverySheet(
        "Phòng X", CODE, "22:10 23/11/2026", "Nguyễn Thị Lan (lan)", "D:/SoAnSinh"
    )
    content = recovery.typeset(paper, in_vietnamese)
    read = reading.read(content)
    assert len(read.pages) == 1
    assert CODE in read.text
    assert "phong bì niêm phong" in read.text
    assert "Người giao" in read.text and "Người giữ" in read.text
    assert all(embedded for _, embedded in reading.fonts_of(content))
    assert CODE not in repr(paper)


def test_the_recovery_sheet_speaks_the_language_of_the_window() -> None:
    set_language("en")
    read = reading.read(sheets.recovery_code("Phòng X", CODE, "lan", Path("/x")))
    assert "RECOVERY CODE OF THE STORE" in read.text
    assert "sealed envelope" in read.text


def test_after_the_fire_each_thing_has_its_way_back() -> None:
    text = reading.read(burned.typeset(report(), in_vietnamese)).text
    assert "NẾU MÁY TÍNH NÀY CHÁY ĐÊM NAY Phòng LĐ-TB&XH huyện Phù Cát" in text
    assert "20.sasbk" in text and "có 5.400 người" in text
    assert "đã ký nhận 120 thay đổi của 44 bản ghi" in text
    assert "Cát Hanh tháng 11.xlsx 310" in text
    assert "1 Đinh H'Nga xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định 3" in text
    assert "7 ảnh, bản quét" in text
    assert "Phục hồi bản sao lưu ở mục 1" in text


def test_the_steps_after_the_fire_stand_together_on_one_page() -> None:
    for people in range(1, 40):
        paper = report(paper=report().paper * people)
        pages = reading.read(burned.typeset(paper, in_vietnamese)).pages
        (steps,) = [page for page in pages if "5. Việc cần làm khi máy hỏng" in page]
        assert "6. Báo máy chủ khóa máy cũ" in steps


def test_without_a_backup_nothing_is_said_of_its_date() -> None:
    text = reading.read(burned.typeset(report(backup=None), in_vietnamese)).text
    assert "7 ảnh, bản quét chỉ có ở máy này." in text
    assert "sau bản sao lưu ấy chỉ còn" not in text


def test_an_office_without_backup_or_server_is_told_so_in_bold() -> None:
    bare = report(backup=None, enrolled=False, lists=(), paper=(), files=0)
    text = reading.read(burned.typeset(bare, in_vietnamese)).text
    assert "KHÔNG có bản sao lưu nào ở ổ đĩa khác" in text
    assert "máy chủ không giữ gì" in text
    assert "Không có gì phải gõ lại." in text
