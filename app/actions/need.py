"""Needs of a person: add, correct, withdraw, list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from app.actions import field_values, person
from app.errors import Problem, Refused
from app.rules import need as rules
from app.values.need import NeedCard, NeedDraft
from app.workspace import Workspace
from data.base import instant_text
from data.records import merger
from data.records import need as records
from data.records.need import Need

SLICE_ROWS_MAX = 500
JUDGED = ("need_group", "item", "priority", "need_status", "need_note")


def save(ws: Workspace, draft: NeedDraft) -> str:
    """Add a need of a person or change one; answers its id.

    The group follows from the item; without an item the group alone is enough. Raises Refused:
    need_empty, need_twice, need_priority, need_group_item, need_refused_why, person_unknown,
    need_unknown.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return _save(ws, session, draft)


def add_many(
    ws: Workspace, rows: Sequence[tuple[str, Mapping[str, object]]]
) -> list[str | Refused]:
    """Add needs, given as (person id, fields), in transactions of 500; each refused alone."""
    ws.demand("enter")
    answers: list[str | Refused] = []
    for start in range(0, len(rows), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for person_id, typed in rows[start : start + SLICE_ROWS_MAX]:
                try:
                    answers.append(_save(ws, session, NeedDraft(person_id, typed)))
                except Refused as refused:
                    answers.append(refused)
    return answers


def withdraw(ws: Workspace, need_id: str, reason: str) -> None:
    """Take a need that was written by mistake off the person, with a reason."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        need = _found(session, need_id)
        need.deleted_at = instant_text(ws.clock())
        need.deleted_reason = why


def of_person(ws: Workspace, person_id: str) -> tuple[NeedCard, ...]:
    """The needs of a person, the most pressing first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(card(need, person_id) for need in records.of_person(session, person_id))


def card(need: Need, person_id: str) -> NeedCard:
    """A need of a person as a frozen value."""
    return NeedCard(
        id=need.id,
        person_id=person_id,
        group=need.need_group or "",
        item=need.item or "",
        priority=need.priority,
        quantity=need.quantity,
        declared_on=need.declared_on,
        declared_by=need.declared_by,
        status=need.need_status or rules.NEW,
        review_on=need.review_on,
        note=need.need_note or "",
        by=need.updated_by,
        at=need.updated_at,
    )


def _save(ws: Workspace, session: Session, draft: NeedDraft) -> str:
    person.found(session, draft.person_id)
    need = _found(session, draft.id) if draft.id else None
    theirs = merger.everybody(session, draft.person_id)
    if need is not None and need.person_id not in theirs:
        raise Refused.one("need_unknown", "id", draft.id)
    cleaned = field_values.clean(ws, "need", draft.fields)
    values, problems = cleaned.values, list(cleaned.problems)
    before = need or Need()
    merged = {name: getattr(before, name) for name in JUDGED} | values
    if values.get("item") and "need_group" not in values:
        merged["need_group"] = None  # another item brings its own group
    group, code = rules.group_of(merged["need_group"], merged["item"])
    if code is None and group:
        values["need_group"] = merged["need_group"] = group
    problems += [Problem.of(each, "item", merged["item"]) for each in (code,) if each]
    if not rules.priority_fits(merged["priority"]):
        problems.append(Problem.of("need_priority", "priority", merged["priority"]))
    if rules.lacks_why(merged["need_status"], merged["need_note"]):
        problems.append(Problem.of("need_refused_why", "need_note"))
    if problems:
        raise Refused(problems)
    _refuse_twice(session, draft, merged)
    if need is None:
        need = Need(office_id=ws.office.id, person_id=draft.person_id)
        began = {"need_status": rules.NEW, "declared_on": ws.today().isoformat()}
        values = began | {name: value for name, value in values.items() if value is not None}
        session.add(need)
    for name, value in values.items():
        setattr(need, name, value)
    session.flush()
    return need.id


def _refuse_twice(session: Session, draft: NeedDraft, merged: Mapping[str, object]) -> None:
    """The same unmet need twice on one person is a slip of the pen."""
    for other in records.of_person(session, draft.person_id):
        same = (other.need_group, other.item) == (merged["need_group"], merged["item"])
        if same and other.id != draft.id and rules.is_live(other.need_status):
            raise Refused.one("need_twice", "item", merged["item"] or merged["need_group"])


def _found(session: Session, need_id: str) -> Need:
    need = session.get(Need, need_id)
    if need is None or need.deleted_at:
        raise Refused.one("need_unknown", "id", need_id)
    return need
