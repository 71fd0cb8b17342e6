"""What a screening says by the published cut-offs; it is told beside the council's conclusion and
never goes into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NO_ANSWER = ("7", "9")
"""Refused, not known."""
ANSWERS: Mapping[str, tuple[str, ...]] = {
    "yes_no": ("1", "2"),
    "difficulty": ("1", "2", "3", "4"),
    "behaviour": ("1", "2", "3", "4", "5"),
    "often": ("1", "2", "3", "4", "5"),
}
"""The answers of each kind of question."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: `counts` are the answers at or beyond the cut-off, `asked_if` (question,
    answer) says when it is asked at all."""

    number: str
    domain: str
    kind: str
    asked_if: tuple[str, str] | None
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """The domains with difficulty, those without an answer, and what follows: `identified` is None
    while answers that could decide it are missing."""

    difficult: tuple[str, ...]
    unanswered: tuple[str, ...]
    identified: bool | None


def asked(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that are asked, as far as the answers tell."""
    return tuple(
        one
        for one in questions
        if one.asked_if is None or answers.get(one.asked_if[0]) == one.asked_if[1]
    )


def unfit(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[str, ...]:
    """Numbers of answers that no such question takes."""
    known = {one.number: one for one in questions}
    return tuple(
        number
        for number, value in answers.items()
        if number not in known or value not in (*ANSWERS[known[number].kind], *NO_ANSWER)
    )


def result(questions: Sequence[Question], answers: Mapping[str, str]) -> Screened:
    """What the answers say by the cut-offs."""
    put = [one for one in asked(questions, answers) if one.counts]
    difficult = {one.domain for one in put if answers.get(one.number) in one.counts}
    silent = {one.domain for one in put if answers.get(one.number, "9") in NO_ANSWER}
    every = dict.fromkeys(one.domain for one in questions if one.counts)
    silent |= set(every) - {one.domain for one in put}
    found = tuple(one for one in every if one in difficult)
    missing = tuple(one for one in every if one in silent - difficult)
    return Screened(found, missing, True if found else None if missing else False)


def differs(found: Screened, conclusion: str, degree: str) -> bool:
    """Whether a screening and a conclusion look unlike each other; a reason to look again before
    anybody signs, and no more."""
    if found.identified:
        return conclusion == "not_disabled"
    return found.identified is False and degree in ("profound", "severe")
