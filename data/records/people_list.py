"""The list of people in any order under any conditions: the first rows of a million at once.

There are two ways to a page. Walking goes along the index of the order and stops at the last row
of the page: quick where many fit. Collecting takes whoever meets the rarest condition and sorts
them: quick where few do. SQLite cannot know which, so the rows of each condition are counted
(up to a bound) before. Every index of order holds the marks: filters are answered without a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from data.records import people_order as orders
from data.records.people_fit import Fit, Part, Wanted
from data.records.people_fit import of as fit_of
from data.records.people_order import Key, Order, Segment

STEPS_MAX = 3_000
"""Rows walked while each has to be read and asked; then the condition's rows are gathered."""

ROW_COST = 60
"""Reading a row of the table takes as long as so many steps along an index."""

READ_MAX = 2_000
"""Rows that are rather read at once than one by one when each has to be read in any case."""

WALK_COST = 3
"""Those looked for are not spread evenly: a walk is taken to be so many times as long."""

MANY_IDS = 5_000
REMOVED_BY_NAME = "person_removed"


def page(
    session: Session, wanted: Wanted, after: Key | None, limit: int, offset: int = 0
) -> list[Key]:
    """The keys of the next persons in list order; the last value of a key is the row's number.

    The first says whether words are meant with their marks: a list goes on as it began.
    """
    for marked in (True, False):
        if after is not None and after[0] != marked:
            continue
        fit = fit_of(session, wanted, marked)
        if fit is None:
            continue
        behind = after[1:] if after is not None else None
        found = _Reading(session, wanted, fit).next(behind, limit + offset)
        if found or not marked:
            return [(marked, *key) for key in found[offset:]]
    return []


def count(session: Session, wanted: Wanted) -> int:
    """How many persons fit."""
    for marked in (True, False):
        fit = fit_of(session, wanted, marked)
        if fit is None:
            continue
        total = _Reading(session, wanted, fit).count()
        if total or not marked:
            return total
    return 0


def ids(session: Session, wanted: Wanted) -> list[str]:
    """Ids of all persons who fit, in list order."""
    rows = [key[-1] for key in page(session, wanted, None, -1)]
    connection = session.connection()
    if len(rows) < MANY_IDS or wanted.removed:
        found: dict[Any, str] = {}
        for start in range(0, len(rows), MANY_IDS):
            some = ", ".join(str(row) for row in rows[start : start + MANY_IDS])
            asked = f"SELECT rowid, id FROM person WHERE rowid IN ({some})"
            found.update(row.tuple() for row in connection.exec_driver_sql(asked))
        return [found[row] for row in rows]
    # Along the index of ids once is quicker than many thousand rows one by one.
    known = connection.exec_driver_sql(
        "SELECT rowid, id FROM person INDEXED BY person_by_entry WHERE deleted_at IS NULL"
    )
    every = dict(row.tuple() for row in known)
    return [every[row] for row in rows]


