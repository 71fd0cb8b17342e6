"""How the columns of a list are taken: heading, samples, and the field, which may be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app import forms
from app.actions import import_list
from app.imports.layout import place_of
from app.values.imports import ColumnMap, ImportPreview, PreviewSheet
from app.wording import translate
from ui.screens.import_parts import field_label
from ui.widgets.fields.chosen import CodeField
from ui.widgets.parts import Elided, Scroll, clear, column, holder, label

SAMPLES = 3
UNUSED = "-"
"""Stands for a column that is not used: an empty line would mean that nothing was chosen."""


class ColumnsPart(QWidget):
    """`changed(sheet!letter, field)` when the officer takes a column for something else."""

    changed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.editors: dict[str, CodeField] = {}
        self._inside = column(gap=12)
        self._shape: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self.setLayout(column(Scroll(holder(self._inside))))

    def show_columns(self, preview: ImportPreview) -> None:
        """The columns of each sheet; lines that stand already keep their place and the cursor."""
        shape = tuple(
            (sheet.name, tuple(one.letter for one in sheet.columns)) for sheet in preview.sheets
        )
        if shape != self._shape:
            self._shape = shape
            self._build(preview)
        for sheet in preview.sheets:
            for one in sheet.columns:
                self.editors[f"{sheet.name}!{one.letter}"].set_value(one.field or UNUSED)

    def _build(self, preview: ImportPreview) -> None:
        clear(self._inside)
        self.editors.clear()
        for sheet in preview.sheets:
            if not sheet.columns:
                continue
            if len(preview.sheets) > 1:
                self._inside.addWidget(label(sheet.name, "section"))
            self._inside.addWidget(self._table(sheet, preview))
        self._inside.addStretch(1)

    def _table(self, sheet: PreviewSheet, preview: ImportPreview) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(4, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        heads = (translate("Cột"), translate("Tiêu đề"), translate("Ví dụ"), translate("Hiểu là"))
        for place, words in enumerate(heads):
            grid.addWidget(label(words, "caption"), 0, place)
        for line, one in enumerate(sheet.columns, 1):
            grid.addWidget(label(one.letter, "muted"), line, 0)
            grid.addWidget(Elided(" ".join(one.header.split()), "strong"), line, 1)
            grid.addWidget(Elided(_samples(one, sheet.name, preview), "muted"), line, 2)
            grid.addWidget(self._editor(sheet.name, one), line, 3)
        for place, share in ((1, 4), (2, 5), (3, 4)):
            grid.setColumnStretch(place, share)
        return holder(grid)

    def _editor(self, sheet: str, one: ColumnMap) -> CodeField:
        title = translate("Cột {letter} hiểu là", letter=one.letter)
        field = forms.FormField("", one.letter, title, "code", choices=_choices(one.field))
        made = CodeField(field)
        made.caption.hide()
        key = f"{sheet}!{one.letter}"
        made.line.picked.connect(lambda: self._picked(key, made))
        self.editors[key] = made
        return made

    def _picked(self, key: str, editor: CodeField) -> None:
        code = str(editor.value())
        self.changed.emit(key, "" if code == UNUSED else code)


def _choices(now: str) -> tuple[forms.Choice, ...]:
    names = list(import_list.fields_for_columns())
    if now and now not in names:
        names.insert(0, now)
    made = [
        forms.Choice(name, field_label(name), forms.keys_of(field_label(name))) for name in names
    ]
    unused = translate("không dùng")
    return (forms.Choice(UNUSED, unused, forms.keys_of(unused)), *made)


def _samples(one: ColumnMap, sheet: str, preview: ImportPreview) -> str:
    place = place_of(one.letter)
    found: dict[str, None] = {}
    for each in preview.rows:
        if each.sheet == sheet and place < len(each.raw) and each.raw[place]:
            found[" ".join(each.raw[place].split())] = None
        if len(found) == SAMPLES:
            break
    return " · ".join(found)


def used(columns: Sequence[ColumnMap]) -> int:
    """How many columns are taken for something."""
    return sum(bool(one.field) for one in columns)
