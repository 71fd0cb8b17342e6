"""What the forms of a case are filled from: read once within a session, as the user may read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.actions import case_moves, case_note, case_standing, help_sections, person
from app.actions.help_sections import HelpFacts
from app.values.care_case import NoteCard
from app.workspace import Workspace
from data.records import care_case as cases
from data.records import case_assessment, case_plan, case_review, need
from data.records.care_case import CareCase, CaseNote
from data.records.case_assessment import CaseAssessment
from data.records.case_plan import DONE, CasePlan, PlanActivity
from data.records.case_review import CaseReview
from data.records.need import Need
from data.records.person import Person

MET = ("met", "no_longer", "refused")


@dataclass(frozen=True, slots=True)
class ToldNote:
    """A note of the case with the words that this reader may have."""

    row: CaseNote
    card: NoteCard


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Everything of one case, the oldest first; all empty for a form that is about nobody yet.

    `counting` is the edition of the plan that counts now, `review_due` when it is looked at again.
    """

    person: Person | None = None
    case: CareCase | None = None
    needs: tuple[Need, ...] = ()
    findings: tuple[CaseAssessment, ...] = ()
    plans: tuple[CasePlan, ...] = ()
    activities: tuple[PlanActivity, ...] = ()
    notes: tuple[ToldNote, ...] = ()
    steps: tuple[CaseNote, ...] = ()
    reviews: tuple[CaseReview, ...] = ()
    help: HelpFacts = HelpFacts()
    counting: CasePlan | None = None
    review_due: str = ""

    @property
    def confidential(self) -> bool:
        """Whether a confidential note is among those told."""
        return any(one.card.confidential for one in self.notes)

    @property
    def plan(self) -> CasePlan | None:
        """The latest edition of the plan."""
        return self.plans[-1] if self.plans else None

    @property
    def pending(self) -> tuple[PlanActivity, ...]:
        """What is not done yet of the edition that counts, and of measures none took in."""
        now = case_standing.current(self.activities, self.counting, self.plans)
        return tuple(one for one in now if one.activity_status not in DONE)

    def of_plan(self, plan: CasePlan | None) -> tuple[PlanActivity, ...]:
        """The activities of an edition; those of none are the measures before any plan."""
        wanted = plan.id if plan is not None else None
        return tuple(one for one in self.activities if one.plan_id == wanted)

    def emptied(self) -> CaseFacts:
        """Whom and which case it is about, and nothing else: for a form to fill in by hand."""
        return CaseFacts(self.person, self.case)


def of_case(ws: Workspace, session: Session, case_id: str, confidential: bool) -> CaseFacts:
    """The facts of a case. Raises Refused (`case_unknown`)."""
    case = case_moves.found(session, case_id)
    about = of_person(session, case.person_id, confidential)
    notes = cases.notes(session, case.id)[::-1]
    told = [
        ToldNote(one, case_note.card(ws, one))
        for one in notes
        if one.note_kind in cases.CONTACT_KINDS and (confidential or not one.confidential)
    ]
    return replace(
        about,
        case=case,
        findings=tuple(case_assessment.of_case(session, case.id)[::-1]),
        plans=tuple(case_plan.of_case(session, case.id)[::-1]),
        activities=tuple(case_plan.activities(session, case.id)),
        notes=tuple(one for one in told if not one.card.hidden),
        steps=tuple(one for one in notes if one.note_kind in cases.DECISION_KINDS),
        reviews=tuple(case_review.of_case(session, case.id)[::-1]),
        help=about.help.of_case(case.id),
        counting=case_standing.current_plan(session, case),
        review_due=case_standing.review_due(session, case),
    )


def of_person(session: Session, person_id: str, confidential: bool = False) -> CaseFacts:
    """The facts of a person without a case; who was merged into somebody is that one now.

    Raises Refused (`person_unknown`).
    """
    row = session.get(Person, person_id)
    who = cases.standing(session, row) if row is not None else None
    kept = person.found(session, who.id if who is not None else person_id)
    open_ones = [one for one in need.of_person(session, kept.id) if one.need_status not in MET]
    helped = help_sections.of_person(session, kept.id, confidential)
    return CaseFacts(person=kept, needs=tuple(open_ones), help=helped)
