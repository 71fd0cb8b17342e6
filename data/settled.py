"""What may still change of a record that was settled: one table for the PC and the server.

A record comes into being in the state `begins`: everything may be written then but what is
`fixed`. After that its `content` stands: it goes along with one of the `moves` (from, to: by whose
right), nothing else touches it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.records import certificate, hearing, notice

ENTER, APPROVE = "enter", "approve"
PAPER = "paper"
REMOVED = frozenset({"deleted_at", "deleted_reason"})
Moves = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the records of a kind are settled. `by_decision` is content that an approver still
    changes alone. What lies on paper comes in settled, in a state of `on_paper`, can be taken off
    again, and where `paper_is_mended` its words are typed anew."""

    state: str
    origin: str
    begins: str
    content: frozenset[str]
    moves: Moves
    fixed: frozenset[str] = frozenset()
    by_decision: frozenset[str] = frozenset()
    on_paper: tuple[str, ...] = ()
    paper_is_mended: bool = False


VALID, SUPERSEDED, REVOKED = certificate.VALID, certificate.SUPERSEDED, certificate.REVOKED
CERTIFICATE = Standing(
    state="certificate_state",
    origin="origin",
    begins=certificate.DRAFT,
    content=certificate.CONTENT,
    moves={
        (certificate.DRAFT, VALID): APPROVE,
        (certificate.DRAFT, certificate.VOID): ENTER,
        (VALID, SUPERSEDED): APPROVE,
        (VALID, REVOKED): APPROVE,
        (VALID, certificate.VOID): APPROVE,
        (SUPERSEDED, certificate.VOID): APPROVE,
        (REVOKED, certificate.VOID): APPROVE,
    },
    fixed=frozenset("origin application_id hearing_id medical_referral_id replaces_id".split()),
    by_decision=frozenset({"certificate_number"}),
    on_paper=(VALID, SUPERSEDED, REVOKED),
)
SCHEDULED, CONCLUDED, ADJOURNED = hearing.SCHEDULED, hearing.CONCLUDED, hearing.ADJOURNED
HEARING = Standing(
    state="hearing_state",
    origin="hearing_origin",
    begins=SCHEDULED,
    content=hearing.CONTENT,
    moves={
        (SCHEDULED, CONCLUDED): ENTER,
        (SCHEDULED, ADJOURNED): ENTER,
        (SCHEDULED, hearing.WITHDRAWN): ENTER,
        (CONCLUDED, SCHEDULED): ENTER,
        (ADJOURNED, SCHEDULED): ENTER,
    },
    fixed=frozenset({"hearing_origin"}),
    on_paper=(CONCLUDED,),
    paper_is_mended=True,
)
NOTICE = Standing(
    state="notice_state",
    origin="",
    begins=notice.DRAFT,
    content=frozenset(
        "notice_number approved_on approved_by posted_on take_down_on taken_down_on".split()
    ),
    moves={
        (notice.DRAFT, notice.APPROVED): APPROVE,
        (notice.APPROVED, notice.POSTED): ENTER,
        (notice.POSTED, notice.TAKEN_DOWN): ENTER,
    },
    fixed=frozenset({"session_id"}),
)
KINDS = {"certificate": CERTIFICATE, "hearing": HEARING, "notice": NOTICE}


def stands(entity: str, record: object, name: str) -> bool:
    """Whether a field of a record stands, so that nobody's decision writes over it."""
    kind = KINDS.get(entity)
    if kind is None or record is None:
        return False
    is_open = (getattr(record, kind.state) or kind.begins) == kind.begins
    return name in kind.fixed or (name in kind.content and not is_open)
