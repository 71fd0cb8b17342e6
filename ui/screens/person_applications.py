"""The tab of determination: a person's files, and board minutes of earlier years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import forms
from app.actions import application, application_desk, medical_referral
from app.forms import FormField
from app.rules import application as rules
from app.values.application import ApplicationCard, ApplicationDraft, MedicalCard, MedicalDraft
from app.wording import translate
from ui.screens import file_words
from ui.screens.board_words import board_lines, board_title
from ui.screens.file_chips import clock_words, kind_words
from ui.screens.person_belongings import Actions
from ui.screens.person_hearings import HearingsPart, ScreeningsPart
from ui.screens.person_part import Joined, Part, line
from ui.stage import Stage

NEW = (
    *("application_kind", "application_reason", "reason_note", "received_on", "papers_shown"),
    *("rep_name", "rep_relation", "rep_id_number", "rep_residence", "rep_address", "rep_phone"),
    *("is_pupil", "school", "declared_signs", "declared_abilities", "receipt_number"),
)
OLD = ("origin", "paper_step", "missing_asked_on", "completed_on", "concluded_on", "step_on")
BOARD = (
    *("minutes_on", "minutes_number", "board", "conclusion", "types", "degree"),
    *("loss_percent", "old_self_care", "valid_until"),
)


class ApplicationsTab(Joined):
    """Enter on a file's button opens its page."""

    name = tab = "applications"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.files = FilesPart(stage, self)
        self.boards = BoardsPart(stage, self)
        self.hearings = HearingsPart(stage, self)
        self.screenings = ScreeningsPart(stage, self)
        self.join(self.files, self.hearings, self.boards, self.screenings)


class FilesPart(Part):
    """Applications, the newest first; a new one opens its page."""

    touching = frozenset({"application", "complaint", "medical_referral"})
    name, tab, record = "application", "applications", "application"

    def titled(self) -> str:
        return translate("Đơn, hồ sơ xác định mức độ khuyết tật")

    def adds(self) -> str:
        return translate("Nhận đơn")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("application", name) for name in NEW + OLD)

    def suggested(self) -> Mapping[str, object]:
        known = dict(self.page.fields) if self.page is not None else {}
        told = {name: known.get(name) for name in application.REPRESENTED}
        today = self.stage.ws.today().isoformat()
        return {"received_on": today, "origin": "new"} | {k: v for k, v in told.items() if v}

    def nothing_words(self) -> str:
        return translate("Chưa có đơn nào. Nhận đơn Mẫu 01, hoặc nhập hồ sơ giấy đang làm dở.")

    def read(self) -> Any:
        return application_desk.of_person(self.stage.ws, self.key), ()

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else None
        return application.save(self.stage.ws, ApplicationDraft(self.key, values, editing))

    def take_off(self, row_id: str, reason: str) -> None:
        application.remove(self.stage.ws, row_id, reason)

    def box_saved(self, answer: object) -> None:
        """The application is in: show its page."""
        first = self.editing is None
        super().box_saved(answer)
        if first:
            self.stage.go("application", str(answer))

    def card_words(self, card: ApplicationCard) -> tuple[str, tuple[str, ...]]:
        title = translate(
            "{what} · {step}",
            what=kind_words(card),
            step=forms.code_label("file_step", card.step),
        )
        number = str(card.fields["receipt_number"] or "")
        facts = line(
            translate("số {number}", number=number) if number else "",
            file_words.received(card),
            translate("theo hồ sơ cũ") if card.fields["origin"] == "paper" else "",
        )
        return title, (facts, clock_words(card.clock), *file_words.lacking(card))

    def acts(self, card: ApplicationCard) -> Actions:
        return ((translate("Mở hồ sơ"), lambda: self.stage.go("application", card.id)),)

    def _actions(self, card: ApplicationCard) -> Actions:
        """Whoever reads opens the file too; only an early one is taken off."""
        if not self.writable:
            return self.acts(card)
        early = card.step in (rules.RECEIVED, rules.MISSING, rules.COMPLETE)
        every = super()._actions(card)
        return every if early or card.fields["origin"] == "paper" else every[:-1]


class BoardsPart(Part):
    """Minutes of medical boards; those of before 1 June 2012 with the degree they stand for."""

    touching = frozenset({"medical_referral"})
    name, tab, record = "medical_referral", "applications", "medical_referral"
    only = BOARD

    def titled(self) -> str:
        return translate("Giám định y khoa")

    def adds(self) -> str:
        return translate("Nhập biên bản cũ")

    def nothing_words(self) -> str:
        return translate("Chưa có biên bản giám định nào. Giới thiệu giám định ở trang hồ sơ.")

    def read(self) -> Any:
        return medical_referral.of_person(self.stage.ws, self.key), ()

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else None
        return medical_referral.save(self.stage.ws, MedicalDraft(self.key, values, id=editing))

    def take_off(self, row_id: str, reason: str) -> None:
        medical_referral.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: MedicalCard) -> tuple[str, tuple[str, ...]]:
        return board_title(card), board_lines(card)

    def acts(self, card: MedicalCard) -> Actions:
        key = card.application_id
        return ((translate("Mở hồ sơ"), lambda: self.stage.go("application", key)),) if key else ()

    def _actions(self, card: MedicalCard) -> Actions:
        return self.acts(card) if card.application_id else super()._actions(card)
