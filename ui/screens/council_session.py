"""A session of the council: its persons at the left, sheet and vote of one at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import (
    council_calendar,
    council_session,
    hearing,
    hearing_vote,
    screening,
)
from app.values.council import HearingCard, HearingLine, SessionDraft, SessionPage
from app.values.screening import ScreeningCard
from app.wording import translate
from ui.screens.council_seats import SeatsBox
from ui.screens.council_sessions import FIELDS, state_chip
from ui.screens.hearing_cells import hearing_list
from ui.screens.hearing_pane import SCHEDULED, HearingPane
from ui.screens.person_belongings import EntryBox
from ui.show import Chip
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.badge import Badge
from ui.widgets.flow import flow
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Scroll, button, column, holder, label, row
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Rows, Source

STEPS = ("F7", "F8")
"""Keys that go on to the next person from the field of search, too."""
HELD, PLANNED = "held", "planned"
TOUCHING = frozenset({"council_session", "hearing", "attendance", "screening", "person"})


class CouncilSessionScreen(Screen):
    """`opened(session_id)`. F8 goes to the next person, Ctrl+S writes down what stands there."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: SessionPage | None = None
        self._asked = ""
        self._shown = False
        self._begins = ""
        """Whom the cursor is to follow to, once she was read."""
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self._make_acts()
        self.pane = HearingPane(stage)
        self.pane.done.connect(lambda _id: self._go_on())
        self.pane.hide()
        self.chip = Badge(Chip(""))
        self.about = label("", "muted", wrap=True)
        self.ask = AskReason()
        self.ask.given.connect(lambda reason: self._with_reason(reason))
        section = forms.FormSection(
            "council_session", "", tuple(forms.field("council_session", name) for name in FIELDS)
        )
        self.box = EntryBox(
            stage, (section,), translate("Lưu phiên họp"), translate("Sửa phiên họp")
        )
        self.box.saved.connect(self._save_session)
        self.box.left.connect(self.box.hide)
        self.seats = SeatsBox()
        self.seats.given.connect(self._hold)
        self.list = hearing_list(stage)
        self.list.view.selectionModel().currentRowChanged.connect(lambda *_rows: self._look())
        self.list.opened.connect(self._enter)
        self.list.model.loaded.connect(self._look)
        self._lay_out()

    def _make_acts(self) -> None:
        self.put = button(
            translate("Đưa hồ sơ vào…"), partial(self._of_session, "council_put"), "", "plus"
        )
        self.edit = button(translate("Sửa phiên…"), self._edit, "", "edit")
        self.hold = button(translate("Bắt đầu họp…"), self._begin, "primary", "users")
        self.ending = button(translate("Kết thúc phiên"), self._close, "", "check")
        self.call_off = button(translate("Hủy phiên…"), self._cancel, "", "trash")
        self.notice = button(
            translate("Niêm yết…"), partial(self._of_session, "council_notice"), "", "list"
        )
        self.papers = button(
            translate("In giấy tờ của phiên…"),
            partial(self._of_session, "council_papers"),
            "",
            "print",
        )
        self.adjourn = button(translate("Hoãn người này…"), self._adjourn, "", "clock")
        self.take_out = button(translate("Rút khỏi phiên…"), self._take_out, "", "undo")
        self.reopen = button(translate("Mở lại kết luận"), self._reopen, "", "undo")
        self.person = button(translate("Hồ sơ người"), partial(self._go, "person"), "", "person")
        self.sheets = button(
            translate("Giấy tờ người này…"), partial(self._go, "council_papers"), "", "print"
        )
        self._writing, self._printing = map(self.stage.ws.can, ("enter", "print"))

    def _lay_out(self) -> None:
        self.head = PageHead(translate("Phiên họp Hội đồng"))
        for made in (self.hold, self.papers, self.notice):
            self.head.add(made)
        above = row(self.chip, self.about, 0, gap=10)
        above.setStretch(1, 1)
        for made in (self.adjourn, self.take_out, self.reopen, self.person, self.sheets):
            self.pane.acts.addWidget(made)
        left = column(self.list, flow(self.put, self.edit, self.ending, self.call_off), gap=8)
        left.setStretch(0, 1)
        beside = row(holder(left), Scroll(self.pane), gap=16)
        beside.setStretch(1, 1)
        self.beside = holder(beside)
        self.seats.shown.connect(lambda asked: self.beside.setVisible(not asked))
        parts = (self.head, above, self.ask, self.box, self.seats)
        whole = column(*parts, self.beside, gap=10)
        whole.setStretch(len(parts), 1)
        whole.addStretch(0)  # takes the room while who is there is asked
        self.setLayout(whole)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            ("Ctrl+S", self._save), ("Ctrl+Return", self._save), ("F8", lambda: self._step(1)),
            ("F7", lambda: self._step(-1)), ("F9", self.pane.all_agree),
            ("Alt+Up", lambda: self._move(-1)), ("Alt+Down", lambda: self._move(1)),
        )  # fmt: skip
        for words, act in keys:
            key = QShortcut(QKeySequence(words), self)
            here = Qt.ShortcutContext.WidgetWithChildrenShortcut
            key.setContext(Qt.ShortcutContext.WindowShortcut if words in STEPS else here)
            key.activated.connect(act)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show a session."""
        if key and key != self.key:
            self.key, self._asked, self._shown = key, "", False
        for part in (self.ask, self.box, self.seats):
            part.hide()
        self.beside.show()
        self.reload()
        self.list.view.setFocus()

    def may_leave(self) -> bool:
        """What is being typed is kept as drafts."""
        self.pane.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when the session or somebody in it was touched."""
        if self.key and entities & TOUCHING:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (
            ("F8 / F7", translate("Người tiếp theo, người trước")),
            ("Ctrl+S", translate("Lưu phiếu, ghi kết luận")),
            ("F9", translate("Điền phiếu biểu quyết: tất cả đồng ý với đề xuất")),
            ("Alt+Up / Down", translate("Chuyển người này lên, xuống")),
        )

    def reload(self) -> None:
        """Read the session again."""
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: council_session.page(ws, key), self._show, self._not_read, owner=self,
            key="council_session",
        )  # fmt: skip

    @property
    def line(self) -> HearingLine | None:
        """The person the cursor stands on."""
        place = self.list.view.currentIndex().row()
        return self.list.model.row(place) if 0 <= place < self.list.model.rowCount() else None

    def _show(self, page: SessionPage) -> None:
        self.page = page
        card, lines = page.card, page.lines
        title = translate("Phiên họp {day}", day=forms.date_shown(card.on))
        self.head.set_title(title)
        heard = sum(1 for one in lines if one.state != SCHEDULED)
        self.head.set_facts(
            translate("{heard} / {count} người đã xét", heard=heard, count=len(lines))
        )
        self.chip.set_chip(state_chip(card.state))
        chair = card.chair.name if card.chair is not None else translate("chưa có người chủ trì")
        present = translate("{count} thành viên có mặt, cần {quorum}",
                            count=len(page.present), quorum=page.quorum)  # fmt: skip
        hours = "–".join(one for one in (card.starts, card.ends) if one)
        told = (hours, card.place, translate("chủ trì: {name}", name=chair), present, card.note)
        self.about.setText(" · ".join(one for one in told if one))
        self._offer_acts(page)
        self.list.set_source(
            Source(lambda _after, _limit: Rows(lines), lambda: len(lines)),
            Nothing(translate("Chưa có ai trong phiên này."),
                    translate("Đưa hồ sơ đủ giấy tờ vào phiên.")),
        )  # fmt: skip
        if self._asked:
            self.list.choose(self._asked)

    def _offer_acts(self, page: SessionPage) -> None:
        state, may = page.card.state, self._writing
        running = state in (PLANNED, HELD)
        self.put.setVisible(may and running)
        self.edit.setVisible(may and running)
        self.hold.setVisible(may and running)
        words = translate("Người có mặt…") if state == HELD else translate("Bắt đầu họp…")
        self.hold.setText(f"\u00a0{words}")
        self.hold.setAccessibleName(words)
        self.ending.setVisible(may and state == HELD)
        self.call_off.setVisible(may and state == PLANNED)
        self.notice.setVisible(state == "closed")
        self.papers.setVisible(self._printing and bool(page.lines))

    def _look(self) -> None:
        """Read the person the cursor stands on, once however often it moves."""
        line, ws = self.line, self.stage.ws
        if line is None:  # rows are read anew, or there are none
            self.pane.setVisible(self.page is not None and bool(self.page.lines) and self._shown)
            return
        if line.id != self._asked:
            if self._asked:
                self.stage.went_on()
            self._asked = line.id
            self.list.choose(line.id)  # rows that are still on their way come back to it

        def read() -> tuple[HearingCard, tuple[ScreeningCard, ...]]:
            return hearing.show(ws, line.id), screening.of_hearing(ws, line.id)

        def found(answer: tuple[HearingCard, tuple[ScreeningCard, ...]]) -> None:
            if self.page is not None and answer[0].id == self._asked:
                self.pane.show_hearing(answer[0], self.page, answer[1])
                self._shown = True
                self.pane.show()
                self._offer_for(answer[0])
                if self._begins == answer[0].id:
                    self._begins = ""
                    self.pane.begin()

        self.stage.tasks.desk.run(read, found, self._refused, owner=self, key="hearing")

    def _offer_for(self, card: HearingCard) -> None:
        state = self.page.card.state if self.page is not None else ""
        waits, may = card.state == SCHEDULED, self._writing
        self.adjourn.setVisible(may and waits and state == HELD)
        self.take_out.setVisible(may and waits and state in (PLANNED, HELD))
        self.reopen.setVisible(may and not waits and state == HELD)

    def _step(self, by: int) -> None:
        place = self.list.view.currentIndex().row() + by
        if 0 <= place < self.list.model.rowCount():
            self.pane.leave()
            self._to(place)

    def _enter(self, line: HearingLine) -> None:
        """Work on the person the cursor stands on, now or when she was read."""
        if self.pane.card is not None and self.pane.card.id == line.id:
            self.pane.begin()
        else:
            self._begins = line.id

    def _to(self, place: int) -> None:
        """The person is read first; the cursor follows when she stands here."""
        self._begins = self.list.model.key(place)
        self.list.choose(self._begins)

    def _go_on(self) -> None:
        """The next person who waits, below this one first."""
        count, here = self.list.model.rowCount(), self.list.view.currentIndex().row()
        for place in (*range(here + 1, count), *range(here)):
            if self.list.model.row(place).state == SCHEDULED:
                self._to(place)
                return
        self.list.view.setFocus()

    def _move(self, by: int) -> None:
        line, page, ws = self.line, self.page, self.stage.ws
        if line is None or page is None or not self._writing:
            return
        ids = [one.id for one in page.lines]
        place = ids.index(line.id)
        other = place + by
        if 0 <= other < len(ids):
            ids[place], ids[other] = ids[other], ids[place]
            self._act(partial(council_calendar.reorder, ws, self.key, ids))

    def _save(self) -> None:
        if not self.ask.isHidden():
            self.ask.submit()
        elif not self.box.isHidden():
            self._save_session()
        elif not self.seats.isHidden():
            self.seats.submit()
        else:
            self.pane.save()

    def _edit(self) -> None:
        if self.page is not None:
            self.box.fill(dict(self.page.card.fields), {})
            self.box.show()
            self.box.form.focus("session_on")

    def _save_session(self) -> None:
        ws, draft = self.stage.ws, SessionDraft(self.box.form.changes(), self.key)
        self.stage.tasks.desk.run(
            lambda: council_session.save(ws, draft), lambda _id: self.box.hide(), self._wrong, self
        )

    def _begin(self) -> None:
        if self.page is not None:
            self.seats.begin(self.page)

    def _hold(self, present: dict[str, str], without_roles: str) -> None:
        ws, key = self.stage.ws, self.key

        def held(_none: None) -> None:
            self.seats.hide()
            self.stage.tell(Message(translate("Đã ghi người có mặt; phiên đang họp."), "ok"))
            self.list.view.setFocus()

        self.stage.tasks.desk.run(
            lambda: council_session.hold(ws, key, present, without_roles=without_roles),
            held,
            lambda failure: self.seats.refuse(failure.message),
            owner=self,
        )

    def _close(self) -> None:
        ws, key = self.stage.ws, self.key
        self._act(lambda: council_session.close(ws, key), translate("Đã kết thúc phiên họp."))

    def _cancel(self) -> None:
        ws, key = self.stage.ws, self.key
        self._ask(translate("Hủy phiên họp này vì lý do gì?"), translate("Hủy phiên"),
                  lambda reason: council_calendar.cancel(ws, key, reason))  # fmt: skip

    def _adjourn(self) -> None:
        if self.line is not None:
            ws, line = self.stage.ws, self.line
            self._ask(translate("Hoãn {name} vì lý do gì?", name=line.name), translate("Hoãn"),
                      lambda reason: hearing_vote.adjourn(ws, line.id, reason),
                      self._go_on)  # fmt: skip

    def _take_out(self) -> None:
        if self.line is not None:
            ws, line = self.stage.ws, self.line
            self._ask(translate("Rút {name} khỏi phiên vì lý do gì?", name=line.name),
                      translate("Rút"),
                      lambda reason: council_calendar.take_out(ws, line.id, reason))  # fmt: skip

    def _reopen(self) -> None:
        if self.line is not None:
            ws, line = self.stage.ws, self.line
            self._act(lambda: hearing_vote.reopen(ws, line.id), translate("Đã mở lại."))

    def _go(self, where: str) -> None:
        if self.line is not None:
            who = self.line.person_id
            self.stage.go(where, who if where == "person" else "", person=who)

    def _of_session(self, where: str) -> None:
        self.stage.go(where, self.key)

    def _ask(
        self,
        title: str,
        act: str,
        work: Callable[[str], object],
        then: Callable[[], object] | None = None,
    ) -> None:
        self._with_reason = lambda reason: self._act(partial(work, reason), "", then)
        self.ask.ask(title, "", act)

    def _act(
        self, work: Callable[[], object], words: str = "", then: Callable[[], object] | None = None
    ) -> None:
        def done(_answer: object) -> None:
            if words:
                self.stage.tell(Message(words, "ok"))
            (then or self.list.view.setFocus)()

        self.stage.tasks.desk.run(work, done, self._refused, owner=self)

    def _wrong(self, failure: Failure) -> None:
        rest = self.box.form.show_problems(failure.problems)
        if rest or not failure.problems:
            self._refused(failure)

    def _refused(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))

    def _not_read(self, failure: Failure) -> None:
        self._refused(failure)
        self.stage.go("council")
