"""Who went to another office or came from one, as counts of the past need it.

Who left is in no record table any more: the copy that the office keeps to read tells how her rows
stood. Who came brought her history along, and must not be counted for days before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Table,
    case,
    func,
    literal,
    null,
    select,
    true,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from data.history import LATER
from data.records.office import Office
from data.records.person import Person
from data.records.trace import History
from data.records.transfer import MOVED, Departed, Transfer

Row = dict[str, Any]
EDIT, PLACE = "edit", frozenset({"commune", "hamlet", "placed"})


@dataclass(frozen=True)
class Moves:
    """`steps` are by person the moves since the earliest instant asked for, in order: when, and
    whether she left by it; `kept` the copies (JSON) of who is away now, by person."""

    steps: Mapping[str, Sequence[tuple[str, bool]]]
    kept: Mapping[str, str | None]

    def here(self, person: str, instant: str) -> bool:
        """Whether somebody who moved was in this office's book at an instant."""
        later = next((left for at, left in self.steps[person] if at > instant), None)
        return person not in self.kept if later is None else later

    def untold(self, instant: str) -> int:
        """Persons who were here then and whose copies were wiped since: nobody can count them."""
        return sum(
            copy is None and self.here(person, instant) for person, copy in self.kept.items()
        )

    def rows(self, entity: str, instant: str, since: str | None) -> Iterator[Row]:
        """The rows of a kind of who is away now, as they stood at an instant; of who left between
        `since` and the instant they are marked as removed."""
        for person, copy in self._copies.items():
            stands = self.here(person, instant)
            if not stands and not (since and self.here(person, since)):
                continue
            for row in copy["rows"].get(entity, ()):
                if row["created_at"] <= instant:
                    then = _undone(row, copy["edits"].get((entity, row["id"]), ()), instant)
                    yield then if stands else then | {"deleted_at": instant}

    @cached_property
    def _copies(self) -> dict[str, dict[str, Any]]:
        found = {}
        for person, words in self.kept.items():
            copy = json.loads(words) if words else {"rows": {}, "history": []}
            edits: dict[tuple[str, str], list[Row]] = {}
            for line in copy["history"]:
                if line["op"] == EDIT:
                    edits.setdefault((line["entity"], line["row_id"]), []).append(line)
            found[person] = {"rows": copy["rows"], "edits": edits}
        return found

    def beside(
        self, found: Select[Any], table: Table, instant: str, since: str | None
    ) -> Select[Any] | Any:
        """Rows of a table at an instant without who came later, and with who left later."""
        away = [one for one in self.steps if one not in self.kept and not self.here(one, instant)]
        whose = table.c.id if table.name == "person" else table.c.get("person_id")
        if away and whose is not None:
            gone = [one for one in away if since and self.here(one, since)]
            found = found.where(_not_in(whose, [one for one in away if one not in gone]))
            if gone:
                found = _removed(found, whose, gone, instant)
        lines = list(self.rows(table.name, instant, since))
        return union_all(found, _read(found, table, lines)) if lines else found


def of(session: Session, instant: str) -> Moves | None:
    """The moves out of the office's book and into it since an instant; None where there is none."""
    if instant >= LATER:
        return None
    office = session.scalars(select(Office.id)).one()
    done = (History.entity == "transfer", History.field == "state", History.op == EDIT)
    query = (
        select(Transfer.person_id, History.at, Transfer.from_office == office)
        .join(History, History.row_id == Transfer.id)
        .where(*done, History.new == MOVED, History.at > instant)
        .order_by(History.at, History.seq)
    )
    steps: dict[str, list[tuple[str, bool]]] = {}
    for person, at, left in session.execute(query):
        for one in _everybody(session, person):
            steps.setdefault(one, []).append((at, bool(left)))
    if not steps:
        return None
    gone = select(Departed.person_id, Departed.content).where(Departed.left_at > instant)
    kept = {person: copy for person, copy in session.execute(gone) if person in steps}
    return Moves(steps, kept)


def _everybody(session: Session, person: str) -> list[str]:
    """A person and the records merged into her, which went along."""
    found, fresh = [person], [person]
    while fresh:
        query = select(Person.id).where(Person.merged_into.in_(fresh))
        fresh = [one for one in session.scalars(query) if one not in found]
        found += fresh
    return found


def _undone(row: Row, edits: Iterable[Row], instant: str) -> Row:
    """A row with what was edited after an instant undone; the first edit knows what stood."""
    then, seen = dict(row), set[str]()
    for line in edits:
        name = str(line["field"])
        if line["at"] > instant and name not in seen:
            seen.add(name)
            then[name] = line["old"]
    return then | {"edited_since": int(not PLACE.isdisjoint(seen))}


def _not_in(whose: ColumnElement[Any], ids: Sequence[str]) -> ColumnElement[bool]:
    if not ids:
        return true()
    listed = func.json_each(json.dumps(ids)).table_valued("value")
    return func.coalesce(whose, "").not_in(select(listed.c.value))


def _removed(
    found: Select[Any], whose: ColumnElement[Any], gone: Sequence[str], instant: str
) -> Select[Any]:
    """Rows of who was away at the instant and came back later count as removed."""
    listed = func.json_each(json.dumps(gone)).table_valued("value")
    was = whose.in_(select(listed.c.value))
    columns = [
        case((was, literal(instant)), else_=one).label("deleted_at")
        if one.key == "deleted_at"
        else one
        for one in found.selected_columns
    ]
    return found.with_only_columns(*columns)


def _read(found: Select[Any], table: Table, lines: Sequence[Row]) -> Select[Any]:
    """Kept rows as a query with the columns of another one."""
    value = func.json_each(json.dumps(lines)).table_valued("value").c.value
    columns: list[ColumnElement[Any]] = []
    for one in found.selected_columns:
        name = str(one.key)
        told: ColumnElement[Any] = func.json_extract(value, f"$.{name}")
        if name in table.c and isinstance(table.c[name].type, Boolean):
            # an edit told it as text
            told = case((told.in_((1, "1")), 1), (told.in_((0, "0")), 0), else_=null())
        kind = table.c[name].type if name in table.c else one.type
        columns.append(type_coerce(told, kind).label(name))
    return select(*columns)
