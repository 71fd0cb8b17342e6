"""The stock of blank certificates on a tab: lots received, each blank, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import blank
from app.forms import FormField
from app.values.certificate import BlankCard
from app.wording import translate
from ui import show
from ui.screens.person_part import day
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.filters import Filter
from ui.widgets.record_list import BulkAction, Nothing
from ui.widgets.table_model import Cell, Column, plain

TONES = {"in_stock": "ok", "issued": "info", "spoiled": "wait", "lost": "bad"}


class BlanksRegister(Register):
    """One line a blank; the box takes a lot in by its first and last serial."""

    name = "blank"
    touching = frozenset({"blank"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.ask = AskReason()
        self.ask.given.connect(self._done)
        self.inside.insertWidget(1, self.ask)
        self._asked: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def busy(self) -> bool:
        """Whether a lot is being written or a reason asked."""
        return super().busy or not self.ask.isHidden()

    def titled(self) -> str:
        return translate("Kho phôi")

    def adds(self) -> str:
        return translate("Nhập lô phôi")

    def search_words(self) -> str:
        return translate("số phôi…")

    def form_fields(self) -> tuple[FormField, ...]:
        return (
            FormField("", "first", translate("Số phôi đầu"), "text"),
            FormField("", "last", translate("Số phôi cuối (một phôi: để trống)"), "text"),
            forms.field("blank", "received_on"),
            forms.field("blank", "received_from"),
        )

    def suggested(self) -> Mapping[str, object]:
        return {"received_on": self.stage.ws.today().isoformat()}

    def filter_list(self) -> Sequence[Filter]:
        return (Filter("states", translate("Trạng thái"), forms.choices("blank_state")),)

    def bulk(self) -> Sequence[BulkAction]:
        if not self.stage.ws.can("enter"):
            return ()
        return (
            BulkAction(translate("Hỏng…"), lambda ids: self._ask("spoil", ids), "close"),
            BulkAction(translate("Mất…"), lambda ids: self._ask("lose", ids), "close"),
            BulkAction(translate("Nhập lại kho…"), lambda ids: self._ask("put_back", ids), "undo"),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column(
                "serial", translate("Số phôi"), lambda r: Cell(r.serial, bold=True), 16, fixed=True
            ),
            Column("state", translate("Trạng thái"), _state, 16),
            Column("on", translate("Ngày"), lambda r: plain(day(r.on or r.received_on)), 12),
            Column("from", translate("Nhận phôi từ"), lambda r: plain(r.received_from), 0, rank=1),
            Column("reason", translate("Vì sao"), lambda r: plain(r.reason), 0),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Kho chưa có phôi nào như vậy."),
            translate("Bấm “Nhập lô phôi”, ghi số phôi đầu và số phôi cuối."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        ws, states = self.stage.ws, asked.chosen("states")
        found = blank.listing(ws, states, asked.query, asked.limit or 500, asked.start)
        counts = blank.counts(ws)
        total = sum(n for state, n in counts.items() if not states or state in states)
        return found, total if not asked.query else len(found) + asked.start

    def chosen(self, line: BlankCard) -> None:
        """A blank has no page of its own."""

    def write(self, values: Mapping[str, object]) -> object:
        typed = {name: str(values.get(name) or "") for name in ("first", "last")}
        on, source = (str(values.get(name) or "") for name in ("received_on", "received_from"))
        return blank.receive(self.stage.ws, typed["first"], typed["last"], on, source)

    def _ask(self, act: str, ids: tuple[str, ...]) -> None:
        self._asked = (act, ids)
        count = show.number(len(ids))
        title = {
            "spoil": translate("{count} phôi hỏng vì sao?", count=count),
            "lose": translate("{count} phôi mất thế nào?", count=count),
            "put_back": translate("Vì sao nhập lại kho {count} phôi?", count=count),
        }[act]
        self.ask.ask(title, "", translate("Ghi"))

    def _done(self, reason: str) -> None:
        ws, (act, ids) = self.stage.ws, self._asked
        work = {"spoil": blank.spoil, "lose": blank.lose, "put_back": blank.put_back}[act]

        def all_of_them() -> None:
            for one in ids:
                work(ws, one, reason)

        self.list.model.untick()
        self.do(all_of_them, translate("Đã ghi {count} phôi.", count=show.number(len(ids))))


def _state(card: BlankCard) -> Cell:
    words = forms.code_label("blank_state", card.state)
    return Cell(chips=(Chip(words, TONES.get(card.state, "mute"), "●"),))
