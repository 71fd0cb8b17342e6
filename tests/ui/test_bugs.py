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
