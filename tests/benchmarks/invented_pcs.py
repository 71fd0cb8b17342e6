"""Persons of a real survey's size on a PC, as benchmarks of the line send them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.demo import invented, office
from data import capture, units
from data.base import new_id
from data.database import Author
from data.records.need import Need
from data.records.person import Person
from tests.sync.parts import DISTRICT, Pc

SLICE = 500
NEEDS = 3
NOTES = (
    "Gia đình đề nghị cấp xe lăn và sửa lối đi vào nhà, đã gửi đơn lên xã tháng {}.",
    "Đau khớp gối, đi lại khó khăn khi trời lạnh; khám tại trạm y tế ngày {}.",
    "Sống cùng con gái út, con trai đi làm xa, thu nhập chính từ {} sào ruộng.",
    "Trước đây làm thợ hồ, nghỉ việc từ năm {} sau tai nạn, chưa học lại nghề.",
)


def enter(one: Pc, count: int, seed: int = 7) -> None:
    """minh brings in `count` invented persons with their needs, about 1.5 KB of JSON each."""
    rows = _rows(one.office_id, count, seed)
    while group := list(islice(rows, SLICE)):
        with one.db.write(Author("minh", "import")) as session:
            capture.add_rows(session, Person, [(person, "") for person, _needs in group])
            needs = [(need, "") for _person, some in group for need in some]
            capture.add_rows(session, Need, needs)


def _rows(office_id: str, count: int, seed: int) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    communes = [unit.key for unit in units.communes_of(DISTRICT)]
    items = list(office.need_items()["social"])
    people = invented.people(count, communes, office.need_items(), 2026, seed)
    for number, one in enumerate(people):
        key = new_id()
        values = {name: _column(value) for name, value in one.fields.items()}
        words = [note.format((number * 7919 + at * 31) % 1990) for at, note in enumerate(NOTES)]
        values["note"] = f"{values.get('note', '')} {' '.join(words[: 2 + number % 3])}".strip()
        common = {"office_id": office_id, "status": "waiting", "life_state": "living"}
        more = [
            {"need_group": "social", "item": item, "priority": 2} for item in items[number % 5 :]
        ]
        needs = [
            {"id": new_id(), "office_id": office_id, "person_id": key, "declared_on": "2026-03"}
            | {"declared_by": "family", "need_status": "new"}
            | {name: _column(value) for name, value in need.items()}
            for need in [*one.needs, *more][:NEEDS]
        ]
        yield common | values | {"id": key}, needs


def _column(value: object) -> object:
    return " ".join(sorted(value)) if isinstance(value, tuple) else value
