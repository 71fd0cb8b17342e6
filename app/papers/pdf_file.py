"""A PDF written page by page as it grows, so that a volume of any length needs no memory.

ReportLab's canvas keeps every page until the end and cuts every face anew for each file; this
writer knows only what papers need: text in one family, rules, boxes and JPEGs.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from app.papers import pdf_faces
from app.papers.fonts import Family
from app.papers.page import HEIGHT, WIDTH, Page, Placed, Text
from app.papers.pdf_faces import Letters
from app.values.papers import Picture

CATALOG, PAGES, INFO, FIRST_FREE = 1, 2, 3, 4
MARK_INK, MARK_SIZE = 0.88, 96.0
COS45 = 0.70711


@dataclass(frozen=True, slots=True)
class About:
    """What a PDF says about itself; `made_at` is an ISO instant in UTC or empty."""

    title: str
    author: str = ""
    made_at: str = ""


class PdfFile:
    """Writes pages to `out` at once; `close` adds faces, index and trailer."""

    def __init__(self, out: BinaryIO, family: Family, about: About) -> None:
        self._out = out
        self.about = about
        self._letters = {name: Letters(face) for name, face in family.faces().items()}
        self._fonts = {name: f"/F{n}" for n, name in enumerate(self._letters, 1)}
        self._offsets: list[int] = [0] * (FIRST_FREE + len(self._letters))
        self._length = 0
        self._kids: list[int] = []
        self._outlines: list[tuple[str, int]] = []
        self._shared = "/Font << {} >>".format(
            " ".join(f"{font} {FIRST_FREE + n} 0 R" for n, font in enumerate(self._fonts.values()))
        )
        self._write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")

    @property
    def pages(self) -> int:
        """Pages written so far."""
        return len(self._kids)

    def add(self, pages: Iterable[Page], outline: str = "", first: bool = False) -> None:
        """Write pages after the last one (or before all), with a bookmark on the first of them."""
        kids = [self._page(page) for page in pages]
        if outline and kids:
            self._outlines.append((outline, kids[0]))
        self._kids[0 if first else len(self._kids) : 0 if first else len(self._kids)] = kids

    def close(self) -> None:
        """Write what holds the pages together; the stream stays open."""
        for number, (name, letters) in enumerate(self._letters.items()):
            self._face(FIRST_FREE + number, name, letters)
        kids = " ".join(f"{kid} 0 R" for kid in self._kids)
        self._object(f"<< /Type /Pages /Count {len(self._kids)} /Kids [{kids}] >>", PAGES)
        outlines = self._outline_tree()
        self._object(
            f"<< /Type /Catalog /Pages {PAGES} 0 R /Lang (vi-VN) {outlines}"
            "/ViewerPreferences << /DisplayDocTitle true >> >>",
            CATALOG,
        )
        self._object(self._info(), INFO)
        self._trailer()

    def state(self) -> dict[str, Any]:
        """Where the writing stands, for `resume`; plain values for JSON."""
        return {
            "offsets": list(self._offsets),
            "length": self._length,
            "kids": list(self._kids),
            "outlines": list(self._outlines),
            "letters": {name: list(letters.more) for name, letters in self._letters.items()},
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on where another writer stood: the stream must hold what it wrote until then."""
        self._offsets = list(state["offsets"])
        self._length = int(state["length"])
        self._kids = list(state["kids"])
        self._outlines = [(title, kid) for title, kid in state["outlines"]]
        for name, more in state["letters"].items():
            self._letters[name].learn(more)
        self._out.seek(self._length)
        self._out.truncate()

    def _page(self, page: Page) -> int:
        images = {name: self._image(name) for name in {placed.picture for placed in page.pictures}}
        names = {picture: f"/I{number}" for picture, number in images.items()}
        parts = [_mark(page.mark, self._fonts["bold"], self._letters["bold"])] if page.mark else []
        parts += [
            f"{box.ink:g} g {box.x:.2f} {box.y:.2f} {box.width:.2f} {box.height:.2f} re f"
            for box in page.boxes
        ]
        parts.append("0 g")
        parts += [_image_drawn(placed, names[placed.picture]) for placed in page.pictures]
        parts += [
            f"{rule.width:.2f} w {rule.x1:.2f} {rule.y1:.2f} m {rule.x2:.2f} {rule.y2:.2f} l S"
            for rule in page.rules
        ]
        parts += self._texts(page.texts)
        content = self._stream("", "\n".join(parts).encode("ascii"))
        shown = " ".join(f"{name} {images[picture]} 0 R" for picture, name in names.items())
        return self._object(
            f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {WIDTH:.2f} {HEIGHT:.2f}] "
            f"/Resources << {self._shared} /XObject << {shown} >> >> /Contents {content} 0 R >>"
        )

    def _texts(self, texts: list[Text]) -> list[str]:
        parts = ["BT"]
        now: tuple[str, float] | None = None
        for x, y, face, size, words, gap in texts:
            if now != (face, size):
                now = (face, size)
                parts.append(f"{self._fonts[face]} {size:g} Tf")
            shown = words.translate(self._letters[face])
            if gap:
                space = self._letters[face][32]
                wide = f"{space}>{-1000 * gap / size:.1f}<"
                shown = "".join(wide.join(words_ for words_ in _split(shown, space)))
                parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm [<{shown}>] TJ")
            else:
                parts.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj")
        parts.append("ET")
        return parts

    def _image(self, picture: Picture) -> int:
        space = "/DeviceGray" if picture.gray else "/DeviceRGB"
        head = (
            f"/Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
            f"/ColorSpace {space} /BitsPerComponent 8 /Filter /DCTDecode"
        )
        return self._stream(head, picture.jpeg, deflate=False)

    def _face(self, number: int, name: str, letters: Letters) -> None:
        font = pdf_faces.embedded(letters)
        file = self._stream(f"/Length1 {font.length}", font.deflated, plain=False)
        unicode_map = self._stream("", font.unicode_map)
        places = self._stream("", font.places)
        descriptor = self._object(f"{font.descriptor} /FontFile2 {file} 0 R >>")
        descendant = self._object(
            f"{font.descendant} /FontDescriptor {descriptor} 0 R /CIDToGIDMap {places} 0 R >>"
        )
        self._object(
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{font.name} /Encoding /Identity-H "
            f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode_map} 0 R >>",
            number,
        )

    def _outline_tree(self) -> str:
        if not self._outlines:
            return ""
        root = len(self._offsets)
        first, last = root + 1, root + len(self._outlines)
        self._object(
            f"<< /Type /Outlines /First {first} 0 R /Last {last} 0 R /Count {last - root} >>"
        )
        for number, (title, kid) in enumerate(self._outlines, first):
            before = f"/Prev {number - 1} 0 R " if number > first else ""
            after = f"/Next {number + 1} 0 R " if number < last else ""
            self._object(
                f"<< /Title {_text(title)} /Parent {root} 0 R {before}{after}"
                f"/Dest [{kid} 0 R /XYZ null null null] >>"
            )
        return f"/Outlines {root} 0 R /PageMode /UseOutlines "

    def _info(self) -> str:
        made = "".join(sign for sign in self.about.made_at[:19] if sign.isdigit())
        when = f" /CreationDate (D:{made}Z)" if made else ""
        author = f" /Author {_text(self.about.author)}" if self.about.author else ""
        producer = _text("Sổ An Sinh")
        return f"<< /Title {_text(self.about.title)}{author} /Producer {producer}{when} >>"

    def _stream(self, head: str, content: bytes, deflate: bool = True, plain: bool = True) -> int:
        """A stream object; `plain` content is deflated here, unless it is not to be at all."""
        if not deflate:
            return self._object(f"<< {head} /Length {len(content)} >>", content=content)
        content = zlib.compress(content, 6) if plain else content
        head = f"<< {head} /Filter /FlateDecode /Length {len(content)} >>"
        return self._object(head, content=content)

    def _object(self, head: str, number: int = 0, content: bytes | None = None) -> int:
        if not number:
            number = len(self._offsets)
            self._offsets.append(0)
        self._offsets[number] = self._length
        body = b"" if content is None else b"\nstream\n" + content + b"\nendstream"
        self._write(f"{number} 0 obj\n{head}".encode("ascii") + body + b"\nendobj\n")
        return number

    def _trailer(self) -> None:
        begins = self._length
        lines = "".join(f"{offset:010d} 00000 n \n" for offset in self._offsets[1:])
        self._write(
            f"xref\n0 {len(self._offsets)}\n0000000000 65535 f \n{lines}"
            f"trailer\n<< /Size {len(self._offsets)} /Root {CATALOG} 0 R /Info {INFO} 0 R >>\n"
            f"startxref\n{begins}\n%%EOF\n".encode("ascii")
        )

    def _write(self, content: bytes) -> None:
        self._out.write(content)
        self._length += len(content)


def _image_drawn(placed: Placed, name: str) -> str:
    x, y, width, height, _ = placed
    return f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm {name} Do Q"


def _mark(words: str, font: str, letters: Letters) -> str:
    """Large light letters across the page, legible in black and white and hiding nothing."""
    size = min(MARK_SIZE, 620_000 / max(letters.face.width(words), 1))
    half = letters.face.width(words) / 2000 * size * COS45
    x, y = WIDTH / 2 - half, HEIGHT / 2 - half
    turned = f"{COS45} {COS45} {-COS45} {COS45} {x:.2f} {y:.2f}"
    return (
        f"q {MARK_INK} g BT {font} {size:.1f} Tf {turned} Tm <{words.translate(letters)}> Tj ET Q"
    )


def _split(shown: str, space: str) -> list[str]:
    """Hex letters (four signs each) parted at the space."""
    words = [shown[at : at + 4] for at in range(0, len(shown), 4)]
    parts: list[list[str]] = [[]]
    for word in words:
        if word == space:
            parts.append([])
        else:
            parts[-1].append(word)
    return ["".join(part) for part in parts]


def _text(words: str) -> str:
    return "<feff" + words.encode("utf-16-be").hex() + ">"
