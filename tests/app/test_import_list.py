"""Lists come in as they mean, once, slice by slice, and nothing of them is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from app.actions import import_list, person
from app.errors import Refused
from app.imports.encodings import to_tcvn3, to_vni
from app.values.imports import ImportOptions
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data import units
from data.records.import_run import ImportRun
from data.records.trace import History
from tests import desk
from tests.app.import_desk import BINH_DINH, GIA_LAI_34, PHU_CAT, codes_of, everybody, simple
from tests.app.imports import lists

SAMPLES = ("clean.xlsx", "official.xlsx", "tcvn3.xls")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    opened = []

    def at(*office_units: str) -> Workspace:
        found = desk.at(tmp_path / f"office {len(opened)}", *office_units)
        opened.append(found)
        return found.minh

    yield at
    for each in opened:
        each.close()


@pytest.mark.parametrize("unit", [BINH_DINH, PHU_CAT, GIA_LAI_34])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_list_comes_in_as_its_truth_says(
    office: Callable[..., Workspace], samples: Path, name: str, unit: str
) -> None:
    ws = office(unit)
    truth = json.loads((samples / "truth.json").read_text("utf-8"))[name]
    result = import_list.run(ws, samples / name)
    assert (result.rows, result.created, result.matched) == (120, 120, 0)
    assert result.refused == () and result.possible_duplicates == 0
    wanted = []
    for row in truth:
        commune = f"63:{row['commune_code']}"
        if unit == GIA_LAI_34:
            commune = str(units.current(commune, row["hamlet"]).key)
        number = row["id_number"] or None
        disability = ((row["type"],), row["level"], row["mine_victim"])
        wanted.append((row["name"], row["sex"], row["birth"], number, commune, row["hamlet"],
                       *disability))  # fmt: skip
    found = [
        (each.name, each.sex, each.birth, each.id_number, each.commune, each.hamlet, each.types,
         each.degree, each.mine_victim)
        for each in everybody(ws)
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(wanted, key=str)
    assert {each.status for each in everybody(ws)} == {"waiting"}


def test_sheets_named_after_communes_say_where_their_people_live(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for name in ("Cát Minh", "CÁT HANH", "Tổng hợp"):
        sheet = book.create_sheet(name)
        sheet.append(["DANH SÁCH NGƯỜI KHUYẾT TẬT"])
        sheet.append(["TT", "Họ và tên", "Ngày sinh", "Thôn"])
        sheet.append([1, f"Lê Thị {name.title()}", "1950", "Thôn 1"])
    del book["Sheet"]
    book.save(path := tmp_path / "ba xã.xlsx")
    ws = office(PHU_CAT)
    told = [" ".join(sheet.remarks) for sheet in import_list.preview(ws, path).sheets]
    assert ["theo tên trang tính" in each for each in told] == [True, True, False]
    result = import_list.run(ws, path)
    assert codes_of(result) == [(3, "commune", "commune_missing")]
    assert {each.commune for each in everybody(ws)} == {"63:21859", "63:21871"}


def test_a_list_with_the_new_names_comes_into_an_office_of_the_old_borders(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    row = ("Lê Văn An", "1950", "Nam", "", "Thôn 1", "xã Hội Sơn, tỉnh Gia Lai", "", "")
    assert import_list.run(ws, simple(tmp_path / "mới.xlsx", row)).refused == ()
    assert [each.commune for each in everybody(ws)] == ["34:21868"]
    assert person.total(ws, PeopleFilter(units=(PHU_CAT,))) == 1


def test_communes_outside_the_district_come_in_with_a_warning(
    office: Callable[..., Workspace], samples: Path
) -> None:
    result = import_list.run(office(PHU_CAT), samples / "clean.xlsx")
    warned = {each.code for each in result.warnings}
    assert warned == {"outside_office"} and len(result.warnings) == 86


def test_the_old_name_of_a_commune_is_kept_beside_the_present_one(
    office: Callable[..., Workspace], samples: Path
) -> None:
    ws = office(GIA_LAI_34)
    import_list.run(ws, samples / "clean.xlsx")
    (yen,) = person.listing(ws, PeopleFilter(query="Hồ Thị Yến")).cards
    page = person.page(ws, yen.id)
    assert page.fields["address_text"] == "Mỹ Hóa, Ân Thạnh, Hoài Ân"
    assert units.get(str(yen.commune)).system == "34"


def test_how_cells_were_written_is_counted(office: Callable[..., Workspace], samples: Path) -> None:
    ws = office(BINH_DINH)
    result = import_list.run(ws, samples / "tcvn3.xls", ImportOptions(dry_run=True))
    assert result.encodings["tcvn3"] > 600 and set(result.encodings) == {"tcvn3", "unicode"}


def test_the_same_list_twice_creates_nobody_twice(
    office: Callable[..., Workspace], samples: Path
) -> None:
    ws = office(BINH_DINH)
    for name in SAMPLES:
        import_list.run(ws, samples / name)
    before = everybody(ws)
    for name in SAMPLES:
        again = import_list.run(ws, samples / name)
        assert (again.rows, again.created, again.matched) == (120, 0, 120)
    assert everybody(ws) == before and len(before) == 360


def test_a_dry_run_tells_the_same_and_writes_nothing(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    path = simple(
        tmp_path / "ds.xlsx",
        ("Lê Thị Hoa", "1950", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Thị Hoa", "1950", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Lê Thị Hoá", "1951", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", "nặng"),
        ("Trần Văn Nam", "31/02/1950", "Nam", None, "Thôn 1", "Cát Hanh", "", ""),
    )
    dry = import_list.run(ws, path, ImportOptions(dry_run=True))
    assert everybody(ws) == () and dry.id == ""
    real = import_list.run(ws, path)
    for result in (dry, real):
        assert (result.rows, result.created, result.matched) == (4, 2, 1)
        assert result.possible_duplicates == 1
        assert codes_of(result) == [(5, "birth", "birth_no_such_day")]
        assert result.refused[0].value == "31/02/1950"
    with ws.db.read() as session:
        assert len(session.scalars(select(ImportRun)).all()) == 1


def test_possible_duplicates_in_the_same_slice_point_at_each_other(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    rows = [("Lê Hoa", "1950", "Nữ", None, "Thôn 1", "Cát Hanh", "", ""),
            ("Lê Hoà", "1951", "Nữ", None, "Thôn 9", "Cát Hanh", "", "")]  # fmt: skip
    result = import_list.run(ws, simple(tmp_path / "ds.xlsx", *rows))
    assert result.possible_duplicates == 1
    first, second = sorted(everybody(ws), key=lambda each: str(each.birth))
    for one in (first, second):
        assert one.possible_duplicate
        assert [each.code for each in person.page(ws, one.id).warnings] == ["possible_duplicate"]


@pytest.mark.parametrize(
    ("second", "fate"),
    [
        (("Lê Văn An", "1950", "Nam", "052050123456", "Thôn 1", "Cát Tường"), "same"),
        (("Lê An", "1950", "Nam", "052050123456", "Thôn 1", "Cát Hanh"), "same"),
        (("LÊ VĂN AN", "12/3/1950", "Nam", None, "Thôn 2", "Cát Hanh"), "same"),
        (("Lê  Văn  An", "1950", "Nam", None, "Thôn 1", "Cát Hanh"), "maybe"),
        (("Lê Văn An", "12/3/1950", "Nam", None, "Thôn 1", "Cát Tường"), "maybe"),
        (("Lê Văn An", "1949", "Nam", None, "Thôn 1", "Cát Hanh"), "maybe"),
        (("Trần Thị Bé", "1970", "Nữ", "052050123456", "Thôn 1", "Cát Hanh"), "maybe"),
        (("Lê Văn An", "12/3/1950", "Nam", "052050999999", "Thôn 1", "Cát Hanh"), "maybe"),
        (("Lê Văn An", "1960", "Nam", None, "Thôn 1", "Cát Hanh"), "new"),
        (("Lê Văn An", "1951", "Nam", "052051999999", "Thôn 1", "Cát Hanh"), "new"),
        (("Lê Văn An", "1950", "Nam", None, "Thôn 1", "Cát Tường"), "new"),
        (("Lê Văn An", "12/3/1950", "Nữ", None, "Thôn 1", "Cát Hanh"), "new"),
    ],
)
def test_who_is_somebody_we_know(
    office: Callable[..., Workspace], tmp_path: Path, second: tuple[object, ...], fate: str
) -> None:
    ws = office(PHU_CAT)
    first = ("Lê Văn An", "12/3/1950", "Nam", "052050123456", "Thôn 1", "Cát Hanh", "", "")
    import_list.run(ws, simple(tmp_path / "a.xlsx", first))
    result = import_list.run(ws, simple(tmp_path / "b.xlsx", (*second, "", "")))
    told = {"same": result.matched, "maybe": result.possible_duplicates}
    told["new"] = result.created - result.possible_duplicates
    assert told == {"same": 0, "maybe": 0, "new": 0} | {fate: 1}


def test_history_says_which_list_and_row_a_person_came_from(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    import_list.run(ws, lists.xlsx(tmp_path / "ds xã.xlsx", title="Tờ 1"))
    with ws.db.read() as session:
        sources = session.scalars(select(History.source).order_by(History.seq)).all()
    assert sources[-2:] == ["import:ds xã.xlsx:Tờ 1:2", "import:ds xã.xlsx:Tờ 1:3"]


def test_people_of_a_list_wait_or_stay_drafts(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    result = import_list.run(ws, lists.xlsx(tmp_path / "a.xlsx"), ImportOptions(draft=True))
    assert result.created == 2 and {each.status for each in everybody(ws)} == {"draft"}


def test_a_preview_shows_raw_cells_beside_what_was_understood(
    office: Callable[..., Workspace], samples: Path
) -> None:
    ws = office(BINH_DINH)
    seen = import_list.preview(ws, samples / "official.xlsx")
    (sheet,) = seen.sheets
    assert (sheet.name, sheet.header_row, sheet.rows, seen.total) == ("DS NKT", 8, 120, 120)
    assert [column.field for column in sheet.columns] == [
        "ordinal", "name", "birth_male", "birth_female", "id_number", "hamlet", "commune",
        "types", "degree", "note",
    ]  # fmt: skip
    assert sheet.columns[2].header == "Ngày, tháng, năm sinh / Nam"
    first = seen.rows[0]
    assert first.raw[3] == "25-11-1938" and first.values["birth"] == "1938-11-25"
    assert first.shown["birth"] == "25/11/1938" and first.shown["sex"] == "Nữ"
    assert first.values["id_number"] == "052138850361" and first.fate == "new"
    assert dict(seen.fates) == {"new": 120, "same": 0, "changed": 0, "maybe": 0, "refused": 0}
    assert seen.brought_before is None and everybody(ws) == ()
    import_list.run(ws, samples / "official.xlsx")
    again = import_list.preview(ws, samples / "official.xlsx")
    assert again.brought_before is not None and again.fates["same"] == 120


def test_columns_can_be_chosen_by_hand(office: Callable[..., Workspace], tmp_path: Path) -> None:
    ws = office(PHU_CAT)
    rows = [("Người", "Nơi", "K"), ("Lê Hoa", "Cát Hanh", "1950"), ("Vũ An", "Cát Tường", "1960")]
    path = lists.xlsx(tmp_path / "ds.xlsx", rows)
    with pytest.raises(Refused) as caught:
        import_list.run(ws, path)
    assert caught.value.problems[0].code == "list_without_header"
    chosen = ImportOptions(mapping={"A": "name", "DS!B": "commune", "C": "birth"})
    result = import_list.run(ws, path, chosen)
    assert result.created == 2 and {code for _, _, code in codes_of(result)} == {
        "unknown_commune",
        "birth_unclear",
    }
    with pytest.raises(Refused) as caught:
        import_list.run(ws, path, ImportOptions(mapping={"A": "tên gì đó"}))
    assert caught.value.problems[0].code == "list_mapping_unknown"


def test_the_run_is_remembered_with_its_columns(
    office: Callable[..., Workspace], tmp_path: Path
) -> None:
    ws = office(PHU_CAT)
    import_list.run(ws, lists.xlsx(tmp_path / "ds.xlsx"))
    with ws.db.read() as session:
        (kept,) = session.scalars(select(ImportRun))
    assert (kept.file_name, kept.by, len(kept.sha256)) == ("ds.xlsx", "minh", 64)
    assert json.loads(kept.counts)["new"] == 2
    assert json.loads(kept.layout)["DS"]["B"] == ["Họ và tên", "name"]


def test_remarks_that_carry_meaning(office: Callable[..., Workspace], tmp_path: Path) -> None:
    ws = office(PHU_CAT)
    rows = [
        lists.HEADER,
        (*lists.AN[:-1], "NN bom mìn, cụt chân"),
        (*lists.BINH[:-1], "đã mất 2019"),
    ]
    result = import_list.run(ws, lists.xlsx(tmp_path / "ds.xlsx", rows))
    an, binh = sorted(everybody(ws), key=lambda each: each.name)
    assert an.mine_victim and person.page(ws, an.id).fields["note"] == "NN bom mìn, cụt chân"
    assert binh.life_state == "living"
    assert [(each.row, each.code) for each in result.warnings] == [(3, "note_says_dead")]


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "mixed"])
def test_a_list_in_an_old_encoding_without_fonts_comes_in_whole(
    office: Callable[..., Workspace], samples: Path, tmp_path: Path, encoding: str
) -> None:
    ws = office(BINH_DINH)
    truth = json.loads((samples / "truth.json").read_text("utf-8"))["clean.xlsx"]
    ways = {"tcvn3": (to_tcvn3,), "vni": (to_vni,), "mixed": (to_tcvn3, to_vni, str)}[encoding]
    rows = [("Họ và tên", "Ngày sinh", "Giới tính", "Thôn", "Xã", "Dạng tật", "Mức độ")] + [
        (row["name"], row["birth"], "Nữ" if row["sex"] == "female" else "Nam", row["hamlet"],
         row["commune"], row["type_text"], row["level_text"])
        for row in truth
    ]  # fmt: skip
    path = lists.xls(
        tmp_path / "ds.xls",
        [[ways[at % len(ways)](cell) for cell in row] for at, row in enumerate(rows)],
    )
    result = import_list.run(ws, path)
    assert (result.created, result.refused) == (120, ())
    assert sum(result.encodings.get(name, 0) for name in ("tcvn3", "vni", "unicode")) > 800
    assert result.encodings["vni" if encoding == "vni" else "tcvn3"] > 200
    found = sorted((each.name, str(each.commune), str(each.hamlet)) for each in everybody(ws))
    wanted = sorted((row["name"], f"63:{row['commune_code']}", row["hamlet"]) for row in truth)
    assert found == wanted
