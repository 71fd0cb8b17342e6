"""A province of invented people made from a file of figures, record by record through the actions.

The clock of the demonstration goes through the years of the figures, so that every record, its
history and its decisions bear the days they would have: the report of a past day finds them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app import workspace
from app.actions import accident, approval, merge, need, office, period, person, settings, target
from app.actions import user as users
from app.demo import province_training
from app.demo.dice import Dice
from app.demo.office import PASSWORD
from app.demo.province_figures import Figures
from app.demo.province_people import APPROVED, COUNTED, One, persons
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.need import NeedStepDraft
from app.values.office import AdminDraft, OfficeDraft
from app.values.period import PeriodDraft, TargetDraft
from app.values.person import PersonDraft, Saved
from app.values.settings import Signatory
from app.values.user import UserDraft
from app.workspace import Workspace
from data import units

SLICE_ROWS = 400
DESK_DAYS = 3
"""So long a list waits at the approval desk."""
QUIET_DAYS = 12
"""Before the cut-off nothing new is entered; what came in is decided, merged and corrected."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: everything that was written, whether it counts at the cut-off or not."""

    home: Path
    recovery_code: str
    people: int
    needs: int


class Calendar:
    """What day it is in the demonstration; it only goes where it is told."""

    def __init__(self, day: date) -> None:
        self.instant = datetime.combine(day, time(9)).astimezone()

    def now(self) -> datetime:
        """The instant of the demonstration's clock."""
        return self.instant

    def go(self, day: date, hour: int = 9) -> None:
        """Be at an hour of a day."""
        self.instant = datetime.combine(day, time(hour)).astimezone()


def make(home: Path, figures: Figures, progress: Progress | None = None) -> Made:
    """Create the province's home, which must be empty; the same figures make the same people.

    Users are lan (admin), hoa (approver), minh (surveyor), with the password of the demonstration
    office. Raises Refused when the home is in use or the figures cannot be met.
    """
    created = office.create(
        home,
        OfficeDraft(figures.office_name, (figures.province,)),
        AdminDraft("lan", "Nguyễn Thị Lan", PASSWORD),
        demo=True,
    )
    lan = workspace.open(home, "lan", PASSWORD)
    try:
        users.add(lan, UserDraft("hoa", "approver", "Trần Thị Hoa", "Phó phòng", password=PASSWORD))
        users.add(lan, UserDraft("minh", "surveyor", "Lê Văn Minh", "Cán bộ", password=PASSWORD))
        settings.change(lan, _letterhead(figures))
        work = _Work(lan, figures, progress or (lambda _what, _done, _total: None))
        people, needs = work.through()
        return Made(home, created.recovery_code, people, needs)
    finally:
        lan.db.close()


