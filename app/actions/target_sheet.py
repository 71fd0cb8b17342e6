"""Targets of many units as a sheet: a blank one to fill in, and its numbers taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import period, target
from app.errors import Problem, Refused, file_trouble
from app.imports import discretion, record_sheet
from app.imports.record_sheet import RecordRow
from app.imports.writing import Page, Row, write_xlsx
from app.values.period import TargetDraft
from app.values.record_sheet import NumberBefore, RowRefused, SheetTaken
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields, units
from data.records.target import Target

SUFFIX = ".xlsx"
NAMING = ("formula_without_value", "required")
"""Problems whose sentence names the column as no other words of it do."""
WIDTHS = (42, 14, 34, 18, 14, 16)
WHOLE = re.compile(r"-?\d+|\d{1,3}([., ]\d{3})+")
"""A whole number as offices write it; 12.5 is none, though a form that is typed into drops dots."""


@dataclass
class _Taking:
    """One run over a sheet: the row that told each target, what was counted, what was before."""

    rows: dict[str, tuple[int, object]] = field(default_factory=dict)
    created: int = 0
    known: int = 0
    replaced: list[NumberBefore] = field(default_factory=list)
    kept: list[NumberBefore] = field(default_factory=list)


def blank(ws: Workspace, path: Path, period_code: str = "") -> Path:
    """Write a sheet with a line for every unit of the office and figure, its number left empty.

    Raises Refused (`not_allowed`, `period_unknown`, `report_kind`, `export_not_written`).
    """
    ws.demand("approve")
    if path.suffix.lower() != SUFFIX:
        raise Refused.one("report_kind", "out", path.name, known=SUFFIX)
    name = period.of_code(ws, period_code).code if period_code else ""
    rows = list(_lines(ws, name))
    told = [(one,) for one in _guide()]
    pages = [Page(translate("Chỉ tiêu"), [_heads(), *rows], 1, WIDTHS)]
    try:
        return write_xlsx(path, [*pages, Page(translate("Cách ghi"), told, 0, (100,))])
    except OSError as error:
        reason = file_trouble(error)
        raise Refused.one("export_not_written", "out", path.name, reason=reason) from error


def take(ws: Workspace, path: Path, period_code: str = "", dry_run: bool = False) -> SheetTaken:
    """Set every number of a sheet that can be set; the other rows are named with what to mend.

    `period_code` is for rows that name none. A number is set, not added: the same sheet again
    changes nothing. Raises Refused: not_allowed, period_unknown, target_sheet_blank, what a file
    that is no list refuses, sheet_without_heads.
    """
    ws.demand("approve")
    name = period.of_code(ws, period_code).code if period_code else ""
    every = list(record_sheet.rows("target", path))
    rows = [one for one in every if _is_filled(one)]
    if not rows:
        label = fields.get("target", "number").vi
        raise Refused.one("target_sheet_blank", "file", path.name, label=label)
    taking, refused = _Taking(), []
    with ws.db.write(ws.author()) as session:
        for row in rows:
            source = discretion.source(path.name, row.sheet, row.row)
            session.info["author"] = ws.author(source)
            try:
                row.demand_results()
                _take(ws, session, row, (_draft(row, name), taking, dry_run))
            except Refused as wrong:
                told = tuple(_in_column(one) for one in wrong.problems)
                refused.append(RowRefused(row.sheet, row.row, _whose(row), told))
        blank = [one for one in every if not _is_filled(one)]
        for row in blank:
            _keep(ws, session, row, (_fields(row, name), taking))
    return SheetTaken(
        len(rows),
        taking.created,
        taking.known,
        tuple(refused),
        len(blank),
        tuple(taking.replaced),
        tuple(taking.kept),
    )


def _is_filled(row: RecordRow) -> bool:
    return "number" in row.values or "number" in row.formulas


def _take(
    ws: Workspace, session: Session, row: RecordRow, how: tuple[TargetDraft, _Taking, bool]
) -> None:
    """Set one number, unless it stands there or another row of the sheet has told it otherwise."""
    draft, taking, dry_run = how
    key, values = target.checked(ws, session, draft)
    number = int(str(values["number"]))
    told_before = key in taking.rows
    first = taking.rows.setdefault(key, (row.row, number))
    if first[1] != number:
        raise Refused.one("target_sheet_twice", "number", number, row=first[0], other=first[1])
    before = _standing(session, key)
    if told_before or (before is not None and before.number == number):
        taking.known += 1
        return
    if before is not None:
        taking.replaced.append(_before(row, before, number))
    else:
        taking.created += 1
    if not dry_run:
        target.write(ws, session, draft)


def _keep(
    ws: Workspace, session: Session, row: RecordRow, how: tuple[dict[str, object], _Taking]
) -> None:
    """An empty cell takes no number away: told where one stands that no other row sets."""
    typed, taking = how
    try:
        key, _values = target.checked(ws, session, TargetDraft(typed | {"number": 0}))
    except Refused:
        return  # an empty line says nothing, so nothing of it can be wrong
    before = _standing(session, key)
    if before is not None and key not in taking.rows:
        taking.kept.append(_before(row, before, None))


def _standing(session: Session, key: str) -> Target | None:
    found = session.get(Target, key)
    return None if found is None or found.deleted_at else found


def _before(row: RecordRow, target: Target, after: int | None) -> NumberBefore:
    figure = codes.label("target_figure", str(target.figure), language())
    named = f"{units.full_name(str(target.unit))} · {figure} · {target.period}"
    return NumberBefore(row.sheet, row.row, named, int(target.number or 0), after)


def _draft(row: RecordRow, name: str) -> TargetDraft:
    """A row as typed. Raises Refused (`target_sheet_number`): a cell that holds the number 1.234
    is not 1234, which it is when somebody wrote it as text."""
    number = row.values["number"]
    if "number" in row.broken or not WHOLE.fullmatch(number):
        raise Refused.one("target_sheet_number", "number", number)
    return TargetDraft(_fields(row, name) | {"number": number})


def _fields(row: RecordRow, name: str) -> dict[str, object]:
    """What a row says but for its number; codes come before names."""
    told = row.values
    return {
        "figure": told.get("figure_code") or told.get("figure", ""),
        "unit": told.get("unit_key") or told.get("unit", ""),
        "period": told.get("period") or name,
    }


def _in_column(problem: Problem) -> Problem:
    """A problem that says once which column it is in."""
    if not fields.has("target", problem.field):
        return problem
    field = fields.get("target", problem.field)
    if problem.code in NAMING:
        return problem
    label = field.label(language())
    told = problem.message.removeprefix(f"“{field.vi}”: ")
    words = translate("Cột “{label}”: {message}", label=label, message=told)
    return replace(problem, message=words)


def _whose(row: RecordRow) -> str:
    return row.values.get("unit") or row.values.get("unit_key") or "-"


def _heads() -> Row:
    """The heads as `app.imports.record_sheet` reads them, in Vietnamese as all our sheets."""
    label = {name: fields.get("target", name).vi for name in target.REQUIRED}
    named = (label["unit"], "Mã đơn vị", label["figure"], "Mã chỉ tiêu")
    return (*named, label["period"], label["number"])


def _lines(ws: Workspace, name: str) -> Iterator[Row]:
    for one in codes.get("target_figure").items:
        for key in _inside(ws.office.units):
            named = [each.label for each in units.path(key)]
            yield ", ".join(named[:-1] or named), key, one.label("vi"), one.code, name, ""


def _inside(keys: Sequence[str]) -> Iterator[str]:
    """The units and all that lies in them, the wide ones first."""
    level = list(keys)
    while level:
        yield from level
        level = [one.key for key in level for one in units.children(key)]


def _guide() -> tuple[str, ...]:
    return (
        translate("Chỉ ghi cột “Số được giao”; dòng để trống thì không giao gì."),
        translate("Cột “Kỳ (mã)” để trống thì lấy kỳ chọn khi nhập."),
        translate("Mã đơn vị, mã chỉ tiêu được đọc trước tên; xóa mã thì đọc tên."),
        translate("Nhập lại tệp này không cộng thêm: số mới thay số cũ."),
    )
