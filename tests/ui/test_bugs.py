"""Bugs are recorded one by one, also when several come at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import bugs


@pytest.mark.logs("bug L")
def test_bugs_of_the_same_second_have_numbers_and_files_of_their_own(tmp_path: Path) -> None:
    found = [bugs.record(ValueError(str(number)), tmp_path) for number in range(5)]
    assert len({bug.number for bug in found}) == 5
    for number, bug in enumerate(found):
        assert f"ValueError: {number}" in bug.file.read_text("utf-8")
        assert bug.file.stem == bug.number


@pytest.mark.logs("bug L")
def test_a_name_in_an_error_stays_out_of_the_file_and_of_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    name, written = "Nguyen Thi Hue", "Nguyễn Thị Huệ, 052156004451"
    try:
        try:
            {}[name]
        except KeyError as error:
            raise ValueError(f"no place for {written}") from error
    except ValueError as error:
        bug = bugs.record(error, tmp_path)
    told = bug.file.read_text("utf-8") + caplog.text
    assert "test_bugs.py" in told and "KeyError: …" in told and "ValueError: no place for" in told
    assert not [word for word in ("Nguyễn", "Huệ", "Hue", "052156004451") if word in told]
