"""A window of its own process that types into a sheet and then lives on, until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.shots import Studio


def main(home: Path, session: str, signs: str) -> None:
    """Sign in, open the session, type; nothing is saved and nobody leaves the page."""
    from PySide6.QtTest import QTest

    from tests.ui.conftest import until
    from ui.screens.council_session import CouncilSessionScreen

    studio = Studio(home.parent / "child", "plain", [])
    studio.open(home)
    studio.sign_in("minh")
    studio.go("council_session", session)
    assert studio.window.frame is not None
    page = studio.window.frame.shown
    assert isinstance(page, CouncilSessionScreen)
    until(lambda: page.pane.card is not None)
    QTest.keyClicks(page.pane.sheet.entry.fields["type"], signs)
    while True:
        QTest.keyClicks(page.pane.sheet.observed, "x")  # never a pause
        QTest.qWait(200)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
