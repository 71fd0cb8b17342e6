"""How complete a person's record is: what counts, what is missing. It blocks nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

WANTED: tuple[tuple[str, ...], ...] = (
    ("name",),
    ("sex",),
    ("birth",),
    ("ethnicity",),
    ("id_number", "old_id_number", "id_status"),
    ("marital",),
    ("phone", "contact_phone"),
    ("commune",),
    ("hamlet", "address_text"),
    ("head_name",),
    ("head_relation",),
    ("household_size",),
    ("poverty",),
    ("carer_name", "rep_name"),
    ("self_care",),
    ("education",),
    ("occupation", "employed"),
    ("house",),
    ("health_card",),
    ("allowance_monthly",),
    ("psychology",),
    ("mine_victim",),
    ("surveyed_on",),
)
"""What a complete record says, from sections A, B, D, Đ and E of the national declaration.

Each line is satisfied by any of its fields; the first one is named when all are missing.
"""

WANTED_OF_DISABLED: tuple[tuple[str, ...], ...] = (
    ("has_certificate", "certificate_number"),
    ("types",),
    ("degree",),
    (
        "cause_mobility",
        "cause_hearing_speech",
        "cause_vision",
        "cause_neuro_psychiatric",
        "cause_intellectual",
        "cause_other",
    ),
    (
        "signs_mobility",
        "signs_hearing_speech",
        "signs_vision",
        "signs_neuro_psychiatric",
        "signs_intellectual",
        "signs_other",
    ),
)
"""Section C; it counts for who has a disability or whose groups are not known."""

DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Meter:
    """How many of the counting lines are filled, and the fields to name as missing."""

    filled: int
    total: int
    missing: tuple[str, ...]


def measure(
    filled: Collection[str], groups: Collection[str] = (), types: Collection[str] = ()
) -> Meter:
    """The meter of a record from the names of its filled fields.

    `groups` are the person's beneficiary groups: whoever belongs to some, but not to the
    disabled, and has no type of disability noted is not asked about a disability. Cause and signs
    are named for the person's `types`.
    """
    named = set(filled)
    asked = not groups or DISABLED in groups or "types" in named
    wanted = WANTED + (WANTED_OF_DISABLED if asked else ())
    missing = tuple(_to_name(line, types) for line in wanted if named.isdisjoint(line))
    return Meter(len(wanted) - len(missing), len(wanted), missing)


def _to_name(line: tuple[str, ...], types: Collection[str]) -> str:
    own = (name for name in line if name.partition("_")[2] in types)
    return next(own, line[0])
