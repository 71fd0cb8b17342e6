"""One gift round: who gets it, the list to sign, and the ticks afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import gift_round, support_papers
from app.forms import FormField
from app.values.support import Added, GiftLine, RoundDraft, RoundPage
from app.wording import translate
from ui import show
from ui.screens import saving_pdf
from ui.screens.gift_rounds import FIELDS
from ui.screens.listed_people import ListedPeople
from ui.screens.person_part import day, line
from ui.show import Chip
from ui.widgets.parts import button
from ui.widgets.record_list import BulkAction
from ui.widgets.table_model import Cell, Column, plain

SIGNS = {"planned": ("mute", ""), "received": ("ok", "✓"), "absent": ("wait", "–"),
         "cancelled": ("mute", "×")}  # fmt: skip


class GiftRoundScreen(ListedPeople):
    """`opened(id)`; tick rows with Space, then mark them."""

    name = "gifts"
    touching = frozenset({"gift_round", "support", "person"})

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), _name, 0, fixed=True),
            Column("birth", translate("Năm sinh"), lambda r: plain((r.birth or "")[:4]), 10),
            Column(
                "place", translate("Nơi ở"), lambda r: plain(show.place(r.commune, r.hamlet)), 0
            ),
            Column("status", translate("Đã nhận chưa"), _status, 20),
            Column("on", translate("Ngày nhận"), lambda r: plain(day(r.support_on)), 12),
            Column("by", translate("Người ký nhận"), lambda r: plain(r.received_by), 0, rank=1),
        )

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("gift_round", name) for name in FIELDS)

    def bulk(self) -> Sequence[BulkAction]:
        if not self.stage.ws.can("enter"):
            return ()
        return (
            BulkAction(translate("Đã nhận"), lambda ids: self._tick(ids, "received"), "check",
                       "primary"),
            BulkAction(translate("Vắng"), lambda ids: self._tick(ids, "absent"), "clock"),
            BulkAction(translate("Chưa nhận"), lambda ids: self._tick(ids, "planned"), "undo"),
            BulkAction(translate("Bỏ khỏi đợt…"), self._take_out, "trash"),
        )  # fmt: skip

    def buttons(self) -> Sequence[Any]:
        ws = self.stage.ws
        self.editing = button(translate("Sửa đợt"), self.correct, "", "edit")
        self.printing = button(translate("Lưu danh sách ký nhận…"), self._print, "", "print")
        self.closing = button(translate("Kết thúc đợt"), self._close, "", "check")
        self.again = button(translate("Mở lại đợt"), self._reopen, "", "undo")
        may = ws.can("enter")
        shown = [self.printing] if ws.can("print") else []
        return [*([self.editing, self.closing, self.again] if may else []), *shown]

    def read(self) -> RoundPage:
        return gift_round.page(self.stage.ws, self.key)

    def put_in(self, ids: tuple[str, ...]) -> Added:
        return gift_round.add(self.stage.ws, self.key, ids)

    def write(self, values: Mapping[str, object]) -> object:
        return gift_round.save(self.stage.ws, RoundDraft(values, self.key))

    def show_it(self, page: RoundPage) -> None:
        told, counts = page.card.fields, page.card.counts
        closed = told["round_status"] == "closed"
        value = told["support_value"]
        self.head.set_title(str(told["round_name"]))
        so_far = translate(
            "{persons} người: {received} đã nhận, {absent} vắng, {planned} chưa nhận",
            persons=show.number(page.card.persons),
            received=show.number(counts.get("received", 0)),
            absent=show.number(counts.get("absent", 0)),
            planned=show.number(counts.get("planned", 0)),
        )
        count = f"{told['support_quantity'] or ''} {told['support_unit'] or ''}".strip()
        self.about.setText(
            so_far
            + "\n"
            + line(
                day(told["round_on"]),
                str(told["round_place"] or ""),
                str(told["donor"] or ""),
                translate("mỗi người: {what}", what=line(str(told["support_what"]), count)),
                show.money(value) if isinstance(value, int) else "",
                forms.code_label("round_status", str(told["round_status"])),
            )
        )
        self.list.set_name(str(told["round_name"]))
        self.editing.setVisible(not closed)
        self.closing.setVisible(not closed)
        self.again.setVisible(closed)

    def _tick(self, ids: tuple[str, ...], status: str) -> None:
        ws, key, persons = self.stage.ws, self.key, self.persons(ids)
        words = translate(
            "Đã đánh dấu {count} người: {status}.",
            count=len(persons),
            status=forms.code_label("support_status", status),
        )
        self.act(lambda: gift_round.tick(ws, key, persons, status), words)

    def _take_out(self, ids: tuple[str, ...]) -> None:
        ws, key, persons = self.stage.ws, self.key, self.persons(ids)
        self.ask_why(
            translate("Bỏ {count} người khỏi đợt vì lý do gì?", count=len(persons)),
            translate("Bỏ khỏi đợt"),
            lambda reason: gift_round.take_out(ws, key, persons, reason),
            translate("Đã bỏ khỏi đợt."),
        )

    def _print(self) -> None:
        ws, key = self.stage.ws, self.key
        name = translate("ký nhận {day}", day=f"{ws.today():%Y-%m-%d}")
        saving_pdf.ask(self, self.stage, name, lambda: support_papers.gift_list(ws, key))

    def _close(self) -> None:
        ws, key = self.stage.ws, self.key
        self.act(lambda: gift_round.close(ws, key), translate("Đã kết thúc đợt."))

    def _reopen(self) -> None:
        ws, key = self.stage.ws, self.key
        self.act(lambda: gift_round.reopen(ws, key), translate("Đã mở lại đợt."))


def _name(one: GiftLine) -> Cell:
    twice = (Chip(translate("hai dòng, một người"), "wait", "!"),) if one.twice else ()
    return Cell(one.name, twice, bold=True)


def _status(one: GiftLine) -> Cell:
    tone, sign = SIGNS.get(one.status, ("mute", ""))
    return Cell(chips=(Chip(forms.code_label("support_status", one.status), tone, sign),))
