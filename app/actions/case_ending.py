"""The ending of a case: its minutes, what speaks against it, and what hangs on it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from app.actions import case_opening, case_standing, field_values
from app.actions.case_moves import Step, found
from app.errors import Problem, Refused
from app.rules import care_case as moves
from app.rules import case_ending as rules
from app.rules import dates
from app.values.care_case import ClosingDraft, Hanging
from app.wording import language, translate
from app.workspace import Workspace
from data import codes
from data.records import care_case as records
from data.records import case_plan
from data.records.care_case import CareCase
from data.records.person import Person

MINUTES = ("meeting_on", "attendees", "handed_to", "handover_note", "follow_until")
UNDONE: Mapping[str, None] = dict.fromkeys(
    ("closed_on", "close_reason", "close_note", "close_doubts", *MINUTES)
)
"""What an ending leaves once it is declined or undone: nothing, so that no paper tells it and a
second ending does not take the meeting of the first. The history keeps it."""
GONE = ("dead_or_missing", "moved_away")
"""Reasons that stand and fall with what the person's own record says."""
HERE = ("living", None, "")
"""Life states of whom the office looks after."""


def doubts(ws: Workspace, case_id: str, draft: ClosingDraft) -> tuple[str, ...]:
    """What the record says against an ending, in the words of the office."""
    ws.demand("view")
    with ws.db.read() as session:
        case = found(session, case_id)
        against = _doubts(ws, session, case, _values(ws, case, draft))
    return tuple(codes.label("close_doubt", one, language()) for one in against)


def suggested(ws: Workspace, session: Session, case: CareCase) -> tuple[str, ...]:
    """Reasons for an ending that the record itself suggests; a person decides."""
    if case.case_status in moves.ENDED:
        return ()
    today = ws.today().isoformat()
    return rules.proposed(case_standing.for_ending(ws, session, case, (today, "")))


def step(ws: Workspace, session: Session, case: CareCase, asked: tuple[str, ClosingDraft]) -> Step:
    """The move that ends a case or lays its ending before the head, as (move, draft) ask for it.

    A head who approves what somebody proposed need not type it again, and is told only what the
    proposer was not told: that stands in the proposal. Raises Refused.
    """
    move, draft = asked
    values = _values(ws, case, draft)
    code = moves.ending_refusal(case.opened_on or "", str(values["closed_on"]))
    if code is not None:
        raise Refused.one(code, "closed_on", values["closed_on"])
    against = _doubts(ws, session, case, values)
    grave = [one for one in against if one not in rules.NEEDS_NO_YES]
    before = set((case.close_doubts or "").split()) if case.case_status == moves.CLOSING else set()
    if not draft.aware and not before.issuperset(grave):
        raise Refused([_told(one) for one in against])
    values["close_doubts"] = " ".join(sorted(before.union(against))) or None
    return Step(move, str(values["close_note"] or values["close_reason"]), values)


def hanging(ws: Workspace, case_id: str) -> tuple[Hanging, ...]:
    """What was done because a case ended, or since; told before the ending is undone."""
    ws.demand("view")
    with ws.db.read() as session:
        case = found(session, case_id)
        return tuple(_hanging(ws, session, case)) if case.case_status in moves.ENDED else ()


def lives_again(ws: Workspace, person_id: str, typed: Mapping[str, object]) -> bool:
    """Whether typed values bring somebody back who was written down as dead, missing or gone."""
    values = field_values.clean(ws, "person", typed).values
    if "life_state" not in values or values["life_state"] not in HERE:
        return False
    with ws.db.read() as session:
        who = session.get(Person, person_id)
        return who is not None and records.standing(session, who).life_state not in HERE


