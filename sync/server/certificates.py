"""Who may issue a certificate or take it back: a working approver, never on nothing."""

from __future__ import annotations

from typing import Any

from data.records.certificate import DRAFT, PAPER, REVOKED, VALID, VOID
from sync import merge
from sync.protocol import Change
from sync.server import members
from sync.server.deciding import Objection
from sync.server.rows import Rows

STATE, NUMBER = "certificate_state", "certificate_number"
BASES = {
    "hearing_id": "hearing",
    "medical_referral_id": "medical_referral",
    "replaces_id": "certificate",
}
"""What a certificate may rest on, the first that is named, and of which kind that record is."""


def certificate_objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """The PC checks the same before; the server does not rely on it.

    Type and degree are those of the minutes, the medical board or the certificate before; what has
    not arrived is waited for. What lies on paper is brought in by whoever types it. Type and degree
    of one that is issued do not change any more, its maker does not issue it himself. One that was
    in a hand is void, and has another number, by the decision of an approver alone.
    """
    if change.entity != "certificate" or change.source == "bypass":
        return None
    if _settles(change, rows):
        return members.approver_objection(rows, office_id, change.user)
    after = _said(change, rows, STATE)
    if after not in (VALID, REVOKED) or not _moves(change, rows):
        return None
    if after == VALID and _said(change, rows, "origin") == PAPER:
        return None
    if after == VALID and not any(_said(change, rows, name) for name in BASES):
        return Objection("certificate_without_basis")
    row = rows.get("certificate", change.row)
    if after == VALID and (row is None or row.created.user == change.user):
        return Objection("approver_is_author")
    unfounded = _other_basis(change, rows) if after == VALID else None
    if unfounded is not None:
        return unfounded
    return members.approver_objection(rows, office_id, change.user)


def _other_basis(change: Change, rows: Rows) -> Objection | None:
    """Against a certificate that says another type or degree than what it rests on."""
    name = next(name for name in BASES if _said(change, rows, name))
    entity, row_id = BASES[name], str(_said(change, rows, name))
    rows.load([row_id])
    row = rows.get(entity, row_id)
    if row is None:
        return Objection("certificate_basis_missing", row_id)
    same = all(
        (_said(change, rows, one) or "") == (rows.current(entity, row_id, one) or "")
        for one in ("types", "degree")
    )
    concluded = name == "replaces_id" or (
        rows.current(entity, row_id, "conclusion") in ("determined", "concluded")
    )
    return None if same and concluded and not row.deleted else Objection("certificate_other_basis")


def _settles(change: Change, rows: Rows) -> bool:
    """Whether the change ends a clash: it makes one void, or renumbers one, that was given out."""
    before = rows.current("certificate", change.row, STATE)
    if before in (None, "", DRAFT):
        return False
    voids = _said(change, rows, STATE) == VOID and before != VOID
    number = rows.current("certificate", change.row, NUMBER)
    renumbers = NUMBER in change.fields and merge.new_value(change, NUMBER) != number
    return voids or renumbers


def _moves(change: Change, rows: Rows) -> bool:
    """Whether the change brings the state that it leaves behind."""
    if STATE not in change.fields:
        return False
    return bool(rows.current("certificate", change.row, STATE) != merge.new_value(change, STATE))


def _said(change: Change, rows: Rows, name: str) -> Any:
    if name in change.fields:
        return merge.new_value(change, name)
    return rows.current(change.entity, change.row, name)
