"""The demonstration office: district Phù Cát with invented people, filled through the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app import workspace
from app.actions import accident, approval, care_case, need, office, person, user
from app.demo import invented
from app.values.care_case import CaseDraft
from app.values.office import AdminDraft, OfficeDraft
from app.values.person import PeopleFilter, PersonDraft, Saved
from app.values.user import UserDraft
from app.workspace import Workspace
from data import codes, units

DISTRICT = "63:548"
OFFICE_NAME = "Phòng LĐ-TB&XH huyện Phù Cát (GIẢ LẬP)"
PASSWORD = "Mat-khau-1945"
PEOPLE_DEFAULT = 5400
SEED = 1945
SLICE_ROWS = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """What was made: counts of persons by status, needs (items) and cases."""

    home: Path
    recovery_code: str
    people: int
    approved: int
    waiting: int
    needs: int
    cases: int


def make(home: Path, people: int = PEOPLE_DEFAULT, progress: Progress | None = None) -> DemoOffice:
    """Create the demonstration office in an empty home; the same call makes the same people.

    Users are lan (admin), hoa (approver), minh (surveyor). Raises Refused when the home is in use.
    """
    created = office.create(
        home,
        OfficeDraft(OFFICE_NAME, (DISTRICT,)),
        AdminDraft("lan", "Nguyễn Thị Lan", PASSWORD),
        demo=True,
    )
    lan = workspace.open(home, "lan", PASSWORD)
    try:
        user.add(lan, UserDraft("hoa", "approver", "Trần Thị Hoa", "Phó phòng", password=PASSWORD))
        user.add(lan, UserDraft("minh", "surveyor", "Lê Văn Minh", "Cán bộ", password=PASSWORD))
        minh = workspace.attach(lan.db, "minh")
        hoa = workspace.attach(lan.db, "hoa")
        needs, cases = fill(minh, people, progress or _silent)
        approved = approve_most(hoa)
        by_status = person.counts(lan)
        return DemoOffice(
            home,
            created.recovery_code,
            sum(by_status.values()),
            approved,
            by_status.get("waiting", 0),
            needs,
            cases,
        )
    finally:
        lan.db.close()


def fill(ws: Workspace, count: int, progress: Progress) -> tuple[int, int]:
    """Enter `count` invented people as the surveyor would; answers (need items, cases)."""
    communes = [unit.key for unit in units.communes_of(DISTRICT)]
    made = invented.people(count, communes, need_items(), ws.today().year, SEED)
    done = needs = cases = 0
    for group in _slices(made, SLICE_ROWS):
        saved = person.save_many(ws, [_new(each, done + i) for i, each in enumerate(group)])
        ids = [answer.id if isinstance(answer, Saved) else "" for answer in saved]
        pairs = [(id_, each) for id_, each in zip(ids, group, strict=True) if id_]
        needs += _add_needs(ws, pairs)
        _add_accidents(ws, pairs)
        cases += _open_cases(ws, pairs)
        done += len(group)
        progress(done, count)
    return needs, cases


def need_items() -> dict[str, list[str]]:
    """Codes of the need items by their group."""
    groups: dict[str, list[str]] = {}
    for item in codes.get("need_item").items:
        groups.setdefault(item.code.split(".")[0], []).append(item.code)
    return groups


def approve_most(ws: Workspace) -> int:
    """Decide as the approver would: most are approved in bulk, some left, a few returned."""
    waiting = person.ids(ws, PeopleFilter(status=("waiting",)))
    chosen = [each for place, each in enumerate(waiting) if place % 12]
    approved = approval.approve(ws, chosen, bulk=True).approved
    approval.return_(ws, waiting[12::120], "Thiếu ngày sinh hoặc giấy tờ, đề nghị xã bổ sung")
    return len(approved)


def _new(each: invented.Invented, place: int) -> person.NewPerson:
    status = "draft" if place % 20 == 19 else "waiting"
    return person.NewPerson(PersonDraft(None, each.fields, source="GIẢ LẬP"), status)


def _add_needs(ws: Workspace, pairs: list[tuple[str, invented.Invented]]) -> int:
    rows = [(id_, each) for id_, made in pairs for each in made.needs]
    need.add_many(ws, rows)
    return len(rows)


def _add_accidents(ws: Workspace, pairs: list[tuple[str, invented.Invented]]) -> None:
    rows = [
        (id_, made.victim, made.accident)
        for id_, made in pairs
        if made.victim is not None and made.accident is not None
    ]
    accident.add_many(ws, rows)


def _open_cases(ws: Workspace, pairs: list[tuple[str, invented.Invented]]) -> int:
    rows = [
        (id_, CaseDraft(reason=made.case_reason, worker=ws.user.full_name))
        for id_, made in pairs
        if made.case_reason
    ]
    return sum(isinstance(answer, str) for answer in care_case.open_many(ws, rows))


def _slices(rows: Iterable[invented.Invented], size: int) -> Iterator[list[invented.Invented]]:
    whole = iter(rows)
    while part := list(islice(whole, size)):
        yield part


def _silent(_done: int, _total: int) -> None:
    return None
