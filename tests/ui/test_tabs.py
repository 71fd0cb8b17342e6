"""Tabs in groups: few in the strip, their parts below, and every part within reach of the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.conftest import until
from ui.widgets.tabs import Tabs


def shown(tabs: Tabs) -> list[str]:
    """The words of the tabs that can be pressed now, the strip first."""
    return [one.text() for one in tabs.findChildren(QPushButton) if one.isVisibleTo(tabs)]


def test_parts_of_a_group_stand_below_it_and_the_keys_walk_through_all(
    application: QApplication,
) -> None:
    tabs = Tabs()
    tabs.begin("Hồ sơ", counted=False)
    for name in ("chung", "tật"):
        tabs.add(name, name, lambda words=name: QLabel(words))  # type: ignore[misc]
    tabs.begin("Ca, hỗ trợ")
    for name in ("nhu cầu", "ca"):
        tabs.add(name, name, lambda words=name: QLabel(words))  # type: ignore[misc]
    tabs.open("chung")
    tabs.show()
    tabs.activateWindow()
    until(tabs.isActiveWindow)
    assert shown(tabs) == ["Hồ sơ", "Ca, hỗ trợ", "chung", "tật"]
    for name, count in (("tật", 3), ("nhu cầu", 2), ("ca", 1)):
        tabs.set_count(name, count)
    assert shown(tabs) == ["Hồ sơ", "Ca, hỗ trợ  3", "chung", "tật  3"]
    opened = []
    for _ in range(4):
        tabs._move(1)
        opened.append(tabs.current)
    assert opened == ["tật", "nhu cầu", "ca", "chung"] and tabs.names() == ("chung", *opened[:3])
    tabs.open("ca")
    assert shown(tabs)[2:] == ["nhu cầu  2", "ca  1"]
    head = next(one for one in tabs.findChildren(QPushButton) if one.text() == "Hồ sơ")
    head.click()
    assert tabs.current == "chung" and head.isChecked()
    head.setFocus()
    QTest.keyClick(head, Qt.Key.Key_Right)
    assert tabs.current == "ca", "a group opens where it was left"
    tabs.close()
