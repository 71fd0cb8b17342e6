"""How fast people are entered, found and listed, beside bare SQL on the same encrypted file."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import text

from app.actions import person
from app.demo import invented, office
from app.values.person import PeopleFilter, PersonDraft
from app.workspace import Workspace
from data import units
from data.base import new_id
from tests import desk
from tests.benchmarks.measure import Measure, peak_memory_bytes

SIZES = {"small": 2_000, "full": 20_000, "large": 100_000}
REPEATS = 15


def run(size: str) -> list[Measure]:
    """Enter the people of the size, then time lists, searches and counts over them."""
    folder = Path(tempfile.mkdtemp(prefix="bench-people-"))
    at = desk.at(folder / "office")
    try:
        measures = _entering(at.minh, SIZES[size])
        measures += _reading(at.lan)
        measures.append(Measure("people: peak memory", peak_memory_bytes() / 2**20, "MiB"))
        return measures
    finally:
        at.close()
        shutil.rmtree(folder, ignore_errors=True)


def _entering(ws: Workspace, count: int) -> list[Measure]:
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    made = list(invented.people(count, communes, office.need_items(), 2026, 7))
    began = time.perf_counter()
    for start in range(0, count, 500):
        group = made[start : start + 500]
        person.save_many(
            ws, [person.NewPerson(PersonDraft(None, one.fields), "waiting") for one in group]
        )
    ours = count / (time.perf_counter() - began)
    return [Measure("people: entered through the action", ours, "people/s", _bare(ws, count))]


def _bare(ws: Workspace, count: int) -> float:
    """The same rows copied by bare INSERT of every column, 500 a transaction."""
    with ws.db.read() as session:
        rows = session.execute(text("SELECT * FROM person LIMIT 5000")).mappings().all()
    names = list(rows[0])
    places = ", ".join(f":{name}" for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    insert = text(f"INSERT INTO bare ({columns}) VALUES ({places})")
    with ws.db.write(ws.author()) as session:
        session.execute(text("CREATE TABLE bare AS SELECT * FROM person LIMIT 0"))
    began = time.perf_counter()
    for start in range(0, len(rows), 500):
        with ws.db.write(ws.author()) as session:
            group = [dict(row) | {"id": new_id()} for row in rows[start : start + 500]]
            session.execute(insert, group)
    speed = len(rows) / (time.perf_counter() - began)
    with ws.db.write(ws.author()) as session:
        session.execute(text("DROP TABLE bare"))
    return speed


def _reading(ws: Workspace) -> list[Measure]:
    asked = {
        "first page": PeopleFilter(),
        "search of one word": PeopleFilter(query="huong"),
        "search of two words with marks": PeopleFilter(query="Nguyễn Hường"),
        "search by number": PeopleFilter(query="05214"),
        "one commune, severe": PeopleFilter(units=("63:21871",), degrees=("severe",)),
        "mine victims": PeopleFilter(mine_victim=True),
    }
    bare = _milliseconds(lambda: _bare_page(ws))
    found = [
        Measure(
            f"people: {name}",
            _milliseconds(lambda which=which: person.listing(ws, which, limit=50)),  # type: ignore[misc]
            "ms",
            bare,
            more_is_better=False,
        )
        for name, which in asked.items()
    ]
    count = _milliseconds(lambda: person.total(ws, PeopleFilter()))
    return [*found, Measure("people: count of all", count, "ms", more_is_better=False)]


def _bare_page(ws: Workspace) -> object:
    with ws.db.read() as session:
        return session.execute(
            text(
                "SELECT id, name FROM person WHERE deleted_at IS NULL "
                "ORDER BY sort_key, id LIMIT 50"
            )
        ).all()


def _milliseconds(work: Callable[[], object]) -> float:
    """The median of several calls after one that warms up."""
    work()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return sorted(times)[REPEATS // 2] * 1000
