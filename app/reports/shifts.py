"""Who and what the cells of a report gained and lost between two times it was counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.reports import members, table
from app.reports.over import Over
from app.reports.table import Stood
from app.values.report import ReportAsk, ReportMember
from data.counting import count
from data.counting.then import Source
from data.figures import Figure
from data.history import LATER

Side = tuple[Over, ReportAsk]
"""The book as it stood, and what was asked of it."""
Cell = tuple[str, str]
"""A row and a column."""
Keys = dict[str, str | None]
"""Keys of what is counted, each with its person."""


@dataclass(frozen=True, slots=True)
class Shift:
    """What a cell lost and what it gained, each in the order of the keys."""

    figure: Figure
    gone: Keys
    came: Keys
    source: Source = field(compare=False, repr=False)
    """Where their names are, also of who went to another office since."""

    @property
    def net(self) -> int:
        """By how much the cell grew."""
        return len(self.came) - len(self.gone)

    def first(self, most: int) -> Shift:
        """As much of it as is told by name, what went first."""
        gone = list(self.gone.items())[:most]
        came = list(self.came.items())[: most - len(gone)]
        return Shift(self.figure, dict(gone), dict(came), self.source)


def between(sides: tuple[Side, Side], figures: Iterable[Figure]) -> dict[Cell, Shift]:
    """Every cell of these figures of one report that lost or gained something, the earlier side
    first. Figures counted alike are asked once a side, however many cells they have."""
    found: dict[Cell, Shift] = {}
    for alike in _grouped(figures, count.counted_as):
        before, after = (table.standing(over, ask, alike) for over, ask in sides)
        touched = {line[1] for line in before.lines ^ after.lines}
        old, new = (_cells(stood, touched, alike) for stood in (before, after))
        figure = {one.name: one for one in alike}
        source = _further_back(before.source, after.source)
        for cell in old.keys() | new.keys():
            one, other = old.get(cell, {}), new.get(cell, {})
            gone, came = _without(one, other), _without(other, one)
            shift = Shift(figure[cell[1]], gone, came, source)
            if shift.gone or shift.came:
                found[cell] = shift
    return found


def _further_back(*sources: Source) -> Source:
    """The one that knows of the earliest moves between offices."""
    return min(sources, key=lambda one: one.moves.since if one.moves is not None else LATER)


def named(shifts: Sequence[Shift]) -> list[list[tuple[ReportMember, bool]]]:
    """The lines of each shift to read, and whether each came: those that went first, persons by
    given name. Names are asked once for all figures of a kind."""
    lines: dict[tuple[str, str], dict[str, ReportMember]] = {}
    for alike in _grouped((each.figure for each in shifts), _kind):
        mine = [each for each in shifts if _kind(each.figure) == _kind(alike[0])]
        keys = {key: who for each in mine for key, who in (each.gone | each.came).items()}
        made = members.of(mine[0].source, alike[0], sorted(keys.items()))
        lines[_kind(alike[0])] = {one.key: one for one in made}
    return [_lines(each, lines[_kind(each.figure)]) for each in shifts]


def _lines(shift: Shift, lines: Mapping[str, ReportMember]) -> list[tuple[ReportMember, bool]]:
    """`lines` in the order to read."""
    place = {key: number for number, key in enumerate(lines)}
    ordered = ((sorted(keys, key=place.__getitem__)) for keys in (shift.gone, shift.came))
    return [(lines[key], bool(side)) for side, keys in enumerate(ordered) for key in keys]


def _kind(figure: Figure) -> tuple[str, str]:
    """Figures of one kind are read alike."""
    return figure.of, figure.unit


def _grouped(
    figures: Iterable[Figure], kind: Callable[[Figure], tuple[str, str]]
) -> list[list[Figure]]:
    found: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for one in figures:
        found[kind(one)][one.name] = one
    return [list(some.values()) for some in found.values()]


def _cells(stood: Stood, touched: set[str], figures: Sequence[Figure]) -> dict[Cell, Keys]:
    """By cell what stands in it, of these keys only: all others stand as they stood."""
    found: dict[Cell, Keys] = defaultdict(dict)
    names = [one.name for one in figures]
    for written, key, who, *met in stood.lines:
        if key not in touched:
            continue
        for row in stood.rows_of(written):
            for name, yes in zip(names, met, strict=True):
                if yes:
                    found[row, name][key] = who
    return found


def _without(some: Keys, others: Keys) -> Keys:
    return {key: some[key] for key in sorted(some) if key not in others}
