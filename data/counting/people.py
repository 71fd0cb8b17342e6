"""Persons as figures look at them: on the lists, by cause, as records, as movements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from data.counting import then
from data.counting.then import EDITED, Source

GONE = ("dead", "left")
"""States of life in which somebody is on no list of those who are here."""
TYPES = ("mobility", "hearing_speech", "vision", "neuro_psychiatric", "intellectual", "other")
AT = ("commune", "hamlet", "placed", "current_commune")


@dataclass(frozen=True, slots=True)
class Moment:
    """When is counted: `closing` and `opening` are instants (ISO UTC), `day` and `since` ISO days.

    A stock is what stood at `closing`; a flow what moved from `opening` on. `since` is the first
    day of the period.
    """

    day: str
    closing: str
    since: str
    opening: str


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A condition as 1 or 0."""
    return case((condition, 1), else_=0)


def place(rows: FromClause) -> tuple[ColumnElement[Any], ...]:
    """The columns that say where somebody lives."""
    return (*(rows.c[name] for name in AT), rows.c[EDITED])


def stands(rows: FromClause) -> ColumnElement[bool]:
    """Approved, and neither dead nor gone, as far as it was recorded."""
    return and_(rows.c.status == "approved", func.coalesce(rows.c.life_state, "").not_in(GONE))


def listed(rows: FromClause) -> ColumnElement[bool]:
    """Neither removed nor merged into another record."""
    return and_(rows.c.deleted_at.is_(None), rows.c.merged_into.is_(None))


def persons(source: Source, moment: Moment, more: Collection[str]) -> FromClause:
    """The rows of persons with what every base of them needs, and more columns."""
    names = ("status", "life_state", "merged_into", *AT, *more)
    return then.rows(source, "person", names, moment.closing)


def plain_names(asked: frozenset[str], *own: str) -> list[str]:
    """The columns of the person that were asked for and are no flags of the base."""
    return sorted(asked.difference(own))


def _disabled(rows: FromClause) -> ColumnElement[int]:
    degrees = ("profound", "severe", "mild", "undetermined")
    return flag(
        or_(func.coalesce(rows.c.types, "") != "", func.coalesce(rows.c.degree, "").in_(degrees))
    )


def person(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons on the lists at the moment, each once."""
    plain = plain_names(asked, "stands", "disabled")
    needed = [*plain, "types", "degree"] if "disabled" in asked else plain
    rows = persons(source, moment, needed)
    flags = [flag(stands(rows)).label("stands")]
    if "disabled" in asked:
        flags.append(_disabled(rows).label("disabled"))
    own = [rows.c[name] for name in plain if name not in AT]
    found = select(rows.c.id.label("key"), rows.c.id.label("person"), *flags, *own, *place(rows))
    return found.where(listed(rows)).subquery()


def cause(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons with the causes of all their types as words of one column: one look at each person
    serves every row."""
    causes = [f"cause_{kind}" for kind in TYPES]
    plain = plain_names(asked, "stands", "cause")
    rows = persons(source, moment, [*plain, *causes])
    words: ColumnElement[Any] = func.coalesce(rows.c[causes[0]], "")
    for name in causes[1:]:
        words = words + " " + func.coalesce(rows.c[name], "")
    found = select(
        rows.c.id.label("key"),
        rows.c.id.label("person"),
        words.label("cause"),
        flag(stands(rows)).label("stands"),
        *(rows.c[name] for name in plain),
        *place(rows),
    )
    return found.where(listed(rows)).subquery()


def _stubs(source: Source, moment: Moment) -> FromClause:
    """By merged record the person it leads to, however far, as it was at the moment."""
    own = then.rows(source, "person", ("merged_into",), moment.closing)
    leads = (
        select(own.c.id, own.c.merged_into.label("last"))
        .where(own.c.merged_into.is_not(None))
        .cte("leads", recursive=True)
    )
    on = own.alias("on")
    leads = leads.union(
        select(leads.c.id, on.c.merged_into)
        .join(on, on.c.id == leads.c.last)
        .where(on.c.merged_into.is_not(None))
    )
    end = own.alias("end")
    ends = select(leads.c.id, leads.c.last).join(end, end.c.id == leads.c.last)
    return ends.where(end.c.merged_into.is_(None)).subquery()


def owned(source: Source, moment: Moment, rows: FromClause, persons: FromClause) -> FromClause:
    """Rows that belong to a person joined with whom they belonged to at the moment."""
    leads = _stubs(source, moment)
    return rows.outerjoin(leads, leads.c.id == rows.c.person_id).outerjoin(
        persons, persons.c.id == func.coalesce(leads.c.last, rows.c.person_id)
    )


def entry(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Records of persons in any status, as data to be worked on."""
    wanted = ("birth", "sex", "id_number", "types", "server_version")
    rows = persons(source, moment, wanted)
    waiting = then.rows(source, "amendment", ("person_id", "state"), moment.closing)
    asks = select(waiting.c.person_id).where(
        waiting.c.state == "waiting", waiting.c.deleted_at.is_(None)
    )
    empty = [func.coalesce(rows.c[name], "") == "" for name in wanted[:-1]]
    columns = [
        rows.c.id.label("key"),
        rows.c.id.label("person"),
        rows.c.status,
        rows.c.life_state,
        flag(and_(rows.c.status == "approved", rows.c.id.in_(asks))).label("amended"),
        flag(or_(*empty)).label("lacks"),
        flag(rows.c.birth.like("____-01-01")).label("new_year"),
        flag(rows.c.server_version == 0).label("unsent"),
        flag(_alike(source, rows)).label("alike"),
        *place(rows),
    ]
    return select(*columns).where(listed(rows)).subquery()


def _alike(source: Source, rows: FromClause) -> ColumnElement[bool]:
    if source.alike is None:
        return literal(0) == 1
    pairs = source.alike.cte("pairs")
    return or_(rows.c.id.in_(select(pairs.c.one)), rows.c.id.in_(select(pairs.c.other)))


def movement(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons with how they stood at both ends of the period, removed and merged ones too."""
    names = ("status", "life_state", "merged_into")
    rows = persons(source, moment, ())
    before = then.rows(source, "person", names, moment.opening)
    was = and_(before.c.id.is_not(None), listed(before), stands(before))
    is_in = and_(listed(rows), stands(rows))
    once = and_(listed(rows), rows.c.status == "approved")
    came = and_(~was, or_(is_in, and_(once, _not_approved(before))))
    columns = [
        rows.c.id.label("key"),
        rows.c.id.label("person"),
        flag(was).label("in_then"),
        flag(is_in).label("in_now"),
        flag(came).label("entered"),
        flag(and_(or_(was, came), ~is_in)).label("ended"),
        flag(~once).label("away"),
        rows.c.life_state,
        *place(rows),
    ]
    joined = rows.outerjoin(before, before.c.id == rows.c.id)
    return select(*columns).select_from(joined).subquery()


def _not_approved(before: FromClause) -> ColumnElement[bool]:
    """Not there or not approved at the opening: who was approved and lost in one period."""
    return or_(before.c.id.is_(None), before.c.status != "approved")
