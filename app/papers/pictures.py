"""Kept photos and scans for paper: JPEGs as they are, portraits shrunk, PDFs as pages."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image, JpegImagePlugin, UnidentifiedImageError

from app.values.papers import Picture

PORTRAIT_SIDE = 480
"""Pixels of the longer side of a portrait: 3 x 4 cm at 300 dots an inch."""

LARGER_MAX = 1.5
"""A picture that much larger than needed is not worth the time of shrinking it."""

PORTRAIT_QUALITY, SHEET_QUALITY = 85, 75
SHEETS_MAX = 12
SHEET_SIDE = 1750
"""Pixels of the longer side of a PDF's page: 150 dots an inch on A4."""


def portrait(content: bytes) -> Picture | None:
    """A portrait no larger than print needs; None when the bytes are no picture."""
    image = _opened(content)
    if image is None:
        return None
    if max(image.size) <= PORTRAIT_SIDE * LARGER_MAX and image.mode in ("RGB", "L"):
        return Picture(content, *image.size, image.mode == "L")
    try:
        image.draft("RGB", (PORTRAIT_SIDE, PORTRAIT_SIDE))  # a JPEG halves itself while decoded
        if max(image.size) > PORTRAIT_SIDE * LARGER_MAX:
            image.thumbnail((PORTRAIT_SIDE, PORTRAIT_SIDE))
        return _picture(image.convert("RGB"), PORTRAIT_QUALITY)
    except (OSError, SyntaxError, ValueError):
        return None


def sheets(content: bytes, mime: str) -> tuple[Picture, ...]:
    """The pages of a kept file as pictures, at most `SHEETS_MAX`; none when it cannot be read."""
    if mime == "application/pdf":
        return _pdf_sheets(content)
    image = _opened(content)
    if image is None:
        return ()
    if image.mode in ("RGB", "L"):
        return (Picture(content, *image.size, image.mode == "L"),)
    try:
        return (_picture(image.convert("RGB"), SHEET_QUALITY),)
    except (OSError, SyntaxError, ValueError):
        return ()


def _opened(content: bytes) -> Image.Image | None:
    """A JPEG with its head read; it is only decoded where it must be shrunk."""
    try:
        image = Image.open(BytesIO(content), formats=(JpegImagePlugin.JpegImageFile.format,))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return None
    return image if min(image.size) > 0 else None


def _pdf_sheets(content: bytes) -> tuple[Picture, ...]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return ()
    found = []
    try:
        for number in range(min(len(document), SHEETS_MAX)):
            page = document[number]
            scale = SHEET_SIDE / max(*page.get_size(), 1)
            found.append(_picture(page.render(scale=scale).to_pil().convert("RGB"), SHEET_QUALITY))
    except pdfium.PdfiumError:
        return tuple(found)
    finally:
        document.close()
    return tuple(found)


def _picture(image: Image.Image, quality: int) -> Picture:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Picture(out.getvalue(), *image.size)
