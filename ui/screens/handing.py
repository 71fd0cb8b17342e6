"""The cases of one worker, and giving them on: some or all, to one colleague or several; the
minute both sign; then the account is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QFileDialog

from app import leaving_words
from app.actions import caseload, leaving, task, worker
from app.errors import Problem
from app.values.care_case import NOBODY
from app.values.caseload import Leaving
from app.wording import translate
from ui import show
from ui.screens import care_cases, people_bulk
from ui.screens.people_bulk import Bulk, Outcome
from ui.screens.taker_box import TakerBox
from ui.stage import Message, Screen, Stage
from ui.widgets.long_work import LongWork
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, button, column, keep_if, label
from ui.widgets.record_list import BulkAction, Nothing, RecordList

TOUCHING = frozenset({"care_case", "task", "user"})


class HandingScreen(Screen):
    """`opened(login)`; Space ticks, Ctrl+A ticks all, "Giao…" gives, U takes that back."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.facts: Leaving | None = None
        self._before: dict[str, str] = {}
        self.head = PageHead(translate("Bàn giao"))
        self.stands = label("", "", wrap=True)
        self.card = Card("", self.stands)
        self.take = TakerBox()
        self.take.given.connect(self._give)
        self.bar = LongWork()
        actions = [BulkAction(translate("Giao cho…"), self._begin_some, "forward")]
        columns = tuple(one for one in care_cases.columns() if one.name != "worker")
        self.list = RecordList(
            "handing", columns, stage.tasks, stage.memory, actions if self._writes else ()
        )
        self.list.set_name(translate("Ca đang phụ trách"))
        self.take.left.connect(self.list.view.setFocus)
        self.list.opened.connect(lambda card: stage.go("care_case", card.id))
        self._buttons()
        page = column(self.head, self.card, self.take, self.bar, self.list, gap=12)
        page.setStretch(4, 1)
        self.setLayout(page)
        made = QShortcut(QKeySequence("U"), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(self.take_back)

    @property
    def _writes(self) -> bool:
        return self.stage.ws.can("enter")

    @property
    def login(self) -> str:
        """Whose cases these are; "" for those that nobody works on."""
        return "" if self.key == NOBODY else self.key

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the cases and what else stands in the name of a worker."""
        if key and key != self.key:
            self._before = {}
            self.take.hide()
        self.key = key or self.key
        self._read()
        self.list.view.setFocus()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A case or a task went elsewhere."""
        if entities & TOUCHING and not self.bar.running:
            self.list.reload()
            self._look()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("U", translate("Rút lại lần giao vừa rồi")),)

    def take_back(self) -> None:
        """Let the cases that were just given be worked on by whom they were before."""
        before, self._before = self._before, {}
        if not before or self.bar.running:
            self._before = before
            return
        ws = self.stage.ws

        def act(ids: Sequence[str]) -> tuple[Problem, ...]:
            return caseload.give_back(ws, {one: before[one] for one in ids})

        bulk = Bulk(
            translate("Đang trả lại ca"),
            lambda count: translate("Đã trả lại {count} ca cho người phụ trách cũ.", count=count),
            act,
        )
        people_bulk.begin(self.stage, self.bar, bulk, tuple(before), self._done(bulk, False))

    def _buttons(self) -> None:
        ways = (
            (translate("Giao tất cả…"), self._begin_all, "forward", self._writes),
            (translate("Giao việc cần làm…"), self._begin_tasks, "forward", self._writes),
            (translate("Lưu biên bản…"), self._ask_file, "export", self.stage.ws.can("print")),
            (translate("Ngừng tài khoản…"), self._to_users, "lock", self.stage.ws.can("users")),
        )
        self.acts = [
            self.head.add(button(words, act, "", picture)) for words, act, picture, _may in ways
        ]
        for made, (_words, _act, _picture, may) in zip(self.acts, ways, strict=True):
            keep_if(made, may)

    def _to_users(self) -> None:
        self.stage.go("users", "users")

    def _read(self) -> None:
        nothing = Nothing(translate("Không còn ca nào đang phụ trách."))
        ws, key = self.stage.ws, self.key
        some = care_cases.source(ws, leaving.live(key))
        self.list.set_source(replace(some, ids=lambda: leaving.case_ids(ws, key)), nothing)
        self._look()

    def _look(self) -> None:
        ws, login = self.stage.ws, self.login
        if not login:
            self.head.set_title(translate("Ca chưa giao ai"))
            self.card.hide()
            return
        self.stage.tasks.desk.run(
            lambda: leaving.look(ws, login), self._show, self._no_user, owner=self, key="handing"
        )

    def _show(self, facts: Leaving) -> None:
        self.facts = facts
        self.head.set_title(facts.name)
        self.head.set_facts(translate("{count} ca", count=show.number(facts.cases)))
        self.stands.setText("\n".join(leaving_words.told(facts)))
        self.card.show()

    def _no_user(self, _failure: object) -> None:
        """A name that only paper knows has cases, and nothing on any PC."""
        self.facts = None
        self.head.set_title(self.login)
        self.card.hide()

    def _begin_some(self, ids: tuple[str, ...]) -> None:
        count = show.number(len(ids))
        self._ask(translate("Giao {count} ca cho ai?", count=count), ids)

    def _begin_all(self) -> None:
        source = self.list.model.source
        if source is not None and source.ids is not None:
            self.stage.tasks.totals.run(source.ids, self._begin_some_if_any, owner=self)

    def _begin_some_if_any(self, ids: Sequence[str]) -> None:
        if ids:
            self._begin_some(tuple(ids))
        else:
            self.stage.tell(Message(translate("Không còn ca nào đang phụ trách."), "info"))

    def _begin_tasks(self) -> None:
        ws, login = self.stage.ws, self.login

        def ask(ids: Sequence[str]) -> None:
            count = show.number(len(ids))
            title = translate("Giao {count} việc cần làm cho ai?", count=count)
            self._ask(title, tuple(ids), tasks=True)

        self.stage.tasks.desk.run(lambda: leaving.task_ids(ws, login), ask, owner=self)

    def _ask(self, title: str, ids: tuple[str, ...], tasks: bool = False) -> None:
        ws, login = self.stage.ws, self.login
        self.stage.tasks.desk.run(
            lambda: worker.colleagues(ws, login),
            lambda found: self.take.ask(title, found, (ids, tasks)),
            owner=self,
        )

    def _give(self, to: str, what: tuple[tuple[str, ...], bool]) -> None:
        ids, tasks = what
        ws = self.stage.ws
        known: dict[str, str] = {}

        def act(some: tuple[str, ...]) -> tuple[Problem, ...]:
            if tasks:
                return task.reassign(ws, some, to)
            known.update(caseload.workers_of(ws, some))
            return caseload.reassign(ws, some, to)

        def said(count: str) -> str:
            if tasks:
                return translate("Đã giao {count} việc cần làm.", count=count)
            return translate("Đã giao {count} ca.", count=count)

        bulk = Bulk(translate("Đang giao"), said, act)
        self.list.model.untick()
        finish = self._done(bulk, not tasks, known)
        people_bulk.begin(self.stage, self.bar, bulk, ids, finish)

    def _done(self, bulk: Bulk, undoable: bool, before: Mapping[str, str] | None = None) -> Any:
        return partial(self._finished, bulk, undoable, {} if before is None else before)

    def _finished(
        self, bulk: Bulk, undoable: bool, before: Mapping[str, str], outcome: Outcome
    ) -> None:
        self._before = dict(before) if undoable else {}
        words = people_bulk.words(bulk, outcome)
        tone = "wait" if outcome.skipped or outcome.left else "ok"
        act = translate("Rút lại (U)") if undoable and before else ""
        self.stage.tell(Message(words, tone, act, self.take_back, stays=bool(outcome.skipped)))
        self.list.reload()
        self._look()
        self.stage.refresh()
        self.list.view.setFocus()

    def _ask_file(self) -> None:
        suggested = translate("bien ban ban giao {login}.pdf", login=self.login)
        name, _kind = QFileDialog.getSaveFileName(
            self, translate("Lưu biên bản bàn giao"), suggested, "PDF (*.pdf)"
        )
        if name:
            self.save_minute(Path(name).with_suffix(".pdf"))

    def save_minute(self, file: Path) -> None:
        """Write the minute to be signed by both."""
        ws, login = self.stage.ws, self.login

        def work() -> None:
            file.write_bytes(leaving.minute(ws, login))

        def done(_none: object) -> None:
            words = translate("Đã lưu biên bản: {file}. In ra, hai bên ký.", file=str(file))
            self.stage.tell(Message(words, "ok", stays=True))

        self.stage.tasks.desk.run(work, done, owner=self)
