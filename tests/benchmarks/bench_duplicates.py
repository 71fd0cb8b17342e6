"""Who may be whom: false alarms, misses, and how long the office waits at 100,000 persons."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from app.actions import duplicate, likeness, person
from app.demo import invented, office
from app.values.person import PersonDraft
from app.workspace import Workspace
from data import units
from tests import desk
from tests.benchmarks import spellings
from tests.benchmarks.measure import Measure, seconds

DISTRICT_PEOPLE = 5_400
PLANTED = 0.02
SIZES = {"small": 6_000, "full": 20_000, "large": 100_000}
LOOKS = 200


def run(size: str) -> list[Measure]:
    """Judge a district of different persons, plant respelt ones, then fill up to the size."""
    folder = Path(tempfile.mkdtemp(prefix="bench-duplicates-"))
    at = desk.at(folder / "office")
    try:
        measures = judged(at.minh, DISTRICT_PEOPLE)
        return measures + _at_size(at.minh, SIZES.get(size, SIZES["large"]) - DISTRICT_PEOPLE)
    finally:
        at.close()
        shutil.rmtree(folder, ignore_errors=True)


def judged(ws: Workspace, count: int) -> list[Measure]:
    """Share of different persons who are taken for somebody else; share of respelt ones missed."""
    made = _different(count, [office.DISTRICT], 7)
    known = enter(ws, made)
    pairs = duplicate.worklist(ws, limit=10 * count).pairs
    alarms = {one.id for pair in pairs for one in (pair.a, pair.b)}
    dice = random.Random(7)
    planted = dice.sample(range(count), int(count * PLANTED))
    missed = 0
    for at in planted:
        found = likeness.alike(ws, spellings.variant(made[at], dice))
        missed += known[at] not in [one.card.id for one in found]
    return [
        Measure(f"duplicates: false alarms on {count:,} different persons",
                100 * len(alarms) / count, "%", raw=0.5, aim=1.0, more_is_better=False),
        Measure(f"duplicates: missed of {len(planted)} planted respellings",
                100 * missed / len(planted), "%", raw=5.0, aim=1.0, more_is_better=False),
    ]  # fmt: skip


def _at_size(ws: Workspace, more: int) -> list[Measure]:
    """A province's persons: how fast they come in judged, and what the officer waits for."""
    made = _different(more, [office.DISTRICT.partition(":")[0] + ":52"], 11)
    took = seconds(lambda: enter(ws, made))
    anew = seconds(lambda: _judge_anew(ws))
    everybody = DISTRICT_PEOPLE + more
    dice = random.Random(3)
    looked = [spellings.variant(dice.choice(made), dice) for _ in range(LOOKS)]
    began = time.perf_counter()
    for one in looked:
        likeness.alike(ws, one)
    look = (time.perf_counter() - began) / LOOKS * 1000
    opened = seconds(lambda: duplicate.worklist(ws))
    named = f"duplicates at {everybody:,}"
    return [
        Measure(f"{named}: entered and judged", more / took, "people/s"),
        Measure(f"{named}: all judged anew", everybody / anew, "people/s"),
        Measure(f"{named}: look-up while typing", look, "ms", 50, 1.0, more_is_better=False),
        Measure(f"{named}: worklist opens", opened, "s", 1.0, 1.0, more_is_better=False),
        Measure(f"{named}: open pairs", duplicate.worklist(ws).total, "pairs"),
    ]


def _judge_anew(ws: Workspace) -> None:
    from data.records import likeness as records

    with ws.db.write(ws.author()) as session:
        records.begin_anew(session, rules=0)
    likeness.settle(ws)


def enter(ws: Workspace, made: Sequence[Mapping[str, object]]) -> list[str]:
    """Ids of the persons as they come in, 500 a transaction."""
    ids: list[str] = []
    for start in range(0, len(made), 500):
        group = [person.NewPerson(PersonDraft(None, one)) for one in made[start : start + 500]]
        ids += [
            saved.id for saved in person.save_many(ws, group) if isinstance(saved, person.Saved)
        ]
    return ids


def _different(count: int, where: list[str], seed: int) -> list[Mapping[str, object]]:
    """Different persons: whom the generator enters a second time is left out."""
    communes = [unit.key for key in where for unit in units.communes_of(key)]
    made = invented.people(count + count // 20, communes, office.need_items(), 2026, seed)
    return [one.fields for one in made if one.twin is None][:count]
