"""The exchange with the national system: who waits, the file, its answer, and what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions import (
    access,
    approval,
    import_list,
    import_undo,
    merge,
    national_answer,
    national_file,
    national_in,
    national_out,
    national_pending,
    person,
)
from app.actions.national_answer import Reply
from app.errors import Refused
from app.imports.reading import open_list
from app.imports.sheet import text_of
from app.imports.writing import Page, write_xlsx
from app.values.imports import ImportOptions, RowDecision
from app.values.national import OutRequest
from app.values.person import PersonDraft
from tests import desk
from tests.desk import CAT_TUONG, Desk, typed
from tests.line import Line

FULL = {"sex": "female", "birth": "1971-03-12", "id_number": "052171000123",
        "types": "vision", "degree": "severe"}  # fmt: skip
NEW = "nkt-2025"
OLD = "nkt-2021"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    opened = desk.at(tmp_path / "office")
    yield opened
    opened.close()


def entered(office: Desk, **fields: object) -> str:
    by = office.lan if "hiv" in fields else office.minh
    who = person.save(by, typed(**(FULL | fields))).id
    person.submit(office.minh, [who])
    approval.approve(office.hoa, [who])
    return who


def sheet(path: Path) -> list[dict[str, str]]:
    """The file as anybody reads it: a dict for each row, by heading."""
    rows = [
        [text_of(cell) for cell in cells]
        for one in open_list(path).sheets()
        for _number, cells in one.rows
    ]
    return [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]


def moves(office: Desk, layout: str = "") -> Mapping[str, str]:
    return {one.name: one.move for one in national_pending.pending(office.hoa, (), layout)}


def test_who_is_new_goes_out_once_and_again_only_when_something_changed(
    office: Desk, tmp_path: Path
) -> None:
    lan = entered(office, hiv="yes", name="Lê Thị Lan", certificate_by="Trạm y tế, sổ HIV")
    ba = entered(office, name="Hồ Văn Ba", sex="male", id_number="052071000456", degree=None)
    person.save(office.minh, typed(name="Chưa Duyệt"))
    found = {one.name: one for one in national_pending.pending(office.hoa)}
    assert {name: one.move for name, one in found.items()} == {
        "Lê Thị Lan": "new", "Hồ Văn Ba": "new"}  # fmt: skip
    assert [(one.code, one.field) for one in found["Hồ Văn Ba"].problems] == [
        ("national_lacks", "degree")
    ]
    assert "“Mức độ khuyết tật”" in found["Hồ Văn Ba"].problems[0].message
    out = tmp_path / "nop.xlsx"
    done = national_out.make(office.hoa, OutRequest(out, edition=OLD))
    assert (done.counts, [one.id for one in done.left_out]) == ({"new": 1}, [ba])
    (row,) = sheet(out)
    assert (row["STT"], row["Loại biến động"], row["Họ và tên"]) == ("1", "Thêm mới", "Lê Thị Lan")
    assert (row["Giới tính"], row["Dạng khuyết tật"], row["Mức độ khuyết tật"]) == ("2", "2", "2")
    assert (row["Ngày sinh"], row["Số CCCD/định danh"]) == ("12/03/1971", "052171000123")
    assert (row["Tỉnh"], row["Huyện"], row["Xã"]) == ("Bình Định", "Phù Cát", "Cát Hanh")
    assert not any("HIV" in text for text in (*row, *row.values()))
    exported = [one for one in access.of_person(office.lan, lan) if one.kind == "export"]
    assert [one.detail for one in exported] == [f"national {done.number}"]
    assert access.of_person(office.lan, ba) == ()
    assert moves(office) == {"Hồ Văn Ba": "new"}
    again = national_out.make(office.hoa, OutRequest(out, edition=OLD, lacking=True))
    assert again.counts == {"new": 1} and moves(office, OLD) == {}
    person.save(office.minh, PersonDraft(lan, {"phone": "0912345678"}))
    (waits,) = national_pending.pending(office.hoa, (), OLD)
    assert [(one.heading, one.before, one.now) for one in waits.differences] == [
        ("Điện thoại", "", "••••••5678")
    ]
    assert national_pending.pending(office.hoa, ("63:21892",)) == ()
    person.set_life_state(office.minh, ba, "dead", "2026-02-01")
    assert moves(office) == {"Lê Thị Lan": "changed", "Hồ Văn Ba": "gone"}
    national_out.make(office.hoa, OutRequest(out, ids=(ba,)))
    (row,) = sheet(out)
    assert (row["Loại biến động"], row["Lý do thôi"], row["Ngày biến động"]) == (
        "Thôi hưởng", "Đã mất", "01/02/2026")  # fmt: skip
    assert moves(office) == {"Lê Thị Lan": "changed"}
    with pytest.raises(Refused) as refused:
        national_out.make(office.minh, OutRequest(out))
    assert refused.value.problems[0].code == "not_allowed"


def test_the_answer_brings_the_code_and_sends_back_whom_the_system_refused(
    office: Desk, tmp_path: Path
) -> None:
    lan = entered(office, name="Lê Thị Lan")
    entered(office, name="Hồ Văn Ba", sex="male", id_number="052071000456", phone="0912345678")
    done = national_out.make(office.hoa, OutRequest(tmp_path / "nop.xlsx"))
    with pytest.raises(Refused) as refused:
        national_answer.answer(office.hoa, done.id, (), Reply("accepted"))
    assert refused.value.problems[0].code == "national_not_submitted"
    today = office.hoa.today().isoformat()
    national_answer.submit(office.hoa, done.id, today)
    with pytest.raises(Refused) as refused:
        national_file.withdraw(office.hoa, done.id, "nhầm")
    assert refused.value.problems[0].code == "national_submitted"
    back = tmp_path / "tra-ve.xlsx"
    heads = ("STT", "Họ và tên", "Ngày sinh", "Số CCCD/định danh", "Mã đối tượng", "Kết quả",
             "Lý do")  # fmt: skip
    rows = [
        heads,
        ("1", "LÊ THỊ LAN", "12/3/1971", "", "NKT-0001", "Đã nhận", ""),
        ("2", "Hồ Văn Ba", "", "052071000456", "", "Từ chối", "Sai ngày cấp CCCD"),
        ("3", "Không Có", "1950", "", "", "Đã nhận", ""),
        ("4", "Lê Thị Lan", "12/03/1971", "", "", "để sau", ""),
    ]
    write_xlsx(back, [Page("Kết quả", rows, 1)])
    answers = national_answer.read(office.hoa, done.id, back)
    assert (answers.accepted, answers.refused) == (1, 1)
    assert [one.code for one in answers.problems] == ["national_row_nobody",
                                                      "national_row_no_answer"]  # fmt: skip
    assert "dòng 4" in answers.problems[0].message
    assert person.page(office.hoa, lan).fields["national_code"] == "NKT-0001"
    page = national_file.page(office.hoa, done.id)
    assert page.card.answers == {"accepted": 1, "refused": 1}
    told = [page.lines[0].written[one] for one in ("name", "id_number", "phone")]
    assert told == ["Hồ Văn Ba", "••••••••0456", "••••••5678"]
    seen = national_file.page(office.minh, done.id).lines
    assert [one.written for one in seen] == [{}, {}], "what was written is for who may export"
    assert [one.fields["answer_reason"] for one in page.lines if one.name == "Hồ Văn Ba"] == [
        "Sai ngày cấp CCCD"
    ]
    assert moves(office) == {"Hồ Văn Ba": "new"}
    other = national_out.make(office.hoa, OutRequest(tmp_path / "lan2.xlsx"))
    national_file.withdraw(office.hoa, other.id, "lập nhầm")
    assert moves(office) == {"Hồ Văn Ba": "new"}


def test_what_comes_from_there_is_matched_and_never_sent_back_as_new(
    office: Desk, tmp_path: Path
) -> None:
    lan = entered(office, name="Lê Thị Lan", national_code="NKT-0001")
    theirs = tmp_path / "quoc-gia.xlsx"
    heads = ("Mã đối tượng", "Họ và tên", "Ngày sinh", "Giới tính", "Xã, phường", "Huyện", "Tỉnh",
             "Dạng khuyết tật", "Mức độ khuyết tật", "Điện thoại")  # fmt: skip
    where = ("Cát Hanh", "Phù Cát", "Bình Định")
    rows = [
        heads,
        ("NKT-0001", "Lê Thị Lan", "1972", "2", *where, "2", "1", "0905000111"),
        ("NKT-0009", "Võ Văn Chín", "1980", "1", *where, "3, 4", "2", ""),
    ]
    write_xlsx(theirs, [Page("DS", rows, 1)])
    assert national_in.recognise(theirs).name == NEW, "of two that fit alike the newest"
    options = ImportOptions(register=OLD)
    seen = import_list.preview(office.hoa, theirs, options)
    assert [row.fate for row in seen.rows] == ["changed", "new"]
    told = {one.field: (one.there, one.here, one.take) for one in seen.rows[0].differences}
    assert told["degree"] == ("Nặng", "Đặc biệt nặng", False)
    assert told["phone"] == ("", "0905000111", True)
    keep = {seen.rows[0].key: RowDecision(keep=frozenset({"phone"}))}
    result = import_list.run(office.hoa, theirs, ImportOptions(register=OLD, decisions=keep))
    assert (result.created, result.matched, result.refused) == (1, 1, ())
    chin = person.page(office.hoa, result.people[0])
    assert chin.fields["types"] == ("hearing_speech", "neuro_psychiatric")
    assert chin.fields["national_code"] == "NKT-0009"
    assert person.page(office.hoa, lan).fields["degree"] == "severe"
    assert approval.approve(office.lan, [chin.card.id]).skipped == ()
    found = {one.name: one for one in national_pending.pending(office.hoa, (), OLD)}
    assert found.keys() == {"Lê Thị Lan"} and found["Lê Thị Lan"].move == "changed"
    headings = {one.heading: one.now for one in found["Lê Thị Lan"].differences}
    assert headings == {
        "Ngày sinh": "12/03/1971",
        "Mức độ khuyết tật": "Nặng (2)",
        "Điện thoại": "",
    }
    (card,) = national_file.listing(office.hoa)
    assert (card.fields["national_way"], card.moves) == ("in", {"known": 2})
    for move in (national_answer.submit, national_file.withdraw):
        with pytest.raises(Refused, match="tệp nhận về"):
            move(office.hoa, card.id, office.hoa.today().isoformat())
    with pytest.raises(Refused, match="tệp nhận về"):
        national_answer.answer(office.hoa, card.id, (), Reply("refused", "không nhận"))
    person.save(office.minh, PersonDraft(chin.card.id, {"phone": "0977111333"}))
    ours = {one.name: one.differences for one in national_pending.pending(office.hoa, (), OLD)}
    assert [(one.heading, one.before, one.now) for one in ours["Võ Văn Chín"]] == [
        ("Điện thoại", "", "••••••1333")
    ], "an empty cell said that the system has no telephone"
    marked = entered(office, name="Đã Có Ở Đó", id_number="052171000999", birth="1960")
    person.save(office.minh, PersonDraft(marked, {"national_code": "NKT-0777"}))
    assert "Đã Có Ở Đó" not in moves(office)
    person.set_life_state(office.minh, marked, "dead", "2026-03-01")
    assert moves(office)["Đã Có Ở Đó"] == "gone"


def test_two_records_that_were_handed_over_and_are_one_are_told_once_too_many(
    office: Desk, tmp_path: Path
) -> None:
    lan, twin = entered(office, name="Lê Thị Lan"), entered(office, name="Lê T. Lan")
    national_out.make(office.hoa, OutRequest(tmp_path / "nop.xlsx", ids=(lan, twin)))
    third = entered(office, name="Lê Thị Lân")
    merge.merge(office.hoa, lan, twin)
    merge.merge(office.hoa, lan, third)
    (pending,) = national_pending.pending(office.hoa)
    assert (pending.id, pending.move) == (twin, "gone")
    assert pending.why == "Trùng, đã gộp vào hồ sơ khác"
    coded, other, same = (
        entered(office, name=f"Đỗ Văn {one}", id_number="", birth=f"{year}", national_code=code)
        for one, year, code in (("Tư", 1950, "NKT-4"), ("Tứ", 1951, "NKT-5"), ("Từ", 1952, "NKT-4"))
    )
    merge.merge(office.hoa, coded, same)
    merge.merge(office.hoa, coded, other)
    assert moves(office) == {"Lê T. Lan": "gone", "Đỗ Văn Tứ": "gone"}, "it has two codes of one"
    practice = replace(office.hoa, office=replace(office.hoa.office, demo=True))
    national_out.make(practice, OutRequest(tmp_path / "thoi.xlsx", ids=(other,)))
    (told,) = open_list(tmp_path / "thoi.xlsx").sheets()
    assert told.name == "Danh sách (GIẢ LẬP)"
    theirs = tmp_path / "quoc-gia.xlsx"
    rows = [("Mã đối tượng", "Họ và tên", "Ngày sinh", "Xã"),
            ("NKT-0009", "Võ Văn Chín", "1980", "Cát Tường")]  # fmt: skip
    write_xlsx(theirs, [Page("DS", rows, 1)])
    result = import_list.run(office.hoa, theirs, ImportOptions(register=OLD))
    assert person.page(office.hoa, result.people[0]).card.commune == CAT_TUONG
    import_undo.undo(office.hoa, result.id)
    assert len(national_file.listing(office.hoa)) == 2, "an import from there is undone as a whole"
    assert moves(office) == {"Lê T. Lan": "gone"}


def test_layouts_are_dated_data_of_open_fields_each_with_its_doubt(office: Desk) -> None:
    cards = national_file.layouts(office.minh)
    assert [one.name for one in cards] == [OLD, NEW]
    assert [one.current for one in cards] == [False, True]
    every = [one.source for card in cards for one in card.columns] + [one.source for one in cards]
    assert all("chưa kiểm chứng" in one for one in every)
    with office.minh.db.read() as session:  # a list from there asks for each slice's codes
        asked = "SELECT id FROM person WHERE national_code IN ('A', 'B') AND deleted_at IS NULL"
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
    assert [row.detail for row in plan] == [
        "SEARCH person USING INDEX person_by_national_code (national_code=?)"
    ]
    with pytest.raises(Refused) as refused:
        national_pending.pending(office.hoa, (), "nkt-1999")
    assert refused.value.problems[0].code == "national_edition_unknown"


def test_the_command_line_hands_over_and_writes_the_answer(
    calls: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = calls.add(*(f"{name}={value}" for name, value in FULL.items()))
    calls("people", "submit", who, "--user", "minh")
    calls("people", "approve", who, "--user", "hoa")
    hoa = ("--user", "hoa")
    assert [one["move"] for one in calls("exchange", "out", *hoa)["pending"]] == ["new"]
    out = tmp_path / "nop.xlsx"
    with monkeypatch.context() as closed:
        closed.setenv("SOANSINH_FILE_PASSWORD", "Mo-bang-tay-77")
        assert calls.codes("exchange", "out", "--out", str(out), *hoa) == ["national_open_only"]
    done = calls("exchange", "out", "--out", str(out), *hoa)
    assert (done["counts"], len(sheet(out))) == ({"new": 1}, 1)
    assert "tệp này không có mật khẩu" in done["notes"][0]
    calls("exchange", "answer", done["id"], "--submitted", f"{date.today():%d/%m/%Y}", *hoa)
    (line,) = calls("exchange", "show", done["id"], *hoa)["lines"]
    why = ("--refuse", line["id"], "--reason", "Trùng mã")
    assert calls("exchange", "answer", done["id"], *why, *hoa)["refused"] == 1
    theirs = tmp_path / "quoc-gia.xlsx"
    rows = [("Mã đối tượng", "Họ và tên", "Số CCCD/định danh", "Xã, phường"),
            ("NKT-7", "Nguyễn Thị Hường", FULL["id_number"], "Cát Hanh")]  # fmt: skip
    write_xlsx(theirs, [Page("DS", rows, 1)])
    assert calls("exchange", "in", str(theirs), *hoa)["matched"] == 1
    assert calls("exchange", "out", *hoa)["pending"] == []
    assert [one["answers"] for one in calls("exchange", "list", *hoa)["exchanges"]] == [
        {"accepted": 1}, {"refused": 1}]  # fmt: skip
