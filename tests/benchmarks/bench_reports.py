"""Every report over a large office, today and a year ago, under both borders.

Beside each the same questions over the same tables in DuckDB, a store made for counting, and beside
two a bare look at the same rows in the office's own store. Times are by the clock, the quickest of
three calls, for a report is counted on two connections at once: to be run on a quiet machine.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from app.actions import certificate, half_year, overview, quality, report
from app.values.certificate import CertificateFilter
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import figures
from tests import desk
from tests.benchmarks import kept, plain_figures
from tests.benchmarks.measure import Measure, quickest

SIZES = {"small": 1_500, "full": 100_000, "large": 100_000}
REPORT_MS, LIST_MS = 1_000.0, 150.0
TARGETS = "R-02"
"""Asks the same number as R-01, of a period that somebody must have set."""


def run(size: str) -> list[Measure]:
    """Count an office with everything that counts."""
    folder = Path(tempfile.mkdtemp(prefix="bench-reports-"))
    try:
        at = kept.office(SIZES[size])
        found = [*reports(at.lan), *pages(at.lan), *plain_figures.beside(at.lan, folder)]
        at.close()
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def reports(ws: Workspace) -> Iterator[Measure]:
    """Each report in its slower borders."""
    past = f"{date.today() - timedelta(days=365)}"
    for name in figures.reports():
        if name == TARGETS:
            continue
        for words, day in (("today", ""), ("a year ago", past)):
            asks = [ReportAsk(name, as_of=day, borders=borders) for borders in ("63", "34")]
            took = max(quickest(lambda ask=ask: report.run(ws, ask)) for ask in asks)  # type: ignore[misc]
            yield Measure(f"reports: {name}, {words}", took, "ms", REPORT_MS, 1.0, False)


def pages(ws: Workspace) -> Iterator[Measure]:
    """Pages and lists that count, as an officer opens them."""
    cell = ReportAsk("BC-04", as_of=f"{date.today() - timedelta(days=365)}")
    asked = {
        "the half-year's figures (Mẫu 07, 08)": lambda: half_year.run(ws, "2026-1"),
        "data quality by commune": lambda: quality.by_unit(ws),
        "data quality by person": lambda: quality.by_person(ws),
        "persons of a cell, a year ago": lambda: report.cell(ws, cell, "persons", desk.CAT_HANH),
        "the overview with its trend of 12 months": lambda: overview.of_office(ws),
    }
    for name, ask in asked.items():
        yield Measure(f"reports: {name}", quickest(ask), "ms", more_is_better=False)
    first = quickest(lambda: certificate.listing(ws, CertificateFilter(), 100))
    yield Measure("reports: first 100 certificates", first, "ms", LIST_MS, 1.0, False)
