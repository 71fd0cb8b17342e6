"""Assistive devices: fitted, repaired, checked, given back or lost. Never `device`, a PC."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.actions import kept_rows, referral
from app.errors import Refused
from app.rules import support as rules
from app.values.assistive_device import AidCard, AidDraft, RepairCard, RepairDraft
from app.workspace import Workspace
from data import codes
from data.records import assistive_device as records
from data.records import merger
from data.records.assistive_device import AssistiveDevice, Repair
from data.records.person import Person

IN_USE = "in_use"


def save(ws: Workspace, draft: AidDraft) -> str:
    """Write a device of a person or correct one; answers its id.

    Raises Refused: person_unknown, aid_unknown, need_unknown, aid_twice, serial_twice (somebody
    has it still), days_reversed.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def write(ws: Workspace, session: Session, draft: AidDraft) -> str:
    """`save` within a transaction of somebody else's."""
    row = kept_rows.of_the_person(
        session, AssistiveDevice, draft.person_id, draft.id, "aid_unknown"
    )
    values = kept_rows.checked(ws, "assistive_device", draft.fields, row, ("aid_kind",))
    kept_rows.refuse_reversed("assistive_device", values, row, "fitted_on", "next_check_on")
    made = row or AssistiveDevice(
        office_id=ws.office.id, person_id=draft.person_id, aid_status=IN_USE
    )
    _refuse_twice(session, draft, made, values)
    kept_rows.put(session, made, values | referral.besides(session, draft))
    return made.id


def move(ws: Workspace, aid_id: str, status: str, on: str = "", note: str = "") -> None:
    """The device goes to repair, comes back, is given back, lost or worn out.

    Raises Refused: aid_unknown, aid_move.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, AssistiveDevice, aid_id, "aid_unknown")
        before = row.aid_status or IN_USE
        if status not in rules.AID_MOVES.get(before, ()):
            words = [codes.label("aid_status", one) for one in (before, status)]
            raise Refused.one("aid_move", "aid_status", status, before=words[0], after=words[1])
        told = {"aid_status": status, "aid_status_on": on or ws.today().isoformat()}
        told |= {"aid_note": note} if note else {}
        values = kept_rows.checked(ws, "assistive_device", told)
        kept_rows.put(session, row, values)


def repair(ws: Workspace, aid_id: str, draft: RepairDraft) -> str:
    """Write down a repair or a check, and the day of the next one; answers the repair's id.

    Without a next day typed the one known before stays, as long as it is ahead. A device that was
    away for repair is in use again unless told otherwise.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, AssistiveDevice, aid_id, "aid_unknown")
        typed = {"repaired_on": ws.today().isoformat()} | {
            name: value for name, value in draft.fields.items() if value not in (None, "")
        }
        values = kept_rows.checked(ws, "repair", typed, required=("repair_what",))
        known = row.next_check_on or ""
        ahead = known if known > ws.today().isoformat()[: len(known)] else ""
        following = {"next_check_on": draft.next_check_on or ahead}
        again = kept_rows.checked(ws, "assistive_device", following)
        kept_rows.refuse_reversed("assistive_device", again, row, "fitted_on", "next_check_on")
        made = Repair(office_id=ws.office.id, assistive_device_id=row.id, person_id=row.person_id)
        kept_rows.put(session, made, values)
        if draft.back_in_use and row.aid_status == "in_repair":
            again |= {"aid_status": IN_USE, "aid_status_on": values["repaired_on"]}
        kept_rows.put(session, row, again)
        return made.id


def remove(ws: Workspace, aid_id: str, reason: str) -> None:
    """Take a device written by mistake off; one given back or lost gets that status instead."""
    kept_rows.withdraw(ws, AssistiveDevice, aid_id, reason, "aid_unknown")


def remove_repair(ws: Workspace, repair_id: str, reason: str) -> None:
    """Take a repair written by mistake off."""
    kept_rows.withdraw(ws, Repair, repair_id, reason, "repair_unknown")


def of_person(ws: Workspace, person_id: str) -> tuple[AidCard, ...]:
    """The devices of a person, the newest first, with their repairs."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_person(session, person_id)
        repairs = records.repairs_of(session, [row.id for row in rows])
        return tuple(_card(ws, row, person_id, repairs.get(row.id, [])) for row in rows)


def _refuse_twice(
    session: Session, draft: AidDraft, made: AssistiveDevice, values: dict[str, object]
) -> None:
    """One number is one device; the same device on the same day is a slip of the pen."""
    kind, serial, day = (
        str(values.get(name, getattr(made, name)) or "")
        for name in ("aid_kind", "serial", "fitted_on")
    )
    for other in records.with_serial(session, kind, serial) if serial else ():
        owner = merger.survivor(session, other.person_id)
        if other.id != draft.id and owner != draft.person_id:
            who = session.get(Person, owner)
            name = who.name if who is not None else ""
            raise Refused.one("serial_twice", "serial", serial, name=name)
    for other in records.of_person(session, draft.person_id):
        same = (other.aid_kind, other.serial or "", other.fitted_on or "") == (kind, serial, day)
        if same and other.id != draft.id and (serial or day):
            raise Refused.one("aid_twice", "aid_kind", codes.label("aid_kind", kind), day=day)


def _card(ws: Workspace, row: AssistiveDevice, person_id: str, repairs: list[Repair]) -> AidCard:
    today, status = ws.today().isoformat(), row.aid_status or IN_USE
    check = row.next_check_on or ""
    return AidCard(
        id=row.id,
        person_id=person_id,
        fields=kept_rows.shown(ws, "assistive_device", row),
        need_id=row.need_id,
        repairs=tuple(
            RepairCard(one.id, kept_rows.shown(ws, "repair", one), one.created_by, one.created_at)
            for one in repairs
        ),
        moves=rules.AID_MOVES.get(status, ()),
        due=bool(check) and status in rules.AID_KEPT and check <= today[: len(check)],
        by=row.updated_by,
        at=row.updated_at,
    )
