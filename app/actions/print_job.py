"""What an interrupted run of printing leaves behind, so that the next one goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path("tmp") / "print-jobs"
PARTS_OF_FOLDER = "[0-9][0-9][0-9][0-9]_*.pdf.part"
KEPT_S = 24 * 3600
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

    path: Path
    out: Path
    done: list[Done] = field(default_factory=list)
    pdf: dict[str, Any] | None = None
    kept: bool = False

    def keep(self) -> None:
        """Write the journal so that a crash leaves the old or the new one whole.

        It lies on the disk in the clear: ids and numbers, and the path that was asked for, which
        lies beside it as a name anyway; never the name of a person.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = {
            "out": str(self.out.absolute()),
            "done": [[one.id, one.page, one.pages] for one in self.done],
            "pdf": self.pdf,
        }
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
        os.replace(new, self.path)
        self.kept = True

    def forget(self) -> None:
        """The work is finished: nothing to go on with."""
        self.path.unlink(missing_ok=True)
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


def resume(home: Path, ids: Sequence[str], out: Path, kind: str) -> Job:
    """The job of this very request: as it was interrupted within the last day, or a new one."""
    clear(home)
    job = Job(path_of(home, ids, out, kind), out)
    try:
        written = json.loads(job.path.read_text(encoding="utf-8"))
        done = [Done(who, "", int(page), int(pages)) for who, page, pages in written["done"]]
        job.done, job.pdf, job.kept = done, written["pdf"], True
    except (OSError, ValueError, KeyError, TypeError):
        return Job(job.path, out)
    return job


def path_of(home: Path, ids: Sequence[str], out: Path, kind: str) -> Path:
    """Where the journal of a request lies: the same request has the same name."""
    asked = "\n".join((kind, str(out.absolute()), *ids))
    return home / FOLDER / f"{hashlib.sha256(asked.encode('utf-8')).hexdigest()[:24]}.json"


def clear(home: Path) -> int:
    """Take away half-written papers older than a day, and journals whose papers are gone.

    They hold names of people in the clear, beside the target. Answers how many jobs were cleared.
    """
    before = time.time() - KEPT_S
    cleared = 0
    for path in (home / FOLDER).glob("*.json"):
        try:
            out = Path(json.loads(path.read_text(encoding="utf-8"))["out"])
            if path.stat().st_mtime < before or not (part_of(out).exists() or out.is_dir()):
                drop(Job(path, out))
                cleared += 1
        except (OSError, ValueError, KeyError, TypeError):
            path.unlink(missing_ok=True)
    return cleared


def drop(job: Job) -> None:
    """Give a job up: its journal and what nobody may see yet go; whole logged files stay."""
    shutil.rmtree(part_of(job.out), ignore_errors=True)
    if job.out.is_dir():
        for part in job.out.glob(PARTS_OF_FOLDER):
            part.unlink(missing_ok=True)
    job.forget()
