"""Somebody at the window who has a keyboard and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from tests.desk import PASSWORD
from tests.ui.conftest import grab, settle, until
from ui.screens.sign_in import SignIn
from ui.stage import Screen
from ui.tasks import Tasks
from ui.window import Window

TABS_MAX = 220
Shown = TypeVar("Shown", bound=Screen)


class Officer:
    """Keys go where the cursor stands, as the system sends them; eyes read what is shown."""

    def __init__(self, window: Window, tasks: Tasks) -> None:
        self.window, self.tasks = window, tasks

    def press(
        self, key: Qt.Key, control: bool = False, alt: bool = False, shift: bool = False
    ) -> None:
        """Press one key with what is held."""
        held = Qt.KeyboardModifier.NoModifier
        for on, modifier in (
            (control, Qt.KeyboardModifier.ControlModifier),
            (alt, Qt.KeyboardModifier.AltModifier),
            (shift, Qt.KeyboardModifier.ShiftModifier),
        ):
            held = held | modifier if on else held
        QTest.keyClick(self._under_keys(), key, held)
        QApplication.processEvents()  # no hand is faster than a turn of the event loop

    def enter(self, times: int = 1) -> None:
        """Press Enter."""
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def type(self, words: str) -> None:
        """Type words letter by letter, marks and all."""
        for letter in words:
            held = Qt.KeyboardModifier.NoModifier
            if letter.isupper():
                held = Qt.KeyboardModifier.ShiftModifier
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, held, letter)
                QApplication.sendEvent(self._under_keys(), event)

    def rub_out(self) -> None:
        """Empty the field under the cursor."""
        self.press(Qt.Key.Key_A, control=True)
        self.press(Qt.Key.Key_Delete)

    def tab_to(self, name: str) -> None:
        """Press Tab until the cursor stands on the control of this name."""
        for _ in range(TABS_MAX):
            if self.at.startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name!r}; it ends at {self.at!r}")

    def push(self, name: str) -> None:
        """Go to a button with Tab and press it with Space."""
        self.tab_to(name)
        self.press(Qt.Key.Key_Space)

    def push_and_name(self, name: str, file: Path) -> None:
        """Push a button that asks for a file, and name it in the dialog that opens."""
        looking = QTimer()

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog) and dialog.isVisible():
                looking.stop()
                line = dialog.findChild(QLineEdit, "fileNameEdit")
                line.selectAll()
                line.insert(str(file))
                QTest.keyClick(line, Qt.Key.Key_Return)

        looking.timeout.connect(answer)
        looking.start(10)
        self.push(name)
        looking.stop()
        self.come_back()

    def choose(self, typed: str) -> None:
        """Type into a field with a list and take the first that is offered."""
        self.type(typed)
        until(lambda: QApplication.activePopupWidget() is not None)
        self.enter()
        self.come_back()

    def come_back(self) -> None:
        """Wait until lists and menus are closed and the window is the active one again.

        A system gives the keys back to the window by itself; without a screen nobody does.
        """
        until(lambda: QApplication.activePopupWidget() is None)
        self.window.activateWindow()
        until(self.window.isActiveWindow)

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Come in at the gate: the name, the password, Enter."""
        gate = self.window.gate
        assert isinstance(gate, SignIn)
        until(lambda: gate._group.buttons())
        self.rest()
        names = [button.accessibleName() for button in gate._group.buttons()]
        there = next(n for n, name in enumerate(names) if name.endswith(f" {login}"))
        for _ in range(TABS_MAX):
            if gate.login.value() == login and gate.password.line.hasFocus():
                break
            here = names.index(self.at) if self.at in names else None
            if here is None:
                self.press(Qt.Key.Key_Backtab)
            elif here == there:
                self.press(Qt.Key.Key_Space)
            else:
                self.press(Qt.Key.Key_Right if there > here else Qt.Key.Key_Left)
        self.type(password)
        self.enter()
        until(lambda: self.window.frame is not None and self.window.gate is None)
        settle(self.tasks)

    def go(self, number: int) -> None:
        """Alt and a number: a place of the navigation."""
        self.press(Qt.Key(Qt.Key.Key_0.value + number), alt=True)
        self.rest()

    def rest(self) -> None:
        """Wait until everything is read and drawn."""
        settle(self.tasks)

    def hear(self) -> None:
        """Wait until the window was told what others wrote, and has read it."""
        self.rest()
        until(lambda: not self.window.bridge._timer.isActive())
        self.rest()

    def photo(self, name: str) -> Path:
        """A picture of the window as it stands."""
        self.rest()
        return grab(self.window, name)

    def sees(self, words: str) -> bool:
        """Whether these words can be read anywhere in the window."""
        return any(words in text for text in self._texts())

    def wait_for(self, words: str) -> None:
        """Wait until these words can be read."""
        until(lambda: self.sees(words))

    def until(self, met: Callable[[], object]) -> None:
        """Wait until something holds."""
        until(met)

    def screen(self, kind: type[Shown]) -> Shown:
        """The page that is shown, which must be of this kind."""
        until(lambda: self.window.frame is not None and isinstance(self.window.frame.shown, kind))
        assert self.window.frame is not None
        shown = self.window.frame.shown
        assert isinstance(shown, kind)
        return shown

    @property
    def at(self) -> str:
        """The name of the control the cursor stands on, as it is read out."""
        now = QApplication.focusWidget()
        return now.accessibleName() if now is not None else ""

    def _under_keys(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is None and not self.window.isActiveWindow():
            self.come_back()
        return popup or QApplication.focusWidget() or self.window

    def _texts(self) -> list[str]:
        shown = []
        for part in self.window.findChildren(QWidget):
            if isinstance(part, QLabel | QAbstractButton) and part.isVisible():
                shown.append(part.text())
            if part.isVisible() and part.accessibleName():
                shown.append(part.accessibleName())
        return shown
