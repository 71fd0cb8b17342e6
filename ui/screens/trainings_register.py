"""Classes of training rounds and workshops, with how many sat there: persons and attendances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import training
from app.forms import FormField
from app.values.training import ClassCard, Held, TrainingDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.stage import Stage
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = ("name", "starts_on", "days", "place", "topic")
ROUND = "round"


class TrainingsRegister(Register):
    """Enter opens a class or workshop with its delegates."""

    name = "training"
    touching = frozenset({"training_round", "training_class", "workshop", "delegate"})
    searches = False
    held: Held | None = None

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.facts.setWordWrap(True)

    def titled(self) -> str:
        return translate("Tập huấn, hội thảo")

    def adds(self) -> str:
        return translate("Thêm lớp, hội thảo")

    def form_fields(self) -> tuple[FormField, ...]:
        words = translate("Đợt tập huấn (để trống nếu là hội thảo)")
        return (
            FormField("", ROUND, words, "text"),
            *(forms.field("training_class", name) for name in FIELDS),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Lớp, hội thảo"), self._name, 0, fixed=True),
            Column("on", translate("Từ ngày"), _day, 12),
            Column("days", translate("Số ngày"), lambda r: plain(str(r.fields["days"] or "")), 9),
            Column("place", translate("Nơi tổ chức"), lambda r: _told(r, "place"), 0, rank=1),
            Column("persons", translate("Người"), lambda r: _count(r.seats.persons), 9),
            Column("seats", translate("Lượt"), lambda r: _count(r.seats.seats), 9),
            Column("sex", translate("Nam / nữ"), _sex, 11),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa ghi lớp tập huấn, hội thảo nào."),
            translate("Thêm lớp, rồi mở lớp để ghi đại biểu."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        self.held = training.held(self.stage.ws)
        lines = [one for each in self.held.rounds for one in each.classes]
        lines += self.held.workshops
        return lines, len(lines)

    def chosen(self, line: ClassCard) -> None:
        self.go_to("training", line.id)

    def write(self, values: Mapping[str, object]) -> object:
        told = dict(values)
        named = str(told.pop(ROUND, "") or "")
        return training.save_in_round(self.stage.ws, TrainingDraft(told), named)

    def written(self, answer: object) -> None:
        self.go_to("training", str(answer))

    def _name(self, line: ClassCard) -> Cell:
        if line.kind == "workshop":
            return Cell(translate("Hội thảo: {name}", name=line.name), bold=True)
        rounds = self.held.rounds if self.held is not None else ()
        names = [one.name for one in rounds if one.id == line.round_id]
        return Cell(" · ".join((*names, line.name)), bold=True)

    def _counted(self, total: int) -> None:
        if self.held is None or not total:
            super()._counted(total)
            return
        trained, met = self.held.trained, self.held.met
        self.facts.setText(
            translate(
                "Tập huấn: {rounds} đợt, {persons} người, {seats} lượt · hội thảo: {met} người",
                rounds=len(self.held.rounds),
                persons=show.number(trained.persons),
                seats=show.number(trained.seats),
                met=show.number(met.persons),
            )
        )


def _told(card: ClassCard, name: str) -> Cell:
    return plain(str(card.fields[name] or ""))


def _day(card: ClassCard) -> Cell:
    day = str(card.fields["starts_on"] or "")
    return plain(forms.date_shown(day) if day else "")


def _count(number: int) -> Cell:
    return plain(show.number(number))


def _sex(card: ClassCard) -> Cell:
    return plain(f"{card.seats.male} / {card.seats.female}")
