"""Editions of reports: freeze one for good, read it again, tell what differs and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace

from sqlalchemy.orm import Session

from app.actions import access, report
from app.actions.edition_difference import NAMED_MAX, Difference, Held
from app.errors import Refused
from app.reports import compared, document, sealed, table
from app.reports.over import Over
from app.values.report import EditionCard, EditionDiff, ReportAsk, ReportTable
from app.workspace import Workspace
from data.base import instant_text
from data.records import report_edition as records
from data.records.report_edition import ReportEdition


def freeze(ws: Workspace, ask: ReportAsk, note: str = "") -> EditionCard:
    """Keep a report as it comes out now, for good. What is withheld from readers without the grant
    is not in it. Raises Refused: not_allowed, those of `report.run`."""
    ws.demand("export")
    with _steady(ws) as (at, over):
        made = table.run(replace(over, restricted=False), ask)
    parameters, content = sealed.text(asdict(made.ask)), sealed.text(document.whole(made))
    by = ws.user.login
    row = ReportEdition(
        office_id=ws.office.id,
        report=made.ask.name,
        parameters=parameters,
        content=content,
        as_of=made.ask.as_of,
        period=made.ask.period or None,
        made_at=at,
        made_by=by,
        note=note.strip() or None,
        sha256=sealed.hash_of(parameters, content, at, by),
    )
    with ws.db.write(ws.author()) as session:
        session.add(row)
        session.flush()
        return _card(row)


@contextmanager
def _steady(ws: Workspace) -> Iterator[tuple[str, Over]]:
    """An instant and the book as it stood then. Nobody writes while both are taken: else what was
    written between them would count as known to the edition and not be in it, or the other way
    round, and a comparison would have no reason for it."""
    with ExitStack() as open_:
        with ws.db.alone():
            at = instant_text(ws.clock())
            over = open_.enter_context(report.counting(ws))
        yield at, over


def listing(ws: Workspace, name: str = "") -> tuple[EditionCard, ...]:
    """The editions of a report or of all, the newest first."""
    ws.demand("view")
    wanted = table.report(name).name if name else ""
    with ws.db.read() as session:
        return tuple(_card(row) for row in records.all_of(session, wanted))


def page(ws: Workspace, which: str) -> tuple[EditionCard, ReportTable]:
    """An edition by its id or hash, or the beginning of one. Raises Refused
    (`edition_unknown`, `edition_several`, `edition_changed`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = _found(session, which)
        return _card(row), _table(row)


def diff(ws: Workspace, first: str, second: str, named: int = NAMED_MAX) -> EditionDiff:
    """What differs between two editions of one report, and the changes of records that made it so:
    of the first `named` cells by name, of the others by number. Who is named was seen.

    Raises Refused as `page`, and `editions_differ` when they answer two questions.
    """
    with report.counting(ws) as over, ws.db.read() as session:
        rows = sorted((_found(session, one) for one in (first, second)), key=_when)
        one, other = (Held(_card(row), _table(row)) for row in rows)
        compared.demand_alike((one.table, other.table))
        found = Difference(ws, session, over, (one, other), named).told()
    moved = (person.person_id for cell in found.cells for person in cell.moved)
    access.seen_many(ws, [who for who in dict.fromkeys(moved) if who], "view", "editions")
    return found


def _when(row: ReportEdition) -> tuple[str, str]:
    return row.made_at, row.id


def _found(session: Session, which: str) -> ReportEdition:
    rows = records.begins(session, which.strip()) if which.strip() else []
    if not rows:
        raise Refused.one("edition_unknown", "edition", which)
    if len(rows) > 1:
        raise Refused.one("edition_several", "edition", which)
    return rows[0]


def _table(row: ReportEdition) -> ReportTable:
    if not _whole(row):
        raise Refused.one("edition_changed", "edition", row.id)
    return document.read(json.loads(row.content))


def _card(row: ReportEdition) -> EditionCard:
    title = str(json.loads(row.content).get("title", "")) if _whole(row) else ""
    return EditionCard(
        row.id,
        row.report,
        title,
        row.as_of,
        row.period or "",
        row.made_at,
        row.made_by,
        row.sha256,
        row.note or "",
        _whole(row),
    )


def _whole(row: ReportEdition) -> bool:
    return row.sha256 == sealed.hash_of(row.parameters, row.content, row.made_at, row.made_by)
