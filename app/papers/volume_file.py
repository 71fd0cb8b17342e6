"""PDFs of our own joined into one volume of any length, read piece by piece while it is written.

Only what `PdfFile` writes is understood: plain objects under a plain table of their places. Fonts
and pictures that several parts have are written once. What is remembered of a page is its number
and its place, some tens of bytes.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from itertools import islice, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from app.papers.pdf_file import PRODUCER, About

KIDS_MAX = 32
"""Kids of a node above the parts: readers find page 20,000 without reading all before it."""

REFERENCE = re.compile(rb"\b(\d+) 0 R\b")
STREAM = re.compile(rb">>\s*stream\r?\n")
PLACE_BYTES = 20
END_BYTES = 64


class PartDamaged(OSError):
    """A part of a volume is not the file that was written (a power cut)."""


def join(parts: Sequence[Path], out: Path, about: About, marks: Sequence[tuple[str, int]]) -> None:
    """Join PDFs into one; `marks` are bookmarks (words, page counted from 0).

    Raises PartDamaged, and OSError as writing a file does.
    """
    with out.open("wb") as file:
        _join(parts, file, about, marks)


def joined(parts: Sequence[bytes], about: About, marks: Sequence[tuple[str, int]]) -> bytes:
    """The same of parts that never lay on the disk."""
    out = BytesIO()
    _join(parts, out, about, marks)
    return out.getvalue()


def _join(
    parts: Sequence[Path] | Sequence[bytes],
    file: BinaryIO,
    about: About,
    marks: Sequence[tuple[str, int]],
) -> None:
    volume = _Volume(file)
    for one in parts:
        with _Part(one) as part:
            volume.add(part)
    volume.close(about, marks)


class _Part:
    """A PDF of ours, read where it lies: an object at a time."""

    def __init__(self, path: Path | bytes) -> None:
        self._path = path if isinstance(path, Path) else Path()
        self._content: mmap | memoryview = memoryview(b"")
        if isinstance(path, bytes):
            self._content = memoryview(path)
        else:
            self._content = self._mapped(path)
        try:
            self._places, self._root = self._table()
        except (ValueError, IndexError) as torn:
            self._let_go()
            raise self.damaged("table") from torn

    def _mapped(self, path: Path) -> mmap:
        with path.open("rb") as file:
            try:
                return mmap(file.fileno(), 0, access=ACCESS_READ)
            except ValueError as empty:
                raise self.damaged("empty") from empty

    def _let_go(self) -> None:
        close = self._content.close if isinstance(self._content, mmap) else self._content.release
        close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _it: BaseException | None,
        _at: TracebackType | None,
    ) -> None:
        self._let_go()

    def damaged(self, what: str) -> PartDamaged:
        """The error to raise: which file, and what of it."""
        return PartDamaged(f"{self._path.name}: {what}")

    def pages(self) -> tuple[int, list[int]]:
        """The number of the node that holds the pages, and theirs."""
        root, _ = self.piece(self._root)
        node = int(re.findall(rb"/Pages (\d+) 0 R", root)[0])
        words, _ = self.piece(node)
        return node, [int(one) for one in REFERENCE.findall(words)]

    def piece(self, number: int) -> tuple[bytes, bytes]:
        """An object's words, and what follows them: a stream as it lies there, or nothing."""
        start, end = self._places.get(number, (0, 0))
        whole = bytes(self._content[start:end])
        head = b"%d 0 obj\n" % number
        if not whole.startswith(head) or not whole.endswith(b"endobj\n"):
            raise self.damaged(f"object {number}")
        whole = whole[len(head) : -len(b"endobj\n")]
        stream = STREAM.search(whole)
        return (whole[: stream.start()], whole[stream.start() :]) if stream else (whole, b"")

    def _table(self) -> tuple[dict[int, tuple[int, int]], int]:
        """Where each object begins and ends, and the number of the root."""
        content = self._content
        table = int(bytes(content[-END_BYTES:]).rpartition(b"startxref\n")[2].split()[0])
        title, size, rest = bytes(content[table : table + END_BYTES]).split(b"\n", 2)
        if title != b"xref" or not rest:
            raise ValueError(title)
        count = int(size.split()[1])
        first = table + len(title) + len(size) + 2
        last = first + count * PLACE_BYTES
        lines = (
            bytes(content[at : at + PLACE_BYTES]) for at in range(first + PLACE_BYTES, last, 20)
        )
        starts = {int(line[:10]): number for number, line in enumerate(lines, 1)}
        ends = pairwise([*sorted(starts), table])
        root = int(re.findall(rb"/Root (\d+) 0 R", bytes(content[last:]))[0])
        return {starts[start]: (start, end) for start, end in ends}, root


@dataclass(frozen=True, slots=True)
class _Node:
    """A node of the tree of pages: its number, its kids' numbers and how many pages it has."""

    number: int
    kids: Sequence[int]
    pages: int

    def words(self, parent: int = 0) -> bytes:
        """What is written of it."""
        above = b"/Parent %d 0 R " % parent if parent else b""
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        return b"<< /Type /Pages %s/Count %d /Kids [ %s ] >>" % (above, self.pages, kids)


