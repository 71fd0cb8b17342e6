"""Certificates as figures look at them: issued and revoked in the period, held on its last day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, or_, select, union

from data.counting import then
from data.counting.files import DAY, on, within
from data.counting.people import Moment, flag, held, leads, listed, persons, place, plain_names
from data.counting.then import Source
from data.records.certificate import GIVEN, PAPER, VALID

MANY = "many"
"""The row of certificates with several types."""
ANEW = ("lost", "exchange")
DEATH = ("life_state", "life_state_on")
NOBODY_KNOWS = "0001-01-01"


def certificate(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Certificates that were in somebody's hand. `held` is the newest one in force of each living
    holder: who has two, as a merger may leave it until somebody decides, is one person."""
    own = ("certificate_state", "issued_on", "ended_on", "revoked_on", "basis", "origin", "types",
           "degree", "application_id")  # fmt: skip
    rows = then.rows(source, "certificate", ("person_id", *own), moment.closing)
    file = then.rows(
        source, "application", ("application_kind", "application_reason"), moment.closing
    )
    flags = ("issued", "revoked", "held", "why", "kind", "degree")
    plain = plain_names(asked, *flags)
    who = persons(source, moment, [*plain, *DEATH])
    issued = on(rows, "issued_on")
    here = and_(rows.c.deleted_at.is_(None), listed(who), rows.c.certificate_state.in_(GIVEN))
    mine = func.coalesce(rows.c.origin, "") != PAPER
    _holder, joined = held(source, moment, rows, who)
    columns = [_kind(rows).label("kind"), rows.c.degree]
    if "held" in asked:
        newest = _newest(source, moment)
        joined = joined.outerjoin(newest, newest.c.holder == who.c.id)
        none_newer = or_(newest.c.holder.is_(None), newest.c.age == _age(rows))
        force = and_(_in_force(moment, rows), _alive(moment, rows, who))
        columns.append(flag(and_(force, none_newer)).label("held"))
    if "why" in asked:
        columns.append(_why(rows, file).label("why"))
        joined = joined.outerjoin(file, file.c.id == rows.c.application_id)
    found = select(
        rows.c.id.label("key"),
        who.c.id.label("person"),
        flag(and_(mine, within(moment, issued))).label("issued"),
        flag(within(moment, on(rows, "revoked_on"))).label("revoked"),
        *columns,
        *(who.c[name] for name in plain),
        *place(who),
    ).select_from(joined)
    return found.where(here).subquery()


def _newest(source: Source, moment: Moment) -> FromClause:
    """By holder the age of her newest certificate in force, of those who may have two: most have
    one, and sorting everybody's would take longer than all the rest."""
    names = ("person_id", "certificate_state", "issued_on", "ended_on", "revoked_on")
    rows = then.rows(source, "certificate", names, moment.closing)
    alone = then.rows(source, "certificate", names, moment.closing)
    # An expression: grouped by the bare column, SQLite would fetch whole rows in its order.
    whose = func.coalesce(alone.c.person_id, "")
    twice = select(whose.label("one")).where(_counts(moment, alone))
    twice = twice.group_by(whose).having(func.count() > 1)
    many = union(twice, select(leads(source, moment).c.last)).subquery()
    who = persons(source, moment, DEATH)
    holder, joined = held(source, moment, rows, who)
    found = select(who.c.id.label("holder"), func.max(_age(rows)).label("age"))
    found = found.select_from(joined).where(
        holder.in_(select(many.c.one)), _counts(moment, rows), _alive(moment, rows, who)
    )
    return found.group_by(who.c.id).subquery()


def _age(rows: FromClause) -> ColumnElement[Any]:
    """A text that is greater the newer a certificate is."""
    return func.substr(on(rows, "issued_on") + " " * DAY, 1, DAY) + rows.c.id


def _counts(moment: Moment, rows: FromClause) -> ColumnElement[bool]:
    given = rows.c.certificate_state.in_(GIVEN)
    return and_(rows.c.deleted_at.is_(None), given, _in_force(moment, rows))


def _in_force(moment: Moment, rows: FromClause) -> ColumnElement[bool]:
    """Whether a certificate was issued by the last day and had not ended on it."""
    issued = on(rows, "issued_on")
    return and_(issued != "", issued <= moment.day, ~_over(moment, _ended(rows)))


def _alive(moment: Moment, rows: FromClause, who: FromClause) -> ColumnElement[bool]:
    return ~_over(moment, _dead_on(rows, who))


def _over(moment: Moment, day: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(day != "", day <= moment.day)


def _ended(rows: FromClause) -> ColumnElement[Any]:
    """When a certificate ended. One from paper that holds no more, nobody knows since when, ended
    for a report on the day it was given: nobody holds it."""
    ended, revoked = on(rows, "ended_on"), on(rows, "revoked_on")
    told = or_(ended != "", rows.c.certificate_state == VALID)
    issued = on(rows, "issued_on")
    return case((told, ended), (revoked != "", revoked), (issued != "", issued), else_=NOBODY_KNOWS)


def _dead_on(rows: FromClause, who: FromClause) -> ColumnElement[Any]:
    """The day a holder died; of whom nobody knows it, the day of the certificate."""
    day = on(who, "life_state_on")
    known = case((day != "", day), else_=on(rows, "issued_on"))
    return case((who.c.life_state == "dead", known), else_="")


def _why(rows: FromClause, file: FromClause) -> ColumnElement[Any]:
    """Why a certificate was issued: new, changed, reached_6, lost, exchange."""
    reason = on(file, "application_reason")
    changed = or_(on(file, "application_kind") == "redetermination", reason == "changed")
    return case(
        (rows.c.basis.in_(ANEW), rows.c.basis),
        (changed, "changed"),
        (reason == "reached_6", "reached_6"),
        else_="new",
    )


def _kind(rows: FromClause) -> ColumnElement[Any]:
    """The row a certificate stands in: its type, or `many` for several."""
    types = on(rows, "types")
    return case((types.like("% %"), MANY), else_=types)
