"""What figures look at: persons, needs, cases, victims; each with columns to ask and group by.

Every base has `key` (what is counted once), `person`, and its place: `commune` as it was written,
`hamlet`, `placed`, `current_commune` and whether one of them was edited since the moment.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data.counting import then
from data.counting.then import EDITED, Source
from data.records.care_case import ENDED

GONE = ("dead", "left")
"""States of life in which somebody is on no list of those who are here."""
LIVE = ("new", "connecting", "partly_met")
TYPES = ("mobility", "hearing_speech", "vision", "neuro_psychiatric", "intellectual", "other")
WHO = ("full_name", "organisation", "sex", "level", "unit")
AT = ("commune", "hamlet", "placed", "current_commune")
Columns = Mapping[str, ColumnElement[Any]]


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


@dataclass(frozen=True, slots=True)
class Base:
    """How a base is made, from the columns that the figures ask; and what needs no DISTINCT."""

    made: Callable[[Source, Moment, frozenset[str]], FromClause]
    unique: frozenset[str] = frozenset()


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A condition as 1 or 0."""
    return case((condition, 1), else_=0)


def _place(rows: FromClause) -> tuple[ColumnElement[Any], ...]:
    return (*(rows.c[name] for name in AT), rows.c[EDITED])


def _stands(rows: FromClause) -> ColumnElement[bool]:
    """Approved, and neither dead nor gone, as far as it was recorded."""
    return and_(rows.c.status == "approved", func.coalesce(rows.c.life_state, "").not_in(GONE))


def _listed(rows: FromClause) -> ColumnElement[bool]:
    return and_(rows.c.deleted_at.is_(None), rows.c.merged_into.is_(None))


def _persons(source: Source, moment: Moment, more: Collection[str]) -> FromClause:
    names = ("status", "life_state", "merged_into", *AT, *more)
    return then.rows(source, "person", names, moment.closing)


def _plain(asked: frozenset[str], *own: str) -> list[str]:
    """The columns of the person that were asked for and are no flags of the base."""
    return sorted(asked.difference(own))


def _disabled(rows: FromClause) -> ColumnElement[int]:
    degrees = ("profound", "severe", "mild", "undetermined")
    return flag(
        or_(func.coalesce(rows.c.types, "") != "", func.coalesce(rows.c.degree, "").in_(degrees))
    )


