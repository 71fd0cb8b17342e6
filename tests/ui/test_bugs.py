"""Bugs are recorded one by one, also when several come at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ui import bugs


@pytest.mark.logs("bug L")
def test_bugs_of_the_same_second_have_numbers_and_files_of_their_own(tmp_path: Path) -> None:
    found = [bugs.record(ValueError(str(number)), tmp_path) for number in range(5)]
    assert len({bug.number for bug in found}) == 5
    for bug in found:
        assert "ValueError" in bug.file.read_text("utf-8")
        assert bug.file.stem == bug.number


@pytest.mark.logs("bug L")
def test_a_name_in_an_error_stays_out_of_the_file_and_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name, written = "Nguyen Thi Hue", "Nguyễn Thị Huệ, 052156004451, thon Vinh Truong"
    try:
        try:
            {}[name]
        except KeyError as error:
            raise ValueError(f"no place for {written}") from error
    except ValueError as error:
        bug = bugs.record(error, tmp_path)
    told = bug.file.read_text("utf-8") + caplog.text
    assert "test_bugs.py" in told and "KeyError" in told and "ValueError" in told
    words = ("Nguyễn", "Huệ", "Hue", "052156004451", "Vinh", "Truong")
    assert not [word for word in words if word in told]


@pytest.mark.logs("bug L")
def test_what_the_disk_and_the_store_call_their_trouble_is_kept(tmp_path: Path) -> None:
    store = sqlite3.connect(tmp_path / "plain.db")
    for act in (
        lambda: (tmp_path / "Nguyen Thi Hue.pdf").read_bytes(),
        lambda: store.execute("INSERT INTO person VALUES ('Nguyen Thi Hue')"),
    ):
        try:
            act()
        except (OSError, sqlite3.Error) as error:
            told = bugs.record(error, tmp_path).file.read_text("utf-8")
        last = told.splitlines()[-1]
        assert last in ("FileNotFoundError 2", "OperationalError SQLITE_ERROR")
