"""Persons at the desk: what is needed, what is refused, what waits, and that nothing is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import approval, person
from app.errors import Refused
from app.values.person import PeopleFilter, PersonDraft
from tests import desk
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def names(office: Desk, **which: object) -> list[str]:
    found = person.listing(office.lan, PeopleFilter(**which))  # type: ignore[arg-type]
    return [card.name for card in found.cards]


def approved(office: Desk, **fields: object) -> str:
    made = person.save(office.minh, typed(**fields)).id
    person.submit(office.minh, (made,))
    assert approval.approve(office.hoa, (made,)).approved == (made,)
    return made


def test_a_name_and_a_commune_are_enough(office: Desk) -> None:
    made = person.save(office.minh, typed())
    page = person.page(office.minh, made.id)
    assert page.card.name == "Nguyễn Thị Hường"
    assert page.card.status == "draft"
    assert page.card.current_commune is not None
    assert page.card.current_commune.startswith("34:")
    assert page.fields["birth"] is None
    assert "birth" in page.missing


def test_without_a_name_or_commune_nothing_is_saved_and_both_fields_are_named(office: Desk) -> None:
    with pytest.raises(Refused) as refused:
        person.save(office.minh, PersonDraft(None, {"birth": "1956"}))
    assert [problem.field for problem in refused.value.problems] == ["name", "commune"]
    assert person.total(office.lan, PeopleFilter()) == 0


def test_every_field_that_cannot_be_taken_is_named_at_once(office: Desk) -> None:
    with pytest.raises(Refused) as refused:
        person.save(office.minh, typed(sex="chẳng rõ", birth="32/13/1956", children="hai", xyz=1))
    codes = {problem.field: problem.code for problem in refused.value.problems}
    assert codes == {
        "sex": "unknown_code",
        "birth": "not_a_date",
        "children": "not_a_number",
        "xyz": "unknown_field",
    }


def test_a_birth_year_alone_stays_a_year(office: Desk) -> None:
    made = person.save(office.minh, typed(birth="1956"))
    assert person.page(office.minh, made.id).card.birth == "1956"


def test_search_finds_with_and_without_marks_in_any_order_by_number_and_hamlet(
    office: Desk,
) -> None:
    person.save(office.minh, typed(id_number="052156004451", hamlet="Vĩnh Trường"))
    person.save(office.minh, typed(name="Đặng Công Hương", commune=CAT_TUONG))
    assert names(office, query="huong") == ["Đặng Công Hương", "Nguyễn Thị Hường"]
    assert names(office, query="Hường") == ["Nguyễn Thị Hường"]
    assert names(office, query="huong nguyen") == ["Nguyễn Thị Hường"]
    assert names(office, query="dang") == ["Đặng Công Hương"]
    assert names(office, query="0521560") == ["Nguyễn Thị Hường"]
    assert names(office, query="vinh truong") == ["Nguyễn Thị Hường"]
    for shown in ("4451", "••••••••4451", "huong 4451"):  # as lists show a number
        assert names(office, query=shown) == ["Nguyễn Thị Hường"]
    assert names(office, query="không có ai") == []


def test_filters_narrow_the_list(office: Desk) -> None:
    person.save(office.minh, typed(types=("mobility", "vision"), degree="severe"))
    person.save(office.minh, typed(name="Trần Văn Sơn", commune=CAT_TUONG, mine_victim=True))
    assert names(office, types=("vision",)) == ["Nguyễn Thị Hường"]
    assert names(office, degrees=("severe",)) == ["Nguyễn Thị Hường"]
    assert names(office, mine_victim=True) == ["Trần Văn Sơn"]
    assert names(office, units=(CAT_TUONG,)) == ["Trần Văn Sơn"]
    assert len(names(office, units=("63:548",))) == 2
    assert len(names(office, units=("34:52",))) == 2
    assert names(office, units=("63:540",)) == []


def test_pages_follow_the_given_name_and_never_repeat_or_skip(office: Desk) -> None:
    given = "Yến Ánh An Ưng Út Đào Dung Bình Ân Oanh".split()
    for name in given:
        person.save(office.minh, typed(name=f"Lê Thị {name}"))
    seen: list[str] = []
    after = None
    while True:
        page = person.listing(office.lan, PeopleFilter(), after, limit=3)
        seen += [card.name.split()[-1] for card in page.cards]
        if page.next is None:
            break
        after = page.next
    assert seen == "An Ánh Ân Bình Dung Đào Oanh Út Ưng Yến".split()


def test_a_changed_name_of_an_approved_person_waits_while_the_phone_changes_at_once(
    office: Desk,
) -> None:
    made = approved(office)
    saved = person.save(
        office.minh, PersonDraft(made, {"name": "Nguyễn Thị Hương", "phone": "0905 000 001"})
    )
    assert saved.pending
    page = person.page(office.minh, made)
    assert (page.card.name, page.card.status) == ("Nguyễn Thị Hường", "approved")
    assert page.card.pending
    assert page.fields["phone"] == "0905000001"
    assert page.amendments[0].changes == {"name": ("Nguyễn Thị Hường", "Nguyễn Thị Hương")}
    assert approval.approve(office.hoa, (made,)).approved == (made,)
    after = person.page(office.minh, made)
    assert (after.card.name, after.card.pending) == ("Nguyễn Thị Hương", False)


def test_a_returned_change_leaves_the_approved_name(office: Desk) -> None:
    made = approved(office)
    person.save(office.minh, PersonDraft(made, {"name": "Nguyễn Thị Sai"}))
    approval.return_(office.hoa, (made,), "Sai tên so với giấy khai sinh")
    page = person.page(office.minh, made)
    assert page.card.name == "Nguyễn Thị Hường"
    assert (page.amendments[0].state, page.amendments[0].reason) == (
        "returned",
        "Sai tên so với giấy khai sinh",
    )


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(office: Desk) -> None:
    made = person.save(office.minh, typed(phone="0900000001", hamlet="Vĩnh Trường")).id
    before = dict(person.page(office.minh, made).fields)
    person.save(office.lan, PersonDraft(made, {"phone": "0900000002"}))
    with pytest.raises(Refused) as refused:
        person.save(office.minh, PersonDraft(made, {"phone": "0900000003"}, before))
    assert refused.value.problems[0].code == "changed_meanwhile"
    assert refused.value.problems[0].value == "0900000002"
    person.save(office.minh, PersonDraft(made, {"hamlet": "Mỹ Hóa"}, before))
    assert person.page(office.lan, made).fields["phone"] == "0900000002"


def test_history_says_who_when_and_what(office: Desk) -> None:
    made = person.save(office.minh, typed(phone="0900000001")).id
    person.save(office.lan, PersonDraft(made, {"phone": "0900000002"}))
    newest, created = person.past(office.lan, made)
    assert (newest.by, newest.label, newest.old, newest.new) == (
        "lan",
        "Điện thoại",
        "0900000001",
        "0900000002",
    )
    assert (created.by, created.op) == ("minh", "create")


def test_a_removed_person_comes_back_whole(office: Desk) -> None:
    made = person.save(office.minh, typed(phone="0900000001")).id
    with pytest.raises(Refused):
        person.remove(office.minh, made, "  ")
    person.remove(office.minh, made, "Nhập nhầm hai lần")
    assert names(office) == []
    assert names(office, removed=True) == ["Nguyễn Thị Hường"]
    person.restore(office.minh, made)
    assert person.page(office.minh, made).fields["phone"] == "0900000001"


def test_a_death_recorded_by_mistake_is_undone_and_stays_in_history(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    person.set_life_state(office.minh, made, "dead", "2026-03", "Trưởng thôn báo")
    assert names(office, life_state=("dead",)) == ["Nguyễn Thị Hường"]
    person.set_life_state(office.minh, made, "living", "", "Báo nhầm người")
    assert names(office, life_state=("living",)) == ["Nguyễn Thị Hường"]
    moves = [
        (line.old, line.new) for line in person.past(office.lan, made) if line.field == "life_state"
    ]
    assert len(moves) == 2


def test_restricted_values_are_sealed_and_open_only_for_who_may_read(office: Desk) -> None:
    made = person.save(office.lan, typed(hiv="yes")).id
    assert person.page(office.lan, made).fields["hiv"] == "yes"
    hidden = person.page(office.minh, made)
    assert hidden.fields["hiv"] is None
    assert hidden.hidden == {"hiv"}
    assert all("yes" not in (line.new or "") for line in person.past(office.minh, made))
    with pytest.raises(Refused) as refused:
        person.save(office.minh, PersonDraft(made, {"hiv": "no"}))
    assert refused.value.problems[0].code == "no_right_restricted"


def test_a_restricted_value_typed_again_is_no_change(office: Desk) -> None:
    made = person.save(office.lan, typed(violence_note="bị đánh")).id
    before = person.past(office.lan, made)
    person.save(office.lan, PersonDraft(made, {"violence_note": "bị đánh"}))
    assert person.past(office.lan, made) == before
    person.save(office.lan, PersonDraft(made, {"violence_note": "hết rồi"}))
    assert len(person.past(office.lan, made)) == len(before) + 1


def test_a_reason_in_parts_of_letters_is_kept_in_whole_ones(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    person.remove(office.minh, made, unicodedata.normalize("NFD", " nhập nhầm người "))
    told = [line.new for line in person.past(office.lan, made) if line.field == "deleted_reason"]
    assert told == ["nhập nhầm người"]


def test_a_look_is_logged_once_in_five_minutes(office: Desk) -> None:
    from app.actions import access

    made = person.save(office.minh, typed()).id
    person.page(office.hoa, made)
    person.page(office.hoa, made)
    assert [(line.by, line.kind) for line in access.of_person(office.lan, made)] == [
        ("hoa", "view")
    ]


def test_each_part_of_a_person_that_is_looked_at_is_a_look_of_its_own(office: Desk) -> None:
    from app.actions import access, care_case, printing
    from app.values.care_case import CaseDraft

    made = person.save(office.minh, typed()).id
    case = care_case.open(office.minh, made, CaseDraft("Cần xe lăn"))
    today = office.lan.today().isoformat()
    for _ in range(2):
        person.page(office.hoa, made)
        care_case.page(office.hoa, case)
        person.page(office.hoa, made, as_of=today)
        printing.preview(office.hoa, made)
    seen = [line.detail for line in access.of_person(office.lan, made)]
    assert seen == ["preview", f"as of {today}", f"case {case}", ""]


def test_a_look_logged_by_a_clock_that_ran_ahead_hides_none_of_today(office: Desk) -> None:
    from app.actions import access
    from data.records import access as records

    made = person.save(office.minh, typed()).id
    with office.hoa.db.write(office.hoa.author()) as session:
        ahead = {"at": "2036-01-01T00:00:00.000Z", "by": "hoa", "kind": "view"}
        records.write(session, [ahead | {"person_id": made, "detail": ""}])
    person.page(office.hoa, made)
    assert len(access.of_person(office.lan, made)) == 2


def test_as_it_stood_on_a_day(office: Desk) -> None:
    made = person.save(office.minh, typed(phone="0900000001")).id
    person.save(office.minh, PersonDraft(made, {"phone": "0900000002"}))
    today = office.lan.clock().date().isoformat()
    assert person.page(office.lan, made, as_of=today).fields["phone"] == "0900000002"
    with pytest.raises(Refused) as refused:
        person.page(office.lan, made, as_of="2001-01-01")
    assert refused.value.problems[0].code == "person_unknown_then"


def test_a_slice_of_a_list_keeps_the_good_rows_beside_the_bad(office: Desk) -> None:
    rows = [
        person.NewPerson(typed(name="Lê Thị An"), "waiting"),
        person.NewPerson(typed(name="", commune=CAT_HANH), "waiting"),
        person.NewPerson(typed(name="Lê Thị Bình"), "waiting"),
    ]
    answers = person.save_many(office.minh, rows)
    assert isinstance(answers[1], Refused)
    assert names(office) == ["Lê Thị An", "Lê Thị Bình"]


def test_a_death_needs_its_day_at_least_the_year(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    with pytest.raises(Refused) as refused:
        person.save(office.minh, PersonDraft(made, {"life_state": "dead"}))
    assert [problem.field for problem in refused.value.problems] == ["life_state_on"]
    with pytest.raises(Refused):
        person.save(office.minh, PersonDraft(made, {"life_state": ""}))
    person.set_life_state(office.minh, made, "dead", "2025")
    assert person.page(office.lan, made).card.life_state == "dead"


def test_a_unit_nobody_knows_is_refused(office: Desk) -> None:
    with pytest.raises(Refused) as refused:
        names(office, units=("99:1",))
    assert refused.value.problems[0].code == "unknown_unit"


def test_values_sealed_with_another_key_are_hidden_and_stop_nothing(office: Desk) -> None:
    from nacl.utils import random

    from data.records.person import Person
    from data.sealing import RestrictedBox

    made = person.save(office.minh, typed()).id
    foreign = RestrictedBox((random(32),)).seal("yes")
    with office.lan.db.write(office.lan.author("sync:other")) as session:
        session.get_one(Person, made).hiv = foreign  # type: ignore[attr-defined]
    page = person.page(office.lan, made)
    assert page.hidden == {"hiv"}
    assert person.past(office.lan, made)


def test_y_and_i_and_both_places_of_a_tone_find_each_other(office: Desk) -> None:
    person.save(office.minh, typed(name="Lý Thị Mỹ"))
    person.save(office.minh, typed(name="Trần Thị Hòa"))
    assert names(office, query="li") == names(office, query="ly") == ["Lý Thị Mỹ"]
    assert names(office, query="hoà") == names(office, query="hòa") == ["Trần Thị Hòa"]
    assert names(office, query="~") == []


def test_who_lives_after_all_has_no_day_of_death_left(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    person.set_life_state(office.minh, made, "dead", "10/2025", "xã báo")
    person.save(office.minh, PersonDraft(made, {"life_state": "living"}))
    fields = person.page(office.lan, made).fields
    assert [fields[name] for name in ("life_state", "life_state_on", "life_state_note")] == [
        "living",
        None,
        None,
    ]
    past = person.past(office.lan, made)
    assert ("life_state_on", "10/2025") in [(entry.field, entry.old) for entry in past]


@pytest.mark.parametrize(
    "query",
    ["0905 123 456", "0905.123.456", "+84 905 123 456", "thôn 5 0905-123-456", "052 171 000 123"],
)
def test_numbers_are_found_however_people_space_them(office: Desk, query: str) -> None:
    person.save(
        office.minh, typed(hamlet="Thôn 5", phone="+84 905.123.456", id_number="052171000123")
    )
    person.save(office.minh, typed(name="Lê Văn Tám", phone="0905123457"))
    assert names(office, query=query) == ["Nguyễn Thị Hường"]


def test_a_telephone_number_is_kept_as_it_is_dialled(office: Desk) -> None:
    made = person.save(office.minh, typed(phone="+84 (0)905 123 456", head_phone="0084905123456"))
    fields = person.page(office.minh, made.id).fields
    assert (fields["phone"], fields["head_phone"]) == ("0905123456", "0905123456")


@pytest.mark.parametrize(
    ("field", "value"),
    [("pregnant_month", "11"), ("household_size", "0"), ("poverty_year", "25"), ("children", "99")],
)
def test_numbers_of_people_have_sensible_limits(office: Desk, field: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        person.save(office.minh, typed(**{field: value}))
    assert [(one.code, one.field) for one in refused.value.problems] == [
        ("number_out_of_range", field)
    ]


def test_nobody_dies_before_birth(office: Desk) -> None:
    made = person.save(office.minh, typed(birth="3/1971")).id
    with pytest.raises(Refused) as refused:
        person.set_life_state(office.minh, made, "dead", "2/1971")
    assert [problem.code for problem in refused.value.problems] == ["life_before_birth"]
    person.set_life_state(office.minh, made, "dead", "1971")
