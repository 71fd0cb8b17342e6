"""A random office whose days are told apart: what stood at the end of each, by plain SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.actions import approval, care_case, merge, need, person
from app.errors import Refused
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft, NeedStepDraft
from app.values.person import PersonDraft
from data.database import Author
from data.schema import travelling
from tests import desk
from tests.desk import Desk

FIRST = date(2026, 3, 1)
COMMUNES = ("63:21871", "63:21892", "63:21853", "34:21853")
ITEMS = ("medical.wheelchair", "family.house_repair")
TYPES = ("mobility", "vision", "mobility vision", "intellectual", "")
DEGREES = ("profound", "severe", "mild", "not_disabled", "")
BIRTHS = ("1950", "1966-03", "2010-03-08", "2020-03-10", "1986-03-12", "")
Told = dict[str, Any]


@dataclass
class Office:
    """An office that lives day by day; `told` is what plain SQL said at the end of each."""

    at: Desk
    dice: Random
    told: list[Told] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def live(self, days: int, deeds: int) -> None:
        """So many days with so many deeds each; then every day gets its own date."""
        for _ in range(days):
            for _ in range(deeds):
                try:
                    self.dice.choice(self._deeds())()
                except (Refused, IndexError):
                    continue  # a deed that cannot be done now
            with self.at.lan.db.read() as session:
                self.told.append(truth(session))
                self.marks.append(session.scalar(text("SELECT max(seq) FROM history")) or 0)
        with self.at.lan.db.write(Author("lan")) as session:
            self._date(session)

    def _date(self, session: Session) -> None:
        """As if each day's deeds had been done on a day of their own."""
        before = 0
        for number, mark in enumerate(self.marks):
            at = f"{day(number)}T03:00:00.000Z"
            span = {"at": at, "after": before, "upto": mark}
            session.execute(
                text("UPDATE history SET at = :at WHERE seq > :after AND seq <= :upto"), span
            )
            before = mark
        for entity in travelling():
            session.execute(
                text(
                    f'UPDATE "{entity}" SET created_at = coalesce((SELECT min(at) FROM history '
                    f"WHERE row_id = \"{entity}\".id AND op = 'create'), created_at)"
                )
            )

    def _deeds(self) -> tuple[Callable[[], object], ...]:
        enter, approve = self._enter, self._approve
        return (
            *(enter, enter, enter, approve, approve, approve),
            *(self._amend, self._amend, self._leave, self._come_back, self._merge, self._part),
            *(self._remove, self._undo, self._move, self._need, self._need, self._step),
            *(self._case, self._end, self._reopen),
        )

    def _some(self, where: str = "deleted_at IS NULL", kind: str = "person") -> str:
        with self.at.lan.db.read() as session:
            ids = session.scalars(text(f"SELECT id FROM {kind} WHERE {where} ORDER BY id")).all()
        return str(self.dice.choice(ids))

    def _enter(self) -> None:
        one = self.dice.choice
        values = {"sex": one(("male", "female", "")), "birth": one(BIRTHS), "types": one(TYPES)}
        values |= {"degree": one(DEGREES), "commune": one(COMMUNES), "mine_victim": one(("x", ""))}
        values |= {"name": f"Nguyễn Văn {one(('An', 'Bình', 'Chi', 'Dung'))}", "hamlet": one("AB")}
        told = {name: value for name, value in values.items() if value}
        person.save(self.at.minh, PersonDraft(None, told))

    def _approve(self) -> None:
        one = self._some("status IN ('draft', 'waiting') AND deleted_at IS NULL")
        person.submit(self.at.minh, [one])
        approval.approve(self.at.hoa, [one])

    def _amend(self) -> None:
        """A change of an approved person waits; sometimes it is approved."""
        one = self._some("status = 'approved' AND deleted_at IS NULL")
        change = self.dice.choice(({"sex": "female"}, {"degree": "mild"}, {"birth": "1999"}))
        person.save(self.at.minh, PersonDraft(one, change))
        if self.dice.random() < 0.5:
            approval.approve(self.at.hoa, [one])

    def _leave(self) -> None:
        one = self._some("status = 'approved' AND deleted_at IS NULL")
        state = self.dice.choice(("dead", "left", "missing"))
        person.set_life_state(self.at.minh, one, state, "2026-03-01", "bỏ đi")
        approval.approve(self.at.hoa, [one])

    def _come_back(self) -> None:
        one = self._some("life_state IN ('dead', 'left') AND deleted_at IS NULL")
        person.set_life_state(self.at.minh, one, "living", "", "ghi nhầm")
        approval.approve(self.at.hoa, [one])

    def _merge(self) -> None:
        merge.merge(self.at.lan, self._some(), self._some())

    def _part(self) -> None:
        merge.unmerge(self.at.lan, self._some("merged_into IS NOT NULL"), "hai người")

    def _remove(self) -> None:
        person.remove(self.at.lan, self._some(), "nhập nhầm")

    def _undo(self) -> None:
        one = self._some("status = 'approved' AND deleted_at IS NULL")
        approval.undo(self.at.hoa, one, "xem lại")

    def _move(self) -> None:
        one = self._some("status = 'draft' AND deleted_at IS NULL")
        person.save(self.at.minh, PersonDraft(one, {"commune": self.dice.choice(COMMUNES)}))

    def _need(self) -> None:
        fields = {"item": self.dice.choice(ITEMS)}
        need.save(self.at.minh, NeedDraft(self._some(), fields))

    def _step(self) -> None:
        status = self.dice.choice(("connecting", "partly_met", "met", "no_longer"))
        need.step(self.at.minh, self._some(kind="need"), NeedStepDraft(status, reason="đã xem"))

    def _case(self) -> None:
        care_case.open(self.at.minh, self._some(), CaseDraft("Cần giúp"))

    def _end(self) -> None:
        care_case.cancel(self.at.minh, self._some(kind="care_case"), "không cần nữa")

    def _reopen(self) -> None:
        one = self._some("case_status = 'cancelled'", "care_case")
        care_case.reopen(self.at.hoa, one, "lại cần")


