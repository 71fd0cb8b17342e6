"""Are two records one person? Weighed reasons for and against, and the keys to find such pairs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from app.rules import names
from app.rules.names import NameParts

SAME, LIKELY, DIFFERENT = "same", "likely", "different"
SAME_FROM, LIKELY_FROM = 12, 7
WHOLE_NUMBER = (9, 12)
"""Digits of an old and a present identity number; parts of a number prove nothing."""

RULES = 2
"""Counts up when keys or weights change: every store then judges its pairs anew."""

DOUBTS = frozenset(
    "other_number number_slip other_sex birth_other birth_near birth_swapped birth_digit "
    "name_other name_other_middle name_other_marks name_letter twins".split()
)
"""Reasons after which only a human says that two records are one person."""


class Facts(NamedTuple):
    """What is compared of one person; empty text and empty tuples where nothing is known.

    `numbers`, `phones` and `certificate` are digits alone, `place` a commune as it is now,
    `hamlet` folded; `head` and `carer` are names.
    """

    id: str
    name: NameParts
    alias: NameParts
    sex: str
    birth: str
    place: str
    hamlet: str
    head: NameParts
    carer: NameParts
    numbers: tuple[str, ...]
    phones: tuple[str, ...]
    certificate: str


class Reason(NamedTuple):
    """One thing that speaks for (weight above 0) or against two records being one person."""

    code: str
    weight: int
    one: str = ""
    other: str = ""


class Likeness(NamedTuple):
    """The judgement on a pair: same, likely or different, and why, the weightiest first."""

    grade: str
    weight: int
    reasons: tuple[Reason, ...]


def compare(one: Facts, other: Facts) -> Likeness:
    """Weigh everything that is known of two persons; the order of the two does not matter."""
    found = list(_reasons(one, other))
    weight = sum(reason.weight for reason in found)
    codes = {reason.code for reason in found}
    grade = _grade(one, other, weight, codes)
    found.sort(key=lambda reason: (-abs(reason.weight), reason.code))
    return Likeness(grade, weight, tuple(found))


def _grade(one: Facts, other: Facts, weight: int, codes: set[str]) -> str:
    if "same_number" in codes:
        name_fits = not codes & {"name_other", "twins"} or one.name.given == other.name.given
        agrees = codes & {"same_birth", "birth_agrees"}
        return SAME if name_fits or agrees else LIKELY
    if one[1:] == other[1:] and one.name.words:
        return SAME  # nothing at all tells them apart: the same row of a list, read twice
    if weight >= SAME_FROM and not codes & DOUBTS:
        return SAME
    certified = codes >= {"same_certificate", "same_commune"} and one.name.given == other.name.given
    return LIKELY if weight >= LIKELY_FROM or certified else DIFFERENT


def _reasons(one: Facts, other: Facts) -> Iterator[Reason]:
    yield from _numbers(one, other)
    born = _births(one.birth, other.birth)
    if born is not None:
        yield born
    yield _name(one, other, born)
    if one.sex and other.sex and one.sex != other.sex:
        yield Reason("other_sex", -8)
    yield from _places(one, other)
    if set(one.phones) & set(other.phones):
        yield Reason("same_phone", 3)
    if one.certificate and other.certificate:
        alike = one.certificate == other.certificate
        yield Reason("same_certificate", 5) if alike else Reason("other_certificate", -1)
    yield from _family(one, other)


def _numbers(one: Facts, other: Facts) -> Iterator[Reason]:
    mine = [number for number in one.numbers if len(number) in WHOLE_NUMBER]
    yours = [number for number in other.numbers if len(number) in WHOLE_NUMBER]
    if set(mine) & set(yours):
        yield Reason("same_number", 12)
        return
    rivals = [(a, b) for a in mine for b in yours if len(a) == len(b)]
    if rivals:
        slip = any(names.one_edit(a, b) for a, b in rivals)
        yield Reason("number_slip", 0) if slip else Reason("other_number", -6)


def _births(one: str, other: str) -> Reason | None:
    if not one or not other:
        return None
    if one == other:
        return Reason("same_birth", 6 if len(one) == 10 else 5)
    shorter = min(len(one), len(other))
    if one[:shorter] == other[:shorter]:
        return Reason("birth_agrees", 4 if shorter > 4 else 3)
    years = abs(int(one[:4]) - int(other[:4]))
    if len(one) == len(other) == 10:
        return _days(one, other, years)
    if years == 0:
        return Reason("birth_near", -3)
    if years > 1:
        return Reason("birth_other", -6)
    return Reason("birth_near", 2 if len(one) == len(other) == 4 else 1)


def _days(one: str, other: str, years: int) -> Reason:
    """Two whole dates that differ: a slip of the pen, a made-up first of January, or others."""
    if years == 0 and (one[5:7], one[8:]) == (other[8:], other[5:7]):
        return Reason("birth_swapped", 3)
    if years == 0 and "01-01" in (one[5:], other[5:]):
        return Reason("birth_agrees", 3)
    if names.one_edit(one, other):
        return Reason("birth_digit", 2)
    return Reason("birth_near", -3) if years <= 1 else Reason("birth_other", -6)


def _name(one: Facts, other: Facts, born: Reason | None) -> Reason:
    found = names.difference(one.name, other.name)
    if found.weight < 3 and _known_as(one, other):
        return Reason("name_alias", 4)
    siblings = one.name.sounds[:1] == other.name.sounds[:1] and found.code == "name_other"
    if siblings and born is not None and born.code == "same_birth" and len(one.birth) == 10:
        return Reason("twins", -8)
    return Reason(*found)


def _known_as(one: Facts, other: Facts) -> bool:
    alias, name = one.alias.sounds, one.name.sounds
    yours = {other.alias.sounds, other.name.sounds} - {()}
    return alias in yours or (bool(name) and name == other.alias.sounds)


def _places(one: Facts, other: Facts) -> Iterator[Reason]:
    if not one.place or not other.place:
        return
    if one.place != other.place:
        yield Reason("other_commune", -2)
        return
    yield Reason("same_commune", 2)
    if one.hamlet and other.hamlet:
        alike = one.hamlet == other.hamlet
        yield Reason("same_hamlet", 1) if alike else Reason("other_hamlet", -1)


def _family(one: Facts, other: Facts) -> Iterator[Reason]:
    """Head of household and carer (parent, spouse): names that are not the person's own."""
    own = {one.name.sounds, other.name.sounds, ()}
    if one.head.sounds == other.head.sounds and one.head.sounds not in own:
        yield Reason("same_head", 3)
    elif one.carer.sounds == other.carer.sounds and one.carer.sounds not in own:
        yield Reason("same_carer", 3)


