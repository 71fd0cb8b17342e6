"""The import's page on a real store: look, retake a column, bring in, hand back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.actions import person
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.app.imports import lists
from tests.app.imports.bad_lists import BAD
from tests.desk import Desk
from tests.ui.conftest import Heartbeat, Told, grab, press, settle, type_words, until
from ui.screens.import_list import CHOOSE, DONE, LOOK, ImportScreen
from ui.stage import Stage
from ui.tasks import Tasks

HEADS = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Thôn", "Gì đó")
ROWS = (
    (1, "Nguyễn Thị Hường", "1956", "Nữ", "Cát Hanh", "Vĩnh Trường", "0905000001"),
    (2, "Đinh Văn Briu", "12/03/1971", "Nam", "Cát Hanh", "Vĩnh Long", "0905000002"),
    (3, "Trần Xuân Quân", "1945", "Nam", "Xã Không Có Thật", "Mỹ Hóa", "0905000003"),
    (4, "", "1962", "Nữ", "Cát Tường", "Làng M2", "0905000004"),
)


@pytest.fixture
def shown(
    stage_for: Callable[[Workspace], Stage], tasks: Tasks
) -> Callable[[Workspace], ImportScreen]:
    def make(ws: Workspace) -> ImportScreen:
        screen = ImportScreen(stage_for(ws))
        screen.resize(1102, 690)
        screen.show()
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        screen.opened()
        settle(tasks)
        return screen

    return make


@pytest.fixture
def made_list(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEADS, *ROWS):
        sheet.append(line)
    path = tmp_path / "Danh sách xã.xlsx"
    book.save(path)
    return path


def look_at(screen: ImportScreen, path: Path, tasks: Tasks) -> None:
    """Type the path as an officer pastes it."""
    screen.choose.line.setFocus()
    type_words(screen.choose.line, str(path))
    press(screen.choose.line, Qt.Key.Key_Return)
    until(lambda: screen.step == LOOK and not screen.reading.running)
    settle(tasks)


def everybody(desk: Desk) -> list[str]:
    return [card.name for card in person.listing(desk.lan, PeopleFilter()).cards]


def test_a_list_is_looked_at_before_anything_is_kept(
    shown: Callable[[Workspace], ImportScreen], office: Desk, made_list: Path, tasks: Tasks
) -> None:
    screen = shown(office.minh)
    grab(screen, "import-choose")
    look_at(screen, made_list, tasks)
    grab(screen, "import-look")
    assert everybody(office) == []
    assert screen.look.act.accessibleName() == "Nhập 2 người"
    press(screen.look.rows.view, Qt.Key.Key_Down)
    press(screen.look.rows.view, Qt.Key.Key_Down)
    words = "\n".join(one.text() for one in screen.look.card.findChildren(QLabel))
    assert "Xã Không Có Thật" in words and "Không tìm thấy xã" in words
    grab(screen, "import-look-refused-row")
    screen.look.tabs.open("refused")
    settle(tasks)
    grab(screen, "import-refused-tab")
    press(screen.look.refused.view, Qt.Key.Key_Return)
    assert screen.look.tabs.current == "rows"


def test_a_column_is_taken_for_something_else_and_read_again(
    shown: Callable[[Workspace], ImportScreen], office: Desk, made_list: Path, tasks: Tasks
) -> None:
    screen = shown(office.minh)
    look_at(screen, made_list, tasks)
    screen.look.tabs.open("columns")
    settle(tasks)
    grab(screen, "import-columns")
    editor = screen.look.columns.editors["Sheet!G"]
    editor.line.setFocus()
    editor.line.selectAll()
    type_words(editor.line, "dien thoai")
    until(lambda: editor.line.list_open)
    press(editor.line._popup, Qt.Key.Key_Return)
    until(lambda: screen.mapping == {"Sheet!G": "phone"})
    until(lambda: not screen.reading.running)
    settle(tasks)
    assert screen.look.preview is not None
    assert screen.look.preview.rows[0].values["phone"] == "0905000001"
    screen.bring_in()
    until(lambda: screen.step == DONE)
    found = person.page(office.lan, person.ids(office.lan, PeopleFilter(query="Hường"))[0])
    assert found.fields["phone"] == "0905000001"


def test_the_result_stays_with_the_people_and_the_rows_to_hand_back(
    shown: Callable[[Workspace], ImportScreen],
    office: Desk,
    made_list: Path,
    tasks: Tasks,
    told: Told,
    tmp_path: Path,
) -> None:
    screen = shown(office.minh)
    look_at(screen, made_list, tasks)
    press(screen.look.rows.view, Qt.Key.Key_Return, control=True)
    until(lambda: screen.step == DONE)
    settle(tasks)
    grab(screen, "import-done")
    assert sorted(everybody(office)) == ["Nguyễn Thị Hường", "Đinh Văn Briu"]
    assert screen.done.people.model.rowCount() == 2
    assert screen.done.refused.model.rowCount() >= 2
    back = tmp_path / "cần sửa.xlsx"
    screen.done.save_refused(back)
    until(lambda: told.messages)
    rows = [[cell.value for cell in line] for line in load_workbook(back).active.iter_rows()]
    assert len(rows) == 3
    assert rows[1][1] == "Trần Xuân Quân" and "xã" in str(rows[1][-1])


def test_what_was_kept_out_of_a_list_is_named_to_be_typed_by_hand(
    shown: Callable[[Workspace], ImportScreen], office: Desk, tmp_path: Path, tasks: Tasks
) -> None:
    path = tmp_path / "ds.xlsx"
    heads = ("Họ và tên", "Xã", "Ghi chú")
    lists.xlsx(path, [heads, ("Nguyễn Thị Hường", "Cát Hanh", "nhiễm HIV; đau lưng")])
    screen = shown(office.minh)
    look_at(screen, path, tasks)
    press(screen.look.rows.view, Qt.Key.Key_Return, control=True)
    until(lambda: screen.step == DONE)
    screen.done.tabs.open("by_hand")
    settle(tasks)
    grab(screen, "import-by-hand")
    assert screen.done.by_hand.model.rowCount() == 1
    assert screen.done.result is not None
    assert [one.row for one in screen.done.result.by_hand] == [2]


def test_the_same_list_again_makes_nobody_twice_and_says_so(
    shown: Callable[[Workspace], ImportScreen], office: Desk, made_list: Path, tasks: Tasks
) -> None:
    screen = shown(office.minh)
    look_at(screen, made_list, tasks)
    screen.bring_in()
    until(lambda: screen.step == DONE)
    screen.done.again.click()
    assert screen.step == CHOOSE
    look_at(screen, made_list, tasks)
    grab(screen, "import-again")
    assert screen.look.preview is not None and screen.look.preview.brought_before
    assert screen.look.preview.fates["same"] == 2
    assert not screen.look.act.isEnabled()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("không có.xlsx", None, "Không tìm thấy tệp"),
        ("trống.xlsx", b"", "trống"),
        ("ảnh.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200), "không phải là bảng tính"),
    ],
)
def test_a_bad_file_gets_a_clear_sentence_and_the_page_stays(
    shown: Callable[[Workspace], ImportScreen],
    office: Desk,
    tmp_path: Path,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    screen = shown(office.minh)
    screen.choose.take(path)
    until(lambda: screen.banners.shown())
    grab(screen, "import-bad-file")
    assert words in screen.banners.shown()[0].message.text
    assert screen.step == CHOOSE


def test_a_file_is_dropped_and_its_folder_remembered(
    shown: Callable[[Workspace], ImportScreen], office: Desk, made_list: Path
) -> None:
    screen = shown(office.minh)
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(made_list))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.choose.dropEvent(event)
    until(lambda: screen.step == LOOK)
    assert screen.stage.memory.get("import/folder") == str(made_list.parent)


def test_an_import_that_is_stopped_keeps_whole_slices_and_goes_on(
    shown: Callable[[Workspace], ImportScreen], office: Desk, tmp_path: Path, tasks: Tasks
) -> None:
    lines = ["Họ và tên,Năm sinh,Xã,Thôn"]
    lines += [f"Nguyễn Văn A{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)},"
              f"{1930 + n % 70},Cát Hanh,Thôn {n}" for n in range(1800)]  # fmt: skip
    path = tmp_path / "dài.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    screen = shown(office.minh)
    look_at(screen, path, tasks)
    with Heartbeat() as heart:
        screen.bring_in()
        until(lambda: screen.importing.bar.value() >= 500, 60)
        press(screen.importing.cancel, Qt.Key.Key_Space)
        until(lambda: screen.step == DONE, 60)
    assert heart.longest_ms < 250
    assert screen.done.result is not None and screen.done.result.cancelled
    kept = len(person.ids(office.lan, PeopleFilter()))
    assert kept == screen.done.result.created > 0
    settle(tasks)
    grab(screen, "import-stopped")
    screen.done.on.click()
    until(lambda: screen.done.result is not None and not screen.done.result.cancelled, 90)
    assert len(person.ids(office.lan, PeopleFilter())) == 1800


def test_other_pages_are_answered_while_a_long_list_comes_in(
    shown: Callable[[Workspace], ImportScreen], office: Desk, tmp_path: Path, tasks: Tasks
) -> None:
    lines = ["Họ và tên,Năm sinh,Xã,Thôn"]
    lines += [f"Trần Văn B{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)},"
              f"{1930 + n % 70},Cát Hanh,Thôn {n}" for n in range(2500)]  # fmt: skip
    path = tmp_path / "dài.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    screen = shown(office.minh)
    look_at(screen, path, tasks)
    screen.bring_in()
    until(lambda: screen.importing.bar.value() >= 500, 60)
    answers: list[int] = []
    ws = office.minh
    tasks.desk.run(lambda: person.total(ws, PeopleFilter()), answers.append, owner=screen)
    until(lambda: answers, 60)
    assert screen.importing.running, "the answer came only after the whole list"
    assert 500 <= answers[0] < 2500
    until(lambda: screen.step == DONE, 90)


@pytest.mark.parametrize("code", BAD)
def test_a_bad_list_is_told_on_the_page_in_the_words_of_the_command_line(
    shown: Callable[[Workspace], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
    code: str,
) -> None:
    make, words = BAD[code]
    path = tmp_path / "Danh sách xã.xlsx"
    make(path)
    screen = shown(office.minh)
    screen.take(path)
    until(lambda: not screen.reading.running)
    settle(tasks)
    told = " ".join(one.text() for one in screen.banners.findChildren(QLabel))
    assert words in told and path.name in told
    assert screen.step == CHOOSE and everybody(office) == []
