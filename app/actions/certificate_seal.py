"""The signed code on receipt, proof and case file; and what a code says, without a line.

Any PC under one central server can tell: the PC that printed it was vouched for by that server,
and the list of certificates that hold no more came with the last sending and receiving.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.actions import kept_rows
from app.errors import Refused
from app.rules import certificate_code, dates
from app.rules.certificate_code import Sealed, Statement
from app.values.certificate import Verdict
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, seal
from data.records import certificate as records
from data.records.application import Application
from data.records.certificate import Certificate
from data.seal import Signed

OLD_LIST_DAYS = 30
"""After so many days without a new list a PC says so. Set by the house, no law asks for it."""


def code_of(ws: Workspace, certificate_id: str) -> str:
    """The text of the QR code of a certificate; "" before a server vouched for this PC."""
    ws.demand("view")
    with ws.db.read() as session:
        return code_within(ws, session, certificate_id)


def code_within(ws: Workspace, session: Session, certificate_id: str) -> str:
    """`code_of` within somebody's session. Raises Refused (`certificate_unknown`)."""
    row = kept_rows.found(session, Certificate, certificate_id, "certificate_unknown")
    day = row.issued_on or ""
    if row.certificate_state != records.VALID or len(day) < len("2026-01-01"):
        return ""
    if row.origin == records.PAPER:
        return ""  # issued before this program: nobody here vouches for it
    said = Statement(
        certificate_code.CERTIFICATE,
        ws.office.id,
        row.id,
        row.certificate_number or "",
        row.degree if row.degree in certificate_code.LETTERS else "",
        day,
    )
    return _signed(session, said)


def of_holder(
    ws: Workspace, session: Session, person_id: str, holders: Mapping[str, Collection[str]]
) -> str:
    """The code of the certificate that somebody has now; "" without one, or without a seal."""
    held = person_id in holders["certificate"]
    row = records.in_force(session, person_id) if held else None
    return code_within(ws, session, row.id) if row is not None else ""


def receipt_code(ws: Workspace, application_id: str) -> str:
    """The text of the QR code on the receipt of an application; "" before a server vouched."""
    ws.demand("view")
    with ws.db.read() as session:
        return receipt_within(ws, session, application_id)


def receipt_within(ws: Workspace, session: Session, application_id: str) -> str:
    """`receipt_code` within somebody's session. Raises Refused (`application_unknown`)."""
    row = kept_rows.found(session, Application, application_id, "application_unknown")
    day = row.received_on or row.created_at[:10]
    if len(day) < len("2026-01-01"):
        return ""
    number = row.receipt_number or ""
    said = Statement(certificate_code.RECEIPT, ws.office.id, row.id, number, "", day)
    return _signed(session, said)


def verify(ws: Workspace, typed: str) -> Verdict:
    """What a scanned or typed code is worth: valid, altered, unknown_key, unknown_server, revoked,
    lost_pc (only who has the certificate in his book knows), renumbered (this office's own book
    has other words) or old_list.

    Raises Refused (not_allowed, `code_needed`).
    """
    ws.demand("view")
    if not typed.strip():
        raise Refused.one("code_needed", "code")
    sealed = certificate_code.read(typed)
    if sealed is None:
        return _told(ws, "altered")
    with ws.db.read() as session:
        return _verdict(ws, session, sealed)


def _signed(session: Session, said: Statement) -> str:
    content = certificate_code.content(said)
    signed = seal.sign(session, content)
    if signed is None:
        return ""
    return certificate_code.text(content, signed.key, signed.endorsement, signed.signature)


def _verdict(ws: Workspace, session: Session, sealed: Sealed) -> Verdict:
    said = sealed.said
    signed = Signed(sealed.key, sealed.endorsement, sealed.signature)
    if not seal.is_intact(sealed.content, signed):
        return _told(ws, "altered")
    known = seal.is_known(session, said.office_id, signed)
    if not known:
        return _told(ws, "unknown_server" if known is None else "unknown_key")
    listed = seal.listed_at(session)
    since = _over_since(session, said)
    if since:
        return _told(ws, "revoked", said, listed, since)
    row = session.get(Certificate, said.record_id)
    if row is not None and _differs(row, said):
        return _told(ws, "renumbered", said, listed, row.certificate_number or "")
    lost = seal.lost_since(session, signed) if row is None else ""
    if lost:
        return _told(ws, "lost_pc", said, listed, lost)
    is_old = said.kind == certificate_code.CERTIFICATE and _is_old(ws, listed)
    return _told(ws, "old_list" if is_old else "valid", said, listed)


