"""What the words of a search say besides names: a commune, a year or a day of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from data import units
from data.records.people_fit import Said
from data.text import fold, joined_numbers, nfc, other_tone_place, search_fold

GROUP_MAX = 4
YEAR = re.compile(r"(?:19|20)\d\d")
DAY = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-]((?:19|20)\d\d)")
KINDS = (("xa",), ("phuong",), ("thi", "tran"))


def taken_apart(query: str) -> tuple[str, tuple[Said, ...]]:
    """The words left to be searched, and groups of words that may be a commune or a birth.

    Nothing is lost by it: such a group also fits whoever has its words in the searched text.
    """
    words = joined_numbers(nfc(query)).split()
    rest: list[str] = []
    said: list[Said] = []
    at = 0
    while at < len(words):
        found, length = _commune(words[at:]) or _birth(words[at]) or (None, 1)
        if found is None:
            rest.append(words[at])
        else:
            said.append(found)
        at += length
    return " ".join(rest), tuple(said)


def _commune(words: Sequence[str]) -> tuple[Said, int] | None:
    """The longest commune's name that the words begin with; of one syllable only after its kind."""
    folded = [search_fold(word) for word in words[: GROUP_MAX + 2]]
    kind = next((len(each) for each in KINDS if tuple(folded[: len(each)]) == each), 0)
    for start in sorted({kind, 0}, reverse=True):
        for end in range(min(len(folded), start + GROUP_MAX), start, -1):
            if end - start == 1 and (not start or folded[start].isdigit()):
                continue
            known = _communes().get(" ".join(folded[start:end]), ())
            keys = _as_marked(" ".join(words[start:end]).lower(), known)
            if keys:
                return Said(" ".join(words[start:end]), communes=keys), end
    return None


def _as_marked(written: str, keys: Sequence[str]) -> tuple[str, ...]:
    """Of communes of one folded name, those with the marks that were typed, if any were."""
    if fold(written) == written:
        return tuple(keys)
    forms = {written, " ".join(map(other_tone_place, written.split()))}
    return tuple(key for key in keys if units.get(key).name.lower() in forms)


def _birth(word: str) -> tuple[Said, int] | None:
    if YEAR.fullmatch(word):
        return Said(word, birth=word), 1
    found = DAY.fullmatch(word)
    if found is None:
        return None
    parts = (found[3], found[2].zfill(2), (found[1] or "").zfill(2) if found[1] else "")
    return Said(word, birth="-".join(filter(None, parts))), 1


@cache
def _communes() -> Mapping[str, tuple[str, ...]]:
    """Keys of the communes of a folded name, of the old and the new borders."""
    named: dict[str, list[str]] = {}
    for name, key in _names():
        named.setdefault(name, []).append(key)
    return {name: tuple(keys) for name, keys in named.items()}


def _names() -> Iterator[tuple[str, str]]:
    for system in units.SYSTEMS:
        for province in units.provinces(system):
            for unit in units.communes_of(province.key):
                yield search_fold(unit.name), unit.key
