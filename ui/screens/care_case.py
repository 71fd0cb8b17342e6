"""The page of a case: why it was opened, what was done, what may happen next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from app import forms
from app.actions import care_case, case_note, user
from app.values.care_case import (
    CaseDecision,
    CaseEdit,
    CasePage,
    ClosingDraft,
    NoteCard,
)
from app.wording import translate
from ui import show
from ui.screens.case_chips import case_chip
from ui.screens.case_note_box import NoteBox
from ui.screens.person_belongings import Actions, entry
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.badge import Badge
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

EDIT_FIELDS = ("open_reason", "worker", "opened_on", "case_number")
CLOSE_FIELDS = ("close_reason", "closed_on", "close_note")
TOUCHING = frozenset({"care_case", "case_note"})


class CareCaseScreen(Screen):
    """`opened(case_id)`; notes are written at the top, newest first below."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: CasePage | None = None
        self._names: dict[str, str] = {}
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self.head = PageHead(translate("Ca"))
        self._actions = row(gap=8)
        self._facts = column(gap=4)
        self._notes = column(gap=10)
        self.ask = AskReason()
        self.ask.given.connect(lambda reason: self._run(lambda: self._with_reason(reason)))
        self.note = NoteBox(stage)
        self.note.saved.connect(self.reload)
        self.closing = self._form("care_case", _named("care_case", CLOSE_FIELDS))
        self.editing = self._form("care_case", _named("care_case", EDIT_FIELDS))
        self.ending = self._box(translate("Kết thúc ca"), self.closing, self._close, "danger")
        self.correction = self._box(translate("Sửa ca"), self.editing, self._save_edit, "")
        self._lay_out()
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self._save_what_is_open)

    def _lay_out(self) -> None:
        body = column(
            Card("", holder(self._facts)),
            self.correction,
            self.ending,
            self.note,
            self._notes,
            1,
            gap=12,
        )
        top = row(self.head, self._actions, gap=8)
        top.setStretch(0, 1)
        whole = column(top, self.ask, Scroll(holder(body)), gap=12)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _box(self, title: str, form: Form, act: Callable[[], None], role: str) -> Card:
        made = Card(title, form)
        made.add(row(1, button(translate("Thôi"), self._leave_boxes), button(title, act, role)))
        made.hide()
        return made

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the case `key`."""
        self.key = key or self.key
        self.page = None
        self._leave_boxes()
        self.ask.hide()
        self.note.begin(self.key)
        self.reload()

    def may_leave(self) -> bool:
        """A note begun is kept as a draft, so leaving is always possible."""
        self.note.keeping.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when this case or its notes changed."""
        if self.key and entities & TOUCHING:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("Ctrl+S", translate("Lưu ghi chép")),
            ("F1", translate("Giải thích trường đang gõ, kèm căn cứ")),
        )

    def reload(self) -> None:
        """Read the case again."""
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: (care_case.page(ws, key), user.names(ws)),
            self._show,
            owner=self,
            key="care_case",
        )

    def _form(self, record: str, fields: tuple[forms.FormField, ...]) -> Form:
        section = forms.FormSection(record, "", fields)
        return Form((section,), sources_of(self.stage.ws), titled=False)

    def _show(self, read: tuple[CasePage, dict[str, str]]) -> None:
        self.page, self._names = read
        page = read[0]
        card = page.card
        self.head.set_title(card.person_name)
        self.head.set_purpose(
            translate(
                "{number} · mở {day} · phụ trách: {worker}",
                number=card.case_number or translate("ca chưa có số"),
                day=forms.date_shown(card.opened_on),
                worker=card.worker or "—",
            )
        )
        clear(self._facts)
        own = card.status == "waiting" and self.stage.ws.user.login in page.hands
        for words in (
            translate("Lý do mở: {reason}", reason=page.reason),
            translate("Kết thúc: {reason}", reason=self._ended(page)) if card.close_reason else "",
            translate("Bạn đã viết hoặc sửa ca này nên phải có người khác duyệt.") if own else "",
        ):
            if words:
                self._facts.addWidget(label(words, "", wrap=True))
        self._show_actions(page)
        self.note.setVisible(card.status != "closed" and self.stage.ws.can("enter"))
        self._show_notes(page)

    def _show_actions(self, page: CasePage) -> None:
        clear(self._actions)
        self._actions.addWidget(Badge(case_chip(page.card.status)))
        person = button(
            translate("Trang người"),
            lambda: self.stage.go("person", page.card.person_id),
            "",
            "person",
        )
        self._actions.addWidget(person)
        if page.card.status != "closed" and self.stage.ws.can("enter"):
            self._actions.addWidget(button(translate("Sửa…"), self._begin_edit))
        for made in self._moves(page):
            self._actions.addWidget(made)

    def _moves(self, page: CasePage) -> list[QPushButton]:
        ws, key = self.stage.ws, self.key
        known: dict[str, Callable[[], QPushButton]] = {
            "submit": lambda: button(
                translate("Gửi duyệt"),
                lambda: self._run(lambda: care_case.submit(ws, key), translate("Đã gửi duyệt ca.")),
                "primary",
                "send",
            ),
            "approve": lambda: button(
                translate("Duyệt ca"),
                lambda: self._run(lambda: care_case.approve(ws, key), translate("Đã duyệt ca.")),
                "primary",
                "approve",
            ),
            "return": lambda: button(
                translate("Trả lại…"),
                lambda: self._ask(
                    translate("Trả lại ca vì lý do gì?"),
                    lambda reason: care_case.return_(ws, key, reason),
                ),
            ),
            "close": lambda: button(translate("Kết thúc…"), self._begin_close),
            "reopen": lambda: button(
                translate("Mở lại…"),
                lambda: self._ask(
                    translate("Mở lại ca vì lý do gì?"),
                    lambda reason: care_case.reopen(ws, key, reason),
                ),
            ),
        }
        last = ("submit", "approve")  # the primary one stands where every page has it
        order = sorted(page.moves, key=lambda move: move in last)
        return [known[move]() for move in order if move in known]

    def _show_notes(self, page: CasePage) -> None:
        clear(self._notes)
        told = [(note.noted_on or note.at, self._note(note)) for note in page.notes]
        told += [(one.at, self._decision(one)) for one in page.decisions]
        if not told:
            self._notes.addWidget(label(translate("Chưa có ghi chép nào."), "muted"))
        for _at, made in sorted(told, key=lambda pair: pair[0], reverse=True):
            self._notes.addWidget(made)

    def _note(self, note: NoteCard) -> Card:
        title = translate(
            "{day} · {kind} · {name}",
            day=forms.date_shown(note.noted_on),
            kind=forms.code_label("note_kind", note.kind),
            name=self._names.get(note.by, note.by),
        )
        words = self._closed_words() if note.hidden else note.text
        mark = translate("MẬT") if note.confidential and not note.hidden else ""
        actions: Actions = ()
        closed = self.page is not None and self.page.card.status == "closed"
        if note.by == self.stage.ws.user.login and not note.hidden and not closed:
            actions = (
                (translate("Sửa"), lambda: self.note.correct(note)),
                (translate("Rút…"), lambda: self._withdraw(note)),
            )
        return entry(title, (mark, words), actions)

    def _closed_words(self) -> str:
        if self.stage.ws.restricted is None:
            return translate("(ghi chép mật, bạn không có quyền đọc)")
        return translate(
            "(ghi chép mật, khóa bằng khóa của máy khác; nhờ quản trị ở máy đó cấp khóa cho máy "
            "này: Quản trị, thẻ Các máy)"
        )

    def _decision(self, one: CaseDecision) -> Card:
        title = translate(
            "{at} · {decision} · {name}",
            at=show.instant(one.at),
            decision=forms.code_label("note_kind", one.decision),
            name=self._names.get(one.by, one.by),
        )
        return entry(title, (one.reason,))

    def _withdraw(self, note: NoteCard) -> None:
        ws = self.stage.ws
        self._ask(
            translate("Rút ghi chép này vì lý do gì?"),
            lambda reason: case_note.withdraw(ws, note.id, reason),
        )

    def _save_what_is_open(self) -> None:
        """Ctrl+S: the correction or the ending while one is open, else the note."""
        if not self.ending.isHidden():
            self._close()
        elif not self.correction.isHidden():
            self._save_edit()
        elif not self.note.isHidden():
            self.note.submit()

    def _leave_boxes(self) -> None:
        for box in (self.ending, self.correction):
            box.hide()

    def _begin_edit(self) -> None:
        if self.page is None:
            return
        card = self.page.card
        self._leave_boxes()
        self.editing.load(
            {
                "open_reason": self.page.reason,
                "worker": card.worker,
                "opened_on": card.opened_on,
                "case_number": card.case_number,
            }
        )
        self.correction.show()
        self.editing.focus("open_reason")

    def _save_edit(self) -> None:
        ws, key, typed = self.stage.ws, self.key, self.editing.changes()
        changes = CaseEdit(
            *(str(typed[name] or "") if name in typed else None for name in EDIT_FIELDS)
        )
        self.stage.tasks.desk.run(
            lambda: care_case.edit(ws, key, changes),
            lambda _done: self._done(translate("Đã lưu ca.")),
            lambda failure: self._wrong(self.editing, failure),
            owner=self,
        )

    def _begin_close(self) -> None:
        self._leave_boxes()
        self.closing.load({"closed_on": self.stage.ws.today().isoformat()})
        self.ending.show()
        self.closing.focus("close_reason")

    def _close(self) -> None:
        ws, key, typed = self.stage.ws, self.key, self.closing.values()
        draft = ClosingDraft(
            str(typed.get("close_reason") or ""),
            str(typed.get("close_note") or ""),
            str(typed.get("closed_on") or ""),
        )
        self.stage.tasks.desk.run(
            lambda: care_case.close(ws, key, draft),
            lambda _done: self._done(translate("Ca đã kết thúc.")),
            lambda failure: self._wrong(self.closing, failure),
            owner=self,
        )

    def _ended(self, page: CasePage) -> str:
        card = page.card
        reason = forms.code_label("close_reason", card.close_reason or "")
        day = forms.date_shown(card.closed_on or "")
        return " · ".join(part for part in (day, reason, page.close_note) if part)

    def _ask(self, title: str, work: Callable[[str], object]) -> None:
        self._with_reason = work
        self.ask.ask(title, "", translate("Đồng ý"))

    def _run(self, work: Callable[[], object], words: str = "") -> None:
        self.stage.tasks.desk.run(work, lambda _answer: self._done(words), owner=self)

    def _done(self, words: str = "") -> None:
        self._leave_boxes()
        if words:
            self.stage.tell(Message(words, "ok"))
        self.stage.refresh()
        self.reload()

    def _wrong(self, form: Form, failure: Failure) -> None:
        rest = form.show_problems(failure.problems)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))


def _named(record: str, names: tuple[str, ...]) -> tuple[forms.FormField, ...]:
    return tuple(forms.field(record, name) for name in names)
