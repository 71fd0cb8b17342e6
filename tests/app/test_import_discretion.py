"""HIV in a list: sealed where the importer may, else kept out and told; never open to a reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from app.actions import approval, import_list, person
from app.imports import discretion
from app.values.imports import ImportOptions
from app.values.person import PeopleFilter, PersonDraft
from app.workspace import Workspace
from data.records.change import Change
from data.records.draft import Draft
from data.records.import_run import ImportRun
from data.records.trace import AccessLog, History
from tests import desk
from tests.app.imports import lists
from tests.desk import Desk

HEADER = ("Họ và tên", "Ngày sinh", "Xã", "Nhóm đối tượng", "Ghi chú", "Nhiễm HIV/AIDS")
HUONG = ("Nguyễn Thị Hường", "1970", "Cát Hanh", "Người nhiễm HIV", "ở một mình", "")
BA = ("Lê Văn Ba", "1981", "Cát Hanh", "", "đau lưng; nhiễm HIV từ 2010", "")
CHI = ("Trần Thị Chi", "1985", "Cát Hanh", "", "", "x")
DUNG = ("Đỗ Dũng", "2015", "Cát Hanh", "", "Mẹ nhiễm HIV", "")
LOST = ("Lê Thị Lạc", "1970", "Xã Không Có", "", "nhiễm HIV", "x")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def brought(path: Path, *rows: tuple[object, ...]) -> Path:
    return lists.xlsx(path, [HEADER, *rows])


def shown_to(ws: Workspace) -> str:
    """Everything about everybody that a user can see: lists, pages, histories."""
    cards = person.listing(ws, PeopleFilter(), limit=500).cards
    pages = [(person.page(ws, one.id), person.past(ws, one.id)) for one in cards]
    return repr((cards, pages)).replace("'hiv'", "")  # the field's name is on every page


def kept_openly(office: Desk) -> str:
    """All plain text of the tables that tell of people or of what was done."""
    tables = (History, Change, ImportRun, AccessLog, Draft)
    with office.lan.db.read() as session:
        rows = [row.__dict__ for table in tables for row in session.query(table)]
        return repr(rows).replace('"hiv"', "")  # the field's name beside its sealed value


def test_without_the_right_nothing_of_it_comes_in_and_each_row_is_named(
    office: Desk, tmp_path: Path
) -> None:
    path = brought(tmp_path / "ds.xlsx", HUONG, BA, CHI, DUNG)
    result = import_list.run(office.minh, path)
    assert (result.created, result.refused) == (4, ())
    told = [one for one in result.warnings if one.code == "restricted_kept_out"]
    assert [(one.row, one.value) for one in told] == [(2, ""), (3, ""), (4, ""), (5, "")]
    assert all("được quyền" in one.message for one in told)
    assert not discretion.says(repr(result.warnings))
    assert not discretion.says(shown_to(office.minh)) and not discretion.says(kept_openly(office))
    for words in ("HIV", "hiv", "nhiễm"):
        assert person.total(office.minh, PeopleFilter(query=words)) == 0
    notes = [person.page(office.minh, one).fields["note"] for one in result.people]
    assert notes == ["ở một mình", "đau lưng", None, None]


def test_with_the_right_it_is_sealed_and_a_reader_without_it_sees_nothing(
    office: Desk, tmp_path: Path
) -> None:
    path = brought(tmp_path / "ds.xlsx", HUONG, BA, CHI, DUNG)
    result = import_list.run(office.lan, path)
    codes = [one.code for one in result.warnings if one.code.startswith("restricted")]
    assert codes == ["restricted_sealed"] * 3 + ["restricted_kept_out"]
    known = [person.page(office.lan, one).fields["hiv"] for one in result.people]
    assert known == ["yes", "yes", "yes", None]
    page = person.page(office.minh, result.people[0])
    assert (page.fields["hiv"], page.hidden) == (None, frozenset({"hiv"}))
    assert "yes" not in repr(person.past(office.minh, result.people[0]))
    assert not discretion.says(kept_openly(office))
    assert person.total(office.minh, PeopleFilter(query="HIV")) == 0


def test_a_row_that_is_refused_or_known_already_is_named_too(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.lan, brought(tmp_path / "a.xlsx", HUONG[:3] + ("", "", "")))
    result = import_list.run(office.lan, brought(tmp_path / "b.xlsx", HUONG, LOST))
    assert (result.matched, result.refused_rows) == (1, 1)
    told = [(one.row, one.code) for one in result.warnings if one.code.startswith("restricted")]
    assert told == [(2, "restricted_kept_out"), (3, "restricted_kept_out")]
    back = tmp_path / "trả lại.xlsx"
    assert import_list.refused_file(result, back) == 1
    cells = [cell for row in openpyxl.load_workbook(back)["DS"].values for cell in row]
    assert "Lê Thị Lạc" in cells and "x" not in cells
    lines = [line for line in cells[len(HEADER) + 1 :] if line]
    assert not discretion.says(" ".join(str(line) for line in lines))


def test_a_preview_and_a_dry_run_tell_the_same_and_show_nothing(
    office: Desk, tmp_path: Path
) -> None:
    path = brought(tmp_path / "ds.xlsx", HUONG, CHI)
    preview = import_list.preview(office.minh, path)
    assert [one.code for one in preview.warnings] == ["restricted_kept_out"] * 2
    assert not discretion.says(repr(preview.rows))
    tried = import_list.run(office.lan, path, ImportOptions(dry_run=True))
    assert [one.code for one in tried.warnings] == ["restricted_sealed"] * 2


def test_the_name_of_a_file_or_sheet_does_not_tell_it_either(office: Desk, tmp_path: Path) -> None:
    path = brought(tmp_path / "ds người nhiễm HIV.xlsx", HUONG[:3] + ("", "", ""))
    book = openpyxl.load_workbook(path)
    book["DS"].title = "HIV-AIDS"
    book.save(path)
    result = import_list.run(office.lan, path)
    assert [one.code for one in result.warnings] == ["restricted_title"]
    assert not discretion.says(kept_openly(office))
    assert not discretion.says(shown_to(office.lan))


def test_who_may_types_what_was_kept_out_and_another_approves(office: Desk, tmp_path: Path) -> None:
    made = import_list.run(office.minh, brought(tmp_path / "ds.xlsx", CHI)).people[0]
    person.save(office.lan, PersonDraft(made, {"hiv": "có"}))
    assert approval.approve(office.hoa, (made,)).approved == (made,)
    assert person.page(office.lan, made).fields["hiv"] == "yes"
    assert person.page(office.hoa, made).hidden == {"hiv"}
