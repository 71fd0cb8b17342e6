"""The page of a report: what lies where, what everybody is told, what became of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app import forms
from app.actions import hazard
from app.values.hazard import HazardCard
from app.wording import translate
from ui.screens.mine_action import chip
from ui.screens.paper_save import save_paper
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.badge import Badge
from ui.widgets.fields.make import sources_of
from ui.widgets.flow import Flow
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

NEW = "new"
FIELDS = (
    "reported_on hazard_commune hazard_hamlet hazard_place hazard_coordinates hazard_device "
    "hazard_count hazard_look hazard_marked reporter_name reporter_phone hazard_note"
).split()


class HazardScreen(Screen):
    """`opened("new")` or an id; the guidance stands above everything else."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.card: HazardCard | None = None
        self._asked = ""
        self.head = PageHead(translate("Tin báo vật nghi là bom mìn"))
        self._state = row(gap=8)
        self._steps = Flow()
        self.guidance = label("", "strong", wrap=True)
        self.hotline = label("", "", wrap=True)
        section = forms.FormSection(
            "hazard",
            translate("Tin báo vật nghi là bom mìn"),
            tuple(forms.field("hazard", name) for name in FIELDS),
        )
        self.form = Form((section,), sources_of(stage.ws), titled=False)
        self.save = button(translate("Lưu tin báo"), self._save, "primary", tip="Ctrl+S")
        self.box = Card("", self.form)
        self.box.add(row(1, self.save))
        self.facts = label("", "", wrap=True)
        self.ask = AskReason()
        self.ask.given.connect(self._reasoned)
        told = Card("", self.guidance, self.hotline)
        body = column(told, self.facts, self.box, 1, gap=12)
        top = row(self.head, self._state, gap=8)
        top.setStretch(0, 1)
        page = column(top, self._steps, self.ask, Scroll(holder(body)), gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)
        key = QShortcut(QKeySequence("Ctrl+S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._save)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the report `key`, or an empty form for a new one."""
        self.key, self.card = key or self.key or NEW, None
        self.ask.hide()
        ws = self.stage.ws
        self.guidance.setText(hazard.guidance())
        self.stage.tasks.desk.run(lambda: hazard.hotline(ws), self.hotline.setText, owner=self)
        clear(self._state)
        clear(self._steps)
        if self.key == NEW:
            self.facts.hide()
            self.head.set_title(translate("Báo vật nghi là bom mìn"))
            self.head.set_purpose("")
            self.form.load({})
            self.form.put({"reported_on": ws.today().isoformat()})
            self.form.focus("hazard_commune")
        else:
            self.reload()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if "hazard" in entities and self.key in ids:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+S", translate("Lưu tin báo")),)

    def reload(self) -> None:
        """Read the report again."""
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: hazard.card(ws, key), self._show, owner=self, key="hazard"
        )

    def _show(self, card: HazardCard) -> None:
        self.card = card
        self.head.set_title(translate("Tin báo số {number}", number=hazard.number(card.id)))
        clear(self._state)
        self._state.addWidget(Badge(chip(card)))
        self.form.load({name: card.fields[name] for name in FIELDS})
        self.form.set_read_only(not self.stage.ws.can("enter"))
        self.save.setVisible(self.stage.ws.can("enter"))
        told = (
            f"{forms.field('hazard', name).label}: {words}"
            for name in ("passed_on", "passed_to", "cleared_on", "cleared_by")
            if (words := forms.value_shown("hazard", name, card.fields[name]))
        )
        words = " · ".join(told)
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
        self._show_steps(card)

    def _show_steps(self, card: HazardCard) -> None:
        clear(self._steps)
        if not self.stage.ws.can("enter"):
            return
        words = {
            "pass_on": translate("Đã báo cơ quan xử lý…"),
            "clear": translate("Đã xử lý xong…"),
            "not_found": translate("Không thấy gì…"),
        }
        for name in card.moves:
            role = "primary" if name == "pass_on" and card.state == "reported" else ""
            made = button(words[name], lambda name=name: self._ask(name), role)  # type: ignore[misc]
            self._steps.addWidget(made)
        self._steps.addWidget(button(translate("In tờ hướng dẫn"), lambda: self._print(""), "",
                                     "print"))  # fmt: skip
        self._steps.addWidget(button(translate("In công văn…"), lambda: self._ask("letter")))

    def _ask(self, name: str) -> None:
        self._asked = name
        title, act = {
            "pass_on": (translate("Đã báo cho ai?"), translate("Ghi")),
            "clear": (translate("Đơn vị nào đã xử lý?"), translate("Ghi")),
            "not_found": (translate("Ai đã đến xem?"), translate("Ghi")),
            "letter": (translate("Công văn gửi cơ quan, đơn vị nào?"), translate("In")),
        }[name]
        self.ask.ask(title, "", act)

    def _reasoned(self, words: str) -> None:
        ws, key, name = self.stage.ws, self.key, self._asked
        if name == "letter":
            self._print(words)
            return

        def done(_none: object) -> None:
            self.stage.tell(Message(translate("Đã ghi tình trạng tin báo."), "ok"))
            self.reload()

        self.stage.tasks.desk.run(lambda: hazard.step(ws, key, name, words), done, owner=self)

    def _save(self) -> None:
        ws, typed = self.stage.ws, self.form.changes()
        which = None if self.key == NEW else self.key

        def saved(made: str) -> None:
            self.key = made
            number = hazard.number(made)
            words = translate("Đã ghi tin báo số {number}.", number=number)
            self.stage.tell(Message(words, "ok"))
            self.reload()

        def wrong(failure: Failure) -> None:
            rest = self.form.show_problems(failure.problems)
            if rest or not failure.problems:
                said = "\n".join(one.message for one in rest) or failure.message
                self.stage.tell(Message(said, "bad"))

        work = lambda: hazard.save(ws, typed, which)  # noqa: E731
        self.stage.tasks.desk.run(work, saved, wrong, owner=self)

    def _print(self, to: str) -> None:
        ws, key = self.stage.ws, self.key

        def make() -> bytes:
            from app.actions import hazard_paper  # late: it brings what draws

            return hazard_paper.content(ws, key, to)

        save_paper(self, self.stage, f"tin-bao-{hazard.number(key)}", make)
