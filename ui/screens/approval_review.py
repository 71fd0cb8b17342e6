"""One record at the approval desk: what was written, what was asked to change, what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from app import forms
from app.actions.approval_desk import Review
from app.values.person import AmendmentCard, DecisionLine
from app.wording import translate
from ui import show
from ui.widgets.badge import Avatar, Badge
from ui.widgets.parts import (
    Elided,
    Scroll,
    button,
    clear,
    column,
    holder,
    icon_button,
    label,
    row,
    rule,
)

KEY_FIELDS = (
    "name", "sex", "birth", "id_number", "commune", "hamlet", "types", "degree", "mine_victim",
)  # fmt: skip
"""Shown even when empty: an approver looks at these first."""
UNTOLD = {"life_state": "living"}
"""Values that go without saying."""
SENT_BACK = ("returned", "taken_back", "undone")
LABEL_PX = 190
AVATAR_PX = 48


class ReviewCard(QFrame):
    """The card beside the list; the decisions are its buttons and the screen's keys."""

    approve_asked = Signal()
    return_asked = Signal()
    next_asked = Signal()
    open_asked = Signal()
    second_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Hồ sơ đang xem để duyệt"))
        self._today = today
        self.avatar = Avatar("", AVATAR_PX)
        self.avatar.setStyleSheet(f"border-radius: {AVATAR_PX // 2}px;")
        self.name = Elided("", "subtitle")
        self.facts = Elided("", "muted")
        self._badges = row(gap=6)
        self._inside = column(gap=10)
        self._scroll = Scroll(holder(self._inside))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(translate("Nội dung hồ sơ chờ duyệt"))
        self.why_not = label("", "problem", wrap=True)
        self.second = button(translate("Người khác vào nhanh"), self.second_asked.emit, "", "users")
        self._make_buttons()
        self._lay_out()
        self.show_nothing()

    def show_review(self, review: Review) -> None:
        """Show a record; it begins at its top."""
        card = review.page.card
        self._hide_parts(False)
        self.avatar.set_name(card.name)
        self.name.setText(card.name)
        self.facts.setText(_facts(review))
        clear(self._badges)
        for chip in _chips(review):
            self._badges.addWidget(Badge(chip))
        clear(self._inside)
        for part in self._parts(review):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self._allow(review)

    def show_nothing(self) -> None:
        """Nobody is looked at."""
        clear(self._inside)
        self._inside.addStretch(1)
        self._hide_parts(True)

    def _make_buttons(self) -> None:
        words = {
            "approve": (translate("Duyệt (A)"), self.approve_asked, "primary", "approve"),
            "return": (translate("Trả lại… (R)"), self.return_asked, "", "undo"),
            "next": (translate("Người sau (N)"), self.next_asked, "", "forward"),
        }
        self.buttons = {
            name: button(text, asked.emit, role, picture)
            for name, (text, asked, role, picture) in words.items()
        }
        self.open = icon_button("person", translate("Mở hồ sơ"), self.open_asked.emit)

    def _lay_out(self) -> None:
        names = column(self.name, self.facts, gap=2)
        head = row(self.avatar, names, holder(self._badges), self.open, gap=12)
        head.setStretch(1, 1)
        made = self.buttons
        acts = row(made["approve"], made["return"], made["next"], 1)
        self._acts = holder(acts)
        self._why = holder(row(self.why_not, self.second, gap=12))
        self._why.layout().setStretch(0, 1)  # type: ignore[union-attr]
        self._line = rule()
        inside = (head, self._line, self._scroll, self._why, self._acts)
        page = column(*inside, gap=10, margins=(20, 16, 20, 14))
        page.setStretch(2, 1)
        self.setLayout(page)

    def _hide_parts(self, on: bool) -> None:
        for part in (self.avatar, self.open, self._line, self._acts, self._why):
            part.setVisible(not on)
        if on:
            self.name.setText("")
            self.facts.setText("")
            clear(self._badges)

    def _allow(self, review: Review) -> None:
        """Offer the decisions this user may take; say why when not."""
        may = review.waits and not review.own
        self.buttons["approve"].setEnabled(may)
        self.buttons["return"].setEnabled(review.waits)
        self.buttons["approve"].setText(
            translate("Duyệt thay đổi (A)") if review.asked else translate("Duyệt (A)")
        )
        why = ""
        if review.own and review.waits:
            why = translate("Hồ sơ do bạn nhập hoặc sửa lần cuối: người khác phải duyệt.")
        elif not review.waits:
            why = translate("Hồ sơ này không còn chờ duyệt.")
        self.why_not.setText(why)
        self.second.setVisible(review.own)
        self._why.setVisible(bool(why))

    def _parts(self, review: Review) -> Iterator[QWidget]:
        if review.page.warnings:
            yield _notice([one.message for one in review.page.warnings])
        if review.asked is not None:
            yield from _changes(review, review.asked)
        yield label(translate("Đã ghi"), "section")
        yield _table(list(_written(review)))
        if review.page.missing:
            names = ", ".join(_label(name) for name in review.page.missing)
            words = translate("Còn thiếu (không chặn duyệt): {names}", names=names)
            yield label(words, "caption", wrap=True)
        yield from _before(review)


