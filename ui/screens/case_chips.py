"""The state of a case as a chip: a word and a sign, never colour alone."""

from __future__ import annotations

from app import forms
from ui.show import Chip


def case_chip(status: str) -> Chip:
    """Where a case stands."""
    tone, sign = {
        "open": ("info", ""),
        "assessing": ("info", ""),
        "planning": ("info", ""),
        "reviewing": ("info", "↻"),
        "closing": ("wait", "…"),
        "refused": ("mute", "■"),
        "cancelled": ("mute", "■"),
        "waiting": ("wait", "…"),
        "approved": ("ok", "✓"),
        "closed": ("mute", "■"),
    }.get(status, ("mute", ""))
    return Chip(forms.code_label("case_status", status), tone, sign)


def flag_chip(kind: str) -> Chip:
    """A flag: a word and a sign."""
    tone = "bad" if kind == "urgent" else "wait"
    return Chip(forms.code_label("flag_kind", kind), tone, "⚑")
