"""Conflicts of a record that was merged into another: nobody comes back unasked."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.actions import conflict, merge, person
from app.errors import Refused
from app.values.person import PeopleFilter
from data.records import approval
from tests.sync.conftest import Running
from tests.sync.parts import OFFICE, Pc, dump, pc
from tests.sync.test_conflicts import at

Pair = tuple[Pc, Pc]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, running: Running) -> Iterator[Pair]:
    """Two PCs of one office, which the stories of this file share."""
    folder = tmp_path_factory.mktemp("merged")
    server = replace(running.get("sqlite"), office=f"{OFFICE} {uuid.uuid4().hex[:8]}")
    with pc(folder / "a") as a, pc(folder / "b") as b:
        a.enrol(server)
        b.enrol(server)
        yield a, b


def meet(pair: Pair) -> None:
    """Everybody talks to the server until nobody has anything new."""
    for one in (*pair, *pair):
        one.sync()


def entered(pair: Pair, *names: str, **fields: object) -> list[str]:
    """Records that both PCs know."""
    ids = [pair[0].enter(name, **fields) for name in names]
    meet(pair)
    return ids


def listed(one: Pc, *ids: str) -> list[str]:
    """Who of these stands in the list of people."""
    return [card.id for card in person.listing(at(one), PeopleFilter(ids=ids)).cards]


def refusal(one: Pc, card_id: str, take: str) -> str:
    with pytest.raises(Refused) as refused:
        conflict.resolve(at(one), card_id, take)
    return refused.value.problems[0].code


def test_a_late_edit_of_a_merged_record_brings_nobody_back(pair: Pair) -> None:
    a, b = pair
    keep, away = entered(pair, "Lê Thị Hường", "Lê Thị Hương")
    merge.merge(at(a), keep, away)
    a.sync()
    b.edit(away, by="minh", phone="0905000111")
    assert b.sync().conflicts == 0
    meet(pair)
    for one in pair:
        assert conflict.cards(at(one), keep) == () and listed(one, keep, away) == [keep]
        (told,) = person.page(at(one), keep).merged_here
        assert [late.words for late in told.late] == ["0905000111"]
    assert dump(a.db) == dump(b.db)


def test_two_pcs_that_merge_one_record_into_two_persons_have_one_card_with_names(
    pair: Pair,
) -> None:
    a, b = pair
    one, other, away = entered(pair, "Trần Thị Một", "Trần Thị Hai", "Trần Thị Ba")
    merge.merge(at(a), one, away)
    merge.merge(at(b), other, away)
    a.sync()
    b.sync()
    meet(pair)
    for at_pc in pair:
        (card,) = conflict.cards(at(at_pc), one)
        assert (card.field, card.takes, card.merged) == ("merged_into", ("theirs",), "Trần Thị Ba")
        assert (card.words["theirs"], card.words["mine"]) == ("Trần Thị Một", "Trần Thị Hai")
        assert refusal(at_pc, card.id, "base") == "conflict_merged_twice"
    with pytest.raises(Refused) as refused:
        merge.unmerge(at(b), other)
    assert refused.value.problems[0].code == "merger_elsewhere"
    conflict.resolve(at(b), card.id, "theirs")
    meet(pair)
    assert conflict.cards(at(a), one) == () and listed(a, one, other, away) == [other, one]
    assert merge.unmerge(at(b), away).survivor == one
    meet(pair)
    assert listed(a, one, other, away) == [away, other, one] and dump(a.db) == dump(b.db)


def test_a_card_of_a_merged_record_only_confirms_and_asks_for_no_approval(pair: Pair) -> None:
    a, b = pair
    keep, away = entered(pair, "Phan Thị Một", "Phan Thị Mốt", phone="1", degree="severe")
    a.edit(away, by="minh", degree="profound", phone="2")
    b.edit(away, by="minh", degree="mild", phone="3")
    meet(pair)
    a.decide(away, "hoa")
    meet(pair)
    merge.merge(at(a, "hoa"), keep, away)
    meet(pair)
    cards = conflict.cards(at(b), keep)
    assert {card.field for card in cards} == {"degree", "phone"}
    for card in cards:
        assert (card.name, card.merged) == ("Phan Thị Một", "Phan Thị Mốt")
        assert (card.takes, card.typed, card.awaits) == (("theirs",), False, False)
        assert refusal(b, card.id, "mine") == "conflict_of_merged"
        assert not conflict.resolve(at(b, "minh"), card.id, "theirs").pending
    meet(pair)
    assert conflict.cards(at(a), keep) == ()
    with b.db.read() as session:
        assert approval.waiting_amendment(session, away) is None
