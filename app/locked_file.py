"""Files under a password: PDF with AES-256, XLSX as Office itself closes it, any other in a zip
with AES-256. The open content stands in memory only, never on the disk.

The libraries that encrypt are read when somebody locks a file, not when the program starts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO

ZIP = ".zip"
LOCKED_BY_ITSELF = (".pdf", ".xlsx")


OFFICE_LEAST = 4096
"""A workbook must be longer than this: a shorter one would have to lie in the small part of its
container, where the library does not put it, and nothing could open it."""


def name_of(path: Path, password: str) -> Path:
    """The name a file has: what cannot be closed by itself lies in a zip."""
    if not password or path.suffix.lower() in LOCKED_BY_ITSELF:
        return path
    return path.with_name(path.name + ZIP)


def locked(content: bytes, path: Path, password: str) -> bytes:
    """The content of `path` as it is written; as it is without a password."""
    if not password:
        return content
    kind = path.suffix.lower()
    if kind == ".pdf":
        return _pdf(content, password)
    if kind == ".xlsx":
        return _office(content, password)
    out = BytesIO()
    with zipped(out, path.name, password) as part:
        part.write(content)
    return out.getvalue()


@contextmanager
def zipped(out: IO[bytes], name: str, password: str) -> Iterator[IO[bytes]]:
    """A file of this name in a zip under the password; what is written goes out closed at once."""
    import pyzipper

    closed = pyzipper.AESZipFile(
        out, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
    )
    with closed:
        closed.setpassword(password.encode("utf-8"))
        with closed.open(name, "w", force_zip64=True) as part:
            yield part


def _pdf(content: bytes, password: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _office(content: bytes, password: str) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out, again = BytesIO(), BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, out)
    back = OOXMLFile(BytesIO(out.getvalue()))
    back.load_key(password=password)
    back.decrypt(again)
    if again.getvalue() != content:  # better no file than one that nobody opens
        raise OSError("xlsx")
    return out.getvalue()
