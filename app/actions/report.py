"""Reports of this office: run one, list them, open the list behind a cell."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.actions import access, cold_start
from app.reports import narrowed, table
from app.reports.narrowed import Picker
from app.reports.over import Over, end_of_day
from app.values.report import ReportAsk, ReportCell, ReportLine, ReportMember, ReportTable
from app.workspace import Workspace
from data.counting import moved, room
from data.counting.then import Source
from data.records import likeness
from data.records.trace import History
from data.schema import travelling


def lines(ws: Workspace) -> tuple[ReportLine, ...]:
    """Every report that can be asked for."""
    ws.demand("view")
    return table.lines()


def run(ws: Workspace, ask: ReportAsk) -> ReportTable:
    """Count a report. Raises Refused: not_allowed, book_still_coming (a book that is not all here
    gives no numbers), those of `table.settled`."""
    with counting(ws) as over:
        return table.run(over, ask)


def pickers(ws: Workspace, name: str) -> tuple[Picker, ...]:
    """What a report may be narrowed by. Raises Refused (`report_unknown`)."""
    ws.demand("view")
    over = Over(_uncounted, ws.office.units, ws.today(), end_of_day, ws.restricted is not None)
    return narrowed.pickers(table.askable(over, name))


def _uncounted(_instant: str) -> Source:
    raise AssertionError("nothing is counted to know what may be asked")


def cell(
    ws: Workspace, ask: ReportAsk, column: str, row: str | None = None
) -> tuple[ReportMember, ...]:
    """Who or what stands in a cell, of the whole column without a row; looks are logged.

    Raises Refused as `run`, and report_column, report_row, report_withheld.
    """
    return opened(ws, ask, column, row).members


def opened(ws: Workspace, ask: ReportAsk, column: str, row: str | None = None) -> ReportCell:
    """As `cell`, with the head of the list."""
    found = listed(ws, ask, column, row)
    ids = [one.person_id for one in found.members if one.person_id]
    access.seen_many(ws, ids, "view", "list")
    return found


def listed(ws: Workspace, ask: ReportAsk, column: str, row: str | None = None) -> ReportCell:
    """As `opened`, for who logs himself what becomes of the list."""
    with counting(ws) as over:
        return table.listed(over, ask, column, row)


@contextmanager
def counting(ws: Workspace) -> Iterator[Over]:
    """The office's book to count over, in one steady picture. Raises Refused (`not_allowed`,
    `book_still_coming`)."""
    ws.demand("view")
    with ws.db.read_twice() as (session, twin), room.wide(session.connection()), room.wide(twin):
        cold_start.demand_rows(session)
        yield Over(
            lambda instant: replace(own_tables(session, instant), twin=twin),
            ws.office.units,
            ws.today(),
            end_of_day,
            ws.restricted is not None,
        )


def own_tables(session: Session, instant: str) -> Source:
    """The record tables of a store, with its history and who moved since an instant."""
    tables: Any = {name: kind.__table__ for name, kind in travelling().items()}
    return Source(
        session.connection(),
        tables,
        History.__table__,  # type: ignore[arg-type]
        likeness.open_pairs(),
        moved.of(session, instant),
    )