# ------------------------------------------------------------------ finding candidates


@lru_cache(maxsize=1 << 12)
def keys(facts: Facts) -> frozenset[int]:
    """The keys a person is found by: any two persons worth comparing share one with `asked`."""
    year = facts.birth[:4] or "?"
    return frozenset(map(_number, [*_shared(facts), _near(facts, year)]))


@lru_cache(maxsize=1 << 12)
def asked(facts: Facts) -> frozenset[int]:
    """The keys under which those lie who may be this person; births a year off among them."""
    if not facts.birth:
        return keys(facts)
    year = int(facts.birth[:4])
    near = (_near(facts, other) for other in ("?", str(year - 1), str(year + 1)))
    return keys(facts) | frozenset(map(_number, near))


def _near(facts: Facts, year: str) -> str:
    return f"g|{facts.name.given}|{year}|{facts.place}"


def _shared(facts: Facts) -> Iterator[str]:
    given, full = facts.name.given, " ".join(facts.name.sounds)
    for number in facts.numbers:
        if len(number) in WHOLE_NUMBER:
            yield f"n|{number}"
    for phone in facts.phones:
        yield f"p|{phone}|{given}"
    if facts.certificate:
        yield f"c|{facts.certificate}|{given}"
    if len(facts.birth) == 10:
        yield f"b|{full}|{facts.birth}"
        yield f"d|{facts.birth}|{facts.place}"
    for name in {full, " ".join(facts.alias.sounds)} - {""}:
        yield f"s|{name}|{facts.place}"
    for relative in {facts.head.sounds, facts.carer.sounds} - {()}:
        yield f"h|{full}|{' '.join(relative)}"


def _number(key: str) -> int:
    """A key as the store keeps it: eight bytes instead of a name and a date."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
