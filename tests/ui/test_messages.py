"""What is said above the page: good news goes by itself, the word on one act with the next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.desk import Desk
from tests.ui.conftest import settle, until
from tests.ui.windows import sign_in
from ui.stage import Message
from ui.tasks import Tasks
from ui.window import Window


def test_good_news_of_a_page_goes_with_it_and_what_asks_for_something_stays(
    window_on: Callable[[Path], Window], crowd: Desk, tasks: Tasks
) -> None:
    window = window_on(crowd.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    frame = window.frame
    assert frame is not None
    frame.go("import")
    frame.tell(Message("Đã lưu 3 dòng cần sửa.", "ok", stays=True))
    frame.tell(Message("Đã nhập xong.", "ok", "Xem kết quả", stays=True))
    frame.tell(Message("Chưa lưu được.", "bad", stays=True))
    frame.go("people")
    told = [one.message.text for one in frame.banners.shown()]
    assert told == ["Chưa lưu được.", "Đã nhập xong."]
    settle(tasks)


def test_what_was_said_of_one_act_does_not_stand_over_the_next(
    window_on: Callable[[Path], Window], crowd: Desk, tasks: Tasks
) -> None:
    window = window_on(crowd.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    frame = window.frame
    assert frame is not None
    frame.go("import")

    def told() -> list[str]:
        return [one.message.text for one in frame.banners.shown()]

    frame.tell(Message("Chưa mở được tệp.", "bad", stays=True))
    frame.tell(Message("Đã cấp 0 giấy.\n" + "\n".join("Hồ sơ chưa được duyệt." for _ in "1234567")))
    frame.tell(Message("Kho không còn phôi.", "wait"))
    assert len(told()) == 3, "what one act says stands together"
    until(lambda: max(one.height() for one in frame.banners.shown()) < 140)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    frame.tell(Message("Ghi số phôi.", "bad"))
    assert told() == ["Ghi số phôi.", "Chưa mở được tệp."]
    frame.go("people")
    assert told() == ["Chưa mở được tệp."]
    settle(tasks)
