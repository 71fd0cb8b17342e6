"""A report as it stands on paper: rows, totals, and the chart of the number it is about."""

from __future__ import annotations

from app.reports import document
from app.values.papers import Letterhead, ReportPaper
from app.values.report import EditionCard, ReportTable
from app.wording import translate
from data import figures

BARS_MAX = 30
"""Bars that one page holds."""


def paper(
    made: ReportTable,
    head: Letterhead,
    printed: tuple[str, str],
    edition: EditionCard | None,
    demo: bool,
) -> ReportPaper:
    """`printed` says by whom and when; `edition` which frozen one it is."""
    rows = [(row.label, document.cells(made, row.values)) for row in made.rows]
    totals = document.cells(made, made.totals)
    title, bars = _chart(made)
    return ReportPaper(
        head,
        made.title,
        made.period_words,
        made.unit_of_count,
        made.rows_head,
        tuple(one.label for one in made.columns),
        (*rows, (translate("Tổng cộng"), totals)),
        title,
        bars if len(bars) > 1 else (),
        made.notes,
        *printed,
        document.edition_words(edition) if edition else (),
        demo,
    )


def _chart(made: ReportTable) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The heading of the chart and its bars: all rows, or the largest of them where they are more
    than a page holds; the heading says so."""
    drawn = figures.reports()[made.ask.name].chart
    column = next(one for one in made.columns if one.key == drawn)
    numbers = [int(row.values[drawn] or 0) for row in made.rows]
    bars = [(row.label, number) for row, number in zip(made.rows, numbers, strict=True)]
    if len(bars) <= BARS_MAX:
        return translate("Biểu đồ: {column}", column=column.label), tuple(bars)
    largest = sorted(range(len(bars)), key=lambda at: (-numbers[at], at))[:BARS_MAX]
    title = translate(
        "Biểu đồ: {column}, {shown} dòng lớn nhất trong {count} dòng",
        column=column.label, shown=BARS_MAX, count=len(bars),
    )  # fmt: skip
    return title, tuple(bars[at] for at in sorted(largest))
