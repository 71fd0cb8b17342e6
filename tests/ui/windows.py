"""What stories at the window do often: come in, open the list, look for nameless parts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.desk import PASSWORD
from tests.ui.conftest import press, type_words, until
from ui.screens.people import PeopleScreen
from ui.screens.sign_in import SignIn
from ui.window import Window


def sign_in(window: Window, login: str, password: str = PASSWORD) -> None:
    page = window.gate
    assert isinstance(page, SignIn)
    until(lambda: page.login.field is not None and page._group.buttons())
    page._choose(login)
    type_words(page.password.line, password)
    press(page.password.line, Qt.Key.Key_Return)


def people(window: Window) -> PeopleScreen:
    assert window.frame is not None
    window.frame.go("people")
    screen = window.frame.shown
    assert isinstance(screen, PeopleScreen)
    until(lambda: screen.list.model.fresh)
    return screen


def nameless(page: QWidget) -> list[str]:
    """Controls that a screen reader could not name."""
    return [
        f"{type(part).__name__} in {type(page).__name__}"
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.isVisible()
        and not part.accessibleName()
        and not (isinstance(part, QAbstractButton) and part.text())
    ]
