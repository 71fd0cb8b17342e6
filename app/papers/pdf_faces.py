"""A face inside a PDF: numbers for the letters used, widths, and the way back to Unicode."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from struct import pack

from app.papers import fonts
from app.papers.fonts import ALPHABET, Face

MAPPED_PER_BLOCK_MAX = 100


class Letters(dict[int, str]):
    """For `str.translate`: a letter becomes its four hex digits in this PDF.

    The letters of `ALPHABET` have the same number in every PDF; further ones are numbered as they
    come.
    """

    def __init__(self, face: Face) -> None:
        super().__init__(_alphabet())
        self.face = face
        self.more: list[str] = []

    def __missing__(self, code: int) -> str:
        number = f"{len(self) + 1:04x}"
        self[code] = number
        self.more.append(chr(code))
        return number

    def learn(self, more: list[str]) -> None:
        """Number letters as another writer did."""
        for letter in more:
            self[ord(letter)]


@dataclass(frozen=True, slots=True)
class Embedded:
    """The parts of a Type 0 font: ISO 32000-1, 9.7."""

    name: str
    descriptor: str
    descendant: str
    deflated: bytes
    length: int
    places: bytes
    unicode_map: bytes


@cache
def _alphabet() -> dict[int, str]:
    return {ord(letter): f"{number:04x}" for number, letter in enumerate(ALPHABET, 1)}


def embedded(letters: Letters) -> Embedded:
    """The face cut down to the alphabet and the letters this PDF added."""
    return _embedded(letters.face, tuple(letters.more))


@lru_cache(maxsize=fonts.CUTS_KEPT_MAX)
def _embedded(face: Face, more: tuple[str, ...]) -> Embedded:
    deflated, length = fonts.cut(face, more)
    used = (*ALPHABET, *more)
    file = face.file
    name = f"SOANSI+{face.name}"
    box = " ".join(f"{edge:.0f}" for edge in file.bbox)
    descriptor = (
        f"<< /Type /FontDescriptor /FontName /{name} /Flags {file.flags | 4} /FontBBox [{box}] "
        f"/ItalicAngle {file.italicAngle:.0f} /Ascent {file.ascent:.0f} "
        f"/Descent {file.descent:.0f} /CapHeight {file.capHeight:.0f} /StemV {file.stemV:.0f}"
    )
    widths = " ".join(f"{face.advance(letter):.0f}" for letter in used)
    descendant = (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 500 /W [1 [{widths}]] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    )
    places = _places(face, used)
    return Embedded(name, descriptor, descendant, deflated, length, places, _unicode_map(used))


def _places(face: Face, used: tuple[str, ...]) -> bytes:
    """Letter number -> glyph number: `makeSubset` gives letters of one glyph one number."""
    order: dict[int, int] = {0: 0}
    places = [0]
    for letter in used:
        glyph = face.file.charToGlyph.get(ord(letter), 0)
        places.append(order.setdefault(glyph, len(order)))
    return pack(f">{len(places)}H", *places)


def _unicode_map(used: tuple[str, ...]) -> bytes:
    lines = [
        f"<{number:04x}> <{letter.encode('utf-16-be').hex()}>"
        for number, letter in enumerate(used, 1)
    ]
    blocks = []
    for start in range(0, len(lines), MAPPED_PER_BLOCK_MAX):
        some = lines[start : start + MAPPED_PER_BLOCK_MAX]
        blocks.append(f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar")
    joined = "\n".join(blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{joined}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
