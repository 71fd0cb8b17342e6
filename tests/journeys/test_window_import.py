"""minh brings a commune's list in at the window, with the keyboard, and sees the people."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app import workspace
from app.actions import person
from app.values.person import PeopleFilter
from tests import desk
from tests.desk import PASSWORD
from tests.journeys.keyboard import Officer
from ui.screens.import_list import DONE, LOOK, ImportScreen
from ui.screens.people import PeopleScreen

Sits = Callable[[Path], Officer]
COMMUNES = ("63:548", "63:542", "63:546", "63:547", "63:543", "63:549", "63:550", "63:551")


@pytest.fixture
def province(home: Path) -> Path:
    """An office of the whole former province, as the lists come from all its districts."""
    made = desk.at(home, "63:52")
    made.close()
    return home


def look_at(officer: Officer, path: Path) -> ImportScreen:
    """Alt+5, the path, Enter: the list is read and shown."""
    officer.go(5)
    screen = officer.screen(ImportScreen)
    officer.tab_to("Đường dẫn tới danh sách")
    officer.type(str(path))
    officer.enter()
    officer.until(lambda: screen.step == LOOK and not screen.reading.running)
    officer.rest()
    return screen


@pytest.mark.parametrize("name", ["clean.xlsx", "official.xlsx", "tcvn3.xls"])
def test_a_list_is_imported_and_its_people_are_in_the_book(
    sit_down: Sits, province: Path, samples: Path, name: str
) -> None:
    truth = json.loads((samples / "truth.json").read_text("utf-8"))[name]
    officer = sit_down(province)
    officer.sign_in("minh")
    screen = look_at(officer, samples / name)
    stem = name.partition(".")[0]
    officer.photo(f"journey-import-{stem}-1-look")
    officer.press(Qt.Key.Key_Return, control=True)
    officer.until(lambda: screen.step == DONE)
    officer.rest()
    officer.photo(f"journey-import-{stem}-2-done")
    assert screen.done.result is not None
    assert screen.done.result.created == len(truth)
    officer.go(2)
    people = officer.screen(PeopleScreen)
    officer.until(lambda: people.list.total == len(truth))
    officer.photo(f"journey-import-{stem}-3-people")
    ws = workspace.open(province, "minh", PASSWORD)
    cards = person.listing(ws, PeopleFilter(), limit=len(truth) + 1).cards
    ws.db.close()
    assert sorted(card.name for card in cards) == sorted(one["name"] for one in truth)
    assert sorted(card.birth or "" for card in cards) == sorted(one["birth"] for one in truth)
    assert {card.status for card in cards} == {"waiting"}
