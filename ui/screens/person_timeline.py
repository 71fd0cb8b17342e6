"""The timeline of a person: everything joined, newest day first, by kind when wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app import forms
from app.actions import case_note, timeline, user
from app.forms import Choice
from app.values.person import PersonPage
from app.values.timeline import TimelineLine
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Belongings
from ui.stage import Message, Stage
from ui.widgets.ask import AskReason
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.parts import button, column, keep_if, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TABS = {
    "need": "needs",
    "support": "supports",
    "share": "sharing",
    "determination": "applications",
    "mine": "mine",
    "file": "files",
    "work": "work",
    "change": "history",
}
"""Where the kinds of entries are shown in full, when not at a case."""
LEAST_PX = 200


class TimelineTab(Belongings):
    """Enter goes to what an entry is about; R withdraws one's own note that has no case."""

    touching = frozenset(
        {"person", "need", "care_case", "case_note", "victim", "attachment", "task", "flag"}
        | {"approval", "amendment", "merger", "transfer", "referral", "support", "consent"}
        | {"assistive_device", "entitlement", "sharing", "case_plan", "case_review"}
        | {"application", "complaint", "medical_referral"}
    )

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.filters = FilterBar([Filter("kind", translate("Loại"), _kinds())])
        self.filters.changed.connect(lambda _values: self.reload())
        self.list = RecordList("timeline", self._columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Dòng thời gian"))
        self.list.setMinimumHeight(LEAST_PX)
        self.list.opened.connect(self._open)
        self.ask = AskReason()
        self.ask.given.connect(self._withdrawn)
        self._leaving = self._shown = ""
        self.withdraw = button(translate("Rút ghi chép của mình…"), self._begin_withdraw)
        keep_if(self.withdraw, stage.ws.can("enter"))
        above = row(self.filters, 1, self.withdraw)
        self.sheet.hide()
        whole = column(above, self.ask, self.list, gap=8)
        whole.setStretch(2, 1)
        page = self.layout()
        assert isinstance(page, QVBoxLayout)
        page.addLayout(whole)

    def forget(self) -> None:
        super().forget()
        self.filters.set_values({})
        self.list.set_source(Source(lambda _after, _limit: Rows(())))

    def show_person(self, page: PersonPage) -> None:
        """Read only when the tab is seen: most visits to a page do not ask for it."""
        self.page = page
        if self.isVisible():
            self.reload()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self.key and self._shown != self.key:
            self.reload()

    def reload(self) -> None:
        """Read the entries again; the first hundred, more as one goes down."""
        if not self.key or not self.isVisible():
            self._shown = ""
            return
        ws, key, self._shown = self.stage.ws, self.key, self.key
        chosen = self.filters.values().get("kind", ())
        only = chosen if isinstance(chosen, tuple) else ()

        def fetch(after: tuple[str, str, str] | None, limit: int) -> Rows:
            self._names = self._names or user.names(ws)
            found = timeline.page(ws, key, only, after, limit)
            return Rows(found.lines, found.next)

        source = Source(fetch, lambda: timeline.count(ws, key, only))
        self.list.set_source(source, Nothing(translate("Chưa có gì ghi về người này.")))

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("on", translate("Ngày"), _day, 12, False, True),
            Column("what", translate("Việc"), _what, 0, False, True, 1.0, 14),
            Column("words", translate("Nội dung"), _words, 0, False, True, 2.4, 20),
            Column("by", translate("Ai ghi"), lambda one: plain(self.who(one.by)), 16, rank=1),
        )

    def _open(self, one: TimelineLine) -> None:
        if one.case_id:
            self.stage.go("care_case", one.case_id)
        elif one.kind in TABS:
            self.stage.go("person", self.key, tab=TABS[one.kind])

    def _begin_withdraw(self) -> None:
        place = self.list.view.currentIndex().row()
        one = self.list.model.row(place) if 0 <= place < self.list.model.rowCount() else None
        if one is None or not one.mine:
            words = translate("Chọn một ghi chép không thuộc ca nào, do chính bạn ghi.")
            self.stage.tell(Message(words, "info"))
            return
        self._leaving = one.id.partition(":")[2]
        self.ask.ask(translate("Rút ghi chép này vì lý do gì?"), one.words, translate("Rút"))

    def _withdrawn(self, reason: str) -> None:
        ws, note = self.stage.ws, self._leaving
        words = translate("Đã rút ghi chép.")
        self.act(lambda: case_note.withdraw(ws, note, reason), words)


def _kinds() -> tuple[Choice, ...]:
    return tuple(forms.choice(one, timeline.kind_name(one)) for one in timeline.kinds())


def _day(one: TimelineLine) -> Cell:
    return Cell(forms.date_shown(one.on) or show.instant(one.at), tip=show.instant(one.at))


def _what(one: TimelineLine) -> Cell:
    return Cell(one.title or forms.section_title(one.entity), bold=one.kind != "change")


def _words(one: TimelineLine) -> Cell:
    if one.hidden:
        return Cell(translate("(ghi chép mật, bạn không có quyền đọc)"), muted=True)
    return Cell(one.words, tip=one.words)
