"""What the offices of a province are measured by: every figure and period with all together."""

from __future__ import annotations

from collections.abc import Callable

from app import forms
from app.actions import progress
from app.values.overview import Measured, Province
from app.wording import translate
from ui import show
from ui.resources import theme
from ui.screens.targets_register import STANDING
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.parts import label
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain
from ui.widgets.table_view import HEADER_PX

ROWS_MAX = 5
FRAME_PX = 4


class MeasuredList(RecordList):
    """Enter on a line measures the offices by it: `chosen` is its key, told to `changed`."""

    def __init__(self, stage: Stage, changed: Callable[[], None]) -> None:
        super().__init__("province-measured", self._columns(), stage.tasks, stage.memory)
        self.set_name(translate("Chỉ tiêu của mọi đơn vị"))
        self.view.setMinimumHeight(0)  # a few lines are all there is
        self.chosen: tuple[str, str] = ("", "")
        self._changed = changed
        self.seen: Province | None = None
        self.words = label("", "muted", wrap=True)
        self.opened.connect(self._choose)

    def show_province(self, seen: Province | None) -> None:
        """Other numbers; what was chosen stays chosen while it is there."""
        self.seen = seen
        lines = seen.measured if seen is not None else ()
        if all(one.key != self.chosen for one in lines):
            self.chosen = lines[0].key if lines else ("", "")
        many = max(1, min(len(lines), ROWS_MAX))
        self.setFixedHeight(HEADER_PX + many * theme.ROW_PX + FRAME_PX)
        self.setVisible(bool(lines))
        self.set_source(Source(lambda _after, _limit: Rows(lines), key=_key), Nothing(""))
        self._tell()

    def _choose(self, one: Measured) -> None:
        self.chosen = one.key
        self._tell()
        self._changed()

    def _tell(self) -> None:
        lines = self.seen.measured if self.seen is not None else ()
        found = next((one for one in lines if one.key == self.chosen), None)
        if found is None:
            self.words.setText(translate("Chưa giao chỉ tiêu nào.") if self.seen else "")
            return
        words = translate("Chậm, chưa có gì: {names}.", names=", ".join(self._late(found)))
        self.words.setText(
            translate(
                "Các đơn vị dưới đây so với: {what}, tính đến {day}, hạn nộp {due}. "
                "Enter ở một chỉ tiêu khác thì so với chỉ tiêu ấy.",
                what=progress.title(found.figure, found.name),
                day=forms.date_shown(found.as_of),
                due=forms.date_shown(found.due) if found.due else "-",
            )
            + (f"\n{words}" if self._late(found) else "")
        )

    def _late(self, one: Measured) -> tuple[str, ...]:
        return self.seen.behind(one.key) if self.seen is not None else ()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("what", translate("Chỉ tiêu về"), self._what, 0, fixed=True, least=30),
            Column("number", translate("Chỉ tiêu"), lambda r: told(r.number), 10),
            Column("done", translate("Đã đạt"), lambda r: told(r.done), 10),
            Column("percent", translate("Đạt (%)"), percent, 9),
            Column("behind", translate("Đơn vị chậm"), self._behind, 13),
            Column("standing", translate("Tình trạng"), standing, 22),
        )

    def _what(self, one: Measured) -> Cell:
        words = progress.title(one.figure, one.name)
        return Cell(words, bold=one.key == self.chosen, tip=words)

    def _behind(self, one: Measured) -> Cell:
        names = self._late(one)
        if not names:
            return told(None if one.standing == "unset" else 0)
        return Cell(chips=(Chip(show.number(len(names)), "bad", "!"),), tip=", ".join(names))


def told(number: int | None) -> Cell:
    """What nobody set or sent is no zero."""
    return plain("–" if number is None else show.number(number))


def percent(one: Measured | None) -> Cell:
    """How much of what was set is done."""
    if one is None or one.percent is None:
        return plain("–")
    return plain(show.percent(one.percent))


def standing(one: Measured | None) -> Cell:
    """How it stands, with its sign."""
    word = one.standing if one is not None else "unset"
    tone, sign = STANDING[word]
    return Cell(chips=(Chip(progress.standing_words(word), tone, sign),))


def _key(one: Measured) -> str:
    return "/".join(one.key)
