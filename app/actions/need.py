"""Needs of a person: add, correct, withdraw, list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import access, field_values, person
from app.errors import Problem, Refused
from app.rules import need as rules
from app.rules import support as support_rules
from app.values.need import (
    NeedCard,
    NeedDraft,
    NeedLine,
    NeedsFilter,
    NeedsPage,
    NeedStepCard,
    NeedStepDraft,
)
from app.workspace import Workspace
from data import units
from data.base import instant_text
from data.records import assistive_device, merger, referral, support
from data.records import need as records
from data.records.need import Need, NeedStep

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


def step(ws: Workspace, need_id: str, draft: NeedStepDraft) -> None:
    """Write down how a need stands from a day on, and when to ask again.

    The same status again says that somebody asked: it still stands. Raises Refused: need_unknown,
    need_step_why, need_step_early, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        need = _found(session, need_id)
        person.found(session, merger.survivor(session, need.person_id))
        typed = {"step_status": draft.status or need.need_status, "step_reason": draft.reason}
        typed["step_on"] = draft.on or ws.today().isoformat()
        cleaned = field_values.clean(ws, "need_step", typed)
        again = field_values.clean(ws, "need", {"review_on": draft.review_on})
        problems = [*cleaned.problems, *again.problems]
        values = cleaned.values
        status, on = str(values.get("step_status")), str(values.get("step_on") or "")
        if rules.step_lacks_why(need.need_status, status, draft.reason):
            problems.append(Problem.of("need_step_why", "step_reason"))
        declared = need.declared_on or ""
        if on and on[: len(declared)] < declared[: len(on)]:
            problems.append(Problem.of("need_step_early", "step_on", on, day=declared))
        if problems:
            raise Refused(problems)
        _write_step(session, need, values)
        need.need_status = status
        need.review_on = _asked_again(need, again.values["review_on"], ws.today().isoformat())


def listing(ws: Workspace, which: NeedsFilter, limit: int = 100, offset: int = 0) -> NeedsPage:
    """Needs of everybody who fits, the most pressing first; a look at each person is logged."""
    ws.demand("view")
    live = tuple(one for one in rules.LIVE if not which.statuses or one in which.statuses)
    wanted = records.Wanted(
        groups=which.groups,
        items=which.items,
        statuses=live if which.due else which.statuses,
        communes=tuple(one.key for key in which.units for one in units.communes_of(key)),
        query=which.query,
        due_by=ws.today().isoformat() if which.due else "",
    )
    with ws.db.read() as session:
        rows = records.page(session, wanted, limit, offset)
        total, persons = records.count(session, wanted)
        today = ws.today().isoformat()
        lines = tuple(
            NeedLine(need.id, card(need, who.id, (), today), who.id, who.name or "",
                     who.birth, who.commune)
            for need, who in rows
        )  # fmt: skip
    access.looked(ws, [line.person_id for line in lines], "list")
    return NeedsPage(lines, total, persons)


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
        needs = records.of_person(session, person_id)
        steps = records.steps_of(session, [need.id for need in needs])
        helped = _helped(session, person_id)
        today = ws.today().isoformat()
        cards = (card(need, person_id, steps.get(need.id, ()), today) for need in needs)
        return tuple(replace(one, proposed=_proposed(one, helped)) for one in cards)


def card(need: Need, person_id: str, steps: Sequence[NeedStep] = (), today: str = "") -> NeedCard:
    """A need of a person as a frozen value."""
    return NeedCard(
        steps=tuple(
            NeedStepCard(
                one.step_status or "",
                one.step_on or "",
                one.step_reason or "",
                one.created_by,
                one.created_at,
            )
            for one in steps
        ),
        due=bool(today) and rules.is_due(need.need_status, need.review_on, today),
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
    elif values.get("need_status", need.need_status) != need.need_status:
        why = merged["need_note"] if values["need_status"] == "refused" else None
        today = ws.today().isoformat()
        _write_step(
            session,
            need,
            {"step_status": values["need_status"], "step_on": today, "step_reason": why},
        )
    for name, value in values.items():
        setattr(need, name, value)
    session.flush()
    return need.id


def _asked_again(need: Need, typed: object, today: str) -> str | None:
    """The day to ask again: as typed, else the one that was set, unless it is past or over."""
    if not rules.is_live(need.need_status):
        return None
    due = rules.is_due(need.need_status, need.review_on, today)
    return str(typed) if typed else (None if due else need.review_on)


def _write_step(session: Session, need: Need, values: Mapping[str, object]) -> None:
    row = NeedStep(office_id=need.office_id, need_id=need.id, person_id=need.person_id)
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)


Helped = tuple[str, str, int]
"""For which need something came, on which day (ISO), and how many; -1: a referral was sent."""


def _helped(session: Session, person_id: str) -> tuple[Helped, ...]:
    """What came for needs of a person: supports and devices received, referrals sent."""
    found: list[Helped] = [
        (row.need_id, row.support_on or "", row.support_quantity or 1)
        for row in support.of_person(session, person_id)
        if row.need_id and row.support_status == "received"
    ]
    found += [
        (row.need_id, row.fitted_on or "", 1)
        for row in assistive_device.of_person(session, person_id)
        if row.need_id
    ]
    found += [
        (row.need_id, row.sent_on or "", -1)
        for row in referral.of_person(session, person_id)
        if row.need_id and row.referral_status in ("sent", "accepted", "served")
    ]
    return tuple(found)


def _proposed(one: NeedCard, helped: Sequence[Helped]) -> str:
    """The status that help since the last change of status suggests; see the rule."""
    since = one.steps[-1].on if one.steps else ""
    mine = [(day, count) for need_id, day, count in helped if need_id == one.id and day >= since]
    received = sum(count for _day, count in mine if count > 0)
    return support_rules.proposed(
        one.status, one.quantity, received, any(count < 0 for _day, count in mine)
    )


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
