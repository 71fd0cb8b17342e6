"""Pages drawn into a PDF with ReportLab, and PDFs joined into one volume of any length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.papers.fonts import ALPHABET, Family
from app.papers.page import HEIGHT, WIDTH, Page, Text
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


class PartDamaged(OSError):
    """A part of a volume is not the file that was written (a power cut)."""


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
        for name in self._names.values():
            # Every file numbers the common letters alike, so that the cut of a face fits them all.
            font: Any = pdfmetrics.getFont(name)
            font.splitString(COMMON, canvas._doc)

    @property
    def pages(self) -> int:
        """Pages drawn so far."""
        return self._pages

    def add(self, pages: Iterable[Page]) -> None:
        """Draw pages after the last one."""
        for page in pages:
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
        digits = (self.about.made_at or date.today().isoformat())[:10].replace("-", "")
        canvas.setDateFormatter(lambda *_then: f"D:{digits}")
        canvas.save()

    def _draw(self, page: Page) -> None:
        canvas = self._canvas
        if page.mark:
            self._mark(page.mark)
        canvas.setFillGray(0)
        if page.boxes:
            dark = canvas.beginPath()
            for box in page.boxes:
                dark.rect(box.x, box.y, box.width, box.height)
            canvas.drawPath(dark, stroke=0, fill=1)
        for x, y, width, height, picture in page.pictures:
            canvas.drawImage(self._reader(picture), x, y, width, height)
        wide = -1.0
        for rule in page.rules:
            if rule.width != wide:
                wide = rule.width
                canvas.setLineWidth(wide)
            canvas.line(rule.x1, rule.y1, rule.x2, rule.y2)
        self._texts(page.texts)

    def _texts(self, texts: Sequence[Text]) -> None:
        run = self._canvas.beginText()
        now: tuple[str, float] | None = None
        wide = 0.0
        for x, y, face, size, words, gap in texts:
            if now != (face, size):
                now = (face, size)
                run.setFont(self._names[face], size)
            if wide != gap:
                wide = gap
                run.setWordSpace(gap)
            run.setTextOrigin(x, y)
            run.textOut(words)
        self._canvas.drawText(run)

    def _mark(self, words: str) -> None:
        """Large light letters across the page, legible in black and white and hiding nothing."""
        canvas = self._canvas
        width = max(self._family.bold.width(words), 1)
        size = min(MARK_SIZE, 620_000 / width)
        canvas.saveState()
        canvas.setFillGray(MARK_INK)
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(45)
        canvas.setFont(self._names["bold"], size)
        canvas.drawString(-width * size / 2000, 0, words)
        canvas.restoreState()

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


def join(parts: Sequence[Path], out: Path, about: About, marks: Sequence[tuple[str, int]]) -> None:
    """Join PDFs into one; `marks` are bookmarks (words, page counted from 0).

    The parts are read piece by piece while the volume is written, so that its length does not
    matter. Raises PartDamaged, and OSError as writing a file does.
    """
    with pikepdf.new() as volume:
        opened: list[pikepdf.Pdf] = []
        try:
            for part in parts:
                opened.append(pikepdf.open(part))
                volume.pages.extend(opened[-1].pages)
            volume.Root.Lang = pikepdf.String("vi-VN")
            volume.docinfo["/Title"] = about.title
            volume.docinfo["/Author"] = about.author
            volume.docinfo["/Producer"] = PRODUCER
            with volume.open_outline() as outline:
                for words, page in marks:
                    outline.root.append(pikepdf.OutlineItem(words, page))
            with out.open("wb", buffering=0) as file:
                unbroken: Any = _Unbroken(file)
                volume.save(unbroken, deterministic_id=True)
                unbroken.settle()
        except pikepdf.PdfError as error:
            raise PartDamaged(str(error)) from error
        finally:
            for one in opened:
                one.close()


class _Unbroken(RawIOBase):
    """A file whose trouble is told after the writing: in the middle it would end the process.

    The joining library is C++ and gives up the whole program when its stream fails (a full disk).
    """

    def __init__(self, file: RawIOBase) -> None:
        self._file = file
        self._trouble: OSError | None = None

    def writable(self) -> bool:
        """Always: this is a place to write to."""
        return True

    def write(self, content: Any) -> int:
        """Write all of it; after the first trouble only pretend to."""
        left = memoryview(content)
        try:
            while left and self._trouble is None:
                left = left[self._file.write(left) or 0 :]
        except OSError as trouble:
            self._trouble = trouble
        return len(content)

    def settle(self) -> None:
        """Raise the OSError that came up on the way, if one did."""
        if self._trouble is not None:
            raise self._trouble


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
