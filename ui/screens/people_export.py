"""The list of people as a spreadsheet: where to, then in the background with a bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from app import locked_file
from app.actions import export_list
from app.values.person import PeopleFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Lane, Watch
from ui.widgets.long_work import LongWork

KINDS = (".xlsx", ".csv")


def ask_file(parent: QWidget, ws: Workspace) -> Path | None:
    """Ask where the list shall go; None when nobody wants it after all."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    name = translate("danh sách {day}", day=f"{ws.today():%Y-%m-%d}")
    chosen, _kind = QFileDialog.getSaveFileName(
        parent,
        translate("Xuất danh sách"),
        str(folder / f"{name}.xlsx"),
        translate("Bảng tính (*.xlsx);;Văn bản CSV (*.csv)"),
    )
    if not chosen:
        return None
    file = Path(chosen)
    return file if file.suffix.lower() in KINDS else file.with_name(f"{file.name}.xlsx")


def begin(bar: LongWork, lane: Lane, ws: Workspace, which: PeopleFilter, file: Path) -> None:
    """Write everybody who fits into the file; the bar says how far and, at the end, where."""

    def work(watch: Watch) -> int:
        def step(done: int, total: int) -> None:
            if not watch.stopped:
                watch(done, total)

        return export_list.people(ws, which, file, step, lambda: watch.stopped)

    def say(count: int) -> str:
        if not count:
            return translate("Đã dừng; không có tệp nào được ghi.")
        return translate(
            "Đã xuất {count} người ra {file}. Số định danh được che; việc xuất đã ghi vào nhật ký.",
            count=show.number(count),
            file=locked_file.name_of(file, ws.file_password),
        )

    bar.begin(lane, translate("Đang xuất danh sách"), work, say)
