"""What the council concluded: its vote as it was counted, the minutes (Mẫu 05), nothing else.

The program concludes nothing: it writes down what a person enters, and refuses what does not
follow from the votes or has no sheet to stand on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.actions import (
    application_moves,
    council_calendar,
    council_member,
    council_seats,
    council_session,
    field_values,
    hearing_cards,
    kept_rows,
    minutes_number,
)
from app.errors import Problem, Refused
from app.rules import council as rules
from app.rules.council import Concluded
from app.values.council import HearingCard, MemberCard, VoteDraft
from app.wording import language
from app.workspace import Workspace
from data import codes, fields
from data.records import care_case
from data.records import hearing as records
from data.records.council_session import HELD, CouncilSession
from data.records.hearing import Hearing
from data.records.person import Person

VOTES = {
    "votes_types": "types",
    "votes_types_other": "types_other",
    "votes_degree": "degree",
    "votes_degree_other": "degree_other",
    "votes_not_disabled": "not_disabled",
    "votes_no_conclusion": "no_conclusion",
}
"""Columns of the vote table, by the part of it they hold."""


TAKEN_BACK = (
    *("conclusion", "types", "degree", "members_voting", *VOTES, "chair_decided"),
    *("departs_reason", "adjourn_reason", "minutes_on"),
    *("chaired_by", "minuted_by", "members_present"),
)
"""What falls with a conclusion that is taken back. Its number stays: the paper has it already."""

VOTED = (rules.DETERMINED, rules.NOT_DISABLED, rules.INCONCLUSIVE)
"""Conclusions that a vote can come to; putting somebody off is an act of its own."""


@dataclass(frozen=True, slots=True)
class Room:
    """Who is there for one hearing, and who of them votes."""

    meeting: CouncilSession
    present: tuple[MemberCard, ...]
    voting: tuple[MemberCard, ...]
    members: Mapping[str, MemberCard]


def conclude(ws: Workspace, draft: VoteDraft) -> HearingCard:
    """Write down the vote and the conclusion of one person; her file goes on.

    Raises Refused: hearing_unknown, hearing_settled, session_not_held, session_no_quorum,
    session_ahead, session_chair_absent, member_unknown, hearing_dead, conclusion_missing,
    conclusion_unknown, votes_do_not_add_up, no_majority, tie_needs_chair, no_tie_to_decide,
    chair_related, conclusion_not_voted, conclusion_not_recorded, conclusion_types_missing,
    conclusion_degree_missing, conclusion_has_no_degree, departs_reason_missing,
    departs_reason_thin, sheet_missing, form_changed, minutes_number_taken, application_not_now.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = council_calendar.waiting(session, draft.hearing_id)
        room = _room(ws, session, row, draft)
        who = care_case.standing(session, session.get_one(Person, row.person_id))
        if not kept_rows.can_receive(who):
            raise Refused.one("hearing_dead", "id", row.id, name=who.name or "")
        _refuse(row, who, room, draft)
        typed = {"conclusion": draft.conclusion, "types": draft.types, "degree": draft.degree}
        typed["departs_reason"] = draft.departs_reason
        typed["opinions"] = _opinions(room, draft.opinions)
        values = kept_rows.checked(ws, "hearing", typed)
        values |= _told(room, draft)
        day = room.meeting.session_on or ""
        number = minutes_number.number(ws, session, draft.minutes_number, row.minutes_number or "")
        values |= {"minutes_number": number, "minutes_on": day}
        values["birth_used"] = hearing_cards.birth_of(row, who) or None
        kept_rows.put(session, row, values | {"hearing_state": records.CONCLUDED})
        if row.application_id:
            application_moves.conclude(ws, session, row.application_id, day)
        return hearing_cards.card(ws, row, who)


def adjourn(ws: Workspace, hearing_id: str, reason: str) -> None:
    """Put a case off: the file is complete again and can be put into another session.

    Raises Refused: hearing_unknown, hearing_settled, session_not_held, reason_needed.
    """
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = council_calendar.waiting(session, hearing_id)
        _held(session, row)
        told = {"adjourn_reason": why, "conclusion": rules.ADJOURNED}
        values = kept_rows.checked(ws, "hearing", told)
        kept_rows.put(session, row, values | {"hearing_state": records.ADJOURNED})
        if application_moves.before_council(session, row.application_id):
            application_moves.adjourn(ws, session, row.application_id or "")


