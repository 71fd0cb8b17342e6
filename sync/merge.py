"""Three-way merge of one change into one row, by versions and never by clocks; pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sync.protocol import ACCEPTED, CONFLICT, MERGED, Change

FREE, GUARDED, SET, LEDGER, STATE, LWW = "free", "guarded", "set", "ledger", "state", "lww"
FIRST = "first"
"""Against who never saw the server (the same user entered on two PCs), the first one stands."""

TOMBSTONE = "deleted_at"
MERGED_INTO = "merged_into"
WHOLE = "bypass"
"""Source of a row that is sent whole because only the triggers saw it change."""


@dataclass(frozen=True, slots=True)
class MergeClasses:
    """How concurrent edits of each field are treated, as the field dictionary says.

    `groups` names, per entity, sets of fields that a concurrent touch sends to review together;
    `ledgers` the entities that are written once and never changed; `moves` the steps (from, to)
    of state machines that stay right from a state their author did not see; `decides` how the
    source of a change begins that decides a conflict.
    """

    classes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    groups: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    ledgers: frozenset[str] = frozenset()
    moves: Mapping[tuple[str, str], frozenset[tuple[str, str]]] = field(default_factory=dict)
    decides: str = "conflict:"

    def of(self, entity: str, name: str) -> str:
        """The class of a field; what the dictionary does not know is free."""
        return self.classes.get((entity, name), FREE)

    def group(self, entity: str, name: str) -> frozenset[str]:
        """The fields that go to review together with this one."""
        groups = self.groups.get(entity, ())
        return frozenset().union(*(one for one in groups if name in one))


@dataclass(frozen=True, slots=True)
class Touch:
    """Who set a field last: the row's version then, the device with its epoch, the user, where."""

    version: int
    device: str
    user: str
    seq: int


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as the server knows it. Fields that `touches` does not name were set at creation.

    `moved_to` is the scope that it left for; version 0 is a row that was only proposed there.
    """

    version: int
    created: Touch
    touches: Mapping[str, Touch]
    deleted: bool = False
    moved_to: str = ""

    def touch(self, name: str) -> Touch:
        """Who set the field last."""
        return self.touches.get(name, self.created)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a change: the fields taken with their new values, the fields refused, and
    those in which the server's value stands without a conflict.

    `joined` are sets that were taken with other members than the author sent: what stood before.
    """

    verdict: str
    taken: Mapping[str, Any]
    refused: tuple[str, ...]
    stands: tuple[str, ...] = ()
    joined: Mapping[str, Any] = field(default_factory=dict)


Stored = Callable[[Touch, str], Any]
"""Looks up the value that a touch gave a field."""


def new_value(change: Change, name: str) -> Any:
    """The value that a change gives a field."""
    value = change.fields[name]
    return value if change.op == "I" else value[1]


def old_value(change: Change, name: str) -> Any:
    """The value that the author saw before he changed a field."""
    return None if change.op == "I" else change.fields[name][0]


def merge(
    change: Change, row: RowState, device: str, classes: MergeClasses, stored: Stored
) -> Merged:
    """Decide each field of a change of an existing row (specification 2.3).

    A field was changed concurrently when the server's version of it is newer than the one its
    author saw and was not set by the same device in the same epoch. Then equal values agree, sets
    take the members that were added and lose those that were taken out, states go on where that is
    legal, of two creations the first stands where that is enough, last-writer-wins fields take the
    change that arrives last, and everything else keeps the server's value. An edit beats a
    removal that did not see it, and says so. A decision of a conflict is taken also where the
    value stands already: it must reach everybody who has the card.
    """
    view = _View(change, row, device)
    names = set(change.fields)
    sets = _joined(change, row, classes, stored)
    agreed = {n for n in names - set(sets) if view.moved(n) and _agrees(view, classes, n, stored)}
    agreed |= {n for n, (before, after) in sets.items() if before == after}
    agreed |= _merged_twice(view, stored)
    known = {n: stored(row.touch(n), n) for n in names if classes.of(change.entity, n) == STATE}
    refused = {n for n in names - agreed - set(sets) if _refuses(view, classes, n, (agreed, known))}
    refused |= _unseen_removal(view, stored) | _removal_of_unseen_edits(view)
    passed = set() if change.source.startswith(classes.decides) else agreed
    taken = {n: new_value(change, n) for n in change.fields if n not in refused | passed}
    taken |= {n: after for n, (_before, after) in sets.items() if n in taken}
    joined = {n: sets[n][0] for n in sets if n in taken and taken[n] != new_value(change, n)}
    stands = {n for n in agreed - set(taken) if stored(row.touch(n), n) != new_value(change, n)}
    if refused:
        verdict = CONFLICT
    else:
        moved = any(view.moved(name) for name in row.touches)
        verdict = MERGED if agreed or moved or joined else ACCEPTED
    return Merged(verdict, taken, tuple(sorted(refused)), tuple(sorted(stands)), joined)