def _facts(review: Review) -> str:
    page = review.page
    by = review.asked.asked_by if review.asked else page.edited_by or page.created_by
    at = review.asked.asked_at if review.asked else page.updated_at
    return translate("{name} nhập, {at}", name=review.names.get(by, by), at=show.instant(at))


def _chips(review: Review) -> Iterator[show.Chip]:
    if review.asked is not None:
        yield show.Chip(translate("Sửa chờ duyệt"), "wait", "…")
    else:
        yield show.status(review.page.card.status)
    if review.own:
        yield show.Chip(translate("do bạn nhập"), "mute")


def _notice(lines: Sequence[str]) -> QWidget:
    made = QFrame()
    made.setProperty("banner", "wait")
    words = [label(translate("Cần xem kỹ"), "strong")]
    words += [label(f"• {line}", wrap=True) for line in lines]
    made.setLayout(column(*words, gap=4, margins=(14, 10, 14, 10)))
    made.setAccessibleName("\n".join(lines))
    return made


def _changes(review: Review, asked: AmendmentCard) -> Iterator[QWidget]:
    """Approved value beside asked value; the difference stands in a word and in weight."""
    yield label(translate("Đề nghị sửa"), "section")
    grid = _grid()
    heads = ("", translate("Đã duyệt"), translate("Đề nghị"), "")
    for place, text in enumerate(heads):
        grid.addWidget(label(text, "caption"), 0, place)
    for line, (name, (old, new)) in enumerate(asked.changes.items(), 1):
        was = forms.value_shown("person", name, old)
        will = forms.value_shown("person", name, new)
        cells = (
            label(_label(name), "muted", wrap=True),
            label(was or "–", wrap=True),
            label(will or "–", "strong", wrap=True),
            Badge(_difference(was, will)),
        )
        spoken = translate(
            "{label}: đã duyệt {old}, đề nghị {new}", label=_label(name), old=was, new=will
        )
        cells[2].setAccessibleName(spoken)
        for place, cell in enumerate(cells):
            grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    yield holder(grid)


def _difference(was: str, will: str) -> show.Chip:
    if not was:
        return show.Chip(translate("thêm"), "info", "+")
    if not will:
        return show.Chip(translate("bỏ"), "bad", "−")
    return show.Chip(translate("đổi"), "wait", "≠")


def _written(review: Review) -> Iterator[tuple[str, str, bool]]:
    """(label, value, weighty) of the key fields and of every other filled one, in form order."""
    fields = review.page.fields
    for name in KEY_FIELDS:
        yield _label(name), forms.value_shown("person", name, fields.get(name)), True
    for section in forms.sections("person"):
        for one in section.fields:
            value = fields.get(one.name)
            empty = value in (None, "", ()) or value == UNTOLD.get(one.name)
            if one.name not in KEY_FIELDS and not empty:
                yield one.label, forms.value_shown("person", one.name, value), False


def _table(lines: Sequence[tuple[str, str, bool]]) -> QWidget:
    grid = _grid()
    for place, (name, value, weighty) in enumerate(lines):
        shown = label(value or translate("chưa có"), "" if value else "muted", wrap=True)
        if value and weighty:
            shown = label(value, "strong", wrap=True)
        shown.setAccessibleName(f"{name}: {value}")
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption = label(name, "muted", wrap=True)
        _top(caption)
        grid.addWidget(caption, place, 0)
        grid.addWidget(shown, place, 1)
    grid.setColumnMinimumWidth(0, LABEL_PX)
    grid.setColumnStretch(1, 1)
    return holder(grid)


def _before(review: Review) -> Iterator[QWidget]:
    """Earlier decisions on this record: why it was returned, who undid an approval."""
    lines = [one for one in review.page.decisions if one.decision in SENT_BACK]
    if not lines:
        return
    yield label(translate("Trước đây"), "section")
    for one in lines:
        yield label(_decision(one, review), wrap=True)


def _decision(one: DecisionLine, review: Review) -> str:
    facts = {
        "name": review.names.get(one.by, one.by),
        "at": show.instant(one.at),
        "reason": one.reason or "",
    }
    if one.decision == "returned":
        return translate("{at} · {name} trả lại: {reason}", **facts)
    if one.decision == "taken_back":
        return translate("{at} · {name} rút lại việc trả lại", name=facts["name"], at=facts["at"])
    return translate("{at} · {name} hủy duyệt: {reason}", **facts)


def _label(name: str) -> str:
    return forms.label_of("person", name)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    return grid


def _top(words: QLabel) -> None:
    words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
