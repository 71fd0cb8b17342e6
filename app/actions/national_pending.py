"""Who has to be handed over to the national system: the new, the changed, and those who are gone.

What was written then is compared with what would be written now, column by column.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.actions import cold_start
from app.actions.national_written import CODE, Writer, Written, differences
from app.errors import Problem, Refused
from app.rules import dates
from app.values.national import OutRequest, Pending, Rewritten
from app.workspace import Workspace
from data import codes, fields, national_layouts, units
from data.national_layouts import Column, Edition
from data.records import national_file as records

APPROVED = "approved"
ENDED = ("dead", "left")
REMOVED, MERGED = "Đã xóa khỏi sổ", "Trùng, đã gộp vào hồ sơ khác"
"""Go into the file, so in Vietnamese whatever the program's language."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the national system has by our book: of each record the newest line that stands.

    `own` are lines of the records themselves; `heirs` are those of records that were merged away,
    which count for a person whose own record has none. `codes` are those of merged records and of
    whom they stand for.
    """

    own: Mapping[str, Any]
    heirs: Mapping[str, Any]
    leads: Mapping[str, str]
    codes: Mapping[str, str]

    def base(self, person_id: str) -> Any:
        """The line by which the system knows a person; None when it does not."""
        return self.own.get(person_id) or self.heirs.get(person_id)

    def twice(self, stub_id: str) -> bool:
        """Whether the system has a merged record besides the one it was merged into: by a line of
        its own, or by a code where the other has another one."""
        lead, line = self.leads.get(stub_id, ""), self.own.get(stub_id)
        code, other = self.codes.get(stub_id), self.codes.get(lead)
        if line is not None and line.national_move == records.GONE:
            return False
        if code and other and code != other:
            return True
        return line is not None and self.base(lead) is not line


def edition(ws: Workspace, name: str = "") -> Edition:
    """A layout by its name, or the one that holds today. Raises Refused."""
    every = national_layouts.all_of()
    if name and name not in every:
        raise Refused.one("national_edition_unknown", "edition", name, known=", ".join(every))
    return every[name] if name else national_layouts.on(ws.today().isoformat())


def pending(ws: Workspace, which: Sequence[str] = (), layout: str = "") -> tuple[Pending, ...]:
    """Everybody of the office (or of units) who has to be handed over, by name.

    Raises Refused (not_allowed, national_edition_unknown, book_still_coming).
    """
    ws.demand("export")
    chosen = edition(ws, layout)
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        return tuple(within(session, chosen, which, texts=False))


def asked(ws: Workspace, request: OutRequest) -> tuple[list[Pending], str]:
    """Whom a request means, and the newest line of the book it was read from. Raises Refused."""
    chosen = edition(ws, request.edition)
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        found, newest = within(session, chosen, request.units), records.newest(session)
    wanted = set(request.ids)
    return [one for one in found if not wanted or one.id in wanted], newest


def within(
    session: Session, chosen: Edition, which: Sequence[str], texts: bool = True
) -> list[Pending]:
    """The pending in somebody's transaction; without `texts` it is not told what is written of
    them, which costs most where nobody was handed over yet."""
    held = book(session)
    named = [one.field for one in chosen.columns if fields.has("person", one.field)]
    rows = records.candidates(session, (*named, CODE, "birth"))
    writer = Writer(chosen)
    fill = writer.written if texts else writer.demanded
    found = (_judged(writer, row, held, fill) for row in rows if _in(row, which))
    return [one for one in found if one is not None]


def book(session: Session, ids: Collection[str] | None = None) -> Book:
    """What the national system has by our book; of some persons only which line is the newest."""
    leads = records.leads(session)
    if ids is None:
        every = records.standing(session)
    else:
        wanted = set(ids)
        leads = {stub: lead for stub, lead in leads.items() if lead in wanted}
        every = records.standing_of(session, wanted | leads.keys())
    own = {line.person_id: line for line in every}
    heirs = {
        leads[line.person_id]: line
        for line in sorted(own.values(), key=lambda one: str(one.id))
        if line.person_id in leads and line.national_move != records.GONE
    }
    codes = records.codes_of(session, {*leads, *leads.values()}) if ids is None else {}
    return Book(own, heirs, leads, codes)


def _in(row: Mapping[str, Any], which: Sequence[str]) -> bool:
    return not which or any(
        units.inside(key, which) for key in (row["commune"], row["current_commune"]) if key
    )


def _judged(
    writer: Writer, row: Mapping[str, Any], held: Book, fill: Callable[[Mapping[str, Any]], Written]
) -> Pending | None:
    """What is to be told of a person; None where nothing is."""
    merged = row["merged_into"] is not None
    base = held.own.get(row["id"]) if merged else held.base(row["id"])
    told = base is not None and base.national_move != records.GONE
    if merged:
        gone = held.twice(row["id"])
        return _made(row, base, records.GONE, fill(row)) if gone else None
    if row["deleted_at"] or row["life_state"] in ENDED:
        marked = base is None and row[CODE] and not row["deleted_at"]
        return _made(row, base, records.GONE, fill(row)) if told or marked else None
    if row["status"] != APPROVED:
        return None
    if base is None:
        return None if row[CODE] else _made(row, None, records.NEW, fill(row))
    chosen, made = writer.edition, writer.written(row)
    before = national_layouts.all_of().get(base.edition, chosen)
    moved = differences(chosen, made.texts, json.loads(base.written), before, base.national_move)
    if not moved and told:
        return None
    return _made(row, base, records.CHANGED, made, moved)


def _made(
    row: Mapping[str, Any],
    base: Any,
    move: str,
    made: Written,
    moved: tuple[Rewritten, ...] = (),
) -> Pending:
    problems = () if move == records.GONE else tuple(_problems(made.lacks, row))
    why, on = _why(row) if move == records.GONE else ("", "")
    return Pending(row["id"], row["name"], row["birth"] or "", row["commune"] or "", move, moved,
                   problems, why, on, base.id if base is not None else "", made.texts)  # fmt: skip


def _problems(lacks: Sequence[tuple[Column, str]], row: Mapping[str, Any]) -> Iterator[Problem]:
    for column, code in lacks:
        about = column.field.removeprefix("#")
        value = row.get(about) or row["commune"] if code == "national_no_place" else row.get(about)
        if code == "national_lacks":
            value = column.heading
        if code == "national_no_code":
            value = codes.label(column.codes.lstrip("="), str(value))
        yield Problem.of(code, about, value, name=row["name"], heading=column.heading)


def _why(row: Mapping[str, Any]) -> tuple[str, str]:
    """Why somebody is gone, as the file says it, and on which day."""
    if row["merged_into"]:
        return MERGED, dates.show(str(row["deleted_at"] or "")[:10]) if row["deleted_at"] else ""
    if row["life_state"] in ENDED:
        day = row["life_state_on"] or ""
        return codes.label("life_state", row["life_state"]), dates.show(day) if day else ""
    return REMOVED, dates.show(str(row["deleted_at"])[:10])
