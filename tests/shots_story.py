"""What the pictures show: the gates, every place, what opens over it, both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app import workspace
from app.actions import (
    accident_list,
    assistive_device,
    care_case,
    drafts,
    entitlement,
    gift_round,
    person,
    provider,
    referral,
    transfer,
)
from app.demo import office as demo
from app.values.assistive_device import AidDraft
from app.values.care_case import CaseDraft, CasesFilter
from app.values.entitlement import AgreementDraft
from app.values.person import PeopleFilter
from app.values.provider import ProviderDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.values.support import RoundDraft
from app.values.transfer import TransferDraft
from app.values.victim import AccidentsFilter
from data.records.transfer import KnownOffice
from tests.shots import PASSWORD, Studio
from tests.shots_certificates import certificates
from tests.shots_council import council
from tests.shots_files import determining
from tests.shots_national import national
from tests.shots_numbers import numbers

PEOPLE = 120
LIST = """STT,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Xã,Thôn,Dạng tật,Mức độ
1,Nguyễn Thị Mẫu,12/03/1971,Nữ,,Cát Hanh,Vĩnh Trường,Vận động,Nặng
2,Trần Văn Thử,1956,Nam,,Cát Tài,Thái Phú,Nhìn,Đặc biệt nặng
3,Lê Thị Ví Dụ,31/02/1980,Nữ,,Cát Minh,Đức Phổ,Nghe nói,Nhẹ
"""


def prepare(home: Path) -> None:
    """The demonstration office with a draft left open, and cases."""
    demo.make(home, PEOPLE)
    minh = workspace.open(home, "minh", PASSWORD)
    drafts.keep(minh, "person:new", {"name": "Phan Văn Dở", "birth": "1962"})
    cards = person.listing(minh, PeopleFilter(), None, 5).cards
    if not care_case.cases(minh, CasesFilter()).total:
        care_case.open(minh, cards[0].id, CaseDraft("Sống một mình, cần người chăm sóc"))
    with minh.db.write(minh.author()) as session:
        session.add(KnownOffice(id="o" * 36, name="Phòng LĐ-TB&XH huyện Hoài Ân", units="63:543"))
    ids = tuple(one.id for one in cards[:3])
    transfer.request(minh, TransferDraft(ids, "o" * 36, "Chuyển nhà theo con"))
    minh.db.close()


def gates(studio: Studio) -> None:
    """Pages before the frame."""
    from ui.screens.first_start import FirstStart

    studio.open(studio.folder / "nobody")
    page = studio.window.gate
    assert isinstance(page, FirstStart)
    for step, name in enumerate(("office", "units", "user", "code", "begin")):
        if step == 1:
            page.name.set_value("Phòng LĐ-TB&XH huyện Phù Cát")
            page.units = ["63:548"]
            page._show_units()
        if step == 3:
            page.code.show_code("2S6A7-9V7WJ-1EV83-SPYJ2-V7AQS-PBBNN", "Phù Cát")
        page._show(step)
        studio.take(f"gate-first-start-{step + 1}-{name}")
    studio.open(studio.folder / "office")
    studio.take("gate-sign-in")
    gate = studio.window.gate
    assert gate is not None
    gate._forgot()  # type: ignore[attr-defined]
    studio.take("gate-forgotten")
    studio.window._restore()
    studio.take("gate-restore")


def places(studio: Studio) -> None:
    """Every place of the window, as the approver and the admin see them."""
    from ui.places import places as known
    from ui.screens.care_case import CareCaseScreen

    studio.open(studio.folder / "office")
    studio.sign_in("lan")
    assert studio.window.frame is not None
    here = studio.window.frame.ws
    for place in known():
        if not place.open_to(here):
            continue
        if place.picture or place.name in ("keys", "password", "reform"):
            studio.go(place.name)
            studio.take(f"place-{place.name}")
    frame = studio.window.frame
    assert frame is not None
    cards = person.listing(frame.ws, PeopleFilter(mine_victim=True), None, 5).cards
    studio.go("person", cards[0].id)
    studio.take("person")
    _every_tab(studio, "person")
    studio.go("person", "new")
    studio.take("person-new")
    cases = care_case.cases(frame.ws, CasesFilter()).cards
    studio.go("care_case", cases[0].id)
    studio.take("care-case")
    case = frame.shown
    assert isinstance(case, CareCaseScreen)
    case._begin_end("close")
    studio.take("care-case-closing")
    case._leave_boxes()
    for part in ("case_assessment", "case_plan", "case_review"):
        studio.go(part, cases[0].id)
        studio.take(part.replace("_", "-"))
    studio.go("printing", ids=tuple(card.id for card in cards[:2]))
    studio.take("printing")
    studio.go("printing", cases=tuple(card.id for card in cases[:3]))
    studio.take("printing-cases")
    studio.go("papers", case=cases[0].id, form="04")
    studio.take("papers")
    studio.go("papers", code="2310-2107-3375")
    studio.take("papers-whose")
    studio.go("council_papers")
    studio.take("council-papers")
    studio.go("half_year")
    studio.take("half-year")
    national(studio)
    _mine_action(studio)


def _mine_action(studio: Studio) -> None:
    """An accident with its victims, a new report, what waits for the head."""
    assert studio.window.frame is not None
    ws = studio.window.frame.ws
    line = accident_list.listing(ws, AccidentsFilter()).lines[0]
    studio.go("accident", line.id)
    studio.take("accident")
    studio.go("hazard", "new")
    studio.take("hazard-new")
    studio.go("sharing")
    studio.take("sharing-desk")


def work(studio: Studio) -> None:
    """The day's work: the list, the calendar, who does how much, giving cases on, a quick note."""
    from ui.screens.calendar import CalendarScreen
    from ui.screens.due_list import DueList
    from ui.screens.handing import HandingScreen
    from ui.screens.today import TodayScreen
    from ui.widgets.worker_pick import EVERYBODY

    frame = studio.window.frame
    assert frame is not None
    studio.go("today")
    today = frame.shown
    assert isinstance(today, TodayScreen)
    today.whose.setCurrentIndex(today.whose.findData(EVERYBODY))
    today.whose.changed.emit()
    studio.take("work-today")
    dues = today.findChild(DueList)
    assert isinstance(dues, DueList)
    dues.begin_put_off()
    studio.take("work-put-off")
    dues.ask.leave()
    today.box.begin()
    studio.take("work-task")
    today.box.leave()
    studio.go("calendar")
    page = frame.shown
    assert isinstance(page, CalendarScreen)
    page.whose.setCurrentIndex(page.whose.findData(EVERYBODY))
    page.whose.changed.emit()
    studio.take("work-calendar")
    page.week.click()
    studio.take("work-week")
    studio.go("caseload")
    studio.take("work-caseload")
    studio.go("handing", "minh")
    studio.take("work-handing")
    handing = frame.shown
    assert isinstance(handing, HandingScreen)
    handing._begin_all()
    studio.take("work-taker")
    frame.note_quickly()
    frame.quick.who.setText("nguyen")
    frame.quick._search("nguyen")
    studio.take("work-quick")
    frame.quick.leave()


