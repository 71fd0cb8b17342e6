"""Complaints on the page of a file: written down, answered in writing."""

from __future__ import annotations

from collections.abc import Sequence

from app import forms
from app.actions import complaint
from app.forms import FormField
from app.values.application import (
    ApplicationCard,
    ComplaintAnswer,
    ComplaintCard,
    ComplaintDraft,
)
from app.wording import translate
from ui.screens.file_page import FilePage
from ui.screens.person_belongings import Actions, entry
from ui.screens.record_part import named
from ui.widgets.flow import flow
from ui.widgets.parts import Card, button, label

TYPED = ("complainant", "complainant_relation", "about", "received_on")
ANSWER = ("complaint_outcome", "answer", "answer_number", "answered_on")


class Complaints:
    """One card; each complaint says until when it is to be answered."""

    def __init__(self, page: FilePage) -> None:
        self.page, self.ws = page, page.stage.ws
        self._about: ComplaintCard | None = None
        self.writing = page.box(named("complaint", TYPED), translate("Lưu khiếu nại"), self._save)
        fields: tuple[FormField, ...] = named("complaint", ANSWER)
        self.answering = page.box(fields, translate("Lưu trả lời"), self._answer)

    def card(self, file: ApplicationCard, found: Sequence[ComplaintCard]) -> Card:
        """The complaints of a file."""
        card = Card(translate("Khiếu nại"))
        if not found:
            card.add(label(translate("Chưa có khiếu nại nào."), "muted"))
        for one in found:
            card.add(entry(*self._words(one), self._acts(one)))
        if self.page.writable and file.step in complaint.CONCLUDED:
            card.add(flow(button(translate("Nhận khiếu nại…"), self._begin, "", "plus")))
        return card

    def _words(self, one: ComplaintCard) -> tuple[str, tuple[str, ...]]:
        def told(name: str) -> str:
            value = one.fields[name]
            return forms.value_shown("complaint", name, value) if value else ""

        if told("answered_on"):
            outcome = translate(
                "trả lời {day}: {outcome}",
                day=told("answered_on"),
                outcome=told("complaint_outcome"),
            )
        elif one.late:
            outcome = translate("QUÁ HẠN trả lời {days} ngày làm việc", days=one.late)
        else:
            outcome = translate("trả lời trước hết ngày {day}", day=told("due_on"))
        title = translate(
            "{who}, ngày {day} · {outcome}",
            who=told("complainant"),
            day=told("received_on"),
            outcome=outcome,
        )
        posting = {
            "during": translate("Nhận trong thời gian niêm yết."),
            "after": translate("Nhận sau thời gian niêm yết."),
        }
        return title, (told("about"), posting.get(one.posting, ""), told("answer"))

    def _acts(self, one: ComplaintCard) -> Actions:
        if not self.page.writable:
            return ()
        acts: Actions = ()
        if not one.fields["answered_on"]:
            acts += ((translate("Trả lời…"), lambda: self._begin_answer(one)),)
        return (
            *acts,
            (translate("Sửa"), lambda: self._begin(one)),
            (translate("Gỡ…"), lambda: self._remove(one)),
        )

    def _remove(self, one: ComplaintCard) -> None:
        self.page.ask_reason(
            translate("Gỡ dòng này vì lý do gì?"),
            translate("Gỡ"),
            lambda why: complaint.remove(self.ws, one.id, why),
        )

    def _begin(self, one: ComplaintCard | None = None) -> None:
        self._about = one
        today = {"received_on": self.ws.today().isoformat()}
        values = {name: one.fields[name] for name in TYPED} if one is not None else {}
        self.page.open_box(self.writing, values, "complainant", one.id if one else "complaint")
        if one is None:
            self.writing.form.put(today)

    def _begin_answer(self, one: ComplaintCard) -> None:
        self._about = one
        self.page.open_box(self.answering, {}, "complaint_outcome", f"answer:{one.id}")
        self.answering.form.put({"answered_on": self.ws.today().isoformat()})

    def _save(self) -> None:
        about = self._about.id if self._about is not None else None
        draft = ComplaintDraft(self.page.key, self.writing.form.changes(), about)
        words = translate("Đã lưu khiếu nại.")
        self.page.save_box(self.writing, lambda: complaint.save(self.ws, draft), words)

    def _answer(self) -> None:
        told = {name: str(value or "") for name, value in self.answering.form.values().items()}
        draft = ComplaintAnswer(
            told["complaint_outcome"], told["answer"], told["answered_on"], told["answer_number"]
        )
        about = self._about.id if self._about is not None else ""
        self.page.save_box(
            self.answering,
            lambda: complaint.answer(self.ws, about, draft),
            translate("Đã lưu trả lời khiếu nại."),
        )
