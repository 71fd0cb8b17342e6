"""Forms of a case: filled from what was written, blank ones found again by their code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import (
    accident,
    care_case,
    consent,
    file_password,
    finding,
    form_draft,
    form_printing,
    merge,
    need,
    person,
    printing,
    referral,
    settings,
    sharing,
    visits_due,
)
from app.errors import Refused
from app.rules import paper_code
from app.values.accident import AccidentDraft
from app.values.care_case import ClosingDraft
from app.values.paper_form import FormRequest
from app.values.papers import PrintRequest
from app.values.person import PersonDraft
from app.values.referral import ReferralStep
from app.values.sharing import ConsentDraft, SharingDraft
from app.workspace import Workspace
from data.records.care_case import CareCase
from tests import desk
from tests.app.test_sharing import HEARD, WHERE
from tests.desk import Desk
from tests.helped import help_for
from tests.papers import people, reading


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def words(path: Path) -> str:
    return reading.read(path.read_bytes()).text


def printed(ws: Workspace, out: Path, *requests: FormRequest) -> str:
    form_printing.write(ws, requests, out)
    return words(out)


def test_each_form_says_what_was_written_in_the_order_of_the_circular(
    office: Desk, tmp_path: Path
) -> None:
    _who, case = people.followed_case(office)
    told = {
        form: printed(office.minh, tmp_path / f"{form}.pdf", FormRequest(form, case))
        for form in ("01", "02", "03", "04", "05", "06", "visit")
    }
    in_order = {
        "01": ("Mẫu số 01", "THU THẬP THÔNG TIN", "DỰ THẢO - chưa đối chiếu mẫu", "a) Đối tượng",
               "Ngày, tháng, năm sinh: 03/1971", "Nam x Nữ", "Dụng cụ chỉnh hình",
               "b) Sức khỏe", "x Vận động", "c) Gia đình", "Họ và tên chủ hộ: ....",
               "d) Người giám hộ", "Người chăm sóc: Đinh Văn Thỉ"),
        "02": ("a) Chăm sóc sức khỏe, y tế Mỏm cụt sưng đỏ", "Chân giả", "b) Giáo dục",
               "h) Nhu cầu khác"),
        "03": ("a) Khẩn cấp", "x b) Lâu dài", "c) Liên tục", "x e) Tự nguyện tham gia"),
        "04": (people.GOAL, "2. Hoạt động khẩn cấp", "Rửa vết thương", "Lê Văn Minh",
               "3. Hoạt động theo thứ tự ưu tiên", "Đo chân giả", "Đường lầy", "Phê duyệt",
               "Người duyệt: Trần Thị Hoa", "Chủ tịch UBND"),
        "05": ("Thăm hộ Đã rửa vết thương. a Lê Văn Minh", "Rà soát, đánh giá ngày",
               "Kết quả thực hiện: Vết thương khô", "x Giữ nguyên kế hoạch"),
        "06": ("1. Lý do kết thúc", "1) Mục tiêu đã đạt được", "12) Trường hợp khác",
               "Bàn giao cho: ...."),
        "visit": ("Đinh Thị Nghiễn", "Điện thoại: 0905123456",
                  "Người chăm sóc: Đinh Văn Thỉ - 0905999888", "Rửa vết thương (khẩn cấp)",
                  "Đã rửa vết thương.", "5. Ghi khi thăm", "Nội dung, kết quả: ...."),
    }  # fmt: skip
    for form, parts in in_order.items():
        place = 0
        for part in parts:
            place = told[form].find(part, place)
            assert place >= 0, (form, part)
    assert "052171001234" not in told["visit"]  # the number stays in the office


def test_confidential_notes_are_on_paper_only_where_they_may_be_read_and_were_chosen(
    office: Desk, tmp_path: Path
) -> None:
    _who, case = people.followed_case(office)
    out = tmp_path / "to.pdf"
    chosen = [FormRequest(form, case, confidential=True) for form in ("05", "visit")]
    plain = [FormRequest(form, case) for form in ("05", "visit")]
    for ws, requests in ((office.minh, chosen), (office.hoa, chosen), (office.lan, plain)):
        assert people.SECRET not in printed(ws, out, *requests)
    told = printed(office.lan, out, *chosen)
    assert told.count(f"[giữ kín] {people.SECRET}") == 2
    assert told.count("Có nội dung phải giữ kín theo Điều 9") == 2
    done = form_printing.write_case(office.hoa, FormRequest("case", case, confidential=True), out)
    assert people.SECRET not in words(out) and "Không in phần mật" in done.told[0]


def test_where_every_file_must_be_closed_those_of_cases_are_and_blank_ones_are_not(
    office: Desk, tmp_path: Path
) -> None:
    _who, case = people.followed_case(office)
    settings.change(office.lan, {"file_passwords": "must"})
    out, whole, visit = tmp_path / "ca.pdf", FormRequest("case", case), FormRequest("visit", case)
    for write in (
        lambda ws: form_printing.write_case(ws, whole, out),
        lambda ws: form_printing.write(ws, [visit], out),
    ):
        with pytest.raises(Refused) as refused:
            write(office.hoa)
        assert [one.code for one in refused.value.problems] == ["file_password_needed"]
        assert not out.exists()
        write(file_password.locking(office.hoa, "Mở-tệp-này-2026"))
        assert b"/Encrypt" in out.read_bytes()
        out.unlink()
    assert "Mẫu số 01" in printed(office.hoa, out, FormRequest("01", blank=True, count=1))


def test_hiv_and_violence_are_on_no_form_and_on_no_list_to_tick(
    office: Desk, tmp_path: Path
) -> None:
    who, case = people.followed_case(office)
    planted = {"hiv": "có", "violence_note": "Bị dượng nhốt trong kho"}
    person.save(office.lan, PersonDraft(who, planted))
    out = tmp_path / "to.pdf"
    forms = [FormRequest(form, case, confidential=True) for form in paper_code.KINDS[:7]]
    told = printed(office.lan, out, *forms)
    printing.case_files(office.lan, PrintRequest((), out, case_ids=(case,)))
    told += words(out)
    assert "HIV" not in told and "dượng" not in told


def test_help_of_the_person_stands_in_her_file_in_the_cases_and_on_the_visit_sheet(
    office: Desk, tmp_path: Path
) -> None:
    who, case = people.followed_case(office)
    given = help_for(office.minh, who, need.of_person(office.minh, who)[0].id)
    referral.step(office.minh, given["referral"], ReferralStep("sent"))
    out = tmp_path / "in.pdf"
    form_printing.write_case(office.hoa, FormRequest("case", case), out)
    whole = words(out)
    printing.case_files(office.hoa, PrintRequest((who,), out))
    for told in (whole, words(out)):
        for part in ("Trạm y tế", "Đã gửi, chờ trả lời", "gạo", "Hội CTĐ", "Nạng, gậy", "Xe buýt"):
            assert part in told, part
    told = printed(office.minh, out, FormRequest("visit", case))
    assert "Chuyển gửi: Trạm y tế (đã gửi, chờ trả lời)" in told
    assert "Hỗ trợ chưa nhận: gạo" in told


def test_a_form_for_outside_asks_for_both_approvals_and_is_written_down(
    office: Desk, tmp_path: Path
) -> None:
    who, case = people.followed_case(office)
    out = tmp_path / "ngoai.pdf"
    outside = FormRequest("04", case, recipient=WHERE)
    for write in (
        lambda: form_printing.write(office.hoa, [outside], out),
        lambda: form_printing.write_case(office.hoa, replace(outside, form="case"), out),
    ):
        with pytest.raises(Refused) as refused:
            write()
        assert "sharing_not_asked" in [one.code for one in refused.value.problems]
    assert not out.exists() and people.prints_of(office, who) == []
    consent.save(office.minh, ConsentDraft(who, HEARD))
    (asked,), _ = sharing.request(
        office.minh, SharingDraft((who,), "case_file", WHERE, "Xin chân giả", "Kế hoạch")
    )
    sharing.approve(office.hoa, (asked,))
    notes = replace(outside, form="05", confidential=True)
    form_printing.write(office.lan, [notes], out)
    assert people.SECRET not in words(out)
    assert form_printing.write(office.hoa, [outside], out).told == ()
    day = office.hoa.today().strftime("%d/%m/%Y")
    stands_on = f"Gửi {WHERE} theo duyệt chia sẻ của Trần Thị Hoa ngày {day}, cho việc:"
    assert stands_on in words(out) and "Đã duyệt để gửi: Kế hoạch." in words(out)
    act = sharing.of_person(office.hoa, who)[0]
    assert (act.state, act.recipient, act.shared_by) == ("shared", WHERE, "hoa")
    assert people.GOAL in words(out)
    who_told_stays_inside(office, who, case, out)


def who_told_stays_inside(office: Desk, who: str, case: str, out: Path) -> None:
    with office.minh.db.write(office.minh.author()) as session:
        row = session.get_one(CareCase, case)
        row.reporter, row.reporter_kind, row.reported_how = "Bà Tám Kể", "neighbour", "phone"
        row.emergency, row.emergency_note = True, "Bà Tám thấy bị đánh"
    accident.save(
        office.minh,
        AccidentDraft(who, {"victim_informant": "Bà Tám Kể"}, {"accident_place": "Gò"}),
    )
    for where in ("", WHERE):
        request = FormRequest("case", case, recipient=where)
        done = form_printing.write_case(office.hoa, request, out)
        told, changed = words(out), "Hồ sơ có thay đổi sau ngày duyệt"
        assert bool(done.told) is (changed in told) is bool(where)  # the approval did not see it
        assert ("Báo tin bằng cách" in told) is not bool(where)
        assert "Khẩn cấp" in told and ("Tám" in told) is not bool(where)
        printing.case_files(office.hoa, PrintRequest((who,), out, recipient=where))
        told = words(out)
        assert (changed in told) is bool(where)
        assert "Gò" in told and ("Tám" in told) is not bool(where)


def test_the_sheets_of_a_day_are_of_those_who_have_something_due(office: Desk) -> None:
    _who, case = people.followed_case(office)
    assert visits_due.cases(office.minh, "2099-12-16", "minh") == (case,)
    assert visits_due.cases(office.minh, "2099-12-16", None) == (case,)
    assert visits_due.cases(office.minh, "2099-12-16", "hoa") == ()
    assert visits_due.cases(office.minh, "2026-11-01", "minh") == ()


def test_the_whole_file_of_a_case_begins_with_what_is_in_it(office: Desk, tmp_path: Path) -> None:
    who, case = people.followed_case(office)
    done = form_printing.write_case(office.hoa, FormRequest("case", case), tmp_path / "ca.pdf")
    told = reading.read((tmp_path / "ca.pdf").read_bytes())
    assert (done.forms, done.empty) == (("01", "02", "03", "04", "05"), ("06",))
    assert done.pages == len(told.pages) and f"Tờ {done.pages} của tập" in told.pages[-1]
    assert "Mẫu 06: Biên bản kết thúc quản lý trường hợp chưa có nội dung" in told.pages[0]
    assert "Duyệt Trần Thị Hoa" in told.pages[0]
    assert people.prints_of(office, who) == ["hoa"]
    care_case.close(office.hoa, case, ClosingDraft("goal_reached", "Đã đi lại được", aware=True))
    assert (
        "06"
        in form_printing.write_case(
            office.hoa, FormRequest("case", case), tmp_path / "ca.pdf"
        ).forms
    )
    assert "x 1) Mục tiêu đã đạt được" in words(tmp_path / "ca.pdf")


def test_blank_forms_of_nobody_are_kept_and_lead_to_whom_somebody_says(
    office: Desk, tmp_path: Path
) -> None:
    who, case = people.followed_case(office)
    blank = FormRequest("02", blank=True, count=3)
    done = form_printing.write(office.minh, [blank], tmp_path / "to.pdf")
    assert len(set(done.codes)) == 3 and done.forms == ("02",) * 3
    assert [one.form for one in form_draft.waiting(office.lan)] == ["02"] * 3
    code = done.codes[0]
    (found,) = finding.find(office.minh, code).papers
    assert (found.kind, found.person_id, found.form) == ("form", "", "02")
    form_draft.link(office.minh, code, who, case)
    (found,) = finding.find(office.hoa, code.replace("-", "")).papers
    assert (found.person_name, found.case_id) == ("Đinh Thị Nghiễn", case)
    person.remove(office.minh, who, "Nhập nhầm")
    (found,) = finding.find(office.hoa, code).papers
    assert found.person_id == "" and "Nghiễn" not in found.title
    form_draft.drop(office.minh, code)
    assert code not in [one.code for one in form_draft.waiting(office.lan)]


def test_the_form_of_a_case_is_found_also_where_it_was_not_printed(
    office: Desk, tmp_path: Path
) -> None:
    who, case = people.followed_case(office)
    blank = printed(office.minh, tmp_path / "to.pdf", FormRequest("04", case, blank=True))
    assert people.GOAL not in blank and "Đinh Thị Nghiễn" in blank
    code = paper_code.made("04", case)
    assert code in blank
    printed(office.hoa, tmp_path / "to.pdf", FormRequest("04", case, blank=True))
    (found,) = finding.find(office.hoa, code).papers  # by whoever it was printed: one form
    form_draft.drop(office.minh, code)  # as on a PC that only has the case
    (found,) = finding.find(office.hoa, code).papers
    assert (found.person_id, found.case_id, found.form) == (who, case, "04")
    (found,) = finding.find(office.hoa, paper_code.made("01", who)).papers
    assert (found.person_id, found.case_id) == (who, "")
    kept = person.save(office.minh, desk.typed(name="Đinh Thị Nghiên")).id
    merge.merge(office.minh, kept, who)
    (found,) = finding.find(office.hoa, paper_code.made("01", who)).papers
    assert (found.person_id, found.person_name) == (kept, "Đinh Thị Nghiên")
    (found,) = finding.find(office.hoa, code).papers
    assert (found.person_id, found.case_id) == (kept, case)
    who = kept
    (found,) = finding.find(office.hoa, "-".join(who[-12:][n : n + 4] for n in (0, 4, 8))).papers
    assert found.person_id == who


def test_a_slip_of_the_finger_and_a_strange_code_are_told(office: Desk) -> None:
    code = paper_code.made("02", "01902d3f-aaaa-7bbb-8ccc-0123456789ab")
    (found,) = finding.find(office.minh, code).papers
    assert "chưa biết của ai" in found.title
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    (found,) = finding.find(office.minh, wrong).papers
    assert "gõ chưa đúng" in found.title


def test_a_supervisor_gets_the_list_to_tick_and_then_each_case(
    office: Desk, tmp_path: Path
) -> None:
    names = ("Đinh Thị Nghiễn", "Võ Thị Ẩn")
    made = [people.followed_case(office, name) for name in names]
    ids = tuple(case for _who, case in made)
    out = tmp_path / "xem.pdf"
    done = printing.case_files(office.hoa, PrintRequest((), out, case_ids=(*ids, "không có")))
    told = reading.read(out.read_bytes())
    assert done.persons == 2 and done.printed == ids and len(done.failed) == 1
    assert "DANH SÁCH CA TRÌNH XEM XÉT" in told.pages[0]
    assert "Còn 1 hoạt động khẩn cấp" in told.pages[0] and "Đồng ý Trả lại Ghi chú" in told.pages[0]
    assert "Không tìm thấy ca này" in told.pages[0] and "Người xem xét" in told.pages[0]
    assert [mark.split(" · ")[1] for mark in told.outline] == list(names)
    first = next(n for n, page in enumerate(told.pages, 1) if "HỒ SƠ QUẢN LÝ TRƯỜNG HỢP" in page)
    assert f"Tờ {first} của tập" in told.pages[first - 1]
    assert f"Còn 1 hoạt động khẩn cấp {first}" in told.pages[0]
    assert all(people.prints_of(office, who) == ["hoa"] for who, _case in made)
    with pytest.raises(Refused, match="không được phép|quyền"):
        printing.case_files(office.minh, PrintRequest((), out, case_ids=ids))


def test_what_cannot_be_printed_is_said(office: Desk, tmp_path: Path) -> None:
    out = tmp_path / "to.pdf"
    for request, code in (
        (FormRequest("07"), "form_unknown"),
        (FormRequest("04"), "form_needs_case"),
        (FormRequest("01"), "form_needs_person"),
        (FormRequest("02", blank=True, count=201), "form_count"),
        (FormRequest("02", "không có"), "case_unknown"),
        (FormRequest("01", person_id="không có"), "person_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            form_printing.write(office.minh, [request], out)
        assert [one.code for one in refused.value.problems] == [code]
    assert not out.exists() and form_draft.waiting(office.minh) == ()
