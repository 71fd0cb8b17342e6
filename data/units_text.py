"""Reading an address: which of its words are the kind of a unit and which are its name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from data import text

KINDS = {
    "xã": "xã",
    "phường": "phường",
    "thị trấn": "thị trấn",
    "thị xã": "thị xã",
    "thành phố": "thành phố",
    "đặc khu": "đặc khu",
    "quận": "quận",
    "huyện": "huyện",
    "tỉnh": "tỉnh",
}
"""Kind words written with their marks, one or two words each."""

SHORT = {"x": "xã", "p": "phường", "tt": "thị trấn", "tx": "thị xã", "tp": "thành phố"}
SHORT |= {"q": "quận", "h": "huyện", "t": "tỉnh"}
"""Abbreviations; a single letter counts only before a dot or at the beginning."""

PLAIN = {"xa": "xã", "thi tran": "thị trấn", "thi xa": "thị xã", "thanh pho": "thành phố"}
PLAIN |= {"dac khu": "đặc khu", "huyen": "huyện", "tinh": "tỉnh"}
"""Kind words typed without marks that begin no name of a unit when the text has no marks."""

MAYBE = {"phuong": "phường", "quan": "quận"}
"""The same, but names of units begin with them too (Phương Giao, Quan Triều)."""

EMPTY = frozenset("vietnam vn cu moi".split())
"""Match keys of parts that say nothing."""

_SEPARATORS = re.compile(r"[,;()/\n]|\s[-–—]+\s|[–—]")
_WORDS = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|\.")
_NUMBERED = re.compile(r"([pq])(\d{1,2})")
_NAMES_KEPT = 1 << 15


class Part(NamedTuple):
    """One named place of an address.

    `kind` is empty when not written; `key` is the match key of the name; `spare` the key without
    a first word that may be the kind; `name` the name in small letters as written.
    """

    kind: str
    key: str
    name: str
    spare: str = ""


def parts(address: str) -> tuple[Part, ...]:
    """The places that an address names, in its order, from the hamlet to the province."""
    found: list[Part] = []
    for chunk in _SEPARATORS.split(text.tidy(address)):
        found += _of_chunk(chunk)
    return tuple(part for part in found if part.key and part.key not in EMPTY)


def _of_chunk(chunk: str) -> list[Part]:
    words = _numbers_apart(_WORDS.findall(chunk.lower()))
    plain = chunk.isascii()
    found: list[Part] = []
    name: list[str] = []
    kind = ""
    place = 0
    while place < len(words):
        known, taken = _kind_at(words, place, plain)
        if known and (name or not kind):
            found += _part(kind, name, plain)
            kind, name = known, []
        elif words[place] != ".":
            name.append(words[place])
        place += taken
    return found + _part(kind, name, plain)


def _numbers_apart(words: list[str]) -> list[str]:
    """P12 and Q3 as two words each."""
    apart: list[str] = []
    for word in words:
        numbered = _NUMBERED.fullmatch(word)
        apart += [numbered[1] * 2, numbered[2]] if numbered else [word]
    return apart


def _kind_at(words: list[str], place: int, plain: bool) -> tuple[str, int]:
    """The kind that stands at a place of the words, and how many words it takes.

    The last word is never a kind: xã Tứ Quận.
    """
    word, pair = words[place], " ".join(words[place : place + 2])
    rest = [follower for follower in words[place + 1 :] if follower != "."]
    names = KINDS | PLAIN if plain else KINDS
    if pair in names and len(rest) > 1:
        return names[pair], 2
    if not rest:
        return "", 1
    if word in names:
        return names[word], 1
    if word in ("pp", "qq"):
        return SHORT[word[0]], 1
    dotted = words[place + 1] == "."
    if word in SHORT and (dotted or len(word) > 1 or place == 0):
        return SHORT[word], 1
    return "", 1


def _part(kind: str, name: list[str], plain: bool) -> list[Part]:
    if not name:
        return []
    spare = ""
    if not kind and plain and name[0] in MAYBE and len(name) > 1:
        kind, spare = MAYBE[name[0]], place_key(" ".join(name[1:]))
    whole = " ".join(name)
    return [Part(kind, place_key(whole), whole, spare)]


@lru_cache(maxsize=_NAMES_KEPT)
def place_key(name: str) -> str:
    """The match key of a unit's name; wards with numbers lose leading zeros."""
    key = text.match_key(name)
    return key.lstrip("0") if key.isdigit() else key


@lru_cache(maxsize=_NAMES_KEPT)
def marked_key(name: str) -> str:
    """The name with its marks, wherever in a word they stand: Thuỵ is Thụy, Phú is not Phù."""
    words = []
    for word in text.tidy(name).lower().replace("y", "i").split():
        signs = unicodedata.normalize("NFD", word)
        letters = [sign for sign in signs if sign.isalnum()]
        marks = sorted(sign for sign in signs if unicodedata.combining(sign))
        words.append("".join(letters + marks).replace("y", "i"))
    return " ".join(words)


def difference(written: str, name: str, plain: bool) -> int:
    """How far a written name is from a unit's: 0 the same, 1 but for marks, 2 but for spaces.

    `plain` says that the whole text was typed without marks, so that their absence says nothing.
    """
    if not plain and marked_key(written) == marked_key(name):
        return 0
    return 1 if _words(written) == _words(name) else 2


def _words(name: str) -> str:
    return text.fold(name).replace("y", "i")
