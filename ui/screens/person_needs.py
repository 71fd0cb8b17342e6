"""What a person needs: listed by priority, added and corrected in place."""

from __future__ import annotations

from app import forms
from app.actions import need
from app.forms import FormField
from app.values.need import NeedCard, NeedDraft, NeedStepCard, NeedStepDraft
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions, Belongings, EntryBox, entry
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

    touching = frozenset({"need", "need_step", "support", "referral", "assistive_device"})

    name, tab = "need", "needs"

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
        self.entering = self.make_box((section,), translate("Lưu nhu cầu"))
        self.top.addWidget(self.entering)
        self.top.addWidget(self.ask)
        self.steps = self._step_box()
        self.top.addWidget(self.steps)

    def _step_box(self) -> EntryBox:
        """Where a need stands from a day on, and why."""
        fields = (
            _status_field(),
            FormField("", "step_on", translate("Từ ngày"), "date"),
            FormField("", "review_on", translate("Hỏi lại vào ngày"), "date"),
            FormField("", "step_reason", translate("Vì sao"), "note"),
        )
        box = EntryBox(
            self.stage, (forms.FormSection("need_step", "", fields),), translate("Ghi tình trạng")
        )
        box.heading.show()
        box.saved.connect(self.submit)
        box.left.connect(self.leave_box)
        return box

    def begin_step(self, card: NeedCard, status: str = "") -> None:
        """Open the box for how a need stands now; `status` is what was proposed."""
        self._use(self.steps)
        self._editing = card
        today = self.stage.ws.today()
        next_year = today.replace(year=today.year + 1, day=min(today.day, 28)).isoformat()
        again = next_year if card.due or not card.review_on else card.review_on
        self.steps.heading.setText(
            translate(
                "Tình trạng: {need}",
                need=forms.code_label("need_item", card.item)
                or forms.code_label("need_group", card.group),
            )
        )
        self.steps.fill(
            {},
            {
                "step_status": status or card.status,
                "step_on": today.isoformat(),
                "review_on": again,
            },
        )
        self.open_box(f"{self.draft_key}:step:{card.id}", "step_status")
        self.steps.keeping.offer(self.steps.form.put)

    def _use(self, box: EntryBox) -> None:
        if self.box is not None and self.box is not box:
            self.box.keeping.leave()
            self.box.hide()
        self.box = box

    def forget(self) -> None:
        for box in (self.steps, self.entering):
            self._use(box)
            super().forget()

    def leave_box(self) -> None:
        super().leave_box()
        self._use(self.entering)

    def begin(self, card: NeedCard | None = None) -> None:
        """Open the form for a new need, or to correct one."""
        self._use(self.entering)
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
            translate("ĐẾN HẠN hỏi lại {day}", day=forms.date_shown(card.review_on or ""))
            if card.due
            else "",
            translate("xem lại {day}", day=forms.date_shown(card.review_on))
            if card.review_on and not card.due
            else "",
            translate("ghi bởi {name}, {at}", name=self.who(card.by), at=show.instant(card.at)),
        ]
        actions: Actions = ()
        if self.writable:
            actions = (
                (translate("Ghi tình trạng…"), lambda: self.begin_step(card, card.proposed)),
                (translate("Sửa"), lambda: self.begin(card)),
                (translate("Rút…"), lambda: self._withdraw(card)),
            )
        proposal = ""
        if card.proposed:
            proposal = translate(
                "Đã có hỗ trợ cho nhu cầu này. Nếu đúng, bấm “Ghi tình trạng…”: {status}.",
                status=forms.code_label("need_status", card.proposed),
            )
        told = " · ".join(one for one in facts if one)
        steps = tuple(_step_words(one, self.who(one.by)) for one in card.steps)
        return entry(title, (told, card.note, proposal, *steps), actions)

    def submit(self) -> None:
        """Save the need."""
        assert self.box is not None
        ws, editing = self.stage.ws, self._editing
        if self.box is self.steps and editing is not None:
            typed = {name: str(one or "") for name, one in self.steps.form.values().items()}
            step = NeedStepDraft(
                typed["step_status"], typed["step_on"], typed["step_reason"], typed["review_on"]
            )
            self.save_box(lambda: need.step(ws, editing.id, step))
            return
        changes = self.box.form.changes()
        draft = NeedDraft(self.key, changes, editing.id if editing is not None else None)
        self.save_box(lambda: need.save(ws, draft))

    def _withdraw(self, card: NeedCard) -> None:
        self._leaving = card.id
        self.ask.ask(translate("Rút nhu cầu này vì lý do gì?"), "", translate("Rút"))

    def _withdrawn(self, reason: str) -> None:
        ws, which = self.stage.ws, self._leaving
        self.act(lambda: need.withdraw(ws, which, reason), translate("Đã rút nhu cầu."))


def _status_field() -> FormField:
    offered = forms.choices("need_status")
    return FormField("", "step_status", translate("Tình trạng"), "code", True, choices=offered)


def _step_words(one: NeedStepCard, by: str) -> str:
    """A change of a need's status in one line."""
    said = translate(
        "Từ {day}: {status} ({name} ghi)",
        day=forms.date_shown(one.on),
        status=forms.code_label("need_status", one.status),
        name=by,
    )
    return f"{said} · {one.reason}" if one.reason else said


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
