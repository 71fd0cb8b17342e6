"""One pass over a list: its sheets, its persons understood, and what the sheets left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from app.imports import discretion, labels, legacy, national
from app.imports.findings import Understood
from app.imports.layout import Layout
from app.imports.reading import ListFile
from app.imports.rows import Table, Taking
from app.imports.sheet import COLUMNS_MAX, ROWS_MAX, Sheet
from app.imports.understanding import Reader
from app.values.imports import (
    ColumnMap,
    EncodingQuestion,
    EncodingSample,
    ImportOptions,
    PreviewSheet,
    RowProblem,
)
from app.wording import language, say, translate
from data import fields, national_layouts

TEXT_NAMES = (".csv", ".tsv", ".txt")
LISTS_SHEET = "Danh mục (không sửa)"
"""The hidden sheet of our own blank lists: what may be chosen."""
LOST_ROWS = ("rows_over", "rows_far_below")


@dataclass(frozen=True)
class Remembered:
    """The columns of earlier lists by shape, as they were taken then (by column letter)."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __call__(self, key: str) -> Mapping[str, str]:
        """The columns of one shape; none when it was never seen."""
        return self.columns.get(key, {})


@dataclass
class Pass:
    """Reads a list once from top to bottom; what it finds besides persons gathers here."""

    file: ListFile
    reader: Reader
    options: ImportOptions = field(default_factory=ImportOptions)
    recall: Callable[[str], Mapping[str, str]] = field(default_factory=Remembered)
    sheets: list[PreviewSheet] = field(default_factory=list)
    remarks: list[RowProblem] = field(default_factory=list)
    encodings: Counter[str] = field(default_factory=Counter)
    unsure: list[str] = field(default_factory=list)
    questions: list[EncodingQuestion] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    communes: dict[str, str] = field(default_factory=dict)
    found_header: bool = False
    found_rows: bool = False
    blank: bool = True

    def persons(self) -> Iterator[Understood]:
        """Every row that holds or should hold a person, understood, in the order of the file."""
        for sheet in self.file.sheets():
            chosen = taking(self.options, sheet.name, self.recall)
            commune = self.reader.gazetteer.called(sheet.name)
            table = Table(sheet, replace(chosen, commune=commune))
            rows = 0
            for row in table.persons():
                assert table.layout is not None
                rows += 1
                told = national.worded(row, self.options.register)
                yield self.reader.understand(told, table.layout)
            self._close(sheet, table, rows)

    @property
    def found(self) -> dict[str, Any]:
        """What gathered besides persons, for `take_over`."""
        given = ("file", "reader", "options", "recall")
        return {name: value for name, value in vars(self).items() if name not in given}

    def take_over(self, found: Mapping[str, Any]) -> None:
        """Know what another pass over the same list found."""
        vars(self).update(found)

    def refusal(self) -> str:
        """Why the whole list is refused after it was read, or "" when it is a list."""
        if self.found_header:
            return "" if self.found_rows else "list_without_rows"
        if self.blank:
            return "list_empty"
        if any(remark.code == "columns_over" for remark in self.remarks):
            return "list_header_far"
        text = self.file.kind in ("csv", "html")
        prose = text and self.file.path.suffix.lower() not in TEXT_NAMES
        return "list_not_spreadsheet" if prose else "list_without_header"

    def _close(self, sheet: Sheet, table: Table, rows: int) -> None:
        self.encodings += table.decoder.counts
        self.unsure += list(table.decoder.unsure)
        self.keys[sheet.name], self.communes[sheet.name] = table.key, table.commune
        if table.decoder.doubts and table.layout is not None:
            self.questions.append(_question(sheet.name, table))
        self.found_header |= table.layout is not None
        self.found_rows |= rows > 0
        self.blank &= table.blank
        if rows and any(discretion.says(text) for text in (*table.title, sheet.name)):
            sheet.note("restricted_title")
        if table.layout is None and not table.blank:
            sheet.note("sheet_without_header")
        limit = {"columns_over": COLUMNS_MAX, "rows_over": ROWS_MAX}
        told = [
            RowProblem(
                sheet.name,
                0,
                "",
                code,
                sheet.name,
                say(code, {"value": sheet.name, "limit": limit.get(code, 0)}),
            )
            for code in sheet.notes
            if sheet.name != LISTS_SHEET
        ]
        self.remarks += told
        header = table.layout.last_row if table.layout else 0
        columns = _columns(table.layout) if table.layout else ()
        self.sheets.append(
            PreviewSheet(
                sheet.name,
                header,
                columns,
                rows,
                tuple(each.message for each in told),
                table.remembered,
            )
        )


