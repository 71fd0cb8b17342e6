"""What a large office has besides its persons, by bare SQL and in real proportions.

Of a hundred persons sixty need something, thirty have one need more, sixty hold a certificate and
had a file and a hearing; eight cases go on for a hundred; one in a hundred was hurt in an accident.
Everybody was approved on some day of the last two years and three in ten were edited since; a few
records were merged. The same seed makes the same office.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, text

from app.workspace import Workspace
from data.base import new_id
from data.records.accident import Accident
from data.records.application import Application
from data.records.care_case import CareCase, CaseNote
from data.records.case_review import CaseReview
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from data.records.need import Need
from data.records.trace import History
from data.records.training import Delegate, TrainingClass, TrainingRound, Workshop
from data.records.victim import Victim

ROWS_AT_ONCE = 20_000
DAYS = 730
GROUPS = ("medical", "livelihood", "social", "family", "facility")
STATES = ("new", "new", "connecting", "partly_met", "met", "no_longer")
CASES = ("open", "assessing", "planning", "approved", "reviewing", "closed", "cancelled")
CLOSED = ("goal_reached", "dead_or_missing", "moved_away", "no_contact", "other")
DEGREES = ("profound", "severe", "severe", "mild")
TYPES = ("mobility", "vision", "intellectual", "mobility vision", "hearing_speech")
KINDS = ("new", "new", "new", "redetermination", "reissue", "exchange")
WORKERS = ("lan", "hoa", "minh", "thuy")
DEVICES = ("bomb", "mine_unknown", "cluster_bomblet", "shell", None)
FIELDS = ("phone", "hamlet", "degree", "poverty", "life_state")
Row = dict[str, Any]


def fill(ws: Workspace) -> None:
    """Give an office of persons alone everything that reports count."""
    made = _Made(ws)
    with ws.db.write(ws.author()) as session:
        session.execute(text(APPROVED))
        session.execute(text(MERGED))
        ids = list(session.scalars(text("SELECT id FROM person WHERE merged_into IS NULL")))
        for kind, rows in made.of(ids, list(session.scalars(text(COMMUNES)))):
            for start in range(0, len(rows), ROWS_AT_ONCE):
                session.execute(insert(kind), rows[start : start + ROWS_AT_ONCE])
        session.execute(text("UPDATE person SET created_at = '2020-01-01T00:00:00.000Z'"))
        session.execute(text("ANALYZE"))


COMMUNES = "SELECT DISTINCT commune FROM person WHERE commune IS NOT NULL ORDER BY commune"
APPROVED = "UPDATE person SET status = 'approved' WHERE status = 'waiting' AND rowid % 10 > 0"
MERGED = (
    "UPDATE person SET merged_into = (SELECT max(id) FROM person), deleted_at = created_at "
    "WHERE rowid % 100 = 7 AND id <> (SELECT max(id) FROM person)"
)


class _Made:
    """Rows of every kind, by one throw of dice after the other."""

    def __init__(self, ws: Workspace) -> None:
        self.office, self.today, self.dice = ws.office.id, ws.today(), random.Random(5)

    def of(
        self, ids: Sequence[str], communes: Sequence[str]
    ) -> Iterator[tuple[type[Any], list[Row]]]:
        """Rows by kind, those that others name first."""
        yield History, list(self._edits(ids))
        yield Need, [self._need(who) for who in self._share(ids, 0.6, 0.3)]
        yield from self._cases(self._share(ids, 0.08))
        yield from self._council(self._share(ids, 0.6))
        yield from self._accidents(self._share(ids, 0.01), communes)
        yield from self._training(max(1, len(ids) // 10_000))

    def _share(self, ids: Sequence[str], *shares: float) -> list[str]:
        return [who for share in shares for who in ids if self.dice.random() < share]

    def _day(self, most: int = DAYS) -> str:
        return (self.today - timedelta(days=self.dice.randrange(1, most))).isoformat()

    def _row(self, **values: Any) -> Row:
        at = "2020-01-01T00:00:00.000Z"
        stamp = {"id": new_id(), "office_id": self.office, "version": 1, "server_version": 1}
        who = {"created_by": "minh", "updated_by": "minh", "created_at": at, "updated_at": at}
        return stamp | who | values

    def _edits(self, ids: Sequence[str]) -> Iterator[Row]:
        for who in ids:
            yield self._edit(who, "status", "waiting", "approved")
            if self.dice.random() < 0.3:
                yield self._edit(who, self.dice.choice(FIELDS), None, "x")

    def _edit(self, who: str, field: str, old: str | None, new: str) -> Row:
        line = {"txn": new_id(), "entity": "person", "by": "hoa", "op": "edit", "source": ""}
        place = {"row_id": who, "person_id": who, "field": field, "old": old, "new": new}
        return line | place | {"at": f"{self._day()}T03:00:00.000Z"}

    def _need(self, who: str) -> Row:
        one, group = self.dice.choice, self.dice.choice(GROUPS)
        return self._row(
            person_id=who, need_group=group, item=f"{group}.{one('abc')}", need_status=one(STATES)
        )

    def _cases(self, ids: Sequence[str]) -> Iterator[tuple[type[Any], list[Row]]]:
        cases = [self._case(who, number) for number, who in enumerate(ids)]
        yield CareCase, cases
        tied = [{"person_id": one["person_id"], "case_id": one["id"]} for one in cases]
        yield (
            CaseNote,
            [
                self._row(
                    **one, note_kind="visit", noted_on=self._day(), confidential=number % 50 == 0
                )
                for number, one in enumerate(tied)
            ],
        )
        yield (
            CaseReview,
            [
                self._row(**one, reviewed_on=self._day(), next_review_on=self._day(200))
                for one in tied
            ],
        )

    def _case(self, who: str, number: int) -> Row:
        status = self.dice.choice(CASES)
        why = self.dice.choice(CLOSED) if status == "closed" else None
        return self._row(
            person_id=who, opened_on=self._day(), worker=self.dice.choice(WORKERS),
            case_status=status, close_reason=why, emergency=number % 20 == 0,
            case_number=f"{number}/QLC",
        )  # fmt: skip

    def _council(self, ids: Sequence[str]) -> Iterator[tuple[type[Any], list[Row]]]:
        files = [self._file(who) for who in ids]
        yield Application, files
        hearings = [self._hearing(one) for one in files if one["concluded_on"]]
        yield Hearing, hearings
        yield MedicalReferral, [
            self._row(person_id=one["person_id"], application_id=one["id"], sent_on=self._day(),
                      received_on=self._day(), medical_board_reason="inconclusive")
            for one in files[::50]
        ]  # fmt: skip
        yield (
            Certificate,
            [self._certificate(one, number) for number, one in enumerate(hearings)]
            + [self._paper(who, number) for number, who in enumerate(ids[::4])],
        )

    def _file(self, who: str) -> Row:
        received = date.fromisoformat(self._day())
        given = received + timedelta(days=self.dice.randrange(10, 60))
        ended = given < self.today
        step = self.dice.choice(("issued",) * 8 + ("not_disabled", "withdrawn")) if ended else ""
        told = given.isoformat() if ended else None
        return self._row(
            person_id=who, application_kind=self.dice.choice(KINDS),
            received_on=received.isoformat(), file_step=step or "complete", ended_on=told,
            concluded_on=told, due_on=None, origin="desk",
        )  # fmt: skip

    def _hearing(self, file: Row) -> Row:
        return self._row(
            person_id=file["person_id"], application_id=file["id"], heard_on=file["concluded_on"],
            minutes_on=file["concluded_on"], conclusion="determined", degree="severe",
            types=self.dice.choice(TYPES), hearing_state="signed",
        )  # fmt: skip

    def _certificate(self, heard: Row, number: int) -> Row:
        revoked = heard["minutes_on"] if number % 40 == 0 else None
        return self._row(
            person_id=heard["person_id"], application_id=heard["application_id"],
            hearing_id=heard["id"], basis="council", issued_on=heard["minutes_on"],
            certificate_number=f"{number:06d}/XNKT", degree=self.dice.choice(DEGREES),
            types=self.dice.choice(TYPES), ended_on=revoked, revoked_on=revoked,
            certificate_state="revoked" if revoked else "valid", origin="here",
            holder_name="Nguyễn Văn An", holder_address="Thôn 1", signer="Trần Văn B",
        )  # fmt: skip

    def _paper(self, who: str, number: int) -> Row:
        return self._row(
            person_id=who, issued_on=f"2019-{number % 12 + 1:02d}-05", degree="mild",
            types=self.dice.choice(TYPES), certificate_state="superseded", origin="paper",
            ended_on="2020-01-01", certificate_number=f"{number:06d}/GIAY", basis="paper",
        )  # fmt: skip

    def _accidents(
        self, ids: Sequence[str], communes: Sequence[str]
    ) -> Iterator[tuple[type[Any], list[Row]]]:
        dice = self.dice
        hit = [
            self._row(accident_on=f"{dice.randrange(1970, 2026)}-03-04",
                      device=dice.choice(DEVICES), accident_commune=dice.choice(communes))
            for _ in ids
        ]  # fmt: skip
        yield Accident, hit
        yield Victim, [
            self._row(person_id=who, accident_id=dice.choice(hit)["id"], activity="farming",
                      consequence=dice.choice(("killed", "injured", None)), number=number)
            for number, who in enumerate(ids)
        ]  # fmt: skip

    def _training(self, rounds: int) -> Iterator[tuple[type[Any], list[Row]]]:
        made = [self._row(name=f"Đợt {number}") for number in range(rounds)]
        yield TrainingRound, made
        classes = [
            self._row(round_id=one["id"], starts_on=self._day(), days=3, name="Lớp")
            for one in made for _ in range(3)
        ]  # fmt: skip
        yield TrainingClass, classes
        yield Workshop, [self._row(starts_on=self._day(), days=1, name="Hội thảo")]
        yield Delegate, [
            self._row(event_id=one["id"], full_name=f"Lê Thị {number}", level="commune",
                      sex=self.dice.choice(("male", "female", None)), unit="63:21871")
            for one in classes for number in range(66)
        ]  # fmt: skip
