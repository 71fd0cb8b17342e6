"""`reform plan`, `answer` and `apply` on the command line of one office."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import desk
from tests.line import Line

AN_NGHIA, AN_HOA, AN_TAN = "63:21634", "34:21628", "63:21625"


@pytest.fixture
def line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Line:
    """The office of huyện An Lão."""
    desk.at(tmp_path / "office", "63:542").close()
    monkeypatch.setenv("SOANSINH_PASSWORD", desk.PASSWORD)
    return Line(tmp_path / "office", capsys)


def test_plan_answer_apply_and_take_back(line: Line) -> None:
    line.add(f"commune={AN_TAN}")
    asked = line.add(f"commune={AN_NGHIA}", "hamlet=Thôn 3")
    silent = line.add(f"commune={AN_NGHIA}", "hamlet=Thôn 9")
    plan = line("reform", "plan", "--user", "minh")
    assert plan["totals"] == {
        "before": 3, "known": 1, "open": 2, "already": 0, "unknown": 0, "waiting": 0, "placed": 0,
        "agree": True,
    }  # fmt: skip
    assert [one["hamlet"] for one in plan["questions"]] == ["Thôn 3", "Thôn 9"]
    assert {one["name"] for one in plan["questions"][0]["candidates"]} == {"An Hòa", "An Toàn"}
    assert {one["id"] for one in plan["open"]} == {asked, silent}
    assert [(one["name"], one["persons"]) for one in plan["after"]] == [("An Lão", 1)]
    answer = ("reform", "answer", AN_NGHIA, AN_HOA, "--hamlet", "thon 3")
    assert line.codes(*answer, "--user", "minh") == ["not_allowed"]
    line(*answer, "--user", "lan")
    done = line("reform", "apply", "--user", "lan")
    assert (done["moved"], [one["id"] for one in done["open"]]) == (1, [silent])
    assert done["totals"]["placed"] == 1
    shown = line("people", "show", asked, "--user", "minh")
    assert shown["current_commune"]["name"] == "An Hòa" and shown["commune"]["name"] == "An Nghĩa"
    told = line.raw("reform", "plan", "--text", "--user", "minh")
    assert "Thôn 9, xã An Nghĩa, huyện An Lão, tỉnh Bình Định\t1\tphải hỏi thôn" in told
    assert "Tổng số khớp." in told
    back = line("reform", "apply", "--undo", "--unit", AN_NGHIA, "--user", "lan")
    assert back == {"returned": 1}
    line(*answer, "--withdraw", "--user", "lan")
    nobody = line("reform", "apply", "--user", "lan")
    assert (nobody["moved"], nobody["totals"]["known"], nobody["totals"]["placed"]) == (0, 1, 0)
    assert "không cần áp dụng" in line.raw("reform", "apply", "--text", "--user", "lan")
    assert len(line("reform", "plan", "--user", "minh")["questions"]) == 2
