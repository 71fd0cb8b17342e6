"""A paper made for the printer: where to, then written off the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions import printing
from app.wording import translate
from ui.stage import Message, Stage

Then = Callable[[], None]


def ask(
    parent: QWidget, stage: Stage, name: str, make: Callable[[], bytes], then: Then = lambda: None
) -> None:
    """Ask for the file and write what `make` gives; nothing when nobody wants it after all.

    `then` is called when the file is written.
    """
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    start = str(Path(QStandardPaths.writableLocation(documents)) / f"{name}.pdf")
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, translate("Lưu tờ này"), start, "PDF (*.pdf)"
    )
    if chosen:
        file = Path(chosen)
        save(parent, stage, file if file.suffix else file.with_suffix(".pdf"), make, then)


def save(
    owner: QWidget, stage: Stage, file: Path, make: Callable[[], bytes], then: Then = lambda: None
) -> None:
    """Write the paper into the file and say so."""

    def done(_done: None) -> None:
        words = translate("Đã ghi {file}. Mở tệp để in; việc in đã ghi vào nhật ký.", file=file)
        stage.tell(Message(words, "ok"))
        then()

    stage.tasks.desk.run(
        lambda: printing.write_sheet(file, make()),
        done,
        lambda failure: stage.tell(Message(failure.message, "bad")),
        owner=owner,
    )
