"""A council with members, files that are complete, and a session that is under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from app.actions import (
    application,
    council_calendar,
    council_member,
    council_session,
    hearing,
    hearing_vote,
    notice,
    person,
)
from app.rules.council import Votes
from app.values.application import ApplicationDraft
from app.values.council import MemberDraft, PutDraft, SessionDraft, SheetDraft, VoteDraft
from app.workspace import Workspace
from tests.desk import Desk, typed

SINCE = "2026-01-05"
MEMBERS = (
    ("Trần Văn Chủ", "Chủ tịch UBND xã", "chair"),
    ("Lê Văn Minh", "Công chức văn hóa - xã hội", "labour"),
    ("Võ Thị Trạm", "Trạm trưởng Trạm y tế", "health"),
    ("Phan Văn Trận", "Phó Chủ tịch Ủy ban MTTQ", "front women"),
    ("Đỗ Thanh Niên", "Bí thư Đoàn xã", "youth"),
    ("Bùi Cựu Binh", "Chủ tịch Hội CCB", "veterans"),
)
"""Six members for seven roles, as since 2025 one may hold two. All are invented."""
QUORUM = 4
SEVERE = {str(number): 1 for number in range(1, 11)}
GROWN, CHILD = "1971-03-12", "2021-05-04"


@dataclass(frozen=True)
class Sitting:
    """A session under way: who sits, which hearings, by whom."""

    session: str
    members: tuple[str, ...]
    hearings: tuple[str, ...]
    files: tuple[str, ...]


def on(office: Desk, day: str, hour: int = 1) -> Desk:
    """The same office on another day (ISO), in the morning."""
    year, month, number = (int(part) for part in day.split("-"))
    clock: Callable[[], datetime] = lambda: datetime(year, month, number, hour, tzinfo=UTC)  # noqa: E731
    lan, hoa, minh = (replace(one, clock=clock) for one in (office.lan, office.hoa, office.minh))
    return Desk(office.home, lan, hoa, minh)


def set_up(office: Desk, since: str = SINCE) -> tuple[str, ...]:
    """The council as the head set it; ids of its members in order."""
    made = []
    for name, position, roles in MEMBERS:
        told = {"full_name": name, "position": position, "council_role": tuple(roles.split())}
        told |= {"decision_number": "12/QĐ-UBND", "valid_from": since}
        made.append(council_member.save(office.hoa, MemberDraft(told)))
    return tuple(made)


def complete_file(ws: Workspace, name: str, received: str, **fields: object) -> tuple[str, str]:
    """A person with a first application whose file is complete: ids of person and file."""
    who = person.save(ws, typed(name=name, **({"birth": GROWN} | fields))).id
    told = {"application_kind": "new", "received_on": received}
    made = application.save(ws, ApplicationDraft(who, told))
    application.complete(ws, made, received)
    return who, made


def planned(ws: Workspace, day: str, files: tuple[str, ...], **fields: object) -> str:
    """A session of a day with these files in it, from 13:30 on."""
    told = {"session_on": day, "place_kind": "office", "session_starts": "13h30"} | fields
    made = council_session.save(ws, SessionDraft(told))
    council_calendar.put(ws, made, PutDraft(files, minutes=10))
    return made


def held(office: Desk, day: str, files: tuple[str, ...], since: str = SINCE) -> Sitting:
    """The session of a day under way, everybody there."""
    members = set_up(office, since)
    made = planned(office.minh, day, files)
    council_session.hold(office.minh, made, dict.fromkeys(members, ""))
    lines = council_session.page(office.minh, made).lines
    return Sitting(made, members, tuple(one.id for one in lines), files)


def severe(ws: Workspace, hearing_id: str) -> None:
    """A sheet that proposes severe (Mẫu 03, ten points) or mild (Mẫu 02)."""
    form = hearing.record(ws, SheetDraft(hearing_id, type_signs=("1.4",))).form
    if form == "03":
        hearing.record(ws, SheetDraft(hearing_id, scores=SEVERE))


def all_for(ws: Workspace, hearing_id: str, voting: int = len(MEMBERS), **more: object) -> None:
    """Everybody agrees to what the sheet proposes."""
    found = hearing.show(ws, hearing_id).proposal
    told = {"types": found.types, "degree": found.degree} | more
    votes = Votes(types=voting, degree=voting)
    hearing_vote.conclude(ws, VoteDraft(hearing_id, votes, "determined", **told))  # type: ignore[arg-type]


def posted(office: Desk, session_id: str) -> None:
    """The notice of a closed session is approved and hangs."""
    notice.write(office.minh, session_id, "Bộ phận Tiếp nhận và trả kết quả")
    lines = notice.of_session(office.minh, session_id)
    assert lines is not None
    shows = {one.hearing_id: "initials" for one in lines.lines if one.minor}
    notice.decide(office.hoa, session_id, shows)
    notice.approve(office.hoa, session_id)
    notice.post(office.minh, session_id)
