"""The public notice of a session: who stands on it how, approved, hung up, taken down.

It is printed and nothing else; no file for the web or table can be made of it here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms
from app.actions import notice
from app.values.council import NoticeCard, NoticeLine
from app.values.council_request import CouncilRequest
from app.wording import translate
from ui import show
from ui.screens.council_sessions import NOTICES
from ui.screens.person_belongings import EntryBox
from ui.show import Chip
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.badge import Badge
from ui.widgets.flow import flow
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, label, restyle, row
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

DRAFTED = ("notice_number", "notice_place")
DAYS = {"posted_on": "posted", "taken_down_on": "taken_down"}


class CouncilNoticeScreen(Screen):
    """`opened(session_id)`; a notice that is not there yet is written here."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.card: NoticeCard | None = None
        self.head = PageHead(
            translate("Thông báo niêm yết"),
            translate(
                "Chỉ các cột theo quy định, chỉ in trên giấy: không xuất tệp, không đưa lên mạng."
            ),
        )
        self.chip = Badge(Chip(""))
        self.about = label("", "muted", wrap=True)
        may, ws = stage.ws.can("enter"), stage.ws
        self.write = button(translate("Lập thông báo…"), self._write, "primary")
        self.approve = button(translate("Duyệt thông báo"), self._approve, "primary", "approve")
        self.post = button(translate("Đã niêm yết…"), lambda: self._day("posted_on"), "", "check")
        self.down = button(translate("Đã gỡ…"), lambda: self._day("taken_down_on"), "", "undo")
        self.print = button(translate("In thông báo…"), self._print, "", "print")
        self._may, self._decides, self._prints = may, ws.can("approve"), ws.can("print")
        back = self.head.add(button(translate("Phiên họp"), self._back, "", "back"))
        back.setAccessibleName(translate("Trở lại phiên họp"))
        self.draft = self._box(DRAFTED, translate("Lưu thông báo"))
        self.posting = self._box(("posted_on", "notice_place"), translate("Ghi ngày niêm yết"))
        self.taking = self._box(("taken_down_on",), translate("Ghi ngày gỡ"))
        columns = (
            Column("name", translate("Họ và tên"), _name, 0, fixed=True, share=1.6),
            Column("birth", translate("Ngày sinh"), lambda r: plain(_shown(r.birth)), 12),
            Column("hamlet", translate("Thôn"), lambda r: plain(r.hamlet), 0, rank=1),
            Column("types", translate("Dạng tật"), lambda r: plain(show.types(r.types)), 0),
            Column("degree", translate("Mức độ"), _degree, 16),
            Column("shows", translate("Trên danh sách"), _shows, 26, fixed=True),
        )
        acts = tuple(
            BulkAction(words, lambda ids, code=code: self._decide(ids, code))  # type: ignore[misc]
            for code, words in (
                ("full", translate("Ghi đủ họ tên")),
                ("initials", translate("Chỉ chữ cái đầu")),
                ("left_out", translate("Không đưa vào")),
            )
        )
        self.list = RecordList(
            "notice_lines", columns, stage.tasks, stage.memory, acts if self._decides else ()
        )
        self.list.set_name(translate("Danh sách niêm yết"))
        self.list.opened.connect(lambda line: stage.go("person", line.person_id))
        self._lay_out()

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the notice of a session."""
        self.key = key or self.key
        self._leave()
        self.reload()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when the notice or a hearing was touched."""
        if self.key and entities & {"notice", "hearing", "person"}:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+S", translate("Lưu phần đang ghi")),)

    def reload(self) -> None:
        """Read the notice again."""
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: notice.of_session(ws, key), self._show, self._not_read, owner=self, key="notice"
        )

    def _lay_out(self) -> None:
        above = row(self.chip, self.about, gap=10)
        above.setStretch(1, 1)
        acts = flow(self.write, self.approve, self.post, self.down, self.print)
        parts = (self.head, above, acts, self.draft, self.posting, self.taking)
        whole = column(*parts, self.list, gap=10)
        whole.setStretch(len(parts), 1)
        self.setLayout(whole)
        made = QShortcut(QKeySequence("Ctrl+S"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self._submit)

    def _box(self, names: tuple[str, ...], act: str) -> EntryBox:
        fields = tuple(forms.field("notice", name) for name in names)
        box = EntryBox(self.stage, (forms.FormSection("notice", "", fields),), act)
        box.saved.connect(self._submit)
        box.left.connect(self._leave)
        return box

    def _show(self, card: NoticeCard | None) -> None:
        self.card = card
        state = card.state if card is not None else ""
        lines = card.lines if card is not None else ()
        words = forms.code_label("notice_state", state) if state else translate("Chưa lập")
        self.chip.set_chip(Chip(words, NOTICES.get(state, "mute")))
        self.about.setText(_facts(card) if card is not None else "")
        if card is not None:
            day = _shown(card.session_on)
            self.head.set_title(translate("Thông báo niêm yết, phiên họp {day}", day=day))
        self.write.setVisible(self._may and state in ("", "draft"))
        words = translate("Sửa thông báo…") if state else translate("Lập thông báo…")
        self.write.setText(f"\u00a0{words}")
        self.write.setAccessibleName(words)
        restyle(self.write, role="" if state else "primary")
        self.approve.setVisible(self._decides and state == "draft")
        self.post.setVisible(self._may and state == "approved")
        self.down.setVisible(self._may and state == "posted")
        self.print.setVisible(self._prints and state in ("approved", "posted"))
        self.list.set_source(
            Source(lambda _after, _limit: Rows(lines), lambda: len(lines),
                   lambda: [one.hearing_id for one in lines], key=lambda one: str(one.hearing_id)),
            Nothing(translate("Chưa có thông báo."),
                    translate("Bấm “Lập thông báo…”: danh sách lấy từ kết luận của phiên.")),
        )  # fmt: skip

    def _write(self) -> None:
        card = self.card
        values = {
            "notice_number": card.number if card is not None else None,
            "notice_place": card.place if card is not None and card.place
            else translate("Bộ phận Tiếp nhận và trả kết quả"),
        }  # fmt: skip
        self._open(self.draft, values, "notice_number")

    def _day(self, name: str) -> None:
        today = self.stage.ws.today().isoformat()
        box = self.posting if name == "posted_on" else self.taking
        place = self.card.place if self.card is not None else ""
        self._open(box, {name: today, "notice_place": place or None}, name)

    def _open(self, box: EntryBox, values: Mapping[str, object], focus: str) -> None:
        self._leave()
        box.fill({}, values)
        box.show()
        box.form.focus(focus)

    def _submit(self) -> None:
        ws, key = self.stage.ws, self.key
        works: tuple[tuple[EntryBox, Callable[[dict[str, object]], object], str], ...] = (
            (self.draft, lambda v: notice.write(ws, key, _text(v, "notice_place"),
                                                _text(v, "notice_number")),
             translate("Đã lưu thông báo.")),
            (self.posting, lambda v: notice.post(ws, key, _text(v, "posted_on"),
                                                 _text(v, "notice_place")),
             translate("Đã ghi ngày niêm yết.")),
            (self.taking, lambda v: notice.take_off(ws, key, _text(v, "taken_down_on")),
             translate("Đã ghi ngày gỡ.")),
        )  # fmt: skip
        for box, work, words in works:
            if not box.isHidden():
                values = box.form.values()
                self._run(lambda: work(values), words, box)  # noqa: B023 - returns at once
                return

    def _approve(self) -> None:
        ws, key = self.stage.ws, self.key
        self._run(lambda: notice.approve(ws, key), translate("Đã duyệt thông báo."))

    def _decide(self, ids: tuple[str, ...], code: str) -> None:
        ws, key, shows = self.stage.ws, self.key, dict.fromkeys(ids, code)
        self._run(lambda: notice.decide(ws, key, shows), translate("Đã ghi."))

    def _print(self) -> None:
        self.stage.go("council_papers", records=(CouncilRequest("notice", self.key),))

    def _run(self, work: Callable[[], object], words: str, box: EntryBox | None = None) -> None:
        def done(_answer: object) -> None:
            self._leave()
            self.stage.tell(Message(words, "ok"))
            self.list.view.setFocus()

        def wrong(failure: Failure) -> None:
            rest = box.form.show_problems(failure.problems) if box is not None else failure.problems
            if rest or not failure.problems:
                self.stage.tell(Message(failure.message, "bad"))

        self.stage.tasks.desk.run(work, done, wrong, owner=self)

    def _leave(self) -> None:
        for box in (self.draft, self.posting, self.taking):
            box.hide()

    def _back(self) -> None:
        self.stage.go("council_session", self.key)

    def _not_read(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))
        self.stage.go("council", "notices")


