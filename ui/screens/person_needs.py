"""What a person needs: listed by priority, added and corrected in place."""

from __future__ import annotations

from app import forms
from app.actions import need
from app.values.need import NeedCard, NeedDraft
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, Belongings, entry
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.parts import Card, button, row

FIELDS = (
    "item",
    "need_group",
    "priority",
    "quantity",
    "declared_on",
    "declared_by",
    "need_status",
    "review_on",
    "need_note",
)


class NeedsTab(Belongings):
    """Needs of a person; assistance is recorded apart and closes none by itself."""

    touching = frozenset({"need"})

    name = "need"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._editing: NeedCard | None = None
        self._leaving = ""
        self.add = button(translate("Thêm nhu cầu"), self.begin, "", "plus")
        fields = tuple(forms.field("need", name) for name in FIELDS)
        section = forms.FormSection("need", translate("Nhu cầu"), fields)
        self.ask = AskReason()
        self.ask.given.connect(self._withdrawn)
        self.top.addLayout(row(self.add, 1))
        self.top.addWidget(self.make_box((section,), translate("Lưu nhu cầu")))
        self.top.addWidget(self.ask)

    def begin(self, card: NeedCard | None = None) -> None:
        """Open the form for a new need, or to correct one."""
        assert self.box is not None
        self._editing = card
        self.box.fill(_values(card) if card is not None else {}, {})
        self.open_box(self.draft_key if card is None else f"{self.draft_key}:{card.id}", "item")
        if card is not None:
            self.box.keeping.offer(self.box.form.put)

    def read(self) -> tuple[NeedCard, ...]:
        return need.of_person(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[NeedCard, ...]) -> None:
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
            translate("xem lại {day}", day=forms.date_shown(card.review_on))
            if card.review_on
            else "",
            translate("ghi bởi {name}, {at}", name=self.who(card.by), at=show.instant(card.at)),
        ]
        actions: Actions = ()
        if self.writable:
            actions = (
                (translate("Sửa"), lambda: self.begin(card)),
                (translate("Rút…"), lambda: self._withdraw(card)),
            )
        return entry(title, (" · ".join(one for one in facts if one), card.note), actions)

    def submit(self) -> None:
        """Save the need."""
        assert self.box is not None
        ws, editing = self.stage.ws, self._editing
        changes = self.box.form.changes()
        draft = NeedDraft(self.key, changes, editing.id if editing is not None else None)
        self.save_box(lambda: need.save(ws, draft))

    def _withdraw(self, card: NeedCard) -> None:
        self._leaving = card.id
        self.ask.ask(translate("Rút nhu cầu này vì lý do gì?"), "", translate("Rút"))

    def _withdrawn(self, reason: str) -> None:
        ws, which = self.stage.ws, self._leaving
        self.act(lambda: need.withdraw(ws, which, reason), translate("Đã rút nhu cầu."))


def _values(card: NeedCard) -> dict[str, object]:
    return {
        "item": card.item or None,
        "need_group": card.group or None,
        "priority": card.priority,
        "quantity": card.quantity,
        "declared_on": card.declared_on,
        "declared_by": card.declared_by,
        "need_status": card.status,
        "review_on": card.review_on,
        "need_note": card.note,
    }
