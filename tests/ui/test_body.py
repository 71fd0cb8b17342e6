"""Pages in windows too low for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.desk import Desk
from tests.ui.conftest import grab, settle, until
from tests.ui.windows import people, sign_in
from ui.stage import Message
from ui.tasks import Tasks
from ui.window import Window


def test_in_a_low_window_the_page_scrolls_and_nothing_of_it_is_cut(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    """A screen of 1920x1080 at 200 %, a message that stays, and the bar that names a filter."""
    window = window_on(office.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    assert window.frame is not None
    screen = people(window)
    window.resize(960, 540)
    window.frame.tell(Message("Máy chủ chưa trả lời.", "wait", stays=True))
    screen.saved._ask_name()
    screen.saved.name.refuse("Đặt tên cho bộ lọc.")
    settle(tasks)
    bar, filters = screen.saved.name, screen.filters
    until(lambda: bar.line.visibleRegion().boundingRect().height() == bar.line.height())
    assert (window.width(), window.height()) == (960, 540)
    assert filters.height() >= filters.heightForWidth(filters.width()) > 60, "two rows of filters"
    assert bar.height() >= bar.heightForWidth(bar.width())
    assert screen.list.view.height() >= screen.list.view.minimumHeight() > 100
    grab(window, "low-window")
