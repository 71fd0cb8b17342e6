"""What is to mend in the records, counted per commune and per who entered them."""

from pathlib import Path

import pytest

from app.actions import person, quality
from app.errors import Refused
from tests import desk
from tests.desk import CAT_HANH, CAT_TUONG, typed

WHOLE = {"sex": "female", "birth": "12/3/1971", "id_number": "052171000001", "types": ("mobility",)}


def test_missing_and_doubtful_records_stand_where_they_were_entered(tmp_path: Path) -> None:
    office = desk.at(tmp_path / "office")
    ws = office.minh
    person.save(ws, typed(name="Võ Thị Lài", **WHOLE))
    for place in range(4):  # three share one telephone, which is one more than a couple has
        phone = "0905000001" if place else "0905000002"
        shared = {"phone": phone, "birth": f"1/1/{1950 + place}", "commune": CAT_TUONG}
        person.save(ws, typed(name=f"Huỳnh Văn {'ABCD'[place]}a", **shared))
    old = person.save(office.hoa, typed(name="Đặng Thị Út", birth="1890", commune=CAT_TUONG)).id
    by = {line.key: line for line in quality.by_unit(ws)}
    good, bad = by[CAT_HANH], by[CAT_TUONG]
    assert (good.entered, good.lacking, good.alike, good.unsent) == (1, 0, 0, 1)
    assert (bad.entered, bad.no_sex, bad.no_number, bad.no_types, bad.no_birth) == (5, 5, 5, 5, 0)
    assert (bad.new_year, bad.same_phone, bad.odd_birth) == (4, 3, 1)
    assert [line.key for line in quality.by_unit(ws)] == [CAT_TUONG, CAT_HANH]  # the worst first
    people = {line.name: line for line in quality.by_person(ws)}
    assert {name: line.entered for name, line in people.items()} == {
        "Lê Văn Minh": 5,
        "Trần Thị Hoa": 1,
    }
    behind = quality.people(ws, "person", "minh")
    letters = [f"Huỳnh Văn {letter}a" for letter in "ABCD"]
    assert [one.name for one in behind] == ["Võ Thị Lài", *letters]
    assert behind[0].defects == ("unsent",) and behind[0].number.endswith("0001")
    assert behind[0].number != WHOLE["id_number"]  # masked
    assert {"no_sex", "new_year", "same_phone"} < set(behind[2].defects)
    assert "3 hồ sơ" in quality.defect_words()["same_phone"]  # the rule is told
    odd = quality.people(ws, "unit", CAT_TUONG, ("odd_birth",))
    assert [(one.name, one.entered_by) for one in odd] == [("Đặng Thị Út", "Trần Thị Hoa")]
    first = quality.people(ws, "person", "minh", page=("", 2))
    rest = quality.people(ws, "person", "minh", page=(first[-1].id, 9))
    assert [*first, *rest] == [*behind]
    with pytest.raises(Refused, match="Không có lỗi “slow”"):
        quality.people(ws, "unit", CAT_TUONG, ("slow",))
    person.remove(ws, old, "Nhập nhầm")
    assert {line.key: line.odd_birth for line in quality.by_unit(ws)} == {CAT_HANH: 0, CAT_TUONG: 0}
    office.close()
