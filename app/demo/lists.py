"""Lists of invented people as communes send them: title block, merged headers, signatures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.demo import invented
from app.rules import dates
from data import codes, units

LIST_PEOPLE = 60
LIST_SEED = 77
YEAR = 2026
COMMUNES = ("63:21871", "63:21892")


def write_own(folder: Path) -> list[Path]:
    """Write one official-looking list for each of two communes; answers the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, key, LIST_SEED + place) for place, key in enumerate(COMMUNES)]


def _write(folder: Path, commune: str, seed: int) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    unit = units.get(commune)
    _title(sheet, unit.name)
    made = invented.people(LIST_PEOPLE, [commune], _NO_NEEDS, YEAR, seed)
    for place, each in enumerate(made, start=1):
        sheet.append(_row(place, each, unit.name))
    _foot(sheet)
    path = folder / f"Danh sach NKT {units.get(commune).code}.xlsx"
    book.save(path)
    return path


_NO_NEEDS: dict[str, Sequence[str]] = {
    group: (group,) for group in ("medical", "livelihood", "social", "family", "facility")
}


def _title(sheet: Worksheet, name: str) -> None:
    sheet.append([f"UBND XÃ {name.upper()}", *[None] * 5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"])
    sheet.append([*[None] * 6, "Độc lập - Tự do - Hạnh phúc"])
    sheet.append([])
    sheet.append([f"DANH SÁCH NGƯỜI KHUYẾT TẬT NĂM {YEAR} (GIẢ LẬP)"])
    sheet.append([])
    sheet.append(
        [
            "STT",
            "Họ và tên",
            "Ngày, tháng, năm sinh",
            None,
            "Số CMND/CCCD",
            "Địa chỉ",
            None,
            "Dạng tật",
            "Mức độ",
            "Ghi chú",
        ]
    )
    sheet.append([None, None, "Nam", "Nữ", None, "Thôn", "Xã"])
    for area in ("A6:A7", "B6:B7", "C6:D6", "E6:E7", "F6:G6", "H6:H7", "I6:I7", "J6:J7"):
        sheet.merge_cells(area)
    sheet.append([f"({number})" for number in range(1, 11)])


def _row(place: int, each: invented.Invented, commune: str) -> list[object]:
    born = dates.show(str(each.fields["birth"]))
    male = each.fields["sex"] == "male"
    types = each.fields["types"]
    first = types[0] if isinstance(types, tuple) else "mobility"
    return [
        place,
        each.fields["name"],
        born if male else None,
        None if male else born,
        each.fields.get("id_number"),
        each.fields["hamlet"],
        commune,
        codes.label("disability_type", first),
        codes.label("degree", str(each.fields["degree"])),
        "GIẢ LẬP; NN bom mìn" if each.fields.get("mine_victim") else "GIẢ LẬP",
    ]


def _foot(sheet: Worksheet) -> None:
    sheet.append([None, f"Tổng cộng: {LIST_PEOPLE} người"])
    sheet.append([])
    sheet.append([None, "NGƯỜI LẬP BIỂU", *[None] * 5, "TM. ỦY BAN NHÂN DÂN"])
    sheet.append([*[None] * 7, "CHỦ TỊCH"])
