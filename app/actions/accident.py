"""Mine accidents and their victims: save for a person, tie further victims, look up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import field_values, person, place_then
from app.actions import victim as hurt
from app.errors import Problem, Refused
from app.values.accident import AccidentCard, AccidentDraft, AccidentSaved, VictimPage
from app.workspace import Workspace
from data import fields
from data.base import instant_text
from data.records import accident as records
from data.records import merger
from data.records import victim as victims
from data.records.accident import Accident
from data.records.victim import Victim

SLICE_ROWS_MAX = 500
LOOK_UP_MAX = 50


def save(ws: Workspace, draft: AccidentDraft) -> AccidentSaved:
    """Record what an accident did to a person, and what is known of the accident.

    The accident's place is its own, never taken from where the person lives. Raises Refused:
    person_unknown, accident_unknown, victim_unknown, victim_twice, accident_date_unknown_given,
    date_in_future, accident_before_birth, unit_not_then, or a problem for each value
    that cannot be taken.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return save_within(ws, session, draft)


def add_many(ws: Workspace, drafts: Sequence[AccidentDraft]) -> list[AccidentSaved | Refused]:
    """Add what is known of many accidents by 500 in a transaction; each refused alone."""
    ws.demand("enter")
    answers: list[AccidentSaved | Refused] = []
    for start in range(0, len(drafts), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for draft in drafts[start : start + SLICE_ROWS_MAX]:
                try:
                    answers.append(save_within(ws, session, draft))
                except Refused as refused:
                    answers.append(refused)
    return answers


def of_person(ws: Workspace, person_id: str) -> tuple[VictimPage, ...]:
    """The accidents that hurt a person, with the other victims of each."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = victims.of_person(session, person_id)
        return tuple(_page(ws, session, row, person_id) for row in rows)


def look_up(ws: Workspace, commune: str = "", year: str = "") -> tuple[AccidentCard, ...]:
    """Accidents already recorded (at most 50, latest first), to tie another victim to."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.look_up(session, commune, year, LOOK_UP_MAX)
        return tuple(
            AccidentCard(
                id=row.id,
                accident_on=row.accident_on,
                commune=row.accident_commune,
                place=row.accident_place or "",
                device=row.device,
                victims=number,
            )
            for row, number in rows
        )


def remove(ws: Workspace, victim_id: str, reason: str) -> None:
    """Untie a person from an accident, with a reason; the accident goes with its last victim."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = hurt.found(session, victim_id)
        gone: list[Victim | Accident] = [row]
        if row.accident_id and len(victims.of_accident(session, row.accident_id)) == 1:
            gone.append(session.get_one(Accident, row.accident_id))
        for each in gone:
            each.deleted_at = instant_text(ws.clock())
            each.deleted_reason = why


def save_within(ws: Workspace, session: Session, draft: AccidentDraft) -> AccidentSaved:
    """As `save`, within somebody's transaction."""
    who = person.found(session, draft.person_id)
    row = hurt.found(session, draft.victim_id) if draft.victim_id else None
    if row is not None and row.person_id not in merger.everybody(session, draft.person_id):
        raise Refused.one("victim_unknown", "id", draft.victim_id)
    accident_id = draft.accident_id or (row.accident_id if row else None)
    accident = hurt.found_accident(session, accident_id) if accident_id else None
    about = checked(ws, draft.accident, accident, who.birth)
    harm = hurt.checked(ws, draft.victim, row)
    day = about.get("accident_on", accident.accident_on if accident is not None else None)
    hurt.refuse_age_of(harm.get("age_then", row.age_then if row else None), who.birth, day)
    if accident is None and any(value is not None for value in about.values()):
        accident = Accident(office_id=ws.office.id)
        session.add(accident)
    if accident is not None:
        _set(accident, about)
        session.flush()
        _refuse_twice(session, draft, accident.id, row)
    if row is None:
        row = Victim(office_id=ws.office.id, person_id=draft.person_id)
        session.add(row)
        hurt.mark(who)
    if accident is not None and row.accident_id != accident.id:
        row.number = hurt.next_number(session, accident.id)  # before the row itself is counted
    row.accident_id = accident.id if accident is not None else None
    _set(row, harm)
    session.flush()
    return AccidentSaved(row.id, row.accident_id)


def checked(
    ws: Workspace, typed: Mapping[str, object], accident: Accident | None, birth: str | None = None
) -> dict[str, object]:
    """What was typed of an accident as columns hold it; day, its being known, and the commune
    agree. Raises Refused with the problems."""
    cleaned = field_values.clean(ws, "accident", typed)
    day = cleaned.values.get("accident_on", getattr(accident, "accident_on", None))
    then = place_then.placed(ws, typed, "accident_commune", str(day or ""))
    cleaned = field_values.clean(ws, "accident", then)
    if cleaned.problems:
        raise Refused(cleaned.problems)
    values = _date_fits(accident, cleaned.values, birth)
    _refuse_other_times(accident, values)
    return values


def _refuse_other_times(accident: Accident | None, values: Mapping[str, object]) -> None:
    """The commune is named as it was on that day."""
    if {"accident_on", "accident_commune"} & values.keys():
        day, key = (
            str(values.get(name, getattr(accident, name, None)) or "")
            for name in ("accident_on", "accident_commune")
        )
        place_then.refuse_other_times("accident", "accident_commune", key, day)


def _date_fits(
    accident: Accident | None, values: dict[str, object], birth: str | None
) -> dict[str, object]:
    """The accident's values with "date known" and the date agreeing (IMSMA ac_date_known)."""
    told = accident.accident_known if accident and "accident_on" not in values else None
    known = values.get("accident_known", told)
    day = values.get("accident_on", accident.accident_on if accident else None)
    if day is None:
        return values
    if known is False:
        if values.get("accident_on") is not None:
            raise Refused.one("accident_date_unknown_given", "accident_on", day)
        return values | {"accident_on": None}
    if birth and str(day)[:4] < birth[:4]:
        raise Refused.one("accident_before_birth", "accident_on", day, year=str(day)[:4])
    return values | {"accident_known": True}


def _refuse_twice(
    session: Session, draft: AccidentDraft, accident_id: str, row: Victim | None
) -> None:
    theirs = merger.everybody(session, draft.person_id)
    for other in victims.of_accident(session, accident_id):
        if other.person_id in theirs and (row is None or other.id != row.id):
            problem = Problem.of("victim_twice", "accident_id", accident_id)
            raise Refused([problem])


def _page(ws: Workspace, session: Session, row: Victim, person_id: str) -> VictimPage:
    accident = session.get(Accident, row.accident_id) if row.accident_id else None
    named = victims.names_of_accident(session, row.accident_id) if row.accident_id else []
    return VictimPage(
        id=row.id,
        person_id=person_id,
        accident_id=row.accident_id,
        victim=_shown(ws, "victim", row),
        accident=_shown(ws, "accident", accident) if accident is not None else {},
        others=tuple(each for each in named if each[0] != person_id),
    )


def _shown(ws: Workspace, record: str, row: Victim | Accident) -> dict[str, object]:
    return {
        field.name: field_values.named(
            ws, record, field.name, field_values.shown(field, getattr(row, field.name))
        )
        for field in fields.of(record)
    }


def _set(row: Victim | Accident, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
