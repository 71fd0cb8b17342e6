"""Paths and legal moves of the files of applications: dated data with their articles.

A file keeps the edition that held on the day its application came in.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple, TypeVar

COUNCIL, STORE = "council", "store"
"""Through the council, or at once from the stored file (lost, damaged, wrong data)."""


class Path(NamedTuple):
    """Which way the files of a kind and reason go, from a day on."""

    kind: str
    reason: str
    valid_from: str
    path: str
    source: str


class Move(NamedTuple):
    """One move: on which path (empty: on each), from which steps, to which; who may, and why."""

    move: str
    path: str
    sources: tuple[str, ...]
    target: str
    right: str
    valid_from: str
    source: str


Line = TypeVar("Line", Path, Move)


def path(kind: str, reason: str, day: str) -> Path | None:
    """The way of a kind and reason that holds on an ISO day; None where the reason is not told."""
    fitting = [one for one in _paths() if one.kind == kind and one.reason in ("", reason)]
    return _holding(fitting, day)


def reasons(kind: str) -> tuple[str, ...]:
    """The reasons one of which an application of this kind names; none for a first one."""
    told = (one.reason for one in _paths() if one.kind == kind and one.reason)
    return tuple(dict.fromkeys(told))


def from_store() -> tuple[tuple[str, str], ...]:
    """Kinds and reasons that by some edition go at once from the stored file."""
    found = ((one.kind, one.reason) for one in _paths() if one.path == STORE)
    return tuple(dict.fromkeys(found))


def move(name: str, way: str, day: str) -> Move | None:
    """The move of this name on a path that holds on an ISO day; None when there is none."""
    return _holding([one for one in _moves() if one.move == name and one.path in ("", way)], day)


def possible(step: str, way: str, day: str) -> tuple[Move, ...]:
    """The moves that a step allows, in the order a file lives them."""
    names = dict.fromkeys(one.move for one in _moves())
    found = (move(name, way, day) for name in names)
    return tuple(one for one in found if one is not None and step in one.sources)


def _holding(lines: list[Line], day: str) -> Line | None:
    """The newest line that began by a day; what came in before all goes by the oldest."""
    ordered = sorted(lines, key=lambda one: one.valid_from)
    begun = [one for one in ordered if one.valid_from <= day]
    return begun[-1] if begun else next(iter(ordered), None)


@cache
def _paths() -> tuple[Path, ...]:
    return tuple(
        Path(one["kind"], one["reason"], one["valid_from"], one["path"], one["source"])
        for one in _lines("file_paths.csv")
    )


@cache
def _moves() -> tuple[Move, ...]:
    return tuple(
        Move(
            one["move"],
            one["path"],
            tuple(one["from"].split()),
            one["to"],
            one["right"],
            one["valid_from"],
            one["source"],
        )
        for one in _lines("file_moves.csv")
    )


def _lines(name: str) -> list[dict[str, str]]:
    text = resources.files("data").joinpath(f"catalogues/{name}").read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="|"))
