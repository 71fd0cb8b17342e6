"""Targets beside what was done: numbers set, numbers reached, percent, and who has not reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.errors import Refused
from app.reports.over import Over
from app.rules import dates
from app.values.report import Number, ReportColumn, ReportRow, ReportTable
from app.wording import translate
from data.counting import count
from data.history import LATER

DONE = "approved"
NAMED_MAX = 12


def beside(over: Over, table: ReportTable) -> ReportTable:
    """The table with target, percent and what is missing of each unit.

    Raises Refused (`report_period_needed`).
    """
    code = table.ask.period
    if not code:
        raise Refused.one("report_period_needed", "period")
    source = over.source(LATER)
    wanted = count.targets(source, DONE, code)
    rows = tuple(replace(row, values=_values(row, wanted.get(row.key))) for row in table.rows)
    done = int(table.totals[DONE] or 0)
    summed = sum(wanted.get(row.key, 0) for row in table.rows)
    above = sum(wanted.get(key, 0) for key in table.ask.units)
    named = [row for row in table.rows if wanted.get(row.key)]
    compared = done if above or not named else sum(int(row.values[DONE] or 0) for row in named)
    totals = _numbers(above or summed, compared) | {DONE: done}
    days = count.period(source, code) or {}
    found = [*table.notes, *_behind(rows, wanted, str(days.get("due_on") or ""))]
    if above and summed and above != summed:
        words = "Chỉ tiêu của cả đơn vị là {above}, cộng chỉ tiêu các dòng là {summed}."
        found.append(translate(words, above=above, summed=summed))
    without = len(table.rows) - len(named)
    if named and without and not above:
        words = "{count} dòng chưa giao chỉ tiêu; tỷ lệ chung chỉ tính các dòng đã giao."
        found.append(translate(words, count=without))
    return replace(table, columns=_columns(table), rows=rows, totals=totals, notes=tuple(found))


def _columns(table: ReportTable) -> tuple[ReportColumn, ...]:
    people = translate("người")
    return (
        ReportColumn("target", f"{translate('Chỉ tiêu')} ({people})", people),
        *table.columns,
        ReportColumn("percent", translate("Đạt (%)"), "%"),
        ReportColumn("missing", f"{translate('Còn thiếu')} ({people})", people),
    )


def _values(row: ReportRow, target: int | None) -> dict[str, Number]:
    return _numbers(target or 0, int(row.values[DONE] or 0))


def _numbers(target: int, done: int) -> dict[str, Number]:
    percent = round(100 * done / target, 1) if target else None
    return {"target": target, DONE: done, "percent": percent, "missing": max(target - done, 0)}


def _behind(rows: tuple[ReportRow, ...], wanted: Mapping[str, int], due: str) -> tuple[str, ...]:
    """Who has a target and has not reached it, or has done nothing at all."""
    named = [row for row in rows if wanted.get(row.key)]
    silent = [row.label for row in named if not row.values[DONE]]
    behind = [row.label for row in named if row.values[DONE] and row.values["missing"]]
    found = []
    if silent:
        found.append(translate("Chưa có người nào: {units}.", units=_some(silent)))
    if behind:
        found.append(translate("Chưa đạt chỉ tiêu: {units}.", units=_some(behind)))
    if due:
        found.append(translate("Hạn nộp báo cáo: {day}.", day=dates.show(due)))
    return tuple(found)


def _some(names: list[str]) -> str:
    more = len(names) - NAMED_MAX
    told = ", ".join(names[:NAMED_MAX])
    return translate("{names} và {count} nơi khác", names=told, count=more) if more > 0 else told
