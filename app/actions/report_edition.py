"""Editions of reports: freeze one for good, read it again, tell what differs and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy.orm import Session

from app.actions import history_words, report
from app.errors import Refused
from app.reports import compared, document, sealed, shifts, table
from app.reports.over import Over, end_of_day
from app.reports.shifts import Cell, Shift
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
from data.records import merger
from data.records import report_edition as records
from data.records.report_edition import ReportEdition
from data.records.trace import HistoryLine

TOLD_MAX = 40
"""Records named for one number that differs; the others are counted."""
NAMED_MAX = 100
"""Cells whose records are named."""
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


def diff(ws: Workspace, first: str, second: str, named: int = NAMED_MAX) -> EditionDiff:
    """What differs between two editions of one report, and the changes of records that made it so:
    of the first `named` cells by name, of the others by number.

    Raises Refused as `page`, and `editions_differ` when they answer two questions.
    """
    with report.counting(ws) as over:
        with ws.db.read() as session:
            rows = sorted((_found(session, one) for one in (first, second)), key=_when)
            before, after = (_table(row) for row in rows)
            compared.demand_alike((before, after))
            pair = _Pair(session, over, (rows[0], rows[1]), (before, after), named)
            totals = tuple(compared.totals((before, after)))
            cells = tuple(pair.cells())
            return EditionDiff(_card(rows[0]), _card(rows[1]), totals, cells, pair.notes())


def _when(row: ReportEdition) -> tuple[str, str]:
    return row.made_at, row.id


class _Pair:
    """Two editions of one report, the earlier first; the records of `named` cells are named."""

    def __init__(
        self,
        session: Session,
        over: Over,
        rows: tuple[ReportEdition, ReportEdition],
        tables: tuple[ReportTable, ReportTable],
        named: int,
    ) -> None:
        self.session = session
        self.rows, self.tables = rows, tables
        self.overs = tuple(_as_when_made(over, row) for row in rows)
        self.columns = {one.name: one for one in table.report(tables[0].ask.name).columns}
        self.changes = tuple(compared.cells(tables))
        self.shifts = self._shifts()
        self.named = [cell for cell in map(_cell, self.changes) if cell in self.shifts][:named]

    def cells(self) -> Iterator[CellChange]:
        """Numbers of rows that differ, with the records that came or went: some by name, the
        others by number."""
        few = [self.shifts[cell].first(TOLD_MAX) for cell in self.named]
        lines = dict(zip(self.named, shifts.named(few), strict=True))
        who = {member.person_id for some in lines.values() for member, _came in some}
        newer = self._newer(sorted(who - {""}))
        for change in self.changes:
            if change.column not in self.columns or None in (change.before, change.after):
                yield change
                continue
            told = [
                self._moved(member, came, change.column, newer)
                for member, came in lines.get(_cell(change), ())
            ]
            yield self._with_reasons(change, told)

    def notes(self) -> tuple[str, ...]:
        """What the reader must know of both, and that not everybody is named."""
        found = compared.notes(self.tables)
        shown = [self.shifts[cell] for cell in self.named]
        if len(shown) == len(self.shifts) and all(one.first(TOLD_MAX) == one for one in shown):
            return found
        words = translate(
            "Nêu tên ở {cells} ô đầu, mỗi ô nhiều nhất {records} hồ sơ; các hồ sơ khác chỉ đếm. "
            "Danh sách của từng ô ở báo cáo có đủ tên.",
            cells=len(shown),
            records=TOLD_MAX,
        )
        return (*found, words)

    def _shifts(self) -> dict[Cell, Shift]:
        """What the cells that differ lost and gained, where somebody stands in them."""
        differ = {_cell(one) for one in self.changes if None not in (one.before, one.after)}
        asked = {column for _row, column in differ}
        figures = [one for one in self.columns.values() if one.name in asked and not one.restricted]
        one, other = zip(self.overs, (each.ask for each in self.tables), strict=True)
        found = shifts.between((one, other), figures)
        return {cell: shift for cell, shift in found.items() if cell in differ}

    def _newer(self, who: Sequence[str]) -> dict[str, tuple[HistoryLine, ...]]:
        """What happened to these persons after the earlier edition, newest first."""
        since, until = (_closing(row) for row in self.rows)
        found: dict[str, tuple[HistoryLine, ...]] = {}
        for start in range(0, len(who), merger.OWNERS_MAX):
            owners = merger.owners(self.session, who[start : start + merger.OWNERS_MAX])
            found |= history.of_persons(self.session, owners, LINES_MAX, since, until)
        return found

    def _with_reasons(self, change: CellChange, told: Sequence[Moved]) -> CellChange:
        shift = self.shifts.get(_cell(change))
        came, gone = (len(shift.came), len(shift.gone)) if shift else (0, 0)
        here = sum(one.came for one in told)
        unclear = sum(not each.reasons for each in told)
        late = abs(int((change.after or 0) - (change.before or 0)) - (came - gone))
        return replace(
            change,
            moved=tuple(each for each in told if each.reasons),
            untold=unclear + late,
            more_came=came - here,
            more_gone=gone - (len(told) - here),
        )

    def _moved(
        self,
        member: ReportMember,
        came: bool,
        column: str,
        newer: Mapping[str, tuple[HistoryLine, ...]],
    ) -> Moved:
        fields = DECIDING | conditions.columns_of(self.columns[column].where)
        lines = newer.get(member.person_id, ())
        decisive = [line for line in lines if line.op == "create" or line.field in fields]
        told = history_words.changes(decisive or lines, str, translate)
        reasons = tuple(Reason(one.at, one.by, one.what) for one in told[:REASONS_MAX])
        if not reasons and self.rows[0].as_of != self.rows[1].as_of:
            words = translate("không sửa gì; tuổi hay hạn tính đến ngày khác")
            reasons = (Reason(self.rows[1].made_at, "", words),)
        return Moved(member.key, member.person_id, member.name, came, reasons)


def _cell(change: CellChange) -> Cell:
    return change.row, change.column


DECIDING = frozenset(
    "status life_state merged_into deleted_at commune hamlet placed need_status item "
    "need_group case_status state".split()
)
"""Fields whose change moves somebody into a number or out of it, whatever it counts."""


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