def _facts(card: NoticeCard) -> str:
    told = (
        translate("số {number}", number=card.number) if card.number else "",
        card.place,
        translate("duyệt {day}", day=_shown(card.approved_on)) if card.approved_on else "",
        translate("niêm yết từ {day}, gỡ sau {until}", day=_shown(card.posted_on),
                  until=_shown(card.take_down_on)) if card.posted_on else "",
        translate("đã gỡ {day}", day=_shown(card.taken_down_on)) if card.taken_down_on else "",
    )  # fmt: skip
    return " · ".join(one for one in told if one)


def _text(values: dict[str, object], name: str) -> str:
    return str(values.get(name) or "")


def _shown(day: str) -> str:
    return forms.date_shown(day) if day else ""


def _name(one: NoticeLine) -> Cell:
    return Cell(one.name, bold=True)


def _degree(one: NoticeLine) -> Cell:
    if one.degree:
        return plain(forms.code_label("degree", one.degree))
    return plain(forms.code_label("council_conclusion", one.conclusion))


def _shows(one: NoticeLine) -> Cell:
    """How somebody stands on the list; who may be a minor is marked."""
    if not one.shows:
        return Cell(chips=(Chip(translate("dưới 18? Chủ tịch quyết"), "wait", "?"),))
    minor = (Chip(translate("dưới 18?"), "mute"),) if one.minor else ()
    return Cell(forms.code_label("notice_shows", one.shows), minor)
