"""`make bench`: run every bench_*.py, print one table, keep the numbers in build/bench.json."""

import argparse
import importlib
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path

from tests.benchmarks.measure import Measure

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = ("small", "full", "large", "huge")


def main(arguments: list[str] | None = None) -> int:
    """Exit 1 when an aim was missed. Each bench has `run(size: str) -> list[Measure]`."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these benches, such as: case_file imports")
    parser.add_argument("--size", choices=SIZES, default="full")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    chosen = parser.parse_args(arguments)
    found: list[Measure] = []
    for name in benches(chosen.names):
        print(f"· {name}", flush=True)
        measures = importlib.import_module(f"tests.benchmarks.bench_{name}").run(chosen.size)
        found += measures
        for measure in measures:
            print(row(measure), flush=True)
    keep(found, chosen.out, chosen.size)
    missed = [measure.name for measure in found if measure.met is False]
    print(f"\n{len(found)} numbers -> {chosen.out}")
    if missed:
        print("aims missed: " + ", ".join(missed))
    return 1 if missed else 0


def benches(asked: list[str]) -> list[str]:
    """The names of the benches that lie beside this file, or those asked for among them."""
    here = sorted(path.stem.removeprefix("bench_") for path in _folder().glob("bench_*.py"))
    unknown = set(asked) - set(here)
    if unknown:
        sys.exit(f"no such bench: {', '.join(sorted(unknown))} (there are: {', '.join(here)})")
    return [name for name in here if not asked or name in asked]


def row(measure: Measure) -> str:
    """One line of the table."""
    raw = "" if measure.raw is None else f"{measure.raw:,.1f}"
    ratio = "" if measure.ratio is None else f"{measure.ratio:.0%}"
    verdict = {None: "", True: "ok", False: f"BELOW {measure.aim or 0:.0%}"}[measure.met]
    value = f"{measure.value:,.1f}"
    return f"  {measure.name:<52} {value:>14} {measure.unit:<12} {raw:>14} {ratio:>6} {verdict}"


def keep(measures: list[Measure], out: Path, size: str) -> None:
    """Write the numbers with what they were measured on."""
    out.parent.mkdir(parents=True, exist_ok=True)
    numbers = [asdict(one) | {"ratio": one.ratio, "met": one.met} for one in measures]
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "size": size}
    text = json.dumps({"machine": machine, "measures": numbers}, ensure_ascii=False, indent=1)
    out.write_text(text + "\n", encoding="utf-8")


def _folder() -> Path:
    return Path(__file__).resolve().parent


if __name__ == "__main__":
    sys.exit(main())
