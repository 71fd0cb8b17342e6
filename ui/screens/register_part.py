"""A register of the office on a tab: search, filters, the list, and a box to enter or correct."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.forms import FormField, FormSection
from app.wording import translate
from ui import show
from ui.screens.person_belongings import EntryBox
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.filters import Filter, FilterBar
from ui.widgets.parts import button, column, keep_if, label, row
from ui.widgets.record_list import BulkAction, Nothing, RecordList
from ui.widgets.search_field import SearchField
from ui.widgets.table_model import Column, Rows, Source

SEARCH_WIDTH_PX = 320


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: words, set filters, and which rows."""

    query: str
    values: Mapping[str, object]
    start: int = 0
    limit: int = 0

    def chosen(self, name: str) -> tuple[str, ...]:
        """The codes a filter is set to."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()

    def on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.values.get(name) is True


class Register(QWidget):
    """Subclasses give `name`, the columns and `rows(asked)` (read off the screen).

    With `fields` there is a box for entering: `write(values, editing)`. `chosen(row)` is what
    Enter on a row does.
    """

    name = ""
    touching: frozenset[str] = frozenset()
    searches = True
    whole = False
    """Whether `rows` reads everything anyhow: then it also says how many there are."""
    right = "enter"
    """What the user must be allowed to, so that there is a box."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self.query = ""
        self.persons: tuple[str, ...] = ()
        self.editing: Any = None
        self.list = RecordList(self.name, self.columns(), stage.tasks, stage.memory, self.bulk())
        self.list.set_name(self.titled())
        self.list.opened.connect(self.chosen)
        self.facts = label("", "muted")
        self.list.counted.connect(self._counted)
        self.filters = FilterBar(self.filter_list())
        self.filters.remember(stage.memory, f"{self.name}/{stage.ws.user.login}")
        self.filters.changed.connect(lambda _values: self.read())
        self.search = SearchField(self.search_words())
        self.search.searched.connect(self._search)
        self.search.setMaximumWidth(SEARCH_WIDTH_PX)
        keep_if(self.search, self.searches)
        self.acts = row(gap=8)
        self.box: EntryBox | None = None
        above = row(self.search, self.facts, 1, self.acts, gap=12)
        above.setStretch(0, 1)
        keep_if(self.filters, bool(self.filter_list()))
        self.inside = column(column(above, self.filters, gap=10), self.list, gap=10)
        self.inside.setStretch(1, 1)
        self.setLayout(self.inside)
        if stage.ws.can(self.right) and self.form_fields():
            self._make_box()

    @property
    def busy(self) -> bool:
        """Whether something is being written in the box."""
        return self.box is not None and not self.box.isHidden()

    def focus(self) -> None:
        """Put the cursor into the list."""
        self.list.view.setFocus()

    def titled(self) -> str:
        """What the list is called."""
        return ""

    def adds(self) -> str:
        """The words of the button for a new line."""
        return ""

    def search_words(self) -> str:
        """What can be searched for."""
        return ""

    def columns(self) -> Sequence[Column]:
        """The columns of the list."""
        return ()

    def filter_list(self) -> Sequence[Filter]:
        """The filters above the list."""
        return ()

    def bulk(self) -> Sequence[BulkAction]:
        """What can be done with ticked rows; none without."""
        return ()

    def form_fields(self) -> tuple[FormField, ...]:
        """The fields of the box; none for a register that is filled elsewhere."""
        return ()

    def nothing(self) -> Nothing:
        """What an empty list says."""
        return Nothing(translate("Chưa có gì ở đây."))

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        """Some of the rows that fit (or all of a short list) and how many there are; read off the
        screen."""
        return (), 0

    def chosen(self, line: Any) -> None:
        """A row was opened: correct it."""
        self.begin(line)

    def write(self, values: Mapping[str, object]) -> object:
        """Write what stands in the box; off the screen."""
        raise AssertionError(values)

    def written(self, answer: object) -> None:
        """It is written."""

    def values_of(self, line: Any) -> Mapping[str, object]:
        """A line's values as the box shows them."""
        return dict(line.fields)

    def suggested(self) -> Mapping[str, object]:
        """What stands in the box of a new line."""
        return {}

    def read(self) -> None:
        """Read the list again."""
        asked = Asked(self.query, self.filters.values())

        def fetch(after: object, limit: int) -> Rows:
            start = after if isinstance(after, int) else 0
            rows, total = self.rows(replace(asked, start=start, limit=limit))
            if self.whole:
                return Rows(rows, None, total)
            end = start + len(rows)
            return Rows(rows, end if end < total and rows else None)

        def total() -> int:
            return self.rows(replace(asked, limit=1))[1]

        self.list.set_source(Source(fetch, None if self.whole else total), self.nothing())

    def begin(self, line: Any = None) -> None:
        """Open the box for a new line, or to correct one."""
        if self.box is None:
            return
        self.editing = line
        self.box.fill(
            self.values_of(line) if line is not None else {},
            self.suggested() if line is None else {},
        )
        self.box.keeping.begin(f"{self.name}:{line.id if line is not None else 'new'}")
        self.box.show()
        self.list.hide()
        self.box.form.focus(next(iter(self.box.form.values())))
        self.box.keeping.offer(self.box.form.put)

    def submit(self) -> None:
        """Save what stands in the box, once however often the key is pressed."""
        if self.box is None or self.box.isHidden() or not self.box.act.isEnabled():
            return
        self.box.act.setEnabled(False)
        values = self.box.form.changes()
        self.stage.tasks.desk.run(
            lambda: self.write(values), self._written, self._wrong, owner=self
        )

    def leave_box(self) -> None:
        """Close the box; what stood in it is given up or was saved."""
        if self.box is None:
            return
        self.box.keeping.drop()
        self.box.form.load({})
        self.box.hide()
        self.list.show()
        self.editing = None
        self.add.setFocus()
        self.read()

    def go_to(self, place: str, key: str) -> None:
        """Open the page of a line; people who were chosen elsewhere come along, once."""
        facts = {"persons": self.persons} if self.persons else {}
        self.persons = ()
        self.stage.go(place, key, **facts)

    def leave(self) -> None:
        """Keep what is being written as a draft."""
        if self.box is not None:
            self.box.keeping.leave()

    def do(self, work: Callable[[], object], words: str) -> None:
        """Do something off the screen, say that it was done, and read again."""

        def done(_answer: object) -> None:
            self.stage.tell(Message(words, "ok"))
            self.read()

        self.stage.tasks.desk.run(work, done, self.refused, owner=self)

    def refused(self, failure: Failure) -> None:
        """Say why something was not done."""
        self.stage.tell(Message(failure.message, "bad"))

    def _make_box(self) -> None:
        section = FormSection(self.name, "", self.form_fields())
        self.box = EntryBox(self.stage, (section,), translate("Lưu"), self.adds())
        self.box.saved.connect(self.submit)
        self.box.left.connect(self.leave_box)
        self.inside.insertWidget(1, self.box)
        self.add = button(self.adds(), self.begin, "primary", "plus")
        self.acts.addWidget(self.add)

    def _written(self, answer: object) -> None:
        assert self.box is not None
        self.box.act.setEnabled(True)
        self.leave_box()
        self.stage.tell(Message(translate("Đã lưu."), "ok"))
        self.written(answer)

    def _wrong(self, failure: Failure) -> None:
        assert self.box is not None
        self.box.act.setEnabled(True)
        self.box.keeping.now()
        rest = self.box.form.show_problems(failure.problems)
        if rest or not failure.problems:
            words = "\n".join(one.message for one in rest) or failure.message
            self.stage.tell(Message(words, "bad"))

    def _search(self, text: str) -> None:
        self.query = text
        self.read()

    def _counted(self, total: int) -> None:
        self.facts.setText(translate("{count} dòng", count=show.number(total)))
