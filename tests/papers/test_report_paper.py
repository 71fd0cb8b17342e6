"""A report on paper: its chart tells the number it is about, its total never stands alone."""

from __future__ import annotations

import re

from app.actions.case_file import in_vietnamese
from app.papers import report
from app.reports import on_paper
from app.values.report import ReportAsk, ReportColumn, ReportRow, ReportTable
from tests.papers import invented, reading
from tests.papers.reading import Read

LONG = "Hội thảo góp ý kế hoạch hỗ trợ hòa nhập người khuyết tật năm 2020"


def needs(rows: int) -> ReportTable:
    """A BC-04 of so many communes; the later ones have more."""
    columns = tuple(
        ReportColumn(key, label, "lượt")
        for key, label in (("items", "Tổng số"), ("medical", "Y tế"))
    )
    lines = tuple(
        ReportRow(f"63:{at}", f"xã Thứ {at}" if at else LONG, {"items": at, "medical": 9_000 + at})
        for at in range(rows)
    )
    totals = {name: sum(row.values[name] or 0 for row in lines) for name in ("items", "medical")}
    return ReportTable(ReportAsk("BC-04"), "Nhu cầu", "lượt", columns, lines, totals)


def on_sheets(rows: int) -> Read:
    printed = ("lan", "27/11/2026 08:00")
    paper = on_paper.paper(needs(rows), invented.LETTERHEAD, printed, None, False)
    return reading.read(report.typeset(paper, in_vietnamese))


def test_the_chart_tells_the_number_the_report_is_about_and_what_it_leaves_out() -> None:
    whole, cut = on_sheets(30), on_sheets(31)
    assert re.search(r"Biểu đồ: Tổng số (?!,)", whole.text)
    assert "Biểu đồ: Tổng số, 30 dòng lớn nhất trong 31 dòng" in cut.text
    chart = cut.text.partition("Biểu đồ")[2]
    assert "9.0" not in chart  # no bar of the other column
    assert [f"xã Thứ {at} " in chart for at in (1, 2, 29, 30)] == [True] * 4
    assert "Hội thảo" not in chart  # the smallest is the one left out


def test_a_label_that_is_too_long_says_that_it_goes_on() -> None:
    chart = on_sheets(30).text.partition("Biểu đồ")[2]
    told = re.search(r"Hội thảo[^0-9]*…", chart)
    assert told and len(told.group()) < len(LONG)


def test_the_total_never_stands_alone_on_a_page() -> None:
    alone = []
    for rows in range(26, 32):
        table = [page.partition("Biểu đồ")[0] for page in on_sheets(rows).pages]
        page = next(one for one in table if "Tổng cộng" in one)
        if not re.search(r"xã Thứ \d+", page):
            alone.append(rows)
    assert alone == []
