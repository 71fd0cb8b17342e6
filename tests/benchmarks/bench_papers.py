"""How fast case files are printed, beside the same content drawn on a bare ReportLab canvas.

What our layout decided (every text, rule, box and picture with its place) is recorded first; the
bare canvas then only draws it, with no layout of its own.
"""

from __future__ import annotations

import gc
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.actions.case_file import in_vietnamese
from app.actions.printing import SLICE
from app.papers import case_file, fonts
from app.papers.page import HEIGHT, WIDTH, Page
from app.papers.pdf_file import About, PdfFile, join
from app.values.papers import Picture
from tests.benchmarks.measure import Measure, peak_memory_bytes
from tests.papers import invented

SIZES = {"small": 60, "full": 1_000, "large": 5_400}
BARE_AT_MOST = 1_000
AIM = 0.5
GROWTH_MIB_MAX = 24.0


def run(size: str) -> list[Measure]:
    """Files one each and all in one volume, each against the canvas; and what memory grew by."""
    count = SIZES[size]
    bare = min(count, BARE_AT_MOST)
    family = fonts.find()
    recorded = [case_file.pages(invented.case_file(n), family, in_vietnamese) for n in range(bare)]
    folder = Path(tempfile.mkdtemp(prefix="bench-papers-"))
    try:
        _separate(folder, 3)
        _bare_separate(folder, recorded[:3])
        ours = count / _seconds(lambda: _separate(folder, count))
        before = peak_memory_bytes()
        _separate(folder, count)
        volume = count / _seconds(lambda: _volume(folder, count))
        grown = (peak_memory_bytes() - before) / 2**20
        raw = bare / _seconds(lambda: _bare_separate(folder, recorded))
        raw_volume = bare / _seconds(lambda: _bare_volume(folder, recorded))
        bytes_each = (folder / "ours.pdf").stat().st_size / 1024
        return [
            Measure("case files: one each", ours, "files/s", raw, AIM),
            Measure("case files: one volume", volume, "files/s", raw_volume, AIM),
            Measure("case files: memory grown in the run", grown, "MiB"),
            Measure("case files: size of one", bytes_each, "KiB"),
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _separate(folder: Path, count: int) -> None:
    for number in range(count):
        paper = invented.case_file(number)
        (folder / "ours.pdf").write_bytes(case_file.typeset(paper, in_vietnamese))


def _volume(folder: Path, count: int) -> None:
    family = fonts.find()
    parts = []
    for start in range(0, count, SLICE):
        parts.append(folder / f"part-{start}.pdf")
        with parts[-1].open("wb") as out:
            pdf = PdfFile(out, family, About("Tập hồ sơ"))
            for number in range(start, min(start + SLICE, count)):
                pdf.add(case_file.pages(invented.case_file(number), family, in_vietnamese))
            pdf.close()
    join(parts, folder / "volume.pdf", About("Tập hồ sơ"), [("Hồ sơ", 0)])


def _bare_separate(folder: Path, recorded: Sequence[list[Page]]) -> None:
    for pages in recorded:
        out = BytesIO()
        canvas = _bare_canvas(out)
        _draw(canvas, pages)
        canvas.save()
        (folder / "bare.pdf").write_bytes(out.getvalue())


def _bare_volume(folder: Path, recorded: Sequence[list[Page]]) -> None:
    canvas = _bare_canvas(str(folder / "bare-volume.pdf"))
    for pages in recorded:
        _draw(canvas, pages)
    canvas.save()


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
    return ImageReader(BytesIO(picture.jpeg))


def _draw(canvas: Canvas, pages: Sequence[Page]) -> None:
    names = _names()
    for page in pages:
        for box in page.boxes:
            canvas.rect(box.x, box.y, box.width, box.height, stroke=0, fill=1)
        for placed in page.pictures:
            canvas.drawImage(_reader(placed.picture), *placed[:4])
        for rule in page.rules:
            canvas.setLineWidth(rule.width)
            canvas.line(*rule[:4])
        font = ("", 0.0)
        for text in page.texts:
            if font != (text.face, text.size):
                font = (text.face, text.size)
                canvas.setFont(names[text.face], text.size)
            canvas.drawString(text.x, text.y, text.words)
        canvas.showPage()
