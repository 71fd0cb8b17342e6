"""A random office whose days are told apart: what stood at the end of each, by plain SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.actions import approval, care_case, merge, need, person, victim
from app.errors import Refused
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft, NeedStepDraft
from app.values.person import PersonDraft
from data.database import Author
from data.records.accident import Accident
from data.records.application import Application
from data.records.care_case import CareCase
from data.records.case_review import CaseReview
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.training import Delegate, TrainingClass, Workshop
from data.records.victim import Victim
from data.schema import travelling
from tests import desk
from tests.app.report_truth import Stood
from tests.desk import Desk

FIRST = date(2026, 3, 1)
COMMUNES = ("63:21871", "63:21892", "63:21853", "34:21853")
ITEMS = ("medical.wheelchair", "family.house_repair", "social.club", "facility.long_term")
TYPES = ("mobility", "vision", "mobility vision", "intellectual", "other", "hearing_speech", "")
DEGREES = ("profound", "severe", "mild", "not_disabled", "")
BIRTHS = ("1940", "1950", "1966-03", "2010-03-08", "2020-03-10", "1986-01-01", "")
CAUSES = ("illness", "congenital", "mine_accident", "")
SPAN = ("2026-01-05", "2026-01-20", "2026-02-25", "2026-03-02", "2026-03-04", "2026-04-01", None)
KINDS = ("new", "redetermination", "reissue", "exchange", None)


@dataclass
class Office:
    """An office that lives day by day; `told` is all that stood at the end of each."""

    at: Desk
    dice: Random
    told: list[Stood] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    writing: Session | None = None

    def live(self, days: int, deeds: int) -> None:
        """So many days with so many deeds each; then every day gets its own date."""
        for _ in range(days):
            for _ in range(deeds):
                try:
                    self.dice.choice(self._deeds())()
                except (Refused, IndexError):
                    continue  # a deed that cannot be done now
            with self.at.lan.db.read() as session:
                self.told.append(Stood.now(session))
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
            *(enter, enter, enter, enter, enter, approve, approve, approve, approve, approve),
            *(self._amend, self._amend, self._leave, self._come_back, self._merge, self._part),
            *(self._remove, self._undo, self._move, self._need, self._need, self._step),
            *(self._case, self._case, self._end, self._close, self._reopen, self._look_again),
            *(self._papers, self._papers, self._papers, self._lessons, self._lessons),
            *(self._untie, self._untie),
        )

    def _some(self, where: str = "deleted_at IS NULL", kind: str = "person") -> str:
        with self.at.lan.db.read() as session:
            ids = session.scalars(text(f"SELECT id FROM {kind} WHERE {where} ORDER BY rowid")).all()
        return str(self.dice.choice(ids))

    def _enter(self) -> None:
        one = self.dice.choice
        values = {"sex": one(("male", "female", "")), "birth": one(BIRTHS), "types": one(TYPES)}
        values |= {"degree": one(DEGREES), "commune": one(COMMUNES), "mine_victim": one(("x", ""))}
        values |= {"name": f"Nguyễn Văn {one(('An', 'Bình', 'Chi', 'Dung'))}", "hamlet": one("AB")}
        values |= {"cause_mobility": one(CAUSES), "cause_vision": one(CAUSES)}
        values |= {"poverty": one(("poor", "near_poor", "")), "ethnicity": one(("hre", "kinh", ""))}
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

    def _write(self, kind: type[Any], whose: str = "", **values: object) -> None:
        """A record as it may lie in a book, whatever the pages would have asked."""
        told = values | ({"person_id": whose} if whose else {})
        with self._session() as session:
            session.add(kind(office_id=self.at.lan.office.id, **told))

    def _edit(self, kind: type[Any], which: str, **values: object) -> None:
        with self._session() as session:
            row = session.get_one(kind, which)
            for name, value in values.items():
                setattr(row, name, value)

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """One transaction for several papers, or one for each."""
        if self.writing is not None:
            yield self.writing
            return
        with self.at.lan.db.write(Author("lan")) as session:
            self.writing = session
            try:
                yield session
            finally:
                self.writing = None

    def _together(self, *deeds: Callable[[], object]) -> None:
        with self._session():
            for deed in deeds:
                with suppress(IndexError):
                    deed()

    def _close(self) -> None:
        one = self._some("case_status NOT IN ('closed', 'cancelled')", "care_case")
        why = self.dice.choice(("goal_reached", "dead_or_missing", "moved_away", "no_contact"))
        self._edit(CareCase, one, case_status="closed", close_reason=why)

    def _look_again(self) -> None:
        case = self._some(kind="care_case")
        with self.at.lan.db.read() as session:
            whose = session.get_one(CareCase, case).person_id
        days = {"reviewed_on": self.dice.choice(SPAN), "next_review_on": self.dice.choice(SPAN)}
        self._write(CaseReview, whose, case_id=case, **days)
        self._edit(CareCase, case, emergency=self.dice.choice((True, False)))

    def _papers(self) -> None:
        """What the council's papers and a talk about an accident bring in one go."""
        self._together(
            *(self._file, self._file, self._file, self._file_ends, self._hearing, self._board),
            *(self._certificate, self._certificate, self._certificate, self._revoke),
            *(self._hit, self._victim, self._victim),
        )

    def _lessons(self) -> None:
        self._together(self._class, self._class, self._seat, self._seat, self._seat)

    def _hit(self) -> None:
        one = self.dice.choice
        on = one(("1972-05-01", "2025-07", "2026-02-01", None))
        self._write(Accident, accident_on=on, device=one(("bomb", "shell", None)))

    def _victim(self) -> None:
        one = self.dice.choice
        told = {"consequence": one(("killed", "injured", None)), "activity": one(("farming", None))}
        told |= {"accident_id": one((self._some(kind="accident"), None))}
        if one("ab") == "a":
            return self._write(Victim, self._some("true"), **told)
        told |= {"victim_sex": one(("male", None)), "age_then": one((9, 40, None))}
        return self._write(Victim, victim_birth=one(("2020", None)), **told)

    def _untie(self) -> None:
        one = self._some("person_id IS NOT NULL AND accident_id IS NOT NULL", "victim")
        victim.unlink(self.at.minh, one, "nhầm người")

    def _class(self) -> None:
        told = {"name": "Lớp", "starts_on": self.dice.choice(SPAN[:4]), "days": 3}
        if self.dice.random() < 0.3:
            return self._write(Workshop, **told)
        return self._write(TrainingClass, round_id=self.dice.choice(("đợt 1", "đợt 2")), **told)

    def _seat(self) -> None:
        one = self.dice.choice
        event = self._some(kind=one(("training_class", "workshop")))
        told = {"full_name": one(("Trần A", "Trần B")), "sex": one(("male", "female", None))}
        level = one(("province", "district", "commune", None))
        self._write(Delegate, event_id=event, level=level, **told)

    def _file(self) -> None:
        one = self.dice.choice
        told = {"application_kind": one(KINDS), "received_on": one(SPAN), "file_step": "complete"}
        told |= {"application_reason": one(("changed", "reached_6", "lost", "wrong_data", None))}
        if one("ab") == "a":
            told |= {"missing_asked_on": "2026-02-01", "completed_on": one(SPAN)}
        self._write(Application, self._some("true"), **told)

    def _file_ends(self) -> None:
        step = self.dice.choice(("issued", "not_disabled", "withdrawn", "died"))
        which = self._some(kind="application")
        self._edit(Application, which, file_step=step, ended_on=self.dice.choice(SPAN))

    def _hearing(self) -> None:
        one = self.dice.choice
        said = one(("determined", "not_disabled", "inconclusive", None))
        self._write(Hearing, self._some("true"), minutes_on=one(SPAN), conclusion=said)

    def _board(self) -> None:
        one = self.dice.choice
        told = {"sent_on": one(SPAN), "received_on": one(SPAN)}
        file = one((self._some(kind="application"), None))
        self._write(MedicalReferral, self._some("true"), application_id=file, **told)

    def _certificate(self) -> None:
        one = self.dice.choice
        told = {"issued_on": one(SPAN[:-1]), "types": one((*TYPES[:3], None)),
                "degree": one((*DEGREES[:3], None)), "origin": one(("office", "office", "paper")),
                "basis": one(("council", "council", "lost", "exchange")),
                "certificate_state": one(("valid", "valid", "draft")),
                "application_id": one((self._some(kind="application"), None))}  # fmt: skip
        self._write(Certificate, self._some("true"), **told)

    def _revoke(self) -> None:
        one = self.dice.choice
        state, day = one(("revoked", "superseded")), one(SPAN)
        ended = {"certificate_state": state, "revoked_on": day, "ended_on": one((day, None))}
        self._edit(Certificate, self._some("certificate_state = 'valid'", "certificate"), **ended)


def day(number: int) -> str:
    """The date that a day of the office was given."""
    return (FIRST + timedelta(days=number)).isoformat()


def made(home: Path, seed: Random, days: int, deeds: int) -> Office:
    """An office that has lived so long."""
    found = Office(desk.at(home), seed)
    found.live(days, deeds)
    return found
