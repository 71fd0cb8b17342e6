"""What the rows of a report are called: units, codes of a list, values, classes of a training."""

from __future__ import annotations

from collections.abc import Collection

from app.reports import placing, trainings
from app.reports.over import Over
from app.wording import language, translate
from data import codes
from data.counting.certificates import MANY
from data.counting.count import OUTSIDE, UNIT, UNKNOWN

LISTS = {
    "cause": "cause",
    "device": "device",
    "activity": "accident_activity",
    "kind": "disability_type",
}
"""Code lists of the columns that make rows."""
"""Code lists of the columns that make rows."""


def of(over: Over, by: str, row: str | None) -> str:
    """A row of a report with rows of this kind; without one all of them together."""
    if row is None:
        return translate("Tổng cộng")
    if by == UNIT:
        return elsewhere().get(row) or placing.label(row)
    named = trainings.labels(over, (row,)) if by == "event" else labels(by, (row,))
    return dict(named).get(row, row)


def elsewhere() -> dict[str, str]:
    """The rows below the units."""
    return {OUTSIDE: translate("Ngoài địa bàn"), UNKNOWN: translate("Chưa rõ đơn vị")}


def labels(by: str, found: Collection[str]) -> list[tuple[str, str]]:
    """The rows of a column in the order of its code list, else of its values; unknown ones last."""
    if by in LISTS:
        known = [one.code for one in codes.get(LISTS[by]).items]
        keys = [*known, *sorted(set(found) - {*known, MANY, UNKNOWN})]
        told = [(key, codes.label(LISTS[by], key, language())) for key in keys]
        if by == "kind":
            told.append((MANY, translate("Nhiều dạng tật")))
    else:
        told = [(key, key) for key in sorted(set(found) - {UNKNOWN})]
    return [*told, (UNKNOWN, translate("Chưa ghi"))] if UNKNOWN in found else told


def head(by: str) -> str:
    """The head of the rows' column."""
    return {
        "cause": translate("Nguyên nhân"),
        "worker": translate("Cán bộ phụ trách"),
        "year": translate("Năm xảy ra"),
        "device": translate("Loại vật nổ"),
        "activity": translate("Hoạt động khi bị nạn"),
        "event": translate("Lớp, hội thảo"),
        "kind": translate("Dạng tật"),
    }[by]
