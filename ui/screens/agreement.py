"""One agreement with a firm: what it gives, until when, and who is entitled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import entitlement, support_papers
from app.errors import Problem
from app.forms import FormField
from app.values.entitlement import AgreementDraft, AgreementPage, EntitlementCard, FirmPaper
from app.values.support import Added
from app.wording import translate
from ui import show
from ui.screens import saving_pdf
from ui.screens.agreements import FIELDS
from ui.screens.listed_people import ListedPeople
from ui.screens.person_part import day, line
from ui.show import Chip
from ui.widgets.parts import button
from ui.widgets.record_list import BulkAction
from ui.widgets.result import ResultLine
from ui.widgets.table_model import Cell, Column, plain


class AgreementScreen(ListedPeople):
    """`opened(id)`; the card number of one person is corrected at her page."""

    name = "entitled"
    touching = frozenset({"agreement", "entitlement", "person"})

    def columns(self) -> Sequence[Column]:
        return (
            Column(
                "name", translate("Họ và tên"), lambda r: Cell(r.name, bold=True), 0, fixed=True
            ),
            Column("birth", translate("Năm sinh"), lambda r: plain((r.birth or "")[:4]), 10),
            Column(
                "place", translate("Nơi ở"), lambda r: plain(show.place(r.commune, r.hamlet)), 0
            ),
            Column("degree", translate("Mức độ"), _degree, 14),
            Column("card", translate("Số thẻ"), lambda r: plain(_told(r, "card_number")), 12),
            Column(
                "from", translate("Từ ngày"), lambda r: plain(day(_told(r, "entitled_from"))), 12
            ),
            Column("status", translate("Tình trạng"), _status, 14),
        )

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("agreement", name) for name in FIELDS)

    def bulk(self) -> Sequence[BulkAction]:
        if not self.stage.ws.can("enter"):
            return ()
        return (BulkAction(translate("Thôi hưởng…"), self._end, "close"),)

    def buttons(self) -> Sequence[Any]:
        ws = self.stage.ws
        editing = button(translate("Sửa thỏa thuận"), self.correct, "", "edit")
        words = translate("Lưu danh sách gửi đơn vị vận tải…")
        printing = button(words, self._print, "", "print")
        asking = button(translate("Xin thủ trưởng cho gửi"), self._ask, "", "check")
        entering = [editing, asking] if ws.can("enter") else []
        return [*entering, *([printing] if ws.can("print") else [])]

    def read(self) -> AgreementPage:
        return entitlement.page(self.stage.ws, self.key)

    def put_in(self, ids: tuple[str, ...]) -> Added:
        return entitlement.add(self.stage.ws, self.key, ids)

    def write(self, values: Mapping[str, object]) -> object:
        return entitlement.save_agreement(self.stage.ws, AgreementDraft(values, self.key))

    def show_it(self, page: AgreementPage) -> None:
        told = page.card.fields
        self.head.set_title(str(told["firm"]))
        persons = translate("{count} người đang hưởng", count=show.number(page.card.persons))
        self.head.set_facts(persons)
        until = day(told["valid_until"])
        self.about.setText(
            line(
                forms.code_label("benefit", str(told["benefit"])),
                translate("giảm {percent} %", percent=told["percent_off"])
                if told["percent_off"]
                else "",
                str(told["routes"] or ""),
                translate("hiệu lực đến {day}", day=until) if until else "",
                "" if page.card.valid else translate("ĐÃ HẾT HIỆU LỰC"),
            )
        )
        self.list.set_name(str(told["firm"]))

    def _end(self, ids: tuple[str, ...]) -> None:
        ws = self.stage.ws
        self.ask_why(
            translate("{count} người thôi hưởng vì lý do gì?", count=len(ids)),
            translate("Thôi hưởng"),
            lambda reason: entitlement.end(ws, ids, reason),
            translate("Đã ghi thôi hưởng."),
        )

    def _print(self) -> None:
        ws, key = self.stage.ws, self.key
        name = translate("ưu đãi {day}", day=f"{ws.today():%Y-%m-%d}")
        made: list[FirmPaper] = []

        def make() -> bytes:
            made[:] = [support_papers.firm_list(ws, key)]
            return made[0].content

        saving_pdf.ask(self, self.stage, name, make, lambda: self._printed(made[0]))

    def _printed(self, paper: FirmPaper) -> None:
        """Who is not on the paper, and why."""
        count = show.number(len(paper.persons))
        lines = [ResultLine(one.message) for one in paper.left_out]
        self.result.show_result(translate("Danh sách gồm {count} người.", count=count), lines)

    def _ask(self) -> None:
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: support_papers.ask(ws, key), self._asked, self.refused, owner=self
        )

    def _asked(self, answer: tuple[tuple[str, ...], tuple[Problem, ...]]) -> None:
        ids, lacking = answer
        title = translate("Đã xin thủ trưởng cho {count} người.", count=show.number(len(ids)))
        self.result.show_result(title, [ResultLine(one.message) for one in lacking])


def _told(card: EntitlementCard, name: str) -> str:
    return str(card.fields[name] or "")


def _degree(card: EntitlementCard) -> Cell:
    chip = show.degree(card.degree)
    return Cell(chips=(chip,) if chip else ())


def _status(card: EntitlementCard) -> Cell:
    words = forms.code_label("entitlement_status", _told(card, "entitlement_status"))
    return Cell(chips=(Chip(words, "ok" if card.active else "mute"),))
