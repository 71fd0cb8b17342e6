"""The page of a file: its steps and clock, what is missing, its papers, complaints, the board."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import (
    application,
    application_desk,
    attachment,
    complaint,
    medical_referral,
    receipt_number,
)
from app.values.application import (
    ApplicationCard,
    ApplicationDraft,
    ComplaintCard,
    Decided,
    MedicalCard,
)
from app.values.attachment import AttachmentCard
from app.wording import translate
from ui.screens import file_papers, file_words
from ui.screens.file_acts import FileActs
from ui.screens.file_chips import clock_words, kind_words, step_chip
from ui.screens.file_complaints import Complaints
from ui.screens.file_copies import Copies
from ui.screens.file_medical import Medical
from ui.screens.file_page import FilePage
from ui.screens.person_belongings import Actions, entry
from ui.screens.record_part import named
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.badge import Badge
from ui.widgets.flow import Flow, flow
from ui.widgets.parts import Card, button, clear, holder, label

EDIT = (
    *("application_kind", "application_reason", "reason_note", "received_on", "receipt_number"),
    *("appointment_on", "papers_shown", "rep_name", "rep_relation", "rep_id_number"),
    *("rep_residence", "rep_address", "rep_phone", "is_pupil", "school"),
    *("declared_signs", "declared_abilities"),
)
SCHOOL = ("school", "school_asked_on", "school_answered_on", "school_answer")


class Read(NamedTuple):
    """What the page shows."""

    file: ApplicationCard
    complaints: tuple[ComplaintCard, ...]
    boards: tuple[MedicalCard, ...]
    decided: tuple[Decided, ...]
    copies: tuple[AttachmentCard, ...]


class ApplicationScreen(FilePage):
    """`opened(application_id)`."""

    touching = frozenset(
        "application complaint medical_referral hearing certificate attachment".split()
    )

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._actions = Flow(gap=8)
        self.acts = FileActs(self)
        self.correction = self.box(named("application", EDIT), translate("Lưu"), self._save_edit)
        self.school = self.box(named("application", SCHOOL), translate("Ghi"), self._save_school)
        self.copies = Copies(self)
        self.complaints = Complaints(self)
        self.medical = Medical(self)
        self.top.addWidget(holder(self._actions))
        for box in self.boxes:
            self.top.addWidget(box)

    def read(self) -> Read:
        ws, key = self.stage.ws, self.key
        return Read(
            application_desk.show(ws, key),
            complaint.of_application(ws, key),
            medical_referral.of_application(ws, key),
            application_desk.decided(ws, key),
            attachment.of_application(ws, key),
        )

    def show_rows(self, answer: Read) -> None:
        self.file = file = answer.file
        self.head.set_title(file.person_name)
        number = str(file.fields["receipt_number"] or translate("chưa có số tiếp nhận"))
        facts = (kind_words(file), number, file_words.received(file))
        self.head.set_purpose(" · ".join(one for one in facts if one))
        self._show_actions(file)
        papers = self.copies.card(file, answer.copies)
        first = [self._facts(file), papers, self._school_card(file)]
        later = [self._decided_card(answer.decided), self.complaints.card(file, answer.complaints)]
        later.append(self.medical.card(file, answer.boards))
        if file.path != "council":
            first, later = first[:2], later[:1]
        order = later + first if file.step in complaint.CONCLUDED else first + later
        for card in (self._course(file), *order):
            self.rows.addWidget(card)

    def _show_actions(self, file: ApplicationCard) -> None:
        clear(self._actions)
        self._actions.addWidget(Badge(step_chip(file.step)))
        key = file.person_id
        go = lambda: self.stage.go("person", key, tab="applications")  # noqa: E731
        self._actions.addWidget(button(translate("Trang người"), go, "", "person"))
        if self.writable:
            edit = button(translate("Sửa…"), self._begin_edit, "", "edit")
            self._actions.addWidget(edit)
            if not file.fields["receipt_number"]:
                self._actions.addWidget(button(translate("Cấp số tiếp nhận"), self._give_number))
            for made in self.acts.buttons(file):
                self._actions.addWidget(made)

    def _course(self, file: ApplicationCard) -> Card:
        """The steps in a line, the clock, and what the file lacks."""
        card = Card(translate("Bước và đồng hồ"))
        reached = file.line.index(file.step) if file.step in file.line else -1
        chips: list[QWidget] = []
        for place, step in enumerate(file.line):
            tone, sign = ("ok", "✓") if place < reached else ("mute", "○")
            if step == file.step:
                tone, sign = ("info", "●")
            chips.append(Badge(Chip(forms.code_label("file_step", step), tone, sign)))
        if reached < 0:
            chips.append(Badge(step_chip(file.step)))
        card.add(flow(*chips, gap=6))
        for words in (clock_words(file.clock), *file_words.standing(file)):
            if words:
                card.add(label(words, "strong" if file.clock.late else "", wrap=True))
        for words in file_words.lacking(file):
            card.add(label(words, "problem", wrap=True))
        if self.stage.ws.can("sheets") and self.stage.ws.own is None:
            card.add(flow(*file_papers.buttons(self, file)))
        return card

    def _facts(self, file: ApplicationCard) -> Card:
        card = Card(translate("Đơn (Mẫu 01)"))
        for words in file_words.told(file):
            card.add(label(words, "", wrap=True))
        return card

    def _decided_card(self, decided: tuple[Decided, ...]) -> Card:
        card = Card(translate("Hội đồng, giấy xác nhận"))
        if not decided:
            card.add(label(translate("Chưa ghi phiên họp hay giấy xác nhận nào."), "muted"))
        for one in decided:
            acts: Actions = ()
            if one.session_id:
                go = partial(self.stage.go, "council_session", one.session_id)
                acts = ((translate("Mở phiên họp"), go),)
            card.add(entry(file_words.decided(one), (), acts))
        return card

    def _school_card(self, file: ApplicationCard) -> Card:
        card = Card(translate("Nhà trường (Mẫu 04)"))
        for words in file_words.school(file):
            card.add(label(words, "", wrap=True))
        if self.writable:
            words = translate("Ghi phiếu nhà trường…")
            card.add(flow(button(words, self._begin_school)))
        return card

    def _give_number(self) -> None:
        ws, key = self.stage.ws, self.key
        self.act(lambda: receipt_number.give(ws, key), translate("Đã cấp số tiếp nhận."))

    def _begin_edit(self) -> None:
        if self.file is not None:
            values = {name: self.file.fields[name] for name in EDIT}
            self.open_box(self.correction, values, EDIT[0], "edit")

    def _begin_school(self) -> None:
        if self.file is not None:
            values = {name: self.file.fields[name] for name in SCHOOL}
            self.open_box(self.school, values, "school", "school")

    def _save_edit(self) -> None:
        self._save(self.correction, self.correction.form.changes())

    def _save_school(self) -> None:
        self._save(self.school, self.school.form.changes() | {"is_pupil": True})

    def _save(self, box: Any, values: Mapping[str, object]) -> None:
        if self.file is None:
            return
        draft = ApplicationDraft(self.file.person_id, values, self.file.id)
        save = partial(application.save, self.stage.ws, draft)
        self.save_box(box, save, translate("Đã lưu."))
