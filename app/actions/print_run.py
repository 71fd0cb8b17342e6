"""A run of printing: persons in slices, each logged before it is seen; a volume or a folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from app import locked_file
from app.actions import access, print_job, sharing
from app.actions.case_file import file_number
from app.actions.print_job import Done, Job, part_of
from app.actions.print_kinds import CaseFolders, Kind, Paper, PersonFiles
from app.actions.session_papers import SessionPapers
from app.errors import Problem, Refused
from app.papers import fonts, letterhead
from app.papers.page import Page
from app.papers.pdf_file import About, PdfFile
from app.papers.volume_file import PartDamaged, join, joined
from app.values.papers import PrintRequest, PrintResult
from app.values.sharing import Leave
from app.workspace import Workspace
from data import text
from data.errors import DataError

SLICE = 20
"""Persons between two entries in the log and the journal."""

INDEX_FOLDER = "muc-luc"
PDF = ".pdf"
NAME_LETTERS_MAX = 60


def begin(ws: Workspace, request: PrintRequest) -> Run:
    """The run of a request, or the rest of one that was interrupted.

    Raises Refused (not_allowed) and FontMissing.
    """
    ids = tuple(dict.fromkeys(request.ids))
    kind = _kind_of(ws, request)
    fonts.find()
    out = _target(request.out, request.separate)
    job = print_job.resume(ws, ids, out, _kind(ws, request))
    if not request.separate:
        job.name_files(lambda _number, _id: out.name)
    else:
        job.name_files(lambda number, who: _file_written(out, number, who))
    return (Folder if request.separate else Volume)(ws, kind, ids, job)


def _kind_of(ws: Workspace, request: PrintRequest) -> Kind:
    if request.session_papers:
        return SessionPapers(ws)
    return (CaseFolders if request.case_ids else PersonFiles)(ws, request.confidential)


def give_up(ws: Workspace, request: PrintRequest) -> None:
    """Drop what an interrupted run of this request left. Raises OSError."""
    ids = tuple(dict.fromkeys(request.ids))
    out = _target(request.out, request.separate)
    print_job.drop(ws, print_job.of(ws, ids, out, _kind(ws, request)))


def _kind(ws: Workspace, request: PrintRequest) -> str:
    """What else makes two requests the same: the form, and what may be read."""
    allowed = ws.restricted is not None and request.confidential
    what = "session" if request.session_papers else "cases" if request.case_ids else ""
    return f"{request.separate}{allowed}{request.recipient}{what}"


class Run:
    """What volumes and folders have in common: slices, the log, the journal, who failed."""

    separate = False

    def __init__(self, ws: Workspace, kind: Kind, ids: Sequence[str], job: Job) -> None:
        self.ws = ws
        self.kind = kind
        self.translate = kind.translate
        self.family = fonts.find()
        self.ids = ids
        self.job = job
        self.failed: list[Problem] = []
        self.unlogged: list[Done] = []
        self.resumed_from = len(job.done)
        self.stopped = False
        self.leave: Mapping[str, Leave] = {}

    def let_out(self, leave: Mapping[str, Leave]) -> None:
        """These files go outside: without pictures that are kept on no basis, and written down."""
        self.leave = leave
        if leave:
            self.kind.go_outside(leave)

    def print(
        self, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
    ) -> PrintResult:
        """Print everybody not yet printed, slice by slice. Raises OSError."""
        self.job.out.parent.mkdir(parents=True, exist_ok=True)
        finished = {one.id for one in self.job.done}
        try:
            for number, person_id in enumerate(self.ids, 1):
                if number % SLICE == 1:
                    self.kind.expect(self.ids[number - 1 : number - 1 + SLICE])
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
            persons = self.kind.persons([one.id for one in some])
            access.seen_many(self.ws, persons, "print", self.job.out.name)
            out = [self.leave[one.id] for one in some if one.id in self.leave]
            if out:
                sharing.record(self.ws, out, self.translate("Bản in hồ sơ"))
            self.job.done += some
            self.publish(some)
            self.job.keep(self.ws)

    def _one(self, person_id: str) -> None:
        try:
            paper = self.kind.of(person_id)
        except Refused as refused:
            self.failed += refused.problems
            return
        except DataError as error:
            self.failed.append(Problem.of(error.code, "id", person_id, **error.facts))
            return
        self.unlogged.append(self.put(person_id, paper))

    def put(self, person_id: str, paper: Paper) -> Done:
        """Set one file and write it where nobody sees it yet."""
        raise AssertionError(person_id, paper)

    def publish(self, some: Sequence[Done]) -> None:
        """Show what was logged."""

    def finish(self) -> PrintResult:
        """The index, and what the run answers."""
        raise AssertionError(self.job)

    def cover(self) -> list[Page]:
        """The list of everybody asked for, with the pages or files known so far."""
        done = {one.id: one for one in self.job.done}
        return self.kind.cover(self.ids, done, self.separate, self.family)

    def typeset(self, about: About, pages: Sequence[Page]) -> bytes:
        """Pages as a PDF."""
        out = BytesIO()
        pdf = PdfFile(out, self.family, about)
        pdf.add(pages)
        pdf.close()
        return out.getvalue()

    def locked(self, content: bytes) -> bytes:
        """A PDF as it may lie on the disk: under the password, where there is one."""
        return locked_file.locked(content, self.job.out.with_suffix(PDF), self.ws.file_password)

    def result(self, files: tuple[Path, ...], index: Path | None, pages: int) -> PrintResult:
        """What the run answers."""
        return PrintResult(
            files=files,
            pages=pages,
            persons=len(self.job.done),
            printed=tuple(one.id for one in self.job.done),
            failed=tuple(self.failed),
            resumed_from=self.resumed_from,
            stopped=self.stopped,
            index=index,
        )


class Folder(Run):
    """One file each, and an index in a folder beside them."""

    separate = True

    def put(self, person_id: str, paper: Paper) -> Done:
        name = _file_name(len(self.job.done) + len(self.unlogged) + 1, paper)
        pages = self.kind.pages(paper, self.family)
        if not self.job.kept:
            self.job.keep(self.ws)
        self.job.out.mkdir(parents=True, exist_ok=True)
        content = self.typeset(self.kind.about(paper), pages)
        part_of(self.job.out / name).write_bytes(self.locked(content))
        return Done(person_id, name, 1, len(pages))

    def publish(self, some: Sequence[Done]) -> None:
        for one in some:
            os.replace(part_of(self.job.out / one.file), self.job.out / one.file)

    def finish(self) -> PrintResult:
        files = tuple(self.job.out / one.file for one in self.job.done)
        index = None
        if not self.stopped:
            self.job.forget(self.ws)
            many = len(self.job.done) > 1 and self.kind.covered(len(self.job.done))
            index = self._index() if many else None
        return self.result(files, index, sum(one.pages for one in self.job.done))

    def _index(self) -> Path:
        path = self.job.out / INDEX_FOLDER / f"{INDEX_FOLDER}{PDF}"
        path.parent.mkdir(exist_ok=True)
        content = self.typeset(self.kind.volume(len(self.ids)), self.cover())
        part_of(path).write_bytes(self.locked(content))
        os.replace(part_of(path), path)
        return path


class Volume(Run):
    """One PDF; with several persons it begins with the index, and pages carry their place in it.

    It grows in parts of a slice each, in a folder beside the file; a whole part is never written
    again, and an interrupted volume goes on behind its last one. Under a password the parts stay in
    memory, so that nothing open ever lies on the disk, and an interrupted volume begins anew.
    """

    def __init__(self, ws: Workspace, kind: Kind, ids: Sequence[str], job: Job) -> None:
        super().__init__(ws, kind, ids, job)
        self.index_pages = len(self.cover()) if kind.covered(len(ids)) else 0
        self.folder = part_of(job.out)
        self.about = kind.volume(len(ids))
        self.marks: list[tuple[str, int]] = []
        self.parts = self.pages = 0
        self.slice: list[list[Page]] = []
        self.closed: list[bytes] = []
        self._go_on()

    def put(self, person_id: str, paper: Paper) -> Done:
        pages = self.kind.pages(paper, self.family)
        first = self.index_pages + self.pages + 1
        if self.index_pages or len(self.ids) > 1:
            for number, page in enumerate(pages, first):
                if self.kind.numbered:
                    letterhead.volume_number(self.family, page, number, self.translate)
            self.marks.append((_bookmark(person_id, paper.name), first - 1))
        else:
            self.about = self.kind.about(paper)
        self.slice.append(pages)
        self.pages += len(pages)
        return Done(person_id, self.job.out.name, first, len(pages))

    def settle(self) -> None:
        some, self.slice = self.slice, []
        pages = [page for one in some for page in one]
        if some and self.ws.file_password:
            self.closed.append(self.typeset(self.about, pages))
        elif some:
            self.parts += 1
            self._write(f"{self.parts:04d}{PDF}", pages)
            self.job.pdf = {"parts": self.parts, "pages": self.pages}
        super().settle()

    def finish(self) -> PrintResult:
        if self.stopped:
            return self.result((), None, self.pages)
        if self.ws.file_password:
            return self._finish_closed()
        parts = [self.folder / f"{number:04d}{PDF}" for number in range(1, self.parts + 1)]
        if parts:
            if self.index_pages:
                parts.insert(0, self._write(f"{INDEX_FOLDER}{PDF}", self.cover()))
            whole = self.folder / f"whole{PDF}"
            self._join(parts, whole)
            os.replace(whole, self.job.out)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.job.forget(self.ws)
        if not parts:
            return self.result((), None, 0)
        return self.result((self.job.out,), None, self.pages + self.index_pages)

    def _finish_closed(self) -> PrintResult:
        self.job.forget(self.ws)
        if not self.closed:
            return self.result((), None, 0)
        cover = [self.typeset(self.about, self.cover())] if self.index_pages else []
        whole = joined([*cover, *self.closed], self.about, self.marks)
        part_of(self.job.out).write_bytes(self.locked(whole))
        os.replace(part_of(self.job.out), self.job.out)
        return self.result((self.job.out,), None, self.pages + self.index_pages)

    def _join(self, parts: Sequence[Path], whole: Path) -> None:
        """Make the volume of its parts; when one is damaged, the next run begins anew."""
        try:
            join(parts, whole, self.about, self.marks)
        except PartDamaged:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.job.forget(self.ws)
            raise

    def _write(self, name: str, pages: Sequence[Page]) -> Path:
        if not self.job.kept:
            self.job.keep(self.ws)  # first: a folder without a journal would never be cleared away
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(self.typeset(self.about, pages))
        return path

    def _go_on(self) -> None:
        """Take up the parts that an interrupted run finished; begin anew when one is missing."""
        state = self.job.pdf or {}
        parts = int(state.get("parts", 0))
        whole = all((self.folder / f"{n:04d}{PDF}").is_file() for n in range(1, parts + 1))
        if not parts or not whole:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.job.done, self.job.pdf, self.resumed_from = [], None, 0
            return
        self.parts, self.pages = parts, int(state["pages"])
        names = self.kind.names([one.id for one in self.job.done])
        self.marks = [(_bookmark(one.id, names[one.id]), one.page - 1) for one in self.job.done]


def _target(out: Path, separate: bool) -> Path:
    """The file of a volume: a folder given instead holds it under a plain name."""
    if not separate and out.is_dir():
        return out / f"ho-so{PDF}"
    return out


def _file_name(number: int, paper: Paper) -> str:
    """`0001_nguyen-thi-huong_4F7A-09C2-0001.pdf`: sorted as printed, safe on every stick."""
    words = text.fold(paper.name).replace(" ", "-")[:NAME_LETTERS_MAX]
    return f"{number:04d}_{words}_{paper.file_number}{PDF}"


def _file_written(folder: Path, number: int, person_id: str) -> str:
    """The name of a file that an interrupted run wrote; empty when it is not there any more."""
    pattern = f"{number:04d}_*_{file_number(person_id)}{PDF}"
    return next((path.name for path in folder.glob(pattern)), "")


def _bookmark(person_id: str, name: str) -> str:
    """The number of the file first, as on its pages; whoever may print sees whole names."""
    number = file_number(person_id)
    return number if name == number else f"{number} · {name}"
