"""Take accidents and their victims over from a sheet; the same sheet again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import accident, accident_list, person, record_sheet, victim
from app.errors import Problem, Refused, file_trouble
from app.imports import accident_sheet, discretion
from app.imports.accident_sheet import AccidentRow
from app.imports.writing import Page, write_xlsx
from app.values.accident import AccidentDraft
from app.values.mine_action import AccidentsTaken, RefusedRow
from app.values.victim import VictimDraft
from app.workspace import Workspace
from data.records import accident as accidents
from data.records import meant
from data.records import victim as victims
from data.records.accident import Accident
from data.records.person import Person
from data.records.victim import Victim
from data.text import fold

LOOK_UP_MAX = 500


class _OnlyLooked(Exception):
    """What a trial wrote is taken back."""


@dataclass
class _Taking:
    """One run over a sheet: which accident each "Vụ số" became and what its first row tells of it,
    the victims met on the way, and what was counted."""

    refs: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Mapping[str, object]] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    accidents: set[str] = field(default_factory=set)
    victims: int = 0
    linked: int = 0
    unchanged: int = 0


def run(ws: Workspace, path: Path, dry_run: bool = False) -> AccidentsTaken:
    """Take every row alone, one transaction each; a bad row hinders no other.

    A victim is linked by the record's id or the citizen number, else kept by name. A row whose
    victim is there already (same person, or name and birth) counts as unchanged. With `dry_run`
    nothing stays. Raises Refused: accidents_without_header, and what reading a list raises.
    """
    ws.demand("import")
    read = accident_sheet.read(path)
    taking = _Taking()
    refused: list[RefusedRow] = []
    for row in read.rows:
        try:
            _take(ws, path.name, row, (taking, dry_run))
        except Refused as told:
            refused += [
                RefusedRow(row.sheet, row.number, one.field, one.code, one.value, one.message)
                for one in told.problems
            ]
    return AccidentsTaken(
        rows=len(read.rows),
        accidents=len(taking.accidents),
        victims=taking.victims,
        linked=taking.linked,
        unchanged=taking.unchanged,
        refused=tuple(refused),
        unknown=read.unknown,
    )


def template(ws: Workspace, path: Path) -> None:
    """Write the blank sheet with every column. Raises Refused (not_allowed, export_not_written)."""
    ws.demand("import")
    try:
        write_xlsx(path, [Page("Tai nạn bom mìn", [accident_sheet.headings()], 1)])
    except OSError as error:
        reason = file_trouble(error)
        raise Refused.one("export_not_written", "out", path.name, reason=reason) from error


def _take(ws: Workspace, file: str, row: AccidentRow, how: tuple[_Taking, bool]) -> None:
    taking, dry_run = how
    source = discretion.source(file, row.sheet, row.number)
    for record, values in (("accident", row.accident), ("victim", row.victim)):
        record_sheet.refuse_closed(record, values)
    try:
        with ws.db.write(ws.author(source)) as session:
            _written(ws, session, row, taking, dry_run)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass


def _written(
    ws: Workspace, session: Session, row: AccidentRow, taking: _Taking, dry_run: bool
) -> None:
    who = _person(session, row)
    if not row.accident and not row.ref:
        if who is None:
            raise Refused.one("victim_in_accident", "accident_on")
        accident.save_within(ws, session, AccidentDraft(who.id, row.victim, {}))
        taking.victims, taking.linked = taking.victims + 1, taking.linked + 1
        return
    made = _accident(ws, session, row, taking, who)
    if not dry_run and row.ref:
        taking.refs[row.ref] = made.id
    harm = victim.checked(ws, row.victim, None)
    for one in victims.of_accident(session, made.id):
        if one.id not in taking.met and _same(one, harm, who):
            taking.met.add(one.id)
            taking.unchanged += 1
            return
    draft = VictimDraft(made.id, row.victim, who.id if who is not None else None)
    taking.met.add(victim.save_within(ws, session, draft))
    taking.accidents.add(row.ref or made.id)
    taking.victims += 1
    taking.linked += who is not None


def _person(session: Session, row: AccidentRow) -> Person | None:
    """Who of the book the victim is; a number that nobody has, or two have, is a problem."""
    if row.person:
        return person.found(session, row.person)
    if not row.id_number:
        return None
    number = "".join(sign for sign in row.id_number if sign.isdigit())
    found = meant.named(session, (), (number,)).get(number, [])
    if len(found) != 1:
        code = "accidents_number_unknown" if not found else "accidents_number_twice"
        raise Refused.one(code, "id_number", row.id_number)
    return person.found(session, found[0])


def _accident(
    ws: Workspace, session: Session, row: AccidentRow, taking: _Taking, who: Person | None
) -> Accident:
    """The accident of a row: of the same "Vụ số" before, the very same one of the book, or new."""
    if row.ref in taking.refs:
        return session.get_one(Accident, taking.refs[row.ref])
    told = row.accident or taking.facts.get(row.ref, {})
    values = accident.checked(ws, told, None, who.birth if who is not None else None)
    if row.ref:
        taking.facts.setdefault(row.ref, told)
    known = _known(session, values)
    if known is not None:
        return known
    key = accident_list.record_within(ws, session, values)
    return session.get_one(Accident, key)


def _known(session: Session, values: Mapping[str, object]) -> Accident | None:
    day, commune = values.get("accident_on"), values.get("accident_commune")
    if not day or not commune:
        return None
    found = accidents.look_up(session, str(commune), str(day), LOOK_UP_MAX)
    place = fold(str(values.get("accident_place") or ""))
    for one, _victims in found:
        if one.accident_on == day and one.accident_commune == commune:
            if fold(one.accident_place or "") == place:
                return one
    return None


def _same(one: Victim, harm: Mapping[str, object], who: Person | None) -> bool:
    """Whether a victim of the book is the one of a row; of two without a name what became of
    them decides, and each is met once."""
    if who is not None or one.person_id is not None:
        return who is not None and one.person_id == who.id
    name = fold(str(harm.get("victim_name") or ""))
    same = fold(one.victim_name or "") == name and one.victim_birth == harm.get("victim_birth")
    return same and (bool(name) or one.consequence == harm.get("consequence"))


def problems_of(done: AccidentsTaken) -> tuple[Problem, ...]:
    """The refused rows as problems with sheet and row in their words."""
    return tuple(
        Problem(one.code, one.field, one.value, f"{one.sheet}!{one.row}: {one.message}")
        for one in done.refused
    )
