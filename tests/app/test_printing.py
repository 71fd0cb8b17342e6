"""Printing in a real office: volumes and folders, who may, what is logged, and starting again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    access,
    accident,
    approval,
    attachment,
    care_case,
    need,
    person,
    print_job,
    printing,
    settings,
)
from app.actions.case_file import file_number, gather
from app.actions.printing import PrintRequest
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, ClosingDraft, NoteDraft
from app.values.need import NeedDraft
from app.values.person import PeopleFilter, PersonDraft
from app.values.settings import Signatory
from app.wording import set_language
from tests import desk
from tests.desk import Desk
from tests.papers import invented, reading

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "Bị chồng đánh nhiều lần"
HIV = "Nhiễm HIV"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    at = desk.at(home)
    yield at
    at.lan.db.close()


def full_person(at: Desk) -> str:
    """Somebody with everything a file can hold."""
    typed = desk.typed(
        name="Đặng Thị Nghiễn",
        birth="3/1971",
        sex="Nữ",
        hamlet="Vĩnh Trường",
        phone="0905123456",
        types="vận động, nghe nói",
        degree="nặng",
        mine_victim="có",
        head_name="Đặng Văn Thỉ",
        health_note="Đau mỏm cụt khi trở trời.",
    )
    who = person.save(at.minh, typed).id
    person.save(at.lan, PersonDraft(who, {"hiv": "có", "violence_note": SECRET}))
    need.save(at.minh, NeedDraft(who, {"need_group": "medical", "priority": "1"}))
    victim = {"activity": "farming", "age_then": "16"}
    accident.save(at.minh, AccidentDraft(who, victim, {"accident_on": "1987", "killed": "1"}))
    attachment.add(
        at.minh, who, invented.picture(900, 1200).jpeg, AttachmentDraft("photo", "Chân dung", "law")
    )
    attachment.add(
        at.minh,
        who,
        invented.picture(1600, 1100).jpeg,
        AttachmentDraft("house", "Nhà ở", "consent"),
    )
    case = care_case.open(at.minh, who, CaseDraft("Mất chân giả"))
    care_case.note(at.minh, case, NoteDraft("Mỏm cụt sưng đỏ.", "visit"))
    care_case.note(at.lan, case, NoteDraft(SECRET, confidential=True))
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    care_case.close(at.hoa, case, ClosingDraft("goal_reached", "Đã có chân giả mới."))
    person.submit(at.minh, [who])
    approval.approve(at.hoa, [who])
    return who


def several(at: Desk, count: int) -> tuple[str, ...]:
    new = [
        person.NewPerson(desk.typed(name=f"Nguyễn Văn {chr(65 + n // 26)}{chr(97 + n % 26)}"))
        for n in range(count)
    ]
    saved = person.save_many(at.minh, new)
    return tuple(one.id for one in saved if not isinstance(one, Refused))


def prints_of(at: Desk, who: str) -> list[str]:
    return [line.by for line in access.of_person(at.lan, who) if line.kind == "print"]


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


def test_a_volume_begins_with_an_index_that_leads_to_the_right_pages(
    office: Desk, tmp_path: Path
) -> None:
    ids = (full_person(office), *several(office, 45))
    steps: list[tuple[int, int]] = []
    done = printing.case_files(
        office.hoa, PrintRequest(ids, tmp_path / "xa" / "tap.pdf"), lambda *at: steps.append(at)
    )
    assert steps[-1] == (46, 46) and len(steps) == 46
    read = reading.read((tmp_path / "xa" / "tap.pdf").read_bytes())
    assert len(read.pages) == done.pages
    index = " ".join(read.pages[:3])
    cards = person.listing(office.hoa, PeopleFilter(ids=ids), limit=100).cards
    names = {card.id: card.name for card in cards}
    for number, who in enumerate(ids, 1):
        line = index.partition(f" {number} {names[who]} ")[2]
        page = next(word for word in line.split() if word.isdigit() and "/" not in word)
        assert f"Mã hồ sơ: {file_number(who)}" in read.pages[int(page) - 1]
        assert names[who].upper() in read.pages[int(page) - 1]
        assert f"Tờ {page} của tập" in read.pages[int(page) - 1]
    assert read.outline == tuple(names[who] for who in ids)
    assert all(prints_of(office, who) == ["hoa"] for who in ids)


def test_one_file_each_with_the_index_in_a_folder_of_its_own(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 23)
    done = printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "xa", separate=True))
    assert sorted((tmp_path / "xa").glob("*.pdf")) == list(done.files)
    assert done.files[0].name == f"0001_nguyen-van-aa_{file_number(ids[0])}.pdf"
    for path, who in zip(done.files, ids, strict=True):
        assert f"Mã hồ sơ: {file_number(who)}" in reading.read(path.read_bytes()).text
    assert done.index is not None
    listed = reading.read(done.index.read_bytes()).text.replace(" ", "")
    assert all(path.name in listed for path in done.files)


@pytest.mark.parametrize("one_each", [False, True])
def test_cancelled_work_goes_on_where_it_stopped(
    office: Desk, tmp_path: Path, one_each: bool
) -> None:
    ids = several(office, 50)
    out = tmp_path / ("xa" if one_each else "tap.pdf")
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 31

    stopped = printing.case_files(office.hoa, PrintRequest(ids, out, one_each), None, cancelled)
    assert stopped.stopped and stopped.persons == 31
    assert len(stopped.files) == (31 if one_each else 0)
    assert [len(prints_of(office, who)) for who in ids] == [1] * 31 + [0] * 19
    done = printing.case_files(office.hoa, PrintRequest(ids, out, one_each))
    assert (done.resumed_from, done.persons, done.stopped) == (31, 50, False)
    assert [len(prints_of(office, who)) for who in ids] == [1] * 50
    if one_each:
        assert len(list(out.glob("*.pdf"))) == 50
    else:
        read = reading.read(out.read_bytes())
        places = [read.text.find(f"Mã hồ sơ: {file_number(who)}") for who in ids]
        assert -1 not in places and places == sorted(places)
    assert not list((office.home / print_job.FOLDER).glob("*.json"))
    assert not list(tmp_path.rglob("*.part"))


def test_a_power_cut_between_two_journals_loses_only_what_nobody_saw(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 50)
    request = PrintRequest(ids, tmp_path / "tap.pdf")

    class PowerCut(BaseException):
        pass

    def progress(done: int, _total: int) -> None:
        if done == 45:
            raise PowerCut

    with pytest.raises(PowerCut):
        printing.case_files(office.hoa, request, progress)
    (tmp_path / "tap.pdf.part" / "0004.pdf").write_bytes(b"torn off in the middle of a page")
    assert not (tmp_path / "tap.pdf").exists()
    done = printing.case_files(office.hoa, request)
    assert done.resumed_from == 45 and done.persons == 50
    assert len(reading.read((tmp_path / "tap.pdf").read_bytes()).pages) == done.pages


def test_a_lost_half_volume_is_printed_from_the_beginning(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 25)
    request = PrintRequest(ids, tmp_path / "tap.pdf")
    left = iter([False] * 22)
    printing.case_files(office.hoa, request, None, lambda: next(left, True))
    shutil.rmtree(tmp_path / "tap.pdf.part")
    done = printing.case_files(office.hoa, request)
    assert (done.resumed_from, done.persons) == (0, 25)
    assert reading.read((tmp_path / "tap.pdf").read_bytes()).outline[0].startswith("Nguyễn Văn")


def test_who_cannot_be_printed_is_named_and_hinders_nobody(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 3)
    person.remove(office.lan, ids[1], "nhập nhầm")
    done = printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "tap.pdf"))
    assert [one.value for one in done.failed] == [ids[1]]
    assert done.persons == 2
    read = reading.read((tmp_path / "tap.pdf").read_bytes())
    assert "chưa in" in read.pages[0]
    none = printing.case_files(office.hoa, PrintRequest((ids[1],), tmp_path / "khong.pdf"))
    assert none.files == () and none.failed
    assert not (tmp_path / "khong.pdf").exists()
    assert not list(tmp_path.glob("*.part"))


def test_a_place_that_cannot_be_written_is_said_in_words(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 2)
    (tmp_path / "tep").write_text("đã có")
    for separate in (True, False):
        with pytest.raises(Refused) as refused:
            printing.case_files(office.hoa, PrintRequest(ids, tmp_path / "tep" / "a.pdf", separate))
        problem = refused.value.problems[0]
        assert problem.code == "print_not_written"
        assert "Không ghi được tệp" in problem.message


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


def test_half_printed_volumes_of_yesterday_are_taken_away(office: Desk, tmp_path: Path) -> None:
    ids = several(office, 25)
    left = iter([False] * 22)
    printing.case_files(
        office.hoa, PrintRequest(ids, tmp_path / "cu.pdf"), None, lambda: next(left, True)
    )
    journal = next((office.home / print_job.FOLDER).glob("*.json"))
    old = time.time() - print_job.KEPT_S - 60
    os.utime(journal, (old, old))
    printing.case_files(office.hoa, PrintRequest(ids[:1], tmp_path / "moi.pdf"))
    assert not journal.exists()
    assert not (tmp_path / "cu.pdf.part").exists(), "names of people do not lie around"


def test_a_damaged_part_of_a_volume_is_told_and_the_next_run_begins_anew(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 45)
    request = PrintRequest(ids, tmp_path / "tap.pdf")
    left = iter([False] * 41)
    printing.case_files(office.hoa, request, None, lambda: next(left, True))
    (tmp_path / "tap.pdf.part" / "0001.pdf").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        printing.case_files(office.hoa, request)
    assert refused.value.problems[0].code == "print_not_written"
    done = printing.case_files(office.hoa, request)
    assert (done.resumed_from, done.persons) == (0, 45)


def test_the_program_killed_while_printing_leaves_whole_logged_files_and_goes_on(
    office: Desk, tmp_path: Path
) -> None:
    ids = several(office, 60)
    out = tmp_path / "xa"
    words = ["print", "case-file", "--all", "--out", str(out), "--separate", "--user", "hoa"]
    call = [sys.executable, "-m", "ui.main", "--home", str(office.home), *words]
    env = os.environ | {"SOANSINH_PASSWORD": desk.PASSWORD}
    with subprocess.Popen(call, env=env, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
        deadline = time.monotonic() + 60
        while not list(out.glob("*.pdf")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.kill()
    seen = sorted(out.glob("*.pdf"))
    assert 0 < len(seen) < 60
    for path in seen:
        assert len(reading.read(path.read_bytes()).pages) == 1
    assert sum(len(prints_of(office, who)) for who in ids) >= len(seen)
    done = printing.case_files(
        office.hoa, PrintRequest(person.ids(office.hoa, PeopleFilter()), out, separate=True)
    )
    assert done.persons == len(list(out.glob("*.pdf"))) == 60
    assert not list(out.glob("*.part"))


def test_the_burned_pc_sheet_is_written_where_the_admin_wants_it(
    office: Desk, tmp_path: Path
) -> None:
    several(office, 2)
    printing.burned_sheet(office.lan, tmp_path / "to" / "chay.pdf")
    text = reading.read((tmp_path / "to" / "chay.pdf").read_bytes()).text
    assert "Kho hiện có 2 người." in text
    assert "KHÔNG có bản sao lưu nào ở ổ đĩa khác" in text
    assert "Nguyễn Văn Aa" in text
