"""One register as it stood at the end of a day; Enter opens the person as she is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import forms
from app.actions import register_then
from app.values.inspection import RegisterThen
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.inspection_page import InspectionPage, Write
from ui.screens.register_part import Asked, Register
from ui.stage import Stage
from ui.widgets.table_model import Cell, Column, plain


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a register: what stands first, when somebody was born, where, and all the rest."""

    id: str
    person_id: str
    name: str
    birth: str
    place: str
    what: str


class RowsRegister(Register):
    """The rows of the register that was chosen."""

    name = "inspection_rows"
    right = "nobody"
    searches = False
    asked_for = ("", "")
    then: RegisterThen | None = None

    def titled(self) -> str:
        return translate("Sổ như một ngày")

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Người, số"), lambda r: Cell(r.name, bold=True), 26),
            Column("birth", translate("Ngày sinh"), lambda r: plain(r.birth), 12, rank=1),
            Column("place", translate("Nơi ở"), lambda r: plain(r.place), 0, rank=2),
            Column("what", translate("Nội dung"), lambda r: Cell(r.what, tip=r.what), 0, share=1.8),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        name, day = self.asked_for
        if not name:
            return (), 0
        if self.then is None or (self.then.name, self.then.as_of) != self.asked_for:
            self.then = register_then.at(self.stage.ws, name, day)
        if asked.limit == 1:
            return (), self.then.count
        lines = register_then.rows(self.stage.ws, name, day, asked.start, asked.limit)
        return [_row(self.then, one.key, one.person_id, one.values) for one in lines], (
            self.then.count
        )

    def chosen(self, line: Row) -> None:
        if line.person_id:
            self.stage.go("person", line.person_id)


class InspectionRegisterScreen(InspectionPage):
    """`go("inspection_register", NAME, day=ISO)`."""

    register: RowsRegister

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, RowsRegister)
        self.register.list.counted.connect(lambda _count: self._told())

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the register of that day; coming back it is the same one."""
        if key:
            self.register.asked_for = (key, str(facts.get("day", "")))
        self.register.then = None
        self.register.read()
        self.register.list.view.setFocus()

    def named(self) -> str:
        name, day = self.register.asked_for
        return f"{register_then.title(name)} {day}"

    def writing(self) -> Write:
        then = self.register.then

        def write(ws: Workspace, file: Path) -> Path:
            from app.actions import inspection_out  # late: with what writes sheets and papers

            assert then is not None
            return inspection_out.write_register(ws, then, file)

        return write

    def ask_file(self) -> None:
        if self.register.then is not None:
            super().ask_file()

    def _told(self) -> None:
        then = self.register.then
        if then is None:
            return
        day = forms.date_shown(then.as_of)
        self.head.set_title(translate("{title} đến hết ngày {day}", title=then.title, day=day))
        states = "; ".join(f"{state} {show.number(count)}" for state, count in then.states)
        self.head.set_purpose(states)
        self.notes.setText(" ".join(then.notes))


def _row(then: RegisterThen, key: str, person_id: str, values: Sequence[str]) -> Row:
    told = dict(zip((name for name, _head in then.columns), values, strict=True))
    heads = dict(then.columns)
    own = {name: told[name] for name in told if name not in ("name", "birth", "place")}
    first = told["name"] if "name" in told else next(iter(own.values()))
    what = "; ".join(f"{heads[name]}: {value}" for name, value in own.items() if value)
    return Row(key, person_id, first, told.get("birth", ""), told.get("place", ""), what)
