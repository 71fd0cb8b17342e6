"""Where backups of this store were put, so that a stick in a drawer is not forgotten."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from data import disk
from data.container import Made

FILE_NAME = "places.json"
REMEMBERED_MAX = 200


@dataclass(frozen=True)
class Known:
    """A backup that was made; `made_at` is ISO UTC text. It may lie on a stick not plugged in.

    `last_change` is the number of the newest change in it.
    """

    path: Path
    made_at: str
    persons: int
    bytes: int
    other_disk: bool
    last_change: int = 0


def remember(home: Path, made: Made) -> Known:
    """Add a backup to those known."""
    known = Known(
        path=made.path.absolute(),
        made_at=made.header.made_at,
        persons=made.header.persons,
        bytes=made.bytes,
        other_disk=on_another_disk(home, made.path),
        last_change=made.header.last_change,
    )
    lines = [known, *(one for one in recalled(home) if one.path != known.path)]
    content = [asdict(line) | {"path": str(line.path)} for line in lines[:REMEMBERED_MAX]]
    disk.write_whole(_file(home), json.dumps(content, ensure_ascii=False, indent=1).encode())
    return known


def recalled(home: Path) -> tuple[Known, ...]:
    """Backups made from this PC, newest first; those that were removed from this disk are out."""
    try:
        lines = json.loads(_file(home).read_bytes())
        known = [Known(**(line | {"path": Path(line["path"])})) for line in lines]
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        known = []
    there = [one for one in known if one.other_disk or one.path.exists()]
    return tuple(sorted(there, key=lambda one: one.made_at, reverse=True))


def on_another_disk(home: Path, path: Path) -> bool:
    """True when the file lies on another disk or stick than the store, as the system says."""
    return os.stat(path).st_dev != os.stat(home).st_dev


def _file(home: Path) -> Path:
    folder = home / "backups"
    folder.mkdir(exist_ok=True)
    return folder / FILE_NAME
