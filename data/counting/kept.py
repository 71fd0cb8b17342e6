"""The copies that an office keeps to read of who moved away, as counts of the past need them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Select,
    Table,
    case,
    func,
    null,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session

from data.records.transfer import Departed

Row = dict[str, Any]
Key = tuple[str, str]
"""The kind and the id of a row."""
EDIT, PLACE = "edit", frozenset({"commune", "hamlet", "placed"})


@dataclass(frozen=True)
class Kept:
    """Rows by kind and id as the book had them when they left, their edits in order, and by person
    the name of the office she went to. Of a row that left twice it is what left last."""

    rows: Mapping[str, Mapping[str, Row]]
    edits: Mapping[Key, Sequence[Row]]
    went_to: Mapping[str, str]

    def edits_of(self, field: str, since: str) -> Iterator[tuple[Key, Row]]:
        """Every edit of a field after an instant, with whose row it is."""
        for key, lines in self.edits.items():
            yield from ((key, one) for one in lines if one["field"] == field and one["at"] > since)

    def then(self, entity: str, row: Row, instant: str) -> Row:
        """A row with what was edited after an instant undone; the first edit knows what stood."""
        then, seen = dict(row), set[str]()
        for line in self.edits.get((entity, row["id"]), ()):
            name = str(line["field"])
            if line["at"] > instant and name not in seen:
                seen.add(name)
                then[name] = line["old"]
        return then | {"edited_since": int(not PLACE.isdisjoint(seen))}


def of(session: Session, instant: str, persons: Collection[str]) -> Kept:
    """The copies of those of these persons who left after an instant, wiped ones left out."""
    query = (
        select(Departed.person_id, Departed.content, Departed.to_name)
        .where(Departed.left_at > instant, Departed.content.is_not(None))
        .order_by(Departed.left_at, Departed.person_id)
    )
    rows: dict[str, dict[str, Row]] = {}
    edits: dict[Key, list[Row]] = {}
    went_to: dict[str, str] = {}
    for person, words, office in session.execute(query):
        if person not in persons:
            continue  # her move is not known to be done yet
        copy = json.loads(words)
        for entity, lines in copy["rows"].items():
            rows.setdefault(entity, {}).update({one["id"]: one for one in lines})
        went_to |= {one["id"]: office for one in copy["rows"].get("person", ())}
        edits |= _by_row(copy["history"])
    return Kept(rows, edits, went_to)


def _by_row(history: Iterable[Row]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = {}
    for line in history:
        if line["op"] == EDIT:
            found.setdefault((line["entity"], line["row_id"]), []).append(line)
    return found


def read(found: Select[Any], table: Table, lines: Sequence[Row]) -> Select[Any]:
    """Kept rows as a query with the columns of another one; who came back has her own rows."""
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
    here = select(table.c.id)
    return select(*columns).where(func.json_extract(value, "$.id").not_in(here))
