"""Is this word a Vietnamese syllable? Initial, rhyme and tone, for telling encodings apart."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = {"\u0300": "grave", "\u0301": "acute", "\u0303": "tilde", "\u0309": "hook", "\u0323": "dot"}


def _set(spelt: str) -> frozenset[str]:
    return frozenset(spelt.split())


INITIALS = tuple(
    sorted(
        _set("ngh ng nh gh gi kh ph th tr ch qu b c d đ g h k l m n p r s t v x"),
        key=len,
        reverse=True,
    )
)
OPEN_RHYMES = _set(
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu iêu oi ôi ơi oa oe oai oay oao oeo ua uê "
    "ui uy uơ uya uyu uôi ưa ưi ưu ươi ươu yêu uây uêu ya"
)
SONORANT_RHYMES = _set(
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên êng ênh im in inh iêm iên iêng om on ong "
    "oong ôm ôn ông ôông ơm ơn ơng oam oan oang oanh oăm oăn oăng oen oem uân uâng uên uênh um un "
    "ung ưm ưn ưng uôm uôn uông ươm ươn ương uyn uynh uyên yên yêm yêng ym yn ynh"
)
STOP_RHYMES = _set(
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êc êch êp êt ich ip it iêc iêp iêt oc ooc op ot ôc ôp "
    "ôt ơc ơp ơt oac oach oap oat oăc oăt oet uât uêch up uc ut ưc ưt ưp uôc uôt uôp ươc ươp ươt "
    "uyt uych uyêt uyp yêt yt ych"
)
COMMON = _set(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương đoàn tạ "
    "thị văn đình ngọc hữu đức mỹ bích thế công quốc thành tuấn hùng dũng cường phượng tuyết "
    "nữ họ và tên số năm sinh giới tính xã thôn huyện tỉnh phường tổ khuyết tật vận động nghe nói "
    "nhìn trí tuệ thần kinh tâm nặng nhẹ đặc biệt mức độ dạng địa chỉ ghi chú người nạn nhân mìn "
    "bình định tân hòa hội vĩnh cát phù"
)
"""Words that Vietnamese lists are full of: each counts twice when encodings are compared."""
SHORT_FORMS = _set("vđ đbn ktvđ đb đn đt đv tđ")
"""Abbreviations of these lists that are no syllables and tell an encoding all the same."""
FRONT = ("i", "e", "ê", "y")
LETTER = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether the word (any case, precomposed) is spelt as a Vietnamese syllable."""
    letters, tone, at = _split_tone(word.lower())
    if not letters:
        return False
    return any(
        _rhyme_fits(initial, letters[len(initial) :], tone, at - len(initial))
        for initial in (*INITIALS, "")
        if letters.startswith(initial)
    )


@lru_cache(maxsize=65_536)
def words(text: str) -> tuple[str, ...]:
    """The runs of letters in a text."""
    return tuple(LETTER.findall(text))


def _split_tone(word: str) -> tuple[str, str, int]:
    """The letters without tone, the tone, and which letter bears it; nothing when two do."""
    tone, at = "", -1
    kept: list[str] = []
    for letter in word:
        decomposed = unicodedata.normalize("NFD", letter)
        marks = [mark for mark in decomposed if mark in TONES]
        if marks:
            if tone or len(marks) > 1:
                return "", "", -1
            tone, at = TONES[marks[0]], len(kept)
        bare = "".join(mark for mark in decomposed if mark not in TONES)
        kept.append(unicodedata.normalize("NFC", bare))
    return "".join(kept), tone, at


def _rhyme_fits(initial: str, rhyme: str, tone: str, at: int) -> bool:
    if initial == "gi" and rhyme not in RHYMES:
        return at == -1 and _rhyme_fits("g", "i" + rhyme, tone, at + 1)
    if initial == "qu" and rhyme not in RHYMES:
        # The u belongs to the initial: quyên is spelt from uyên, quốc from uôc.
        return bool(rhyme) and rhyme[0] != "u" and _rhyme_fits("", "u" + rhyme, tone, at + 1)
    if rhyme not in RHYMES or (initial == "qu" and rhyme[0] == "u"):
        return False
    if not _spelling_fits(initial, rhyme) or (tone and at not in _tone_places(rhyme)):
        return False
    return not rhyme.endswith(("c", "ch", "p", "t")) or tone in ("acute", "dot")


def _spelling_fits(initial: str, rhyme: str) -> bool:
    """c, g, ng stand before back vowels; gh, ngh before front ones (gì, gìn are spelt with g)."""
    front = rhyme.startswith(FRONT)
    if initial in ("c", "ng"):
        return not front
    if initial == "g":
        return not front or rhyme.startswith("i")
    return front if initial in ("gh", "ngh") else True


@lru_cache(maxsize=512)
def _tone_places(rhyme: str) -> frozenset[int]:
    """Which letters of a rhyme may bear the tone; hoà and hòa are both in use."""
    vowels = [place for place, letter in enumerate(rhyme) if letter in VOWELS]
    hats = [place for place in vowels if rhyme[place] in HATS]
    if hats:
        return frozenset(hats[-1:])
    if len(vowels) == 1:
        return frozenset(vowels)
    if vowels[-1] < len(rhyme) - 1:
        return frozenset(vowels[-1:])
    if len(vowels) == 3:
        return frozenset(vowels[1:2])
    return frozenset(vowels) if rhyme in ("oa", "oe", "uy") else frozenset(vowels[:1])


RHYMES = OPEN_RHYMES | SONORANT_RHYMES | STOP_RHYMES
VOWELS = frozenset("aăâeêioôơuưy")
HATS = frozenset("ăâêôơư")
