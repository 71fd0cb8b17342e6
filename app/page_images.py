"""Pages of a PDF as pictures, for the preview in a window and for printing."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

POINTS_PER_INCH = 72
DPI_MAX = 600

_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page's size in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: `pixels` are rows of 4 bytes blue, green, red, unused; `stride` bytes a row."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes


def sizes(pdf: bytes | Path) -> tuple[PageSize, ...]:
    """The size of each page. Raises ValueError for what is no PDF."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            return tuple(
                PageSize(*document.get_page_size(number)) for number in range(len(document))
            )
        finally:
            document.close()


def drawn(pdf: bytes | Path, page: int, dpi: float) -> PageImage:
    """One page (from 0) on white at `dpi` (at most 600). Raises ValueError, IndexError."""
    with _one_at_a_time:
        document = _opened(pdf)
        try:
            if not 0 <= page < len(document):
                raise IndexError(page)
            bitmap = document[page].render(
                scale=min(dpi, DPI_MAX) / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True
            )
            pixels = bytes(bitmap.buffer)
            return PageImage(page, bitmap.width, bitmap.height, bitmap.stride, pixels)
        finally:
            document.close()


def _opened(pdf: bytes | Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError(str(error)) from error
