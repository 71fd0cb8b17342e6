"""The stock of blank certificates: received by lots, used, spoiled, lost; each by its serial."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.actions import cold_start, field_values, kept_rows
from app.errors import Refused
from app.rules import certificate as rules
from app.values.certificate import BlankCard
from app.workspace import Workspace
from data import capture, text
from data.records import blank as records
from data.records import certificate as certificates
from data.records.blank import Blank
from data.records.certificate import Certificate

KNOWN_AT_ONCE = 400
SERIALS_TOLD = 5


def receive(ws: Workspace, first: str, last: str = "", on: str = "", source: str = "") -> int:
    """Write a lot down, from its first serial to its last; answers how many blanks are new.

    A lot written down twice, here or on another PC, is one lot. Raises Refused: blank_range,
    blank_overlap (one of the serials was typed wrong, or a lot was handed over in part before).
    """
    ws.demand("enter")
    lot = rules.serials(tidy(first), tidy(last))
    if not lot:
        raise Refused.one("blank_range", "serial", f"{first} - {last}", limit=rules.LOT_MAX)
    day = on or ws.today().isoformat()
    typed = {"received_on": day, "received_from": source, "blank_state": records.IN_STOCK}
    with ws.db.write(ws.author()) as session:
        cold_start.demand_rows(session)
        values = kept_rows.checked(ws, "blank", typed)
        ids = {records.blank_id(one): one for one in lot}
        known = _known(session, list(ids))
        fresh = [one for one in ids if one not in known]
        if fresh and known:
            there = sorted(ids[one] for one in known)
            shown = ", ".join(there[:SERIALS_TOLD]) + ("…" if there[SERIALS_TOLD:] else "")
            raise Refused.one("blank_overlap", "serial", shown, count=len(there))
        common = {"office_id": ws.office.id} | values
        rows = [(common | {"id": one, "serial": ids[one]}, "") for one in fresh]
        capture.add_rows(session, Blank, rows)
        return len(rows)


def spoil(ws: Workspace, serial: str, reason: str, on: str = "") -> None:
    """A blank was spoiled: in printing, by water, misprinted at the works. Raises Refused."""
    _gone(ws, serial, records.SPOILED, reason, on)


def lose(ws: Workspace, serial: str, reason: str, on: str = "") -> None:
    """A blank cannot be found. Raises Refused: reason_needed, blank_unknown, blank_state."""
    _gone(ws, serial, records.LOST, reason, on)


def put_back(ws: Workspace, serial: str, reason: str) -> None:
    """A blank said to be spoiled or lost is there after all. Raises Refused."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = found(session, serial)
        if row.blank_state not in (records.SPOILED, records.LOST):
            raise _refused(row)
        _refuse_named(session, row)
        row.blank_state, row.blank_on = records.IN_STOCK, None
        row.blank_reason = why