class _Objects:
    """Objects written one after the other, of which only the places are kept."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._places = array("Q", [0])
        self._digest = blake2b(digest_size=16)
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """The number of an object that is written later."""
        self._places.append(0)
        return len(self._places) - 1

    def put(self, number: int, words: bytes, stream: bytes = b"") -> int:
        """Write an object under its number."""
        self._places[number] = self._at
        self._write(b"%d 0 obj\n" % number)
        self._write(words)
        self._write(stream)
        self._write(b"\nendobj\n")
        return number

    def close(self, root: int, info: int) -> None:
        """Write the table of places and the end of the file."""
        table, size = self._at, len(self._places)
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        for place in islice(self._places, 1, None):
            self._write(b"%010d 00000 n \n" % place)
        same = self._digest.hexdigest().encode()
        ends = b"/Size %d /Root %d 0 R /Info %d 0 R /ID [<%s><%s>]" % (size, root, info, same, same)
        self._write(b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (ends, table))

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._digest.update(content)
        self._at += len(content)


class _Volume:
    """The joined file while it grows: parts are added, then it is closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._objects = _Objects(file)
        self._pages = array("Q")
        self._nodes: list[_Node] = []
        self._known: dict[bytes, int] = {}

    def add(self, part: _Part) -> None:
        """Copy the pages of a part with all that they show. Raises PartDamaged."""
        node = self._objects.reserve()
        try:
            old, pages = part.pages()
            new = {old: node}
            first = len(self._pages)
            for page in pages:
                words, stream = self._piece(part, page, new)
                self._pages.append(self._objects.put(self._objects.reserve(), words, stream))
        except (ValueError, IndexError, RecursionError) as torn:
            raise part.damaged("pages") from torn
        self._nodes.append(_Node(node, self._pages[first:], len(pages)))

    def close(self, about: About, marks: Sequence[tuple[str, int]]) -> None:
        """Write the tree of pages, the bookmarks, and what the file says about itself."""
        put, reserve = self._objects.put, self._objects.reserve
        root = (
            b"<< /Type /Catalog /Lang (vi-VN) /Pages %d 0 R /Outlines %d 0 R "
            b"/PageMode /UseOutlines /ViewerPreferences << /DisplayDocTitle true >> >>"
        ) % (self._tree(), self._outline(marks))
        day = f"(D:{about.day})".encode()
        producer = _text(PRODUCER)
        info = b"<< /Title %s /Author %s /Creator %s /Producer %s /CreationDate %s >>" % (
            _text(about.title),
            _text(about.author),
            producer,
            producer,
            day,
        )
        self._objects.close(put(reserve(), root), put(reserve(), info))

    def _piece(self, part: _Part, number: int, new: dict[int, int]) -> tuple[bytes, bytes]:
        """An object of a part with the numbers that what it names has in the volume."""
        words, stream = part.piece(number)
        named = REFERENCE.sub(lambda one: b"%d 0 R" % self._copy(part, int(one[1]), new), words)
        return named, stream

    def _copy(self, part: _Part, number: int, new: dict[int, int]) -> int:
        """The number in the volume of an object of a part; the same content is written once."""
        if number not in new:
            words, stream = self._piece(part, number, new)
            seen = blake2b(words, digest_size=16)
            seen.update(stream)
            same = seen.digest()
            if same not in self._known:
                written = self._objects.put(self._objects.reserve(), words, stream)
                self._known[same] = written
            new[number] = self._known[same]
        return new[number]

    def _tree(self) -> int:
        """Write the nodes, at most `KIDS_MAX` under one; answers the number of the uppermost."""
        nodes = self._nodes
        while len(nodes) > 1:
            above = []
            for start in range(0, len(nodes), KIDS_MAX):
                some = nodes[start : start + KIDS_MAX]
                parent = self._objects.reserve()
                for node in some:
                    self._objects.put(node.number, node.words(parent))
                count = sum(node.pages for node in some)
                above.append(_Node(parent, [node.number for node in some], count))
            nodes = above
        return self._objects.put(nodes[0].number, nodes[0].words())

    def _outline(self, marks: Sequence[tuple[str, int]]) -> int:
        """Write the bookmarks, one below the other; answers the number of their root."""
        root = self._objects.reserve()
        numbers = [self._objects.reserve() for _ in marks]
        for place, (words, page) in enumerate(marks):
            ties = b"/Prev %d 0 R " % numbers[place - 1] if place else b""
            with suppress(IndexError):
                ties += b"/Next %d 0 R " % numbers[place + 1]
            title = (_text(words), root, ties, self._pages[page])
            mark = b"<< /Title %s /Parent %d 0 R %s/Dest [ %d 0 R /Fit ] >>" % title
            self._objects.put(numbers[place], mark)
        ends = b"/First %d 0 R /Last %d 0 R " % (numbers[0], numbers[-1]) if marks else b""
        return self._objects.put(root, b"<< /Type /Outlines %s/Count %d >>" % (ends, len(marks)))


def _text(words: str) -> bytes:
    """Words as a PDF names them, whatever letters they have."""
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()
