"""Every screen and dialog as a PNG in build/shots: 1366x768, the same at 200 %, English, contrast.

`python -m tests.shots [--scale 2] [NAME…]`; without a scale both are drawn, the second one in a
process of its own because Qt reads its scale once.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from app import workspace
from app.actions import care_case, drafts, person
from app.demo import office as demo
from app.values.care_case import CaseDraft, CasesFilter
from app.values.person import PeopleFilter

SIZE = (1366, 768)
PEOPLE = 120
PASSWORD = "Mat-khau-1945"
OUT = Path(__file__).resolve().parent.parent / "build" / "shots"


class Studio:
    """A window on the demonstration office, and a camera."""

    def __init__(self, folder: Path, prefix: str, wanted: list[str]) -> None:
        from PySide6.QtCore import QSettings
        from PySide6.QtWidgets import QApplication

        from ui.main import wire_port
        from ui.resources import theme
        from ui.stage import Memory
        from ui.tasks import Tasks
        from ui.window import Opening, Window

        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        theme.wear(application)
        self.folder, self.prefix, self.wanted = folder, prefix, wanted
        self.memory = Memory(QSettings(str(folder / "w.ini"), QSettings.Format.IniFormat))
        self.tasks = Tasks(folder / "log")
        self._make = lambda home: Window(Opening(home, self.tasks, wire_port(), self.memory))
        self.window = self._make(folder / "office")
        self.taken: list[Path] = []

    def open(self, home: Path) -> None:
        """A fresh window on a home, without the former one."""
        self.window.close()
        self.window = self._make(home)
        self.window.resize(*SIZE)
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


def prepare(home: Path) -> None:
    """The demonstration office with a draft left open, and cases."""
    demo.make(home, PEOPLE)
    minh = workspace.open(home, "minh", PASSWORD)
    drafts.keep(minh, "person:new", {"name": "Phan Văn Dở", "birth": "1962"})
    cards = person.listing(minh, PeopleFilter(), None, 5).cards
    if not care_case.cases(minh, CasesFilter()).total:
        care_case.open(minh, cards[0].id, CaseDraft("Sống một mình, cần người chăm sóc"))
    minh.db.close()


def gates(studio: Studio) -> None:
    """Pages before the frame."""
    from ui.screens.first_start import FirstStart

    studio.open(studio.folder / "nobody")
    page = studio.window.gate
    assert isinstance(page, FirstStart)
    for step, name in enumerate(("office", "units", "user", "code", "begin")):
        if step == 1:
            page.name.set_value("Phòng LĐ-TB&XH huyện Phù Cát")
            page.units = ["63:548"]
            page._show_units()
        if step == 3:
            page.code.show_code("2S6A7-9V7WJ-1EV83-SPYJ2-V7AQS-PBBNN", "Phù Cát")
        page._show(step)
        studio.take(f"gate-first-start-{step + 1}-{name}")
    studio.open(studio.folder / "office")
    studio.take("gate-sign-in")
    gate = studio.window.gate
    assert gate is not None
    gate._forgot()  # type: ignore[attr-defined]
    studio.take("gate-forgotten")
    studio.window._restore()
    studio.take("gate-restore")


def places(studio: Studio) -> None:
    """Every place of the window, as the approver and the admin see them."""
    from ui.places import places as known

    studio.open(studio.folder / "office")
    studio.sign_in("lan")
    for place in known():
        if place.picture or place.name in ("keys", "password"):
            studio.go(place.name)
            studio.take(f"place-{place.name}")
    frame = studio.window.frame
    assert frame is not None
    cards = person.listing(frame.ws, PeopleFilter(mine_victim=True), None, 5).cards
    studio.go("person", cards[0].id)
    studio.take("person")
    _every_tab(studio, "person")
    studio.go("person", "new")
    studio.take("person-new")
    cases = care_case.cases(frame.ws, CasesFilter()).cards
    studio.go("care_case", cases[0].id)
    studio.take("care-case")
    studio.go("printing", ids=tuple(card.id for card in cards[:2]))
    studio.take("printing")


def lists(studio: Studio) -> None:
    """What can open over the list of people."""
    from PySide6.QtWidgets import QApplication

    from ui.screens.people import PeopleScreen

    studio.go("people")
    assert studio.window.frame is not None
    screen = studio.window.frame.shown
    assert isinstance(screen, PeopleScreen)
    screen.list.model.tick([screen.list.model.key(n) for n in (1, 2, 4)], True)
    studio.take("people-ticked")
    screen.list.model.untick()
    screen.search_for("khong co ai")
    studio.take("people-nobody")
    screen.search_for("")
    screen.filters._press(screen.filters._filters["units"])
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.grab().save(str(OUT / f"{studio.prefix}people-filter.png"))
        popup.close()


def locked(studio: Studio) -> None:
    """Pages over the frame."""
    studio.window.second_person()
    studio.take("gate-second-person")
    studio.window._uncover()
    studio.window.lock()
    studio.take("gate-locked")
    studio.window._uncover()


def other_dress(studio: Studio) -> None:
    """English, and high contrast."""
    studio.window.change_language("en")
    for name in ("today", "people"):
        studio.go(name)
        studio.take(f"english-{name}")
    studio.window.change_language("vi")
    studio.window.change_theme()
    for name in ("today", "people"):
        studio.go(name)
        studio.take(f"contrast-{name}")
    studio.window.change_theme()


def _every_tab(studio: Studio, name: str) -> None:
    from ui.widgets.tabs import Tabs

    for tabs in studio.window.findChildren(Tabs):
        if tabs.isVisible():
            for tab in tabs.names():
                tabs.open(tab)
                studio.take(f"{name}-{tab}")


STORY: tuple[Callable[[Studio], None], ...] = (gates, places, lists, locked, other_dress)


@contextmanager
def studio_in(prefix: str, wanted: list[str]) -> Iterator[Studio]:
    """A studio on a fresh demonstration office."""
    with TemporaryDirectory(prefix="shots-") as name:
        folder = Path(name)
        prepare(folder / "office")
        studio = Studio(folder, prefix, wanted)
        try:
            yield studio
        finally:
            studio.end()


def main() -> int:
    """Draw everything; answers 0 when all pictures were taken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, choices=(1, 2))
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    if asked.scale is None:
        codes = []
        for scale in (1, 2):
            call = [sys.executable, "-m", "tests.shots", "--scale", str(scale), *asked.names]
            environment = os.environ | {"QT_SCALE_FACTOR": str(scale)}
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
            codes.append(subprocess.run(call, env=environment, check=False).returncode)
        return max(codes)
    with studio_in("" if asked.scale == 1 else "200-", asked.names) as studio:
        for part in STORY:
            part(studio)
        print(f"{len(studio.taken)} pictures in {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
