"""Handing persons to another office: ask, agree, and what both offices see of it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import access, departed, field_values, handing_over, late_edit, person
from app.errors import Problem, Refused
from app.rules import dates
from app.values.person import PeopleFilter
from app.values.transfer import Asked, OfficeChoice, TransferCard, TransferDesk, TransferDraft
from app.wording import say
from app.workspace import Workspace
from data import units
from data.base import new_id
from data.records import transfer as records
from data.records.person import Person
from data.records.transfer import Transfer

SLICE_ROWS_MAX = 500
SHOWN_MAX = 500
STEPS = {
    "send": (False, (records.ASKED,), records.SENT, "approve"),
    "return": (False, (records.ASKED,), records.RETURNED, "approve"),
    "withdraw": (False, (records.ASKED, records.SENT), records.WITHDRAWN, "enter"),
    "accept": (True, (records.SENT,), records.ACCEPTED, "approve"),
    "refuse": (True, (records.SENT,), records.REFUSED, "approve"),
}
"""Step -> (in the receiving office, from which states, to which, who may)."""


def offices(ws: Workspace) -> tuple[OfficeChoice, ...]:
    """The other offices, as the server last told them; none before the first round."""
    ws.demand("view")
    with ws.db.read() as session:
        found = records.offices(session, but=ws.office.id)
        return tuple(OfficeChoice(one.id, one.name, tuple(one.units.split())) for one in found)


def request(ws: Workspace, draft: TransferDraft) -> Asked:
    """Ask that persons be handed to another office; somebody else here agrees first.

    Who cannot be asked for (not here, merged into another record, asked for already) is named and
    left out. Raises Refused: reason_needed, transfer_office_unknown, no_such_day, not_a_date.
    """
    ws.demand("enter")
    why, day = field_values.reason(draft.reason), _day(ws, draft.on)
    bundle, made, skipped = new_id(), [], []
    for start in range(0, len(draft.person_ids), SLICE_ROWS_MAX):
        some = draft.person_ids[start : start + SLICE_ROWS_MAX]
        with ws.db.write(ws.author()) as session:
            there = _office(ws, session, draft.to_office)
            known = records.open_of(session, some)
            for one in dict.fromkeys(some):
                row = session.get(Person, one)
                problem = _unfit(row, one, known.get(one))
                if problem or row is None:
                    skipped += [problem] if problem else []
                    continue
                asked = _asked(ws, row, there, (bundle, why, day))
                session.add(asked)
                made.append(asked.id)
    return Asked(bundle, tuple(made), tuple(skipped))


def request_units(ws: Workspace, keys: Sequence[str], draft: TransferDraft) -> Asked:
    """Ask for everybody of some units, as when the reform gives communes to another office."""
    ws.demand("enter")
    everybody = person.ids(ws, PeopleFilter(units=tuple(keys)))
    if not everybody:
        raise Refused.one("transfer_nobody", "units", " ".join(keys))
    return request(ws, TransferDraft(everybody, draft.to_office, draft.reason, draft.on))


def step(ws: Workspace, name: str, ids: Sequence[str], why: str = "") -> tuple[Problem, ...]:
    """Send, return, withdraw, accept or refuse requests, named by their ids or their bundle's.

    Each is decided alone; the answer names those that could not be. Raises Refused: not_allowed,
    reason_needed (to return or refuse), transfer_unknown.
    """
    incoming, _before, _after, right = STEPS[name]
    ws.demand(right)
    words = field_values.reason(why) if name in ("return", "refuse") else None
    with ws.db.read() as session:
        found = [one.id for one in records.named(session, ids)
                 if (one.to_office == ws.office.id) == incoming]  # fmt: skip
        asked = {key for one in records.named(session, ids) for key in (one.id, one.bundle)}
    unknown = [Problem.of("transfer_unknown", "id", one) for one in ids if one not in asked]
    if unknown:
        raise Refused(unknown)
    problems: list[Problem] = []
    for start in range(0, len(found), SLICE_ROWS_MAX):
        with ws.db.write(ws.author()) as session:
            for one in found[start : start + SLICE_ROWS_MAX]:
                problem = _move(ws, session.get_one(Transfer, one), name, words)
                problems += (
                    [problem] if problem and one in ids or problem and len(found) > 1 else []
                )
    return tuple(problems)


def approve(ws: Workspace, ids: Sequence[str]) -> tuple[Problem, ...]:
    """Agree to requests, whichever side this office is on."""
    return _either(ws, ids, "send", "accept")


def refuse(ws: Workspace, ids: Sequence[str], why: str) -> tuple[Problem, ...]:
    """Do not agree, with a reason, whichever side this office is on."""
    return _either(ws, ids, "return", "refuse", why)


def desk(ws: Workspace, every: bool = False) -> TransferDesk:
    """What is under way, or with `every` also what came to an end; late edits; who left."""
    ws.demand("view")
    states = None if every else records.OPEN
    with ws.db.read() as session:
        rows = records.desk(session, states or ALL, SHOWN_MAX)
        cards = [_card(ws, session, one) for one in rows if _concerns(ws, one)]
    access.looked(ws, [one.person_id for one in cards], "list")
    return TransferDesk(
        outgoing=tuple(one for one in cards if not one.incoming),
        incoming=tuple(one for one in cards if one.incoming),
        late=late_edit.listing(ws, every),
        departed=departed.listing(ws),
    )


def of_person(ws: Workspace, person_id: str) -> tuple[TransferCard, ...]:
    """The transfers of one person that this book knows, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(_card(ws, session, one) for one in records.of_person(session, person_id))


