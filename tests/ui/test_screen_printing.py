"""Case files from the printing page: looked at, made, read back, stopped and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.actions import access, person, settings
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed
from tests.ui.conftest import Heartbeat, Told, grab, press, settle, type_words, until
from ui.screens.printing import PrintingScreen
from ui.stage import Stage
from ui.tasks import Tasks

SECRET = "Mo-tep-nay-2026"
NAMES = ("Đinh Văn Briu", "Nguyễn Thị Hường", "Trần Xuân Quân")


@pytest.fixture
def shown(
    stage_for: Callable[[Workspace], Stage], tasks: Tasks, tmp_path: Path
) -> Callable[..., PrintingScreen]:
    def make(ws: Workspace, **facts: object) -> PrintingScreen:
        screen = PrintingScreen(stage_for(ws))
        screen.how.where.folder.setText(str(tmp_path / "bản in"))
        screen.resize(1102, 690)
        screen.show()
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        screen.opened(**facts)
        until(lambda: screen.who.ids or not facts)
        settle(tasks)
        return screen

    return make


@pytest.fixture
def people(office: Desk) -> list[str]:
    for number, name in enumerate(NAMES):
        draft = typed(name=name, birth=f"19{50 + number}", sex="female", hamlet="Vĩnh Trường")
        person.save(office.minh, draft)
    return list(person.ids(office.minh, PeopleFilter()))


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    words = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return words


def test_the_first_file_is_looked_at_before_anything_is_made(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str], tmp_path: Path
) -> None:
    screen = shown(office.hoa, ids=tuple(people))
    until(lambda: screen.view.count > 0)
    settle(screen.stage.tasks)
    grab(screen, "printing-preview")
    assert screen.start.accessibleName() == "Tạo PDF 3 hồ sơ"
    assert not (tmp_path / "bản in").exists()
    kinds = [line.kind for line in access.of_person(office.lan, people[0])]
    assert kinds == ["view"]


def test_one_volume_for_all_is_made_logged_and_can_be_read_back(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str]
) -> None:
    screen = shown(office.hoa, ids=tuple(people))
    with Heartbeat() as heart:
        press(screen.start, Qt.Key.Key_P, control=True)
        until(lambda: screen.result is not None)
    assert heart.longest_ms < 250
    settle(screen.stage.tasks)
    until(lambda: screen.view.count == screen.result.pages)  # type: ignore[union-attr]
    settle(screen.stage.tasks)
    grab(screen, "printing-done")
    assert screen.result is not None
    (file,) = screen.result.files
    words = text_of(file)
    assert all(name in words for name in NAMES)
    for each in people:
        assert "print" in [line.kind for line in access.of_person(office.lan, each)]
    assert screen.told.isVisible() and screen.panel.isVisible()


def test_one_file_each_lie_in_a_folder(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str]
) -> None:
    screen = shown(office.hoa, ids=tuple(people))
    screen.how.separate.setChecked(True)
    screen.begin()
    until(lambda: screen.result is not None)
    settle(screen.stage.tasks)
    grab(screen, "printing-separate")
    assert screen.result is not None
    assert [file.is_file() for file in screen.result.files] == [True] * 3
    assert screen.files.count() == 3
    assert "Đinh Văn Briu" in text_of(screen.result.files[0])


def test_a_whole_commune_is_chosen_by_typing_its_name(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str]
) -> None:
    person.save(office.minh, typed(name="Lê Đức Cường", commune=CAT_TUONG))
    screen = shown(office.hoa)
    screen.who.unit.line.setFocus()
    type_words(screen.who.unit.line, "cat hanh")
    until(lambda: screen.who.unit.line.list_open)
    press(screen.who.unit.line._popup, Qt.Key.Key_Return)
    until(lambda: len(screen.who.ids) == 3)
    assert screen.who.unit.line.data == CAT_HANH
    until(lambda: screen.view.count > 0)
    settle(screen.stage.tasks)
    grab(screen, "printing-commune")


def test_a_stopped_print_goes_on_where_it_stopped(
    shown: Callable[..., PrintingScreen], office: Desk
) -> None:
    for number in range(300):
        person.save(office.minh, typed(name=f"Nguyễn Thị {chr(65 + number % 26)}n", birth="1956"))
    screen = shown(office.hoa, which=PeopleFilter())
    screen.begin()
    until(lambda: screen.work.bar.value() >= 21, 60)
    press(screen.work.cancel, Qt.Key.Key_Space)
    until(lambda: screen.result is not None, 60)
    settle(screen.stage.tasks)
    grab(screen, "printing-stopped")
    assert screen.result is not None and screen.result.stopped and not screen.result.files
    before = screen.result.persons
    assert before > 0 and screen.start.accessibleName() == f"Tạo tiếp từ hồ sơ thứ {before + 1}"
    screen.start.click()
    until(lambda: screen.result is not None and not screen.result.stopped, 60)
    assert screen.result.resumed_from == before
    assert screen.result.persons == 300


def test_a_folder_that_cannot_be_written_is_told_and_the_page_stays(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str], tmp_path: Path
) -> None:
    (tmp_path / "tệp").write_text("đây không phải thư mục")
    screen = shown(office.hoa, ids=tuple(people))
    screen.how.where.folder.setText(str(tmp_path / "tệp" / "trong"))
    screen.begin()
    until(lambda: screen.banners.shown())
    grab(screen, "printing-not-written")
    assert "Không ghi được tệp" in screen.banners.shown()[0].message.text
    assert screen.start.isEnabled()


def test_somebody_removed_meanwhile_is_named_and_hinders_nobody(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str], told: Told
) -> None:
    screen = shown(office.hoa, ids=tuple(people))
    person.remove(office.minh, people[1], "nhập trùng")
    screen.begin()
    until(lambda: screen.result is not None)
    assert screen.result is not None
    assert screen.result.persons + len(screen.result.failed) == 3


def type_password(screen: PrintingScreen) -> None:
    """What the page asks before it writes: a password, twice, by the keyboard alone."""
    until(lambda: screen.lock.first.line.hasFocus())
    for line in (screen.lock.first.line, screen.lock.second.line):
        type_words(line, SECRET)
        press(line, Qt.Key.Key_Return)


def is_closed(file: Path) -> bool:
    with pytest.raises(pypdfium2.PdfiumError):
        text_of(file)
    with pypdfium2.PdfDocument(file, password=SECRET) as document:
        return len(document) > 0


def test_a_closed_print_is_never_gone_on_with_openly_without_a_word(
    shown: Callable[..., PrintingScreen], office: Desk, people: list[str]
) -> None:
    screen = shown(office.hoa, ids=tuple(people))
    screen.how.separate.setChecked(True)
    press(screen.close_file, Qt.Key.Key_Space)
    until(lambda: screen.lock.first.line.hasFocus())
    gate = Event()
    screen.stage.tasks.desk.run(gate.wait, None)
    type_password(screen)
    press(screen.work.cancel, Qt.Key.Key_Space)
    gate.set()
    until(lambda: screen.result is not None and screen.result.stopped)
    person.remove(office.minh, people[1], "nhập trùng")
    assert screen.start.accessibleName() == "Tạo lại 3 hồ sơ, có mật khẩu…"
    grab(screen, "printing-closed-stopped")
    press(screen.start, Qt.Key.Key_P, control=True)
    type_password(screen)
    until(lambda: screen.result is not None and not screen.result.stopped)
    first = screen.result
    assert first is not None and len(first.files) == 2 and all(map(is_closed, first.files))
    assert not screen.panel.isVisible(), "a closed file is not printed from here"
    again = {one.accessibleName(): one for one in screen.told.findChildren(QPushButton)}
    press(again["Thử lại 1 hồ sơ lỗi"], Qt.Key.Key_Space)
    until(lambda: screen.lock.first.line.hasFocus())
    assert screen.lock.open.isVisible(), "open it may be, when somebody says so"
    press(screen.lock.first.line, Qt.Key.Key_Escape)
    settings.change(office.lan, {"file_passwords": "must"})
    screen.opened(ids=(people[0],))
    until(lambda: screen.who.ids == (people[0],))
    press(screen.start, Qt.Key.Key_P, control=True)
    type_password(screen)
    until(lambda: screen.result is not None)
    assert screen.result is not None and all(map(is_closed, screen.result.files))
