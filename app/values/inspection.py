"""What an inspector asks and what is answered; frozen, for screens, papers and files."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("view", "print", "export", "approve", "share", "move", "change", "key")
"""What people do with somebody's data, as an inspector sorts it."""


@dataclass(frozen=True, slots=True)
class InspectionAsk:
    """Of whom and of what: a person's id, or a user's login, or both; ISO days with both ends;
    kinds of `KINDS`, all when none is named."""

    person_id: str = ""
    login: str = ""
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One thing that was done: instant in ISO UTC text, login, kind of `KINDS`, about whom, what.

    `here`: on this PC; what came from another PC of the office does not tell which one.
    """

    key: str
    at: str
    by: str
    kind: str
    person_id: str
    name: str
    what: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class Inspection:
    """An answer: newest first, how many there are in all where they were cut off, and what the
    reader must know of these logs."""

    ask: InspectionAsk
    title: str
    lines: tuple[InspectionLine, ...]
    total: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogProof:
    """What the chain of the log of looks proves: entries, the last number with its mark; `broken`
    is the number where it breaks, 0 when it does not; `words` say it."""

    entries: int
    last: int
    mark: str
    since: str
    broken: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterName:
    """A register that can be asked for."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A row of a register as it stood: its values in words, in the order of the columns."""

    key: str
    person_id: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterThen:
    """A register at the end of a day: heads, how many rows in all and in each state, notes."""

    name: str
    title: str
    as_of: str
    columns: tuple[tuple[str, str], ...]
    """Key and head of each."""
    count: int
    states: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]
