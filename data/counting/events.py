"""What happened at a day and place: accidents with their victims, training with its seats."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data.counting import then
from data.counting.people import Moment, flag, listed, owned, persons
from data.counting.then import EDITED, Source

WHO = ("full_name", "organisation", "sex", "level", "unit")
"""What makes two seats one person's."""
APART = "\x1f"
"""Between the words of a person's key: a sign that nobody can type."""


def victim(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Victims, each once for an accident, and accidents that nobody is recorded for."""
    tied = ("person_id", "accident_id", "consequence", "activity", "age_then")
    unknown = ("victim_sex", "victim_birth")
    hit = ("accident_on", "accident_commune", "accident_hamlet", "device")
    rows = then.rows(source, "victim", (*tied, *unknown), moment.closing)
    event = then.rows(source, "accident", hit, moment.closing)
    who = persons(source, moment, ("sex", "birth"))
    sex = func.coalesce(who.c.sex, rows.c.victim_sex)
    birth = func.coalesce(who.c.birth, rows.c.victim_birth)
    joined = owned(source, moment, rows, who).outerjoin(
        event, and_(event.c.id == rows.c.accident_id, event.c.deleted_at.is_(None))
    )
    named = func.coalesce(who.c.id, rows.c.id)
    hurt = select(
        (func.coalesce(event.c.id, "") + "/" + named).label("key"),
        who.c.id.label("person"),
        rows.c.id.label("row"),
        literal(1).label("hurt"),
        flag(_child(rows.c.age_then, event.c.accident_on, birth)).label("child"),
        sex.label("sex"),
        birth.label("birth"),
        rows.c.consequence,
        rows.c.activity,
        *_accident(event),
    ).select_from(joined)
    gone = and_(rows.c.person_id.is_not(None), or_(who.c.id.is_(None), ~listed(who)))
    hurt = hurt.where(rows.c.deleted_at.is_(None), ~gone)
    bare = select(
        null().label("key"), null().label("person"), null().label("row"), literal(0), literal(0),
        null(), null(), null(), null(), *_accident(event),
    ).where(event.c.deleted_at.is_(None))  # fmt: skip
    return union_all(hurt, bare).subquery()


def _child(age: ColumnElement[Any], on: ColumnElement[Any], birth: ColumnElement[Any]) -> Any:
    """Under 16 by the age recorded, else by the two years (Luật 102/2016/QH13 Đ.1)."""
    return func.coalesce(age, _year(on) - _year(birth)) < 16


def _year(day: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.substr(day, 1, 4), Integer)


def _accident(event: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What an accident is counted and grouped by; its place is where it happened."""
    return (
        event.c.id.label("accident"),
        func.substr(event.c.accident_on, 1, 4).label("year"),
        event.c.device,
        event.c.accident_commune.label("commune"),
        event.c.accident_hamlet.label("hamlet"),
        null().label("placed"),
        null().label("current_commune"),
        literal(1).label(EDITED),
    )


def training(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Seats in classes and workshops of the period, and the classes and workshops themselves.

    Who sat in several is one person by name, organisation, sex, level and unit together.
    """
    told = ("starts_on", "days")
    classes = then.rows(source, "training_class", ("round_id", *told), moment.closing)
    workshops = then.rows(source, "workshop", told, moment.closing)
    seats = then.rows(source, "delegate", (*WHO, "event_id"), moment.closing)
    events = union_all(
        select(classes.c.id, classes.c.round_id, classes.c.id.label("class_id"),
               null().label("workshop_id"), classes.c.days, classes.c.starts_on)
        .where(classes.c.deleted_at.is_(None)),
        select(workshops.c.id, null(), null(), workshops.c.id, workshops.c.days,
               workshops.c.starts_on)
        .where(workshops.c.deleted_at.is_(None)),
    ).subquery()  # fmt: skip
    during = events.c.starts_on.between(moment.since, moment.day)
    who = _joined(*(func.coalesce(seats.c[name], "") for name in WHO))
    sat = (
        select(
            seats.c.id.label("key"), null().label("person"), who.label("who"), seats.c.sex,
            seats.c.level, events.c.id.label("event"), events.c.round_id, events.c.class_id,
            events.c.workshop_id, events.c.days, literal(1).label("seat"),
            seats.c.unit.label("commune"), *_nowhere(),
        )
        .join(events, events.c.id == seats.c.event_id)
        .where(seats.c.deleted_at.is_(None), during)
    )  # fmt: skip
    held = select(
        null(), null(), null(), null(), null(), events.c.id, events.c.round_id, events.c.class_id,
        events.c.workshop_id, events.c.days, literal(0), null(), *_nowhere(),
    ).where(during)  # fmt: skip
    return union_all(sat, held).subquery()


def _joined(*parts: ColumnElement[Any]) -> ColumnElement[Any]:
    found = parts[0]
    for part in parts[1:]:
        found = found + APART + part
    return found


def _nowhere() -> tuple[ColumnElement[Any], ...]:
    names = ("hamlet", "placed", "current_commune")
    return (*(null().label(name) for name in names), literal(1).label(EDITED))
