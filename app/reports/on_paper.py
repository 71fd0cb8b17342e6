"""A report as it stands on paper: rows, totals, and the chart of its first number."""

from __future__ import annotations

from app.reports import document
from app.values.papers import Letterhead, ReportPaper
from app.values.report import EditionCard, ReportTable
from app.wording import translate


def paper(
    made: ReportTable,
    head: Letterhead,
    printed: tuple[str, str],
    edition: EditionCard | None,
    demo: bool,
) -> ReportPaper:
    """`printed` says by whom and when; `edition` which frozen one it is."""
    keys = [one.key for one in made.columns]
    rows = [
        (row.label, tuple(document.shown(row.values[key]) for key in keys)) for row in made.rows
    ]
    totals = tuple(document.shown(made.totals[key]) for key in keys)
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
        document.edition_words(edition) if edition else (),
        demo,
    )
