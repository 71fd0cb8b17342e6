"""The five steps of a case in a strip: what is done, what is on, and what each still lacks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app import forms
from app.case_words import missing_words, step_name
from app.values.care_case import CasePage
from app.wording import translate
from ui.show import Chip
from ui.widgets.badge import Badge
from ui.widgets.parts import Card, button, clear, column, holder, label, row

SIGNS = {"done": ("ok", "✓"), "now": ("info", "●"), "ahead": ("mute", "○")}
OPENS = {"assess": "case_assessment", "plan": "case_plan", "review": "case_review"}


class CaseStrip(Card):
    """`show_page(page)`; a step with a page of its own has a button there."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__(translate("Năm bước quản lý trường hợp"))
        self._go = go
        self._rows = column(gap=6)
        self.add(holder(self._rows))

    def show_page(self, page: CasePage) -> None:
        """Each step on a line: its sign and name, what is missing, where it is worked on."""
        clear(self._rows)
        for step in page.steps:
            tone, sign = SIGNS[step.state]
            chip = Badge(Chip(step_name(step.name), tone, sign))
            words = "; ".join(missing_words(one) for one in step.missing)
            if not words:
                words = _fine(step.state, step.name, page)
            told = label(words, "" if step.missing else "muted", wrap=True)
            made: list[QWidget] = [chip, told]
            if step.name in OPENS:
                opens = button(_opening(step.name), partial(self._go, OPENS[step.name]))
                made.append(opens)
            line = row(*made, gap=10)
            line.setStretch(1, 1)
            self._rows.addLayout(line)


def _opening(name: str) -> str:
    return {
        "assess": translate("Đánh giá…"),
        "plan": translate("Kế hoạch…"),
        "review": translate("Rà soát…"),
    }[name]


def _fine(state: str, name: str, page: CasePage) -> str:
    if name == "review" and page.review_due:
        return translate("hẹn rà soát {day}", day=forms.date_shown(page.review_due))
    return {"done": translate("xong"), "now": translate("đủ"), "ahead": ""}[state]
