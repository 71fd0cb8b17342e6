"""A sheet of signs and scores: three lines to type numbers into, and the form itself to tick.

Both say the same at any time. In the table Space ticks a sign, 0, 1, 2 and X score an activity and
go on to the next one; in the lines a whole sheet is a dozen keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.wording import translate
from ui.resources import theme
from ui.widgets.parts import column, label, row

TYPES, DEGREES, ACTIVITIES = "type", "degree", "activity"
SCORES = "012X"
OPEN = "-"
BETWEEN = " ,;./"
NUMBER_PX, VALUE_PX = 52, 64


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the form; a head has no number. `part` is type, degree or activity."""

    part: str
    number: str
    words: str


class SheetEntry(QWidget):
    """`set_lines(lines)` for a form, `load(signs, signs, scores)`; `edited` tells each change."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._lines: tuple[SheetLine, ...] = ()
        self._signs: dict[str, set[str]] = {TYPES: set(), DEGREES: set()}
        self._scores: dict[str, str] = {}
        self._beyond = 0
        """How many keys were typed for which there is no activity."""
        self._read_only = False
        names = {
            TYPES: translate("Dấu hiệu dạng (mục III)"),
            DEGREES: translate("Dấu hiệu mức độ (mục IV)"),
            ACTIVITIES: translate("Điểm mười hoạt động: 0, 1, 2 hoặc X"),
        }
        self.fields = {part: self._line(part, words) for part, words in names.items()}
        self.heads = {part: label(words, "caption", wrap=True) for part, words in names.items()}
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.table = _Table(self)
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self.table.resizeRowsToContents)
        blocks = [column(self.heads[part], self.fields[part], gap=2) for part in names]
        lines = row(*blocks, gap=12)
        for place, weight in enumerate((3, 2, 3)):
            lines.setStretch(place, weight)
        whole = column(lines, self.problem, self.table, gap=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def set_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show another form; what was ticked is taken away."""
        if tuple(lines) == self._lines:
            return
        self._lines = tuple(lines)
        self._signs, self._scores = {TYPES: set(), DEGREES: set()}, {}
        scored = any(one.part == ACTIVITIES and one.number for one in lines)
        for part in (self.fields[ACTIVITIES], self.heads[ACTIVITIES]):
            part.setVisible(scored)
        self.table.show_lines(self._lines)
        self._show()
        self._redraw.start()

    def load(
        self, types: Sequence[str], degrees: Sequence[str], scores: Mapping[str, object]
    ) -> None:
        """Show what was recorded."""
        self._signs = {TYPES: set(types), DEGREES: set(degrees)}
        self._scores = {one: str(score) for one, score in scores.items()}
        self._beyond = 0
        for part in (TYPES, DEGREES):
            self.fields[part].setText(" ".join(self.signs(part)))
        self.fields[ACTIVITIES].setText(self._score_text())
        self._show()

    def signs(self, part: str) -> tuple[str, ...]:
        """The ticked signs of a part, in the order of the form; strange ones stay and are told."""
        known = [one.number for one in self._lines if one.part == part and one.number]
        strange = sorted(self._signs[part] - set(known))
        return (*(one for one in known if one in self._signs[part]), *strange)

    def scores(self) -> dict[str, object]:
        """The scores by activity, as far as they were given."""
        return {
            one: int(score) if score.isdecimal() else score for one, score in self._scores.items()
        }

    def set_read_only(self, closed: bool) -> None:
        """Only show, or let fill in."""
        self._read_only = closed
        for one in self.fields.values():
            one.setReadOnly(closed)

    def press(self, place: int, key: str) -> bool:
        """A key on a line of the table; whether it meant something there."""
        line = self._lines[place]
        if self._read_only or not line.number:
            return False
        if line.part == ACTIVITIES:
            return self._press_score(line.number, key.upper())
        if key not in (" ", "0", "1"):
            return False
        now = line.number in self._signs[line.part]
        wanted = not now if key == " " else key == "1"
        (self._signs[line.part].add if wanted else self._signs[line.part].discard)(line.number)
        self.fields[line.part].setText(" ".join(self.signs(line.part)))
        self._show()
        self.edited.emit()
        return True

    def value(self, place: int) -> str:
        """What stands at a line of the table."""
        line = self._lines[place]
        if not line.number:
            return ""
        if line.part == ACTIVITIES:
            return self._scores.get(line.number, "")
        return "✓" if line.number in self._signs[line.part] else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw.start()

    def _press_score(self, number: str, key: str) -> bool:
        if key not in (*SCORES, "\b", OPEN):
            return False
        if key in SCORES:
            self._scores[number] = key
        else:
            self._scores.pop(number, None)
        self.fields[ACTIVITIES].setText(self._score_text())
        self._show()
        self.edited.emit()
        return True

    def _line(self, part: str, words: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(words)
        if part == ACTIVITIES:
            made.textEdited.connect(self._typed_scores)
        else:
            made.setPlaceholderText("1.4 6.3" if part == TYPES else "1.1")
            made.textEdited.connect(lambda text, part=part: self._typed_signs(part, text))
        made.returnPressed.connect(lambda: made.focusNextChild())
        return made

    def _typed_signs(self, part: str, text: str) -> None:
        self._signs[part] = set(text.replace(",", " ").replace(";", " ").split())
        self._show()
        self.edited.emit()

    def _typed_scores(self, text: str) -> None:
        """One key for each activity in order; what is no score keeps its place and is told."""
        activities = [one.number for one in self._lines if one.part == ACTIVITIES and one.number]
        typed = [sign.upper() for sign in text if sign not in BETWEEN]
        self._scores = {
            number: sign for number, sign in zip(activities, typed, strict=False) if sign != OPEN
        }
        self._beyond = max(0, len(typed) - len(activities))
        self._show()
        self.edited.emit()

    def _score_text(self) -> str:
        activities = [one.number for one in self._lines if one.part == ACTIVITIES and one.number]
        return "".join(self._scores.get(one, OPEN) for one in activities).rstrip(OPEN)

    def _show(self) -> None:
        known = {one.number for one in self._lines if one.number and one.part != ACTIVITIES}
        strange = [
            one for part in (TYPES, DEGREES) for one in self._signs[part] if one not in known
        ]
        told = []
        if strange and self._lines:
            numbers = ", ".join(sorted(strange))
            told.append(translate("Phiếu này không có mục: {numbers}", numbers=numbers))
        wrong = [f"{one}: {sign}" for one, sign in self._scores.items() if sign not in SCORES]
        if wrong:
            told.append(translate("Điểm chỉ là 0, 1, 2 hoặc X; xem lại hoạt động {numbers}",
                                  numbers=", ".join(wrong)))  # fmt: skip
        if self._beyond:
            told.append(translate("Gõ thừa {count} điểm, không tính", count=self._beyond))
        self.problem.setText("\n".join(told))
        self.problem.setVisible(bool(told))
        self.table.refresh()


class _Table(QTableWidget):
    """The form as it is printed: number, words, what was ticked or scored."""

    def __init__(self, entry: SheetEntry) -> None:
        super().__init__(0, 3)
        self._entry = entry
        self.setAccessibleName(translate("Phiếu: dấu cách đánh dấu, 0 1 2 X ghi điểm"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, NUMBER_PX)
        self.setColumnWidth(2, VALUE_PX)
        self.cellDoubleClicked.connect(lambda place, _column: self._entry.press(place, " "))
        self.installEventFilter(self)

    def show_lines(self, lines: Sequence[SheetLine]) -> None:
        """Another form."""
        self.clearSpans()
        self.setRowCount(len(lines))
        for place, one in enumerate(lines):
            cells = [QTableWidgetItem(text) for text in (one.number, one.words, "")]
            for number, cell in enumerate(cells):
                if not one.number:
                    cell.setFont(theme.sized(theme.BODY_PT, bold=True))
                    cell.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(place, number, cell)
            cells[2].setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            cells[2].setFont(theme.sized(theme.BODY_PT, bold=True))
            if not one.number:
                cells[0].setText(one.words)
                self.setSpan(place, 0, 1, 3)
        self.resizeRowsToContents()

    def refresh(self) -> None:
        """Show what stands at each line."""
        marked = QBrush(QColor(theme.worn().brand_soft))
        for place in range(self.rowCount()):
            cells = [self.item(place, number) for number in range(3)]
            value = self._entry.value(place)
            if cells[2] is None or cells[2].text() == value:
                continue
            cells[2].setText(value)
            for cell in cells:
                if cell is not None:
                    cell.setBackground(marked if value else QBrush())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.text().upper() in (*SCORES, " "):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentRow()
        key = "\b" if event.key() == Qt.Key.Key_Backspace else event.text()
        if 0 <= place < self.rowCount() and key and self._entry.press(place, key):
            if key != " ":
                self._go_on(place)
            return
        super().keyPressEvent(event)

    def _go_on(self, place: int) -> None:
        for following in range(place + 1, self.rowCount()):
            cell = self.item(following, 0)
            if cell is not None and cell.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentCell(following, 0)
                return
