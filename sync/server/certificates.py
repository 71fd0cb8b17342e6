"""Who may issue a certificate: a working approver who did not write it, never on nothing.

What holds of every settled record (`standing`) holds of certificates too: how they end, and that
what they say stands.
"""

from __future__ import annotations

from data.records.certificate import DRAFT, OPENING_ID, PAPER, VALID
from sync.protocol import Change
from sync.server import approving, members
from sync.server.deciding import Objection
from sync.server.rows import Rows
from sync.server.standing import Values, moved, said

STATE = "certificate_state"
BASES = {
    "hearing_id": "hearing",
    "medical_referral_id": "medical_referral",
    "replaces_id": "certificate",
}
"""What a certificate may rest on, the first that is named, and of which kind that record is."""


def certificate_objection(
    change: Change, values: Values, rows: Rows, office_id: str
) -> Objection | None:
    """The PC checks the same before; the server does not rely on it.

    Type and degree are those of the minutes, the medical board or the certificate before; what has
    not arrived is waited for. Nobody issues what he wrote or corrected. What lies on paper is
    brought in by whoever types it; of a day on which the office issued here already, by an
    approver.
    """
    if change.entity != "certificate":
        return None
    move = moved(change, values, rows, STATE)
    if move is None or move[1] != VALID:
        return None
    if said(change, values, rows, "origin") == PAPER:
        if not _is_late(change, values, rows):
            return None
        asked = (members.APPROVERS, "certificate_paper_late")
        return members.role_objection(rows, office_id, change.user, asked)
    if move[0] not in ("", DRAFT):
        return None
    if not any(said(change, values, rows, name) for name in BASES):
        return Objection("certificate_without_basis")
    if change.user in approving.authors(rows, "certificate", change.row) or not move[0]:
        return Objection("approver_is_author")
    return _other_basis(change, values, rows)


def _is_late(change: Change, values: Values, rows: Rows) -> bool:
    """Whether a paper is said to be of a day after the office wrote down where its own numbers
    begin; before it did, of today or later."""
    rows.load([OPENING_ID])
    opening = rows.get("certificate_opening", OPENING_ID)
    began = rows.origin(opening.created)[0] if opening is not None else change.at
    day = str(said(change, values, rows, "issued_on") or "")
    return bool(day) and day >= began[: len(day)]


def _other_basis(change: Change, values: Values, rows: Rows) -> Objection | None:
    """Against a certificate that says another type or degree than what it rests on."""
    name = next(name for name in BASES if said(change, values, rows, name))
    entity, row_id = BASES[name], str(said(change, values, rows, name))
    rows.load([row_id])
    row = rows.get(entity, row_id)
    if row is None:
        return Objection("certificate_basis_missing", row_id)
    same = all(
        (said(change, values, rows, one) or "") == (rows.current(entity, row_id, one) or "")
        for one in ("types", "degree")
    )
    concluded = name == "replaces_id" or (
        rows.current(entity, row_id, "conclusion") in ("determined", "concluded")
    )
    return None if same and concluded and not row.deleted else Objection("certificate_other_basis")
