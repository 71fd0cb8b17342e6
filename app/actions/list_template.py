"""The list an office hands to its communes: filled with what is known, to be corrected and sent
back. It comes in again without loss, for each known person carries the record's id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, field_values
from app.actions.person_cards import wanted
from app.errors import Refused
from app.imports.listing import LISTS_SHEET
from app.imports.writing import Choices, Extras, Page, write_xlsx
from app.rules.masking import masked
from app.values.person import PeopleFilter
from app.workspace import Workspace
from data import codes, fields, units
from data.records import people, people_list
from data.records.person import Person
from data.units import Unit

SLICE_ROWS = 500
ROWS_FREE = 300
"""Rows below the last person that have the drop-down lists too."""
ID_HEADING = "Mã hồ sơ (không sửa)"
COLUMNS = (
    ("name", 28), ("birth", 12), ("sex", 8), ("id_number", 16), ("phone", 13), ("hamlet", 18),
    ("commune", 18), ("types", 22), ("degree", 14), ("mine_victim", 10),
    ("certificate_number", 14), ("certificate_on", 12), ("certificate_by", 18), ("poverty", 14),
    ("head_name", 24), ("note", 40),
)  # fmt: skip
LISTS = {"sex": "sex", "types": "disability_type", "degree": "degree", "poverty": "poverty"}
HEADINGS = 5
GUIDE = (
    "Sửa thẳng vào ô; ô để trống thì giữ như trong sổ. Người mới ghi tiếp bên dưới, để trống cột "
    "mã hồ sơ. Người đã mất hoặc chuyển đi: ghi vào cột Ghi chú."
)
"""Written in Vietnamese whatever the program's language: communes read it."""


@dataclass
class TemplateFile:
    """What was written: how many communes and known people."""

    file: Path
    communes: int = 0
    people: int = 0
    _ids: list[str] = field(default_factory=list, repr=False)


def write(
    ws: Workspace, path: Path, wanted_units: tuple[str, ...] = (), blank: bool = False
) -> TemplateFile:
    """Write one sheet for each commune of the units (all of the office's when none are given).

    Citizen numbers are covered but for their last digits; whoever is written is in the access
    log. `blank` leaves the people out. Raises Refused (not_allowed, export_kind, unknown_unit,
    export_not_written).
    """
    ws.demand("import" if blank else "export")
    if path.suffix.lower() != ".xlsx":
        raise Refused.one("template_kind", "out", path.name)
    communes = list(_communes(wanted_units or ws.office.units))
    done = TemplateFile(path, len(communes))
    names = {unit.name for unit in communes}
    whole = len(names) < len(communes)
    try:
        with ws.db.read() as session:
            hamlets = {unit.key: people.hamlets(session, unit.key) for unit in communes}
            lists = _Lists(communes, hamlets, whole)
            pages = [_page(session, unit, lists, None if blank else done) for unit in communes]
            write_xlsx(path, [*pages, lists.page()])
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused.one("export_not_written", "out", path.name, reason=reason) from error
    for start in range(0, len(done._ids), SLICE_ROWS):
        access.seen_many(ws, done._ids[start : start + SLICE_ROWS], "export", path.name)
    return done


def _communes(keys: tuple[str, ...]) -> Iterator[Unit]:
    found: dict[str, Unit] = {}
    for key in keys:
        if not units.has(key):
            raise Refused.one("unknown_unit", "unit", key, label=key)
        found |= {unit.key: unit for unit in units.communes_of(key)}
    yield from found.values()


@dataclass
class _Lists:
    """The hidden sheet with what may be chosen, one column for each list."""

    communes: list[Unit]
    hamlets: dict[str, list[str]]
    whole: bool

    def columns(self) -> list[tuple[str, list[str]]]:
        found = [
            (name, [item.vi for item in codes.get(LISTS[name]).items if not item.valid_to])
            for name in LISTS
        ]
        found.append(("commune", [place_name(unit.key, self.whole) for unit in self.communes]))
        return [*found, *(item for item in self.hamlets.items() if item[1])]

    def page(self) -> Page:
        columns = [column for _, column in self.columns()]
        depth = max(map(len, columns))
        rows = [
            [column[at] if at < len(column) else "" for column in columns] for at in range(depth)
        ]
        return Page(LISTS_SHEET, rows, 0, extras=Extras(hidden=True))

    def choices(self, commune: str) -> list[Choices]:
        """The drop-down lists of one commune's sheet; only sex and degree refuse other words."""
        place = {name: at for at, (name, _) in enumerate(self.columns())}
        sizes = {name: len(column) for name, column in self.columns()}
        found = []
        for at, (name, _) in enumerate(COLUMNS, 1):
            source = commune if name == "hamlet" else name
            if source in place:
                strict = name in ("sex", "degree")
                range_ = (LISTS_SHEET, place[source], sizes[source])
                found.append(Choices(at, HEADINGS + 1, range_, strict))
        return found


def place_name(key: str, whole: bool) -> str:
    """A commune as the list writes it: with all above it where names occur twice."""
    return units.full_name(key) if whole else units.get(key).name


def _page(session: Session, unit: Unit, lists: _Lists, done: TemplateFile | None) -> Page:
    width = len(COLUMNS) + 2
    known = _known(session, unit, lists.whole, done) if done is not None else iter(())
    rows = _with_free(known, width)
    labels = [fields.get("person", name).vi for name, _ in COLUMNS]
    head = [
        [f"UBND {units.full_name(unit.key)}"],
        ["DANH SÁCH NGƯỜI KHUYẾT TẬT, NẠN NHÂN BOM MÌN"],
        [GUIDE],
        [],
        ["STT", *labels, ID_HEADING],
    ]
    widths = [6, *(width for _, width in COLUMNS), 10]
    choices = [one.moved(1) for one in lists.choices(unit.key)]
    return Page(unit.name, _chain(head, rows), HEADINGS, widths, Extras(choices))


def _chain(head: list[list[str]], rows: Iterator[list[object]]) -> Iterator[list[object]]:
    for line in head:
        yield [*line]
    yield from rows


def _with_free(known: Iterator[list[object]], width: int) -> Iterator[list[object]]:
    yield from known
    for _ in range(ROWS_FREE):
        yield [""] * width


def _known(session: Session, unit: Unit, whole: bool, done: TemplateFile) -> Iterator[list[object]]:
    ids = people_list.ids(session, wanted(PeopleFilter(units=(unit.key,))))
    number = 0
    for start in range(0, len(ids), SLICE_ROWS):
        some = ids[start : start + SLICE_ROWS]
        found = {each.id: each for each in people.with_ids(session, some)}
        for person_id in some:
            number += 1
            person = found[person_id]
            yield [number, *(_cell(person, name, whole) for name, _ in COLUMNS), person.id]
        session.expunge_all()
        done.people += len(some)
        done._ids += some


def _cell(person: Person, name: str, whole: bool) -> object:
    value = getattr(person, name)
    if name == "commune":
        return place_name(str(value), whole) if value else ""
    if name == "id_number":
        return masked(str(value or ""))
    if name == "mine_victim":
        return "x" if value else ""
    return field_values.readable(fields.get("person", name), value)
