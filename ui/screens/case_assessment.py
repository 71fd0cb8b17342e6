"""Assessing a case: the eight domains, each with what was found last and what before."""

from __future__ import annotations

from functools import partial

from app import forms
from app.actions import case_assessment
from app.values.case_plan import AssessmentCard, AssessmentDraft
from app.wording import translate
from ui.screens.case_part import CasePart
from ui.screens.person_belongings import Actions, entry
from ui.screens.record_part import named
from ui.stage import Stage
from ui.widgets.parts import Card

FIELDS = ("domain", "situation", "need", "priority", "assessed_on")


class CaseAssessmentScreen(CasePart):
    """One card a domain (Mẫu 02); the facts of Mẫu 01 stand in the person's own record."""

    name = "case_assessment"
    touching = frozenset({"case_assessment", "care_case"})

    def __init__(self, stage: Stage) -> None:
        words = translate(
            "Tám lĩnh vực của Mẫu 02: hiện trạng, nhu cầu, ưu tiên. Thông tin của Mẫu 01 ghi ở "
            "trang của người."
        )
        super().__init__(stage, translate("Đánh giá nhu cầu"), words)
        self._editing = ""
        self.form = self.box(
            named("case_assessment", FIELDS), translate("Lưu đánh giá"), self._save
        )
        self.top.addWidget(self.form)

    def of_case(self) -> tuple[AssessmentCard, ...]:
        return case_assessment.of_case(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[AssessmentCard, ...]) -> None:
        done = {one.domain for one in answer}
        domains = forms.choices("need_domain")
        self.head.set_facts(
            translate("{count} trong {all} lĩnh vực đã đánh giá", count=len(done), all=len(domains))
        )
        for one in domains:
            found = [card for card in answer if card.domain == one.code]
            self.rows.addWidget(self._domain(one.code, one.label, found))

    def _domain(self, code: str, title: str, found: list[AssessmentCard]) -> Card:
        actions: Actions = ()
        if self.writable:
            words = translate("Đánh giá lại") if found else translate("Ghi đánh giá")
            actions = ((words, partial(self._begin, code)),)
        if self.writable and found:
            last = found[0]
            actions += (
                (translate("Sửa"), lambda: self._correct(last)),
                (translate("Rút…"), lambda: self._withdraw(last)),
            )
        lines: list[str] = []
        for card in found:
            lines += self._lines(card)
        return entry(title, tuple(lines) or (translate("Chưa đánh giá."),), actions)

    def _lines(self, card: AssessmentCard) -> tuple[str, ...]:
        facts = [
            forms.date_shown(card.assessed_on),
            translate("ưu tiên {rank}", rank=card.priority) if card.priority else "",
            self.who(card.by),
        ]
        told = (
            translate("Hiện trạng: {words}", words=card.situation) if card.situation else "",
            translate("Nhu cầu: {words}", words=card.need) if card.need else "",
        )
        return (*(one for one in told if one), " · ".join(one for one in facts if one))

    def _begin(self, domain: str) -> None:
        self._editing = ""
        today = self.stage.ws.today().isoformat()
        values = {"domain": domain, "assessed_on": today}
        self.open_box(self.form, values, "situation", domain)

    def _correct(self, card: AssessmentCard) -> None:
        self._editing = card.id
        values = {name: getattr(card, name) or None for name in FIELDS}
        self.open_box(self.form, values, "situation", card.id)

    def _withdraw(self, card: AssessmentCard) -> None:
        ws = self.stage.ws
        self.ask_reason(
            translate("Rút đánh giá này vì lý do gì?"),
            translate("Rút"),
            lambda reason: case_assessment.withdraw(ws, card.id, reason),
        )

    def _save(self) -> None:
        ws = self.stage.ws
        draft = AssessmentDraft(self.key, self.form.form.values(), self._editing)
        work = partial(case_assessment.save, ws, draft)
        self.save_box(self.form, work, translate("Đã lưu đánh giá."))