def _differs(row: Certificate, said: Statement) -> bool:
    """Whether the book has other words under this certificate: it was renumbered, or two PCs issued
    one draft and the other one stands."""
    degree = row.degree if row.degree in certificate_code.LETTERS else ""
    book = (row.certificate_number, degree, row.issued_on)
    return row.certificate_state != records.DRAFT and book != (said.number, said.degree, said.day)


def _over_since(session: Session, said: Statement) -> str:
    """Since when a certificate holds no more, by the server's list or by this office's own book."""
    if said.kind != certificate_code.CERTIFICATE:
        return ""
    row = session.get(Certificate, said.record_id)
    own = row is not None and row.certificate_state in records.OVER
    if own and row is not None:
        return row.ended_on or row.updated_at[:10]
    return seal.revoked_since(session, said.record_id)


def _is_old(ws: Workspace, listed: str) -> bool:
    oldest = (ws.today() - timedelta(days=OLD_LIST_DAYS)).isoformat()
    return listed[:10] < oldest


def _told(
    ws: Workspace, verdict: str, said: Statement | None = None, listed: str = "", since: str = ""
) -> Verdict:
    words = _words(ws, verdict, listed, since)
    if said is None:
        return Verdict(verdict, words)
    return Verdict(
        verdict,
        words,
        said.number,
        codes.label("degree", said.degree, language()) if said.degree else "",
        said.day,
        "receipt" if said.kind == certificate_code.RECEIPT else "certificate",
        listed[:10],
        since,
    )


def _words(ws: Workspace, verdict: str, listed: str, since: str) -> str:
    if verdict == "old_list":
        return _old(ws, listed)
    return {
        "valid": translate("Mã đúng. So số, mức độ và ngày với tờ giấy đang cầm."),
        "altered": translate(
            "Mã không đọc được hoặc đã bị sửa. Quét lại; vẫn vậy thì tờ giấy này không đáng tin."
        ),
        "unknown_key": translate(
            "Mã không do cơ quan nào cùng máy chủ với máy này lập. Hỏi cơ quan ghi trên giấy."
        ),
        "unknown_server": translate(
            "Máy này chưa nối máy chủ nên không biết mã do ai lập. Nối máy chủ rồi kiểm tra lại."
        ),
        "renumbered": translate(
            "Tờ này không đúng sổ của cơ quan: sổ ghi giấy này số {number}, hoặc mức, ngày khác. "
            "Thu tờ này về, in lại theo sổ.",
            number=since,
        ),
        "lost_pc": translate(
            "Mã do một máy đã báo mất từ {day} lập, sổ ở máy này không có giấy ấy. Hỏi cơ quan ghi "
            "trên giấy trước khi tin.",
            day=dates.show(since, language()) if since else "",
        ),
        "revoked": translate(
            "Giấy này không còn hiệu lực từ {day}: đã thu hồi hoặc đã thay bằng giấy khác.",
            day=dates.show(since, language()) if since else "",
        ),
    }[verdict]


def _old(ws: Workspace, listed: str) -> str:
    """How old the list is that nothing was found on."""
    if not listed:
        return translate(
            "Mã đúng, nhưng máy này chưa có danh sách giấy hết hiệu lực. Gửi và nhận một lượt, "
            "qua mạng hoặc USB, rồi kiểm tra lại."
        )
    return translate(
        "Mã đúng, nhưng danh sách giấy hết hiệu lực ở máy này là của ngày {day}, đã {days} ngày. "
        "Gửi và nhận một lượt, qua mạng hoặc USB, rồi kiểm tra lại.",
        day=dates.show(listed[:10], language()),
        days=(ws.today() - date.fromisoformat(listed[:10])).days,
    )
