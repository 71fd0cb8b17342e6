"""Numbers of certificates, serials of blanks, and what a certificate may rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

DEGREES = ("profound", "severe", "mild")
"""Degrees that a certificate can say (NĐ 28/2012/NĐ-CP Đ.3)."""
COUNCIL, BOARD, EXCHANGE, LOST, PAPER = "council", "medical_board", "exchange", "lost", "paper"
NEEDS_OLD = (EXCHANGE, LOST)
"""What is issued in place of a certificate, type and degree as they were (TT 01/2019 Đ.9)."""
BLOCK = 200
"""So many numbers in a row belong to one PC."""
LOT_MAX = 5000
PATTERN = "{xa}{so:4}"
"""Unit code and running number: nine signs, as the national program takes them (9 to 10). The law
says nothing about how a number is made; every office sets its own. Chưa kiểm chứng."""
PLACE = re.compile(r"\{(xa|nam|so)(?::(\d))?\}")
DIGITS = re.compile(r"^(.*?)(\d+)(\D*)$", re.DOTALL)


def pattern_trouble(pattern: str) -> bool:
    """Whether nobody could number by this pattern: no running number, or a part nobody knows."""
    named = [found[1] for found in PLACE.finditer(pattern)]
    rest = PLACE.sub("", pattern)
    return named.count("so") != 1 or "{" in rest or "}" in rest or len(pattern) > 60


def number(pattern: str, running: int, unit: str, year: int) -> str:
    """The number as text: `{xa}` the unit's code, `{nam}` the year, `{so:4}` the running number
    with at least four digits."""

    def part(found: re.Match[str]) -> str:
        value = {"xa": unit, "nam": str(year), "so": str(running)}[found[1]]
        return value.zfill(int(found[2])) if found[2] else value

    return PLACE.sub(part, pattern)


def owner(running: int) -> int:
    """Which PC of an office (by its place, from 1) gives a running number.

    Of every two blocks the first PC has one, of the rest the second every other one, and so on:
    any number of PCs have numbers of their own for ever, and none has to ask.
    """
    block = (running - 1) // BLOCK + 1
    return (block & -block).bit_length()


def next_of(place: int, running: int) -> int:
    """The first number from this one on that a PC may give; place 0 is an office's only PC."""
    while place and owner(running) != place:
        running = ((running - 1) // BLOCK + 1) * BLOCK + 1
    return running


def serials(first: str, last: str) -> tuple[str, ...]:
    """The serials of a lot from its first to its last; empty when they are no range.

    Both have the same letters around digits of the same length; one alone is a lot of one.
    """
    if not last or first == last:
        return (first,) if first else ()
    one, two = DIGITS.match(first), DIGITS.match(last)
    if one is None or two is None or (one[1], one[3]) != (two[1], two[3]):
        return ()
    if len(one[2]) != len(two[2]) or not 0 < int(two[2]) - int(one[2]) < LOT_MAX:
        return ()
    return tuple(_between(one[1], int(one[2]), int(two[2]), (len(one[2]), one[3])))


def _between(head: str, first: int, last: int, shape: tuple[int, str]) -> Iterator[str]:
    digits, tail = shape
    for each in range(first, last + 1):
        yield f"{head}{each:0{digits}d}{tail}"


def lacks_basis(
    basis: str, conclusion: str, minutes_on: str, types: Sequence[str], degree: str
) -> str | None:
    """The code of why a certificate cannot rest on this, or None (TT 01/2019 Đ.7): minutes or a
    board's conclusion that say type and degree."""
    if basis == PAPER:
        return None
    if basis in (COUNCIL, BOARD):
        if conclusion not in ("determined", "concluded"):
            return "certificate_no_conclusion"
        if not minutes_on:
            return "certificate_no_minutes"
    return "certificate_no_degree" if degree not in DEGREES or not types else None


def replaced(basis: str, collected_on: str, collected_note: str) -> str | None:
    """The code of what is missing about the paper that is replaced (Đ.9): it is collected, or
    somebody says why not. One that was lost cannot be."""
    if basis == LOST or collected_on or collected_note:
        return None
    return "certificate_collect"
