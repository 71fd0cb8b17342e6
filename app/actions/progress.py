"""How far units are with what was set for them: the reports count, this puts it side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.actions import period, report, target
from app.reports import table
from app.reports.progress import Counted, Whole, counted, measured, whole
from app.reports.progress import current as asked_now
from app.values.period import PeriodCard, Plan, Progress, ProgressLine, TargetCard
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, figures, units


def of_period(ws: Workspace, code: str, figure: str) -> Progress:
    """A figure in a period over the units of the office, the whole first.

    Counted at the cut-off, or today before it. Units for which a target was set stand there even
    when they are communes of a district that has a line of its own. Raises Refused
    (`period_unknown`, and those of a report).
    """
    when = period.of_code(ws, code)
    targets = {str(one.fields["unit"]): one for one in target.listing(ws, code, figure)}
    days = (when.day(one) for one in ("starts_on", "ends_on", "cutoff_on", "due_on"))
    plan = Plan(figure, when.code, when.name, *days)
    with report.counting(ws) as over:
        found = counted(over, plan)
        low = {key for key in targets if units.get(key).level == "commune"} - found.done.keys()
        below = counted(over, plan, "commune") if low else found
    lines = [_whole(ws, targets, plan, found)]
    for where, keys in ((found, found.done), (below, sorted(low & below.done.keys()))):
        lines += [_line(ws, targets.get(key), plan, where, key) for key in keys]
    notes = () if targets.keys() & set(ws.office.units) else _unset(lines)
    return Progress(when, figure, found.as_of, tuple(lines), notes)


def current(ws: Workspace) -> tuple[Progress, ...]:
    """Every figure with a target in the periods that are looked at now. Raises Refused as reports
    do."""
    with report.counting(ws) as over:
        plans = asked_now(over)
    return tuple(of_period(ws, plan.period, plan.figure) for plan in plans)


def newest(ws: Workspace) -> PeriodCard | None:
    """The period somebody most likely asks about: the latest with a target that has begun."""
    named = {str(one.fields["period"]) for one in target.listing(ws)}
    today = ws.today().isoformat()
    periods = [one for one in period.listing(ws) if one.code in named]
    begun = [one for one in periods if one.day("starts_on") <= today]
    return next(iter(begun or periods), None)


def _whole(
    ws: Workspace, targets: Mapping[str, TargetCard], plan: Plan, found: Counted
) -> ProgressLine:
    wanted = {key: int(str(one.fields["number"])) for key, one in targets.items()}
    own = [one for key, one in targets.items() if key in ws.office.units]
    alone = own[0].id if len(own) == 1 else ""
    key = ws.office.units[0] if len(ws.office.units) == 1 else ""
    told = measured(plan, found.as_of, whole(ws.office.units, wanted, found), _today(ws))
    return ProgressLine(
        alone, key, told.number, told.done, told.percent, told.entered, told.standing, total=True
    )


def _unset(lines: Sequence[ProgressLine]) -> tuple[str, ...]:
    """How many units have no target, where the whole is compared by those that have one."""
    units_of = [one for one in lines if not one.total]
    without = sum(one.standing == "unset" for one in units_of)
    if not without or without == len(units_of):
        return ()
    words = "{count} đơn vị chưa giao chỉ tiêu; dòng cả đơn vị chỉ so các đơn vị đã giao."
    return (translate(words, count=without),)


def _line(
    ws: Workspace, wanted: TargetCard | None, plan: Plan, found: Counted, key: str
) -> ProgressLine:
    number = int(str(wanted.fields["number"])) if wanted is not None else None
    one = Whole(number, found.done[key], found.entered[key])
    told = measured(plan, found.as_of, one, _today(ws))
    return ProgressLine(
        wanted.id if wanted is not None else "",
        key, told.number, told.done, told.percent, told.entered, told.standing,
    )  # fmt: skip


def _today(ws: Workspace) -> str:
    return ws.today().isoformat()


def title(figure: str, period_name: str) -> str:
    """What is measured, in words: a figure and its period."""
    return f"{codes.label('target_figure', figure, language())} · {period_name}"


def unit_word(figure: str) -> str:
    """What the figure counts."""
    return table.unit_word(figures.figures()[figure])


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
