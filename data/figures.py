"""Figures and reports: what is counted, by which rule, in which unit; tables with their sources."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

CROSS = "+"
"""Between the names of two figures: who counts in both."""
DATED = frozenset({"training", "file", "hearing", "referral", "certificate"})
"""What is counted by the days written on papers, as the book has them."""
FLOWS = frozenset({"case", "movement", "file", "hearing", "referral", "certificate"})
"""What tells of what happened in a period, so that a report of it needs a beginning."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of `catalogues/figures.csv`.

    `of` names what is looked at (`data.counting.bases`), `unit` is persons, cases or times,
    `where` the condition as `data.counting.conditions` reads it. A restricted figure is
    withheld from whoever was not granted restricted facts.
    """

    name: str
    of: str
    unit: str
    where: str
    vi: str
    en: str
    rule: str
    rule_en: str
    restricted: bool
    source: str

    def label(self, lang: str = "vi") -> str:
        """What stands at the head of its column."""
        return self.en if lang == "en" else self.vi

    def told(self, lang: str = "vi") -> str:
        """The rule in words."""
        return self.rule_en if lang == "en" else self.rule


@dataclass(frozen=True, slots=True)
class Sum:
    """What a report promises of itself: a figure is these others added and taken off."""

    whole: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What always stands below a report: what its numbers do not say by themselves."""

    vi: str
    en: str

    def told(self, lang: str = "vi") -> str:
        """The words in `vi` or `en`."""
        return self.en if lang == "en" else self.vi


@dataclass(frozen=True, slots=True)
class Report:
    """One line of `catalogues/reports.csv`; `rows` is unit or the column that makes the rows,
    `chart` the figure that is drawn."""

    name: str
    vi: str
    en: str
    rows: str
    columns: tuple[Figure, ...]
    sums: tuple[Sum, ...]
    chart: str
    cycle: str
    source: str
    remarks: tuple[Remark, ...] = ()

    def title(self, lang: str = "vi") -> str:
        """The title in `vi` or `en`."""
        return self.en if lang == "en" else self.vi

    @property
    def flows(self) -> bool:
        """Whether it tells of what happened in a period, so that it needs a beginning."""
        return any(one.of in FLOWS for one in self.columns)

    @property
    def dated(self) -> bool:
        """Whether it counts by the days written on papers, as the book has them."""
        return all(one.of in DATED for one in self.columns)


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure by name."""
    return {
        line["figure"]: Figure(
            line["figure"],
            line["of"],
            line["unit"],
            line["where"],
            line["vi"],
            line["en"],
            line["rule"],
            line["rule_en"],
            bool(line["restricted"]),
            line["source"],
        )
        for line in _lines("figures")
    }


@cache
def reports() -> Mapping[str, Report]:
    """Every report by name, in the order of the table."""
    return {
        line["report"]: Report(
            line["report"],
            line["vi"],
            line["en"],
            line["rows"],
            tuple(figure(name) for name in line["columns"].split()),
            tuple(_sum(each) for each in line["sums"].split()),
            line["chart"],
            line["cycle"],
            line["source"],
            _remarks().get(line["report"], ()),
        )
        for line in _lines("reports")
    }


def figure(name: str) -> Figure:
    """A figure, or of two names joined by `+` who counts in both. Raises KeyError."""
    first, _, second = name.partition(CROSS)
    one = figures()[first]
    if not second:
        return one
    other = figures()[second]
    return replace(
        one,
        name=f"{first}_{second}",
        where=f"{one.where} {other.where}",
        vi=f"{one.vi}, {other.vi}",
        en=f"{one.en}, {other.en}",
        rule=f"{one.rule}. {other.rule}",
        rule_en=f"{one.rule_en}. {other.rule_en}",
    )


def _sum(words: str) -> Sum:
    whole, _, parts = words.partition("=")
    found = parts.replace("-", "+-").split("+")
    return Sum(whole, tuple((part.lstrip("-"), -1 if part[0] == "-" else 1) for part in found))


@cache
def _remarks() -> Mapping[str, tuple[Remark, ...]]:
    found: dict[str, tuple[Remark, ...]] = {}
    for line in _lines("report_notes"):
        for report in line["reports"].split():
            found[report] = (*found.get(report, ()), Remark(line["vi"], line["en"]))
    return found


def _lines(name: str) -> Iterator[dict[str, str]]:
    content = resources.files("data").joinpath(f"catalogues/{name}.csv").read_text("utf-8")
    return csv.DictReader(content.splitlines(), delimiter="|")
