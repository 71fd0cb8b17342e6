"""Whether somebody wrote a reason, or only filled the box."""

from __future__ import annotations

WORDS_LEAST, LETTERS_LEAST = 3, 8
"""Fewer say nothing: "x", "ok", "...". Three words are what a Vietnamese reason needs at least."""


def sentence(typed: str) -> bool:
    """Whether words are enough to tell a reader why."""
    told = [one for one in typed.split() if any(letter.isalpha() for letter in one)]
    return len(told) >= WORDS_LEAST and sum(map(str.isalpha, typed)) >= LETTERS_LEAST
