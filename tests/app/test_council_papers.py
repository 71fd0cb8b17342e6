"""The council's papers: one at a time, a whole session, blank forms, and what may hang outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import (
    access,
    application,
    attachment,
    complaint,
    council_printing,
    council_session,
    finding,
    form_draft,
    hearing,
    hearing_vote,
    medical_referral,
    notice,
    person,
    print_job,
    printing,
    session_papers,
    settings,
)
from app.actions.council_paper_names import BY_PAPER
from app.actions.council_printing import session_request, write, write_session
from app.errors import Refused
from app.rules import paper_code
from app.rules.council import Votes
from app.values.application import ApplicationDraft, ComplaintDraft, MedicalDraft
from app.values.attachment import AttachmentDraft
from app.values.council import SheetDraft, VoteDraft
from app.values.council_request import CouncilRequest
from app.values.person import PersonDraft
from tests import desk, sitting
from tests.app.writing_calls import picture
from tests.desk import Desk
from tests.line import Line
from tests.papers import reading
from tests.sitting import Sitting

DAY = "2026-03-10"
SECRET = "đang uống thuốc ARV"
HEARD = "mẹ kể cháu co giật mỗi đêm"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, tuple[str, ...]]]:
    """One office with its council for all stories; each brings its own persons."""
    opened = desk.at(tmp_path_factory.mktemp("council-papers") / "office")
    office = sitting.on(opened, DAY)
    yield office, sitting.set_up(office)
    opened.close()


@pytest.fixture
def office(room: tuple[Desk, tuple[str, ...]]) -> Desk:
    return room[0]


@pytest.fixture
def called(room: tuple[Desk, tuple[str, ...]]) -> Sitting:
    """A woman, a child, a man whom the council will find not disabled."""
    office, members = room
    told = [("Nguyễn Thị Mận", sitting.GROWN), ("Lê Bé Na", sitting.CHILD),
            ("Trịnh Văn Khỏe", "1980-01-01")]  # fmt: skip
    files = tuple(
        sitting.complete_file(office.minh, name, "2026-03-02", birth=birth, hamlet="Vĩnh Trường")[1]
        for name, birth in told
    )
    made = sitting.planned(office.minh, DAY, files)
    lines = council_session.page(office.minh, made).lines
    return Sitting(made, members, tuple(one.id for one in lines), files)


def concluded(office: Desk, called: Sitting) -> None:
    """The woman severe, the child severe, the man not disabled; secrets were said and noted."""
    at = office.minh
    woman, child, man = called.hearings
    council_session.hold(at, called.session, dict.fromkeys(called.members, ""))
    who = hearing.show(at, child).person_id
    person.save(office.lan, PersonDraft(who, {"hiv": "có", "note": SECRET}))
    sitting.severe(at, woman)
    hearing.record(at, SheetDraft(child, ("4.1",), ("2.4",), observed=f"{HEARD}; {SECRET}"))
    hearing.record(at, SheetDraft(man, (), (), dict.fromkeys(sitting.SEVERE, 0)))
    sitting.all_for(at, woman)
    said = {called.members[2]: f"Bà Trạm: {HEARD}", called.members[1]: f"Ông Minh: {SECRET}"}
    sitting.all_for(at, child, opinions=said)
    six = len(sitting.MEMBERS)
    hearing_vote.conclude(at, VoteDraft(man, Votes(not_disabled=six), "not_disabled"))
    council_session.hold(at, called.session, dict.fromkeys(called.members[:5], ""))  # one goes home
    council_session.close(at, called.session)


def text(path: Path) -> str:
    return reading.read(path.read_bytes()).text


def one(office: Desk, out: Path, paper: str, id_: str = "") -> str:
    write(office.minh, [CouncilRequest(paper, id_)], out)
    return text(out)


def refused(ws: object, *some: CouncilRequest) -> str:
    with pytest.raises(Refused) as caught:
        write(ws, some, Path("nowhere.pdf"))  # type: ignore[arg-type]
    return caught.value.problems[0].code


def test_a_file_prints_its_application_receipt_missing_list_and_school_sheet(
    office: Desk, tmp_path: Path
) -> None:
    at, out = office.minh, tmp_path / "one.pdf"
    who, file = sitting.complete_file(at, "Lê Bé Na", "2026-03-02", birth="2015-05-04")
    tells = {"declared_signs": "1.4, 3.3", "declared_abilities": "0 1 2 X 0 0 0 0 0 0"}
    application.save(at, ApplicationDraft(who, tells, file))
    told = one(office, out, "council-01", file)
    crosses = told.replace("đánh dấu x vào", "").count(" x ")
    assert crosses == 1 + 31 + 10  # the kind, yes or no to every sign, one of each activity
    for words in (
        "Mẫu số 01",
        "ĐƠN ĐỀ NGHỊ",
        "x Xác định mức độ khuyết tật và cấp",
        "Lê Bé Na",
        "II. Thông tin người đại diện hợp pháp",
        "Đọc, viết, tính toán",
    ):
        assert words in told  # fmt: skip
    assert "Bản chụp lưu kèm" not in one(office, out, "receipt", file)
    other, _file = sitting.complete_file(at, "Trần Văn Tám", "2026-03-02")
    copied = AttachmentDraft("identity", "Giấy khai sinh", "law", application_id=file)
    with pytest.raises(Refused, match="hồ sơ"):
        attachment.add(at, other, picture(), copied)
    attachment.add(at, who, picture(), copied)
    receipt = one(office, out, "receipt", file)
    assert "Bản chụp lưu kèm: Giấy khai sinh" in receipt
    assert (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in receipt and "Ngày hẹn trả kết quả: " in receipt
    )
    school = one(office, out, "council-04", file)
    assert "Biểu hiện khó khăn" in school and "Về nghe, nói: ...." in school
    _other, lacks = sitting.complete_file(at, "Trần Thị Ẩn", "2026-03-02")
    assert "còn thiếu các giấy tờ sau" in one(office, out, "missing", lacks)
    assert access.of_person(office.lan, who)[0].kind == "print"
    assert refused(at, CouncilRequest("receipt", "strange")) == "council_paper_record"
    assert refused(at, CouncilRequest("receipt", blank=True)) == "council_paper_blank"
    assert refused(at, CouncilRequest("certificate")) == "council_paper_unknown"


def test_blank_forms_carry_a_code_that_leads_back(office: Desk, tmp_path: Path) -> None:
    """One of nobody is found where it was printed; a filled one leads to its person everywhere."""
    at, out = office.minh, tmp_path / "blank.pdf"
    blank = [CouncilRequest(f"council-0{n}", blank=True, count=2) for n in range(1, 6)]
    done = write(at, blank, out)
    assert len(set(done.codes)) == 10 and {one.code for one in form_draft.waiting(at)} == set(
        done.codes
    )
    told = text(out)
    assert (
        "PHIẾU XÁC ĐỊNH" in told and "Câm và điếc hoàn toàn" in told and "Số ý kiến đồng ý" in told
    )
    for code, asked in zip(done.codes, (one for one in blank for _ in range(2)), strict=True):
        read = paper_code.read(code)
        assert read is not None and read.form == asked.paper
        assert [kept.form for kept in form_draft.find(at, code)] == [asked.paper]
    who, file = sitting.complete_file(at, "Nguyễn Thị Mận", "2026-03-02")
    code = write(at, [CouncilRequest("council-01", file)], out).codes[0]
    (found,) = finding.find(at, code).papers
    assert (found.person_id, found.form) == (who, "council-01")


def test_a_session_prints_before_it_what_goes_out_and_after_it_what_it_decided(
    office: Desk, called: Sitting, tmp_path: Path
) -> None:
    hoa, out = office.hoa, tmp_path / "session.pdf"
    before = session_request(hoa, called.session, out)
    kinds = [key.partition(":")[0] for key in before.session_papers]
    assert kinds == ["members", *["invitation", "sheet", "council-05"] * 3]
    by_paper = session_request(hoa, called.session, out, ("sheet", "invitation"), BY_PAPER)
    kinds = [key.partition(":")[0] for key in by_paper.session_papers]
    assert kinds == ["invitation"] * 3 + ["sheet"] * 3
    invited = one(office, out, "members", called.session)
    assert invited.count("GIẤY MỜI") == 6 and "Nguyễn Thị Mận" not in invited
    assert "Chưa có kết luận" in _why(office, CouncilRequest("conclusion", called.hearings[0]))
    concluded(office, called)
    child_id = called.hearings[1]
    minutes = one(office, out, "council-05", child_id)
    assert SECRET not in minutes  # blotted as on the screen
    assert "Bùi Cựu Binh" in minutes and "(vắng mặt)" not in minutes, "who went home had voted"
    write(office.lan, [CouncilRequest("council-05", child_id)], out)
    assert SECRET in text(out) and SECRET in hearing.show(office.lan, child_id).opinions
    out.unlink()
    _hangs_outside(office, called, tmp_path / "notice.pdf")
    after = session_request(hoa, called.session, out)
    done = write_session(hoa, after)
    assert done.failed == () and done.persons == len(after.session_papers) == 3 * 3 + 1
    assert "GIẤY MỜI" not in reading.read(out.read_bytes()).text, "nobody is invited afterwards"
    told = reading.read(out.read_bytes())
    assert len(told.pages) == done.pages and len(told.outline) == done.persons
    woman, child, man = (
        [page for page in told.pages if name in page and "THÔNG BÁO" not in page]
        for name in ("Nguyễn Thị Mận", "Lê Bé Na", "Trịnh Văn Khỏe")
    )
    assert "tổng số điểm: 10; đề xuất: Vận động; Nặng" in " ".join(woman)
    assert told.text.count("x Mức độ khuyết tật (ghi rõ): Nặng") == 2
    assert any("Đối với trẻ em dưới 6 tuổi" in page for page in told.pages) and child
    assert "Kết luận của Hội đồng: không khuyết tật" in told.text and man
    assert not any("của tập" in page for page in told.pages)  # each is handed out alone
    hers = access.of_person(office.lan, hearing.show(office.minh, called.hearings[0]).person_id)
    assert any(line.kind == "print" and line.by == "hoa" for line in hers)
    _letters_go_out(office, called, tmp_path / "letter.pdf")


def _why(office: Desk, request: CouncilRequest) -> str:
    with pytest.raises(Refused) as caught:
        council_printing.preview(office.minh, request)
    return caught.value.problems[0].message


def denied(work: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        work()
    return caught.value.problems[0].code


def _hangs_outside(office: Desk, called: Sitting, out: Path) -> None:
    """The legal columns alone, notes empty, a child by initials or as the chair decided; a draft
    says that it is one (Đ.6 k.1; HIV is never public)."""
    at = office.minh
    assert _why(office, CouncilRequest("notice", called.session))
    notice.write(at, called.session, "Bộ phận Tiếp nhận và trả kết quả", "7/TB-UBND")
    asked = CouncilRequest("notice", called.session)
    draft = reading.read(council_printing.preview(at, asked)).text
    assert "Số: 7/TB-UBND" in draft and "Thông báo số 7/TB-UBND" in draft
    assert "UBND/TB" not in draft  # typed whole, it stays as typed
    assert "BẢN DỰ THẢO" in draft and "L. B. N." in draft
    told = reading.read(council_printing.preview(at, asked))
    assert denied(lambda: council_printing.for_printer(at, called.session)) == "notice_not_approved"
    assert denied(lambda: one(office, out, "notice", called.session)) == "notice_no_file"
    assert "notice" not in str(session_papers.chosen(office.hoa, called.session))
    for words in (SECRET, "HIV", HEARD, "co giật", "4.1", "Bà Trạm", "Đi lại", "Lê Bé Na"):
        assert words not in told.text
    listed = told.pages[-1]
    assert "STT Họ và tên Ngày sinh Thôn Dạng tật Mức độ khuyết tật Ghi chú" in listed
    assert "1 Nguyễn Thị Mận 12/03/1971 Vĩnh Trường Vận động Nặng 2" in listed  # notes stay empty
    assert "Trịnh Văn Khỏe 01/01/1980 Vĩnh Trường Không khuyết tật" in listed.replace(
        "1/1/", "01/01/"
    )
    notice.decide(office.hoa, called.session, {called.hearings[1]: "left_out"})
    notice.approve(office.hoa, called.session)
    grown = hearing.show(at, called.hearings[0])
    person.save(at, PersonDraft(grown.person_id, {"birth": "2015-03-12"}))  # was written wrongly
    assert denied(lambda: notice.post(at, called.session)) == "notice_minors"
    told = reading.read(council_printing.for_printer(at, called.session).content)
    assert "N. T. M." in told.text and "Nguyễn Thị Mận" not in told.text
    notice.decide(office.hoa, called.session, {grown.id: "full"})
    person.save(at, PersonDraft(grown.person_id, {"birth": "1971-03-12"}))
    notice.post(at, called.session)
    final = reading.read(council_printing.for_printer(at, called.session).content).text
    whole = session_papers.chosen(office.hoa, called.session)
    assert whole[-1] == f"notice:{called.session}"
    alone = lambda: session_papers.chosen(office.hoa, called.session, ("notice",))  # noqa: E731
    assert denied(alone) == "notice_no_file"
    assert "DỰ THẢO" not in final and "L. B. N." not in final
    assert "từ ngày 10/03/2026 đến hết ngày 17/03/2026" in final
    assert "không đăng lên mạng" in final


def _letters_go_out(office: Desk, called: Sitting, out: Path) -> None:
    """What the chair signs, the answer to a complaint, the referral to the medical board."""
    at = office.minh
    signed = one(office, out, "conclusion", called.hearings[0])
    assert "CHỦ TỊCH HỘI ĐỒNG" in signed and "Trần Văn Chủ" in signed and "THỦ TRƯỞNG" not in signed
    assert "HỘI ĐỒNG XÁC ĐỊNH MỨC ĐỘ KHUYẾT TẬT" in signed
    file = called.files[0]
    told = {"received_on": DAY, "complainant": "Đặng Văn Ửng", "about": "Phải là đặc biệt nặng"}
    told_id = complaint.save(at, ComplaintDraft(file, told))
    letter = one(office, out, "complaint", told_id)
    assert "Ông (bà) Đặng Văn Ửng" in letter and "Phải là đặc biệt nặng" in letter
    asked = {"medical_board_reason": "disagreement", "disagreement": "Cho rằng nặng hơn",
             "findings": "Đi phải có người dìu",
             "board": "Hội đồng Giám định y khoa tỉnh Gia Lai"}  # fmt: skip
    who = hearing.show(at, called.hearings[0]).person_id
    sent = medical_referral.refer(at, MedicalDraft(who, asked, file))
    letter = one(office, out, "referral", sent)
    for words in (
        "GIẤY GIỚI THIỆU",
        "Ảnh 3 x 4",
        "điểm b khoản 2 Điều 15",
        "Cho rằng nặng hơn",
        "người dìu",
    ):
        assert words in letter
    with pytest.raises(Refused) as caught:
        session_request(at, called.session, out)
    assert caught.value.problems[0].code == "not_allowed"


def test_the_command_line_prints_a_session_single_papers_and_blank_forms(
    office: Desk, called: Sitting, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("SOANSINH_PASSWORD", desk.PASSWORD)
    line = Line(office.home, capsys)
    session = ("council", "papers", "--session", called.session, "--user", "hoa", "--out")
    wanted = ("--paper", "sheet", "invitation", "--order", "paper")
    told = line(*session, str(tmp_path / "all"), *wanted)
    assert [one["paper"] for one in told["papers"]] == ["invitation"] * 3 + ["sheet"] * 3
    assert told["files"] == [str(tmp_path / "all" / "phien-hop.pdf")] and told["pages"] == 14
    apart = line(*session, str(tmp_path / "each"), "--paper", "invitation", "--separate")
    assert len(apart["files"]) == 3 and all(Path(one).is_file() for one in apart["files"])
    out = ("--user", "minh", "--out", str(tmp_path / "one.pdf"))
    blank = line("print", "council", "--paper", "council-02", "--blank", "--count", "2", *out)
    assert len(blank["codes"]) == 2 and blank["pages"] == 6
    receipts = line("print", "council", "--paper", "receipt", "--id", *called.files, *out)
    assert receipts["pages"] == 3
    monkeypatch.setenv("SOANSINH_FILE_PASSWORD", "Mở-tệp-này-2026")
    line("print", "council", "--paper", "receipt", "--id", *called.files, *out)
    closed = line(*session, str(tmp_path / "closed"), "--paper", "invitation")
    for file in (tmp_path / "one.pdf", Path(closed["files"][0])):
        assert b"/Encrypt" in file.read_bytes()
    early = ("print", "council", "--paper", "conclusion", "--id", called.hearings[0], *out)
    assert line.codes(*early) == ["council_paper_early"]
    nobody = ("council", "papers", "--session", "strange", "--user", "hoa", "--out", "x")
    assert line.codes(*nobody) == ["council_paper_record"]


def test_a_stopped_session_goes_on_where_it_was(
    office: Desk, called: Sitting, tmp_path: Path
) -> None:
    """Also where every file about a person must be closed: these are made for paper."""
    settings.change(office.lan, {"file_passwords": "must"})
    hoa, out = office.hoa, tmp_path / "stopped.pdf"
    request = session_request(hoa, called.session, out)
    seen: list[int] = []
    stopped = write_session(hoa, request, lambda done, _all: seen.append(done),
                            lambda: len(seen) >= 4)  # fmt: skip
    assert stopped.stopped and stopped.files == () and stopped.persons == 4 and not out.exists()
    whole = write_session(hoa, request)
    assert whole.resumed_from == 4 and whole.persons == 10
    each = replace(request, out=tmp_path / "each", separate=True)
    apart = write_session(hoa, each)
    assert len(apart.files) == 10 and apart.index is None
    assert sum(len(reading.read(file.read_bytes()).pages) for file in apart.files) == whole.pages
    again = session_request(hoa, called.session, tmp_path / "given-up.pdf")
    write_session(hoa, again, lambda done, _all: seen.append(done), lambda: len(seen) > 12)
    printing.give_up(hoa, again)
    assert not print_job.part_of(again.out).exists()
