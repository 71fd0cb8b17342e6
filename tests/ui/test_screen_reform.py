"""The page of the reform on a real store; its whole way by keyboard is a journey."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.actions import person, reform
from app.workspace import Workspace
from tests import desk
from tests.desk import Desk, typed
from tests.ui.conftest import Told, settle, until
from ui.screens.reform import ReformScreen
from ui.screens.users import UsersScreen
from ui.stage import Stage
from ui.tasks import Tasks

StageFor = Callable[[Workspace], Stage]
AN_NGHIA, AN_HOA, AN_TOAN, AN_TAN = "63:21634", "34:21628", "34:21622", "63:21625"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    """The office of huyện An Lão, of which one commune was divided."""
    made = desk.at(home, "63:542")
    yield made
    made.close()


def opened(stage: Stage, tasks: Tasks) -> ReformScreen:
    screen = ReformScreen(stage)
    screen.resize(1100, 700)
    screen.show()
    screen.activateWindow()
    screen.opened()
    until(lambda: screen.list.model.rowCount() > 0 and bool(screen.totals.text()))
    settle(tasks)
    screen.list.view.selectRow(0)
    return screen


def test_a_run_of_changes_of_persons_is_read_once_and_only_while_the_page_is_seen(
    stage_for: StageFor, office: Desk, tasks: Tasks
) -> None:
    screen = opened(stage_for(office.lan), tasks)
    person.save(office.minh, typed(commune=AN_TAN))
    for _ in range(20):
        screen.changed(frozenset({"person"}), frozenset())
    assert screen._read_soon.isActive() and "Trước 0 người" in screen.totals.text()
    until(lambda: "Trước 1 người" in screen.totals.text())
    settle(tasks)
    screen.hide()
    person.save(office.minh, typed(commune=AN_TAN, name="Đinh Thị Rít"))
    screen.changed(frozenset({"person"}), frozenset())
    assert not screen._read_soon.isActive()
    screen.show()
    until(lambda: "Trước 2 người" in screen.totals.text())
    settle(tasks)


def test_the_page_is_reached_from_the_administration(
    stage_for: StageFor, office: Desk, tasks: Tasks, told: Told
) -> None:
    screen = UsersScreen(stage_for(office.lan))
    screen.show()
    screen.reform.click()
    assert told.went == [("reform",)]
    settle(tasks)


def test_another_commune_than_the_table_has_needs_its_basis(
    stage_for: StageFor, office: Desk, tasks: Tasks
) -> None:
    person.save(office.minh, typed(commune=AN_TAN))
    screen = opened(stage_for(office.lan), tasks)
    (part,) = [one for one in reform.plan(office.lan).parts if one.old == AN_TAN]
    screen.box.begin(part)
    form = screen.box.form
    assert form is not None and not form.has("new")
    screen.box.submit()
    assert form.editors["hamlet"].has_problem or form.editors["other"].has_problem
    form.put({"other": AN_TOAN})
    screen.box.submit()
    until(lambda: form.editors["reason"].has_problem)
    form.put({"reason": "biên bản bàn giao (giả lập)"})
    screen.box.submit()
    until(lambda: screen.apply.isEnabled())
    settle(tasks)
    (part,) = [one for one in reform.plan(office.lan).parts if one.old == AN_TAN]
    assert (part.new, part.how, part.waiting) == (AN_TOAN, "answer", 1)
    screen.box.withdrawn.emit(part)
    until(lambda: not screen.apply.isEnabled())
    settle(tasks)
