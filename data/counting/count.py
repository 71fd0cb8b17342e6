"""A report's figures grouped by the place or by a column, and who stands in a cell.

Persons are grouped by the unit as it was written; what that is in the other system of units is
worked out from the unit tables, by the hamlet where an old commune was divided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    distinct,
    func,
    literal,
    or_,
    select,
)

from data import units
from data.counting import conditions, side_by_side
from data.counting.bases import BASES, COUNTED
from data.counting.people import Moment
from data.counting.then import EDITED, Source
from data.figures import Figure

UNIT = "unit"
WORDS = frozenset({"cause"})
"""Columns of several words, each a row."""
WHOLE = WORDS | {UNIT}
"""Rows of which nobody is counted twice below the row: their groups add up."""
DAYS = "days"
"""The unit of figures that stand in reports by class or workshop alone."""
IDS_MAX = 500
EVERY = 10**12
UNKNOWN, OUTSIDE = "", "-"
"""Row keys of a place nobody wrote or that has no one unit of this system; of one elsewhere."""
LOOSE = "?"
"""Before a place whose unit of the present system must be worked out: `?commune|hamlet`."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: rows by `unit` in a system of borders or by a column; `within` unit keys that
    the persons must live in (all when empty); `where` more conditions on everybody."""

    rows: str
    borders: str
    moment: Moment
    within: tuple[str, ...] = ()
    where: str = ""


Counts = dict[str, dict[str, int]]
"""By row (a commune's key for rows by unit, else the column's value) and figure."""


def table(
    source: Source, question: Question, figures: Sequence[Figure]
) -> tuple[Counts, dict[str, int]]:
    """The numbers of every row that has any, and those of all rows together, each counted once."""
    rows: Counts = {}
    totals: dict[str, int] = {}
    kinds = [
        [one for one in figures if one.of == of] for of in dict.fromkeys(one.of for one in figures)
    ]
    for some, every in side_by_side.each(source, kinds, partial(_of_kind, question)):
        totals |= every
        for row, numbers in some.items():
            rows.setdefault(row, {}).update(numbers)
    return rows, totals


def _of_kind(
    question: Question, source: Source, figures: Sequence[Figure]
) -> tuple[Counts, dict[str, int]]:
    """The numbers of figures that look at one thing: of every row, and of all together."""
    rows: Counts = {}
    totals = dict.fromkeys((one.name for one in figures), 0)
    some, every = _shared(figures)
    asked = replace(question, where=f"{question.where} {every}".strip())
    base, place = _base(source, asked, some)
    # An expression: grouped by the bare column, SQLite would fetch whole rows in its order.
    by = func.coalesce(place if asked.rows == UNIT else base.c[asked.rows], UNKNOWN)
    for key, numbers in _groups(source, asked, some, (base, place, by)):
        for name, number in numbers.items():
            totals[name] += number
            for row in rows_of(key, asked):
                known = rows.setdefault(row, {})
                known[name] = known.get(name, 0) + number
    if not _adds_up(asked, some):
        columns = [_number(base, one, asked).label(one.name) for one in some]
        whole = _among(select(*columns), base, place, source, asked)
        line = source.connection.execute(whole).mappings().one()
        # Days of a row are its class's, whoever of it meets the condition: added up row by row.
        totals |= {one.name: int(line[one.name] or 0) for one in some if one.unit != DAYS}
    return rows, totals


def _shared(figures: Sequence[Figure]) -> tuple[list[Figure], str]:
    """Words that every figure asks are asked once, of the rows: the figures without them."""
    words = [one.where.split() for one in figures]
    every = [word for word in words[0] if all(word in others for others in words)]
    rest = [" ".join(word for word in some if word not in every) for some in words]
    pairs = zip(figures, rest, strict=True)
    return [replace(one, where=where) for one, where in pairs], " ".join(every)


def _adds_up(asked: Question, figures: Sequence[Figure]) -> bool:
    """Whether nothing stands in two groups, so that the whole needs no counting of its own."""
    return asked.rows in WHOLE or all(one.unit in BASES[one.of].unique for one in figures)


Parts = tuple[FromClause, ColumnElement[Any], ColumnElement[Any]]
"""A base, its place, and what makes its rows."""


def _groups(
    source: Source, asked: Question, figures: Sequence[Figure], parts: Parts
) -> Iterator[tuple[str | None, dict[str, int]]]:
    """The numbers of each group."""
    base, place, by = parts
    kind = BASES[figures[0].of]
    if kind.layered:
        query = _layered(source, asked, figures, parts)
    else:
        columns = [_number(base, one, asked).label(one.name) for one in figures]
        plain = _among(select(by.label("row_key"), *columns), base, place, source, asked)
        query = plain.group_by(by)
    for line in source.connection.execute(query).mappings():
        yield line["row_key"], {one.name: int(line[one.name] or 0) for one in figures}


def _layered(
    source: Source, asked: Question, figures: Sequence[Figure], parts: Parts
) -> Select[Any]:
    """By what counts once, then by person, then by row."""
    base, place, by = parts
    day = asked.moment.day
    met = [
        func.max(case((conditions.of(one.where, base.c, day), 1), else_=0)).label(one.name)
        for one in figures
    ]
    once = _among(select(by.label("row_key"), base.c.person, *met), base, place, source, asked)
    items = once.group_by(by, base.c.person, base.c.key).subquery()
    summed = [func.sum(items.c[one.name]).label(one.name) for one in figures]
    grouped = (items.c.row_key, items.c.person)
    each = select(*grouped, *summed).group_by(*grouped).subquery()
    told = [
        func.sum(
            each.c[one.name] if one.unit == "times" else case((each.c[one.name] > 0, 1), else_=0)
        ).label(one.name)
        for one in figures
    ]
    return select(each.c.row_key, *told).group_by(each.c.row_key)


def whole(source: Source, asked: Question, figure: Figure) -> Select[Any]:
    """The question for the number of a figure in all rows together."""
    base, place = _base(source, asked, [figure])
    return _among(select(_number(base, figure, asked)), base, place, source, asked)


def columns_of(figure: Figure) -> frozenset[str]:
    """The columns that a figure asks of its base."""
    return conditions.columns_of(figure.where)


Standing = tuple[Any, ...]
"""The group as it was written, the key of what is counted, its person, and by figure 1 or 0."""


def counted_as(figure: Figure) -> tuple[str, str]:
    """What a figure looks at and by which column it counts: figures alike in both are asked
    together who stands in them."""
    return figure.of, COUNTED.get((figure.of, figure.unit), "key")


def standing(source: Source, asked: Question, figures: Sequence[Figure]) -> set[Standing]:
    """Who and what stands where, of figures that are counted alike (`counted_as`): one question
    for all rows. A line may stand in none of several figures."""
    _kind, key = counted_as(figures[0])
    some, every = _shared(figures)
    asked = replace(asked, where=f"{asked.where} {every}".strip())
    base, place = _base(source, asked, some)
    by = place if asked.rows == UNIT else base.c[asked.rows]
    often = base.c.days if figures[0].unit == "days" else literal(1)
    met = [
        case((conditions.of(one.where, base.c, asked.moment.day), often), else_=0).label(one.name)
        for one in some
    ]
    query = select(by.label("row_key"), base.c[key].label("counted"), base.c.person, *met)
    query = _among(query, base, place, source, asked).where(base.c[key].is_not(None))
    lines = {tuple(line) for line in source.connection.execute(query)}
    return _each_day(lines) if figures[0].unit == "days" else lines


def _each_day(lines: Iterable[Standing]) -> set[Standing]:
    """Each day of what lasts several stands for itself; its number is in the key."""
    return {
        (by, f"{key}/{number}", who, *(int(number <= (each or 0)) for each in days))
        for by, key, who, *days in lines
        for number in range(1, max(each or 0 for each in days) + 1)
    }


def period(source: Source, code: str) -> dict[str, Any] | None:
    """The days of a named period; None when nobody made one of this code."""
    table = source.tables["period"]
    names = ("name", "starts_on", "ends_on", "cutoff_on", "due_on")
    query = select(*(table.c[name] for name in names)).where(
        table.c.code == code, table.c.deleted_at.is_(None)
    )
    row = source.connection.execute(query.order_by(table.c.id)).mappings().first()
    return dict(row) if row is not None else None


def period_codes(source: Source, most: int = 12) -> list[str]:
    """The codes of the named periods that begin some day, the newest first."""
    one = source.tables["period"].c
    known = select(one.code).where(one.deleted_at.is_(None), one.starts_on.is_not(None))
    newest = known.order_by(one.starts_on.desc(), one.ends_on.desc(), one.code)
    return [str(code) for code in source.connection.scalars(newest.limit(most))]


def planned(source: Source) -> list[dict[str, str]]:
    """Every figure and period that a target names, with the period's days, the newest first."""
    target, one = source.tables["target"].c, source.tables["period"].c
    days = (one.starts_on, one.ends_on, one.cutoff_on, one.due_on)
    rows = (
        select(target.figure, one.code.label("period"), one.name, *days)
        .distinct()
        .where(target.deleted_at.is_(None), one.deleted_at.is_(None), one.code == target.period)
        .order_by(one.starts_on.desc(), one.ends_on.desc(), one.code)
    )
    found = source.connection.execute(rows).mappings()
    return [{key: str(value or "") for key, value in row.items()} for row in found]


