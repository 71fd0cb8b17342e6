"""Paper books of help: they come in as they stand, and what they tell of HIV stays closed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import (
    person,
    record_sheet,
    support,
)
from tests import desk
from tests.desk import Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def huong(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1956", degree="severe")).id


def test_the_paper_book_comes_in_as_it_stands_and_wrong_rows_are_named(
    office: Desk, huong: str, tmp_path: Path
) -> None:
    book = tmp_path / "so-ho-tro.csv"
    book.write_text(
        "SỔ HỖ TRỢ NĂM 2025\n"
        "STT,Họ và tên,Năm sinh,Nội dung hỗ trợ,Ngày nhận,Nhà tài trợ,Trị giá\n"
        "1,Nguyễn Thị Hường,1956,gạo,12/3/2025,Hội CTĐ,150.000\n"
        "2,Không Có Ai,1970,gạo,12/3/2025,Hội CTĐ,150.000\n"
        "3,Nguyễn Thị Hường,1956,xe lăn,hôm kia,Hội CTĐ,\n",
        "utf-8",
    )
    tried = record_sheet.take(office.minh, "support", book, dry_run=True)
    assert (tried.rows, tried.created) == (3, 1)
    assert support.of_person(office.minh, huong) == ()
    done = record_sheet.take(office.minh, "support", book)
    told = [
        (one.row, one.name, one.problems[0].code, one.problems[0].field) for one in done.refused
    ]
    assert told == [
        (4, "Không Có Ai", "sheet_person_none", "name"),
        (5, "Nguyễn Thị Hường", "not_a_date", "support_on"),
    ]
    card = support.of_person(office.minh, huong)[0]
    assert (card.fields["support_origin"], card.fields["support_value"]) == ("paper", 150_000)
    again = record_sheet.take(office.minh, "support", book)
    assert (again.created, again.known, len(again.refused)) == (0, 1, 2)
    line = person.past(office.minh, huong)[0]
    assert "so-ho-tro.csv" in line.source


def test_a_paper_book_that_tells_of_hiv_leaves_nothing_open(
    office: Desk, huong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "người nhiễm HIV.csv"
    lines = [f"{n},Nguyễn Thị Hường,1956,{what},{n}/3/2025,A"
             for n, what in enumerate(("gạo", "thuốc ARV", "muối", "dầu", "xe"), 1)]  # fmt: skip
    head = "STT,Họ và tên,Năm sinh,Nội dung hỗ trợ,Ngày nhận,Nhà tài trợ"
    book.write_text("\n".join([head, *lines]), "utf-8")
    monkeypatch.setattr(record_sheet, "ROWS_AT_ONCE", 2)
    done = record_sheet.take(office.minh, "support", book)
    assert (done.rows, done.created) == (5, 4)
    assert len({one.at for one in person.past(office.lan, huong)}) >= 3, "a transaction a slice"
    assert [(one.row, one.problems[0].code) for one in done.refused] == [(3, "row_says_closed")]
    past = person.past(office.lan, huong)
    assert "•••" in past[0].source and "HIV" not in str(past) and "ARV" not in str(past)
