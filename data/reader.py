"""Whose eyes a session reads with."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy.orm import Session

READER = "reader"


class Reader(NamedTuple):
    """Who reads, whether restricted words were granted to that login, and whether the role reads
    identity and telephone numbers whole."""

    login: str
    granted: bool
    numbers: bool = True


def hides_numbers(session: Session) -> bool:
    """Whether the session reads for somebody to whom numbers of people are shown masked."""
    reader: Reader | None = session.info.get(READER)
    return reader is not None and not reader.numbers
