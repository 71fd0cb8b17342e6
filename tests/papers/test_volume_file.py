"""Parts joined into one volume: whole, shared, flat in memory, and damage is told."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pytest

from app.actions.case_file import in_vietnamese
from app.papers import case_file, fonts
from app.papers.pdf_file import About, PdfFile
from app.papers.volume_file import PartDamaged, join
from tests.papers import invented, reading

PAGES_EACH = 4


def part(folder: Path, number: int, name: str = "") -> Path:
    """A part of one invented file of four pages, with a photo."""
    family = fonts.find()
    path = folder / f"{name or number}.pdf"
    with path.open("wb") as out:
        pdf = PdfFile(out, family, About("Phần"))
        pdf.add(case_file.pages(invented.case_file(number), family, in_vietnamese))
        pdf.close()
    return path


def test_parts_are_joined_in_order_with_bookmarks_and_one_language(tmp_path: Path) -> None:
    parts = [part(tmp_path, number) for number in range(4)]
    marks = [(f"Người (số {n})", n * PAGES_EACH) for n in range(4)]
    join(parts, tmp_path / "tap.pdf", About("Hồ sơ của 4 người", "Phòng", "2026-02-03"), marks)
    content = (tmp_path / "tap.pdf").read_bytes()
    read = reading.read(content)
    assert (len(read.pages), read.title) == (16, "Hồ sơ của 4 người")
    assert read.outline == tuple(words for words, _ in marks)
    assert read.pictures == tuple(reading.read(parts[0].read_bytes()).pictures) * 4
    for number in range(4):
        assert f"Mã hồ sơ: 4F7A-09C2-{number:04X}" in read.pages[number * PAGES_EACH]
    assert all(embedded for _, embedded in reading.fonts_of(content))
    assert not any("Helvetica" in name for name in reading.font_names(content))
    assert b"/Lang (vi-VN)" in content


def test_a_page_looks_in_the_volume_as_it_looked_alone(tmp_path: Path) -> None:
    parts = [part(tmp_path, number) for number in range(2)]
    join(parts, tmp_path / "tap.pdf", About("Tập"), [])
    whole = (tmp_path / "tap.pdf").read_bytes()
    for page in range(PAGES_EACH):
        alone = reading.picture_of(parts[1].read_bytes(), page)
        joined = reading.picture_of(whole, PAGES_EACH + page)
        assert alone.tobytes() == joined.tobytes()


def test_hundreds_of_parts_share_their_fonts_under_a_tree_of_pages_in_flat_memory(
    tmp_path: Path,
) -> None:
    known = [part(tmp_path, number) for number in range(5)]
    whole = tmp_path / "tap.pdf"
    join(known, whole, About("Tập"), [])  # what is read once a process is read
    peaks = []
    for count in (20, 400):
        parts = [known[number % 5] for number in range(count)]
        tracemalloc.start()
        join(parts, whole, About("Tập"), [(f"{n}", n * PAGES_EACH) for n in range(count)])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / (380 * PAGES_EACH) < 500, "bytes a page"
    told = subprocess.run(["pdffonts", whole], capture_output=True, text=True, check=True)
    lines = told.stdout.splitlines()[2:]
    assert len(lines) == 3 and all(line.split()[-5:-2] == ["yes"] * 3 for line in lines)
    assert not told.stderr
    content = whole.read_bytes()
    kids = [node.partition(b"]")[0].count(b" 0 R") for node in content.split(b"/Kids [")[1:]]
    assert len(kids) == 400 + 13 + 1 and max(kids) <= 32
    last = reading.read(content)
    assert len(last.pages) == 1600 and len(last.outline) == 400
    assert "Mã hồ sơ: 4F7A-09C2-0004" in last.pages[-1]


@pytest.mark.parametrize("harm", ["empty", "half", "no end", "zeros", "another file", "shifted"])
def test_a_part_that_is_not_what_was_written_is_told(tmp_path: Path, harm: str) -> None:
    parts = [part(tmp_path, number) for number in range(2)]
    content = parts[1].read_bytes()
    middle = len(content) // 2
    first = content.index(b"/Type /Page\n") - 200
    harmed = {
        "empty": b"",
        "half": content[:middle],
        "no end": content[:-30],
        "zeros": content[:first] + bytes(300) + content[first + 300 :],
        "another file": b"PK" + content[2:500],
        "shifted": content[:100] + content[101:],
    }
    parts[1].write_bytes(harmed[harm])
    with pytest.raises(PartDamaged, match=r"1\.pdf"):
        join(parts, tmp_path / "tap.pdf", About("Tập"), [])


def test_a_full_disk_while_joining_is_an_ordinary_trouble(tmp_path: Path) -> None:
    parts = [part(tmp_path, 1)]
    shutil.copy(parts[0], tmp_path / "2.pdf")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
    try:
        with pytest.raises(OSError):
            join([*parts, tmp_path / "2.pdf"], tmp_path / "tap.pdf", About("Tập"), [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
