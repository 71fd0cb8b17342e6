"""The printed recovery code: six groups of five characters that a person can read and type."""

from __future__ import annotations

import secrets

from data.errors import WrongPassword

# Crockford's base 32: no I, L, O or U, so that no two characters look alike on paper.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 6
GROUP_SIZE = 5
SECRET_SIZE = GROUPS * GROUP_SIZE - 1
LOOK_ALIKES = str.maketrans({"O": "0", "Ơ": "0", "I": "1", "L": "1", "|": "1"})
FIELD_POLYNOMIAL = 0b100101


def new_code() -> str:
    """A fresh code, 145 random bits and one check character: "7K3QD-…-…"."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_SIZE))
    return shown(body + check_character(body))


def shown(plain: str) -> str:
    """The 30 characters in groups of five joined with hyphens."""
    return "-".join(plain[i : i + GROUP_SIZE] for i in range(0, len(plain), GROUP_SIZE))


def check_character(body: str) -> str:
    """The character that makes any one wrong letter, and any two swapped ones, noticeable.

    A weighted sum in the field of 32 elements: each place has its own power of the generator.
    """
    total = 0
    for letter in body:
        total = _times_generator(total) ^ ALPHABET.index(letter)
    return ALPHABET[_times_generator(total)]


def normal(typed: str) -> str:
    """The 30 characters that were meant, whatever case, spaces, hyphens, O/0 or I/1 were typed.

    Raises WrongPassword (`recovery_code_mistyped`) when length, letters or check do not fit.
    """
    letters = "".join(ch for ch in typed.upper() if ch.isalnum() or ch == "|")
    letters = letters.translate(LOOK_ALIKES)
    fits = len(letters) == SECRET_SIZE + 1 and all(ch in ALPHABET for ch in letters)
    if not fits or check_character(letters[:-1]) != letters[-1]:
        raise WrongPassword("recovery_code_mistyped", length=len(letters))
    return letters


def _times_generator(value: int) -> int:
    doubled = value << 1
    return doubled ^ FIELD_POLYNOMIAL if doubled & 0b100000 else doubled
