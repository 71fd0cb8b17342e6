"""Pictures of the pages of numbers: the overview, a province's page, a report, what is to mend."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from app.actions import period, quality, target
from app.reports import progress, province, trend
from app.reports.progress import Whole
from app.reports.province import Ruling
from app.values.overview import TO_MEND, Measured, OfficeFigures, Province
from app.values.period import Plan, TargetDraft
from data.base import now_text
from data.database import Author
from data.records.sync import OfficeGrant, ProvinceFigures

UNITS = ("An Lão", "Hoài Nhơn", "Phù Cát", "Vĩnh Thạnh")


def numbers(studio: Any) -> None:
    """What an officer counts and mends; what a province hears of its offices."""
    ws = studio.window.frame.ws
    planned(ws)
    studio.go("overview")
    studio.take("numbers-overview")
    studio.go("report", "BC-01")
    studio.take("numbers-report")
    studio.go("plans", "quality")
    studio.take("numbers-quality")
    line = quality.by_unit(ws)[0]
    studio.go("quality_people", line.key, by="unit", whose=line.name)
    studio.take("numbers-records")
    heard(ws)
    studio.open(studio.folder / "office")
    studio.sign_in("lan")
    studio.go("province")
    studio.take("numbers-province")


def planned(ws: Any) -> None:
    """What the office is to reach this year, the whole and one commune."""
    year = ws.today().year
    period.begin_year(ws, year)
    for figure, unit, number in (
        ("approved", "63:548", 120), ("met_items", "63:548", 40), ("entered_cases", "63:21865", 2)
    ):  # fmt: skip
        told = {"figure": figure, "unit": unit, "period": str(year), "number": number}
        target.save(ws, TargetDraft(told))


def heard(ws: Any) -> None:
    """Numbers of invented offices as a server tells them."""
    today = ws.today()
    days = trend.month_ends(today)
    offices = []
    for place, name in enumerate(UNITS):
        many = 900 * place
        counted = {"approved": many, "need_items": many // 2, "cases": many // 9, "files_open": 12}
        counted |= {"files_late": place, "no_number": many // 7, "new_year": many // 20, "alike": 3}
        counted = dict.fromkeys(TO_MEND, 0) | counted
        trends = {one: tuple(many * n // 12 for n in range(1, 13)) for one in trend.SHOWN}
        offices.append(
            OfficeFigures(
                name, f"Phòng LĐ-TB&XH huyện {name}", counted, now_text() if many else "",
                measured=measured_of(many, today), trends=trends,
            )
        )  # fmt: skip
    whole = province.together(
        offices,
        Ruling(wanted={("approved", "Q3"): 5000}, missing={("approved", "Y"): ("Huyện Tây Sơn",)}),
        today.isoformat(),
    )
    told = Province(today.isoformat(), "", tuple(offices), days, whole)
    with ws.db.write(Author("shots")) as session:
        content = province.as_text(told)
        session.add(ProvinceFigures(id=1, mark="", counted_at=now_text(), content=content))
        day = today.replace(year=today.year + 1, day=1).isoformat()
        known = {"name": UNITS[0], "units": "63:542", "until": day, "given_at": now_text()}
        session.add(OfficeGrant(scope=UNITS[0], **known))


def measured_of(many: int, today: date) -> tuple[Measured, ...]:
    """Two figures in a year that runs and one in a quarter whose report is overdue."""
    day = today.isoformat()
    year = Plan("", "", f"Năm {today.year}", "", "", "", f"{today.year + 1}-01-05")
    quarter = replace(year, period="Q3", name="Quý III", due_on=f"{today.year}-01-05")
    plans = [
        (replace(year, figure="approved", period="Y"), 1000, many),
        (replace(quarter, figure="approved"), 1200, many),
        (replace(year, figure="met_items", period="Y"), 200 if many else None, many // 4),
        (replace(year, figure="entered_cases", period="Y"), None, many // 9),
    ]
    return tuple(
        progress.measured(plan, day, Whole(number, done, many), day) for plan, number, done in plans
    )
