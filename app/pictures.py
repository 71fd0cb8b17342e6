"""Photos and scans made ready for keeping: checked, turned upright, stripped, shrunk."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pypdfium2 as pdfium
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from app.errors import Refused
from app.values.attachment import Prepared

READERS = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    WebPImagePlugin.WebPImageFile,
    TiffImagePlugin.TiffImageFile,
    BmpImagePlugin.BmpImageFile,
    GifImagePlugin.GifImageFile,
)
FORMATS = tuple(reader.format for reader in READERS)
FILE_BYTES_MAX = 25_000_000
PDF_BYTES_MAX = 10_000_000
PDF_PAGES_MAX = 100
PIXELS_MAX = 60_000_000
PHOTO_SIDE_MAX = 1200
SCAN_SIDE_MAX = 2000
PHOTO_QUALITY = 85
SCAN_QUALITY = 78
THUMBNAIL_SIDE = 240
THUMBNAIL_BYTES_MAX = 20_000
PDF_MARK_WITHIN = 1024
WHITE = (255, 255, 255)


def prepare(raw: bytes, photo: bool) -> Prepared:
    """A picture (or, for a scan, a PDF) as it will be kept.

    Pictures become JPEG, upright, without EXIF (camera, place, time), at most 1200 pixels a side
    for photos and 2000 for scans. PDFs stay as they are. Raises Refused: file_empty,
    file_too_large, picture_unknown, picture_damaged, picture_too_many_pixels, photo_not_pdf,
    pdf_too_large, pdf_locked, pdf_damaged, pdf_too_many_pages.
    """
    if not raw:
        raise Refused.one("file_empty", "file")
    if len(raw) > FILE_BYTES_MAX:
        raise Refused.one("file_too_large", "file", limit_mb=FILE_BYTES_MAX // 1_000_000)
    if b"%PDF-" in raw[:PDF_MARK_WITHIN]:
        if photo:
            raise Refused.one("photo_not_pdf", "file")
        return _pdf(raw)
    return _picture(raw, photo)


def _picture(raw: bytes, photo: bool) -> Prepared:
    image = _upright(raw)
    side = PHOTO_SIDE_MAX if photo else SCAN_SIDE_MAX
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    content = _jpeg(image, PHOTO_QUALITY if photo else SCAN_QUALITY)
    return _prepared(content, image, "image/jpeg", image.size)


def _upright(raw: bytes) -> Image.Image:
    """The picture as people see it: turned as the camera was held, on white, in plain colours."""
    try:
        with Image.open(BytesIO(raw), formats=FORMATS) as image:
            if image.width * image.height > PIXELS_MAX:
                raise _too_many_pixels()
            image.draft("RGB", (2 * SCAN_SIDE_MAX, 2 * SCAN_SIDE_MAX))
            image.load()
            turned = ImageOps.exif_transpose(image)
            return _on_white(turned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except UnidentifiedImageError:
        raise Refused.one("picture_unknown", "file") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refused.one("picture_damaged", "file") from None


def _too_many_pixels() -> Refused:
    return Refused.one("picture_too_many_pixels", "file", limit_mp=PIXELS_MAX // 1_000_000)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "P" or image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, WHITE)
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")


def _pdf(raw: bytes) -> Prepared:
    if len(raw) > PDF_BYTES_MAX:
        raise Refused.one("pdf_too_large", "file", limit_mb=PDF_BYTES_MAX // 1_000_000)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Refused.one("pdf_locked" if locked else "pdf_damaged", "file") from None
    try:
        if len(document) > PDF_PAGES_MAX:
            raise Refused.one("pdf_too_many_pages", "file", limit=PDF_PAGES_MAX)
        page = document[0]
        width, height = page.get_size()
        scale = min(THUMBNAIL_SIDE * 2 / max(width, height, 1), 4)
        image = page.render(scale=scale).to_pil().convert("RGB")
    except (pdfium.PdfiumError, IndexError):
        raise Refused.one("pdf_damaged", "file") from None
    finally:
        document.close()
    return _prepared(raw, image, "application/pdf", (round(width), round(height)))


def _prepared(content: bytes, image: Image.Image, mime: str, size: tuple[int, int]) -> Prepared:
    digest = hashlib.sha256(content).hexdigest()
    return Prepared(content, _thumbnail(image), mime, size[0], size[1], digest)


def _thumbnail(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    for quality in (82, 65, 45, 25):
        content = _jpeg(small, quality)
        if len(content) <= THUMBNAIL_BYTES_MAX:
            return content
    small.thumbnail((THUMBNAIL_SIDE // 2, THUMBNAIL_SIDE // 2))
    return _jpeg(small, 25)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
