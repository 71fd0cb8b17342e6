"""The page under "?": every key and what it does, here and everywhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QGridLayout

from app.wording import translate
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, clear, column, holder, label


def everywhere() -> tuple[tuple[str, str], ...]:
    """Keys of every page."""
    return (
        ("Ctrl+K", translate("Tìm người, ca, giấy tờ, việc ở mọi trang; ô trống: vừa xem gì")),
        ("Ctrl+Shift+N", translate("Ghi nhanh về một người, ở bất cứ trang nào")),
        ("Alt+L", translate("Lịch việc")),
        ("Alt+1 … Alt+9", translate("Đi tới từng mục bên trái, từ trên xuống")),
        ("Alt+← · Alt+→", translate("Trang trước, trang sau")),
        ("F5", translate("Đọc lại trang")),
        ("Ctrl+L", translate("Khóa màn hình")),
        ("Ctrl+/ · ?", translate("Trang này")),
    )


def in_forms() -> tuple[tuple[str, str], ...]:
    """Keys while typing a record."""
    return (
        ("Enter", translate("Sang ô tiếp theo")),
        ("Ctrl+S", translate("Lưu")),
        ("Ctrl+Enter", translate("Lưu và nhập người tiếp theo")),
        ("Ctrl+Z · Ctrl+Y", translate("Hoàn tác, làm lại, qua mọi ô")),
        ("F1", translate("Cách điền ô này và căn cứ pháp luật")),
        ("↓", translate("Mở danh sách của ô có mũi tên")),
        ("Ctrl+PageUp · Ctrl+PageDown", translate("Thẻ trước, thẻ sau")),
    )


def in_lists() -> tuple[tuple[str, str], ...]:
    """Keys of lists."""
    return (
        ("Enter", translate("Mở dòng đang chọn")),
        ("Space", translate("Đánh dấu dòng")),
        ("Ctrl+A", translate("Đánh dấu tất cả")),
        ("Ctrl+N", translate("Thêm người")),
        ("Esc", translate("Xóa ô tìm; không bao giờ làm mất gì đang gõ")),
    )


class KeysScreen(Screen):
    """Cards of keys; first those of the page one came from."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        head = PageHead(
            translate("Các phím tắt"), translate("Mọi việc đều làm được bằng bàn phím.")
        )
        self.here = column(gap=0)
        cards = [
            _card(translate("Ở mọi trang"), everywhere()),
            _card(translate("Khi nhập hồ sơ"), in_forms()),
            _card(translate("Trong danh sách"), in_lists()),
        ]
        content = column(self.here, *cards, 1, gap=12, margins=(0, 0, 8, 0))
        page = column(head, Scroll(holder(content)), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        clear(self.here)
        here = facts.get("here", ())
        if here:
            self.here.addWidget(_card(translate("Ở trang vừa rồi"), here))


def _card(title: str, lines: tuple[tuple[str, str], ...]) -> Card:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, 220)
    grid.setColumnStretch(1, 1)
    for place, (keys, words) in enumerate(lines):
        grid.addWidget(label(keys, "strong"), place, 0)
        grid.addWidget(label(words, wrap=True), place, 1)
    return Card(title, grid)
