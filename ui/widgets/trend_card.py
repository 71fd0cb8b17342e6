"""How figures went over months: a chart of one of them, and a button for each to choose which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton

from app.reports import trend
from app.wording import translate
from ui.widgets.flow import Flow
from ui.widgets.parts import Card, button
from ui.widgets.trend_chart import TrendChart

BOLDER_PX = 24
"""The chosen one is written bolder, and wider."""


class TrendCard(Card):
    """`show_trends(days, trends)`; the figure that was chosen stays chosen."""

    def __init__(self) -> None:
        self.chart = TrendChart()
        self.choices: dict[str, QPushButton] = {}
        across = Flow()
        for name in trend.SHOWN:
            made = button(
                _words()[name],
                lambda name=name: self.choose(name),  # type: ignore[misc]
                "filter",
            )
            made.setCheckable(True)
            made.setMinimumWidth(made.sizeHint().width() + BOLDER_PX)
            self.choices[name] = made
            across.addWidget(made)
        super().__init__(translate("Mười hai tháng: số ở cuối mỗi tháng"), across, self.chart)
        self._days: tuple[str, ...] = ()
        self._trends: Mapping[str, Sequence[int]] = {}
        self.shown = trend.SHOWN[0]
        self.choose(self.shown)

    def show_trends(self, days: Sequence[str], trends: Mapping[str, Sequence[int]]) -> None:
        """Draw other numbers."""
        self._days, self._trends = tuple(days), trends
        self.choose(self.shown)

    def choose(self, name: str) -> None:
        """Draw this figure."""
        self.shown = name
        for one, made in self.choices.items():
            made.setChecked(one == name)
        numbers = self._trends.get(name, ())
        pairs = zip(self._days, numbers, strict=False)
        bars = [(f"{day[5:7]}/{day[2:4]}", many) for day, many in pairs]
        self.chart.show_it(_words()[name], bars)


def _words() -> Mapping[str, str]:
    """What each figure is called here; where it is counted it is a report's column."""
    return {
        "approved": translate("Người được duyệt"),
        "issued": translate("Giấy xác nhận đã cấp (cộng dồn)"),
        "met_items": translate("Nhu cầu đã đáp ứng (lượt)"),
        "closing_cases": translate("Ca đang mở"),
    }
