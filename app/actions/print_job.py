"""What an interrupted run of printing leaves behind, so that the next one goes on from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path("tmp") / "print-jobs"
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

    def keep(self) -> None:
        """Write the journal so that a crash leaves the old or the new one whole."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = {
            "out": str(self.out),
            "done": [[one.id, one.file, one.page, one.pages] for one in self.done],
            "pdf": self.pdf,
        }
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
        os.replace(new, self.path)

    def forget(self) -> None:
        """The work is finished: nothing to go on with."""
        self.path.unlink(missing_ok=True)


def part_of(out: Path) -> Path:
    """The name a file has until it is whole."""
    return out.with_name(out.name + ".part")


def resume(home: Path, ids: Sequence[str], out: Path, kind: str) -> Job:
    """The job of this very request: as it was interrupted within the last day, or a new one."""
    _clear(home)
    asked = "\n".join((kind, str(out.absolute()), *ids))
    name = hashlib.sha256(asked.encode("utf-8")).hexdigest()[:24]
    job = Job(home / FOLDER / f"{name}.json", out)
    try:
        written = json.loads(job.path.read_text(encoding="utf-8"))
        job.done = [Done(*line) for line in written["done"]]
        job.pdf = written["pdf"]
    except (OSError, ValueError, KeyError, TypeError):
        return Job(job.path, out)
    return job


def _clear(home: Path) -> None:
    """Forget jobs older than a day, and take away the half-written volumes they left."""
    before = time.time() - KEPT_S
    for path in (home / FOLDER).glob("*.json"):
        try:
            if path.stat().st_mtime < before:
                out = Path(json.loads(path.read_text(encoding="utf-8"))["out"])
                shutil.rmtree(part_of(out), ignore_errors=True)
                path.unlink()
        except (OSError, ValueError, KeyError):
            path.unlink(missing_ok=True)
