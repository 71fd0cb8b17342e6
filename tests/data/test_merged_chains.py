"""Whom merged records lead to, today and before, also where the last one is not in the book."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select

from data.base import Base
from data.counting import people
from data.counting.people import Moment
from data.counting.then import Source
from data.history import LATER
from data.records.person import Person
from data.records.trace import History

MANY, MISSING = 60, 12
BEFORE, BETWEEN, AFTER = (f"2026-0{month}-01T00:00:00.000Z" for month in (1, 2, 3))
Leads = dict[str, str]


@pytest.fixture
def book() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    tables: Any = [Person.__table__, History.__table__]
    Base.metadata.create_all(engine, tables)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def written(book: Connection, now: Leads, before: Leads, there: set[str]) -> None:
    """Everybody who is in the book as she is now; what was before stands in the history."""
    stamps = dict.fromkeys(("created_by", "updated_by"), "lan")
    stamps |= {"office_id": "o", "created_at": BEFORE, "updated_at": AFTER}
    for who in there:
        book.execute(insert(Person).values(id=who, merged_into=now.get(who), **stamps))
    for who in there:
        if now.get(who) != before.get(who):
            told: dict[str, object] = {
                "txn": "t",
                "entity": "person",
                "row_id": who,
                "at": AFTER,
                "by": "lan",
            }
            told |= {"op": "edit", "field": "merged_into", "source": ""}
            told |= {"old": before.get(who), "new": now.get(who)}
            book.execute(insert(History).values(**told))


def walked(leads: Leads, there: set[str]) -> Leads:
    """The same, from hand to hand: a record that is not in the book leads nowhere further."""
    found = {}
    for who in there:
        at = who
        while at in there and leads.get(at):
            at = leads[at]
        if at != who:
            found[who] = at
    return found


def test_a_chain_of_mergers_ends_at_who_is_no_stub_or_is_missing(book: Connection) -> None:
    dice = random.Random(55)
    names = [f"p{at:02}" for at in range(MANY)]
    before, now = (
        {name: dice.choice(names[:at]) for at, name in enumerate(names) if at and dice.random() < p}
        for p in (0.5, 0.8)
    )
    gone = set(dice.sample(names, MISSING))
    there = set(names) - gone
    written(book, now, before, there)
    persons, history = Base.metadata.tables["person"], Base.metadata.tables["history"]
    source = Source(book, {"person": persons}, history)
    for closing, leads in ((LATER, now), (BETWEEN, before)):
        wanted = walked(leads, there)
        assert {wanted[who] for who in wanted} & gone, "nobody led to a record that is missing"
        assert max(list(wanted.values()).count(last) for last in wanted.values()) > 2
        asked = people.leads(source, Moment("2026-04-01", closing, "2026-01-01", closing))
        rows = book.execute(select(asked.c.id, asked.c.last)).all()
        assert len(rows) == len(wanted) and dict(map(tuple, rows)) == wanted
