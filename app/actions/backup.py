"""Backups as the office meets them: make, try out, restore, and what a burned PC would cost."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from pathlib import Path

from app import workspace
from app.actions import access
from app.values.backup import (
    BackupMade,
    BackupRestored,
    BurnedReport,
    DrillReport,
    FromList,
    FromPaper,
    StoreCheck,
)
from app.wording import translate
from app.workspace import Workspace
from data import backup, backup_places, database, exposure, restoring, shut_out
from data.backup_places import Known
from data.base import instant_text
from data.database import Database
from data.keyfile import RECOVERY_LOGIN
from data.records import office


def backup_now(ws: Workspace, out_dir: Path | None = None) -> BackupMade:
    """Write a backup into a folder (a stick), or into the home's own; older ones are thinned.

    Those who left are shut out of the older ones that lie there. Raises Refused (not_allowed) and
    data.errors.DiskFull, NotAllowed, StoreDamaged, KeysChanged.
    """
    ws.demand("backup")
    made = backup.make_and_rotate(ws.db, out_dir)
    shut_out.of_copies(ws.home, ws.db.keys, _gone(ws), (made.path.parent,))
    return _made(backup_places.remember(ws.home, made))


def shut_out_the_gone(ws: Workspace) -> tuple[Path, ...]:
    """Shut those who left out of every backup within reach and of stores that were set aside.

    Answers what they can still open with their old password: backups on sticks that are not
    plugged in now, and files that this user cannot change.
    """
    ws.demand("users")
    gone = _gone(ws)
    if not gone:
        return ()
    away = {one.path for one in backup_places.recalled(ws.home) if not one.path.exists()}
    folders = ((ws.home / backup.FOLDER), *places(ws))
    return (*shut_out.of_copies(ws.home, ws.db.keys, gone, folders), *sorted(away))


def due(ws: Workspace) -> bool:
    """True when no backup was made today: the window makes one in the background then."""
    days = {_day(known.made_at) for known in backup_places.recalled(ws.home)}
    return ws.today().isoformat() not in days


def latest(ws: Workspace) -> BackupMade | None:
    """The newest backup made from this PC, wherever it lies; None when there is none."""
    known = backup_places.recalled(ws.home)
    return _made(known[0]) if known else None


def places(ws: Workspace) -> tuple[Path, ...]:
    """Folders outside the home that backups went to, the last one first."""
    own = (ws.home / backup.FOLDER).absolute()
    folders = (known.path.parent for known in backup_places.recalled(ws.home))
    return tuple(dict.fromkeys(folder for folder in folders if folder != own))


def drill(ws: Workspace, file: Path, password: str) -> DrillReport:
    """Restore a backup into a temporary folder, read everything, count, and clean up.

    `password` is the one of the time of the backup, of anybody, or that time's recovery code.
    Raises Refused (not_allowed) and data.errors: WrongPassword, StoreDamaged, NewerVersion,
    DiskFull, DataError (`not_a_backup`, `backup_missing`).
    """
    ws.demand("backup")
    began = time.monotonic()
    tried = backup.drill(ws.home, file, password)
    problems = list(tried.problems)
    if tried.persons != tried.header.persons:
        problems.append(f"{tried.persons} != {tried.header.persons}")
    return DrillReport(
        file=file,
        at=tried.header.made_at,
        persons=tried.persons,
        persons_now=_persons(ws),
        problems=tuple(problems),
        took_s=round(time.monotonic() - began, 2),
    )


def restore(file: Path, home: Path, password: str, login: str = "") -> BackupRestored:
    """Bring a backup into a home that no program has open; what was there is set aside.

    Without a login everybody's slot is tried, and the recovery code. In place of a store that is
    there only who may make backups brings one back. Raises Refused (not_allowed) and data.errors:
    WrongPassword, StoreDamaged, NewerVersion, StoreBusy, DiskFull, DataError (`not_a_backup`,
    `backup_missing`); then the home is as it was.
    """

    def allow(opened: Database) -> None:
        if database.exists(home) and opened.keys.login != RECOVERY_LOGIN:
            workspace.attach(opened, opened.keys.login).demand("backup")

    done = backup.restore(file, home, password, login, allow)
    header = done.header
    return BackupRestored(home, done.login, header.made_at, header.persons, done.aside)


def restore_pending(home: Path) -> bool:
    """True when the power went while a backup was brought back: `finish_restore` ends it."""
    return restoring.pending(home)


def finish_restore(home: Path) -> str:
    """End a restore that was cut off; says so in words, empty when there was none.

    Raises data.errors: DiskFull, NotAllowed, StoreBusy.
    """
    done = restoring.finish(home)
    if done is None:
        return ""
    words = translate("Lần phục hồi trước bị ngắt giữa chừng; nay đã làm xong.")
    if done.aside is not None:
        words += " " + translate("Sổ cũ nằm ở {folder}.", folder=done.aside)
    return words


def check(ws: Workspace) -> StoreCheck:
    """Read every page and index of the store; seconds, so never on the screen's thread."""
    began = time.monotonic()
    problems = ws.db.check()
    return StoreCheck(problems, round(time.monotonic() - began, 2))


