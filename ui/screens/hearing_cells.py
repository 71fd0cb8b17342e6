"""How a person of a session stands in its list."""

from __future__ import annotations

from app import forms
from app.values.council import HearingLine
from app.wording import translate
from ui.screens.hearing_pane import SCHEDULED
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.record_list import RecordList
from ui.widgets.table_model import Cell, Column

LIST_PX = 380
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


def hearing_list(stage: Stage) -> RecordList:
    """The persons of a session, in the order in which they are called."""
    columns = (
        Column("at", translate("Giờ"), lambda r: Cell(f"{r.order}. {r.at}"), 9, fixed=True),
        Column("name", translate("Họ và tên"), name_cell, 0, fixed=True),
        Column("state", translate("Xét"), state_cell, 13, fixed=True),
    )
    made = RecordList("council_hearings", columns, stage.tasks, stage.memory)
    made.setFixedWidth(LIST_PX)
    made.set_name(translate("Người được xét"))
    return made
