"""Frozen values of data quality that cross the floors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QualityLine:
    """How the records of one commune (`key` is its unit key) or of one login stand.

    `doubtful` is fake days of birth, impossible ages and telephones of too many; `lacking` is
    fields that nobody filled: one record may count in several of them.
    """

    key: str
    name: str
    entered: int
    waiting: int
    returned: int
    no_birth: int
    no_sex: int
    no_number: int
    no_types: int
    new_year: int
    odd_birth: int
    same_phone: int
    alike: int
    unsent: int

    @property
    def lacking(self) -> int:
        """Fields that are empty."""
        return self.no_birth + self.no_sex + self.no_number + self.no_types

    @property
    def suspicious(self) -> bool:
        """Whether so many births are on 1 January that somebody made them up."""
        return self.entered >= ENOUGH and self.new_year > self.entered * NEW_YEAR_SHARE


@dataclass(frozen=True, slots=True)
class QualityPerson:
    """A record with something to mend: what names it, its defects, who entered it and when."""

    id: str
    name: str
    birth: str
    number: str
    place: str
    defects: tuple[str, ...]
    entered_by: str
    entered_at: str


ENOUGH, NEW_YEAR_SHARE = 10, 0.15
"""More than 15 in a hundred births on 1 January are no accident (survey 6.4)."""