class _Reading:
    """One question to the list within one session."""

    def __init__(self, session: Session, wanted: Wanted, fit: Fit) -> None:
        self.connection = session.connection()
        self.wanted, self.fit = wanted, fit
        self.order = orders.of(session, wanted.order, wanted.descending, wanted.communes)
        self.everybody = fit.asking.everybody
        self.fewest = min((part.count for part in fit.parts), default=self.everybody)
        self.likely = _likely(fit.parts, self.everybody)

    def next(self, after: Key | None, limit: int) -> list[Key]:
        """The keys of the next `limit` rows (all: -1) behind one."""
        if self.fewest == 0:
            return []
        if self._collects(limit):
            return self._collect(after, limit)
        found: list[Key] = []
        first = int(str(after[0])) if after is not None else 0
        for segment in self.order.segments:
            if segment.rank < first:
                continue
            behind = after if after is not None and segment.rank == after[0] else None
            found += self._stretch(segment, behind, limit - len(found) if limit >= 0 else -1)
            if len(found) == limit:
                break
            if self.fit.dear and not found and segment is not self.order.segments[-1]:
                return self._collect(after, limit)  # walking on would read the same rows again
        return found

    def count(self) -> int:
        """How many rows fit."""
        if self.fewest == 0:
            return 0
        come = f"INDEXED BY {REMOVED_BY_NAME if self.wanted.removed else orders.BY_NAME}"
        own = next((part for part in self.fit.parts if part.index), None)
        if own is not None:
            come = f"INDEXED BY {own.index}"
        elif self.fewest * ROW_COST < self.everybody and not self.wanted.removed:
            come, own = "NOT INDEXED", None
        asked = f"SELECT count(*) FROM person {come} WHERE {self._all(own)}"
        return int(str(self._ask(asked, {})[0][0]))

    def _collects(self, limit: int) -> bool:
        """Whether the rows of the rarest condition are sooner read and sorted than walked for."""
        if self.wanted.removed:
            return self.wanted.order != "name"
        named = all(one.index == orders.BY_NAME for one in self.order.segments)
        known = [part.count for part in self.fit.parts if not part.many]
        if not known:
            return False
        own = [part.count for part in self.fit.parts if part.index and not part.many]
        walk = min([self._walk_length(limit, self.likely), *(own if named else ())])
        if self.fit.dear and self.fewest <= READ_MAX:
            return True  # whoever is walked past has to be read all the same, perhaps to the end
        return sum(known) + self.likely * ROW_COST < walk

    def _walk_length(self, limit: int, fewest: int) -> int:
        """About how many steps lead to `limit` rows when so many of everybody fit."""
        if limit < 0:
            return self.everybody
        return min(self.everybody, WALK_COST * limit * self.everybody // max(1, fewest))

    def _collect(self, after: Key | None, limit: int) -> list[Key]:
        order = self.order
        known = [part for part in self.fit.parts if not part.many]
        within = " INTERSECT ".join(f"SELECT * FROM ({part.rowids})" for part in known)
        where, values = [self._all(gathered=known)], dict(order.values)
        if known:
            where.insert(0, f"person.rowid IN ({within})")
        if after is not None:
            behind, more = _behind(order.columns, order.sign, after[1:])
            values |= more | {"rank": after[0]}
            where.append(f"({order.rank} > :rank OR ({order.rank} = :rank AND {behind}))")
        columns = ", ".join((f"{order.rank} AS ranked", *order.columns, "person.rowid"))
        come = f"INDEXED BY {REMOVED_BY_NAME}" if self.wanted.removed else "NOT INDEXED"
        asked = (
            f"SELECT {columns} FROM person {come} WHERE {' AND '.join(where)} "
            f"ORDER BY ranked, {order.by(order.columns)} LIMIT {limit}"
        )
        return self._ask(asked, values)

    def _stretch(self, segment: Segment, after: Key | None, limit: int) -> list[Key]:
        """The rows of one segment, through the index that leads to them soonest."""
        parts = list(self.fit.parts)
        if segment.mask:
            known = self.fit.asking.marks if self.fit.marks is None else self.fit.marks
            some = [mark for mark in known if segment.takes(mark)]
            if not some:
                return []
            parts.append(self.fit.asking.marked(some))
        own = self._own(segment, parts, limit)
        if self.wanted.removed:
            segment = replace(segment, index=REMOVED_BY_NAME)
        way = _Way(segment, own, self.order)
        asked_of_rows = [part for part in self.fit.parts if part.many and not part.index]
        if asked_of_rows:
            end = self._end_of_steps(way, after)
            found = self._along(way, after, limit, rows=True, until=end)
            if end is None or len(found) == limit:
                return found
        return self._along(way, after, limit, rows=False)

    def _own(self, segment: Segment, parts: Sequence[Part], limit: int) -> Part | None:
        """The part whose own index is the shortest way; None for the index of the order."""
        if segment.index != orders.BY_NAME or self.wanted.removed:
            return None
        streaming = next((part for part in parts if part.streams), None)
        likely = _likely(parts, self.everybody)
        some = [part for part in parts if part.index and not part.many and not part.streams]
        best = min(some, key=lambda part: part.count, default=None)
        line = streaming.count if streaming is not None else self._walk_length(limit, likely)
        return best if best is not None and best.count < line else streaming

    def _end_of_steps(self, way: _Way, after: Key | None) -> Key | None:
        """The key some thousand steps along the way; None when it ends before."""
        where, values = self._within(way, after)
        asked = f"SELECT {way.columns} FROM person {way.come} WHERE {where} {way.ordered}"
        found = self._ask(f"{asked} LIMIT 1 OFFSET {STEPS_MAX}", values)
        return found[0] if found else None

    def _along(
        self, way: _Way, after: Key | None, limit: int, *, rows: bool, until: Key | None = None
    ) -> list[Key]:
        """The rows along a way; what is many is asked of each row (`rows`), or looked up."""
        where, values = self._within(way, after)
        if until is not None:
            where += (
                f" AND {way.segment.columns[0]} {'>=' if self.order.descending else '<='} :until"
            )
            values["until"] = until[0]
        asked = (
            f"SELECT {way.shown} FROM person {way.come} "
            f"WHERE {where} AND {self._all(way.own, rows=rows)} {way.ordered} LIMIT {limit}"
        )
        return self._ask(asked, values)

    def _within(self, way: _Way, after: Key | None) -> tuple[str, dict[str, object]]:
        where = f"{self.fit.cheap[0]} AND {way.where}"
        if after is None:
            return where, {}
        own = after[-len(way.segment.columns) - 1 :]
        behind, values = _behind(way.segment.columns, self.order.sign, own)
        return f"{where} AND {behind}", values

    def _all(
        self, own: Part | None = None, *, rows: bool = False, gathered: Sequence[Part] = ()
    ) -> str:
        """Every condition but those gathered; parts by their index, their rows or each row."""
        said = list(self.fit.cheap)
        for part in self.fit.parts:
            if part is own:
                said.append(part.where)
            elif part in gathered or part.said:
                continue
            elif rows and part.many:
                said.append(part.row)
            else:
                said.append(f"person.rowid IN ({part.rowids})")
        return " AND ".join([*said, *self.fit.dear])

    def _ask(self, asked: str, values: dict[str, object]) -> list[Key]:
        found = self.connection.exec_driver_sql(asked, self.fit.asking.values | values)
        return [tuple(row) for row in found]


def _likely(parts: Sequence[Part], everybody: int) -> int:
    """How many rows meet all parts, if meeting one says nothing of the others."""
    share = 1.0
    for part in parts:
        share *= min(1.0, part.count / max(1, everybody))
    return max(1, int(share * everybody))


@dataclass(frozen=True, slots=True)
class _Way:
    """A segment as it is walked: along the index of the order, or that of a part of its own."""

    segment: Segment
    own: Part | None
    order: Order

    @property
    def come(self) -> str:
        """The index it goes along."""
        return f"INDEXED BY {self.own.index if self.own else self.segment.index}"

    @property
    def where(self) -> str:
        """The rows of the segment in that index."""
        return f"{self.own.where} AND {self._mask}" if self.own else self._within

    @property
    def columns(self) -> str:
        """What a place on the way is told by."""
        return ", ".join((*self.segment.columns, "person.rowid"))

    @property
    def shown(self) -> str:
        """The key of a row: the segment's rank, its columns, the row's number."""
        filled = len(self.order.columns) - len(self.segment.columns)
        return ", ".join([str(self.segment.rank), *["''"] * filled, self.columns])

    @property
    def ordered(self) -> str:
        """The order of the rows."""
        return f"ORDER BY {self.order.by(self.segment.columns)}"

    @property
    def _mask(self) -> str:
        sign = "<>" if self.segment.on else "="
        return f"person.marks & {self.segment.mask} {sign} 0" if self.segment.mask else "1"

    @property
    def _within(self) -> str:
        return f"{self.segment.where} AND {self._mask}"


def _behind(columns: Sequence[str], sign: str, key: Key) -> tuple[str, dict[str, object]]:
    """The condition of coming after a key of these columns and the row's number."""
    values = {f"k{at}": value for at, value in enumerate(key)}
    names = ", ".join(f":{name}" for name in values)
    whole = f"({', '.join((*columns, 'person.rowid'))}) {sign} ({names})"
    return f"({columns[0]} {sign}= :k0 AND {whole})", values
