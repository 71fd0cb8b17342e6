"""Print case files: one person, a selection or a commune, as one volume or one file each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from app.actions import access, person, print_job
from app.actions.case_file import Gathering, file_number
from app.actions.print_job import Done, Job, part_of
from app.errors import Problem, Refused
from app.papers import case_file, cover_index, fonts, letterhead
from app.papers.page import Page
from app.papers.pdf_file import About, PdfFile
from app.rules import dates
from app.values.papers import CaseFile, CoverIndex, IndexLine, PrintResult
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data import text, units

SLICE = 20
"""Persons between two entries in the log and the journal."""

CARDS_AT_ONCE = 500
INDEX_FOLDER = "muc-luc"
PDF = ".pdf"
NAME_LETTERS_MAX = 60

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class PrintRequest:
    """Whose files, and where to: one PDF, or with `separate` a folder with one file each.

    `confidential` False leaves restricted content out also for who may read it.
    """

    person_ids: tuple[str, ...]
    out: Path
    separate: bool = False
    confidential: bool = True


def case_files(
    ws: Workspace,
    request: PrintRequest,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> PrintResult:
    """Print the files; the same request again goes on where this one was interrupted.

    A volume of several persons begins with an index; separate files have theirs in a folder of
    its own. Nothing can be seen under its name before it is whole and the prints are logged. A
    person who cannot be printed is named in `failed` and hinders nobody. Raises Refused
    (not_allowed, nobody_to_print, print_not_written) and FontMissing.
    """
    ids = tuple(dict.fromkeys(request.person_ids))
    if not ids:
        raise Refused.one("nobody_to_print", "id")
    gathering = Gathering(ws, None if request.confidential else False)
    fonts.find()
    out = _target(request.out, request.separate)
    kind = f"{request.separate}{gathering.allowed}{ws.user.login}"
    job = print_job.resume(ws.home, ids, out, kind)
    made = _Folder if request.separate else _Volume
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        run = made(ws, gathering, ids, job)
        return run.print(progress, cancelled)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused.one(
            "print_not_written", "out", out, reason=reason, done=len(job.done)
        ) from error


def preview(ws: Workspace, person_id: str, confidential: bool = True) -> bytes:
    """One person's file as PDF bytes for the screen; logged as a view, the print is logged apart.

    Raises Refused (not_allowed, person_unknown) and FontMissing.
    """
    gathering = Gathering(ws, None if confidential else False)
    content = case_file.typeset(gathering.of(person_id), gathering.translate)
    access.seen(ws, person_id, "view", "preview")
    return content


class _Run:
    """What volumes and folders have in common: slices, the log, the journal, who failed."""

    separate = False

    def __init__(self, ws: Workspace, gathering: Gathering, ids: Sequence[str], job: Job) -> None:
        self.ws = ws
        self.gathering = gathering
        self.translate = gathering.translate
        self.family = fonts.find()
        self.ids = ids
        self.job = job
        self.failed: list[Problem] = []
        self.unlogged: list[Done] = []
        self.resumed_from = len(job.done)
        self.stopped = False

    def print(self, progress: Progress | None, cancelled: Cancelled | None) -> PrintResult:
        """Print everybody not yet printed, slice by slice."""
        finished = {one.id for one in self.job.done}
        try:
            for number, person_id in enumerate(self.ids, 1):
                if person_id not in finished:
                    if cancelled is not None and cancelled():
                        self.stopped = True
                        break
                    self._one(person_id)
                if len(self.unlogged) >= SLICE:
                    self.settle()
                if progress is not None:
                    progress(number, len(self.ids))
        finally:
            self.settle()
        return self.finish()

    def settle(self) -> None:
        """Log the slice, give its files their names, write the journal."""
        some, self.unlogged = self.unlogged, []
        if some:
            access.seen_many(self.ws, [one.id for one in some], "print", self.job.out.name)
            self.job.done += some
            self.publish(some)
            self.job.keep()

    def _one(self, person_id: str) -> None:
        try:
            paper = self.gathering.of(person_id)
        except Refused as refused:
            self.failed += refused.problems
            return
        self.unlogged.append(self.put(person_id, paper))

    def put(self, person_id: str, paper: CaseFile) -> Done:
        """Set one file and write it where nobody sees it yet."""
        raise AssertionError(person_id, paper)

    def publish(self, some: Sequence[Done]) -> None:
        """Show what was logged."""

    def finish(self) -> PrintResult:
        """The index, and what the run answers."""
        raise AssertionError(self.job)

    def index(self) -> CoverIndex:
        """The index of everybody asked for, with the pages or files known so far."""
        done = {one.id: one for one in self.job.done}
        lines = tuple(_lines(self.ws, self.ids, done, self.separate))
        return CoverIndex(
            self.gathering.letterhead,
            lines,
            self.gathering.printed_by,
            self.gathering.printed_at,
            self.ws.office.demo,
        )

    def result(self, files: tuple[Path, ...], index: Path | None, pages: int) -> PrintResult:
        """What the run answers."""
        return PrintResult(
            files=files,
            pages=pages,
            persons=len(self.job.done),
            failed=tuple(self.failed),
            resumed_from=self.resumed_from,
            stopped=self.stopped,
            index=index,
        )


class _Folder(_Run):
    """One file each, and an index in a folder beside them."""

    separate = True

    def put(self, person_id: str, paper: CaseFile) -> Done:
        name = _file_name(len(self.job.done) + len(self.unlogged) + 1, paper)
        pages = case_file.pages(paper, self.family, self.translate)
        self.job.out.mkdir(parents=True, exist_ok=True)
        with part_of(self.job.out / name).open("wb") as out:
            pdf = PdfFile(out, self.family, case_file.about(paper))
            pdf.add(pages)
            pdf.close()
        return Done(person_id, name, 1, len(pages))

    def publish(self, some: Sequence[Done]) -> None:
        for one in some:
            os.replace(part_of(self.job.out / one.file), self.job.out / one.file)

    def finish(self) -> PrintResult:
        files = tuple(self.job.out / one.file for one in self.job.done)
        index = None
        if not self.stopped:
            self.job.forget()
            index = self._index() if len(self.job.done) > 1 else None
        return self.result(files, index, sum(one.pages for one in self.job.done))

    def _index(self) -> Path:
        path = self.job.out / INDEX_FOLDER / f"{INDEX_FOLDER}{PDF}"
        path.parent.mkdir(exist_ok=True)
        part_of(path).write_bytes(cover_index.typeset(self.index(), self.translate))
        os.replace(part_of(path), path)
        return path


class _Volume(_Run):
    """One PDF; with several persons it begins with the index, and pages carry their place in it."""

    def __init__(self, ws: Workspace, gathering: Gathering, ids: Sequence[str], job: Job) -> None:
        super().__init__(ws, gathering, ids, job)
        self.index_pages = 0
        if len(ids) > 1:
            self.index_pages = len(self._index_pages())
        self.out: BinaryIO
        self.pdf = self._begin()

    def print(self, progress: Progress | None, cancelled: Cancelled | None) -> PrintResult:
        with self.out:
            return super().print(progress, cancelled)

    def put(self, person_id: str, paper: CaseFile) -> Done:
        pages = case_file.pages(paper, self.family, self.translate)
        first = self.index_pages + self.pdf.pages + 1
        if self.index_pages:
            for number, page in enumerate(pages, first):
                letterhead.volume_number(self.family, page, number, self.translate)
        else:
            self.pdf.about = case_file.about(paper)
        self.pdf.add(pages, outline=paper.name if self.index_pages else "")
        return Done(person_id, self.job.out.name, first, len(pages))

    def settle(self) -> None:
        self.out.flush()
        self.job.pdf = self.pdf.state()
        super().settle()

    def finish(self) -> PrintResult:
        total = self.pdf.pages
        if self.stopped:
            return self.result((), None, total)
        if not self.job.done:
            self.out.close()
            part_of(self.job.out).unlink()
            return self.result((), None, 0)
        if self.index_pages:
            self.pdf.add(self._index_pages(), first=True)
        self.pdf.close()
        self.out.close()
        os.replace(part_of(self.job.out), self.job.out)
        self.job.forget()
        return self.result((self.job.out,), None, total + self.index_pages)

    def _index_pages(self) -> list[Page]:
        return cover_index.pages(self.index(), self.family, self.translate)

    def _begin(self) -> PdfFile:
        """A new volume, or the one that was interrupted, at the last entry of its journal."""
        part = part_of(self.job.out)
        state = self.job.pdf
        whole = state is not None and part.is_file() and part.stat().st_size >= state["length"]
        if not whole:
            self.job.done, self.resumed_from = [], 0
        self.out = part.open("r+b" if whole else "wb")
        body = self.gathering.letterhead.issuing_body
        title = self.translate("Hồ sơ của {count} người", count=len(self.ids))
        pdf = PdfFile(self.out, self.family, About(title, body))
        if whole and state is not None:
            pdf.resume(state)
        return pdf


def _target(out: Path, separate: bool) -> Path:
    """The file of a volume: a folder given instead holds it under a plain name."""
    if not separate and out.is_dir():
        return out / f"ho-so{PDF}"
    return out


def _file_name(number: int, paper: CaseFile) -> str:
    """`0001_nguyen-thi-huong_4F7A-09C2-0001.pdf`: sorted as printed, safe on every stick."""
    words = text.fold(paper.name).replace(" ", "-")[:NAME_LETTERS_MAX]
    return f"{number:04d}_{words}_{paper.file_number}{PDF}"


def _lines(
    ws: Workspace, ids: Sequence[str], done: dict[str, Done], separate: bool
) -> Iterator[IndexLine]:
    for start in range(0, len(ids), CARDS_AT_ONCE):
        some = ids[start : start + CARDS_AT_ONCE]
        page = person.listing(ws, PeopleFilter(ids=tuple(some)), limit=CARDS_AT_ONCE)
        cards = {card.id: card for card in page.cards}
        for person_id in some:
            card = cards.get(person_id)
            printed = done.get(person_id)
            commune = units.full_name(card.commune) if card and card.commune else ""
            yield IndexLine(
                name=card.name if card else file_number(person_id),
                birth=dates.show(card.birth) if card and card.birth else "",
                commune=commune,
                page=printed.page if printed else 0,
                file=printed.file if printed and separate else "",
            )
