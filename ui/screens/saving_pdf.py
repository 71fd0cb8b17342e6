"""A paper made for the printer: where to, then written off the screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions import paper_out
from app.wording import translate
from ui.stage import Message, Stage

Then = Callable[[], None]


def ask(
    parent: QWidget, stage: Stage, name: str, make: Callable[[], bytes], then: Then = lambda: None
) -> None:
    """Ask for the file and write what `make` gives; nothing when nobody wants it after all.

    `then` is called when the file is written.
    """
    ask_where(parent, stage, name, lambda file: paper_out.put(make(), file), then)


def ask_where(
    parent: QWidget,
    stage: Stage,
    name: str,
    write: Callable[[Path], object],
    then: Then = lambda: None,
) -> None:
    """Ask for the file, which `write` then fills and logs by itself."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    start = str(Path(QStandardPaths.writableLocation(documents)) / f"{name}.pdf")
    chosen, _kind = QFileDialog.getSaveFileName(
        parent, translate("Lưu tờ này"), start, "PDF (*.pdf)"
    )
    if chosen:
        file = Path(chosen)
        save(parent, stage, file if file.suffix else file.with_suffix(".pdf"), write, then)


def save(
    owner: QWidget,
    stage: Stage,
    file: Path,
    write: Callable[[Path], object],
    then: Then = lambda: None,
) -> None:
    """Write the paper into the file and say so."""

    def done(_done: object) -> None:
        words = translate("Đã ghi {file}. Mở tệp để in; việc in đã ghi vào nhật ký.", file=file)
        stage.tell(Message(words, "ok"))
        then()

    stage.tasks.desk.run(
        lambda: write(file),
        done,
        lambda failure: stage.tell(Message(failure.message, "bad")),
        owner=owner,
    )
