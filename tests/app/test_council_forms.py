"""Which form a person is assessed on: by the age on the day, as it is known then (Đ.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import council_session, hearing, hearing_vote, notice, person
from app.rules.council import Votes
from app.values.council import SessionDraft, SheetDraft, VoteDraft
from app.values.person import PersonDraft
from tests import desk, sitting
from tests.app.test_council import DAY, refused
from tests.desk import Desk


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield sitting.on(opened, DAY)
    opened.close()


def test_the_form_follows_the_age_on_the_day_and_a_bare_year_is_asked(office: Desk) -> None:
    """Đ.3; who turns six on the day of assessment is assessed by Mẫu 03."""
    at = office.minh
    births = {"2020-03-10": "03", "2020-03-11": "02", "2019": "03", "2021": "02"}
    files = []
    for number, birth in enumerate((*births, "2020", "")):
        name = f"Trẻ {'ABCDEG'[number]}"
        files.append(sitting.complete_file(at, name, "2026-03-02", birth=birth)[1])
    sat = sitting.held(office, DAY, tuple(files))
    for one, form in zip(sat.hearings, births.values(), strict=False):
        assert hearing.record(at, SheetDraft(one, type_signs=("1.1",))).form == form
    unclear, nothing = sat.hearings[4:]
    for one in (unclear, nothing):
        assert refused(hearing.record, at, SheetDraft(one, ("1.1",))) == ["age_six_unclear"]
    assert hearing.show(at, unclear).proposal.problems[0][0] == "age_six_unclear"
    found = hearing.record(at, SheetDraft(unclear, ("4.3",), birth="2/2020"))
    assert (found.form, found.birth_used) == ("03", "2020-02")
    assert refused(hearing.record, at, SheetDraft(nothing, form="02")) == ["form_reason_needed"]
    by_hand = SheetDraft(nothing, ("1.1",), ("1.1",), form="02", form_reason="Mẹ khai lên bốn")
    found = hearing.record(at, by_hand)
    assert (found.form, found.proposal.degree) == ("02", "profound")
    again = hearing.record(at, SheetDraft(unclear, birth="11/2020"))
    assert (again.form, again.type_signs) == ("02", ())  # signs of another form do not stay


def test_the_form_is_chosen_anew_when_the_day_or_the_birth_changes(office: Desk) -> None:
    """Đ.3: a sheet is never concluded on the wrong form, nor turned into another one unasked."""
    at = office.minh
    who, file = sitting.complete_file(at, "Bé Sắp Lên Sáu", "2026-03-02", birth="2020-03-09")
    _other, second = sitting.complete_file(at, "Bé Ghi Nhầm", "2026-03-02", birth="2019-03-12")
    members = sitting.set_up(office)
    made = sitting.planned(at, "2026-03-06", (file, second))
    six, wrong = (one.id for one in council_session.page(at, made).lines)
    unsaid = SheetDraft(six, ("1.4",), birth="2015")
    assert refused(hearing.record, at, unsaid) == ["birth_reason_needed"]
    assert hearing.record(at, SheetDraft(six, ("1.4",), ("1.1",))).form == "02"
    sitting.severe(at, wrong)
    council_session.save(at, SessionDraft({"session_on": DAY}, made))
    council_session.hold(at, made, dict.fromkeys(members, ""))
    person.save(at, PersonDraft(_other, {"birth": "2022-03-12"}))
    told = VoteDraft(six, Votes(6, 0, 6), "determined", ("mobility",), "profound",
                     departs_reason="Hội đồng thấy như vậy")  # fmt: skip
    assert refused(hearing_vote.conclude, at, told) == ["form_changed"]
    assert refused(hearing.record, at, SheetDraft(six, ("1.4",), ("1.1",))) == ["form_changed"]
    assert [hearing.show(at, one).form_due for one in (six, wrong)] == ["03", "02"]
    assert hearing.show(at, six).degree_signs == ("1.1",)
    anew = hearing.record(at, SheetDraft(six, form="03"))
    assert (anew.form, anew.degree_signs, anew.form_due) == ("03", (), "")
    again = replace(told, hearing_id=wrong)
    assert refused(hearing_vote.conclude, at, again) == ["form_changed"]
    hearing.record(at, SheetDraft(wrong, ("1.4",), ("1.1",), form="02"))
    sitting.all_for(at, wrong)
    assert hearing.show(at, wrong).birth_used == "2022-03-12"
    assert hearing.show(at, six).state == "scheduled" and who
    _a_reason_holds_until_the_record_tells(office, members)


def _a_reason_holds_until_the_record_tells(office: Desk, members: tuple[str, ...]) -> None:
    """The form chosen while the birth was unclear goes when it is clear; who was assessed on the
    form of children is a minor on the public list, of whatever birth."""
    at = office.minh
    said = {"form": "02", "form_reason": "Gia đình nói chưa đủ sáu tuổi"}
    year, file = sitting.complete_file(at, "Bé Chỉ Biết Năm", "2026-03-02", birth="2020")
    _who, other = sitting.complete_file(at, "Bé Không Rõ", "2026-03-02", birth=None)
    made = sitting.planned(at, DAY, (file, other))
    council_session.hold(at, made, dict.fromkeys(members, ""))
    one, unknown = (line.id for line in council_session.page(at, made).lines)
    for each in (one, unknown):
        assert hearing.record(at, SheetDraft(each, ("1.4",), **said)).form_due == ""  # type: ignore[arg-type]
    assert hearing.show(at, unknown).minor
    person.save(at, PersonDraft(year, {"birth": "2020-01-05"}))
    assert hearing.show(at, one).form_due == "03"
    told = VoteDraft(one, Votes(6, 0, 6), "determined", ("mobility",), "mild")
    assert refused(hearing_vote.conclude, at, told) == ["form_changed"]
    vague = SheetDraft(one, ("1.4",), birth="2020", **said)  # type: ignore[arg-type]
    assert refused(hearing.record, at, vague) == ["form_changed"]
    hearing_vote.adjourn(at, one, "Khám lại theo Mẫu 03")
    sitting.all_for(at, unknown)
    council_session.close(at, made, "16h")
    notice.write(at, made, "Bảng tin")
    assert refused(notice.approve, office.hoa, made) == ["notice_minors"]
