"""Photos and scans of a person: added with the basis for keeping them, shown small."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QProgressBar, QWidget

from app import forms
from app.actions import attachment
from app.values.attachment import AttachmentCard, AttachmentDraft
from app.wording import translate
from ui import show
from ui.screens.keeping import Payload
from ui.screens.person_belongings import Actions, Belongings, entry
from ui.screens.person_file_view import FileView
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.parts import Card, Elided, button, label, row

FIELDS = ("attachment_kind", "title", "legal_basis", "consent_on", "taken_on")
CONSENT = "consent"
KEPT_PATH = "file"
"""Under which name a draft remembers the file that is being added."""
THUMBNAIL = QSize(96, 96)
KB = 1024
FOLLOW_MS = 500

Read = tuple[tuple[AttachmentCard, ...], tuple[AttachmentCard, ...], dict[str, bytes]]
"""Kept files, removed files, and small pictures of the kept ones."""


class FilesTab(Belongings):
    """Files stay in the encrypted store; large pictures are made smaller on the way in."""

    touching = frozenset({"attachment"})
    name = tab = "files"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._path: Path | None = None
        self._leaving = ""
        self.bars: dict[str, QProgressBar] = {}
        self._states: dict[str, str] = {}
        self._watching = QTimer(self, interval=FOLLOW_MS)
        self._watching.timeout.connect(self._follow)
        self._watching.start()
        self.add = button(translate("Thêm ảnh, bản chụp…"), self.choose, "", "camera")
        known = tuple(forms.field("attachment", name) for name in FIELDS)
        fields = (*known, _paper_field(()), *_confidential_field(stage))
        section = forms.FormSection("attachment", translate("Giấy tờ, ảnh"), fields)
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        box = self.make_box((section,), translate("Lưu tệp"))
        self.file = Elided("", "strong")
        box.body.insertWidget(0, self.file)
        self.top.addLayout(row(self.add, 1))
        self.top.addWidget(box)
        self.view = FileView(stage)
        self.view.left.connect(self.add.setFocus)
        self.top.addWidget(self.ask)
        self.top.addWidget(self.view)

    def forget(self) -> None:
        super().forget()
        self.view.forget()

    def choose(self) -> None:
        """Let the officer point at a picture or a PDF."""
        words = translate("Ảnh và PDF")
        chosen, _ = QFileDialog.getOpenFileName(
            self, translate("Chọn ảnh hoặc bản chụp"), "", f"{words} (*.jpg *.jpeg *.png *.pdf)"
        )
        if chosen:
            self.begin_with(Path(chosen))

    def begin_with(self, path: Path) -> None:
        """Ask what the file is and on what basis it is kept; what is begun stays for it."""
        assert self.box is not None
        begun = self.busy
        self._path = path
        self.begin()
        if not begun:
            self.box.fill({}, {"title": path.stem})

    def begin(self) -> None:
        """Open the box for the chosen file."""
        assert self._path is not None
        path = self._path
        self.file.setText(path.name)

        def looked(there: bool) -> None:
            if not there and path == self._path:
                words = translate("{file} (không còn ở chỗ cũ, chọn lại)", file=path.name)
                self.file.setText(words)

        self.stage.tasks.desk.run(lambda: path.is_file(), looked, owner=self, key="file-there")
        self.open_box(self.draft_key, "attachment_kind")

    def shape(self, typed: Payload) -> Payload:
        """The typing with the place of the file it is about."""
        return typed | {KEPT_PATH: str(self._path)} if typed and self._path else {}

    def unshape(self, kept: Payload) -> Payload:
        """The typing alone; its file is the chosen one again."""
        self._path = Path(str(kept.pop(KEPT_PATH, "")))
        return kept

    def read(self) -> Read:
        ws, key = self.stage.ws, self.key
        kept, removed = attachment.of_person(ws, key), attachment.of_person(ws, key, removed=True)
        return kept, removed, attachment.thumbnails(ws, key)

    def show_rows(self, answer: Read) -> None:
        cards, removed, pictures = answer
        self.bars = {}
        self._states = {card.id: card.state for card in cards}
        self.counted.emit(len(cards))
        papers = tuple(card for card in cards if card.kind == CONSENT)
        if self.box is not None:
            self.box.form.describe(_paper_field(papers))
        if not cards:
            self.nothing(translate("Chưa có ảnh hay bản chụp giấy tờ nào."))
        for card in cards:
            self.rows.addWidget(self._entry(card, pictures.get(card.id, b"")))
        for card in removed:
            self.rows.addWidget(self._removed_entry(card))

    def _entry(self, card: AttachmentCard, small: bytes) -> Card:
        title = card.title or forms.code_label("attachment_kind", card.kind)
        if card.hidden:
            title = translate("Giấy tờ mật")
        facts = [
            forms.code_label("attachment_kind", card.kind),
            forms.code_label("legal_basis", card.legal_basis)
            if card.legal_basis
            else translate("thiếu căn cứ lưu giữ"),
            translate("đồng ý {day}", day=forms.date_shown(card.consent_on))
            if card.consent_on
            else "",
            translate("{size} KB", size=show.number(card.size // KB + 1)),
            translate("{name}, {at}", name=self.who(card.by), at=show.instant(card.at)),
            translate("mật") if card.confidential else "",
        ]
        actions: Actions = ()
        if card.here and not card.hidden:
            actions += ((translate("Xem"), lambda: self.view.look(card, title)),)
        if self._carries(card):
            words = translate("Gửi ảnh gốc") if card.here else translate("Tải ảnh gốc")
            actions += ((words, lambda: self._ask(card)),)
        if self.writable:
            actions += ((translate("Gỡ…"), lambda: self._remove(card)),)
        lines = (" · ".join(one for one in facts if one), self._where(card))
        made = entry(title, lines, actions)
        if small:
            made.add(_thumbnail(small, title))
        if card.state == "fetching":
            bar = self.bars[card.id] = arriving(title)
            bar.setMaximum(card.size)
            bar.setValue(card.arrived)
            made.add(bar)
        return made

    def _where(self, card: AttachmentCard) -> str:
        """Where the original of a file is, in the words of the office."""
        if card.state == "here":
            alone = self._enrolled and not card.sent
            return translate("ảnh gốc chưa lên máy chủ") if alone else ""
        return {
            "fetching": translate("ảnh gốc đang về"),
            "asked": translate("đã xin ảnh gốc, về khi máy chủ có"),
            "small": translate("mới có ảnh nhỏ"),
            "waiting": translate("đang chờ ảnh"),
            "damaged": translate("ảnh gốc về bị hỏng, đang xin lại"),
        }[card.state]

    @property
    def _enrolled(self) -> bool:
        return self.stage.ws.office.enrolled_at is not None

    def _carries(self, card: AttachmentCard) -> bool:
        """Whether asking for the original would move anything."""
        moves = not card.here or not card.sent
        return moves and self._enrolled and self.stage.ws.can("sync") and card.state != "asked"

    def _ask(self, card: AttachmentCard) -> None:
        """The original goes or comes over any line, with a round that begins now."""
        ws, syncing = self.stage.ws, self.stage.syncing

        def asked(_count: int) -> None:
            self._to_safety()
            self.reload()
            if syncing is not None:
                syncing.now()

        self.stage.tasks.desk.run(
            lambda: attachment.ask(ws, (card.id,)), asked, self.refused, owner=self
        )

    def _to_safety(self) -> None:
        """The cards are about to be drawn anew: a cursor on one of them must not jump elsewhere."""
        now = QApplication.focusWidget()
        on_a_card = any(card.isAncestorOf(now) for card in self._cards()) if now else False
        if on_a_card and self.add is not None:
            self.add.setFocus()

    def _cards(self) -> list[QWidget]:
        places = (self.rows.itemAt(number) for number in range(self.rows.count()))
        return [card for place in places if place and (card := place.widget())]

    def _follow(self) -> None:
        """While a round runs: the bars of what comes move, and what has come is shown."""
        ws, key, syncing = self.stage.ws, self.key, self.stage.syncing
        if not key or syncing is None or not syncing.sending or not self.isVisible():
            return

        def seen(cards: tuple[AttachmentCard, ...]) -> None:
            if key != self.key:
                return
            if {card.id: card.state for card in cards} != self._states:
                self._to_safety()
                self.reload()
            for card in cards:
                if card.id in self.bars:
                    self.bars[card.id].setValue(card.arrived)

        self.stage.tasks.desk.run(
            lambda: attachment.of_person(ws, key), seen, owner=self, key="files-follow"
        )

    def _removed_entry(self, card: AttachmentCard) -> Card:
        title = translate("Đã gỡ: {title}", title=card.title or translate("tệp không tên"))
        actions: Actions = ()
        if self.writable:
            actions = ((translate("Đưa lại"), lambda: self._restore(card)),)
        return entry(title, (forms.code_label("attachment_kind", card.kind),), actions)

    def submit(self) -> None:
        """Take the file into the book."""
        assert self.box is not None
        ws, key, path, typed = self.stage.ws, self.key, self._path, self.box.form.values()
        if path is None:
            return
        draft = AttachmentDraft(
            kind=str(typed.get("attachment_kind") or ""),
            title=str(typed.get("title") or ""),
            legal_basis=str(typed.get("legal_basis") or ""),
            taken_on=str(typed.get("taken_on") or ""),
            consent_on=str(typed.get("consent_on") or ""),
            consent_id=str(typed.get("consent_id") or "") or None,
            confidential=bool(typed.get("confidential")),
        )
        self.save_box(lambda: attachment.add(ws, key, path, draft))

    def _remove(self, card: AttachmentCard) -> None:
        self._leaving = card.id
        self.ask.ask(translate("Gỡ tệp này vì lý do gì?"), "", translate("Gỡ"))

    def _restore(self, card: AttachmentCard) -> None:
        ws = self.stage.ws
        self.act(lambda: attachment.restore(ws, card.id), translate("Đã đưa tệp lại."))

    def _removed(self, reason: str) -> None:
        ws, which = self.stage.ws, self._leaving
        self.act(lambda: attachment.remove(ws, which, reason), translate("Đã gỡ tệp."))


def _paper_field(papers: tuple[AttachmentCard, ...]) -> forms.FormField:
    """Which of the person's files is the written consent."""
    offered = tuple(
        forms.choice(card.id, card.title or forms.code_label("attachment_kind", card.kind))
        for card in papers
    )
    words = translate("Văn bản đồng ý (nếu có)")
    return forms.FormField("attachment", "consent_id", words, "code", choices=offered)


def _confidential_field(stage: Stage) -> tuple[forms.FormField, ...]:
    """Asked of those only who could read the file afterwards."""
    if stage.ws.restricted is None:
        return ()
    why = translate("Như kết quả xét nghiệm HIV: chỉ người được cấp quyền mở được.")
    words = translate("Giấy tờ mật")
    return (forms.FormField("attachment", "confidential", words, "bool", help=why),)


def arriving(name: str) -> QProgressBar:
    """The bar of an original on its way."""
    bar = QProgressBar(textVisible=False)
    bar.setAccessibleName(translate("Ảnh gốc đang về: {what}", what=name))
    return bar


def _thumbnail(content: bytes, name: str) -> QLabel:
    shown = label("")
    picture = QPixmap()
    if picture.loadFromData(content):
        shown.setPixmap(
            picture.scaled(
                THUMBNAIL,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
    shown.setAccessibleName(name)
    return shown
