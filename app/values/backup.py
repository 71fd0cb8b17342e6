"""Frozen values about backups that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup file: where it lies, its size, how many persons it holds, when it was made (UTC).

    `other_disk` says that it does not burn together with this PC.
    """

    path: Path
    bytes: int
    persons: int
    at: str
    other_disk: bool


@dataclass(frozen=True, slots=True)
class DrillReport:
    """What came of trying a backup out; `ok` when it opened whole and holds what it says.

    `persons_now` is the count in the store of today, `took_s` the seconds the drill needed.
    """

    file: Path
    at: str
    persons: int
    persons_now: int
    problems: tuple[str, ...]
    took_s: float

    @property
    def ok(self) -> bool:
        """True when the backup would bring the office back."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What a look at the whole store found; `problems` is empty when all is well."""

    problems: tuple[str, ...]
    took_s: float

    @property
    def ok(self) -> bool:
        """True when every page and index is as it was written."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class BackupRestored:
    """A restored home; `aside` holds the store that was there before, if there was one."""

    home: Path
    login: str
    at: str
    persons: int
    aside: Path | None


@dataclass(frozen=True, slots=True)
class FromPaper:
    """Work about one person to be typed again: `changes` of these `logins` between two instants.

    `person_id` and `name` are empty for the office's own records (users, settings).
    """

    person_id: str
    name: str
    commune: str
    changes: int
    first_at: str
    last_at: str
    logins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FromList:
    """A list to be imported again: `changes` that came from it and are only on this PC."""

    file: str
    changes: int


@dataclass(frozen=True, slots=True)
class BurnedReport:
    """If this PC burned now: what returns from a backup, the server, lists and paper.

    `backup` is the newest one on another disk; `backup_here` a newer one that would burn too.
    `server_changes` and `server_records` are those confirmed by the server since that backup.
    `files` are photos and scans added since whose originals the server does not have.
    """

    office: str
    at: str
    by: str
    persons_now: int
    enrolled: bool
    backup: BackupMade | None
    backup_here: BackupMade | None
    server_changes: int
    server_records: int
    lists: tuple[FromList, ...]
    paper: tuple[FromPaper, ...]
    files: int
