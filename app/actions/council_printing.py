"""Write papers of the council as PDF: logged for each person, blank forms kept by their code.

A whole session goes through the print queue (`printing.case_files`), which can be stopped and
gone on with. The libraries that draw are read when somebody prints.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from app import locked_file
from app.actions import access, form_draft, paper_out, print_job, printing, session_papers
from app.actions import notice as notices
from app.actions.council_paper import SHEETS, CouncilGathering
from app.actions.council_paper_names import BY_PERSON
from app.actions.printing import Cancelled, PrintRequest, Progress
from app.errors import Refused, file_trouble
from app.values.council_request import CouncilRequest, CouncilSheet, ForPrinter
from app.values.letter import Letter
from app.values.paper_form import FormResult, KeptForm
from app.values.papers import PrintResult
from app.workspace import Workspace
from data.records.notice import DRAFT

VOLUME = "phien-hop.pdf"
NOTICE = "notice"


def write(ws: Workspace, requests: Sequence[CouncilRequest], out: Path) -> FormResult:
    """The papers one after the other in one file; blank ones are kept by their code.

    Raises Refused: not_allowed, nobody_to_print, council_paper_unknown, council_paper_blank,
    council_paper_record, council_paper_early, form_count, sheet_not_written, notice_no_file; and
    FontMissing.
    """
    ws.demand(SHEETS)
    paper_out.demand_pdf(out)
    if any(one.paper == NOTICE for one in requests):
        raise Refused.one("notice_no_file", "paper", NOTICE)
    if not requests:
        raise Refused.one("nobody_to_print", "id")
    gathering = CouncilGathering(ws)
    made = [(one, sheet) for one in requests for sheet in gathering.sheets(one)]
    if not made:
        raise Refused.one("nobody_to_print", "id")
    sheets = [sheet for _one, sheet in made]
    content, pages = _pdf(gathering, sheets)
    kept = [
        KeptForm(sheet.code, one.paper, "", "")
        for one, sheet in made
        if one.blank and not isinstance(sheet, Letter)
    ]
    if kept:
        form_draft.keep(ws, kept)
    persons = tuple(dict.fromkeys(who for one in sheets for who in _persons(one)))
    _publish(ws, out, content, persons)
    codes = tuple(one.code for one in sheets if not isinstance(one, Letter) and one.code)
    return FormResult(out, pages, tuple(one.paper for one, _sheet in made), codes, (), persons)


def preview(ws: Workspace, request: CouncilRequest) -> bytes:
    """A paper as PDF bytes for the screen; looking at a person's is logged as a look."""
    ws.demand(SHEETS)
    gathering = CouncilGathering(ws)
    sheets = gathering.sheets(replace(request, count=1))
    if not sheets:
        raise Refused.one("nobody_to_print", "id")
    content, _pages = _pdf(gathering, sheets)
    persons = [who for one in sheets for who in _persons(one)]
    if persons:
        access.seen_many(ws, tuple(dict.fromkeys(persons)), "view", "preview")
    return content


def for_printer(ws: Workspace, session_id: str) -> ForPrinter:
    """The public list as it is sent to a printer, and never written as a file of its own: what
    hangs at the office is paper (Đ.6 k.1). Printing it is logged by `printed`.

    Raises Refused: not_allowed, notice_unknown, notice_not_approved; and FontMissing.
    """
    ws.demand(SHEETS)
    card = notices.of_session(ws, session_id)
    if card is not None and card.state == DRAFT:
        raise Refused.one("notice_not_approved", "id", session_id)
    gathering = CouncilGathering(ws)
    sheets = gathering.sheets(CouncilRequest(NOTICE, session_id))
    content, pages = _pdf(gathering, sheets)
    return ForPrinter(
        content, pages, tuple(dict.fromkeys(who for one in sheets for who in _persons(one)))
    )


def session_request(
    ws: Workspace,
    session_id: str,
    out: Path,
    papers: Sequence[str] = (),
    order: str = BY_PERSON,
) -> PrintRequest:
    """The print job of a session: those papers in that order, into a file or a folder."""
    ids = session_papers.chosen(ws, session_id, papers, order)
    return PrintRequest((), out, session_papers=ids)


def write_session(
    ws: Workspace,
    request: PrintRequest,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Print the papers of a session; the same request goes on where one was interrupted."""
    if request.separate:  # each paper a file: the public list is none
        kept = tuple(one for one in request.session_papers if not one.startswith(f"{NOTICE}:"))
        request = replace(request, session_papers=kept)
    return printing.case_files(ws, request, progress, cancelled)


def _pdf(gathering: CouncilGathering, sheets: Sequence[CouncilSheet]) -> tuple[bytes, int]:
    from app.papers import fonts, letter, paper_form
    from app.papers.pdf_file import PdfFile

    family = fonts.find()
    first = sheets[0]
    if isinstance(first, Letter):
        about = letter.about(first)
    else:
        about = paper_form.about(first, gathering.translate)
    out = BytesIO()
    pdf = PdfFile(out, family, about)
    for one in sheets:
        pdf.add(session_papers.sheet_pages(one, family, gathering.translate))
    pdf.close()
    return out.getvalue(), pdf.pages


def _persons(one: CouncilSheet) -> tuple[str, ...]:
    if isinstance(one, Letter):
        return one.persons
    return (one.person_id,) if one.person_id else ()


def _publish(ws: Workspace, out: Path, content: bytes, persons: Sequence[str]) -> None:
    """Log the prints, then let the file be seen under its name."""
    part = print_job.part_of(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(locked_file.locked(content, out, ws.file_password))
        if persons:
            access.seen_many(ws, persons, "print", out.name)
        os.replace(part, out)
    except OSError as error:
        raise Refused.one("sheet_not_written", "out", out, reason=file_trouble(error)) from error


def printed(
    ws: Workspace, papers: Sequence[str], person_ids: Sequence[str] = (), detail: str = ""
) -> None:
    """Log that papers of a session (by their keys), or of these persons, went onto paper."""
    ws.demand(SHEETS)
    named = session_papers.persons_in(ws, papers) if papers else ()
    everybody = tuple(dict.fromkeys((*named, *person_ids)))
    if everybody:
        access.seen_many(ws, everybody, "print", detail)
