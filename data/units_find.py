"""Finding a unit by what people write: names in any spelling, abbreviations, whole addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from data import units_table
from data.units_table import Name, Unit
from data.units_text import Part, difference, parts, place_key

NOT_COMMUNES = frozenset(("tỉnh", "thành phố", "quận", "huyện", "thị xã"))
LEVELS_OF = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "quận": ("district",),
    "huyện": ("district",),
    "thị xã": ("district",),
}
OTHER_NAMES = {
    "hcm": "hochiminh",
    "sg": "hochiminh",
    "saigon": "hochiminh",
    "thuathienhue": "hue",
    "brvt": "bariavungtau",
    "daclac": "daklak",
    "dacnong": "daknong",
}
OWN, RELATED = 2, 1
"""How much a named district or province says: one the unit lies in, or lay or will lie in."""

KIND_AS_WRITTEN, KIND_OTHER, KIND_UNSAID = range(3)
FAR = 3
"""The difference of a name that only sounds like the written one."""

KEPT = 1 << 14


class Reading(NamedTuple):
    """One way to understand an address: its rank, the smaller the better, and the unit."""

    support: int
    kind: int
    translated: bool
    difference: int
    place: int
    unit: Unit


def find_any(written: str, within: Sequence[str]) -> tuple[Unit, ...]:
    """The units of any level in these units that a text names, all equally likely ones.

    The first part names the unit, those after it must not contradict. The kind says the level; a
    bare name is any level's, so what is called like a commune and a district is answered as both.
    """
    named = _joined(parts(written))
    if not named:
        return ()
    first, after, scope = named[0], named[1:], tuple(within)
    if first.kind in NOT_COMMUNES:
        return _above(first, after, scope)
    readings = list(_readings(named, 0, (), scope, written.isascii()))
    above = () if first.kind else _above(first, after, scope)
    below = _best(readings, FAR) or (() if above else _best(readings))
    found = {unit.key: unit for unit in (*above, *below)}
    return tuple(found[key] for key in sorted(found))


def _above(first: Part, after: Sequence[Part], within: tuple[str, ...]) -> tuple[Unit, ...]:
    """Districts and provinces of a name; those of the kind written, where there are any."""
    levels = LEVELS_OF.get(first.kind, ("province", "district"))
    found = [
        unit
        for unit in _districts_and_provinces().get(_other_name(first.key), ())
        if unit.level in levels
        and units_table.inside(unit.key, within)
        and not any(_contradicts(unit, other) for other in after)
    ]
    exact = [unit for unit in found if unit.kind == first.kind]
    return tuple(exact or found)


def find(
    written: str, within: Sequence[str] = (), district: str = "", province: str = ""
) -> tuple[Unit, ...]:
    """The communes that a text names, all equally likely ones; one of them when it is certain.

    The text may be a bare name, have a kind before it in full or short, or be an address up to
    the province. `within` are unit keys: only what lies in them is answered, and a name of the
    other system is answered as the unit of theirs that it became or was made of. Districts and
    provinces named in the text or beside it must not contradict.
    """
    return _find(written, tuple(within), district, province)


@lru_cache(maxsize=KEPT)
def _find(written: str, within: tuple[str, ...], district: str, province: str) -> tuple[Unit, ...]:
    named = _joined(parts(written))
    beside = _joined((*parts(district), *parts(province)))
    plain = written.isascii()
    readings = [
        reading
        for place in range(len(named))
        for reading in _readings(named, place, beside, within, plain)
    ]
    return _best(readings)


def _best(readings: Sequence[Reading], nearer: int = FAR + 1) -> tuple[Unit, ...]:
    """The units of the best readings, of those whose name is nearer than that."""
    readings = [reading for reading in readings if reading.difference < nearer]
    if not readings:
        return ()
    best = min(readings)[:-1]
    chosen = {reading.unit.key: reading.unit for reading in readings if reading[:-1] == best}
    direct = [reading for reading in readings if not reading.translated]
    if len(chosen) > 1 and len({reading.unit.key for reading in direct}) == 1:
        chosen = {direct[0].unit.key: direct[0].unit} if direct[0].unit.key in chosen else chosen
    return tuple(chosen[key] for key in sorted(chosen))


def _readings(
    named: Sequence[Part],
    place: int,
    beside: Sequence[Part],
    within: tuple[str, ...],
    plain: bool,
) -> Iterator[Reading]:
    """Readings in which the part at a place names the commune."""
    part = named[place]
    if part.kind in NOT_COMMUNES and not part.spare:
        return
    if any(_refuted_by(earlier, part, within) for earlier in named[:place]):
        return
    after = (*named[place + 1 :], *beside)
    others = (*named[:place], *after)
    for unit, kind, far in _called(part, plain):
        if any(_contradicts(unit, other) for other in after):
            continue
        support = -_support(unit, others)
        for inside, translated in _inside(unit, within):
            yield Reading(support, kind, translated, far, -place, inside)


def _called(part: Part, plain: bool) -> Iterator[tuple[Unit, int, int]]:
    """Communes of a part's name, how their kind fits and how far their name is."""
    if part.key.isdigit() and not part.kind:
        return
    names = [(part.key, part.name, "" if part.spare else part.kind)]
    if part.spare:
        names.append((part.spare, part.name.partition(" ")[2], part.kind))
    for key, name, kind in names:
        for known in _communes().get(key, ()):
            yield known.unit, _fits(known, kind), difference(name, known.name, plain)
        for known in _alike().get(_sound(key), ()):
            if place_key(known.name) != key:
                yield known.unit, _fits(known, kind), FAR


