"""A report as rows and columns: figures counted over units or over a code list, with notes.

Works on any connection to record tables, the office's own or the server's census.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from app.errors import Refused
from app.reports import (
    asking,
    members,
    narrowed,
    notes,
    placing,
    promise,
    row_names,
    targets,
    trainings,
)
from app.reports.over import Over
from app.rules import dates
from app.values.report import (
    Number,
    ReportAsk,
    ReportCell,
    ReportColumn,
    ReportLine,
    ReportMember,
    ReportRow,
    ReportTable,
)
from app.wording import language, translate
from data import figures, report_periods
from data.counting import conditions, count
from data.counting.bases import BASES
from data.counting.count import UNIT, UNKNOWN, Counts, Question
from data.counting.people import Moment
from data.counting.then import Source
from data.figures import Figure, Report
from data.history import LATER

EVER = "0001-01-01"
"""The first day of a report that tells of everything up to its day."""
TARGETS = "R-02"


def lines() -> tuple[ReportLine, ...]:
    """Every report that can be asked for."""
    return tuple(
        ReportLine(one.name, one.title(language()), one.cycle, one.flows, one.rows == UNIT)
        for one in figures.reports().values()
    )


def report(name: str) -> Report:
    """The report of a name, in capitals or not. Raises Refused (`report_unknown`)."""
    found = figures.reports().get(name.upper())
    if found is None:
        raise Refused.one("report_unknown", "name", name, known=", ".join(figures.reports()))
    return found


def settled(over: Over, ask: ReportAsk) -> ReportAsk:
    """The question with every parameter said. Raises Refused (`report_*`)."""
    wanted = report(ask.name)
    today = over.today.isoformat()
    ask = _in_period(over, ask, today)
    as_of = ask.as_of or today
    _demand_days(as_of, ask.since, today)
    since = ask.since or (f"{as_of[:4]}-01-01" if wanted.flows else EVER)
    units = ask.units or over.units
    placing.demand(units, ask.borders, ask.level)
    placing.demand_own(ask.units, over.units, over.several)
    borders = ask.borders or (units[0][:2] if units else "63")
    level = ask.level or placing.usual_level(units, borders)
    placing.demand_level(units, borders, level)
    _demand_where(over, wanted, ask.where)
    return replace(
        ask, name=wanted.name, as_of=as_of, since=since, units=units, borders=borders, level=level,
        recorded=_recorded(wanted, ask, as_of, today),
    )  # fmt: skip


def _recorded(wanted: Report, ask: ReportAsk, as_of: str, today: str) -> str:
    """Up to which day the book is taken: what is counted by days on papers may be known later."""
    if not ask.recorded:
        return as_of if wanted.dated else ""
    if not wanted.dated:
        raise Refused.one("report_recorded", "recorded", ask.recorded, name=wanted.name)
    _demand_days(ask.recorded, as_of, today)
    return ask.recorded


def run(over: Over, asked: ReportAsk) -> ReportTable:
    """Count a report; totals agree with their parts, or a note says why not. Raises Refused."""
    ask = settled(over, asked)
    wanted = report(ask.name)
    source, question = _question(over, wanted, ask)
    found, totals = count.table(source, question, wanted.columns)
    rows = _rows(over, wanted, ask, found)
    withheld = {one.name for one in wanted.columns if one.restricted and not over.restricted}
    shown = tuple(replace(row, values=_told(row.values, withheld)) for row in rows)
    made = ReportTable(
        ask,
        wanted.title(language()),
        _units_of_count(wanted.columns),
        tuple(_column(one) for one in wanted.columns),
        shown,
        _told(totals, withheld),
        (
            *_narrowed(question),
            *notes.of(wanted, ask, rows, totals, bool(withheld)),
            *notes.of_moves(source.moves, question.moment.closing),
        ),
        translate("Đơn vị") if wanted.rows == UNIT else row_names.head(wanted.rows),
        period_words(over, wanted, ask),
    )
    return targets.beside(over, made) if wanted.name == TARGETS else made


def by_unit(over: Over, asked: ReportAsk, name: str) -> tuple[dict[str, int], int]:
    """One figure of a report with rows by unit: of every row, and in all. Raises Refused."""
    ask = settled(over, asked)
    wanted = report(ask.name)
    source, question = _question(over, wanted, ask)
    only = [one for one in wanted.columns if one.name == name]
    found, totals = count.table(source, question, only)
    keys = placing.rows(ask.units, ask.borders, ask.level)
    counted = count.rolled_up(found, keys)
    return {key: counted.get(key, {}).get(name, 0) for key in keys}, totals[name]


def _narrowed(question: Question) -> tuple[str, ...]:
    """Whom the report leaves out is told first."""
    found = []
    if question.within:
        told = ", ".join(placing.label(key) for key in question.within)
        found.append(translate("Chỉ đếm người ở: {units}.", units=told))
    if question.where:
        told = narrowed.words(question.where)
        found.append(translate("Chỉ đếm theo điều kiện: {words}.", words=told))
    return tuple(found)


def cell(over: Over, asked: ReportAsk, column: str, row: str | None) -> tuple[ReportMember, ...]:
    """Who or what stands in a cell, in the whole column when `row` is None.

    Raises Refused (`report_column`, `report_row`, `report_withheld`).
    """
    ask = settled(over, asked)
    wanted = report(ask.name)
    named = {one.name: one for one in wanted.columns}
    if column not in named:
        raise Refused.one("report_column", "column", column, known=", ".join(named))
    if named[column].restricted and not over.restricted:
        raise Refused.one("report_withheld", "column", column)
    _demand_row(wanted, ask, row)
    found = standing(over, asked, (named[column],))
    keys = {
        key: who
        for written, key, who, met in found.lines
        if met and (row is None or row in found.rows_of(written))
    }
    return members.of(found.source, named[column], sorted(keys.items()))


def listed(over: Over, asked: ReportAsk, column: str, row: str | None) -> ReportCell:
    """As `cell`, with its head."""
    found = cell(over, asked, column, row)
    ask = settled(over, asked)
    wanted = report(ask.name)
    return ReportCell(
        wanted.title(language()),
        period_words(over, wanted, ask),
        row_names.of(over, wanted.rows, row),
        next(_column(one).label for one in wanted.columns if one.name == column),
        found,
        _narrowed(_question(over, wanted, ask)[1]),
    )


@dataclass(frozen=True, slots=True)
class Stood:
    """Who and what stands in some figures of a report; `rows_of` tells which rows of the report a
    group of the lines belongs to."""

    source: Source
    lines: set[count.Standing]
    rows_of: Callable[[str | None], tuple[str, ...]]


def standing(over: Over, asked: ReportAsk, figures: Sequence[Figure]) -> Stood:
    """Who and what stands in each row, of figures counted alike (`count.counted_as`), asked once
    for all of them. Whoever may not see a restricted figure must not be told its lines."""
    ask = settled(over, asked)
    wanted = report(ask.name)
    source, question = _question(over, wanted, ask)
    lines = count.standing(source, question, figures)
    if question.rows != UNIT:
        return Stood(source, lines, lambda written: count.rows_of(written, question))
    rows = frozenset(placing.rows(ask.units, ask.borders, ask.level))

    @cache
    def above(written: str | None) -> tuple[str, ...]:
        return tuple(count.row_above(one, rows) for one in count.rows_of(written, question))

    return Stood(source, lines, above)


def _in_period(over: Over, ask: ReportAsk, today: str) -> ReportAsk:
    """The days of a named period; one that still runs is counted up to today."""
    if not ask.period:
        return ask
    source = over.source(LATER)
    found = count.period(source, ask.period)
    if found is None and report(ask.name).dated:
        return _in_half_year(ask, today)
    if found is None or not found["starts_on"]:
        known = ", ".join(count.period_codes(source)) or "-"
        raise Refused.one("report_period", "period", ask.period, known=known)
    last = found["cutoff_on"] or found["ends_on"] or today
    return replace(ask, as_of=ask.as_of or min(last, today), since=ask.since or found["starts_on"])


def _in_half_year(ask: ReportAsk, today: str) -> ReportAsk:
    """The days of a half-year (`2026-1`), which needs no period of the office, as far as its
    papers are recorded today: the report is due after its last day."""
    try:
        found = report_periods.half_year(ask.period)
    except LookupError:
        raise Refused.one("report_period", "period", ask.period) from None
    last = ask.as_of or min(found.ends, today)
    known = ask.recorded or max(today, last)
    return replace(ask, as_of=last, since=ask.since or found.begins, recorded=known)


def period_words(over: Over, wanted: Report, ask: ReportAsk) -> str:
    """Which named period it is, as of which day, and of a flow since when."""
    day = dates.show(ask.as_of)
    if ask.since == EVER or not (wanted.flows or wanted.rows == "event"):
        words = translate("Số liệu tính đến ngày {day}", day=day)
    else:
        first = dates.show(ask.since)
        words = translate("Từ ngày {first}, số liệu tính đến ngày {day}", first=first, day=day)
    if ask.recorded not in ("", ask.as_of):
        known = dates.show(ask.recorded)
        words = translate("{words}, theo sổ ghi đến hết ngày {known}", words=words, known=known)
    if not ask.period:
        return words
    return translate("Kỳ: {period}. {words}", period=_period_name(over, ask.period), words=words)


def _period_name(over: Over, code: str) -> str:
    """A named period by its name and code."""
    found = count.period(over.source(LATER), code) or {}
    name = found.get("name") or ("" if found else _half_year_name(code))
    return f"{name} ({code})" if name else code


def _half_year_name(code: str) -> str:
    year, _, half = code.partition("-")
    first = translate("6 tháng đầu năm {year}", year=year)
    return first if half == "1" else translate("6 tháng cuối năm {year}", year=year)


def moment(over: Over, ask: ReportAsk) -> Moment:
    """Both ends of the period as instants; today is what stands now."""
    known = ask.recorded or ask.as_of
    closing = LATER if known >= over.today.isoformat() else over.end_of_day(known)
    if ask.since == EVER:
        return Moment(ask.as_of, closing, ask.since, closing)
    before = date.fromisoformat(ask.since) - timedelta(days=1)
    return Moment(ask.as_of, closing, ask.since, over.end_of_day(before.isoformat()))


def _question(over: Over, wanted: Report, ask: ReportAsk) -> tuple[Source, Question]:
    """Who names all units of the office asks for its whole book, as who names none: also for those
    who live nowhere known. So a settled question answers as it did."""
    at = moment(over, ask)
    opening = at.opening if wanted.flows and not wanted.dated else at.closing
    source = replace(over.source(opening), promised=promise.due)
    within = () if set(ask.units) == set(over.units) else ask.units
    return source, Question(wanted.rows, ask.borders, at, within, ask.where)


def _demand_row(wanted: Report, ask: ReportAsk, row: str | None) -> None:
    """A row of units must be one of the report's."""
    if wanted.rows != UNIT or row in (None, UNKNOWN, count.OUTSIDE):
        return
    if row not in placing.rows(ask.units, ask.borders, ask.level):
        raise Refused.one("report_row", "row", row)


