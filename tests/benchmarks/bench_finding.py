"""How soon the one search answers in a large office, as somebody types."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sqlalchemy import text

from app import workspace
from app.actions import care_case, finding, person
from app.values.care_case import CaseDraft
from app.values.person import PeopleFilter
from app.workspace import Workspace
from tests.benchmarks.bench_people import _milliseconds
from tests.benchmarks.bench_window import _fill
from tests.benchmarks.measure import Measure
from tests.desk import PASSWORD

SIZES = {"small": 1_000, "full": 100_000, "large": 100_000}
CASES = {"small": 50, "full": 5_000, "large": 5_000}
FIRST_ANSWER_MS = 50.0
TYPED = ("n", "nguyen", "Nguyễn Hường", "0521", "12/QLC", "cho duyet", "khai sinh", "sao luu")


def run(size: str) -> list[Measure]:
    """Fill an office with people and cases, then search as somebody types."""
    folder = Path(tempfile.mkdtemp(prefix="bench-finding-"))
    try:
        home = folder / "office"
        _fill(home, SIZES[size])
        ws = workspace.open(home, "lan", PASSWORD)
        _open_cases(ws, CASES[size])
        bare = _milliseconds(lambda: _bare(ws))
        found = [
            Measure(
                f"search for “{typed}” among {SIZES[size]:,}",
                _milliseconds(lambda typed=typed: finding.find(ws, typed)),  # type: ignore[misc]
                "ms",
                FIRST_ANSWER_MS,
                1.0,
                more_is_better=False,
            )
            for typed in TYPED
        ]
        seen = _milliseconds(lambda: finding.recent(ws))
        ws.db.close()
        return [*found, Measure("seen lately", seen, "ms", bare, more_is_better=False)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _open_cases(ws: Workspace, count: int) -> None:
    ids = person.ids(ws, PeopleFilter())[:count]
    for start in range(0, len(ids), 500):
        drafts = [
            (one, CaseDraft("Sống một mình", case_number=f"{start + place}/QLC"))
            for place, one in enumerate(ids[start : start + 500])
        ]
        care_case.open_many(ws, drafts)


def _bare(ws: Workspace) -> object:
    with ws.db.read() as session:
        return session.execute(text("SELECT id, name FROM person LIMIT 5")).all()
