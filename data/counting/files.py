"""What becomes of applications: files, hearings of the council, referrals to the medical board.

They are counted by the days written on them, as the book had them at the moment.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    case,
    column,
    func,
    or_,
    select,
    values,
)

from data.counting import then
from data.counting.people import Moment, flag, listed, owned, persons, place, plain_names
from data.counting.then import Source

ENDED_WELL = ("issued", "not_disabled")
"""Steps of files whose result was given."""
DAY = len("2026-01-01")
PROMISE = ("kind", "reason", "received_on", "since", "board")


def on(rows: FromClause, name: str) -> ColumnElement[Any]:
    """A day as text, empty where there is none."""
    return func.coalesce(rows.c[name], "")


def within(moment: Moment, day: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a day lies in the period."""
    return day.between(moment.since, moment.day)


def file(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Files: open on the day before the period, received and ended in it, open on the last day."""
    own = ("application_kind", "application_reason", "received_on", "ended_on", "file_step")
    clock = ("missing_asked_on", "completed_on")
    rows = then.rows(source, "application", ("person_id", *own, *clock), moment.closing)
    flags = {"before", "received", "solved", "ended_otherwise", "after", "late"}
    plain = plain_names(asked, *flags, *own)
    who = persons(source, moment, plain)
    joined = owned(source, moment, rows, who)
    received, ended = on(rows, "received_on"), on(rows, "ended_on")
    known, over = received != "", within(moment, ended)
    before = and_(received < moment.since, or_(ended == "", ended >= moment.since))
    after = and_(received <= moment.day, or_(ended == "", ended > moment.day))
    well = func.coalesce(rows.c.file_step, "").in_(ENDED_WELL)
    columns = [
        rows.c.id.label("key"),
        who.c.id.label("person"),
        flag(and_(known, before)).label("before"),
        flag(within(moment, received)).label("received"),
        flag(and_(over, well)).label("solved"),
        flag(and_(over, ~well)).label("ended_otherwise"),
        flag(and_(known, after)).label("after"),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *place(who),
    ]
    if "late" in asked:
        joined, due = _with_due(source, moment, rows, joined)
        then_on = case((ended == "", moment.day), (ended > moment.day, moment.day), else_=ended)
        columns.append(flag(and_(due != "", then_on > due)).label("late"))
    here = and_(rows.c.deleted_at.is_(None), listed(who), who.c.id.is_not(None))
    return select(*columns).select_from(joined).where(here).subquery()


def _with_due(
    source: Source, moment: Moment, rows: FromClause, joined: FromClause
) -> tuple[Any, ColumnElement[Any]]:
    """The join with the day each file's result was due, and that day; empty when nobody can say.

    From the day it was complete where papers had been asked for (TT 01/2019 Đ.5), from the
    board's minutes where the medical board decided (Đ.6 k.2).
    """
    sent = then.rows(source, "medical_referral", ("application_id", "received_on"), moment.closing)
    came = (
        select(sent.c.application_id, func.max(sent.c.received_on).label("day"))
        .where(sent.c.deleted_at.is_(None), sent.c.application_id.is_not(None))
        .group_by(sent.c.application_id)
        .subquery()
    )
    answered = func.length(func.coalesce(came.c.day, "")) == DAY
    asked = on(rows, "missing_asked_on") != ""
    since = case(
        (answered, came.c.day), (asked, on(rows, "completed_on")), else_=on(rows, "received_on")
    )
    told = (on(rows, "application_kind"), on(rows, "application_reason"), on(rows, "received_on"))
    parts = (*told, since, flag(answered))
    with_answers = rows.outerjoin(came, came.c.application_id == rows.c.id)
    days = _promises(source, select(*parts).select_from(with_answers).distinct())
    joined = joined.outerjoin(came, came.c.application_id == rows.c.id)
    same = and_(*(days.c[name] == part for name, part in zip(PROMISE, parts, strict=True)))
    return joined.outerjoin(days, same), func.coalesce(days.c.due, "")


def _promises(source: Source, asked: Any) -> FromClause:
    """By all that a promise depends on the day a result is due, in working days."""
    if source.promised is None:
        raise LookupError("promised")
    lines = [
        (kind, reason, received, since, int(board),
         source.promised(kind, reason, received, since, bool(board)))
        for kind, reason, received, since, board in source.connection.execute(asked)
        if len(since) == DAY
    ]  # fmt: skip
    names = [column(name, String) for name in PROMISE[:-1]]
    made = values(*names, column("board"), column("due", String), name="promise")
    nobody = ("", "", "-", "-", 0, "")
    return made.data(lines or [nobody]).cte("promise")


def hearing(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Hearings whose minutes are of the period."""
    own = ("minutes_on", "conclusion")
    rows = then.rows(source, "hearing", ("person_id", *own), moment.closing)
    return _of_days(source, moment, rows, (own, plain_names(asked, "heard", *own)), {
        "heard": on(rows, "minutes_on"),
    })  # fmt: skip


def referral(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Referrals to the medical board that were sent, or answered, in the period."""
    own = ("sent_on", "received_on")
    rows = then.rows(source, "medical_referral", ("person_id", *own), moment.closing)
    return _of_days(source, moment, rows, (own, plain_names(asked, "sent", "answered", *own)), {
        "sent": on(rows, "sent_on"), "answered": on(rows, "received_on"),
    })  # fmt: skip


def _of_days(
    source: Source,
    moment: Moment,
    rows: FromClause,
    names: tuple[tuple[str, ...], list[str]],
    days: dict[str, ColumnElement[Any]],
) -> FromClause:
    """Rows of a person with a flag for each day that lies in the period."""
    own, plain = names
    who = persons(source, moment, plain)
    found = select(
        rows.c.id.label("key"),
        who.c.id.label("person"),
        *(flag(within(moment, day)).label(name) for name, day in days.items()),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *place(who),
    ).select_from(owned(source, moment, rows, who))
    here = and_(rows.c.deleted_at.is_(None), listed(who), who.c.id.is_not(None))
    return found.where(here).subquery()
