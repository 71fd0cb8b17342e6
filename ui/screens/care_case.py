"""The page of a case: its five steps with what is missing, what was done, what may happen next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import care_case, case_note, case_number, user
from app.case_words import told_before
from app.values.care_case import CaseEdit, CasePage, NoteCard
from app.wording import translate
from ui.screens import case_acts, case_timeline
from ui.screens.case_chips import case_chip
from ui.screens.case_closing import ClosingBox
from ui.screens.case_note_box import NoteBox
from ui.screens.case_strip import CaseStrip
from ui.screens.record_part import named
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.badge import Badge
from ui.widgets.fields.make import sources_of
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

EDIT_FIELDS = ("open_reason", "worker", "opened_on", "case_number")
INTAKE = (
    *("reporter", "reporter_kind", "reported_how", "emergency", "emergency_note"),
    *("criteria", "criteria_note"),
)
TOUCHING = frozenset(
    "care_case case_note case_assessment case_plan plan_activity case_review".split()
)


class CareCaseScreen(Screen):
    """`opened(case_id)`; notes are written below the steps, newest first."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: CasePage | None = None
        self._ends = False
        self._names: dict[str, str] = {}
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self.head = PageHead(translate("Ca"))
        self._actions = Flow(gap=8)
        self._facts = column(gap=4)
        self._notes = column(gap=10)
        self.ask = AskReason()
        self.ask.given.connect(lambda reason: self._run(lambda: self._with_reason(reason)))
        self.strip = CaseStrip(lambda place: self.stage.go(place, self.key))
        self.note = NoteBox(stage)
        self.note.saved.connect(self.reload)
        section = forms.FormSection("care_case", "", named("care_case", EDIT_FIELDS + INTAKE))
        self.editing = Form((section,), sources_of(stage.ws), titled=False, hidden=True)
        self.ending = ClosingBox(stage)
        self.ending.done.connect(self._done)
        self.correction = Card(translate("Sửa ca"), self.editing)
        back = button(translate("Thôi"), self._leave_boxes)
        self.correction.add(row(1, back, button(translate("Lưu ca"), self._save_edit, "primary")))
        self.correction.hide()
        self._lay_out()
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self._save_what_is_open)

    def _lay_out(self) -> None:
        self.facts = Card("", holder(self._facts))
        parts = (self.facts, self.correction, self.ending, self.strip, self.note)
        body = column(*parts, self._notes, 1, gap=12)
        whole = column(self.head, holder(self._actions), self.ask, Scroll(holder(body)), gap=12)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the case `key`, with `ending` the box of its ending where somebody may end it."""
        self.key = key or self.key
        self._ends = bool(facts.get("ending"))
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
        """Read again when this case or something in it changed."""
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

    def _show(self, read: tuple[CasePage, dict[str, str]]) -> None:
        self.page, self._names = page, names = read
        card = page.card
        self.head.set_title(card.person_name)
        self.head.set_purpose(
            translate(
                "{number} · mở {day} · phụ trách: {worker}",
                number=card.case_number or translate("ca chưa có số"),
                day=forms.date_shown(card.opened_on),
                worker=names.get(card.worker, card.worker) or "—",
            )
        )
        clear(self._facts)
        for words in self._told(page):
            if words:
                self._facts.addWidget(label(words, "", wrap=True))
        self._show_actions(page)
        self.strip.show_page(page)
        live = not case_timeline.ended(page)
        self.note.setVisible(live and self.stage.ws.can("enter"))
        self.note.offer_activities(page.activities)
        hand = case_timeline.Hand(self.note.correct, self._withdraw)
        case_timeline.fill(self._notes, self.stage.ws, page, names, hand)
        moves = [one for one in ("close", "propose") if one in page.moves]
        if self._ends and moves:
            self._ends = False
            self._begin_end(moves[0])

    def _told(self, page: CasePage) -> tuple[str, ...]:
        """The lines above the steps: why, who reported, how it ends."""
        facts, card = page.facts, page.card
        own = card.status in ("waiting", "closing") and self.stage.ws.user.login in page.hands
        shown = {one: forms.value_shown("care_case", one, facts[one]) for one in facts}
        who = (shown.get("reporter", ""), shown.get("reporter_kind", ""))
        reported = ", ".join(one for one in (*who, shown.get("reported_how", "")) if one)
        return (
            self._emergency(facts, shown),
            translate(
                "Khẩn cấp, chưa xong: {activities}. Ghi tiến độ ở “Kế hoạch…”.",
                activities="; ".join(page.urgent),
            )
            if page.urgent
            else "",
            translate("Lý do mở: {reason}", reason=page.reason),
            translate("Báo tin: {words}", words=reported) if reported else "",
            translate("Tiêu chí: {words}", words=shown["criteria"]) if "criteria" in shown else "",
            self._of_paper(page, shown.get("paper_step", "")),
            translate("Theo hồ sơ cũ, ca mở trước ngày sinh của người này. Xem lại hai ngày.")
            if page.before_birth
            else "",
            *self._ended(page, shown),
            told_before(page.steps) if "approve" in page.moves else "",
            translate("Bạn đã viết hoặc sửa ca này nên phải có người khác duyệt.") if own else "",
        )

    def _emergency(self, facts: Mapping[str, object], shown: Mapping[str, str]) -> str:
        if not facts.get("emergency"):
            return ""
        words = shown.get("emergency_note", "")
        return translate("KHẨN CẤP: {words}", words=words) if words else translate("KHẨN CẤP")

    def _of_paper(self, page: CasePage, step: str) -> str:
        if page.origin != "paper":
            return ""
        if not step:
            return translate("Theo hồ sơ cũ.")
        if page.card.status == "waiting" and page.facts.get("paper_step") == "approved":
            return translate(
                "Theo hồ sơ cũ: {step}. Lãnh đạo xem hồ sơ giấy rồi bấm “Duyệt ca”.", step=step
            )
        return translate("Theo hồ sơ cũ: {step}.", step=step)

    def _ended(self, page: CasePage, shown: dict[str, str]) -> tuple[str, ...]:
        card = page.card
        if card.status not in ("closing", "closed"):
            return ()
        reason = forms.code_label("close_reason", card.close_reason or "")
        day = forms.date_shown(card.closed_on or "")
        words = " · ".join(part for part in (day, reason, page.close_note) if part)
        labels = {one: forms.field("care_case", one).label for one in shown}
        minutes = ("meeting_on", "attendees", "handed_to", "handover_note", "follow_until")
        lines = [f"{labels[one]}: {shown[one]}" for one in minutes if one in shown]
        if "close_doubts" in shown:
            lines.append(f"{labels['close_doubts']}: {shown['close_doubts']}")
        return (translate("Kết thúc: {reason}", reason=words), *lines)

    def _show_actions(self, page: CasePage) -> None:
        clear(self._actions)
        self._actions.addWidget(Badge(case_chip(page.card.status)))
        ws, key = self.stage.ws, page.card.person_id
        person = button(
            translate("Trang người"), lambda: self.stage.go("person", key), "", "person"
        )
        self._actions.addWidget(person)
        if ws.can("sheets") and ws.own is None:
            words, case = translate("Giấy tờ…"), self.key
            papers = button(words, lambda: self.stage.go("papers", case=case), "", "print")
            self._actions.addWidget(papers)
        if not case_timeline.ended(page) and ws.can("enter"):
            self._actions.addWidget(button(translate("Sửa…"), self._begin_edit))
            if not page.card.case_number:
                self._actions.addWidget(button(translate("Cấp số"), self._give_number))
        acts = case_acts.Acts(self.stage, self._run, self._ask, self._begin_end)
        for made in case_acts.buttons(page, acts):
            self._actions.addWidget(made)

    def _give_number(self) -> None:
        ws, key = self.stage.ws, self.key
        self._run(lambda: case_number.give(ws, key), translate("Đã cấp số hồ sơ ca."))

    def _withdraw(self, note: NoteCard) -> None:
        ws = self.stage.ws
        self._ask(
            translate("Rút ghi chép này vì lý do gì?"),
            "",
            lambda reason: case_note.withdraw(ws, note.id, reason),
        )

    def _save_what_is_open(self) -> None:
        """Ctrl+S: the correction or the ending while one is open, else the note."""
        if not self.ending.isHidden():
            self.ending.submit()
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
        values: dict[str, object] = {
            "open_reason": self.page.reason,
            "worker": card.worker,
            "opened_on": card.opened_on,
            "case_number": card.case_number,
        }
        self.editing.load(values | {name: self.page.facts.get(name) for name in INTAKE})
        self.correction.show()
        self.editing.focus("open_reason")

    def _save_edit(self) -> None:
        ws, key, typed = self.stage.ws, self.key, self.editing.changes()
        said = (str(typed[name] or "") if name in typed else None for name in EDIT_FIELDS)
        reason, worker, opened_on, number = said
        intake = {name: typed[name] for name in INTAKE if name in typed}
        changes = CaseEdit(reason, worker, opened_on, number, intake)
        self.stage.tasks.desk.run(
            lambda: care_case.edit(ws, key, changes),
            lambda _done: self._done(translate("Đã lưu ca.")),
            self._wrong,
            owner=self,
        )

    def _begin_end(self, move: str) -> None:
        if self.page is not None:
            self._leave_boxes()
            self.ending.begin(self.page, move)

    def _ask(self, title: str, hint: str, work: Callable[[str], object]) -> None:
        self._with_reason = work
        self.ask.ask(title, hint, translate("Đồng ý"))

    def _run(self, work: Callable[[], object], words: str = "") -> None:
        self.stage.tasks.desk.run(work, lambda _answer: self._done(words), owner=self)

    def _done(self, words: str = "") -> None:
        self._leave_boxes()
        if words:
            self.stage.tell(Message(words, "ok"))
        self.stage.refresh()
        self.reload()

    def _wrong(self, failure: Failure) -> None:
        rest = self.editing.show_problems(failure.problems)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))
