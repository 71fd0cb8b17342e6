"""Assessing the needs of a case in the eight domains of TT 02/2020/TT-BLĐTBXH Đ.5 (Mẫu 02)."""

from __future__ import annotations

from app.actions import case_moves, case_opening, case_plan_cards, field_values
from app.actions.case_moves import Step
from app.errors import Problem, Refused
from app.rules import care_case as moves
from app.rules import case_plan as rules
from app.values.case_plan import AssessmentCard, AssessmentDraft
from app.workspace import Workspace
from data.base import instant_text
from data.records import case_assessment as records
from data.records.case_assessment import CaseAssessment


def save(ws: Workspace, draft: AssessmentDraft) -> str:
    """Write what was found in one domain, or correct it; answers its id.

    The first finding takes a new case into assessing. A domain assessed anew later gets a line of
    its own, so that what was found before stays. Raises Refused: case_unknown, case_ended,
    assessment_domain, assessment_empty, assessment_unknown, need_priority.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        case = case_moves.living(session, draft.case_id)
        row = session.get(CaseAssessment, draft.id) if draft.id else None
        if draft.id and (row is None or row.deleted_at or row.case_id != case.id):
            raise Refused.one("assessment_unknown", "id", draft.id)
        cleaned = field_values.clean(ws, "case_assessment", draft.fields)
        values, problems = dict(cleaned.values), list(cleaned.problems)
        if row is None:
            row = CaseAssessment(office_id=ws.office.id, case_id=case.id, person_id=case.person_id)
            values = {"assessed_on": ws.today().isoformat()} | {
                name: value for name, value in values.items() if value is not None
            }
        names = ("domain", "situation", "need")
        domain, *words = (values.get(name, getattr(row, name)) for name in names)
        if not domain and not problems:
            problems.append(Problem.of("assessment_domain", "domain"))
        if not any(words) and not problems:
            problems.append(Problem.of("assessment_empty", "situation"))
        if not rules.priority_fits(values.get("priority")):
            problems.append(Problem.of("need_priority", "priority", values["priority"]))
        if problems:
            raise Refused(problems)
        case_opening.refuse_before(case, "case_assessment", values)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        session.flush()
        if case.case_status == moves.OPEN:
            case_moves.within(ws, session, case, Step("assess"))
        return row.id


def withdraw(ws: Workspace, assessment_id: str, reason: str) -> None:
    """Take a finding that was written by mistake off the case, with a reason."""
    ws.demand("enter")
    why = field_values.reason(reason)
    with ws.db.write(ws.author()) as session:
        row = session.get(CaseAssessment, assessment_id)
        if row is None or row.deleted_at:
            raise Refused.one("assessment_unknown", "id", assessment_id)
        case_moves.living(session, row.case_id)
        row.deleted_at = instant_text(ws.clock())
        row.deleted_reason = why


def of_case(ws: Workspace, case_id: str) -> tuple[AssessmentCard, ...]:
    """What was found in a case, the newest day first."""
    ws.demand("view")
    with ws.db.read() as session:
        case_moves.found(session, case_id)
        return tuple(case_plan_cards.assessment(one) for one in records.of_case(session, case_id))
