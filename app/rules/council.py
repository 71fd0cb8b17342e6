"""How the council decides: who must be there, whose vote counts, what a vote concludes.

TT 01/2019/TT-BLĐTBXH Đ.2: two thirds of the members are there; the majority decides; where votes
are equal the opinion of the chair does. That "majority" is more than half of those voting, and that
a member related to the person leaves that vote, is chưa kiểm chứng.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.rules import words

DETERMINED, NOT_DISABLED, INCONCLUSIVE = "determined", "not_disabled", "inconclusive"
ADJOURNED = "adjourned"
OTHER = "other"
DEGREES = ("profound", "severe", "mild")
HALVES = 2


@dataclass(frozen=True, slots=True)
class Votes:
    """The vote table of Mẫu 05, and opinions on another type or degree than the one voted on."""

    types: int = 0
    types_other: int = 0
    degree: int = 0
    degree_other: int = 0
    not_disabled: int = 0
    no_conclusion: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a vote concludes: "" where nothing has the majority; `tied` are equal at the top."""

    conclusion: str
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concluded:
    """A conclusion as it is written down."""

    conclusion: str
    types: frozenset[str] = frozenset()
    degree: str = ""
    chair_decided: bool = False
    departs_reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the sheet proposes, and whether enough was recorded for a degree at all. `reach` are
    the degrees that the scores can come to; empty where no score decides."""

    conclusion: str
    types: frozenset[str]
    degree: str
    recorded: bool
    reach: frozenset[str] = frozenset()


WHY_WORDS = 5
"""So many words say at least why a degree stands that the scores cannot reach."""


def needed(members: int, share: tuple[int, int]) -> int:
    """How many members make a quorum."""
    return -(-members * share[0] // share[1])


def lacking_roles(roles: Mapping[str, bool], held: Collection[str]) -> tuple[str, ...]:
    """Roles the law asks for that nobody holds."""
    return tuple(role for role, required in roles.items() if required and role not in held)


def does_not_add_up(votes: Votes, voting: int) -> tuple[tuple[str, int], ...]:
    """Which votes do not make the number of members voting: (on what, how many they make)."""
    apart = votes.not_disabled + votes.no_conclusion
    sums = {
        "types": votes.types + votes.types_other + apart,
        "degree": votes.degree + votes.degree_other + apart,
    }
    return tuple((what, made) for what, made in sums.items() if made != voting)


def outcome(votes: Votes, voting: int) -> Outcome:
    """What the vote concludes. Type and degree stand only together: what fewer agreed to counts."""
    counted = {
        DETERMINED: min(votes.types, votes.degree),
        OTHER: max(votes.types_other, votes.degree_other),
        NOT_DISABLED: votes.not_disabled,
        INCONCLUSIVE: votes.no_conclusion,
    }
    most = max(counted.values())
    first = tuple(one for one, number in counted.items() if number == most)
    if len(first) > 1:
        return Outcome("", first)
    return Outcome(first[0] if first[0] != OTHER and most * HALVES > voting else "")


def refusals(told: Concluded, votes: Votes, voting: int) -> tuple[str, ...]:
    """Codes of why a conclusion does not follow from the vote; empty when it does."""
    found = outcome(votes, voting)
    if not voting:
        return ("nobody_votes",)
    if found.tied:
        if told.conclusion not in found.tied:
            return ("conclusion_not_voted",)
        return () if told.chair_decided else ("tie_needs_chair",)
    if not found.conclusion:
        return ("no_majority",)
    if told.conclusion != found.conclusion:
        return ("conclusion_not_voted",)
    return ("no_tie_to_decide",) if told.chair_decided else ()


def sheet_refusals(told: Concluded, sheet: Proposed) -> tuple[str, ...]:
    """Codes of why a conclusion does not go with what was recorded on the sheet; the council may
    depart from the proposal and says why, but no degree stands without signs or scores."""
    codes = []
    if told.conclusion == DETERMINED:
        if not told.types:
            codes.append("conclusion_types_missing")
        if told.degree not in DEGREES:
            codes.append("conclusion_degree_missing")
        if not sheet.recorded:
            codes.append("conclusion_not_recorded")
    elif told.types or told.degree:
        codes.append("conclusion_has_no_degree")
    if not codes and departs(told, sheet) and not words.sentence(told.departs_reason):
        codes.append("departs_reason_missing")
    elif not codes and out_of_reach(told, sheet) and len(told.departs_reason.split()) < WHY_WORDS:
        codes.append("departs_reason_thin")
    return tuple(codes)


def out_of_reach(told: Concluded, sheet: Proposed) -> bool:
    """Whether a degree is one that no reading of the scores (each X as 0 to 2) comes to."""
    return told.conclusion == DETERMINED and bool(sheet.reach) and told.degree not in sheet.reach


def departs(told: Concluded, sheet: Proposed) -> bool:
    """Whether a conclusion is another one than the sheet proposes."""
    if told.conclusion != sheet.conclusion:
        return True
    if told.conclusion != DETERMINED:
        return False
    return told.types != sheet.types or told.degree != sheet.degree
