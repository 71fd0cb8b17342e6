"""Which people fit a question: what their marks must say, and parts that find rows themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from sqlalchemy.orm import Session

from data.records import marks, search_words
from data.text import fold, joined_numbers, nfc, other_tone_place, search_fold

QUERY_WORDS_MAX = 8
KNOWN_MIN, KNOWN_SHARE = 5_000, 20
"""Up to so many rows, or one of so many persons, the rows of a part are held at hand."""

LISTED = "person.deleted_at IS NULL"
REMOVED = "person.deleted_at IS NOT NULL AND person.merged_into IS NULL"
STEP = "SELECT min(marks) FROM person INDEXED BY person_by_marks WHERE deleted_at IS NULL"
MARKS = (
    f"WITH RECURSIVE each(one) AS ({STEP} UNION ALL SELECT ({STEP} AND marks > each.one) "
    "FROM each WHERE each.one IS NOT NULL) SELECT one FROM each WHERE one IS NOT NULL"
)
"""All the marks there are: some hundred, one step into the index for each."""

AMENDED = (
    "SELECT own.rowid FROM amendment CROSS JOIN person AS own ON own.id = person_id "
    "WHERE state = 'waiting'"
)
NO_MARKS = -1
WAITING = marks.BITS["status", "waiting"]


@dataclass(frozen=True, slots=True)
class Said:
    """Words that fit by themselves or as what they may say: a commune, the begin of a birth."""

    words: str
    communes: tuple[str, ...] = ()
    birth: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on persons; empty ones do not count. `communes` are unit keys of communes.

    `said` are parts of the query that may say where or when. `order` is one of people_order.NAMES.
    """

    query: str = ""
    said: tuple[Said, ...] = ()
    communes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    degrees: tuple[str, ...] = ()
    mine_victim: bool | None = None
    status: tuple[str, ...] = ()
    life_state: tuple[str, ...] = ()
    missing: bool = False
    pending: bool = False
    removed: bool = False
    ids: tuple[str, ...] = ()
    order: str = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A condition that finds its rows: `rowids` is a SELECT of them, `row` asks one row.

    `count` is how many they are, or `many` when they are more than are held at hand.
    `index` holds just these rows, by `where`; `streams` says that it has them in order of names.
    """

    rowids: str
    row: str
    count: int
    many: bool
    index: str = ""
    where: str = ""
    streams: bool = False
    said: bool = False
    """Whether the cheap conditions say the same without its rows."""


class Asking:
    """The parts of one question being worked out within one session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.connection = session.connection()
        self.values: dict[str, object] = {}
        self.everybody = int(self.scalars("SELECT max(rowid) FROM person")[0] or 0)
        """About how many persons there are; no more."""
        self.known_max = max(KNOWN_MIN, self.everybody // KNOWN_SHARE)

    def scalars(self, asked: str) -> list[Any]:
        """The first column of a query."""
        return list(self.connection.exec_driver_sql(asked, dict(self.values)).scalars())

    def part(self, *sides: str, row: str) -> Part:
        """A condition with its rows counted as far as they are held at hand.

        `sides` find its rows together. A union is gathered whole before its first row comes, so
        each side is counted by itself before.
        """
        rowids = " UNION ".join(sides)
        count = max(self._counted(side) for side in sides)
        if count <= self.known_max and len(sides) > 1:
            count = self._counted(rowids)
        return Part(rowids, row, count, count > self.known_max)

    def _counted(self, rowids: str) -> int:
        bounded = f"SELECT count(*) FROM ({rowids} LIMIT {self.known_max + 1})"
        return int(self.scalars(bounded)[0])

    @cached_property
    def marks(self) -> tuple[int, ...]:
        """All the marks of persons on the lists."""
        return tuple(self.scalars(MARKS))

    def marked(self, some: Sequence[int]) -> Part:
        """Those whose marks are among some."""
        where = f"person.marks IN ({', '.join(map(str, some or [NO_MARKS]))})"
        rowids = f"SELECT rowid FROM person INDEXED BY person_by_marks WHERE {LISTED} AND {where}"
        found = self.part(rowids, row=where)
        return replace(found, index="person_by_marks", where=where, said=True)


@dataclass(frozen=True, slots=True)
class Fit:
    """All conditions: `cheap` ones need no row, `dear` ones need it.

    `marks` are the marks of persons on the lists that meet the filters; None where none is set.
    """

    asking: Asking
    cheap: tuple[str, ...]
    parts: tuple[Part, ...]
    dear: tuple[str, ...]
    marks: tuple[int, ...] | None


def of(session: Session, wanted: Wanted, marked: bool) -> Fit | None:
    """What the question asks for; None when a marked query has no marks: no second look then."""
    words = joined_numbers(nfc(wanted.query)).split()[:QUERY_WORDS_MAX]
    with_marks = _with_marks(words)
    if marked and not with_marks and not any(_with_marks([one.words]) for one in wanted.said):
        return None
    asking = Asking(session)
    parts = [*_words(asking, words), *_places(asking, wanted)]
    meant = [_said(asking, at, one, wanted.removed) for at, one in enumerate(wanted.said)]
    parts += [part for part, _own in meant]
    if wanted.ids:
        asking.values["ids"] = json.dumps(wanted.ids)
        given = "person.id IN (SELECT value FROM json_each(:ids))"
        parts.append(asking.part(f"SELECT person.rowid FROM person WHERE {given}", row=given))
    masks = _masks(wanted)
    cheap = [REMOVED if wanted.removed else LISTED]
    cheap += [f"person.marks & {mask} {'<>' if on else '='} 0" for mask, on in masks]
    there = _marks(asking, masks) if masks and not wanted.removed else None
    if there is not None:
        parts.append(asking.marked(there))
    if wanted.pending:
        waits = f"person.marks & {WAITING} <> 0"
        cheap.append(f"({waits} OR person.rowid IN ({AMENDED}))")
        rows = asking.marked(_marks(asking, [(WAITING, True)])).rowids
        both = asking.part(rows, AMENDED, row=cheap[-1])
        parts.append(replace(both, said=True))
    dear = [_has_marked(word, asking.values) for word in with_marks] if marked else []
    for one, (_part, own) in zip(wanted.said, meant, strict=True) if marked else ():
        words = _with_marks(one.words.split())
        has = [_has_marked(word, asking.values) for word in words]
        dear += [f"({' AND '.join(has)} OR {own})"] if has else []
    return Fit(asking, tuple(cheap), tuple(parts), tuple(dear), there)


def _with_marks(words: Sequence[str]) -> list[str]:
    return [word for word in words if fold(word) != word.lower()]


def _masks(wanted: Wanted) -> list[tuple[int, bool]]:
    chosen = {
        "types": wanted.types,
        "degree": wanted.degrees,
        "status": wanted.status,
        "life_state": wanted.life_state,
    }
    found = [(marks.mask(facet, codes), True) for facet, codes in chosen.items() if codes]
    if wanted.mine_victim is not None:
        found.append((marks.VICTIM, wanted.mine_victim))
    if wanted.missing:
        found.append((marks.LACKS, True))
    return found


def _marks(asking: Asking, masks: Sequence[tuple[int, bool]]) -> tuple[int, ...]:
    """The marks of persons on the lists that meet all the masks."""
    return tuple(one for one in asking.marks if all(bool(one & mask) == on for mask, on in masks))


def _places(asking: Asking, wanted: Wanted) -> list[Part]:
    """Who lives in the communes: those of before the reform by where they lived, others by now."""
    sides: dict[str, list[str]] = {}
    for key in wanted.communes:
        column = "commune" if key.startswith("63:") else "current_commune"
        sides.setdefault(column, []).append(key)
    if not sides:
        return []
    found, rows = [], []
    for column, some in sides.items():
        asking.values[column] = json.dumps(some)
        within = f"person.{column} IN (SELECT value FROM json_each(:{column}))"
        rows.append(within)
        found.append(
            f"SELECT rowid FROM person INDEXED BY person_by_{column} WHERE {LISTED} AND {within}"
        )
    row = f"({' OR '.join(rows)})"
    if wanted.removed:
        found = [f"SELECT rowid FROM person INDEXED BY person_removed WHERE {REMOVED} AND {row}"]
    if wanted.removed or len(wanted.communes) > 1:
        return [asking.part(*found, row=row)]
    column, asking.values["only"] = next(iter(sides)), wanted.communes[0]
    where = f"person.{column} = :only"
    found_all = asking.part(*found, row=row)
    return [replace(found_all, index=f"person_by_{column}", where=where, streams=True)]


def _words(asking: Asking, words: Sequence[str]) -> list[Part]:
    """Whose search text has all the words; a stub's words find the person it became."""
    if not words:
        return []
    sides, row = _having(asking, words)
    return [asking.part(*sides, row=row)]


def _having(asking: Asking, words: Sequence[str], of: str = "") -> tuple[list[str], str]:
    """The rows with all the words, and what asks it of one row; `of` names their values."""
    folded = [part for word in words for part in search_fold(word).split()]
    if not folded:
        return ["SELECT 0 WHERE 0"], "0"
    begins, whole = partial(search_words.begins, asking.session), search_words.whole
    asking.values[f"match{of}"] = " ".join(map(begins, folded))
    ends = [" %" if whole(asking.session, part) else "%" for part in folded]
    asking.values |= {f"w{of}{at}": f"% {part}{ends[at]}" for at, part in enumerate(folded)}
    has = " AND ".join(
        f"' ' || {{0}}.search_text || ' ' LIKE :w{of}{at}" for at in range(len(folded))
    )
    sides = [f"SELECT rowid FROM person_search WHERE person_search MATCH :match{of}"]
    row, leads = has.format("person"), asking.scalars(LEADS.format(has=has.format("stub")))
    if leads:
        led = ", ".join(map(str, leads))
        sides.append(f"SELECT rowid FROM person WHERE rowid IN ({led})")
        row = f"({row}) OR person.rowid IN ({led})"
    return sides, f"({row})"


def _said(asking: Asking, at: int, said: Said, removed: bool) -> tuple[Part, str]:
    """Who has the words in the searched text, or lives there, or was born then; and the latter."""
    sides, row = _having(asking, joined_numbers(said.words).split(), f"_{at}_")
    meant = []
    if said.birth:
        asking.values |= {f"b{at}": said.birth, f"e{at}": f"{said.birth}\uffff"}
        meant.append(("birth", f"person.birth >= :b{at} AND person.birth < :e{at}"))
    else:
        asking.values[f"c{at}"] = json.dumps(said.communes)
        lives = f"IN (SELECT value FROM json_each(:c{at}))"
        meant += [(name, f"person.{name} {lives}") for name in ("commune", "current_commune")]
    for column, where in meant:
        index = "person_removed" if removed else f"person_by_{column}"
        on_list = REMOVED if removed else LISTED
        sides.append(f"SELECT rowid FROM person INDEXED BY {index} WHERE {on_list} AND {where}")
    own = " OR ".join(f"({where})" for _column, where in meant)
    return asking.part(*sides, row=f"({row} OR {own})"), own


LEADS = (
    "SELECT own.rowid FROM person AS own WHERE own.id IN (WITH RECURSIVE "
    "leads(id) AS (SELECT stub.merged_into FROM person AS stub "
    "WHERE stub.merged_into IS NOT NULL AND {has} "
    "UNION SELECT next.merged_into FROM person AS next JOIN leads ON next.id = leads.id "
    "WHERE next.merged_into IS NOT NULL) SELECT id FROM leads)"
)
"""Rows of the persons that stubs with the words lead to; stubs are few, looked through all."""


def _has_marked(word: str, values: dict[str, object]) -> str:
    """The word as written, in the name or the hamlet, small, capital or with a capital letter."""
    forms = {word.lower(), other_tone_place(word.lower())}
    shapes = sorted({shape for one in forms for shape in (one, one.upper(), one.capitalize())})
    found = []
    for shape in shapes:
        name = f"m{len(values)}"
        values[name] = shape
        found += [f"instr({place}, :{name})" for place in ("person.name", "person.hamlet")]
    return f"({' OR '.join(found)})"
