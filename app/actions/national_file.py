"""The exchanges with the national system: their list, one with its persons, withdrawing one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.actions import access, field_values, kept_rows
from app.errors import Refused
from app.rules.masking import masked
from app.values.national import ColumnCard, EditionCard, FileCard, FilePage, LineCard
from app.wording import language
from app.workspace import Workspace
from data import national_layouts, telling
from data.base import instant_text
from data.records import national_file as records
from data.records.national_file import NationalFile, NationalLine
from data.records.person import Person


def layouts(ws: Workspace) -> tuple[EditionCard, ...]:
    """Every layout of the national system that is known, the oldest first."""
    ws.demand("view")
    now = national_layouts.on(ws.today().isoformat())
    return tuple(
        EditionCard(
            one.name,
            one.valid_from,
            one.label(language()),
            one.source,
            one is now,
            tuple(ColumnCard(*each) for each in one.columns),
        )
        for one in national_layouts.all_of().values()
    )


def listing(ws: Workspace) -> tuple[FileCard, ...]:
    """Every exchange, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        apart, counts = clashes(session), records.counts(session)
        every = [*records.all_of(session), *records.brought(session)]
        every.sort(key=lambda one: one.id, reverse=True)
        return tuple(_card(ws, row, counts, apart) for row in every)


def found(session: Session, file_id: str) -> NationalFile:
    """A file, also one that another office made. Raises Refused (national_file_unknown)."""
    row = records.known(session, file_id)
    if row is None:
        raise Refused.one("national_file_unknown", "id", file_id)
    return row


def handed(session: Session, file_id: str) -> NationalFile:
    """A file that was made to be handed in, never one that came from the system. Raises Refused
    (national_file_unknown, national_came_in)."""
    row = found(session, file_id)
    if row.national_way != records.OUT:
        raise Refused.one("national_came_in", "id", file_id, number=row.national_number)
    return row


def made_here(session: Session, file_id: str) -> NationalFile:
    """A file that this office made. Raises Refused (as `handed`, and national_brought)."""
    row = handed(session, file_id)
    if row.brought:
        raise Refused.one("national_brought", "id", file_id, number=row.national_number)
    return row


def page(ws: Workspace, file_id: str, start: int = 0, limit: int | None = None) -> FilePage:
    """An exchange with its persons (or some of them); the look at them is logged.

    Raises Refused (national_file_unknown).
    """
    ws.demand("view")
    with ws.db.read() as session:
        row = found(session, file_id)
        apart = clashes(session, file_id)
        card = _card(ws, row, records.counts(session, file_id), apart)
        some = records.with_people(session, row.id, start, limit)
        shown = tuple(_line(ws, one, who, apart) for one, who in some)
    access.looked(ws, [one.person_id for one in shown], "list")
    return FilePage(card, shown)


def withdraw(ws: Workspace, file_id: str, reason: str) -> None:
    """Take an exchange back that was never handed in: its persons wait again.

    Raises Refused: not_allowed, reason_needed, national_submitted, and as `made_here`.
    """
    ws.demand("export")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = made_here(session, file_id)
        if row.submitted_on:
            raise Refused.one("national_submitted", "id", file_id, number=row.national_number)
        at = instant_text(ws.clock())
        gone: list[NationalFile | NationalLine] = [row, *records.lines(session, file_id)]
        for one in gone:
            one.deleted_at, one.deleted_reason = at, why


class Apart(NamedTuple):
    """A line that was made apart from another: its own file, and the number of the other one."""

    file_id: str
    other: str


def clashes(session: Session, file_id: str = "") -> Mapping[str, Apart]:
    """Lines (by id) of one record that two PCs made apart, both upon the same line before; of all
    files, or of the persons of one. Told until both were answered.
    """
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for line in records.apart(session, file_id):
        groups[line.person_id, line.base_id].append(line)
    told: dict[str, Apart] = {}
    for several in groups.values():
        for one in several:
            other = next(each for each in several if each.file_id != one.file_id)
            told[one.id] = Apart(one.file_id, other.number)
    return told


def _card(
    ws: Workspace,
    row: NationalFile,
    counts: Sequence[tuple[str, str, str, int]],
    apart: Mapping[str, Apart],
) -> FileCard:
    moves: Counter[str] = Counter()
    answers: Counter[str] = Counter()
    for file_id, move, answer, number in counts:
        if file_id == row.id:
            moves[move] += number
            answers[answer] += number
    return FileCard(
        row.id,
        kept_rows.shown(ws, "national_file", row),
        row.edition,
        row.file_name,
        row.file_hash,
        row.made_by,
        dict(moves),
        dict(answers),
        sum(one.file_id == row.id for one in apart.values()),
        row.brought,
    )


def _line(ws: Workspace, one: NationalLine, who: Person, apart: Mapping[str, Apart]) -> LineCard:
    fields = kept_rows.shown(ws, "national_line", one)
    clash = apart[one.id].other if one.id in apart else ""
    written = _masked(json.loads(one.written)) if ws.can("export") else {}
    return LineCard(one.id, who.id, who.name, who.birth or "", fields, written, clash)


def _masked(written: Mapping[str, str]) -> dict[str, str]:
    return {
        name: masked(text) if name in telling.number_fields("person") else text
        for name, text in written.items()
    }
