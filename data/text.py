"""Vietnamese text: one form at every door, keys to find, match and order names by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

LOOKALIKES = {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"}
"""Icelandic and African letters that old keyboards write for Đ and that never lower to đ."""

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The order of letters in a Vietnamese list; letters decide before tones."""

TONES = {"dictionary": "huyen hoi nga sac nang", "office": "huyen sac hoi nga nang"}
"""Two orders are in use; a syllable without a mark comes first in both."""

_TONE_MARKS = {
    "huyen": "\u0300",
    "hoi": "\u0309",
    "nga": "\u0303",
    "sac": "\u0301",
    "nang": "\u0323",
}
_HATS = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: they make another letter
_PART = re.compile(r"[^\W\d_]+")
_WORDS_KEPT = 1 << 15


class _Table(dict[int, str]):
    """A translation table that works out a character when it is first met."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, code: int) -> str:
        self[code] = answer = self.work_out(chr(code))
        return answer


def _base(char: str) -> str:
    """What a character leaves in a folded key: small letters and digits, nothing, or a space."""
    kind = unicodedata.category(char)
    if char in LOOKALIKES or char in "đĐ":
        return "d"
    if kind[0] == "M" or kind == "Cf":
        return ""
    if kind == "Lm":  # letters that stand for an apostrophe
        return " "
    for simpler in (unicodedata.normalize("NFKD", char), char.lower()):
        if simpler != char:
            return "".join(_base(part) for part in simpler)
    return char if char.isalnum() else " "


def _tidied(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Cf" or (kind == "Cc" and not char.isspace()):
        return ""
    return LOOKALIKES.get(char, char)


def _letter(char: str) -> str:
    """A sortable character for a letter of the alphabet, whatever its tone and case."""
    if char in LOOKALIKES:
        char = "đ"
    decomposed = unicodedata.normalize("NFD", char.lower())
    hats = "".join(mark for mark in decomposed[1:] if mark in _HATS)
    letter = unicodedata.normalize("NFC", decomposed[:1] + hats)
    if letter in ALPHABET:
        return chr(ord("A") + ALPHABET.index(letter))
    return _base(char).replace(" ", "")


def _tone(order: str) -> Callable[[str], str]:
    ranks = {_TONE_MARKS[name]: str(n) for n, name in enumerate(TONES[order].split(), 1)}

    def tone(char: str) -> str:
        return "".join(ranks.get(mark, "") for mark in unicodedata.normalize("NFD", char))

    return tone


_FOLDING = _Table(_base)
_TIDYING = _Table(_tidied)
_LETTERS = _Table(_letter)
_TONE_TABLES = {order: _Table(_tone(order)) for order in TONES}


def nfc(text: str) -> str:
    """The text in Unicode's composed form, in which everything is kept."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """One line of text as we keep it: composed, with a real Đ, single spaces, nothing unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFC", text.translate(_TIDYING)).split())


def fold(text: str) -> str:
    """The key to search by: small letters without any mark, digits, single spaces."""
    return " ".join(text.translate(_FOLDING).split())


def match_key(text: str) -> str:
    """The key that two spellings of one name share: folded, y as i, without spaces."""
    return text.translate(_FOLDING).replace(" ", "").replace("y", "i")


def search_fold(words: str) -> str:
    """Words as search compares them: folded, and y like i ("Lý" finds "Lí", "Mỹ" finds "Mĩ")."""
    return fold(words).replace("y", "i")


def letters(word: str) -> str:
    """A GLOB pattern that finds a folded word anywhere in words as they were typed."""
    return "*" + "".join(_spelt(char) for char in search_fold(word)) + "*"


@lru_cache(maxsize=128)
def _spelt(char: str) -> str:
    """Every way a folded letter may be written, as one place of a GLOB pattern."""
    if not char.isalpha():
        return f"[{char}]"
    return "[" + "".join(one for one in _WRITTEN if search_fold(one) == char) + "]"


_NUMBER = re.compile(r"(?<![\w+])\+?\d[\d.\-\s]*\d(?!\w)")
_ABROAD = re.compile(r"\A\s*(?:\+|00)84[\s.\-]*(?:\(?0\)?)?")
_WHOLE_DIGITS = (9, 12)


def home_phone(number: str) -> str:
    """A telephone number as dialled in Việt Nam: `+84 905…` is `0905…`; any other as it is."""
    return _ABROAD.sub("0", number)


def joined_numbers(words: str) -> str:
    """Words with the telephone and identity numbers in them written without blanks and dots.

    A number begins with 0 or +84, or has the nine or twelve digits of an identity card; what
    stands before it ("thôn 5 0905 123 456") stays a word of its own.
    """
    return _NUMBER.sub(lambda found: _joined(found[0]), words)


def _joined(run: str) -> str:
    pieces = home_phone(run).split()
    first = next((place for place, one in enumerate(pieces) if one.startswith("0")), None)
    digits = [re.sub(r"\D", "", one) for one in pieces]
    if first is None:
        whole = "".join(digits)
        return whole if len(whole) in _WHOLE_DIGITS else run
    return " ".join([*pieces[:first], "".join(digits[first:])])


_VOWELS = "aăâeêioôơuưy"
_WRITTEN = "".join(
    dict.fromkeys(
        unicodedata.normalize("NFC", letter + mark)
        for small in "abcdefghijklmnopqrstuvwxyzăâđêôơư"
        for letter in (small, small.upper())
        for mark in ("", *(_TONE_MARKS.values() if small in _VOWELS else ()))
    )
)
"""Every letter of the Vietnamese alphabet with and without its tones, and f, j, w, z."""

_TWO_PLACES = (
    "òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ"
).split()
TONE_PLACES = tuple(zip(_TWO_PLACES[::2], _TWO_PLACES[1::2], strict=True))
"""Pairs of the two places a tone may stand: òa and oà, ùy and uỳ."""


def other_tone_place(word: str) -> str:
    """A lower-case word with its tone at the other usual place ("hoà" -> "hòa"), or as it is."""
    for new, old in TONE_PLACES:
        if old in word:
            return word.replace(old, new)
        if new in word:
            return word.replace(new, old)
    return word


def sort_key(name: str, tones: str = "dictionary") -> str:
    """A key that puts names in the order of an office's list when compared byte by byte.

    The given name decides, then the family name, then the middle names; in each, letters
    decide before tones. `tones` names the order of tones, one of TONES.
    """
    words = [key for key in (_word_key(word, tones) for word in nfc(name).split()) if key[0]]
    if not words:
        return ""
    parts = [words[-1:], words[:1], words[1:-1]] if len(words) > 1 else [words]
    return " ".join(_part_key(part) for part in parts)


@lru_cache(maxsize=_WORDS_KEPT)
def _word_key(word: str, tones: str) -> tuple[str, str]:
    heard = word.translate(_TONE_TABLES[tones])
    return word.translate(_LETTERS), max(heard, default="0")


def _part_key(words: list[tuple[str, str]]) -> str:
    return "!".join(word[0] for word in words) + " " + "".join(word[1] for word in words)


def title_name(name: str) -> str:
    """A name written in capitals (or in small letters) with capital initials.

    A name in mixed case stays as it is (H'Lơi, Mc Đinh), only tidied. Capitals are judged by
    the letters without marks: lists typed in old fonts say ĐặNG THị áNH.
    """
    name = tidy(name)
    plain = [char for char in name if char.isascii() and char.isalpha()]
    if not plain:
        plain = [char for char in name if char.isalpha()]
    if not (all(char.isupper() for char in plain) or name.islower()):
        return name
    return _PART.sub(lambda part: part[0][0].upper() + part[0][1:].lower(), name)
