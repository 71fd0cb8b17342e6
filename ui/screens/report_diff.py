"""Two editions of a report side by side: which numbers differ, and which records changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.actions import report_edition
from app.reports import document
from app.values.report import CellChange, EditionDiff
from app.wording import translate
from ui import show
from ui.stage import Screen, Stage
from ui.tasks import Failure
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column, label
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, Rows, Source, plain


@dataclass(frozen=True, slots=True)
class Line:
    """A number that differs, or under it a record that came or went and why."""

    id: str
    what: str
    before: str = ""
    after: str = ""
    why: str = ""
    person_id: str = ""
    head: bool = False


class ReportDiffScreen(Screen):
    """Enter on a record opens the person."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("So hai bản"),
            translate("Mỗi số khác nhau, và dưới nó những hồ sơ đã thay đổi. Enter mở hồ sơ."),
        )
        self.notes = label("", "caption", wrap=True)
        self.list = RecordList("report_diff", _columns(), stage.tasks, stage.memory)
        self.list.set_name(translate("Chỗ khác nhau"))
        self.list.opened.connect(self._open)
        page = column(self.head, self.list, self.notes, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Compare; `key` are the two ids."""
        first, _, second = key.partition("/")
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: report_edition.diff(ws, first, second), self._show, self._failed, owner=self
        )
        self.list.view.setFocus()

    def _show(self, found: EditionDiff) -> None:
        one, other = found.first, found.second
        self.head.set_title(translate("So hai bản {name}", name=one.name))
        words = (show.instant(one.made_at), show.instant(other.made_at))
        self.head.set_facts(
            translate("chốt lúc {one} và lúc {other}", one=words[0], other=words[1])
        )
        lines = [line for change in (*found.totals, *found.cells) for line in _lines(change)]
        nothing = Nothing(translate("Hai bản giống nhau."))
        self.list.set_source(Source(lambda _after, _limit: Rows(lines)), nothing)
        self.notes.setText("\n".join(found.notes))

    def _open(self, line: Line) -> None:
        if line.person_id:
            self.stage.go("person", line.person_id)

    def _failed(self, failure: Failure) -> None:
        nothing = Nothing(translate("Không so được hai bản này."), failure.message)
        self.list.set_source(Source(lambda _after, _limit: Rows(())), nothing)


def _lines(change: CellChange) -> list[Line]:
    name = f"{change.row}/{change.column}"
    before, after = (document.shown(one, change.empty) for one in (change.before, change.after))
    what = f"{change.label} · {change.column_label}"
    found = [Line(name, what, before, after, head=True)]
    for number, moved in enumerate(change.moved):
        sign = "+" if moved.came else "−"
        why = document.reason_words(moved)
        words = f"{sign} {moved.name or moved.key}"
        found.append(Line(f"{name}/{number}", words, why=why, person_id=moved.person_id))
    for number, why in enumerate(document.beside_words(change)):
        found.append(Line(f"{name}/?{number}", "…", why=why))
    return found


def _columns() -> tuple[Column, ...]:
    return (
        Column("what", translate("Số liệu, hồ sơ"), _what, 0, fixed=True, share=1.3),
        Column("before", translate("Bản trước"), lambda one: plain(one.before), 11),
        Column("after", translate("Bản sau"), lambda one: plain(one.after), 11),
        Column("why", translate("Vì sao"), lambda one: Cell(one.why, tip=one.why), 0, share=1.7),
    )


def _what(line: Line) -> Cell:
    return Cell(line.what if line.head else f"    {line.what}", bold=line.head)
