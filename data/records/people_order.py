"""The orders of the list of people: each a walk through one index, cut where its groups begin."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data import units
from data.records import marks
from data.text import sort_key

NAMES = ("name", "birth", "commune", "degree", "status", "entered")
Key = tuple[object, ...]
"""Where a page ended: the segment's rank, the values of its columns, the row's number."""

BY_NAME = "person_by_name"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the list that one index holds in order: those who meet `where`."""

    rank: int
    index: str
    where: str = "1"
    columns: tuple[str, ...] = ("sort_key",)
    mask: int = 0
    on: bool = True
    """Whose marks have (or have not) any bit of the mask; 0 asks nothing."""

    def takes(self, mark: int) -> bool:
        """Whether persons of these marks may stand in it."""
        return not self.mask or bool(mark & self.mask) == self.on


@dataclass(frozen=True, slots=True)
class Order:
    """The segments one after the other; `rank` is SQL for the segment that a row stands in."""

    segments: tuple[Segment, ...]
    rank: str = "0"
    columns: tuple[str, ...] = ("sort_key",)
    descending: bool = False
    values: Mapping[str, object] = field(default_factory=dict)
    """What `rank` asks with."""

    @property
    def sign(self) -> str:
        """How a later row compares with an earlier one."""
        return "<" if self.descending else ">"

    def by(self, columns: Sequence[str]) -> str:
        """ORDER BY of columns of the person, then the row's number."""
        way = "DESC" if self.descending else "ASC"
        return ", ".join(f"{one} {way}" for one in (*columns, "person.rowid"))


def of(session: Session, name: str, descending: bool, within: Sequence[str] = ()) -> Order:
    """The order of a name (one of NAMES); who lacks the value comes last in both directions.

    In groups (commune, degree, status) names go up, whichever way the groups go. `within` are
    communes that everybody in question lives in, or lived in before they became one.
    """
    if name == "birth":
        known = Segment(0, "person_by_birth", "person.birth IS NOT NULL", ("birth", "sort_key"))
        unknown = Segment(1, "person_by_birth", "person.birth IS NULL")
        columns = ("coalesce(person.birth, '')", "sort_key")
        return Order((known, unknown), "(person.birth IS NULL)", columns, descending)
    if name == "entered":
        return Order((Segment(0, "person_by_entry", columns=("id",)),), "0", ("id",), descending)
    if name == "commune":
        groups = communes(session)
        if within:
            there = {one for key in within for one in (key, *units.former(key))}
            groups = [group for group in groups if group in there]
        return _by_commune(groups[::-1] if descending else groups)
    if name in marks.FACETS:
        codes = marks.FACETS[name]
        return _by_marks(name, codes[::-1] if descending else codes)
    return Order((Segment(0, BY_NAME),), descending=descending)


def communes(session: Session) -> list[str]:
    """Every commune that somebody on the lists lives in, in the order of their names.

    One step into the index for each commune, however many people it has.
    """
    step = "SELECT min(commune) FROM person INDEXED BY person_by_commune WHERE deleted_at IS NULL"
    found = session.connection().exec_driver_sql(
        f"WITH RECURSIVE each(key) AS ({step} UNION ALL SELECT ({step} AND commune > each.key) "
        "FROM each WHERE each.key IS NOT NULL) SELECT key FROM each WHERE key IS NOT NULL"
    )
    return sorted(found.scalars(), key=_commune_order)


def _commune_order(key: str) -> tuple[str, str]:
    """By name as people read it, not by the last word as persons are ordered."""
    if not units.has(key):
        return "~", key
    return " ".join(sort_key(word) for word in units.get(key).name.split()), key


def _by_commune(groups: Sequence[str]) -> Order:
    index, last = "person_by_commune", len(groups)
    quoted = [group.replace("'", "''") for group in groups]
    segments = [Segment(at, index, f"person.commune = '{one}'") for at, one in enumerate(quoted)]
    segments.append(Segment(last, index, "person.commune IS NULL"))
    place = "SELECT place.key FROM json_each(:groups) AS place WHERE place.value = person.commune"
    values = {"groups": json.dumps(list(groups))}
    return Order(tuple(segments), f"coalesce(({place}), {last})", values=values)


def _by_marks(name: str, codes: Sequence[str]) -> Order:
    bits = [marks.BITS[name, code] for code in codes]
    segments = [Segment(at, BY_NAME, mask=bit) for at, bit in enumerate(bits)]
    segments.append(Segment(len(bits), BY_NAME, mask=sum(bits), on=False))
    whens = "".join(f" WHEN person.marks & {bit} THEN {at}" for at, bit in enumerate(bits))
    return Order(tuple(segments), f"CASE{whens} ELSE {len(bits)} END")
