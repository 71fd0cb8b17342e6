"""How a person of a session stands in its list."""

from __future__ import annotations

from app import forms
from app.values.council import HearingLine
from app.wording import translate
from ui.screens.hearing_pane import SCHEDULED
from ui.show import Chip
from ui.widgets.table_model import Cell

SIGNS = {"scheduled": ("mute", ""), "concluded": ("ok", "✓"), "adjourned": ("wait", "…")}


def name_cell(one: HearingLine) -> Cell:
    """The name, and whether the same file waits in another session too."""
    twice = (
        (Chip(translate("cũng ở phiên {day}", day=forms.date_shown(one.elsewhere)), "bad", "!"),)
        if one.elsewhere
        else ()
    )
    return Cell(one.name, twice, bold=True)


def state_cell(one: HearingLine) -> Cell:
    """Whether the person waits, has a sheet, was heard."""
    tone, sign = SIGNS.get(one.state, ("mute", ""))
    words = forms.code_label("hearing_state", one.state)
    if one.state == SCHEDULED and one.sheet:
        words, tone = translate("Đã có phiếu"), "info"
    return Cell(chips=(Chip(words, tone, sign),))
