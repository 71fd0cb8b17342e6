"""Who left for another office: a line that leads on, a copy to read, and wiping it in time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import access, field_values
from app.errors import Problem, Refused
from app.values.transfer import DepartedCard, DepartedPage
from app.workspace import Workspace
from data import fields, retention
from data.base import instant_text
from data.records import attachment, outgoing
from data.records import transfer as records
from data.records.transfer import Departed

SHOWN_MAX = 2000
IDS_AT_ONCE = 400
WHAT = "transferred"
SHOWN = (
    *("person", "need", "need_step", "accident", "victim", "consent", "sharing", "care_case"),
    *("case_assessment", "case_plan", "plan_activity", "case_review", "case_note", "task"),
    *("flag", "referral", "support", "assistive_device", "repair", "entitlement", "attachment"),
    *("certificate", "national_line"),
    *("hearing", "screening"),
    *("application", "complaint", "medical_referral"),
)


def listing(ws: Workspace) -> tuple[DepartedCard, ...]:
    """Who left this office, by name."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(_card(one) for one in records.departed(session, SHOWN_MAX))


def page(ws: Workspace, person_id: str) -> DepartedPage:
    """What the book had of somebody who left, to be read and nothing else.

    Raises Refused (`departed_unknown`, `departed_wiped`); the look is logged.
    """
    ws.demand("view")
    with ws.db.read() as session:
        row = session.get(Departed, person_id)
        if row is None:
            raise Refused.one("departed_unknown", "id", person_id)
        if row.content is None:
            raise Refused.one("departed_wiped", "id", person_id, name=row.name)
        rows = json.loads(row.content)["rows"]
        card = _card(row)
    access.looked(ws, [person_id], "view")
    told = tuple((kind, _told(ws, kind, line)) for kind in SHOWN for line in rows.get(kind, ()))
    shown = tuple((entity, values) for entity, values in told if values)
    return DepartedPage(card, shown, retention.on(WHAT, row.left_at[:10]).source)


def wipe(ws: Workspace, ids: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Wipe the copies whose time is over (all of them, or these); the line that leads on stays.

    The answer names those that are to be kept still. Raises Refused (not_allowed).
    """
    ws.demand("settings")
    today, problems = ws.today().isoformat(), []
    with ws.db.write(ws.author()) as session:
        for row in records.departed(session, SHOWN_MAX):
            if row.content is None or (ids and row.person_id not in ids):
                continue
            until = _card(row).keep_until
            if until <= today:
                _wipe(session, row)
                row.wiped_at, row.wiped_by = instant_text(ws.clock()), ws.user.login
            elif ids:
                problems.append(
                    Problem.of("departed_kept", "id", row.person_id, name=row.name, day=until)
                )
    return tuple(problems)


def _wipe(session: Session, row: Departed) -> None:
    rows = json.loads(row.content or "{}")["rows"]
    files = rows.get("attachment", ())
    digests = [one[name] for one in files for name in ("sha256", "small_sha256") if one.get(name)]
    row.content = None
    session.flush()  # her own copy names the contents no more
    attachment.drop_unused(session, digests)
    ids = [row.person_id, *(one["id"] for lines in rows.values() for one in lines if "id" in one)]
    for start in range(0, len(ids), IDS_AT_ONCE):
        outgoing.empty_values(session, ids[start : start + IDS_AT_ONCE])


def _card(row: Departed) -> DepartedCard:
    return DepartedCard(
        row.person_id,
        row.name,
        row.to_name,
        row.left_at,
        row.rows,
        retention.on(WHAT, row.left_at[:10]).ends(row.left_at),
        row.wiped_at or "",
    )


def _told(ws: Workspace, entity: str, line: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    if entity not in fields.records() or line.get("deleted_at"):
        return ()
    found = []
    for field in fields.of(entity):
        value = line.get(field.name)
        if value in (None, ""):
            continue
        opened = (
            field_values.opened(ws, value)
            if field.restricted
            else field_values.kept(ws, entity, field.name, value)
        )
        words = field_values.readable(field, field_values.shown(field, opened))
        found.append((field.vi, words))
    return tuple(found)
