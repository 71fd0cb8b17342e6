"""The tabs of the page of inspection: whose log, which officer's, which register, the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import forms
from app.actions import finding, inspection, register_then, user
from app.values.inspection import RegisterThen
from app.values.person import PersonCard
from app.values.user import UserLine
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.stage import Stage
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

PEOPLE_MAX = 50


class PersonsRegister(Register):
    """Enter on a person opens all that was done with her."""

    name = "inspection_persons"
    right = "nobody"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.search.left.connect(self.list.view.setFocus)

    def titled(self) -> str:
        return translate("Nhật ký về một người")

    def search_words(self) -> str:
        return translate("Tên, số định danh, xã")

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), lambda r: Cell(r.name, bold=True), 0),
            Column("birth", translate("Ngày sinh"), _birth, 12),
            Column("number", translate("Số định danh"), _number, 16, rank=1),
            Column("place", translate("Nơi ở"), _place, 0, share=1.4),
        )

    def nothing(self) -> Nothing:
        words = translate("Gõ tên người cần tra nhật ký; Enter ở một dòng mở nhật ký về người ấy.")
        return Nothing(words if not self.query else translate("Không tìm thấy ai."))

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        found = finding.find_people(self.stage.ws, asked.query, PEOPLE_MAX).people
        return found, len(found)

    def chosen(self, line: PersonCard) -> None:
        self.stage.go("inspection_log", line.id)


class OfficersRegister(Register):
    """Enter on an officer opens all that he saw, printed, changed."""

    name = "inspection_officers"
    right = "nobody"
    searches = False
    touching = frozenset({"user"})

    def titled(self) -> str:
        return translate("Việc của một cán bộ")

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), _user_name, 0),
            Column("login", translate("Tên đăng nhập"), lambda r: plain(r.login), 16),
            Column("role", translate("Vai trò"), _role, 18),
            Column("until", translate("Được vào đến"), _until, 34, rank=1),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        lines = [Officer(one.login, one) for one in user.listing(self.stage.ws)]
        return lines, len(lines)

    def chosen(self, line: Officer) -> None:
        self.stage.go("inspection_log", "", login=line.login)


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer as a row of the list."""

    id: str
    line: UserLine

    @property
    def login(self) -> str:
        """What he signs in with."""
        return self.line.login


class ThenRegister(Register):
    """Every register with its number of rows on a day; the search takes the day."""

    name = "inspection_registers"
    right = "nobody"
    day = ""

    def titled(self) -> str:
        return translate("Sổ như một ngày")

    def search_words(self) -> str:
        return translate("Ngày, như 31/12/2025")

    def columns(self) -> Sequence[Column]:
        return (
            Column("title", translate("Sổ"), lambda r: Cell(r.then.title, bold=True), 30),
            Column("count", translate("Số dòng"), lambda r: plain(show.number(r.then.count)), 12),
            Column("states", translate("Theo tình trạng"), _states, 0),
        )

    def nothing(self) -> Nothing:
        return Nothing(translate("Không đọc được ngày này. Gõ như 31/12/2025, không sau hôm nay."))

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        ws = self.stage.ws
        typed = asked.query.strip()
        day = forms.date_read(typed, ws.today()) if typed else ws.today().isoformat()
        if day is None or len(day) != len("2025-12-31") or day > ws.today().isoformat():
            self.day = ""
            return (), 0
        self.day = day
        lines = [Then(one.name, register_then.at(ws, one.name, day))
                 for one in register_then.names()]  # fmt: skip
        return lines, len(lines)

    def chosen(self, line: Then) -> None:
        self.stage.go("inspection_register", line.id, day=line.then.as_of)

    def _counted(self, total: int) -> None:
        if self.day:
            words = translate("Như đã ghi đến hết ngày {day}", day=forms.date_shown(self.day))
            self.facts.setText(words)
        else:
            super()._counted(total)


@dataclass(frozen=True, slots=True)
class Then:
    """A register as a row of the list."""

    id: str
    then: RegisterThen


class ProofRegister(Register):
    """What the chain of the log proves; the search takes number and mark of an older paper."""

    name = "inspection_proof"
    right = "nobody"

    def titled(self) -> str:
        return translate("Nhật ký có nguyên vẹn")

    def search_words(self) -> str:
        return translate("Số dòng và dấu trên tờ in trước")

    def columns(self) -> Sequence[Column]:
        return (Column("words", translate("Kiểm tra chuỗi của nhật ký"), _words, 0),)

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        number, _, mark = asked.query.strip().partition(" ")
        last = int(number) if number.isdecimal() and len(number) < len(str(10**12)) else 0
        found = inspection.proof(self.stage.ws, last, mark.strip() if last else "")
        lines = [Said(str(at), words) for at, words in enumerate(found.words)]
        return lines, len(lines)

    def chosen(self, line: Any) -> None:
        """A sentence opens nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as a row of the list."""

    id: str
    words: str


def _birth(card: PersonCard) -> Cell:
    return plain(forms.date_shown(card.birth) if card.birth else "")


def _number(card: PersonCard) -> Cell:
    return plain(show.masked(card.id_number))


def _place(card: PersonCard) -> Cell:
    return plain(forms.unit_name(card.commune) if card.commune else "")


def _user_name(row: Officer) -> Cell:
    return Cell(row.line.full_name, bold=True, muted=not row.line.active)


def _role(row: Officer) -> Cell:
    return plain(forms.code_label("role", row.line.role))


def _until(row: Officer) -> Cell:
    return plain(show.visit(row.line))


def _states(row: Then) -> Cell:
    return plain("; ".join(f"{state} {show.number(count)}" for state, count in row.then.states))


def _words(row: Said) -> Cell:
    return Cell(row.words, tip=row.words)
