"""What lists are filtered by, as bits of one small number that stands in every index of order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

FACETS = {
    "status": ("draft", "waiting", "approved", "returned"),
    "degree": ("profound", "severe", "mild", "undetermined", "not_disabled"),
    "life_state": ("living", "dead", "left", "missing"),
    "types": ("mobility", "hearing_speech", "vision", "neuro_psychiatric", "intellectual", "other"),
}
"""The codes that have a bit. Their order is what stores hold: add at the end of BITS only."""

NEEDED = ("birth", "sex", "id_number", "types")
"""Who lacks one of these counts as incomplete."""

_NAMES = [(facet, code) for facet, codes in FACETS.items() for code in codes]
BITS = {
    name: 1 << place for place, name in enumerate([*_NAMES, ("mine_victim", ""), ("lacks", "")])
}
VICTIM, LACKS = BITS["mine_victim", ""], BITS["lacks", ""]
MARKED = frozenset({*FACETS, *NEEDED, "mine_victim"})


def of(values: Mapping[str, Any]) -> int:
    """The bits of a person's values."""
    bits = VICTIM if values.get("mine_victim") else 0
    if any(values.get(name) is None for name in NEEDED):
        bits |= LACKS
    bits |= BITS.get(("status", values.get("status") or "draft"), 0)
    bits |= BITS.get(("degree", values.get("degree") or ""), 0)
    bits |= BITS.get(("life_state", values.get("life_state") or "living"), 0)
    for code in (values.get("types") or "").split():
        bits |= BITS.get(("types", code), 0)
    return bits


def mask(facet: str, codes: Iterable[str]) -> int:
    """The bits of any of the codes; 0 when none of them has one: then nobody is found."""
    return sum(BITS.get((facet, code), 0) for code in frozenset(codes))


def of_facet(facet: str, bits: int) -> str:
    """The code of a facet that bits say; empty for one that has no bit."""
    return next((code for code in FACETS[facet] if bits & BITS[facet, code]), "")