def helping(studio: Studio) -> None:
    """Needs, referrals, gift rounds, the directory, benefits; a round and an agreement."""
    frame = studio.window.frame
    assert frame is not None
    ws = frame.ws
    cards = person.listing(ws, PeopleFilter(), None, 9).cards
    who = cards[0].id
    told = {"round_name": "Quà Tết Bính Ngọ", "support_kind": "goods", "support_what": "gạo",
            "support_quantity": "10", "support_unit": "kg", "support_value": "150000",
            "donor": "Hội Chữ thập đỏ huyện", "round_on": "2026-02-10"}  # fmt: skip
    made = gift_round.save(ws, RoundDraft(told))
    gift_round.add(ws, made, [one.id for one in cards])
    gift_round.tick(ws, made, [one.id for one in cards[:4]], "received")
    gift_round.tick(ws, made, [cards[5].id], "absent")
    firm = {"firm": "Xe buýt Quy Nhơn", "benefit": "bus_free", "valid_until": "2090-12-31",
            "routes": "T6, T10"}  # fmt: skip
    agreed = entitlement.save_agreement(ws, AgreementDraft(firm))
    entitlement.add(ws, agreed, [one.id for one in cards[:3]])
    offered = {"service_name": "Làm chân tay giả, nẹp chỉnh hình", "service_kind": "aids",
               "provider_name": "Bệnh viện Chỉnh hình và PHCN Quy Nhơn", "service_cost": "insured",
               "provider_phone": "02563846789", "admits": "Người mất chi, có thẻ BHYT"}  # fmt: skip
    service = provider.save(ws, ProviderDraft(offered))
    sent = referral.save(
        ws, ReferralDraft(who, {"referral_reason": "Mất chân trái"}, provider_id=service)
    )
    referral.step(ws, sent, ReferralStep("sent", "2026-01-05", due_on="2026-01-20"))
    chair = {"aid_kind": "wheelchair", "serial": "XL-77", "fitted_on": "2024-03"}
    assistive_device.save(ws, AidDraft(who, chair | {"next_check_on": "2026-03"}))
    for tab in ("needs", "referrals", "rounds", "directory", "agreements"):
        studio.go("supports", tab)
        studio.take(f"supports-{tab}")
    studio.go("gift_round", made)
    studio.take("gift-round")
    studio.go("agreement", agreed)
    studio.take("agreement")
    studio.go("person", who, tab="supports")
    studio.take("person-supports")


