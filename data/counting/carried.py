"""Who and what went along with somebody who moved to another office, as it was at that moment."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from data.counting.kept import EDIT, Kept, Key
from data.records.person import Person
from data.records.trace import History
from data.records.victim import Victim
from data.schema import travelling

Move = tuple[str, str, bool]
"""A person, when she moved, and whether she left by it."""
Step = tuple[str, bool]
Steps = Mapping[str, Sequence[Step]]
MERGED, OWNER, VICTIM, TIE = "merged_into", "person_id", "victim", "accident_id"


@dataclass(frozen=True, slots=True)
class Past:
    """What one field of a row said: when it was edited and what it had said before, in order, and
    what it says now."""

    edits: Sequence[tuple[str, str | None]]
    now: str | None

    @classmethod
    def always(cls, value: str | None) -> Past:
        """Of a field that was not edited."""
        return cls((), value)

    def at(self, instant: str) -> str | None:
        """What it said at an instant: the first later edit knows."""
        return next((old for when, old in self.edits if when > instant), self.now)

    def ever(self) -> set[str]:
        """Everything it said since."""
        return {one for one in (self.now, *(old for _when, old in self.edits)) if one}


def stood(steps: Steps, owner: Past, instant: str, now: bool) -> bool:
    """Whether a row was in this office's book at an instant, by whose it was at each later move;
    `now` says whether it is here now."""
    first = min(_carried(steps, owner, instant), default=None)
    return now if first is None else first[1]


def _carried(steps: Steps, owner: Past, after: str) -> Iterator[Step]:
    """The moves after an instant by which a row went along."""
    for person in owner.ever():
        for at, left in steps.get(person, ()):
            if at > after and owner.at(at) == person:
                yield at, left


def steps(session: Session, moves: Iterable[Move], copies: Kept, since: str) -> Steps:
    """By person her moves in order: her own and of those whom she was merged into then."""
    leads = _leads(session, copies, since)
    below: dict[str, list[str]] = {}
    for one, past in leads.items():
        for into in past.ever():
            below.setdefault(into, []).append(one)
    found: dict[str, list[Step]] = {}
    for person, at, left in moves:
        along, fresh = {person}, [person]
        while fresh:
            into = fresh.pop()
            more = [one for one in below.get(into, ()) if leads[one].at(at) == into]
            fresh += [one for one in more if one not in along]
            along.update(more)
        for one in along:
            found.setdefault(one, []).append((at, left))
    return found


def _leads(session: Session, copies: Kept, since: str) -> dict[str, Past]:
    """Whom each record was merged into, of all that were since an instant."""
    away = {
        row_id: Past.always(row[MERGED])
        for row_id, row in copies.rows.get("person", {}).items()
        if row[MERGED]
    }
    away |= {key[1]: past for key, past in _kept_pasts(copies, MERGED, since).items()}
    here = select(Person.id, Person.merged_into).where(Person.merged_into.is_not(None))
    stubs = {one: Past.always(into) for one, into in session.execute(here)}
    edited = _pasts(session, ("person",), MERGED, since)
    return away | stubs | {key[1]: past for key, past in edited.items()}


def owners(session: Session, copies: Kept, since: str) -> dict[Key, Past]:
    """Whose the rows were that were given to somebody else, tied or untied since an instant."""
    kinds = [name for name, kind in travelling().items() if OWNER in kind.__table__.c]
    return _kept_pasts(copies, OWNER, since) | _pasts(session, kinds, OWNER, since)


def _pasts(session: Session, kinds: Collection[str], name: str, since: str) -> dict[Key, Past]:
    """The pasts of a field that was edited after an instant, of rows that are here."""
    edit = (History.op == EDIT, History.entity.in_(kinds), History.field == name)
    columns = (History.entity, History.row_id, History.at, History.old, History.new)
    query = select(*columns).where(*edit, History.at > since).order_by(History.seq)
    lines: dict[Key, list[tuple[str, str | None]]] = {}
    last: dict[Key, str | None] = {}
    for entity, row_id, at, old, new in session.execute(query):
        lines.setdefault((entity, row_id), []).append((at, old))
        last[entity, row_id] = new
    return {key: Past(edits, last[key]) for key, edits in lines.items()}


def _kept_pasts(copies: Kept, name: str, since: str) -> dict[Key, Past]:
    """The same of rows that are away now."""
    lines: dict[Key, list[tuple[str, str | None]]] = {}
    last: dict[Key, str | None] = {}
    for key, one in copies.edits_of(name, since):
        lines.setdefault(key, []).append((one["at"], one["old"]))
        last[key] = one["new"]
    return {key: Past(edits, last[key]) for key, edits in lines.items()}


@dataclass(frozen=True, slots=True)
class Tie:
    """A victim of an accident: whose it was, in which accident, since when, whether it is here."""

    owner: Past
    accident: Past
    made_at: str
    here: bool


@dataclass(frozen=True)
class Accidents:
    """Accidents that went along with somebody they hurt: the ties to all their victims. An accident
    names nobody itself."""

    steps: Steps
    known: Mapping[str, Sequence[Tie]] = field(default_factory=dict)

    def here(self, accident: str, instant: str, now: bool = True) -> bool:
        """Whether an accident was in this office's book at an instant; `now`, whether it is.

        It may have come with one victim while another one had been here all along.
        """
        ties = self.known.get(accident, ())
        later = [step for tie in ties for step in self._with(tie, accident, instant)]
        first = min(later, default=None)
        if first is None or first[1]:
            return now if first is None else True
        return any(
            tie.accident.at(instant) == accident
            and tie.made_at <= instant
            and stood(self.steps, tie.owner, instant, tie.here)
            for tie in ties
        )

    def _with(self, tie: Tie, accident: str, after: str) -> Iterator[Step]:
        for at, left in _carried(self.steps, tie.owner, after):
            if tie.made_at <= at and tie.accident.at(at) == accident:
                yield at, left


def accidents(
    session: Session, steps: Steps, owners: Mapping[Key, Past], copies: Kept, since: str
) -> Accidents:
    """The accidents that went along since an instant."""
    ties = {**_pasts_of_ties(session, copies, since)}
    found: dict[str, dict[str, Tie]] = {}

    def tied(row_id: str, row: tuple[str | None, str | None, str], here: bool) -> None:
        person, accident, made_at = row
        owner = owners.get((VICTIM, row_id), Past.always(person))
        past = ties.get((VICTIM, row_id), Past.always(accident))
        for one in past.ever():
            found.setdefault(one, {})[row_id] = Tie(owner, past, made_at, here)

    for row_id, row in copies.rows.get(VICTIM, {}).items():
        tied(row_id, (row[OWNER], row[TIE], row["created_at"]), False)
    moved = {row_id for kind, row_id in (*owners, *ties) if kind == VICTIM}
    for row_id, *row in _victims(session, (Victim.person_id, steps), (Victim.id, moved)):
        tied(row_id, tuple(row), True)
    for row_id, *row in _victims(session, (Victim.accident_id, [*found])):
        tied(row_id, tuple(row), True)
    return Accidents(steps, {one: tuple(some.values()) for one, some in found.items()})


def _pasts_of_ties(session: Session, copies: Kept, since: str) -> dict[Key, Past]:
    return _kept_pasts(copies, TIE, since) | _pasts(session, (VICTIM,), TIE, since)


def _victims(
    session: Session, *wanted: tuple[InstrumentedAttribute[Any], Collection[str]]
) -> Sequence[Any]:
    """Victims, removed ones too, of which a column is one of these."""
    named = [
        column.in_(select(func.json_each(json.dumps([*ids])).table_valued("value").c.value))
        for column, ids in wanted
    ]
    columns = (Victim.id, Victim.person_id, Victim.accident_id, Victim.created_at)
    return session.execute(select(*columns).where(or_(*named))).all()
