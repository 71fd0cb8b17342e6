"""One certificate number under two persons is told at both rows and in the minute."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import import_list, import_register, person
from app.values.imports import ImportOptions
from app.values.person import PersonDraft
from tests import desk
from tests.app.imports import lists
from tests.desk import CAT_HANH, Desk
from tests.papers import reading

HEADS = ("Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Số giấy xác nhận", "Ngày cấp")
REGISTER = [
    HEADS,
    ("Ngô Văn Lạ", "1962", "Nam", "Cát Hanh", "15/2019/XNKT", "5/4/2019"),
    ("Mai Thị Lựu", "1990", "Nữ", "Cát Tường", "15/2019/XNKT", "6/4/2019"),
    ("Cao Văn Sách", "1955", "Nam", "Cát Hanh", "17/2019/XNKT", None),
    ("Lê Thị Hoa", "1950", "Nữ", "Cát Hanh", "12/2019/XNKT", "6/4/2019"),
]
BOTH = "15/2019/XNKT: Ngô Văn Lạ, Mai Thị Lựu"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


@pytest.mark.parametrize("slice_rows", [500, 1])
def test_a_number_of_two_persons_is_told_at_both_rows(
    office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slice_rows: int
) -> None:
    monkeypatch.setattr(import_list, "rows_at", lambda _done: slice_rows)
    known = {"name": "Trần Văn Tám", "birth": "1940", "sex": "male", "commune": CAT_HANH,
             "certificate_number": "12/2019/XNKT"}  # fmt: skip
    person.save(office.minh, PersonDraft(None, known))
    path = lists.xlsx(tmp_path / "sổ.xlsx", REGISTER)
    options = ImportOptions(register="certificates")
    expected = [
        (2, "certificate_twice", BOTH),
        (3, "certificate_twice", BOTH),
        (4, "certificate_day_missing", ""),
        (5, "certificate_twice", "12/2019/XNKT: Lê Thị Hoa, Trần Văn Tám"),
    ]
    looked = import_list.preview(office.minh, path, options)
    assert sorted((one.row, one.code, one.value) for one in looked.warnings) == expected
    result = import_list.run(office.minh, path, options)
    assert sorted((one.row, one.code, one.value) for one in result.warnings) == expected
    words = reading.read(import_register.minute(office.hoa, result.id)).text
    assert "nhiều người trong danh sách: 15/2019/XNKT." in " ".join(words.split())
