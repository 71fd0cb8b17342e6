"""`units convert`: every pair of the two provinces' resolutions, both ways, without a store."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.data.test_units import pairs
from tests.line import Line


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    """The command line on a home in which nothing was ever set up."""
    return Line(tmp_path / "none", capsys)


def convert(line: Line, *words: str) -> list[dict[str, Any]]:
    return list(line("units", "convert", *words)["successors"])


def test_every_old_commune_of_the_two_provinces_becomes_what_the_resolutions_say(
    line: Line,
) -> None:
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs():
        whole = pair["share"] == "whole"
        told = {"system": "34", "code": pair["new"], "name": pair["new_name"]}
        said[pair["old"]].append(told | {"share": 1.0 if whole else None, "ask": not whole})
    assert len(said) == 155 + 172
    for old, expected in said.items():
        found = convert(line, f"63:{old}")
        assert sorted(found, key=lambda one: one["code"]) == sorted(
            expected, key=lambda one: str(one["code"])
        )
    divided = {old for old, expected in said.items() if len(expected) > 1}
    assert divided == {"21634", "21997", "22000", "05461", "05467", "05932"}


def test_every_present_commune_names_the_old_ones_it_was_made_of(line: Line) -> None:
    said: dict[str, dict[str, float | None]] = defaultdict(dict)
    for pair in pairs():
        said[pair["new"]][pair["old"]] = 1.0 if pair["share"] == "whole" else None
    assert len(said) == 58 + 55
    for new, olds in said.items():
        found = convert(line, f"34:{new}")
        assert {one["code"]: one["share"] for one in found} == olds
        assert {one["system"] for one in found} == {"63"}
        assert all(one["ask"] == (len(olds) > 1) for one in found)


def test_a_day_chooses_the_borders(line: Line) -> None:
    itself = {"system": "63", "code": "21871", "name": "Cát Hanh", "share": 1.0, "ask": False}
    assert convert(line, "63:21871", "--on", "2025-06-30") == [itself]
    assert convert(line, "63:21871", "--on", "2025-07-01")[0]["name"] == "Hòa Hội"
    assert [one["code"] for one in convert(line, "34:21871", "--on", "2026-01-01")] == ["21871"]
    names = {one["name"] for one in convert(line, "34:21871", "--on", "2025-01-01")}
    assert names == {"Cát Hanh", "Cát Hiệp"}


def test_provinces_districts_and_what_is_no_unit(line: Line) -> None:
    assert [one["name"] for one in convert(line, "63:06")] == ["Thái Nguyên"]
    assert {one["name"] for one in convert(line, "34:52")} == {"Bình Định", "Gia Lai"}
    assert all(one["ask"] for one in convert(line, "63:548"))
    assert line.codes("units", "convert", "63:99999") == ["unknown_unit"]
    line.raw("units", "convert", "63:21871", "--on", "hôm nay", code=2)
    told = line.raw("units", "convert", "63:21634", "--text")
    assert "xã An Hòa, tỉnh Gia Lai\tmột phần; phải hỏi thôn" in told