def reopen(ws: Workspace, hearing_id: str) -> None:
    """Take a conclusion back that was written down wrongly, while the session still goes on.

    Raises Refused: hearing_unknown, hearing_not_settled, session_not_held, application_not_now.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        row = kept_rows.found(session, Hearing, hearing_id, "hearing_unknown")
        _held(session, row)
        if not records.settled(row):
            raise Refused.one("hearing_not_settled", "id", hearing_id)
        concluded = row.hearing_state == records.CONCLUDED
        kept_rows.put(session, row, dict.fromkeys(TAKEN_BACK))
        row.hearing_state = records.SCHEDULED
        session.flush()
        if row.application_id:
            if concluded:
                application_moves.hear_again(ws, session, row.application_id)
            application_moves.schedule(ws, session, row.application_id)


def _held(session: Session, row: Hearing) -> CouncilSession:
    meeting = session.get(CouncilSession, row.session_id) if row.session_id else None
    if meeting is None or meeting.session_state != HELD:
        raise Refused.one("session_not_held", "id", row.session_id)
    return meeting


def _room(ws: Workspace, session: Session, row: Hearing, draft: VoteDraft) -> Room:
    meeting = _held(session, row)
    day = meeting.session_on or ""
    council = council_member.of_day(ws, session, day, everybody=True)
    seats = council_seats.seats(session, meeting.id, council)
    present = tuple(seat.member for seat in seats if seat.present and seat.member.sits)
    if len(present) < council.quorum or not present:
        sitting = sum(1 for one in council.members if one.sits)
        raise Refused.one("session_no_quorum", "present", len(present), members=sitting,
                          needed=council.quorum)  # fmt: skip
    there = {one.id for one in present}
    council_session.demand_day(ws, meeting)
    council_session.demand_chair(meeting, there)
    for one in (*draft.related, *draft.opinions):
        if one not in there:
            raise Refused.one("member_unknown", "related", one)
    voting = tuple(one for one in present if one.id not in draft.related)
    return Room(meeting, present, voting, {one.id: one for one in council.members})


def _refuse(row: Hearing, who: Person, room: Room, draft: VoteDraft) -> None:
    """Raise Refused with everything that keeps the conclusion from being written down."""
    voting = len(room.voting)
    told = Concluded(draft.conclusion, frozenset(draft.types), draft.degree, draft.chair_decided,
                     draft.departs_reason.strip())  # fmt: skip
    if not told.conclusion:
        raise Refused.one("conclusion_missing", "conclusion")
    if told.conclusion not in VOTED:
        labels = [codes.label("council_conclusion", one, language()) for one in VOTED]
        known = ", ".join(f"{label} ({one})" for label, one in zip(labels, VOTED, strict=True))
        raise Refused.one("conclusion_unknown", "conclusion", told.conclusion, known=known)
    problems = [
        Problem.of("votes_do_not_add_up", f"votes_{what}", made, voting=voting,
                   label=fields.get("hearing", f"votes_{what}").vi)
        for what, made in rules.does_not_add_up(draft.votes, voting)
    ]  # fmt: skip
    if not problems:
        told_codes = rules.refusals(told, draft.votes, voting)
        problems += [Problem.of(code, "conclusion", voting) for code in told_codes]
    if told.chair_decided and room.meeting.chair_id in draft.related:
        problems.append(Problem.of("chair_related", "chair_decided"))
    if not row.assessment_form or hearing_cards.bare(row):
        problems.append(Problem.of("sheet_missing", "assessment_form", who.name))
    else:
        stale = hearing_cards.stale_form(row, who)
        if stale:
            problems.append(hearing_cards.stale_problem(stale, row, who))
        sheet = hearing_cards.proposed(row, who)
        problems += [
            Problem.of(one, "conclusion", words=rules.WHY_WORDS)
            for one in rules.sheet_refusals(told, sheet)
        ]
    if problems:
        raise Refused(problems)


def _told(room: Room, draft: VoteDraft) -> dict[str, object]:
    """The vote table, and who was there, in words that stay readable where the council is not."""
    present = {one.id: named(one) for one in room.present}
    related = [present[one] for one in dict.fromkeys(draft.related)]
    values: dict[str, object] = {
        column: getattr(draft.votes, part) for column, part in VOTES.items()
    }
    chair, secretary = (
        room.members.get(one or "") for one in (room.meeting.chair_id, room.meeting.secretary_id)
    )
    return values | {
        "members_voting": len(room.voting),
        "chair_decided": draft.chair_decided,
        "chaired_by": named(chair) if chair is not None else None,
        "minuted_by": named(secretary) if secretary is not None else None,
        "members_present": "\n".join(present.values()),
        "related_members": "; ".join(related) or None,
        "related_ids": " ".join(dict.fromkeys(draft.related)) or None,
    }


def _opinions(room: Room, opinions: Mapping[str, str]) -> str:
    """One line for each member who said something, in the order of the council."""
    said = {one: " ".join(words.split()) for one, words in opinions.items()}
    return "\n".join(f"{named(one)}: {said[one.id]}" for one in room.present if said.get(one.id))


def named(one: MemberCard) -> str:
    """A member as minutes write them out."""
    return f"{one.name} ({one.position})" if one.position else one.name
