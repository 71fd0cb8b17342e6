"""One row of a list: what stands in the file beside what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from app.imports.layout import place_of
from app.rules import dates
from app.values.imports import ColumnMap, PreviewRow, RowDecision
from app.wording import translate
from ui.screens.import_known import KnownPart
from ui.screens.import_parts import fate, field_label, field_of
from ui.widgets.badge import Badge
from ui.widgets.parts import Elided, Scroll, button, clear, column, holder, label, row, rule

PLAIN = RowDecision()


class Cell(NamedTuple):
    """A column of the row: letter ("" for none), heading, as written, field, understood."""

    letter: str
    heading: str
    raw: str
    name: str
    understood: str


class RowCard(QFrame):
    """`show_row(row, columns)`: problems first, then a line for each column of the file.

    `edited(row, letter, text)` when a cell was corrected in place, `decided(row, decision)` when
    the officer chose about somebody known. A row that is not wholly understood can be corrected.
    """

    edited = Signal(str, str, str)
    decided = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Dòng đang xem"))
        self.title = Elided("", "subtitle")
        self._badges = row(gap=6)
        self._inside = column(gap=10)
        self._scroll = Scroll(holder(self._inside))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(translate("Trong tệp và hiểu là"))
        head = row(self.title, holder(self._badges), gap=12)
        head.setStretch(0, 1)
        page = column(head, rule(), self._scroll, gap=10, margins=(20, 14, 12, 14))
        page.setStretch(2, 1)
        self.setLayout(page)

    def show_row(
        self, one: PreviewRow, columns: Sequence[ColumnMap], decision: RowDecision = PLAIN
    ) -> None:
        """Show another row."""
        self.known: KnownPart | None = None
        self.editors: dict[str, QLineEdit] = {}
        clear(self._badges)
        clear(self._inside)
        name = one.shown.get("name") or translate("không có tên")
        self.title.setText(translate("Dòng {row}: {name}", row=one.row, name=name))
        self._badges.addWidget(Badge(fate(one.fate)))
        for problems, tone in ((one.problems, "bad"), (one.warnings, "wait")):
            if problems:
                self._inside.addWidget(_notice([each.message for each in problems], tone))
        self.year_only = self._year_only(one, columns)
        if self.year_only is not None:
            self._inside.addLayout(row(self.year_only, 1))
        if one.twin:
            self.known = KnownPart(one, decision)
            self.known.decided.connect(lambda chosen: self.decided.emit(one.key, chosen))
            self._inside.addWidget(self.known)
        self._inside.addWidget(self._table(one, list(_lines(one, columns))))
        self._inside.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)

    def _year_only(self, one: PreviewRow, columns: Sequence[ColumnMap]) -> QPushButton | None:
        """For 31/2/1960 the year alone is offered: nobody need invent a day."""
        found = next((each for each in one.problems if each.code == "birth_no_such_day"), None)
        if found is None:
            return None
        year = str(dates.no_such_day(found.value, date.today())["year"])
        for each in columns:
            if field_of(each.field) == found.field and _raw(one, each) == found.value:
                words = translate("Chỉ ghi năm {year}", year=year)
                return button(words, partial(self.edited.emit, one.key, each.letter, year))
        return None

    def _table(self, one: PreviewRow, lines: Sequence[Cell]) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for place, words in enumerate((translate("Trong tệp"), translate("Hiểu là"))):
            grid.addWidget(label(words, "section"), 0, place)
            grid.setColumnStretch(place, 1)
        for line, cell in enumerate(lines, 1):
            changed = cell.understood and cell.understood != " ".join(cell.raw.split())
            value = label(cell.understood or "–", "strong" if changed else "", wrap=True)
            value.setAccessibleName(f"{cell.name}: {cell.understood}")
            head = label(cell.heading, "caption", wrap=True)
            grid.addLayout(column(head, self._written(one, cell), 1, gap=0), line, 0)
            name = label(cell.name, "caption", wrap=True)
            grid.addLayout(column(name, value, 1, gap=0), line, 1)
        return holder(grid)

    def _written(self, one: PreviewRow, cell: Cell) -> QWidget:
        """The cell as it stands; a line to type in where the row may be corrected."""
        if not cell.letter or not _may_be_corrected(one):
            written = label(cell.raw or "–", wrap=True)
            written.setAccessibleName(f"{cell.heading}: {cell.raw}")
            return written
        line = QLineEdit(cell.raw)
        line.setAccessibleName(translate("Sửa ô {heading}", heading=cell.heading))

        def typed() -> None:
            if line.text() != cell.raw:
                self.edited.emit(one.key, cell.letter, line.text())

        line.editingFinished.connect(typed)
        self.editors[cell.letter] = line
        return line


def _lines(one: PreviewRow, columns: Sequence[ColumnMap]) -> Iterator[Cell]:
    """Each column with something in it, then what was found in no column of its own.

    Of a row to be corrected, also the empty columns that are used.
    """
    open_ = _may_be_corrected(one)
    told = set()
    for each in columns:
        raw = _raw(one, each)
        field = field_of(each.field)
        told.add(field)
        wanted = raw or one.shown.get(field) or (open_ and field)
        if each.field != "ordinal" and wanted:
            heading = " ".join(each.header.split()) or each.letter
            understood = one.shown.get(field, "") if field else ""
            if not raw and _told_beside(one, columns, each):
                if not open_:
                    continue
                understood = ""
            name = field_label(field) if field else translate("không dùng")
            yield Cell(each.letter, heading, raw, name, understood)
    for field, value in one.shown.items():
        if field not in told and value:
            yield Cell("", "", "", field_label(field), value)


def _told_beside(one: PreviewRow, columns: Sequence[ColumnMap], empty: ColumnMap) -> bool:
    """Whether another column says what this empty one would: birth under Nam, none under Nữ."""
    others = (each for each in columns if field_of(each.field) == field_of(empty.field))
    return any(_raw(one, each) for each in others)


def _raw(one: PreviewRow, column: ColumnMap) -> str:
    place = place_of(column.letter)
    return one.raw[place] if place < len(one.raw) else ""


def _may_be_corrected(one: PreviewRow) -> bool:
    return bool(one.problems or one.warnings or one.edited)


def _notice(lines: Sequence[str], tone: str) -> QWidget:
    made = QFrame()
    made.setProperty("banner", tone)
    words = [label(f"• {line}", wrap=True) for line in dict.fromkeys(lines)]
    made.setLayout(column(*words, gap=4, margins=(14, 8, 14, 8)))
    made.setAccessibleName("\n".join(lines))
    return made
