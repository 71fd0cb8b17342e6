"""Consent and sharing: two approvals before anything leaves, and what a withdrawal ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from app.actions import access, attachment, consent, merge, person, printing, sharing
from app.errors import Refused
from app.rules import consent as rules
from app.rules.consent import Basis, Subject
from app.values.attachment import AttachmentDraft
from app.values.papers import PrintRequest
from app.values.person import PersonDraft
from app.values.sharing import ConsentDraft, SharingDraft
from data.records import people
from data.records.change import Change
from tests import desk
from tests.app.writing_calls import picture
from tests.desk import Desk, typed
from tests.papers import invented, reading

DAY = date(2026, 11, 26)
SPOKEN = Basis("case_file", "consent", on="2026-11-01", by="self", form="spoken", witness="Bà Tư")
GUARDED = replace(SPOKEN, by="guardian", by_name="Trần Văn Sáu")
ADULT = Subject("1971")
WHERE = "Hội Chữ thập đỏ tỉnh"
HEARD = {
    "consent_purpose": "case_file", "consent_basis": "consent", "consenter": "self",
    "consent_form": "spoken", "consent_witness": "Bà Tư", "consented_on": "2026-11-01",
}  # fmt: skip


@pytest.mark.parametrize(
    ("basis", "who", "lacking"),
    [
        (SPOKEN, ADULT, ()),
        (replace(SPOKEN, form="signed", witness=""), ADULT, ()),
        (replace(SPOKEN, witness=""), ADULT, ("consent_witness_needed",)),
        (replace(SPOKEN, form=""), ADULT, ("consent_form_needed",)),
        (replace(SPOKEN, withdrawn_on="2026-11-20"), ADULT, ("consent_withdrawn",)),
        (replace(SPOKEN, until="2026-11-25"), ADULT, ("consent_expired",)),
        (replace(SPOKEN, until="2026-11"), ADULT, ()),
        (replace(SPOKEN, basis="law", by=""), ADULT, ("consent_law_unnamed",)),
        (Basis("x", "law", source="NĐ 18/2019/NĐ-CP Đ.9", on="2026"), Subject("2020"), ()),
        (Basis("x", "emergency", on="2026"), ADULT, ("consent_emergency_untold",)),
        (replace(SPOKEN, by=""), ADULT, ("consent_by_needed",)),
        # on the day of the consent, to the day: 18 on 2 November, and on 1 November
        (SPOKEN, Subject("2008-11-02"), ("consent_guardian_needed",)),
        (SPOKEN, Subject("2008-11-01"), ()),
        (SPOKEN, Subject("2008"), ("consent_age_unclear",)),
        (SPOKEN, Subject(""), ("consent_age_unclear",)),
        (replace(GUARDED, by_name=""), Subject("2020"), ("consent_guardian_unnamed",)),
        (GUARDED, Subject("2019-11-02"), ()),
        (GUARDED, Subject("2019-11-01"), ("consent_child_needed",)),
        (replace(GUARDED, child_agreed=True), Subject("2019-11-01"), ()),
        (SPOKEN, Subject("1950", dead=True), ("consent_family_needed",)),
        (replace(GUARDED, by="family"), Subject("1950", dead=True), ()),
        # of an adult the family may (TT 02/2020 Đ.9), and it is said why
        (replace(GUARDED, by="family"), ADULT, ("consent_not_own_why",)),
        (replace(GUARDED, by="family", not_own="Hôn mê"), ADULT, ()),
    ],
)
def test_what_a_basis_lacks(basis: Basis, who: Subject, lacking: tuple[str, ...]) -> None:
    assert rules.lacks(basis, who, DAY) == lacking


def test_nobody_consents_against_what_the_person_said_last() -> None:
    no = replace(SPOKEN, withdrawn_on="2026-11-10")
    theirs = replace(GUARDED, by="family", not_own="Đi vắng", on="2026-11-10")

    def lacking(*others: Basis) -> tuple[str, ...]:
        return rules.lacks_beside(theirs, (theirs, *others), ADULT, (WHERE, DAY))

    assert lacking() == ()
    assert lacking(no) == ("consent_person_said_no",)
    assert lacking(no, replace(SPOKEN, on="2026-11-12")) == ()


def test_the_best_of_several_bases_is_taken() -> None:
    old = replace(SPOKEN, withdrawn_on="2026-11-20")
    other = replace(SPOKEN, recipient="Quỹ A")
    again = replace(SPOKEN, on="2026-11-20")
    both = [("old", old), ("new", again)]
    late = [("late", SPOKEN), ("old", old)]
    assert rules.best(late, "case_file", ADULT, WHERE, DAY)[1] == ("consent_withdrawn",)
    law = replace(SPOKEN, basis="law", source="NĐ 18/2019/NĐ-CP")
    assert rules.best([("law", law), ("old", old)], "case_file", ADULT, WHERE, DAY) == ("law", ())
    one = [("all", SPOKEN), ("one", replace(old, recipient=WHERE))]
    assert rules.best(one, "case_file", ADULT, WHERE, DAY)[1] == ("consent_withdrawn",)
    assert rules.best(one, "case_file", ADULT, "Quỹ A", DAY) == ("all", ())
    assert rules.best(both, "case_file", ADULT, WHERE, DAY) == ("new", ())
    assert rules.best([("old", old)], "case_file", ADULT, WHERE, DAY)[1] == ("consent_withdrawn",)
    assert rules.best([], "case_file", ADULT, WHERE, DAY)[1] == ("consent_missing",)
    assert rules.best(both, "photo", ADULT, WHERE, DAY) == ("", ("consent_missing",))
    found = rules.best([("a", other)], "case_file", ADULT, WHERE, DAY)
    assert found == ("", ("consent_other_recipient",))
    assert rules.best([("a", other)], "case_file", ADULT, "QUỸ  a", DAY) == ("a", ())


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def who(office: Desk) -> str:
    return person.save(office.minh, typed(birth="1971")).id


def wish(*ids: str) -> SharingDraft:
    return SharingDraft(ids, "case_file", WHERE, "Xin xe lăn", "Hồ sơ và ảnh")


def lacking(office: Desk, who: str) -> list[str]:
    with pytest.raises(Refused) as told:
        sharing.demand(office.hoa, who, "case_file", WHERE)
    return [one.code for one in told.value.problems]


def test_nothing_leaves_before_the_person_and_the_head_agreed(office: Desk, who: str) -> None:
    assert lacking(office, who) == ["consent_missing", "sharing_not_asked"]
    assert [one.code for one in sharing.request(office.minh, wish(who))[1]] == ["consent_missing"]
    with office.lan.db.write(office.lan.author()) as session:
        session.execute(update(Change).values(verdict="accepted"))
    given = consent.save(office.minh, ConsentDraft(who, HEARD))
    child = person.save(office.minh, typed(name="Lê Bé", birth="2015-05-01")).id
    with pytest.raises(Refused) as own:
        consent.save(office.minh, ConsentDraft(child, HEARD))
    told = [(one.code, one.field) for one in own.value.problems]
    assert told == [("consent_guardian_needed", "consenter")]
    assert consent.of_person(office.hoa, child) == ()
    guarded = HEARD | {"consenter": "guardian", "consenter_name": "Lê Cha", "child_agreed": "x"}
    consent.save(office.minh, ConsentDraft(child, guarded))
    assert consent.of_person(office.hoa, child)[0].lacks == ()
    with office.lan.db.read() as session:  # the person's work is not all at the centre
        assert people.sync_marks(session, [who]) == {who: "local"}
    assert lacking(office, who) == ["sharing_not_asked"]
    (asked,), problems = sharing.request(office.hoa, wish(who))
    assert problems == () and lacking(office, who) == ["sharing_waiting"]
    assert [one.id for one in sharing.queue(office.hoa)] == [asked]
    assert [one.code for one in sharing.approve(office.hoa, (asked,))] == ["own_sharing"]
    assert sharing.approve(office.lan, (asked,)) == ()
    leave = sharing.demand(office.minh, who, "case_file", f" {WHERE.upper()} ")
    assert (leave.consent_id, leave.basis) == (given, "consent")
    sharing.record(office.minh, [leave], "Bản sao hồ sơ")
    act = sharing.of_person(office.hoa, who)[0]
    told = (act.state, act.recipient, act.what, act.shared_by, act.basis)
    assert told == ("shared", leave.recipient, "Bản sao hồ sơ", "minh", "consent")
    assert [one.code for one in sharing.request(office.minh, wish(who))[1]] == [
        "sharing_asked_already"
    ]


def test_a_withdrawal_ends_sharing_and_names_who_was_given_something(
    office: Desk, who: str
) -> None:
    given = consent.save(office.minh, ConsentDraft(who, HEARD))
    (asked,), _ = sharing.request(office.minh, wish(who))
    sharing.approve(office.hoa, (asked,))
    (act,) = sharing.record(
        office.hoa, [sharing.demand(office.hoa, who, "case_file", WHERE)], "Bản sao"
    )
    assert consent.withdraw(office.minh, given, "Bà nói thôi", "2026-11-26") == (act,)
    assert lacking(office, who) == ["consent_withdrawn", "sharing_not_asked"]
    cards = {one.id: one for one in sharing.of_person(office.minh, who)}
    assert cards[asked].state == "ended" and cards[act].basis_lacks == ("consent_withdrawn",)
    sharing.told(office.minh, act, "2026-11-26")
    assert sharing.of_person(office.minh, who)[0].told_on == "2026-11-26"
    with pytest.raises(Refused, match="đã rút"):
        consent.save(office.minh, ConsentDraft(who, {"consent_until": "2030"}, id=given))


def test_who_says_no_takes_back_what_two_pcs_wrote_down(office: Desk, who: str) -> None:
    older = consent.save(office.minh, ConsentDraft(who, HEARD | {"consented_on": "2026-10-01"}))
    (asked,), _ = sharing.request(office.minh, wish(who))
    sharing.approve(office.hoa, (asked,))
    leave = sharing.demand(office.hoa, who, "case_file", WHERE)
    (act,) = sharing.record(office.hoa, [leave], "Bản sao")
    newer = consent.save(office.hoa, ConsentDraft(who, HEARD))
    named = HEARD | {"consent_recipient": "Quỹ A", "consent_purpose": "photo"}
    other = consent.save(office.minh, ConsentDraft(who, named))
    assert consent.withdraw(office.minh, newer, "Bà nói thôi", "2026-11-26") == (act,)
    withdrawn = {one.id: one.withdrawn_on for one in consent.of_person(office.minh, who)}
    assert withdrawn == {older: "2026-11-26", newer: "2026-11-26", other: ""}
    assert lacking(office, who) == ["consent_withdrawn", "sharing_not_asked"]


def test_who_says_no_to_one_recipient_ends_what_stood_on_a_consent_for_all(
    office: Desk, who: str
) -> None:
    for_all = consent.save(office.minh, ConsentDraft(who, HEARD | {"consented_on": "2026-10-01"}))
    wishes = (wish(who), replace(wish(who), recipient="Quỹ A"))
    for one in wishes:
        sharing.approve(office.hoa, sharing.request(office.minh, one)[0])
    leave = sharing.demand(office.hoa, who, "case_file", WHERE)
    (act,) = sharing.record(office.hoa, [leave], "Bản sao")
    named = consent.save(office.minh, ConsentDraft(who, HEARD | {"consent_recipient": WHERE}))
    assert consent.withdraw(office.minh, named, "Đừng cho hội nữa", "2026-11-26") == (act,)
    assert lacking(office, who) == ["consent_withdrawn", "sharing_not_asked"]
    assert sharing.demand(office.hoa, who, "case_file", "Quỹ A").consent_id == for_all
    told = {one.id: one.basis_lacks for one in sharing.of_person(office.minh, who)}
    assert told[act] == ("consent_withdrawn",)


def test_a_request_whose_consent_was_taken_back_meanwhile_is_not_approved(
    office: Desk, who: str
) -> None:
    consent.save(office.minh, ConsentDraft(who, HEARD | {"consent_until": "2026-11-27"}))
    (asked,), _ = sharing.request(office.minh, wish(who))
    later = replace(office.hoa, clock=lambda: office.hoa.clock().replace(year=2027))
    assert [one.code for one in sharing.approve(later, (asked,))] == ["consent_expired"]
    assert sharing.approve(office.hoa, (asked,)) == ()
    assert sharing.demand(office.hoa, who, "case_file", WHERE).approval_id == asked
    with pytest.raises(Refused, match="hết hạn"):
        sharing.demand(later, who, "case_file", WHERE)
    sharing.end(office.minh, asked, "Hết hạn đồng ý")
    assert sharing.of_person(office.minh, who)[0].answer == "Hết hạn đồng ý"


def test_consent_and_sharing_follow_a_merger_and_go_with_a_removed_person(
    office: Desk, who: str
) -> None:
    consent.save(office.minh, ConsentDraft(who, HEARD))
    (asked,), _ = sharing.request(office.minh, wish(who))
    twin = person.save(office.minh, typed(birth="1971")).id
    merge.merge(office.minh, twin, who)
    assert [one.person_id for one in sharing.queue(office.hoa)] == [twin]
    assert sharing.approve(office.hoa, (asked,)) == ()
    leave = sharing.demand(office.hoa, twin, "case_file", WHERE)
    assert leave.person_id == twin and len(consent.of_person(office.hoa, twin)) == 1
    sharing.request(office.minh, replace(wish(twin), recipient="Quỹ A"))
    assert sharing.waiting(office.hoa) == len(sharing.queue(office.hoa)) == 1
    person.remove(office.minh, twin, "nhập nhầm")
    assert sharing.queue(office.hoa) == () and sharing.waiting(office.hoa) == 0


def test_case_files_for_outside_are_printed_of_those_alone_who_may_be_shared(
    office: Desk, who: str, tmp_path: Path
) -> None:
    other = person.save(office.minh, typed(name="Trần Văn Bình", birth="1960")).id
    consent.save(office.minh, ConsentDraft(who, HEARD))
    (asked,), _ = sharing.request(office.minh, wish(who))
    sharing.approve(office.hoa, (asked,))
    request = PrintRequest((who, other), tmp_path / "ngoai.pdf", recipient=WHERE)
    done = printing.case_files(office.hoa, request)
    assert done.printed == (who,)
    assert {one.code for one in done.failed} == {"consent_missing", "sharing_not_asked"}
    text = reading.read(request.out.read_bytes()).text
    assert "Nguyễn Thị Hường" in text and "Trần Văn Bình" not in text
    act = sharing.of_person(office.hoa, who)[0]
    assert (act.state, act.what, act.shared_by) == ("shared", "Bản in hồ sơ", "hoa")
    assert "print" in [line.kind for line in access.of_person(office.lan, who)]
    person.save(office.lan, PersonDraft(who, {"hiv": "yes"}))
    again = replace(request, out=tmp_path / "lan.pdf", person_ids=(who,))
    printing.case_files(office.lan, again)
    assert "HIV" not in reading.read(again.out.read_bytes()).text
    kept = attachment.add(office.minh, who, picture(), AttachmentDraft("photo", "Ảnh", "law"))
    attachment.export(office.hoa, kept.id, tmp_path / "a.jpg", WHERE)
    assert [one.what for one in sharing.of_person(office.hoa, who)][0] == "Bản chụp giấy tờ"
    no_paper_without_a_basis_goes_out(office, who, tmp_path / "c.jpg")
    with pytest.raises(Refused, match="Quỹ A"):
        attachment.export(office.hoa, kept.id, tmp_path / "b.jpg", "Quỹ A")
    assert not (tmp_path / "b.jpg").exists()
    with pytest.raises(Refused, match="chưa ghi đồng ý"):
        printing.case_files(office.hoa, replace(request, person_ids=(other,)))


def no_paper_without_a_basis_goes_out(office: Desk, who: str, out: Path) -> None:
    photo = AttachmentDraft("photo", "Ảnh", "consent", consent_on="2026-10")
    kept = attachment.add(office.minh, who, invented.picture(310, 400).jpeg, photo).id
    given = consent.save(office.minh, ConsentDraft(who, HEARD | {"consent_purpose": "photo"}))
    consent.withdraw(office.minh, given, "Không muốn giữ ảnh")
    closed = AttachmentDraft("other", "Kín", "law", confidential=True)
    locked = attachment.add(office.lan, who, invented.picture(320, 400).jpeg, closed).id
    for ws, one, code in (
        (office.hoa, kept, "file_consent_withdrawn"),
        (office.lan, locked, "file_closed_stays"),
    ):
        with pytest.raises(Refused) as refused:
            attachment.export(ws, one, out, WHERE)
        assert [each.code for each in refused.value.problems] == [code] and not out.exists()
    attachment.export(office.lan, locked, out)


def test_photos_without_a_standing_basis_are_named(office: Desk, who: str) -> None:
    draft = AttachmentDraft("photo", "Ảnh", "consent", consent_on="2026-10")
    kept = attachment.add(office.minh, who, picture(), draft)
    assert consent.photos_without(office.minh, who) == {}
    photo = HEARD | {"consent_purpose": "photo"}
    given = consent.save(office.minh, ConsentDraft(who, photo))
    assert consent.photos_without(office.minh, who) == {}
    consent.withdraw(office.minh, given, "Không muốn giữ ảnh")
    assert consent.photos_without(office.minh, who) == {kept.id: "file_consent_withdrawn"}
