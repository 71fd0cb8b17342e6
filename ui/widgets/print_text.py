"""A page of words on paper: for codes and reports that are no papers of the office."""

from __future__ import annotations

from PySide6.QtGui import QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def print_html(html: str, parent: QWidget) -> bool:
    """Ask for a printer with the system's own dialog and print; False when nothing was printed."""
    printer = _printer()
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    _document(html).print_(printer)
    return True


def _printer() -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    return printer


def _document(html: str) -> QTextDocument:
    document = QTextDocument()
    document.setHtml(html)
    return document
