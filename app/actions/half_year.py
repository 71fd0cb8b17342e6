"""The half-yearly figures on determining disability, counted from the records (Mẫu 07, 08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.actions import application_clock, offices
from app.errors import Refused
from app.reports import half_year as figures
from app.reports.half_year import CertificateFacts, Facts, FileFacts, HearingFacts, ReferralFacts
from app.rules import application as clocks
from app.workspace import Workspace
from data import report_periods, units
from data.records import certificate as certificates
from data.records import determination as records
from data.records.application import Application
from data.records.certificate import Certificate
from data.report_periods import Period
from data.text import fold

BY_COMMUNE, BY_OFFICE = "commune", "office"
NOWHERE = ""
DAY = len("2026-01-01")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Mẫu 08: a commune (`unit`) or an office, and its figures by name."""

    label: str
    values: dict[str, int]
    unit: str = NOWHERE


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A report: its period, what was counted, the figures by name, the lines below.

    `missing` are offices whose book is not here: they are not counted, and named.
    """

    period: Period
    facts: Facts
    values: dict[str, int]
    lines: tuple[Line, ...] = ()
    missing: tuple[str, ...] = ()


def run(ws: Workspace, name: str, over: str = BY_COMMUNE) -> HalfYear:
    """The figures of a half-year ("2026-1": 15/12/2025-14/6/2026) with a line for each commune, or
    for each office whose book may be read here. Raises Refused: not_allowed, half_year_period."""
    ws.demand("view")
    try:
        period = report_periods.half_year(name)
    except LookupError:
        raise Refused.one("half_year_period", "period", name) from None
    own = read(ws if over == BY_COMMUNE else ws.own or ws, period)
    if over == BY_COMMUNE:
        return HalfYear(period, own, counted(own), _communes(own))
    lines, missing = [], []
    for one in offices.listing(ws):
        if one.own:
            lines.append(Line(one.name, counted(own)))
            continue
        try:
            there = offices.read(ws, one.id)
            lines.append(Line(one.name, counted(read(there, period))))
        except Refused:
            missing.append(one.name)
    return HalfYear(period, own, _sum(lines), tuple(lines), tuple(missing))


def periods(today: date, count: int = 6) -> tuple[Period, ...]:
    """The half-year of a day and those before it, the latest first."""
    found = [report_periods.half_year(report_periods.at(today.isoformat()))]
    while len(found) < count:
        before = date.fromisoformat(found[-1].begins) - timedelta(days=1)
        found.append(report_periods.half_year(report_periods.at(before.isoformat())))
    return tuple(found)


def due_of(name: str, form: str) -> str:
    """The day before which a report is sent: Mẫu 07 by the commune, Mẫu 08 by who sums up."""
    period = report_periods.half_year(name)
    return period.due_commune if form == "07" else period.due_district


def read(ws: Workspace, period: Period) -> Facts:
    """What an office has that the figures count."""
    begins, ends = period.begins, period.ends
    with ws.db.read() as session:
        answers, kinds = records.board_answers(session), records.kinds(session)
        return Facts(
            begins,
            ends,
            tuple(_file(row, answers) for row in records.files(session, begins, ends)),
            tuple(
                HearingFacts(one.id, who, where or "", one.minutes_on or "", one.conclusion or "")
                for one, who, where in records.hearings(session, begins, ends)
            ),
            tuple(
                ReferralFacts(one.id, who, where or "", one.sent_on or "", one.received_on or "")
                for one, who, where in records.referrals(session, begins, ends)
            ),
            tuple(_certificate(row, kinds) for row in records.certificates(session, ends)),
        )


def counted(facts: Facts) -> dict[str, int]:
    """Every figure by its name."""
    return {one.name: one.count(facts) for one in figures.FIGURES}


def due(row: Application, board_answered: str) -> str:
    """The day on which the result of a file was due, in working days; empty when nobody can say.

    From the day it was complete where papers had been asked for (Đ.5), from the board's minutes
    where the medical board decided (Đ.6 k.2).
    """
    if len(board_answered) == DAY:
        return application_clock.due(("file_after_board",), board_answered)
    since = row.completed_on if row.missing_asked_on else row.received_on
    if not since or len(since) != DAY:
        return ""
    return application_clock.due(clocks.promised(application_clock.way(row)), since)


def _file(row: Any, answers: dict[str, str]) -> FileFacts:
    one, who, where = row
    return FileFacts(
        id=one.id,
        person=who,
        commune=where or "",
        kind=one.application_kind or "",
        received_on=one.received_on or "",
        ended_on=one.ended_on or "",
        step=one.file_step or "",
        due_on=due(one, answers.get(one.id, "")),
    )


def _certificate(row: Any, kinds: dict[str, tuple[str, str]]) -> CertificateFacts:
    one, who, where, life, life_on = row
    certificate: Certificate = one
    kind, reason = kinds.get(certificate.application_id or "", ("", ""))
    return CertificateFacts(
        id=certificate.id,
        person=who,
        commune=where or "",
        issued_on=certificate.issued_on or "",
        ended_on=_ended(certificate),
        revoked_on=certificate.revoked_on or "",
        basis=certificate.basis or "",
        kind=kind,
        reason=reason,
        types=tuple((certificate.types or "").split()),
        degree=certificate.degree or "",
        of_paper=certificate.origin == certificates.PAPER,
        dead_on=(life_on or certificate.issued_on or "") if life == "dead" else "",
    )


def _ended(one: Certificate) -> str:
    """When a certificate ended. One from paper that holds no more, nobody knows since when, ended
    for the report on the day it was given: nobody holds it."""
    if one.ended_on or one.certificate_state == certificates.VALID:
        return one.ended_on or ""
    return one.revoked_on or one.issued_on or "0001-01-01"


def _communes(facts: Facts) -> tuple[Line, ...]:
    """One line for each commune where something is counted, by name; nowhere comes last."""
    keys = {one.commune for one in facts.files} | {one.commune for one in facts.certificates}
    keys |= {one.commune for one in facts.hearings} | {one.commune for one in facts.referrals}
    named = {key: units.full_name(key) if key else "Chưa rõ xã" for key in keys}
    ordered = sorted(keys, key=lambda key: (not key, fold(named[key])))
    return tuple(Line(named[key], counted(facts.of(key)), key) for key in ordered)


def _sum(lines: Sequence[Line]) -> dict[str, int]:
    return {one.name: sum(line.values[one.name] for line in lines) for one in figures.FIGURES}
