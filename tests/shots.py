"""Every screen and dialog as a PNG in build/shots: 1366x768, at 200 %, on a small screen at 200 %.

`python -m tests.shots [--view NAME] [PART…]`; without a view all are drawn, each in a process of
its own because Qt reads its scale once. What is drawn stands in tests/shots_story.py.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SIZE = (1366, 768)
VIEWS = {
    "plain": ("", 1, SIZE),
    "200": ("200-", 2, SIZE),
    "small": ("200-small-", 2, (960, 540)),  # a screen of 1920x1080 at 200 %
}
PASSWORD = "Mat-khau-1945"
OUT = Path(__file__).resolve().parent.parent / "build" / "shots"


class Studio:
    """A window on the demonstration office, and a camera."""

    def __init__(self, folder: Path, view: str, wanted: list[str]) -> None:
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from ui.garbage import Garbage
        from ui.main import wire_port
        from ui.resources import theme
        from ui.stage import Memory
        from ui.tasks import Tasks
        from ui.window import Opening, Window

        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        theme.wear(application)
        self.garbage = Garbage()  # widgets are never destroyed by another thread
        self.folder, self.wanted = folder, wanted
        self.prefix, _scale, self.size = VIEWS[view]
        self.memory = Memory(QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat))
        self.tasks = Tasks(folder / "log")
        self._make = lambda home: Window(Opening(home, self.tasks, wire_port(), self.memory))
        self.window = self._make(folder / "office")
        self.taken: list[Path] = []

    def open(self, home: Path) -> None:
        """A fresh window on a home, without the former one."""
        self.window.close()
        self.window = self._make(home)
        self.window.resize(*self.size)
        self.window.begin()
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Wait until everything is read and drawn."""
        from PySide6.QtTest import QTest

        from tests.ui.conftest import settle

        settle(self.tasks)
        QTest.qWait(120)
        settle(self.tasks)

    def take(self, name: str) -> None:
        """A picture of the window now."""
        if self.wanted and not any(one in name for one in self.wanted):
            return
        self.settle()
        OUT.mkdir(parents=True, exist_ok=True)
        place = OUT / f"{self.prefix}{name}.png"
        assert self.window.grab().save(str(place))
        self.taken.append(place)

    def take_popup(self, name: str) -> None:
        """A picture of the list or menu that is open over the window; it is closed."""
        from PySide6.QtWidgets import QApplication

        self.settle()
        popup = QApplication.activePopupWidget()
        assert popup is not None, name
        if not self.wanted or any(one in name for one in self.wanted):
            OUT.mkdir(parents=True, exist_ok=True)
            place = OUT / f"{self.prefix}{name}.png"
            assert popup.grab().save(str(place))
            self.taken.append(place)
        popup.close()
        self.settle()

    def sign_in(self, login: str) -> None:
        """Come in as somebody."""
        from tests.ui.conftest import until
        from ui.screens.sign_in import SignIn

        page = self.window.gate
        assert isinstance(page, SignIn)
        page.login.set_value(login)
        page.password.set_value(PASSWORD)
        page.submit()
        until(lambda: self.window.frame is not None)
        self.settle()

    def go(self, name: str, key: str = "", **facts: object) -> None:
        """Another place."""
        assert self.window.frame is not None
        self.window.frame.go(name, key, **facts)
        self.settle()

    def end(self) -> None:
        """Put everything away."""
        stores = [frame.ws.db for frame in self.window.frames[:1]]
        self.window.close()
        self.tasks.end()
        for store in stores:
            store.close()


@contextmanager
def studio_in(view: str, wanted: list[str]) -> Iterator[Studio]:
    """A studio on a fresh demonstration office."""
    with TemporaryDirectory(prefix="shots-") as name:
        folder = Path(name)
        from tests.shots_story import prepare

        prepare(folder / "office")
        studio = Studio(folder, view, wanted)
        try:
            yield studio
        finally:
            studio.end()


def main() -> int:
    """Draw everything; answers 0 when all pictures were taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--view", choices=tuple(VIEWS))
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    if asked.view is None:
        codes = []
        for view, (_prefix, scale, _size) in VIEWS.items():
            call = [sys.executable, "-m", "tests.shots", "--view", view, *asked.names]
            environment = os.environ | {"QT_SCALE_FACTOR": str(scale)}
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
            codes.append(subprocess.run(call, env=environment, check=False).returncode)
        return max(codes)
    from tests.shots_story import STORY

    with studio_in(asked.view, asked.names) as studio:
        for part in STORY:
            part(studio)
        print(f"{len(studio.taken)} pictures in {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
