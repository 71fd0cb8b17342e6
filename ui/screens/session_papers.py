"""All papers of a session as one PDF: where to, then written off the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.values.papers import PrintResult
from app.wording import translate
from ui.stage import Message, Stage


def ask(
    parent: QWidget, stage: Stage, session_id: str, name: str, papers: Sequence[str] = ()
) -> None:
    """Ask for the file and write the papers of a session into it; all when none is named."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    start = str(Path(QStandardPaths.writableLocation(documents)) / f"{name}.pdf")
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, translate("Lưu thành PDF"), start, "PDF (*.pdf)"
    )
    if not chosen:
        return
    file = Path(chosen)
    file = file if file.suffix.lower() == ".pdf" else file.with_name(f"{file.name}.pdf")
    ws = stage.ws

    def work() -> PrintResult:
        from app.actions import council_printing  # late: with what draws

        request = council_printing.session_request(ws, session_id, file, papers)
        return council_printing.write_session(ws, request)

    def done(_result: PrintResult) -> None:
        words = translate("Đã lưu {file}. In tệp này, xong thì xóa.", file=file)
        stage.tell(Message(words, "ok", stays=True))

    stage.tell(Message(translate("Đang ghi giấy tờ của phiên…"), "info"))
    stage.tasks.desk.run(
        work, done, lambda failure: stage.tell(Message(failure.message, "bad")), owner=parent
    )
