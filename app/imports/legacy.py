"""How was this cell typed? Its font tells, else its spelling; good Unicode is never touched."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.imports import encodings
from app.imports.encodings import LETTERS, SIGNS
from app.imports.syllable import COMMON, SHORT_FORMS, is_syllable, words

OLD = ("tcvn3", "vni", "cp1258", "utf8_as_cp1252")

_TCVN3_FONT = re.compile(r"^(\.vn|vntime|vnarial)", re.IGNORECASE)
_VNI_FONT = re.compile(r"^vni\b|^vni[-_ ]", re.IGNORECASE)
_OWN_LETTER = re.compile(f"[{''.join(sorted(sign for sign in LETTERS if sign > chr(255)))}]")
"""Letters that Unicode has and none of the old encodings."""
_CAPITALS_FONT = re.compile(r"^\.?[Vv][Nn][\w ]*H\b")


class Decoded(NamedTuple):
    """A cell's text in Unicode (NFC), and how it was written.

    `encoding` is unicode, decomposed, tcvn3, vni, cp1258, utf8_as_cp1252, or unknown: signs that
    are no Vietnamese in any of them; such a text is left as it was.
    """

    text: str
    encoding: str


@lru_cache(maxsize=16_384)
def font_encoding(font: str) -> str:
    """The encoding a font's name tells (tcvn3, vni), or nothing."""
    if _TCVN3_FONT.match(font):
        return "tcvn3"
    return "vni" if _VNI_FONT.match(font) else ""


def is_capitals_font(font: str) -> bool:
    """Whether the font shows small letters as capitals (.VnTimeH)."""
    return bool(_CAPITALS_FONT.match(font))


@lru_cache(maxsize=16_384)
def decode(text: str, font: str = "", lean: str = "") -> Decoded:
    """The text in Unicode and its encoding, decided for this one cell.

    `font` is the cell's font name; `lean` the old encoding its row or sheet clearly has, which
    decides only cells that could be both. Text of Vietnamese letters alone in an ordinary font
    and without a lean comes back unchanged but for NFC: a rule, not a score.
    """
    if text.isascii():
        return Decoded(text.upper() if is_capitals_font(font) else text, "unicode")
    told = font_encoding(font)
    found = _told_by_font(text, told) or _told_by_letters(text) or _told_by_spelling(text, lean)
    if is_capitals_font(font):
        return Decoded(found.text.upper(), found.encoding)
    if found.encoding in ("tcvn3", "vni") and _typed_in_capitals(text, found.text):
        return Decoded(found.text.upper(), found.encoding)
    return found


def _told_by_font(text: str, told: str) -> Decoded | None:
    if not told:
        return None
    read = _readings(text).get(told)
    if read is None:
        return None
    if _has_own_letters(text) or _spelt(read) < _spelt(text):
        # Unicode letters under an old font: only a better spelling overrules them.
        if _spelt(read) <= _spelt(text):
            return None
    return Decoded(_nfc(read), told)


def _told_by_letters(text: str) -> Decoded | None:
    """Letters that only Unicode has (ễ, ơ, đ, combining marks) say how the whole cell is."""
    if not _has_own_letters(text):
        return None
    tidy = _nfc(text)
    return Decoded(tidy.replace("\xad", ""), "unicode" if tidy == text else "decomposed")


def _told_by_spelling(text: str, lean: str) -> Decoded:
    readings = _readings(text)
    twice = readings.get("utf8_as_cp1252")
    if twice is not None and _is_vietnamese(twice):
        return Decoded(_nfc(twice), "utf8_as_cp1252")
    if not any(sign in SIGNS and sign not in LETTERS for sign in text):
        return _ambiguous(text, readings.get(lean), lean)
    if lean in readings and _spelt(readings[lean]) >= _spelt(text):
        return Decoded(_nfc(readings[lean]), lean)
    best = max(readings, key=lambda name: _spelt(readings[name]), default="")
    if best and _spelt(readings[best]) > max(0, _spelt(text)):
        return Decoded(_nfc(readings[best]), best)
    return Decoded(_nfc(text), "unknown" if _looks_broken(text) else "unicode")


