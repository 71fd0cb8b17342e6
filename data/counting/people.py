"""Persons as figures look at them: on the lists, by cause, as records, as movements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union,
)

from data.counting import then
from data.counting.then import EDITED, Source

STANDING = ("status", "life_state")
"""What decides whether an approved person stands on the lists."""
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


def registered(rows: FromClause) -> ColumnElement[bool]:
    """Stands, and is a person with a disability or a mine victim (survey 4.4)."""
    return and_(stands(rows), _known(rows))


def listed(rows: FromClause) -> ColumnElement[bool]:
    """Neither removed nor merged into another record."""
    return and_(rows.c.deleted_at.is_(None), rows.c.merged_into.is_(None))


def persons(
    source: Source, moment: Moment, more: Collection[str], since: str | None = None
) -> FromClause:
    """The rows of persons with what every base of them needs, and more columns.

    Nobody asks for what she does not need: most edits of a year are approvals, and a past day
    undoes them only where the status is asked.
    """
    names = ("merged_into", *AT, *more)
    return then.rows(source, "person", names, moment.closing, since)


def _ids(column: ColumnElement[Any]) -> Select[Any]:
    return select(column.label("id")).where(column.is_not(None))


def _merging(source: Source, moment: Moment) -> tuple[Select[Any], ...]:
    """Everybody who was merged into somebody, or somebody into her, now or since the moment."""
    own, trail = source.tables["person"], source.trail.c
    since = then.edits(source.trail, "person", ("merged_into",), moment.closing)
    return (
        select(own.c.id.label("id")).where(own.c.merged_into.is_not(None)),
        _ids(own.c.merged_into),
        select(trail.row_id.label("id")).where(since),
        _ids(trail.old).where(since),
    )


def plain_names(asked: frozenset[str], *own: str) -> list[str]:
    """The columns of the person that were asked for and are no flags of the base."""
    return sorted(asked.difference(own))


KINDS = ("types", "degree", "mine_victim")
"""What decides whether somebody is a person with a disability or a mine victim."""


def _disabled(rows: FromClause) -> ColumnElement[bool]:
    """A type or a degree is recorded, and the council did not find her not disabled."""
    degree = func.coalesce(rows.c.degree, "")
    told = or_(func.coalesce(rows.c.types, "") != "", degree != "")
    return and_(told, degree != "not_disabled")


def person(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons on the lists at the moment, each once."""
    plain = plain_names(asked, "stands", "disabled", "registered")
    kinds = KINDS if asked & {"disabled", "registered"} else ()
    rows = persons(source, moment, [*STANDING, *plain, *kinds])
    flags = [flag(stands(rows)).label("stands")]
    if "disabled" in asked:
        flags.append(flag(_disabled(rows)).label("disabled"))
    if "registered" in asked:
        flags.append(flag(registered(rows)).label("registered"))
    own = [rows.c[name] for name in plain if name not in AT]
    found = select(rows.c.id.label("key"), rows.c.id.label("person"), *flags, *own, *place(rows))
    return found.where(listed(rows)).subquery()


def cause(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons with the causes of all their types as words of one column: one look at each person
    serves every row."""
    causes = [f"cause_{kind}" for kind in TYPES]
    plain = plain_names(asked, "stands", "disabled", "cause")
    rows = persons(source, moment, [*STANDING, *plain, *causes, *KINDS[:2]])
    words: ColumnElement[Any] = func.coalesce(rows.c[causes[0]], "")
    for name in causes[1:]:
        words = words + " " + func.coalesce(rows.c[name], "")
    found = select(
        rows.c.id.label("key"),
        rows.c.id.label("person"),
        words.label("cause"),
        flag(stands(rows)).label("stands"),
        flag(_disabled(rows)).label("disabled"),
        *(rows.c[name] for name in plain),
        *place(rows),
    )
    return found.where(listed(rows)).subquery()


def leads(source: Source, moment: Moment) -> FromClause:
    """By merged record the person it leads to, however far, as it was at the moment."""
    among = select(union(*_merging(source, moment)).subquery())
    some = replace(source, among=among)
    own = then.rows(some, "person", ("merged_into",), moment.closing)
    # Few are merged: the end is who is not among them, and nobody looks through all the others.
    merged = select(own.c.id, own.c.merged_into.label("last")).where(own.c.merged_into.is_not(None))
    stubs = merged.cte()
    found = select(stubs.c.id, stubs.c.last).cte(recursive=True)
    on = stubs.alias()
    found = found.union(select(found.c.id, on.c.last).join(on, on.c.id == found.c.last))
    ends = select(found.c.id, found.c.last)
    return ends.where(found.c.last.not_in(select(stubs.c.id))).subquery()


def owned(source: Source, moment: Moment, rows: FromClause, persons: FromClause) -> FromClause:
    """Rows that belong to a person joined with whom they belonged to at the moment, and those that
    belong to nobody."""
    owner, led = _led(source, moment, rows)
    return led.outerjoin(persons, persons.c.id == owner)


def held(source: Source, moment: Moment, rows: FromClause, persons: FromClause) -> Any:
    """As `owned` without those of nobody, after the expression of the owner's id.

    Of an outer join SQLite would put everybody aside as she was before it looks for one.
    """
    owner, led = _led(source, moment, rows)
    return owner, led.join(persons, persons.c.id == owner)


def _led(source: Source, moment: Moment, rows: FromClause) -> Any:
    stubs = leads(source, moment)
    owner = func.coalesce(stubs.c.last, rows.c.person_id)
    return owner, rows.outerjoin(stubs, stubs.c.id == rows.c.person_id)


def entry(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Records of persons in any status, as data to be worked on."""
    wanted = ("birth", "sex", "id_number", "types", "server_version")
    own = ("status", "life_state", "amended", "lacks", "new_year", "unsent", "alike")
    plain = plain_names(asked, *own)
    rows = persons(source, moment, [*STANDING, *wanted, *plain])
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
        *(rows.c[name] for name in plain),
        *place(rows),
    ]
    return select(*columns).where(listed(rows)).subquery()


def _alike(source: Source, rows: FromClause) -> ColumnElement[bool]:
    if source.alike is None:
        return literal(0) == 1
    pairs = source.alike.cte("pairs")
    return or_(rows.c.id.in_(select(pairs.c.one)), rows.c.id.in_(select(pairs.c.other)))


def movement(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons with how they stood at both ends of the period, removed and merged ones too, and
    those who went to another office."""
    own = ("in_then", "in_now", "entered", "ended", "away", "life_state")
    plain = plain_names(asked, *own)
    rows = persons(source, moment, [*STANDING, *plain, *KINDS], moment.opening)
    before = then.rows(source, "person", (*STANDING, "merged_into", *KINDS), moment.opening)
    was = and_(before.c.id.is_not(None), listed(before), registered(before))
    is_in = and_(listed(rows), registered(rows))
    once = and_(listed(rows), rows.c.status == "approved", _known(rows))
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
        *(rows.c[name] for name in plain),
        *place(rows),
    ]
    joined = rows.outerjoin(before, before.c.id == rows.c.id)
    return select(*columns).select_from(joined).subquery()


def _known(rows: FromClause) -> ColumnElement[bool]:
    return or_(_disabled(rows), func.coalesce(rows.c.mine_victim, False).is_(True))


def _not_approved(before: FromClause) -> ColumnElement[bool]:
    """Not there or not approved at the opening: who was approved and lost in one period."""
    return or_(before.c.id.is_(None), before.c.status != "approved")
