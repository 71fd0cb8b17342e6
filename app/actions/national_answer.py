"""What became of a file that was handed in: the day, and who was accepted or refused and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.actions import kept_rows, national_file
from app.errors import Problem, Refused
from app.imports import record_sheet
from app.imports.record_sheet import RecordRow
from app.rules import dates
from app.values.national import Answers
from app.workspace import Workspace
from data import codes
from data.records import merger, transfer
from data.records import national_file as records
from data.records.national_file import NationalLine
from data.records.person import Person
from data.text import match_key, tidy

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer about one line: accepted or refused, the reason, the code it was given."""

    said: str
    reason: str = ""
    code: str = ""


def submit(ws: Workspace, file_id: str, on: str) -> None:
    """The file was handed in on a day. Raises Refused (not_allowed, required, as
    `national_file.made_here`, and what the day refuses)."""
    ws.demand("export")
    with ws.db.write(ws.author()) as session:
        row = national_file.made_here(session, file_id)
        values = kept_rows.checked(ws, "national_file", {"submitted_on": on}, None,
                                   ("submitted_on",))  # fmt: skip
        made = str(row.national_day or "")
        if str(values["submitted_on"]) < made:
            raise Refused.one("national_before_made", "submitted_on", on, day=dates.show(made))
        kept_rows.put(session, row, values)


def answer(ws: Workspace, file_id: str, line_ids: Sequence[str], told: Reply) -> int:
    """Write the answer of lines of a file, all that wait when none are named; answers how many.

    Raises Refused: not_allowed, national_not_submitted, national_line_unknown, reason_needed (a
    refusal says why), and as `national_file.handed`.
    """
    ws.demand("export")
    if told.said == records.REFUSED and not tidy(told.reason):
        raise Refused.one("reason_needed", "answer_reason")
    with ws.db.write(ws.author()) as session:
        every = _lines(session, file_id)
        wanted = set(line_ids)
        if wanted - {one.id for one in every}:
            unknown = sorted(wanted - {one.id for one in every})[0]
            raise Refused.one("national_line_unknown", "id", unknown)
        chosen = [one for one in every if one.id in wanted] if wanted else _waiting(every)
        for one in chosen:
            _write(ws, session, one, told)
        return len(chosen)


def read(ws: Workspace, file_id: str, path: Path) -> Answers:
    """Read the answers from the file that came back; a row nobody can place is told, the others
    are written. Raises Refused as `answer`, and what a file that is no list refuses.

    Of a file that another office made only those are here who came from there, so that rows of
    others are passed over.
    """
    ws.demand("export")
    rows = list(record_sheet.rows("national_line", path))
    counts = {records.ACCEPTED: 0, records.REFUSED: 0}
    problems: list[Problem] = []
    with ws.db.write(ws.author()) as session:
        passing = national_file.handed(session, file_id).brought
        every = _Known((one.written, one) for one in _lines(session, file_id))
        left = _left(session, file_id)
        for row in rows:
            said = row.values.get("national_answer", "")
            code = codes.match("national_answer", said) or ""
            fits = every.of(row)
            if passing and not fits:
                continue
            if code not in counts or len(fits) != 1:
                gone = left.of(row) if code in counts and not fits else []
                problems.append(_unplaced(row, said, code in counts, fits, gone))
                continue
            given = row.values.get("given_code", "")
            told = Reply(code, row.values.get("answer_reason", ""), given)
            if code == records.REFUSED and not told.reason:
                problems.append(_row_problem("national_row_no_reason", row, said))
                continue
            problems += _write(ws, session, fits[0], told)
            counts[code] += 1
    return Answers(counts[records.ACCEPTED], counts[records.REFUSED], tuple(problems))


class _Known(Generic[T]):
    """The lines of a file by what a returned row may name them by: each with what was written."""

    def __init__(self, every: Iterable[tuple[str, T]]) -> None:
        self._by: dict[tuple[str, str], list[T]] = {}
        for written, one in every:
            told: Mapping[str, str] = json.loads(written)
            for key in self._keys(told.get("id_number", ""), told.get("name", ""),
                                  told.get("birth", "")):  # fmt: skip
                self._by.setdefault(key, []).append(one)

    def of(self, row: RecordRow) -> list[T]:
        """The lines that a row may mean: by the number, else by name and birth."""
        who = row.who
        for key in self._keys(who.get("id_number", ""), who.get("name", ""),
                              who.get("birth", "")):  # fmt: skip
            if key in self._by:
                return self._by[key]
        return []

    def _keys(self, number: str, name: str, birth: str) -> list[tuple[str, str]]:
        digits = "".join(sign for sign in number if sign.isdigit())
        day = "/".join(part.lstrip("0") for part in _shown(birth).split("/"))
        named = ("name", f"{match_key(name)}|{day}")
        return [("number", digits), named] if digits else [named]


def _shown(birth: str) -> str:
    """A day as the layout writes it; a spreadsheet may have made a date of it."""
    return dates.show(birth) if dates.valid(birth) else birth


def _lines(session: Session, file_id: str) -> list[NationalLine]:
    row = national_file.handed(session, file_id)
    if not row.brought and not row.submitted_on:
        raise Refused.one("national_not_submitted", "id", file_id, number=row.national_number)
    return records.lines(session, file_id)


def _left(session: Session, file_id: str) -> _Known[str]:
    """Of a file those who moved to another office since, each with the name of that office."""
    rows = transfer.departed_rows(session, "national_line", file_id)
    mine = (one for one in rows if one.values.get("file_id") == file_id)
    return _Known((str(one.values["written"]), one.whose.to_name) for one in mine)


def _waiting(every: Iterable[NationalLine]) -> list[NationalLine]:
    return [one for one in every if one.national_answer == records.WAITING]


def _write(ws: Workspace, session: Session, one: NationalLine, told: Reply) -> list[Problem]:
    """One answer; a code that differs from the person's own is told and not written over it."""
    one.national_answer = told.said
    one.answered_on = ws.today().isoformat()
    one.answer_reason = tidy(told.reason) or None
    code = tidy(told.code)
    one.given_code = code or one.given_code
    who = session.get(Person, merger.survivor(session, one.person_id))
    if not code or who is None or told.said != records.ACCEPTED:
        return []
    before = str(getattr(who, "national_code") or "")  # noqa: B009 - from the dictionary
    if before and before != code:
        return [Problem.of("national_code_differs", "national_code", code, name=who.name,
                           before=before)]  # fmt: skip
    who.put("national_code", code)
    return []


def _unplaced(
    row: RecordRow, said: str, understood: bool, fits: Sequence[object], gone: Sequence[str]
) -> Problem:
    if not understood:
        return _row_problem("national_row_no_answer", row, said)
    if gone:
        return _row_problem("national_row_moved", row, row.who.get("name", ""), office=gone[0])
    code = "national_row_several" if fits else "national_row_nobody"
    return _row_problem(code, row, row.who.get("name", ""))


def _row_problem(code: str, row: RecordRow, value: str, **facts: str) -> Problem:
    name = row.who.get("name", "")
    return Problem.of(code, "row", value, sheet=row.sheet, row=row.row, name=name, **facts)
