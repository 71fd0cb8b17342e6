"""A long list read by a second process: the same rows, and nothing lost when that process is."""

from __future__ import annotations

import subprocess
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from app.demo import office
from app.errors import Refused
from app.imports import ahead
from app.imports.findings import Understood
from app.imports.listing import Pass
from app.imports.places import Gazetteer
from app.imports.reading import open_list
from app.imports.understanding import Reader
from app.imports.writing import Page, write_xlsx

HEADINGS = ("STT", "Họ và tên", "Ngày sinh", "Thôn", "Xã", "Ghi chú")
ROWS = 5 * ahead.ROWS_AT_ONCE + 7


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two sheets; a birthday that never was, an unreadable cell and a total among the rows."""
    rows = [
        (at, f"Lê Văn A{chr(97 + at % 26)}", f"{1 + at % 31:02d}/02/1950", "Thôn 1", "Cát Hanh",
         "NN bom mìn" if at % 9 else "(H) nghi nhiễm HIV")
        for at in range(1, ROWS)
    ]  # fmt: skip
    other = [(1, "NguyÔn V¨n ¸nh", "1951", "", "C¸t Hanh", ""), ("", "Tổng cộng", "1", "", "", "")]
    made = tmp_path / "dài.xlsx"
    write_xlsx(made, [Page("DS", [HEADINGS, *rows]), Page("Thêm", [HEADINGS, *other])])
    return made


def a_pass(path: Path) -> Pass:
    return Pass(open_list(path), Reader(Gazetteer((office.DISTRICT,)), date(2026, 11, 26)))


def number_of(row: Understood) -> int:
    """What is made of each row on the way."""
    return row.row.number


def beside(reading: Pass) -> list[tuple[Understood, int]]:
    """The rows as they are read here, with what is made of them."""
    return [(row, number_of(row)) for row in reading.persons()]


def remember_children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The real processes that were started, to be looked at and killed."""
    started: list[subprocess.Popen[bytes]] = []
    start = ahead._start

    def and_remember() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(ahead, "_start", and_remember)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    return started


def test_a_second_process_reads_the_same_rows_and_finds_the_same_besides(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = remember_children(monkeypatch)
    here, there = a_pass(path), a_pass(path)
    assert list(ahead.persons(there, number_of)) == beside(here)
    assert there.found == here.found and len(here.sheets) == 2 and here.encodings["tcvn3"]
    assert [one.poll() is not None for one in started] == [True]


def test_when_the_second_process_is_killed_reading_goes_on_here_without_a_row_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = remember_children(monkeypatch)
    monkeypatch.setattr(ahead, "READY_MAX", 1)
    here, there = a_pass(path), a_pass(path)
    rows = ahead.persons(there, number_of)
    first = list(islice(rows, 3))
    started[0].kill()
    assert first + list(rows) == beside(here)
    assert there.found == here.found


def test_who_stops_asking_leaves_no_process_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = remember_children(monkeypatch)
    monkeypatch.setattr(ahead, "READY_MAX", 1)
    rows = ahead.persons(a_pass(path), number_of)
    next(rows)
    rows.close()
    assert [one.poll() is not None for one in started] == [True]


def test_a_program_that_cannot_start_another_reads_itself(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(path.with_name("không có")))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert len(list(ahead.persons(a_pass(path), number_of))) == ROWS


def test_a_list_that_is_damaged_is_refused_as_when_it_is_read_here(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_children(monkeypatch)
    reading = a_pass(path)
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(Refused):
        list(ahead.persons(reading, number_of))
