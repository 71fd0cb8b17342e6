"""One tab of the transfer desk: its list, what its line says in full, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app import forms
from app.actions import transfer
from app.section_titles import section_title
from app.values.transfer import DepartedCard, DepartedPage, LateEdit, TransferCard
from app.wording import say, translate
from ui import show
from ui.stage import Stage
from ui.widgets.parts import Card, button, clear, column, label, row
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

Act = Callable[[str, tuple[str, ...], str], None]
Make = Callable[[], "Part"]
TONES = {"moved": "ok", "accepted": "ok", "refused": "bad", "returned": "bad", "void": "bad"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with lines: its key, whether it asks `why`, and for which lines it is."""

    name: str
    keys: str
    words: str
    fits: Callable[[Any], bool]
    why: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a tab is: its name and title, columns, a line in full, what an empty list says, and
    what can be done."""

    name: str
    title: str
    columns: Sequence[Column]
    sentence: Callable[[Any], str]
    nothing: Nothing
    steps: Sequence[Step]


class Part(QWidget):
    """A list with the current line in full below it; `press(key)` does a step."""

    counted = Signal(int)

    def __init__(
        self, stage: Stage, about: Telling, fetch: Callable[[], Sequence[Any]], act: Act
    ) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._about, self._act = about, act
        self._wants_cursor = False
        bulk = [
            BulkAction(one.words, lambda ids, one=one: act(one.name, ids, one.why), "", one.role)  # type: ignore[misc]
            for one in about.steps
        ]
        name = f"transfer-{about.name}"
        self.list = RecordList(name, about.columns, stage.tasks, stage.memory, bulk)
        self.list.set_name(about.title)
        self.card = Card("")
        self._words = label("", wrap=True)
        self._words.setAccessibleName(translate("Dòng đang chọn"))
        self._buttons = row(gap=8)
        self.card.add(self._words)
        self.card.add(self._buttons)
        page = column(self.list, self.card, gap=12)
        page.setStretch(0, 1)
        self.setLayout(page)
        self._source = Source(lambda _after, _limit: Rows(tuple(fetch())))
        self.list.model.loaded.connect(self._loaded)
        self.list.view.selectionModel().currentRowChanged.connect(lambda *_rows: self._show())

    def read(self) -> None:
        """Read the list, or read it again."""
        if self.list.model.rowCount():
            self.list.reload()
        else:
            self.list.set_source(self._source, self._about.nothing)

    def take_cursor(self) -> None:
        """The cursor stands in the list, as soon as there is something in it."""
        self._wants_cursor = True
        self.list.view.setFocus()

    def current(self) -> Any:
        """The line the cursor stands on; None when there is none."""
        place = self.list.view.currentIndex().row()
        return self.list.model.row(place) if 0 <= place < self.list.model.rowCount() else None

    def press(self, keys: str) -> None:
        """Do the step of this key with the ticked lines, else with the current one."""
        one = self.current()
        ticked = tuple(self.list.model.ticked)
        for step in self._about.steps:
            if step.keys == keys and one is not None and (ticked or step.fits(one)):
                self._act(step.name, ticked or (one.id,), step.why)
                return

    def say(self, words: str) -> None:
        """Show something longer about the current line."""
        self._words.setText(words)

    def _loaded(self) -> None:
        self.counted.emit(self.list.model.rowCount())
        if self.list.model.rowCount() and self.current() is None:
            self.list.view.selectRow(0)
        if self._wants_cursor:
            self._wants_cursor = False
            self.list.view.setFocus()
        self._show()

    def _show(self) -> None:
        one = self.current()
        clear(self._buttons)
        self.card.setVisible(one is not None)
        if one is None:
            return
        self._words.setText(self._about.sentence(one))
        for step in self._about.steps:
            if step.fits(one):
                self._buttons.addWidget(self._button(step, one.id))
        self._buttons.addStretch(1)

    def _button(self, step: Step, key: str) -> QPushButton:
        words = f"{step.words} ({step.keys})" if step.keys else step.words
        return button(words, lambda: self._act(step.name, (key,), step.why), step.role)


def parts(stage: Stage, every: Callable[[], bool], act: Act) -> Iterator[tuple[str, str, Make]]:
    """The tabs: name, title, and what makes each."""
    ws = stage.ws

    def read(which: str) -> Callable[[], Sequence[Any]]:
        return lambda: getattr(transfer.desk(ws, every()), which)

    for about in _tellings(ws.can("settings")):
        yield (
            about.name,
            about.title,
            lambda about=about: Part(stage, about, read(about.name), act),  # type: ignore[misc]
        )


def _tellings(admin: bool) -> tuple[Telling, ...]:
    coming, going = translate("Chuyển đến"), translate("Chuyển đi")
    late, left = translate("Sửa muộn"), translate("Đã chuyển đi")
    return (
        Telling("incoming", coming, _columns(), _sentence, _none_coming(), _coming()),
        Telling("outgoing", going, _columns(), _sentence, _none_going(), _going()),
        Telling("late", late, _late_columns(), _late, _none_late(), _late_steps()),
        Telling("departed", left, _left_columns(), _left, _none_left(), _left_steps(admin)),
    )


def _coming() -> tuple[Step, ...]:
    why = translate("Không nhận vì lý do gì? Cơ quan gửi đọc lý do này.")
    return (
        Step("accept", "D", translate("Nhận"), lambda one: "accept" in one.steps, role="primary"),
        Step("refuse", "T", translate("Không nhận…"), lambda one: "refuse" in one.steps, why),
        Step("ask_key", "K", translate("Xin mở thông tin mật"), lambda one: "ask_key" in one.steps),
        Step(
            "take_key",
            "K",
            translate("Nhận thông tin mật…"),
            lambda one: "take_key" in one.steps,
            translate("Gõ dấu nhận ra của máy giao, nghe qua điện thoại:"),
        ),
    )


def _going() -> tuple[Step, ...]:
    why = translate("Không đồng ý cho đi vì lý do gì?")
    return (
        Step("send", "D", translate("Cho đi"), lambda one: "send" in one.steps, role="primary"),
        Step("return", "T", translate("Không cho đi…"), lambda one: "return" in one.steps, why),
        Step("withdraw", "R", translate("Rút lại"), lambda one: "withdraw" in one.steps),
        Step(
            "give_key",
            "K",
            translate("Giao thông tin mật…"),
            lambda one: "give_key" in one.steps,
            translate("Gọi cơ quan nhận, gõ dấu nhận ra mà họ đọc:"),
        ),
    )


def _late_steps() -> tuple[Step, ...]:
    why = translate("Không lấy vì lý do gì? Cơ quan cũ đọc lý do này.")
    waits = "waiting"
    return (
        Step(
            "take",
            "D",
            translate("Lấy vào hồ sơ"),
            lambda one: one.can_take and one.state == waits,
            role="primary",
        ),
        Step(
            "decline",
            "T",
            translate("Không lấy…"),
            lambda one: not one.mine and one.state == waits,
            why,
        ),
    )


def _left_steps(admin: bool) -> tuple[Step, ...]:
    found = [Step("copy", "D", translate("Đọc bản giữ lại"), lambda one: not one.wiped)]
    if admin:
        words = translate("Xóa bản đã hết hạn lưu")
        found.append(Step("wipe", "", words, lambda one: not one.wiped))
    return tuple(found)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Người"), lambda one: Cell(one.name, bold=True), 0, fixed=True),
        Column("year", translate("Năm sinh"), lambda one: plain(one.year), 9, rank=1),
        Column("commune", translate("Xã"), lambda one: plain(one.commune), 14, rank=1),
        Column("office", translate("Cơ quan kia"), lambda one: plain(one.other_office), 0),
        Column("on", translate("Từ ngày"), lambda one: plain(forms.date_shown(one.on)), 11, rank=2),
        Column("state", translate("Trạng thái"), _state_cell, 0),
    )


def _state_cell(one: TransferCard) -> Cell:
    words = say(f"transfer_{one.state}")
    return Cell(chips=(show.Chip(words, TONES.get(one.state, "wait")),))


def _sentence(one: TransferCard) -> str:
    way = translate("{name}: từ {office}", name=one.name, office=one.other_office)
    if not one.incoming:
        way = translate("{name}: đến {office}", name=one.name, office=one.other_office)
    asked = translate("{by} đề nghị lúc {at}", by=one.asked_by, at=show.instant(one.asked_at))
    lines = [f"{way} · {asked}", translate("Lý do: {reason}", reason=one.reason)]
    if one.answer:
        lines.append(translate("Trả lời: {answer}", answer=one.answer))
    if one.decided_by:
        lines.append(translate("Người quyết định: {by}", by=one.decided_by))
    if one.fingerprint:
        own = one.fingerprint
        lines.append(
            translate("Dấu nhận ra của máy này, để đọc cho cơ quan kia: {print}", print=own)
        )
    return "\n".join(lines)


def _late_columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Người"), lambda one: Cell(one.name, bold=True), 0, fixed=True),
        Column("what", translate("Sửa gì"), lambda one: plain(_what(one)), 0, share=2.0),
        Column("by", translate("Ai"), lambda one: Cell(one.by, muted=True, tip=one.by), 0, rank=1),
        Column("state", translate("Trạng thái"), _late_state, 0),
    )


def _late_state(one: LateEdit) -> Cell:
    tone = {"taken": "ok", "declined": "mute"}.get(one.state, "wait")
    return Cell(chips=(show.Chip(say(f"late_edit_{one.state}"), tone),))


def _what(one: LateEdit) -> str:
    if one.created:
        return translate("thêm: {record}", record=section_title(one.record))
    return ", ".join(name for name, _old, _new in one.values) or section_title(one.record)


def _late(one: LateEdit) -> str:
    at = show.instant(one.at)
    lines = [translate("{by} sửa lúc {at}, sau khi hồ sơ đã chuyển", by=one.by, at=at)]
    lines += [f"{name}: {old or '…'} → {new or '…'}" for name, old, new in one.values]
    if one.answer:
        lines.append(translate("Trả lời: {answer}", answer=one.answer))
    if one.state == "waiting" and not one.mine and not one.can_take:
        lines.append(translate("Đây là quyết định của cơ quan cũ: chỉ để biết, không lấy được."))
    return "\n".join(lines)


def _left_columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Người"), lambda one: Cell(one.name, bold=True), 0, fixed=True),
        Column("office", translate("Đã chuyển đến"), lambda one: plain(one.office), 0),
        Column("left", translate("Lúc"), lambda one: plain(show.instant(one.left_at)), 17),
        Column("keep", translate("Bản giữ lại đến"), _kept, 16),
    )


def _kept(one: DepartedCard) -> Cell:
    return plain(translate("đã xóa") if one.wiped else forms.date_shown(one.keep_until))


def _left(one: DepartedCard) -> str:
    if one.wiped:
        return translate("{name} đã chuyển đến {office}. Bản giữ lại đã xóa.",
                         name=one.name, office=one.office)  # fmt: skip
    return translate(
        "{name} đã chuyển đến {office}. Ở đây chỉ còn bản để đọc, không đếm, không sửa; giữ đến "
        "{day} (thời hạn đề xuất, chưa kiểm chứng).",
        name=one.name,
        office=one.office,
        day=forms.date_shown(one.keep_until),
    )


def told_copy(page: DepartedPage) -> str:
    """The kept copy of somebody who left, a line for each record."""
    lines = [_left(page.card)]
    for record, values in page.records:
        told = " · ".join(f"{name}: {words}" for name, words in values)
        lines.append(f"{section_title(record)} — {told}")
    return "\n".join(lines)


def _none_coming() -> Nothing:
    hint = translate("Đề nghị của cơ quan khác hiện ở đây sau lượt đồng bộ.")
    return Nothing(translate("Không có ai đang chuyển đến."), hint)


def _none_going() -> Nothing:
    hint = translate("Ở trang một người hay trong danh sách, bấm “Chuyển…”.")
    return Nothing(translate("Không có ai đang chuyển đi."), hint)


def _none_late() -> Nothing:
    hint = translate("Thay đổi của cơ quan cũ gửi sau khi người đã chuyển sẽ hiện ở đây.")
    return Nothing(translate("Không có sửa muộn nào chờ quyết định."), hint)


def _none_left() -> Nothing:
    return Nothing(translate("Chưa có ai chuyển khỏi sổ này."))
