"""Takes over a paper book as a sheet: services, supports, devices, open files, board minutes
("theo hồ sơ cũ")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import (
    application,
    assistive_device,
    certificate_opening,
    cold_start,
    field_values,
    medical_referral,
    provider,
    support,
)
from app.actions.field_values import Bad, Ground
from app.errors import Problem, Refused
from app.imports import discretion, record_sheet
from app.imports.record_sheet import RecordRow
from app.values.assistive_device import AidDraft
from app.values.provider import ProviderDraft
from app.values.record_sheet import RowRefused, SheetTaken
from app.values.support import SupportDraft
from app.workspace import Workspace
from data import fields
from data.records import meant

KNOWN = frozenset(
    "provider_twice support_twice aid_twice application_twice board_twice "
    "certificate_on_paper_twice".split()
)
"""Refusals that say: this row is in the book already."""
KINDS = (
    *("provider", "support", "assistive_device"),
    *("application", "medical_referral", "certificate"),
)
ROWS_AT_ONCE = 500
"""Rows that one transaction writes: others at this PC wait no longer than for these."""

Write = Callable[[Workspace, Session, str, Mapping[str, object]], str]


class _Dry(Exception):
    """Ends a try-out: everything is undone."""


def take(ws: Workspace, record: str, path: Path, dry_run: bool = False) -> SheetTaken:
    """Write every row of a sheet that can be written; the others are named with what to mend.

    The same sheet again writes nothing twice. With `dry_run` nothing stays written. Raises
    Refused: not_allowed, what a file that is no list refuses, sheet_without_heads.
    """
    ws.demand("import")
    ws.demand("enter")
    rows = list(record_sheet.rows(record, path))
    done: list[SheetTaken] = []
    for start in range(0, max(len(rows), 1), ROWS_AT_ONCE):
        try:
            with ws.db.write(ws.author()) as session:
                cold_start.demand_rows(session)
                some = rows[start : start + ROWS_AT_ONCE]
                done.append(_take(ws, session, record, (path.name, some)))
                if dry_run:
                    raise _Dry
        except _Dry:
            pass
    return SheetTaken(
        len(rows),
        sum(one.created for one in done),
        sum(one.known for one in done),
        tuple(refused for one in done for refused in one.refused),
    )


def refuse_closed(record: str, values: Mapping[str, object]) -> None:
    """Raise Refused (`row_says_closed`) for a row that tells of HIV in words everybody reads."""
    name = discretion.telling(values)
    if name:
        raise Refused.one("row_says_closed", name, label=fields.get(record, name).vi)


def _take(
    ws: Workspace, session: Session, record: str, told: tuple[str, list[RecordRow]]
) -> SheetTaken:
    file, rows = told
    created, known, refused = 0, 0, []
    for row in rows:
        session.info["author"] = ws.author(discretion.source(file, row.sheet, row.row))
        try:
            person_id = ""
            row.demand_results()
            row.demand_whole(record)
            if record != "provider":  # a service may be for people with HIV: that is no person
                refuse_closed(record, row.values)
                person_id = _whose(ws, session, row)
            WRITERS[record](ws, session, person_id, row.values)
            created += 1
        except Refused as wrong:
            if {problem.code for problem in wrong.problems} <= KNOWN:
                known += 1
            else:
                name = row.who.get("name") or next(iter(row.values.values()), "-")
                refused.append(RowRefused(row.sheet, row.row, name, tuple(wrong.problems)))
    return SheetTaken(len(rows), created, known, tuple(refused))


def _whose(ws: Workspace, session: Session, row: RecordRow) -> str:
    """The one person a row is about. Raises Refused: sheet_person_none, sheet_person_several."""
    number = str(row.who.get("id_number", "")).replace(" ", "").replace(".", "")
    for key in (row.who.get("person_id", ""), number):
        found = meant.named(session, {key}, {key}).get(key, []) if key else []
        if len(found) == 1:
            return found[0]
    name = row.who.get("name", "")
    if not name:
        raise Refused.one("sheet_person_needed", "name")
    birth, commune = (_read(ws, field, row.who.get(field, "")) for field in ("birth", "commune"))
    found = meant.of_name(session, name, birth[:4], commune)
    if len(found) != 1:
        code = "sheet_person_several" if found else "sheet_person_none"
        raise Refused.one(code, "name", name, count=len(found))
    return found[0]


def _read(ws: Workspace, name: str, typed: str) -> str:
    """A person's birth or commune as the book keeps it; empty where it cannot be understood."""
    try:
        return str(field_values.stored(fields.get("person", name), typed, Ground.of(ws)) or "")
    except Bad as bad:
        label = fields.get("person", name).vi
        problem = Problem.of(str(bad), name, typed, label=label, **bad.facts)
        raise Refused([problem]) from bad


def _service(ws: Workspace, session: Session, _who: str, values: Mapping[str, object]) -> str:
    return provider.write(ws, session, ProviderDraft(values))


def _support(ws: Workspace, session: Session, who: str, values: Mapping[str, object]) -> str:
    given = {"support_origin": "paper", "support_kind": "goods"} | dict(values)
    return support.write(ws, session, SupportDraft(who, given))


def _aid(ws: Workspace, session: Session, who: str, values: Mapping[str, object]) -> str:
    given = {"aid_origin": "paper"} | dict(values)
    return assistive_device.write(ws, session, AidDraft(who, given))


def _file(ws: Workspace, session: Session, who: str, values: Mapping[str, object]) -> str:
    return application.of_paper(ws, session, who, values)


def _minutes(ws: Workspace, session: Session, who: str, values: Mapping[str, object]) -> str:
    return medical_referral.of_paper(ws, session, who, values)


def _certificate(ws: Workspace, session: Session, who: str, values: Mapping[str, object]) -> str:
    return certificate_opening.take_over_within(ws, session, who, values)


WRITERS: dict[str, Write] = {
    "provider": _service,
    "support": _support,
    "assistive_device": _aid,
    "application": _file,
    "medical_referral": _minutes,
    "certificate": _certificate,
}
