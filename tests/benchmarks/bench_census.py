"""Every report over the census of a server on PostgreSQL, today and a year ago.

The rows of one large office are copied as they are under other offices and ids; the log has their
edits, one line each, as PCs would have sent them. Reports are counted in the columnar copy, which
is timed too: made anew, and when nothing is new. Times are by the clock, as whoever waits has them.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from app.reports import table
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import figures
from sync.server import census, census_report, home, store
from sync.server.home import ServerHome
from sync.server.store import Store
from tests.benchmarks import kept
from tests.benchmarks.bench_reports import TARGETS
from tests.benchmarks.measure import Measure
from tests.sync.postgres import fresh_database

SIZES = {"small": (1_000, 2), "full": (100_000, 10), "large": (100_000, 10)}
"""Persons of an office, offices (at most sixteen: the first sign of an id tells them apart)."""
REPORT_MS = 3_000.0
UNIT = "63:548"
ROWS_AT_ONCE = 20_000


def run(size: str) -> list[Measure]:
    """Copy a filled office into the census so many times, then count it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-census-"))
    try:
        persons, offices = SIZES[size]
        at = kept.office(persons)
        server = home.init(folder / "server", fresh_database())
        opened = home.open_store(server)
        with opened.write() as connection:
            census.prepare(connection)
        copy(at.lan, opened, offices)
        at.close()
        found = list(measured(server, opened))
        opened.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy(ws: Workspace, opened: Store, offices: int) -> None:
    """The office's rows and edits once from its store, then again under other offices."""
    with opened.write() as connection:
        for name, into in census.tables().items():
            for lines in _rows(ws, f'SELECT * FROM "{name}"'):
                _put(connection, into, lines)
        for lines in _rows(ws, "SELECT * FROM history WHERE op = 'edit' ORDER BY seq"):
            _put(connection, store.entry, [_entry(ws, one) for one in lines])
        for number in range(1, offices):
            for into in (*census.tables().values(), store.entry):
                connection.execute(text(_again(into, f"{number:x}")))
        for number in range(offices):
            connection.execute(store.office.insert().values(_office(number)))
    with opened.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _rows(ws: Workspace, words: str) -> Iterator[list[dict[str, Any]]]:
    with ws.db.read() as session:
        found = session.connection().exec_driver_sql(words)
        for some in iter(lambda: found.fetchmany(ROWS_AT_ONCE), []):
            yield [dict(one._mapping) for one in some]


def _put(connection: Connection, into: Any, lines: list[dict[str, Any]]) -> None:
    """Bring rows in as PostgreSQL takes them quickest; it reads SQLite's 1 and 0 as marks."""
    names = [column.name for column in into.columns if column.name in lines[0]]
    listed = ", ".join(f'"{name}"' for name in names)
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f'COPY "{into.name}" ({listed}) FROM STDIN') as out:
        for line in lines:
            out.write_row([line[name] for name in names])


def _entry(ws: Workspace, line: dict[str, Any]) -> dict[str, Any]:
    pair = {line["field"]: [line["old"], line["new"]]}
    told = {"scope_id": ws.office.id, "seq": line["seq"], "entity": line["entity"]}
    told |= {"row_id": line["row_id"], "op": "U", "version": 1, "fields": json.dumps(pair)}
    told |= {"at": line["at"], "user": "hoa", "source": "", "device_id": "d", "epoch": 1}
    return told | {"change_seq": line["seq"], "theirs_by": "", "received_at": line["at"]}


def _again(into: Any, sign: str) -> str:
    """Copy the rows of the first office; every id begins with the sign of its office."""
    names = [column.name for column in into.columns]
    keys = [name for name in names if name == "id" or name.endswith("_id") or name == "merged_into"]
    told = [f"overlay(\"{n}\" placing '{sign}' from 1 for 1)" if n in keys else f'"{n}"'
            for n in names]  # fmt: skip
    owner = "scope_id" if into.name == store.entry.name else "office_id"
    listed = ", ".join(f'"{name}"' for name in names)
    return (
        f'INSERT INTO "{into.name}" ({listed}) SELECT {", ".join(told)} FROM "{into.name}" '
        f"WHERE {owner} LIKE '0%'"
    )


def _office(number: int) -> dict[str, Any]:
    name, at = f"Văn phòng {number}", "2020-01-01T00:00:00.000Z"
    units = json.dumps([UNIT])
    return {"id": f"{number:x}", "name": name, "name_key": name, "units": units,
            "created_at": at, "changed_at": at}  # fmt: skip


def measured(server: ServerHome, opened: Store) -> Iterator[Measure]:
    """The copy, then each report in its slower borders."""
    past = f"{date.today() - timedelta(days=365)}"
    for words in ("made anew", "with nothing new"):
        began = time.perf_counter()
        with census_report.reading(server, opened):
            took = (time.perf_counter() - began) * 1000
        yield Measure(f"census: the columnar copy {words}", took, "ms", more_is_better=False)
    with census_report.reading(server, opened) as at:
        over = census_report.over(at)
        for name in figures.reports():
            if name == TARGETS:
                continue
            for words, day in (("today", ""), ("a year ago", past)):
                asks = [ReportAsk(name, as_of=day, borders=borders) for borders in ("63", "34")]
                took = max(milliseconds(lambda ask=ask: table.run(over, ask)) for ask in asks)  # type: ignore[misc]
                yield Measure(f"census: {name}, {words}", took, "ms", REPORT_MS, 1.0, False)


def milliseconds(work: Callable[[], object]) -> float:
    """Time by the clock."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
