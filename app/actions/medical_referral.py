"""Referrals to the medical board: written, sent, its minutes entered; and minutes from paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.actions import access, application_clock, application_moves, kept_rows, person
from app.errors import Problem, Refused
from app.rules import dates
from app.rules import medical_board as rules
from app.rules.application import AT_BOARD
from app.values.application import MedicalCard, MedicalDraft
from app.workspace import Workspace
from data import deadlines, fields
from data.records import medical_referral as records
from data.records import merger
from data.records.medical_referral import MedicalReferral
from data.records.person import Person

PAPER, DETERMINED = "paper", "determined"
SIX = 6
CONCLUSIVE = ("determined", "not_disabled")
DEGREES = ("profound", "severe", "mild")
RESULT = frozenset(
    "minutes_number minutes_on received_on conclusion types degree loss_percent old_self_care "
    "valid_until".split()
)


def refer(ws: Workspace, draft: MedicalDraft) -> str:
    """Write a referral out of a file; the file waits for the board. Answers its id.

    Raises Refused: application_unknown, application_not_now, board_lacks, board_by_result,
    board_concluded_here.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        file = application_moves.found(session, draft.application_id or "")
        values = kept_rows.checked(
            ws, "medical_referral", draft.fields, None, ("medical_board_reason",)
        )
        _refuse_result(values)
        _refuse_lacking(values)
        concluded = application_moves.concluded_as(session, file)
        if values["medical_board_reason"] == rules.INCONCLUSIVE and concluded in CONCLUSIVE:
            raise Refused.one("board_concluded_here", "medical_board_reason")
        row = MedicalReferral(
            office_id=ws.office.id, person_id=file.person_id, application_id=file.id
        )
        kept_rows.put(session, row, values)
        application_moves.refer(ws, session, file.id)
        _settle(session, row)
        return row.id


def save(ws: Workspace, draft: MedicalDraft) -> str:
    """Correct a referral, or write minutes of a board down that lie on paper. Answers its id.

    Raises Refused: person_unknown, board_unknown, board_by_result, board_lacks, and what
    `result` refuses.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        return write(ws, session, draft)


def of_paper(ws: Workspace, session: Session, person_id: str, values: Mapping[str, object]) -> str:
    """A line of a list of board minutes, once. Raises Refused: board_twice, and as `save`."""
    kept = kept_rows.checked(ws, "medical_referral", values)
    for one in records.of_person(session, person_id):
        if all(getattr(one, name) == kept.get(name) for name in ("minutes_on", "minutes_number")):
            raise Refused.one("board_twice", "minutes_on", kept.get("minutes_on"))
    return write(ws, session, MedicalDraft(person_id, values))


def write(ws: Workspace, session: Session, draft: MedicalDraft) -> str:
    """`save` within a transaction of somebody else's."""
    code = "board_unknown"
    row = kept_rows.of_the_person(session, MedicalReferral, draft.person_id, draft.id, code)
    typed = dict(draft.fields)
    if row is None:
        typed["origin"] = PAPER
    wanted = ("minutes_on",) if row is None else ()
    values = kept_rows.checked(ws, "medical_referral", typed, row, wanted)
    made = row or MedicalReferral(office_id=ws.office.id, person_id=draft.person_id)
    whole = _whole(made, values)
    if row is None or made.received_on or whole["origin"] == PAPER:
        values |= _judged(session, made, whole)
    else:
        _refuse_result(values)
        _refuse_lacking(whole)
    kept_rows.put(session, made, values)
    _settle(session, made)
    return made.id


def send(ws: Workspace, referral_id: str, on: str = "", number: str = "") -> None:
    """The file was sent to the board; from then on the board's clock runs.

    Raises Refused: board_unknown, board_over.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, MedicalReferral, referral_id, "board_unknown")
        if row.received_on:
            raise Refused.one("board_over", "received_on", row.received_on)
        typed = {"sent_on": on or ws.today().isoformat()} | ({"number": number} if number else {})
        kept_rows.put(session, row, kept_rows.checked(ws, "medical_referral", typed, row))
        _settle(session, row)


def result(ws: Workspace, referral_id: str, typed: Mapping[str, object]) -> None:
    """Enter the board's minutes; the certificate is due within the clock from receiving them.

    Raises Refused: board_unknown, board_over, board_not_sent (the day of sending may come with
    the result), board_degree, board_not_disabled, days_reversed, application_not_now, and what
    the fields refuse.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, MedicalReferral, referral_id, "board_unknown")
        if row.received_on:
            raise Refused.one("board_over", "received_on", row.received_on)
        told = {"received_on": ws.today().isoformat()} | dict(typed)
        wanted = ("minutes_on", "received_on", "conclusion")
        values = kept_rows.checked(ws, "medical_referral", told, row, wanted)
        whole = _whole(row, values)
        if row.origin != PAPER and not whole["sent_on"]:
            raise Refused.one("board_not_sent", "sent_on")
        values |= _judged(session, row, whole)
        kept_rows.put(session, row, values)
        if row.application_id:
            received = str(values["received_on"])
            application_moves.board_concludes(ws, session, row.application_id, received)
        _settle(session, row)


