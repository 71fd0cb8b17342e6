"""The office in numbers on one page: who counts, what is late, targets, and how it went."""

from __future__ import annotations

from typing import Any

from app import forms
from app.actions import overview, progress
from app.values.overview import BEHIND, Overview
from app.values.period import Progress
from app.wording import translate
from ui import show
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, column, label, row
from ui.widgets.tile import Tile
from ui.widgets.tiles import Tiles
from ui.widgets.trend_card import TrendCard

TOUCHING = frozenset({"person", "need", "care_case", "application", "target", "period"})


class OverviewScreen(Screen):
    """Every number is a button that opens what it counts."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Tổng quan"),
            translate("Đơn vị trong một trang. Bấm vào số nào thì mở danh sách của số ấy."),
        )
        go = stage.go
        self.tiles = Tiles(
            {
                "approved": Tile(translate("người được duyệt"), "approve",
                                 lambda: go("report", "R-01")),
                "need_items": Tile(translate("lượt nhu cầu"), "gift", lambda: go("report", "R-03")),
                "need_persons": Tile(translate("người có nhu cầu"), "people",
                                     lambda: go("report", "R-03")),
                "cases": Tile(translate("ca đang mở"), "case", lambda: go("report", "BC-05")),
                "waiting": Tile(translate("hồ sơ chờ duyệt"), "clock",
                                lambda: go("people", status=("waiting",))),
                "returned": Tile(translate("hồ sơ bị trả lại"), "undo",
                                 lambda: go("people", status=("returned",))),
                "late": Tile(translate("việc quá hạn"), "warning", lambda: go("today")),
                "files_late": Tile(translate("hồ sơ quá hạn ở Hội đồng"), "clock",
                                   lambda: go("applications")),
                "mend": Tile(translate("chỗ cần bổ sung, xem lại"), "edit",
                             lambda: go("plans", "quality")),
            }
        )  # fmt: skip
        self.target = label("", "", wrap=True)
        more = button(translate("Xem chỉ tiêu"), lambda: go("plans", "targets"))
        targets = Card(translate("Chỉ tiêu"), self.target, row(more, 1))
        self.trends = TrendCard()
        if stage.ws.others:
            words = translate("Mọi đơn vị")
            self.head.add(button(words, lambda: go("province"), "", "office"))
        page = column(self.tiles, targets, self.trends, None, gap=12)
        inside = label()
        inside.setLayout(page)
        whole = column(self.head, Scroll(inside), gap=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Count again."""
        self._read()
        self.tiles.named["approved"].setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Something that is counted here was touched."""
        if entities & TOUCHING:
            self._read()

    def _read(self) -> None:
        ws = self.stage.ws
        self.stage.tasks.totals.run(
            lambda: overview.as_of_today(ws), self._show, self._failed, owner=self, key="overview"
        )

    def _show(self, seen: Overview) -> None:
        for name, tile in self.tiles.named.items():
            tile.set_count(getattr(seen, name))
        self._show_target(seen)
        ws = self.stage.ws  # looking back takes longer: the numbers do not wait for it
        self.stage.tasks.totals.run(
            lambda: overview.with_past(ws, seen), self._show_past, self._failed, owner=self,
            key="overview",
        )  # fmt: skip

    def _show_past(self, seen: Overview) -> None:
        self.trends.show_trends(seen.days, seen.trends)

    def _show_target(self, seen: Overview) -> None:
        lines = [one for one in seen.progress if one.lines]
        unset = translate("Chưa giao chỉ tiêu nào.")
        self.target.setText("\n".join(map(_progress_words, lines)) or unset)

    def _failed(self, failure: Failure) -> None:
        """A dash stays where nothing could be counted: never a zero."""
        self.stage.tell(Message(failure.message, "bad"))


def _progress_words(one: Progress) -> str:
    """A figure of the whole office beside its target, and how many units are behind."""
    whole = one.lines[0]
    facts = {
        "what": progress.title(one.figure, one.period.name),
        "done": show.number(whole.done),
        "unit": progress.unit_word(one.figure),
        "day": forms.date_shown(one.as_of),
    }
    if whole.number is None:
        words = translate("{what}: {done} {unit}, chưa giao cho cả đơn vị, tính đến {day}", **facts)
    else:
        words = translate(
            "{what}: {done} trên {number} {unit} ({percent} %), tính đến {day}",
            number=show.number(whole.number),
            percent="–" if whole.percent is None else show.percent(whole.percent),
            **facts,
        )
    late = sum(each.standing in BEHIND for each in one.lines[1:])
    if not late:
        return words
    return f"{words}; " + translate("{count} nơi chậm hay chưa có hồ sơ nào", count=late)
