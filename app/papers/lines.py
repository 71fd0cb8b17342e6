"""Text broken into lines by the widths of its words, each measured once."""

from __future__ import annotations

import unicodedata

from app.papers.fonts import Face, Family, readable

JOINTS = "_-/@"
"""Signs behind which a file name, an address or a number is broken rather than anywhere."""


def clean(family: Family, text: str) -> str:
    """Text as it can be set: composed letters, only such as the family draws, line breaks kept."""
    if text.isascii() and text.isprintable():
        return text
    letters = readable(family)
    parts = unicodedata.normalize("NFC", text).splitlines()
    return "\n".join(part.translate(letters) for part in parts)


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """The lines of a clean text in a column of `width` points; at least one."""
    lines: list[str] = []
    limit = width * 1000 / size
    for part in text.split("\n"):
        if face.width(part) <= limit if len(part) < 40 else False:
            lines.append(part)
        else:
            lines += _broken(part, face, limit)
    return lines


def balanced(text: str, face: Face, size: float, width: float) -> list[str]:
    """Lines for centred text: as few as the column allows, and about equally long."""
    lines = wrap(text, face, size, width)
    narrow = face.width(text) * size / 1000 / len(lines)
    while len(lines) > 1 and narrow < width:
        found = wrap(text, face, size, narrow)
        if len(found) == len(lines):
            return found
        narrow += size / 2
    return lines


def _broken(part: str, face: Face, limit: float) -> list[str]:
    """One paragraph broken at its spaces; a word wider than the column is broken anywhere."""
    lines: list[str] = []
    space = face.width(" ")
    line: list[str] = []
    used = 0.0
    for word in part.split(" "):
        wide = face.width(word)
        if line and used + space + wide > limit:
            lines.append(" ".join(line))
            line, used = [], 0.0
        while wide > limit:
            fits = _fitting(word, face, limit)
            lines.append(word[:fits])
            word = word[fits:]
            wide = face.width(word)
        used += wide + (space if line else 0.0)
        line.append(word)
    lines.append(" ".join(line))
    return lines


def _fitting(word: str, face: Face, limit: float) -> int:
    """How many letters of a word fit into the column; at least one, up to a joint if it has one."""
    used = 0.0
    joint = 0
    for place, letter in enumerate(word):
        used += face.advance(letter)
        if used > limit:
            return joint or max(place, 1)
        if letter in JOINTS:
            joint = place + 1
    return len(word)
