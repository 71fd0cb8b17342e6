"""The window: the gate (sign in, first start, lock), then a frame for each signed-in person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from app.actions import backup, housekeeping, office, settings
from app.forms import PRODUCT
from app.wording import language, set_language, translate
from app.workspace import Workspace
from ui import front
from ui.bridge import Bridge
from ui.frame import Frame, Parts
from ui.places import preload
from ui.resources import theme
from ui.screens.backup_restore import BackupRestore
from ui.screens.first_start import FirstStart
from ui.screens.lock import LockPage
from ui.screens.second import SecondPage
from ui.screens.sign_in import SignIn
from ui.stage import Memory, Message
from ui.syncing import Syncing
from ui.tasks import Failure, Tasks
from ui.widgets.gate import Gate
from ui.widgets.top_bar import MenuLine
from ui.wire import WirePort

SIZE_PX = (1366, 768)
ACTS = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress}
ACTIVITY = ACTS | {QEvent.Type.Wheel, QEvent.Type.MouseMove}
MINUTE_MS = 60_000
HOUSEKEEPING_AFTER_MS = 20_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What the program opens its window with."""

    home: Path
    tasks: Tasks
    port: WirePort
    memory: Memory


class Window(QMainWindow):
    """One window on one home. `begin()` shows the gate; the rest follows from what is done."""

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening
        self.tasks, self.memory = opening.tasks, opening.memory
        self.bridge = Bridge(self)
        self.syncing = Syncing(opening.tasks, opening.port, self)
        self.frames: list[Frame] = []
        self.pages = QStackedWidget()
        self.setCentralWidget(self.pages)
        self.setWindowTitle(PRODUCT)
        self.bridge.changed.connect(self._users_changed)
        self._lock_after = QTimer(self, singleShot=True)
        self._lock_after.timeout.connect(self.lock)
        for lane in self.tasks.lanes:
            lane.on_failure = self.tell_failure
        self._restore_size()

    @property
    def frame(self) -> Frame | None:
        """The frame of whoever works now."""
        return self.frames[-1] if self.frames else None

    @property
    def gate(self) -> QWidget | None:
        """The page that stands before the frame, when nobody works."""
        now = self.pages.currentWidget()
        return None if now is None or isinstance(now, Frame) else now

    def begin(self) -> None:
        """Show what comes first: five steps for a new home, else the names to sign in."""
        home = self.opening.home
        cut_off = backup.restore_pending(home)
        if cut_off:
            finish = partial(backup.finish_restore, home)
            self.tasks.desk.run(finish, self._restored, owner=self)
        self.tasks.wire.run(preload)
        if cut_off or office.exists(home):
            self._show_gate(self._sign_in())
        else:
            page = FirstStart(home, self.tasks.desk)
            page.finished.connect(self._first_entered)
            page.language_asked.connect(self.change_language)
            page.restore_asked.connect(self._restore)
            self._show_gate(page)

    def _restore(self) -> None:
        """Bring a backup back; afterwards people sign in to what it holds."""
        page = BackupRestore(self.opening.home, self.tasks.desk)
        page.language_asked.connect(self.change_language)
        page.left.connect(self.begin)
        page.restored.connect(self._restored)
        self._show_gate(page)

    def _restored(self, words: str) -> None:
        page = self._sign_in()
        self._show_gate(page)
        page.say(words, "ok")

    def enter(self, ws: Workspace, place: str = "") -> None:
        """Open the frame of the first person on this store."""
        self.bridge.listen(ws)
        self._read_lock_time(ws)
        self._show_frame(ws)
        self.syncing.begin(ws)
        self._keep_house(ws)
        if place and self.frame is not None:
            self.frame.go(place)

    def _keep_house(self, ws: Workspace) -> None:
        """The day's backup and the like, when the first list stands and beside the desk's lane."""

        def keep() -> None:
            if self.frames and self.frames[0].ws is ws:
                self.tasks.wire.run(lambda: housekeeping.after_sign_in(ws), owner=self)

        QTimer.singleShot(HOUSEKEEPING_AFTER_MS, self, keep)

    def join(self, ws: Workspace) -> None:
        """A second person works in front; the first one's page stays as it is behind."""
        self._show_frame(ws)
        self._tell_who_waits()

    def _tell_who_waits(self) -> None:
        if len(self.frames) < 2:
            return
        words, act = front.told(self.frames[-1].ws, self.frames[-2].ws)
        self.frames[-1].tell(Message(words, "info", act, self.give_back, stays=True))

    def visit(self, ws: Workspace, place: str = "") -> None:
        """Another office's book in front of the own one, which stays as it is."""
        self._show_frame(ws)
        if place:
            self.frames[-1].go(place)
        self._tell_who_waits()

    def give_back(self) -> None:
        """The second person is done, or the other book is closed; what was behind goes on."""
        if len(self.frames) < 2 or not self.frames[-1].may_leave():
            return
        self._drop(self.frames.pop())
        self.pages.setCurrentWidget(self.frames[-1])
        self.frames[-1].resume()
        self.frames[-1].refresh()

    def lock(self) -> None:
        """Hide everything behind the password of whoever works now."""
        if self.frame is None or self.gate is not None:
            return
        self._lock_after.stop()
        self.frame.banners.leave_page()
        page = LockPage(self.frame.ws, self.tasks.desk)
        page.unlocked.connect(self._unlocked)
        page.left.connect(self.sign_out)
        self._show_gate(page)

    def sign_out(self) -> None:
        """Close the store and show the names again; drafts are kept."""
        if all(frame.may_leave() for frame in self.frames):
            self._close_store()

    def _close_store(self) -> None:
        self.syncing.end()
        self.bridge.silence()
        self._lock_after.stop()
        ws = self.frames[0].ws if self.frames else None
        while self.frames:
            self._drop(self.frames.pop())
        if ws is not None:
            self.tasks.close(ws.db.close)
        self.begin()

    def second_person(self) -> None:
        """Ask another person's name and password; the work of the first one stays open."""
        if self.frame is None:
            return
        page = SecondPage(self.frame.ws, self.tasks.desk)
        page.joined.connect(self._joined)
        page.left.connect(self._unlocked)
        self._show_gate(page)

    def change_language(self, code: str = "") -> None:
        """The other language, everywhere, at once."""
        set_language(code or ("en" if language() == "vi" else "vi"))
        self.memory.put("language", language())
        self._renew_all()

    def change_theme(self) -> None:
        """The calm theme, or the one of high contrast."""
        name = "contrast" if theme.worn().name == "calm" else "calm"
        self.memory.put("theme", name)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        theme.wear(application, name)
        self._renew_all()

    def _menu(self) -> tuple[MenuLine, ...]:
        other = translate("English") if language() == "vi" else translate("Tiếng Việt")
        calm = theme.worn().name == "calm"
        return (
            MenuLine(translate("Người khác vào nhanh"), self.second_person, "users"),
            MenuLine(translate("Khóa màn hình"), self.lock, "lock", "Ctrl+L"),
            MenuLine(translate("Đổi mật khẩu"), lambda: self._go("password"), "key"),
            MenuLine(),
            MenuLine(other, self.change_language, "language"),
            MenuLine(
                translate("Tương phản cao") if calm else translate("Màu thường"),
                self.change_theme,
                "palette",
            ),
            MenuLine(translate("Các phím tắt"), self._show_keys, "help", "Ctrl+/"),
            MenuLine(),
            MenuLine(translate("Đăng xuất"), self.sign_out, "exit"),
        )

    def _go(self, name: str) -> None:
        if self.frame is not None:
            self.frame.go(name)

    def _show_keys(self) -> None:
        if self.frame is not None:
            self.frame.show_keys()

    def _show_frame(self, ws: Workspace) -> Frame:
        parts = Parts(self.tasks, self.bridge, self.syncing, self.opening.port, self.opening.memory)
        frame = Frame(ws, parts, self._menu())
        frame.renewed.connect(self._renew_all)
        frame.lock_asked.connect(self.lock)
        frame.second_asked.connect(self.second_person)
        frame.book_asked.connect(self.visit)
        frame.book_left.connect(self.give_back)
        self.frames.append(frame)
        self.pages.addWidget(frame)
        self._uncover()
        QTimer.singleShot(0, frame, frame.begin)
        self.syncing.look()
        return frame

    def _sign_in(self) -> SignIn:
        page = SignIn(self.opening.home, self.tasks.desk, self.memory)
        page.entered.connect(self.enter)
        page.language_asked.connect(self.change_language)
        page.restore_asked.connect(self._restore)
        return page

    def _first_entered(self, ws: Workspace, place: str) -> None:
        self.memory.put("login", ws.user.login)
        self.enter(ws, place)

    def _joined(self, ws: Workspace) -> None:
        """Who comes in while the approval desk is shown has come to approve."""
        place = self.frame.place if self.frame is not None else ""
        self.join(ws)
        if place == "approval":
            self._go(place)

    def _unlocked(self) -> None:
        self._uncover()
        self._lock_after.start()
        self._look_at_users()

    def _show_gate(self, page: QWidget) -> None:
        if self.frame is not None:
            self.frame.hold()
        self._remove_gate()
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def _remove_gate(self) -> None:
        page = self.gate
        if page is not None:
            self.pages.removeWidget(page)
            page.deleteLater()

    def _uncover(self) -> None:
        self._remove_gate()
        if self.frame is not None:
            self.pages.setCurrentWidget(self.frame)
            self.frame.resume()

    def _drop(self, frame: Frame) -> None:
        self.pages.removeWidget(frame)
        frame.deleteLater()

    def _renew_all(self) -> None:
        """Build frames and gate again: another language, theme, role or office."""
        self.setWindowTitle(PRODUCT)
        if not all(frame.may_leave() for frame in self.frames):
            return
        closed = [frame.ws for frame in self.frames if frame.ws.own and not frame.ws.still()]
        held = [(f.ws.reopened(), f.place) for f in self.frames if f.ws not in closed]
        while self.frames:
            self._drop(self.frames.pop())
        if not held:
            self.begin()
            return
        for ws, place in held:
            frame = self._show_frame(ws)
            frame.go(place)
        self._tell_who_waits()
        for ws in closed:
            frame.tell(Message(front.put_out(ws), "info", stays=True))

    def _users_changed(self, entities: frozenset[str], _ids: frozenset[str]) -> None:
        if not entities.isdisjoint(("user", "office_grant")):
            self._look_at_users()

    def _look_at_users(self) -> None:
        """A role changed on another PC counts at once here, and who was stopped goes out."""
        for frame in self.frames:

            def told(now: Workspace | None, frame: Frame = frame) -> None:
                self._user_stands(frame, now)

            self.tasks.desk.run(frame.ws.still, told, owner=frame)

    def _user_stands(self, frame: Frame, now: Workspace | None) -> None:
        if frame not in self.frames:
            return
        if now is None:
            self._put_out(frame)
            return
        moved = (now.user, now.others) != (frame.ws.user, frame.ws.others)
        if moved and self.gate is None:  # a locked page looks when opened
            self._renew_all()

    def _put_out(self, frame: Frame) -> None:
        """Sign out who was stopped; a first person who stays goes on working."""
        words = front.put_out(frame.ws)
        if frame is not self.frames[0]:
            self.frames.remove(frame)
            self._drop(frame)
            if self.gate is None:
                self.pages.setCurrentWidget(self.frames[-1])
            self.frames[-1].tell(Message(words, "info", stays=True))
            return
        self._close_store()
        gate = self.gate
        if isinstance(gate, SignIn):
            gate.say(words, "info")

    def _read_lock_time(self, ws: Workspace) -> None:
        self.tasks.desk.run(
            lambda: settings.current(ws).auto_lock_minutes, self._start_lock, owner=self
        )

    def _start_lock(self, minutes: int) -> None:
        self._lock_after.setInterval(minutes * MINUTE_MS)
        self._lock_after.start()

    def tell_failure(self, failure: Failure) -> None:
        """Say above the page why something did not succeed, when nobody else does."""
        if self.frame is not None:
            self.frame.tell_failure(failure)
        elif isinstance(self.gate, Gate):
            self.gate.say_failure(failure)

    def _restore_size(self) -> None:
        kept = self.memory.get("geometry")
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(SIZE_PX[0], screen.width()), min(SIZE_PX[1], screen.height()))
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(kept.encode()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.windowHandle().installEventFilter(self)  # keys and mouse only, not every event

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in ACTIVITY and self._lock_after.isActive():
            self._lock_after.start()
        if event.type() in ACTS and self.frame is not None:
            self.frame.banners.went_on()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not all(frame.may_leave() for frame in self.frames):
            event.ignore()
            return
        kept = bytes(self.saveGeometry().toBase64().data()).decode()
        self.memory.put("geometry", kept)
        self.syncing.end()
        self.bridge.silence()
        event.accept()
