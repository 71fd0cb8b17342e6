"""Pages drawn into a PDF with ReportLab."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from math import sqrt
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.papers.fonts import ALPHABET, Family
from app.papers.page import HEIGHT, WIDTH, Page, Rule, Text
from app.values.papers import Picture

MARK_INK, MARK_SIZE = 0.88, 96.0
PRODUCER = "Sổ An Sinh"
COMMON = "".join(ALPHABET)


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says about itself; `made_at` is an ISO day or instant (empty: today)."""

    title: str
    author: str = ""
    made_at: str = ""

    @property
    def day(self) -> str:
        """The day as a PDF writes it."""
        return (self.made_at or date.today().isoformat())[:10].replace("-", "")


class PdfFile:
    """Draws pages one after the other; `close` writes the file, with every face embedded."""

    def __init__(self, out: BinaryIO, family: Family, about: About) -> None:
        self.about = about
        self._family = family
        self._names = _registered(family)
        self._pages = 0
        # The first font of a canvas is named in the file: it must be one of ours, not Helvetica.
        canvas: Any = Canvas(
            out,
            (WIDTH, HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=self._names["regular"],  # type: ignore[arg-type]
            lang="vi-VN",
        )
        self._canvas = canvas
        self._pictures: dict[Picture, ImageReader] = {}
        self._fonts: dict[str, str] = {}
        self._letters: dict[str, Mapping[int, str]] = {}
        for style, name in self._names.items():
            # Every file numbers the common letters alike, so that the cut of a face fits them all.
            font: Any = pdfmetrics.getFont(name)
            first, letters = font.splitString(COMMON, canvas._doc)[0]
            self._fonts[style] = font.getSubsetInternalName(first, canvas._doc)
            self._letters[style] = _letters(letters)

    @property
    def pages(self) -> int:
        """Pages drawn so far."""
        return self._pages

    def add(self, pages: Iterable[Page]) -> None:
        """Draw pages after the last one."""
        for page in pages:
            self._canvas.setPageSize(page.sheet)
            self._draw(page)
            self._canvas.showPage()
            self._pages += 1

    def close(self) -> None:
        """Write the file; the stream stays open."""
        canvas = self._canvas
        canvas.setTitle(self.about.title)
        canvas.setAuthor(self.about.author)
        canvas.setCreator(PRODUCER)
        canvas.setProducer(PRODUCER)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setDateFormatter(lambda *_then: f"D:{self.about.day}")
        canvas.save()

    def _draw(self, page: Page) -> None:
        """Write the page's marks as the file has them; the canvas's own ways take thrice as long.

        It forms every number alone, and every letter; two decimals of a point are finer than ink.
        """
        marks = [self._mark(page)] if page.mark else []
        marks.append("0 g")
        if page.boxes:
            marks += [
                f"{x:.2f} {y:.2f} {wide:.2f} {high:.2f} re" for x, y, wide, high in page.boxes
            ]
            marks.append("f")
        self._canvas._code.append("\n".join(marks))
        for x, y, width, height, picture in page.pictures:
            self._canvas.drawImage(self._reader(picture), x, y, width, height)
        self._canvas._code.append("\n".join((*_rules(page.rules), *self._texts(page.texts))))

    def _texts(self, texts: Sequence[Text]) -> Iterator[str]:
        yield "BT"
        now = ("", 0.0)
        wide = 0.0
        for x, y, face, size, words, gap in texts:
            if wide != gap:
                wide = gap
                yield f"{gap:.3f} Tw"
            try:
                said = f"({words.translate(self._letters[face])}) Tj"
            except _RareLetter:
                said = self._rare(face, size, words)
                now = ("", 0.0)
            else:
                if now != (face, size):
                    now = (face, size)
                    yield f"{self._fonts[face]} {size:g} Tf"
            yield f"1 0 0 1 {x:.2f} {y:.2f} Tm {said}"
        yield "ET"

    def _rare(self, face: str, size: float, words: str) -> str:
        """Words with letters that few papers have: these lie in further cuts of the face."""
        font: Any = pdfmetrics.getFont(self._names[face])
        doc = self._canvas._doc
        return " ".join(
            f"{font.getSubsetInternalName(cut, doc)} {size:g} Tf ({self._canvas._escape(some)}) Tj"
            for cut, some in font.splitString(words, doc)
        )

    def _mark(self, page: Page) -> str:
        """Large light letters across the page, legible in black and white and hiding nothing."""
        words, (across, high) = page.mark, page.sheet
        width = max(self._family.bold.width(words), 1)
        size = min(MARK_SIZE, 620_000 / width)
        turn = sqrt(0.5)
        place = f"{turn:.5f} {turn:.5f} {-turn:.5f} {turn:.5f} {across / 2:.2f} {high / 2:.2f} cm"
        said = " ".join(self._texts((Text(-width * size / 2000, 0, "bold", size, words),)))
        return f"q {MARK_INK} g {place} {said} Q"

    def _reader(self, picture: Picture) -> ImageReader:
        if picture not in self._pictures:
            self._pictures[picture] = _Jpeg(BytesIO(picture.jpeg))
        return self._pictures[picture]


class _Jpeg(ImageReader):  # type: ignore[misc]
    """A JPEG that goes into the file as it is; its points are asked for only for a digest."""

    def getRGBData(self) -> bytes:  # noqa: N802
        """The JPEG itself: as good for telling pictures apart, and nothing need be decoded."""
        self._dataA = None
        return bytes(self.fp.getvalue())


class _RareLetter(Exception):
    """A letter that the common cut of a face does not have."""


class _Letters(dict[int, str]):
    """For `str.translate`: letters as the common cut numbers them, written as a PDF has them."""

    def __missing__(self, code: int) -> str:
        raise _RareLetter(code)


@cache
def _letters(numbers: bytes) -> _Letters:
    """The common letters, of which the cut has these numbers."""
    plain = "\\()"
    return _Letters(
        (ord(letter), chr(n) if 32 <= n < 127 and chr(n) not in plain else f"\\{n:03o}")
        for letter, n in zip(COMMON, numbers, strict=False)
    )


def _rules(rules: Sequence[Rule]) -> Iterator[str]:
    wide = -1.0
    for x1, y1, x2, y2, width in rules:
        if width != wide:
            wide = width
            yield f"{width:g} w"
        yield f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S"


@cache
def _registered(family: Family) -> dict[str, str]:
    """The family's faces as the PDF library knows them, parsed once per process."""
    rl_config.useA85 = 0  # pictures stay bytes: a quarter smaller than as text
    names = {}
    for style, face in family.faces().items():
        names[style] = f"An-{family.name}-{style}".replace(" ", "")
        font = TTFont(names[style], str(face.path))
        font.face = face.file  # parsed already, and keeps its cuts
        pdfmetrics.registerFont(font)
    return names
