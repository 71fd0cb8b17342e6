"""Who a demonstration province is made of: what becomes of each, and which needs each has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain

from app.demo import invented
from app.demo.dice import Dice
from app.demo.invented import Invented
from app.demo.office import need_items
from app.demo.province_figures import District, Figures
from app.errors import Refused
from data import units, units_table

COUNTED = "counted"
ENTERED_BEFORE = ("died", "left", "waiting", "returned", "draft", "undone", "removed",
                  "approved_after")  # fmt: skip
APPROVED = frozenset((COUNTED, "died", "left", "undone", "removed"))
"""Fates of which the approver says yes before the cut-off."""

MINE_ONLY_SHARE = 0.15
"""Of the victims so many have no disability: wounds that healed, or a family that lost somebody."""
OF_DISABILITY = ("types", "degree", "self_care", "has_certificate", "certificate_number",
                 "certificate_on", "allowance_monthly")  # fmt: skip
COMMUNE_SPREAD = (0.35, 2.1)
NEEDS_EACH_MAX, TRIES = 6, 50
HIGHLANDS = {"hre": 0.9, "ba_na": 0.9, "cham": 0.5}
"""How many of a people bear a name of the highlands."""


@dataclass(slots=True)
class One:
    """One invented person with a fate; `first` is the place of whom a second entry repeats."""

    made: Invented
    fate: str
    needs: list[tuple[str, str]] = field(default_factory=list)
    """(item, what becomes of it): open, met, no_longer, withdrawn, met_after or declared_after."""
    first: int | None = None
    id: str = ""


def persons(figures: Figures) -> list[One]:
    """Everybody entered up to the cut-off, second entries after whom they repeat; then, with the
    fate `after`, who came later."""
    dice = Dice(figures.seed)
    places = _Places(figures, dice)
    fates = [COUNTED] * figures.approved
    for fate in ENTERED_BEFORE:
        fates += [fate] * figures.beside[fate]
    dice.random.shuffle(fates)
    numbers: set[str] = set()
    found = [_one(dice, figures, places, numbers, fate) for fate in fates]
    late = [_one(dice, figures, places, numbers, "after") for _ in range(figures.beside["after"])]
    _need(figures, dice, found)
    twins = list(_twins(figures, dice, found))
    _repeat(figures, dice, found, twins)
    return [*found, *twins, *late]


def _twins(figures: Figures, dice: Dice, found: Sequence[One]) -> Iterator[One]:
    """Second entries of those who count, each of another one."""
    firsts = [place for place, one in enumerate(found) if one.fate == COUNTED]
    for place in dice.random.sample(firsts, min(figures.beside["merged"], len(firsts))):
        yield One(invented.twin(found[place].made, place), "merged", first=place)


def _repeat(figures: Figures, dice: Dice, found: Sequence[One], twins: Sequence[One]) -> None:
    """Some second entries tell of a need that the first told of: merged, it is one need."""
    told = []
    for one in twins:
        firsts = found[one.first or 0].needs
        told += [(one, item) for item, kind in firsts if kind == "open"][:1]
    for one, item in dice.random.sample(told, min(len(told), figures.needs_beside["repeated"])):
        one.needs.append((item, "open"))


def _one(dice: Dice, figures: Figures, places: _Places, numbers: set[str], fate: str) -> One:
    commune, district = places.any()
    made = invented.person(dice, [commune], NO_NEEDS, figures.begins_on.year, numbers)
    fields = dict(made.fields)
    fields["groups"] = fields.get("groups", ("disabled",))
    if fields.get("mine_victim") and dice.chance(MINE_ONLY_SHARE):
        fields["groups"] = ("mine_victim",)
        for name in [one for one in fields if one in OF_DISABILITY or one.startswith("cause_")]:
            del fields[name]
    if district.ethnicity and dice.chance(district.share):
        fields["ethnicity"] = district.ethnicity
        male = fields["sex"] == "male"
        fields["name"] = invented.full_name(dice, male, HIGHLANDS.get(district.ethnicity, 0.5))
    former = places.former(commune)
    if former and figures.former_wards:
        fields["address_text"] = f"{fields['hamlet']}, {former}"
    return One(replace(made, fields=fields, needs=()), fate)


class _Places:
    """Communes of a province, each as often as its district is peopled and it happens to be big."""

    def __init__(self, figures: Figures, dice: Dice) -> None:
        self.dice = dice
        self.where: list[tuple[str, District]] = []
        weights: list[float] = []
        low, high = COMMUNE_SPREAD
        for district in figures.districts:
            communes = units.communes_of(district.key)
            sizes = [dice.random.uniform(low, high) for _ in communes]
            whole = district.people * district.weight / sum(sizes)
            self.where += [(one.key, district) for one in communes]
            weights += [size * whole for size in sizes]
        self.sums = list(accumulate(weights))
        self.ended: dict[str, list[str]] = {}
        for name in units_table.ended():
            self.ended.setdefault(name.unit.key, []).append(f"{name.kind} {name.name}")

    def any(self) -> tuple[str, District]:
        """A commune with its district."""
        chosen: tuple[str, District] = self.dice.random.choices(self.where, cum_weights=self.sums)[
            0
        ]
        return chosen

    def former(self, commune: str) -> str:
        """A ward that became part of this one later, or empty."""
        names = self.ended.get(commune)
        return self.dice.one_of([*names, ""]) if names else ""


NO_NEEDS: Mapping[str, Sequence[str]] = {
    group: (group,) for group in ("medical", "livelihood", "social", "family", "facility")
}


def _need(figures: Figures, dice: Dice, found: Sequence[One]) -> None:
    """Give out the needs: those open at the cut-off to who counts, and all that must not count."""
    counted = [one for one in found if one.fate == COUNTED]
    others = [one for one in found if one.fate not in (COUNTED, "draft")]
    bearers = dice.random.sample(counted, figures.need_persons)
    groups = [group for group, count in figures.needs.items() for _ in range(count)]
    dice.random.shuffle(groups)
    items = need_items()
    for place, group in enumerate(groups):
        first = bearers[place] if place < len(bearers) else None
        _give(dice, first, bearers, items[group], "open")
    share = groups or list(items)
    for kind in ("met", "no_longer", "withdrawn", "declared_after"):
        for _ in range(figures.needs_beside[kind]):
            _give(dice, None, counted, items[dice.one_of(share)], kind)
    for _ in range(figures.needs_beside["of_others"] if others else 0):
        _give(dice, None, others, items[dice.one_of(share)], "open")
    still = [(one, at) for one in bearers for at, need in enumerate(one.needs) if need[1] == "open"]
    for one, at in dice.random.sample(still, figures.needs_met_after):
        one.needs[at] = (one.needs[at][0], "met_after")


def _give(
    dice: Dice, first: One | None, many: Sequence[One], items: Sequence[str], kind: str
) -> None:
    """One more need for somebody (`first`, else anybody) who has not this item yet."""
    anybody = (dice.one_of(many) for _ in range(TRIES))
    for one in chain([first] if first is not None else [], anybody, many):
        free = [item for item in items if item not in {each for each, _kind in one.needs}]
        if free and len(one.needs) < NEEDS_EACH_MAX:
            one.needs.append((dice.one_of(free), kind))
            return
    raise Refused.one("figures_unreadable", "figures", "", reason=f"needs: {items[0]}, {kind}")
