"""Reviewing a case: six findings and what follows from them; earlier reviews below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app import forms
from app.actions import case_review
from app.values.case_plan import ReviewCard, ReviewDraft
from app.wording import translate
from ui.screens.case_part import CasePart
from ui.screens.person_belongings import entry
from ui.screens.record_part import named
from ui.stage import Stage
from ui.widgets.parts import Card, button, row

FINDINGS = ("outcome", "needs_met", "independence", "fit", "linkage", "other_finding")
REVIEWED = ("approved", "reviewing")
ADJUST, CLOSE = "adjust", "close"
ONWARD: dict[str, Callable[[], str]] = {
    ADJUST: lambda: translate("Điều chỉnh kế hoạch…"),
    CLOSE: lambda: translate("Ghi kết thúc…"),
}
FIELDS = ("reviewed_on", "verdict", "next_review_on", *FINDINGS)


class CaseReviewScreen(CasePart):
    """A new review at the top; what was found before stands below, newest first."""

    name = "case_review"
    touching = frozenset({"case_review", "care_case"})

    def __init__(self, stage: Stage) -> None:
        words = translate(
            "Sáu nội dung đánh giá của Điều 7, Điều 8 Thông tư 02/2020. Điều chỉnh kế hoạch thì "
            "lập lần mới và duyệt lại; lần đã duyệt vẫn giữ để đọc."
        )
        super().__init__(stage, translate("Rà soát ca"), words)
        self._verdict = ""
        self.form = self.box(named("case_review", FIELDS), translate("Lưu rà soát"), self._save)
        self.begin = button(translate("Ghi rà soát"), self._begin, "", "plus")
        self.begin_again = self.begin
        self.onward = button("", self._go_on)
        """The step that follows from the latest review."""
        self.top.addLayout(row(self.begin, self.onward, 1))
        self.top.addWidget(self.form)

    def of_case(self) -> tuple[ReviewCard, ...]:
        return case_review.of_case(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[ReviewCard, ...]) -> None:
        self.begin.setVisible(self.writable and self._status in REVIEWED)
        self.head.set_facts(translate("{count} lần rà soát", count=len(answer)))
        if not answer:
            self.nothing(translate("Chưa rà soát lần nào."))
        self._verdict = answer[0].verdict if answer and self._status in REVIEWED else ""
        words = ONWARD.get(self._verdict, lambda: "")()
        typing = self.form.isVisible()
        self.onward.setText(words)
        self.onward.setAccessibleName(words)
        self.onward.setVisible(bool(words) and self.writable)
        if self.begin.hasFocus() and not self.onward.isHidden() and not typing:
            self.onward.setFocus()  # a review was just saved: what follows is one key away
        for card in answer:
            self.rows.addWidget(self._entry(card))

    def _entry(self, card: ReviewCard) -> Card:
        title = translate(
            "{day} · {verdict} · {name}",
            day=forms.date_shown(card.reviewed_on),
            verdict=forms.code_label("review_verdict", card.verdict),
            name=self.who(card.by),
        )
        lines = [
            f"{forms.field('case_review', name).label}: {card.findings[name]}"
            for name in FINDINGS
            if name in card.findings
        ]
        if card.next_review_on:
            day = forms.date_shown(card.next_review_on)
            lines.append(translate("Rà soát lần sau: {day}", day=day))
        return entry(title, tuple(lines))

    def _go_on(self) -> None:
        if self._verdict == ADJUST:
            self.stage.go("case_plan", self.key)
        else:
            self.stage.go("care_case", self.key, ending=True)

    def _begin(self) -> None:
        today = self.stage.ws.today().isoformat()
        self.open_box(self.form, {"reviewed_on": today}, "verdict", "new")

    def _save(self) -> None:
        draft = ReviewDraft(self.key, self.form.form.values())
        work = partial(case_review.add, self.stage.ws, draft)
        self.save_box(self.form, work, translate("Đã lưu rà soát."))
