"""Sheets the office keeps in its cupboard: the recovery code, and what a burned PC would cost."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.actions import access, backup
from app.papers import burned, recovery
from app.values.papers import RecoverySheet
from app.wording import translate
from app.workspace import Workspace


def recovery_code(office: str, code: str, by: str, home: Path) -> bytes:
    """The recovery code on a page, as PDF bytes that are to be printed and not kept.

    `by` names who made it. Raises FontMissing.
    """
    at = datetime.now().astimezone().strftime("%H:%M %d/%m/%Y")
    return recovery.typeset(RecoverySheet(office, code, at, by, str(home)), translate)


def burned_pc(ws: Workspace) -> bytes:
    """Of "the PC burned last night": what returns from backup, server, lists and paper, as a PDF.

    It names people, so it is in the log as a print of each.

    Raises Refused (not_allowed) and FontMissing.
    """
    report = backup.burned_now(ws)
    access.seen_many(ws, backup.people_in(report), "print", "burned-pc")
    return burned.typeset(report, translate)
