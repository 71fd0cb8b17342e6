"""Files that are complete and wait for a session: ticked, and put into this one in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import forms
from app.actions import application_desk, council_calendar
from app.forms import FormField, FormSection
from app.rules.application import COMPLETE
from app.values.application import ApplicationCard, ApplicationsFilter
from app.values.council import PutDraft
from app.values.support import Added
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

AT, EACH = "starts", "minutes"
USUAL_MINUTES = 15


class CouncilPutScreen(Screen):
    """`opened(session_id)`; tick files with Space (Ctrl+A all), then put them in."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.head = PageHead(
            translate("Đưa hồ sơ vào phiên họp"),
            translate("Hồ sơ đủ giấy tờ, đến hạn trước đứng trước. Mỗi người một giờ hẹn."),
        )
        fields = (
            FormField(
                "council_session", AT, translate("Người đầu lúc (trống: theo phiên)"), "text"
            ),
            FormField("council_session", EACH, translate("Mỗi người bao nhiêu phút"), "int"),
        )
        self.form = Form((FormSection("put", "", fields),), sources_of(stage.ws), titled=False)
        columns: Sequence[Column] = (
            Column("name", translate("Họ và tên"), lambda r: Cell(r.person_name, bold=True), 0,
                   fixed=True),
            Column("birth", translate("Ngày sinh"), lambda r: plain(_day(r.birth)), 12),
            Column("place", translate("Nơi ở"),
                   lambda r: plain(show.place(r.commune, r.hamlet)), 0),
            Column("kind", translate("Loại đơn"), _kind, 20, rank=1),
            Column("received", translate("Nhận ngày"),
                   lambda r: plain(_day(str(r.fields["received_on"] or ""))), 12),
            Column("due", translate("Hạn"), lambda r: plain(_day(r.clock.due)), 12),
        )  # fmt: skip
        acts = (BulkAction(translate("Đưa vào phiên"), self._put, "plus", "primary"),)
        self.list = RecordList("council_put", columns, stage.tasks, stage.memory, acts)
        self.list.set_name(translate("Hồ sơ đủ giấy tờ"))
        self.list.opened.connect(lambda line: stage.go("person", line.person_id))
        whole = column(self.head, self.form, self.list, gap=12)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the files that wait."""
        self.key = key or self.key
        self.form.load({EACH: USUAL_MINUTES})
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when files were touched."""
        if "application" in entities:
            self._read()

    def _read(self) -> None:
        ws, which = self.stage.ws, ApplicationsFilter(steps=(COMPLETE,))

        def fetch(after: object, limit: int) -> Rows:
            start = after if isinstance(after, int) else 0
            page = application_desk.listing(ws, which, limit, start)
            fit = tuple(one for one in page.cards if one.path == "council")
            end = start + len(page.cards)
            return Rows(fit, end if end < page.total and page.cards else None)

        self.list.set_source(
            Source(fetch, lambda: application_desk.listing(ws, which, 1).total),
            Nothing(
                translate("Không có hồ sơ nào đủ giấy tờ đang chờ."),
                translate("Ghi đơn, đánh dấu đủ giấy tờ, rồi trở lại đây."),
            ),
        )

    def _put(self, ids: tuple[str, ...]) -> None:
        ws, key, typed = self.stage.ws, self.key, self.form.values()
        minutes = str(typed.get(EACH) or USUAL_MINUTES)
        draft = PutDraft(
            self._in_order(ids),
            starts=str(typed.get(AT) or ""),
            minutes=int(minutes) if minutes.isdecimal() else 0,
        )
        self.stage.tasks.desk.run(
            lambda: council_calendar.put(ws, key, draft), self._done, self._refused, owner=self
        )

    def _in_order(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """As the list stands: what is due first is heard first."""
        model = self.list.model
        known = [model.key(place) for place in range(model.rowCount())]
        return tuple(sorted(ids, key=lambda one: known.index(one) if one in known else len(known)))

    def _done(self, done: Added) -> None:
        words = translate("Đã đưa {count} hồ sơ vào phiên.", count=show.number(done.added))
        left = (*done.already, *done.refused)
        if left:
            words += " " + translate("Không đưa được: {names}.", names=", ".join(left))
        self.stage.tell(Message(words, "wait" if left else "ok"))
        self.stage.go("council_session", self.key)

    def _refused(self, failure: Failure) -> None:
        rest = self.form.show_problems(failure.problems)
        if rest or not failure.problems:
            self.stage.tell(Message(failure.message, "bad"))


def _day(day: str) -> str:
    return forms.date_shown(day) if day else ""


def _kind(one: ApplicationCard) -> Cell:
    kind = str(one.fields["application_kind"] or "")
    return plain(forms.code_label("application_kind", kind) if kind else "")
