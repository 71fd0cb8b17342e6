"""Part III of Mẫu 01 as typed: numbers of signs, and one mark for each activity of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.errors import Problem
from data import assessment_forms

FORM = "03"
"""Mẫu 01 lists the signs and activities of Mẫu 03."""
MARKS = "012X-"
SIGNS, ABILITIES = "declared_signs", "declared_abilities"


def tidied(values: Mapping[str, object], day: str) -> tuple[dict[str, object], list[Problem]]:
    """Signs as `1.1 2.3`, abilities as `0 1 X …` in the order of the form; and what is wrong."""
    lines = [one for one in assessment_forms.on(day) if one.form == FORM]
    found, problems = {}, []
    if values.get(SIGNS):
        typed = re.findall(r"[\w.]+", str(values[SIGNS]))
        known = [one.number for one in lines if one.part == "type"]
        strange = [one for one in typed if one not in known]
        if strange:
            problems.append(Problem.of("application_sign", SIGNS, ", ".join(strange)))
        found[SIGNS] = " ".join(one for one in known if one in typed)
    if values.get(ABILITIES):
        marks = re.sub(r"[\s,;]", "", str(values[ABILITIES])).upper()
        count = sum(one.part == "activity" for one in lines)
        if len(marks) != count or set(marks) - set(MARKS):
            problems.append(Problem.of("application_marks", ABILITIES, marks, count=count))
        found[ABILITIES] = " ".join(marks)
    return dict(found), problems