def remove(ws: Workspace, referral_id: str, reason: str) -> None:
    """Take minutes or a referral written by mistake off; one a file waits for is not.

    Raises Refused: reason_needed, board_unknown, board_waited_for.
    """
    ws.demand("enter")
    with ws.db.read() as session:
        row = kept_rows.found(session, MedicalReferral, referral_id, "board_unknown")
        if row.application_id:
            raise Refused.one("board_waited_for", "id", referral_id)
    kept_rows.withdraw(ws, MedicalReferral, referral_id, reason, "board_unknown")


def of_application(ws: Workspace, application_id: str) -> tuple[MedicalCard, ...]:
    """The referrals out of one file, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = records.of_application(session, application_id)
        cards = tuple(card(ws, session, row) for row in rows)
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def of_person(ws: Workspace, person_id: str) -> tuple[MedicalCard, ...]:
    """The referrals and board minutes of a person, the newest first."""
    ws.demand("view")
    with ws.db.read() as session:
        person.found(session, person_id)
        cards = tuple(card(ws, session, row) for row in records.of_person(session, person_id))
    access.looked(ws, [one.person_id for one in cards], "list")
    return cards


def card(ws: Workspace, session: Session, row: MedicalReferral) -> MedicalCard:
    """A referral as a frozen value, under whom it belongs to now."""
    who = session.get_one(Person, merger.survivor(session, row.person_id))
    told = kept_rows.shown(ws, "medical_referral", row)
    reason = row.medical_board_reason or ""
    enclosed = (row.papers_sent or "").split()
    proposed = _converted(row.minutes_on or "", row.loss_percent, row.old_self_care or "")
    return MedicalCard(
        id=row.id,
        application_id=row.application_id,
        person_id=who.id,
        person_name=who.name or "",
        fields=told,
        lacks=rules.lacks(reason, told) if not row.received_on else (),
        papers=tuple(one for one in rules.PAPERS.get(reason, ()) if one not in enclosed),
        proposed=proposed or "",
        article=rules.ARTICLE if proposed else "",
        over=bool(row.valid_until) and str(row.valid_until) < ws.today().isoformat(),
        by=row.updated_by,
        at=row.updated_at,
    )


def proposed_validity(birth: str, minutes_on: str) -> str | None:
    """Until when minutes hold: five years, three for who was under six (TTLT 34/2012).

    None where the day of the minutes or the age on it is not known well enough.
    """
    if len(minutes_on) < len("2026-01-01") or rules.is_old(minutes_on) or not birth:
        return None
    six = dates.reached(birth, SIX, date.fromisoformat(minutes_on))
    if six is None:
        return None
    what = "board_validity" if six else "board_validity_child"
    try:
        return dates.months_later(minutes_on, deadlines.months(what, minutes_on))
    except LookupError:
        return None


def _judged(session: Session, row: MedicalReferral, whole: Mapping[str, Any]) -> dict[str, object]:
    """What follows from minutes, or Refused: a degree that is one, a validity that is told."""
    found: dict[str, object] = {}
    conclusion, degree = whole["conclusion"], whole["degree"]
    if conclusion == DETERMINED and (degree not in DEGREES or not whole["types"]):
        raise Refused.one("board_degree", "degree", degree)
    if conclusion == "not_disabled" and (degree in DEGREES or whole["types"]):
        raise Refused.one("board_not_disabled", "degree", degree)
    for first, last in (("sent_on", "minutes_on"), ("minutes_on", "received_on")):
        kept_rows.refuse_reversed("medical_referral", whole, None, first, last)
    if not whole["valid_until"]:
        who = session.get_one(Person, merger.survivor(session, row.person_id))
        found["valid_until"] = proposed_validity(who.birth or "", str(whole["minutes_on"] or ""))
    return found


def _converted(minutes_on: str, loss: int | None, care: str) -> str | None:
    return rules.converted(loss, care) if rules.is_old(minutes_on) else None


def _whole(row: MedicalReferral, values: Mapping[str, object]) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in fields.of("medical_referral")} | dict(
        values
    )


def _settle(session: Session, row: MedicalReferral) -> None:
    """When the board's answer is due, in the referral and in the file that waits for it."""
    sent = row.sent_on or ""
    waits = not row.received_on and len(sent) == len("2026-01-01")
    application_clock.set_due(row, application_clock.due(AT_BOARD, sent) if waits else None)
    session.flush()
    if row.application_id:
        file = application_moves.found(session, row.application_id)
        application_clock.settle(session, file)
        session.flush()


def _refuse_result(values: Mapping[str, object]) -> None:
    named = sorted(name for name in RESULT & set(values) if values[name])
    if named:
        raise Refused([Problem.of("board_by_result", one, values[one]) for one in named])


def _refuse_lacking(filled: Mapping[str, object]) -> None:
    lacking = rules.lacks(str(filled["medical_board_reason"] or ""), filled)
    if lacking:
        labels = {one: fields.get("medical_referral", one).vi for one in lacking}
        raise Refused([Problem.of("board_lacks", one, "", label=labels[one]) for one in lacking])
