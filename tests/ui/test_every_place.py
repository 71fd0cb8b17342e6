"""Every place of the window: names for the ear, room on a small screen, English everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from app import workspace
from app.actions import (
    application,
    care_case,
    case_plan,
    council_member,
    council_session,
    entitlement,
    gift_round,
    person,
    training,
)
from app.values.application import ApplicationDraft
from app.values.care_case import CaseDraft
from app.values.case_plan import ActivityDraft
from app.values.council import MemberDraft
from app.values.entitlement import AgreementDraft
from app.values.support import RoundDraft
from app.values.training import TrainingDraft
from data import office_copy
from data.base import new_id, now_text
from data.database import Author
from data.records.office import Office
from data.records.sync import OfficeGrant
from tests import desk, sitting
from tests.desk import PASSWORD, Desk
from tests.test_wording import MARKS
from tests.ui.conftest import settle, until
from tests.ui.windows import nameless, sign_in
from ui.places import places
from ui.screens.import_list import ImportScreen
from ui.tasks import Tasks
from ui.widgets.page_head import PageHead
from ui.widgets.print_panel import PrintPanel
from ui.window import Window

NAMES = ("Nguyễn Thị Lan", "Trần Thị Hoa", "Lê Văn Minh")
LAW = ("Mẫu 0", "TT-BLĐTBXH")
"""What the law calls its forms and itself, in every language."""
DATA = ("Cát", "Bình Định", "Phó phòng", "Cán bộ", "Tiếng Việt", "Sổ An Sinh", *NAMES, *LAW)
SMALL = (960, 540)
"""A screen of 1920x1080 at 200 %."""
NARROW_MAX_PX = 800
PAGE_HEIGHT_MAX_PX = 480


@pytest.fixture
def ids(office: Desk) -> dict[str, str]:
    """A person, her case, a round and a benefit she has, in letters without marks: ids by place."""
    saved = person.save(
        office.minh,
        desk.typed(name="Dinh Van Briu", birth="1956", types=("mobility",), mine_victim=True),
    )
    case = care_case.open(office.minh, saved.id, CaseDraft("alone"))
    measure = {"activity": "to the hospital", "responsible": "the family"}
    case_plan.save_activity(office.minh, ActivityDraft(case, measure))
    case_plan.save(office.minh, case, {"goals": "to walk", "risks": "none"})
    person.submit(office.minh, [saved.id])
    told = {"round_name": "Tet", "support_kind": "goods", "support_what": "rice"}
    made = gift_round.save(office.minh, RoundDraft(told))
    firm = AgreementDraft({"firm": "Bus", "benefit": "bus_free"})
    agreement = entitlement.save_agreement(office.minh, firm)
    gift_round.add(office.minh, made, (saved.id,))
    entitlement.add(office.minh, agreement, (saved.id,))
    read_another(office)
    held = training.save_workshop(
        office.minh, TrainingDraft({"name": "Quy Nhon", "starts_on": "2020-03-02", "days": 1})
    )
    told = {"person": saved.id, "care_case": case, "gift_round": made, "agreement": agreement}
    return told | {"training": held} | of_the_council(office, saved.id)


def of_the_council(office: Desk, who: str) -> dict[str, str]:
    """A session under way with her file in it, as it stands for every page of the council."""
    today = office.minh.today().isoformat()
    chair = {"full_name": "Tran Van Chu", "position": "Chair", "council_role": "chair",
             "decision_number": "12", "valid_from": today}  # fmt: skip
    member = council_member.save(office.hoa, MemberDraft(chair))
    told = {"application_kind": "new", "received_on": today}
    file = application.save(office.minh, ApplicationDraft(who, told))
    application.complete(office.minh, file, today)
    session = sitting.planned(office.minh, today, (file,))
    council_session.hold(
        office.minh, session, {member: ""}, without_roles="The council is new and not whole"
    )
    pages = dict.fromkeys(("council_session", "council_put", "council_notice"), session)
    return pages | {"screening": who, "application": file}


def read_another(office: Desk) -> None:
    """The PC may read one more office, whose book has not come yet."""
    district = Office(id=new_id(), name="Dinh Hoa", units="63:542", demo=False)
    grant = OfficeGrant(scope=district.id, name=district.name, units=district.units)
    grant.key = office_copy.begin(office.lan.db, district)
    grant.until, grant.given_at = "2099-12-31", now_text()
    with office.lan.db.write(Author("", "sync:test")) as session:
        session.add(grant)


def every_page(window: Window, tasks: Tasks, ids: dict[str, str]) -> Iterator[tuple[str, QWidget]]:
    """Each place with its page, opened one after the other."""
    frame = window.frame
    assert frame is not None
    for place in places():
        case = place.name.startswith(("care_case", "case_")) and place.name != "care_cases"
        frame.go(place.name, ids["care_case"] if case else ids.get(place.name, ""))
        settle(tasks)
        assert frame.place == place.name
        assert frame.shown is not None
        yield place.name, frame.shown


def test_no_place_pushes_the_window_wider_than_a_small_screen(
    window_on: Callable[[Path], Window], office: Desk, ids: dict[str, str], tasks: Tasks
) -> None:
    window = window_on(office.home)
    sign_in(window, "lan")
    until(lambda: window.frame is not None)
    window.resize(*SMALL)
    widths, pushed, cut = {}, {}, {}
    for name, page in every_page(window, tasks, ids):
        for panel in page.findChildren(PrintPanel):
            panel.setVisible(True)
        QApplication.processEvents()
        QApplication.processEvents()
        widths[name] = page.minimumSizeHint().width()
        pushed[name] = window.width()
        cut[name] = [one.text() for one in page.findChildren(QAbstractButton) if out_of_head(one)]
    assert {name: width for name, width in widths.items() if width > NARROW_MAX_PX} == {}
    assert {name: width for name, width in pushed.items() if width > SMALL[0]} == {}
    assert {name: words for name, words in cut.items() if words} == {}


def out_of_head(made: QAbstractButton) -> bool:
    """Whether a button stands in the head of a page, and part of it beyond the head's edge."""
    head = made.parentWidget()
    return (
        isinstance(head, PageHead)
        and made.isVisible()
        and not head.rect().contains(made.geometry())
    )


