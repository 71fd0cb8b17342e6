"""What a person needs: listed by priority, added and corrected in place."""

from __future__ import annotations

from app import forms
from app.actions import need
from app.values.need import NeedCard, NeedDraft
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, Belongings, entry
from ui.stage import Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, row

FIELDS = ("item", "priority", "quantity", "declared_on", "declared_by", "need_status", "need_note")


class NeedsTab(Belongings):
    """Needs of a person; assistance is recorded apart and closes none by itself."""

    touching = frozenset({"need"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._editing: NeedCard | None = None
        self._leaving = ""
        self.add = button(translate("Thêm nhu cầu"), self.begin, "", "plus")
        section = forms.FormSection(
            "need", translate("Nhu cầu"), tuple(forms.field("need", name) for name in FIELDS)
        )
        self.form = Form((section,), sources_of(stage.ws))
        self.save = button(translate("Lưu nhu cầu"), self._save, "primary")
        self.box = Card("", self.form, row(1, button(translate("Thôi"), self._leave), self.save))
        self.box.hide()
        self.ask = AskReason()
        self.ask.given.connect(self._withdrawn)
        self.top.addLayout(row(self.add, 1))
        self.top.addWidget(self.box)
        self.top.addWidget(self.ask)

    def begin(self, card: NeedCard | None = None) -> None:
        """Open the form for a new need, or to correct one."""
        self._editing = card
        self.form.load(_values(card) if card is not None else {})
        self.box.show()
        self.form.focus("item")

    def read(self) -> tuple[NeedCard, ...]:
        return need.of_person(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[NeedCard, ...]) -> None:
        self.add.setVisible(self.writable)
        self.counted.emit(len(answer))
        if not answer:
            self.nothing(translate("Chưa ghi nhu cầu nào. Hỏi từng nhóm rồi bấm “Thêm nhu cầu”."))
        for card in answer:
            self.rows.addWidget(self._entry(card))

    def _entry(self, card: NeedCard) -> Card:
        group = forms.code_label("need_group", card.group)
        title = forms.code_label("need_item", card.item) or group
        facts = [
            group,
            forms.code_label("need_status", card.status),
            translate("ưu tiên {rank}", rank=card.priority) if card.priority else "",
            translate("khai {day}", day=forms.date_shown(card.declared_on or ""))
            if card.declared_on
            else "",
            translate("ghi bởi {login}, {at}", login=card.by, at=show.instant(card.at)),
        ]
        actions: Actions = ()
        if self.writable:
            actions = (
                (translate("Sửa"), lambda: self.begin(card)),
                (translate("Rút…"), lambda: self._withdraw(card)),
            )
        return entry(title, (" · ".join(one for one in facts if one), card.note), actions)

    def _save(self) -> None:
        ws, key, editing = self.stage.ws, self.key, self._editing
        changes = self.form.changes()
        draft = NeedDraft(key, changes, editing.id if editing is not None else None)
        self.stage.tasks.desk.run(
            lambda: need.save(ws, draft), lambda _id: self._leave(), self._wrong, owner=self
        )

    def _wrong(self, failure: Failure) -> None:
        if self.form.show_problems(failure.problems):
            self.refused(failure)

    def _leave(self) -> None:
        self.box.hide()
        self.add.setFocus()
        self.reload()

    def _withdraw(self, card: NeedCard) -> None:
        self._leaving = card.id
        self.ask.ask(translate("Rút nhu cầu này vì lý do gì?"), "", translate("Rút"))

    def _withdrawn(self, reason: str) -> None:
        ws, which = self.stage.ws, self._leaving
        self.act(lambda: need.withdraw(ws, which, reason), translate("Đã rút nhu cầu."))


def _values(card: NeedCard) -> dict[str, object]:
    return {
        "item": card.item or None,
        "priority": card.priority,
        "quantity": card.quantity,
        "declared_on": card.declared_on,
        "declared_by": card.declared_by,
        "need_status": card.status,
        "need_note": card.note,
    }
