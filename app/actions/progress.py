"""How far units are with what was set for them: the reports count, this puts it side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.actions import period, report, target
from app.rules import period as rules
from app.values.period import PeriodCard, Progress, ProgressLine, TargetCard
from app.values.report import ReportAsk, ReportTable
from app.wording import translate
from app.workspace import Workspace
from data import units

COUNTED_IN = {"approved": "R-01", "met_items": "BC-04", "entered_cases": "BC-05"}
"""By figure a report with rows by unit that counts it."""
ENTERED = ("BC-10", "entered")
"""Everything in the book, in any status: nothing there means that a unit sent nothing at all."""


def of_period(ws: Workspace, code: str, figure: str) -> Progress:
    """A figure in a period over the units of the office, the whole first.

    Counted at the cut-off, or today before it. Units for which a target was set stand there even
    when they are communes of a district that has a line of its own. Raises Refused
    (`period_unknown`, and those of a report).
    """
    when = period.of_code(ws, code)
    targets = {str(one.fields["unit"]): one for one in target.listing(ws, code, figure)}
    as_of = min(when.day("cutoff_on"), ws.today().isoformat())
    since = min(when.day("starts_on"), as_of)
    tables = [_tables(ws, figure, as_of, since, "")]
    rows = {row.key for row in tables[0][0].rows}
    low = {key for key in targets if units.get(key).level == "commune"} - rows
    if low:
        tables.append(_tables(ws, figure, as_of, since, "commune"))
    over = bool(when.day("due_on")) and when.day("due_on") < ws.today().isoformat()
    lines = [_whole(ws, targets, tables[0], figure, over)]
    for at, (done, entered) in enumerate(tables):
        known = {row.key: int(row.values[ENTERED[1]] or 0) for row in entered.rows}
        for row in done.rows:
            if row.unit and (at == 0 or row.key in low):
                number = int(row.values[figure] or 0)
                lines.append(_line(row.key, targets.get(row.key), number, known[row.key], over))
    notes = () if targets.keys() & set(ws.office.units) else _unset(lines)
    return Progress(when, figure, as_of, tuple(lines), notes)


def newest(ws: Workspace) -> PeriodCard | None:
    """The period somebody most likely asks about: the latest with a target that has begun."""
    named = {str(one.fields["period"]) for one in target.listing(ws)}
    today = ws.today().isoformat()
    periods = [one for one in period.listing(ws) if one.code in named]
    begun = [one for one in periods if one.day("starts_on") <= today]
    return next(iter(begun or periods), None)


def _tables(
    ws: Workspace, figure: str, as_of: str, since: str, level: str
) -> tuple[ReportTable, ReportTable]:
    done, entered = (
        report.run(ws, ReportAsk(name, as_of=as_of, since=since, level=level))
        for name in (COUNTED_IN[figure], ENTERED[0])
    )
    return done, entered


def _whole(
    ws: Workspace,
    targets: Mapping[str, TargetCard],
    tables: tuple[ReportTable, ReportTable],
    figure: str,
    over: bool,
) -> ProgressLine:
    """The whole office against its own target, else those of its units that have one against the
    sum of theirs: like with like."""
    own = [one for key, one in targets.items() if key in ws.office.units]
    rows = [row.key for row in tables[0].rows]
    summed = [one for key, one in targets.items() if key in rows]
    numbers = [int(str(one.fields["number"])) for one in own or summed]
    number = sum(numbers) if numbers else None
    compared = {row.key for row in tables[0].rows if own or not summed or row.key in targets}
    done, entered = (
        _sum(table, name, compared, whole=bool(own or not summed))
        for table, name in zip(tables, (figure, ENTERED[1]), strict=True)
    )
    alone = own[0].id if len(own) == 1 else ""
    key = ws.office.units[0] if len(ws.office.units) == 1 else ""
    state = rules.standing(done, number, entered, over)
    return ProgressLine(
        alone, key, number, done, rules.percent(done, number), entered, state, total=True
    )


def _sum(table: ReportTable, name: str, keys: set[str], whole: bool) -> int:
    if whole:
        return int(table.totals[name] or 0)
    return sum(int(row.values[name] or 0) for row in table.rows if row.key in keys)


def _unset(lines: Sequence[ProgressLine]) -> tuple[str, ...]:
    """How many units have no target, where the whole is compared by those that have one."""
    units_of = [one for one in lines if not one.total]
    without = sum(one.standing == "unset" for one in units_of)
    if not without or without == len(units_of):
        return ()
    words = "{count} đơn vị chưa giao chỉ tiêu; dòng cả đơn vị chỉ so các đơn vị đã giao."
    return (translate(words, count=without),)


def _line(key: str, wanted: TargetCard | None, done: int, entered: int, over: bool) -> ProgressLine:
    number = int(str(wanted.fields["number"])) if wanted is not None else None
    state = rules.standing(done, number, entered, over)
    percent = rules.percent(done, number)
    return ProgressLine(
        wanted.id if wanted is not None else "", key, number, done, percent, entered, state
    )


def standing_words(standing: str) -> str:
    """How a unit stands, in the words of the screen and of the command line."""
    words = {
        "reached": translate("Đạt"),
        "going": translate("Đang làm"),
        "late": translate("Quá hạn, chưa đạt"),
        "empty": translate("Chưa có hồ sơ nào"),
        "unset": translate("Chưa giao"),
    }
    return words[standing]
