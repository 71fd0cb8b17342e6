"""A council that sits in an office, and a session with persons before it, as papers need them."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions import (
    application,
    council_calendar,
    council_member,
    council_session,
    hearing,
    person,
)
from app.values.application import ApplicationDraft
from app.values.council import MemberDraft, PutDraft, SessionDraft, SheetDraft
from app.values.person import PersonDraft
from tests.desk import CAT_HANH, Desk

MEMBERS = (
    ("Nguyễn Văn Khuyến", "Phó Chủ tịch UBND xã", "chair"),
    ("Trần Thị Ẩn", "Trưởng phòng Văn hóa - Xã hội", "labour"),
    ("Lê Thị Mẫn", "Giám đốc Trạm y tế xã", "health"),
    ("Võ Văn Dậu", "Phó Chủ tịch UB MTTQ xã", "front women youth veterans"),
)
GIVEN = "Hường Lơi Thỉ Nghiễn Đẫn Ửng Mẫn Khuyến Ẩn Ỷ Thủy Thoại Bưởi Sửu Dậu Ngọ".split()
FROM_SIX = {str(number): 1 for number in range(1, 11)}


@dataclass(frozen=True)
class Seated:
    """A session: its id, and its hearings in order; files and persons as they came."""

    session: str
    hearings: tuple[str, ...]
    files: tuple[str, ...]
    persons: tuple[str, ...]


def council(office: Desk) -> None:
    """Four members in the circular's roles."""
    for name, position, roles in MEMBERS:
        told = {
            "full_name": name, "position": position, "council_role": roles,
            "decision_number": "12/QĐ-UBND", "valid_from": "2026-01-05",
        }  # fmt: skip
        council_member.save(office.hoa, MemberDraft(told))


def application_of(office: Desk, name: str, birth: str, **told: object) -> tuple[str, str]:
    """A person and her complete application; (person, file)."""
    who = person.save(
        office.minh,
        PersonDraft(None, {"name": name, "birth": birth, "sex": "female", "commune": CAT_HANH,
                     "hamlet": "Vĩnh Trường"}),
    ).id  # fmt: skip
    fields = {
        "application_kind": "new", "received_on": office.minh.today().isoformat(),
        "papers_shown": "form_01 identity birth_certificate", "rep_name": "Đặng Văn Ửng",
        "rep_relation": "Con", "rep_phone": "0905111222",
    } | told  # fmt: skip
    file = application.save(office.minh, ApplicationDraft(who, fields))
    application.complete(office.minh, file)
    return who, file


def session_of(office: Desk, count: int, child: bool = True) -> Seated:
    """A planned session today of so many persons, the last one a child of four."""
    council(office)
    today = office.minh.today()
    made = [
        application_of(
            office,
            f"Đặng Thị {GIVEN[number % len(GIVEN)]} {chr(65 + number // len(GIVEN))}",
            f"{today.year - 4}-03-12" if child and number == count - 1 else f"19{60 + number % 30}",
        )
        for number in range(count)
    ]
    files = tuple(file for _who, file in made)
    planned = {"session_on": today.isoformat(), "place_kind": "health_station"}
    session = council_session.save(office.minh, SessionDraft(planned))
    council_calendar.put(office.minh, session, PutDraft(files, starts="14:00"))
    lines = council_session.page(office.minh, session).lines
    return Seated(session, tuple(one.id for one in lines), files, tuple(w for w, _ in made))


def observe(office: Desk, seated: Seated) -> None:
    """What was observed of each: a sign, and from six on ten scores."""
    for one in hearing.of_session(office.minh, seated.session):
        scores = FROM_SIX if one.birth < str(office.minh.today().year - 6) else None
        signs = () if scores else ("2.1",)
        hearing.record(office.minh, SheetDraft(one.id, ("1.4",), signs, scores, "Đi lại phải vịn."))
