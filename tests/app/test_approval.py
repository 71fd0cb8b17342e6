"""The approval desk: four eyes on every record, and warnings never pass in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import workspace
from app.actions import accident, approval, approval_desk, attachment, merge, need, person, user
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from app.values.user import UserDraft, UserEdit
from tests import desk
from tests.app.test_attachment import PORTRAIT, picture
from tests.desk import PASSWORD, Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def waiting(office: Desk, by: str = "minh", **fields: object) -> str:
    who = getattr(office, by)
    made = person.save(who, typed(**fields)).id
    person.submit(who, (made,))
    return made


def codes(problems: tuple[object, ...]) -> list[str]:
    return [problem.code for problem in problems]  # type: ignore[attr-defined]


def test_a_surveyor_may_never_approve(office: Desk) -> None:
    made = waiting(office)
    with pytest.raises(Refused) as refused:
        approval.approve(office.minh, (made,))
    assert refused.value.problems[0].code == "not_allowed"


def test_nobody_approves_what_he_wrote(office: Desk) -> None:
    made = waiting(office, by="hoa")
    result = approval.approve(office.hoa, (made,))
    assert (result.approved, codes(result.skipped)) == ((), ["approver_is_author"])
    assert approval.approve(office.lan, (made,)).approved == (made,)


def test_nobody_approves_what_he_last_changed(office: Desk) -> None:
    made = waiting(office)
    person.save(office.hoa, PersonDraft(made, {"hamlet": "Mỹ Hóa"}))
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"]


def test_nobody_approves_his_own_change_of_an_approved_person(office: Desk) -> None:
    made = waiting(office)
    approval.approve(office.hoa, (made,))
    person.save(office.hoa, PersonDraft(made, {"name": "Nguyễn Thị Hương"}))
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"]
    assert approval.approve(office.lan, (made,)).approved == (made,)


def test_a_draft_is_not_approved(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["not_waiting"]


def test_bulk_skips_open_warnings_and_names_them_but_a_single_look_decides(office: Desk) -> None:
    good = waiting(office, name="Lê Thị An", sex="female", birth="1956", id_number="052156004451")
    doubtful = waiting(office, name="Lê Văn Ba", sex="male", birth="1956", id_number="052156004452")
    result = approval.approve(office.hoa, (good, doubtful), bulk=True)
    assert result.approved == (good,)
    assert codes(result.skipped) == ["open_warning"]
    assert "Lê Văn Ba" in result.skipped[0].message
    assert approval.approve(office.hoa, (doubtful,)).approved == (doubtful,)


def test_a_return_needs_a_reason_and_goes_back_to_the_writer(office: Desk) -> None:
    made = waiting(office)
    with pytest.raises(Refused):
        approval.return_(office.hoa, (made,), "")
    approval.return_(office.hoa, (made,), "Thiếu ngày sinh")
    page = person.page(office.minh, made)
    assert page.card.status == "returned"
    assert (page.decisions[0].decision, page.decisions[0].reason) == ("returned", "Thiếu ngày sinh")
    person.save(office.minh, PersonDraft(made, {"birth": "1956"}))
    person.submit(office.minh, (made,))
    assert approval.approve(office.hoa, (made,)).approved == (made,)


def test_a_return_by_mistake_is_taken_back_while_nobody_went_on(office: Desk) -> None:
    new, changed, sent = (waiting(office, name=f"Lê Thị {name}") for name in ("Ba", "Tư", "Năm"))
    approval.approve(office.hoa, (changed,))
    person.save(office.minh, PersonDraft(changed, {"birth": "1956"}))
    approval.return_(office.hoa, (new, changed, sent), "nhầm danh sách")
    person.submit(office.minh, (sent,))
    (left,) = approval.take_back(office.hoa, (new, changed, sent))
    assert (left.code, left.value) == ("not_returned", sent)
    page = person.page(office.minh, new)
    assert page.card.status == "waiting"
    assert [one.decision for one in page.decisions[:2]] == ["taken_back", "returned"]
    (asked,) = person.page(office.minh, changed).amendments
    assert (asked.state, asked.asked_by, asked.reason) == ("waiting", "minh", None)
    assert set(approval.approve(office.hoa, (new, changed, sent)).approved) == {new, changed, sent}


def test_an_approval_taken_back_with_a_reason_waits_again(office: Desk) -> None:
    made = waiting(office)
    approval.approve(office.hoa, (made,))
    approval.undo(office.hoa, made, "Duyệt nhầm người")
    page = person.page(office.hoa, made)
    assert page.card.status == "waiting"
    assert [line.decision for line in page.decisions] == ["undone", "approved", "submitted"]


def test_a_bulk_is_taken_back_as_a_whole_but_for_changes_and_what_moved_on(office: Desk) -> None:
    changed = waiting(office)
    approval.approve(office.hoa, (changed,))
    person.save(office.minh, PersonDraft(changed, {"name": "Nguyễn Thị Hương"}))
    first, second = waiting(office, name="Võ Thị Ba"), waiting(office, name="Lê Văn Tư")
    result = approval.approve(office.hoa, (changed, first, second))
    assert (result.approved, result.received) == ((changed, first, second), (first, second))
    approval.undo(office.lan, second, "sai xã")
    problems = approval.undo_many(office.hoa, result.received, "duyệt nhầm")
    assert codes(problems) == ["not_approved"]
    assert person.counts(office.hoa) == {"approved": 1, "waiting": 2}
    assert person.page(office.hoa, first).decisions[0].reason == "duyệt nhầm"
    with pytest.raises(Refused):
        approval.undo_many(office.hoa, (first,), " ")


def test_a_stranger_is_named_and_hinders_nobody(office: Desk) -> None:
    made = waiting(office)
    result = approval.approve(office.hoa, ("00000000-0000-7000-8000-000000000000", made))
    assert result.approved == (made,)
    assert codes(result.skipped) == ["person_unknown"]


def test_whoever_wrote_any_part_of_what_waits_does_not_approve_it(office: Desk) -> None:
    made = waiting(office)
    person.save(office.hoa, PersonDraft(made, {"name": "Nguyễn Thị Hương", "degree": "severe"}))
    person.save(office.lan, PersonDraft(made, {"hamlet": "Mỹ Hóa"}))
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"]
    assert codes(approval.approve(office.lan, (made,)).skipped) == ["approver_is_author"]


def wheelchair(office: Desk, by: str, made: str) -> str:
    wish = NeedDraft(made, {"item": "medical.wheelchair"})
    return need.save(getattr(office, by), wish)


def test_needs_accidents_and_files_are_part_of_what_is_approved(office: Desk) -> None:
    added = {
        "need": lambda made: wheelchair(office, "hoa", made),
        "accident": lambda made: accident.save(
            office.hoa, AccidentDraft(made, {"age_then": 9}, {})
        ),
        "file": lambda made: attachment.add(office.hoa, made, picture(300, 400), PORTRAIT),
    }
    for what, add in added.items():
        made = waiting(office, name=f"Lê Thị {what}")
        add(made)
        assert approval_desk.review(office.hoa, made).own, what
        assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"], what
        assert not approval_desk.review(office.lan, made).own, what
        assert approval.approve(office.lan, (made,)).approved == (made,), what


def test_a_change_of_what_belongs_to_the_record_counts_as_well(office: Desk) -> None:
    made = waiting(office)
    wish = wheelchair(office, "minh", made)
    hurt = accident.save(office.minh, AccidentDraft(made, {}, {"device": "bomb"}))
    need.withdraw(office.hoa, wish, "Nhập nhầm người")
    about = AccidentDraft(made, {}, {"device": "grenade"}, hurt.accident_id, hurt.victim_id)
    accident.save(office.lan, about)
    for who in (office.hoa, office.lan):
        assert codes(approval.approve(who, (made,)).skipped) == ["approver_is_author"]


def test_what_came_with_a_merged_record_belongs_to_what_is_approved(office: Desk) -> None:
    made = waiting(office)
    twin = person.save(office.minh, typed(hamlet="Mỹ Hóa")).id
    wheelchair(office, "hoa", twin)
    merge.merge(office.lan, made, twin, {"hamlet": "a"})
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"]
    assert approval.approve(office.lan, (made,)).approved == (made,)


def test_what_was_added_before_an_approval_by_somebody_else_is_settled(office: Desk) -> None:
    made = waiting(office)
    wheelchair(office, "hoa", made)
    approval.approve(office.lan, (made,))
    approval.undo(office.lan, made, "Xem lại")
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["approver_is_author"]
    person.save(office.minh, PersonDraft(made, {"hamlet": "Mỹ Hóa"}))
    assert approval.approve(office.hoa, (made,)).approved == (made,)


def test_who_approved_a_change_did_not_write_it(office: Desk) -> None:
    made = waiting(office)
    approval.approve(office.hoa, (made,))
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hương"}))
    approval.approve(office.hoa, (made,))
    approval.undo(office.hoa, made, "Xem lại")
    assert approval.approve(office.hoa, (made,)).approved == (made,)


def test_changes_asked_before_the_record_moved_on_are_not_carried_out(office: Desk) -> None:
    made = waiting(office)
    approval.approve(office.hoa, (made,))
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hương"}))
    approval.undo(office.hoa, made, "Nhầm")
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hường Em"}))
    assert approval.approve(office.hoa, (made,)).approved == (made,)
    assert codes(approval.approve(office.hoa, (made,)).skipped) == ["amendment_outdated"]
    assert person.page(office.hoa, made).card.name == "Nguyễn Thị Hường Em"


def test_one_stranger_does_not_hinder_the_return_of_the_others(office: Desk) -> None:
    made = waiting(office)
    problems = approval.return_(office.hoa, ("00000000-0000-7000-8000-000000000000", made), "Thiếu")
    assert codes(problems) == ["person_unknown"]
    assert person.page(office.hoa, made).card.status == "returned"


def test_bulk_looks_at_what_a_change_asks_for_and_not_at_what_was_approved(office: Desk) -> None:
    made = waiting(office, birth="1971", sex="nữ")
    approval.approve(office.hoa, [made])
    wrong = PersonDraft(made, {"id_number": "052071000123"})
    assert [one.code for one in person.save(office.minh, wrong).warnings] == ["id_sex"]
    result = approval.approve(office.hoa, [made], bulk=True)
    assert [(one.code, one.value) for one in result.skipped] == [("open_warning", made)]
    assert approval.approve(office.hoa, [made]).approved == (made,)


def test_a_waiting_change_of_a_restricted_value_outlives_new_keys(office: Desk) -> None:
    user.edit(office.lan, "hoa", UserEdit(confidential=True, role="admin"))
    made = waiting(office, by="lan", hiv="no")
    approval.approve(office.hoa, (made,))
    assert person.save(office.lan, PersonDraft(made, {"hiv": "yes"})).pending
    hoa = workspace.open(office.home, "hoa", PASSWORD)
    user.add(office.lan, UserDraft("ba", "surveyor", password=PASSWORD, confidential=True))
    user.deactivate(office.lan, "ba")
    assert approval.approve(hoa, (made,)).approved == (made,)
    assert person.page(hoa, made).fields["hiv"] == "yes"
    hoa.db.close()
