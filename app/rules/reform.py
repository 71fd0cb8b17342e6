"""Whether an office's word about where an old commune or hamlet went can be taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

T = TypeVar("T")


def said(answers: Mapping[tuple[str, str], T], old: str, hamlet: str) -> T | None:
    """What the office said of a hamlet (its match key), else of its whole old commune."""
    return answers.get((old, hamlet)) or answers.get((old, ""))


def refusal(
    levels: tuple[str, str], new: str, candidates: Collection[str], reason: str
) -> str | None:
    """The code of what speaks against an answer; None when nothing does.

    `levels` are system and level of the old and of the new unit, such as `63 commune`. What the
    tables do not say is a correction and needs its reason.
    """
    if levels[0] != "63 commune":
        return "reform_old_unit"
    if levels[1] != "34 commune":
        return "reform_new_unit"
    if new not in candidates and not reason:
        return "reform_reason"
    return None