Sets = dict[str, tuple[str | None, str | None]]


def _joined(change: Change, row: RowState, classes: MergeClasses, stored: Stored) -> Sets:
    """Per set of a change, how it stands and how it will with the author's members.

    Whose change is sent whole because nobody saw it made (a repair) names no members.
    """
    found: Sets = {}
    if change.op == "I" or change.source == WHOLE:
        return found
    for name in change.fields:
        if classes.of(change.entity, name) != SET:
            continue
        standing, seen = stored(row.touch(name), name), old_value(change, name)
        sent = new_value(change, name)
        if all(isinstance(v, str | None) for v in (standing, seen, sent)):
            found[name] = standing, _members(standing, seen, sent)
    return found


def _members(standing: str | None, seen: str | None, sent: str | None) -> str | None:
    """The members that stand, without those taken out and with those added; sorted as stored."""
    had, has = set((seen or "").split()), set((sent or "").split())
    left = set((standing or "").split()) - (had - has) | (has - had)
    return " ".join(sorted(left)) or None


@dataclass(frozen=True, slots=True)
class _View:
    """What the author of a change had before him, against how the row stands."""

    change: Change
    row: RowState
    device: str

    def moved(self, name: str, seen_with: str = "") -> bool:
        """Whether another device set the field after the version that the author saw."""
        touch = self.row.touch(name)
        seen = self.change.bases.get(seen_with or name, self.change.base)
        return touch.version > seen and touch.device != self.device


def _agrees(view: _View, classes: MergeClasses, name: str, stored: Stored) -> bool:
    change = view.change
    if classes.of(change.entity, name) == FIRST and change.bases.get(name, change.base) == 0:
        return True
    return bool(stored(view.row.touch(name), name) == new_value(change, name))


def _refuses(
    view: _View, classes: MergeClasses, name: str, rest: tuple[set[str], dict[str, Any]]
) -> bool:
    """Whether a field goes to review; `rest` are the agreed fields and the states that stand."""
    entity, (agreed, known) = view.change.entity, rest
    if view.moved(name) and classes.of(entity, name) != LWW:
        step = (known.get(name), new_value(view.change, name))
        if step not in classes.moves.get((entity, name), frozenset()):
            return True
    others = classes.group(entity, name) - agreed - {name}
    return any(other in view.row.touches and view.moved(other, name) for other in others)


def _unseen_removal(view: _View, stored: Stored) -> set[str]:
    """The removal stands, the edit is kept too, and both are shown to a person.

    A record that was merged into another is no removal: what is written late stays in it.
    """
    if view.row.deleted and TOMBSTONE not in view.change.fields and view.moved(TOMBSTONE):
        return set() if _leads(view, stored) else {TOMBSTONE}
    return set()


def _merged_twice(view: _View, stored: Stored) -> set[str]:
    """Of two mergers of one record only the survivors differ: off the lists it is by both."""
    leads = view.change.fields.get(MERGED_INTO) and new_value(view.change, MERGED_INTO)
    if not leads or not view.row.deleted or not _leads(view, stored):
        return set()
    return {TOMBSTONE, "deleted_reason"} & set(view.change.fields)


def _leads(view: _View, stored: Stored) -> bool:
    return bool(stored(view.row.touch(MERGED_INTO), MERGED_INTO))


def _removal_of_unseen_edits(view: _View) -> set[str]:
    """A record merged into another is no removal: edits its author did not see stay in it."""
    change = view.change
    if TOMBSTONE not in change.fields or new_value(change, TOMBSTONE) is None:
        return set()
    if MERGED_INTO in change.fields:
        return set()
    if not any(view.moved(name, TOMBSTONE) for name in view.row.touches):
        return set()
    return {TOMBSTONE, "deleted_reason"} & set(change.fields)
