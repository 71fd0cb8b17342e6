"""What differs between two editions of a report: who came and went in each cell, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions import field_values, history_words
from app.reports import compared, shifts, table
from app.reports.over import Over, end_of_day
from app.reports.shifts import Cell, Shift
from app.values.report import (
    CellChange,
    EditionCard,
    EditionDiff,
    Moved,
    Reason,
    ReportMember,
    ReportTable,
)
from app.wording import translate
from app.workspace import Workspace
from data import fields, history
from data.counting import conditions
from data.figures import Figure
from data.records import merger
from data.records.trace import HistoryLine

TOLD_MAX = 40
"""Records named for one number that differs; the others are counted."""
NAMED_MAX = 100
"""Cells whose records are named."""
REASONS_MAX = 4
LINES_MAX = 400
Lines = Mapping[str, tuple[HistoryLine, ...]]

DECIDING = frozenset(
    "status life_state merged_into deleted_at commune hamlet placed types mine_victim "
    "need_status item need_group case_status state file_step certificate_state conclusion "
    "received_on ended_on minutes_on sent_on issued_on revoked_on accident_id accident_on "
    "accident_commune event_id starts_on".split()
)
"""Fields whose change moves somebody into a number or out of it, whatever it counts."""
MADE = {
    "need": {"need"},
    "case": {"care_case"},
    "victim": {"victim", "accident"},
    "file": {"application"},
    "hearing": {"hearing"},
    "referral": {"medical_referral"},
    "certificate": {"certificate"},
    "training": {"training_class", "workshop", "delegate"},
}
"""By what a figure looks at the records whose making counts there, beside the person's own."""
OWNED_BY_NOBODY = ("victim", "training")
"""What these look at has a history that is nobody registered's."""


@dataclass(frozen=True, slots=True)
class Held:
    """A frozen edition: what is told of it, and what it holds."""

    card: EditionCard
    table: ReportTable

    @property
    def knew(self) -> str:
        """The last instant of the book that it knew."""
        ask = self.table.ask
        return min(end_of_day(ask.recorded or ask.as_of), self.card.made_at)

    def side(self, over: Over) -> shifts.Side:
        """The book as it stood when it was made, and its question by the days that it holds: the
        period that it names may be another by now, or none."""
        made_at = self.card.made_at
        then = replace(
            over,
            today=date.max,
            end_of_day=lambda day: min(end_of_day(day), made_at),
            restricted=False,
        )
        return then, replace(self.table.ask, period="")


