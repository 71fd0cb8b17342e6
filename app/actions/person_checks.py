"""What is said about a person's record: its page, warnings, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import amendment, conflict_words, field_values, likeness
from app.actions.person_cards import cards_of
from app.errors import Problem, Refused
from app.rules import completeness, identity
from app.rules.likeness import Reason
from app.values.person import DecisionLine, LateEdit, MergedRecord, PersonPage
from app.wording import language
from app.workspace import Workspace
from data import codes, fields, history, text, units
from data.records import approval, conflict, merger, transfer
from data.records import likeness as pairs
from data.records.person import Person
from data.records.transfer import Departed

DECISIONS_SHOWN_MAX = 100
ALIKE_SHOWN_MAX = 5
REQUIRED = ("name", "commune")


def warnings(session: Session, person: Person) -> tuple[Problem, ...]:
    """Open warnings about a person: number against birth, sex and province; likely duplicates.

    Changes that await approval count as if they were made: they are what is decided on.
    """
    asked = amendment.asked(session, person)
    number, birth, sex = (
        str(asked.get(name, getattr(person, name)) or "") for name in ("id_number", "birth", "sex")
    )
    problems = [
        Problem.of(warning.code, "id_number", number, **warning.facts)
        for warning in identity.check(number, birth, sex, codes.identity_places())
    ]
    problems += _alike(session, person, asked)
    return tuple(problems)


def _alike(session: Session, person: Person, asked: Mapping[str, object]) -> list[Problem]:
    """Who else may be this person, and why; asked changes of compared fields are judged now."""
    if asked.keys() & set(pairs.COMPARED):
        facts = likeness.as_it_will_be(person, asked)
        found = [(other.id, judged.reasons) for other, judged in likeness.alike_in(session, facts)]
    else:
        found = [
            (pair.other if pair.one == person.id else pair.one, likeness.read_reasons(pair.reasons))
            for pair in pairs.page(session, ALIKE_SHOWN_MAX, only=person.id)
        ]
    number = asked.get("id_number", person.id_number) or person.old_id_number
    twins = ((session.get(Person, key), reasons) for key, reasons in found[:ALIKE_SHOWN_MAX])
    return [
        _alike_problem(twin, reasons, number)
        for twin, reasons in twins
        if twin is not None and not twin.deleted_at
    ]


def _alike_problem(twin: Person, reasons: Sequence[Reason], number: object) -> Problem:
    if any(reason.code == "same_number" for reason in reasons):
        return Problem.of("same_number", "id_number", number, name=twin.name)
    where = units.full_name(twin.commune) if twin.commune else ""
    why = "; ".join(each.words for each in likeness.words(reasons) if each.weight > 0)
    return Problem.of("possible_duplicate", "name", name=twin.name, where=where, why=why)


def assemble(
    ws: Workspace, session: Session, person: Person, values: Mapping[str, object], until: str
) -> PersonPage:
    """The person's page from its row and values, as they stood at an instant (ISO UTC text)."""
    opened, hidden = opened_values(ws, values)
    came_from = _moving_from(ws, session, person.id)
    elsewhere = _sealed_elsewhere(ws, hidden, came_from)
    card = cards_of(session, [_card_row(person, values)])[0]
    meter = completeness.measure(_filled(opened), _set(opened, "groups"), _set(opened, "types"))
    return PersonPage(
        card=card,
        version=person.version,
        fields=opened,
        hidden=hidden,
        created_by=person.created_by,
        created_at=person.created_at,
        edited_by=person.edited_by,
        updated_at=person.updated_at,
        removed_reason=person.deleted_reason if person.deleted_at else None,
        merged_into=_leads_to(session, person),
        merged_here=_merged_here(session, person),
        amendments=tuple(
            one for one in amendment.of_person(ws, session, person.id) if one.asked_at <= until
        ),
        decisions=tuple(one for one in _decisions(session, person.id) if one.at <= until),
        warnings=(*elsewhere, *warnings(session, person)),
        missing=meter.missing,
        filled=meter.filled,
        countable=meter.total,
        conflicts=tuple(
            conflict_words.label(one.entity, one.field)
            for one in conflict.open_cards(session, person.id)
        ),
        moving_to=_moving_to(session, person.id),
        moving_from=came_from,
    )


def _moving_to(session: Session, person_id: str) -> str:
    asked = transfer.open_of(session, (person_id,)).get(person_id)
    return asked.to_name if asked is not None else ""


def _moving_from(ws: Workspace, session: Session, person_id: str) -> str:
    came = (one for one in transfer.of_person(session, person_id) if one.state == transfer.MOVED)
    last = next(came, None)
    return last.from_name if last is not None and last.to_office == ws.office.id else ""


def not_here(session: Session, person_id: str, asked: str = "id") -> Refused:
    """Nobody knows this id, or its person has left for another office; `asked` is what named it."""
    left = session.get(Departed, person_id)
    if left is None:
        return Refused.one("person_unknown", asked, person_id)
    facts = {"name": left.name, "office": left.to_name}
    return Refused.one("person_departed", asked, person_id, **facts)


