"""Targets beside what was done: numbers set, numbers reached, percent, and who has not reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.errors import Refused
from app.reports import document, placing, target_rows
from app.reports.over import Over
from app.reports.target_rows import Placed
from app.rules import dates
from app.rules import period as rules
from app.values.report import Number, ReportColumn, ReportRow, ReportTable
from app.wording import translate
from data import units
from data.counting import count
from data.history import LATER

DONE = "approved"
NAMED_MAX = 12
NONE = "–"
"""Stands where there is nothing to reckon with; "…" would say that a number is withheld."""
UNSET = "Dấu “–”: chưa giao chỉ tiêu hoặc giao 0 người, nên không có tỷ lệ."


def beside(over: Over, table: ReportTable) -> ReportTable:
    """The table with target, percent and what is missing of each unit.

    Raises Refused (`report_period_needed`).
    """
    code = table.ask.period
    if not code:
        raise Refused.one("report_period_needed", "period")
    source = over.source(LATER)
    every = count.targets(source, DONE, code)
    wanted = {unit: numbers[0] for unit, numbers in every.items() if len(numbers) == 1}
    placed = target_rows.place(wanted, [row.key for row in table.rows if row.unit])
    rows = tuple(replace(row, values=_values(row, placed.numbers)) for row in table.rows)
    days = count.period(source, code) or {}
    found = (
        *table.notes,
        *_behind(rows, placed.numbers, str(days.get("due_on") or "")),
        *_of_whole(table, wanted, placed),
        *words_of(placed, wanted),
        *_aside(table, wanted, placed),
        *_several(table, every),
        *((translate(UNSET),) if len(placed.numbers) < len(rows) else ()),
    )
    totals = _totals(table, wanted)
    return replace(table, columns=_columns(table), rows=rows, totals=totals, notes=found)


def words_of(placed: Placed, wanted: Mapping[str, int]) -> tuple[str, ...]:
    """Which targets are sums of those of the units inside, and where these do not cover it."""
    found = []
    if placed.made_of:
        parts = placed.made_of.items()
        told = [translate("{unit} từ {count} đơn vị", unit=placing.label(row), count=len(some))
                for row, some in parts]  # fmt: skip
        words = "Chỉ tiêu cộng từ các đơn vị bên trong: {units}."
        found.append(translate(words, units=some(told)))
    if placed.partly:
        told = [
            translate(
                "{unit} (cộng {sum} từ {count} đơn vị, {without} xã, phường chưa giao)",
                unit=placing.label(row),
                sum=document.shown(sum(wanted[one] for one in parts)),
                count=len(parts),
                without=target_rows.without(row, parts),
            )
            for row, parts in placed.partly.items()
        ]
        words = "Chưa giao cả đơn vị, mới giao một phần: {units}."
        found.append(translate(words, units=some(told)))
    return tuple(found)


def _totals(table: ReportTable, wanted: Mapping[str, int]) -> dict[str, Number]:
    """Of everything beside its target, the percent of like with like."""
    rows = {row.key: int(row.values[DONE] or 0) for row in table.rows if row.unit}
    number, compared = target_rows.whole(wanted, table.ask.units, rows)
    done = int(table.totals[DONE] or 0)
    like = done if compared is None else sum(rows[key] for key in compared)
    return _numbers(number, like) | {DONE: done}


def _of_whole(table: ReportTable, wanted: Mapping[str, int], placed: Placed) -> tuple[str, ...]:
    """What the total is compared with, where that is not simply the sum of all rows."""
    asked = target_rows.apart(table.ask.units)
    above = [wanted[key] for key in asked if key in wanted]
    summed = sum(placed.numbers.values())
    if above and len(above) == len(asked):
        if not summed or summed == sum(above):
            return ()
        words = "Chỉ tiêu của cả đơn vị là {above}, cộng chỉ tiêu các dòng là {summed}."
        return (translate(words, above=document.shown(sum(above)), summed=document.shown(summed)),)
    left = len(table.rows) - len(placed.numbers)
    if not placed.numbers or not left:
        return ()
    words = "{count} dòng chưa giao chỉ tiêu; tỷ lệ chung chỉ tính các dòng đã giao."
    return (translate(words, count=left),)


def _aside(table: ReportTable, wanted: Mapping[str, int], placed: Placed) -> tuple[str, ...]:
    """Targets within what is asked that stand in no row, nor are that of the whole."""
    asked = units.ground(table.ask.units)
    left = [key for key in placed.aside if key not in table.ask.units]
    left = [key for key in left if units.has(key) and asked & units.territory(key)]
    if not left:
        return ()
    told = some([f"{units.get(key).label} ({document.shown(wanted[key])})" for key in left])
    return (translate("Chỉ tiêu giao cho {units} không đứng trong bảng này.", units=told),)


def _several(table: ReportTable, every: Mapping[str, tuple[int, ...]]) -> tuple[str, ...]:
    asked = units.ground(table.ask.units)
    torn = [
        f"{placing.label(key)} ({'; '.join(map(document.shown, numbers))})"
        for key, numbers in every.items()
        if len(numbers) > 1 and units.has(key) and asked & units.territory(key)
    ]
    words = "Các cơ quan giao số khác nhau nên không tính: {units}."
    return (translate(words, units=some(torn)),) if torn else ()


def _columns(table: ReportTable) -> tuple[ReportColumn, ...]:
    people = translate("người")
    unset = translate("chưa giao")
    return (
        ReportColumn("target", f"{translate('Chỉ tiêu')} ({people})", people, empty=unset),
        *table.columns,
        ReportColumn("percent", translate("Đạt (%)"), "%", empty=NONE),
        ReportColumn("missing", f"{translate('Còn thiếu')} ({people})", people, empty=NONE),
    )


def _values(row: ReportRow, numbers: Mapping[str, int]) -> dict[str, Number]:
    return _numbers(numbers.get(row.key), int(row.values[DONE] or 0))


def _numbers(target: int | None, done: int) -> dict[str, Number]:
    missing = None if target is None else max(target - done, 0)
    percent = rules.percent(done, target)
    return {"target": target, DONE: done, "percent": percent, "missing": missing}


def _behind(rows: tuple[ReportRow, ...], wanted: Mapping[str, int], due: str) -> tuple[str, ...]:
    """Who has a target and has not reached it, or has done nothing at all."""
    named = [row for row in rows if wanted.get(row.key)]  # a target of zero is reached at once
    silent = [row.label for row in named if not row.values[DONE]]
    behind = [row.label for row in named if row.values[DONE] and row.values["missing"]]
    found = []
    if silent:
        found.append(translate("Chưa có người nào: {units}.", units=some(silent)))
    if behind:
        found.append(translate("Chưa đạt chỉ tiêu: {units}.", units=some(behind)))
    if due:
        found.append(translate("Hạn nộp báo cáo: {day}.", day=dates.show(due)))
    return tuple(found)


def some(names: list[str]) -> str:
    """The first of many names, and how many more there are."""
    more = len(names) - NAMED_MAX
    told = ", ".join(names[:NAMED_MAX])
    return translate("{names} và {count} nơi khác", names=told, count=more) if more > 0 else told
