"""Papers in the window: pages drawn off the screen's thread, ranges understood, printed whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from reportlab.pdfgen.canvas import Canvas

from app import page_images
from tests.ui.conftest import Heartbeat, grab, settle, until
from ui.stage import Memory
from ui.tasks import Tasks, Watch
from ui.widgets.pdf_view import PdfView
from ui.widgets.print_panel import PrintJob, PrintPanel, paint, wanted_pages


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A paper of five pages, the third one lying."""
    file = tmp_path / "paper.pdf"
    canvas = Canvas(str(file), pagesize=(595, 842))
    for page in range(1, 6):
        canvas.setPageSize((842, 595) if page == 3 else (595, 842))
        canvas.setFillGray(0.2)
        canvas.rect(60, 100, 300, 40 * page, fill=1)
        canvas.showPage()
    canvas.save()
    return file


def test_pages_are_drawn_when_they_are_looked_at(tasks: Tasks, paper: Path) -> None:
    view = PdfView(tasks.desk)
    view.resize(700, 600)
    view.show()
    with Heartbeat() as heart:
        view.show_pdf(paper)
        until(lambda: view.count == 5)
        settle(tasks)
        assert set(view.pages._drawn) <= {0, 1, 2}
        view.go_to(5)
        settle(tasks)
    assert 4 in view.pages._drawn
    assert heart.longest_ms < 50
    grab(view, "pdf-view")


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ValueError):
        page_images.sizes(b"not a pdf")


@pytest.mark.parametrize(
    ("typed", "pages"),
    [
        ("", (0, 1, 2, 3, 4)),
        ("2", (1,)),
        ("1-3, 5", (0, 1, 2, 4)),
        ("5; 1", (4, 0)),
        ("0", ()),
        ("4-9", ()),
        ("3-1", ()),
        ("một", ()),
    ],
)
def test_a_range_of_pages_is_understood_or_refused(typed: str, pages: tuple[int, ...]) -> None:
    assert wanted_pages(typed, 5) == pages


def test_the_asked_pages_come_out_of_the_printer(tmp_path: Path, paper: Path) -> None:
    out = tmp_path / "printed.pdf"

    def file_printer(_job: PrintJob) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        return printer

    job = PrintJob(paper, (0, 2, 4), 1, "file")
    assert paint(job, Watch(lambda _step: None), file_printer) == 3
    printed = pypdfium2.PdfDocument(out)
    sizes = [printed.get_page_size(n) for n in range(len(printed))]
    assert [width > height for width, height in sizes] == [False, True, False]
    picture = printed[0].render(scale=1).to_pil().convert("L")
    assert picture.getpixel((120, 842 - 110)) < 100
    assert picture.getpixel((500, 100)) > 240
    printed.close()


def test_a_pc_without_printer_can_still_keep_the_paper_as_a_file(
    tasks: Tasks, memory: Memory, paper: Path, tmp_path: Path
) -> None:
    panel = PrintPanel("case-file", tasks.desk, memory)
    panel.resize(900, 120)
    panel.show()
    panel.set_paper(paper, 5)
    kept: list[object] = []
    panel.saved.connect(kept.append)
    target = tmp_path / "Hồ sơ.pdf"
    panel.save_to(target)
    until(lambda: kept)
    assert target.read_bytes() == paper.read_bytes()
    assert (panel.copies.text(), panel.copies.height()) == ("1", panel.pages.height())
    panel.copies.setText("0")
    panel._show_printers(["Máy in phòng"], "Máy in phòng")
    panel.print_now()
    assert panel.copies.property("state") == "bad" and not panel.work.running
    panel.copies.setText("1")
    grab(panel, "print-panel")
