"""A photo or scan at its full size, inside the page; its bytes never touch the disk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

from app.actions import attachment
from app.values.attachment import AttachmentCard
from app.wording import translate
from ui.stage import Stage
from ui.widgets.parts import Card, button, label, row
from ui.widgets.pdf_view import PdfView

PDF = "application/pdf"
PDF_HEIGHT = 520
EDGE = 40


class FileView(Card):
    """`look(card)` reads and shows a file; `left` when it is closed (Esc). Each look is logged."""

    left = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__("")
        self._stage = stage
        self._picture = QPixmap()
        self._wanted = ""
        self.title = label("", "strong", wrap=True)
        self.back = button(translate("Đóng"), self.leave, "", "close", "Esc")
        self.sheet = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.sheet.setMinimumWidth(1)  # a picture never makes the page wider
        self.pages = PdfView(stage.tasks.desk)
        self.pages.setMinimumHeight(PDF_HEIGHT)
        line = row(self.title, self.back, gap=8)
        line.setStretch(0, 1)
        self.add(line)
        self.add(self.sheet)
        self.add(self.pages)
        self.hide()

    def look(self, card: AttachmentCard, title: str) -> None:
        """Read a file off the screen and show it."""
        ws, self._wanted = self._stage.ws, card.id

        def read() -> bytes | QImage:
            content = attachment.content(ws, card.id)
            return content if card.mime == PDF else QImage.fromData(content)

        def show_it(found: bytes | QImage) -> None:
            if self._wanted == card.id:
                self._show(found, title)

        self._stage.tasks.desk.run(read, show_it, owner=self, key="file")

    def leave(self) -> None:
        """Close the file; the cursor goes back to where files are added."""
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Keep nothing of the file."""
        self._wanted = ""
        self._picture = QPixmap()
        self.sheet.clear()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the file."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self, found: bytes | QImage, title: str) -> None:
        self.title.setText(title)
        self.sheet.setAccessibleName(title)
        picture = isinstance(found, QImage)
        self.sheet.setVisible(picture)
        self.pages.setVisible(not picture)
        self._picture = QPixmap.fromImage(found) if isinstance(found, QImage) else QPixmap()
        self.show()
        if isinstance(found, bytes):
            self.pages.show_pdf(found)
        self._fit()
        self.back.setFocus()

    def _fit(self) -> None:
        """As wide as the page, never larger than the picture itself."""
        if self._picture.isNull():
            return
        ratio = self.devicePixelRatioF()
        width = min(self._picture.width(), round((self.width() - EDGE) * ratio))
        made = self._picture.scaledToWidth(
            max(width, EDGE), Qt.TransformationMode.SmoothTransformation
        )
        made.setDevicePixelRatio(ratio)
        self.sheet.setPixmap(made)
