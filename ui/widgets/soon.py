"""What is done at the window's next turn."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, act: Callable[[], object]) -> None:
    """Do it when the window has drawn breath, unless `owner` is gone by then.

    `QTimer.singleShot(0, owner, act)` would keep an owner that went before, and all it holds, for
    good: a page with its store.
    """
    turn = QTimer(owner, singleShot=True, interval=0)
    turn.timeout.connect(act)
    turn.timeout.connect(turn.deleteLater)
    turn.start()