class Difference:
    """Two editions of one report, the earlier first; the records of `named` cells are named."""

    def __init__(
        self, ws: Workspace, session: Session, over: Over, pair: tuple[Held, Held], named: int
    ) -> None:
        self.ws, self.session, self.pair = ws, session, pair
        self.tables = pair[0].table, pair[1].table
        self.sides = pair[0].side(over), pair[1].side(over)
        self.columns = {one.name: one for one in table.report(self.tables[0].ask.name).columns}
        self.changes = tuple(compared.cells(self.tables))
        self.shifts = self._shifts()
        self.named = [cell for cell in map(_cell, self.changes) if cell in self.shifts][:named]

    def told(self) -> EditionDiff:
        """Totals and cells that differ, and what the reader must know of both."""
        one, other = (held.card for held in self.pair)
        totals = tuple(compared.totals(self.tables))
        return EditionDiff(one, other, totals, tuple(self._cells()), self._notes())

    def _cells(self) -> Iterator[CellChange]:
        """Numbers of rows that differ, with the records that came or went: some by name, the
        others by number."""
        few = [self.shifts[cell].first(TOLD_MAX) for cell in self.named]
        lines = dict(zip(self.named, shifts.named(few), strict=True))
        newer = self._newer([member for some in lines.values() for member, _came in some])
        for change in self.changes:
            if change.column not in self.columns or None in (change.before, change.after):
                yield change
                continue
            figure = self.columns[change.column]
            told = [
                self._moved(member, came, figure, newer)
                for member, came in lines.get(_cell(change), ())
            ]
            yield self._with_reasons(change, told)

    def _notes(self) -> tuple[str, ...]:
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
        found = shifts.between(self.sides, figures)
        return {cell: shift for cell, shift in found.items() if cell in differ}

    def _newer(self, members: Sequence[ReportMember]) -> Lines:
        """What happened to these persons between what the two editions knew, newest first; and to
        the records themselves where they are nobody's. The one made later may be of an earlier
        day."""
        since, until = sorted(held.knew for held in self.pair)
        who = sorted({one.person_id for one in members} - {""})
        found: dict[str, tuple[HistoryLine, ...]] = {}
        for start in range(0, len(who), merger.OWNERS_MAX):
            owners = merger.owners(self.session, who[start : start + merger.OWNERS_MAX])
            found |= history.of_persons(self.session, owners, LINES_MAX, since, until)
        if {one.of for one in self.columns.values()} & set(OWNED_BY_NOBODY):
            keys = {part for one in members for part in one.key.split("/")}
            found |= history.of_rows(self.session, sorted(keys - set(who)), since, until)
        return found

    def _with_reasons(self, change: CellChange, told: Sequence[Moved]) -> CellChange:
        shift = self.shifts.get(_cell(change))
        came, gone = (len(shift.came), len(shift.gone)) if shift else (0, 0)
        here = sum(one.came for one in told)
        unclear = sum(not each.reasons for each in told)
        grew = int((change.after or 0) - (change.before or 0))
        # Days are no records: what a class lasts changes without anybody coming or going.
        late = 0 if self.columns[change.column].unit == "days" else abs(grew - (came - gone))
        return replace(
            change,
            moved=tuple(each for each in told if each.reasons),
            untold=unclear + late,
            late=late,
            more_came=came - here,
            more_gone=gone - (len(told) - here),
        )

    def _moved(self, member: ReportMember, came: bool, figure: Figure, newer: Lines) -> Moved:
        keys = (member.person_id, *member.key.split("/"))
        lines = [line for key in dict.fromkeys(keys) for line in newer.get(key, ())]
        name = member.name or ", ".join(part for part in (member.what, member.place) if part)
        return Moved(member.key, member.person_id, name, came, self._reasons(lines, figure))

    def _reasons(self, lines: Sequence[HistoryLine], figure: Figure) -> tuple[Reason, ...]:
        """The changes that decide, else all there are; that days differ where nothing decides."""
        wanted = DECIDING | conditions.columns_of(figure.where)
        made = {"person", *MADE.get(figure.of, ())}
        decisive = [
            line
            for line in lines
            if (line.entity in made if line.op == "create" else line.field in wanted)
        ]
        closely = [self._closely(line) for line in decisive or lines]
        allowed = self.ws.restricted is not None
        told = history_words.changes(closely, str, translate, allowed)[:REASONS_MAX]
        found = [Reason(one.at, one.by, one.what) for one in told]
        if lines and not found:
            words = translate("có thay đổi, không nêu ở đây")
            found.append(Reason(history_words.when(lines[0].at), lines[0].by, words))
        if not decisive and self._of_other_days():
            words = translate("hai bản tính theo ngày khác nhau (tuổi, hạn, ngày trên giấy tờ)")
            found.append(Reason("", "", words))
        return tuple(found)

    def _of_other_days(self) -> bool:
        one, other = (each.ask for each in self.tables)
        return (one.as_of, one.since) != (other.as_of, other.since)

    def _closely(self, line: HistoryLine) -> HistoryLine:
        """A change as this reader may see it, like at every other door: numbers masked, words
        blotted."""
        name = line.field or ""
        if not fields.has(line.entity, name):
            return line
        told: dict[str, Any] = {
            side: field_values.kept(self.ws, line.entity, name, getattr(line, side), line.by)
            for side in ("old", "new")
        }
        return replace(line, **told)


def _cell(change: CellChange) -> Cell:
    return change.row, change.column
