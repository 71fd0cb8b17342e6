"""Put a finished paper under its name: nobody ever sees half of it."""

from __future__ import annotations

import os
from pathlib import Path

from app.actions.print_job import part_of
from app.errors import Refused, file_trouble

PDF = ".pdf"


def demand_pdf(path: Path) -> None:
    """A paper is a PDF and its file is called so. Raises Refused (`paper_ending`)."""
    if path.suffix.lower() != PDF:
        raise Refused.one("paper_ending", "out", path.suffix or path.name, endings=PDF)


def put(content: bytes, path: Path) -> None:
    """Write a PDF. Raises Refused (`paper_ending`, `sheet_not_written`)."""
    demand_pdf(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part_of(path).write_bytes(content)
        os.replace(part_of(path), path)
    except OSError as error:
        raise Refused.one("sheet_not_written", "out", path, reason=file_trouble(error)) from error
