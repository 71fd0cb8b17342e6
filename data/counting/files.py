"""What becomes of applications: files, hearings of the council, referrals to the medical board.

They are counted by the days written on them, as the book had them at the moment.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    FromClause,
    Text,
    and_,
    case,
    cast,
    func,
    or_,
    select,
)

from data.counting import then
from data.counting.people import Moment, flag, held, listed, persons, place, plain_names
from data.counting.then import Source

ENDED_WELL = ("issued", "not_disabled")
"""Steps of files whose result was given."""
DAY = len("2026-01-01")
SEPARATOR = "|"


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
    _owner, joined = held(source, moment, rows, who)
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
        some = and_(rows.c.deleted_at.is_(None), or_(over, and_(known, after)))
        joined, late = _late(source, moment, rows, joined, some)
        columns.append(flag(late).label("late"))
    here = and_(rows.c.deleted_at.is_(None), listed(who))
    return select(*columns).select_from(joined).where(here).subquery()


def _late(
    source: Source, moment: Moment, rows: FromClause, joined: Any, here: ColumnElement[bool]
) -> tuple[Any, ColumnElement[bool]]:
    """Which of some files have a result that came, or is still out, after the day it was due; one
    of whom nobody can say that day is not late. The files joined with what that asks.

    From the day it was complete where papers had been asked for (TT 01/2019 Đ.5), from the
    board's minutes where the medical board decided (Đ.6 k.2). Working days are counted here, not
    by the store: once for all files of one kind, reason and days.
    """
    if source.promised is None:
        raise LookupError("promised")
    board = _answers(source, moment)
    decided = func.length(func.coalesce(board.c.answered, "")) == DAY
    received, ended = on(rows, "received_on"), on(rows, "ended_on")
    since = case(
        (decided, board.c.answered),
        (on(rows, "missing_asked_on") != "", on(rows, "completed_on")),
        else_=received,
    )
    parts = (on(rows, "application_kind"), on(rows, "application_reason"), received, since)
    clock = case((decided, "1"), else_="")
    for part in reversed(parts):
        clock = part + SEPARATOR + clock
    asked = select(clock).select_from(rows.outerjoin(board, board.c.file == rows.c.id))
    asked = asked.where(here, func.length(since) == DAY).distinct()
    told = {}
    for words in source.connection.scalars(asked):
        kind, reason, first, begun, by_board = words.split(SEPARATOR)
        told[words] = source.promised(kind, reason, first, begun, bool(by_board))
    dues = _pairs(source.connection, told)
    joined = joined.outerjoin(board, board.c.file == rows.c.id)
    joined = joined.outerjoin(dues, dues.c.one == cast(clock, Text))
    until = case((and_(ended != "", ended < moment.day), ended), else_=moment.day)
    return joined, and_(here, dues.c.other != "", until > dues.c.other)


def _answers(source: Source, moment: Moment) -> Any:
    """By file the day on which the minutes of the medical board came, the latest."""
    rows = then.rows(source, "medical_referral", ("application_id", "received_on"), moment.closing)
    latest = func.max(rows.c.received_on).label("answered")
    # As text, so that a store may make an index of it for the files of a past day.
    file = cast(rows.c.application_id, Text).label("file")
    asked = select(file, latest).where(rows.c.deleted_at.is_(None))
    return asked.where(rows.c.application_id.is_not(None)).group_by("file").subquery()


def _pairs(connection: Connection, told: Mapping[str, str]) -> Any:
    """Words and what is said of each as a table of two columns, however many: one parameter holds
    them all."""
    one: Any
    other: Any
    if connection.dialect.name == "duckdb":
        each = [cast(list(words), ARRAY(Text)) for words in (told, told.values())]
        one, other = map(func.unnest, each)
    else:
        value = func.json_each(json.dumps(list(told.items()))).table_valued("value").c.value
        one, other = (cast(func.json_extract(value, f"$[{at}]"), Text) for at in range(2))
    # Made into a table first: joined as it is, each file would read the whole parameter again.
    told_of = select(one.label("one"), other.label("other")).cte("told_of")
    return told_of.prefix_with("MATERIALIZED")


def hearing(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Hearings whose minutes are of the period."""
    own = ("minutes_on", "conclusion")
    rows = then.rows(source, "hearing", ("person_id", *own), moment.closing)
    plain = plain_names(asked, "heard", *own)
    who = persons(source, moment, plain)
    days = {"heard": on(rows, "minutes_on")}
    return _of_days(source, moment, (rows, who), (own, plain), days)


def referral(source: Source, moment: Moment, asked: frozenset[str]) -> FromClause:
    """Referrals to the medical board that were sent, or answered, in the period."""
    own = ("sent_on", "received_on")
    rows = then.rows(source, "medical_referral", ("person_id", *own), moment.closing)
    plain = plain_names(asked, "sent", "answered", *own)
    who = persons(source, moment, plain)
    days = {"sent": on(rows, "sent_on"), "answered": on(rows, "received_on")}
    return _of_days(source, moment, (rows, who), (own, plain), days)


def _of_days(
    source: Source,
    moment: Moment,
    whose: tuple[FromClause, FromClause],
    names: tuple[tuple[str, ...], list[str]],
    days: dict[str, ColumnElement[Any]],
) -> FromClause:
    """Rows of a person with a flag for each day that lies in the period."""
    (rows, who), (own, plain) = whose, names
    found = select(
        rows.c.id.label("key"),
        who.c.id.label("person"),
        *(flag(within(moment, day)).label(name) for name, day in days.items()),
        *(rows.c[name] for name in own),
        *(who.c[name] for name in plain),
        *place(who),
    ).select_from(held(source, moment, rows, who)[1])
    here = and_(rows.c.deleted_at.is_(None), listed(who))
    return found.where(here).subquery()
