"""The demonstration office: district Phù Cát with invented people, filled through the actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app import workspace
from app.actions import accident, approval, need, office, person, settings, user
from app.demo import cases, invented
from app.demo.dice import Dice
from app.values.accident import AccidentDraft, AccidentSaved
from app.values.office import AdminDraft, OfficeDraft
from app.values.person import PeopleFilter, PersonDraft, Saved
from app.values.settings import Signatory
from app.values.user import UserDraft
from app.workspace import Workspace
from data import codes, units

DISTRICT = "63:548"
OFFICE_NAME = "Phòng LĐ-TB&XH huyện Phù Cát (GIẢ LẬP)"
PASSWORD = "Mat-khau-1945"
PEOPLE_DEFAULT = 5400
SEED = 1945
SLICE_ROWS = invented.TWIN_AFTER
"""A second entry of somebody is never in the slice of the first, whose id it needs."""

LETTERHEAD = {
    "superior_body": "Ủy ban nhân dân huyện Phù Cát",
    "issuing_body": "Phòng Lao động - Thương binh và Xã hội",
    "place_name": "Phù Cát",
    "document_symbol": "HS-LĐTBXH",
    "signatories": (Signatory("Trần Thị Hoa", "Phó Trưởng phòng", ("KT. TRƯỞNG PHÒNG",)),),
    "recipients": ("UBND xã nơi cư trú", "Lưu: VT, HS"),
}

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """What was made: counts of persons by status, needs (items) and cases.

    `fullest` are approved persons with a case, those with a portrait first.
    """

    home: Path
    recovery_code: str
    people: int
    approved: int
    waiting: int
    needs: int
    cases: int
    fullest: tuple[str, ...] = ()


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
        settings.change(lan, LETTERHEAD)
        needs, opened = fill(minh, people, progress or _silent)
        approved = approve_most(hoa)
        dice = Dice(SEED + 1)
        cases.worked(minh, hoa, opened, dice)
        cases.pictured(minh, [person_id for person_id, _case in opened], dice)
        by_status = person.counts(lan)
        return DemoOffice(
            home,
            created.recovery_code,
            sum(by_status.values()),
            len(approved),
            by_status.get("waiting", 0),
            needs,
            len(opened),
            tuple(person_id for person_id, _case in opened if person_id in approved),
        )
    finally:
        lan.db.close()


def fill(ws: Workspace, count: int, progress: Progress) -> tuple[int, list[tuple[str, str]]]:
    """Enter `count` invented people as the surveyor would; answers need items and the cases.

    A case is (person id, case id).
    """
    communes = [unit.key for unit in units.communes_of(DISTRICT)]
    made = invented.people(count, communes, need_items(), ws.today().year, SEED)
    needs = 0
    known: list[str] = []
    told: dict[int, str] = {}
    found: list[tuple[str, str]] = []
    dice = Dice(SEED + 2)
    for group in _slices(made, SLICE_ROWS):
        new = [_new(each, len(known) + i) for i, each in enumerate(group)]
        saved = person.save_many(ws, new)
        ids = [answer.id if isinstance(answer, Saved) else "" for answer in saved]
        known += ids
        pairs = [(id_, each) for id_, each in zip(ids, group, strict=True) if id_]
        needs += _add_needs(ws, pairs)
        _add_accidents(ws, len(known) - len(ids), ids, group, told)
        reasons = [(id_, each.case_reason) for id_, each in pairs if each.case_reason]
        found += cases.opened(ws, reasons, dice)
        progress(len(known), count)
    return needs, found


def need_items() -> dict[str, list[str]]:
    """Codes of the need items by their group."""
    groups: dict[str, list[str]] = {}
    for item in codes.get("need_item").items:
        groups.setdefault(item.code.split(".")[0], []).append(item.code)
    return groups


def approve_most(ws: Workspace) -> frozenset[str]:
    """Decide as the approver would: most are approved in bulk, some left, a few returned."""
    waiting = person.ids(ws, PeopleFilter(status=("waiting",)))
    chosen = [each for place, each in enumerate(waiting) if place % 12]
    approved = approval.approve(ws, chosen, bulk=True).approved
    approval.return_(ws, waiting[12::120], "Thiếu ngày sinh hoặc giấy tờ, đề nghị xã bổ sung")
    return frozenset(approved)


def _new(each: invented.Invented, place: int) -> person.NewPerson:
    status = "draft" if place % 20 == 19 else "waiting"
    return person.NewPerson(PersonDraft(None, each.fields, source="GIẢ LẬP"), status)


def _add_needs(ws: Workspace, pairs: list[tuple[str, invented.Invented]]) -> int:
    rows = [(id_, each) for id_, made in pairs for each in made.needs]
    need.add_many(ws, rows)
    return len(rows)


def _add_accidents(
    ws: Workspace, first: int, ids: list[str], group: list[invented.Invented], told: dict[int, str]
) -> None:
    """Note whom accidents hurt; `told` are the accidents by the place of who told of them."""
    places: list[int] = []
    drafts: list[AccidentDraft] = []
    for place, (id_, made) in enumerate(zip(ids, group, strict=True), first):
        tied = told.get(made.hurt_with) if made.hurt_with is not None else None
        if id_ and made.victim is not None and (made.accident is not None or tied):
            places.append(place)
            drafts.append(AccidentDraft(id_, made.victim, made.accident or {}, tied))
    for place, answer in zip(places, accident.add_many(ws, drafts), strict=True):
        if isinstance(answer, AccidentSaved) and answer.accident_id:
            told[place] = answer.accident_id


def _slices(rows: Iterable[invented.Invented], size: int) -> Iterator[list[invented.Invented]]:
    whole = iter(rows)
    while part := list(islice(whole, size)):
        yield part


def _silent(_done: int, _total: int) -> None:
    return None