def taking(
    options: ImportOptions, sheet: str, recall: Callable[[str], Mapping[str, str]] = lambda key: {}
) -> Taking:
    """What was chosen for one sheet of a list."""
    edits = {}
    for key, cells in options.edits.items():
        name, _, row = key.rpartition("!")
        if name == sheet and row.isdigit():
            edits[int(row)] = cells
    encoding = options.encodings.get(sheet) or options.encodings.get("*", "")
    mapping = for_sheet(options.mapping, sheet)
    return Taking(mapping, encoding, edits, options.corrections, options.register, recall)


def _question(sheet: str, table: Table) -> EncodingQuestion:
    samples = tuple(
        EncodingSample(row, raw, legacy.readings(raw)) for raw, row in table.decoder.doubts.items()
    )
    return EncodingQuestion(sheet, samples, table.taking.encoding)


def for_sheet(mapping: Mapping[str, str] | None, sheet: str) -> dict[str, str]:
    """The part of a mapping that holds for a sheet: plain keys, and keys like `Sheet!B`."""
    if not mapping:
        return {}
    chosen = {key: field for key, field in mapping.items() if "!" not in key}
    for key, field_ in mapping.items():
        name, _, column = key.rpartition("!")
        if name == sheet:
            chosen[column] = field_
    return chosen


def _columns(layout: Layout) -> tuple[ColumnMap, ...]:
    return tuple(
        ColumnMap(column.letter, column.header, column.field, label_of(column.field))
        for column in layout.columns
    )


def label_of(name: str) -> str:
    """A field or part of a column in the words of the office."""
    if not name:
        return ""
    for record in ("person", "certificate"):
        if fields.has(record, name):
            return fields.get(record, name).label(language())
    head, _, code = name.partition(":")
    if code:
        return f"{fields.get('person', head).label(language())}: {code}"
    words = {
        "ordinal": translate("Số thứ tự"),
        "family_name": translate("Họ và tên đệm"),
        "given_name": translate("Tên (cột riêng)"),
        "birth_male": translate("Ngày sinh (cột Nam)"),
        "birth_female": translate("Ngày sinh (cột Nữ)"),
        "birth_day": translate("Ngày (của ngày sinh)"),
        "birth_month": translate("Tháng (của ngày sinh)"),
        "birth_year": translate("Năm (của ngày sinh)"),
        "sex_male": translate("Dấu x: Nam"),
        "sex_female": translate("Dấu x: Nữ"),
        "person_id": translate("Mã hồ sơ"),
        "case_number": translate("Ca: số hồ sơ"),
        "case_opened_on": translate("Ca: ngày mở"),
        "case_worker": translate("Ca: cán bộ phụ trách"),
        "case_reason": translate("Ca: lý do mở"),
        "case_step": translate("Ca: hồ sơ giấy đang ở bước nào"),
        "district": translate("Huyện"),
        "province": translate("Tỉnh"),
    }
    assert set(words) == set(labels.PARTS)
    return words[name]


def kind_label(kind: str) -> str:
    """What was brought in, in the words of the office."""
    edition = national_layouts.all_of().get(kind)
    if edition is not None:
        return translate("tệp của hệ thống quốc gia ({edition})", edition=edition.name)
    return {
        "list": translate("danh sách"),
        "corrections": translate("tệp sửa"),
        "certificates": translate("sổ giấy xác nhận cũ"),
        "cases": translate("các ca đang mở"),
        "allowances": translate("danh sách trợ cấp cũ"),
    }[kind]
