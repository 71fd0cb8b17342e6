"""How fast people are entered, found and listed, beside bare SQL on the same encrypted file."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from app.actions import export_list, person
from app.demo import invented, office
from app.imports.writing import Page, write_csv, write_xlsx
from app.values.person import ORDERS, PeopleFilter, PersonDraft
from app.workspace import Workspace
from data import units
from data.base import new_id
from tests import desk
from tests.benchmarks import grown
from tests.benchmarks.measure import Measure, peak_memory_bytes, resident_bytes

SIZES = {"small": 2_000, "full": 100_000, "large": 100_000, "huge": 1_000_000}
ENTERED = {"small": 1_000, "full": 10_000, "large": 20_000, "huge": 20_000}
LIMIT_MS = {"small": 50.0, "full": 50.0, "large": 50.0, "huge": 150.0}
REPEATS = 3
EXPORTED = 100_000

FOUND = "rowid IN (SELECT rowid FROM person_search WHERE person_search MATCH '{0}')"
COMMUNE = "63:21871"
QUESTIONS = {
    "everybody": (PeopleFilter(), "1"),
    "one commune": (PeopleFilter(units=(COMMUNE,)), f"commune = '{COMMUNE}'"),
    "a district": (PeopleFilter(units=(office.DISTRICT,)), "1"),
    "one degree": (PeopleFilter(degrees=("mild",)), "degree = 'mild'"),
    "a degree nobody has": (PeopleFilter(degrees=("undetermined",)), "degree = 'undetermined'"),
    "one type": (PeopleFilter(types=("vision",)), "' ' || types || ' ' LIKE '% vision %'"),
    "mine victims": (PeopleFilter(mine_victim=True), "mine_victim"),
    "returned": (PeopleFilter(status=("returned",)), "status = 'returned'"),
    "lost": (PeopleFilter(life_state=("missing",)), "life_state = 'missing'"),
    "incomplete": (PeopleFilter(missing=True), "id_number IS NULL"),
    "waits for approval": (PeopleFilter(pending=True), "status = 'waiting'"),
    "commune, degree and type": (
        PeopleFilter(units=(COMMUNE,), degrees=("mild",), types=("vision",)),
        f"commune = '{COMMUNE}' AND degree = 'mild' AND types LIKE '%vision%'",
    ),
    "a word half of them bear": (PeopleFilter(query="nguyen"), FOUND.format("nguien*")),
    "a common given name": (PeopleFilter(query="yen"), FOUND.format("ien*")),
    "a rare word": (PeopleFilter(query="hrin"), FOUND.format("hrin*")),
    "a word nobody bears": (PeopleFilter(query="zzqx"), FOUND.format("zzqx*")),
    "two words with marks": (
        PeopleFilter(query="Nguyễn Hường"),
        FOUND.format("nguien* huong*") + " AND name LIKE '%Hường%'",
    ),
    "two words with marks nobody bears": (
        PeopleFilter(query="Nguyễn Hướng"),
        FOUND.format("nguien* huong*") + " AND name LIKE '%Hướng%'",
    ),
    "beginning of a number": (PeopleFilter(query="05214"), FOUND.format("05214*")),
    "one digit": (PeopleFilter(query="0"), FOUND.format("0*")),
    "telephone": (PeopleFilter(query="0905123"), FOUND.format("0905123*")),
    "hamlet": (PeopleFilter(query="vinh truong"), FOUND.format("vinh* truong*")),
    "common word and state": (
        PeopleFilter(query="nguyen", life_state=("dead",)),
        FOUND.format("nguien*") + " AND life_state = 'dead'",
    ),
    "word, status and commune": (
        PeopleFilter(query="nguyen", units=(COMMUNE,), status=("returned",)),
        FOUND.format("nguien*") + f" AND status = 'returned' AND commune = '{COMMUNE}'",
    ),
}


def run(size: str) -> list[Measure]:
    """Enter people, then time lists, searches and counts over an office grown to the size."""
    folder = Path(tempfile.mkdtemp(prefix="bench-people-"))
    try:
        at = desk.at(folder / "typed")
        measures = _entering(at.minh, ENTERED[size])
        at.close()
        began = time.perf_counter()
        at = grown.office_of(folder / "office", SIZES[size])
        growing = time.perf_counter() - began
        measures.append(Measure(f"people: an office grown to {SIZES[size]:,}", growing, "s"))
        measures += _reading(at.lan, LIMIT_MS[size])
        measures += _exporting(at.lan, folder)
        measures.append(Measure("people: peak memory", peak_memory_bytes() / 2**20, "MiB"))
        at.close()
        return measures
    finally:
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


def _reading(ws: Workspace, limit_ms: float) -> list[Measure]:
    """The first rows of every question in every order, each beside its bare SELECT."""
    found, worst = [], ("", 0.0)
    for name, (which, bare) in QUESTIONS.items():
        slowest = 0.0
        for order in ORDERS:
            for descending in (False, True):
                asked = replace(which, order=order, descending=descending)
                took = _milliseconds(lambda asked=asked: person.listing(ws, asked, limit=50))  # type: ignore[misc]
                slowest = max(slowest, took)
                worst = max(worst, (f"{name}, {order}{' down' if descending else ''}", took),
                            key=lambda one: one[1])  # fmt: skip
        took = _milliseconds(lambda which=which: person.listing(ws, which, limit=50))  # type: ignore[misc]
        raw = _milliseconds(lambda bare=bare: _bare_page(ws, bare))  # type: ignore[misc]
        found.append(Measure(f"people: {name}", took, "ms", raw, more_is_better=False))
        found.append(Measure(f"people: {name}, worst order", slowest, "ms"))
    worst_of_all = Measure(
        f"people: worst of all ({worst[0]})", worst[1], "ms", limit_ms, 1.0, more_is_better=False
    )
    middle = _middle(ws)
    deep = _milliseconds(lambda: person.listing(ws, PeopleFilter(), middle, 50))
    count = _milliseconds(lambda: person.total(ws, PeopleFilter()))
    return [
        *found,
        Measure("people: a page in the middle of the list", deep, "ms", more_is_better=False),
        worst_of_all,
        Measure("people: count of all", count, "ms", more_is_better=False),
    ]


def _middle(ws: Workspace) -> tuple[object, ...]:
    """The key of somebody in the middle of the list."""
    with ws.db.read() as session:
        key, row = session.execute(
            text(
                "SELECT sort_key, rowid FROM person WHERE sort_key > 'N' AND deleted_at IS NULL "
                "ORDER BY sort_key LIMIT 1"
            )
        ).one()
    return (False, 0, key, row)


def _bare_page(ws: Workspace, where: str) -> object:
    """What anybody would ask SQLite for, with the same indexes at hand."""
    with ws.db.read() as session:
        return (
            session.connection()
            .exec_driver_sql(
                f"SELECT id, name FROM person WHERE deleted_at IS NULL AND {where} "
                "ORDER BY sort_key, rowid LIMIT 50"
            )
            .all()
        )


def _milliseconds(work: Callable[[], object]) -> float:
    """The quickest of several calls after one that warms up: other programs make none quicker."""
    work()
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def _exporting(ws: Workspace, folder: Path) -> list[Measure]:
    """Everybody (at most 100,000) to both kinds of file, beside bare reading and bare writing.

    How much the memory grows is told for a tenth of them and for all: it must be the same.
    """
    found = []
    for kind in (".csv", ".xlsx"):
        grew = []
        for most in (EXPORTED // 10, EXPORTED):
            before = resident_bytes()
            peak = [before]
            began = time.perf_counter()
            done = export_list.people(
                ws,
                PeopleFilter(),
                folder / f"list{kind}",
                lambda done, total, peak=peak: peak.append(resident_bytes()),  # type: ignore[misc]
                lambda most=most, peak=peak: len(peak) * export_list.PAGE_ROWS > most,  # type: ignore[misc]
            )
            took = time.perf_counter() - began
            grew.append((max(peak) - before) / 2**20)
            rows = done or most
        bare = _bare_export(ws, folder / f"bare{kind}", rows)
        found.append(Measure(f"people: export to {kind}", rows / took, "rows/s", bare))
        found.append(Measure(f"people: memory more, a tenth to {kind}", grew[0], "MiB"))
        found.append(Measure(f"people: memory more, all to {kind}", grew[1], "MiB"))
    return found


def _bare_export(ws: Workspace, file: Path, count: int) -> float:
    """The same columns as they lie in the table, straight into the same writer; rows/s."""
    columns = "name, birth, sex, id_number, hamlet, commune, current_commune, types, degree, status"
    began = time.perf_counter()
    with ws.db.read() as session:
        rows = session.connection().exec_driver_sql(
            f"SELECT {columns}, mine_victim, life_state, id FROM person "
            f"WHERE deleted_at IS NULL ORDER BY sort_key LIMIT {count}"
        )
        lines = (tuple(row) for row in rows)
        if file.suffix == ".csv":
            write_csv(file, lines)
        else:
            write_xlsx(file, [Page("Bare", lines, 0)])
    return count / (time.perf_counter() - began)
