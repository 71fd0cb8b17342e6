"""Reviewing a case: six findings, what follows, the next day (TT 02/2020 Đ.7, Đ.8 k.1)."""

from __future__ import annotations

from app.actions import case_moves, case_opening, case_plan_cards, field_values
from app.actions.case_moves import Step
from app.errors import Problem, Refused
from app.rules import care_case as moves
from app.values.case_plan import ReviewCard, ReviewDraft
from app.workspace import Workspace
from data.records import case_plan
from data.records import case_review as records
from data.records.case_review import CaseReview

REVIEWED = (moves.APPROVED, moves.REVIEWING)


def add(ws: Workspace, draft: ReviewDraft) -> str:
    """Write a review into a case under way; answers its id.

    A review that finds the plan to be adjusted takes the case into reviewing: a new edition is
    written and approved anew, or the head keeps the plan as it is (Đ.7 k.3). Raises Refused:
    case_unknown, case_review_not_now, review_empty, review_verdict, review_next_day.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        case = case_moves.living(session, draft.case_id)
        if case.case_status not in REVIEWED:
            raise Refused.one("case_review_not_now", "id", case.id)
        cleaned = field_values.clean(ws, "case_review", draft.fields)
        values, problems = dict(cleaned.values), list(cleaned.problems)
        values["reviewed_on"] = values.get("reviewed_on") or ws.today().isoformat()
        if not any(values.get(name) for name in case_plan_cards.FINDINGS) and not problems:
            problems.append(Problem.of("review_empty", "outcome"))
        if not values.get("verdict") and not problems:
            problems.append(Problem.of("review_verdict", "verdict"))
        following = str(values.get("next_review_on") or "")
        if following and following < str(values["reviewed_on"])[: len(following)]:
            problems.append(Problem.of("review_next_day", "next_review_on", following))
        if problems:
            raise Refused(problems)
        case_opening.refuse_before(case, "case_review", values)
        plan = case_plan.of_status(session, case.id, "approved")
        row = CaseReview(
            office_id=ws.office.id,
            case_id=case.id,
            person_id=case.person_id,
            plan_id=plan.id if plan else None,
        )
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        if values["verdict"] == "adjust" and case.case_status == moves.APPROVED:
            words = str(values.get("outcome") or values.get("other_finding") or "")
            case_moves.within(ws, session, case, Step("review", words))
        return row.id


def of_case(ws: Workspace, case_id: str) -> tuple[ReviewCard, ...]:
    """The reviews of a case, the newest day first."""
    ws.demand("view")
    with ws.db.read() as session:
        case_moves.found(session, case_id)
        return tuple(case_plan_cards.review(one) for one in records.of_case(session, case_id))
