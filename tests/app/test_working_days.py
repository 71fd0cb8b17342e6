"""Deadlines over holidays: the Labour Code's days, their days in lieu, and swapped days."""

from __future__ import annotations

from datetime import date

import pytest

from app import working_days
from tests.line import Line


def due(start: str, days: int) -> str:
    """The deadline as ISO text."""
    return working_days.due(date.fromisoformat(start), days).due.isoformat()


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-02", 0, "2026-11-02"),
        ("2026-11-02", 1, "2026-11-03"),
        ("2026-11-06", 1, "2026-11-09"),
        ("2026-11-07", 1, "2026-11-09"),
        ("2026-11-23", 1, "2026-11-25"),  # 24 November is a holiday since 2026 (unchecked)
        # Over Tết of three years: 8-14 February 2024, 27-31 January 2025, 16-20 February 2026.
        ("2024-02-07", 1, "2024-02-15"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-02-13", 1, "2026-02-23"),
        # The file of the council takes 20 working days, issuing 5 (TT 01/2019/TT-BLĐTBXH Đ.5, Đ.7).
        ("2024-01-29", 20, "2024-03-04"),
        ("2024-02-05", 5, "2024-02-19"),
        ("2025-01-20", 20, "2025-02-24"),
        ("2026-02-02", 20, "2026-03-09"),
        ("2026-02-12", 5, "2026-02-26"),
        # Days in lieu: the Hùng Kings' day of 2026 falls on a Sunday, 1 May 2027 on a Saturday.
        ("2026-04-24", 1, "2026-04-28"),
        ("2027-04-29", 1, "2027-05-04"),
        # Swapped days: the one is off, the other one is worked on.
        ("2024-04-26", 1, "2024-05-02"),
        ("2024-05-03", 1, "2024-05-04"),
        ("2025-12-31", 1, "2026-01-05"),
        ("2026-01-09", 1, "2026-01-10"),
    ],
)
def test_spans_end_on_working_days(start: str, days: int, end: str) -> None:
    assert due(start, days) == end


def test_every_day_passed_over_has_its_reason(line: Line) -> None:
    answer = line("deadline", "--from", "2025-12-31", "--working-days", "1")
    assert answer == {
        "due": "2026-01-05",
        "skipped": [
            {"date": "2026-01-01", "why": "Tết Dương lịch"},
            {"date": "2026-01-02", "why": "nghỉ hoán đổi với ngày 10/01/2026"},
            {"date": "2026-01-03", "why": "thứ Bảy"},
            {"date": "2026-01-04", "why": "Chủ nhật"},
        ],
    }
    far = ("deadline", "--from", "2026-01-01", "--working-days", "2001")
    assert line.codes(*far) == ["deadline_too_long"]
    line.raw("deadline", "--from", "31/12/2025", "--working-days", "1", code=2)
