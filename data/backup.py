"""Backups of the store: made while people work, thinned by age, tried out and restored."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import update

from data import container, database, disk, in_use, keyfile, keyring, restoring
from data.container import Header, Made
from data.database import Author, Database
from data.errors import DataError, StoreBusy, WrongPassword
from data.keyring import OpenKeys
from data.records.sync import RESTORED, SyncState

FOLDER = "backups"
RECENT_KEPT = 3
DAYS_KEPT = 7
WEEKS_KEPT = 4
MONTHS_KEPT = 12
UNFINISHED = f"{container.PREFIX}*{container.SUFFIX}.part"
UNFINISHED_AGE_S = 3600.0


@dataclass(frozen=True)
class Restored:
    """What came back; `aside` is the folder that now holds the store that was there, if any."""

    home: Path
    header: Header
    login: str
    aside: Path | None


@dataclass(frozen=True)
class Tried:
    """What a restore drill found in a backup: everything opened, read and counted."""

    header: Header
    login: str
    persons: int
    problems: tuple[str, ...]


def make(database_: Database, out_dir: Path | None = None) -> Made:
    """Write a backup while people go on working; read it back; give its path and header.

    Raises DiskFull, NotAllowed (`place_not_writable`), StoreDamaged (the store itself is damaged:
    older backups are left alone).
    """
    folder = out_dir or database_.home / FOLDER
    with database_.copying() as connection:
        source = connection.connection.dbapi_connection
        assert source is not None
        return container.write(source, database_.home, database_.file_key, folder)


def make_and_rotate(database_: Database, out_dir: Path | None = None) -> Made:
    """A backup, then the old ones of the same store beside it are thinned out."""
    made = make(database_, out_dir)
    disk.clear_leftovers(made.path.parent, (UNFINISHED,), UNFINISHED_AGE_S)
    rotate(made.path.parent, made.header.store_id, made.path)
    return made


def rotate(folder: Path, store_id: str, made: Path | None = None) -> tuple[Path, ...]:
    """Remove the backups of this store that the rule does not keep; gives what was removed.

    The one just `made` stays, also beside those of a clock that ran years ahead.
    Backups of other stores and files that cannot be read are never touched.
    """
    ours = [(path, head) for path, head in container.listed(folder) if head.store_id == store_id]
    kept = to_keep([(path, _day(head)) for path, head in ours])
    gone = tuple(path for path, _ in ours if path not in kept and path != made)
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def to_keep(newest_first: Iterable[tuple[Path, date]]) -> frozenset[Path]:
    """The newest three, and the newest of each of 7 days, 4 weeks and 12 months with a backup."""
    backups = list(newest_first)
    rules: tuple[tuple[Callable[[date], object], int], ...] = (
        (lambda day: day, DAYS_KEPT),
        (lambda day: day.isocalendar()[:2], WEEKS_KEPT),
        (lambda day: (day.year, day.month), MONTHS_KEPT),
    )
    kept = {path for path, _ in backups[:RECENT_KEPT]}
    for period, number in rules:
        newest: dict[object, Path] = {}
        for path, day in backups:
            newest.setdefault(period(day), path)
        kept.update(list(newest.values())[:number])
    return frozenset(kept)


def latest(folder: Path, store_id: str) -> tuple[Path, Header] | None:
    """The newest readable backup of this store in a folder, or None."""
    ours = (pair for pair in container.listed(folder) if pair[1].store_id == store_id)
    return next(ours, None)


def drill(home: Path, file: Path, secret: str, login: str = "") -> Tried:
    """Restore a backup into a temporary folder, read all of it, count, and clean up.

    The folder lies in the home's tmp; what lies there is encrypted like the store.
    Raises as restore does; the home itself is not touched.
    """
    keys = open_keys(container.read_keys(file), secret, login)
    with _room_for_drill(home) as folder:
        header = container.unpack(file, folder)
        with _opened_for(folder, keys.login, secret) as opened:
            problems = opened.check()
            with opened.copying() as connection:
                persons = connection.exec_driver_sql(container.PERSONS).scalar_one()
    return Tried(header, keys.login, int(persons), problems)


def anybody_may(_opened: Database) -> None:
    """Nothing speaks against a restore."""


def restore(
    file: Path,
    home: Path,
    secret: str,
    login: str = "",
    allow: Callable[[Database], None] = anybody_may,
) -> Restored:
    """Bring a backup into a home, empty or not; a store that was there is set aside, never lost.

    `secret` is the password that the person had when the backup was made, or the recovery code
    of that time; without a login every slot is tried. The backup is opened in full before the
    home is touched; `allow` may look into it and refuse. Cut off after that, it is finished by
    the next start (data.restoring). Raises WrongPassword, StoreDamaged,
    NewerVersion, DiskFull, StoreBusy (a program has the store open), DataError (`not_a_backup`,
    `backup_missing`).
    """
    keys = open_keys(container.read_keys(file), secret, login)
    with disk.told(home):
        (home / "tmp").mkdir(parents=True, exist_ok=True)
        disk.keep_private(home)
        made = Path(tempfile.mkdtemp(prefix="restore-", dir=home / "tmp"))
    try:
        header = container.unpack(file, made)
        _bring_up(made, keys, secret, allow)
        if in_use.anybody(home):
            raise StoreBusy(waited_s=0, where="other_program")
        restoring.decide(made, home)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    done = restoring.finish(home)
    return Restored(home, header, keys.login, done.aside if done else None)


def open_keys(keys: keyfile.KeyFile, secret: str, login: str = "") -> OpenKeys:
    """The keys of a backup behind a password or recovery code. Raises WrongPassword."""
    if login:
        return keyring.open_slot(keys, login, secret)
    try:
        return keyring.open_recovery(keys, secret)
    except WrongPassword:
        pass
    for slot in keys.slots:
        if slot.login == keyfile.RECOVERY_LOGIN:
            continue
        try:
            return keyring.open_slot(keys, slot.login, secret)
        except WrongPassword:
            continue
    raise WrongPassword(login="")


def _bring_up(folder: Path, keys: OpenKeys, secret: str, allow: Callable[[Database], None]) -> None:
    """Open the copy once: migrate it, look at all of it, build the search index anew, and note
    that the server must be asked before the copy counts as its device."""
    with _opened_for(folder, keys.login, secret) as opened:
        allow(opened)
        problems = opened.check()
        if problems:
            raise DataError("backup_damaged", problems=problems)
        opened.rebuild_search()
        with opened.write(Author("")) as session:
            session.execute(update(SyncState).values(error_code=RESTORED, error_facts="{}"))


@contextmanager
def _opened_for(folder: Path, login: str, secret: str) -> Iterator[Database]:
    if login == keyfile.RECOVERY_LOGIN:
        opened = database.open_with_recovery(folder, secret)
    else:
        opened = database.open_store(folder, login, secret)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def _room_for_drill(home: Path) -> Iterator[Path]:
    with disk.told(home):
        (home / "tmp").mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="drill-", dir=home / "tmp"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _day(header: Header) -> date:
    instant = datetime.fromisoformat(header.made_at.replace("Z", "+00:00"))
    return instant.astimezone().date()
