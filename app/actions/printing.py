"""Print case files: one person, a selection or a commune, as one volume or one file each.

The libraries that draw are read when somebody prints, not when a screen is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.actions import access, cold_start, file_password, paper_out, sharing
from app.errors import Problem, Refused, file_trouble
from app.values.papers import PrintRequest as PrintRequest
from app.values.papers import PrintResult
from app.values.sharing import Leave
from app.workspace import Workspace
from data.records import finding

OUTSIDE = "case_file"
"""The purpose of sharing that a case file for outside has."""

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def case_files(
    ws: Workspace,
    request: PrintRequest,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Print the files; the same request again goes on where this one was interrupted.

    A volume of several persons begins with an index; separate files have theirs in a folder of
    its own. Nothing can be seen under its name before it is whole and the prints are logged. A
    person who cannot be printed is named in `failed` and hinders nobody. Files for outside
    (`recipient`) are printed of those alone of whom both approvals stand (TT 02/2020 Đ.9), never
    with restricted content. Raises
    Refused (not_allowed, nobody_to_print, print_not_written, file_password_needed) and
    FontMissing.
    """
    from app.actions import print_run

    ws.demand("print")
    file_password.demand(ws, personal=not request.session_papers)  # those are for paper
    if not request.ids:
        raise Refused.one("nobody_to_print", "id")
    if not request.separate and not request.out.is_dir():
        paper_out.demand_pdf(request.out)
    with ws.db.read() as session:
        cold_start.demand_rows(session)
    leave, withheld = _leaves(ws, request)
    if request.recipient:  # who asked may read restricted content, who receives it may not
        request = replace(request, person_ids=tuple(leave), confidential=False)
    run = print_run.begin(ws, request)
    run.let_out(leave)
    try:
        done = run.print(progress, cancelled)
        told = sharing.unseen(leave.values())
        return replace(done, failed=(*withheld, *done.failed), told=told)
    except OSError as error:
        raise _not_written(run.job.out, error, len(run.job.done)) from error


def _leaves(
    ws: Workspace, request: PrintRequest
) -> tuple[Mapping[str, Leave], tuple[Problem, ...]]:
    """Who may leave the office, where the files are for outside; nobody else is printed then."""
    if not request.recipient:
        return {}, ()
    if request.case_ids:
        raise Refused.one("cases_stay_inside", "recipient", request.recipient)
    leave, withheld = sharing.leaves(ws, request.person_ids, OUTSIDE, request.recipient)
    if not leave:
        raise Refused(withheld)
    return leave, withheld


def give_up(ws: Workspace, request: PrintRequest) -> None:
    """Take away what a stopped print left half done; whole files, which are logged, stay.

    Raises Refused (not_allowed, print_not_written).
    """
    from app.actions import print_run

    ws.demand("print")
    try:
        print_run.give_up(ws, request)
    except OSError as error:
        raise _not_written(request.out, error, 0) from error


def preview(ws: Workspace, person_id: str, confidential: bool = True) -> bytes:
    """One person's file as PDF bytes for the screen; logged as a view, the print is logged apart.

    Raises Refused (not_allowed, person_unknown) and FontMissing.
    """
    from app.actions.case_file import Gathering
    from app.papers import case_file

    gathering = Gathering(ws, None if confidential else False)
    content = case_file.typeset(gathering.of(person_id), gathering.translate)
    access.seen(ws, person_id, "view", "preview")
    return content


def printed(ws: Workspace, person_ids: Sequence[str], detail: str = "") -> None:
    """Log that these people's files were printed from the preview. Raises Refused (not_allowed)."""
    ws.demand("print")
    access.seen_many(ws, person_ids, "print", detail)


def printed_cases(ws: Workspace, case_ids: Sequence[str], detail: str = "") -> None:
    """As `printed`, for the files of cases: what counts is whose they are."""
    ws.demand("print")
    with ws.db.read() as session:
        cases = finding.listed_cases(session, case_ids)
    persons = tuple(dict.fromkeys(who.id for _case, who in cases.values()))
    access.seen_many(ws, persons, "print", detail)


def burned_sheet(ws: Workspace, path: Path) -> None:
    """Write the answer to "the PC burned last night" as a PDF.

    Raises Refused (not_allowed, sheet_not_written) and FontMissing.
    """
    from app.actions import sheets

    paper_out.put(sheets.burned_pc(ws), path)


def _not_written(out: Path, error: OSError, done: int) -> Refused:
    reason = file_trouble(error)
    return Refused.one("print_not_written", "out", out, reason=reason, done=done)
