"""How far units are with what was set for them: the reports count, this puts it side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.actions import period, report, target
from app.reports import table
from app.reports.document import shown
from app.reports.over import Over
from app.reports.progress import Counted, Whole, borders_of, counted, measured, whole
from app.reports.progress import current as asked_now
from app.reports.target_rows import Placed, place
from app.reports.targets import some, words_of
from app.values.period import PeriodCard, Plan, Progress, ProgressLine, TargetCard
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, figures, units


def of_period(ws: Workspace, code: str, figure: str) -> Progress:
    """A figure in a period over the units of the office, the whole first.

    Counted at the cut-off, or today before it. Units for which a target was set stand there even
    when they are of another level or of the other borders than the rest. Raises Refused
    (`period_unknown`, and those of a report).
    """
    when = period.of_code(ws, code)
    cards = {str(one.fields["unit"]): one for one in target.listing(ws, code, figure)}
    wanted = {key: int(str(one.fields["number"])) for key, one in cards.items()}
    days = (when.day(one) for one in ("starts_on", "ends_on", "cutoff_on", "due_on"))
    plan = Plan(figure, when.code, when.name, *days)
    with report.counting(ws) as over:
        found = counted(over, plan, borders=borders_of(ws.office.units, wanted))
        beside = _beside(over, plan, [key for key in _others(ws, cards) if key not in found.done])
    placed = place(wanted, found.done)
    lines = [_whole(ws, (cards, wanted), plan, found)]
    for where, key in (*((found, key) for key in found.done), *beside):
        number = placed.numbers.get(key, wanted.get(key))
        lines.append(_line(ws, (cards.get(key), number), plan, where, key))
    own = all(one in wanted for one in ws.office.units)
    beyond = () if own else (*_unset(lines), *_beyond(placed, wanted))
    notes = (*words_of(placed, wanted), *beyond)
    return Progress(when, figure, found.as_of, tuple(lines), notes)


def _others(ws: Workspace, cards: Mapping[str, TargetCard]) -> list[str]:
    """Units with a target but for the one that is the whole office."""
    return sorted(key for key in cards if units.has(key) and (key,) != ws.office.units)


def _beside(over: Over, plan: Plan, keys: Sequence[str]) -> list[tuple[Counted, str]]:
    """Each of these units with a count in which it is a row."""
    kinds = dict.fromkeys((units.get(key).level, units.get(key).system) for key in keys)
    found = []
    for level, system in kinds:
        there = counted(over, plan, level, system)
        found += [(there, key) for key in keys if key in there.done
                  and (units.get(key).level, units.get(key).system) == (level, system)]  # fmt: skip
    return found


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
    ws: Workspace,
    told: tuple[Mapping[str, TargetCard], Mapping[str, int]],
    plan: Plan,
    found: Counted,
) -> ProgressLine:
    cards, wanted = told
    own = [one for key, one in cards.items() if key in ws.office.units]
    alone = own[0].id if len(own) == 1 else ""
    key = ws.office.units[0] if len(ws.office.units) == 1 else ""
    told_of = measured(plan, found.as_of, whole(ws.office.units, wanted, found), _today(ws))
    return ProgressLine(
        alone, key, told_of.number, told_of.done, told_of.percent, told_of.entered,
        told_of.standing, total=True,
    )  # fmt: skip


def _unset(lines: Sequence[ProgressLine]) -> tuple[str, ...]:
    """How many units have no target, where the whole is compared by those that have one."""
    units_of = [one for one in lines if not one.total]
    without = sum(one.standing == "unset" for one in units_of)
    if not without or without == len(units_of):
        return ()
    words = "{count} đơn vị chưa giao chỉ tiêu; dòng cả đơn vị chỉ so các đơn vị đã giao."
    return (translate(words, count=without),)


def _beyond(placed: Placed, wanted: Mapping[str, int]) -> tuple[str, ...]:
    """Targets of units of another level or of the other borders that the whole leaves out."""
    told = [f"{units.get(key).label} ({shown(wanted[key])})" for key in placed.aside
            if units.has(key)]  # fmt: skip
    words = "Dòng cả đơn vị không tính chỉ tiêu của {units}."
    return (translate(words, units=some(told)),) if told else ()


def _line(
    ws: Workspace, told: tuple[TargetCard | None, int | None], plan: Plan, found: Counted, key: str
) -> ProgressLine:
    card, number = told
    one = Whole(number, found.done[key], found.entered[key])
    of = measured(plan, found.as_of, one, _today(ws))
    return ProgressLine(
        card.id if card is not None else "",
        key, of.number, of.done, of.percent, of.entered, of.standing,
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