def burned_report(ws: Workspace) -> BurnedReport:
    """The answer to "the PC burned last night"; a look at those it names is logged."""
    report = burned_now(ws)
    access.looked(ws, people_in(report), "burned-pc")
    return report


def people_in(report: BurnedReport) -> list[str]:
    """The ids of the people whom the report names."""
    return [line.person_id for line in report.paper if line.person_id]


def burned_now(ws: Workspace) -> BurnedReport:
    """The same before anybody sees it: whoever prints it logs the print."""
    ws.demand("backup")
    known = backup_places.recalled(ws.home)
    safe = next((one for one in known if one.other_disk), None)
    here = known[0] if known and known[0] is not safe else None
    since = exposure.Backed(safe.made_at, safe.last_change) if safe else exposure.Backed()
    with ws.db.read() as session:
        changes, records = exposure.acknowledged_since(session, since)
        unsaved = exposure.unsaved_since(session, since)
        files = exposure.files_since(session, since)
        persons_now = exposure.persons(session)
    return BurnedReport(
        office=ws.office.name,
        at=instant_text(ws.clock()),
        by=f"{ws.user.full_name or ws.user.login} ({ws.user.login})",
        persons_now=persons_now,
        enrolled=ws.office.enrolled_at is not None,
        backup=_made(safe) if safe else None,
        backup_here=_made(here) if here else None,
        server_changes=changes,
        server_records=records,
        lists=_lists(unsaved),
        paper=tuple(_paper(line) for line in unsaved if line.typed),
        files=files,
    )


def _lists(unsaved: tuple[exposure.Unsaved, ...]) -> tuple[FromList, ...]:
    counts: Counter[str] = Counter()
    for line in unsaved:
        counts.update(dict(line.lists))
    return tuple(FromList(file, number) for file, number in sorted(counts.items()))


def _paper(line: exposure.Unsaved) -> FromPaper:
    return FromPaper(
        line.person_id,
        line.name,
        line.commune,
        line.typed,
        line.first_at,
        line.last_at,
        line.logins,
    )


def _made(known: Known) -> BackupMade:
    return BackupMade(known.path, known.bytes, known.persons, known.made_at, known.other_disk)


def _gone(ws: Workspace) -> frozenset[str]:
    with ws.db.read() as session:
        return frozenset(one.login for one in office.users(session) if not one.active)


def _persons(ws: Workspace) -> int:
    with ws.db.read() as session:
        return exposure.persons(session)


def _day(instant: str) -> str:
    moment = datetime.fromisoformat(instant.replace("Z", "+00:00"))
    return moment.astimezone().date().isoformat()
