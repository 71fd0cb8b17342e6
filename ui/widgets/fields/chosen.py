"""Fields that are chosen: one code, several codes, a unit, yes or no."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QPushButton, QSizePolicy, QWidget

from app.forms import FormField, UnitChoice, fitting, unit_name
from app.wording import translate
from ui.widgets.fields.editor import WIDE, FieldEditor
from ui.widgets.fields.typeahead import Option, TypeAhead
from ui.widgets.parts import button, holder, restyle, row

CHECKS_PER_ROW = 3


class CodeField(FieldEditor):
    """One code of a list by type-ahead."""

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self.line = TypeAhead(self._offer)
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.picked.connect(self._picked)
        self.hold(self.line)

    def value(self) -> object:
        return self.line.data or self.line.text().strip()

    def set_value(self, value: object) -> None:
        code = str(value or "")
        known = next((one for one in self.field.choices if one.code == code), None)
        self.line.set_choice(known.code if known else None, known.label if known else code)
        self.line.setToolTip(self.line.text())

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.line.setReadOnly(on)

    def trouble(self) -> str:
        words = self.line.text().strip()
        if not words or self.line.data:
            return ""
        return translate("Không có “{value}” trong danh mục; chọn một mục.", value=words)

    def enter_moves_on(self) -> bool:
        return not self.line.list_open

    def left(self) -> None:
        self.line.settle()
        super().left()

    def _offer(self, typed: str) -> Sequence[Option]:
        return [Option(one.code, one.label) for one in fitting(self.field.choices, typed)]

    def _picked(self) -> None:
        self.line.setCursorPosition(0)  # the beginning of a long choice is seen, not its end
        self.line.setToolTip(self.line.text())
        self.show_problem("")
        self.edited.emit()


class UnitField(FieldEditor):
    """A commune by type-ahead without marks; `offer` puts the office's own first."""

    def __init__(self, field: FormField, offer: Callable[[str], Sequence[UnitChoice]]) -> None:
        super().__init__(field)
        self._find = offer
        self.line = TypeAhead(self._offer)
        self.line.setPlaceholderText(translate("gõ không dấu, ví dụ cat hanh"))
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.picked.connect(self._picked)
        self.hold(self.line)

    def value(self) -> object:
        return self.line.data or self.line.text().strip()

    def set_value(self, value: object) -> None:
        key = str(value or "")
        words = unit_name(key) if key else ""
        self.line.set_choice(key if words != key else None, words)
        self.line.setToolTip(words)

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.line.setReadOnly(on)

    def trouble(self) -> str:
        words = self.line.text().strip()
        if not words or self.line.data:
            return ""
        return translate("Không tìm thấy đơn vị “{value}”; chọn trong danh sách.", value=words)

    def enter_moves_on(self) -> bool:
        return not self.line.list_open

    def left(self) -> None:
        self.line.settle()
        super().left()

    def _offer(self, typed: str) -> Sequence[Option]:
        return [Option(one.key, one.name, one.where) for one in self._find(typed)]

    def _picked(self) -> None:
        if self.line.data:
            self.line.set_choice(self.line.data, unit_name(self.line.data))
            self.line.setToolTip(self.line.text())
        self.show_problem("")
        self.edited.emit()


class CodesField(FieldEditor):
    """Several codes as check boxes; arrows move between them, Space ticks, Tab goes on."""

    span = WIDE

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._columns = 0
        self.boxes: dict[str, QCheckBox] = {}
        for place, choice in enumerate(field.choices):
            box = QCheckBox(choice.label.replace("&", "&&"))
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setToolTip(choice.label)
            box.setAccessibleName(f"{field.label}: {choice.label}")
            box.clicked.connect(lambda _on=False: self.edited.emit())
            box.installEventFilter(self)
            if place:
                box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.boxes[choice.code] = box
        self._lay(CHECKS_PER_ROW)
        self.hold(holder(self._grid))
        if self.boxes:
            self.setFocusProxy(next(iter(self.boxes.values())))

    def value(self) -> object:
        return tuple(sorted(code for code, box in self.boxes.items() if box.isChecked()))

    def set_value(self, value: object) -> None:
        chosen = value.split() if isinstance(value, str) else value
        wanted = set(chosen) if isinstance(chosen, list | tuple | set | frozenset) else set()
        for code, box in self.boxes.items():
            box.setChecked(code in wanted)

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        for box in self.boxes.values():
            box.setEnabled(not on)

    def bad_part(self) -> QWidget:
        return self.caption

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=1) + 16
        self._lay(max(1, min(CHECKS_PER_ROW, (self.width() + 16) // widest)))

    def _lay(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        for place, box in enumerate(self.boxes.values()):
            self._grid.addWidget(box, place // columns, place % columns)
        for place in range(CHECKS_PER_ROW):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QCheckBox) and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._moved(watched, Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _moved(self, box: QCheckBox, key: Qt.Key) -> bool:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        boxes = list(self.boxes.values())
        place = boxes.index(box) + steps.get(key, 0)
        if key in steps and 0 <= place < len(boxes):
            boxes[place].setFocus(Qt.FocusReason.TabFocusReason)
        return key in steps


class YesNoField(FieldEditor):
    """Yes, no, or not known (pressing the chosen one again)."""

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self.yes = self._choice(translate("Có"), True)
        self.no = self._choice(translate("Không"), False)
        self.no.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._value: bool | None = None
        self.hold(holder(row(self.yes, self.no, 1)))
        self.setFocusProxy(self.yes)

    def value(self) -> object:
        return self._value

    def set_value(self, value: object) -> None:
        self._value = value if isinstance(value, bool) else None
        for part, meaning in ((self.yes, True), (self.no, False)):
            part.setChecked(self._value is meaning)
            restyle(part, used="true" if self._value is meaning else "")

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.yes.setEnabled(not on)
        self.no.setEnabled(not on)

    def _choice(self, words: str, meaning: bool) -> QPushButton:
        made = button(words, lambda: self._press(meaning), "filter")
        made.setCheckable(True)
        made.setAccessibleName(f"{self.field.label}: {words}")
        made.installEventFilter(self)
        return made

    def _press(self, meaning: bool) -> None:
        self.set_value(None if self._value is meaning else meaning)
        self.edited.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            other = {Qt.Key.Key_Right: self.no, Qt.Key.Key_Left: self.yes}.get(Qt.Key(event.key()))
            if other is not None:
                other.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)
