"""The reform in one office: the list, a divided commune asked by hamlet, moving and taking back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app.actions import case_file, person, reform
from app.errors import Refused
from app.values.person import PersonDraft
from app.values.reform import ReformPart
from data import units
from data.records.person import Person
from tests import desk
from tests.data.test_units import pairs
from tests.desk import Desk, typed

AN_LAO = "63:542"
AN_NGHIA, AN_HOA, AN_TOAN, AN_LAO_NOW = "63:21634", "34:21628", "34:21622", "34:21609"
AN_TAN = "63:21625"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    """The office of huyện An Lão, of which one commune was divided."""
    made = desk.at(tmp_path / "office", AN_LAO)
    yield made
    made.close()


def parts(office: Desk, old: str) -> dict[str, ReformPart]:
    return {part.hamlet: part for part in reform.plan(office.lan).parts if part.old == old}


def add(office: Desk, commune: str, hamlet: str = "", name: str = "Đinh Văn Lía") -> str:
    draft = typed(commune=commune, hamlet=hamlet, name=name, address_text="Thôn cũ, xã cũ")
    return person.save(office.minh, draft).id


def now(office: Desk, person_id: str) -> str | None:
    return person.page(office.minh, person_id).card.current_commune


def test_every_old_commune_of_the_office_is_listed_and_one_of_them_asks(office: Desk) -> None:
    add(office, AN_TAN)
    add(office, AN_NGHIA, "Thôn 3")
    add(office, AN_NGHIA, "thôn  3", "Đinh Thị Rít")
    add(office, AN_NGHIA)
    found = reform.plan(office.lan)
    assert len({part.old for part in found.parts}) == 10
    (whole,) = parts(office, AN_TAN).values()
    assert (whole.new, whole.how, whole.persons) == (AN_LAO_NOW, "auto", 1)
    asked = parts(office, AN_NGHIA)
    assert {hamlet: part.persons for hamlet, part in asked.items()} == {"": 1, "Thôn 3": 2}
    assert {part.how for part in asked.values()} == {"ask"}
    assert asked["Thôn 3"].candidates == (AN_TOAN, AN_HOA)
    totals = found.totals
    assert (totals.before, totals.known, totals.open, totals.agree) == (4, 1, 3, True)


def test_the_full_tables_of_both_provinces_lose_nobody(tmp_path: Path) -> None:
    """One person in each old commune; each present one gets as many as it had wholly."""
    office = desk.at(tmp_path / "provinces", "63:52", "63:19")
    olds = [unit.key for top in ("63:52", "63:19") for unit in units.communes_of(top)]
    with office.lan.db.write(office.lan.author()) as session:
        session.add_all(
            Person(office_id=office.lan.office.id, name="Lê Thị Mơ", commune=old, status="draft")
            for old in olds
        )
    done = reform.apply(office.lan)
    found = reform.plan(office.lan)
    office.close()
    wholes = Counter(f"34:{one['new']}" for one in pairs() if one["share"] == "whole")
    assert found.after == wholes and len(found.parts) == len(olds) == 155 + 172
    divided = {f"63:{one['old']}" for one in pairs() if one["share"] != "whole"}
    assert {card.commune for card in done.open} == divided and len(done.open) == 6
    assert found.totals.agree and found.totals.known == 155 + 172 - 6


def test_an_answered_hamlet_moves_and_the_rest_stays_and_is_listed(office: Desk) -> None:
    answered, silent = add(office, AN_NGHIA, "Thôn 3"), add(office, AN_NGHIA, "Thôn 9")
    reform.answer(office.lan, AN_NGHIA, AN_HOA, "THÔN 3")
    assert now(office, answered) is None
    done = reform.apply(office.lan)
    assert (done.moved, [card.id for card in done.open]) == (1, [silent])
    assert now(office, answered) == AN_HOA and now(office, silent) is None
    page = person.page(office.minh, answered)
    assert page.card.commune == AN_NGHIA and page.fields["address_text"] == "Thôn cũ, xã cũ"
    told = [line.new for line in person.past(office.minh, answered) if line.field == "placed"]
    assert told == ["xã An Hòa, tỉnh Gia Lai"]
    assert reform.apply(office.lan).moved == 0
    assert reform.undo(office.lan, AN_NGHIA) == 1
    assert now(office, answered) is None
    assert parts(office, AN_NGHIA)["Thôn 3"].waiting == 1
    assert reform.apply(office.lan).moved == 1


def test_the_papers_keep_the_old_name_and_say_the_new_one(office: Desk) -> None:
    one = add(office, AN_NGHIA, "Thôn 3")
    reform.answer(office.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    reform.apply(office.lan)
    told = repr(case_file.gather(office.hoa, one))
    assert "xã An Nghĩa, huyện An Lão, tỉnh Bình Định" in told
    assert "xã An Hòa, tỉnh Gia Lai" in told


def test_the_office_corrects_the_tables_with_a_reason(office: Desk) -> None:
    one = add(office, AN_TAN, "Thôn Thuận Hòa")
    with pytest.raises(Refused) as refused:
        reform.answer(office.lan, AN_TAN, AN_HOA)
    assert refused.value.problems[0].code == "reform_reason"
    reform.answer(office.lan, AN_TAN, AN_HOA, reason="NQ 1664 khoản 2 (giả lập)")
    reform.apply(office.lan)
    assert now(office, one) == AN_HOA
    reform.withdraw(office.lan, AN_TAN)
    reform.apply(office.lan)
    assert now(office, one) == AN_LAO_NOW


def test_one_hamlet_of_an_undivided_commune_can_be_corrected(office: Desk) -> None:
    here, there = add(office, AN_TAN, "Thôn 1"), add(office, AN_TAN, "Thôn 2")
    reform.answer(office.lan, AN_TAN, AN_HOA, "Thôn 2", "biên bản bàn giao (giả lập)")
    assert {part.new for part in parts(office, AN_TAN).values()} == {AN_LAO_NOW, AN_HOA}
    reform.apply(office.lan)
    assert (now(office, here), now(office, there)) == (AN_LAO_NOW, AN_HOA)


def test_who_moves_house_afterwards_is_where_the_new_address_is(office: Desk) -> None:
    one = add(office, AN_NGHIA, "Thôn 3")
    reform.answer(office.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    reform.apply(office.lan)
    person.save(office.minh, PersonDraft(one, {"commune": AN_TAN, "hamlet": "Thôn 1"}))
    assert now(office, one) == AN_LAO_NOW


def test_nobody_moves_when_the_totals_do_not_agree(office: Desk) -> None:
    one = add(office, AN_NGHIA, "Thôn 3")
    reform.answer(office.lan, AN_NGHIA, AN_HOA, "Thôn 3")
    with office.lan.db.write(office.lan.author()) as session:  # a trigger that loses a person
        session.execute(
            text(
                "CREATE TRIGGER lost AFTER UPDATE OF placed ON person BEGIN "
                "UPDATE person SET current_commune = '34:21609' WHERE id = new.id; END"
            )
        )
    with pytest.raises(Refused) as refused:
        reform.apply(office.lan)
    assert refused.value.problems[0].code == "reform_totals"
    assert now(office, one) is None


def test_a_unit_of_the_wrong_borders_is_no_answer(office: Desk) -> None:
    for old, new, code in (
        (AN_HOA, AN_HOA, "reform_old_unit"),
        ("63:542", AN_HOA, "reform_old_unit"),
        (AN_NGHIA, AN_TAN, "reform_new_unit"),
        (AN_NGHIA, "34:99999", "unknown_unit"),
    ):
        with pytest.raises(Refused) as refused:
            reform.answer(office.lan, old, new, "Thôn 3")
        assert refused.value.problems[0].code == code
    with pytest.raises(Refused):
        reform.answer(office.minh, AN_NGHIA, AN_HOA, "Thôn 3")
    with pytest.raises(Refused):
        reform.withdraw(office.lan, AN_NGHIA, "Thôn 3")


def test_one_answer_for_all_the_hamlets_of_which_nothing_was_said(office: Desk) -> None:
    here, there, unsaid = (add(office, AN_NGHIA, hamlet) for hamlet in ("Thôn 1", "Thôn 2", ""))
    reform.answer(office.lan, AN_NGHIA, AN_TOAN)
    reform.answer(office.lan, AN_NGHIA, AN_HOA, "Thôn 2")
    assert reform.apply(office.lan).open == ()
    assert [now(office, one) for one in (here, there, unsaid)] == [AN_TOAN, AN_HOA, AN_TOAN]
    assert {part.said for part in parts(office, AN_NGHIA).values()} == {"", "Thôn 2"}
