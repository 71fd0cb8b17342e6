"""`make soak`: the tests marked `soak` again and again, each round with a new seed it prints."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTHING_MARKED = 5  # pytest's exit code when no test was collected


def main(arguments: list[str] | None = None) -> int:
    """Stop at the first failure with its seed; a round that is begun is finished."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--folder", type=Path, default=ROOT / "tests")
    chosen = parser.parse_args(arguments)
    until, seed, rounds = time.monotonic() + chosen.minutes * 60, chosen.seed, 0
    while rounds == 0 or time.monotonic() < until:
        print(f"round {rounds + 1}, SOANSINH_SEED={seed}", flush=True)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-s", "-m", "soak"]
        command += ["-o", "timeout=1800", f"--hypothesis-seed={seed}", str(chosen.folder)]
        code = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"SOANSINH_SEED": str(seed)}
        ).returncode
        if code == NOTHING_MARKED:
            print("no test is marked soak")
            return 1
        if code:
            print(f"failed; again with: SOANSINH_SEED={seed} python -m pytest -m soak")
            return 1
        rounds, seed = rounds + 1, seed + 1
    print(f"{rounds} rounds, none failed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
