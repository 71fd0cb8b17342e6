"""A list brought in again after two of its people were found to be one: nobody comes twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import duplicate, import_list, likeness, merge, person
from app.values.imports import ImportOptions, RowDecision
from tests import desk
from tests.app.import_desk import everybody
from tests.app.imports import lists
from tests.desk import Desk

HEADER = ("Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Thôn", "Tên gọi khác", "Điện thoại")
LIST = [
    HEADER,
    ("Lê Thị Hoa", "12/3/1950", "Nữ", "Cát Hanh", "Thôn 1", None, None),
    ("Lê Thị Hoà Bình", "1952", "Nữ", "Cát Hanh", "Thôn 4", "Bà Bốn", "0905111222"),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


def merged(office: Desk, path: Path) -> str:
    """The list is brought in and its second person merged into the first; the survivor's id."""
    import_list.run(office.minh, path)
    ids = {each.name: each.id for each in everybody(office.minh)}
    survivor, absorbed = ids["Lê Thị Hoa"], ids["Lê Thị Hoà Bình"]
    merge.merge(office.minh, survivor, absorbed, {"other_name": "a", "phone": "a"})
    return survivor


def test_a_list_brought_in_again_after_a_merger_creates_nobody(
    office: Desk, tmp_path: Path
) -> None:
    path = lists.xlsx(tmp_path / "a.xlsx", LIST)
    survivor = merged(office, path)
    before = dict(person.page(office.minh, survivor).fields)
    told = import_list.preview(office.minh, path).rows
    assert [(each.fate, each.twin) for each in told] == [("same", "Lê Thị Hoa")] * 2
    asked = {each.field: (each.there, each.take) for each in told[1].differences}
    assert asked["phone"] == ("", False)  # left out in the merger: not put back unasked
    result = import_list.run(office.minh, path)
    assert (result.created, result.matched, result.changed) == (0, 2, 0)
    assert [each.id for each in everybody(office.minh)] == [survivor]
    assert dict(person.page(office.minh, survivor).fields) == before
    chosen = ImportOptions(decisions={told[1].key: RowDecision(take=frozenset({"phone"}))})
    assert import_list.run(office.minh, path, chosen).changed == 1
    assert person.page(office.minh, survivor).fields["phone"] == "0905111222"


def test_a_register_with_the_certificate_of_a_record_merged_away_means_the_survivor(
    office: Desk, tmp_path: Path
) -> None:
    heads = (*HEADER[:4], "Số giấy xác nhận", "Ngày cấp")
    row = ("Lê Thị Hoà Bình", "1952", "Nữ", "Cát Hanh", "13/2019/XNKT", "5/6/2019")
    register = lists.xlsx(tmp_path / "sổ.xlsx", [heads, row])
    options = ImportOptions(register="certificates")
    import_list.run(office.minh, register, options)
    survivor = merged(office, lists.xlsx(tmp_path / "a.xlsx", LIST))
    assert person.page(office.minh, survivor).fields["certificate_number"] == "13/2019/XNKT"
    result = import_list.run(office.minh, register, options)
    assert (result.created, result.matched) == (0, 1)
    assert [each.id for each in everybody(office.minh)] == [survivor]


def test_who_resembles_a_record_merged_away_is_compared_with_the_survivor(
    office: Desk, tmp_path: Path
) -> None:
    survivor = merged(office, lists.xlsx(tmp_path / "a.xlsx", LIST))
    near = ("Lê Thị Hoà Bình", "1953", "Nữ", "Cát Hanh", "Thôn 4", None, None)
    result = import_list.run(office.minh, lists.xlsx(tmp_path / "b.xlsx", [HEADER, near]))
    assert result.created == 1
    with office.minh.db.write(office.minh.author()) as session:
        likeness.settle_some(session, [survivor])  # whoever of the two is looked at last
    assert len(duplicate.pairs_of(office.minh, survivor)) == 1


def test_a_certificate_number_that_the_store_has_is_asked_about_whatever_the_birth(
    office: Desk, tmp_path: Path
) -> None:
    heads = (*HEADER[:4], "Số giấy xác nhận", "Ngày cấp")
    row = ("Lê Thị Hoa", "12/3/1950", "Nữ", "Cát Hanh", "13/2019/XNKT", "5/6/2019")
    options = ImportOptions(register="certificates")
    import_list.run(office.minh, lists.xlsx(tmp_path / "a.xlsx", [heads, row]), options)
    other = ("Trần Thị Hoa", "1/9/1961", *row[2:])
    path = lists.xlsx(tmp_path / "b.xlsx", [heads, other])
    (told,) = import_list.preview(office.minh, path, options).rows
    assert (told.fate, told.twin) == ("maybe", "Lê Thị Hoa")
