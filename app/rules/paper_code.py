"""The code on a printed form: which form it is and whose, in digits alone.

Only digits, so that a scanner that types into a field of a Vietnamese keyboard (Telex makes "AA"
into "Â") is read as it was printed; never a zero first, so that it is no telephone or citizen
number. It tells nothing about a person: the last 32 bits of an identity are chance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = (
    *("01", "02", "03", "04", "05", "06", "visit", "case"),
    *("council-01", "council-02", "council-03", "council-04", "council-05"),
)
"""Forms by their first digit, from 1: Mẫu 01-06 of TT 02/2020, the visit sheet, the sheet of a
case's file; then Mẫu 01-05 of TT 01/2019. From the tenth on the digits begin again, and the
identity has 2^32 added, which no identity of the first nine reaches."""

FIRST_DIGITS = 9

TAIL = 8
"""How many signs of an identity the code keeps."""

DIGITS = 12
TYPED = re.compile(r"[\d\s.\-]+")


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A code that was read: the form, and how the identity of its owner ends."""

    form: str
    tail: str
    text: str


def made(form: str, owner_id: str) -> str:
    """The code of a form of a case, a person or a kept draft: `4123-4567-8901`."""
    turn, digit = divmod(KINDS.index(form), FIRST_DIGITS)
    number = int(owner_id[-TAIL:], 16) + (turn << 4 * TAIL)
    digits = f"{digit + 1}{number:010d}"
    return _grouped(digits + _check(digits))


def read(typed: str) -> PaperCode | None:
    """The code that somebody typed or a scanner read; None when it is none, or has a wrong digit.

    Blanks, dots and hyphens between the digits do not count.
    """
    if not TYPED.fullmatch(typed.strip()):
        return None
    digits = re.sub(r"\D", "", typed)
    if len(digits) != DIGITS or digits[0] == "0" or _check(digits[:-1]) != digits[-1]:
        return None
    turn, number = divmod(int(digits[1:-1]), 1 << 4 * TAIL)
    place = int(digits[0]) - 1 + turn * FIRST_DIGITS
    if not 0 <= place < len(KINDS):
        return None
    return PaperCode(KINDS[place], f"{number:0{TAIL}x}", _grouped(digits))


def looks_like(typed: str) -> bool:
    """Whether somebody means such a code, though a digit may be wrong: no citizen number."""
    digits = re.sub(r"\D", "", typed)
    return (
        bool(TYPED.fullmatch(typed.strip())) and len(digits) == DIGITS and digits[0] in "123456789"
    )


def _grouped(digits: str) -> str:
    return "-".join(digits[place : place + 4] for place in range(0, DIGITS, 4))


def _check(digits: str) -> str:
    """The digit that tells one wrong digit and two neighbours changed places (Luhn)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
