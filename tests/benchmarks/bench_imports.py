"""How fast a province's list comes in with matching, beside bare reading and a bare insert."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from pathlib import Path

from sqlalchemy import text

from app.actions import import_list, person
from app.demo import invented, office
from app.imports.reading import open_list
from app.imports.writing import Page, write_xlsx
from app.rules import dates
from app.values.imports import ImportResult
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data import codes, units
from data.base import new_id
from tests import desk
from tests.benchmarks.measure import Measure, resident_bytes

SIZES = {"small": 2_000, "full": 43_760, "large": 100_000}
AIM_ROWS_PER_SECOND = 3_000.0
HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thôn", "Xã", "Dạng khuyết tật",
    "Mức độ khuyết tật", "Ghi chú",
)  # fmt: skip


def run(size: str) -> list[Measure]:
    """Bring a list in, bring it in again (everybody is known), and stop one in the middle."""
    folder = Path(tempfile.mkdtemp(prefix="bench-imports-"))
    count = SIZES.get(size, SIZES["large"])
    path = folder / "danh sách.xlsx"
    write(path, count)
    at = desk.at(folder / "office")
    try:
        reading = _bare_reading(path)
        memory = _Memory()
        result, first_s = _timed(at.minh, path)
        grown = memory.stop()
        again, again_s = _timed(at.minh, path)
        insert = _bare_insert(at.minh, count)
        bare = count / (reading + insert)
        assert result.created + result.matched == again.matched == count and not again.created
        kept, whole = _stopped(folder, path)
        speed = count / first_s
        return [
            Measure("imports: rows with matching", speed, "rows/s", AIM_ROWS_PER_SECOND, 1.0),
            Measure("imports: beside bare reading and insert", speed, "rows/s", bare),
            Measure("imports: everybody known already", count / again_s, "rows/s", bare),
            Measure("imports: bare reading", count / reading, "rows/s"),
            Measure("imports: bare insert", count / insert, "rows/s"),
            Measure("imports: memory grown", grown / 2**20, "MiB", more_is_better=False),
            Measure("imports: kept when stopped", float(kept), "rows", float(whole), 1.0),
        ]
    finally:
        at.close()
        shutil.rmtree(folder, ignore_errors=True)


def write(path: Path, count: int) -> None:
    """A commune's list of so many invented people."""
    communes = [unit.key for unit in units.communes_of(office.DISTRICT)]
    made = invented.people(count, communes, office.need_items(), 2026, 5)

    def rows() -> object:
        yield HEADINGS
        for number, one in enumerate(made, 1):
            fields = one.fields
            types = fields["types"]
            words = types if isinstance(types, tuple) else (str(types),)
            yield (
                number,
                fields["name"],
                dates.show(str(fields["birth"])),
                codes.label("sex", str(fields["sex"])),
                fields.get("id_number", ""),
                fields.get("hamlet", ""),
                units.get(str(fields["commune"])).name,
                ", ".join(codes.label("disability_type", word) for word in words),
                codes.label("degree", str(fields["degree"])),
                "NN bom mìn" if fields.get("mine_victim") else "",
            )

    write_xlsx(path, [Page("DS", rows())])  # type: ignore[arg-type]


def _timed(ws: Workspace, path: Path) -> tuple[ImportResult, float]:
    began = time.perf_counter()
    result = import_list.run(ws, path)
    return result, time.perf_counter() - began


def _bare_reading(path: Path) -> float:
    """Only the cells out of the file, nothing understood."""
    began = time.perf_counter()
    for sheet in open_list(path).sheets():
        for _ in sheet.rows:
            pass
    return time.perf_counter() - began


def _bare_insert(ws: Workspace, count: int) -> float:
    """The same rows of person, history and outbox copied by bare INSERT, 500 a transaction."""
    began = 0.0
    with ws.db.write(ws.author()) as session:
        for table in ("person", "history", "change"):
            session.execute(text(f'CREATE TABLE bare_{table} AS SELECT * FROM "{table}" LIMIT 0'))
    for table in ("person", "history", "change"):
        with ws.db.read() as session:
            rows = session.execute(text(f'SELECT * FROM "{table}" LIMIT 5000')).mappings().all()
        names = list(rows[0])
        columns = ", ".join(f'"{name}"' for name in names)
        places = ", ".join(f":{name}" for name in names)
        insert = text(f"INSERT INTO bare_{table} ({columns}) VALUES ({places})")
        start_s = time.perf_counter()
        for start in range(0, len(rows), 500):
            with ws.db.write(ws.author()) as session:
                group = [dict(row) | {"txn": new_id()} if "txn" in row else dict(row)
                         for row in rows[start : start + 500]]  # fmt: skip
                session.execute(insert, group)
        began += (time.perf_counter() - start_s) * count / len(rows)
    return began


def _stopped(folder: Path, path: Path) -> tuple[int, int]:
    """People kept after somebody stopped: all of whole slices of 500, nothing half."""
    at = desk.at(folder / "stopped")
    asked = 0

    def enough() -> bool:
        nonlocal asked
        asked += 1
        return asked > 3

    try:
        result = import_list.run(at.minh, path, cancelled=enough)
        kept = person.total(at.minh, PeopleFilter())
        assert kept == result.created
        return result.rows, result.rows // 500 * 500
    finally:
        at.close()


class _Memory:
    """The most memory this process holds above where it began, looked at 20 times a second."""

    def __init__(self) -> None:
        self._began = self._most = resident_bytes()
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def _look(self) -> None:
        while not self._over.wait(0.05):
            self._most = max(self._most, resident_bytes())

    def stop(self) -> int:
        """Bytes above the beginning."""
        self._over.set()
        self._watch.join()
        return self._most - self._began
