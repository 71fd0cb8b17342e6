"""One row of a list: what stands in the file beside what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.values.imports import ColumnMap, PreviewRow
from app.wording import translate
from ui.screens.import_parts import fate, field_label, field_of
from ui.widgets.badge import Badge
from ui.widgets.parts import Elided, Scroll, clear, column, holder, label, row, rule


class RowCard(QFrame):
    """`show_row(row, columns)`: problems first, then a line for each column of the file."""

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

    def show_row(self, one: PreviewRow, columns: Sequence[ColumnMap]) -> None:
        """Show another row."""
        clear(self._badges)
        clear(self._inside)
        name = one.shown.get("name") or translate("không có tên")
        self.title.setText(translate("Dòng {row}: {name}", row=one.row, name=name))
        self._badges.addWidget(Badge(fate(one.fate)))
        for problems, tone in ((one.problems, "bad"), (one.warnings, "wait")):
            if problems:
                self._inside.addWidget(_notice([each.message for each in problems], tone))
        self._inside.addWidget(_table(list(_lines(one, columns))))
        self._inside.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)


def _lines(one: PreviewRow, columns: Sequence[ColumnMap]) -> Iterator[tuple[str, str, str, str]]:
    """(heading, as written, field, understood) of each column with something in it, then what
    was found in no column of its own."""
    told = set()
    for each in columns:
        place = place_of(each.letter)
        raw = one.raw[place] if place < len(one.raw) else ""
        field = field_of(each.field)
        told.add(field)
        if each.field != "ordinal" and (raw or one.shown.get(field)):
            heading = " ".join(each.header.split()) or each.letter
            understood = one.shown.get(field, "") if field else ""
            name = field_label(field) if field else translate("không dùng")
            yield heading, raw, name, understood
    for field, value in one.shown.items():
        if field not in told and value:
            yield "", "", field_label(field), value


def _table(lines: Sequence[tuple[str, str, str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    for place, words in enumerate((translate("Trong tệp"), translate("Hiểu là"))):
        grid.addWidget(label(words, "section"), 0, place)
        grid.setColumnStretch(place, 1)
    for line, (heading, raw, name, understood) in enumerate(lines, 1):
        changed = understood and understood != " ".join(raw.split())
        value = label(understood or "–", "strong" if changed else "", wrap=True)
        value.setAccessibleName(f"{name}: {understood}")
        written = label(raw or "–", wrap=True)
        written.setAccessibleName(f"{heading}: {raw}")
        grid.addLayout(column(label(heading, "caption", wrap=True), written, 1, gap=0), line, 0)
        grid.addLayout(column(label(name, "caption", wrap=True), value, 1, gap=0), line, 1)
    return holder(grid)


def _notice(lines: Sequence[str], tone: str) -> QWidget:
    made = QFrame()
    made.setProperty("banner", tone)
    words = [label(f"• {line}", wrap=True) for line in dict.fromkeys(lines)]
    made.setLayout(column(*words, gap=4, margins=(14, 8, 14, 8)))
    made.setAccessibleName("\n".join(lines))
    return made


def place_of(letter: str) -> int:
    """The place of a column from 0: A is 0, Z is 25, AA is 26."""
    number = 0
    for sign in letter:
        number = number * 26 + ord(sign) - ord("A") + 1
    return number - 1
