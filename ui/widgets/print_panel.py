"""Printing a paper: which printer, which pages, how many; the printer is remembered per paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QIntValidator, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QComboBox, QFileDialog, QFrame, QLineEdit

from app import page_images
from app.wording import translate
from ui.stage import Memory
from ui.tasks import Lane, Watch
from ui.widgets.flow import flow
from ui.widgets.long_work import LongWork
from ui.widgets.parts import button, column, holder, label, restyle, row

COPIES_MAX = 20
PRINT_DPI = 300


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is printed: the file, pages (from 0) in order, copies, and the printer's name."""

    pdf: Path
    pages: tuple[int, ...]
    copies: int
    printer: str


class PrintPanel(QFrame):
    """`printed(pages, copies)` and `saved(file)` when paper or file is done; the screen logs it."""

    printed = Signal(int, int)
    saved = Signal(object)

    def __init__(self, paper: str, lane: Lane, memory: Memory) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self._paper, self._lane, self._memory = paper, lane, memory
        self._pdf: Path | None = None
        self._count = 0
        self.printer = QComboBox()
        self.printer.setAccessibleName(translate("In bằng máy"))
        self.printer.setMinimumWidth(180)
        self.pages = QLineEdit()
        self.pages.setPlaceholderText(translate("tất cả, hoặc 1-3, 5"))
        self.pages.setAccessibleName(translate("Trang cần in"))
        self.copies = QLineEdit("1")
        self.copies.setValidator(QIntValidator(1, COPIES_MAX, self.copies))
        self.copies.setAccessibleName(translate("Số bản"))
        self.copies.setFixedWidth(72)
        self.print = button(translate("In"), self.print_now, "primary", "print")
        self.save = button(translate("Lưu thành PDF…"), self._ask_file, "", "file")
        self.work = LongWork()
        captioned = (
            (translate("In bằng máy"), self.printer),
            (translate("Trang cần in"), self.pages),
            (translate("Số bản"), self.copies),
        )
        fields = flow(
            *(holder(column(label(words, "caption"), one, gap=3)) for words, one in captioned),
            holder(row(self.print, self.save)),
            gap=16,
        )
        self.setLayout(column(holder(fields), self.work, gap=10, margins=(16, 12, 16, 12)))
        self.set_paper(None, 0)
        lane.run(
            lambda: (QPrinterInfo.availablePrinterNames(), QPrinterInfo.defaultPrinterName()),
            lambda found: self._show_printers(*found),
            owner=self,
        )

    def set_paper(self, pdf: Path | None, pages: int) -> None:
        """The paper to print, and how many pages it has."""
        self._pdf, self._count = pdf, pages
        for part in (self.print, self.save):
            part.setEnabled(pdf is not None)
        self._let_print()

    @property
    def pdf(self) -> Path | None:
        """The paper that would be printed."""
        return self._pdf

    def print_now(self) -> None:
        """Print what is asked for."""
        pages = wanted_pages(self.pages.text(), self._count)
        restyle(self.pages, state="" if pages else "bad")
        if not pages or self._pdf is None or not self.printer.currentText():
            self.pages.setFocus()
            return
        if not self.copies.hasAcceptableInput():  # none at all, or more than a printer is asked for
            restyle(self.copies, state="bad")
            self.copies.setFocus()
            return
        restyle(self.copies, state="")
        job = PrintJob(self._pdf, pages, int(self.copies.text()), self.printer.currentText())
        self._memory.put(f"printer/{self._paper}", job.printer)
        self.work.begin(
            self._lane,
            translate("Đang in"),
            lambda watch: paint(job, watch),
            lambda _n: translate(
                "Đã gửi {count} trang tới máy in {printer}.", count=len(pages), printer=job.printer
            ),
        )
        self.work.finished.connect(lambda _n: self.printed.emit(len(pages), job.copies))

    def save_to(self, file: Path) -> None:
        """Keep the paper as a file."""
        assert self._pdf is not None
        content = self._pdf
        self._lane.run(
            lambda: file.write_bytes(content.read_bytes()),
            lambda _size: self.saved.emit(file),
            owner=self,
        )

    def _ask_file(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, translate("Lưu thành PDF"), "", translate("Tệp PDF (*.pdf)")
        )
        if name:
            self.save_to(Path(name))

    def _show_printers(self, names: list[str], usual: str) -> None:
        self.printer.addItems(names)
        if not names:
            self.printer.setPlaceholderText(translate("Máy này chưa có máy in"))
        self.printer.setCurrentText(str(self._memory.get(f"printer/{self._paper}", usual)))
        self._let_print()

    def _let_print(self) -> None:
        self.print.setEnabled(self._pdf is not None and self.printer.count() > 0)


def wanted_pages(typed: str, count: int) -> tuple[int, ...]:
    """Pages (from 0) of "1-3, 5"; all when empty; () when it cannot be understood."""
    words = typed.replace(";", ",").replace(" ", "")
    if not words:
        return tuple(range(count))
    pages: list[int] = []
    for part in words.split(","):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            return ()
        span = range(int(first), int(last or first) + 1)
        if not span or span[0] < 1 or span[-1] > count:
            return ()
        pages += [page - 1 for page in span]
    return tuple(pages)


def paint(job: PrintJob, watch: Watch, make: Callable[[PrintJob], QPrinter] | None = None) -> int:
    """Draw each page and send it to the printer; runs on a lane. Answers the pages printed."""
    printer = (make or system_printer)(job)
    sizes: Sequence[page_images.PageSize] = page_images.sizes(job.pdf)
    painter = QPainter()
    for place, page in enumerate(job.pages):
        watch(place, len(job.pages))
        _turn(printer, sizes[page])
        if place == 0:
            if not painter.begin(printer):
                raise OSError(job.printer)
        else:
            printer.newPage()
        image = page_images.drawn(job.pdf, page, PRINT_DPI)
        drawn = QImage(
            image.pixels, image.width, image.height, image.stride, QImage.Format.Format_RGB32
        )
        painter.drawImage(QRectF(painter.viewport()), drawn)
    painter.end()
    watch(len(job.pages), len(job.pages))
    return len(job.pages)


def system_printer(job: PrintJob) -> QPrinter:
    """The printer of the system that the job names, set for whole A4 pages."""
    printer = QPrinter(QPrinterInfo.printerInfo(job.printer), QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(job.copies)
    return printer


def _turn(printer: QPrinter, size: page_images.PageSize) -> None:
    wide = size.width > size.height
    landscape, portrait = QPageLayout.Orientation.Landscape, QPageLayout.Orientation.Portrait
    printer.setPageOrientation(landscape if wide else portrait)
