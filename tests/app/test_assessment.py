"""What the forms propose: every sign, every total, every age; TT 01/2019/TT-BLĐTBXH Mẫu 02, 03."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from app.actions import assessment
from app.errors import Refused
from app.rules.assessment import Proposal, Recorded, band, form_for, propose
from data import assessment_forms
from tests.line import Line

ON = "2026-03-01"
CHILD, GROWN = "2021-05-04", "1971-03-12"
STARRED = {"1.1", "1.2", "1.5", "1.6", "1.7"}
"""Whose certificate need not be made anew at six (Đ.9 k.1c)."""
TEN = {str(number): 0 for number in range(1, 11)}


def proposed(birth: str = GROWN, scores: Mapping[str, Any] = TEN, **facts: Any) -> Proposal:
    """The proposal for somebody with one sign of a type, unless other facts are told."""
    told = {"on": ON, "birth": birth, "type_signs": ["1.4"], "scores": dict(scores)} | facts
    return assessment.propose(assessment.read(told))


def codes(found: Proposal) -> list[tuple[str, str]]:
    """The problems as (code, value)."""
    return [(code, value) for code, _field, value in found.problems]


def signs(form: str, part: str) -> dict[str, str]:
    """The signs of a part of a form and what each gives."""
    lines = assessment_forms.on(ON)
    return {one.number: one.gives for one in lines if (one.form, one.part) == (form, part)}


@pytest.mark.parametrize(("birth", "form"), [(CHILD, "02"), (GROWN, "03")])
def test_each_sign_speaks_for_its_type_and_several_for_several(birth: str, form: str) -> None:
    known = signs(form, "type")
    for number, kind in known.items():
        assert proposed(birth, type_signs=[number]).types == (kind,)
    assert proposed(birth, type_signs=["6.3", "1.2", "1.1"]).types == ("mobility", "other")
    assert len(set(known.values())) == 6
    assert proposed(birth, type_signs=list(known)).types == tuple(dict.fromkeys(known.values()))


def test_the_fourth_block_differs_between_the_forms() -> None:
    """Two signs under six, five from six."""
    assert {one for one in signs("02", "type") if one[0] == "4"} == {"4.1", "4.2"}
    assert {one for one in signs("03", "type") if one[0] == "4"} == {f"4.{n}" for n in range(1, 6)}
    found = proposed(CHILD, {}, type_signs=["4.3"])
    assert (found.degree, codes(found)) == ("inconclusive", [("not_on_form", "4.3")])
    assert (found.rule, proposed(CHILD, {}, type_signs=[]).degree) == (
        "sign_unknown",
        "not_disabled",
    )


@pytest.mark.parametrize(("birth", "form"), [(CHILD, "02"), (GROWN, "03")])
def test_every_combination_of_degree_signs_gives_the_gravest_degree(birth: str, form: str) -> None:
    """Mẫu 02 mục IV; Mẫu 03 mục IV phần 1; made anew at six unless one of five signs is among them
    (Đ.9 k.1c)."""
    known, paper = signs(form, "degree"), assessment.form_on(date.fromisoformat(ON), form)
    assert paper is not None and (form == "03" or set(known) >= STARRED)
    scores = TEN if form == "03" else {}
    for size in range(len(known) + 1):
        for some in combinations(known, size):
            found = propose(paper, Recorded(("1.4",), some, scores))
            given = {known[one] for one in some}
            grave = next((one for one in ("profound", "severe") if one in given), "mild")
            assert (found.degree, found.problems) == (grave, ())
            assert found.rule == f"{grave}_sign" or not some
            starred = form == "03" or bool(STARRED & set(some))
            assert found.reissue_at_six is not starred, some


def test_under_six_a_type_alone_is_mild_and_no_scores_are_asked() -> None:
    found = proposed(CHILD, {})
    assert (found.form, found.degree, found.score_min) == ("02", "mild", None)
    assert found.reissue_at_six and found.problems == ()
    scored = proposed(CHILD, {"1": 2})
    assert (scored.degree, codes(scored)) == ("mild", [("not_on_form", "1")])


@pytest.mark.parametrize("unknown", range(11))
def test_every_total_with_and_without_unknown_scores(unknown: int) -> None:
    """Mẫu 03 mục IV phần 2: from 14 profound, 7 to 13 severe, below mild; an unknown one that
    could change the band leaves no conclusion."""

    def degree_of(points: int) -> str:
        return "profound" if points >= 14 else "severe" if points >= 7 else "mild"

    for total in range(2 * (10 - unknown) + 1):
        scores: dict[str, Any] = {str(n + 1): min(2, max(0, total - 2 * n)) for n in range(10)}
        scores |= {str(number): "X" for number in range(11 - unknown, 11)}
        found = proposed(scores=scores)
        assert (found.score_min, found.score_max) == (total, total + 2 * unknown)
        same = degree_of(total) == degree_of(total + 2 * unknown)
        assert found.degree == (degree_of(total) if same else "inconclusive")
        assert found.rule == ("score_total" if same else "unknown_scores_decide")


def test_scores_are_the_input_and_are_never_made_up() -> None:
    for lacking in (dict[str, Any](), {"1": 2}, TEN | {"7": None}):
        found = proposed(scores=lacking)
        assert (found.degree, found.rule) == ("inconclusive", "scores_missing")
        assert ("score_missing", "7") in codes(found)
        if lacking:  # what nobody scored may be 0 or 2
            least = sum(one or 0 for one in lacking.values())
            missing = 10 - sum(one is not None for one in lacking.values())
            assert (found.score_min, found.score_max) == (least, least + 2 * missing)
    odd = proposed(scores=TEN | {"3": 3, "4": "?", "5": True, "11": 1, "6": "x", "8": "2"})
    assert {code for code, _ in codes(odd)} == {"score_unreadable", "not_on_form"}
    assert (odd.degree, odd.score_min, odd.score_max) == ("inconclusive", 2, 10)


def test_signs_of_part_one_decide_before_any_score() -> None:
    found = proposed(scores=dict.fromkeys(TEN, 2), degree_signs=["2.1"])
    assert (found.degree, found.score_min) == ("severe", 20)
    assert found.article == "TT 01/2019/TT-BLĐTBXH Mẫu 03 mục IV phần 1"


def test_without_any_sign_of_a_type_nobody_is_disabled() -> None:
    found = proposed(type_signs=[], scores=dict.fromkeys(TEN, 2), degree_signs=["1.2"])
    assert (found.types, found.degree) == ((), "not_disabled")
    assert codes(found) == [("degree_without_type", "1.2")]
    assert not proposed(CHILD, {}, type_signs=[]).reissue_at_six


@pytest.mark.parametrize(
    ("birth", "turns"),
    [
        ("2020-03-01", "2026-03-01"),
        ("2020-12-31", "2026-12-31"),
        ("2020-02-29", "2026-03-01"),
        ("2018-02-28", "2024-02-28"),
        ("2018-03-01", "2024-03-01"),
    ],
)
def test_the_form_changes_on_the_sixth_birthday_and_not_a_day_before(
    birth: str, turns: str
) -> None:
    """Đ.3: under six, from six; who was born on 29 February turns six on 1 March (unchecked)."""
    day = date.fromisoformat(turns)
    assert form_for(birth, day) == "03"
    assert form_for(birth, day - timedelta(days=1)) == "02"


@pytest.mark.parametrize(
    ("birth", "precision", "on", "form"),
    [
        ("2020", "year", "2026-01-01", None),
        ("2020", "year", "2026-12-31", "03"),
        ("2020-01-01", "year", "2026-06-30", None),
        ("2021", "year", "2026-12-30", "02"),
        ("2019", "year", "2026-01-01", "03"),
        ("2020-03", "month", "2026-03-15", None),
        ("2020-03", "month", "2026-04-01", "03"),
        ("2020-03", None, "2026-02-28", "02"),
    ],
)
def test_where_the_known_part_of_the_birth_does_not_tell_no_form_is_chosen(
    birth: str, precision: str | None, on: str, form: str | None
) -> None:
    found = proposed(birth, on=on, birth_precision=precision)
    assert found.form == form
    if form is None:
        assert (found.degree, found.score_min) == ("inconclusive", None)
        assert [code for code, _ in codes(found)] == ["age_six_unclear"]


def test_days_before_the_birth_and_before_the_circular_have_no_form() -> None:
    assert codes(proposed("2026-05-04")) == [("birth_after_assessment", "2026-05-04")]
    assert codes(proposed(on="2019-03-14")) == [("no_form_then", "2019-03-14")]
    assert proposed(on="2019-03-15").form == "03"


def test_what_cannot_be_read_is_named_field_by_field() -> None:
    told = {"on": "1/3/2026", "birth": "2021-13-04", "type_signs": "1.2", "scores": [1]}
    with pytest.raises(Refused) as refused:
        assessment.read(told)
    named = [problem.field for problem in refused.value.problems]
    assert named == ["on", "birth", "type_signs", "scores"]
    with pytest.raises(Refused):
        assessment.read([told])


def test_the_bands_meet_without_a_gap() -> None:
    form = assessment.form_on(date.fromisoformat(ON), "03")
    assert form is not None
    degrees = [band(form, total) for total in range(21)]
    assert degrees == ["mild"] * 7 + ["severe"] * 7 + ["profound"] * 7


def test_the_command_line_proposes_and_says_by_which_rule(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "phiếu.json"
    file.write_text(json.dumps({
        "on": ON, "birth": CHILD, "birth_precision": "day", "type_signs": ["1.2", "6.3"],
        "degree_signs": ["1.1"], "scores": {}}))  # fmt: skip
    answer = line("assessment", "propose", str(file))
    assert answer == {
        "form": "02",
        "types": ["mobility", "other"],
        "degree": "profound",
        "score_min": None,
        "score_max": None,
        "reissue_at_six": False,
        "rule": "profound_sign",
        "article": "TT 01/2019/TT-BLĐTBXH Mẫu 02 mục IV",
        "problems": [],
    }
    file.write_text("{")
    assert line.codes("assessment", "propose", str(file)) == ["assessment_unreadable"]
    assert line.codes("assessment", "propose", str(tmp_path / "không")) == ["file_unreadable"]
