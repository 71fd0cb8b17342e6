"""An existing register becomes opening stock and must agree with the signed minute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    care_case,
    certificate,
    import_list,
    import_register,
    import_undo,
    person,
    printing,
)
from app.actions.printing import PrintRequest
from app.errors import Refused
from app.values.certificate import CertificateFilter
from app.values.imports import ImportOptions, ImportResult
from app.values.person import PersonDraft
from app.workspace import Workspace
from tests import desk
from tests.app.import_desk import codes_of, everybody
from tests.app.imports import lists
from tests.desk import CAT_HANH, Desk
from tests.papers import reading

CERTIFICATES = [
    ("Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Dạng tật", "Mức độ", "Số giấy xác nhận",
     "Ngày cấp", "Nơi cấp"),
    ("Lê Thị Hoa", "12/3/1950", "Nữ", "Cát Hanh", "nhìn", "nặng", "15/GXN", "5/6/2019",
     "UBND xã Cát Hanh"),
    ("Trần Văn Nam", "1971", "Nam", "Cát Tường", "vận động", "ĐBN", "16/GXN", "2020", None),
    ("Đinh Văn Ba", "1980", "Nam", "Cát Tường", "vận động", "nhẹ", None, None, None),
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


def taken(ws: Workspace, path: Path, register: str) -> ImportResult:
    return import_list.run(ws, path, ImportOptions(register=register))


def test_certificates_come_in_with_number_day_and_issuer(office: Desk, tmp_path: Path) -> None:
    known = {"name": "Lê Thị Hoa", "birth": "1950-03-12", "sex": "female", "commune": CAT_HANH}
    hoa = person.save(office.minh, PersonDraft(None, known)).id
    path = lists.xlsx(tmp_path / "sổ.xlsx", CERTIFICATES)
    result = taken(office.minh, path, "certificates")
    assert (result.created, result.changed) == (1, 1)
    assert codes_of(result) == [(4, "certificate_number", "register_number_missing")]
    fields = person.page(office.minh, hoa).fields
    assert (fields["certificate_number"], fields["certificate_on"], fields["certificate_by"]) == (
        "15/GXN", "2019-06-05", "UBND xã Cát Hanh",
    )  # fmt: skip
    assert fields["id_issued_on"] is None
    taken(office.minh, path, "certificates")
    (held,) = certificate.of_person(office.minh, hoa)
    assert (held.state, held.text("certificate_number"), held.text("origin")) == (
        "valid", "15/GXN", "paper",
    )  # fmt: skip
    assert certificate.total(office.minh, CertificateFilter()) == 2, "read twice, written once"
    compared = import_register.compare(office.minh, result.id)
    lines = {(one.table, one.label): (one.listed, one.found) for one in compared.lines}
    assert lines[("all", "Tổng số")] == (3, 2) and not compared.agrees
    assert lines[("degree", "Nhẹ")] == (1, 0) and lines[("degree", "Nặng")] == (1, 1)
    assert sum(count for (table, _), (count, _) in lines.items() if table == "commune") == 3


def test_the_minute_is_printed_and_confirmed_by_a_person(office: Desk, tmp_path: Path) -> None:
    result = taken(office.minh, lists.xlsx(tmp_path / "sổ.xlsx", CERTIFICATES[:-1]), "certificates")
    assert import_register.compare(office.minh, result.id).agrees
    words = " ".join(reading.read(import_register.minute(office.hoa, result.id)).text.split())
    for said in ("BIÊN BẢN", "Bàn giao sổ cấp giấy xác nhận", "sổ.xlsx", "Số liệu hai bên khớp",
                 "CỘNG HÒA XÃ HỘI", "ĐẠI DIỆN BÊN GIAO"):  # fmt: skip
        assert said in words
    with pytest.raises(Refused):
        import_register.confirm(office.minh, result.id)  # who brought it in does not confirm
    done = import_register.confirm(office.hoa, result.id)
    assert done.confirmed_by == "hoa" and done.confirmed_at
    with pytest.raises(Refused) as caught:
        import_register.confirm(office.hoa, result.id)
    assert caught.value.problems[0].code == "handover_confirmed"


def test_a_minute_that_does_not_agree_needs_a_reason(office: Desk, tmp_path: Path) -> None:
    result = taken(office.minh, lists.xlsx(tmp_path / "sổ.xlsx", CERTIFICATES), "certificates")
    with pytest.raises(Refused) as caught:
        import_register.confirm(office.hoa, result.id)
    assert caught.value.problems[0].code == "handover_differs"
    done = import_register.confirm(office.hoa, result.id, "Một người chưa được cấp giấy")
    assert done.confirmed_note == "Một người chưa được cấp giấy"


def test_open_cases_are_taken_over_as_of_old_records(office: Desk, tmp_path: Path) -> None:
    rows = [
        (
            *("Họ và tên", "Năm sinh", "Xã", "Số hồ sơ", "Ngày mở", "Cán bộ phụ trách", "Lý do"),
            "Trạng thái",
        ),
        (
            "Lê Thị Hoa",
            "1950",
            "Cát Hanh",
            "QLTH-07",
            "5/6/2023",
            "Nguyễn Thị Mai",
            "Sống một mình",
            "rà soát",
        ),
        ("Trần Văn Nam", "1971", "Cát Tường", "QLTH-08", None, None, None, None),
        ("Võ Thị Ba", "1960", "Cát Hanh", "QLTH-09", "2023", None, None, "chuyển tuyến"),
        ("Mai Văn Tư", "1962", "Cát Hanh", "QLTH-10", "2023", None, None, "Đã kết thúc"),
    ]
    path = lists.xlsx(tmp_path / "ca.xlsx", rows)
    result = taken(office.minh, path, "cases")
    assert result.created == 1
    assert codes_of(result) == [
        (3, "case_opened_on", "register_day_missing"),
        (4, "case_step", "register_step_unknown"),
        (5, "case_step", "register_step_unknown"),
    ]
    (who,) = everybody(office.minh)
    (case,) = care_case.of_person(office.minh, who.id)
    assert (case.case_number, case.opened_on, case.worker) == (
        "QLTH-07",
        "2023-06-05",
        "Nguyễn Thị Mai",
    )
    page = care_case.page(office.minh, case.id)
    assert (page.origin, page.reason) == ("paper", "Sống một mình")
    assert (page.card.status, page.facts["paper_step"]) == ("reviewing", "reviewing")
    again = taken(office.minh, path, "cases")
    assert (again.created, again.matched) == (0, 1)
    assert len(care_case.of_person(office.minh, who.id)) == 1
    assert import_register.compare(office.minh, again.id).lines[0].found == 1
    assert import_undo.undo(office.minh, result.id).removed == 2
    assert care_case.of_person(office.minh, who.id) == () and everybody(office.minh) == ()


def test_allowances_agree_in_number_and_in_money(office: Desk, tmp_path: Path) -> None:
    rows = [
        ("Họ và tên", "Năm sinh", "Xã", "Mức độ", "Đối tượng", "Mức hưởng", "Hưởng từ"),
        ("Lê Thị Hoa", "1950", "Cát Hanh", "nặng", "Điều 5.6", "750.000", "6/2021"),
        ("Trần Văn Nam", "1971", "Cát Tường", "ĐBN", "Điều 5.6", 1000000, "2021"),
    ]
    result = taken(office.minh, lists.xlsx(tmp_path / "tc.xlsx", rows), "allowances")
    assert result.refused == ()
    fields = [person.page(office.minh, each.id).fields for each in everybody(office.minh)]
    assert {(one["allowance_monthly"], one["allowance_amount"]) for one in fields} == {
        ("yes", 750_000),
        ("yes", 1_000_000),
    }
    total = import_register.compare(office.minh, result.id).lines[0]
    assert (total.listed, total.found) == (2, 2)
    assert (total.listed_money, total.found_money) == (1_750_000, 1_750_000)
    hoa = next(each.id for each in everybody(office.minh) if each.commune == CAT_HANH)
    person.save(office.minh, PersonDraft(hoa, {"allowance_amount": "800000"}))
    total = import_register.compare(office.minh, result.id).lines[0]
    assert (total.found, total.found_money, total.differs) == (1, 1_000_000, True)
    words = reading.read(import_register.minute(office.hoa, result.id)).text
    assert "1.750.000" in words and "−1" in words


def test_what_three_registers_say_of_one_woman_stands_in_her_printed_file(
    office: Desk, tmp_path: Path
) -> None:
    who = ("Lê Thị Hoa", "12/3/1950", "Nữ", "Cát Hanh")
    heads = ("Họ và tên", "Ngày sinh", "Giới tính", "Xã")
    for register, more, values in (
        ("certificates", ("Số giấy xác nhận", "Ngày cấp", "Nơi cấp"),
         ("15/GXN", "5/6/2019", "UBND xã Cát Hanh")),
        ("cases", ("Số hồ sơ", "Ngày mở", "Lý do"), ("QLTH-07", "5/6/2023", "Sống một mình")),
        ("allowances", ("Đối tượng", "Mức hưởng", "Hưởng từ"), ("Điều 5.6", "750.000", "6/2021")),
    ):  # fmt: skip
        rows = [(*heads, *more), (*who, *values)]
        result = taken(office.minh, lists.xlsx(tmp_path / f"{register}.xlsx", rows), register)
        assert result.refused == () and import_register.compare(office.minh, result.id).agrees
    (hoa,) = everybody(office.minh)
    file = tmp_path / "hoa.pdf"
    printing.case_files(office.hoa, PrintRequest((hoa.id,), file))
    words = reading.read(file.read_bytes()).text
    for said in ("15/GXN", "05/06/2019", "UBND xã Cát Hanh", "QLTH-07", "05/06/2023",
                 "Sống một mình", "Điều 5.6", "750.000", "06/2021"):  # fmt: skip
        assert said in words, said
