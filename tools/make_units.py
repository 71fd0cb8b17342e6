"""Makes the unit tables of data/catalogues from the vietnamadminunits package, with corrections.

Run after a new edition of the package: `pip install vietnamadminunits`, then
`python tools/make_units.py`, or with `--check` to see whether the tables differ from it. Neither
the program nor its tests need the package (docs/decisions/0005).
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import sqlite3
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

CATALOGUES = Path(__file__).parent.parent / "data" / "catalogues"

KINDS = (
    "tỉnh",
    "thành phố",
    "quận",
    "huyện",
    "thị xã",
    "phường",
    "thị trấn",
    "xã",
    "đặc khu",
)

CODES_34 = {"06970": "06978"}
"""Xã Ba Chẽ has 06978 in QĐ 19/2025/QĐ-TTg; the package keeps the draft of CV 1027/CTK-CSCL."""

LINKS_63 = {"21727": ("21727",)}
"""Xã Ân Nghĩa (Hoài Ân) goes wholly to xã Kim Sơn: NQ 1664/NQ-UBTVQH15 khoản 27."""

Row = tuple[str, ...]


def package_folder() -> Path:
    """Where the package's data stand, without importing it (importing costs numpy and shapely)."""
    spec = importlib.util.find_spec("vietnamadminunits")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install vietnamadminunits first")
    return Path(spec.origin).parent / "data"


def split_kind(full: str) -> tuple[str, str]:
    """The kind and the bare name of "Thị trấn Ngô Mây"."""
    full = unicodedata.normalize("NFC", " ".join(full.split()))
    for kind in KINDS:
        if full.lower().startswith(kind + " "):
            return kind, full[len(kind) + 1 :]
    raise SystemExit(f"no kind in {full}")


def old_units(base: sqlite3.Connection) -> Iterator[Row]:
    """Rows code, parent, kind, name of the 63-province system as of 1 March 2025."""
    lines = base.execute(
        "SELECT provinceCode, province, districtCode, district, wardCode, ward "
        "FROM admin_units_legacy"
    ).fetchall()
    for code, name in sorted({(line[0], line[1]) for line in lines}):
        yield (code, "", *split_kind(name))
    for code, parent, name in sorted({(line[2], line[0], line[3]) for line in lines}):
        yield (code, parent, *split_kind(name))
    for code, parent, name in sorted((line[4], line[2], line[5]) for line in lines if line[4]):
        yield (code, parent, *split_kind(name))


def new_units(base: sqlite3.Connection) -> Iterator[Row]:
    """Rows code, parent, kind, name of the 34-province system since 1 July 2025."""
    lines = base.execute("SELECT provinceCode, province, wardCode, ward FROM admin_units")
    found = lines.fetchall()
    for code, name in sorted({(line[0], line[1]) for line in found}):
        yield (code, "", *split_kind(name))
    for code, parent, name in sorted(
        (CODES_34.get(line[2], line[2]), line[0], line[3]) for line in found
    ):
        yield (code, parent, *split_kind(name))


def links(base: sqlite3.Connection, folder: Path) -> Iterator[Row]:
    """Rows old code, new code, share: `whole`, or `part` of a commune divided among several."""
    old = {
        f"{province}_{district}_{ward or ''}": code or district_code
        for province, district, ward, code, district_code in base.execute(
            "SELECT provinceKey, districtKey, wardKey, wardCode, districtCode "
            "FROM admin_units_legacy"
        )
    }
    new = {
        (province, ward): CODES_34.get(code, code)
        for province, ward, code in base.execute(
            "SELECT provinceKey, wardKey, wardCode FROM admin_units"
        )
    }
    pairs: dict[str, set[str]] = {}
    table = json.loads((folder / "converter_2025.json").read_text("utf-8"))
    for province, wards in table["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for key in olds:
                pairs.setdefault(old[key], set()).add(new[province, ward])
    for province, divided in table["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            found = {new[province, part["newWardKey"]] for part in parts}
            pairs.setdefault(old[key], set()).update(found)
    pairs |= {code: set(targets) for code, targets in LINKS_63.items()}
    for code, targets in sorted(pairs.items()):
        for target in sorted(targets):
            yield code, target, "whole" if len(targets) == 1 else "part", ""


def lines_of(header: str, rows: Iterable[Row]) -> str:
    """A table as text, with a line of column names."""
    text = io.StringIO()
    lines = csv.writer(text, delimiter="|", lineterminator="\n")
    lines.writerow(header.split("|"))
    lines.writerows(rows)
    return text.getvalue()


def tables() -> dict[str, str]:
    """The three tables by file name."""
    folder = package_folder()
    base = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
    try:
        return {
            "units-63.csv": lines_of("code|parent|kind|name", old_units(base)),
            "units-34.csv": lines_of("code|parent|kind|name", new_units(base)),
            "units-links.csv": lines_of("old|new|share|hamlets", links(base, folder)),
        }
    finally:
        base.close()


def main() -> None:
    """Write the three tables, or with --check name those that differ and leave them alone."""
    made = tables()
    if "--check" in sys.argv[1:]:
        differ = [name for name in made if (CATALOGUES / name).read_text("utf-8") != made[name]]
        raise SystemExit("differ: " + ", ".join(differ) if differ else 0)
    for name, content in made.items():
        (CATALOGUES / name).write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
