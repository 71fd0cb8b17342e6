"""A form built from field descriptions: cards in columns, problems, undo, keys for fast typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.errors import Problem
from app.forms import FormField, FormSection
from ui.widgets.fields.editor import WIDE, FieldEditor
from ui.widgets.fields.make import Sources, editor_for
from ui.widgets.parts import Card, column, holder

COLUMN_WIDTH_MIN_PX = 190
UNDO_STEPS_MAX = 200
SAME_STEP_MS = 1200
FIELDS_PER_TURN = 5
SMALL_FIELDS_MAX = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One change that can be undone."""

    name: str
    before: object
    after: object


class FieldGrid(QWidget):
    """Fields in as many columns as there is room for, at most `columns_max`."""

    def __init__(self, columns_max: int) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._editors: list[FieldEditor] = []
        self._columns_max = columns_max
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._lay(columns_max)

    def add(self, editor: FieldEditor) -> None:
        """One more field behind the others."""
        self._editors.append(editor)
        self._place(editor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(max(1, min(self._columns_max, self.width() // COLUMN_WIDTH_MIN_PX)))

    def minimumSizeHint(self) -> QSize:
        """A column must have room; more of them are for who has it."""
        whole = super().minimumSizeHint()
        widest = max((one.minimumSizeHint().width() for one in self._editors), default=0)
        return QSize(min(whole.width(), max(widest, COLUMN_WIDTH_MIN_PX)), whole.height())

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        self._line = self._at = 0
        for editor in self._editors:
            self._place(editor)
        for number in range(self._columns_max):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)

    def _place(self, editor: FieldEditor) -> None:
        span = self._columns if editor.span == WIDE else min(editor.span, self._columns)
        if self._at + span > self._columns:
            self._line, self._at = self._line + 1, 0
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(editor, self._line, self._at, 1, span, top)
        self._at += span


class Form(QWidget):
    """`load(values)`, `changes()`, `show_problems(problems)`; `edited(name)` tells each change.

    The fields of a long form are built once it is shown, a few per turn of the event loop, so that
    it never stops the screen; so are those of a form that stands hidden at first (`hidden`).
    What is asked of a field that is not built yet works on the values alone.
    """

    edited = Signal(str)

    def __init__(
        self,
        sections: Sequence[FormSection],
        sources: Sources,
        columns_max: int = 3,
        titled: bool = True,
        hidden: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._sources = sources
        self._columns_max = columns_max
        self._titled = titled
        self._waiting = [(part, field) for part in sections for field in part.fields]
        self._fields = {one.name: one for part in sections for one in part.fields}
        self.editors: dict[str, FieldEditor] = {}
        self.cards: dict[str, QWidget] = {}
        self._grids: dict[str, FieldGrid] = {}
        self._loaded: dict[str, object] = {}
        self._held: dict[str, object] = {}
        self._last: dict[str, object] = {}
        self._touched: set[str] = set()
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self._read_only = False
        self._same = QTimer(self, singleShot=True, interval=SAME_STEP_MS)
        self._body = column(gap=12)
        self._body.addStretch(1)
        self.setLayout(self._body)
        self._building = False
        if len(self._waiting) <= SMALL_FIELDS_MAX and not hidden:
            self.build_all()

    def load(self, values: Mapping[str, object]) -> None:
        """Show stored values; they are what `changes` compares with and undo goes back to."""
        self._loaded = {name: values.get(name) for name in self._fields}
        self._held = {}
        self._undo.clear()
        self._redo.clear()
        for name, editor in self.editors.items():
            value = self._loaded.get(name)
            if name in self._touched or not same(value, self._last[name]):
                editor.set_value(value)
                self._last[name] = editor.value()
            editor.show_problem("")
        self._touched.clear()

    def put(self, values: Mapping[str, object]) -> None:
        """Show unsaved values on top of what was loaded (a draft offered back)."""
        for name, value in values.items():
            if name in self._fields:
                self._set(name, value)

    def value(self, name: str) -> object:
        """One field as it stands now."""
        if name in self.editors:
            return self.editors[name].value()
        return self._held.get(name, self._loaded.get(name))

    def values(self) -> dict[str, object]:
        """All fields as they stand now."""
        return {name: self.value(name) for name in self._fields}

    def changes(self) -> dict[str, object]:
        """Only the fields that differ from what was loaded."""
        return {
            name: value
            for name, value in self.values().items()
            if not same(value, self._loaded.get(name))
        }

    def before(self) -> dict[str, object]:
        """What was loaded, for a save that must not overwrite somebody else's change."""
        return dict(self._loaded)

    def has(self, name: str) -> bool:
        """Whether the form has this field."""
        return name in self._fields

    def describe(self, field: FormField) -> None:
        """Describe a field anew, as with other choices, whether it is built already or not."""
        self._fields[field.name] = field
        self._waiting = [
            (part, field if one.name == field.name else one) for part, one in self._waiting
        ]
        if field.name in self.editors:
            self.editors[field.name].field = field

    def set_read_only(self, on: bool) -> None:
        """Show everything, take no typing."""
        self._read_only = on
        for editor in self.editors.values():
            editor.set_read_only(on)

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Put problems under their fields and go to the first; answers those without a field."""
        self.clear_problems()
        rest, first = [], None
        for problem in problems:
            if problem.field not in self._fields:
                rest.append(problem)
                continue
            self.build_all()
            editor = self.editors[problem.field]
            editor.show_problem(problem.message)
            first = first or editor
        if first is not None:
            first.setFocus()
        return tuple(rest)

    def clear_problems(self) -> None:
        """Take all problems away."""
        for editor in self.editors.values():
            editor.show_problem("")

    def focus(self, name: str = "") -> None:
        """Go to a field, or to the first one."""
        if not self.editors:
            self._build_some()
        if name and name not in self.editors:
            self.build_all()
        editor = self.editors.get(name) or next(iter(self.editors.values()), None)
        if editor is not None:
            editor.setFocus()

    def undo(self) -> None:
        """Take the last change of any field back."""
        self._step(self._undo, self._redo, back=True)

    def redo(self) -> None:
        """Do the change that was taken back again."""
        self._step(self._redo, self._undo, back=False)

    def build_all(self) -> None:
        """Build every field now."""
        while self._waiting:
            self._build(*self._waiting.pop(0))

    def _build_some(self) -> None:
        for _ in range(min(FIELDS_PER_TURN, len(self._waiting))):
            self._build(*self._waiting.pop(0))

    def _build_next(self) -> None:
        self._build_some()
        if self._waiting:
            QTimer.singleShot(0, self, self._build_next)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._waiting and not self._building:
            self._building = True
            QTimer.singleShot(0, self, self._build_next)

    def _build(self, section: FormSection, field: FormField) -> None:
        if section.name not in self._grids:
            grid = FieldGrid(self._columns_max)
            self._grids[section.name] = grid
            self.cards[section.name] = (
                Card(section.title, grid) if self._titled else holder(column(grid))
            )
            self._body.insertWidget(self._body.count() - 1, self.cards[section.name])
        self._grids[section.name].add(self._editor(field))

    def _editor(self, field: FormField) -> FieldEditor:
        editor = editor_for(field, self._sources)
        self.editors[field.name] = editor
        editor.set_value(self._held.pop(field.name, self._loaded.get(field.name)))
        editor.set_read_only(self._read_only)
        self._last[field.name] = editor.value()
        editor.edited.connect(lambda name=field.name: self._changed(name))
        editor.moved_on.connect(lambda one=editor: self._move_on(one))
        proxy = editor.focusProxy()
        if proxy is not None:
            proxy.installEventFilter(self)
        return editor

    def _move_on(self, editor: FieldEditor) -> None:
        order = [one for one in self.editors.values() if one.isVisibleTo(self)]
        if editor not in order:  # hidden by what was just typed, or an editor of the form before
            return
        place = order.index(editor) + 1
        if place < len(order):
            order[place].setFocus()
        else:
            editor.focusNextChild()

    def _changed(self, name: str) -> None:
        self._touched.add(name)
        now = self.editors[name].value()
        before = self._last.get(name)
        self._last[name] = now
        last = self._undo[-1] if self._undo else None
        if last is not None and last.name == name and self._same.isActive():
            self._undo[-1] = Step(name, last.before, now)
        else:
            self._undo.append(Step(name, before, now))
            del self._undo[:-UNDO_STEPS_MAX]
        self._redo.clear()
        self._same.start()
        self.edited.emit(name)

    def _step(self, source: list[Step], target: list[Step], back: bool) -> None:
        if not source:
            return
        step = source.pop()
        target.append(step)
        self._same.stop()
        self._set(step.name, step.before if back else step.after)
        self.focus(step.name)
        self.edited.emit(step.name)

    def _set(self, name: str, value: object) -> None:
        if name in self.editors:
            self._touched.add(name)
            self.editors[name].set_value(value)
            self._last[name] = self.editors[name].value()
        else:
            self._held[name] = value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo) or event.matches(
                QKeySequence.StandardKey.Redo
            ):
                event.accept()
                return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Undo):
                self.undo()
                return True
            if event.matches(QKeySequence.StandardKey.Redo):
                self.redo()
                return True
        return super().eventFilter(watched, event)


def same(one: object, other: object) -> bool:
    """Whether two field values mean the same; nothing is nothing in whatever form."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> object:
    if value in (None, "", ()):
        return None
    if isinstance(value, bool):
        return value
    if isinstance(value, list | tuple):
        return tuple(sorted(str(part) for part in value)) or None
    return str(value)
