"""Frozen values of the one search that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass

from app.values.care_case import CaseCard
from app.values.person import PersonCard


@dataclass(frozen=True, slots=True)
class PaperCard:
    """A paper that was found.

    `kind` is attachment, certificate, receipt (`id` is its application), minutes (`id` is the
    hearing), print (a file this user printed; `id` is its name), import (a list that was brought
    in), handover (the minute of a register) or form (a printed form; `id` is its code, `case_id`
    its case). `person_id` is empty where it is about many, or a form is nobody's yet; `persons`
    says of how many a print was.
    """

    kind: str
    id: str
    title: str
    person_id: str = ""
    person_name: str = ""
    day: str = ""
    persons: int = 0
    case_id: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The first few of each kind that fit; `more` people fit than are here."""

    people: tuple[PersonCard, ...] = ()
    more: bool = False
    cases: tuple[CaseCard, ...] = ()
    papers: tuple[PaperCard, ...] = ()


@dataclass(frozen=True, slots=True)
class Recent:
    """A person or a case this user opened lately; of a case `case` says which."""

    at: str
    person: PersonCard
    case: CaseCard | None = None
