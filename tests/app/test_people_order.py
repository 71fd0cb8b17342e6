"""Orders of the list: every head, both ways, page by page, by whichever way rows are found."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app import forms
from app.actions import person
from app.values.person import ORDERS, PeopleFilter
from data import units
from data.records import marks, people_fit, people_list
from tests import desk
from tests.desk import CAT_HANH, CAT_TUONG, Desk, typed


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def in_order(office: Desk, page: int, **which: object) -> list[str]:
    """The names through pages of a size; where they end and begin must not show."""
    seen: list[str] = []
    after = None
    while True:
        found = person.listing(office.lan, PeopleFilter(**which), after, page)  # type: ignore[arg-type]
        seen += [card.name for card in found.cards]
        if found.next is None:
            return seen
        after = found.next


@pytest.fixture
def sorted_office(office: Desk) -> Desk:
    """Five people with the same family name, whose tone stands at either place."""
    for name, more in (
        ("Hoà Bình", {"birth": "1950-02", "commune": CAT_TUONG}),
        ("Hoa An", {"birth": "1990", "degree": "severe"}),
        ("Hòa Bình", {"birth": "1980-05-06", "degree": "profound", "commune": CAT_TUONG}),
        ("Hoa Bình", {"types": ("vision",)}),
        ("Hoà Anh", {"birth": "1949", "degree": "mild", "commune": CAT_TUONG}),
    ):
        person.save(office.minh, typed(name=name, **more))
    return office


def test_every_order_goes_both_ways_page_by_page_and_who_lacks_the_value_stands_last(
    sorted_office: Desk,
) -> None:
    up = {name: in_order(sorted_office, 2, order=name) for name in ORDERS}
    down = {name: in_order(sorted_office, 2, order=name, descending=True) for name in ORDERS}
    assert up["name"][:2] == ["Hoa An", "Hoà Anh"] and up["name"] == down["name"][::-1]
    assert up["birth"] == ["Hoà Anh", "Hoà Bình", "Hòa Bình", "Hoa An", "Hoa Bình"]
    assert down["birth"] == ["Hoa An", "Hòa Bình", "Hoà Bình", "Hoà Anh", "Hoa Bình"]
    assert up["commune"] == ["Hoa An", "Hoa Bình", "Hoà Anh", "Hoà Bình", "Hòa Bình"]
    assert down["commune"] == ["Hoà Anh", "Hoà Bình", "Hòa Bình", "Hoa An", "Hoa Bình"]
    assert up["degree"] == ["Hòa Bình", "Hoa An", "Hoà Anh", "Hoa Bình", "Hoà Bình"]
    assert down["degree"] == ["Hoà Anh", "Hoa An", "Hòa Bình", "Hoa Bình", "Hoà Bình"]
    assert up["entered"] == ["Hoà Bình", "Hoa An", "Hòa Bình", "Hoa Bình", "Hoà Anh"]
    assert down["entered"] == up["entered"][::-1]
    for name in ORDERS:
        for turned in (False, True):
            which = {"order": name, "descending": turned}
            assert in_order(sorted_office, 1, **which) == in_order(sorted_office, 9, **which)
            some = in_order(sorted_office, 2, query="hoa binh", missing=True, **which)
            assert sorted(some) == sorted(["Hoà Bình", "Hòa Bình", "Hoa Bình"])


def test_where_the_tone_stands_changes_no_place(office: Desk) -> None:
    for name in ("Lê Thị Thuỷ", "Lê Thị Hoà", "Lê Thị Thủy", "Lê Thị Hòa", "Lê Thị Thuý"):
        person.save(office.minh, typed(name=name))
    assert in_order(office, 9) == [
        "Lê Thị Hoà",
        "Lê Thị Hòa",
        "Lê Thị Thuỷ",
        "Lê Thị Thủy",
        "Lê Thị Thuý",
    ]


QUESTIONS: tuple[dict[str, object], ...] = (
    {},
    {"units": (CAT_HANH,)},
    {"units": (CAT_HANH, CAT_TUONG), "status": ("draft",)},
    {"units": (units.current(CAT_TUONG).key,), "mine_victim": True},
    {"degrees": ("severe", "mild"), "types": ("vision",)},
    {"missing": True, "life_state": ("dead",)},
    {"mine_victim": False, "pending": True},
    {"query": "nguyen"},
    {"query": "Hường", "degrees": ("severe",)},
    {"query": "Nguyễn Hướng"},
    {"query": "le vinh", "units": (CAT_TUONG,)},
    {"query": "nobody"},
    {"removed": True},
    {"removed": True, "query": "nguyen", "units": (CAT_HANH,)},
)


def crowd(office: Desk) -> None:
    """A hundred and twenty people of few names, so that many tie; some died, some were removed."""
    chance = random.Random(7)
    new = []
    for _ in range(120):
        name = f"{chance.choice(('Nguyễn', 'Lê'))} Thị {chance.choice(('Hường', 'Hương', 'An'))}"
        fields = {
            "name": name,
            "commune": chance.choice((CAT_HANH, CAT_TUONG)),
            "hamlet": chance.choice((None, "Vĩnh Trường")),
            "birth": chance.choice((None, "1956", "1956-03", "1980-01-02")),
            "degree": chance.choice((None, "severe", "mild", "profound")),
            "types": chance.choice(((), ("vision",), ("vision", "mobility"))),
            "mine_victim": chance.choice((None, True)),
        }
        new.append(person.NewPerson(typed(**fields), chance.choice(("draft", "waiting"))))
    made = person.save_many(office.minh, new)
    ids = [one.id for one in made if isinstance(one, person.Saved)]
    for one in ids[::9]:
        person.set_life_state(office.minh, one, "dead", "2020")
    for one in ids[::7]:
        person.remove(office.minh, one, "Ghi nhầm")


@pytest.mark.parametrize("bounds", [(5_000, 3_000, 2_000), (10, 3, 0)], ids=["few", "many"])
def test_whichever_way_rows_are_found_they_are_the_same(
    office: Desk, monkeypatch: pytest.MonkeyPatch, bounds: tuple[int, int, int]
) -> None:
    crowd(office)
    known, steps, read = bounds
    monkeypatch.setattr(people_fit, "KNOWN_MIN", known)
    monkeypatch.setattr(people_list, "STEPS_MAX", steps)
    monkeypatch.setattr(people_list, "READ_MAX", read)
    for at, (question, order) in enumerate(itertools.product(QUESTIONS, ORDERS)):
        down = bool(at % 2)
        which = PeopleFilter(**question, order=order, descending=down)  # type: ignore[arg-type]
        pages = list(in_pages(office, which, 30))
        for cost in (0, 10**9):
            monkeypatch.setattr(people_list, "ROW_COST", cost)
            assert list(in_pages(office, which, 30)) == pages, (question, order, down, cost)
        monkeypatch.setattr(people_list, "ROW_COST", 60)
        assert len(set(pages)) == len(pages) == person.total(office.lan, which), which
        assert tuple(pages) == person.ids(office.lan, which)


def in_pages(office: Desk, which: PeopleFilter, size: int) -> Iterator[str]:
    after = None
    while True:
        found = person.listing(office.lan, which, after, size)
        yield from (card.id for card in found.cards)
        if found.next is None:
            return
        after = found.next


def test_every_code_of_a_filter_has_a_mark() -> None:
    lists = {"status": "person_status", "degree": "degree", "life_state": "life_state"}
    for facet, name in (*lists.items(), ("types", "disability_type")):
        assert {one.code for one in forms.choices(name)} == set(marks.FACETS[facet])