def _rows(over: Over, wanted: Report, ask: ReportAsk, found: Counts) -> tuple[ReportRow, ...]:
    names = [one.name for one in wanted.columns]

    def made(key: str, label: str, unit: bool = False) -> ReportRow:
        numbers = counted.get(key, {})
        return ReportRow(key, label, {name: numbers.get(name, 0) for name in names}, unit)

    if wanted.rows != UNIT:
        counted = found
        if wanted.rows == "event":
            return tuple(made(key, label) for key, label in trainings.labels(over, found))
        return tuple(made(key, label) for key, label in row_names.labels(wanted.rows, found))
    keys = placing.rows(ask.units, ask.borders, ask.level)
    counted = count.rolled_up(found, keys)
    rows = [made(key, placing.label(key), True) for key in keys]
    for key, label in row_names.elsewhere().items():
        if any(counted.get(key, {}).values()):
            rows.append(made(key, label))
    return tuple(rows)


def _column(figure: Figure) -> ReportColumn:
    unit = unit_word(figure)
    label = f"{figure.label(language())} ({unit})"
    return ReportColumn(figure.name, label, unit, figure.told(language()))


def unit_word(figure: Figure) -> str:
    """What a figure counts, as it stands in its head."""
    return {
        "persons": translate("người"),
        "cases": translate("vụ") if figure.of == "victim" else translate("ca"),
        "rounds": translate("đợt"),
        "classes": translate("lớp"),
        "workshops": translate("hội thảo"),
        "days": translate("ngày"),
    }.get(figure.unit, translate("lượt"))


