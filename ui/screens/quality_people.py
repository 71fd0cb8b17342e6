"""The records behind a line of data quality: what is wrong with each, and who entered it."""

from __future__ import annotations

from typing import Any

from app import forms
from app.actions import quality
from app.values.quality import QualityPerson
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain

KINDS = "defects"


class QualityPeopleScreen(Screen):
    """Enter opens the person; the filter shows one kind of defect or several."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead("", translate("Enter mở hồ sơ để bổ sung, sửa."))
        choices = tuple(forms.choice(*one) for one in quality.defect_words().items())
        self.filters = FilterBar((Filter(KINDS, translate("Chỗ cần xem"), choices),))
        self.filters.changed.connect(lambda _values: self._read())
        self.list = RecordList("quality_people", _columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Hồ sơ cần xem lại"))
        self.list.opened.connect(lambda line: stage.go("person", line.id))
        self.list.failed.connect(self._failed)
        self._of = ("unit", "")
        page = column(self.head, self.filters, self.list, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the records of a line; coming back from a person it is the same one."""
        if "by" in facts:
            self._of = (str(facts["by"]), key)
            name = str(facts["whose"]) or translate("chưa rõ")
            self.head.set_title(translate("Cần xem lại: {name}", name=name))
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A record was mended, perhaps."""
        if "person" in entities:
            self.list.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Enter", translate("Mở hồ sơ")),)

    def _read(self) -> None:
        ws, (by, key) = self.stage.ws, self._of
        chosen = self.filters.values().get(KINDS, ())
        kinds = chosen if isinstance(chosen, tuple) else ()

        def fetch(after: object, limit: int) -> Rows:
            found = quality.people(ws, by, key, kinds, (str(after or ""), limit))
            return Rows(found, found[-1].id if len(found) == limit else None)

        self.list.set_source(Source(fetch), Nothing(translate("Không có hồ sơ nào cần xem lại.")))

    def _failed(self, failure: Failure) -> None:
        self.stage.tell(Message(failure.message, "bad"))


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", translate("Họ và tên"), _name, 0, fixed=True),
        Column("birth", translate("Ngày sinh"), lambda one: plain(one.birth), 12),
        Column("number", translate("Số định danh"), lambda one: plain(one.number), 15, rank=2),
        Column("place", translate("Nơi ở"), lambda one: plain(one.place), 0, rank=1),
        Column("wrong", translate("Chỗ cần xem"), _wrong, 0, share=2.4),
        Column("by", translate("Người nhập"), lambda one: plain(one.entered_by), 16),
        Column("at", translate("Nhập lúc"), _at, 12, rank=1),
    )


def _wrong(line: QualityPerson) -> Cell:
    words = quality.defect_words()
    told = ", ".join(words[one] for one in line.defects)
    return Cell(told, tip=told)


def _name(line: QualityPerson) -> Cell:
    return Cell(line.name, bold=True)


def _at(line: QualityPerson) -> Cell:
    return plain(show.instant(line.entered_at))
