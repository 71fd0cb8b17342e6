"""Code lists: English code words with their labels, national codes and every usual spelling."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from data import text

NOISE = frozenset("khuyet tat kt dang loai mucdo muc do md nguoi nkt bi hoi".split())
"""Folded words before or between codes that say nothing: "dạng tật: vận động"."""

JOINTS = frozenset("va voi kem theo cung".split())
"""Folded words that join two codes: "vận động và trí tuệ"."""

PHRASE_WORDS_MAX = 20
SPELLINGS_KEPT = 2_048
"""Lists write the same few words in thousands of rows."""
"""The longest label of the lists has 17."""


@dataclass(frozen=True, slots=True)
class Code:
    """One line of `catalogues/codes.csv`.

    `official` is the code of the law or of the national programme; dates are ISO days of the
    line's validity, None for open ends; `source` is the legal source.
    """

    code: str
    vi: str
    en: str
    official: str
    aliases: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    source: str

    def label(self, lang: str = "vi") -> str:
        """The label in `vi` or `en`."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one list in their official order."""

    name: str
    items: tuple[Code, ...]

    def on(self, day: str) -> tuple[Code, ...]:
        """The codes in force on an ISO day."""
        return tuple(
            code
            for code in self.items
            if (code.valid_from or "") <= day and (not code.valid_to or day <= code.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Matches:
    """What a phrase names: known codes in the list's order, and the words nobody knows."""

    codes: tuple[str, ...]
    unknown: tuple[str, ...]


@cache
def _all() -> dict[str, CodeList]:
    content = resources.files("data").joinpath("catalogues/codes.csv").read_text("utf-8")
    found: dict[str, list[Code]] = {}
    for line in csv.DictReader(content.splitlines(), delimiter="|"):
        aliases = tuple(part for part in line["aliases"].split(";") if part)
        code = Code(
            line["code"],
            line["vi"],
            line["en"],
            line["official"],
            aliases,
            line["valid_from"] or None,
            line["valid_to"] or None,
            line["source"],
        )
        found.setdefault(line["list"], []).append(code)
    return {name: CodeList(name, tuple(items)) for name, items in found.items()}


def lists() -> tuple[str, ...]:
    """The names of all lists."""
    return tuple(_all())


def get(list_name: str) -> CodeList:
    """One list; KeyError when there is none of that name."""
    return _all()[list_name]


@cache
def _by_code(list_name: str) -> dict[str, Code]:
    return {item.code: item for item in get(list_name).items}


def has(list_name: str, code: str) -> bool:
    """Whether the list knows the code."""
    return code in _by_code(list_name)


def label(list_name: str, code: str, lang: str = "vi") -> str:
    """The code's label in `vi` or `en`; a code that the list does not know stays as it is."""
    found = _by_code(list_name).get(code)
    return found.label(lang) if found else code


@cache
def _as_written(list_name: str) -> dict[str, str]:
    """All spellings in small letters with their marks: "bà" is not "ba", "tay" is not "tai"."""
    return {
        text.tidy(spelling).lower(): item.code
        for item in get(list_name).items
        for spelling in (*item.aliases, item.en, item.vi, item.code)
    }


@cache
def _spellings(list_name: str) -> dict[str, str]:
    """Match keys of all spellings; labels win over aliases, a key of two codes is left out."""
    labels: dict[str, set[str]] = {}
    aliases: dict[str, set[str]] = {}
    for item in get(list_name).items:
        for spelling in (item.code, item.vi, item.en):
            labels.setdefault(text.match_key(spelling), set()).add(item.code)
        for spelling in item.aliases:
            aliases.setdefault(text.match_key(spelling), set()).add(item.code)
    return {
        key: next(iter(codes))
        for key, codes in (aliases | labels).items()
        if key and len(codes) == 1
    }


@lru_cache(maxsize=SPELLINGS_KEPT)
def match(list_name: str, written: str) -> str | None:
    """The code that a text names in any usual spelling, or None.

    Numbers never name a code: the law and the national programme number types differently.
    """
    found = _as_written(list_name).get(text.tidy(written).lower())
    found = found or _spellings(list_name).get(text.match_key(written))
    if found is not None:
        return found
    matches = match_all(list_name, written)
    return matches.codes[0] if len(matches.codes) == 1 and not matches.unknown else None


@lru_cache(maxsize=SPELLINGS_KEPT)
def match_all(list_name: str, written: str) -> Matches:
    """All codes that a text names: "VĐ, trí tuệ", "nghe, nói và nhìn"; the longest first."""
    known = _spellings(list_name)
    words = text.fold(written).split()
    chosen: set[str] = set()
    unknown: list[str] = []
    place = 0
    while place < len(words):
        taken, code = _longest(known, words, place)
        if code is not None:
            chosen.add(code)
        elif words[place] not in NOISE and words[place] not in JOINTS:
            unknown.append(words[place])
        place += taken
    order = [item.code for item in get(list_name).items]
    return Matches(tuple(code for code in order if code in chosen), tuple(unknown))


def _longest(known: Mapping[str, str], words: list[str], place: int) -> tuple[int, str | None]:
    """How many words from `place` on make the longest known spelling, and its code.

    A label may have joints of its own ("theo luật chuyên ngành"); a list may put some where no
    spelling has them ("nghe và nói").
    """
    for end in range(min(len(words), place + PHRASE_WORDS_MAX), place, -1):
        phrase = words[place:end]
        bare = [word for word in phrase if word not in JOINTS]
        for each in (phrase, bare):
            code = known.get("".join(each).replace("y", "i")) if each else None
            if code is not None:
                return end - place, code
    return 1, None


@cache
def identity_places() -> Mapping[str, str]:
    """Names of the places in the first three digits of a citizen number, by those digits.

    Source: NĐ 137/2015/NĐ-CP; numbers issued before 1 July 2025 keep their province.
    """
    content = resources.files("data").joinpath("catalogues/identity_provinces.csv")
    lines = csv.DictReader(content.read_text("utf-8").splitlines(), delimiter="|")
    return {line["digits"]: line["name"] for line in lines}