def day(number: int) -> str:
    """The date that a day of the office was given."""
    return (FIRST + timedelta(days=number)).isoformat()


def truth(session: Session) -> Told:
    """What stands now, row by row in Python over plain SELECTs: no line of the engine's."""
    rows = session.execute(text("SELECT * FROM person")).mappings().all()
    leads = {one["id"]: one["merged_into"] for one in rows}
    here = {
        one["id"]: one
        for one in rows
        if not one["deleted_at"] and not one["merged_into"] and one["status"] == "approved"
        and one["life_state"] not in ("dead", "left")
    }  # fmt: skip
    needs = session.execute(text("SELECT * FROM need WHERE deleted_at IS NULL")).mappings().all()
    live = {
        (_last(leads, one["person_id"]), one["need_group"], one["item"])
        for one in needs
        if one["need_status"] in ("new", "connecting", "partly_met")
    }
    live = {one for one in live if one[0] in here}
    every = session.execute(text("SELECT * FROM care_case WHERE deleted_at IS NULL")).mappings()
    cases = every = every.all()
    ended = ("closed", "refused", "cancelled")
    listed = {one["id"] for one in rows if not one["deleted_at"] and not one["merged_into"]}
    return {
        "approved": Counter(one["commune"] for one in here.values()),
        "ids": frozenset(here),
        "female": sum(one["sex"] == "female" for one in here.values()),
        "births": Counter(one["birth"] for one in here.values()),
        "many": sum(" " in (one["types"] or "") for one in here.values()),
        "mild": sum(one["degree"] == "mild" for one in here.values()),
        "victims": sum(bool(one["mine_victim"]) for one in here.values()),
        "items": Counter(one[1] for one in live),
        "persons": len({one[0] for one in live}),
        "cases": frozenset(
            one["id"]
            for one in cases
            if one["case_status"] not in ended and _last(leads, one["person_id"]) in listed
        ),
        "merged": sum(bool(one["merged_into"]) for one in rows),
        "gone": sum(one["life_state"] in ("dead", "left") for one in rows),
        "needs": Counter(
            one["need_status"] for one in needs if _last(leads, one["person_id"]) in listed
        ),
        "every_case": Counter(
            one["case_status"] for one in every if _last(leads, one["person_id"]) in listed
        ),
        "entered": Counter(one["status"] for one in rows if one["id"] in listed),
    }


def _last(leads: dict[str, str | None], one: str) -> str:
    while leads.get(one):
        one = str(leads[one])
    return one


def made(home: Path, seed: Random, days: int, deeds: int) -> Office:
    """An office that has lived so long."""
    found = Office(desk.at(home), seed)
    found.live(days, deeds)
    return found
