"""What an inspector takes along: an answer or a register as a paper to sign, a sheet, a CSV.

Whoever reads logs may let these out, and each person in them is in the log before anybody sees the
file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from app.actions import access, file_password, inspection, register_then, report_out, settings
from app.actions.history_words import when
from app.errors import Refused, file_trouble
from app.imports.writing import Page, Row, write_csv, write_xlsx
from app.papers import roll
from app.rules import dates
from app.values.inspection import Inspection, InspectionLine, RegisterLine, RegisterThen
from app.values.papers import Roll
from app.wording import language, translate
from app.workspace import Workspace
from data import codes

SUFFIXES = (".pdf", ".xlsx", ".csv")
PAPER_ROWS_MAX = 5_000
"""A paper of more rows is read by nobody: a sheet is for them."""
SLICE = 500
SHARES = (5, 15, 16, 10, 22, 32)


def write(ws: Workspace, found: Inspection, path: Path) -> Path:
    """Write what was answered; answers where the file lies.

    Raises Refused (`not_allowed`, `report_kind`, `export_not_written`, `file_password_needed`) and
    FontMissing.
    """
    suffix = _demand(ws, path)
    heads = heads_of_lines()
    rows = [(str(number), *words_of(ws, one)) for number, one in enumerate(found.lines, 1)]
    persons = [one.person_id for one in found.lines if one.person_id]
    _log(ws, persons, suffix, path)
    if suffix == ".pdf":
        proof = inspection.proof(ws).words
        opening = (_asked(found), *found.notes, *proof)
        columns = tuple(zip((translate("STT"), *heads), SHARES, strict=True))
        title = (translate("Biên bản tra cứu nhật ký"), found.title)
        return _paper(ws, path, title, (opening, columns, rows))
    sheet: list[Row] = [(translate("STT"), *heads), *rows]
    return _sheet(ws, path, sheet, (6, 18, 26, 12, 30, 60))


def write_register(ws: Workspace, then: RegisterThen, path: Path) -> Path:
    """Write a whole register as it stood. Raises Refused as `write`, and register_too_long."""
    suffix = _demand(ws, path)
    if suffix == ".pdf" and then.count > PAPER_ROWS_MAX:
        raise Refused.one("register_too_long", "out", path.name, limit=PAPER_ROWS_MAX)
    heads = tuple(head for _key, head in then.columns)
    lines = _logged(ws, register_then.stream(ws, then.name, then.as_of), suffix, path)
    rows = ((str(number), *one.values) for number, one in enumerate(lines, 1))
    if suffix == ".pdf":
        states = "; ".join(f"{state} {count}" for state, count in then.states)
        opening = (*then.notes, f"{translate('Theo tình trạng')}: {states}." if states else "")
        shares = (5.0, *(12.0 for _one in heads))
        columns = tuple(zip((translate("STT"), *heads), shares, strict=True))
        day = translate("như đã ghi đến hết ngày {day}", day=dates.show(then.as_of))
        return _paper(ws, path, (then.title, day), (opening, columns, list(rows)))
    widths = (6, *(20 for _one in heads))
    return _sheet(ws, path, chain([(translate("STT"), *heads)], rows), widths)


def heads_of_lines() -> tuple[str, ...]:
    """The heads of the columns that `words_of` fills."""
    return (
        translate("Lúc"),
        translate("Cán bộ"),
        translate("Việc"),
        translate("Người"),
        translate("Nội dung"),
    )


def words_of(ws: Workspace, one: InspectionLine) -> tuple[str, ...]:
    """A line as it is read: when, who, which kind, about whom, what."""
    what = one.what if one.here else translate("{what} (máy khác)", what=one.what)
    return when(one.at), one.by, kind_words(one.kind), one.name, what


def kind_words(kind: str) -> str:
    """A kind of deed in words."""
    return codes.label("inspection_kind", kind, language())


def _demand(ws: Workspace, path: Path) -> str:
    ws.demand("logs")
    file_password.demand(ws)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused.one("report_kind", "out", path.name, known=", ".join(SUFFIXES))
    return suffix


def _log(ws: Workspace, persons: Iterable[str], suffix: str, path: Path) -> None:
    kind = "print" if suffix == ".pdf" else "export"
    access.seen_many(ws, list(dict.fromkeys(persons)), kind, path.name)


def _logged(
    ws: Workspace, lines: Iterator[RegisterLine], suffix: str, path: Path
) -> Iterator[RegisterLine]:
    """The lines, each slice of them in the log before it goes on."""
    while some := list(islice(lines, SLICE)):
        _log(ws, [one.person_id for one in some if one.person_id], suffix, path)
        yield from some


def _asked(found: Inspection) -> str:
    ask = found.ask
    since = dates.show(ask.since) if ask.since else translate("ngày đầu")
    until = dates.show(ask.until) if ask.until else translate("nay")
    kinds = ", ".join(map(kind_words, ask.kinds)) or translate("mọi việc")
    return translate(
        "Từ {since} đến {until}; {kinds}; {shown} trên {total} dòng.",
        since=since,
        until=until,
        kinds=kinds,
        shown=len(found.lines),
        total=found.total,
    )


def _sheet(ws: Workspace, path: Path, rows: Iterable[Row], widths: Sequence[int]) -> Path:
    try:
        if path.suffix.lower() == ".csv":
            return write_csv(path, rows, ws.file_password)
        return write_xlsx(path, [Page(path.stem, rows, 1, widths)], ws.file_password)
    except OSError as error:
        raise _unwritten(path, error) from error


def _paper(
    ws: Workspace,
    path: Path,
    title: tuple[str, str],
    content: tuple[Sequence[str], Sequence[tuple[str, float]], Sequence[Sequence[str]]],
) -> Path:
    opening, columns, rows = content
    moment: datetime = ws.clock().astimezone()
    paper = Roll(
        letterhead=settings.letterhead(ws, ws.today()),
        title=title[0],
        subject=title[1],
        opening=tuple(line for line in opening if line),
        columns=tuple(columns),
        rows=tuple(tuple(row) for row in rows),
        closing=translate("Danh sách có {count} dòng.", count=len(rows)),
        signers=(translate("Người thanh tra"), translate("Thủ trưởng đơn vị")),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=moment.strftime("%H:%M %d/%m/%Y"),
        tall=False,
        demo=ws.office.demo,
    )
    return report_out.keep(path, roll.typeset(paper, translate), ws.file_password)


def _unwritten(path: Path, error: OSError) -> Refused:
    return Refused.one("export_not_written", "out", path.name, reason=file_trouble(error))
