"""The face papers are set in: found on this PC, used only with every Vietnamese letter in it."""

from __future__ import annotations

import os
import sys
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFError, TTFontFace

from data.errors import DataError

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = tuple(sorted({*_VOWELS, *_VOWELS.upper(), "đ", "Đ"} - {*"aeiouyAEIOUY"}))
"""The 134 letters with marks."""

ALPHABET = (
    *(chr(code) for code in range(32, 127)),
    *VIETNAMESE,
    *"\u00a0–—‘’“”•…×°±½²³§©→≥≤",
)
"""Letters that every paper carries, so that a face is cut down to them once for all papers.

At most 159 of them may be none of ASCII: then they fit into one font of 256 letters.
"""

WIDTHS_KEPT_MAX = 60_000
CUTS_KEPT_MAX = 12
STAND_INS = {"→": "->", "←": "<-", "≥": ">=", "≤": "<=", "✓": "v", "✔": "v", "✗": "x", "■": "-"}

CANDIDATES = (
    ("Times New Roman", "times.ttf", "timesbd.ttf", "timesi.ttf"),
    (
        "Times New Roman",
        "Times New Roman.ttf",
        "Times New Roman Bold.ttf",
        "Times New Roman Italic.ttf",
    ),
    (
        "Times New Roman",
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
    ),
    (
        "Liberation Serif",
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
    ),
    ("Tinos", "Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf"),
    ("Noto Serif", "NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf"),
    ("DejaVu Serif", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf"),
    ("Palatino Linotype", "pala.ttf", "palab.ttf", "palai.ttf"),
)
"""Families in the order of liking (NĐ 30/2020: Times New Roman; the next two have its widths)."""

_LINUX = "liberation2 msttcorefonts liberation tinos croscore noto dejavu"


class FontMissing(DataError):
    """No serif face with all Vietnamese letters was found on this PC (code `font_missing`)."""

    default_code = "font_missing"


class CutFace(TTFontFace):  # type: ignore[misc]
    """A font file that the PDF library embeds; cut down to the same letters only once a process.

    Cutting and deflating three faces anew for each file took two thirds of the time of a file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._cuts: dict[tuple[int, ...], tuple[bytes, bytes]] = {}

    def addSubsetObjects(self, doc: Any, fontname: str, subset: list[int]) -> Any:  # noqa: N802
        """What the library does, with the font file taken from the last time."""
        reference = super().addSubsetObjects(doc, fontname, subset)
        stream = doc.idToObject[f"fontFile:{self.filename}({fontname})"]
        stream.content = self._cut(subset)[1]
        stream.filters = None
        stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
        return reference

    def makeSubset(self, subset: Sequence[Any]) -> bytes:  # noqa: N802
        """The font file with these letters only."""
        return self._cut(subset)[0]

    def _cut(self, subset: Sequence[int]) -> tuple[bytes, bytes]:
        """The cut font file, plain and deflated."""
        letters = tuple(subset)
        if letters not in self._cuts:
            if len(self._cuts) >= CUTS_KEPT_MAX:
                self._cuts.clear()
            plain = super().makeSubset(subset)
            self._cuts[letters] = plain, zlib.compress(plain)
        return self._cuts[letters]


class Face:
    """One parsed font file: widths in 1/1000 of the size."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = CutFace(path)
        name = self.file.name
        self.name = name.decode("latin-1") if isinstance(name, bytes) else str(name)
        self._known: dict[str, float] = {}

    def has(self, letter: str) -> bool:
        """Whether the face draws this letter."""
        return self.file.charToGlyph.get(ord(letter), 0) != 0

    def advance(self, letter: str) -> float:
        """The width of one letter in 1/1000 of the size."""
        return float(self.file.charWidths.get(ord(letter), self.file.defaultWidth))

    def width(self, text: str) -> float:
        """The width of a text in 1/1000 of the size; words come again and are remembered."""
        known = self._known.get(text)
        if known is None:
            known = sum(map(self.advance, text))
            if len(self._known) > WIDTHS_KEPT_MAX:
                self._known.clear()
            self._known[text] = known
        return known


@dataclass(frozen=True, eq=False)
class Family:
    """A face in regular, bold and italic; a paper names them by these words."""

    name: str
    regular: Face
    bold: Face
    italic: Face

    def faces(self) -> dict[str, Face]:
        """The three by name, in the order of the PDF's font numbers."""
        return {"regular": self.regular, "bold": self.bold, "italic": self.italic}


def find() -> Family:
    """The family that papers on this PC are set in, looked for once per process.

    Raises FontMissing.
    """
    return find_in(folders())


@cache
def find_in(places: tuple[Path, ...]) -> Family:
    """The first of `CANDIDATES` in these folders that has all letters. Raises FontMissing."""
    for name, *files in CANDIDATES:
        for place in places:
            paths = [place / file for file in files]
            if all(path.is_file() for path in paths):
                family = _read(name, paths)
                if family is not None:
                    return family
    raise FontMissing(places="; ".join(str(place) for place in places))


def folders() -> tuple[Path, ...]:
    """Where fonts lie on this system, first the likeliest."""
    if sys.platform == "win32":
        system = Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
        own = os.environ.get("LOCALAPPDATA")
        return (system, Path(own) / "Microsoft/Windows/Fonts") if own else (system,)
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"))
    roots = (Path("/usr/share/fonts/truetype"), Path("/usr/local/share/fonts"))
    flat = (Path("/usr/share/fonts/liberation-serif"), Path.home() / ".local/share/fonts")
    return (*(root / name for root in roots for name in _LINUX.split()), *roots, *flat)


class Readable(dict[int, str]):
    """For `str.translate`: letters a family cannot draw become ones it can, never an empty box."""

    def __init__(self, family: Family) -> None:
        super().__init__({ord(sign): " " for sign in "\t\r\n\v\f\u2028\u2029"})
        self._faces = tuple(family.faces().values())

    def __missing__(self, code: int) -> str:
        found = self._drawn(chr(code))
        self[code] = found
        return found

    def _drawn(self, letter: str) -> str:
        if all(face.has(letter) for face in self._faces):
            return letter
        if unicodedata.category(letter) in ("Cf", "Cc", "Mn"):
            return ""
        plain = STAND_INS.get(letter) or unicodedata.normalize("NFKD", letter)
        kept = "".join(one for one in plain if all(face.has(one) for face in self._faces))
        return kept or "?"


@cache
def readable(family: Family) -> Readable:
    """The letters of a family for `str.translate`, remembered per process."""
    return Readable(family)


def _read(name: str, paths: list[Path]) -> Family | None:
    """The family, or None when a file cannot be embedded or lacks a letter."""
    try:
        regular, bold, italic = (Face(path) for path in paths)
    except (TTFError, OSError):
        return None
    whole = all(face.has(letter) for face in (regular, bold, italic) for letter in VIETNAMESE)
    return Family(name, regular, bold, italic) if whole else None
