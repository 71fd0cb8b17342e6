"""A report as it stands on paper: rows, totals, and the chart of its first number."""

from __future__ import annotations

from app.reports import document
from app.values.papers import Letterhead, ReportPaper
from app.values.report import ReportTable
from app.wording import translate


def paper(
    made: ReportTable, head: Letterhead, printed: tuple[str, str], mark: str, demo: bool
) -> ReportPaper:
    """`printed` says by whom and when."""
    rows = [(row.label, document.cells(made, row.values)) for row in made.rows]
    totals = document.cells(made, made.totals)
    first = made.columns[1] if made.columns[0].key == "target" else made.columns[0]
    bars = [(row.label, int(row.values[first.key] or 0)) for row in made.rows]
    return ReportPaper(
        head,
        made.title,
        made.period_words,
        made.unit_of_count,
        made.rows_head,
        tuple(one.label for one in made.columns),
        (*rows, (translate("Tổng cộng"), totals)),
        translate("Biểu đồ: {column}", column=first.label),
        tuple(bars) if len(bars) > 1 else (),
        made.notes,
        *printed,
        mark,
        demo,
    )