def of_death(ws: Workspace, person_id: str) -> tuple[Hanging, ...]:
    """What ended because somebody was written down as dead, missing or gone: told before that is
    undone, for it does not come back by itself."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(
            Hanging(
                "care_case",
                one.id,
                translate(
                    "Ca {case} đã kết thúc hoặc chờ kết thúc: {reason}.",
                    case=_named(one),
                    reason=codes.label("close_reason", str(one.close_reason), language()),
                ),
            )
            for one in records.of_person(session, person_id)
            if one.close_reason in GONE and one.case_status in (moves.CLOSED, moves.CLOSING)
        )


def _hanging(ws: Workspace, session: Session, case: CareCase) -> Iterator[Hanging]:
    who = records.standing(session, session.get_one(Person, case.person_id))
    if case.close_reason in GONE and who.life_state not in (None, "living"):
        state = codes.label("life_state", str(who.life_state), language())
        words = translate("Hồ sơ người vẫn ghi: {state}. Mở lại ca không đổi điều đó.", state=state)
        yield Hanging("person", who.id, words)
    for other in records.of_person(session, case.person_id):
        if other.id != case.id and other.created_at > case.created_at:
            words = translate("Sau đó đã mở ca khác của người này: {case}.", case=_named(other))
            yield Hanging("care_case", other.id, words)
    if case.handed_to:
        words = translate("Đã bàn giao cho {whom}.", whom=case.handed_to)
        yield Hanging("care_case", case.id, words)
    plan = case_plan.of_status(session, case.id, "approved")
    if plan is not None:
        words = translate(
            "Kế hoạch lần {edition} thôi hiệu lực, phải duyệt lại.", edition=plan.edition
        )
        yield Hanging("case_plan", plan.id, words)
    measures = case_standing.urgent(session, case)
    if measures:
        names = "; ".join(measures)
        words = translate(
            "Biện pháp khẩn cấp chưa xong trở lại danh sách việc: {names}.", names=names
        )
        yield Hanging("plan_activity", case.id, words)
    if ws.office.enrolled_at and not records.unsent(session, case.id):
        words = translate("Việc kết thúc đã gửi trung tâm, các máy khác của đơn vị đã thấy.")
        yield Hanging("care_case", case.id, words)


def _named(case: CareCase) -> str:
    return case.case_number or dates.show(case.opened_on or "", language())


def _values(ws: Workspace, case: CareCase, draft: ClosingDraft) -> dict[str, object]:
    """The fields of the ending: as typed, else as proposed. Raises Refused with all problems."""
    before = case if case.case_status == moves.CLOSING else None
    typed: dict[str, object] = {
        "close_reason": draft.reason or (before and before.close_reason) or "",
        "close_note": draft.note or (before and before.close_note) or "",
        "closed_on": draft.closed_on or (before and before.closed_on) or ws.today().isoformat(),
    }
    strange = [name for name in draft.minutes if name not in MINUTES]
    if strange:
        raise Refused([Problem.of("unknown_field", one, draft.minutes[one]) for one in strange])
    cleaned = field_values.clean(ws, "care_case", typed | dict(draft.minutes))
    problems = list(cleaned.problems)
    if not str(typed["close_reason"]).strip():
        problems.append(Problem.of("case_close_reason_needed", "close_reason"))
    elif cleaned.values.get("close_reason") == "other" and not cleaned.values["close_note"]:
        problems.append(Problem.of("case_close_note_needed", "close_note"))
    if problems:
        raise Refused(problems)
    case_opening.refuse_before(case, "care_case", cleaned.values)
    return cleaned.values


def _doubts(
    ws: Workspace, session: Session, case: CareCase, values: dict[str, object]
) -> tuple[str, ...]:
    met = str(values.get("meeting_on", case.meeting_on) or "")
    days = (str(values["closed_on"]), met)
    return rules.doubts(
        str(values["close_reason"]), case_standing.for_ending(ws, session, case, days)
    )


def _told(doubt: str) -> Problem:
    words = codes.label("close_doubt", doubt, language())
    return Problem.of("case_close_doubt", "close_reason", doubt, doubt=words)
