"""Where each thing stands on a certificate: dated data, in millimetres from the upper left."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

PRINTED, SHEET = "printed", "sheet"


class Part(NamedTuple):
    """One line: `part` names what is printed there, `printed` what is on the blank already."""

    part: str
    words: str
    x: float
    y: float
    width: float
    size: float
    face: str
    align: str


class Layout(NamedTuple):
    """A blank of an edition: its size and its parts."""

    width: float
    height: float
    parts: tuple[Part, ...]


@cache
def on(day: str) -> Layout:
    """The layout that holds on an ISO day; what is older goes by the oldest."""
    text = resources.files("data").joinpath("catalogues/certificate_layout.csv").read_text("utf-8")
    lines = list(csv.DictReader(text.splitlines(), delimiter="|"))
    days = sorted({line["valid_from"] for line in lines})
    since = next((one for one in reversed(days) if one <= day), days[0])
    parts = [_part(line) for line in lines if line["valid_from"] == since]
    sheet = next(one for one in parts if one.part == SHEET)
    return Layout(sheet.x, sheet.y, tuple(one for one in parts if one.part != SHEET))


def _part(line: dict[str, str]) -> Part:
    x, y, width, size = (float(line[name]) for name in ("x", "y", "width", "size"))
    return Part(line["part"], line["words"], x, y, width, size, line["face"], line["align"])
