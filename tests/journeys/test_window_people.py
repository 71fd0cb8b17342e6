"""hoa at the list of people with the keyboard: another order, then everybody at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.actions import person
from tests.desk import Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.people import PeopleScreen

FAMILIES = "Bùi Đặng Hồ Lê Mai Phạm Trần".split()
MIDDLES = "Anh Công Đình Đức Hữu Kim Minh Ngọc Quang Quốc Thanh Thị Văn Viết Xuân".split()
GIVEN = "An Bình Cường Dũng Giang Hải Khoa Long Nhung Phúc".split()
THOUSANDS = len(FAMILIES) * len(MIDDLES) * len(GIVEN)


def test_hoa_puts_the_list_in_order_of_birth_and_ticks_thousands(
    sit_down: Callable[[Path], Officer], office: Desk, home: Path
) -> None:
    names = [" ".join(parts) for parts in product(FAMILIES, MIDDLES, GIVEN)]
    every = [
        person.NewPerson(typed(name=name, birth=str(1920 + n % 90)), "waiting")
        for n, name in enumerate(names)
    ]
    for start in range(0, THOUSANDS, person.SLICE_ROWS_MAX):
        person.save_many(office.minh, every[start : start + person.SLICE_ROWS_MAX])
    office.close()
    officer = sit_down(home)
    officer.sign_in("hoa")
    officer.go(2)
    screen = officer.screen(PeopleScreen)
    officer.until(lambda: screen.list.total == THOUSANDS)
    officer.push("Cột, thứ tự")
    officer.until(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        QTest.keyClick(menu, Qt.Key.Key_Down)
        now = menu.activeAction()
        if now is not None and now.text() == "Xếp theo ngày sinh":
            break
    QTest.keyClick(menu, Qt.Key.Key_Return)
    officer.come_back()
    officer.until(lambda: [screen.list.model.row(n).birth for n in range(9)] == ["1920"] * 9)
    officer.rest()
    officer.photo("journey-people-1-by-birth")
    officer.tab_to("Danh sách người")
    officer.press(Qt.Key.Key_A, control=True)
    officer.until(lambda: len(screen.list.model.ticked) == THOUSANDS)
    officer.photo("journey-people-2-thousands")
    assert officer.sees("Đã chọn 1.050")