def test_every_control_has_a_name_and_no_page_or_step_is_taller_than_the_screen(
    window_on: Callable[[Path], Window],
    office: Desk,
    ids: dict[str, str],
    tasks: Tasks,
    samples: Path,
) -> None:
    window = window_on(office.home)
    sign_in(window, "lan")
    until(lambda: window.frame is not None)
    unnamed, heights = {}, {}
    for name, page in every_page(window, tasks, ids):
        unnamed[name] = nameless(page)
        heights[name] = page.minimumSizeHint().height()
    tall = {name: height for name, height in heights.items() if height > PAGE_HEIGHT_MAX_PX}
    assert ({name: parts for name, parts in unnamed.items() if parts}, tall) == ({}, {})
    assert window.frame is not None
    window.frame.go("import", str(samples / "official.xlsx"))
    screen = window.frame.shown
    assert isinstance(screen, ImportScreen)
    until(lambda: screen.step == 1)
    settle(tasks)
    screen.bring_in()
    until(lambda: screen.step == 2, 60)
    settle(tasks)
    assert (window.width(), window.height()) == (1366, 768)


def vietnamese(page: QWidget) -> list[str]:
    """Words on the page that nobody translated; names of people and units are data."""
    words = [
        part.text()
        for kind in (QLabel, QAbstractButton)
        for part in page.findChildren(kind)
        if part.isVisible()
    ]
    words += [
        part.accessibleName()
        for part in page.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    return [one for one in words if MARKS.search(one) and not any(data in one for data in DATA)]


def test_english_reaches_every_place(
    window_on: Callable[[Path], Window], office: Desk, ids: dict[str, str], tasks: Tasks
) -> None:
    window = window_on(office.home)
    window.change_language("en")
    settle(tasks)
    sign_in(window, "lan")
    until(lambda: window.frame is not None)
    left = {name: vietnamese(page) for name, page in every_page(window, tasks, ids)}
    assert {name: words for name, words in left.items() if words} == {}
    assert window.frame is not None
    assert vietnamese(window.frame.nav) == []
    assert vietnamese(window.frame.top) == []


def test_each_role_sees_only_its_places(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks
) -> None:
    window = window_on(office.home)
    sign_in(window, "minh", PASSWORD)
    until(lambda: window.frame is not None)
    frame = window.frame
    assert frame is not None
    assert "users" not in frame.nav.buttons
    frame.go("users")
    assert frame.place != "users"
    assert workspace.RIGHTS["surveyor"] >= {"enter", "import", "sync"}
