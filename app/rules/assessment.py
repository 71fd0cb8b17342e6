"""Type and degree of disability as the forms propose them: recorded signs and scores are the input.

TT 01/2019/TT-BLĐTBXH: Mẫu 02 for children under six, Mẫu 03 from six. The council decides; what
stands here is only what the form's own rules say, and by which of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.rules import dates

UNDER_SIX, FROM_SIX = "02", "03"
SIX = 6
NOT_KNOWN = "X"
PROFOUND, SEVERE, MILD = "profound", "severe", "mild"
NOT_DISABLED, INCONCLUSIVE = "not_disabled", "inconclusive"
MOST = 2
LAW = "TT 01/2019/TT-BLĐTBXH"

Score = Literal[0, 1, 2, "X"]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of an edition: which signs speak for which type and degree, what is scored.

    `exempt` are degree signs whose certificate is not made anew at six (Đ.9 k.1c); `bands` the
    least total of each degree.
    """

    number: str
    types: Mapping[str, str]
    degrees: Mapping[str, str]
    exempt: frozenset[str]
    activities: Sequence[str]
    bands: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was observed on the day: numbers of the signs that are there, scores by activity."""

    type_signs: tuple[str, ...]
    degree_signs: tuple[str, ...]
    scores: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form says, and why. `problems` are (code, field, value) of what does not fit.

    `score_min` and `score_max` are the totals with every X, and every score that is missing, as 0
    and as 2; None where nothing is scored.
    """

    form: str | None
    types: tuple[str, ...]
    degree: str
    score_min: int | None
    score_max: int | None
    reissue_at_six: bool
    rule: str
    article: str
    problems: tuple[tuple[str, str, str], ...]


def form_for(birth: str, day: date) -> str | None:
    """The form by the exact age on the day of assessment (Đ.3); None when the known part of the
    birth does not tell. Born on 29 February, one is a year older on 1 March of other years
    (chưa kiểm chứng)."""
    six = dates.reached(birth, SIX, day)
    return None if six is None else FROM_SIX if six else UNDER_SIX


def propose(form: Form, recorded: Recorded) -> Proposal:
    """What a form proposes for what was recorded."""
    problems = [*_not_on_form(form, recorded), *_unreadable(form, recorded.scores)]
    found = {form.types[one] for one in recorded.type_signs if one in form.types}
    types = tuple(one for one in dict.fromkeys(form.types.values()) if one in found)
    signs = [one for one in recorded.degree_signs if one in form.degrees]
    bounds = score_bounds(form, recorded.scores)
    lowest, highest = bounds or (None, None)
    degree, rule, part = _degree(form, types, signs, recorded, bounds)
    if rule == "scores_missing":
        problems += [
            ("score_missing", "scores", one)
            for one in form.activities
            if recorded.scores.get(one) is None
        ]
    if not types and signs:
        problems.append(("degree_without_type", "type_signs", ", ".join(signs)))
    concluded = degree in (PROFOUND, SEVERE, MILD)
    again = form.number == UNDER_SIX and concluded and not form.exempt & set(signs)
    article = f"{LAW} Mẫu {form.number} {part}"
    return Proposal(form.number, types, degree, lowest, highest, again, rule, article,
                    tuple(problems))  # fmt: skip


def no_form(recorded: Recorded, code: str, field: str, value: str) -> Proposal:
    """Nothing can be proposed before it is known which form is right."""
    nothing = not recorded.type_signs
    degree, rule = (NOT_DISABLED, "no_type_sign") if nothing else (INCONCLUSIVE, "form_unknown")
    return Proposal(None, (), degree, None, None, False, rule, f"{LAW} Đ.3",
                    ((code, field, value),))  # fmt: skip


def score_bounds(form: Form, scores: Mapping[str, object]) -> tuple[int, int] | None:
    """The totals with each X and each activity without a score as 0 and as 2; None where the form
    has no scores or none was given."""
    given = [scores.get(one) for one in form.activities]
    if all(one is None for one in given):
        return None
    known = [one for one in given if isinstance(one, int) and is_score(one)]
    return sum(known), sum(known) + MOST * (len(given) - len(known))


def band(form: Form, total: int) -> str:
    """The degree of a total (phần 2)."""
    return form.bands[max(least for least in form.bands if least <= total)]


def _degree(
    form: Form,
    types: Sequence[str],
    signs: Sequence[str],
    recorded: Recorded,
    bounds: tuple[int, int] | None,
) -> tuple[str, str, str]:
    """The degree, the name of the rule that gives it, and where it stands on the form."""
    part_one = "mục IV phần 1" if form.activities else "mục IV"
    if set(recorded.type_signs) - set(form.types) or set(recorded.degree_signs) - set(form.degrees):
        return INCONCLUSIVE, "sign_unknown", "mục III, IV"
    if not types:
        return NOT_DISABLED, "no_type_sign", "mục III"
    for degree in (PROFOUND, SEVERE):
        if any(form.degrees[one] == degree for one in signs):
            return degree, f"{degree}_sign", part_one
    if not form.activities:
        return MILD, "type_without_degree_sign", part_one
    part_two = "mục IV phần 2"
    whole = all(is_score(recorded.scores.get(one)) for one in form.activities)
    if bounds is None or not whole:
        return INCONCLUSIVE, "scores_missing", part_two
    lowest, highest = (band(form, total) for total in bounds)
    if lowest != highest:
        return INCONCLUSIVE, "unknown_scores_decide", part_two
    return lowest, "score_total", part_two


def is_score(value: object) -> bool:
    """Whether something is 0, 1, 2 or X."""
    return value == NOT_KNOWN or (type(value) is int and 0 <= value <= MOST)


def _not_on_form(form: Form, recorded: Recorded) -> list[tuple[str, str, str]]:
    """Signs and activities that this form does not have."""
    asked = (
        ("type_signs", recorded.type_signs, form.types),
        ("degree_signs", recorded.degree_signs, form.degrees),
        ("scores", recorded.scores, dict.fromkeys(form.activities)),
    )
    return [
        ("not_on_form", field, one) for field, given, known in asked for one in given
        if one not in known
    ]  # fmt: skip


def _unreadable(form: Form, scores: Mapping[str, object]) -> list[tuple[str, str, str]]:
    return [
        ("score_unreadable", "scores", f"{one}: {scores[one]}")
        for one in form.activities
        if scores.get(one) is not None and not is_score(scores[one])
    ]
