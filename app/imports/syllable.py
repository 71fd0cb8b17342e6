"""Is this word a Vietnamese syllable? Initial, rhyme and tone, for telling encodings apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}
INITIALS = (
    "ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x".split()
)  # longest first
OPEN_RHYMES = frozenset(
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iêu oi ôi ơi oa oe oai oay oao oeo ua uê ui "
    "uy uơ uya uyu uôi ưa ưi ưu ươi ươu yêu uây uêu uyê ya iê".split()
) - {"iê", "uyê"}
SONORANT_RHYMES = frozenset(
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng om on ong oong "
    "ôm ôn ông ôông ơm ơn ơng oam oan oang oanh oăm oăn oăng oen oem uân uâng uên uênh um un ung "
    "ưm ưn ưng uôm uôn uông ươm ươn ương uyn uynh uyên yên yêm yêng ym yn ynh êng".split()
)
STOP_RHYMES = frozenset(
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êc êch êp êt ich ip it iêc iêp iêt oc ooc op ot ôc ôp "
    "ôt ơc ơp ơt oac oach oap oat oăc oăt oet uât uât uêch up uc ut ưc ưt ưp uôc uôt uôp ươc ươp "
    "ươt uyt uych uyêt uyp yêt yt ych".split()
)
FRONT = ("i", "e", "ê", "y")
LETTER = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether the word (any case, precomposed) is spelt as a Vietnamese syllable."""
    letters, tone = _split_tone(word.lower())
    if not letters:
        return False
    return any(
        _rhyme_fits(initial, letters[len(initial) :], tone)
        for initial in (*INITIALS, "")
        if letters.startswith(initial)
    )


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The runs of letters in a text."""
    return tuple(LETTER.findall(text))


def _split_tone(word: str) -> tuple[str, str]:
    """The letters without tone, and the tone; no letters when there are two tones."""
    tone = ""
    kept = []
    for mark in unicodedata.normalize("NFD", word):
        if mark in TONES:
            if tone:
                return "", ""
            tone = TONES[mark]
        else:
            kept.append(mark)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _rhyme_fits(initial: str, rhyme: str, tone: str) -> bool:
    if initial in ("gi", "qu") and not rhyme:
        return initial == "gi"
    if initial == "qu":
        # Spelt qu + rhyme; the u belongs to the initial: qua, quê, quang, quyên (from uyên).
        if rhyme.startswith("u") or (rhyme not in _ALL and "u" + rhyme not in _ALL):
            return False
    elif initial == "gi":
        if rhyme not in _ALL and "i" + rhyme not in _ALL:
            return False
    elif rhyme not in _ALL:
        return False
    if not _spelling_fits(initial, rhyme):
        return False
    stopped = rhyme.endswith(("c", "ch", "p", "t"))
    return not stopped or tone in ("acute", "dot")


def _spelling_fits(initial: str, rhyme: str) -> bool:
    """c, g, ng before back vowels; k, gh, ngh before front ones (Kông, Kạn occur in names)."""
    front = rhyme.startswith(FRONT)
    if initial in ("c", "ng"):
        return not front
    if initial == "g":
        return not front or rhyme.startswith("i")
    if initial in ("gh", "ngh"):
        return front
    return True


_ALL = OPEN_RHYMES | SONORANT_RHYMES | STOP_RHYMES
