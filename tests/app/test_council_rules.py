"""How the council decides (TT 01/2019 Đ.2), as tables: quorum, majority, ties, conclusions."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.rules import clock_time, council, screening
from app.rules.council import Concluded, Outcome, Proposed, Votes
from app.rules.screening import Question
from data import council_rules

SHARE = council_rules.quorum("2026-03-01")
TOLD = Concluded("determined", frozenset({"mobility"}), "severe")
SHEET = Proposed("determined", frozenset({"mobility"}), "severe", True)
FAR = replace(SHEET, reach=frozenset({"severe"}))


def test_the_law_is_dated_data_with_its_source() -> None:
    roles = council_rules.roles("2026-03-01")
    assert [name for name, needed in roles.items() if not needed] == ["disabled_org"]
    assert len(roles) == 8 and SHARE == (2, 3)
    assert council_rules.on("quorum", "2019-01-01").source == "TT 01/2019/TT-BLĐTBXH Đ.2"
    assert "chưa kiểm chứng" in council_rules.on("related_votes", "2026-03-01").source
    with pytest.raises(LookupError):
        council_rules.on("nothing", "2026-03-01")


def test_two_thirds_are_rounded_up_and_a_role_may_be_held_with_another() -> None:
    needed = {members: council.needed(members, SHARE) for members in range(1, 10)}
    assert needed == {1: 1, 2: 2, 3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6}
    roles = {"chair": True, "health": True, "disabled_org": False}
    assert council.lacking_roles(roles, {"chair"}) == ("health",)


@pytest.mark.parametrize("voting", range(3, 10))
def test_every_vote_follows_the_majority_and_ties_go_to_the_chair(voting: int) -> None:
    """TT 01/2019/TT-BLĐTBXH Đ.2: every split of three to nine voices over the four opinions; a
    degree stands with its type alone."""
    for one, other, none in product(range(voting + 1), repeat=3):
        unclear = voting - one - other - none
        if unclear < 0:
            continue
        votes = Votes(one, other, one, other, none, unclear)
        assert council.does_not_add_up(votes, voting) == ()
        found = council.outcome(votes, voting)
        counted = {"determined": one, "other": other, "not_disabled": none, "inconclusive": unclear}
        most = max(counted.values())
        first = tuple(name for name, number in counted.items() if number == most)
        if len(first) > 1:
            assert found == Outcome("", first)
            codes = set()
            for told in (*first, "chair alone"):
                for chair in (False, True):
                    said = Concluded(told, chair_decided=chair)
                    codes.add((told in first, chair, council.refusals(said, votes, voting)))
            assert codes == {
                (True, False, ("tie_needs_chair",)), (True, True, ()),
                (False, False, ("conclusion_not_voted",)), (False, True, ("conclusion_not_voted",)),
            }  # fmt: skip
        elif most * 2 > voting and first != ("other",):
            assert found == Outcome(first[0])
        else:
            assert found == Outcome("")


@pytest.mark.parametrize(
    ("votes", "told", "codes"),
    [
        (Votes(4, 0, 4, 0, 2, 1), TOLD, ()),
        (Votes(3, 1, 3, 1, 3, 0), TOLD, ("tie_needs_chair",)),
        (Votes(3, 1, 3, 1, 3, 0), Concluded("inconclusive", chair_decided=True),
         ("conclusion_not_voted",)),
        (Votes(3, 1, 3, 1, 3, 0), Concluded("not_disabled", chair_decided=True), ()),
        (Votes(7, 0, 3, 4, 0, 0), TOLD, ("no_majority",)),
        (Votes(3, 0, 3, 0, 2, 2), TOLD, ("no_majority",)),
        (Votes(7, 0, 7, 0, 0, 0), Concluded("not_disabled"), ("conclusion_not_voted",)),
        (Votes(7, 0, 7, 0, 0, 0), Concluded("determined", chair_decided=True),
         ("no_tie_to_decide",)),
    ],
)  # fmt: skip
def test_a_conclusion_follows_from_its_vote(
    votes: Votes, told: Concluded, codes: tuple[str, ...]
) -> None:
    assert council.refusals(told, votes, 7) == codes
    assert council.refusals(told, Votes(), 0) == ("nobody_votes",)


def test_a_table_that_does_not_add_up_names_its_column() -> None:
    assert council.does_not_add_up(Votes(6, 0, 7, 0, 0, 0), 7) == (("types", 6),)
    assert council.does_not_add_up(Votes(6, 1, 6, 0, 1, 0), 7) == (("types", 8),)
    assert council.does_not_add_up(Votes(), 7) == (("types", 0), ("degree", 0))


@pytest.mark.parametrize(
    ("told", "sheet", "codes"),
    [
        (TOLD, SHEET, ()),
        (Concluded("determined"), SHEET,
         ("conclusion_types_missing", "conclusion_degree_missing")),
        (TOLD, Proposed("inconclusive", frozenset(), "", False), ("conclusion_not_recorded",)),
        (Concluded("determined", TOLD.types, "mild"), SHEET, ("departs_reason_missing",)),
        (Concluded("determined", TOLD.types, "mild", departs_reason="…"), SHEET,
         ("departs_reason_missing",)),
        (Concluded("determined", TOLD.types, "mild", departs_reason="đi lại được rồi"), SHEET, ()),
        (Concluded("determined", TOLD.types, "mild", departs_reason="đi lại được rồi"), FAR,
         ("departs_reason_thin",)),
        (Concluded("determined", TOLD.types, "mild", departs_reason="Bệnh án ghi liệt từ bé"), FAR,
          ()),
        (Concluded("determined", TOLD.types, "severe", departs_reason="…"), FAR, ()),
        (Concluded("determined", frozenset({"vision"}), "severe"), SHEET,
         ("departs_reason_missing",)),
        (Concluded("not_disabled", TOLD.types), SHEET, ("conclusion_has_no_degree",)),
        (Concluded("inconclusive"), SHEET, ("departs_reason_missing",)),
        (Concluded("inconclusive"), Proposed("inconclusive", frozenset(), "", False), ()),
    ],
)  # fmt: skip
def test_no_degree_without_signs_or_scores_and_a_departure_says_why(
    told: Concluded, sheet: Proposed, codes: tuple[str, ...]
) -> None:
    assert council.sheet_refusals(told, sheet) == codes


def test_times_of_the_day_as_people_type_them() -> None:
    typed = {"8h": "08:00", "8h30": "08:30", "08:30": "08:30", "8.30": "08:30", "1345": "13:45",
             "13 h 45": "13:45", "24h": None, "8h61": None, "x": None}  # fmt: skip
    assert {words: clock_time.parse(words) for words in typed} == typed
    assert (clock_time.later("13:50", 15), clock_time.later("23:50", 30)) == ("14:05", "23:59")


def test_a_screening_counts_what_was_asked_and_says_when_it_cannot_tell() -> None:
    questions = (
        Question("1", "seeing", "yes_no", None, ()),
        Question("2", "seeing", "difficulty", ("1", "1"), ("3", "4")),
        Question("3", "seeing", "difficulty", ("1", "2"), ("3", "4")),
        Question("4", "worry", "often", None, ("1",)),
    )
    seen = screening.result(questions, {"1": "1", "2": "3", "3": "4", "4": "9"})
    assert (seen.difficult, seen.unanswered, seen.identified) == (("seeing",), ("worry",), True)
    assert screening.result(questions, {"1": "2", "3": "1", "4": "2"}).identified is False
    assert screening.result(questions, {"4": "2"}).unanswered == ("seeing",)
    assert screening.result(questions, {"4": "2"}).identified is None
    assert [one.number for one in screening.asked(questions, {"1": "2"})] == ["1", "3", "4"]
    assert screening.unfit(questions, {"1": "3", "4": "5", "9": "1", "2": "7"}) == ("1", "9")
    no = screening.result(questions, {"1": "2", "3": "1", "4": "2"})
    assert screening.differs(seen, "not_disabled", "") and screening.differs(no, "", "severe")
    assert not screening.differs(seen, "determined", "mild")
    assert not screening.differs(screening.result(questions, {}), "determined", "severe")
