"""The cases of a person, and opening one."""

from __future__ import annotations

from app import forms
from app.actions import care_case
from app.values.care_case import CaseCard, CaseDraft
from app.wording import translate
from ui.screens.person_belongings import Belongings, entry
from ui.stage import Stage
from ui.widgets.parts import Card, button, row

FIELDS = (
    *("open_reason", "worker", "opened_on", "emergency", "emergency_note", "reporter"),
    *("reporter_kind", "reported_how", "origin", "paper_step", "case_number"),
)
INTAKE = ("reporter", "reporter_kind", "reported_how", "emergency", "emergency_note")


class CasesTab(Belongings):
    """Cases under TT 02/2020/TT-BLĐTBXH, the newest first."""

    touching = frozenset({"care_case", "case_note"})

    name, tab = "care_case", "cases"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.add = button(translate("Mở ca"), self.begin, "", "plus")
        fields = tuple(forms.field("care_case", one) for one in FIELDS)
        section = forms.FormSection("care_case", translate("Mở ca"), fields)
        line = row(self.add, gap=8)
        if stage.ws.can("sheets") and stage.ws.own is None:
            line.addWidget(button(translate("In mẫu, phiếu…"), self._papers, "", "print"))
        line.addStretch(1)
        self.top.addLayout(line)
        self.top.addWidget(self.make_box((section,), translate("Mở ca")))

    def _papers(self) -> None:
        self.stage.go("papers", person=self.key)

    def begin(self) -> None:
        """Open the form for a new case."""
        assert self.box is not None
        ws = self.stage.ws
        today = ws.today().isoformat()
        self.box.fill(
            {}, {"worker": ws.user.full_name or ws.user.login, "origin": "new", "opened_on": today}
        )
        self.open_box(self.draft_key, "open_reason")

    def read(self) -> tuple[CaseCard, ...]:
        return care_case.of_person(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[CaseCard, ...]) -> None:
        self.counted.emit(len(answer))
        if not answer:
            self.nothing(translate("Chưa có ca nào. Mở ca khi cần theo dõi và hỗ trợ lâu dài."))
        for card in answer:
            self.rows.addWidget(self._entry(card))

    def _entry(self, card: CaseCard) -> Card:
        title = translate(
            "{number} · {status}",
            number=card.case_number or translate("Ca chưa có số"),
            status=forms.code_label("case_status", card.status),
        )
        facts = [
            translate("mở {day}", day=forms.date_shown(card.opened_on)) if card.opened_on else "",
            translate("phụ trách: {worker}", worker=card.worker) if card.worker else "",
            translate("liên hệ gần nhất {day}", day=forms.date_shown(card.contact_on))
            if card.contact_on
            else translate("chưa có lần liên hệ nào"),
            forms.code_label("close_reason", card.close_reason) if card.close_reason else "",
        ]
        act = (translate("Mở trang ca"), lambda: self.stage.go("care_case", card.id))
        return entry(title, (" · ".join(one for one in facts if one),), (act,))

    def submit(self) -> None:
        """Open the case and go to its page."""
        assert self.box is not None
        ws, key, typed = self.stage.ws, self.key, self.box.form.values()
        draft = CaseDraft(
            reason=str(typed.get("open_reason") or ""),
            worker=str(typed.get("worker") or ""),
            opened_on=str(typed.get("opened_on") or ""),
            origin=str(typed.get("origin") or "new"),
            case_number=str(typed.get("case_number") or ""),
            step=str(typed.get("paper_step") or ""),
            intake={name: typed[name] for name in INTAKE if typed.get(name) not in (None, "")},
        )
        self.save_box(lambda: care_case.open(ws, key, draft))

    def box_saved(self, answer: object) -> None:
        """The case is open: show its page."""
        super().box_saved(answer)
        self.stage.go("care_case", str(answer))
