"""A person's page: who it is, everything that is known in tabs, and what waits to be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from app import forms
from app.actions import attachment, coming, drafts, flag, likeness, person, user
from app.values.coming import Due
from app.values.duplicates import Alike
from app.values.person import PersonDraft, PersonPage, Saved
from app.values.task import FlagCard
from app.wording import translate
from ui import show
from ui.screens.person_decide import Decisions
from ui.screens.person_head import PersonHead
from ui.screens.person_side import Ways, alike, groups, soon
from ui.screens.person_tabs import PersonTabs
from ui.screens.person_undoing import Undoing
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.banner import Banners
from ui.widgets.form import same
from ui.widgets.parts import column, row
from ui.widgets.save_bar import SaveBar
from ui.widgets.side_panel import SidePanel

DRAFT_PAUSE_MS = 1500
ALIKE_PAUSE_MS = 500
NEW = "new"
REPEATED = ("commune", "hamlet", "surveyed_on", "surveyed_by")
"""Fields that the next person of a paper list shares with the one before."""
LIKE = frozenset(
    "name other_name birth id_number old_id_number phone commune hamlet certificate_number "
    "head_name".split()
)
"""Typing one of these may show that the person is known already."""

Soon = tuple[tuple[Due, ...], tuple[FlagCard, ...]]
Read = tuple[PersonPage, drafts.KeptDraft | None, bytes, dict[str, str], Soon]
"""What a page needs: the person, typing left unfinished, the photo, full names by login, what
comes soon with the flags."""


class PersonScreen(Screen):
    """`opened(id)` shows a person, `opened()` begins a new one with the short form."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: PersonPage | None = None
        self._draft_at: str | None = None
        self._saving: dict[str, object] | None = None
        self.head = PersonHead()
        self.tabs = PersonTabs(stage)
        self.side = SidePanel(translate("Cần để ý"))
        self.banners = Banners()
        self.decisions = Decisions(stage, self.head, self.reload)
        self.undoing = Undoing(stage, self.save)
        self.save_bar = SaveBar()
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=DRAFT_PAUSE_MS)
        self._pause.timeout.connect(self._keep_draft)
        self._alike: tuple[Alike, ...] = ()
        self._names: Mapping[str, str] = {}
        self._soon: tuple[Due, ...] = ()
        self._typed_soon = QTimer(self, singleShot=True, interval=ALIKE_PAUSE_MS)
        self._typed_soon.timeout.connect(self._look_for_alike)
        self.tabs.edited.connect(self._edited)
        self.save_bar.saved.connect(self.save)
        self.save_bar.saved_next.connect(self.save_and_next)
        self.save_bar.undone.connect(self.tabs.undo)
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.save_and_next),
            ("Ctrl+Enter", self.save_and_next),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the person `key`, or an empty short form with the given field values."""
        self._pause.stop()
        self.key, self.page, self._draft_at = "" if key == NEW else key, None, None
        self._saving = None
        self.undoing.forget()
        self.banners.sweep()
        if self.key:
            self.reload(str(facts.get("tab", "")), stays=False)
            QTimer.singleShot(0, self, self.tabs.prepare)  # while the desk's lane reads
        else:
            self._begin_new({name: value for name, value in facts.items() if name != "tab"})

    def reload(
        self, tab: str = "", stays: bool = True, saved: dict[str, object] | None = None
    ) -> None:
        """Read the person again, and the draft that may have been left.

        What is typed and not `saved` yet stays, unless the page comes to another person.
        """
        ws, key, old = self.stage.ws, self.key, saved or {}

        def show_it(read: Read) -> None:
            now = self.tabs.changes() if stays else {}
            self._show(read, tab)
            self._put_again({n: v for n, v in now.items() if not same(v, old.get(n))})

        self.stage.tasks.desk.run(
            lambda: (
                person.page(ws, key),
                drafts.find(ws, f"person:{key}"),
                attachment.portraits(ws, (key,)).get(key, b""),
                user.names(ws),
                (coming.soon(ws, key), flag.of_person(ws, key)),
            ),
            show_it,
            self._not_read,
            owner=self,
            key="person",
        )

    def may_leave(self) -> bool:
        """What was typed is kept as a draft, so leaving is always possible."""
        if self._pause.isActive():
            self._pause.stop()
            self._keep_draft()
        self.tabs.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Somebody changed this person: read again unless something is being typed."""
        if self.key and self.key in ids and not self.tabs.changes():
            self.reload()
        elif self.key and "attachment" in entities:
            self._look_at_photo()
        self.tabs.refresh(entities)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("Ctrl+S", translate("Lưu")),
            ("Ctrl+Enter", translate("Lưu và nhập người tiếp theo")),
            ("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")),
            ("Ctrl+Z", translate("Hoàn tác")),
            ("F1", translate("Giải thích trường đang gõ, kèm căn cứ")),
        )

    def save_and_next(self) -> None:
        """Save, then begin the next person of the same list."""
        self.save(and_next=True)

    def save(self, and_next: bool = False) -> None:
        """Save what was typed; problems stand under their fields and nothing typed is lost."""
        box = self.tabs.writing
        if box is not None and box.isAncestorOf(QApplication.focusWidget() or self):
            box.submit()
            return
        changes = self.tabs.changes()
        if self._saving is not None or not self.stage.ws.can("enter"):
            return
        if not changes:
            if and_next:
                self.stage.go("person", NEW)
            return
        if self.undoing.holds(self.page, changes):
            return
        self._pause.stop()
        self._saving = changes
        ws, old = self.stage.ws, self._draft_key()
        draft = PersonDraft(self.key or None, changes, self.tabs.before() if self.key else None)

        def work() -> Saved:
            saved = person.save(ws, draft)
            drafts.drop(ws, old)
            return saved

        self.stage.tasks.desk.run(
            work, lambda saved: self._saved(saved, and_next), self._refused, owner=self
        )

    def _begin_new(self, preset: dict[str, object]) -> None:
        self.head.show_new()
        self.tabs.show_new(preset)
        self._alike = ()
        self.side.hide()
        self.decisions.show_new()
        self.save_bar.show()
        self.save_bar.save_next.show()
        self.save_bar.show_state(bool(self.tabs.changes()))
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: drafts.find(ws, f"person:{NEW}"), self._offer_draft, owner=self, key="person"
        )

    def _show(self, read: Read, tab: str) -> None:
        page, draft, photo, names, (self._soon, flags) = read
        self.page = page
        self.head.show_page(page, self.stage.ws.today(), flags)
        self.head.show_photo(photo)
        self.tabs.show_page(page, tab)
        self._alike, self._names = (), names
        self._show_side()
        self.decisions.show_page(page)
        self.save_bar.save_next.hide()
        self.save_bar.setVisible(self.stage.ws.can("enter") and page.removed_reason is None)
        self.save_bar.show_state(False, mark=show.sync(page.card.sync).text)
        self._offer_draft(draft)

    def _put_again(self, typed: dict[str, object]) -> None:
        if typed:
            self.tabs.put(typed)
            self._edited()

    def _look_at_photo(self) -> None:
        ws, key, name = self.stage.ws, self.key, self.page.card.name if self.page else ""

        def shown(photo: bytes) -> None:
            self.head.avatar.set_name(name)
            self.head.show_photo(photo)

        self.stage.tasks.desk.run(
            lambda: attachment.portraits(ws, (key,)).get(key, b""), shown, owner=self, key="photo"
        )

    def _offer_draft(self, draft: drafts.KeptDraft | None) -> None:
        if draft is None or not draft.payload:
            self.tabs.focus()
            return
        self._draft_at = draft.saved_at
        self.tabs.put(dict(draft.payload))
        self.save_bar.show_state(True, self._draft_at)
        words = translate(
            "Đã mở lại phần đang gõ dở lúc {at}; chưa lưu vào hồ sơ.",
            at=show.instant(draft.saved_at),
        )
        self.banners.tell(
            Message(words, "info", translate("Bỏ phần gõ dở"), self._drop_draft, stays=True)
        )
        self.tabs.focus()

    def _drop_draft(self) -> None:
        ws, old = self.stage.ws, self._draft_key()
        key = self.key or NEW
        self.stage.tasks.desk.run(
            lambda: drafts.drop(ws, old), lambda _done: self.opened(key), owner=self
        )

    def _draft_key(self) -> str:
        return f"person:{self.key or NEW}"

    def _edited(self) -> None:
        changed = bool(self.tabs.changes())
        self.save_bar.show_state(changed, self._draft_at, self._mark())
        self.decisions.hold(changed or self.tabs.writing is not None)
        if changed or self._draft_at:
            self._pause.start()
        if not LIKE.isdisjoint(self.tabs.changes()):
            self._typed_soon.start()

    def _look_for_alike(self) -> None:
        """Whether the person being typed is somebody known, and why; said beside the form."""
        typed = self.tabs.changes()
        known = dict(self.page.fields) if self.page is not None else {}
        ws, key = self.stage.ws, self.key
        if LIKE.isdisjoint(typed):
            return

        def found(persons: tuple[Alike, ...]) -> None:
            if key == self.key:
                self._alike = persons
                self._show_side()

        self.stage.tasks.desk.run(
            lambda: likeness.alike(ws, known | typed, key),
            found,
            lambda _failure: None,
            self,
            "person-alike",
        )

    def _show_side(self) -> None:
        """What is doubtful about the person; of a new one, only whom it may be."""
        new = alike(self._alike, lambda key: self.stage.go("person", key))
        key, shown = self.key, () if self.page is None else groups(self.page, self._ways(self.key))
        self.side.setVisible(bool(key or self._alike))
        next_ = soon(self._soon, lambda: self.tabs.show_tab("work")) if shown else None
        self.side.show_groups([one for one in (new, next_, *shown) if one is not None])

    def _ways(self, key: str) -> Ways:
        return Ways(
            self._names,
            self.tabs.go_to,
            lambda: self.stage.go("duplicates", key),
            self.decisions.part,
            self.decisions.carry_over,
            lambda: self.stage.go("conflicts", key),
            self.stage.ws.can("enter"),
        )

    def _mark(self) -> str:
        return show.sync(self.page.card.sync).text if self.page is not None else ""

    def _keep_draft(self) -> None:
        changes = self.tabs.changes()
        ws, key = self.stage.ws, self._draft_key()
        if not ws.can("enter"):
            return
        if not changes:
            self._draft_at = None
            self.stage.tasks.desk.run(lambda: drafts.drop(ws, key), owner=self)
            return

        def kept(at: str) -> None:
            if key == self._draft_key() and self._saving is None:
                self._draft_at = at
                self.save_bar.show_state(bool(self.tabs.changes()), at, self._mark())

        self.stage.tasks.desk.run(lambda: drafts.keep(ws, key, changes), kept, owner=self)

    def _saved(self, saved: Saved, and_next: bool) -> None:
        sent, self._saving = self._saving or {}, None
        self._draft_at = None
        self.banners.sweep()
        self.stage.refresh()
        name = str(self.tabs.value("name") or "")
        words = translate("Đã lưu hồ sơ của {name}.", name=name)
        if saved.pending:
            words = translate(
                "Đã lưu. Thay đổi về nhân thân, dạng, mức độ của {name} chờ người khác duyệt.",
                name=name,
            )
        if and_next:
            shared = {field: self.tabs.value(field) for field in REPEATED}
            preset = {field: value for field, value in shared.items() if value}
            self.stage.tell(Message(words, "ok"))
            self.opened(NEW, **preset)
            return
        self.key = saved.id
        self.reload(saved=sent)
        self.stage.tell(Message(words, "ok"))

    def _refused(self, failure: Failure) -> None:
        self._saving = None
        rest = self.tabs.show_problems(failure.problems)
        known = [problem for problem in failure.problems if problem not in rest]
        names = dict.fromkeys(forms.field("person", problem.field).label for problem in known)
        words = [
            translate(
                "Chưa lưu: còn {count} chỗ cần sửa ({names}).",
                count=len(names),
                names=", ".join(names),
            )
        ]
        if not names:
            words = [translate("Chưa lưu; phần đã gõ vẫn giữ ở đây.")]
        words += [problem.message for problem in rest]
        self.banners.tell(Message("\n".join(words), "bad"))
        self._keep_draft()

    def _not_read(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
        self.stage.go("people")

    def _lay_out(self) -> None:
        middle = row(self.tabs, self.side, gap=16)
        middle.setStretch(0, 1)
        asks = (self.decisions.ask, self.undoing)
        whole = column(self.head, *asks, self.banners, middle, self.save_bar, gap=12)
        whole.setStretch(4, 1)
        self.setLayout(whole)
