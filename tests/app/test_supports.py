"""Help as it comes: needs in time, referrals, supports, gift rounds, devices, benefits in kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.actions import (
    assistive_device,
    attachment,
    care_case,
    coming,
    entitlement,
    gift_round,
    merge,
    need,
    person,
    provider,
    referral,
    sharing,
    support,
    support_papers,
)
from app.errors import Refused
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft
from app.values.entitlement import AgreementDraft
from app.values.need import NeedDraft, NeedsFilter, NeedStepDraft
from app.values.person import PersonDraft
from app.values.provider import ProviderDraft, ProvidersFilter
from app.values.referral import ReferralDraft, ReferralsFilter, ReferralStep
from app.values.support import RoundDraft, SupportDraft
from tests import desk
from tests.app.test_attachment import picture
from tests.desk import Desk, typed
from tests.helped import may_leave
from tests.papers import reading

RICE = {"round_name": "Tết 2026", "support_kind": "goods", "support_what": "gạo",
        "support_quantity": "10", "support_unit": "kg", "support_value": "150000",
        "donor": "Hội Chữ thập đỏ", "round_on": "20/1/2026"}  # fmt: skip


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def huong(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1956", degree="severe")).id


def refused(work: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as told:
        work()
    return [problem.code for problem in told.value.problems]


def another(office: Desk, name: str, **fields: object) -> str:
    return person.save(office.minh, typed(name=name, **fields)).id


# ---------------------------------------------------------------- needs


def test_a_support_proposes_and_a_person_decides(office: Desk, huong: str) -> None:
    wanted = {"item": "medical.wheelchair", "declared_on": "5/1/2026"}
    asked = need.save(office.minh, NeedDraft(huong, wanted))
    given = {"support_what": "Xe lăn", "support_kind": "goods", "support_on": "3/2/2026"}
    support.save(office.minh, SupportDraft(huong, given, need_id=asked))
    card = need.of_person(office.minh, huong)[0]
    assert (card.status, card.proposed) == ("new", "met")
    need.step(office.minh, asked, NeedStepDraft("met", "4/2/2026"))
    card = need.of_person(office.minh, huong)[0]
    assert (card.status, card.proposed) == ("met", "")
    assert refused(lambda: need.step(office.minh, asked, NeedStepDraft("new"))) == ["need_step_why"]
    need.step(office.minh, asked, NeedStepDraft("new", "1/3/2026", "Xe gãy"))
    steps = need.of_person(office.minh, huong)[0].steps
    assert [(one.status, one.on, one.reason) for one in steps] == [
        ("met", "2026-02-04", ""),
        ("new", "2026-03-01", "Xe gãy"),
    ]
    early = NeedStepDraft("met", "1/1/2026")
    assert refused(lambda: need.step(office.minh, asked, early)) == ["need_step_early"]


def test_a_support_without_a_need_stands_alone(office: Desk, huong: str) -> None:
    rice = {"support_what": "gạo", "support_kind": "goods", "donor": "Chùa Ông"}
    made = support.save(office.minh, SupportDraft(huong, rice))
    card = support.of_person(office.hoa, huong)[0]
    today = office.minh.today().isoformat()
    assert (card.id, card.fields["support_status"], card.fields["support_on"]) == (
        made, "received", today,
    )  # fmt: skip
    assert refused(lambda: support.save(office.minh, SupportDraft(huong, rice | {
        "support_on": today}))) == ["support_twice"]  # fmt: skip
    money = {"support_what": "Tiền", "support_kind": "money"}
    lacking = SupportDraft(huong, money)
    assert refused(lambda: support.save(office.minh, lacking)) == ["support_money"]


def test_a_due_need_is_listed_and_asked_again(office: Desk, huong: str) -> None:
    asked = need.save(
        office.minh,
        NeedDraft(huong, {"item": "medical.treatment", "declared_on": "2025", "review_on": "2026"}),
    )
    later = replace(office.minh, clock=lambda: datetime(2026, 11, 26, 3, tzinfo=UTC))
    page = need.listing(later, NeedsFilter(due=True))
    assert [(one.id, one.need.due) for one in page.lines] == [(asked, True)]
    assert (page.total, page.persons) == (1, 1)
    need.step(later, asked, NeedStepDraft("", reason="Vẫn cần", review_on="2027"))
    need.step(later, asked, NeedStepDraft("connecting"))
    assert need.of_person(later, huong)[0].review_on == "2027"
    assert need.listing(later, NeedsFilter(due=True)).total == 0
    assert need.listing(office.minh, NeedsFilter(groups=("medical",))).total == 1
    person.remove(office.minh, huong, "Nhập nhầm")
    assert need.listing(office.minh, NeedsFilter()).total == 0


# ---------------------------------------------------------------- directory and referrals


def test_the_directory_is_searched_and_what_ended_stays_readable(office: Desk) -> None:
    line = {"service_name": "Làm chân giả", "service_kind": "dụng cụ chỉnh hình, trợ giúp",
            "provider_name": "BV Chỉnh hình Quy Nhơn", "provider_phone": "0256 3846 789",
            "meets": "y tế", "admits": "Người mất chân, có BHYT"}  # fmt: skip
    made = provider.save(office.minh, ProviderDraft(line))
    assert refused(lambda: provider.save(office.minh, ProviderDraft(line))) == ["provider_twice"]
    for query in ("chan gia", "quy nhon", "3846", "bhyt"):
        found = provider.listing(office.hoa, ProvidersFilter(query))
        assert [one.id for one in found] == [made], query
    assert provider.listing(office.hoa, ProvidersFilter(meets="family")) == ()
    ended = {"offered_from": "2024", "offered_until": "31/12/2025"}
    provider.save(office.minh, ProviderDraft(ended, made))
    assert provider.listing(office.minh, ProvidersFilter()) == ()
    assert [one.ended for one in provider.listing(office.minh, ProvidersFilter(ended=True))] == [
        True
    ]
    turned = ProviderDraft({"offered_until": "2023"}, made)
    assert refused(lambda: provider.save(office.minh, turned)) == ["days_reversed"]


def test_a_referral_is_sent_becomes_overdue_and_is_answered(office: Desk, huong: str) -> None:
    offered = {"service_name": "Làm chân giả", "service_kind": "aids", "provider_name": "BV A"}
    service = provider.save(office.minh, ProviderDraft(offered))
    asked = need.save(office.minh, NeedDraft(huong, {"item": "medical.prosthesis"}))
    draft = ReferralDraft(huong, {}, provider_id=service, need_id=asked)
    sent = referral.save(office.minh, draft)
    card = referral.of_person(office.minh, huong)[0]
    assert (card.status, card.fields["referred_to"]) == ("written", "BV A")
    assert need.of_person(office.minh, huong)[0].proposed == ""
    step = ReferralStep("accepted")
    assert refused(lambda: referral.step(office.minh, sent, step)) == ["referral_move"]
    referral.step(office.minh, sent, ReferralStep("sent", "5/1/2026", due_on="20/1/2026"))
    assert need.of_person(office.minh, huong)[0].proposed == "connecting"
    overdue = referral.listing(office.minh, ReferralsFilter(overdue=True))
    assert [(one.id, one.overdue) for one in overdue.cards] == [(sent, True)]
    month = office.minh.today().isoformat()[:7]
    referral.save(office.minh, ReferralDraft(huong, {"answer_due_on": month}, sent))
    assert referral.listing(office.minh, ReferralsFilter(overdue=True)).total == 0
    early = ReferralStep("served", "4/1/2026")
    assert refused(lambda: referral.step(office.minh, sent, early)) == ["days_reversed"]
    no = ReferralStep("refused", "25/1/2026")
    assert refused(lambda: referral.step(office.minh, sent, no)) == ["referral_why"]
    paper = AttachmentDraft("referral_answer", "Trả lời", "law")
    scan = attachment.add(office.minh, huong, picture(40, 30), paper).id
    stranger = another(office, "Lê Văn Tám")
    theirs = attachment.add(office.minh, stranger, picture(40, 30), paper).id
    wrong = replace(no, note="Hết suất", file_id=theirs)
    assert refused(lambda: referral.step(office.minh, sent, wrong)) == ["attachment_unknown"]
    referral.step(office.minh, sent, replace(no, note="Hết suất", file_id=scan))
    card = referral.of_person(office.minh, huong)[0]
    assert (card.status, card.overdue, card.answer_file_id) == ("refused", False, scan)
    assert card.fields["answered_on"] == "2026-01-25"
    referral.step(office.minh, sent, ReferralStep("sent", note="Ghi nhầm"))
    assert referral.of_person(office.minh, huong)[0].status == "sent"


def test_a_referral_from_old_papers_begins_as_it_stands_there(office: Desk, huong: str) -> None:
    old = {"referred_to": "Trạm y tế", "referral_status": "served", "served_on": "2024"}
    assert refused(lambda: referral.save(office.minh, ReferralDraft(huong, old))) == [
        "referral_by_step"
    ]
    paper = ReferralDraft(huong, old | {"referral_origin": "paper"})
    late = ReferralDraft(huong, paper.fields | {"sent_on": "2025"})
    assert refused(lambda: referral.save(office.minh, late)) == ["days_reversed"]
    referral.save(office.minh, paper)
    assert referral.of_person(office.minh, huong)[0].status == "served"


def test_the_letter_says_no_confidential_word_unless_asked(office: Desk, huong: str) -> None:
    told = {"referred_to": "Trung tâm tham vấn", "referral_reason": "Cần tham vấn",
            "referral_secret": "Bị chồng cũ đe dọa"}  # fmt: skip
    made = referral.save(office.lan, ReferralDraft(huong, told))
    assert referral.of_person(office.minh, huong)[0].fields["referral_secret"] == "•••"
    closed = ReferralDraft(huong, {"referral_secret": "khác"}, made)
    assert refused(lambda: referral.save(office.minh, closed)) == ["no_right_restricted"]
    assert refused(lambda: support_papers.referral_letter(office.lan, made)) == [
        "consent_missing",
        "sharing_not_asked",
    ]
    may_leave(office, huong, "Trung tâm tham vấn")
    words = reading.read(support_papers.referral_letter(office.lan, made)).text
    assert [one.state for one in sharing.of_person(office.lan, huong)].count("shared") == 1
    assert "Kính gửi: Trung tâm tham vấn" in words and "NGUYỄN THỊ HƯỜNG" in words
    assert "PHIẾU TRẢ LỜI CHUYỂN GỬI" in words and "đe dọa" not in words
    assert "theo duyệt chia sẻ của" in words and "cho việc: " in words
    assert "đe dọa" in reading.read(support_papers.referral_letter(office.lan, made, True)).text
    assert "đe dọa" not in reading.read(support_papers.referral_letter(office.hoa, made, True)).text
    assert refused(lambda: support_papers.referral_letter(office.minh, made)) == ["not_allowed"]


# ---------------------------------------------------------------- rounds, devices, benefits


def test_a_round_is_signed_and_ticked_and_nobody_gets_it_twice(office: Desk, huong: str) -> None:
    tam, ba = another(office, "Lê Văn Tám"), another(office, "Võ Thị Ba")
    before = {"support_what": "gạo", "support_kind": "goods", "support_on": "10/12/2025"}
    support.save(office.minh, SupportDraft(tam, before))
    made = gift_round.save(office.minh, RoundDraft(RICE))
    dead = another(office, "Phan Thị Tư", life_state="dead")
    done = gift_round.add(office.minh, made, (huong, tam, ba, huong, "nobody", dead))
    assert (done.added, done.refused) == (3, ("nobody", "Phan Thị Tư"))
    assert done.before == (("Lê Văn Tám", "10/12/2025"),)
    again = gift_round.add(office.hoa, made, (huong,))
    assert (again.added, again.already) == (0, ("Nguyễn Thị Hường",))
    words = reading.read(support_papers.gift_list(office.hoa, made)).text
    for part in (
        "DANH SÁCH KÝ NHẬN",
        "Võ Thị Ba",
        "10 kg gạo",
        "450.000 đồng",
        "3 người",
        "không gửi ra ngoài",
    ):
        assert part in words, part
    person.save(office.minh, desk.PersonDraft(ba, {"life_state": "dead", "life_state_on": "2026"}))
    words = reading.read(support_papers.gift_list(office.hoa, made)).text
    assert "Võ Thị Ba" not in words and "2 người" in words, "nothing is given to the dead"
    gift_round.tick(office.minh, made, (huong,), "received")
    gift_round.tick(office.minh, made, (tam,), "absent")
    assert refused(lambda: gift_round.close(office.minh, made)) == ["round_waiting"]
    out = lambda who: gift_round.take_out(office.minh, made, (who,), "Đã chuyển đi")  # noqa: E731
    assert refused(lambda: out(huong)) == ["round_received"]
    assert out(ba) == 1
    gift_round.close(office.minh, made)
    assert refused(lambda: gift_round.add(office.minh, made, (ba,))) == ["round_closed"]
    page = gift_round.page(office.hoa, made)
    assert [(one.name, one.status) for one in page.lines] == [
        ("Nguyễn Thị Hường", "received"),
        ("Lê Văn Tám", "absent"),
    ]
    got = support.of_person(office.minh, huong)[0]
    assert (got.fields["donor"], got.fields["support_on"], got.round_name) == (
        "Hội Chữ thập đỏ", "2026-01-20", "Tết 2026",
    )  # fmt: skip


def test_two_records_that_were_merged_get_one_gift(office: Desk, huong: str) -> None:
    twin = another(office, "Nguyễn Thị Hương")
    made = gift_round.save(office.minh, RoundDraft(RICE))
    gift_round.add(office.minh, made, (huong, twin))
    merge.merge(office.minh, huong, twin)
    lines = gift_round.page(office.minh, made).lines
    assert [(one.person_id, one.twice) for one in lines] == [(huong, True)] * 2
    assert gift_round.add(office.minh, made, (huong,)).added == 0
    gift_round.tick(office.minh, made, (huong,), "received")
    statuses = sorted(one.status for one in gift_round.page(office.minh, made).lines)
    assert statuses == ["cancelled", "received"]
    gift_round.close(office.minh, made)


def test_a_device_is_repaired_checked_and_given_back(office: Desk, huong: str) -> None:
    chair = {"aid_kind": "wheelchair", "serial": "XL-77", "fitted_on": "2025-06"}
    early = AidDraft(huong, chair | {"next_check_on": "5/2025"})
    assert refused(lambda: assistive_device.save(office.minh, early)) == ["days_reversed"]
    made = assistive_device.save(office.minh, AidDraft(huong, chair))
    tam = another(office, "Lê Văn Tám")
    assert refused(lambda: assistive_device.save(office.minh, AidDraft(tam, chair))) == [
        "serial_twice"
    ]
    assistive_device.move(office.minh, made, "in_repair")
    work = RepairDraft({"repair_what": "Thay bánh", "repair_cost": "120.000"}, "1/1/2027")
    assistive_device.repair(office.minh, made, work)
    card = assistive_device.of_person(office.minh, huong)[0]
    assert (card.status, card.fields["next_check_on"], card.due) == (
        "in_use", "2027-01-01", office.minh.today().isoformat() >= "2027-01-01",
    )  # fmt: skip
    assert card.repairs[0].fields["repair_cost"] == 120_000
    ahead = (office.minh.today() + timedelta(days=40)).isoformat()
    assistive_device.repair(office.minh, made, replace(work, next_check_on=ahead))
    assistive_device.repair(office.minh, made, replace(work, next_check_on=""))
    card = assistive_device.of_person(office.minh, huong)[0]
    assert card.fields["next_check_on"] == ahead, "a day still ahead is not forgotten"
    assistive_device.move(office.minh, made, "returned")
    assert refused(lambda: assistive_device.move(office.minh, made, "lost")) == ["aid_move"]
    assistive_device.save(office.minh, AidDraft(tam, chair))


def test_bus_rides_are_for_the_degrees_of_the_agreement(office: Desk, huong: str) -> None:
    tam = another(office, "Lê Văn Tám", degree="mild")
    firm = {"firm": "Xe buýt Quy Nhơn", "benefit": "bus_free", "valid_until": "31/12/2090",
            "for_degrees": "đặc biệt nặng, nặng"}  # fmt: skip
    made = entitlement.save_agreement(office.minh, AgreementDraft(firm))
    done = entitlement.add(office.minh, made, (huong, tam))
    assert (done.added, done.refused) == (1, ("Lê Văn Tám",))
    one = entitlement.of_person(office.minh, huong)[0]
    entitlement.save(office.minh, one.id, {"card_number": "B-12"})
    again = entitlement.add(office.minh, made, (huong, huong), "2026-02-01")
    assert (again.added, again.already) == (0, ("Nguyễn Thị Hường",))
    (kept,) = entitlement.of_person(office.minh, huong)
    assert (kept.id, kept.fields["card_number"]) == (one.id, "B-12"), "nobody rides twice"
    assert kept.fields["entitled_from"] == one.fields["entitled_from"]
    assert refused(lambda: support_papers.firm_list(office.hoa, made)) == [
        "consent_missing",
        "sharing_not_asked",
    ]
    may_leave(office, huong, "Xe buýt Quy Nhơn", "support")
    words = reading.read(support_papers.firm_list(office.hoa, made).content).text
    assert "B-12" in words and "Nguyễn Thị Hường" in words and "Xe buýt Quy Nhơn" in words
    assert refused(lambda: entitlement.end(office.minh, [one.id], " ")) == ["required"]
    entitlement.end(office.minh, [one.id], "Chuyển đi")
    assert [card.persons for card in entitlement.agreements(office.minh)] == [0]
    entitlement.add(office.minh, made, (huong,))
    assert [card.active for card in entitlement.of_person(office.minh, huong)] == [True]
    entitlement.save_agreement(office.minh, AgreementDraft({"valid_until": "2020"}, made))
    assert refused(lambda: entitlement.add(office.minh, made, (tam,))) == ["agreement_over"]


def test_a_firm_reads_of_those_alone_who_ride_and_agreed(office: Desk, huong: str) -> None:
    tam, ba, tu = (another(office, name) for name in ("Lê Văn Tám", "Võ Thị Ba", "Phan Thị Tư"))
    made = entitlement.save_agreement(
        office.minh, AgreementDraft({"firm": "Xe buýt", "benefit": "bus_free"})
    )
    entitlement.add(office.minh, made, (huong, tam, ba, tu))
    (own,) = entitlement.of_person(office.minh, ba)
    entitlement.save(office.minh, own.id, {"entitled_until": "31/12/2025", "entitled_from": "2025"})
    person.save(office.minh, PersonDraft(tu, {"life_state": "dead", "life_state_on": "2026-01"}))
    may_leave(office, huong, "Xe buýt", "support")
    paper = support_papers.firm_list(office.hoa, made)
    words = reading.read(paper.content).text
    assert paper.persons == (huong,) and "Danh sách gồm 1 người" in words
    for name in ("Lê Văn Tám", "Võ Thị Ba", "Phan Thị Tư"):
        assert name not in words
    assert {one.value for one in paper.left_out} == {tam}
    act = sharing.of_person(office.hoa, huong)[0]
    assert (act.state, act.recipient) == ("shared", "Xe buýt")
    assert support_papers.ask(office.minh, made)[0] == ()


# ---------------------------------------------------------------- paper comes first


def test_what_help_is_waited_for_comes_due_for_the_worker_of_the_case(
    office: Desk, huong: str
) -> None:
    care_case.open(office.minh, huong, CaseDraft("Sống một mình"))
    now = office.minh.today()
    late = (now - timedelta(days=3)).isoformat()
    early = (now - timedelta(days=9)).isoformat()
    sent = referral.save(office.minh, ReferralDraft(huong, {"referred_to": "Trạm y tế"}))
    asked = ReferralStep("sent", early, due_on=late)
    referral.step(office.minh, sent, asked)
    chair = {"aid_kind": "wheelchair", "next_check_on": now.isoformat()}
    aid = assistive_device.save(office.minh, AidDraft(huong, chair))
    firm = {"firm": "Xe buýt", "benefit": "bus_free", "valid_until": now.isoformat()}
    entitlement.save_agreement(office.minh, AgreementDraft(firm))
    mine = coming.dues(office.minh, coming.today(office.minh, "minh")).dues
    assert [(one.ref.kind, one.detail, one.late) for one in mine] == [
        ("referral_answer", "Trạm y tế", True),
        ("device_check", "Xe lăn", False),
    ]
    nobodys = coming.dues(office.minh, coming.today(office.minh, "")).dues
    assert [(one.ref.kind, one.detail) for one in nobodys] == [("agreement_end", "Xe buýt")]
    referral.step(office.minh, sent, ReferralStep("accepted"))
    assistive_device.move(office.minh, aid, "returned")
    assert coming.count(office.minh, coming.today(office.minh, "minh")) == 0
