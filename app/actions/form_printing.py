"""Write forms as PDF: logged for each person, and kept when they are blank, before they are seen.

The libraries that draw are read when somebody prints, not when a screen is opened.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from app import locked_file
from app.actions import access, file_password, form_draft, paper_out, sharing
from app.actions.case_form import PRINT, SHEETS, FormGathering
from app.actions.form_names import WHOLE
from app.actions.print_job import part_of
from app.actions.printing import OUTSIDE
from app.errors import Refused, file_trouble
from app.values.paper_blocks import FormPart, Said
from app.values.paper_form import CaseFolder, FormRequest, FormResult, KeptForm, PaperForm
from app.values.sharing import Leave
from app.wording import translate
from app.workspace import Workspace

SHARED = "Bản in mẫu, hồ sơ ca"
"""What left the office, as the record of sharing names it."""


def write(ws: Workspace, requests: Sequence[FormRequest], out: Path) -> FormResult:
    """The forms one after the other in one file.

    Blank ones are kept, so that their code opens them again. Raises Refused: not_allowed,
    nobody_to_print, form_unknown, form_needs_case, form_needs_person, form_count, case_unknown,
    person_unknown, sheet_not_written, file_password_needed; and FontMissing.
    """
    from app.papers import paper_form

    ws.demand(SHEETS)
    paper_out.demand_pdf(out)
    if not requests:
        raise Refused.one("nobody_to_print", "id")
    gathering = FormGathering(ws, _told(requests[0]))
    made = [(one, paper) for one in requests for paper in gathering.forms(one)]
    papers = [paper for _one, paper in made]
    file_password.demand(ws, personal=any(paper.person_id for paper in papers))
    leave = _leave(ws, papers, requests[0].recipient)
    papers = [_standing(paper, leave) for paper in papers]
    content, pages = paper_form.typeset(papers, gathering.translate)
    kept = [_kept(one.form, paper) for one, paper in made if one.blank]
    if kept:
        form_draft.keep(ws, kept)
    persons = _publish(ws, out, (content, papers), leave)
    codes = tuple(paper.code for paper in papers)
    told = (*sharing.unseen(leave), *left_out(ws, requests[0].confidential, requests[0].recipient))
    forms = tuple(one.form for one, _paper in made)
    return FormResult(out, pages, forms, codes, persons=persons, told=told)


def write_case(ws: Workspace, request: FormRequest, out: Path) -> FormResult:
    """The whole file of one case.

    Raises Refused (not_allowed, case_unknown, sheet_not_written, file_password_needed, those of
    `sharing.demand`) and FontMissing.
    """
    gathering = FormGathering(ws, _told(request), PRINT)
    file_password.demand(ws)
    paper_out.demand_pdf(out)
    gathering.office.outside = bool(request.recipient)
    folder = gathering.folder(request.case_id)
    leave = _leave(ws, folder.forms, request.recipient)
    gathering.stands_on = "".join(one.stands_on for one in leave)
    content, pages = _folder_pdf(gathering, folder)
    persons = _publish(ws, out, (content, folder.forms), leave)
    forms = tuple(dict.fromkeys(one.number for one in folder.forms))
    codes = tuple(dict.fromkeys(one.code for one in folder.forms))
    told = (*sharing.unseen(leave), *left_out(ws, request.confidential, request.recipient))
    return FormResult(out, pages, forms, codes, folder.empty, persons, told)


def preview(ws: Workspace, request: FormRequest) -> bytes:
    """A form as PDF bytes for the screen; a blank one of nobody has no code yet.

    Looking at a person's or a case's is logged as a look. Raises as `write` does.
    """
    from app.papers import paper_form

    whole = request.form == WHOLE
    gathering = FormGathering(ws, _told(request), PRINT if whole else SHEETS)
    gathering.office.outside = bool(request.recipient)
    if whole:
        folder = gathering.folder(request.case_id)
        content = _folder_pdf(gathering, folder)[0]
        access.seen(ws, folder.person_id, "view", "preview")
        return content
    paper = gathering.forms(replace(request, count=1))[0]
    if paper.person_id:
        access.seen(ws, paper.person_id, "view", "preview")
    elif request.blank:
        paper = replace(paper, code="")
    return paper_form.typeset([paper], gathering.translate)[0]


def printed(ws: Workspace, person_ids: Sequence[str], detail: str = "") -> None:
    """Log that forms of these persons went onto paper. Raises Refused (not_allowed)."""
    ws.demand(SHEETS)
    access.seen_many(ws, person_ids, "print", detail)


def _folder_pdf(gathering: FormGathering, folder: CaseFolder) -> tuple[bytes, int]:
    """The case's file with the place of each page in it."""
    from app.actions import case_folder
    from app.papers import fonts, letterhead, paper_form
    from app.papers.pdf_file import PdfFile

    family = fonts.find()
    pages = case_folder.pages(gathering, folder, family)
    for number, page in enumerate(pages, 1):
        letterhead.volume_number(family, page, number, gathering.translate)
    out = BytesIO()
    pdf = PdfFile(out, family, paper_form.about(folder.forms[0], gathering.translate))
    pdf.add(pages)
    pdf.close()
    return out.getvalue(), len(pages)


def _kept(form: str, paper: PaperForm) -> KeptForm:
    return KeptForm(paper.code, form, "", "", paper.person_id, "", paper.case_id)


def left_out(ws: Workspace, confidential: bool, recipient: str = "") -> tuple[str, ...]:
    """What was asked for with `confidential` and is not on the paper, and why."""
    if confidential and recipient:
        return (translate("Bản gửi ra ngoài không có phần mật."),)
    if confidential and ws.restricted is None:
        return (translate("Không in phần mật (ghi chép mật, HIV): bạn chưa được cấp quyền đọc."),)
    return ()


def _standing(paper: PaperForm, leave: Sequence[Leave]) -> PaperForm:
    """A form for outside says which approval it stands on."""
    said = next((one.stands_on for one in leave if one.person_id == paper.person_id), "")
    if not said:
        return paper
    return replace(paper, parts=(FormPart("", (Said(said),)), *paper.parts))


def _told(request: FormRequest) -> bool:
    """Whether confidential notes are printed: never for outside."""
    return request.confidential and not request.recipient


def _leave(ws: Workspace, papers: Sequence[PaperForm], recipient: str) -> list[Leave]:
    """Both approvals of everybody in papers for outside; nothing is asked for within the office."""
    if not recipient:
        return []
    persons = dict.fromkeys(_persons(papers))
    return [sharing.demand(ws, one, OUTSIDE, recipient) for one in persons]


def _publish(
    ws: Workspace,
    out: Path,
    made: tuple[bytes, Sequence[PaperForm]],
    leave: Sequence[Leave],
) -> tuple[str, ...]:
    """Log the prints, then let the file be seen under its name; answers whose it is."""
    content, papers = made
    persons = tuple(dict.fromkeys(_persons(papers)))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part_of(out).write_bytes(locked_file.locked(content, out, ws.file_password))
        access.seen_many(ws, persons, "print", out.name)
        if leave:
            sharing.record(ws, leave, SHARED)
        os.replace(part_of(out), out)
    except OSError as error:
        raise Refused.one("sheet_not_written", "out", out, reason=file_trouble(error)) from error
    return persons


def _persons(papers: Sequence[PaperForm]) -> Iterator[str]:
    for one in papers:
        if one.person_id:
            yield one.person_id
