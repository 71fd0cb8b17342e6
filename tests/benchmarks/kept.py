"""A large office that benches share, kept under build/ from one run to the next.

It is made anew when what makes it, or the shape of the store, is another one.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from app import workspace
from tests import desk
from tests.benchmarks import filled, grown

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "build" / "bench"
MADE_BY = (
    *(Path(module.__file__) for module in (grown, filled)),
    *sorted((ROOT / "data" / "migrations" / "versions").glob("*.py")),
    ROOT / "data" / "catalogues" / "fields.csv",
)


def office(persons: int) -> desk.Desk:
    """The office of so many persons with everything that reports count; open. Nobody may write."""
    sign = hashlib.sha256(b"".join(file.read_bytes() for file in MADE_BY)).hexdigest()[:12]
    home = HOME / f"office-{persons}-{sign}"
    if not home.is_dir():
        for old in HOME.glob(f"office-{persons}-*"):
            shutil.rmtree(old)
        begun = HOME / f"making-{persons}"
        shutil.rmtree(begun, ignore_errors=True)
        HOME.mkdir(parents=True, exist_ok=True)
        at = grown.office_of(begun, persons)
        filled.fill(at.lan)
        at.close()
        begun.rename(home)
    lan = workspace.open(home, "lan", desk.PASSWORD)
    hoa, minh = (workspace.attach(lan.db, name) for name in ("hoa", "minh"))
    return desk.Desk(home, lan, hoa, minh)
