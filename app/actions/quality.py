"""Data quality: what is missing, doubtful, double or not sent, per unit and per who entered it."""

from __future__ import annotations

from dataclasses import asdict

from app.actions import cold_start
from app.values.quality import QualityLine
from app.workspace import Workspace
from data import units
from data.records import office, quality


def by_unit(ws: Workspace) -> tuple[QualityLine, ...]:
    """One line a commune with records, those with most to mend first. Raises Refused
    (`book_still_coming`)."""
    ws.demand("view")
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        found = quality.by_commune(session, ws.today())
    lines = [QualityLine(key, _place(key), **asdict(one)) for key, one in found.items()]
    return tuple(sorted(lines, key=_worst))


def by_person(ws: Workspace) -> tuple[QualityLine, ...]:
    """One line for each who entered records, those with most to mend first. Raises Refused."""
    ws.demand("view")
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        found = quality.by_author(session, ws.today())
        names = {one.login: one.full_name for one in office.users(session)}
    lines = [QualityLine(key, names.get(key, key), **asdict(one)) for key, one in found.items()]
    return tuple(sorted(lines, key=_worst))


def _worst(line: QualityLine) -> tuple[int, str]:
    doubtful = line.new_year + line.odd_birth + line.same_phone + line.alike
    return -(line.lacking + doubtful), line.name


def _place(key: str) -> str:
    """A commune and the district it lies in, short enough for a narrow column."""
    if not units.has(key):
        return key
    first, *above = units.path(key)
    return " · ".join((first.label, *(one.name for one in above[:-1])))
