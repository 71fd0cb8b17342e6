"""How fast case files are printed, beside the same content drawn on a bare ReportLab canvas.

What our layout decided (every text, rule, box and picture with its place) is recorded first; the
bare canvas then only draws it, with no layout of its own. The last pair of numbers is the whole
work of an office that prints a commune: read from the encrypted store, laid out, written, logged.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app import workspace
from app.actions import council_printing, person, printing
from app.actions.case_file import Gathering, in_vietnamese
from app.actions.print_run import SLICE
from app.actions.session_papers import SessionPapers
from app.demo import office
from app.papers import case_file, fonts
from app.papers.page import HEIGHT, WIDTH, Page
from app.papers.pdf_file import About, PdfFile
from app.papers.volume_file import join
from app.values.papers import CaseFile, Picture
from app.values.person import PeopleFilter
from tests import desk, sitting
from tests.benchmarks.measure import Measure, peak_memory_bytes, seconds
from tests.papers import invented

SIZES = {"small": 60, "full": 1_000, "large": 5_400}
AIM = 0.5
WARM, WATCHED = 60, 200
SEATED, SESSION_DAY = 40, "2026-03-10"
STORE_TURN = 100
BARE_KEPT_MAX = 200
"""Files after which the bare volume is saved and begun anew: it keeps every page in memory."""


def run(size: str) -> list[Measure]:
    """Files one each and in a volume, turn by turn with the canvas; and what memory grew by."""
    count = SIZES.get(size, SIZES["large"])
    folder = Path(tempfile.mkdtemp(prefix="bench-papers-"))
    try:
        grown = _grown(folder)
        each, bare, volume, bare_volume = _turns(folder, count)
        whole, bare_whole = _from_the_store(folder, count)
        return [
            Measure("case files: one each", count / each, "files/s", count / bare, AIM),
            Measure("case files: one volume", count / volume, "files/s", count / bare_volume, AIM),
            *_a_session(folder),
            Measure(
                "case files: store to volume", count / whole, "files/s", count / bare_whole, AIM
            ),
            Measure(f"case files: memory grown over {WATCHED} files", grown, "MiB"),
            Measure("case files: peak memory of joining the volume", _join_apart(folder), "MiB"),
            Measure("case files: size of one", (folder / "ours.pdf").stat().st_size / 1024, "KiB"),
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _grown(folder: Path) -> float:
    """MiB that the peak rises by from the first files to many more."""
    for start in range(0, WARM, SLICE):
        _separate(folder, _turn(start))
    before = peak_memory_bytes()
    for start in range(WARM, WARM + WATCHED, SLICE):
        _separate(folder, _turn(start))
    return (peak_memory_bytes() - before) / 2**20


def _turns(folder: Path, count: int) -> tuple[float, float, float, float]:
    """Seconds of ours and bare one each, ours and bare in a volume: short turns share the noise."""
    each = bare = volume = bare_volume = 0.0
    canvas = _bare_canvas(str(folder / "bare-volume.pdf"))
    for start in range(0, count, SLICE):
        papers = _turn(start)
        recorded = [case_file.pages(one, fonts.find(), in_vietnamese) for one in papers]
        each += seconds(partial(_separate, folder, papers))
        bare += seconds(partial(_bare_separate, folder, recorded))
        volume += seconds(partial(_part, folder, start, papers))
        bare_volume += seconds(partial(_draw, canvas, [one for pages in recorded for one in pages]))
        if (start + SLICE) % BARE_KEPT_MAX == 0 or start + SLICE >= count:
            bare_volume += seconds(canvas.save)
            canvas = _bare_canvas(str(folder / "bare-volume.pdf"))
    return each, bare, volume + seconds(partial(_join, folder)), bare_volume


def _from_the_store(folder: Path, count: int) -> tuple[float, float]:
    """Seconds of the action itself on a demonstration office, and of the canvas on its pages."""
    office.make(folder / "office", count)
    ws = workspace.open(folder / "office", "hoa", office.PASSWORD)
    whole = bare = 0.0
    try:
        ids = person.ids(ws, PeopleFilter())
        for start in range(0, count, STORE_TURN):
            some = ids[start : start + STORE_TURN]
            request = printing.PrintRequest(some, folder / "store.pdf")
            whole += seconds(partial(printing.case_files, ws, request))
            gathering = Gathering(ws)
            papers = [gathering.of(one) for one in some]
            drawn = [case_file.pages(one, fonts.find(), in_vietnamese) for one in papers]
            bare += seconds(partial(_bare_volume, folder, drawn))
    finally:
        ws.db.close()
    return whole, bare


def _a_session(folder: Path) -> list[Measure]:
    """All papers of a council's session of forty, store to volume, and the canvas on its pages."""
    at = sitting.on(desk.at(folder / "council"), SESSION_DAY)
    try:
        files = [
            sitting.complete_file(at.minh, f"Đặng Thị {name}", SESSION_DAY)[1]
            for name in (invented.GIVEN * 3)[:SEATED]
        ]
        held = sitting.held(at, SESSION_DAY, tuple(files))
        for one in held.hearings:
            sitting.severe(at.minh, one)
            sitting.all_for(at.minh, one)
        request = council_printing.session_request(at.hoa, held.session, folder / "session.pdf")
        ours = seconds(partial(council_printing.write_session, at.hoa, request))
        papers = SessionPapers(at.hoa)
        drawn = [papers.pages(papers.of(one), fonts.find()) for one in request.session_papers]
        bare = seconds(partial(_bare_volume, folder, drawn))
    finally:
        at.close()
    pages = sum(map(len, drawn))
    return [
        Measure("council: all papers of a session of 40", ours, "s", more_is_better=False),
        Measure("council: papers of a session", pages / ours, "pages/s", pages / bare, AIM),
    ]


