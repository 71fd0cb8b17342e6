"""Every report over a large office, today and a year ago, beside a bare scan of its persons."""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from app.actions import person, report
from app.values.person import PeopleFilter
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import figures
from data.base import new_id, now_text
from data.records.need import Need
from data.records.trace import History
from tests.benchmarks import bench_work, grown
from tests.benchmarks.bench_people import _milliseconds
from tests.benchmarks.measure import Measure

SIZES = {"small": (1_500, 300), "full": (100_000, 10_000), "large": (100_000, 10_000)}
"""Persons, open cases."""
REPORT_MS = 1_000.0
GROUPS = ("medical", "livelihood", "social", "family", "facility")
SCAN = "SELECT count(*), sum(sex = 'female'), sum(status = 'approved') FROM person"


def run(size: str) -> list[Measure]:
    """Fill an office with needs, cases and edits, then count it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-reports-"))
    try:
        persons, cases = SIZES[size]
        at = grown.office_of(folder / "office", persons)
        ids = list(person.ids(at.lan, PeopleFilter()))
        bench_work.fill(at.lan, ids[: cases + 1])
        fill(at.lan, ids)
        found = list(measured(at.lan))
        at.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(ws: Workspace, ids: list[str]) -> None:
    """Six needs for ten persons; of each person one edit that lies half a year back."""
    chance, now = random.Random(5), now_text()
    stamp = {"office_id": ws.office.id, "version": 1, "server_version": 0, "created_by": "minh"}
    stamp |= {"updated_by": "minh", "created_at": now, "updated_at": now}
    needs: list[dict[str, Any]] = [
        stamp | {"id": new_id(), "person_id": one, "need_group": chance.choice(GROUPS),
                 "need_status": "new"}
        for one in ids if chance.random() < 0.6
    ]  # fmt: skip
    at = f"{date.today() - timedelta(days=180)}T03:00:00.000Z"
    line = {"txn": new_id(), "entity": "person", "at": at, "by": "hoa", "op": "edit"}
    line |= {"field": "status", "old": "waiting", "new": "approved", "source": ""}
    edits = [line | {"row_id": one, "person_id": one} for one in ids]
    with ws.db.write(ws.author()) as session:
        session.execute(insert(Need), needs)
        session.execute(insert(History), edits)
        for table in ("person", "need", "care_case"):
            session.execute(text(f"UPDATE {table} SET created_at = '2020-01-01T00:00:00.000Z'"))


def measured(ws: Workspace) -> list[Measure]:
    with ws.db.read() as session:
        bare = _milliseconds(lambda: session.execute(text(SCAN)).all())
    found = [Measure("reports: a bare scan of all persons", bare, "ms", more_is_better=False)]
    for words, day in (("today", ""), ("a year ago", f"{date.today() - timedelta(days=365)}")):
        slowest = ("", 0.0)
        for name in figures.reports():
            if name == "R-02":
                continue
            ask = ReportAsk(name, as_of=day)
            took = _milliseconds(lambda ask=ask: report.run(ws, ask))
            slowest = max(slowest, (name, took), key=lambda one: one[1])
        told = f"reports: the slowest, {words} ({slowest[0]})"
        found.append(Measure(told, slowest[1], "ms", REPORT_MS, 1.0, more_is_better=False))
    return found
