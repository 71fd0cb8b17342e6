"""Read a PDF back as a reader would: its text, its pictures, its fonts, and how it looks."""

from __future__ import annotations

import re
import unicodedata
from ctypes import create_string_buffer
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image


@dataclass(frozen=True)
class Read:
    """A PDF that was opened: words of each page with line breaks made spaces, pictures by page."""

    pages: tuple[str, ...]
    pictures: tuple[int, ...]
    outline: tuple[str, ...]
    title: str

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def read(content: bytes) -> Read:
    """Open the PDF with pdfium and take out what stands in it."""
    document = pdfium.PdfDocument(content)
    try:
        pages = []
        pictures = []
        for page in document:
            pages.append(" ".join(page.get_textpage().get_text_bounded().split()))
            found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
            pictures.append(sum(1 for _ in found))
        outline = tuple(mark.get_title() for mark in document.get_toc())
        title = document.get_metadata_dict().get("Title", "")
        return Read(tuple(pages), tuple(pictures), outline, title)
    finally:
        document.close()


def fonts_of(content: bytes) -> set[tuple[str, bool]]:
    """(base name, embedded) of the font of every text on every page, as pdfium sees them."""
    document = pdfium.PdfDocument(content)
    found = set()
    try:
        for page in document:
            for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(text)
                name = create_string_buffer(200)
                raw.FPDFFont_GetBaseFontName(font, name, 200)
                found.add((name.value.decode(), raw.FPDFFont_GetIsEmbedded(font) == 1))
    finally:
        document.close()
    return found


def font_names(content: bytes) -> set[str]:
    """Every font the file names anywhere, used or not."""
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/([^\s/>]+)", content)}


def picture_of(content: bytes, page: int, scale: float = 1.0) -> Image.Image:
    """The page as it looks, in gray."""
    document = pdfium.PdfDocument(content)
    try:
        return document[page].render(scale=scale).to_pil().convert("L")
    finally:
        document.close()


def composed(text: str) -> bool:
    """Whether the text is in composed Unicode, as everything of ours is."""
    return unicodedata.normalize("NFC", text) == text
