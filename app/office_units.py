"""The units of an office by the names they have there, to choose from and to show in lists."""

from __future__ import annotations

from collections.abc import Sequence

from app import forms
from app.forms import Choice
from data import units


def choices(keys: Sequence[str]) -> tuple[Choice, ...]:
    """The units an office works for and all that lies in them, the wide ones first; those of the
    other borders, which may be named alike, with their province."""
    found: dict[str, str] = {}
    level = list(keys)
    own = keys[0][:2] if keys else ""
    while level:
        found |= {key: near(key) if key[:2] == own else units.full_name(key) for key in level}
        level = [one.key for key in level for one in units.children(key)]
    return tuple(forms.choice(key, name) for key, name in found.items())


def near(key: str) -> str:
    """A unit's name with the district it lies in; its province goes without saying."""
    named = [one.label for one in units.path(key)] if units.has(key) else [key]
    return ", ".join(named[:-1] or named)
