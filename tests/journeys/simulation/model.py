"""The model: what people typed, and the list of changes that the server accepted, in its order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = tuple[str, str, str]
"""A deed is known by its row, its instant and its hand."""


@dataclass
class Deed:
    """Something that somebody typed and the store of a PC committed.

    `pairs` are (old, new) of what changed, none for a new row; `seen` is how far the PC had
    applied the log; `gone` when it was lost with a disk before anybody else had it.
    """

    scope: str
    life: int
    entity: str
    row: str
    at: str
    user: str
    pairs: Mapping[str, tuple[Any, Any]]
    seen: int
    gone: bool = False

    @property
    def key(self) -> Key:
        """By which the log names it."""
        return self.row, self.at, self.user


@dataclass(frozen=True)
class Accepted:
    """One entry of the log as the server committed it."""

    seq: int
    entity: str
    row: str
    op: str
    version: int
    fields: Mapping[str, Any]
    key: Key
    mark: tuple[str, int]
    """Device and epoch."""
    change_seq: int
    source: str = ""

    def new(self, name: str) -> Any:
        """The value that the entry gave a field."""
        return self.fields[name] if self.op == "I" else self.fields[name][1]


@dataclass
class Model:
    """What must be true in the end follows from these lists alone."""

    deeds: dict[Key, Deed] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    log: dict[str, list[Accepted]] = field(default_factory=dict)
    restored: bool = False

    def did(self, deed: Deed) -> None:
        """Somebody typed."""
        assert deed.key not in self.deeds
        self.deeds[deed.key] = deed

    def count(self) -> int:
        """How many deeds there are."""
        return len(self.deeds)

    def lost_with_a_disk(self, lives: Collection[int], since: int) -> None:
        """What a PC typed since a copy of its store and the server never heard of."""
        logged = {line.key for log in self.log.values() for line in log}
        for deed in list(self.deeds.values())[since:]:
            if deed.life in lives and deed.key not in logged:
                deed.gone = True

    def server_put_back(self, lengths: Mapping[str, int]) -> None:
        """The server knows only the beginning of its log; what PCs had seen says nothing now."""
        self.restored = True
        for scope, log in self.log.items():
            del log[lengths.get(scope, 0) :]

    def values(self, scope: str, entity: str, row: str) -> dict[str, Any]:
        """A row as the accepted changes leave it."""
        found: dict[str, Any] = {}
        for line in self.log.get(scope, []):
            if (line.entity, line.row) == (entity, row) and line.op != "C":
                found |= {name: line.new(name) for name in line.fields}
        return found
