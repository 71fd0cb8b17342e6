"""Frozen values of screenings that cross the floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.rules.screening import Screened


@dataclass(frozen=True, slots=True)
class ScreeningDraft:
    """Answers by number of the question."""

    person_id: str
    instrument: str
    answers: Mapping[str, str]
    done_on: str = ""
    answered_by: str = ""
    hearing_id: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it is read out; `choices` are (answer, words)."""

    number: str
    domain: str
    kind: str
    words: str
    english: str
    asked_if: tuple[str, str] | None
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument in the edition of a day."""

    name: str
    edition: str
    title: str
    source: str
    unchecked: bool
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True, slots=True)
class ScreeningCard:
    """One screening and what it says by the published cut-offs."""

    id: str
    person_id: str
    hearing_id: str
    instrument: str
    edition: str
    answers: Mapping[str, str]
    done_on: str
    answered_by: str
    result: Screened
    by: str
    at: str
