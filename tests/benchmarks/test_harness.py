"""The table of `make bench` says what was measured, and an aim that was missed."""

import json
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks.measure import Measure


def test_ratio_points_the_same_way_for_speeds_and_for_times() -> None:
    speed = Measure("insert", 500.0, "rows/s", raw=1000.0, aim=0.5)
    slow = Measure("open", 4.0, "s", raw=1.0, aim=0.5, more_is_better=False)
    assert (speed.ratio, speed.met) == (0.5, True)
    assert (slow.ratio, slow.met) == (0.25, False)
    assert Measure("memory", 12.0, "MB").met is None


def test_numbers_are_kept_with_the_machine(tmp_path: Path) -> None:
    out = tmp_path / "build" / "bench.json"
    bench.keep([Measure("files", 40.0, "files/s", raw=80.0, aim=0.5)], out, "small")
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert kept["measures"][0]["ratio"] == 0.5
    assert kept["machine"]["size"] == "small"


def test_a_missed_aim_ends_with_one_and_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bench_slow.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(bench, "_folder", lambda: tmp_path)
    monkeypatch.setattr(bench.importlib, "import_module", lambda _: _Slow())
    assert bench.main(["--out", str(tmp_path / "bench.json")]) == 1
    printed = capsys.readouterr().out
    assert "aims missed: printing" in printed
    assert "BELOW 50%" in printed


def test_an_unknown_bench_is_refused_by_name() -> None:
    with pytest.raises(SystemExit, match="no such bench: nothing_like_it"):
        bench.benches(["nothing_like_it"])


class _Slow:
    """A bench module with one number below its aim."""

    @staticmethod
    def run(size: str) -> list[Measure]:
        return [Measure("printing", 10.0, "files/s", raw=100.0, aim=0.5)]
