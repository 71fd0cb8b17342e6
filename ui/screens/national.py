"""The national system: who waits to be handed over, and what was exchanged with it so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app import forms
from app.actions import national_file
from app.values.national import FileCard
from app.wording import translate
from ui import show
from ui.screens.national_pending import PendingRegister
from ui.screens.register_part import Asked, Register
from ui.screens.registers_page import RegistersPage
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain


class FilesRegister(Register):
    """Enter opens an exchange with its persons."""

    name = "national-files"
    whole = True
    touching = frozenset({"national_file", "national_line"})
    searches = False

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        if stage.ws.can("import"):
            words = translate("Nhận tệp của hệ thống quốc gia…")
            self.acts.addWidget(button(words, self._take, "", "import"))

    def titled(self) -> str:
        return translate("Các lần trao đổi")

    def columns(self) -> Sequence[Column]:
        return (
            Column("number", translate("Số"), lambda r: _text(r, "national_number", True), 20,
                   fixed=True),
            Column("way", translate("Chiều"), _way, 11),
            Column("day", translate("Ngày lập"), lambda r: _day(r, "national_day"), 12),
            Column("persons", translate("Người"), lambda r: plain(show.number(r.persons)), 9),
            Column("moves", translate("Biến động"), _moves, 0, rank=1),
            Column("edition", translate("Mẫu cột"), lambda r: plain(r.edition), 11, rank=2),
            Column("submitted", translate("Ngày nộp"), lambda r: _day(r, "submitted_on"), 12),
            Column("answers", translate("Trả lời"), _answers, 0),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa trao đổi lần nào với hệ thống quốc gia."),
            translate("Lập tệp ở thẻ Chờ nộp, hoặc nhận tệp của hệ thống quốc gia."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        found = national_file.listing(self.stage.ws)
        return found, len(found)

    def chosen(self, line: FileCard) -> None:
        self.go_to("national_file", line.id)

    def _take(self) -> None:
        newest = national_file.layouts(self.stage.ws)[-1].name
        self.stage.go("import", kind=newest)


class NationalScreen(RegistersPage):
    """`opened(tab)`: pending or files; each is read when it is looked at."""

    def __init__(self, stage: Stage) -> None:
        head = PageHead(
            translate("Hệ thống quốc gia"),
            translate("Ai chưa nộp, đã đổi hay thôi; đã nộp những gì, được nhận hay không. "
                      "Không ai phải gõ hai lần. Mẫu cột chưa kiểm chứng."),
        )  # fmt: skip
        kinds = (
            ("pending", translate("Chờ nộp"), PendingRegister),
            ("files", translate("Các lần trao đổi"), FilesRegister),
        )
        super().__init__(stage, head, kinds)


def _text(one: FileCard, name: str, bold: bool = False) -> Cell:
    clash = (Chip(translate("hai máy cùng nộp"), "bad", "!"),) if bold and one.clashes else ()
    return Cell(str(one.fields[name] or ""), clash, bold=bold)


def _way(one: FileCard) -> Cell:
    if one.brought:
        return plain(translate("do cơ quan cũ nộp"))
    return plain(forms.code_label("national_way", str(one.fields["national_way"])))


def _day(one: FileCard, name: str) -> Cell:
    day = str(one.fields[name] or "")
    return plain(forms.date_shown(day) if day else "")


def _moves(one: FileCard) -> Cell:
    return plain(_counted("national_move", one.moves))


def _answers(one: FileCard) -> Cell:
    return plain(_counted("national_answer", one.answers))


def _counted(codes: str, counts: Any) -> str:
    return ", ".join(
        f"{forms.code_label(codes, one)}: {show.number(n)}" for one, n in counts.items()
    )
