"""The victims of an accident: add one, registered or not, link to a person later, unlink."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from app.actions import field_values, person
from app.errors import Problem, Refused
from app.rules import accident as rules
from app.rules import dates
from app.values.victim import VictimDraft
from app.workspace import Workspace
from data import fields
from data.base import instant_text
from data.records import merger
from data.records import victim as records
from data.records.accident import Accident
from data.records.person import Person
from data.records.victim import Victim

UNREGISTERED = frozenset(field.name for field in fields.of("victim")
                         if field.section == "unregistered")  # fmt: skip
TELLS_OF = ("victim_name", "victim_sex", "consequence")
"""One of these at least says who somebody not registered was."""
JUDGED = ("consequence", "later_consequence", "losses", "death_place")


def save(ws: Workspace, draft: VictimDraft) -> str:
    """Add a victim to an accident, or correct one; answers its id.

    Raises Refused: accident_unknown, victim_unknown, victim_nameless, victim_twice,
    person_unknown, accident_before_birth, and what `rules.harm` finds.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return save_within(ws, session, draft)


def save_within(ws: Workspace, session: Session, draft: VictimDraft) -> str:
    """As `save`, within somebody's transaction."""
    accident = found_accident(session, draft.accident_id)
    row = found(session, draft.id) if draft.id else None
    if row is not None and row.accident_id != accident.id:
        raise Refused.one("victim_unknown", "id", draft.id)
    values = checked(ws, draft.fields, row)
    refuse_age(session, values, row, accident.accident_on)
    linked = draft.person_id or (row.person_id if row is not None else None)
    if not linked and not any(values.get(n, getattr(row, n, None)) for n in TELLS_OF):
        raise Refused.one("victim_nameless", "victim_name")
    if row is None:
        row = Victim(office_id=ws.office.id, accident_id=accident.id)
        row.number = next_number(session, accident.id)
        session.add(row)
    for name, value in values.items():
        setattr(row, name, value)
    if draft.person_id and row.person_id is None:
        tie(session, row, draft.person_id)
    session.flush()
    return row.id


def link(ws: Workspace, victim_id: str, person_id: str) -> None:
    """The victim is this registered person, as was found out later.

    What was told of the victim stays; the name is the person's from now on. Raises Refused:
    victim_unknown, victim_linked, person_unknown, victim_twice, accident_before_birth.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = found(session, victim_id)
        if row.person_id is not None:
            raise Refused.one("victim_linked", "id", victim_id)
        tie(session, row, person_id)


def unlink(ws: Workspace, victim_id: str, reason: str) -> None:
    """The victim is not that person after all, with a reason; the victim stays in the accident.

    The person's own mark "mine victim" is left to the officer. Raises Refused: victim_unknown,
    victim_not_linked, reason_needed, victim_in_accident (nothing is left without the person).
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author(f"unlink:{why}")) as session:
        row = found(session, victim_id)
        if row.person_id is None:
            raise Refused.one("victim_not_linked", "id", victim_id)
        if row.accident_id is None:
            raise Refused.one("victim_in_accident", "id", victim_id)
        row.person_id = None


def remove(ws: Workspace, victim_id: str, reason: str) -> None:
    """Take a victim off an accident, with a reason; the number is not given again."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = found(session, victim_id)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def checked(ws: Workspace, typed: Mapping[str, object], row: Victim | None) -> dict[str, object]:
    """The typed values of a victim as columns hold them. Raises Refused with all problems."""
    cleaned = field_values.clean(ws, "victim", typed)
    problems = list(cleaned.problems)
    judged = {name: cleaned.values.get(name, getattr(row, name, None)) for name in JUDGED}
    problems += [
        Problem.of(code, name, field_values.readable(fields.get("victim", name), judged[name]))
        for code, name in rules.harm(judged)
    ]
    if problems:
        raise Refused(problems)
    return cleaned.values


def refuse_age(
    session: Session, values: Mapping[str, object], row: Victim | None, day: str | None
) -> None:
    """Raise Refused (`victim_age`) when the age told cannot be that of the day of the accident."""
    key = row.person_id if row is not None else None
    who = session.get(Person, merger.survivor(session, key)) if key else None
    told = {
        name: values.get(name, getattr(row, name, None)) for name in ("age_then", "victim_birth")
    }
    refuse_age_of(told["age_then"], (who.birth if who else told["victim_birth"]), day)


def refuse_age_of(age: object, birth: object, day: object) -> None:
    """As `refuse_age`, of an age, a birth and a day (partial dates) as they are known."""
    born, on = str(birth or ""), str(day or "")
    known = rules.ages_then(born, on) if age is not None else None
    if known is None or known[0] <= int(str(age)) <= known[1]:
        return
    facts = {"birth": dates.show(born), "day": dates.show(on), "least": known[0], "most": known[1]}
    raise Refused.one("victim_age", "age_then", age, **facts)


def tie(session: Session, row: Victim, person_id: str) -> None:
    """Make a victim a person's. Raises Refused (person_unknown, victim_twice, …)."""
    who = person.found(session, person_id)
    theirs = merger.everybody(session, person_id)
    accident = session.get(Accident, row.accident_id) if row.accident_id else None
    if accident is not None:
        for other in records.of_accident(session, accident.id):
            if other.person_id in theirs and other.id != row.id:
                raise Refused([Problem.of("victim_twice", "accident_id", accident.id)])
        day = accident.accident_on or ""
        if day and who.birth and day[:4] < who.birth[:4]:
            raise Refused.one("accident_before_birth", "accident_on", day, year=str(day)[:4])
        refuse_age_of(row.age_then, who.birth, day)
    row.person_id = person_id
    mark(who)


def mark(who: Person) -> None:
    """So that the filter and the counts find who was hurt."""
    if who.mine_victim is None:
        who.mine_victim = True


def next_number(session: Session, accident_id: str) -> int:
    """The place of the next victim in an accident."""
    ever = records.ever_of_accident(session, accident_id)
    return rules.next_number((one.id, one.number) for one in ever)


def found(session: Session, victim_id: str | None) -> Victim:
    """The row of a victim. Raises Refused (`victim_unknown`)."""
    row = session.get(Victim, victim_id)
    if row is None or row.deleted_at:
        raise Refused.one("victim_unknown", "id", victim_id)
    return row


def found_accident(session: Session, accident_id: str) -> Accident:
    """The row of an accident. Raises Refused (`accident_unknown`)."""
    row = session.get(Accident, accident_id)
    if row is None or row.deleted_at:
        raise Refused.one("accident_unknown", "id", accident_id)
    return row