def _leads_to(session: Session, person: Person) -> MergedRecord | None:
    if not person.merged_into:
        return None
    last = session.get(Person, merger.survivor(session, person.id))
    row = merger.standing(session, person.id)
    name = last.name if last is not None else ""
    by, at = (row.created_by, row.created_at) if row else (person.updated_by, person.updated_at)
    late = late_edits(session, person, last) if last is not None else ()
    return MergedRecord(row.id if row else "", last.id if last else "", name, by, at, late)


def _merged_here(session: Session, person: Person) -> tuple[MergedRecord, ...]:
    found = []
    for row in merger.of_person(session, person.id):
        stub = session.get(Person, row.absorbed_id)
        if row.state == merger.MERGED and stub is not None and stub.merged_into == person.id:
            late = late_edits(session, stub, person)
            by, at = row.created_by, row.created_at
            found.append(MergedRecord(row.id, stub.id, stub.name, by, at, late))
    return tuple(found)


def late_edits(session: Session, stub: Person, survivor: Person) -> tuple[LateEdit, ...]:
    """What a merged record says since and its survivor does not; restricted fields keep silent."""
    row = merger.standing(session, stub.id)
    since = history.since_merged(session, stub.id, row.created_at if row else history.LATER)
    last = {line.field: line for line in since if line.field}
    open_ = [one for one in fields.of("person") if one.name in last and not one.restricted]
    return tuple(
        LateEdit(
            one.name,
            one.label(language()),
            field_values.readable(one, getattr(stub, one.name), language()),
            last[one.name].by,
            last[one.name].at,
        )
        for one in open_
        if getattr(stub, one.name) not in (None, "", getattr(survivor, one.name))
    )


def opened_values(
    ws: Workspace, values: Mapping[str, object]
) -> tuple[dict[str, object], frozenset[str]]:
    """Values as they cross the floor, restricted ones opened for who may read them, else named."""
    opened: dict[str, object] = {}
    hidden = set()
    for field in fields.of("person"):
        value = values.get(field.name)
        if field.restricted and value is not None:
            value = field_values.opened(ws, value)
            if value == field_values.CLOSED:
                hidden.add(field.name)
                value = None
        opened[field.name] = field_values.shown(field, value)
    return opened, frozenset(hidden)


def _sealed_elsewhere(ws: Workspace, hidden: frozenset[str], came_from: str) -> tuple[Problem, ...]:
    """Who may read restricted values is told of those that only another PC's key opens, or that
    of the office which the person came from."""
    if ws.restricted is None or not hidden:
        return ()
    labels = ", ".join(field.vi for field in fields.of("person") if field.name in hidden)
    if came_from:
        return (Problem.of("restricted_of_office", "", label=labels, office=came_from),)
    return (Problem.of("restricted_elsewhere", "", label=labels),)


def _set(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name)
    return value if isinstance(value, tuple) else ()


def _filled(opened: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name, value in opened.items() if value not in (None, "", ()))


def _card_row(person: Person, values: Mapping[str, object]) -> tuple[object, ...]:
    """The card's columns in the order of `people.CARD_COLUMNS`."""
    name = str(values.get("name") or "")
    commune = str(values.get("commune") or "")
    now = person.current_commune if commune == person.commune else None
    if now is None and commune:
        now = units.current(commune, str(values.get("hamlet") or "")).key
    return (
        person.id,
        name,
        values.get("sex"),
        values.get("birth"),
        values.get("id_number"),
        values.get("commune"),
        now,
        values.get("hamlet"),
        values.get("types"),
        values.get("degree"),
        values.get("mine_victim"),
        values.get("status") or person.status,
        values.get("life_state"),
        person.server_version,
        text.sort_key(name),
    )


def _decisions(session: Session, person_id: str) -> tuple[DecisionLine, ...]:
    rows = approval.decisions_of(session, person_id, DECISIONS_SHOWN_MAX)
    return tuple(
        DecisionLine(row.decision, row.created_by, row.created_at, row.reason) for row in rows
    )


def missing(values: Mapping[str, object]) -> list[Problem]:
    """Problems of what nobody is entered without."""
    return [_needed(name) for name in REQUIRED if not values.get(name)]


def emptied(values: Mapping[str, object]) -> list[Problem]:
    """Problems of needed fields that somebody cleared."""
    return [_needed(name) for name in REQUIRED if name in values and not values[name]]


def undated(person: Person, values: Mapping[str, object]) -> list[Problem]:
    """A death, a departure or a missing person needs its day, at least the year."""
    state = values.get("life_state", person.life_state)
    if "life_state" in values and state is None:
        return [_needed("life_state")]
    if state == "living" or {"life_state", "life_state_on"}.isdisjoint(values):
        return []
    on = values.get("life_state_on", person.life_state_on)
    if not on:
        return [_needed("life_state_on")]
    birth = str(values.get("birth") or person.birth or "")
    early = str(on) < birth[: len(str(on))]
    return [Problem.of("life_before_birth", "life_state_on", on)] if early else []


def back_to_life(values: Mapping[str, object]) -> dict[str, object]:
    """Who lives here after all has no day of death or leaving, unless a day is given with it."""
    if values.get("life_state") != "living":
        return {}
    return {name: None for name in ("life_state_on", "life_state_note") if not values.get(name)}


def _needed(name: str) -> Problem:
    return Problem.of("required", name, label=fields.get("person", name).vi)
