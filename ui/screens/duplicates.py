"""Records that may be one person: the surest pair first, both sides in view, a key a choice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app.actions import duplicate, likeness, merge
from app.values.duplicates import AlikePair, Merged, Review
from app.wording import say, translate
from app.workspace import Workspace
from ui import show
from ui.screens.deciding import Deciding
from ui.screens.duplicate_review import ReviewCard
from ui.stage import Message, Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source

TOUCHING = frozenset({"person", "distinct_pair", "merger"})
NAME_LETTERS = 32
"""Room for eight words, as the longest Vietnamese names have them."""


class DuplicatesScreen(Screen):
    """G merges, K keeps apart, 1 and 2 choose who stays, N goes on, U takes the last one back."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Trùng"),
            translate("Hồ sơ có thể là một người: so hai bên rồi gộp, hoặc ghi là hai người khác."),
        )
        self.all = button(translate("Tất cả các cặp"), self._show_all, "", "list")
        self.head.add(self.all)
        self.all.hide()
        self.list = RecordList("duplicates", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Các cặp có thể trùng"))
        self.list.view.give_lines(2)
        self.card = ReviewCard()
        self._only = ""
        self._unseen = 0
        self._last: Callable[[], Any] | None = None
        self.deciding = Deciding(self, self.list, self._look, self._forget)
        beside = row(self.list, self.card, gap=16)
        beside.setStretch(0, 2)
        beside.setStretch(1, 3)
        page = column(self.head, beside, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        """All open pairs, those of one person, or any two persons ("id id")."""
        self._only = key
        self.all.setVisible(bool(key))
        self._compare()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if entities & TOUCHING and not self.deciding.busy:
            self.list.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("G", translate("Gộp hai hồ sơ đang xem")),
            ("K", translate("Ghi: hai người khác nhau")),
            ("1 / 2", translate("Chọn hồ sơ giữ lại: bên trái, bên phải")),
            ("N", translate("Sang cặp sau")),
            ("U", translate("Rút lại việc vừa làm")),
        )

    def merge(self) -> None:
        """Merge the two records that are looked at, as chosen."""
        review = self.card.review
        if review is None or not review.may_merge:
            return
        left = self.card.survivor() == "a"
        stays, goes = (review.a, review.b) if left else (review.b, review.a)
        take = self.card.take()
        if not left:
            take = duplicate.turned(take)
        ws, name = self.stage.ws, stays.card.name

        def done(merged: Merged) -> None:
            words = translate("Đã gộp vào hồ sơ của {name}.", name=name)
            if merged.pending:
                words += " " + translate("Thông tin chính đổi theo đang chờ người khác duyệt.")
            self._told(words, lambda: merge.unmerge(ws, merged.id))

        self.deciding.decide(lambda: merge.merge(ws, stays.card.id, goes.card.id, take), done)

    def keep_apart(self) -> None:
        """Remember that the two records are two persons."""
        review = self.card.review
        if review is None:
            return
        ws, one, other = self.stage.ws, review.a.card.id, review.b.card.id

        def done(_none: object) -> None:
            words = translate("Đã ghi: hai người khác nhau. Cặp này không hỏi lại nữa.")
            self._told(words, lambda: duplicate.withdraw(ws, one, other))

        self.deciding.decide(lambda: duplicate.dismiss(ws, one, other), done)

    def take_back(self) -> None:
        """Undo the last decision made here."""
        last, self._last = self._last, None
        if last is not None:
            words = translate("Đã rút lại; cặp này trở lại danh sách.")
            self.deciding.decide(last, lambda _done: self.stage.tell(Message(words, "ok")))

    def _connect(self) -> None:
        card = self.card
        card.merge_asked.connect(self.merge)
        card.apart_asked.connect(self.keep_apart)
        card.next_asked.connect(self.deciding.step)
        card.open_asked.connect(lambda key: self.stage.go("person", key))
        self.list.opened.connect(lambda pair: self.stage.go("person", pair.a.id))
        self.list.counted.connect(self._counted)
        self.list.view.selectionModel().currentRowChanged.connect(self.deciding.row_changed)
        self.list.model.loaded.connect(self._loaded)
        for keys, act in (
            ("G", self.merge),
            ("K", self.keep_apart),
            ("1", lambda: card.keep("a")),
            ("2", lambda: card.keep("b")),
            ("N", self.deciding.step),
            ("U", self.take_back),
        ):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(act)

    def _show_all(self) -> None:
        self.opened()

    def _read(self) -> None:
        self.list.set_source(source(self.stage.ws, self._only), self._nothing())

    def _compare(self, begins: bool = True) -> None:
        """Compare whoever was not compared yet, a few at a time while the page is seen."""
        ws = self.stage.ws

        def done(left: int) -> None:
            self._unseen = left
            if begins:
                self._read()
            elif not left:
                self.list.nothing = self._nothing()
                self.list.reload()
            self._show_facts()
            if left and ws.can("enter") and self.isVisible():
                self._compare(begins=False)

        self.stage.tasks.desk.run(lambda: likeness.settle_a_little(ws), done, owner=self)

    def _nothing(self) -> Nothing:
        if self._unseen:
            hint = translate("Cặp nào giống sẽ hiện ở đây; cứ làm việc khác.")
            return Nothing(translate("Đang so các hồ sơ mới…"), hint)
        hint = translate("Hồ sơ mới, danh sách mới nhập và dữ liệu đồng bộ về đều được so ngay.")
        return Nothing(translate("Không còn cặp nào có thể trùng."), hint)

    def _counted(self, _total: int) -> None:
        self._show_facts()

    def _show_facts(self) -> None:
        pairs = self.list.total
        words = [] if pairs is None else [translate("{count} cặp", count=show.number(pairs))]
        if self._unseen:
            count = show.number(self._unseen)
            words.append(translate("còn {count} hồ sơ chưa so", count=count))
        self.head.set_facts(" · ".join(words))

    def _loaded(self) -> None:
        if not self.list.model.rowCount():
            self._forget()

    def _look(self) -> None:
        place = self.deciding.current()
        if place is None:
            return
        ws, pair = self.stage.ws, self.list.model.row(place)
        self.stage.tasks.desk.run(
            lambda: duplicate.review(ws, pair.a.id, pair.b.id),
            self._show_review,
            lambda _failure: self._forget(),
            self,
            "duplicate-review",
        )

    def _forget(self) -> None:
        self.card.show_nothing()

    def _show_review(self, review: Review) -> None:
        self.card.show_review(review)

    def _told(self, words: str, back: Callable[[], Any]) -> None:
        self._last = back
        self.stage.tell(Message(words, "ok", translate("Rút lại (U)"), self.take_back))
        self.stage.refresh()


def source(ws: Workspace, only: str) -> Source:
    """Where the list reads: all open pairs, one person's, or any two persons ("id id")."""

    def some() -> tuple[AlikePair, ...]:
        one, _, other = only.partition(" ")
        return (duplicate.pair(ws, one, other),) if other else duplicate.pairs_of(ws, one)

    def fetch(after: int | None, limit: int) -> Rows:
        if only:
            return Rows(some())
        pairs = duplicate.worklist(ws, limit, after or 0).pairs
        return Rows(pairs, (after or 0) + limit if len(pairs) == limit else None)

    def total() -> int:
        return len(some()) if only else duplicate.counts(ws)[0]

    return Source(fetch, total)


def columns() -> tuple[Column, ...]:
    """The narrow list beside the card: a line for each name; the card says how sure and why."""
    return (
        Column("names", translate("Hai hồ sơ"), _names_cell, 0, fixed=True, least=NAME_LETTERS),
        Column("why", translate("Vì sao"), _why_cell, 0, hidden=True),
        Column("grade", translate("Mức"), _grade_cell, 11),
    )


def _names_cell(pair: AlikePair) -> Cell:
    names = dict.fromkeys((pair.a.name, pair.b.name))
    return Cell("\n".join(names), tip=f"{pair.a.name} · {pair.b.name}")


def _why_cell(pair: AlikePair) -> Cell:
    told = [why.words for why in pair.reasons if why.weight > 0]
    return Cell(", ".join(told[:2]), tip="; ".join(why.words for why in pair.reasons))


def _grade_cell(pair: AlikePair) -> Cell:
    words, tone, sign = {
        "same": (translate("Chắc"), "bad", "="),
        "likely": (translate("Có thể"), "wait", "≈"),
    }.get(pair.grade, (translate("Khác"), "mute", "≠"))
    chip = show.Chip(words, tone, sign)
    return Cell(chips=(chip,), tip=say(f"like_grade_{pair.grade}"))