def person(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons on the lists at the moment, each once."""
    plain = _plain(asked, "stands", "disabled")
    needed = [*plain, "types", "degree"] if "disabled" in asked else plain
    rows = _persons(source, moment, needed)
    flags = [flag(_stands(rows)).label("stands")]
    if "disabled" in asked:
        flags.append(_disabled(rows).label("disabled"))
    own = [rows.c[name] for name in plain if name not in AT]
    found = select(rows.c.id.label("key"), rows.c.id.label("person"), *flags, *own, *_place(rows))
    return found.where(_listed(rows)).subquery()


def cause(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons by each cause of their disability: one row for each different cause of a person."""
    causes = [f"cause_{kind}" for kind in TYPES]
    plain = _plain(asked, "stands", "cause")
    rows = _persons(source, moment, [*plain, *causes])
    stands = flag(_stands(rows)).label("stands")
    own = [rows.c[name] for name in plain]
    told = [
        select(
            rows.c.id.label("key"),
            rows.c.id.label("person"),
            rows.c[name].label("cause"),
            stands,
            *own,
            *_place(rows),
        ).where(_listed(rows), func.coalesce(rows.c[name], "") != "")
        for name in causes
    ]
    silent = select(
        rows.c.id.label("key"), rows.c.id.label("person"), null().label("cause"), stands, *own,
        *_place(rows),
    ).where(_listed(rows), *(func.coalesce(rows.c[name], "") == "" for name in causes))  # fmt: skip
    return union_all(*told, silent).subquery()


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


def _owned(source: Source, moment: Moment, rows: FromClause, persons: FromClause) -> FromClause:
    """Rows that belong to a person joined with whom they belonged to at the moment."""
    leads = _stubs(source, moment)
    return rows.outerjoin(leads, leads.c.id == rows.c.person_id).outerjoin(
        persons, persons.c.id == func.coalesce(leads.c.last, rows.c.person_id)
    )


def need(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Needs of persons on the lists; the same need of two merged records counts once."""
    own = ("need_group", "need_status", "item", "declared_on", "priority")
    rows = then.rows(source, "need", ("person_id", *own), moment.closing)
    plain = _plain(asked, "stands", "live", *own)
    who = _persons(source, moment, plain)
    live = func.coalesce(rows.c.need_status, "new").in_(LIVE)
    same = who.c.id + "/" + func.coalesce(rows.c.need_group, "") + "/" + rows.c.item
    found = select(
        case((and_(live, rows.c.item.is_not(None)), same), else_=rows.c.id).label("key"),
        rows.c.id.label("row"),
        who.c.id.label("person"),
        flag(_stands(who)).label("stands"),
        flag(live).label("live"),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *_place(who),
    ).select_from(_owned(source, moment, rows, who))
    return found.where(rows.c.deleted_at.is_(None), _listed(who)).subquery()


def care_case(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Cases with how they stood at both ends of the period."""
    own = ("worker", "case_status", "close_reason", "emergency")
    rows = then.rows(source, "care_case", ("person_id", *own), moment.closing)
    before = then.rows(source, "care_case", ("case_status",), moment.opening)
    who = _persons(source, moment, ())
    was_open, is_open = _case_open(before), _case_open(rows)
    new = and_(before.c.id.is_(None), rows.c.case_status == "closed", rows.c.deleted_at.is_(None))
    came = and_(~was_open, or_(is_open, new))
    columns = [
        rows.c.id.label("key"),
        who.c.id.label("person"),
        flag(was_open).label("open_then"),
        flag(is_open).label("open_now"),
        flag(came).label("entered"),
        flag(and_(or_(was_open, came), ~is_open)).label("ended"),
        *(rows.c[name] for name in own),
        *_place(who),
    ]
    joined = _owned(source, moment, rows, who).outerjoin(before, before.c.id == rows.c.id)
    if "review_on" in asked:
        due = _reviews_due(source, moment)
        joined = joined.outerjoin(due, due.c.case_id == rows.c.id)
        columns.append(due.c.review_on)
    if "secret" in asked:
        noted = _secrets(source, moment)
        joined = joined.outerjoin(noted, noted.c.case_id == rows.c.id)
        columns.append(flag(noted.c.case_id.is_not(None)).label("secret"))
    return select(*columns).select_from(joined).where(_listed(who)).subquery()


def _case_open(rows: FromClause) -> ColumnElement[bool]:
    status = func.coalesce(rows.c.case_status, "open")
    return and_(rows.c.id.is_not(None), rows.c.deleted_at.is_(None), status.not_in(ENDED))


def _reviews_due(source: Source, moment: Moment) -> FromClause:
    """By case the day that its latest review set for the next one."""
    names = ("case_id", "reviewed_on", "next_review_on")
    rows = then.rows(source, "case_review", names, moment.closing)
    order = (func.coalesce(rows.c.reviewed_on, "").desc(), rows.c.id.desc())
    nth = func.row_number().over(partition_by=rows.c.case_id, order_by=order)
    ranked = select(rows.c.case_id, rows.c.next_review_on.label("review_on"), nth.label("nth"))
    latest = ranked.where(rows.c.deleted_at.is_(None)).subquery()
    return select(latest.c.case_id, latest.c.review_on).where(latest.c.nth == 1).subquery()


def _secrets(source: Source, moment: Moment) -> FromClause:
    rows = then.rows(source, "case_note", ("case_id", "confidential"), moment.closing)
    found = select(rows.c.case_id).where(rows.c.deleted_at.is_(None), rows.c.confidential.is_(True))
    return found.distinct().subquery()


def victim(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Victims, each once for an accident, and accidents that nobody is recorded for."""
    tied = ("person_id", "accident_id", "consequence", "activity", "age_then")
    unknown = ("victim_sex", "victim_birth")
    hit = ("accident_on", "accident_commune", "accident_hamlet", "device")
    rows = then.rows(source, "victim", (*tied, *unknown), moment.closing)
    event = then.rows(source, "accident", hit, moment.closing)
    who = _persons(source, moment, ("sex", "birth"))
    sex = func.coalesce(who.c.sex, rows.c.victim_sex)
    birth = func.coalesce(who.c.birth, rows.c.victim_birth)
    joined = _owned(source, moment, rows, who).outerjoin(
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
        rows.c.consequence,
        rows.c.activity,
        *_accident(event),
    ).select_from(joined)
    gone = and_(rows.c.person_id.is_not(None), or_(who.c.id.is_(None), ~_listed(who)))
    hurt = hurt.where(rows.c.deleted_at.is_(None), ~gone)
    bare = select(
        null().label("key"), null().label("person"), null().label("row"), literal(0), literal(0),
        null(), null(), null(), *_accident(event),
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


def entry(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Records of persons in any status, as data to be worked on."""
    wanted = ("birth", "sex", "id_number", "types", "server_version")
    rows = _persons(source, moment, wanted)
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
        *_place(rows),
    ]
    return select(*columns).where(_listed(rows)).subquery()


def _alike(source: Source, rows: FromClause) -> ColumnElement[bool]:
    if source.alike is None:
        return literal(0) == 1
    pairs = source.alike.cte("pairs")
    return or_(rows.c.id.in_(select(pairs.c.one)), rows.c.id.in_(select(pairs.c.other)))


def movement(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Persons with how they stood at both ends of the period, removed and merged ones too."""
    names = ("status", "life_state", "merged_into")
    rows = _persons(source, moment, ())
    before = then.rows(source, "person", names, moment.opening)
    was = and_(before.c.id.is_not(None), _listed(before), _stands(before))
    is_in = and_(_listed(rows), _stands(rows))
    once = and_(_listed(rows), rows.c.status == "approved")
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
        *_place(rows),
    ]
    joined = rows.outerjoin(before, before.c.id == rows.c.id)
    return select(*columns).select_from(joined).subquery()


def _not_approved(before: FromClause) -> ColumnElement[bool]:
    """Not there or not approved at the opening: who was approved and lost in one period."""
    return or_(before.c.id.is_(None), before.c.status != "approved")


def training(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Seats in classes and workshops of the period, and the classes and workshops themselves.

    Who sat in several is one person by name, organisation, sex, level and unit together.
    """
    place = ("name", "starts_on", "days", "topic")
    classes = then.rows(source, "training_class", ("round_id", *place), moment.closing)
    workshops = then.rows(source, "workshop", place, moment.closing)
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
            events.c.workshop_id, null().label("days"), literal(1).label("seat"),
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
        found = found + "|" + part
    return found


def _nowhere() -> tuple[ColumnElement[Any], ...]:
    names = ("hamlet", "placed", "current_commune")
    return (*(null().label(name) for name in names), literal(1).label(EDITED))


BASES: Mapping[str, Base] = {
    "person": Base(person, frozenset({"persons"})),
    "cause": Base(cause),
    "need": Base(need),
    "case": Base(care_case, frozenset({"cases"})),
    "victim": Base(victim),
    "entry": Base(entry, frozenset({"persons"})),
    "movement": Base(movement, frozenset({"persons"})),
    "training": Base(training),
}
"""By the word that a figure has in `of`. A noun with figures of its own adds its base here."""

COUNTED: Mapping[tuple[str, str], str] = {
    ("need", "persons"): "person",
    ("case", "persons"): "person",
    ("victim", "cases"): "accident",
    ("training", "persons"): "who",
    ("training", "classes"): "class_id",
    ("training", "rounds"): "round_id",
    ("training", "workshops"): "workshop_id",
}
"""Columns counted in place of `key`."""
