"""The day's work in a large office: today's list, the caseload, a long timeline.

Ten thousand cases go on, each with some notes; needs wait to be looked at again, tasks lie about.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from app.actions import caseload, coming, person, timeline
from app.values.coming import DuesFilter
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data.base import new_id, now_text
from data.records.care_case import CareCase, CaseNote
from data.records.need import Need
from data.records.task import Task
from tests.benchmarks import grown
from tests.benchmarks.bench_people import _milliseconds
from tests.benchmarks.measure import Measure

SIZES = {"small": (1_500, 1_000), "full": (40_000, 10_000), "large": (100_000, 10_000)}
"""Persons, open cases."""
LIST_MS, TIMELINE_MS = 200.0, 150.0
ENTRIES = 2_000
NOTES_A_CASE = 8
WORKERS = ("lan", "hoa", "minh", "Đỗ Thị Thuỷ")
STATUSES = ("open", "assessing", "planning", "waiting", "approved", "reviewing")
LAST_DAYS = 120


def run(size: str) -> list[Measure]:
    """Fill an office with cases, then ask what an officer asks in the morning."""
    folder = Path(tempfile.mkdtemp(prefix="bench-work-"))
    try:
        persons, cases = SIZES[size]
        at = grown.office_of(folder / "office", persons)
        ids = list(person.ids(at.lan, PeopleFilter()))[: cases + 1]
        fill(at.lan, ids)
        found = measured(at.lan, ids[-1], cases)
        at.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(ws: Workspace, ids: list[str]) -> None:
    """A case of each person with its notes; a timeline of two thousand entries of the last one."""
    chance, cases = random.Random(11), list(_cases(ws, ids))
    notes = [row for case in cases for row in _notes(ws, case, NOTES_A_CASE, chance)]
    notes += list(_notes(ws, cases[-1], ENTRIES, chance))
    with ws.db.write(ws.author()) as session:
        connection = session.connection()
        connection.execute(text("UPDATE capture_state SET applying = 1"))
        connection.execute(insert(CareCase), cases)
        connection.execute(insert(CaseNote), notes)
        connection.execute(insert(Need), list(_needs(ws, ids, chance)))
        connection.execute(insert(Task), list(_tasks(ws, ids, chance)))
        connection.execute(text("UPDATE capture_state SET applying = 0"))


def measured(ws: Workspace, last: str, cases: int) -> list[Measure]:
    """Today's list of one and of all with its count, the calendar's month, caseload, timeline."""
    month = DuesFilter(_day(ws.today(), -30), _day(ws.today(), 5))
    asked = {
        "today's list, one worker": lambda: coming.dues(ws, coming.today(ws, "minh")),
        "today's list, everybody": lambda: coming.dues(ws, coming.today(ws, None)),
        "how much is due, everybody": lambda: coming.count(ws, coming.today(ws, None)),
        "a month of the calendar, everybody": lambda: coming.days(ws, month),
        "caseload": lambda: caseload.loads(ws),
    }
    found = []
    for name, ask in asked.items():
        took = _milliseconds(ask)
        words = f"{name} ({cases:,} open cases)"
        found.append(Measure(words, took, "ms", LIST_MS, 1.0, more_is_better=False))
    took = _milliseconds(lambda: timeline.page(ws, last))
    words = f"a timeline of {timeline.count(ws, last):,} entries"
    return [*found, Measure(words, took, "ms", TIMELINE_MS, 1.0, more_is_better=False)]


def _day(today: date, ago: int) -> str:
    return (today - timedelta(days=ago)).isoformat()


def _stamped(ws: Workspace) -> dict[str, Any]:
    at = now_text()
    who = {"created_by": "minh", "updated_by": "minh", "created_at": at, "updated_at": at}
    return {"id": new_id(), "office_id": ws.office.id} | who


def _cases(ws: Workspace, ids: list[str]) -> Iterator[dict[str, Any]]:
    for number, who in enumerate(ids):
        yield _stamped(ws) | {
            "person_id": who,
            "opened_on": _day(ws.today(), 200 + number % 300),
            "open_reason": "Đau ốm",
            "worker": WORKERS[number % len(WORKERS)],
            "case_status": STATUSES[number % len(STATUSES)],
            "case_number": f"{number}/QLC",
        }


def _notes(
    ws: Workspace, case: dict[str, Any], count: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    for _ in range(count):
        yield _stamped(ws) | {
            "case_id": case["id"],
            "person_id": case["person_id"],
            "noted_on": _day(ws.today(), chance.randrange(5, LAST_DAYS)),
            "note_kind": chance.choice(("note", "visit", "call")),
            "note_text": "Đã gặp gia đình.",
            "confidential": False,
        }


def _needs(ws: Workspace, ids: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for who in ids[::3]:
        yield _stamped(ws) | {
            "person_id": who,
            "need_group": "medical",
            "item": "medical.care",
            "need_status": "new",
            "review_on": _day(ws.today(), chance.randrange(-200, 60)),
        }


def _tasks(ws: Workspace, ids: list[str], chance: random.Random) -> Iterator[dict[str, Any]]:
    for who in ids[::4]:
        yield _stamped(ws) | {
            "person_id": who,
            "title": "Gọi trạm y tế",
            "due_on": _day(ws.today(), chance.randrange(-60, 20)),
            "worker": chance.choice(WORKERS),
            "task_status": "open",
        }
