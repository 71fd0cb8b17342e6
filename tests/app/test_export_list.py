"""Lists go out whole, masked, harmless and logged."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from app.actions import access, export_list, import_list, person
from app.errors import Refused
from app.imports.writing import Page, safe, write_xlsx
from app.values.imports import ImportOptions
from app.values.person import PeopleFilter
from tests import desk
from tests.app.imports import lists
from tests.desk import Desk


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    import_list.run(found.minh, lists.xlsx(tmp_path / "ds.xlsx"))
    yield found
    found.close()


def test_people_go_to_xlsx_in_list_order_with_masked_numbers(at: Desk, tmp_path: Path) -> None:
    out = tmp_path / "xuất.xlsx"
    assert export_list.people(at.hoa, PeopleFilter(), out) == 2
    page = openpyxl.load_workbook(out).active
    rows = [list(row) for row in page.iter_rows(values_only=True)]
    assert rows[0][:5] == ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh/CCCD"]
    assert rows[1][1:9] == [
        "Nguyễn Thị An", "03/10/1969", "Nữ", "••••••••7399", "Tân Hòa", "Cát Hanh", "Phù Cát",
        "Bình Định",
    ]  # fmt: skip
    assert [row[1] for row in rows[1:]] == ["Nguyễn Thị An", "Đinh Văn Bình"]
    assert rows[2][12] == "x" and "052169967399" not in str(rows)


def test_people_go_to_csv_that_excel_opens(at: Desk, tmp_path: Path) -> None:
    out = tmp_path / "xuất.csv"
    export_list.people(at.lan, PeopleFilter(query="bình"), out)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert [row[1] for row in rows] == ["Họ và tên", "Đinh Văn Bình"]


def test_each_exported_person_is_logged(at: Desk, tmp_path: Path) -> None:
    export_list.people(at.hoa, PeopleFilter(), tmp_path / "a.csv")
    for card in person.listing(at.lan, PeopleFilter()).cards:
        (line,) = access.of_person(at.lan, card.id)
        assert (line.by, line.kind, line.detail) == ("hoa", "export", "a.csv")


@pytest.mark.parametrize("text", ["=1+1", "+84905", "-2+3", "@SUM(A1)", "\t=1"])
def test_no_cell_ever_runs_as_a_formula(text: str, tmp_path: Path) -> None:
    assert safe(text).startswith("'")
    write_xlsx(tmp_path / "a.xlsx", [Page("a", [[text, "An", None, 5, "-"]])])
    (row,) = openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows()
    assert row[0].data_type == "s" and row[0].value[0] == "'"
    assert [cell.value for cell in row[1:]] == ["An", None, "5", "-"]


def test_an_exported_list_comes_in_again_as_nobody_new(at: Desk, tmp_path: Path) -> None:
    for name in ("a.xlsx", "a.csv"):
        export_list.people(at.hoa, PeopleFilter(), tmp_path / name)
        again = import_list.run(at.lan, tmp_path / name, ImportOptions(dry_run=True))
        assert (again.rows, again.created, again.refused) == (2, 0, ())


def test_a_surveyor_may_not_export(at: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        export_list.people(at.minh, PeopleFilter(), tmp_path / "a.csv")
    assert caught.value.problems[0].code == "not_allowed"


def test_a_place_that_cannot_be_written_is_said(at: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        export_list.people(at.hoa, PeopleFilter(), tmp_path / "không có" / "a.xlsx")
    assert caught.value.problems[0].code == "export_not_written"
    with pytest.raises(Refused) as caught:
        export_list.people(at.hoa, PeopleFilter(), tmp_path / "a.pdf")
    assert caught.value.problems[0].code == "export_kind"


def test_a_stopped_export_leaves_no_file(at: Desk, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    assert export_list.people(at.hoa, PeopleFilter(), out, None, lambda: True) == 0
    assert not out.exists() and not list(tmp_path.glob("*.part"))


def test_memory_stays_flat_over_many_rows(tmp_path: Path) -> None:
    rows = ((at, "Nguyễn Thị An", "03/10/1969", "Cát Hanh") * 4 for at in range(10_000))
    tracemalloc.start()
    write_xlsx(tmp_path / "a.xlsx", [Page("a", rows)])
    assert tracemalloc.get_traced_memory()[1] < 6 << 20  # kept, they take 8
    tracemalloc.stop()


def test_ticked_people_go_out_in_the_order_of_the_list_however_many_pages(
    at: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_list, "PAGE_ROWS", 2)
    for number in range(5):
        person.save(at.minh, desk.typed(name=f"Lê Thị {'Ánh Chi Em Gấm Hoa'.split()[number]}"))
    ids = tuple(reversed(person.ids(at.lan, PeopleFilter(query="Lê Thị"))))
    which = PeopleFilter(ids=ids, order="name", descending=True)
    assert export_list.people(at.lan, which, tmp_path / "a.csv") == 5
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as source:
        names = [row[1].split()[-1] for row in csv.reader(source)][1:]
    assert names == ["Hoa", "Gấm", "Em", "Chi", "Ánh"]
