"""What each unit is to reach in a period, how far it is, who is late and who sent nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app import forms, office_units
from app.actions import period, progress, target
from app.forms import FormField
from app.values.period import Progress, ProgressLine, TargetDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.screens.target_sheets import TargetSheets
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.filters import Filter
from ui.widgets.parts import button
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = ("figure", "unit", "period", "number")
STANDING = {
    "reached": ("ok", "✓"),
    "going": ("info", "…"),
    "late": ("bad", "!"),
    "empty": ("wait", "∅"),
    "unset": ("mute", "–"),
}


class TargetsRegister(Register):
    """Enter on a unit sets or corrects its number. The search chooses the period."""

    name = "target"
    touching = frozenset({"target", "period", "person", "need", "care_case"})
    right = "approve"
    seen: Progress | None = None

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.facts.setWordWrap(True)
        self.sheets = TargetSheets(stage, self._period_code, self._taken)
        self.inside.insertWidget(1, self.sheets)
        self.inside.insertWidget(1, self.facts)  # a line of its own: beside the buttons it breaks
        if self.box is not None:
            self._offer_sheets()
        if "figure" not in self.filters.values():
            self.filters.set_values({**self.filters.values(), "figure": ("approved",)})

    def titled(self) -> str:
        return translate("Chỉ tiêu, tiến độ")

    def adds(self) -> str:
        return translate("Giao chỉ tiêu")

    def search_words(self) -> str:
        return translate("mã hoặc tên kỳ khác")

    def filter_list(self) -> Sequence[Filter]:
        return (
            Filter("figure", translate("Chỉ tiêu về"), forms.choices("target_figure")),
            Filter("behind", translate("Chỉ nơi chưa đạt")),
        )

    def form_fields(self) -> tuple[FormField, ...]:
        known = {name: forms.field("target", name) for name in FIELDS}
        units = office_units.choices(target.scope(self.stage.ws))
        known["unit"] = replace(known["unit"], type="code", choices=units)
        return tuple(known.values())

    def columns(self) -> Sequence[Column]:
        return (
            Column("unit", translate("Đơn vị"), self._unit, 0, fixed=True),
            Column("number", translate("Chỉ tiêu"), lambda r: _count(r.number), 11),
            Column("done", translate("Đã đạt"), lambda r: _count(r.done), 11),
            Column("percent", translate("Đạt (%)"), _percent, 11),
            Column("missing", translate("Còn thiếu"), _missing, 11),
            Column("entered", translate("Hồ sơ đã nhập"), lambda r: _count(r.entered), 14, rank=1),
            Column("standing", translate("Tình trạng"), _standing, 24),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa giao chỉ tiêu nào cho kỳ này."),
            translate("Đặt kỳ ở thẻ Kỳ báo cáo, rồi bấm “Giao chỉ tiêu”, hoặc nhập từ bảng tính."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        self.seen = self._progress(asked)
        if self.seen is None:
            return (), 0
        lines = self.seen.lines
        if asked.on("behind"):
            lines = tuple(one for one in lines if one.standing in ("late", "going", "empty"))
        return lines, len(lines)

    def begin(self, line: Any = None) -> None:
        """A line without one unit (an office of several) has no target of its own."""
        if line is None or line.unit:
            super().begin(line)

    def values_of(self, line: ProgressLine) -> Mapping[str, object]:
        return {**self.suggested(), "unit": line.unit, "number": line.number}

    def suggested(self) -> Mapping[str, object]:
        figure = self.seen.figure if self.seen is not None else "approved"
        return {"figure": figure, "period": self._period_code()}

    def write(self, values: Mapping[str, object]) -> object:
        line = self.editing
        whole = {**self.suggested(), **(self.values_of(line) if line is not None else {}), **values}
        return target.save(self.stage.ws, TargetDraft(whole, line.id or None if line else None))

    def _offer_sheets(self) -> None:
        """The two buttons of the sheet, each with its key."""
        for at, (words, act, picture, keys) in enumerate(
            (
                (translate("Bảng trống…"), self.sheets.ask_blank, "export", "Ctrl+B"),
                (translate("Nhập bảng…"), self.sheets.ask_file, "import", "Ctrl+O"),
            )
        ):
            self.acts.insertWidget(at, button(words, act, "", picture, keys))
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda act=act: None if self.busy else act())

    def _unit(self, line: ProgressLine) -> Cell:
        """A unit's name; one of the other borders may be called alike: with its province."""
        if line.total:
            return Cell(translate("Toàn đơn vị"), bold=True)
        name = forms.unit_name(line.unit)
        if line.unit[:2] == self.stage.ws.office.units[0][:2]:
            name = name.partition(",")[0]
        return plain(name[:1].upper() + name[1:])

    def _taken(self) -> None:
        """A sheet came in: the button that was pressed goes, the keys go on in the list."""
        self.read()
        self.focus()

    def _period_code(self) -> str:
        return self.seen.period.code if self.seen is not None else ""

    def _progress(self, asked: Asked) -> Progress | None:
        """The period that was searched for, else the newest with a target."""
        ws = self.stage.ws
        words = forms.folded(asked.query)
        if words:
            fits = [
                one
                for one in period.listing(ws)
                if words in forms.folded(one.code) or words in forms.folded(one.name)
            ]
            when = next(iter(fits), None)
        else:
            when = progress.newest(ws)
        figure = (asked.chosen("figure") or ("approved",))[0]
        return progress.of_period(ws, when.code, figure) if when is not None else None

    def _counted(self, total: int) -> None:
        if self.seen is None:
            super()._counted(total)
            return
        when = self.seen.period
        due = when.day("due_on")
        self.facts.setText(
            " ".join(self.seen.notes)
            + ("\n" if self.seen.notes else "")
            + translate(
                "{figure} · {name} ({code}) · tính đến {day} · hạn nộp {due}",
                figure=forms.code_label("target_figure", self.seen.figure),
                name=when.name,
                code=when.code,
                day=forms.date_shown(self.seen.as_of),
                due=forms.date_shown(due) if due else "-",
            )
        )


def _count(number: int | None) -> Cell:
    return plain("" if number is None else show.number(number))


def _percent(line: ProgressLine) -> Cell:
    return plain("" if line.percent is None else show.percent(line.percent))


def _missing(line: ProgressLine) -> Cell:
    return _count(None if line.number is None else max(line.number - line.done, 0))


def _standing(line: ProgressLine) -> Cell:
    tone, sign = STANDING[line.standing]
    return Cell(chips=(Chip(progress.standing_words(line.standing), tone, sign),))
