"""A small paper into a file the officer names, made off the screen, then said where it lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.wording import translate
from ui.stage import Message, Stage


def save_paper(owner: QWidget, stage: Stage, name: str, make: Callable[[], bytes]) -> None:
    """Ask where to, make the PDF, write it, and offer to nobody half of it."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    chosen, _kind = QFileDialog.getSaveFileName(
        owner, translate("Lưu thành PDF"), str(folder / f"{name}.pdf"), "PDF (*.pdf)"
    )
    if not chosen:
        return
    file = Path(chosen)
    file = file if file.suffix.lower() == ".pdf" else file.with_name(f"{file.name}.pdf")

    def work() -> Path:
        from app.actions import paper_out  # late: with what draws

        paper_out.put(make(), file)
        return file

    def done(path: Path) -> None:
        stage.tell(Message(translate("Đã lưu {file}. In tệp này, xong thì xóa.", file=path), "ok"))

    def failed(failure: object) -> None:
        stage.tell(Message(getattr(failure, "message", ""), "bad", stays=True))

    stage.tasks.desk.run(work, done, failed, owner=owner)
