"""What a list leaves open is answered in the wizard, and a whole import is taken back there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.actions import duplicate, import_list, person
from app.imports.encodings import to_tcvn3
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.app.import_desk import simple
from tests.app.imports import lists
from tests.desk import Desk, typed
from tests.ui.conftest import Told, grab, press, settle, type_words, until
from ui.screens.import_list import CHOOSE, DONE, LOOK, ImportScreen
from ui.stage import Stage
from ui.tasks import Tasks

HOA = ("Lê Thị Hoa", "12/3/1950", "Nữ", None, "Thôn 1", "Cát Hanh", "nhìn", None)


@pytest.fixture
def look_at(
    stage_for: Callable[[Workspace], Stage], tasks: Tasks
) -> Callable[[Workspace, Path], ImportScreen]:
    def make(ws: Workspace, path: Path) -> ImportScreen:
        screen = ImportScreen(stage_for(ws))
        screen.resize(1102, 690)
        screen.show()
        screen.activateWindow()
        assert QTest.qWaitForWindowActive(screen)
        screen.opened(str(path))
        until(lambda: screen.step == LOOK and not screen.reading.running)
        settle(tasks)
        return screen

    return make


def names(desk: Desk) -> list[str]:
    return [card.name for card in person.listing(desk.lan, PeopleFilter()).cards]


def again(screen: ImportScreen, tasks: Tasks) -> None:
    """Wait until the list was read once more."""
    until(lambda: not screen.reading.running)
    settle(tasks)


def test_the_column_that_reads_right_is_chosen(
    look_at: Callable[[Workspace, Path], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
) -> None:
    rows = [("Họ và tên", "Năm sinh", "Xã"), (to_tcvn3("Nguyễn An"), "1950", "Cát Hanh")]
    screen = look_at(office.minh, lists.csv(tmp_path / "ds.csv", rows))
    (question,) = screen.look.questions
    assert set(question.buttons) >= {"unicode", "tcvn3"}
    grab(screen, "import-encoding")
    press(question.buttons["tcvn3"], Qt.Key.Key_Space)
    again(screen, tasks)
    assert screen.look.preview is not None
    assert screen.look.preview.rows[0].shown["name"] == "Nguyễn An"
    screen.bring_in()
    until(lambda: screen.step == DONE)
    assert names(office) == ["Nguyễn An"]


def test_a_cell_is_corrected_in_place(
    look_at: Callable[[Workspace, Path], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
) -> None:
    bad = ("Lê Thị Hoa", "31/02/1950", *HOA[2:])
    screen = look_at(office.minh, simple(tmp_path / "a.xlsx", bad))
    assert not screen.look.act.isEnabled()
    screen.look.show_row(0)
    line = screen.look.card.editors["B"]
    line.setFocus()
    line.selectAll()
    type_words(line, "28/02/1950")
    grab(screen, "import-correct-in-place")
    press(line, Qt.Key.Key_Return)
    again(screen, tasks)
    assert screen.look.act.isEnabled()
    screen.bring_in()
    until(lambda: screen.step == DONE)
    assert names(office) == ["Lê Thị Hoa"]


def test_a_list_opens_at_the_first_row_to_correct_and_says_how_much_was_retyped(
    look_at: Callable[[Workspace, Path], ImportScreen], office: Desk, tmp_path: Path
) -> None:
    rows = [
        ("Họ và tên", "Năm sinh Nam", "Năm sinh Nữ", "Xã"),
        ("Trần Văn Bê", "1950", "", "Cát Hanh"),
        (to_tcvn3("Huỳnh Thị Hường"), "", "12/03/1956", "Cát Hanh"),
        ("Lê Thị Hoa", "31/02/1950", "", "Cát Hanh"),
        ("Lê Thị Hai", "31/02/1950", "", "Cát Hanh"),
    ]
    screen = look_at(office.minh, lists.csv(tmp_path / "ds.csv", rows))
    look = screen.look
    assert "1 trong " in look.facts.text() and "gõ bằng TCVN3" in look.facts.text()
    assert look.rows.model.row(look.rows.view.currentIndex().row()).row == 4
    assert [line.text() for line in look.card.editors.values()][1:3] == ["31/02/1950", ""]
    look.show_row(1)
    words = [one.text() for one in look.card.findChildren(QLabel)]
    assert words.count("12/03/1956") == 2, "as written and as understood, under Nữ alone"


def test_for_a_day_that_never_was_the_year_alone_is_offered(
    look_at: Callable[[Workspace, Path], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
) -> None:
    screen = look_at(office.minh, simple(tmp_path / "a.xlsx", ("Lê Hoa", "31/2/1960", *HOA[2:])))
    screen.look.show_row(0)
    offered = screen.look.card.year_only
    assert offered is not None and offered.text().endswith("Chỉ ghi năm 1960")
    grab(screen, "import-no-such-day")
    press(offered, Qt.Key.Key_Space)
    again(screen, tasks)
    assert screen.look.preview is not None
    assert screen.look.preview.rows[0].values["birth"] == "1960"


def test_of_several_alike_one_is_named_or_all_are_set_apart(
    look_at: Callable[[Workspace, Path], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
) -> None:
    for name, hamlet in (("Lê Thị Hoa", "Thôn 1"), ("Lê Thị Hòa", "Thôn 2")):
        person.save(office.minh, typed(name=name, birth="1950", sex="female", hamlet=hamlet))
    row = ("Lê Thị Hoa", "1951", "Nữ", None, None, "Cát Hanh", None, "nặng")
    screen = look_at(office.minh, simple(tmp_path / "b.xlsx", row))
    screen.look.show_row(0)
    known = screen.look.card.known
    assert known is not None and len(known.same) == 2
    less_sure = list(known.same)[1]
    grab(screen, "import-several-alike")
    press(known.same[less_sure], Qt.Key.Key_Space)
    again(screen, tasks)
    assert screen.look.preview is not None
    assert screen.look.preview.rows[0].twin_id == less_sure
    grab(screen, "import-several-alike-named")
    known = screen.look.card.known
    assert known is not None
    press(known.other, Qt.Key.Key_Space)
    again(screen, tasks)
    screen.bring_in()
    until(lambda: screen.step == DONE)
    pairs = duplicate.worklist(office.lan).pairs
    assert [{pair.a.name, pair.b.name} for pair in pairs] == [{"Lê Thị Hoa", "Lê Thị Hòa"}]


def test_each_field_of_somebody_known_is_chosen_and_the_import_is_taken_back(
    look_at: Callable[[Workspace, Path], ImportScreen],
    office: Desk,
    tmp_path: Path,
    tasks: Tasks,
    told: Told,
) -> None:
    import_list.run(office.minh, simple(tmp_path / "a.xlsx", HOA))
    (id_,) = person.ids(office.lan, PeopleFilter())
    before = person.page(office.lan, id_).fields
    later = (*HOA[:3], "052150123456", "Thôn 9", *HOA[5:7], "nặng")
    screen = look_at(office.minh, simple(tmp_path / "b.xlsx", later))
    assert screen.look.act.accessibleName() == "Bổ sung 1 người"
    screen.look.show_row(0)
    assert screen.look.card.known is not None
    boxes = screen.look.card.known.boxes
    assert {name: box.isChecked() for name, box in boxes.items()} == {
        "id_number": True,
        "hamlet": False,
        "degree": True,
    }
    grab(screen, "import-known")
    press(boxes["hamlet"], Qt.Key.Key_Space)
    again(screen, tasks)
    screen.bring_in()
    until(lambda: screen.step == DONE)
    assert person.page(office.lan, id_).fields["hamlet"] == "Thôn 9"
    screen.done.again_asked.emit()
    settle(tasks)
    assert screen.step == CHOOSE
    past = screen.choose.past
    until(lambda: past.list.model.rowCount() == 2)
    past.list.view.setCurrentIndex(past.list.model.index(0, 0))
    assert past.card is not None and past.card.file == "b.xlsx"
    grab(screen, "import-past")
    press(past.undo, Qt.Key.Key_Space)
    type_words(past.ask.line, "Xã gửi nhầm tệp")
    press(past.ask.line, Qt.Key.Key_Return)
    until(lambda: person.page(office.lan, id_).fields == before)
    settle(tasks)
    assert any("Đã hoàn tác" in message.text for message in told.messages)
