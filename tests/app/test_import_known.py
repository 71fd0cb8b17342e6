"""People a list names who are known already: filled, kept, chosen field by field, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import approval, duplicate, import_list, likeness, merge, person
from app.actions.field_values import Ground
from app.actions.history_words import source_words
from app.values.imports import ImportOptions, RowDecision
from app.values.person import PersonDraft
from app.wording import translate
from tests import desk
from tests.app.import_desk import codes_of, everybody, simple
from tests.app.imports import lists
from tests.desk import CAT_HANH, Desk

HEADER = ("Họ và tên", "Ngày sinh", "Giới tính", "CCCD", "Thôn", "Xã", "Dạng tật", "Mức độ")
HOA = ("Lê Thị Hoa", "12/3/1950", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", None)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    found = desk.at(tmp_path / "office")
    yield found
    found.close()


def hoa(office: Desk) -> dict[str, object]:
    (card,) = everybody(office.minh)
    return dict(person.page(office.minh, card.id).fields)


def test_what_is_empty_is_filled_and_what_is_there_is_kept(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    later = ("LÊ THỊ HOA", "12/3/1950", "Nữ", "052150123456", "Thôn 9", "Cát Hanh", None, "nặng")
    result = import_list.run(office.minh, simple(tmp_path / "b.xlsx", later))
    assert (result.created, result.matched, result.changed, result.awaiting) == (0, 1, 1, 0)
    now = hoa(office)
    assert (now["id_number"], now["degree"], now["hamlet"]) == ("052150123456", "severe", "Thôn 1")
    (card,) = everybody(office.minh)
    sources = {each.field: each.source for each in person.past(office.minh, card.id)}
    assert "b.xlsx" in sources["degree"]
    again = import_list.run(office.minh, simple(tmp_path / "b.xlsx", later))
    assert (again.matched, again.changed, again.unchanged) == (1, 0, 1)


def test_the_officer_chooses_for_each_field(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    path = simple(tmp_path / "b.xlsx", (*HOA[:3], "052150123456", "Thôn 9", *HOA[5:7], "nặng"))
    (row,) = import_list.preview(office.minh, path).rows
    assert (row.fate, row.twin) == ("changed", "Lê Thị Hoa")
    told = {each.field: (each.there, each.here, each.take) for each in row.differences}
    assert told == {
        "id_number": ("", "052150123456", True),
        "hamlet": ("Thôn 1", "Thôn 9", False),
        "degree": ("", "Nặng", True),
    }
    chosen = {row.key: RowDecision(take=frozenset({"hamlet"}), keep=frozenset({"degree"}))}
    result = import_list.run(office.minh, path, ImportOptions(decisions=chosen))
    assert result.changed == 1
    now = hoa(office)
    assert (now["hamlet"], now["degree"], now["id_number"]) == ("Thôn 9", None, "052150123456")


def test_a_possible_duplicate_is_decided_in_the_wizard(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    near = ("Lê Thị Hoa", "1951", "Nữ", "052150123456", "Thôn 1", "Cát Hanh", None, None)
    path = simple(tmp_path / "b.xlsx", near)
    (row,) = import_list.preview(office.minh, path).rows
    assert row.fate == "maybe" and row.twin == "Lê Thị Hoa"
    assert {each.field for each in row.differences} == {"birth", "id_number"}
    same = ImportOptions(decisions={row.key: RowDecision("same")})
    assert import_list.run(office.minh, path, same).changed == 1
    assert hoa(office)["id_number"] == "052150123456" and hoa(office)["birth"] == "1950-03-12"
    other = simple(tmp_path / "c.xlsx", (*near[:3], None, *near[4:]))
    options = ImportOptions(decisions={"DS!2": RowDecision("new")})
    assert import_list.run(office.minh, other, options).created == 1
    assert [each.possible_duplicate for each in everybody(office.minh)] == [False, False]
    one, two = (each.id for each in everybody(office.minh))
    duplicate.withdraw(office.minh, one, two)
    assert duplicate.worklist(office.minh).total == 1
    again = import_list.run(office.minh, other, options)
    assert (again.created, again.matched) == (0, 1)


def three_alike(office: Desk, tmp_path: Path) -> Path:
    """Two women of the book whom a row of the next list resembles, and that list."""
    for name, hamlet in (("Lê Thị Hoa", "Thôn 1"), ("Lê Thị Hòa", "Thôn 2")):
        known = {"name": name, "birth": "1950", "sex": "female", "hamlet": hamlet}
        person.save(office.minh, desk.typed(**known))
    for one, two in [(one.id, two.id) for one, two in [everybody(office.minh)]]:
        duplicate.dismiss(office.minh, one, two)
    return simple(tmp_path / "b.xlsx", ("Lê Thị Hoa", "1951", "Nữ", "", "", "Cát Hanh", "", ""))


def test_somebody_else_is_somebody_else_than_all_who_were_offered(
    office: Desk, tmp_path: Path
) -> None:
    path = three_alike(office, tmp_path)
    (row,) = import_list.preview(office.minh, path).rows
    assert row.fate == "maybe" and len(row.alike) == 2
    apart = frozenset(one.card.id for one in row.alike)
    chosen = ImportOptions(decisions={row.key: RowDecision("new", apart=apart)})
    assert import_list.run(office.minh, path, chosen).created == 1
    assert duplicate.worklist(office.minh).total == 0


def test_of_several_alike_the_officer_names_the_one_it_is(office: Desk, tmp_path: Path) -> None:
    path = three_alike(office, tmp_path)
    (row,) = import_list.preview(office.minh, path).rows
    less_sure = row.alike[1].card.id
    assert row.twin_id != less_sure
    chosen = ImportOptions(
        decisions={row.key: RowDecision("same", frozenset({"birth"}), who=less_sure)}
    )
    (seen,) = import_list.preview(office.minh, path, chosen).rows
    assert seen.twin_id == less_sure and seen.fate == "changed"
    assert import_list.run(office.minh, path, chosen).changed == 1
    births = {one.id: one.birth for one in everybody(office.minh)}
    assert births.pop(less_sure) == "1951" and set(births.values()) == {"1950"}


def test_a_correction_of_a_record_that_was_merged_goes_to_the_survivor(
    office: Desk, tmp_path: Path
) -> None:
    typed = {"name": "Lê Thị Hoa", "birth": "1950", "commune": CAT_HANH}
    stays = person.save(office.minh, PersonDraft(None, typed)).id
    gone = person.save(office.minh, PersonDraft(None, typed | {"id_number": "212345678"})).id
    merge.merge(office.minh, stays, gone)
    path = lists.xlsx(tmp_path / "sửa.xlsx", [("Mã hồ sơ", "Thôn"), (gone, "Thôn 7")])
    assert import_list.run(office.minh, path).changed == 1
    path = lists.xlsx(tmp_path / "số.xlsx", [("CMND", "Điện thoại"), ("212345678", "0905123456")])
    assert import_list.run(office.minh, path, ImportOptions(corrections=True)).changed == 1
    now = hoa(office)
    assert (now["hamlet"], now["phone"]) == ("Thôn 7", "0905123456")


def test_later_rows_of_a_list_add_to_somebody_new_above_them(office: Desk, tmp_path: Path) -> None:
    path = simple(tmp_path / "a.xlsx", HOA, (*HOA[:3], "052150123456", *HOA[4:7], "nặng"))
    dry = import_list.run(office.minh, path, ImportOptions(dry_run=True))
    result = import_list.run(office.minh, path)
    for told in (dry, result):
        assert (told.created, told.changed) == (1, 1)
    assert (hoa(office)["id_number"], hoa(office)["degree"]) == ("052150123456", "severe")


def test_whoever_is_written_without_being_judged_is_due(office: Desk) -> None:
    typed = {"name": "Lê Thị Hoa", "birth": "1950", "sex": "female", "commune": CAT_HANH}
    with office.minh.db.write(office.minh.author("import")) as session:
        ready = [person.entered(Ground.of(office.minh), typed, "draft") for _ in range(2)]
        person.write_new(
            office.minh, session, [one for one in ready if isinstance(one, person.Entered)]
        )
    assert duplicate.counts(office.minh) == (0, 2)
    likeness.settle(office.minh)
    assert duplicate.counts(office.minh) == (1, 0)


def test_guarded_fields_of_an_approved_person_await_approval(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    (card,) = everybody(office.minh)
    assert approval.approve(office.hoa, (card.id,)).approved == (card.id,)
    later = simple(tmp_path / "b.xlsx", (*HOA[:3], "052150123456", *HOA[4:7], "nặng"))
    result = import_list.run(office.minh, later)
    assert (result.changed, result.awaiting) == (1, 1)
    page = person.page(office.minh, card.id)
    assert page.fields["degree"] is None and page.fields["id_number"] is None
    (waiting,) = page.amendments
    assert waiting.changes["degree"] == (None, "severe")
    asked = [one for one in person.past(office.minh, card.id) if one.record == "amendment"]
    assert asked and all("b.xlsx" in one.source for one in asked)


def test_corrections_by_number_change_only_their_columns(office: Desk, tmp_path: Path) -> None:
    first = (*HOA[:3], "052150123456", *HOA[4:])
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", first))
    before = hoa(office)
    path = lists.xlsx(
        tmp_path / "sửa.xlsx",
        [
            ("CCCD", "Thôn", "Điện thoại"),
            ("052150123456", "Thôn 9", "0905123456"),
            ("052150999999", "Thôn 3", None),
        ],
    )
    result = import_list.run(office.minh, path, ImportOptions(corrections=True))
    assert (result.created, result.changed) == (0, 1)
    assert codes_of(result) == [(3, "id_number", "correction_unknown")]
    now = hoa(office)
    assert (now["hamlet"], now["phone"]) == ("Thôn 9", "0905123456")
    assert {name for name in now if now[name] != before[name]} == {"hamlet", "phone"}


def test_an_empty_cell_of_a_correction_empties_nothing(office: Desk, tmp_path: Path) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    (card,) = everybody(office.minh)
    path = lists.xlsx(tmp_path / "sửa.xlsx", [("Mã hồ sơ", "Thôn", "Mức độ"), (card.id, None, "N")])
    assert import_list.run(office.minh, path).changed == 1
    assert (hoa(office)["hamlet"], hoa(office)["degree"]) == ("Thôn 1", "severe")


def test_corrections_whose_columns_were_sorted_apart_are_refused(
    office: Desk, tmp_path: Path
) -> None:
    ids = [
        person.save(
            office.minh, PersonDraft(None, {"name": name, "birth": birth, "commune": CAT_HANH})
        ).id
        for name, birth in (("Lê Thị Hoa", "1950"), ("Trần Văn Nam", "1971"))
    ]
    rows = [("Mã hồ sơ", "Họ và tên", "Ngày sinh", "Thôn"), (ids[1], "Lê Thị Hoa", "1950", "T1")]
    result = import_list.run(office.minh, lists.xlsx(tmp_path / "sửa.xlsx", rows))
    assert codes_of(result) == [(2, "name", "correction_other_person")]


def test_a_row_is_corrected_in_place(office: Desk, tmp_path: Path) -> None:
    bad = ("Lê Thị Hoa", "31/02/1950", "Nữ", None, "Thôn 1", "Cát Hanh", None, None)
    path = simple(tmp_path / "a.xlsx", bad, ("Trần Nam", "1971", "Nam", *bad[3:]))
    seen = import_list.preview(office.minh, path)
    assert seen.fates["refused"] == 1
    key = seen.rows[0].key
    options = ImportOptions(edits={key: {"B": "28/02/1950"}})
    again = import_list.preview(office.minh, path, options)
    assert again.fates["refused"] == 0 and again.rows[0].edited == {"B"}
    assert import_list.run(office.minh, path, options).created == 2
    assert "1950-02-28" in {each.birth for each in everybody(office.minh)}


def test_history_tells_list_sheet_and_row_in_words() -> None:
    told = source_words("import:ds: lần 2.xlsx:Tờ 1:12", translate)
    assert told == "danh sách “ds: lần 2.xlsx”, trang “Tờ 1”, dòng 12"
    assert source_words("undo:0189", translate) == "hoàn tác lượt nhập"
    assert source_words("GIẢ LẬP", translate) == "GIẢ LẬP"
