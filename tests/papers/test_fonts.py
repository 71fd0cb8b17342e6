"""The face of the papers: found quickly, whole, or plainly refused."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
import reportlab

from app.papers import fonts
from app.papers.fonts import FontMissing
from app.wording import say

VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
"""A face that comes with the PDF library and has few Vietnamese letters."""


def test_there_are_134_vietnamese_letters_with_marks() -> None:
    assert len(fonts.VIETNAMESE) == len(set(fonts.VIETNAMESE)) == 134


def test_this_pc_has_a_face_with_all_of_them_in_three_cuts() -> None:
    family = fonts.find()
    for face in family.faces().values():
        assert all(face.has(letter) for letter in fonts.VIETNAMESE)
        assert face.advance("ữ") > 0


def test_looking_again_takes_no_time() -> None:
    fonts.find()
    began = time.perf_counter()
    for _ in range(100):
        fonts.find()
    assert time.perf_counter() - began < 0.1


def test_a_face_without_vietnamese_letters_is_passed_over(tmp_path: Path) -> None:
    for name in ("times.ttf", "timesbd.ttf", "timesi.ttf"):
        shutil.copy(VERA, tmp_path / name)
    good = tmp_path / "good"
    good.mkdir()
    family = fonts.find()
    for face, name in zip(family.faces().values(), ("Regular", "Bold", "Italic"), strict=True):
        shutil.copy(face.path, good / f"Tinos-{name}.ttf")
    assert fonts.find_in((tmp_path, good)).name == "Tinos"


def test_without_any_whole_face_the_clerk_is_told_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "times.ttf").write_bytes(b"no font at all")
    for name in ("timesbd.ttf", "timesi.ttf"):
        shutil.copy(VERA, tmp_path / name)
    with pytest.raises(FontMissing) as missing:
        fonts.find_in((tmp_path, tmp_path / "nowhere"))
    assert missing.value.code == "font_missing"
    assert "Times New Roman" in say(missing.value.code, missing.value.facts)
