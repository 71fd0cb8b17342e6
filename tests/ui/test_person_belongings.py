"""What belongs to a person, on the page: accidents, needs and files on a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.actions import accident, attachment, care_case, drafts, need, person, task
from app.values.accident import AccidentDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft
from app.values.coming import Ref
from app.values.need import NeedDraft
from app.values.task import TaskDraft
from app.workspace import Workspace
from tests.desk import CAT_TUONG, Desk, typed
from tests.ui.conftest import grab, settle, until
from tests.ui.windows import people, sign_in
from ui.screens.person import PersonScreen
from ui.screens.person_files import FilesTab
from ui.screens.person_mine import MineTab
from ui.screens.person_needs import NeedsTab
from ui.stage import Stage
from ui.tasks import Tasks
from ui.window import Window

BLAST = {"accident_on": "1983-05", "accident_commune": CAT_TUONG, "device": "cluster_bomblet"}
Shows = Callable[[Workspace, str, str], PersonScreen]


@pytest.fixture
def who(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1971")).id


@pytest.fixture
def shown(stage_for: Callable[[Workspace], Stage], tasks: Tasks) -> Shows:
    def make(ws: Workspace, key: str, tab: str) -> PersonScreen:
        screen = PersonScreen(stage_for(ws))
        screen.resize(1126, 714)
        screen.show()
        screen.opened(key, tab=tab)
        settle(tasks)
        return screen

    return make


def press(page: QWidget, words: str) -> None:
    """Press the button that says these words."""
    named = [one for one in page.findChildren(QPushButton) if one.text().strip() == words]
    QTest.keyClick(named[0], Qt.Key.Key_Space)


def read(page: QWidget) -> str:
    """All words on a part of the page."""
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def test_a_second_victim_is_tied_to_the_accident_already_recorded(
    shown: Shows, office: Desk, who: str, tasks: Tasks
) -> None:
    saved = accident.save(office.minh, AccidentDraft(who, {}, BLAST))
    brother = person.save(office.minh, typed(name="Nguyễn Văn Hải", birth="1974")).id
    tab = shown(office.minh, brother, "mine").tabs.lists["mine"]
    assert isinstance(tab, MineTab) and tab.box is not None
    press(tab, "Ghi tai nạn")
    tab.box.form.put({"accident_commune": CAT_TUONG, "accident_on": "1983"})
    tab.box.form.edited.emit("accident_on")
    until(lambda: tab.known.isVisible())
    grab(tab, "person-mine-known")
    words = "05/1983 · Cát Tường · Bom bi, bom chùm con · 1 nạn nhân"
    known = next(one for one in tab.known._group.buttons() if one.text() == words)
    QTest.keyClick(known, Qt.Key.Key_Space)
    tab.submit()
    until(lambda: accident.of_person(office.minh, brother))
    settle(tasks)
    page = accident.of_person(office.minh, brother)[0]
    assert (page.accident_id, page.others) == (saved.accident_id, ((who, "Nguyễn Thị Hường"),))


def test_a_correction_begun_on_a_need_is_offered_back(
    shown: Shows, office: Desk, who: str, tasks: Tasks
) -> None:
    need.save(office.minh, NeedDraft(who, {"item": "medical.wheelchair"}))
    tab = shown(office.minh, who, "needs").tabs.lists["needs"]
    assert isinstance(tab, NeedsTab) and tab.box is not None
    press(tab, "Sửa")
    settle(tasks)
    tab.box.form.put({"need_note": "Xe cũ gãy bánh"})
    tab.box.keeping.now()
    until(lambda: drafts.offered(office.minh, "need"))
    settle(tasks)
    again = shown(office.minh, who, "needs").tabs.lists["needs"]
    assert isinstance(again, NeedsTab) and again.box is not None
    press(again, "Sửa")
    form = again.box.form
    until(lambda: form.value("need_note") == "Xe cũ gãy bánh")
    again.submit()
    until(lambda: need.of_person(office.minh, who)[0].note == "Xe cũ gãy bánh")
    settle(tasks)
    assert drafts.offered(office.minh, "need") == ()


def test_a_need_may_name_its_group_alone(
    shown: Shows, office: Desk, who: str, tasks: Tasks
) -> None:
    tab = shown(office.minh, who, "needs").tabs.lists["needs"]
    assert isinstance(tab, NeedsTab) and tab.box is not None
    press(tab, "Thêm nhu cầu")
    tab.box.form.put({"need_group": "facility"})
    tab.submit()
    until(lambda: need.of_person(office.minh, who))
    settle(tasks)
    assert need.of_person(office.minh, who)[0].group == "facility"


def picture() -> bytes:
    """A small invented scan."""
    out = BytesIO()
    Image.new("RGB", (900, 600), (90, 120, 150)).save(out, "JPEG")
    return out.getvalue()


def test_a_scan_is_looked_at_whole_taken_off_and_put_back(
    shown: Shows, office: Desk, who: str, tasks: Tasks
) -> None:
    scan = AttachmentDraft("certificate", "Giấy xác nhận", "law")
    card = attachment.add(office.minh, who, picture(), scan)
    tab = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(tab, FilesTab)
    press(tab, "Xem")
    until(tab.view.isVisible)
    assert tab.view.sheet.pixmap().width() > 400
    grab(tab, "person-file")
    QTest.keyClick(tab.view.back, Qt.Key.Key_Escape)
    assert tab.view.isHidden() and tab.view.sheet.pixmap().isNull()
    attachment.remove(office.minh, card.id, "nhầm người")
    tab.reload()
    until(lambda: "Đã gỡ: Giấy xác nhận" in read(tab))
    press(tab, "Đưa lại")
    until(lambda: attachment.of_person(office.minh, who))
    settle(tasks)


def test_a_file_begun_by_consent_is_there_again_with_its_day_and_paper(
    shown: Shows, office: Desk, who: str, tasks: Tasks, tmp_path: Path
) -> None:
    paper = AttachmentDraft("consent", "Phiếu đồng ý", "law")
    signed = attachment.add(office.minh, who, picture(), paper).id
    photo = tmp_path / "chân dung.jpg"
    Image.new("RGB", (300, 400), (10, 90, 50)).save(photo)
    tab = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(tab, FilesTab) and tab.box is not None
    tab.begin_with(photo)
    tab.box.form.put({"attachment_kind": "photo", "legal_basis": "consent"})
    tab.box.keeping.now()
    until(lambda: drafts.offered(office.minh, "files"))
    settle(tasks)
    again = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(again, FilesTab) and again.box is not None
    box = again.box
    until(lambda: box.form.value("legal_basis") == "consent")
    assert (again.file.text(), box.form.value("title")) == ("chân dung.jpg", "chân dung")
    again.submit()
    until(lambda: "ngày người đó đồng ý" in read(again))
    grab(again, "person-file-consent")
    box.form.put({"consent_on": "2026-03-05", "consent_id": signed})
    box.form.build_all()
    assert "Phiếu đồng ý" in box.form.editors["consent_id"].line.text()  # type: ignore[attr-defined]
    again.submit()
    until(lambda: len(attachment.of_person(office.minh, who)) == 2)
    settle(tasks)
    kept = attachment.of_person(office.minh, who)[-1]
    assert (kept.consent_on, kept.consent_id) == ("2026-03-05", signed)
    assert drafts.offered(office.minh, "files") == ()


def test_a_confidential_paper_is_asked_of_and_shown_to_who_may_read_it(
    shown: Shows, office: Desk, who: str, tasks: Tasks, tmp_path: Path
) -> None:
    photo = tmp_path / "xét nghiệm.jpg"
    Image.new("RGB", (300, 400), (10, 90, 50)).save(photo)
    tab = shown(office.lan, who, "files").tabs.lists["files"]
    assert isinstance(tab, FilesTab) and tab.box is not None
    tab.begin_with(photo)
    tab.box.form.put({"attachment_kind": "medical", "legal_basis": "law", "confidential": True})
    grab(tab, "person-file-confidential")
    tab.submit()
    until(lambda: attachment.of_person(office.lan, who))
    settle(tasks)
    assert "xét nghiệm" in read(tab) and "mật" in read(tab)
    others = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(others, FilesTab) and others.box is not None
    until(lambda: "Giấy tờ mật" in read(others))
    assert "xét nghiệm" not in read(others)
    assert not any(one.text() == "Xem" for one in others.findChildren(QPushButton))
    assert not others.box.form.has("confidential")
    grab(others, "person-file-closed")


def test_a_file_that_moved_away_is_chosen_again_and_the_typing_stays(
    shown: Shows, office: Desk, who: str, tasks: Tasks, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    Image.new("RGB", (300, 400)).save(photo)
    tab = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(tab, FilesTab) and tab.box is not None
    tab.begin_with(photo)
    tab.box.form.put({"legal_basis": "law", "title": "Ảnh thẻ"})
    tab.box.keeping.now()
    until(lambda: drafts.offered(office.minh, "files"))
    settle(tasks)
    photo = photo.rename(tmp_path / "b.jpg")
    again = shown(office.minh, who, "files").tabs.lists["files"]
    assert isinstance(again, FilesTab) and again.box is not None
    until(lambda: again.file.text() == "a.jpg (không còn ở chỗ cũ, chọn lại)")
    again.begin_with(photo)
    assert again.file.text() == "b.jpg"
    assert again.box.form.value("title") == "Ảnh thẻ"


def test_a_removed_person_is_found_again_in_the_list(
    window_on: Callable[[Path], Window], office: Desk, who: str
) -> None:
    person.remove(office.minh, who, "nhập nhầm")
    window = window_on(office.home)
    sign_in(window, "minh")
    until(lambda: window.frame is not None)
    screen = people(window)
    assert screen.list.model.rowCount() == 0
    screen.filters.set_values({"removed": True}, tell=True)
    until(lambda: screen.list.model.rowCount() == 1)
    grab(window, "people-removed")


def test_what_is_to_be_done_about_somebody_stands_by_day_whether_by_rule_or_by_hand(
    shown: Shows, office: Desk, who: str
) -> None:
    opened = (office.minh.today() - timedelta(days=45)).isoformat()
    care_case.open(office.minh, who, CaseDraft("Sống một mình", opened_on=opened))
    for title, days in (("Nộp hồ sơ", 9), ("Gọi trạm y tế", -60)):
        day = (office.minh.today() + timedelta(days=days)).isoformat()
        made = task.add(office.minh, TaskDraft(title, day, person_id=who))
    task.finish(office.minh, Ref("task", made, day, who))
    task.add(office.minh, TaskDraft("Xin xe lăn", opened, person_id=who))
    tab = shown(office.minh, who, "work").tabs.lists["work"]
    told = read(tab)
    order = ["Xin xe lăn", "Một tháng chưa liên hệ", "Nộp hồ sơ", "Gọi trạm y tế"]
    assert sorted(order, key=told.index) == order  # what was done stands last
    grab(tab, "person-work-order")
