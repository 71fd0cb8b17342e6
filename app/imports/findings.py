"""What one row of a list gave: values, what refuses it, and what is worth a look."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.imports.rows import ListRow

REFUSING = frozenset(
    "name_missing name_unclear name_of_two row_unclear "
    "birth_under_both birth_unclear birth_no_such_day birth_future "
    "birth_too_old commune_missing unknown_commune ambiguous_commune commune_split commune_joined "
    "other_province formula_without_value correction_unknown correction_other_person "
    "correction_ambiguous "
    "register_number_missing register_day_missing register_amount_missing register_step_unknown "
    "case_already_open case_number_taken".split()
)
"""Codes that send a row back; everything else is a warning and the person comes in."""


class Finding(NamedTuple):
    """Something about a field of the row: its code and the value as written."""

    field: str
    code: str
    value: str


@dataclass
class Understood:
    """A row's fields by dictionary name, what refuses it, and what is worth a look.

    `derived` are the fields that a remark or the place above told, not a column of their own.
    """

    row: ListRow
    values: dict[str, object] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    derived: set[str] = field(default_factory=set)

    @property
    def person_id(self) -> str:
        """The id of the known person whom the row names, or ""."""
        return self.row.values.get("person_id", "").strip().lower()

    @cached_property
    def key(self) -> str:
        """The row's place in the file, as decisions and corrections name it."""
        return f"{self.row.sheet}!{self.row.number}"

    def tell(self, name: str, code: str, value: str) -> None:
        """Add a finding where it belongs."""
        finding = Finding(name, code, value)
        (self.problems if code in REFUSING else self.warnings).append(finding)
