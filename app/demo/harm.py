"""Whom mines and other explosive remnants of the war hurt, and how; everybody is made up.

Shares of KV-MAP and of the casualty reports on central Viet Nam: 12 in a hundred registered persons
are victims, most of them of 60-79 years and hurt in the war; 2.5 in a hundred of all survived an
accident after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.demo.dice import Dice

SHARES = ((6, 0.0), (15, 0.003), (60, 0.05), (80, 0.21), (200, 0.13))
"""Share of victims among those younger than so many years."""

LAST_BORN_OF_WAR = 1970
ROLES_OLD = "in_war:68 after_war:12 indirect:20"
ROLES_YOUNG = "after_war:60 indirect:40"
INDIRECT = "indirect_spouse:45 indirect_child:25 indirect_parent:15 indirect_carer:15"
DEVICES_WAR = (
    "mine_unknown:25 shell:25 mine_anti_personnel:15 cluster_bomblet:12 bomb:8 grenade:5 unknown:10"
)
DEVICES = (
    "cluster_bomblet:32 grenade_m79:22 shell:18 mine_unknown:6 bomb:4 grenade:5 fuse:3 unknown:10"
)
ACTIVITIES_WAR = "farming:30 fighting:25 walking:20 at_home:15 herding:10"
ACTIVITIES = (
    "farming:46 herding:14 scrap_collecting:12 playing:10 walking:8 gardening:6 dismantling:4"
)
AREAS = "field:50 garden:15 forest:15 road:10 pasture:10"
INJURIES = "legs_below_knee:35 legs_above_knee:15 upper_limbs:25 eyes:15 head_neck:6 abdomen:4"
VICTIMS = "1:55 2:20 3:10 4:6 5:4 6:2 7:1 8:1 9:1"
KILLED_OF_OTHERS = 0.78
"""With the survivor himself about 40 in a hundred of the persons hurt are dead."""


SHARED_SHARE = 0.9
"""Chance that a victim was hurt in a known accident that left more survivors than are registered.

In 2013 four accidents caused 36 of 50 casualties; most of them were not registered or died.
"""


@dataclass(slots=True)
class _Known:
    """An accident after the war: whose it is, its year, and how many survivors are not known."""

    place: int
    year: int
    left: int


class Accidents:
    """Accidents after the war that hurt more people than the one who told of them."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(seed + 3)
        self._known: list[_Known] = []

    def remember(
        self, place: int, person: Mapping[str, object], accident: Mapping[str, object]
    ) -> None:
        """Note the accident of a person when others may have been hurt in it."""
        left = int(str(accident["injured"])) - 1
        if left and person["victim_period"] == "after_war":
            self._known.append(_Known(place, int(str(accident["accident_on"])), left))

    def shared(self, before: int, person: Mapping[str, object]) -> _Known | None:
        """The accident of somebody before that place in which this victim was hurt too, or None."""
        first_year = int(str(person["birth"])[:4]) + 4
        for known in self._known if person["victim_period"] == "after_war" else ():
            if known.place < before and known.left and known.year >= first_year:
                if not self._dice.chance(SHARED_SHARE):
                    return None
                known.left -= 1
                return known
        return None


def role(dice: Dice, age: int, birth_year: int) -> str:
    """`direct_survivor`, an indirect role, or empty for who is no victim."""
    share = next(share for below, share in SHARES if age < below)
    if not dice.chance(share):
        return ""
    old = birth_year <= LAST_BORN_OF_WAR
    if dice.weighted(ROLES_OLD if old else ROLES_YOUNG) != "indirect":
        return "direct_survivor"
    return "indirect_child" if age < 25 else dice.weighted(INDIRECT)


def done(
    dice: Dice, fields: dict[str, object], kind: str, year: int
) -> tuple[Mapping[str, object] | None, Mapping[str, object] | None]:
    """Fill the person's fields of a victim; answers the victim's record and the accident's."""
    born = int(str(fields["birth"])[:4])
    war = born <= LAST_BORN_OF_WAR and dice.chance(0.85)
    fields["mine_victim"] = True
    fields["victim_role"] = kind
    fields["victim_period"] = "in_war" if war else "after_war"
    fields["groups"] = ("disabled", "mine_victim")
    if kind != "direct_survivor":
        return None, None
    when = _year(dice, born, war, year)
    victim = {
        "activity": dice.weighted(ACTIVITIES_WAR if war else ACTIVITIES),
        "age_then": when - born,
        "injuries": (dice.weighted(INJURIES),),
        "consequence": "injured",
    }
    return victim, _accident(dice, fields, when, war)


def _year(dice: Dice, born: int, war: bool, year: int) -> int:
    """In the war any year of childhood on; after it many until 1985 and ever fewer since."""
    if war:
        return dice.random.randint(max(born + 4, 1964), 1975)
    first = max(born + 4, 1976)
    return min(first + int((year - first) * dice.random.random() ** 2.5), year - 1)


def _accident(dice: Dice, fields: dict[str, object], when: int, war: bool) -> Mapping[str, object]:
    others = int(dice.weighted(VICTIMS)) - 1
    killed = sum(dice.chance(KILLED_OF_OTHERS) for _ in range(others))
    return {
        "accident_known": True,
        "accident_on": f"{when}",
        "accident_commune": fields["commune"],
        "accident_accuracy": "commune",
        "area": dice.weighted(AREAS),
        "device": dice.weighted(DEVICES_WAR if war else DEVICES),
        "killed": killed,
        "injured": others - killed + 1,
    }
