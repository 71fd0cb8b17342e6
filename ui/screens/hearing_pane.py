"""One person of a session: who it is, what the form proposes, and sheet, vote and screening."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import hearing, hearing_vote, screening
from app.rules import screening as screening_rules
from app.rules.assessment import Proposal
from app.values.council import HearingCard, SessionPage
from app.values.screening import ScreeningCard
from app.wording import translate
from ui import show
from ui.screens import proposal_words
from ui.screens.hearing_sheet import HearingSheet
from ui.screens.hearing_vote import HearingVote
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.flow import Flow
from ui.widgets.parts import Card, button, clear, column, holder, keep_if, label, row
from ui.widgets.tabs import Tabs

SHEET, VOTE, SCREENING = "sheet", "vote", "screening"
SCHEDULED = "scheduled"


class HearingPane(QWidget):
    """`show_hearing(card, …)`; `done(id)` when something was written down and one goes on."""

    done = Signal(str)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage = stage
        self.card: HearingCard | None = None
        self.page: SessionPage | None = None
        self.who = label("", "subtitle", wrap=True)
        self.where = label("", "muted", wrap=True)
        self.what = label("", "strong", wrap=True)
        self.why = label("", "caption", wrap=True)
        self.problems = label("", "problem", wrap=True)
        self.beside = label("", "caption", wrap=True)
        told = Card("", self.what, self.why, self.problems, self.beside)
        told.body.setContentsMargins(16, 8, 16, 8)
        told.body.setSpacing(2)
        self.sheet, self.vote = HearingSheet(stage), HearingVote(stage)
        self.sheet.proposed.connect(self._proposed)
        self.vote.given.connect(self.save)
        self._screenings = column(gap=6)
        self.ask_screening = button(translate("Hỏi sàng lọc…"), self._to_screening, "", "list")
        pages: dict[str, tuple[str, QWidget]] = {
            SHEET: (translate("Phiếu xác định"), self.sheet),
            VOTE: (translate("Biểu quyết, kết luận"), self.vote),
            SCREENING: (
                translate("Sàng lọc chức năng"),
                holder(column(self._screenings, row(self.ask_screening, 1), 1, gap=10)),
            ),
        }
        self.tabs = Tabs()
        for name, (title, page) in pages.items():
            self.tabs.add(name, title, lambda page=page: page)  # type: ignore[misc]
        self.tabs.open(SHEET)
        self.act = button(translate("Lưu phiếu"), self.save, "primary", tip="Ctrl+S")
        self.tabs.opened.connect(lambda name: self._act_for(name))
        head = column(self.who, self.where, gap=0)
        self.acts = Flow(gap=8)
        below = row(holder(self.acts), self.act, gap=8)
        below.setStretch(0, 1)
        whole = column(head, told, self.tabs, below, gap=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def show_hearing(
        self, card: HearingCard, page: SessionPage, screenings: Sequence[ScreeningCard]
    ) -> None:
        """Show one person of the session; what was typed for another one is kept."""
        same = self.card is not None and (self.card.id, self.card.state) == (card.id, card.state)
        if same and self.busy:  # somebody is typing here: what was read meanwhile waits
            self._show_screenings(screenings)
            return
        self.leave()
        self.card, self.page = card, page
        closed = not self.writable
        birth = show.birth_sentence(card.birth)
        self.who.setText(f"{card.order}. {card.person_name}")
        place = show.place(card.commune, card.hamlet)
        self.where.setText(" · ".join(one for one in (card.at, birth, place) if one))
        self.sheet.load(card, closed)
        self.vote.load(card, page, closed or page.card.state != "held")
        self._show_screenings(screenings)
        self._act_for(self.tabs.current)
        if card.state != SCHEDULED:
            self._concluded(card)

    @property
    def writable(self) -> bool:
        """Whether this user may write about this person now."""
        may = self.stage.ws.can("enter") and self.page is not None
        over = self.page is not None and self.page.card.state in ("closed", "cancelled")
        return may and not over and self.card is not None and self.card.state == SCHEDULED

    @property
    def busy(self) -> bool:
        """Whether something stands here that is in no book yet."""
        typed = self.vote.form is not None and bool(self.vote.form.changes())
        return self.sheet.dirty or typed

    def begin(self) -> None:
        """Put the cursor where the work on this person goes on: the sheet, else the vote."""
        held = self.page is not None and self.page.card.state == "held"
        voted = held and self.card is not None and bool(self.card.form)
        self.tabs.open(VOTE if voted else SHEET)
        (self.vote if voted else self.sheet).begin()

    def leave(self) -> None:
        """Keep what is being typed as drafts."""
        self.sheet.keep()
        self.vote.leave()

    def save(self) -> None:
        """Write down what stands here: the sheet, or the sheet and the vote."""
        if not self.writable:
            return
        sheet, ws = self.sheet.draft(), self.stage.ws
        if sheet is None:
            return
        if self.tabs.current != VOTE:
            self._run(lambda: hearing.record(ws, sheet), self._recorded)
            return
        vote, dirty = self.vote.draft(), self.sheet.dirty

        def work() -> HearingCard:
            if dirty:
                hearing.record(ws, sheet)
            assert vote is not None
            return hearing_vote.conclude(ws, vote)

        self._run(work, self._voted)

    def all_agree(self) -> None:
        """Everybody agrees to the proposal: fill the vote in; it is written down by Ctrl+S."""
        if self.writable and self.page is not None and self.page.card.state == "held":
            if self.vote.proposal is not None:
                self.tabs.open(VOTE)
            self.vote.all_agree()

    def _run(self, work: Callable[[], HearingCard], then: Callable[[HearingCard], None]) -> None:
        self.act.setEnabled(False)
        self.stage.tasks.desk.run(work, then, self._wrong, owner=self)

    def _recorded(self, card: HearingCard) -> None:
        self.act.setEnabled(True)
        self.sheet.written()
        self.card = card
        words = translate("Đã lưu phiếu của {name}.", name=card.person_name)
        self.stage.tell(Message(words, "ok"))
        if self.page is not None and self.page.card.state == "held":
            self.tabs.open(VOTE)
            self.vote.begin()
        else:
            self.done.emit(card.id)

    def _voted(self, card: HearingCard) -> None:
        self.act.setEnabled(True)
        self.sheet.written()
        self.vote.written()
        if self.vote.form is not None:
            self.vote.form.load(self.vote.form.values())
        said = forms.code_label("council_conclusion", card.conclusion)
        words = translate("{name}: {what}.", name=card.person_name, what=said)
        self.stage.tell(Message(words, "ok"))
        self.done.emit(card.id)

    def _wrong(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.leave()
        problems = failure.problems
        if self.vote.form is not None and self.tabs.current == VOTE:
            problems = tuple(self.vote.form.show_problems(failure.problems))
        words = "\n".join(one.message for one in problems) or failure.message
        if problems or not failure.problems:
            self.stage.tell(Message(words, "bad"))

    def _act_for(self, name: str) -> None:
        self.act.setVisible(self.writable and name == SHEET)

    def _proposed(self, found: Proposal | None) -> None:
        self.vote.proposal = found
        if self.card is None:
            return
        if found is None:
            found = self.card.proposal
        what, why, problems = proposal_words.lines(found)
        self.what.setText(what)
        self.why.setText(why)
        self.problems.setText(problems)
        self.problems.setVisible(bool(problems))

    def _concluded(self, card: HearingCard) -> None:
        """Above what the form proposes stands what the council concluded."""
        said = forms.code_label("council_conclusion", card.conclusion) if card.conclusion else ""
        if card.degree:
            degree = forms.code_label("degree", card.degree)
            said = f"{said}: {show.types(card.types)} · {degree}"
        self.why.setText(self.what.text() + " · " + self.why.text())
        self.what.setText(translate("Hội đồng: {what}", what=said))
        more = card.departs_reason or card.adjourn_reason
        self.problems.setText(more)
        self.problems.setVisible(bool(more))

    def _show_screenings(self, found: Sequence[ScreeningCard]) -> None:
        clear(self._screenings)
        card = self.card
        assert card is not None
        for one in found:
            title = forms.code_label("screening_instrument", one.instrument)
            words = f"{title} · {forms.date_shown(one.done_on)}\n{screening.told(one)}"
            self._screenings.addWidget(label(words, "", wrap=True))
        if not found:
            words = translate("Chưa hỏi sàng lọc. Sàng lọc không thay cho phiếu và biểu quyết.")
            self._screenings.addWidget(label(words, "muted", wrap=True))
        self.tabs.set_count(SCREENING, len(found) or None)
        self.ask_screening.setVisible(self.stage.ws.can("enter"))
        newest = found[0] if found else None
        told = translate("Sàng lọc: {what}", what=screening.told(newest)) if newest else ""
        if newest and screening_rules.differs(newest.result, card.conclusion, card.degree):
            told += " · " + translate("khác với kết luận: xem lại trước khi ký")
        self.beside.setText(told)
        keep_if(self.beside, bool(told))
        self.beside.setVisible(bool(told))

    def _to_screening(self) -> None:
        if self.card is not None:
            self.leave()
            self.stage.go("screening", self.card.person_id, hearing=self.card.id)
