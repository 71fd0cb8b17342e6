"""How soon the window is usable on a large office, what it holds, and how it moves at work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app.actions import person
from app.demo import invented, office
from app.values.person import PersonDraft
from data import units
from tests import desk
from tests.benchmarks import bench_imports
from tests.benchmarks.measure import Measure
from tests.sync.parts import central

SIZES = {"small": 1_000, "full": 100_000, "large": 100_000}
LISTED = {"small": 500, "full": 10_000, "large": 10_000}
STALL_MS = 50.0
SLICE = 500

OPENED = """
import json, os, sys, time
began = time.perf_counter()
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app import workspace
from ui.resources import theme
from ui.stage import Memory
from ui.tasks import Tasks
from ui.window import Opening, Window
from ui.wire import NO_WIRE
home = Path(sys.argv[1])
application = QApplication([])
theme.wear(application)
tasks = Tasks(home / "log")
settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)
window = Window(Opening(home, tasks, NO_WIRE, Memory(settings)))
window.resize(1366, 768)
window.show()
signed = time.perf_counter()
ws = workspace.open(home, "lan", sys.argv[2])
password_s = time.perf_counter() - signed
window.enter(ws, "people")
from ui.screens.people import PeopleScreen
while True:
    application.processEvents()
    screen = window.findChild(PeopleScreen)
    if screen is not None and screen.list.model.rowCount() > 0:
        break
opened_s = time.perf_counter() - began - password_s
import psutil
memory = psutil.Process().memory_info().rss
print(json.dumps({"opened_s": opened_s, "password_s": password_s, "memory": memory}), flush=True)
os._exit(0)
"""
"""A window of its own process on a home; counts from the start of Python to rows in the list."""


def run(size: str) -> list[Measure]:
    """Fill an office with the people of the size, then open the window on it several times."""
    folder = Path(tempfile.mkdtemp(prefix="bench-window-"))
    try:
        home = folder / "office"
        _fill(home, SIZES.get(size, SIZES["large"]))
        seen = [_open(home) for _ in range(3)]
        opened = sorted(one["opened_s"] for one in seen)[1]
        name = f"window on {SIZES.get(size, SIZES['large']):,} people"
        return [
            Measure(f"{name}: to a usable list", opened, "s", 2.0, 1.0, more_is_better=False),
            Measure(f"{name}: opening the key slot", seen[0]["password_s"], "s"),
            Measure(
                f"{name}: memory",
                max(one["memory"] for one in seen) / 2**20,
                "MiB",
                300.0,
                1.0,
                more_is_better=False,
            ),
            *_moving(folder, home, LISTED.get(size, LISTED["large"])),
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moving(folder: Path, home: Path, rows: int) -> list[Measure]:
    """Scrolling, filters and orders while a list comes in and a real server takes everything.

    The load of the machine stands beside it: on two cores that others use as well, every thread
    waits for a core, and that is told as a stall too.
    """
    listed = folder / "danh sách.xlsx"
    bench_imports.write(listed, rows)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with central(folder / "server") as server:
        told = _told("-m", "tests.benchmarks.stalls", home, listed, server.url, server.code())
    name = "window while an import and a sync run"
    gaps = (("longest gap", "longest_ms"), ("99 of 100 gaps below", "late_99_ms"))
    return [
        *(
            Measure(f"{name}: {words}", told[key], "ms", STALL_MS, 1.0, more_is_better=False)
            for words, key in gaps
        ),
        Measure(f"{name}: first rows of another question", told["rows_median_ms"], "ms"),
        Measure(f"{name}: both ran", told["both_s"], "s"),
        Measure(f"{name}: load of the machine before", load, "programs"),
    ]


def _fill(home: Path, count: int) -> None:
    at = desk.at(home)
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    made = invented.people(count, communes, office.need_items(), 2026, 11)
    group: list[person.NewPerson] = []
    for one in made:
        group.append(person.NewPerson(PersonDraft(None, one.fields), "waiting"))
        if len(group) == SLICE:
            person.save_many(at.minh, group)
            group = []
    if group:
        person.save_many(at.minh, group)
    at.close()


def _open(home: Path) -> dict[str, float]:
    return _told("-c", OPENED, home, desk.PASSWORD)


def _told(*words: object) -> dict[str, float]:
    """What a program of its own told in its last line."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.strip().splitlines()[-1])
    return {name: float(value) for name, value in found.items()}
