"""The register of certificates as it stood on a day: rows for the paper, as data for a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, council_decision, council_facts, paper_out, settings
from app.actions.case_file import in_vietnamese
from app.actions.council_form import Print
from app.errors import Refused
from app.rules import dates
from app.values.council_paper import RegisterLine
from app.workspace import Workspace
from data import codes
from data.records import certificate as records
from data.records import transfer
from data.records.certificate import Certificate, Wanted
from data.records.person import Person

say = in_vietnamese
Given = tuple[Certificate, Person, str]
"""A certificate, whose it is, and to which office she went ("" while she is here)."""


def rows(ws: Workspace, until: str = "", year: int = 0) -> tuple[RegisterLine, ...]:
    """The certificates given up to a day (today when none) or in a year, as they stood that day.

    Raises Refused: not_allowed, certificate_whole_day.
    """
    ws.demand("view")
    day = until or ws.today().isoformat()
    if len(day) != len("2026-01-01"):
        raise Refused.one("certificate_whole_day", "until", until)
    with ws.db.read() as session:
        return tuple(_lines(ws, session, day, year))


def as_data(ws: Workspace, until: str = "", year: int = 0) -> list[dict[str, object]]:
    """The same as plain values."""
    return [asdict(one) for one in rows(ws, until, year)]


def write(ws: Workspace, out: Path, until: str = "", year: int = 0) -> int:
    """The register as a PDF in official layout; answers how many certificates. The print is
    logged for everybody in it. Raises Refused (not_allowed, sheet_not_written), FontMissing."""
    from app.papers import letter

    ws.demand("print")
    lines = rows(ws, until, year)
    day = until or ws.today().isoformat()
    title = say("Năm {year}", year=year) if year else say("Đến ngày {day}", day=dates.show(day))
    how = Print(
        letterhead=settings.letterhead(ws),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=ws.clock().astimezone().strftime("%H:%M %d/%m/%Y"),
        demo=ws.office.demo,
        draft="register" not in settings.current(ws).compared_papers,
    )
    content, _pages = letter.typeset([council_decision.register(lines, title, how)], say)
    paper_out.put(content, out)
    persons = dict.fromkeys(one.subject.person_id for one in lines if one.subject.person_id)
    access.seen_many(ws, list(persons), "print", "certificate register")
    return len(lines)


def _lines(ws: Workspace, session: Session, day: str, year: int) -> Iterator[RegisterLine]:
    wanted = Wanted(states=records.GIVEN, until=day, year=year)
    given = [(row, who, "") for row, who in records.page(session, wanted)]
    own = settings.letterhead(ws).issuing_body
    for row, who, office in sorted([*given, *_left(session, day)], key=_place):
        if not year or (row.issued_on or "").startswith(str(year)):
            line = _then(council_facts.registered(row, who), row, day)
            notes = [line.note, say("chuyển sang {office}", office=office) if office else ""]
            if row.issued_by and own and row.issued_by != own:
                notes.append(say("do {office} cấp", office=row.issued_by))
            yield replace(line, note="\n".join(one for one in notes if one))


def _place(given: Given) -> tuple[str, str, str]:
    row = given[0]
    return row.issued_on or "9999", row.certificate_number or "", row.id


def _left(session: Session, day: str) -> Iterator[Given]:
    """Those of persons who went to another office: this office gave them out all the same."""
    for whose, values in transfer.departed_rows(session, "certificate"):
        row = Certificate(**values)
        if row.certificate_state in records.GIVEN and (row.issued_on or "") <= day:
            yield row, Person(id=whose.person_id, name=whose.name), whose.to_name


def _then(line: RegisterLine, row: Certificate, day: str) -> RegisterLine:
    """The line as the book said it on that day: what ended later was in force."""
    if row.ended_on and row.ended_on > day:
        return replace(line, state=codes.label("certificate_state", records.VALID), note="")
    return line
