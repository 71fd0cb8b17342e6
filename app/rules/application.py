"""Where the clock of a file runs, and what an application still lacks (TT 01/2019/TT-BLĐTBXH)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

RECEIVED, MISSING, COMPLETE = "received", "missing", "complete"
SCHEDULED, HEARD, CONCLUDED, NOTICED = "scheduled", "heard", "concluded", "noticed"
MEDICAL_BOARD, BOARD_CONCLUDED = "medical_board", "board_concluded"
ISSUED, NOT_DISABLED, WITHDRAWN, DIED = "issued", "not_disabled", "withdrawn", "died"
ENDED = (ISSUED, NOT_DISABLED, WITHDRAWN, DIED)
BEFORE_COUNCIL = (RECEIVED, COMPLETE, SCHEDULED, HEARD)
COUNCIL, STORE = "council", "store"

LINE = (RECEIVED, COMPLETE, SCHEDULED, HEARD, CONCLUDED, NOTICED, ISSUED)
BOARD_LINE = (RECEIVED, COMPLETE, CONCLUDED, MEDICAL_BOARD, BOARD_CONCLUDED, ISSUED)
STORE_LINE = (RECEIVED, COMPLETE, ISSUED)

AT_BOARD = ("board_forwarding", "board_exam", "board_minutes")
"""From the sending of the file to the board's minutes, one after the other."""
FORM, IDENTITY, BIRTH, REP_IDENTITY = "form_01", "identity", "birth_certificate", "rep_identity"


@dataclass(frozen=True, slots=True)
class Stands:
    """What the clock of a file is told by; days are ISO dates or empty."""

    step: str
    path: str = COUNCIL
    received_on: str = ""
    missing_asked_on: str = ""
    completed_on: str = ""
    concluded_on: str = ""
    step_on: str = ""
    board_sent_on: str = ""
    holds: bool = False
    """Whether the person holds a certificate in force."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which spans of working days run one after the other, and since which day."""

    whats: tuple[str, ...]
    since: str


def span(stands: Stands) -> Span | None:
    """The span that runs now; None when the file ended or the clock stands still.

    While asked-for papers are awaited it stands still, and it begins anew on the day the file is
    complete; at the medical board it is the board's (chưa kiểm chứng: the circular is silent).
    """
    whats: tuple[str, ...]
    if stands.step in BEFORE_COUNCIL:
        since = stands.completed_on if stands.missing_asked_on else stands.received_on
        whats = ("file_from_store",) if stands.path == STORE else ("file_council",)
    elif stands.step in (CONCLUDED, NOTICED):
        since, whats = stands.concluded_on or stands.step_on, ("file_issue",)
    elif stands.step == MEDICAL_BOARD:
        since = stands.board_sent_on or stands.step_on
        whats = AT_BOARD if stands.board_sent_on else ("board_sending",)
    elif stands.step == BOARD_CONCLUDED:
        since, whats = stands.step_on, ("file_after_board",)
    elif stands.step == NOT_DISABLED and stands.holds:
        since, whats = stands.step_on, ("certificate_revoke",)
    else:
        return None
    return Span(whats, since) if len(since) == len("2026-01-01") else None


def follows(move: str, concluded: str) -> bool:
    """Whether an ending fits what was concluded: a certificate for a degree, a letter for none.

    Where the book does not say what was concluded (a file from paper) both are open.
    """
    fitting = {"issue": "determined", "tell_not_disabled": "not_disabled"}.get(move, "")
    return not concluded or not fitting or concluded == fitting


def promised(path: str) -> tuple[str, ...]:
    """The spans after which the result is promised on the receipt."""
    return ("file_from_store",) if path == STORE else ("file_council", "file_issue")


def line(path: str, at_board: bool) -> tuple[str, ...]:
    """The steps of a file from beginning to end, as a page shows them."""
    if path == STORE:
        return STORE_LINE
    return BOARD_LINE if at_board else LINE


def lacking(path: str, child: bool, represented: bool, papers: Collection[str]) -> tuple[str, ...]:
    """Papers that an application of this kind needs and that were not shown (Đ.4, Đ.5).

    From the stored file (lost, damaged, wrong data) only the application itself is asked for.
    """
    wanted = [FORM]
    if path != STORE:
        wanted.append(BIRTH if child else IDENTITY)
        if represented:
            wanted.append(REP_IDENTITY)
    return tuple(one for one in wanted if one not in papers)
