"""Persons: save what was typed, submit, list, show, remove and bring back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.actions import (
    access,
    amendment,
    cold_start,
    conflict_words,
    field_values,
    history_entries,
    likeness,
    person_checks,
    reform_plan,
)
from app.actions.field_values import Ground
from app.actions.person_cards import cards_of, wanted
from app.errors import Problem, Refused
from app.reports.over import end_of_day
from app.values.person import (
    HistoryEntry,
    PageKey,
    PeopleFilter,
    PeoplePage,
    PersonDraft,
    PersonPage,
    Saved,
)
from app.workspace import Workspace
from data import capture, fields, history
from data.base import instant_text, new_id
from data.records import conflict as conflicts
from data.records import merger, people, people_list
from data.records.approval import Approval
from data.records.person import Person, keys_of

SLICE_ROWS_MAX = 500


@dataclass(frozen=True, slots=True)
class Taken:
    """Values of a list for somebody known, as columns hold them, and where they come from."""

    id: str
    values: Mapping[str, object]
    source: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person of a list as typed, with the status it shall have."""

    draft: PersonDraft
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class Entered:
    """A person of a list as columns hold it, with its `keys`, under the id it will have."""

    id: str
    values: Mapping[str, object]
    keys: Mapping[str, str]
    status: str
    source: str


def save(ws: Workspace, draft: PersonDraft) -> Saved:
    """Create a person, or change the given fields of one.

    Name and commune are enough. Guarded fields of an approved person are not changed: the change
    waits for approval as an amendment. Raises Refused with a problem for each field that cannot be
    taken, that somebody else changed meanwhile, or that is required and missing.
    """
    ws.demand("enter")
    cleaned = field_values.clean(ws, "person", draft.fields)
    problems = list(cleaned.problems)
    with ws.db.write(ws.author(draft.source)) as session:
        if draft.id is None:
            person = Person(office_id=ws.office.id, status="draft", life_state="living")
            problems += person_checks.missing(cleaned.values)
        else:
            person = found(session, draft.id)
            problems += _changed_meanwhile(ws, person, draft, cleaned.values)
            problems += person_checks.emptied(cleaned.values)
            problems += person_checks.undated(person, cleaned.values)
            cleaned.values.update(person_checks.back_to_life(cleaned.values))
            settled = field_values.settled(ws, "person", person, cleaned.values)
            cleaned = replace(cleaned, values=settled)
        if problems:
            raise Refused(problems)
        pending = write_values(ws, session, person, cleaned.values)
        session.flush()
        likeness.settle_some(session, [person.id])
        warnings = person_checks.warnings(session, person)
        return Saved(person.id, pending, warnings)


def save_many(ws: Workspace, new: Sequence[NewPerson]) -> list[Saved | Refused]:
    """Create the persons of a slice of a list (at most 500) in one transaction.

    A person who cannot be taken gives Refused in its place and does not hinder the others.
    """
    ws.demand("import")
    with ws.db.write(ws.author("import")) as session:
        ground = Ground.of(ws)
        answers = [
            entered(ground, each.draft.fields, each.status, each.draft.source)
            for each in new[:SLICE_ROWS_MAX]
        ]
        write_new(ws, session, [one for one in answers if isinstance(one, Entered)])
        ids = [one.id for one in answers if isinstance(one, Entered)]
        likeness.settle_some(session, ids)
    return [Saved(one.id) if isinstance(one, Entered) else one for one in answers]


def entered(
    ground: Ground, typed: Mapping[str, object], status: str, source: str = ""
) -> Entered | Refused:
    """A person of a list ready to be written; Refused with every field that cannot be taken."""
    cleaned = field_values.clean_on(ground, "person", typed)
    problems = list(cleaned.problems) + person_checks.missing(cleaned.values)
    if problems:
        return Refused(problems)
    return Entered(new_id(), cleaned.values, keys_of(cleaned.values), status, source)