class _Work:
    """The years of the province, one list after the other."""

    def __init__(self, lan: Workspace, figures: Figures, progress: Progress) -> None:
        self.figures, self.progress = figures, progress
        self.calendar = Calendar(figures.begins_on)
        clock = {"clock": self.calendar.now, "dated": True}
        self.minh = replace(workspace.attach(lan.db, "minh"), **clock)  # type: ignore[arg-type]
        self.hoa = replace(workspace.attach(lan.db, "hoa"), **clock)  # type: ignore[arg-type]
        self.dice = Dice(figures.seed + 1)
        self.needs = 0
        self.ids: dict[int, str] = {}

    def through(self) -> tuple[int, int]:
        """Everything in the order of its days; answers how many persons and needs were written."""
        figures = self.figures
        self._plan()
        everybody = persons(figures)
        before = [one for one in everybody if one.fate != "after"]
        late = [one for one in everybody if one.fate == "after"]
        last = figures.cutoff_on - timedelta(QUIET_DAYS)
        for day, group in _spread(before, figures.begins_on, last):
            self._list(day, group, len(before))
        self._until_cutoff(before)
        for day, group in _spread(late, figures.cutoff_on + timedelta(5), figures.ends_on):
            self._list(day, group, len(late), figures.ends_on)
        self._since_cutoff(before)
        return len(everybody), self.needs

    def _plan(self) -> None:
        """Training and the workshop, the period, and what each district is to reach."""
        figures = self.figures
        self.calendar.go(max(figures.begins_on, figures.workshop_on))
        province_training.hold(self.minh, figures)
        told = dict(figures.period) | {"cutoff_on": figures.cutoff_on}
        for year in range(figures.begins_on.year, figures.ends_on.year + 1):
            period.begin_year(self.hoa, year)
        period.save(self.hoa, PeriodDraft(told))
        for unit, number in _targets(figures):
            draft = {"figure": "approved", "unit": unit, "number": number}
            target.save(self.hoa, TargetDraft(draft | {"period": told["code"]}))

    def _list(self, day: date, group: Sequence[One], total: int, end: date | None = None) -> None:
        """One list of the communes: entered, its needs and accidents told, and decided."""
        self.calendar.go(day)
        new = [
            person.NewPerson(
                PersonDraft(None, one.made.fields, source="GIẢ LẬP"),
                "draft" if one.fate == "draft" else "waiting",
            )
            for one in group
        ]
        for one, answer in zip(group, person.save_many(self.minh, new), strict=True):
            if not isinstance(answer, Saved):
                raise answer
            one.id = answer.id
            self.ids[len(self.ids)] = answer.id
        self.calendar.go(day, 14)
        self._tell_needs(day, group, lambda kind: kind != "declared_after")
        self._tell_accidents(group)
        self.calendar.go(min(day + timedelta(DESK_DAYS), end or self.figures.cutoff_on), 15)
        self._decide(group)
        self.progress("people", len(self.ids), total)

    def _tell_needs(self, day: date, group: Iterable[One], which: Callable[[str], bool]) -> None:
        rows: list[tuple[str, dict[str, object]]] = []
        for one in group:
            for rank, (item, kind) in enumerate(one.needs, 1):
                if which(kind):
                    rows.append((one.id, self._need(day, rank, item)))
        _all_taken(need.add_many(self.minh, rows))
        self.needs += len(rows)

    def _need(self, day: date, rank: int, item: str) -> dict[str, object]:
        return {
            "item": item,
            "priority": min(rank, 3),
            "quantity": 1,
            "declared_on": day.isoformat(),
            "declared_by": self.dice.one_of(("self", "family", "officer")),
            "need_status": self.dice.weighted("new:78 connecting:16 partly_met:6"),
        }

    def _tell_accidents(self, group: Sequence[One]) -> None:
        drafts = [
            AccidentDraft(one.id, one.made.victim, one.made.accident)
            for one in group
            if one.made.victim is not None and one.made.accident is not None
        ]
        _all_taken(accident.add_many(self.minh, drafts))

    def _decide(self, group: Sequence[One]) -> None:
        """The approver decides each by herself: in bulk whoever looks alike would be left."""
        yes = [one.id for one in group if one.fate in APPROVED or one.fate == "after"]
        yes += [one.id for one in group if one.fate == "merged" and self.dice.chance(0.6)]
        skipped = approval.approve(self.hoa, yes).skipped
        if skipped:
            raise Refused(skipped)
        no = [one.id for one in group if one.fate == "returned"]
        approval.return_(self.hoa, no, "Thiếu ngày sinh hoặc giấy tờ, đề nghị xã bổ sung")

    def _until_cutoff(self, before: Sequence[One]) -> None:
        """What changed between the desk and the cut-off."""
        last = self.figures.cutoff_on - timedelta(2)
        first = last - timedelta(QUIET_DAYS - DESK_DAYS - 3)
        self._lives(first, last, {one.id: one.fate for one in before})
        merged = [one for one in before if one.fate == "merged"]
        for place, one in enumerate(merged):
            self._go_between(first, last, place, len(merged))
            merge.merge(self.hoa, before[one.first or 0].id, one.id)
            self.progress("merged", place + 1, len(merged))
        self.calendar.go(last, 16)
        undone = [one.id for one in before if one.fate == "undone"]
        approval.undo_many(self.hoa, undone, "Duyệt nhầm, cần xác minh lại")
        for one in before:
            if one.fate == "removed":
                person.remove(self.minh, one.id, "Nhập nhầm")
        self._needs_end(before, first, last, ("met", "no_longer", "withdrawn"))

    def _since_cutoff(self, before: Sequence[One]) -> None:
        """What happened after it: none of this may be seen in the figures of the cut-off."""
        figures = self.figures
        first, last = figures.cutoff_on + timedelta(3), figures.ends_on
        self.calendar.go(first)
        approved = [one.id for one in before if one.fate == "approved_after"]
        skipped = approval.approve(self.hoa, approved).skipped
        if skipped:
            raise Refused(skipped)
        counted = [one for one in before if one.fate == COUNTED]
        died, left = (figures.changes_after[one] for one in ("died", "left"))
        some = self.dice.random.sample(counted, died + left)
        changed = {one.id: "died" if at < died else "left" for at, one in enumerate(some)}
        self._lives(first, last, changed)
        self.calendar.go(first, 11)
        self._tell_needs(first, counted, lambda kind: kind == "declared_after")
        self._needs_end(before, first, last, ("met_after",))

    def _lives(self, first: date, last: date, fates: dict[str, str]) -> None:
        """Deaths and departures, each noted some days after it happened."""
        ended = [(id_, fate) for id_, fate in fates.items() if fate in ("died", "left")]
        for place, (id_, fate) in enumerate(ended):
            day = self._go_between(first, last, place, len(ended))
            on = (day - timedelta(self.dice.random.randint(0, 2))).isoformat()
            state = "dead" if fate == "died" else "left"
            person.set_life_state(self.minh, id_, state, on, "UBND xã báo (GIẢ LẬP)")
            self.progress("lives", place + 1, len(ended))

    def _needs_end(
        self, before: Sequence[One], first: date, last: date, kinds: Sequence[str]
    ) -> None:
        """Needs that were met, are over, or were written by mistake."""
        wanted = [(one, item, kind) for one in before for item, kind in one.needs if kind in kinds]
        for place, (one, item, kind) in enumerate(wanted):
            day = self._go_between(first, last, place, len(wanted))
            mine = {each.item: each.id for each in need.of_person(self.minh, one.id)}
            if kind == "withdrawn":
                need.withdraw(self.minh, mine[item], "Ghi nhầm")
                continue
            over = kind == "no_longer"
            why = "Gia đình đã tự lo được" if over else ""
            step = NeedStepDraft("no_longer" if over else "met", day.isoformat(), why)
            need.step(self.minh, mine[item], step)
            self.progress("needs", place + 1, len(wanted))

    def _go_between(self, first: date, last: date, place: int, count: int) -> date:
        """Put the clock at the place's share of the days between; answers the day."""
        day = first + timedelta((last - first).days * place // max(count, 1))
        self.calendar.go(day, 10)
        return day


def _spread(people: Sequence[One], first: date, last: date) -> Iterator[tuple[date, list[One]]]:
    """The people in lists, one after the other, over the days."""
    lists = [list(people[at : at + SLICE_ROWS]) for at in range(0, len(people), SLICE_ROWS)]
    for place, group in enumerate(lists):
        yield first + timedelta((last - first).days * place // len(lists)), group


def _targets(figures: Figures) -> Iterator[tuple[str, int]]:
    """The target of the province, and of each district by its people: they add up to it."""
    yield figures.province, figures.target
    whole = sum(one.people * one.weight for one in figures.districts)
    given, so_far = 0, 0.0
    for one in figures.districts:
        so_far += one.people * one.weight
        upto = round(figures.target * so_far / whole)
        yield one.key, upto - given
        given = upto


def _all_taken(answers: Iterable[object]) -> None:
    """Raise the first refusal: the figures would not come out."""
    for answer in answers:
        if isinstance(answer, Refused):
            raise answer


def _letterhead(figures: Figures) -> dict[str, object]:
    province = units.get(figures.province)
    return {
        "superior_body": f"Ủy ban nhân dân {province.label}",
        "issuing_body": "Sở Lao động - Thương binh và Xã hội",
        "place_name": province.name,
        "document_symbol": "BC-SLĐTBXH",
        "signatories": (Signatory("Trần Thị Hoa", "Phó Giám đốc", ("KT. GIÁM ĐỐC",)),),
        "recipients": ("UBND tỉnh", "Lưu: VT, BTXH"),
    }
