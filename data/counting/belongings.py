"""What belongs to a person as figures look at it: needs and cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select

from data.counting import then
from data.counting.people import (
    STANDING,
    Moment,
    flag,
    listed,
    owned,
    persons,
    place,
    plain_names,
    stands,
)
from data.counting.then import Source
from data.records.care_case import ENDED

DAY, ID = 10, 36
"""Signs of a day and of an id."""
LIVE = ("new", "connecting", "partly_met")
"""States of a need that is not met yet."""


def need(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Needs of persons on the lists; the same need of two merged records counts once."""
    own = ("need_group", "need_status", "item", "declared_on", "priority")
    rows = then.rows(source, "need", ("person_id", *own), moment.closing)
    plain = plain_names(asked, "stands", "live", *own)
    who = persons(source, moment, [*STANDING, *plain])
    live = func.coalesce(rows.c.need_status, "new").in_(LIVE)
    same = who.c.id + "/" + func.coalesce(rows.c.need_group, "") + "/" + rows.c.item
    found = select(
        case((and_(live, rows.c.item.is_not(None)), same), else_=rows.c.id).label("key"),
        rows.c.id.label("row"),
        who.c.id.label("person"),
        flag(stands(who)).label("stands"),
        flag(live).label("live"),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *place(who),
    ).select_from(owned(source, moment, rows, who))
    return found.where(rows.c.deleted_at.is_(None), listed(who)).subquery()


def care_case(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Cases with how they stood at both ends of the period, as far as their persons stood on the
    lists then: the case of who was removed or went to another office has ended here."""
    own = ("worker", "case_status", "close_reason", "emergency")
    flags = ("open_then", "open_now", "entered", "ended", "overdue", "secret")
    plain = plain_names(asked, *own, *flags)
    rows = then.rows(source, "care_case", ("person_id", *own), moment.closing, moment.opening)
    who = persons(source, moment, plain, moment.opening)
    before = _opened(source, replace(moment, closing=moment.opening))
    is_open = and_(_case_open(rows), listed(who))
    was_open = before.c.id.is_not(None)
    known = then.rows(source, "care_case", (), moment.opening)
    unseen = and_(known.c.id.is_(None), rows.c.case_status == "closed", listed(who))
    came = and_(~was_open, or_(is_open, and_(unseen, rows.c.deleted_at.is_(None))))
    columns = [
        rows.c.id.label("key"),
        who.c.id.label("person"),
        flag(was_open).label("open_then"),
        flag(is_open).label("open_now"),
        flag(came).label("entered"),
        flag(and_(or_(was_open, came), ~is_open)).label("ended"),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *place(who),
    ]
    joined = (
        owned(source, moment, rows, who)
        .outerjoin(before, before.c.id == rows.c.id)
        .outerjoin(known, known.c.id == rows.c.id)
    )
    if "overdue" in asked:
        columns.append(flag(rows.c.id.in_(_reviews_due(source, moment))).label("overdue"))
    if "secret" in asked:
        columns.append(flag(rows.c.id.in_(_secrets(source, moment))).label("secret"))
    return select(*columns).select_from(joined).where(or_(listed(who), was_open)).subquery()


def _opened(source: Source, moment: Moment) -> FromClause:
    """The cases that were open at an instant, of persons who stood on the lists then."""
    rows = then.rows(source, "care_case", ("person_id", "case_status"), moment.closing)
    who = persons(source, moment, ())
    found = select(rows.c.id).select_from(owned(source, moment, rows, who))
    return found.where(_case_open(rows), listed(who)).subquery()


def _case_open(rows: FromClause) -> ColumnElement[bool]:
    status = func.coalesce(rows.c.case_status, "open")
    return and_(rows.c.id.is_not(None), rows.c.deleted_at.is_(None), status.not_in(ENDED))


def _reviews_due(source: Source, moment: Moment) -> Select[Any]:
    """The cases whose latest review set a day before this one for the next.

    The latest is the greatest of texts that begin with its day and id, all of one length.
    """
    names = ("case_id", "reviewed_on", "next_review_on")
    rows = then.rows(source, "case_review", names, moment.closing)
    day = func.substr(func.coalesce(rows.c.reviewed_on, "") + " " * DAY, 1, DAY)
    latest = func.max(day + rows.c.id + func.coalesce(rows.c.next_review_on, ""))
    due = func.substr(latest, DAY + ID + 1)
    found = select(rows.c.case_id).where(rows.c.deleted_at.is_(None)).group_by(rows.c.case_id)
    return found.having(and_(due != "", due < moment.day))


def _secrets(source: Source, moment: Moment) -> Select[Any]:
    rows = then.rows(source, "case_note", ("case_id", "confidential"), moment.closing)
    told = and_(rows.c.confidential.is_(True), rows.c.case_id.is_not(None))
    return select(rows.c.case_id).where(rows.c.deleted_at.is_(None), told)
