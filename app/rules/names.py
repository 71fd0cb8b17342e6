"""How two spellings of a name differ: marks, keyboard leftovers, regional words, missing words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import ne
from typing import NamedTuple

REGIONAL = (
    "Huỳnh/Hoàng Võ/Vũ Phước/Phúc Bửu/Bảo Nhựt/Nhật Tánh/Tính Sanh/Sinh Chánh/Chính Thạnh/Thịnh "
    "Lãnh/Lĩnh Thới/Thái Nhơn/Nhân Chơn/Chân Kiểng/Cảnh Huê/Hoa Dõng/Dũng Oai/Uy Phụng/Phượng "
    "Mạng/Mệnh Đởm/Đảm Châu/Chu Tòng/Tùng Kiếng/Kính Cang/Cương Hườn/Hoàn Lục/Lộc"
)
"""The same name as the South and the North say it."""

AMBIGUOUS = frozenset("thanh hoa nhan lanh phuong phung cuong dong dung".split())
"""Folded words that stand for other common names too: here the marks must say it is the pair."""

_TELEX_TONES = "sfrxj"
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnprstvx])?"
    r"(?![aeiouy]*(?:aa|ee|oo))[aeiouy]{1,3}(ch|nh|ng|[cmnpt])?"
)


class NameParts(NamedTuple):
    """A name as it is compared: as written in small letters, folded words, and how they sound."""

    written: str
    words: tuple[str, ...]
    sounds: tuple[str, ...]

    @property
    def given(self) -> str:
        """The last word: what the person is called."""
        return self.sounds[-1] if self.sounds else ""


class Difference(NamedTuple):
    """What sets two names apart (a code), how much they still speak for one person, the words."""

    code: str
    weight: int
    one: str = ""
    other: str = ""


def parts(written: str, folded: str) -> NameParts:
    """A name ready for comparing; `folded` are its small letters without any mark."""
    words = tuple(folded.split())
    return NameParts(written.lower(), words, tuple(sound(word) for word in words))


@lru_cache(maxsize=1 << 14)
def sound(word: str) -> str:
    """What a folded word stands for: keyboard leftovers undone, y as i, one of regional twins."""
    plain = untyped(word).replace("y", "i")
    return _TWINS.get(plain, plain)


@lru_cache(maxsize=1 << 14)
def untyped(word: str) -> str:
    """A folded word without what Telex or VNI left in it (nguyeenx, nguye6n4 -> nguyen).

    A word that no keyboard leftover explains stays as it is: names of the highlands are not
    Vietnamese syllables.
    """
    if word.isdigit() or _SYLLABLE.fullmatch(word):
        return word
    for tried in _undone(word):
        if _SYLLABLE.fullmatch(tried):
            return tried
    return word


def _undone(word: str) -> list[str]:
    vni = word[:1] + re.sub(r"\d", "", word[1:])
    single = re.sub(r"([aeod])\1", r"\1", vni).replace("w", "")
    found = [vni, single]
    vowel = next((at for at, char in enumerate(single) if char in "aeiouy"), len(single))
    for at in range(len(single) - 1, vowel, -1):
        if single[at] in _TELEX_TONES:
            found.append(single[:at] + single[at + 1 :])
    return found


def difference(one: NameParts, other: NameParts) -> Difference:
    """How two names differ, the least serious way that explains it."""
    if one.words == other.words:
        return _marks(one, other)
    if "".join(one.words) == "".join(other.words):
        return Difference("same_name", 5)
    if one.sounds == other.sounds:
        return _sounds(one, other)
    return _words(one, other)


def _marks(one: NameParts, other: NameParts) -> Difference:
    if _bare(one.written) or _bare(other.written):
        same = one.written == other.written
        return Difference("same_name" if same else "name_unmarked", 5)
    missing = differs = False
    for mine, yours in zip(one.written.split(), other.written.split(), strict=False):
        heard, seen = _heard(mine), _heard(yours)
        differs |= heard != seen and bool(heard and seen)
        missing |= heard != seen and not (heard and seen)
    if differs:
        return Difference("name_other_marks", 3)
    return Difference("name_marks_missing", 4) if missing else Difference("same_name", 5)


def _bare(written: str) -> bool:
    return written.isascii()


@lru_cache(maxsize=1 << 14)
def _heard(word: str) -> str:
    """The marks of a word, wherever the tone is put (hòa, hoà)."""
    marks = [char for char in unicodedata.normalize("NFD", word) if unicodedata.combining(char)]
    return "".join(sorted(marks)) + "đ" * word.count("đ")


def _sounds(one: NameParts, other: NameParts) -> Difference:
    plain = [
        (at, untyped(mine), untyped(yours))
        for at, (mine, yours) in enumerate(zip(one.words, other.words, strict=True))
        if mine != yours
    ]
    if all(mine == yours for _, mine, yours in plain):
        return Difference("name_typing", 5)
    apart = [pair for pair in plain if pair[1].replace("y", "i") != pair[2].replace("y", "i")]
    if not apart:
        return Difference("name_y_i", 5)
    for at, mine, yours in apart:
        shown = _shown(one, at), _shown(other, at)
        if AMBIGUOUS & {mine, yours} and not _really_regional(*shown):
            last = at == len(one.words) - 1
            return Difference("name_other", -6) if last else Difference("name_other_middle", -4)
    first = apart[0][0]
    return Difference("name_regional", 4, _shown(one, first), _shown(other, first))


def _really_regional(mine: str, yours: str) -> bool:
    """Whether two words with marks are a regional pair, and not merely alike without marks."""
    return frozenset((mine.lower(), yours.lower())) in _PAIRS


def _shown(name: NameParts, at: int) -> str:
    """A word of a name as it was written."""
    written = name.written.split()
    return (written if len(written) == len(name.words) else name.words)[at].capitalize()


def _words(one: NameParts, other: NameParts) -> Difference:
    mine, yours = one.sounds, other.sounds
    if not mine or not yours:
        return Difference("name_other", -6)
    short, long = sorted((mine, yours), key=len)
    ends = mine[-1] == yours[-1]
    if ends and mine[0] == yours[0] and _within(short, long):
        return Difference("name_missing_middle", 3)
    if len(short) < len(long) and long[-len(short) :] == short:
        return Difference("name_missing_family", 2)
    if sorted(mine) == sorted(yours):
        return Difference("name_order", 3)
    slips = [p for p in zip(mine, yours, strict=False) if p[0] != p[1]]
    if len(mine) == len(yours) and len(slips) == 1 and one_edit(*slips[0]):
        return Difference("name_letter", 2 if ends else -1, *(w.capitalize() for w in slips[0]))
    return Difference("name_other_middle" if ends and mine[0] == yours[0] else "name_other",
                      -4 if ends and mine[0] == yours[0] else -6)  # fmt: skip


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the words of the short name stand in the long one in the same order."""
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def one_edit(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two swapped, explains the difference."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other) and sum(map(ne, one, other)) > 2:
        return False  # as nearly all pairs of numbers
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) > 1 and len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or swapped


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("y", "i")


_PAIRS = frozenset(frozenset(pair.lower().split("/")) for pair in REGIONAL.split())
_TWINS = {_plain(south): _plain(north) for south, north in (p.split("/") for p in REGIONAL.split())}
