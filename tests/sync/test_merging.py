"""Two PCs and a server: a merger travels, is counted once, is undone, and nothing gets lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app import workspace
from app.actions import duplicate, likeness, merge, need, parting, person
from app.errors import Refused
from app.values.need import NeedDraft
from app.values.person import PeopleFilter, PersonDraft
from app.workspace import Workspace
from data.base import now_text
from data.database import Author
from data.records import merger
from data.records.person import Person
from sync.server import census
from tests.sync.parts import Central, Pc, central, dump, pc

WHEELCHAIR = {"item": "medical.wheelchair"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Central]:
    with central(tmp_path / "server") as made:
        yield made


@pytest.fixture
def pcs(server: Central, tmp_path: Path) -> Iterator[tuple[Pc, Pc]]:
    """Two PCs that know the same two records of one woman."""
    with pc(tmp_path / "first") as one, pc(tmp_path / "second") as other:
        for each in (one, other):
            each.enrol(server)
        yield one, other


def minh(at: Pc) -> Workspace:
    return workspace.attach(at.db, "minh")


def twice(one: Pc, other: Pc) -> tuple[str, str]:
    """One woman entered twice on the first PC, known on both."""
    keep = one.enter(birth="1950-03-12", sex="female")
    away = one.enter(name="Nguyễn Hường", birth="1950", sex="female", phone="0905123456")
    meet(one, other)
    return keep, away


def meet(*all_pcs: Pc) -> None:
    for _ in range(2):
        for each in all_pcs:
            each.sync()


def listed(at: Pc) -> list[str]:
    return [card.id for card in person.listing(minh(at), PeopleFilter()).cards]


def test_a_merger_reaches_the_other_pc_and_the_census_counts_one_person(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    likeness.settle(minh(other))
    assert duplicate.worklist(minh(other)).total == 1
    merge.merge(minh(one), keep, away)
    late = need.save(minh(other), NeedDraft(away, WHEELCHAIR))
    meet(one, other)
    assert server.stats()["people"] == 1 and dump(one.db) == dump(other.db) == dump(server)
    likeness.settle(minh(other))
    for at in (one, other):
        assert listed(at) == [keep] and at.see(keep, "phone") == "0905123456"
        assert [each.id for each in need.of_person(minh(at), keep)] == [late]
        assert duplicate.worklist(minh(at)).total == 0
    done = merge.unmerge(minh(other), away)
    meet(one, other)
    assert done.freed == away and server.stats()["people"] == 2
    for at in (one, other):
        assert sorted(listed(at)) == sorted((keep, away)) and at.see(keep, "phone") is None
        assert [each.id for each in need.of_person(minh(at), away)] == [late]
    assert dump(one.db) == dump(other.db) == dump(server)


def test_an_edit_that_did_not_know_of_the_merger_is_kept_in_the_old_record(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    other.edit(away, hamlet="Tân Lệ")
    other.sync()
    merge.merge(minh(one), keep, away)
    meet(one, other)
    assert one.verdicts().keys() <= {"accepted", "merged"}
    for at in (one, other):
        assert listed(at) == [keep] and at.see(away, "hamlet") == "Tân Lệ"
        assert "Tân Lệ" in [line.new for line in person.past(minh(at), keep)]
    assert dump(one.db) == dump(other.db) == dump(server)


def test_two_pcs_merge_the_same_two_each_into_the_other_and_the_first_stands(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    merge.merge(minh(one), keep, away)
    merge.merge(minh(other), away, keep)
    meet(one, other)
    assert listed(one) == listed(other) == [keep] and server.stats()["people"] == 1
    assert other.verdicts()["rejected"] == 1
    assert dump(one.db) == dump(other.db) == dump(server)


def test_not_the_same_person_travels_also_when_both_pcs_say_it_and_when_it_is_taken_back(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    for at in (one, other):
        duplicate.dismiss(minh(at), keep, away, "mẹ và con")
    meet(one, other)
    for at in (one, other):
        likeness.settle(minh(at))
        assert duplicate.worklist(minh(at)).total == 0
        with at.db.read() as session:
            said = merger.distinct(session, keep, away)
            assert said is not None and said.reason == "mẹ và con"
    duplicate.withdraw(minh(other), keep, away)
    meet(other, one)
    assert duplicate.worklist(minh(one)).total == 1
    assert dump(one.db) == dump(other.db) == dump(server)


def test_the_server_lets_only_approvers_merge_an_approved_record_away(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    one.decide(away, by="hoa")
    meet(one, other)
    for login, expected in (("minh", 2), ("hoa", 1)):
        with one.db.write(Author(login)) as session:
            stub = session.get_one(Person, away)
            stub.merged_into, stub.deleted_at, stub.deleted_reason = keep, now_text(), "merged"
        meet(one, other)
        assert server.stats()["people"] == expected, login
    assert one.verdicts()["rejected"] == 1
    assert listed(one) == listed(other) == [keep]


def test_nobody_merges_a_person_into_nobody_or_into_itself(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, _away = twice(one, other)
    with one.db.write(Author("minh")) as session:
        session.get_one(Person, keep).merged_into = keep
    one.sync()
    assert one.verdicts()["rejected"] == 1 and one.see(keep, "merged_into") is None


def test_a_census_of_an_earlier_program_learns_the_new_columns(
    server: Central, pcs: tuple[Pc, Pc]
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    with server.opened() as opened, opened.write() as connection:
        connection.execute(text("ALTER TABLE person DROP COLUMN merged_into"))
        connection.execute(text("DROP TABLE merger"))
        census.prepare(connection)
    merge.merge(minh(one), keep, away)
    meet(one, other)
    assert dict(server.census_rows("person", "id", "merged_into"))[away] == keep
    assert server.census_rows("merger", "person_id", "absorbed_id") == [(keep, away)]


def test_what_was_written_late_is_told_with_the_survivor_and_carried_over_by_hand(
    pcs: tuple[Pc, Pc],
) -> None:
    one, other = pcs
    keep, away = twice(one, other)
    merge.merge(minh(one), keep, away)
    person.save(minh(other), PersonDraft(away, {"hamlet": "Tân Hòa", "phone": "0905999888"}))
    meet(one, other)
    for at in (one, other):
        stub = person.page(minh(at), away).merged_into
        assert stub is not None and stub.id == keep
        assert {(late.field, late.by) for late in stub.late} == {
            ("phone", "minh"),
            ("hamlet", "minh"),
        }
    parting.carry_over(minh(one), away, "hamlet")
    (told,) = person.page(minh(one), keep).merged_here
    assert [(late.label, late.words) for late in told.late] == [("Điện thoại", "0905999888")]
    assert one.see(keep, "hamlet") == "Tân Hòa"
    with pytest.raises(Refused) as caught:
        parting.carry_over(minh(one), away, "hamlet")
    assert caught.value.problems[0].code == "nothing_late"
