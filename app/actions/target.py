"""Targets of units in a period: set, withdraw, list."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import kept_rows, period
from app.errors import Refused
from app.values.period import TargetCard, TargetDraft
from app.workspace import Workspace
from data import fields, units
from data.records import target as records
from data.records.target import Target

REQUIRED = ("figure", "unit", "period", "number")
NAMED_MAX = 12


def save(ws: Workspace, draft: TargetDraft) -> str:
    """Set what a unit is to reach in a period; a number set before is replaced. Answers its id.

    Raises Refused: period_unknown, target_elsewhere (a unit that is not the office's),
    target_unit_several (a name of several units), and what the fields refuse.
    """
    ws.demand("approve")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def write(ws: Workspace, session: Session, draft: TargetDraft) -> str:
    """As `save`, within somebody's transaction; nothing is written where it raises Refused."""
    row = kept_rows.found(session, Target, draft.id, "target_unknown") if draft.id else None
    key, values = checked(ws, session, draft, row)
    made = session.get(Target, key)
    if made is None:
        made = Target(id=key, office_id=ws.office.id)
    if row is not None and row.id != key:  # another unit, figure or period is another target
        kept_rows.put(session, row, {"deleted_at": row.updated_at, "deleted_reason": "→"})
        values = {one: getattr(row, one) for one in REQUIRED} | values
    made.deleted_at = made.deleted_reason = None
    kept_rows.put(session, made, values)
    return key


def checked(
    ws: Workspace, session: Session, draft: TargetDraft, row: Target | None = None
) -> tuple[str, dict[str, object]]:
    """The id a target will have and its values as columns hold them. Raises Refused as `save`."""
    typed = dict(draft.fields)
    if named := str(typed.get("unit") or "").strip():
        typed["unit"] = _unit(ws, named)
    values = kept_rows.checked(ws, "target", typed, row, REQUIRED)
    figure, unit, name = (
        str(values.get(one, getattr(row, one, ""))) for one in ("figure", "unit", "period")
    )
    name = str(period.found(session, name).code)
    values["period"] = name
    if not units.inside(unit, scope(ws)):
        raise Refused.one("target_elsewhere", "unit", unit, name=units.full_name(unit))
    return records.id_of(ws.office.id, figure, unit, name), values


def scope(ws: Workspace) -> tuple[str, ...]:
    """Units for which, and for all in which, targets are set: the office's, and since the reform
    the present communes that lie wholly in its old ones."""
    own = ws.office.units
    if units.system_on(ws.today().isoformat()) == "63":
        return own
    return (*own, *(one.key for one in units.present_inside(own)))


def _unit(ws: Workspace, named: str) -> str:
    """The key of a unit given by key or by name, of any level. Raises Refused (`unknown_unit`,
    `target_unit_several`)."""
    if units.has(named):
        return named
    found = units.find_any(named, scope(ws))
    if not found:
        raise Refused.one("unknown_unit", "unit", named, label=fields.get("target", "unit").vi)
    if len(found) > 1:
        known = "; ".join(f"{units.full_name(one.key)} ({one.key})" for one in found[:NAMED_MAX])
        raise Refused.one("target_unit_several", "unit", named, known=known)
    return found[0].key


def remove(ws: Workspace, target_id: str, reason: str) -> None:
    """Withdraw a target, with a reason. Raises Refused (`target_unknown`)."""
    ws.demand("approve")
    kept_rows.withdraw(ws, Target, target_id, reason, "target_unknown")


def listing(ws: Workspace, period_code: str = "", figure: str = "") -> tuple[TargetCard, ...]:
    """The targets of a period and figure, or all."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.fitting(session, period_code, figure)
        return tuple(
            TargetCard(row.id, kept_rows.shown(ws, "target", row), row.updated_by, row.updated_at)
            for row in rows
        )
