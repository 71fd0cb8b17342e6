"""What is to mend in the records, per commune or per who entered them, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.actions import quality
from app.values.quality import QualityLine
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.widgets.filters import Filter
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain


class QualityRegister(Register):
    """Enter on a line opens its records, of a commune or of who entered them."""

    name = "quality"
    touching = frozenset({"person"})
    searches = False
    by_person = False

    def titled(self) -> str:
        return translate("Chất lượng dữ liệu")

    def filter_list(self) -> Sequence[Filter]:
        return (Filter("person", translate("Theo người nhập")),)

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Nơi, người nhập"), _name, 0, fixed=True),
            _column("entered", translate("Hồ sơ"), 8),
            _column("no_birth", translate("Thiếu ngày sinh"), 14),
            _column("no_number", translate("Thiếu số định danh"), 17),
            Column("lacks", translate("Thiếu giới tính, dạng"), _others, 17, rank=1),
            Column("new_year", translate("Sinh 01/01"), _new_year, 12),
            Column("doubt", translate("Tuổi, điện thoại lạ"), _doubt, 16, rank=1),
            _column("alike", translate("Có thể trùng"), 12),
            _column("unsent", translate("Chưa gửi"), 10),
        )

    def nothing(self) -> Nothing:
        return Nothing(translate("Sổ chưa có ai."))

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        by = quality.by_person if asked.on("person") else quality.by_unit
        self.by_person = asked.on("person")
        lines = by(self.stage.ws)
        return lines, len(lines)

    def chosen(self, line: QualityLine) -> None:
        by = "person" if self.by_person else "unit"
        self.stage.go("quality_people", line.key, by=by, whose=line.name)


def _column(name: str, title: str, width: int) -> Column:
    return Column(name, title, lambda line: _count(getattr(line, name)), width)


def _count(number: int) -> Cell:
    return plain(show.number(number) if number else "")


def _name(line: QualityLine) -> Cell:
    return Cell(line.name[:1].upper() + line.name[1:] or translate("chưa rõ"), bold=True)


def _others(line: QualityLine) -> Cell:
    return _count(line.no_sex + line.no_types)


def _new_year(line: QualityLine) -> Cell:
    if not line.suspicious:
        return _count(line.new_year)
    return Cell("", (Chip(show.number(line.new_year), "wait", "!"),), tip=_why())


def _why() -> str:
    return translate("Quá nhiều ngày sinh 01/01: có thể chỉ biết năm. Ghi lại “1956” thay vì ngày.")


def _doubt(line: QualityLine) -> Cell:
    return _count(line.odd_birth + line.same_phone)