def _bare_volume(folder: Path, recorded: Sequence[list[Page]]) -> None:
    canvas = _bare_canvas(str(folder / "bare-store.pdf"))
    for pages in recorded:
        _draw(canvas, pages)
    canvas.save()


def _turn(start: int) -> list[CaseFile]:
    return [invented.case_file(number) for number in range(start, start + SLICE)]


def _part(folder: Path, start: int, papers: Sequence[CaseFile]) -> None:
    """A part of a volume, as printing writes it."""
    with (folder / f"part-{start:06d}.pdf").open("wb") as out:
        pdf = PdfFile(out, fonts.find(), About("Tập hồ sơ"))
        for paper in papers:
            pdf.add(case_file.pages(paper, fonts.find(), in_vietnamese))
        pdf.close()


def _join(folder: Path) -> None:
    parts = sorted(folder.glob("part-*.pdf"))
    join(parts, folder / "volume.pdf", About("Tập hồ sơ"), [("Hồ sơ", 0)])


def _join_apart(folder: Path) -> float:
    """MiB at the peak of a process that does nothing but join."""
    words = (
        "import sys; from pathlib import Path; from tests.benchmarks import bench_papers as bench; "
        "from tests.benchmarks.measure import peak_memory_bytes; "
        "bench._join(Path(sys.argv[1])); print(peak_memory_bytes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, str(folder)], capture_output=True, check=True
    )
    return int(done.stdout) / 2**20


def _separate(folder: Path, papers: Sequence[CaseFile]) -> None:
    for paper in papers:
        (folder / "ours.pdf").write_bytes(case_file.typeset(paper, in_vietnamese))


def _bare_separate(folder: Path, recorded: Sequence[list[Page]]) -> None:
    for pages in recorded:
        out = BytesIO()
        canvas = _bare_canvas(out)
        _draw(canvas, pages)
        canvas.save()
        (folder / "bare.pdf").write_bytes(out.getvalue())


def _bare_canvas(out: BytesIO | str) -> Canvas:
    face: Any = _names()["regular"]
    return Canvas(out, (WIDTH, HEIGHT), pageCompression=1, initialFontName=face)


@cache
def _names() -> dict[str, str]:
    """Our faces as the canvas knows them; parsed once, as a careful programmer would."""
    names = {}
    for name, face in fonts.find().faces().items():
        pdfmetrics.registerFont(TTFont(f"bench-{name}", str(face.path)))
        names[name] = f"bench-{name}"
    return names


@cache
def _reader(picture: Picture) -> ImageReader:
    """Each picture read and decoded once: better than a bare canvas would have it."""
    return ImageReader(BytesIO(picture.jpeg))


def _draw(canvas: Canvas, pages: Sequence[Page]) -> None:
    names = _names()
    for page in pages:
        canvas.setPageSize(page.sheet)
        for box in page.boxes:
            canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
        for placed in page.pictures:
            canvas.drawImage(_reader(placed.picture), *placed[:4])
        if page.mark:
            canvas.saveState()
            canvas.setFillGray(0.88)
            canvas.translate(WIDTH / 2, HEIGHT / 2)
            canvas.rotate(45)
            canvas.setFont(names["bold"], 96)
            canvas.drawCentredString(0, 0, page.mark)
            canvas.restoreState()
        wide = -1.0
        for rule in page.rules:
            if rule.width != wide:
                wide = rule.width
                canvas.setLineWidth(wide)
            canvas.line(*rule[:4])
        font = ("", 0.0)
        for text in page.texts:
            if font != (text.face, text.size):
                font = (text.face, text.size)
                canvas.setFont(names[text.face], text.size)
            canvas.drawString(text.x, text.y, text.words)
        canvas.showPage()
