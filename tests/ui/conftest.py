"""Real windows without a screen: the application, an office at one PC, pictures on the way."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.actions import person
from app.workspace import Workspace
from tests import desk
from tests.desk import Desk
from ui.bridge import Bridge
from ui.garbage import Garbage
from ui.resources import theme
from ui.stage import Memory, Message, Stage
from ui.tasks import Tasks
from ui.window import Opening, Window
from ui.wire import NO_WIRE

SHOTS = Path(__file__).resolve().parent.parent.parent / "build" / "shots"
WAIT_S = 60.0


@pytest.fixture(scope="session")
def application() -> QApplication:
    """The one application of a test process, dressed in the calm theme."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.wear(application)
    return application


@pytest.fixture(autouse=True)
def no_broken_slot(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An error in a slot only prints; here it fails the test."""
    broken: list[str] = []

    def hook(kind: type[BaseException], error: BaseException, trace: object) -> None:
        broken.append("".join(traceback.format_exception(error)))

    monkeypatch.setattr(sys, "excepthook", hook)
    yield
    assert not broken, "\n".join(broken)


@pytest.fixture
def tasks(application: QApplication, tmp_path: Path) -> Iterator[Tasks]:
    """Both lanes; a test ends only when their threads are gone."""
    garbage = Garbage()
    made = Tasks(tmp_path / "log")
    yield made
    assert made.end()
    _take_down()
    garbage.end()


def _take_down() -> None:
    """A closed window is still there: its slots hold it where Python looks for no garbage, and
    each show and activation of the tests that follow would ask thousands of dead widgets."""
    for left in QApplication.topLevelWidgets():
        if isinstance(left, Window):
            left.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """What a window remembers, in a file of this test."""
    return Memory(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    """An office with lan, hoa and minh, nobody entered yet."""
    made = desk.at(home)
    yield made
    made.close()


@pytest.fixture
def crowd(office: Desk) -> Desk:
    """Three people, one of them waiting for approval."""
    for name, hamlet in (
        ("Nguyễn Thị Hường", "Vĩnh Trường"),
        ("Đinh Văn Briu", "Làng M2"),
        ("Trần Xuân Quân", "Mỹ Hóa"),
    ):
        person.save(office.minh, desk.typed(name=name, hamlet=hamlet, birth="1956"))
    everybody = person.listing(office.minh, person.PeopleFilter()).cards
    person.submit(office.minh, [everybody[0].id])
    return office


@pytest.fixture
def window_on(tasks: Tasks, memory: Memory) -> Iterator[Callable[[Path], Window]]:
    """A window on a home, shown at the size of an office's screen."""
    made: list[Window] = []

    def make(home: Path) -> Window:
        window = Window(Opening(home, tasks, NO_WIRE, memory))
        window.resize(1366, 768)
        window.begin()
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        settle(tasks)
        made.append(window)
        return window

    yield make
    for window in made:
        store = window.frames[0].ws.db if window.frames else None
        window.close()
        if store is not None:
            tasks.desk.run(store.close)
    settle(tasks)


class Told:
    """What a screen asked of the window: places it went to and messages it told."""

    def __init__(self) -> None:
        self.went: list[tuple[object, ...]] = []
        self.messages: list[Message] = []


@pytest.fixture
def told() -> Told:
    """Where the stage of this test writes what screens ask."""
    return Told()


@pytest.fixture
def stage_for(tasks: Tasks, memory: Memory, told: Told) -> Iterator[Callable[[Workspace], Stage]]:
    """A stage around a workspace, for screens that are tested without the window."""
    bridge = Bridge()

    def make(ws: Workspace) -> Stage:
        bridge.listen(ws)
        return Stage(
            ws=ws,
            tasks=tasks,
            bridge=bridge,
            port=NO_WIRE,
            memory=memory,
            go=lambda *place, **facts: told.went.append((*place, facts) if facts else place),
            back=lambda: told.went.append(("back",)),
            tell=told.messages.append,
        )

    yield make
    bridge.silence()


def until(met: Callable[[], object], wait_s: float = WAIT_S) -> None:
    """Let the window live until something holds; fails after `wait_s`."""
    end = time.monotonic() + wait_s
    while not met():
        assert time.monotonic() < end, "it did not happen in time"
        QApplication.processEvents()
        time.sleep(0.002)


def settle(tasks: Tasks) -> None:
    """Let the window live until all lanes stay idle (one answer may ask the next question)."""
    calm = 0
    while calm < 5:
        if tasks.busy:
            until(lambda: not tasks.busy)
            calm = 0
        QApplication.processEvents()
        calm += 1


def type_words(widget: QWidget, words: str) -> None:
    """Type words letter by letter, marks and all, as the keyboard sends them."""
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            held = Qt.KeyboardModifier.NoModifier
            if letter.isupper():
                held = Qt.KeyboardModifier.ShiftModifier
            QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key.Key_unknown, held, letter))


def press(widget: QWidget, key: Qt.Key, control: bool = False) -> None:
    """Press one key, with Ctrl or without."""
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(widget, key, held)


def grab(widget: QWidget, name: str) -> Path:
    """A picture of a widget as it stands, in build/shots."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    for _ in range(3):
        QApplication.processEvents()
    place = SHOTS / f"{name}.png"
    assert widget.grab().save(str(place))
    return place


class Heartbeat:
    """A watchdog over the screen's thread: the longest it was busy between two beats, in ms.

    Counted is the thread's own processor time, so that a busy machine does not fail a test;
    `longest_wait_ms` is the clock's time, which also sees waiting for files and locks.
    """

    def __init__(self) -> None:
        self.longest_ms = self.longest_wait_ms = 0.0
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Heartbeat:
        QApplication.processEvents()
        self._busy, self._clock = time.thread_time(), time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        QApplication.processEvents()
        self._timer.stop()

    def _beat(self) -> None:
        busy, clock = time.thread_time(), time.perf_counter()
        self.longest_ms = max(self.longest_ms, (busy - self._busy) * 1000)
        self.longest_wait_ms = max(self.longest_wait_ms, (clock - self._clock) * 1000)
        self._busy, self._clock = busy, clock
