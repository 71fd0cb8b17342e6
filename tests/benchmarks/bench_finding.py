"""How soon the one search answers in a large office, as somebody types.

The office has what makes a search slow: cases and scans of many people, and a long log of who saw
whom. People come first and alone, as the window asks for them; the rest follows.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from app.actions import care_case, finding, person
from app.values.care_case import CaseDraft
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data.base import new_id, now_text
from data.records import access
from data.records.attachment import Attachment
from tests.benchmarks import grown
from tests.benchmarks.bench_people import _milliseconds
from tests.benchmarks.measure import Measure

SIZES = {
    "small": (1_000, 50, 300, 2_000),
    "full": (100_000, 8_000, 30_000, 200_000),
    "large": (100_000, 8_000, 30_000, 200_000),
}
"""Persons, cases, scans, lines of the log."""
FIRST_ANSWER_MS = 50.0
TYPED = (
    "n",
    "nguyen",
    "thi",
    "Nguyễn Hường",
    "Nguyễn Thị Hường",
    "0521",
    "12/QLC",
    "cho duyet",
    "do thi thuy",
    "khai sinh",
    "khai sinh huong",
    "cho toi xem giay khai sinh",
    "sao luu",
)
WORKERS = ("Đỗ Thị Thuỷ", "Lê Văn Mỹ", "Trần Minh")
TITLES = ("Giấy khai sinh", "Căn cước công dân", "Giấy ra viện", "Đơn xin trợ cấp", "Sổ hộ nghèo")
AT_ONCE = 500


def run(size: str) -> list[Measure]:
    """Fill an office with people and cases, then search as somebody types."""
    folder = Path(tempfile.mkdtemp(prefix="bench-finding-"))
    try:
        persons, cases, scans, looks = SIZES[size]
        at = grown.office_of(folder / "office", persons)
        fill(at.lan, cases, scans, looks)
        found = measured(at.lan, persons)
        at.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fill(ws: Workspace, cases: int, scans: int, looks: int) -> None:
    """Cases, scans and lines of the log for the persons of an office."""
    chance, ids_of = random.Random(7), list(person.ids(ws, PeopleFilter()))
    chance.shuffle(ids_of)
    for start in range(0, cases, AT_ONCE):
        some = ids_of[start : start + min(AT_ONCE, cases - start)]
        drafts = [
            (one, CaseDraft("Đau ốm", chance.choice(WORKERS), "", "paper", f"{start + n}/QLC"))
            for n, one in enumerate(some)
        ]
        care_case.open_many(ws, drafts)
    with ws.db.write(ws.author()) as session:
        connection = session.connection()
        connection.execute(text("UPDATE capture_state SET applying = 1"))
        connection.execute(insert(Attachment), list(_scans(ws, ids_of, scans, chance)))
        connection.execute(text("UPDATE capture_state SET applying = 0"))
        access.write(session, list(_looks(ws, ids_of, looks, chance)))


def measured(ws: Workspace, persons: int) -> list[Measure]:
    """First the people of each word, then all, then what was seen lately."""
    bare = _milliseconds(lambda: _bare(ws))
    found = []
    for typed in TYPED:
        for what, ask in (("people", finding.find_people), ("rest", finding.find_records)):
            took = _milliseconds(lambda ask=ask, typed=typed: ask(ws, typed))  # type: ignore[misc]
            name = f"search for “{typed}” among {persons:,}: {what}"
            found.append(Measure(name, took, "ms", FIRST_ANSWER_MS, 1.0, more_is_better=False))
    seen = _milliseconds(lambda: finding.recent(ws))
    return [*found, Measure("seen lately", seen, "ms", bare, more_is_better=False)]


def _scans(
    ws: Workspace, ids: list[str], count: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    at = now_text()
    for number in range(count):
        digest = f"{number:064x}"
        yield {
            "id": new_id(),
            "office_id": ws.office.id,
            "person_id": chance.choice(ids),
            "sha256": digest,
            "mime": "image/jpeg",
            "width": 1200,
            "height": 1700,
            "size": 250_000,
            "attachment_kind": "identity",
            "title": f"{chance.choice(TITLES)} số {number}",
            "created_at": at,
            "updated_at": at,
            "created_by": "minh",
            "updated_by": "minh",
        }


def _looks(
    ws: Workspace, ids: list[str], count: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Nineteen glances at lines of lists for one page that was opened; some prints."""
    at = now_text()
    for number in range(count):
        kind, detail = ("view", "" if number % 20 == 0 else "list")
        if number % 50 == 1:
            kind, detail = "print", f"hồ sơ {number // 1000}.pdf"
        who = chance.choice(ids)
        yield {"at": at, "by": ws.user.login, "kind": kind, "person_id": who, "detail": detail}


def _bare(ws: Workspace) -> object:
    with ws.db.read() as session:
        return session.execute(text("SELECT id, name FROM person LIMIT 5")).all()
