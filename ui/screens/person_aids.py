"""The assistive devices of a person: fitted, repaired, checked, given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import forms
from app.actions import assistive_device, need
from app.forms import FormField
from app.values.assistive_device import AidCard, AidDraft, RepairDraft
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, Belongings
from ui.screens.person_part import Part, day, line, need_field, paper
from ui.stage import Stage

ONLY = (
    "aid_kind", "aid_model", "serial", "fitted_on", "fitted_by", "donor", "aid_value",
    "next_check_on",
)  # fmt: skip
OLD = ("aid_origin", "aid_note")
REPAIR = ("repair_what", "repaired_on", "repaired_by", "repair_cost")


class AidsPart(Part):
    """Devices, the newest first, each with its repairs."""

    touching = frozenset({"assistive_device", "repair", "need"})
    name, tab, record = "assistive_device", "supports", "assistive_device"

    def __init__(self, stage: Stage, within: Belongings) -> None:
        super().__init__(stage, within)
        self._status = ""
        fields = (
            *(forms.field("repair", name) for name in REPAIR),
            forms.field("assistive_device", "next_check_on"),
        )
        self.repairing = self.step_box(translate("Sửa chữa, kiểm tra"), fields, self._repair)
        moving = (
            FormField("", "on", translate("Từ ngày"), "date"),
            FormField("", "note", translate("Ghi chú"), "note"),
        )
        self.moving = self.step_box(translate("Tình trạng dụng cụ"), moving, self._move)

    def titled(self) -> str:
        return translate("Dụng cụ trợ giúp")

    def adds(self) -> str:
        return translate("Thêm dụng cụ")

    def form_fields(self) -> tuple[FormField, ...]:
        described = (*ONLY, *OLD)
        return (*(forms.field(self.record, name) for name in described), need_field())

    def nothing_words(self) -> str:
        return translate("Chưa ghi dụng cụ nào.")

    def read(self) -> Any:
        ws = self.stage.ws
        return assistive_device.of_person(ws, self.key), need.of_person(ws, self.key)

    def show_rows(self, answer: Any) -> None:
        self.describe_needs(answer[1])
        super().show_rows(answer)

    def values_of(self, card: AidCard) -> Mapping[str, object]:
        return {**card.fields, "need": card.need_id}

    def write(self, values: Mapping[str, object]) -> object:
        typed = dict(values)
        need_id = str(typed.pop("need", None) or "") or None
        editing = self.editing.id if self.editing is not None else None
        return assistive_device.save(self.stage.ws, AidDraft(self.key, typed, editing, need_id))

    def take_off(self, row_id: str, reason: str) -> None:
        assistive_device.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: AidCard) -> tuple[str, tuple[str, ...]]:
        told = card.fields
        title = translate(
            "{kind} · {status}",
            kind=line(
                forms.code_label("aid_kind", str(told["aid_kind"])), str(told["aid_model"] or "")
            ),
            status=forms.code_label("aid_status", card.status),
        )
        check = day(told["next_check_on"])
        facts = line(
            translate("số {number}", number=told["serial"]) if told["serial"] else "",
            translate("giao {day}", day=day(told["fitted_on"])) if told["fitted_on"] else "",
            str(told["fitted_by"] or ""),
            str(told["donor"] or ""),
            show.money(told["aid_value"]) if isinstance(told["aid_value"], int) else "",
            translate("ĐẾN HẠN kiểm tra {day}", day=check) if card.due else "",
            translate("kiểm tra lại {day}", day=check) if check and not card.due else "",
            paper(told["aid_origin"]),
        )
        repairs = tuple(
            translate(
                "Sửa, kiểm tra {day}: {what}",
                day=day(one.fields["repaired_on"]),
                what=line(str(one.fields["repair_what"]), str(one.fields["repaired_by"] or "")),
            )
            for one in card.repairs
        )
        return title, (facts, str(told["aid_note"] or ""), *repairs)

    def acts(self, card: AidCard) -> Actions:
        words = {
            "in_use": translate("Dùng lại…"),
            "in_repair": translate("Đưa đi sửa…"),
            "returned": translate("Đã trả lại…"),
            "lost": translate("Bị mất…"),
            "worn_out": translate("Hỏng hẳn…"),
        }
        moves = tuple(
            (words[status], lambda status=status: self._begin_move(card, status))  # type: ignore[misc]
            for status in card.moves
        )
        return ((translate("Ghi sửa, kiểm tra"), lambda: self._begin_repair(card)), *moves)

    def _begin_repair(self, card: AidCard) -> None:
        known = {"repaired_on": self.stage.ws.today().isoformat()}
        self.open_step(self.repairing, card, known)

    def _repair(self) -> None:
        typed, ws, card = dict(self.repairing.form.values()), self.stage.ws, self.editing
        again = str(typed.pop("next_check_on", None) or "")
        self.save_box(lambda: assistive_device.repair(ws, card.id, RepairDraft(typed, again)))

    def _begin_move(self, card: AidCard, status: str) -> None:
        self._status = status
        words = forms.code_label("aid_kind", str(card.fields["aid_kind"]))
        state = forms.code_label("aid_status", status)
        self.moving.heading.setText(translate("{kind} · {status}", kind=words, status=state))
        self.open_step(self.moving, card, {"on": self.stage.ws.today().isoformat()})

    def _move(self) -> None:
        typed, ws, card, status = (
            self.moving.form.values(),
            self.stage.ws,
            self.editing,
            self._status,
        )
        on, note = (str(typed[name] or "") for name in ("on", "note"))
        self.save_box(lambda: assistive_device.move(ws, card.id, status, on, note))
