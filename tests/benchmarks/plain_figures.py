"""The same figures in plain SQL: in DuckDB over the same tables, and in the office's own store."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from app.actions import report
from app.values.report import ReportAsk
from app.workspace import Workspace
from tests.benchmarks.measure import Measure

ROWS_AT_ONCE = 50_000
HERE = "p.deleted_at IS NULL AND p.merged_into IS NULL AND p.status = 'approved' " \
       "AND coalesce(p.life_state, '') NOT IN ('dead', 'left')"  # fmt: skip
KNOWN = (
    "(coalesce(p.mine_victim, false) OR ((coalesce(p.types, '') <> '' "
    "OR coalesce(p.degree, '') <> '') AND coalesce(p.degree, '') <> 'not_disabled'))"
)
LIVE = "coalesce(n.need_status, 'new') IN ('new', 'connecting', 'partly_met')"
PLAIN = {
    ("R-01", "approved"): f"SELECT sum(n) FROM (SELECT p.commune, count(*) AS n FROM person p "
    f"WHERE {HERE} AND {KNOWN} GROUP BY p.commune)",
    ("R-03", "items"): "SELECT count(*) FROM (SELECT DISTINCT p.commune, p.id, n.need_group, "
    "coalesce(n.item, n.id) FROM need n LEFT JOIN person stub ON stub.id = n.person_id AND "
    "stub.merged_into IS NOT NULL JOIN person p ON p.id = coalesce(stub.merged_into, n.person_id) "
    f"WHERE {HERE} AND n.deleted_at IS NULL AND {LIVE})",
}
"""By report and figure the number in plain SQL; mergers one step far, as the office has them."""
TABLES = ("person", "need")


def beside(ws: Workspace, folder: Path) -> Iterator[Measure]:
    """The whole report beside its one number: in DuckDB, and bare in the office's store."""
    with duckdb.connect(str(folder / "counted.duckdb"), config={"threads": 1}) as duck:
        for name in TABLES:
            _copy(ws, duck, folder, name)
        for (name, figure), words in PLAIN.items():
            made = report.run(ws, ReportAsk(name))
            told = duck.execute(words).fetchall()[0][0]
            if told != made.totals[figure]:
                raise AssertionError(f"{name} {figure}: {made.totals[figure]}, DuckDB {told}")
            ours = _milliseconds(lambda name=name: report.run(ws, ReportAsk(name)))  # type: ignore[misc]
            bare = _milliseconds(lambda words=words: _bare(ws, words))  # type: ignore[misc]
            theirs = _milliseconds(lambda words=words: duck.execute(words).fetchall())  # type: ignore[misc]
            yield Measure(f"reports: {name} beside DuckDB's total", ours, "ms", theirs, None, False)
            yield Measure(f"reports: {name} beside bare SQL's total", ours, "ms", bare, None, False)


def _copy(ws: Workspace, duck: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    """A table of the office as DuckDB keeps it, carried by a file of lines."""
    file = folder / f"{name}.csv"
    with ws.db.read() as session, file.open("w", newline="", encoding="utf-8") as out:
        found: Any = session.connection().exec_driver_sql(f'SELECT * FROM "{name}"')
        lines = csv.writer(out)
        lines.writerow(found.keys())
        for some in iter(lambda: found.fetchmany(ROWS_AT_ONCE), []):
            lines.writerows(some)
    duck.execute(f"CREATE TABLE {name} AS FROM read_csv('{file}', header = true)")
    file.unlink()


def _bare(ws: Workspace, words: str) -> list[Any]:
    with ws.db.read() as session:
        return list(session.connection().exec_driver_sql(words))


def _milliseconds(work: Callable[[], object]) -> float:
    """Processor time of the quickest of three calls."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000
