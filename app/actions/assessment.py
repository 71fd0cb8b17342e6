"""What a form proposes for recorded signs and scores; the council decides (TT 01/2019 Đ.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import Problem, Refused
from app.rules import assessment as rules
from app.rules import dates
from app.rules.assessment import Form, Proposal, Recorded
from data import assessment_forms

PRECISION = {"day": 10, "month": 7, "year": 4}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody recorded: the day of assessment, the (partial) birth, signs and scores."""

    on: date
    birth: str
    recorded: Recorded


def propose(asked: Asked) -> Proposal:
    """The proposal of the form that is right on that day, by the edition that holds on it."""
    if asked.birth[:10] > asked.on.isoformat()[: len(asked.birth)]:
        return rules.no_form(asked.recorded, "birth_after_assessment", "birth", asked.birth)
    number = rules.form_for(asked.birth, asked.on)
    if number is None:
        return rules.no_form(asked.recorded, "age_six_unclear", "birth", asked.birth)
    form = form_on(asked.on, number)
    if form is None:
        return rules.no_form(asked.recorded, "no_form_then", "on", asked.on.isoformat())
    return rules.propose(form, asked.recorded)


def form_on(day: date, number: str) -> Form | None:
    """A form of the edition that holds on a day; None before the first one we know."""
    lines = [one for one in assessment_forms.on(day.isoformat()) if one.form == number]
    if not lines:
        return None
    parts: dict[str, dict[str, str]] = {"type": {}, "degree": {}, "activity": {}, "band": {}}
    for one in lines:
        parts[one.part][one.number] = one.gives
    return Form(
        number=number,
        types=parts["type"],
        degrees=parts["degree"],
        exempt=frozenset(one.number for one in lines if one.exempt),
        activities=tuple(parts["activity"]),
        bands={int(least): degree for least, degree in parts["band"].items()},
    )


def read(document: object) -> Asked:
    """A recorded assessment from JSON. Raises Refused naming the fields that cannot be read."""
    if not isinstance(document, dict):
        raise Refused.one("assessment_unreadable", "file")
    problems: list[Problem] = []
    on = _day(document, "on", problems)
    birth = _birth(document, problems)
    signs = {name: _signs(document, name, problems) for name in ("type_signs", "degree_signs")}
    scores = document.get("scores") or {}
    if not isinstance(scores, dict):
        problems.append(Problem.of("assessment_field", "scores", scores))
    if problems:
        raise Refused(problems)
    given = {str(name): score(value) for name, value in scores.items()}
    return Asked(on, birth, Recorded(signs["type_signs"], signs["degree_signs"], given))


def problems_of(proposal: Proposal) -> tuple[Problem, ...]:
    """What does not fit, in words."""
    return tuple(Problem.of(code, field, value) for code, field, value in proposal.problems)


def _day(document: Mapping[str, Any], name: str, problems: list[Problem]) -> date:
    value = document.get(name)
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        problems.append(Problem.of("assessment_field", name, value))
        return date.min


def _birth(document: Mapping[str, Any], problems: list[Problem]) -> str:
    """As much of the birth as is known: `birth_precision` says how much of the text counts."""
    value = str(document.get("birth") or "")
    precision = document.get("birth_precision")
    if precision is not None and precision not in PRECISION:
        problems.append(Problem.of("assessment_field", "birth_precision", precision))
        return value
    known = value[: PRECISION[precision]] if precision else value
    if not dates.valid(known) or precision and len(known) != PRECISION[precision]:
        problems.append(Problem.of("assessment_field", "birth", value))
    return known


def _signs(document: Mapping[str, Any], name: str, problems: list[Problem]) -> tuple[str, ...]:
    value = document.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        problems.append(Problem.of("assessment_field", name, value))
        return ()
    return tuple(value)


def score(value: object) -> object:
    """0, 1, 2 or X, also as they are typed; anything else stays and is named as a problem."""
    if isinstance(value, str):
        typed = value.strip().upper()
        return int(typed) if typed.isdecimal() else typed
    return value


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a form as it is read: `part` is type, degree or activity."""

    part: str
    number: str
    words: str
    gives: str


def lines(day: date, number: str) -> tuple[FormLine, ...]:
    """The lines of a form of the edition that holds on a day, without the bands of its totals."""
    return tuple(
        FormLine(one.part, one.number, one.vi, one.gives)
        for one in assessment_forms.on(day.isoformat())
        if one.form == number and one.part != "band"
    )
