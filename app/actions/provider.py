"""The directory of services: enter, correct, end, search."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import kept_rows
from app.errors import Refused
from app.values.provider import ProviderCard, ProviderDraft, ProvidersFilter
from app.workspace import Workspace
from data import units
from data.records import provider as records
from data.records.provider import Provider

REQUIRED = ("service_name", "service_kind")


def save(ws: Workspace, draft: ProviderDraft) -> str:
    """Enter a service or correct one; answers its id. One that ends gets its last day.

    Raises Refused: provider_unknown, provider_twice, days_reversed, and what the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def write(ws: Workspace, session: Session, draft: ProviderDraft) -> str:
    """`save` within a transaction of somebody else's."""
    row = kept_rows.found(session, Provider, draft.id, "provider_unknown") if draft.id else None
    values = kept_rows.checked(ws, "provider", draft.fields, row, REQUIRED)
    kept_rows.refuse_reversed("provider", values, row, "offered_from", "offered_until")
    service, offered_by = (
        str((values[name] if name in values else getattr(row, name, None)) or "")
        for name in ("service_name", "provider_name")
    )
    for other in records.same(session, service, offered_by):
        if other.id != draft.id:
            raise Refused.one("provider_twice", "service_name", service, provider=offered_by)
    made = row or Provider(office_id=ws.office.id)
    kept_rows.put(session, made, values)
    return made.id


def remove(ws: Workspace, provider_id: str, reason: str) -> None:
    """Take a line written by mistake out of the directory; one that ended gets its last day."""
    kept_rows.withdraw(ws, Provider, provider_id, reason, "provider_unknown")


def listing(ws: Workspace, which: ProvidersFilter) -> tuple[ProviderCard, ...]:
    """The services that fit, by who offers them."""
    ws.demand("view")
    today = ws.today().isoformat()
    wanted = records.Wanted(
        query=which.query,
        kinds=which.kinds,
        meets=which.meets,
        communes=tuple(one.key for key in which.units for one in units.communes_of(key)),
        today="" if which.ended else today,
    )
    with ws.db.read() as session:
        return tuple(card(ws, row, today) for row in records.fitting(session, wanted))


def one(ws: Workspace, provider_id: str) -> ProviderCard:
    """One service, also one that has ended. Raises Refused (`provider_unknown`)."""
    ws.demand("view")
    with ws.db.read() as session:
        row = kept_rows.found(session, Provider, provider_id, "provider_unknown")
        return card(ws, row, ws.today().isoformat())


def card(ws: Workspace, row: Provider, today: str) -> ProviderCard:
    """A service as a frozen value."""
    until = row.offered_until or ""
    ended = bool(until) and until < today[: len(until)]
    told = kept_rows.shown(ws, "provider", row)
    return ProviderCard(row.id, told, ended, row.updated_by, row.updated_at)