def write_new(ws: Workspace, session: Session, new: Sequence[Entered]) -> None:
    """Add persons that are ready within somebody's transaction."""
    common = {"office_id": ws.office.id, "life_state": "living"}
    said = reform_plan.answers_of(session)
    rows = []
    for each in new:
        values = common | {"id": each.id, "status": each.status, **each.values, **each.keys}
        values["placed"] = reform_plan.placed(said, values.get("commune"), values.get("hamlet"))
        rows.append((values, each.source))
    capture.add_rows(session, Person, rows)


def take(ws: Workspace, session: Session, taken: Taken) -> Saved | Refused:
    """Give somebody known the values of a list within somebody's transaction.

    Guarded fields of an approved person become an amendment that awaits approval.
    """
    person = session.get(Person, taken.id)
    if person is None or person.deleted_at:
        return Refused.one("person_unknown", "id", taken.id)
    session.info.setdefault("sources", {})[person.id] = taken.source
    return Saved(person.id, write_values(ws, session, person, taken.values))


def submit(ws: Workspace, ids: Sequence[str]) -> tuple[Problem, ...]:
    """Send drafts and returned persons to the approval desk; answers who could not go and why."""
    ws.demand("submit")
    problems: list[Problem] = []
    for start in range(0, len(ids), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for person_id in ids[start : start + SLICE_ROWS_MAX]:
                person = session.get(Person, person_id)
                if person is None or person.deleted_at:
                    problems.append(Problem.of("person_unknown", "id", person_id))
                elif person.status not in ("draft", "returned"):
                    problems.append(Problem.of("not_a_draft", "id", person_id, name=person.name))
                else:
                    decide(ws, session, person, "submitted")
    return tuple(problems)


def remove(ws: Workspace, person_id: str, reason: str) -> None:
    """Take a person off the lists, with a reason; nothing is erased and `restore` undoes it."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        person = found(session, person_id)
        person.deleted_at = instant_text(ws.clock())
        person.deleted_reason = why
        session.flush()
        likeness.settle_some(session, [person_id])


def restore(ws: Workspace, person_id: str) -> None:
    """Put a removed person back on the lists."""
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        person = session.get(Person, person_id)
        if person is None or person.merged_into:
            person = found(session, person_id)
        person.deleted_at = None
        person.deleted_reason = None
        session.flush()
        likeness.settle_some(session, [person_id])


def set_life_state(ws: Workspace, person_id: str, state: str, on: str, note: str = "") -> Saved:
    """Record that a person died, left, is missing, or (undoing a mistake) lives here."""
    changes = {"life_state": state, "life_state_on": on, "life_state_note": note}
    return save(ws, PersonDraft(person_id, changes))


def listing(
    ws: Workspace,
    which: PeopleFilter,
    after: PageKey | None = None,
    limit: int = 100,
    offset: int = 0,
) -> PeoplePage:
    """The next cards in the order of the filter; names in Vietnamese order, given name first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows, last = people.page(session, wanted(which), after, limit, offset)
        cards = cards_of(session, rows)
    return PeoplePage(cards, last if len(rows) == limit else None)


def total(ws: Workspace, which: PeopleFilter) -> int:
    """How many persons fit the filter."""
    with ws.db.read() as session:
        return people_list.count(session, wanted(which))


def ids(ws: Workspace, which: PeopleFilter) -> tuple[str, ...]:
    """Ids of all persons who fit the filter, in list order."""
    with ws.db.read() as session:
        return tuple(people_list.ids(session, wanted(which)))


def counts(ws: Workspace) -> dict[str, int]:
    """Number of persons by status, for the navigation."""
    with ws.db.read() as session:
        return people.status_counts(session)


def page(ws: Workspace, person_id: str, as_of: str | None = None) -> PersonPage:
    """Everything about a person itself, now or as it stood at the end of a day (ISO date).

    The look is logged. Raises Refused (`person_unknown`).
    """
    ws.demand("view")
    with ws.db.read() as session:
        person = session.get(Person, person_id)
        if person is None:
            raise person_checks.not_here(session, person_id)
        until = end_of_day(as_of) if as_of else history.LATER
        if as_of:
            cold_start.demand_history(session, "person", person_id)
        values = _values_then(session, person_id, until) if as_of else _values(person)
        if as_of and not values:
            raise Refused.one("person_unknown_then", "id", person_id, day=as_of)
        values = {n: field_values.named(ws, "person", n, one) for n, one in values.items()}
        answer = person_checks.assemble(ws, session, person, values, until)
    access.seen(ws, person_id, "view", f"as of {as_of}" if as_of else "")
    return answer


def past(
    ws: Workspace, person_id: str, limit: int = 500, as_of: str | None = None
) -> tuple[HistoryEntry, ...]:
    """The history of a person and all that belongs to it (up to a day's end), newest first."""
    ws.demand("view")
    until = end_of_day(as_of) if as_of else history.LATER
    with ws.db.read() as session:
        lines = history_entries.told_of_mergers(
            session, history.of_person(session, person_id, limit, until)
        )
        cards = conflicts.of_persons(session, merger.everybody(session, person_id))
        refused = tuple(conflict_words.past(ws, session, cards, until))
    told = tuple(entry for line in lines for entry in history_entries.of_line(ws, line))
    return told if not refused else tuple(sorted((*told, *refused), key=_at, reverse=True))


def _at(entry: HistoryEntry) -> str:
    return entry.at


def found(session: Session, person_id: str) -> Person:
    """The person's row; Refused (`person_unknown`) when absent or removed."""
    person = session.get(Person, person_id)
    if person is not None and person.merged_into:
        leads = session.get(Person, merger.survivor(session, person_id))
        raise Refused.one("person_merged", "id", person_id, name=leads.name if leads else "")
    if person is None:
        raise person_checks.not_here(session, person_id)
    if person.deleted_at:
        raise Refused.one("person_unknown", "id", person_id)
    return person


def demand_known(ws: Workspace, person_id: str, asked: str) -> None:
    """Refuse who asks, by `asked`, about somebody nobody knows here; removed and merged records
    are known. Raises Refused: person_unknown, person_departed."""
    ws.demand("view")
    with ws.db.read() as session:
        if session.get(Person, person_id) is None:
            raise person_checks.not_here(session, person_id, asked)


STATUS_AFTER = {
    "submitted": "waiting",
    "approved": "approved",
    "returned": "returned",
    "undone": "waiting",
    "taken_back": "waiting",
}
"""Where a record stands after each decision."""


def decide(
    ws: Workspace, session: Session, person: Person, decision: str, reason: str = ""
) -> None:
    """Write a decision on a person's record and move the record to the status that follows."""
    person.status = STATUS_AFTER[decision]
    session.add(
        Approval(
            office_id=ws.office.id,
            person_id=person.id,
            decision=decision,
            reason=reason or None,
            person_version=person.version,
        )
    )


def write_values(
    ws: Workspace, session: Session, person: Person, values: Mapping[str, object]
) -> bool:
    """Set the values; guarded ones of an approved person become an amendment (then True)."""
    direct = dict(values)
    pending = False
    if person.status == "approved":
        guarded = {
            name: direct.pop(name) for name in list(direct) if name in fields.guarded("person")
        }
        pending = amendment.ask(ws, session, person, guarded)
    before = person.commune, person.hamlet
    _set(person, direct)
    if (person.commune, person.hamlet) != before:
        reform_plan.place(session, person)
    session.add(person)
    return pending


def _set(person: Person, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        person.put(name, value)


def _changed_meanwhile(
    ws: Workspace, person: Person, draft: PersonDraft, values: Mapping[str, object]
) -> list[Problem]:
    """Fields that somebody changed after the typist looked, to a value the typist did not see."""
    if draft.before is None:
        return []
    seen = field_values.clean(ws, "person", {n: draft.before.get(n) for n in values}).values
    problems = []
    for name, new in values.items():
        now = getattr(person, name)
        if name in fields.restricted("person") or now in (new, seen.get(name)):
            continue
        label = fields.get("person", name).vi
        problems.append(Problem.of("changed_meanwhile", name, now, label=label))
    return problems


def _values(person: Person) -> dict[str, object]:
    return {field.name: getattr(person, field.name) for field in fields.of("person")}


def _values_then(session: Session, person_id: str, until: str) -> dict[str, object]:
    return history.values_at(session, Person, person_id, until)
