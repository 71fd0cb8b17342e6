"""All that was done with a person, or by an officer: by kind and days, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app import forms
from app.actions import inspection
from app.actions.history_words import when
from app.values.inspection import Inspection, InspectionAsk, InspectionLine
from app.wording import translate
from app.workspace import Workspace
from ui.screens.inspection_page import InspectionPage, Write
from ui.screens.register_part import Asked, Register
from ui.stage import Stage
from ui.widgets.filters import Filter
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

DAY = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the log as a row of the list."""

    id: str
    line: InspectionLine


class LogRegister(Register):
    """The search takes an officer, a day, or the first and the last of some; Enter opens the
    person."""

    name = "inspection_log"
    right = "nobody"
    touching: frozenset[str] = frozenset()
    ask = InspectionAsk()
    found: Inspection | None = None

    def titled(self) -> str:
        return translate("Nhật ký")

    def search_words(self) -> str:
        return translate("Cán bộ, ngày, 01/03/2026 - 31/03/2026")

    def filter_list(self) -> Sequence[Filter]:
        return (Filter("kind", translate("Việc"), forms.choices("inspection_kind")),)

    def columns(self) -> Sequence[Column]:
        return (
            Column("at", translate("Lúc"), lambda r: plain(when(r.line.at)), 17),
            Column("by", translate("Cán bộ"), lambda r: plain(r.line.by), 14),
            Column("kind", translate("Việc"), _kind, 15),
            Column("name", translate("Người"), lambda r: plain(r.line.name), 24, rank=1),
            Column("what", translate("Nội dung"), _what, 0),
        )

    def nothing(self) -> Nothing:
        return Nothing(translate("Không có việc nào trong những ngày này."))

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        if not self.ask.person_id and not self.ask.login:
            return (), 0
        if asked.limit == 1 and self.found is not None:
            return (), self.found.total
        self.found = inspection.find(self.stage.ws, self._asking(asked))
        rows = [Row(one.key, one) for one in self.found.lines]
        return rows, len(rows)

    def _asking(self, asked: Asked) -> InspectionAsk:
        """Days and a login as they were typed; a day alone is that day."""
        today = self.stage.ws.today()
        days: list[str] = []
        logins: list[str] = []
        for word in asked.query.replace(" - ", " ").split():
            read = forms.date_read(word, today)
            (days if read is not None and len(read) == DAY else logins).append(read or word)
        return replace(
            self.ask,
            login=self.ask.login or " ".join(logins),
            kinds=asked.chosen("kind"),
            since=days[0] if days else "",
            until=days[-1] if days else "",
        )

    def chosen(self, line: Row) -> None:
        if line.line.person_id and line.line.person_id != self.ask.person_id:
            self.stage.go("person", line.line.person_id)


class InspectionLogScreen(InspectionPage):
    """`go("inspection_log", PERSON)` or `go("inspection_log", "", login=…)`."""

    register: LogRegister

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, LogRegister)
        self.register.list.counted.connect(lambda _count: self._told())

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the log of this person or officer; coming back it is the same one."""
        if key or "login" in facts:
            self.register.ask = InspectionAsk(key, str(facts.get("login", "")))
        self.register.found = None
        self.register.read()
        self.register.list.view.setFocus()

    def named(self) -> str:
        return translate("tra cứu nhật ký")

    def writing(self) -> Write:
        found = self.register.found

        def write(ws: Workspace, file: Path) -> Path:
            from app.actions import inspection_out  # late: with what writes sheets and papers

            assert found is not None
            return inspection_out.write(ws, found, file)

        return write

    def ask_file(self) -> None:
        if self.register.found is not None:
            super().ask_file()

    def _told(self) -> None:
        found = self.register.found
        if found is not None:
            self.head.set_title(found.title[:1].upper() + found.title[1:])
            self.head.set_purpose(translate("Ai đã làm gì, mới nhất trước. Enter mở hồ sơ."))
            self.notes.setText("\n".join(found.notes))


def _kind(row: Row) -> Cell:
    return plain(forms.code_label("inspection_kind", row.line.kind))


def _what(row: Row) -> Cell:
    what = row.line.what
    return plain(what if row.line.here else translate("{what} (máy khác)", what=what))
