"""Every report beside the same questions over the same tables in DuckDB, a store made for counting;
two of them beside their one number in plain SQL, bare in the office's own store."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Integer, Table, create_engine, text
from sqlalchemy.pool import StaticPool

from app.actions import report
from app.reports import table
from app.reports.over import Over
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import figures
from data.counting.then import Source
from data.records.trace import History
from data.schema import travelling
from sync.server.columnar_shape import ENTITIES
from tests.benchmarks.measure import Measure, quickest

ROWS_AT_ONCE = 50_000
TARGETS = "R-02"
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


def beside(ws: Workspace, folder: Path) -> Iterator[Measure]:
    """Each report, today and a year ago; then the two beside their one number. Both by the clock;
    raises AssertionError where the two stores tell other numbers."""
    for (name, figure), words in PLAIN.items():
        told = _bare(ws, words)[0][0]
        _same(name, {figure: told}, report.run(ws, ReportAsk(name)).totals)
        ours = quickest(lambda name=name: report.run(ws, ReportAsk(name)))  # type: ignore[misc]
        bare = quickest(lambda words=words: _bare(ws, words))  # type: ignore[misc]
        yield Measure(f"reports: {name} beside bare SQL's total", ours, "ms", bare, None, False)
    past = f"{date.today() - timedelta(days=365)}"
    with _columnar(ws, folder) as duck, report.counting(ws) as own:
        over = _over(own, duck)
        for name in figures.reports():
            for words, day in (("today", ""), ("a year ago", past)):
                if name == TARGETS:
                    continue
                ask = ReportAsk(name, as_of=day)
                _same(name, table.run(over, ask).totals, table.run(own, ask).totals)
                ours, theirs = (quickest(_asking(one, ask)) for one in (own, over))
                title = f"reports: {name} beside DuckDB, {words}"
                yield Measure(title, ours, "ms", theirs, None, False)


def _asking(over: Over, ask: ReportAsk) -> Callable[[], object]:
    return lambda: table.run(over, ask)


def _same(name: str, told: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
    for figure, number in told.items():
        # which two may be one person is worked out by the office alone
        if figure != "duplicates" and number != ours[figure]:
            raise AssertionError(f"{name} {figure}: {ours[figure]}, told otherwise {number}")


def _over(own: Over, duck: Connection) -> Over:
    """The office's question, asked of the other store."""

    def source(instant: str) -> Source:
        return replace(own.source(instant), connection=duck, alike=None, twin=None)

    return replace(own, source=source)


def _columnar(ws: Workspace, folder: Path) -> Connection:
    """The tables that reports ask, in DuckDB."""
    engine = create_engine(f"duckdb:///{folder / 'counted.duckdb'}", poolclass=StaticPool)
    duck = engine.connect()
    tables: Any = {name: kind.__table__ for name, kind in travelling().items()}
    for one in (*(tables[name] for name in ENTITIES), History.__table__):
        _copy(ws, duck, folder, one)  # type: ignore[arg-type]
    return duck


def _copy(ws: Workspace, duck: Connection, folder: Path, one: Table) -> None:
    """A table of the office as DuckDB keeps it, carried by a file of lines."""
    file = folder / f"{one.name}.csv"
    names = [f'"{column.name}"' for column in one.columns]
    with ws.db.read() as session, file.open("w", newline="", encoding="utf-8") as out:
        found: Any = session.connection().exec_driver_sql(
            f'SELECT {", ".join(names)} FROM "{one.name}"'
        )
        lines = csv.writer(out)
        lines.writerow(column.name for column in one.columns)
        for some in iter(lambda: found.fetchmany(ROWS_AT_ONCE), []):
            lines.writerows(some)
    held = ", ".join(f'CAST("{column.name}" AS {_kind(column)}) AS "{column.name}"'
                     for column in one.columns)  # fmt: skip
    read = f"read_csv('{file}', header = true, all_varchar = true)"
    duck.execute(text(f'CREATE TABLE "{one.name}" AS SELECT {held} FROM {read}'))
    file.unlink()


def _kind(column: Any) -> str:
    if isinstance(column.type, Boolean):
        return "BOOLEAN"
    return "BIGINT" if isinstance(column.type, Integer) else "VARCHAR"


def _bare(ws: Workspace, words: str) -> list[Any]:
    with ws.db.read() as session:
        return list(session.connection().exec_driver_sql(words))
