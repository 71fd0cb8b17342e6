"""The demonstration office: the shape of a real register, the same people each time, all marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

from app import workspace
from app.actions import attachment, care_case, person, settings
from app.demo import invented, office
from app.values.person import PeopleFilter
from data import units

PEOPLE = 5_400
YEAR = 2026
NEAR = 0.02


@cache
def district() -> tuple[invented.Invented, ...]:
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    return tuple(invented.people(PEOPLE, communes, office.need_items(), YEAR, office.SEED))


def age(one: invented.Invented) -> int:
    return YEAR - int(str(one.fields["birth"])[:4])


def share(found: Iterable[object], among: int = PEOPLE) -> float:
    return sum(map(bool, found)) / among


@pytest.mark.parametrize(
    ("low", "high", "published"), [(0, 14, 0.07), (15, 59, 0.40), (60, 79, 0.39), (80, 120, 0.14)]
)
def test_ages_are_those_of_the_register(low: int, high: int, published: float) -> None:
    found = share(low <= age(one) <= high for one in district())
    assert found == pytest.approx(published, abs=NEAR)


def test_sex_degree_and_certificates_are_those_of_the_register() -> None:
    known = [one.fields for one in district()]
    assert share(one["sex"] == "female" for one in known) == pytest.approx(0.46, abs=NEAR)
    for degree, published in (("profound", 0.28), ("severe", 0.52), ("mild", 0.20)):
        assert share(one["degree"] == degree for one in known) == pytest.approx(published, abs=NEAR)
    two = share(len(one["types"]) == 2 for one in known)  # type: ignore[arg-type]
    assert two == pytest.approx(0.20, abs=NEAR)
    assert share("certificate_number" in one for one in known) == pytest.approx(0.76, abs=NEAR)
    assert share("id_number" not in one for one in known) == pytest.approx(0.12, abs=NEAR)


def test_mine_victims_are_mostly_old_men_hurt_in_the_war() -> None:
    victims = [one for one in district() if one.fields.get("mine_victim")]
    assert share(victims) == pytest.approx(0.12, abs=NEAR)
    assert share((60 <= age(one) <= 79 for one in victims), len(victims)) > 0.5
    men = share((one.fields["sex"] == "male" for one in victims), len(victims))
    assert men == pytest.approx(2 / 3, abs=0.04)
    later = [
        one
        for one in victims
        if one.fields["victim_period"] == "after_war" and one.victim is not None
    ]
    assert share(later) == pytest.approx(0.025, abs=0.006)
    for one in victims:
        direct = one.fields["victim_role"] == "direct_survivor"
        told = one.accident is not None or one.hurt_with is not None
        assert told == (one.victim is not None) == direct


def test_several_registered_victims_share_an_accident_as_in_the_casualty_reports() -> None:
    known = district()
    together = [(place, one) for place, one in enumerate(known) if one.hurt_with is not None]
    shared = Counter(one.hurt_with for _, one in together)
    later = [one for one in known if one.victim and one.fields["victim_period"] == "after_war"]
    assert 0.1 < (len(together) + len(shared)) / len(later) < 0.5
    assert max(shared.values()) >= 2
    for first, others in shared.items():
        about = known[first or 0].accident
        assert about is not None and others < int(str(about["injured"]))
    for place, one in together:
        about = known[one.hurt_with or 0].accident
        assert about is not None and one.victim is not None and (one.hurt_with or 0) < place
        then = int(str(about["accident_on"])) - int(str(one.fields["birth"])[:4])
        assert one.victim["age_then"] == then >= 4


def test_four_in_ten_of_those_an_accident_hurt_are_dead() -> None:
    accidents = [one.accident for one in district() if one.accident is not None]
    dead = sum(int(str(one["killed"])) for one in accidents)
    hurt = sum(int(str(one["injured"])) for one in accidents)
    assert 0.37 <= dead / (dead + hurt) <= 0.45


def test_needs_have_the_published_shares() -> None:
    groups = Counter(str(need["need_group"]) for one in district() for need in one.needs)
    whole = sum(groups.values())
    assert whole / PEOPLE == pytest.approx(26_865 / 43_760, abs=0.03)
    for group, published in (
        ("medical", 0.6916),
        ("livelihood", 0.0822),
        ("social", 0.0903),
        ("family", 0.1344),
        ("facility", 0.0016),
    ):
        assert groups[group] / whole == pytest.approx(published, abs=NEAR)


def test_some_were_registered_twice_in_another_spelling() -> None:
    everybody = district()
    twice = [one for one in everybody if one.twin is not None]
    assert share(twice) == pytest.approx(0.02, abs=0.005)
    for one in twice:
        first = everybody[one.twin or 0]
        assert first.fields["commune"] == one.fields["commune"]
        assert str(first.fields["birth"]).startswith(str(one.fields["birth"]))


def test_no_day_lies_in_the_future_and_none_before_a_birth() -> None:
    for one in district():
        assert age(one) >= 1
        assert str(one.fields.get("certificate_on", YEAR - 1)) < str(YEAR)
        assert str(one.fields.get("certificate_on", YEAR)) >= str(one.fields["birth"])[:4]
        assert all(str(need["declared_on"]) < str(YEAR) for need in one.needs)
        if one.accident is not None and one.victim is not None:
            assert str(one.accident["accident_on"]) < str(YEAR)
            assert int(str(one.victim["age_then"])) >= 4


def test_the_same_seed_makes_the_same_people() -> None:
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    again = invented.people(300, communes, office.need_items(), YEAR, office.SEED)
    assert tuple(again) == district()[:300]


def test_an_office_of_any_size_is_made_through_the_actions_and_everybody_is_marked(
    tmp_path: Path,
) -> None:
    made = office.make(tmp_path / "office", 60)
    ws = workspace.open(tmp_path / "office", "hoa", office.PASSWORD)
    try:
        everybody = person.ids(ws, PeopleFilter())
        assert len(everybody) == made.people == 60
        assert ws.office.demo and settings.letterhead(ws).signatory is not None
        for one in everybody:
            page = person.page(ws, one)
            assert page.fields["note"] == invented.MARK
        assert made.cases and made.fullest
        assert attachment.of_person(ws, made.fullest[0])[0].kind == "photo"
        assert sum(care_case.counts(ws).values()) == made.cases
        assert {"open", "approved"} <= set(care_case.counts(ws))
    finally:
        ws.db.close()
