"""Editions of reports: freeze one for good, read it again, tell what differs and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy.orm import Session

from app.actions import history_words, report
from app.errors import Refused
from app.reports import compared, document, sealed, table
from app.reports.over import Over, end_of_day
from app.values.report import (
    CellChange,
    EditionCard,
    EditionDiff,
    Moved,
    Reason,
    ReportAsk,
    ReportMember,
    ReportTable,
)
from app.wording import translate
from app.workspace import Workspace
from data import history
from data.base import instant_text
from data.counting import conditions
from data.records import report_edition as records
from data.records.report_edition import ReportEdition

TOLD_MAX = 40
"""Records named for one number that differs; the others are counted."""
REASONS_MAX = 4
LINES_MAX = 400


def freeze(ws: Workspace, ask: ReportAsk, note: str = "") -> EditionCard:
    """Keep a report as it comes out now, for good. What is withheld from readers without the grant
    is not in it. Raises Refused: not_allowed, those of `report.run`."""
    ws.demand("export")
    with report.counting(ws) as over:
        made = table.run(replace(over, restricted=False), ask)
    parameters, content = sealed.text(asdict(made.ask)), sealed.text(document.whole(made))
    at, by = instant_text(ws.clock()), ws.user.login
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


def diff(ws: Workspace, first: str, second: str) -> EditionDiff:
    """What differs between two editions of one report, and the changes of records that made it so.

    Raises Refused as `page`, and `editions_differ` when they answer two questions.
    """
    with report.counting(ws) as over:
        with ws.db.read() as session:
            rows = sorted((_found(session, one) for one in (first, second)), key=_when)
            before, after = (_table(row) for row in rows)
            compared.demand_alike((before, after))
            pair = _Pair(session, over, (rows[0], rows[1]), (before, after))
            cells = tuple(pair.cells())
            totals = tuple(compared.totals((before, after)))
            notes = compared.notes((before, after))
            return EditionDiff(_card(rows[0]), _card(rows[1]), totals, cells, notes)


def _when(row: ReportEdition) -> tuple[str, str]:
    return row.made_at, row.id


class _Pair:
    """Two editions of one report, the earlier first."""

    def __init__(
        self,
        session: Session,
        over: Over,
        rows: tuple[ReportEdition, ReportEdition],
        tables: tuple[ReportTable, ReportTable],
    ) -> None:
        self.session = session
        self.rows, self.tables = rows, tables
        self.overs = tuple(_as_when_made(over, row) for row in rows)

    def cells(self) -> Iterator[CellChange]:
        """Numbers of rows that differ, with the records that came or went."""
        for change in compared.cells(self.tables):
            yield self._with_reasons(change)

    def _with_reasons(self, change: CellChange) -> CellChange:
        if change.before is None or change.after is None or change.column in MADE_BESIDE:
            return change
        one, other = (self._members(side, change) for side in (0, 1))
        moved = [(one[key], False) for key in one if key not in other]
        moved += [(other[key], True) for key in other if key not in one]
        fields = DECIDING | self._asked(change.column)
        told = [self._moved(member, came, fields) for member, came in moved[:TOLD_MAX]]
        unclear = sum(not each.reasons for each in told)
        net = sum(1 if came else -1 for _member, came in moved)
        late = abs(int(change.after - change.before) - net)
        return replace(
            change, moved=tuple(each for each in told if each.reasons), untold=unclear + late
        )

    def _asked(self, column: str) -> frozenset[str]:
        """The fields that the figure of a column asks."""
        columns = table.report(self.tables[0].ask.name).columns
        where = next((one.where for one in columns if one.name == column), "")
        return conditions.columns_of(where)

    def _members(self, side: int, change: CellChange) -> dict[str, ReportMember]:
        ask = self.tables[side].ask
        keys = {row.key for row in self.tables[side].rows}
        if change.row not in keys:
            return {}
        found = table.cell(self.overs[side], ask, change.column, change.row)
        return {one.key: one for one in found}

    def _moved(self, member: ReportMember, came: bool, fields: frozenset[str]) -> Moved:
        since, until = (_closing(row) for row in self.rows)
        lines = history.of_person(self.session, member.person_id, LINES_MAX, until)
        newer = [line for line in lines if line.at > since]
        decisive = [line for line in newer if line.op == "create" or line.field in fields]
        newer = decisive or newer
        told = history_words.changes(newer, str, translate)
        reasons = tuple(Reason(one.at, one.by, one.what) for one in told[:REASONS_MAX])
        if not reasons and self.rows[0].as_of != self.rows[1].as_of:
            words = translate("không sửa gì; tuổi hay hạn tính đến ngày khác")
            reasons = (Reason(self.rows[1].made_at, "", words),)
        return Moved(member.key, member.person_id, member.name, came, reasons)


DECIDING = frozenset(
    "status life_state merged_into deleted_at commune hamlet placed need_status item "
    "need_group case_status state".split()
)
"""Fields whose change moves somebody into a number or out of it, whatever it counts."""
MADE_BESIDE = frozenset({"target", "percent", "missing"})
"""Columns that nobody stands in."""


def _closing(row: ReportEdition) -> str:
    """The last instant that an edition knew."""
    return min(end_of_day(row.as_of), row.made_at)


def _as_when_made(over: Over, row: ReportEdition) -> Over:
    """The book as it stood when the edition was made."""
    return replace(
        over,
        today=date.max,
        end_of_day=lambda day: min(end_of_day(day), row.made_at),
        restricted=False,
    )


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
