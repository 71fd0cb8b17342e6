"""Printing certificates: onto the blank, the proof, the page to calibrate a printer by.

The official blank carries text alone. Every blank is used once; a certificate printed again says
so on itself, and why is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from app.actions import (
    access,
    blank,
    certificate,
    certificate_seal,
    field_values,
    kept_rows,
    settings,
)
from app.actions.case_file import in_vietnamese
from app.errors import Refused
from app.rules import certificate as rules
from app.rules import dates
from app.values.certificate_paper import BlankPaper, Offset, ProofPaper
from app.values.papers import Letterhead
from app.workspace import Workspace
from data import codes
from data.records import certificate as records
from data.records.certificate import Certificate, PrinterOffset

say = in_vietnamese
TENTHS = 10
OFFSET_MAX = 20.0
LOGGED = "certificate"


def on_blank(ws: Workspace, certificate_id: str, serial: str = "", reason: str = "") -> int:
    """Write down that a certificate goes onto a blank; answers which print of it this is.

    The first print takes the blank named (or the one named when it was issued). A later one asks
    for the reason; on another blank, the one before is spoiled. Raises Refused: not_allowed,
    certificate_not_valid, certificate_paper, certificate_no_serial, certificate_printed, blank_...
    """
    ws.demand("print")
    with ws.db.write(ws.author()) as session:
        row = _printable(session, certificate_id)
        made = row.prints or 0
        if made and not reason.strip():
            raise Refused.one("certificate_printed", "reason", row.certificate_number)
        before, asked = row.serial or "", serial or row.serial or ""
        if not asked:
            raise Refused.one("certificate_no_serial", "serial")
        taken = blank.use(ws, session, asked, row)
        if before and taken != before:
            blank.spoil_within(ws, session, row, _why(reason))
        values = {"serial": taken, "prints": made + 1}
        values |= {"print_note": _why(reason)} if reason.strip() else {}
        kept_rows.put(session, row, values)
        return made + 1


def pdf(ws: Workspace, ids: Sequence[str], printer: str = "") -> bytes:
    """The text of certificates as they are to be printed, moved by the printer's offset; the
    print is logged. Raises Refused, FontMissing."""
    from app.papers import certificate as papers

    ws.demand("print")
    with ws.db.read() as session:
        rows = [_printable(session, one) for one in ids]
        made = [_paper(ws, row) for row in rows]
        persons = [row.person_id for row in rows]
    content = papers.on_blanks(made, offset(ws, printer), say("Giấy xác nhận khuyết tật"))
    access.seen_many(ws, persons, "print", LOGGED)
    return content


def preview(ws: Workspace, certificate_id: str) -> bytes:
    """How the certificate will look on its blank, for the screen alone."""
    from app.papers import certificate as papers

    ws.demand("view")
    with ws.db.read() as session:
        row = certificate.found(session, certificate_id)
        made, person_id = _paper(ws, row), row.person_id
    access.seen(ws, person_id, "view", "preview")
    return papers.preview(made, say("Giấy xác nhận khuyết tật"))


def proof(ws: Workspace, certificate_id: str) -> bytes:
    """The proof on plain paper with the signed code; it says itself that it is no certificate."""
    from app.papers import certificate as papers

    ws.demand("print")
    with ws.db.read() as session:
        row = certificate.found(session, certificate_id)
        code = certificate_seal.code_within(ws, session, row.id)
        paper = ProofPaper(
            letterhead=settings.letterhead(ws),
            blank=_paper(ws, row),
            code=code,
            code_missing=_no_code(row),
            facts=_facts(row),
            printed_by=ws.user.full_name or ws.user.login,
            printed_at=ws.clock().astimezone().strftime("%H:%M %d/%m/%Y"),
            demo=ws.office.demo,
        )
        person_id = row.person_id
    content = papers.proof(paper, say)
    access.seen(ws, person_id, "print", LOGGED)
    return content


def _no_code(row: Certificate) -> str:
    if row.origin == records.PAPER:
        return say(
            "Giấy theo hồ sơ cũ, không cấp trên phần mềm này nên không có mã kiểm tra. So với sổ "
            "cấp giấy của nơi cấp."
        )
    return say(
        "Chưa có mã kiểm tra: giấy chưa cấp hoặc không còn hiệu lực, hay máy này chưa nối máy chủ."
    )


def calibration(ws: Workspace, printer: str = "") -> bytes:
    """The page by which a printer is set right."""
    from app.papers import certificate as papers

    ws.demand("view")
    return papers.calibration(ws.today().isoformat(), offset(ws, printer), say)


def offset(ws: Workspace, printer: str = "") -> Offset:
    """How far this PC moves the text on a printer."""
    with ws.db.read() as session:
        row = session.get(PrinterOffset, printer)
    return Offset(row.right / TENTHS, row.down / TENTHS) if row is not None else Offset()


def set_offset(ws: Workspace, moved: Offset, printer: str = "") -> None:
    """Keep how far to move the text on this PC's printer, in millimetres (tenths count).

    Raises Refused: not_allowed, certificate_offset (more than two centimetres is no setting-off).
    """
    ws.demand("print")
    if max(abs(moved.right), abs(moved.down)) > OFFSET_MAX:
        raise Refused.one("certificate_offset", "offset", OFFSET_MAX, limit=int(OFFSET_MAX))
    with ws.db.write(ws.author()) as session:
        row = session.get(PrinterOffset, printer) or PrinterOffset(printer=printer)
        row.right, row.down = round(moved.right * TENTHS), round(moved.down * TENTHS)
        session.add(row)


def _printable(session: Session, certificate_id: str) -> Certificate:
    row = certificate.valid(session, certificate_id)
    if row.origin == rules.PAPER:
        raise Refused.one("certificate_paper", "id", row.certificate_number)
    return row


def _paper(ws: Workspace, row: Certificate) -> BlankPaper:
    """The words by their parts; of an edition that held when it was issued."""
    day = row.issued_on or ws.today().isoformat()
    head = settings.letterhead(ws)
    types = [codes.label("disability_type", one) for one in (row.types or "").split()]
    made = row.prints or 0
    return BlankPaper(
        day,
        {
            "number": row.certificate_number or "",
            "name": (row.holder_name or "").upper(),
            "birth": dates.show(row.holder_birth or ""),
            "sex": codes.label("sex", row.holder_sex) if row.holder_sex else "",
            "address": row.holder_address or "",
            "types": "; ".join(types),
            "degree": codes.label("degree", row.degree) if row.degree else "",
            "place_day": _place_day(head, row),
            "position": (row.signer_position or "").upper(),
            "signer": row.signer or "",
            "copy": say("In lại lần {number}", number=made) if made > 1 else "",
        },
    )


def _place_day(head: Letterhead, row: Certificate) -> str:
    """Place and day of the signing as an official paper writes them (NĐ 30/2020/NĐ-CP)."""
    from app.papers import letterhead

    day = row.issued_on or ""
    whole = len(day) == len("2026-01-01")
    return letterhead.place_and_day(replace(head, day=day if whole else ""), say)


def _facts(row: Certificate) -> tuple[tuple[str, str], ...]:
    """What is looked at on a proof before the blank goes into the printer."""
    basis = codes.label("certificate_basis", row.basis) if row.basis else ""
    day = dates.show(row.basis_on or "")
    line = ", ".join(one for one in (basis, row.basis_number or "", day) if one)
    state = codes.label("certificate_state", row.certificate_state or records.DRAFT)
    return (
        (say("Căn cứ"), line),
        (say("Số phôi"), row.serial or "…"),
        (say("Trạng thái giấy"), state),
    )


def _why(reason: str) -> str:
    return field_values.reason(reason) if reason.strip() else say("Hỏng khi in")
