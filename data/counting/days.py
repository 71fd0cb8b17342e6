"""A figure on many days: the sentence is made once and asked again with other days.

Making a sentence for the past takes longer than its answer over a small office.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.counting import count
from data.counting.count import Question
from data.counting.people import Moment
from data.counting.then import Source
from data.figures import Figure
from data.history import LATER

DAY, INSTANT = "0001-day", "0001-instant"
"""Stand in the sentence where a day and an instant will be."""
WORKED_OUT = frozenset({"birth", "late"})
"""Columns whose conditions are worked out of the day before the store is asked."""


def stocks(
    source: Source, borders: str, moments: Sequence[Moment], figure: Figure
) -> tuple[int, ...]:
    """The whole number of a figure at each of these moments, which have one first day and nothing
    that moved between their ends."""
    past = [at for at in moments if at.closing < LATER]
    if source.moves is not None or count.columns_of(figure) & WORKED_OUT:
        past = []  # what is asked is another thing on each day
    told = dict(zip(past, _asked_again(source, borders, past, figure), strict=True))
    return tuple(
        told[at] if at in told else _once(source, Question(count.UNIT, borders, at), figure)
        for at in moments
    )


def _once(source: Source, asked: Question, figure: Figure) -> int:
    return int(source.connection.scalar(count.whole(source, asked, figure)) or 0)


def _asked_again(
    source: Source, borders: str, moments: Sequence[Moment], figure: Figure
) -> list[int]:
    if not moments:
        return []
    sign = Moment(DAY, INSTANT, moments[0].since, INSTANT)
    query = count.whole(source, Question(count.UNIT, borders, sign), figure)
    # The types leave out that a made sentence is asked as it is.
    made: Any = query.compile(source.connection)
    return [
        int(source.connection.execute(made, _said(made.params, at)).scalar_one() or 0)
        for at in moments
    ]


def _said(parameters: dict[str, Any], at: Moment) -> dict[str, Any]:
    days = {DAY: at.day, INSTANT: at.closing}
    return {name: days[value] for name, value in parameters.items() if value in (DAY, INSTANT)}
