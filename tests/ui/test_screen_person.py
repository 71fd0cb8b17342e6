"""The person's page on a real store: type, keep, save, refuse, decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.actions import care_case, drafts, person
from app.values.care_case import CaseDraft, ClosingDraft
from app.values.person import PersonDraft
from app.workspace import Workspace
from tests.desk import CAT_HANH, Desk, typed
from tests.ui.conftest import grab, settle, until
from ui.screens.person import PersonScreen
from ui.screens.person_files import FilesTab
from ui.stage import Stage
from ui.tasks import Tasks


@pytest.fixture
def shown(stage_for: Callable[[Workspace], Stage], tasks: Tasks) -> Callable[..., PersonScreen]:
    def make(ws: Workspace, key: str) -> PersonScreen:
        screen = PersonScreen(stage_for(ws))
        screen.resize(1126, 714)
        screen.show()
        screen.opened(key)
        settle(tasks)
        return screen

    return make


def test_a_new_person_is_typed_by_keyboard_and_saved(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    screen = shown(office.minh, "new")
    form = screen.tabs.forms["quick"]
    form.focus("name")
    QTest.keyClicks(form.editors["name"].focusProxy(), "Tran Thi Lan")
    form.put({"commune": CAT_HANH, "birth": "1956"})
    screen.save()
    until(lambda: screen.key)
    settle(tasks)
    grab(screen, "person-saved")
    page = person.page(office.minh, screen.key)
    assert (page.card.name, page.card.birth) == ("Tran Thi Lan", "1956")
    assert screen.page is not None
    assert not screen.tabs.changes()


def test_without_a_commune_the_field_says_so_and_the_typing_is_kept(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    screen = shown(office.minh, "new")
    screen.tabs.put({"name": "Trần Thị Lan"})
    screen.save()
    form = screen.tabs.forms["quick"]
    until(lambda: "commune" in form.editors and form.editors["commune"].has_problem)
    settle(tasks)
    grab(screen, "person-refused")
    kept = drafts.find(office.minh, "person:new")
    assert kept is not None
    assert kept.payload == {"name": "Trần Thị Lan"}


def test_what_was_typed_before_a_power_cut_is_offered_back(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    made = person.save(office.minh, typed()).id
    drafts.keep(office.minh, f"person:{made}", {"phone": "0905000001"})
    screen = shown(office.minh, made)
    until(lambda: screen.tabs.changes() == {"phone": "0905000001"})
    assert screen.banners.shown()
    screen.save()
    until(lambda: person.page(office.minh, made).fields["phone"] == "0905000001")
    settle(tasks)
    assert drafts.find(office.minh, f"person:{made}") is None


def test_somebody_elses_change_is_shown_and_not_overwritten(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    made = person.save(office.minh, typed(phone="0900000001")).id
    screen = shown(office.minh, made)
    screen.tabs.put({"phone": "0900000003"})
    person.save(office.lan, PersonDraft(made, {"phone": "0900000002"}))
    screen.save()
    form = screen.tabs.forms["record"]
    until(lambda: "phone" in form.editors)
    editor = form.editors["phone"]
    until(lambda: editor.has_problem)
    assert person.page(office.lan, made).fields["phone"] == "0900000002"
    settle(tasks)


def test_the_approver_approves_from_the_page(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    made = person.save(office.minh, typed()).id
    person.submit(office.minh, (made,))
    screen = shown(office.hoa, made)
    grab(screen, "person-waiting")
    screen.decisions._approve()
    until(lambda: person.page(office.hoa, made).card.status == "approved")
    settle(tasks)


def test_nothing_of_one_person_stands_on_the_page_of_the_next(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    """The tabs serve one person after the other; what was begun is kept where it belongs."""
    first = person.save(office.minh, typed(name="Đinh Văn Briu", hamlet="Làng M2"))
    second = person.save(office.minh, typed(name="Trần Xuân Quân", hamlet="Mỹ Hóa"))
    screen = shown(office.minh, first.id)
    needs, files = screen.tabs.lists["needs"], screen.tabs.lists["files"]
    assert isinstance(files, FilesTab) and needs.box is not None
    needs.begin()
    needs.box.form.put({"need_note": "cần xe lăn"})
    needs.box.form.edited.emit("need_note")
    files.view.show()
    screen.tabs.put({"other_name": "Hai Briu"})
    screen._edited()
    assert screen.may_leave()
    screen.opened(second.id)
    settle(tasks)
    assert screen.tabs.value("name") == "Trần Xuân Quân"
    assert screen.tabs.value("hamlet") == "Mỹ Hóa"
    assert screen.tabs.changes() == {}
    assert needs.box.isHidden() and needs.box.form.changes() == {}
    assert files.view.isHidden()
    screen.opened(first.id)
    settle(tasks)
    assert screen.tabs.changes() == {"other_name": "Hai Briu"}
    assert needs.box.form.changes() == {"need_note": "cần xe lăn"}


def test_a_death_is_undone_only_after_what_ended_because_of_it_was_read(
    shown: Callable[..., PersonScreen], office: Desk, tasks: Tasks
) -> None:
    made = person.save(office.minh, typed()).id
    case = care_case.open(office.minh, made, CaseDraft("Sống một mình", opened_on="2026-01-05"))
    person.set_life_state(office.minh, made, "dead", "2026-03-01")
    care_case.close(office.hoa, case, ClosingDraft("dead_or_missing"))
    screen = shown(office.minh, made)
    back = {"life_state": "living", "life_state_on": None}
    screen.tabs.put(back)
    screen.save()
    until(screen.undoing.isVisible)
    settle(tasks)
    grab(screen, "person-death-undone")
    assert "Ca 05/01/2026 đã kết thúc" in screen.undoing.title.text()
    assert person.page(office.minh, made).card.life_state == "dead"
    screen.undoing.leave()
    assert screen.tabs.changes()["life_state"] == "living"  # nothing typed is lost
    screen.save()
    until(screen.undoing.isVisible)
    QTest.keyClick(screen.undoing.act, Qt.Key.Key_Return)
    until(lambda: person.page(office.minh, made).card.life_state == "living")
    settle(tasks)
    person.set_life_state(office.minh, made, "dead", "2026-04-01")
    screen.opened(made)
    settle(tasks)
    screen.tabs.put(back)
    screen.save()
    until(screen.undoing.isVisible)
    screen.opened(made)  # the question does not stand over the page of whoever comes next
    assert not screen.undoing.isVisible()
    settle(tasks)
    care_case.reopen(office.minh, case, "Ghi nhầm người")
    screen.tabs.put(back)
    screen.save()  # nothing hangs on it any more: it goes on by itself
    until(lambda: person.page(office.minh, made).card.life_state == "living")
    settle(tasks)