def listing(
    ws: Workspace, states: Sequence[str] = (), query: str = "", limit: int = 500, offset: int = 0
) -> tuple[BlankCard, ...]:
    """Blanks in the order of their serials."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.listing(session, states, tidy(query), limit, offset)
        return tuple(_card(row) for row in rows)


def counts(ws: Workspace) -> dict[str, int]:
    """How many blanks are in stock, used, spoiled and lost."""
    ws.demand("view")
    with ws.db.read() as session:
        return records.counts(session)


def next_serial(ws: Workspace) -> str:
    """The lowest serial in stock, to be proposed; "" when the stock is empty."""
    with ws.db.read() as session:
        row = records.next_in_stock(session)
        return (row.serial or "") if row is not None else ""


def use(ws: Workspace, session: Session, serial: str, one: Certificate) -> str:
    """Take a blank for a certificate within somebody's transaction; answers the serial.

    Raises Refused: blank_unknown, blank_state (used, spoiled or lost before).
    """
    row = found(session, serial)
    if row.certificate_id == one.id and row.blank_state == records.ISSUED:
        return row.serial or ""
    in_stock(session, serial, one.id)
    row.blank_state, row.blank_on = records.ISSUED, ws.today().isoformat()
    row.certificate_id = one.id
    return row.serial or ""


def spoil_within(ws: Workspace, session: Session, one: Certificate, reason: str) -> None:
    """The blank of a certificate was spoiled in the printer: another one takes its place.

    A serial that was typed wrong and belongs to another certificate stays with that one.
    """
    row = session.get(Blank, records.blank_id(tidy(one.serial or "")))
    if row is not None and row.certificate_id == one.id:
        row.blank_state, row.blank_on = records.SPOILED, ws.today().isoformat()
        row.blank_reason = reason


def release(session: Session, one: Certificate) -> None:
    """The blank of a certificate that was not printed after all lies in the stock again."""
    row = session.get(Blank, records.blank_id(tidy(one.serial or "")))
    if row is not None and row.certificate_id == one.id:
        row.certificate_id = one.serial = None
        if row.blank_state == records.ISSUED:
            row.blank_state, row.blank_on = records.IN_STOCK, None


def in_stock(session: Session, serial: str, certificate_id: str = "") -> str:
    """A serial as it is kept, of a blank that can be used (for a certificate, where one is named).

    Raises Refused: blank_unknown, blank_state (used, spoiled or lost before).
    """
    row = found(session, serial)
    if row.blank_state != records.IN_STOCK:
        raise _refused(row)
    _refuse_named(session, row, certificate_id)
    return row.serial or ""


def found(session: Session, serial: str) -> Blank:
    """The blank of a serial. Raises Refused (`blank_unknown`)."""
    row = session.get(Blank, records.blank_id(tidy(serial)))
    if row is None or row.deleted_at:
        raise Refused.one("blank_unknown", "serial", serial)
    return row


def _gone(ws: Workspace, serial: str, state: str, reason: str, on: str) -> None:
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = found(session, serial)
        one = session.get(Certificate, row.certificate_id) if row.certificate_id else None
        if row.blank_state == records.ISSUED and one is not None:
            raise _on_certificate(row, one)
        if row.blank_state != records.IN_STOCK:
            raise _refused(row)
        typed = {"blank_on": on or ws.today().isoformat(), "blank_reason": why}
        values = kept_rows.checked(ws, "blank", typed | {"blank_state": state})
        kept_rows.put(session, row, values)


def _on_certificate(row: Blank, one: Certificate) -> Refused:
    """It is in the hand of who printed: the way out is another blank for that certificate."""
    said = {"number": one.certificate_number, "name": one.holder_name, "certificate": one.id}
    return Refused.one("blank_on_certificate", "serial", row.serial, **said)


def _refuse_named(session: Session, row: Blank, certificate_id: str = "") -> None:
    """A blank that a certificate names was printed on, whatever its own state says: two PCs that
    wrote about it apart leave that behind."""
    named = {one.id for one in certificates.with_serial(session, row.serial or "")}
    named |= {row.certificate_id} if row.certificate_id else set()
    if named - {certificate_id}:
        raise Refused.one("blank_issued", "serial", row.serial)


def _refused(row: Blank) -> Refused:
    state = row.blank_state or records.IN_STOCK
    return Refused.one(f"blank_{state}", "serial", row.serial)


def _known(session: Session, ids: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(ids), KNOWN_AT_ONCE):
        known |= records.known(session, ids[start : start + KNOWN_AT_ONCE])
    return known


def tidy(serial: str) -> str:
    """A serial as it is kept: large letters, no blanks."""
    return "".join(text.nfc(serial).split()).upper()


def _card(row: Blank) -> BlankCard:
    return BlankCard(
        row.serial or "",
        row.blank_state or records.IN_STOCK,
        row.received_on or "",
        row.received_from or "",
        row.blank_on or "",
        row.blank_reason or "",
        row.certificate_id or "",
    )
