"""People of a real office as the stories of printing need them."""

from __future__ import annotations

from app.actions import (
    access,
    accident,
    approval,
    attachment,
    care_case,
    case_assessment,
    case_plan,
    case_review,
    need,
    person,
)
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, CaseEdit, ClosingDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft, ReviewDraft
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from tests import desk
from tests.desk import Desk
from tests.papers import invented

SECRET = "Bị chồng đánh nhiều lần"


def full_person(at: Desk) -> str:
    """Somebody with everything a file can hold."""
    typed = desk.typed(
        name="Đặng Thị Nghiễn",
        birth="3/1971",
        sex="Nữ",
        hamlet="Vĩnh Trường",
        phone="0905123456",
        types="vận động, nghe nói",
        degree="nặng",
        mine_victim="có",
        head_name="Đặng Văn Thỉ",
        health_note="Đau mỏm cụt khi trở trời.",
    )
    who = person.save(at.minh, typed).id
    person.save(at.lan, PersonDraft(who, {"hiv": "có", "violence_note": SECRET}))
    need.save(at.minh, NeedDraft(who, {"need_group": "medical", "priority": "1"}))
    victim = {"activity": "farming", "age_then": "16"}
    accident.save(at.minh, AccidentDraft(who, victim, {"accident_on": "1987", "killed": "1"}))
    attachment.add(
        at.minh, who, invented.picture(900, 1200).jpeg, AttachmentDraft("photo", "Chân dung", "law")
    )
    attachment.add(
        at.minh,
        who,
        invented.picture(1600, 1100).jpeg,
        AttachmentDraft("house", "Nhà ở", "consent", consent_on="2026-03"),
    )
    case = care_case.open(at.minh, who, CaseDraft("Mất chân giả"))
    care_case.note(at.minh, case, NoteDraft("Mỏm cụt sưng đỏ.", "visit"))
    care_case.note(at.lan, case, NoteDraft(SECRET, confidential=True))
    desk.submitted(at.minh, case)
    care_case.approve(at.hoa, case)
    care_case.close(at.hoa, case, ClosingDraft("goal_reached", "Đã có chân giả mới.", aware=True))
    person.submit(at.minh, [who])
    approval.approve(at.hoa, [who])
    return who


def several(at: Desk, count: int) -> tuple[str, ...]:
    """So many people with nothing but a name and a commune."""
    new = [
        person.NewPerson(desk.typed(name=f"Nguyễn Văn {chr(65 + n // 26)}{chr(97 + n % 26)}"))
        for n in range(count)
    ]
    saved = person.save_many(at.minh, new)
    return tuple(one.id for one in saved if not isinstance(one, Refused))


def prints_of(at: Desk, who: str) -> list[str]:
    """Logins of who printed the person, newest first."""
    return [line.by for line in access.of_person(at.lan, who) if line.kind == "print"]


SITUATION = "Mỏm cụt sưng đỏ, không mang được chân giả cũ"
GOAL = "Đi lại được trong nhà bằng chân giả mới"


def followed_case(at: Desk, name: str = "Đinh Thị Nghiễn") -> tuple[str, str]:
    """Somebody whose case went from intake to a review: the ids of person and case."""
    who = person.save(
        at.minh,
        desk.typed(
            name=name,
            birth="3/1971",
            sex="Nữ",
            hamlet="Vĩnh Trường",
            phone="0905123456",
            id_number="052171001234",
            types="vận động",
            degree="nặng",
            carer_name="Đinh Văn Thỉ",
            carer_phone="0905999888",
        ),
    ).id
    need.save(at.minh, NeedDraft(who, {"item": "medical.prosthesis", "priority": "1"}))
    case = care_case.open(at.minh, who, CaseDraft("Mất chân giả", worker="minh"))
    care_case.edit(at.minh, case, CaseEdit(intake={"criteria": ("long_term", "voluntary")}))
    found = {"domain": "health", "situation": SITUATION, "need": "Chân giả", "priority": "1"}
    case_assessment.save(at.minh, AssessmentDraft(case, found))
    case_plan.save(at.minh, case, {"goals": GOAL, "risks": "Đường lầy", "review_on": "2099-12-30"})
    for words, urgent in (("Rửa vết thương", "có"), ("Đo chân giả", "không")):
        told = {"activity": words, "urgent": urgent, "due_on": "2099-12-15", "responsible": "minh"}
        case_plan.save_activity(at.minh, ActivityDraft(case, told))
    care_case.submit(at.minh, case)
    care_case.approve(at.hoa, case)
    care_case.note(at.minh, case, NoteDraft("Đã rửa vết thương.", "visit", help_kinds=("advice",)))
    care_case.note(at.lan, case, NoteDraft(SECRET, confidential=True))
    outcome = {"outcome": "Vết thương khô", "verdict": "keep"}
    case_review.add(at.minh, ReviewDraft(case, outcome))
    return who, case
