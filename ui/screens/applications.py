"""The desk of files: how many at each step, what is late first, Enter opens a file."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from app import forms
from app.actions import application_desk
from app.rules import application as rules
from app.values.application import ApplicationCard, ApplicationsFilter, DeskCounts
from app.wording import translate
from ui import show
from ui.screens.file_chips import clock_chip, kind_words, step_chip
from ui.screens.sheet_taking import SheetTaking
from ui.stage import Screen, Stage
from ui.widgets.flow import flow
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, row, words_of
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.search_field import SearchField
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

TOUCHING = frozenset({"application", "complaint", "medical_referral", "person"})
LIVE, DUE = "live", "due"
STEPS = (
    *(rules.RECEIVED, rules.MISSING, rules.COMPLETE, rules.SCHEDULED, rules.HEARD),
    *(rules.CONCLUDED, rules.NOTICED, rules.MEDICAL_BOARD, rules.BOARD_CONCLUDED),
)
ENDED = "ended"
SEARCH_WIDTH_PX = 360


class ApplicationsScreen(Screen):
    """`opened(step)`; one chip is chosen: all that go on, what is due, one step, or the ended."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._query, self.chosen = "", LIVE
        self.head = PageHead(
            translate("Hồ sơ xác định"),
            translate("Hồ sơ theo bước, quá hạn đứng đầu. Nhận đơn ở trang người, thẻ Xác định."),
        )
        self.chips: dict[str, QPushButton] = {}
        for name in (LIVE, DUE, *STEPS, ENDED):
            made = button("", partial(self.choose, name), "filter")
            made.setCheckable(True)
            self.chips[name] = made
        self.list = RecordList("applications", columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Hồ sơ xác định mức độ khuyết tật"))
        self.list.opened.connect(lambda card: stage.go("application", card.id))
        self.search = SearchField(translate("tên người, số tiếp nhận…"))
        self.search.searched.connect(self._search)
        self.search.setMaximumWidth(SEARCH_WIDTH_PX)
        council = button(translate("Hội đồng, phiên họp"), lambda: stage.go("council"), "", "users")
        self.head.add(council)
        papers = translate("Giấy xác nhận, phôi")
        self.head.add(button(papers, lambda: stage.go("certificates"), "", "file"))
        self.book = SheetTaking(stage, "application", self._read)
        if stage.ws.can("import") and stage.ws.can("enter"):
            words = translate("Nhập sổ hồ sơ…")
            self.head.add(button(words, self.book.ask_file, "", "import"))
        self.minutes = SheetTaking(stage, "medical_referral", self._read)
        searching = row(self.search, 1)
        searching.setStretch(0, 1)
        if stage.ws.can("import") and stage.ws.can("enter"):
            words = translate("Nhập biên bản giám định…")
            searching.addWidget(button(words, self.minutes.ask_file, "", "import"))
        above = column(flow(*self.chips.values()), searching, gap=10)
        page = column(self.head, self.book, self.minutes, above, self.list, gap=12)
        page.setStretch(4, 1)
        self.setLayout(page)
        self._show_counts(DeskCounts({}, 0, 0))

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the files of a step, else those that were shown last."""
        if key in self.chips:
            self.chosen = key
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read again when a file moved."""
        if entities & TOUCHING:
            self._read_counts()
            self.list.reload()

    def choose(self, name: str) -> None:
        """Show the files of one chip."""
        self.chosen = name
        self._read()

    def _search(self, text: str) -> None:
        self._query = text
        self._read()

    def _read(self) -> None:
        self._read_counts()
        ws, which = self.stage.ws, wanted(self.chosen, self._query)

        def fetch(after: object, limit: int) -> Rows:
            start = after if isinstance(after, int) else 0
            page = application_desk.listing(ws, which, limit, start)
            end = start + len(page.cards)
            return Rows(page.cards, end if end < page.total and page.cards else None)

        nothing = Nothing(
            translate("Không có hồ sơ nào ở đây."),
            translate("Mở trang của một người, thẻ Xác định, bấm “Nhận đơn”."),
        )
        total = lambda: application_desk.listing(ws, which, 1).total  # noqa: E731
        self.list.set_source(Source(fetch, total), nothing)

    def _read_counts(self) -> None:
        ws = self.stage.ws
        desk = self.stage.tasks.desk
        desk.run(
            lambda: application_desk.counts(ws),
            self._show_counts,
            owner=self,
            key="applications",
        )

    def _show_counts(self, told: DeskCounts) -> None:
        live = sum(told.steps.get(one, 0) for one in STEPS)
        ended = sum(told.steps.get(one, 0) for one in rules.ENDED)
        counts = {LIVE: live, DUE: told.late + told.due_today, ENDED: ended} | {
            one: told.steps.get(one, 0) for one in STEPS
        }
        titles = {
            LIVE: translate("Đang làm"),
            DUE: translate("Quá hạn, hạn hôm nay"),
            ENDED: translate("Đã xong"),
        }
        for name, made in self.chips.items():
            title = titles.get(name) or forms.code_label("file_step", name)
            words = translate("{title}: {count}", title=title, count=show.number(counts[name]))
            made.setText(f"\u00a0{words_of(words)}\u00a0")  # room for the bold of a chosen one
            made.setAccessibleName(words)
            made.setChecked(name == self.chosen)
            made.setVisible(bool(counts[name]) or name in (LIVE, DUE, ENDED, self.chosen))
        facts = (
            translate("{count} đang làm", count=show.number(live)),
            translate("{count} quá hạn", count=show.number(told.late)),
            translate("{count} hạn hôm nay", count=show.number(told.due_today)),
        )
        self.head.set_facts(" · ".join(facts))


def wanted(chosen: str, query: str) -> ApplicationsFilter:
    """What a chip and the searched words ask for."""
    if chosen == DUE:
        return ApplicationsFilter(due=True, query=query)
    if chosen == LIVE:
        return ApplicationsFilter(live=True, query=query)
    steps = rules.ENDED if chosen == ENDED else (chosen,)
    return ApplicationsFilter(steps=steps, query=query)


def columns() -> tuple[Column, ...]:
    """The columns of the desk; step and clock stay where it is narrow."""
    number = lambda card: plain(_told(card, "receipt_number"))  # noqa: E731
    due = lambda card: plain(forms.date_shown(card.clock.due))  # noqa: E731
    return (
        Column("name", translate("Họ và tên"), _name, 0, False, True, least=16),
        Column("number", translate("Số tiếp nhận"), number, 14, rank=2),
        Column("place", translate("Xã"), _place, 16, rank=1),
        Column("kind", translate("Loại đơn"), lambda c: plain(kind_words(c)), 0, rank=1),
        Column("step", translate("Bước"), lambda c: Cell(chips=(step_chip(c.step),)), 22),
        Column("clock", translate("Đồng hồ"), _clock, 20),
        Column("due", translate("Hạn"), due, 12),
    )


def _told(card: ApplicationCard, name: str) -> str:
    return str(card.fields[name] or "")


def _name(card: ApplicationCard) -> Cell:
    dead = translate("đã mất") if card.dead else ""
    return Cell(" · ".join(part for part in (card.person_name, dead) if part), bold=True)


def _place(card: ApplicationCard) -> Cell:
    return plain(forms.unit_short(card.commune) if card.commune else "")


def _clock(card: ApplicationCard) -> Cell:
    chip = clock_chip(card.clock)
    return Cell(chips=(chip,)) if chip is not None else plain("")