def _units_of_count(columns: Sequence[Figure]) -> str:
    return ", ".join(dict.fromkeys(unit_word(one) for one in columns))


def _told(values: Mapping[str, Number], withheld: Collection[str]) -> dict[str, Number]:
    """Numbers without those of restricted facts, large ones too: two large ones of two units, days
    or conditions would tell a small one by their difference (decision 0052)."""
    return {name: None if name in withheld else number for name, number in values.items()}


def _demand_days(as_of: str, since: str, today: str) -> None:
    for field, day in (("as_of", as_of), ("since", since)):
        if day not in ("", EVER) and (len(day) != len(today) or not dates.valid(day)):
            raise Refused.one("report_day", field, day)
    if as_of > today:
        raise Refused.one("report_day_ahead", "as_of", as_of, day=dates.show(as_of))
    if since > as_of:
        raise Refused.one("report_since", "since", since, day=dates.show(as_of))


def askable(over: Over, name: str) -> frozenset[str]:
    """The columns that a condition on a report may ask. Raises Refused (`report_unknown`)."""
    columns = report(name).columns
    of_persons = frozenset.intersection(*(BASES[one.of].filters for one in columns))
    return _asked(columns) - _closed(over) | of_persons


def _closed(over: Over) -> frozenset[str]:
    """Columns that only restricted figures ask: a condition would tell whom a fact is about."""
    if over.restricted:
        return frozenset()
    every = [one for name in figures.reports() for one in report(name).columns]
    told_by = [one for one in every if not one.restricted]
    return _asked(one for one in every if one.restricted) - _asked(told_by)


def _demand_where(over: Over, wanted: Report, words: str) -> None:
    """A condition may ask what a figure of the report asks; else it would mean nothing there."""
    columns = conditions.columns_of(words)
    asked = sorted(columns & _closed(over))
    if asked:
        raise Refused.one("report_where_withheld", "where", words, unknown=asked[0])
    asking.demand_columns(words, askable(over, wanted.name))
    asking.demand_values(words, wanted.columns)


def _asked(some: Iterable[Figure]) -> frozenset[str]:
    return frozenset[str]().union(*(conditions.columns_of(one.where) for one in some))
