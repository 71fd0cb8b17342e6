"""What a list leaves open is asked, and what was answered is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import import_layout, import_list
from app.errors import Refused
from app.imports.encodings import to_tcvn3
from app.values.imports import ImportOptions
from tests import desk
from tests.app.import_desk import everybody
from tests.app.imports import lists
from tests.desk import Desk


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


def test_a_cell_that_could_be_two_things_is_asked_side_by_side(
    office: Desk, tmp_path: Path
) -> None:
    """`NguyÔn` has Vietnamese letters alone: good text is never changed without being asked."""
    rows = [("Họ và tên", "Năm sinh", "Xã"), (to_tcvn3("Nguyễn An"), "1950", "Cát Hanh")]
    path = lists.csv(tmp_path / "ds.csv", rows)
    seen = import_list.preview(office.minh, path)
    (question,) = seen.questions
    (sample,) = question.samples
    assert (sample.row, sample.raw) == (2, "NguyÔn An")
    assert sample.readings["unicode"] == "NguyÔn An"
    assert sample.readings["tcvn3"] == "Nguyễn An" and question.answer == ""
    assert seen.rows[0].shown["name"] == "NguyÔn An"
    answered = ImportOptions(encodings={question.sheet: "tcvn3"})
    again = import_list.preview(office.minh, path, answered)
    assert again.rows[0].shown["name"] == "Nguyễn An"
    result = import_list.run(office.minh, path, answered)
    assert result.encodings["tcvn3"] == 1
    assert [each.name for each in everybody(office.minh)] == ["Nguyễn An"]
    with pytest.raises(Refused) as caught:
        import_list.run(office.minh, path, ImportOptions(encodings={"*": "vps"}))
    assert caught.value.problems[0].code == "list_encoding_unknown"


def test_an_answer_never_touches_text_that_is_clear(office: Desk, tmp_path: Path) -> None:
    rows = [("Họ và tên", "Năm sinh", "Xã"), ("Nguyễn Đức Hổ", "1950", "Cát Hanh"),
            ("Lê Tú", "1951", "Cát Hanh"), (to_tcvn3("Nguyễn An"), "1950", "Cát Hanh")]  # fmt: skip
    path = lists.csv(tmp_path / "ds.csv", rows)
    import_list.run(office.minh, path, ImportOptions(encodings={"*": "tcvn3"}))
    assert {each.name for each in everybody(office.minh)} == {
        "Nguyễn Đức Hổ",
        "Lê Tú",
        "Nguyễn An",
    }


def test_columns_chosen_by_hand_are_remembered_for_the_commune_and_layout(
    office: Desk, tmp_path: Path
) -> None:
    def made(name: str, commune: str, who: str) -> Path:
        rows = [
            (f"UBND XÃ {commune}",),
            ("Họ và tên", "Năm sinh", "Ký hiệu Z"),
            (who, "1950", "VĐ"),
        ]
        return lists.xlsx(tmp_path / name, rows)

    first = made("a.xlsx", "CÁT HANH", "Lê Hoa")
    (sheet,) = import_list.preview(office.minh, first).sheets
    assert (sheet.columns[2].field, sheet.remembered) == ("", False)
    import_list.run(office.minh, first, ImportOptions(mapping={"C": "types"}))
    seen = import_list.preview(office.minh, made("b.xlsx", "CÁT HANH", "Vũ An"))
    assert [one.field for one in seen.sheets[0].columns] == ["name", "birth", "types"]
    assert seen.sheets[0].remembered and seen.rows[0].values["types"] == ("mobility",)
    (other,) = import_list.preview(office.minh, made("c.xlsx", "CÁT TƯỜNG", "Vũ An")).sheets
    assert not other.remembered and other.columns[2].field == ""
    mended = ImportOptions(mapping={"C": "note"})
    (sheet,) = import_list.preview(office.minh, first, mended).sheets
    assert [one.field for one in sheet.columns] == ["name", "birth", "note"]


def test_remembered_columns_belong_to_the_commune_of_the_rows_and_can_be_forgotten(
    office: Desk, tmp_path: Path
) -> None:
    def made(name: str, commune: str) -> Path:
        rows = [("Họ và tên", "Xã", "Ký hiệu Z"), ("Lê Hoa", commune, "VĐ")]
        return lists.xlsx(tmp_path / name, rows)

    first = made("a.xlsx", "Cát Hanh")
    import_list.run(office.minh, first, ImportOptions(mapping={"C": "types"}))
    (sheet,) = import_list.preview(office.minh, made("b.xlsx", "Cát Hanh")).sheets
    assert sheet.remembered and sheet.columns[2].field == "types"
    (other,) = import_list.preview(office.minh, made("c.xlsx", "Cát Tường")).sheets
    assert not other.remembered
    (card,) = import_layout.remembered(office.minh)
    assert (card.commune, card.by) == ("Cát Hanh", "minh")
    assert [(one.letter, one.header, one.field) for one in card.columns] == [
        ("C", "Ký hiệu Z", "types")
    ]
    import_layout.forget(office.minh, card.key)
    (sheet,) = import_list.preview(office.minh, first).sheets
    assert not sheet.remembered and import_layout.remembered(office.minh) == ()
