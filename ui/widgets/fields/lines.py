"""Fields of one line: text, names, numbers, money, telephones, dates; and the note of many."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.forms import FormField, date_read, date_shown, date_trouble, may_come
from app.wording import translate
from ui.show import number
from ui.widgets.fields.editor import WIDE, FieldEditor

TEXT_MAX = 500
NOTE_ROWS = 3
CURRENCY = "\u0111"
PHONE_DIGITS = range(9, 12)
ID_DIGITS = (9, 12)


class TextField(FieldEditor):
    """A line of text; base of the other lines."""

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self.line = QLineEdit(maxLength=TEXT_MAX)
        self.line.textEdited.connect(self._typed)
        self.hold(self.line)

    def value(self) -> object:
        return self.line.text().strip()

    def set_value(self, value: object) -> None:
        self.line.setText("" if value is None else self.shown(value))
        self.line.setCursorPosition(0)
        self.warn_of("")

    def shown(self, value: object) -> str:
        """A value as it stands in the line."""
        return str(value)

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.line.setReadOnly(on)

    def _typed(self, text: str) -> None:
        if self.has_problem:
            self.show_problem("")
        if self.field.type == "text":
            self.warn_of(text)
        self.edited.emit()


class NumberField(TextField):
    """A whole number."""

    def trouble(self) -> str:
        words = str(self.value())
        if words and not words.isdecimal():
            return translate("Chỉ gõ chữ số.")
        return ""


class MoneyField(TextField):
    """An amount of đồng; its thousands are parted when the field is left."""

    def value(self) -> object:
        words = self.line.text().lower().replace(CURRENCY, "")
        return "".join(sign for sign in words if sign not in " .,\u00a0")

    def shown(self, value: object) -> str:
        words = str(value)
        return number(int(words)) if words.isdecimal() else words

    def trouble(self) -> str:
        words = str(self.value())
        return "" if not words or words.isdecimal() else translate("Gõ số tiền bằng chữ số.")

    def left(self) -> None:
        super().left()
        self.set_value(self.value())


class IdentityField(TextField):
    """An identity number: 12 digits, or 9 of an old one; odd lengths are a remark only."""

    def value(self) -> object:
        return "".join(sign for sign in self.line.text() if sign not in " .-")

    def trouble(self) -> str:
        words = str(self.value())
        if not words:
            return ""
        if not words.isdecimal():
            return translate("Số định danh chỉ gồm chữ số.")
        if len(words) not in ID_DIGITS:
            return translate("Số định danh thường có 12 chữ số; đang có {count}.", count=len(words))
        return ""


class PhoneField(TextField):
    """A telephone number, shown in groups, kept as digits."""

    def value(self) -> object:
        return "".join(sign for sign in self.line.text() if sign.isdecimal())

    def shown(self, value: object) -> str:
        words = str(value)
        return f"{words[:-6]} {words[-6:-3]} {words[-3:]}" if len(words) > 8 else words

    def trouble(self) -> str:
        count = len(str(self.value()))
        if not self.line.text().strip() or count in PHONE_DIGITS:
            return ""
        return translate("Số điện thoại thường có 10 chữ số; đang có {count}.", count=count)


class DateField(TextField):
    """A date typed as 12/3/1971, 3/1971 or 1971; the day is never invented."""

    def __init__(self, field: FormField, today: date) -> None:
        super().__init__(field)
        self._today, self._future = today, may_come(field.name)
        self.line.setPlaceholderText(translate("ngày/tháng/năm, hoặc năm"))

    def value(self) -> object:
        words = self.line.text().strip()
        return (self._read(words) or words) if words else ""

    def shown(self, value: object) -> str:
        return date_shown(str(value)) if self._read(str(value)) else str(value)

    def trouble(self) -> str:
        words = self.line.text().strip()
        if not words or self._read(words):
            return ""
        return date_trouble(words, self._today)

    def left(self) -> None:
        super().left()
        read = self._read(self.line.text().strip())
        if read:
            self.line.setText(date_shown(read))

    def _read(self, words: str) -> str | None:
        return date_read(words, self._today, self._future)


class NoteField(FieldEditor):
    """Several lines of text; Tab moves on, Enter makes a new line."""

    span = WIDE

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setUndoRedoEnabled(False)
        rows = NOTE_ROWS * self.text.fontMetrics().lineSpacing() + 22
        self.text.setFixedHeight(rows)
        self._filling = False
        self.text.textChanged.connect(self._typed)
        self.hold(self.text)

    def value(self) -> object:
        return self.text.toPlainText().strip()

    def set_value(self, value: object) -> None:
        self._filling = True
        self.text.setPlainText("" if value is None else str(value))
        self._filling = False
        self.warn_of("")

    def set_read_only(self, on: bool) -> None:
        super().set_read_only(on)
        self.text.setReadOnly(on)

    def enter_moves_on(self) -> bool:
        return False

    def _typed(self) -> None:
        if not self._filling:
            self.warn_of(self.text.toPlainText())
            self.edited.emit()


class PasswordField(TextField):
    """A password, shown as dots; CapsLock and unfinished Vietnamese typing are told."""

    def __init__(self, field: FormField) -> None:
        super().__init__(field)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText
        )

    def value(self) -> object:
        return self.line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.hint.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._tell_marks(event)
        return super().eventFilter(watched, event)

    def left(self) -> None:
        """A password is judged when it is used."""

    def _tell_marks(self, event: QKeyEvent) -> None:
        words = event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if words.isalpha() and (not words.isascii() or words.isupper() != shifted):
            self.hint.setText(
                translate("Đang gõ có dấu hoặc chữ hoa (CapsLock, Unikey): kiểm tra lại.")
            )
            self.hint.show()
