"""hoa prints the files of the people in her list, and the PDF says what the book says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt

from app import workspace
from app.actions import access, person
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.desk import PASSWORD, Desk, typed
from tests.journeys.keyboard import Officer
from ui.screens.people import PeopleScreen
from ui.screens.printing import PrintingScreen

Sits = Callable[[Path], Officer]
NAMES = ("Đinh Văn Briu", "Nguyễn Thị Hường", "Trần Xuân Quân")


def was_printed(lan: Workspace, key: str) -> bool:
    lines = access.of_person(lan, key)
    return any(line.kind == "print" and line.by == "hoa" for line in lines)


def test_hoa_ticks_two_people_and_prints_their_files(
    sit_down: Sits, office: Desk, home: Path, tmp_path: Path
) -> None:
    for number, name in enumerate(NAMES):
        draft = typed(name=name, birth=f"19{50 + number}", sex="female", hamlet="Vĩnh Trường",
                      types=("mobility",), degree="severe", mine_victim=True)  # fmt: skip
        person.save(office.minh, draft)
    ids = person.ids(office.minh, PeopleFilter())
    office.close()
    officer = sit_down(home)
    officer.sign_in("hoa")
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.model.rowCount() == 3)
    officer.press(Qt.Key.Key_Home)
    officer.press(Qt.Key.Key_Space)
    officer.press(Qt.Key.Key_Down)
    officer.press(Qt.Key.Key_Space)
    officer.until(lambda: len(people.list.model.ticked) == 2)
    officer.rest()
    officer.tab_to("Bỏ chọn")
    officer.push("In hồ sơ")
    screen = officer.screen(PrintingScreen)
    officer.until(lambda: len(screen.who.ids) == 2 and screen.view.count > 0)
    officer.photo("journey-printing-1-preview")
    officer.tab_to("Thư mục lưu")
    officer.rub_out()
    officer.type(str(tmp_path))
    officer.tab_to("Tên tệp hoặc thư mục")
    officer.rub_out()
    officer.type("hồ sơ Cát Hanh")
    officer.press(Qt.Key.Key_P, control=True)
    officer.until(lambda: screen.result is not None)
    officer.photo("journey-printing-2-done")
    made = tmp_path / "hồ sơ Cát Hanh.pdf"
    document = pypdfium2.PdfDocument(made)
    words = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert "MỤC LỤC" in words[0].upper()
    ticked = [name for name in NAMES if any(name in page for page in words)]
    assert len(ticked) == 2
    assert officer.sees("Đã tạo PDF 2 hồ sơ")
    lan = workspace.open(home, "lan", PASSWORD)
    printed = [each for each in ids if was_printed(lan, each)]
    lan.db.close()
    assert len(printed) == 2