def transfers(studio: Studio) -> None:
    """The desk of persons handed between offices, and its question."""
    studio.go("transfer")
    studio.take("transfer-going")
    assert studio.window.frame is not None
    cards = person.listing(studio.window.frame.ws, PeopleFilter(), None, 8).cards
    studio.go("transfer", ids=tuple(one.id for one in cards[5:]))
    studio.take("transfer-asking")
    studio.go("person", cards[0].id)
    studio.take("transfer-mark")


def lists(studio: Studio) -> None:
    """What can open over the list of people."""
    from PySide6.QtCore import QPoint

    from ui.screens.people import PeopleScreen

    studio.go("people")
    assert studio.window.frame is not None
    screen = studio.window.frame.shown
    assert isinstance(screen, PeopleScreen)
    screen.list.model.tick([screen.list.model.key(n) for n in (1, 2, 4)], True)
    studio.take("people-ticked")
    screen.list.model.untick()
    screen.search_for("khong co ai")
    studio.take("people-nobody")
    screen.search_for("")
    screen.filters._press(screen.filters._filters["units"])
    studio.take_popup("people-filter")
    screen.list.column_menu(screen.mapToGlobal(QPoint(200, 100)))
    studio.take_popup("people-columns")
    studio.window.frame.top._open_menu()
    studio.take_popup("user-menu")


def locked(studio: Studio) -> None:
    """Pages over the frame."""
    studio.window.second_person()
    studio.take("gate-second-person")
    studio.window._uncover()
    studio.window.lock()
    studio.take("gate-locked")
    studio.window._uncover()


def other_dress(studio: Studio) -> None:
    """English, and high contrast."""
    studio.window.change_language("en")
    for name in ("today", "people"):
        studio.go(name)
        studio.take(f"english-{name}")
    studio.window.change_language("vi")
    studio.window.change_theme()
    for name in ("today", "people"):
        studio.go(name)
        studio.take(f"contrast-{name}")
    studio.window.change_theme()


def _every_tab(studio: Studio, name: str) -> None:
    from ui.widgets.tabs import Tabs

    for tabs in studio.window.findChildren(Tabs):
        if tabs.isVisible():
            for tab in tabs.names():
                tabs.open(tab)
                studio.take(f"{name}-{tab}")


def asking(studio: Studio) -> None:
    """What opens inside a page: a reason, problems under fields, help with the article of law."""
    from ui.screens.approval import ApprovalScreen
    from ui.screens.person import PersonScreen

    assert studio.window.frame is not None
    studio.go("approval")
    desk = studio.window.frame.shown
    assert isinstance(desk, ApprovalScreen)
    desk.give_back()
    studio.take("approval-return")
    desk.ask.leave()
    studio.go("person", "new")
    page = studio.window.frame.shown
    assert isinstance(page, PersonScreen)
    form = page.tabs.forms["quick"]
    form.put({"name": "Đinh Văn Briu", "birth": "31/2/1980"})
    page.save()
    studio.settle()
    form.editors["birth"].toggle_help()
    studio.take("person-refused")
    page._drop_draft()
    studio.settle()
    for tab in ("letterhead", "recovery"):
        studio.go("users", tab)
        studio.take(f"users-{tab}")
    inspecting(studio)


def inspecting(studio: Studio) -> None:
    """What an inspector sees, and the password a file is asked for."""
    from ui.screens.inspection_register import InspectionRegisterScreen

    for tab in ("persons", "officers", "registers", "proof"):
        studio.go("inspection", tab)
        studio.take(f"inspection-{tab}")
    studio.go("inspection_log", "", login="minh")
    studio.take("inspection-log")
    studio.go("inspection_register", "persons")
    assert studio.window.frame is not None
    page = studio.window.frame.shown
    assert isinstance(page, InspectionRegisterScreen)
    page.lock.ask(lambda _ws: None, page.register.list.view)
    studio.settle()
    studio.take("inspection-register")
    page.lock.leave()


def importing(studio: Studio) -> None:
    """A list is looked at and brought in."""
    from tests.ui.conftest import until
    from ui.screens.import_list import DONE, LOOK, ImportScreen

    file = studio.folder / "Danh sách Cát Hanh.csv"
    file.write_text(LIST, encoding="utf-8-sig")
    studio.go("import", str(file))
    assert studio.window.frame is not None
    screen = studio.window.frame.shown
    assert isinstance(screen, ImportScreen)
    until(lambda: screen.step == LOOK)
    studio.take("import-look")
    screen.look.tabs.open("columns")
    studio.take("import-columns")
    screen.bring_in()
    until(lambda: screen.step == DONE)
    studio.take("import-done")


STORY: tuple[Callable[[Studio], None], ...] = (
    gates,
    places,
    work,
    helping,
    determining,
    certificates,
    council,
    transfers,
    lists,
    asking,
    importing,
    numbers,
    locked,
    other_dress,
)
