"""Copies of the papers that were shown with a file: added on its page, listed there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from app import forms
from app.actions import attachment
from app.values.application import ApplicationCard
from app.values.attachment import AttachmentCard, AttachmentDraft
from app.wording import translate
from ui.screens.file_page import FilePage
from ui.screens.record_part import named
from ui.widgets.flow import flow
from ui.widgets.parts import Card, Elided, button, label

TYPED = ("attachment_kind", "title", "legal_basis", "consent_on", "taken_on")


class Copies:
    """One card; what is added here names the file, and stands among the person's papers too."""

    def __init__(self, page: FilePage) -> None:
        self.page, self.ws = page, page.stage.ws
        self._path = Path()
        self.box = page.box(named("attachment", TYPED), translate("Lưu bản chụp"), self._save)
        self.chosen = Elided("", "strong")
        self.box.body.insertWidget(0, self.chosen)

    def card(self, file: ApplicationCard, copies: Sequence[AttachmentCard]) -> Card:
        """The copies of a file, and the way to look at them."""
        card = Card(translate("Bản chụp giấy tờ đã nộp, đã xem"))
        if not copies:
            card.add(label(translate("Chưa kèm bản chụp nào."), "muted"))
        for one in copies:
            kind = forms.code_label("attachment_kind", one.kind)
            words = f"{one.title} · {kind}" if one.title else kind
            card.add(label(words, "", wrap=True))
        key = file.person_id
        go = lambda: self.page.stage.go("person", key, tab="files")  # noqa: E731
        acts = [button(translate("Xem giấy tờ, ảnh của người này"), go, "quiet", "camera")]
        if self.page.writable:
            acts.insert(0, button(translate("Kèm bản chụp…"), self._choose, "", "plus"))
        card.add(flow(*acts))
        return card

    def _choose(self) -> None:
        words = translate("Ảnh và PDF")
        chosen, _kind = QFileDialog.getOpenFileName(
            self.page,
            translate("Chọn ảnh hoặc bản chụp"),
            "",
            f"{words} (*.jpg *.jpeg *.png *.pdf)",
        )
        if chosen:
            self.begin_with(Path(chosen))

    def begin_with(self, path: Path) -> None:
        """Ask what the copy is of and on what basis it is kept."""
        self._path = path
        self.chosen.setText(path.name)
        self.page.open_box(self.box, {}, "attachment_kind", "copy")
        self.box.form.put({"title": path.stem})

    def _save(self) -> None:
        typed = {name: str(value or "") for name, value in self.box.form.values().items()}
        file = self.page.file
        if file is None:
            return
        draft = AttachmentDraft(
            kind=typed["attachment_kind"],
            title=typed["title"],
            legal_basis=typed["legal_basis"],
            taken_on=typed["taken_on"],
            consent_on=typed["consent_on"],
            application_id=file.id,
        )
        path, who = self._path, file.person_id
        work = lambda: attachment.add(self.ws, who, path, draft)  # noqa: E731
        self.page.save_box(self.box, work, translate("Đã kèm bản chụp."))