def waiting(ws: Workspace) -> int:
    """How many requests and late edits wait for this user."""
    with ws.db.read() as session:
        late = records.count_proposals(session, ws.office.id) if ws.can("enter") else 0
        if not ws.can("approve"):
            return late
        own = records.count(session, records.ASKED, ws.office.id, incoming=False)
        return late + own + records.count(session, records.SENT, ws.office.id, incoming=True)


ALL = (*records.OPEN, records.MOVED, records.RETURNED, records.REFUSED, records.WITHDRAWN,
       records.VOID)  # fmt: skip


def _either(
    ws: Workspace, ids: Sequence[str], here: str, there: str, why: str = ""
) -> tuple[Problem, ...]:
    ws.demand(STEPS[here][3])
    with ws.db.read() as session:
        found = records.named(session, ids)
        incoming = [one.id for one in found if one.to_office == ws.office.id]
        outgoing = [one.id for one in found if one.to_office != ws.office.id]
        known = {key for one in found for key in (one.id, one.bundle)}
    unknown = [Problem.of("transfer_unknown", "id", one) for one in ids if one not in known]
    if unknown:
        raise Refused(unknown)
    problems: tuple[Problem, ...] = ()
    if outgoing:
        problems += step(ws, here, outgoing, why)
    if incoming:
        problems += step(ws, there, incoming, why)
    return problems


def _day(ws: Workspace, typed: str) -> str:
    if not typed.strip():
        return ws.today().isoformat()
    found = dates.parse(typed, ws.today(), future=True)
    if found is None or dates.precision(found) != "day":
        raise Refused.one("not_a_date", "on", typed, label="")
    return found


def _office(ws: Workspace, session: Session, office_id: str) -> OfficeChoice:
    """The office of an id, or of a name typed in full."""
    wanted = " ".join(office_id.split()).casefold()
    for one in records.offices(session, but=ws.office.id):
        if one.id == office_id or one.name.casefold() == wanted:
            return OfficeChoice(one.id, one.name, tuple(one.units.split()))
    raise Refused.one("transfer_office_unknown", "to", office_id)


def _unfit(row: Person | None, person_id: str, known: Transfer | None) -> Problem | None:
    if row is None:
        return Problem.of("person_unknown", "id", person_id)
    name = row.name or ""
    if row.deleted_at or row.merged_into:
        return Problem.of("transfer_person_gone", "id", person_id, name=name)
    if known is not None:
        return Problem.of("transfer_already_open", "id", person_id, name=name, office=known.to_name)
    return None


def _asked(ws: Workspace, row: Person, there: OfficeChoice, told: tuple[str, str, str]) -> Transfer:
    bundle, why, day = told
    return Transfer(
        id=new_id(),
        office_id=ws.office.id,
        person_id=row.id,
        bundle=bundle,
        from_office=ws.office.id,
        from_name=ws.office.name,
        to_office=there.id,
        to_name=there.name,
        person_name=row.name or "",
        person_year=(row.birth or "")[:4] or None,
        person_commune=row.commune,
        reason=why,
        moves_on=day,
        state=records.ASKED,
    )


def _move(ws: Workspace, row: Transfer, name: str, why: str | None) -> Problem | None:
    _incoming, before, after, _right = STEPS[name]
    facts = {"name": row.person_name}
    if row.state not in before:
        return Problem.of("transfer_decided", "id", row.id, **facts)
    if name == "send" and row.created_by == ws.user.login:
        return Problem.of("transfer_own", "id", row.id, **facts)
    row.state, row.answer = after, why
    if name == "send":
        row.sent_by = ws.user.login
    elif name != "withdraw":
        row.decided_by = ws.user.login
    return None


def _concerns(ws: Workspace, row: Transfer) -> bool:
    return ws.office.id in (row.from_office, row.to_office)


def _card(ws: Workspace, session: Session, row: Transfer) -> TransferCard:
    incoming = row.to_office == ws.office.id
    void = row.state == records.VOID and bool(row.answer)
    known = bool(row.person_commune) and units.has(row.person_commune or "")
    return TransferCard(
        id=row.id,
        bundle=row.bundle,
        person_id=row.person_id,
        name=row.person_name,
        year=row.person_year or "",
        commune=units.get(row.person_commune or "").name if known else "",
        incoming=incoming,
        other_office=row.from_name if incoming else row.to_name,
        reason=row.reason,
        on=row.moves_on,
        state=row.state,
        asked_by=row.created_by,
        asked_at=row.created_at,
        sent_by=row.sent_by or "",
        decided_by=row.decided_by or "",
        answer=say(row.answer or "", {"name": row.person_name}) if void else row.answer or "",
        steps=_steps(ws, row, incoming),
        fingerprint=handing_over.prints(session, row, incoming),
    )


def _steps(ws: Workspace, row: Transfer, incoming: bool) -> tuple[str, ...]:
    found = []
    for name, (there, before, _after, right) in STEPS.items():
        own = name == "send" and row.created_by == ws.user.login
        if there == incoming and row.state in before and ws.can(right) and not own:
            found.append(name)
    if row.state == records.MOVED and ws.restricted is not None:
        found += _key_steps(row, incoming)
    return tuple(found)


def _key_steps(row: Transfer, incoming: bool) -> list[str]:
    """What is to be done next so that restricted values can be read in the new office."""
    if incoming:
        return ["take_key"] if row.handed else [] if row.door else ["ask_key"]
    return ["give_key"] if row.door and not row.handed else []
