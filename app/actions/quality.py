"""Data quality: what is missing, doubtful, double or not sent, per unit and per who entered it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from app.actions import access, cold_start
from app.errors import Refused
from app.rules import dates
from app.rules.masking import masked
from app.values.quality import QualityLine, QualityPerson
from app.wording import language, translate
from app.workspace import Workspace
from data import units
from data.defects import PHONE_SHARED_BY
from data.records import office, quality
from data.records.quality import DEFECTS

ALL = ("", 1_000_000)
"""From the first one, as many as there are."""


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


def people(
    ws: Workspace, by: str, key: str, defects: tuple[str, ...] = (), page: tuple[str, int] = ALL
) -> tuple[QualityPerson, ...]:
    """Whose records are behind a line: `by` unit or person, its key, with any of the defects (all
    kinds without); looks are logged. Raises Refused (`quality_defect`, `book_still_coming`)."""
    ws.demand("view")
    unknown = next((one for one in defects if one not in DEFECTS), None)
    if unknown:
        raise Refused.one("quality_defect", "defect", unknown, known=", ".join(DEFECTS))
    whose = {"created_by" if by == "person" else "commune": key}
    with ws.db.read() as session:
        cold_start.demand_rows(session)
        rows = quality.people(session, whose, defects or DEFECTS, ws.today(), page)
        names = {one.login: one.full_name for one in office.users(session)}
    found = tuple(_person(row, names) for row in rows)
    access.seen_many(ws, [one.id for one in found], "view", "list")
    return found


def defect_words() -> dict[str, str]:
    """What is wrong, in words."""
    return {
        "no_birth": translate("thiếu ngày sinh"),
        "no_sex": translate("thiếu giới tính"),
        "no_number": translate("thiếu số định danh"),
        "no_types": translate("thiếu dạng tật"),
        "new_year": translate("sinh 01/01"),
        "odd_birth": translate("tuổi vô lý"),
        "same_phone": translate("số điện thoại ở {count} hồ sơ trở lên", count=PHONE_SHARED_BY),
        "alike": translate("có thể trùng"),
        "unsent": translate("chưa gửi"),
    }


def _person(row: Mapping[str, Any], names: Mapping[str, str]) -> QualityPerson:
    return QualityPerson(
        row["id"],
        row["name"] or "",
        dates.show(row["birth"] or "", language()),
        masked(row["id_number"] or ""),
        _place(row["commune"] or ""),
        tuple(name for name in DEFECTS if row[name]),
        names.get(row["created_by"], row["created_by"]),
        row["created_at"],
    )


def _worst(line: QualityLine) -> tuple[int, str]:
    doubtful = line.new_year + line.odd_birth + line.same_phone + line.alike
    return -(line.lacking + doubtful), line.name


def _place(key: str) -> str:
    """A commune and the district it lies in, short enough for a narrow column."""
    if not units.has(key):
        return key
    first, *above = units.path(key)
    return " · ".join((first.label, *(one.name for one in above[:-1])))