def _fits(known: Name, kind: str) -> int:
    if not kind:
        return KIND_UNSAID
    return KIND_AS_WRITTEN if kind == known.kind else KIND_OTHER


def _inside(unit: Unit, within: tuple[str, ...]) -> Iterator[tuple[Unit, bool]]:
    """The unit where it lies within, else the units of the other system that it stands for."""
    if not within or units_table.inside(unit.key, within):
        yield unit, False
        return
    for other in _counterparts(unit.key):
        if units_table.inside(other, within):
            yield units_table.get(other), True


def _counterparts(key: str) -> tuple[str, ...]:
    """Keys of the other system: what an old unit became, what a new one was made of."""
    return units_table.current(key).candidates if key[:3] == "63:" else units_table.former(key)


def _joined(named: Iterable[Part]) -> list[Part]:
    """Parts with names put together again that are written with a dash (Bà Rịa - Vũng Tàu)."""
    found: list[Part] = []
    for part in named:
        if found and not part.kind and _is_name(found[-1].key + part.key):
            first = found.pop()
            part = Part(first.kind, first.key + part.key, f"{first.name} {part.name}")
        found.append(part)
    return found


def _is_name(key: str) -> bool:
    return key in _places() or key in _communes()


def _support(unit: Unit, others: Iterable[Part]) -> int:
    """What the other parts say for the unit; each of its places is counted once."""
    support = 0
    for key, times in Counter(_other_name(part.key) for part in others).items():
        support += sum(_evidence(unit.key).get(key, ())[:times])
    return support


def _contradicts(unit: Unit, part: Part) -> bool:
    """Whether a part after the name is a district or province that the unit has never been in."""
    key = _other_name(part.key)
    return key in _places() and key not in _evidence(unit.key)


def _refuted_by(part: Part, later: Part, within: tuple[str, ...]) -> bool:
    """Whether an earlier part names a commune of ours, which the later part contradicts."""
    return bool(within) and any(
        _contradicts(known.unit, later) and units_table.inside(known.unit.key, within)
        for known in _communes().get(part.key, ())
    )


def _other_name(key: str) -> str:
    return OTHER_NAMES.get(key, key)


@lru_cache(maxsize=KEPT)
def _evidence(key: str) -> Mapping[str, tuple[int, ...]]:
    """Match keys of districts and provinces that may stand in an address of a commune.

    With what each says; twice where a city and its province have one name.
    """
    found: dict[str, list[int]] = {}
    for unit in units_table.path(key)[1:]:
        found.setdefault(place_key(unit.name), []).append(OWN)
    related = {above.key for other in _counterparts(key) for above in units_table.path(other)[1:]}
    for other in related:
        found.setdefault(place_key(units_table.get(other).name), []).append(RELATED)
    return {name: tuple(sorted(weights, reverse=True)) for name, weights in found.items()}


def _sound(key: str) -> str:
    """A key for sounds that are written alike (Thần Sa, Thần Xa; Đắk, Đắc)."""
    return key.replace("x", "s").replace("tr", "ch").replace("k", "c")


@cache
def _communes() -> Mapping[str, tuple[Name, ...]]:
    """Communes, and districts without communes, by the match key of their present or last name."""
    own = (Name(unit.name, unit.kind, unit) for unit in lowest())
    return _grouped((place_key(known.name), known) for known in (*own, *units_table.ended()))


@cache
def _alike() -> Mapping[str, tuple[Name, ...]]:
    return _grouped((_sound(key), known) for key, names in _communes().items() for known in names)


def _grouped(pairs: Iterable[tuple[str, Name]]) -> Mapping[str, tuple[Name, ...]]:
    found: dict[str, list[Name]] = {}
    for key, known in pairs:
        found.setdefault(key, []).append(known)
    return {key: tuple(names) for key, names in found.items()}


@cache
def _districts_and_provinces() -> Mapping[str, tuple[Unit, ...]]:
    """Those of both systems by match key."""
    found: dict[str, list[Unit]] = {}
    for unit in units_table.table().values():
        if unit.level != "commune":
            found.setdefault(place_key(unit.name), []).append(unit)
    return {key: tuple(some) for key, some in found.items()}


def _places() -> Collection[str]:
    """Match keys of all districts and provinces."""
    return _districts_and_provinces()


@cache
def lowest() -> tuple[Unit, ...]:
    """Communes of both systems, and districts that have none."""
    return tuple(
        unit
        for unit in units_table.table().values()
        if unit.level == "commune"
        or (unit.level == "district" and not units_table.children(unit.key))
    )
