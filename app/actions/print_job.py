"""What an interrupted run of printing leaves behind, so that the next one goes on from there.

The journal lies in the store beside other begun work, not on the disk: the path that was asked
for may carry a person's name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.workspace import Workspace
from data.base import instant_text
from data.records import draft as begun
from data.records.draft import Draft

RECORD = "print:"
PARTS_OF_FOLDER = "[0-9][0-9][0-9][0-9]_*.pdf.part"
KEPT = timedelta(days=1)
"""After a day the records may have changed and a half-printed volume is no longer wanted."""


@dataclass(slots=True)
class Done:
    """A person already printed: the file (name only), its first page in a volume, its pages."""

    id: str
    file: str
    page: int
    pages: int


@dataclass(slots=True)
class Job:
    """One request to print: `pdf` is how far the parts of a volume are written."""

    login: str
    key: str
    out: Path
    done: list[Done] = field(default_factory=list)
    pdf: dict[str, Any] | None = None
    kept: bool = False

    def keep(self, ws: Workspace) -> None:
        """Write the journal: after a crash the old or the new one is there."""
        closed = ws.file_password  # never gone on with: the next password may be another one
        written = {
            "out": str(self.out.absolute()),
            "done": [] if closed else [[one.id, one.page, one.pages] for one in self.done],
            "pdf": self.pdf,
        }
        payload = json.dumps(written, ensure_ascii=False)
        at = instant_text(ws.clock())
        with ws.db.write(ws.author()) as session:
            session.merge(Draft(login=self.login, key=self.key, payload=payload, saved_at=at))
        self.kept = True

    def forget(self, ws: Workspace) -> None:
        """The work is finished: nothing to go on with."""
        with ws.db.write(ws.author()) as session:
            begun.drop(session, self.login, self.key)
        self.kept = False

    def name_files(self, name: Callable[[int, str], str]) -> None:
        """Find the file of each printed person by place and id; a lost one ends the list."""
        for number, one in enumerate(self.done, 1):
            one.file = name(number, one.id)
            if not one.file:
                del self.done[number - 1 :]
                return


def part_of(out: Path) -> Path:
    """The name a file has until it is whole."""
    return out.with_name(out.name + ".part")


def resume(ws: Workspace, ids: Sequence[str], out: Path, kind: str) -> Job:
    """The job of this very request: as it was interrupted within the last day, or a new one.

    Under a password it begins anew, and what an open one left half done is taken away.
    """
    clear(ws)
    job = of(ws, ids, out, kind)
    with ws.db.read() as session:
        row = session.get(Draft, (job.login, job.key))
    if row is not None and ws.file_password:
        drop(ws, job)
    elif row is not None:
        written = json.loads(row.payload)
        job.done = [Done(who, "", page, pages) for who, page, pages in written["done"]]
        job.pdf, job.kept = written["pdf"], True
    return job


def of(ws: Workspace, ids: Sequence[str], out: Path, kind: str) -> Job:
    """The job of a request, new: the same request of the same user has the same key."""
    asked = "\n".join((kind, str(out.absolute()), *ids))
    digest = hashlib.sha256(asked.encode("utf-8")).hexdigest()[:24]
    return Job(ws.user.login, f"{RECORD}{digest}", out)


def clear(ws: Workspace) -> int:
    """Take away half-written papers older than a day, and journals whose papers are gone.

    They hold names of people in the clear, beside the target. Answers how many jobs were cleared.
    """
    with ws.db.read() as session:
        rows = begun.of_record(session, RECORD)
    cleared = 0
    for row in rows:
        out = Path(json.loads(row.payload)["out"])
        old = abs(ws.clock() - datetime.fromisoformat(row.saved_at)) > KEPT
        if old or not (part_of(out).exists() or out.is_dir()):
            drop(ws, Job(row.login, row.key, out))
            cleared += 1
    return cleared


def drop(ws: Workspace, job: Job) -> None:
    """Give a job up: its journal and what nobody may see yet go; whole logged files stay."""
    shutil.rmtree(part_of(job.out), ignore_errors=True)
    if job.out.is_dir():
        for part in job.out.glob(PARTS_OF_FOLDER):
            part.unlink(missing_ok=True)
    job.forget(ws)
