"""The quick note: a small box over any page; a name, a few words, Enter, and one goes on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QFrame, QLineEdit, QRadioButton, QWidget

from app import forms, open_words
from app.actions import drafts, finding, quick_note
from app.values.care_case import NoteDraft
from app.values.finding import Found
from app.values.person import PersonCard
from app.wording import translate
from app.workspace import Workspace
from ui import found_words, show
from ui.stage import Message
from ui.tasks import Failure, Lane
from ui.widgets import reading_order
from ui.widgets.found_list import FoundList, Line
from ui.widgets.parts import button, column, label, restyle, row
from ui.widgets.search_field import OneSearch

KEYS = "Ctrl+Shift+N"
KINDS = ("note", "visit", "call")
LETTERS_MAX = 2_000
PAUSE_MS = 800
WIDTH_PX, TOP_PX, EDGE_PX = 640, 72, 16


class QuickNote(QFrame):
    """`begin(id, name)` opens it; `told(message)` when a note is kept. Esc keeps what was typed."""

    told = Signal(object)
    closed = Signal()

    def __init__(self, window: QWidget, ws: Workspace, lane: Lane) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "found")
        self.setAccessibleName(translate("Ghi nhanh"))
        self._ws, self._lane = ws, lane
        self.person = ("", "")
        self._wants_first = False
        self.who = OneSearch(translate("tên người, xã, số giấy tờ…"), translate("Ghi về ai"))
        self.found = FoundList(window)
        self.kinds = QButtonGroup(self)
        self.text = QLineEdit(maxLength=LETTERS_MAX)
        self.text.setAccessibleName(translate("Nội dung ghi nhanh"))
        self.text.setPlaceholderText(translate("việc gì, ngắn gọn; Enter là lưu"))
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.act = button(translate("Lưu ghi nhanh"), self.submit, "primary", tip="Enter")
        self.back = button(translate("Thôi"), self.leave)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._lay_out()
        self._connect()
        self.hide()

    def begin(self, person_id: str = "", name: str = "") -> None:
        """Open it, about somebody when a person's page is shown, and with what was left in it."""
        self.problem.hide()
        self.act.setEnabled(True)
        if self.isHidden():
            self._set_person(person_id, name)
            self._choose("note")
            self.text.clear()
            self._lane.run(
                lambda: drafts.find(self._ws, quick_note.DRAFT), self._left_before, owner=self
            )
        self.show()
        self.place()
        (self.text if self.person[0] else self.who).setFocus()

    def leave(self) -> None:
        """Close it; what was typed is kept and there again next time."""
        self.keep()
        self._close()

    def keep(self) -> None:
        """Keep what was typed as a draft, or forget the draft of an emptied line."""
        self._pause.stop()
        ws, words = self._ws, self.text.text().strip()
        if self.isHidden() or not ws.can("enter"):
            return
        if not words:
            self._lane.run(lambda: drafts.drop(ws, quick_note.DRAFT), owner=self)
            return
        typed = {
            "person_id": self.person[0],
            "name": self.person[1],
            "note_kind": self.kind,
            "note_text": words,
        }
        self._lane.run(lambda: drafts.keep(ws, quick_note.DRAFT, typed), owner=self)

    @property
    def kind(self) -> str:
        """The chosen kind of note."""
        return KINDS[max(0, self.kinds.checkedId())]

    def submit(self) -> None:
        """Save the note, once however often Enter is pressed."""
        words = self.text.text().strip()
        if not self.person[0]:
            self._refuse(translate("Chọn người trước: gõ tên rồi Enter."), self.who)
            return
        if not words:
            self._refuse(translate("Chưa ghi gì."), self.text)
            return
        if not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        ws, whose, draft = self._ws, self.person, NoteDraft(words, self.kind)

        def work() -> str:
            case = quick_note.write(ws, whose[0], draft)
            drafts.drop(ws, quick_note.DRAFT)
            return case

        self._lane.run(work, partial(self._saved, whose[1]), self._wrong, owner=self)

    def place(self) -> None:
        """Stand in the middle above the page, wherever the window's size put it."""
        if not self.isVisible():
            return
        whole = self._window.size()
        wide = min(WIDTH_PX, whole.width() - 2 * EDGE_PX)
        tall = min(self.heightForWidth(wide), whole.height() - TOP_PX - EDGE_PX)
        self.setGeometry((whole.width() - wide) // 2, TOP_PX, wide, tall)
        self.raise_()
        self._place_found()

    def _lay_out(self) -> None:
        kinds = row(gap=16)
        for n, code in enumerate(KINDS):
            name = forms.code_label("note_kind", code)
            one = QRadioButton(translate("{kind} (F{n})", kind=name, n=n + 2))
            one.setAccessibleName(name)
            self.kinds.addButton(one, n)
            kinds.addWidget(one)
            key = QShortcut(QKeySequence(f"F{n + 2}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._choose, code))
        kinds.addStretch(1)
        hint = translate("Ghi vào ca đang mở của người ấy; chưa có ca thì ghi vào hồ sơ người.")
        self.setLayout(
            column(
                label(translate("Ghi nhanh"), "section"),
                self.who,
                kinds,
                self.text,
                self.problem,
                row(label(hint, "caption", wrap=True), self.back, self.act, gap=8),
                gap=8,
                margins=(20, 14, 20, 14),
            )
        )
        self.layout().itemAt(5).layout().setStretch(0, 1)  # type: ignore[union-attr]

    def _connect(self) -> None:
        who = self.who
        who.searched.connect(self._search)
        who.textEdited.connect(lambda _text: self._forget_person())
        who.stepped.connect(self.found.step)
        who.taken.connect(self._take)
        who.given_up.connect(self.leave)
        self.found.chosen.connect(lambda line: line.act())
        self.found.stepped.connect(who.setAccessibleDescription)
        self.text.textEdited.connect(self._typed)
        self.text.returnPressed.connect(self.submit)

    def _typed(self, words: str) -> None:
        self._pause.start()
        told = open_words.warning(words)
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        self.place()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays in the box until it is closed."""
        found = reading_order.beside(self, QApplication.focusWidget(), forward)
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
        return found is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _search(self, typed: str) -> None:
        if self.person[0] or not typed:
            self.found.hide()
            return
        ws = self._ws
        self._lane.run(
            lambda: finding.find_people(ws, typed),
            partial(self._people, typed),
            owner=self,
            key="quick-note",
        )

    def _people(self, typed: str, found: Found) -> None:
        if typed != self.who.text().strip() or self.person[0] or not self.isVisible():
            return
        lines = [self._line(one) for one in found.people]
        self.found.show_groups([("", lines)])
        self.found.setVisible(bool(lines))
        if not lines:
            self._refuse(translate("Không tìm thấy ai khớp “{query}”.", query=typed), self.who)
        else:
            self.problem.hide()
        self._place_found()
        if self._wants_first:
            self._take()

    def _take(self) -> None:
        """The current line is who is meant; an Enter faster than the answer waits for it."""
        if self.person[0]:
            self.text.setFocus()
        elif self.found.isVisible() and self.found.current is not None:
            self._wants_first = False
            self.found.current.act()
        elif self.who.text().strip():
            self._wants_first = True
            self._search(self.who.text().strip())

    def _line(self, one: PersonCard) -> Line:
        more = found_words.person(one, self._ws.today())
        return Line(one.name, more, "person", partial(self._picked, one.id, one.name))

    def _picked(self, person_id: str, name: str) -> None:
        self._set_person(person_id, name)
        self.found.hide()
        self.problem.hide()
        self.text.setFocus()

    def _set_person(self, person_id: str, name: str) -> None:
        self.person = (person_id, name)
        self.who.set_text(name)

    def _forget_person(self) -> None:
        self.person = ("", "")
        self._wants_first = False

    def _choose(self, code: str) -> None:
        self.kinds.button(KINDS.index(code)).setChecked(True)

    def _left_before(self, draft: drafts.KeptDraft | None) -> None:
        """What was begun and not saved is there again, unless the officer types already."""
        if draft is None or self.text.text() or not self.isVisible():
            return
        kept: Mapping[str, object] = draft.payload
        self._set_person(str(kept.get("person_id") or ""), str(kept.get("name") or ""))
        self._choose(str(kept.get("note_kind") or "note"))
        self.text.setText(str(kept.get("note_text") or ""))
        at = show.instant(draft.saved_at)
        self._say(translate("Đã mở lại phần đang gõ dở lúc {at}.", at=at))
        (self.text if self.person[0] else self.who).setFocus()

    def _saved(self, name: str, case_id: str) -> None:
        self.act.setEnabled(True)
        self._pause.stop()
        self.text.clear()
        self._close()
        words = (
            translate("Đã ghi vào ca của {name}.", name=name)
            if case_id
            else translate("Đã ghi vào hồ sơ của {name} (chưa có ca).", name=name)
        )
        self.told.emit(Message(words, "ok"))

    def _wrong(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.keep()
        self._refuse(failure.message, self.text)

    def _refuse(self, words: str, where: QLineEdit) -> None:
        restyle(self.problem, role="problem")
        self._say(words)
        where.setFocus()

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()
        self.place()

    def _close(self) -> None:
        self._wants_first = False
        self.found.hide()
        self.hide()
        self.closed.emit()

    def _place_found(self) -> None:
        corner = self.who.mapTo(self._window, QPoint(0, self.who.height() + 4))
        whole = self._window.size()
        room = QSize(self.who.width(), whole.height() - corner.y() - EDGE_PX)
        self.found.place(corner.x(), corner.y(), room)
        self.found.raise_()
