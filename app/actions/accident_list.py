"""The accidents of the office: list them, open one with everybody it hurt, record, remove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.actions import access, accident, field_values, victim
from app.errors import Problem, Refused
from app.rules import accident as rules
from app.values.victim import (
    AccidentLine,
    AccidentPage,
    AccidentsFilter,
    AccidentsPage,
    VictimLine,
)
from app.wording import translate
from app.workspace import Workspace
from data import fields, units
from data.base import instant_text
from data.records import accident as records
from data.records import merger
from data.records import victim as victims
from data.records.accident import Accident
from data.records.person import Person
from data.records.victim import Victim


def listing(
    ws: Workspace, which: AccidentsFilter, after: tuple[str, str] | None = None, limit: int = 100
) -> AccidentsPage:
    """The next accidents, latest first, and how many there are in all."""
    ws.demand("view")
    wanted = records.Wanted(which.communes, which.year, which.device)
    with ws.db.read() as session:
        rows = records.page(session, wanted, after, limit)
        total = records.count(session, wanted)
    last = rows[-1][0] if len(rows) == limit else None
    lines = tuple(_line(*row) for row in rows)
    return AccidentsPage(lines, (last.accident_on or "", last.id) if last else None, total)


def page(ws: Workspace, accident_id: str) -> AccidentPage:
    """One accident with everybody it hurt; the look at each registered victim is logged.

    Raises Refused (`accident_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        row = victim.found_accident(session, accident_id)
        rows = victims.of_accident(session, accident_id)
        ever = victims.ever_of_accident(session, accident_id)
        places = rules.numbers((one.id, one.number) for one in ever)
        lines = sorted((_victim(ws, session, one, places[one.id]) for one in rows),
                       key=lambda one: one.number)  # fmt: skip
        answer = AccidentPage(
            id=row.id,
            report_id=rules.report_id(row.id),
            accident=shown("accident", row),
            victims=tuple(lines),
            remarks=tuple(remarks(row, victims.once(session, rows)[0])),
            commune_now=_now(row, ws.today()),
            by=row.updated_by,
            at=row.updated_at,
        )
    access.looked(ws, [one.person_id for one in answer.victims if one.person_id], "accident")
    return answer


def record(ws: Workspace, typed: Mapping[str, object], accident_id: str | None = None) -> str:
    """Record an accident before anybody it hurt is known, or correct one; answers its id.

    Raises Refused: accident_empty, accident_unknown, unit_not_then, date problems.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = victim.found_accident(session, accident_id) if accident_id else None
        values = accident.checked(ws, typed, row, _youngest(session, row))
        for one in victims.of_accident(session, row.id) if row is not None else ():
            victim.refuse_age(session, {}, one, str(values.get("accident_on", "") or ""))
        return record_within(ws, session, values, row)


def record_within(
    ws: Workspace, session: Session, values: Mapping[str, object], row: Accident | None = None
) -> str:
    """Write checked values (`accident.checked`) within somebody's transaction; answers the id."""
    if row is None and all(value is None for value in values.values()):
        raise Refused.one("accident_empty", "accident_on")
    if row is None:
        row = Accident(office_id=ws.office.id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    return row.id


def remove(ws: Workspace, accident_id: str, reason: str) -> None:
    """Take off an accident that has no victims, with a reason.

    Raises Refused (accident_unknown, accident_has_victims, reason_needed).
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = victim.found_accident(session, accident_id)
        hurt = len(victims.of_accident(session, accident_id))
        if hurt:
            raise Refused.one("accident_has_victims", "id", hurt)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def remarks(row: Accident, hurt: list[Victim]) -> Iterator[Problem]:
    """What does not agree about an accident, each as a sentence beside its field."""
    words = {rules.KILLED: translate("chết"), rules.INJURED: translate("bị thương")}
    told = (row.killed, row.injured)
    consequences = [one.consequence for one in hurt]
    for one in rules.totals(told, consequences, bool(row.totals_note)):
        facts = {"told": one.told, "found": one.found, "count": one.found}
        yield Problem.of(one.code, one.kind, "", what=words.get(one.kind, ""), **facts)


def shown(record_name: str, row: Accident | Victim) -> dict[str, object]:
    """The dictionary's values of a row by name, as they cross the floor."""
    return {
        field.name: field_values.shown(field, getattr(row, field.name))
        for field in fields.of(record_name)
    }


def _victim(ws: Workspace, session: Session, row: Victim, number: int) -> VictimLine:
    who = session.get(Person, merger.survivor(session, row.person_id)) if row.person_id else None
    here = who if who is not None and not who.deleted_at else None
    values = shown("victim", row)
    hidden = here is None and not ws.can("names")
    values = {name: field_values.named(ws, "victim", name, one) for name, one in values.items()}
    told = here.name if here is not None else row.victim_name
    return VictimLine(
        id=row.id,
        number=number,
        person_id=here.id if here is not None else "",
        name=field_values.CLOSED if hidden and told else told or "",
        hidden=hidden,
        sex=(here.sex if here is not None else row.victim_sex) or "",
        birth=((here.birth if here is not None else row.victim_birth) or "") if not hidden else "",
        fields=values,
    )


def _line(row: Accident, hurt: int, registered: int) -> AccidentLine:
    return AccidentLine(
        id=row.id,
        accident_on=row.accident_on,
        commune=row.accident_commune,
        place=row.accident_place or row.accident_hamlet or "",
        device=row.device,
        killed=row.killed,
        injured=row.injured,
        victims=hurt,
        registered=registered,
    )


def _now(row: Accident, today: date) -> str:
    """What the commune of an accident is called today, where that is another name."""
    key = row.accident_commune
    if not key or not units.has(key) or units.get(key).system == units.system_on(today.isoformat()):
        return ""
    return " / ".join(units.full_name(one.unit.key) for one in units.successors(key))


def _youngest(session: Session, row: Accident | None) -> str | None:
    """The latest birth among the registered victims: the accident was not before it."""
    if row is None:
        return None
    ids = [one.person_id for one in victims.of_accident(session, row.id) if one.person_id]
    known = [session.get_one(Person, merger.survivor(session, one)).birth or "" for one in ids]
    return max(known, default="") or None