def _ambiguous(text: str, read: str | None, lean: str) -> Decoded:
    """All signs are Vietnamese letters (17 of them are TCVN3 codes too): only the lean can tell."""
    if read is not None and read != text and _spelt(read) >= max(1, _spelt(text)):
        return Decoded(_nfc(read), lean)
    tidy = _nfc(text)
    return Decoded(tidy.replace("\xad", ""), "unicode" if tidy == text else "decomposed")


def rivals(text: str) -> bool:
    """Whether spelling alone leaves the encoding open: two readings are spelt equally well, or
    text of Vietnamese letters alone reads better in an old encoding than as it stands."""
    if text.isascii() or _has_own_letters(text):
        return False
    scores = {read: _spelt(read) for read in _readings(text).values() if read != text}
    best = max(scores.values(), default=0)
    here = _spelt(text)
    if not any(sign in SIGNS and sign not in LETTERS for sign in text):
        return here < 0 < best
    return best > max(0, here) and sum(score == best for score in scores.values()) > 1


def readings(text: str) -> dict[str, str]:
    """How a text reads as it stands and in each old encoding that gives something else."""
    found = {"unicode": _nfc(text)}
    for name, read in _readings(text).items():
        if _nfc(read) not in found.values():
            found[name] = _nfc(read)
    return found


@lru_cache(maxsize=4_096)
def _readings(text: str) -> dict[str, str]:
    """Every old encoding the text can be read in, with the reading."""
    found = {
        "tcvn3": encodings.from_tcvn3(text),
        "vni": encodings.from_vni(text),
        "cp1258": encodings.from_cp1258(text),
        "utf8_as_cp1252": encodings.from_utf8_as_cp1252(text),
    }
    return {name: read for name, read in found.items() if read is not None}


def _spelt(text: str) -> int:
    """How many words with marks are spelt right, less those spelt wrong."""
    return sum(_spelt_word(token) for token in _nfc(text).split() if not token.isascii())


@lru_cache(maxsize=65_536)
def _spelt_word(token: str) -> int:
    if any(sign.isdigit() for sign in token):
        return 0  # 3ª, 1½ and m² are no evidence
    if any(sign in SIGNS and sign not in LETTERS for sign in token):
        return -1
    if any(unicodedata.combining(sign) for sign in token):
        return -1  # a mark without its letter
    runs = words(token)
    if any(run.lower() in SHORT_FORMS for run in runs):
        return 2
    if not runs or len(token) < 2:
        return 0
    if not all(is_syllable(run) or run.isascii() for run in runs):
        return -1
    return 2 if any(run.lower() in COMMON for run in runs) else 1


def _has_own_letters(text: str) -> bool:
    if text.isascii() or max(text) <= "\xff":
        return False
    return _OWN_LETTER.search(text) is not None or any(unicodedata.combining(each) for each in text)


def _is_vietnamese(text: str) -> bool:
    own = [sign for sign in _nfc(text) if not sign.isascii()]
    return bool(own) and all(
        sign in LETTERS or unicodedata.category(sign)[0] in "PZS" for sign in own
    )


def _looks_broken(text: str) -> bool:
    return any(
        sign in SIGNS and sign not in LETTERS
        for token in text.split()
        if any(letter.isascii() and letter.isalpha() for letter in token)
        for sign in token
    )


def _typed_in_capitals(text: str, decoded: str) -> bool:
    """Capitals typed in an ordinary TCVN3 font: toned letters have no capitals there."""
    if any("a" <= letter <= "z" for letter in text):
        return False
    if any(left.islower() and right.isupper() for left, right in pairwise(decoded)):
        return True  # ĐứC
    return re.search(r"[A-Z][^\s\d]*[A-Z]", text) is not None


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def is_clear(text: str) -> bool:
    """Whether the text has letters that only Unicode has, so that nothing else need be asked."""
    return _has_own_letters(text)
