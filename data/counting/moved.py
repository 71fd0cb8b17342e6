"""Who went to another office or came from one, as counts of the past need it.

Who left is in no record table any more: the copy that the office keeps to read tells how her rows
stood. Who came brought her history along, and must not be counted for days before. With her went
who was merged into her at that moment, and what belonged to them at that moment, whatever was
merged, parted, tied or untied since.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from data.counting import carried, kept
from data.counting.carried import Accidents, Past, Steps
from data.counting.kept import Kept, Key, Row
from data.history import LATER
from data.records.office import Office
from data.records.trace import History
from data.records.transfer import MOVED, Transfer

PERSON, ACCIDENT = "person", "accident"


@dataclass(frozen=True)
class Moves:
    """`steps` are by person the moves `since` the earliest instant asked for, in order: when, and
    whether she left by it; `owners` tell of rows that were given to somebody else since whose they
    were; `kept` are the copies of who is away now."""

    since: str
    steps: Steps
    owners: Mapping[Key, Past]
    accidents: Accidents
    kept: Kept

    def here(self, person: str, instant: str) -> bool:
        """Whether somebody who moved was in this office's book at an instant."""
        away = self.steps[person][-1][1]
        return carried.stood(self.steps, Past.always(person), instant, not away)

    def went_to(self, person: str) -> str:
        """The office where somebody is now who is away; "" for anybody else."""
        away = person in self.steps and self.steps[person][-1][1]
        return self.kept.went_to.get(person, "") if away else ""

    def untold(self, instant: str) -> int:
        """Persons who were here then and of whom this PC has no copy: nobody can count them."""
        copies = self.kept.rows.get(PERSON, {})
        return sum(
            steps[-1][1] and person not in copies and self.here(person, instant)
            for person, steps in self.steps.items()
        )

    def rows(self, entity: str, instant: str, since: str | None) -> Iterator[Row]:
        """The rows of a kind of who is away now, as they stood at an instant; of who left between
        `since` and the instant they are marked as removed."""
        for row in self.kept.rows.get(entity, {}).values():
            stands = self._was_here(entity, row, instant)
            if not stands and not (since and self._was_here(entity, row, since)):
                continue
            if row["created_at"] <= instant:
                then = self.kept.then(entity, row, instant)
                yield then if stands else then | {"deleted_at": instant}

    def _was_here(self, entity: str, row: Row, instant: str) -> bool:
        """Of a row that is away now."""
        if entity == ACCIDENT:
            return self.accidents.here(row["id"], instant, now=False)
        whose = row["id"] if entity == PERSON else row.get("person_id")
        past = self.owners.get((entity, row["id"]), Past.always(whose))
        return carried.stood(self.steps, past, instant, now=False)

    def beside(
        self, found: Select[Any], table: Table, instant: str, since: str | None
    ) -> Select[Any] | Any:
        """Rows of a table at an instant without who came later, and with who left later."""
        hidden = self._absent(table, instant)
        if since and hidden:
            # who was here at the beginning and away at the end has gone, and counts as removed
            before = self._absent(table, since)
            gone, hidden = hidden.less(before), hidden.both(before)
            found = _removed(found, gone.among(table), instant) if gone else found
        if hidden:
            found = found.where(not_(hidden.among(table)))
        lines = list(self.rows(table.name, instant, since))
        return union_all(found, kept.read(found, table, lines)) if lines else found

    def _absent(self, table: Table, instant: str) -> Absent:
        """Who and what is here now and was not at an instant."""
        if table.name == ACCIDENT:
            gone = [one for one in self.accidents.known if not self.accidents.here(one, instant)]
            return Absent(frozenset(), frozenset(gone), frozenset())
        if table.name != PERSON and "person_id" not in table.c:
            return Absent(frozenset(), frozenset(), frozenset())
        persons = [
            one
            for one, steps in self.steps.items()
            if not steps[-1][1] and not self.here(one, instant)
        ]
        given = {
            row_id: carried.stood(self.steps, past, instant, now=True)
            for (entity, row_id), past in self.owners.items()
            if entity == table.name
        }
        rows = frozenset(one for one, stood in given.items() if not stood)
        return Absent(frozenset(persons), rows, frozenset(given))


@dataclass(frozen=True, slots=True)
class Absent:
    """Persons whose rows were not here, and single rows; of the `told` ones only what `rows` says
    counts, whosever they are now."""

    persons: frozenset[str]
    rows: frozenset[str]
    told: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.persons or self.rows)

    def less(self, other: Absent) -> Absent:
        """Who is in this one alone."""
        return Absent(self.persons - other.persons, self.rows - other.rows, self.told)

    def both(self, other: Absent) -> Absent:
        """Who is in both."""
        return Absent(self.persons & other.persons, self.rows & other.rows, self.told)

    def among(self, table: Table) -> ColumnElement[bool]:
        """The condition on a row to be one of them."""
        whose = table.c.id if table.name == PERSON else table.c.get("person_id")
        theirs: ColumnElement[bool] = false()
        if whose is not None:
            theirs = and_(_in(whose, self.persons), not_(_in(table.c.id, self.told)))
        return or_(_in(table.c.id, self.rows), theirs)


def of(session: Session, instant: str) -> Moves | None:
    """The moves out of the office's book and into it since an instant; None where there is none."""
    if instant >= LATER:
        return None
    office = session.scalars(select(Office.id)).one()
    done = (History.entity == "transfer", History.field == "state", History.op == kept.EDIT)
    query = (
        select(Transfer.person_id, History.at, Transfer.from_office == office)
        .join(History, History.row_id == Transfer.id)
        .where(*done, History.new == MOVED, History.at > instant)
        .order_by(History.at, History.seq)
    )
    moves = [(person, at, bool(left)) for person, at, left in session.execute(query)]
    if not moves:
        return None
    copies = kept.of(session, instant, {person for person, _at, _left in moves})
    steps = carried.steps(session, moves, copies, instant)
    owners = carried.owners(session, copies, instant)
    hurt = carried.accidents(session, steps, owners, copies, instant)
    return Moves(instant, steps, owners, hurt, copies)


def _in(column: ColumnElement[Any], ids: Collection[str]) -> ColumnElement[bool]:
    if not ids:
        return false()
    listed = func.json_each(json.dumps(sorted(ids))).table_valued("value")
    return func.coalesce(column, "").in_(select(listed.c.value))


def _removed(found: Select[Any], gone: ColumnElement[bool], instant: str) -> Select[Any]:
    """Rows of who was away at the instant and came back later count as removed."""
    columns: Sequence[ColumnElement[Any]] = [
        case((gone, literal(instant)), else_=one).label("deleted_at")
        if one.key == "deleted_at"
        else one
        for one in found.selected_columns
    ]
    return found.with_only_columns(*columns)
