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
from tests.benchmarks.measure import Measure, children_seconds, resident_bytes

SIZES = {"small": 2_000, "full": 43_760, "large": 100_000}
AIM_ROWS_PER_SECOND = 3_000.0
SHORT_ROWS = 10_000
HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Thôn", "Xã", "Dạng khuyết tật",
    "Mức độ khuyết tật", "Ghi chú",
)  # fmt: skip


def run(size: str) -> list[Measure]:
    """Bring lists in, bring the longest in again (everybody is known), and stop one in between."""
    count = SIZES.get(size, SIZES["large"])
    measures = _brought_in(min(SHORT_ROWS, count // 2), aim=None)
    return measures + _brought_in(count, AIM_ROWS_PER_SECOND, again=True)


def _brought_in(count: int, aim: float | None, again: bool = False) -> list[Measure]:
    folder = Path(tempfile.mkdtemp(prefix="bench-imports-"))
    path = folder / "danh sách.xlsx"
    write(path, count)
    at = desk.at(folder / "office")
    try:
        reading = _bare_reading(path)
        first = _Watch(at.minh, path)
        bare = count / (reading + _bare_insert(at.minh, count))
        speed = count / first.wall_s
        measures = [
            _named(count, "rows with matching", speed, "rows/s", aim, aim and 1.0),
            _named(count, "beside bare reading and insert", speed, "rows/s", bare),
            _less(count, "processor, the writing program", first.own_s / count * 1e6, "ms/1000"),
            _less(count, "processor, with the reading one", first.all_s / count * 1e6, "ms/1000"),
            _less(count, "memory grown", first.grown / 2**20, "MiB"),
            _named(count, "bare reading", count / reading, "rows/s"),
            _named(count, "bare reading and insert", bare, "rows/s"),
        ]
        if again:
            measures += _again(at.minh, path, count, first.result, bare)
            kept, whole = _stopped(folder, path)
            measures.append(_named(count, "kept when stopped", kept, "rows", whole, 1.0))
        return measures
    finally:
        at.close()
        shutil.rmtree(folder, ignore_errors=True)


def _again(
    ws: Workspace, path: Path, count: int, first: ImportResult, bare: float
) -> list[Measure]:
    again = _Watch(ws, path)
    assert first.created + first.matched == again.result.matched == count
    assert not again.result.created
    return [_named(count, "everybody known already", count / again.wall_s, "rows/s", bare)]


def _named(count: int, what: str, value: float, unit: str, *limits: float | None) -> Measure:
    return Measure(f"imports of {count:,}: {what}", value, unit, *limits)


def _less(count: int, what: str, value: float, unit: str) -> Measure:
    return Measure(f"imports of {count:,}: {what}", value, unit, more_is_better=False)


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


class _Watch:
    """One import: its result, seconds on the wall and of processors, and the memory it took."""

    def __init__(self, ws: Workspace, path: Path) -> None:
        memory = _Memory()
        began, own, beside = time.perf_counter(), time.process_time(), children_seconds()
        self.result = import_list.run(ws, path)
        self.wall_s = time.perf_counter() - began
        self.own_s = time.process_time() - own
        self.all_s = self.own_s + children_seconds() - beside
        self.grown = memory.stop()


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
