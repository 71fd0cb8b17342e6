"""The page of an accident: what is known of it, everybody it hurt, what does not agree."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt

from app import forms
from app.actions import accident_list
from app.values.victim import AccidentPage
from app.wording import translate
from ui import show
from ui.screens.accident_victims import Victims
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, label, row

TOUCHING = frozenset({"accident", "victim", "person"})
NEW = "new"


class AccidentScreen(Screen):
    """`opened("new")` or an id; Ctrl+S saves what is open."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.key = ""
        self.page: AccidentPage | None = None
        self.head = PageHead(translate("Vụ tai nạn bom mìn"))
        self.edit = button(translate("Sửa vụ tai nạn"), self._begin, "", "edit")
        self.drop = button(translate("Gỡ vụ tai nạn…"), self._ask_drop)
        for made in (self.drop, self.edit):
            self.head.add(made)
        self.form = Form(forms.sections("accident"), sources_of(stage.ws), hidden=True)
        self.box = Card(translate("Tai nạn (nơi xảy ra, không phải nơi ở)"), self.form)
        save = button(translate("Lưu vụ tai nạn"), self._save, "primary", tip="Ctrl+S")
        self.box.add(row(1, button(translate("Thôi"), self._leave), save))
        self.facts = column(gap=4)
        self.known = Card(translate("Điều đã biết"), self.facts)
        self.victims = Victims(stage)
        self.ask = AskReason()
        self.ask.given.connect(self._dropped)
        body = column(self.box, self.known, self.victims, 1, gap=12)
        self.sheet = Scroll(holder(body))
        page = column(self.head, self.ask, self.sheet, gap=12)
        page.setStretch(2, 1)
        self.setLayout(page)
        key = QShortcut(QKeySequence("Ctrl+S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self._save_what_is_open)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Show the accident `key`, or an empty form for a new one."""
        self.key, self.page = key or self.key or NEW, None
        self.ask.hide()
        self.victims.forget()
        self.box.hide()
        if self.key == NEW:
            self._show_new()
        else:
            self.reload()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if self.key not in ("", NEW) and entities & TOUCHING:
            self.reload()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Ctrl+S", translate("Lưu vụ tai nạn, hay nạn nhân đang ghi")),
            ("F1", translate("Giải thích trường đang gõ, kèm căn cứ")),
        )

    def reload(self) -> None:
        """Read the accident again."""
        ws, key = self.stage.ws, self.key
        self.stage.tasks.desk.run(
            lambda: accident_list.page(ws, key), self._show, owner=self, key="accident"
        )

    def _show_new(self) -> None:
        self.head.set_title(translate("Vụ tai nạn mới"))
        self.head.set_purpose("")
        for part in (self.known, self.victims, self.edit, self.drop):
            part.hide()
        self.form.load({})
        self.box.show()
        self.form.focus("accident_on")

    def _show(self, page: AccidentPage) -> None:
        self.page = page
        about, may = page.accident, self.stage.ws.can("enter")
        key = str(about["accident_commune"] or "")
        self.head.set_title(
            translate(
                "Tai nạn {day} tại {place}",
                day=forms.date_shown(str(about["accident_on"] or "")) or translate("không rõ ngày"),
                place=forms.unit_short(key) if key else translate("không rõ nơi"),
            )
        )
        now = translate("nay là {unit}", unit=page.commune_now) if page.commune_now else ""
        changed = translate("ghi lần cuối {at}", at=show.instant(page.at))
        place = forms.unit_name(key) if key else ""
        told = (place, now, changed, page.report_id)
        self.head.set_purpose(" · ".join(one for one in told if one))
        clear(self.facts)
        known = (
            f"{forms.field('accident', name).label}: {words}"
            for name, value in about.items()
            if name not in ("accident_on", "accident_commune", "accident_known")
            and (words := forms.value_shown("accident", name, value))
        )
        self.facts.addWidget(label(" · ".join(known) or "—", "", wrap=True))
        for one in page.remarks:
            self.facts.addWidget(label(one.message, "problem", wrap=True))
        self.edit.setVisible(may)
        self.drop.setVisible(may and not page.victims)
        self.known.show()
        self.victims.show()
        self.victims.show_page(page)

    def _begin(self) -> None:
        if self.page is not None:
            self.form.load(self.page.accident)
            self.box.show()
            self.form.focus("accident_on")
            self.sheet.ensureWidgetVisible(self.box)

    def _leave(self) -> None:
        if self.key == NEW:
            self.stage.go("mine_action")
            return
        self.box.hide()
        self.edit.setFocus()

    def _save_what_is_open(self) -> None:
        if not self.box.isHidden():
            self._save()
        else:
            self.victims.save()

    def _save(self) -> None:
        ws, key, typed = self.stage.ws, self.key, self.form.changes()
        which = None if key == NEW else key

        def saved(made: str) -> None:
            self.stage.tell(Message(translate("Đã lưu vụ tai nạn."), "ok"))
            self.box.hide()
            self.key = made
            self.reload()
            self.victims.take_cursor()

        work = lambda: accident_list.record(ws, typed, which)  # noqa: E731
        self.stage.tasks.desk.run(work, saved, self._wrong, owner=self)

    def _wrong(self, failure: Failure) -> None:
        rest = self.form.show_problems(failure.problems)
        if rest or not failure.problems:
            words = "\n".join(one.message for one in rest) or failure.message
            self.stage.tell(Message(words, "bad"))

    def _ask_drop(self) -> None:
        self.ask.ask(translate("Gỡ vụ tai nạn này vì lý do gì?"), "", translate("Gỡ"))

    def _dropped(self, reason: str) -> None:
        ws, key = self.stage.ws, self.key

        def gone(_none: object) -> None:
            self.stage.tell(Message(translate("Đã gỡ vụ tai nạn."), "ok"))
            self.stage.go("mine_action")

        self.stage.tasks.desk.run(lambda: accident_list.remove(ws, key, reason), gone, owner=self)
