"""Certificates as figures look at them: issued and revoked in the period, held on its last day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, or_, select

from data.counting import then
from data.counting.files import DAY, on, within
from data.counting.people import Moment, flag, listed, owned, persons, place, plain_names
from data.counting.then import Source
from data.records.certificate import GIVEN, PAPER, VALID

MANY = "many"
"""The row of certificates with several types."""
ANEW = ("lost", "exchange")
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
    who = persons(source, moment, [*plain, "life_state", "life_state_on"])
    issued = on(rows, "issued_on")
    force = and_(
        issued != "", issued <= moment.day, ~_over(moment, _ended(rows)),
        ~_over(moment, _dead_on(rows, who)),
    )  # fmt: skip
    here = and_(
        rows.c.deleted_at.is_(None), listed(who), who.c.id.is_not(None),
        rows.c.certificate_state.in_(GIVEN),
    )  # fmt: skip
    mine = func.coalesce(rows.c.origin, "") != PAPER
    joined = owned(source, moment, rows, who)
    columns = [_kind(rows).label("kind"), rows.c.degree]
    if "held" in asked:
        columns.append(flag(_newest(rows, who, issued, force)).label("held"))
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


def _newest(
    rows: FromClause, who: FromClause, issued: ColumnElement[Any], force: ColumnElement[bool]
) -> ColumnElement[bool]:
    """In force, and the newest such one of its holder."""
    age = func.substr(issued + " " * DAY, 1, DAY) + rows.c.id
    return and_(force, age == func.max(case((force, age))).over(partition_by=who.c.id))


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