def targets(source: Source, figure: str, code: str) -> dict[str, tuple[int, ...]]:
    """By unit what it was set for a figure in a period: one number, or all that several offices
    set for it, where they differ."""
    table = source.tables["target"]
    wanted = (table.c.figure == figure, table.c.period == code, table.c.deleted_at.is_(None))
    set_for = select(table.c.unit, table.c.number).where(*wanted, table.c.number.is_not(None))
    found: dict[str, list[int]] = {}
    for unit, number in source.connection.execute(set_for.distinct().order_by(table.c.number)):
        found.setdefault(unit, []).append(number)
    return {unit: tuple(numbers) for unit, numbers in found.items() if unit}


def lines(
    source: Source, entity: str, ids: Collection[str], names: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Rows of a kind as they stand now, by id, with these columns; of who went to another office as
    they stood when she left."""
    table = source.tables[entity]
    columns = [table.c[name] for name in names]
    wanted = sorted(ids)
    found: dict[str, dict[str, Any]] = {}
    if source.moves is not None:
        away = source.moves.kept.rows.get(entity, {})
        found = {one: {name: away[one][name] for name in names} for one in wanted if one in away}
    for start in range(0, len(wanted), IDS_MAX):
        some = table.c.id.in_(wanted[start : start + IDS_MAX])
        for row in source.connection.execute(select(table.c.id, *columns).where(some)).mappings():
            found[row["id"]] = {name: row[name] for name in names}
    return found


def _base(
    source: Source, asked: Question, figures: Sequence[Figure]
) -> tuple[FromClause, ColumnElement[Any]]:
    """The base with the columns that the figures ask, and the expression of the place."""
    words = [asked.where, *(one.where for one in figures)]
    wanted = frozenset().union(*(conditions.columns_of(each) for each in words))
    base: Any = BASES[figures[0].of].made(source, asked.moment, wanted)
    if source.connection.dialect.name == "sqlite":
        # With a limit it is one look of its own: else what is worked out of a row would be worked
        # out again for each figure that asks it.
        base = base.element.limit(EVERY).subquery()
    return base, _place(base, asked.borders)


def _number(base: FromClause, figure: Figure, asked: Question) -> ColumnElement[Any]:
    met = conditions.of(figure.where, base.c, asked.moment.day)
    if figure.unit in BASES[figure.of].unique:
        return func.sum(case((met, 1), else_=0))
    if figure.unit == DAYS:
        return func.max(case((met, base.c.days), else_=0))
    counted = base.c[COUNTED.get((figure.of, figure.unit), "key")]
    return func.count(distinct(case((met, counted))))


def _place(base: FromClause, borders: str) -> ColumnElement[Any]:
    if borders == "63":
        return base.c.commune
    written = literal(LOOSE) + base.c.commune + "|" + func.coalesce(base.c.hamlet, "")
    return case(
        (base.c[EDITED] == 0, base.c.current_commune),
        (base.c.placed.is_not(None), base.c.placed),
        else_=written,
    )


def _among(
    query: Select[Any],
    base: FromClause,
    place: ColumnElement[Any],
    source: Source,
    asked: Question,
) -> Select[Any]:
    """With the conditions on everybody, and of those only who lives in the asked units."""
    if asked.where:
        query = query.where(conditions.of(asked.where, base.c, asked.moment.day))
    if not asked.within:
        return query
    found: list[ColumnElement[bool]] = []
    for system in units.SYSTEMS:
        named = [key for key in asked.within if key.startswith(f"{system}:")]
        if not named:
            continue
        column = place if system == asked.borders else _place(base, system)
        keys = {one.key for key in named for one in units.communes_of(key)} | set(named)
        found.append(column.in_(sorted(keys | _written_otherwise(system, frozenset(keys)))))
        if system == "34":
            loose = source.connection.scalars(
                select(column).where(column.like(f"{LOOSE}%")).distinct()
            )
            found.append(column.in_([one for one in loose if _in_present(one) in keys]))
    return query.where(and_(or_(*found)))


@cache
def _written_otherwise(system: str, keys: frozenset[str]) -> frozenset[str]:
    """Present communes that were made of one of these old ones alone: old borders keep them."""
    if system == "34":
        return frozenset()
    news = {new for key in keys for new in units.current(key).candidates}
    return frozenset(new for new in news if in_old(new) in keys)


def rows_of(written: str | None, asked: Question) -> tuple[str, ...]:
    """The rows that a group stands in; several for words of one column."""
    if asked.rows not in WORDS:
        return (_row_of(written, asked),)
    return tuple(dict.fromkeys((written or "").split())) or (UNKNOWN,)


def _row_of(written: str | None, asked: Question) -> str:
    """The row that a place or value belongs to."""
    if not written or asked.rows != UNIT:
        return written or UNKNOWN
    if asked.borders == "63":
        return in_old(written)
    return _in_present(written)


@cache
def in_old(key: str) -> str:
    """The commune under the old borders; "" when a present one was made of several."""
    if key.startswith("63:") or not units.has(key):
        return key
    former = units.former(key)
    return former[0] if len(former) == 1 else UNKNOWN


@cache
def _in_present(written: str) -> str:
    """The present commune; "" while only a person can say which."""
    if not written.startswith(LOOSE):
        return written
    commune, _, hamlet = written[len(LOOSE) :].partition("|")
    return (units.current(commune, hamlet).key or UNKNOWN) if units.has(commune) else UNKNOWN


def rolled_up(counts: Counts, rows: Sequence[str]) -> Counts:
    """Numbers by commune as numbers by these units; elsewhere and unknown have their own keys."""
    found: Counts = {}
    for commune, numbers in counts.items():
        known = found.setdefault(row_above(commune, frozenset(rows)), {})
        for name, number in numbers.items():
            known[name] = known.get(name, 0) + number
    return found


@cache
def row_above(commune: str, rows: frozenset[str]) -> str:
    """The row that a commune stands in."""
    if not commune or not units.has(commune):
        return UNKNOWN
    return next((one.key for one in units.path(commune) if one.key in rows), OUTSIDE)
