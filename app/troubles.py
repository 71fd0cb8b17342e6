"""A trouble of any floor as problems in the user's words; what is none of them is a bug."""

from __future__ import annotations

from app.errors import Problem, Refused
from app.wording import say
from data.errors import DataError


def problems_of(error: BaseException) -> tuple[Problem, ...] | None:
    """The problems of a refusal, or of a trouble of the store or the wire; None for a bug."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, DataError):
        return (Problem(error.code, "", "", say(error.code, error.facts)),)
    return None
