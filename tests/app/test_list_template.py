"""The list an office hands to its communes goes out filled and comes back without loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from app.actions import import_list, list_template, person
from app.demo import invented
from app.demo import office as demo
from app.errors import Refused
from app.values.person import PersonDraft
from tests import desk
from tests.app.import_desk import everybody
from tests.desk import CAT_HANH, CAT_TUONG, Desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    made = invented.people(60, [CAT_HANH, CAT_TUONG], demo.need_items(), 2026, 11)
    person.save_many(
        found.minh, [person.NewPerson(PersonDraft(None, one.fields), "waiting") for one in made]
    )
    odd = {"name": "H'Lơi Niê", "commune": CAT_HANH, "birth": "1950-03", "note": "- cụt chân\n=1+1"}
    person.save(found.minh, PersonDraft(None, {**odd, "types": ("mobility", "vision")}))
    yield found
    found.close()


def pages(office: Desk) -> dict[str, object]:
    return {one.id: person.page(office.lan, one.id).fields for one in everybody(office.lan)}


def test_nothing_is_lost_and_nothing_changes_on_the_way(office: Desk, tmp_path: Path) -> None:
    before = pages(office)
    done = list_template.write(office.hoa, tmp_path / "mẫu.xlsx", (CAT_HANH, CAT_TUONG))
    assert (done.communes, done.people) == (2, 61)
    result = import_list.run(office.minh, done.file)
    assert result.refused == () and result.rows == 61
    assert (result.created, result.changed, result.unchanged) == (0, 0, 61)
    assert [each for each in result.warnings if each.code == "sheet_hidden"] == []
    assert pages(office) == before


def test_a_commune_corrects_a_cell_and_adds_a_person(office: Desk, tmp_path: Path) -> None:
    done = list_template.write(office.hoa, tmp_path / "mẫu.xlsx", (CAT_HANH,))
    book = openpyxl.load_workbook(done.file)
    page = book["Cát Hanh"]
    heads = [cell.value for cell in page[list_template.HEADINGS]]
    place = {str(head): at for at, head in enumerate(heads, 1)}
    first, free = list_template.HEADINGS + 1, list_template.HEADINGS + done.people + 1
    who = page.cell(first, place[list_template.ID_HEADING]).value
    page.cell(first, place["Điện thoại"], "0905123456")
    for head, value in (("Họ và tên", "Đinh Văn Mới"), ("Ngày sinh", "1999"), ("Giới tính", "Nam")):
        page.cell(free, place[head], value)
    book.save(done.file)
    before = pages(office)
    result = import_list.run(office.minh, done.file)
    assert (result.created, result.changed, result.refused) == (1, 1, ())
    now = pages(office)
    new = next(fields for id_, fields in now.items() if id_ not in before)
    assert (new["name"], new["commune"]) == ("Đinh Văn Mới", CAT_HANH)
    assert now[str(who)] == before[str(who)] | {"phone": "0905123456"}


def test_the_sheet_offers_what_may_be_chosen(office: Desk, tmp_path: Path) -> None:
    done = list_template.write(office.hoa, tmp_path / "mẫu.xlsx", (CAT_HANH,))
    book = openpyxl.load_workbook(done.file)
    rules = book["Cát Hanh"].data_validations.dataValidation
    assert len(rules) == 6 and sum(bool(rule.showErrorMessage) for rule in rules) == 2
    lists = book["Danh mục (không sửa)"]
    assert lists.sheet_state == "hidden"
    words = {cell.value for row in lists for cell in row}
    assert {"Nam", "Nữ", "Đặc biệt nặng", "Nghe, nói", "Cát Hanh"} <= words
    numbers = [cell.value for cell in book["Cát Hanh"]["E"][list_template.HEADINGS :]]
    assert all(str(number).startswith("•") for number in numbers if number)


def test_a_blank_list_names_nobody_and_a_filled_one_needs_the_right_to_export(
    office: Desk, tmp_path: Path
) -> None:
    done = list_template.write(office.minh, tmp_path / "mẫu.xlsx", (), blank=True)
    assert done.people == 0 and done.communes > 10
    with pytest.raises(Refused):
        list_template.write(office.minh, tmp_path / "mẫu.xlsx")
    with pytest.raises(Refused) as caught:
        list_template.write(office.hoa, tmp_path / "mẫu.xlsx", ("63:99999",))
    assert caught.value.problems[0].code == "unknown_unit"
