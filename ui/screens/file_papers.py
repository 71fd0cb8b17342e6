"""The papers of a file: each a button that writes a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton

from app.actions import council_printing
from app.actions.council_paper_names import names
from app.values.application import ApplicationCard
from app.values.council_request import CouncilRequest
from app.wording import translate
from ui.screens import saving_pdf
from ui.screens.file_page import FilePage
from ui.widgets.parts import button


def buttons(page: FilePage, file: ApplicationCard) -> Iterator[QPushButton]:
    """The application, its receipt, the list of what is missing, the sheet for the school."""
    papers = ["council-01", "receipt"]
    if file.fields["missing_asked_on"]:
        papers.append("missing")
    if file.fields["is_pupil"]:
        papers.append("council-04")
    titles = names()
    for paper in papers:
        words = translate("In {paper}…", paper=titles[paper])
        yield button(words, partial(_write, page, paper, file.id), "quiet", "print")
    go = partial(page.stage.go, "council_papers", person=file.person_id)
    yield button(translate("Mọi giấy tờ…"), go, "quiet", "print")


def _write(page: FilePage, paper: str, key: str) -> None:
    ws = page.stage.ws
    request = CouncilRequest(paper, key)

    def write(file: Path) -> object:
        return council_printing.write(ws, (request,), file)

    saving_pdf.ask_where(page, page.stage, names()[paper].replace("/", "-"), write)
