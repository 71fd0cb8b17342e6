"""Tables of the encodings Vietnamese lists were typed in before Unicode, and plain conversion."""

from __future__ import annotations

import re
import unicodedata

_LOWER = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
LETTERS = frozenset(_LOWER + _LOWER.upper())
"""The 134 Vietnamese letters that are not ASCII."""

TCVN3 = dict(
    zip(
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦",
        _LOWER + "ĂÂĐÊÔƠƯ",
        strict=True,
    )
)
"""The 74 codes of TCVN3 (ABC) as Excel keeps them: Latin-1 signs. ư is U+00AD, soft hyphen."""

_VNI_MARKS = {
    "a": "ùáøàûảõãïạêăéắèằúẳüẵëặââáấàầåẩãẫäậ",
    "e": "ùéøèûẻõẽïẹâêáếàềåểãễäệ",
    "o": "ùóøòûỏõõïọâôáốàồåổãỗäộ",
    "ô": "ùớøờûởõỡïợ",
    "u": "ùúøùûủõũïụ",
    "ö": "ùứøừûửõữïự",
    "y": "ùýøỳûỷõỹ",
}
_VNI_SINGLE = dict(zip("ñíìæóòôöîÑÍÌÆÓÒÔÖÎ", "đíìỉĩịơưỵĐÍÌỈĨỊƠƯỴ", strict=True))


def _vni_table() -> dict[str, str]:
    table = dict(_VNI_SINGLE)
    for base, pairs in _VNI_MARKS.items():
        for mark, letter in zip(pairs[::2], pairs[1::2], strict=True):
            table[base + mark] = letter
            table[base.upper() + mark.upper()] = letter.upper()
            table[base.upper() + mark] = letter.upper()
    return table


VNI = _vni_table()
"""VNI-Windows: base letter and mark, two Latin-1 letters for one of ours; longest match wins."""

SIGNS = frozenset("".join(TCVN3) + "".join(VNI)) - frozenset(map(chr, range(128)))
"""Every non-ASCII sign that TCVN3 or VNI text is made of."""

_TCVN3_TABLE = str.maketrans(TCVN3)
_VNI_PATTERN = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def _differences(codec: str) -> dict[int, str]:
    """Characters a codec gives for bytes 0x80-0xFF where Latin-1 gives others -> Latin-1."""
    table = {}
    for code in range(0x80, 0x100):
        try:
            character = bytes([code]).decode(codec)
        except UnicodeDecodeError:
            continue
        if ord(character) != code:
            table[ord(character)] = chr(code)
    return table


_CP1258_TO_LATIN1 = str.maketrans(_differences("cp1258"))
_CP1252_TO_LATIN1 = str.maketrans(_differences("cp1252"))
_LATIN1_TO_CP1258 = str.maketrans(
    {latin1: chr(code) for code, latin1 in _differences("cp1258").items()}
)


def is_latin1(text: str) -> bool:
    """Whether every character is a Latin-1 one, as text of the old 8-bit encodings is."""
    return all(character <= "\xff" for character in text)


def from_tcvn3(text: str) -> str | None:
    """TCVN3 text as Unicode; None when a letter of it is no TCVN3 code."""
    if not is_latin1(text):
        text = text.translate(_CP1258_TO_LATIN1)  # typed on a PC set to Vietnamese (cp1258)
        if not is_latin1(text):
            return None
    if any(sign > "\x7f" and sign.isalpha() and sign not in TCVN3 for sign in text):
        return None
    return text.translate(_TCVN3_TABLE)


def to_tcvn3(text: str) -> str:
    """Unicode as TCVN3; letters with a tone have no capitals there (Ặ becomes ặ)."""
    back = {letter: sign for sign, letter in TCVN3.items()}
    return "".join(
        back.get(letter, back.get(letter.lower(), letter))
        for letter in unicodedata.normalize("NFC", text)
    )


def from_vni(text: str) -> str | None:
    """VNI-Windows text as Unicode; None when a Latin-1 letter of it belongs to no VNI pair."""
    if not is_latin1(text):
        return None
    rest = _VNI_PATTERN.sub("", text)
    if any(sign > "\x7f" and sign.isalpha() for sign in rest):
        return None
    return _VNI_PATTERN.sub(lambda found: VNI[found[0]], text)


def to_vni(text: str) -> str:
    """Unicode as VNI-Windows."""
    back: dict[str, str] = {}
    for pair, letter in VNI.items():
        if len(pair) == 1 or pair[0].islower() == pair[1].islower():
            back[letter] = pair
    return "".join(back.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def from_cp1258(text: str) -> str | None:
    """Text whose cp1258 bytes were read as Latin-1, as Unicode; None when it cannot be."""
    if not is_latin1(text):
        return None
    return unicodedata.normalize("NFC", text.translate(_LATIN1_TO_CP1258))


def from_utf8_as_cp1252(text: str) -> str | None:
    """Text whose UTF-8 bytes were read as cp1252, as Unicode; None when they are no UTF-8."""
    try:
        return text.translate(_CP1252_TO_LATIN1).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None
