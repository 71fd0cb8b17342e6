"""The end of a clash: of certificates that cannot both be right one is void, has another number
or stands on another blank; of a sheet that is not the one of its certificate the paper is
collected. Whoever may approve decides; the chain and all papers stay in the book.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import (
    blank,
    certificate,
    certificate_doubt,
    certificate_number,
    certificate_own,
    field_values,
    kept_rows,
)
from app.actions.paper_sections import in_vietnamese
from app.errors import Refused
from app.rules import certificate as rules
from app.values.certificate import Settling
from app.workspace import Workspace
from data import text
from data.records import blank as blanks
from data.records import certificate as records
from data.records import certificate_clash
from data.records.certificate import Certificate

VOID, NUMBER, BLANK, COLLECT = "void", "number", "blank", "collect"
HOLDER, SHEET = "holder", "sheet"


@dataclass(frozen=True, slots=True)
class _Clash:
    """What certificates share, and those that do; of a sheet its blank too."""

    what: str
    rows: tuple[Certificate, ...]
    sheet: blanks.Blank | None = None


def ways(what: str) -> tuple[str, ...]:
    """How a clash (number, serial, holder or sheet, as `certificate.clashes` tells it) can end."""
    if what == SHEET:
        return (COLLECT,)
    more = {"certificate_number": (NUMBER,), "serial": (BLANK,)}
    return (*more.get(what, ()), VOID)


def settle(ws: Workspace, certificate_id: str, act: Settling) -> None:
    """End the clash for this certificate; the others stay as they are.

    Raises Refused: not_allowed, reason_needed, certificate_no_clash, certificate_settle_way,
    certificate_collect, certificate_own_..., certificate_number_taken, blank_...
    """
    ws.demand("approve")
    why = field_values.reason(act.reason)
    with ws.db.write(ws.author()) as session:
        row = certificate.found(session, certificate_id)
        clashes = _of(session, row)
        if not clashes:
            raise Refused.one("certificate_no_clash", "id", row.certificate_number)
        open_ways = {way for one in clashes for way in ways(one.what)}
        if act.way not in open_ways:
            raise Refused.one("certificate_settle_way", "way", act.way)
        sheets = [one.sheet for one in clashes if one.sheet is not None]
        if act.way == COLLECT:
            _collect(ws, session, (row, sheets), act, why)
        elif act.way == VOID:
            _void(ws, session, row, act, why)
        elif act.way == NUMBER:
            _renumber(ws, session, row, act.number, why)
        else:
            rivals = next(one.rows for one in clashes if one.what == "serial")
            _move(ws, session, (row, rivals), act.serial, why)


def _of(session: Session, row: Certificate) -> list[_Clash]:
    shared = [_Clash(_what(group), tuple(group)) for group in certificate_clash.clashes(session)]
    shared += [_Clash(HOLDER, tuple(one)) for one in certificate_clash.in_force_twice(session)]
    sheets = certificate_clash.on_other_sheets(session)
    shared += [_Clash(SHEET, (one,), sheet) for sheet, one in sheets]
    return [one for one in shared if any(each.id == row.id for each in one.rows)]


def _what(group: list[Certificate]) -> str:
    return "serial" if len({one.certificate_number for one in group}) > 1 else "certificate_number"


def _collect(
    ws: Workspace,
    session: Session,
    those: tuple[Certificate, list[blanks.Blank]],
    act: Settling,
    why: str,
) -> None:
    """The sheets with other words than the book has were handed in, or never will be: their blanks
    are spoiled, the certificate notes which."""
    row, sheets = those
    code = rules.replaced("", act.collected_on, act.collected_note)
    if code is not None:
        raise Refused.one(code, "collected_on")
    told = act.collected_note or act.collected_on
    for sheet in sheets:
        words = in_vietnamese("Thu tờ in ở máy khác, phôi {serial}", serial=sheet.serial)
        certificate_own.note(row, words, f"{why} ({told})")
        day = act.collected_on or ws.today().isoformat()
        typed = {"blank_state": blanks.SPOILED, "blank_on": day, "blank_reason": why}
        kept_rows.put(session, sheet, kept_rows.checked(ws, "blank", typed, sheet))


def _void(ws: Workspace, session: Session, row: Certificate, act: Settling, why: str) -> None:
    """It never held: what it replaced stays replaced, its number stays used up."""
    who = certificate_doubt.whose(session, row)
    typed = {"collected_on": act.collected_on, "collected_note": act.collected_note}
    values = kept_rows.checked(ws, "certificate", typed, row)
    if row.certificate_state == records.VALID:
        said = [str(values.get(name) or "") for name in ("collected_on", "collected_note")]
        code = rules.replaced("", *said)
        if code is not None:
            raise Refused.one(code, "collected_on")
        certificate_own.decide(ws, session, row, who, (act.own, act.own_reason))
    values |= {"certificate_state": records.VOID}
    values |= {"ended_on": row.ended_on or ws.today().isoformat()}
    certificate_own.note(row, in_vietnamese("Hủy vì trùng"), why)
    kept_rows.put(session, row, values)
    certificate_own.follow(session, row, who)


def _renumber(ws: Workspace, session: Session, row: Certificate, typed: str, why: str) -> None:
    """The certificate bears another number from now on; the one before stands in its note."""
    who = certificate_doubt.whose(session, row)
    before, number = row.certificate_number or "", text.tidy(typed)
    if not number:
        number = certificate_number.take(ws, session, who, ws.today().year)
    certificate_number.free(session, number, row.issued_by or "", row.id)
    certificate_own.note(row, in_vietnamese("Đổi số giấy, số cũ {number}", number=before), why)
    kept_rows.put(session, row, {"certificate_number": number})
    if row.certificate_state == records.VALID and who.certificate_number == before:
        who.put("certificate_number", number)


def _move(
    ws: Workspace,
    session: Session,
    those: tuple[Certificate, tuple[Certificate, ...]],
    typed: str,
    why: str,
) -> None:
    """The certificate is on another blank; the one it shared is the other certificate's alone."""
    row, rivals = those
    before = row.serial or ""
    shared = session.get(blanks.Blank, blanks.blank_id(blank.tidy(before)))
    other = next(one for one in rivals if one.id != row.id)
    if shared is not None:
        shared.certificate_id = other.id
    serial = blank.use(ws, session, typed, row) if typed.strip() else None
    words = in_vietnamese("Đổi phôi, phôi ghi trước là {serial}", serial=before)
    certificate_own.note(row, words, why)
    kept_rows.put(session, row, {"serial": serial})
