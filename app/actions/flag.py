"""Flags on persons and cases: set with a reason, for a time; taken away with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import case_moves, field_values, person
from app.errors import Problem, Refused
from app.values.task import FlagCard, FlagDraft
from app.workspace import Workspace
from data.base import instant_text, new_id
from data.records import flag as records
from data.records import merger
from data.records.flag import Flag


def add(ws: Workspace, draft: FlagDraft) -> str:
    """Set a flag; answers its id. Raises Refused: person_unknown, flag_kind_needed,
    flag_reason_needed, flag_over, or a problem for each value that cannot be taken."""
    ws.demand("enter")
    typed = {"flag_kind": draft.kind, "flag_reason": draft.reason, "until_on": draft.until}
    cleaned = field_values.clean(ws, "flag", typed)
    problems = list(cleaned.problems)
    if not draft.kind.strip():
        problems.append(Problem.of("flag_kind_needed", "flag_kind"))
    if not draft.reason.strip():
        problems.append(Problem.of("flag_reason_needed", "flag_reason"))
    until = str(cleaned.values.get("until_on") or "")
    if until and until < ws.today().isoformat()[: len(until)]:
        problems.append(Problem.of("flag_over", "until_on", draft.until))
    if problems:
        raise Refused(problems)
    with ws.db.write(ws.author()) as session:
        person.found(session, draft.person_id)
        if draft.case_id:
            case_moves.found(session, draft.case_id)
        row = Flag(
            id=new_id(),
            office_id=ws.office.id,
            person_id=draft.person_id,
            case_id=draft.case_id or None,
            **cleaned.values,
        )
        session.add(row)
        return row.id


def remove(ws: Workspace, flag_id: str, reason: str) -> None:
    """Take a flag away, with a reason; nothing is erased."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = session.get(Flag, flag_id)
        if row is None or row.deleted_at:
            raise Refused.one("flag_unknown", "id", flag_id)
        row.deleted_at, row.deleted_reason = instant_text(ws.clock()), why


def of_person(ws: Workspace, person_id: str) -> tuple[FlagCard, ...]:
    """The flags of a person that hold today, newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        found = _standing(session, (person_id,), ws.today().isoformat())
        return tuple(_card(ws, row) for row in found.get(person_id, ()))


def kinds_of(session: Session, person_ids: Sequence[str], day: str) -> dict[str, tuple[str, ...]]:
    """The kinds of flags that hold on a day, by person (at most 500)."""
    found = _standing(session, person_ids, day)
    return {
        one: tuple(dict.fromkeys(row.flag_kind or "" for row in rows))
        for one, rows in found.items()
    }


def _standing(session: Session, ids: Sequence[str], day: str) -> dict[str, list[Flag]]:
    return records.standing(session, merger.owners(session, ids), day)


def _card(ws: Workspace, row: Flag) -> FlagCard:
    return FlagCard(
        row.id,
        row.person_id,
        row.case_id or "",
        row.flag_kind or "",
        str(field_values.named(ws, "flag", "flag_reason", row.flag_reason) or ""),
        row.until_on or "",
        row.created_by,
        row.created_at,
    )
