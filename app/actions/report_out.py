"""Reports as files: PDF to hand in, XLSX with numbers, CSV, JSON; one, or the set of a period."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app import locked_file
from app.actions import access, file_password, report, settings
from app.errors import Refused, file_trouble
from app.imports.writing import Extras, Page, Row, write_csv, write_xlsx
from app.papers import report as papers
from app.papers import roll
from app.reports import document, on_paper, table
from app.values.papers import Letterhead, ReportPaper, Roll
from app.values.report import (
    EditionCard,
    Number,
    ReportAsk,
    ReportCell,
    ReportMember,
    ReportTable,
)
from app.wording import translate
from app.workspace import Workspace

SUFFIXES = (".pdf", ".xlsx", ".csv", ".json")
LIST_SUFFIXES = (".pdf", ".xlsx", ".csv")
Progress = Callable[[int, int], None]
FIRST_WIDTH, WIDTH = 34, 15


def write(ws: Workspace, made: ReportTable, path: Path, edition: EditionCard | None = None) -> Path:
    """Write a report that was counted, or frozen as an edition; the suffix says how.

    Raises Refused (`not_allowed`, `report_kind`, `export_not_written`) and FontMissing.
    """
    ws.demand("export")
    suffix, password = _suffix(path, SUFFIXES), ws.file_password
    if suffix == ".pdf":
        return keep(path, papers.typeset(_paper(ws, made, edition), translate), password)
    return put(made, path, edition, ws.office.demo, password)


def put(
    made: ReportTable,
    path: Path,
    edition: EditionCard | None = None,
    demo: bool = False,
    password: str = "",
) -> Path:
    """Write a report that needs no letterhead; answers where it lies. Raises Refused
    (`report_kind`, `export_not_written`)."""
    suffix = _suffix(path, SUFFIXES[1:])
    if suffix == ".json":
        told = document.of(made) | ({"edition": document.of_card(edition)} if edition else {})
        words = json.dumps(told, ensure_ascii=False, indent=1)
        return keep(path, f"{words}\n".encode(), password)
    try:
        if suffix == ".csv":
            return write_csv(path, [*_flat(made), *_marks(edition, ((),))], password)
        return write_xlsx(path, _sheets(made, edition, demo), password)
    except OSError as error:
        raise _unwritten(path, error) from error


def left_out(ask: ReportAsk) -> dict[str, str]:
    """The reports that a set of these parameters cannot have, each with its reason."""
    if ask.period:
        return {}
    why = Refused.one("report_period_needed", "period", "")
    return {table.TARGETS: why.problems[0].message}


def write_set(
    ws: Workspace, ask: ReportAsk, folder: Path, suffixes: Sequence[str], progress: Progress
) -> tuple[Path, ...]:
    """Every report with these parameters into a folder, named by report and day; all of them are
    counted in one picture of the book before any is written.

    One that needs a period is left out where none is named. Raises Refused as `write`.
    """
    ws.demand("export")
    names = [one.name for one in report.lines(ws) if one.name not in left_out(ask)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritten(folder, error) from error
    steps = 2 * len(names)
    tables: list[ReportTable] = []
    with report.counting(ws) as over:
        for name in names:
            tables.append(table.run(over, replace(ask, name=name, where="")))
            progress(len(tables), steps)
    done: list[Path] = []
    for number, made in enumerate(tables, len(names) + 1):
        for suffix in suffixes:
            done.append(write(ws, made, folder / f"{made.ask.name} {made.ask.as_of}.{suffix}"))
        progress(number, steps)
    return tuple(done)


def write_cell(ws: Workspace, ask: ReportAsk, place: tuple[str, str | None], path: Path) -> Path:
    """Write the list behind a cell, `place` its column and row; each person is logged once the
    file is there.

    Raises Refused as `write` and `report.cell`.
    """
    suffix = _suffix(path, LIST_SUFFIXES)
    ws.demand("print" if suffix == ".pdf" else "export")
    file_password.demand(ws)
    found = report.listed(ws, ask, *place)
    written = _put_cell(ws, ask.name, found, path)
    ids = [one.person_id for one in found.members if one.person_id]
    access.seen_many(ws, ids, "print" if suffix == ".pdf" else "export", path.name)
    return written


def _put_cell(ws: Workspace, name: str, found: ReportCell, path: Path) -> Path:
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        content = roll.typeset(_roll(ws, found), translate)
        return keep(path, content, ws.file_password)
    heads, rows = _list(found.members)
    try:
        if suffix == ".csv":
            return write_csv(path, [heads, *rows], ws.file_password)
        told = " ".join((f"{found.period_words}.", *found.narrowed))
        top: list[Row] = [(_subject(found),), (told,), heads]
        sheet = Page(name, [*top, *rows], len(top), (6, 30, 14, 10, 18, 50, 40))
        return write_xlsx(path, [sheet], ws.file_password)
    except OSError as error:
        raise _unwritten(path, error) from error


def _suffix(path: Path, known: Sequence[str]) -> str:
    suffix = path.suffix.lower()
    if suffix not in known:
        raise Refused.one("report_kind", "out", path.name, known=", ".join(known))
    return suffix


def keep(named: Path, content: bytes, password: str = "") -> Path:
    """A file that takes its name once it is whole; answers where it lies. Raises Refused
    (`export_not_written`)."""
    path = locked_file.name_of(named, password)
    place = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        place.write_bytes(locked_file.locked(content, named, password))
        os.replace(place, path)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        place.unlink(missing_ok=True)
    return path


def _unwritten(path: Path, error: OSError) -> Refused:
    return Refused.one("export_not_written", "out", path.name, reason=file_trouble(error))


def _flat(made: ReportTable) -> list[Row]:
    """Heads, rows, totals."""
    rows: list[Row] = [(made.rows_head, *(one.label for one in made.columns))]
    rows += [(row.label, *_cells(made, row.values)) for row in made.rows]
    return [*rows, (translate("Tổng cộng"), *_cells(made, made.totals))]


def _cells(made: ReportTable, values: Mapping[str, Number]) -> Iterator[object]:
    for one in made.columns:
        number = values[one.key]
        yield one.empty if number is None else number


def _marks(edition: EditionCard | None, before: tuple[Row, ...] = ()) -> list[Row]:
    """That it is a frozen edition and which one, a line for each thing that is told."""
    return [*before, *((words,) for words in document.edition_words(edition))] if edition else []


def _sheets(made: ReportTable, edition: EditionCard | None, demo: bool) -> list[Page]:
    """The table below its title, and on a second sheet how each column is counted."""
    unit = translate("Đơn vị tính: {unit}", unit=made.unit_of_count)
    invented = translate("GIẢ LẬP: ") if demo else ""
    title = f"{invented}{made.ask.name}. {made.title}"
    top: list[Row] = [(title,), *_marks(edition), (f"{made.period_words}. {unit}.",)]
    rows = [*top, *_flat(made), (), *((note,) for note in made.notes)]
    widths = (FIRST_WIDTH, *(WIDTH for _ in made.columns))
    rules: list[Row] = [(translate("Tên cột"), translate("Cách đếm"))]
    rules += [(one.label, one.rule) for one in made.columns]
    numbers = Extras(numbers=True)
    return [
        Page(made.ask.name, rows, len(top) + 1, widths, numbers),
        Page(translate("Cách đếm"), rules, 1, (40, 100)),
    ]


def _paper(ws: Workspace, made: ReportTable, edition: EditionCard | None) -> ReportPaper:
    printed = (ws.user.full_name or ws.user.login, _now(ws))
    return on_paper.paper(made, _head(ws), printed, edition, ws.office.demo)


def _list(members: Sequence[ReportMember]) -> tuple[Row, list[Row]]:
    heads = (
        translate("STT"),
        translate("Họ và tên"),
        translate("Ngày sinh"),
        translate("Giới tính"),
        translate("Số định danh"),
        translate("Nơi ở"),
        translate("Nội dung"),
    )
    rows: list[Row] = [
        (number, one.name, one.birth, one.sex, one.number, one.place, one.what)
        for number, one in enumerate(members, 1)
    ]
    return heads, rows


def _roll(ws: Workspace, found: ReportCell) -> Roll:
    heads, rows = _list(found.members)
    shares = (7, 24, 13, 10, 17, 30, 22)
    count = translate("Danh sách có {count} dòng.", count=len(found.members))
    return Roll(
        letterhead=_head(ws),
        title=translate("Danh sách"),
        subject=_subject(found),
        opening=(f"{found.period_words}.", *found.narrowed),
        columns=tuple((str(head), share) for head, share in zip(heads, shares, strict=True)),
        rows=tuple(tuple(str(part) for part in one) for one in rows),
        closing=count,
        signers=(translate("Người lập"), translate("Thủ trưởng đơn vị")),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=_now(ws),
        tall=False,
        demo=ws.office.demo,
    )


def _subject(found: ReportCell) -> str:
    return f"{found.title} - {found.row_label} - {found.column_label}"


def _head(ws: Workspace) -> Letterhead:
    now = settings.current(ws)
    own = (n for n, one in enumerate(now.signatories) if one.name == ws.user.full_name)
    return settings.letterhead(ws, ws.today(), next(own, 0))


def _now(ws: Workspace) -> str:
    moment: datetime = ws.clock().astimezone()
    return moment.strftime("%H:%M %d/%m/%Y")
