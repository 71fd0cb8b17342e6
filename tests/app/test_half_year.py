"""The half-yearly report: each figure by its rule, sums equal to their parts, from real records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import application, half_year, half_year_paper, person
from app.errors import Refused
from app.reports import half_year as figures
from app.reports.half_year import (
    BY_NAME,
    FIGURES,
    CertificateFacts,
    Facts,
    FileFacts,
    HearingFacts,
    ReferralFacts,
)
from app.values.application import ApplicationDraft
from data import report_periods
from tests import desk, sitting
from tests.desk import Desk, typed
from tests.line import Line
from tests.papers import reading

BEGINS, ENDS = "2025-12-15", "2026-06-14"
DAYS = ("2025-12-14", BEGINS, "2026-03-02", ENDS, "2026-06-15")


def file(number: int, **told: str) -> FileFacts:
    usual = {"kind": "new", "received_on": "2026-02-02", "ended_on": "", "step": "complete",
             "due_on": "2026-03-02", "commune": "A"}  # fmt: skip
    return FileFacts(id=f"f{number}", person=f"p{number}", **(usual | told))


def certificate(number: int, **told: object) -> CertificateFacts:
    made = CertificateFacts(f"c{number}", f"p{number}", "A", "2026-02-02", "", "", "council", "new",
                            "", ("mobility",), "severe")  # fmt: skip
    return replace(made, **told)  # type: ignore[arg-type]


def counts(**told: object) -> dict[str, int]:
    return half_year.counted(Facts(BEGINS, ENDS, **told))  # type: ignore[arg-type]


def test_a_half_year_runs_from_the_fifteenth_to_the_fourteenth() -> None:
    first, second = (report_periods.half_year(f"2026-{half}") for half in (1, 2))
    assert (first.begins, first.ends) == (BEGINS, ENDS)
    assert (second.begins, second.ends) == ("2026-06-15", "2026-12-14")
    assert (first.due_commune, first.due_district, first.due_province) == (
        "2026-06-15", "2026-06-30", "2026-07-15",
    )  # fmt: skip
    assert second.due_province == "2027-01-15"
    assert [report_periods.at(day) for day in DAYS] == [
        "2025-2", "2026-1", "2026-1", "2026-1", "2026-2",
    ]  # fmt: skip
    for wrong in ("2026", "2026-3", "tháng 6"):
        with pytest.raises(LookupError):
            report_periods.half_year(wrong)


def test_each_figure_keeps_to_its_rule() -> None:
    """The days at both ends belong to the period; each other row would give a wrong answer."""
    told = counts(
        files=(
            file(1, received_on=BEGINS),
            file(2, received_on=ENDS, kind="exchange"),
            file(3, received_on="2025-12-14"),
            file(4, received_on="2025-11-01", ended_on=BEGINS, step="issued", due_on=BEGINS),
            file(5, ended_on="2026-03-03", step="not_disabled"),
            file(6, ended_on="2026-03-03", step="withdrawn"),
            file(7, received_on="2025-10-01", ended_on="2025-12-14", step="issued"),
            file(8, ended_on="2026-06-15", step="issued"),
        ),
        hearings=(
            HearingFacts("h1", "p1", "A", ENDS, "determined"),
            HearingFacts("h2", "p2", "A", "2026-06-15", "determined"),
            HearingFacts("h3", "p3", "A", BEGINS, "inconclusive"),
        ),
        referrals=(ReferralFacts("r1", "p1", "A", "2025-12-01", "2026-01-09"),),
        certificates=(
            certificate(1),
            certificate(2, reason="reached_6", kind="reissue"),
            certificate(3, basis="lost", kind="reissue", reason="lost"),
            certificate(4, kind="redetermination", degree="mild"),
            certificate(5, of_paper=True, issued_on="2026-01-01", degree="profound"),
            certificate(6, issued_on="2024-01-01", ended_on=ENDS, revoked_on=ENDS),
            certificate(7, issued_on="2024-01-01", dead_on="2026-01-01"),
            replace(certificate(8, issued_on="2024-01-01"), person="p1"),
        ),
    )
    assert {name: value for name, value in told.items() if value} == {
        "files_before": 2, "files_received": 5, "received_new": 4, "received_exchange": 1,
        "files_solved": 2, "solved_on_time": 1, "solved_late": 1, "files_ended": 1,
        "files_after": 4, "concluded_determined": 1, "concluded_inconclusive": 1,
        "board_answered": 1, "issued": 4, "issued_new": 1, "issued_changed": 1,
        "issued_reached_6": 1, "issued_lost": 1, "revoked": 1, "holders": 5,
        "holders_profound": 1, "holders_severe": 3, "holders_mild": 1,
    }  # fmt: skip


def test_somebody_with_several_types_is_counted_once_in_a_row_of_its_own() -> None:
    many = certificate(1, types=("mobility", "vision"))
    facts = Facts(BEGINS, ENDS, certificates=(many, certificate(2, types=("vision",))))
    assert figures.cell("severe", figures.MANY, True).keys(facts) == ("p1",)
    assert figures.cell("severe", "vision", True).keys(facts) == ("p2",)
    assert figures.cell("severe", "mobility", True).count(facts) == 0


def test_sums_equal_their_parts_whatever_is_recorded() -> None:
    """Opening plus received less solved and ended is closing; parts add up; cells make the sum."""
    for seed in range(40):
        dice = random.Random(seed)
        facts = Facts(
            BEGINS,
            ENDS,
            files=tuple(
                file(n, received_on=dice.choice(DAYS[:4]), kind=dice.choice(
                    ("new", "redetermination", "reissue", "exchange")),
                    ended_on=dice.choice(("", *DAYS[1:])), step=dice.choice(
                    ("issued", "not_disabled", "withdrawn", "died")), commune=dice.choice("ABC"))
                for n in range(30)
            ),
            certificates=tuple(
                replace(certificate(n, issued_on=dice.choice(DAYS[:4]),
                            degree=dice.choice(figures.DEGREES),
                            types=tuple(dice.sample(figures.TYPES[:6], dice.randint(1, 3))),
                            reason=dice.choice(("", "changed", "reached_6")),
                            basis=dice.choice(("council", "lost", "exchange")),
                            ended_on=dice.choice(("", "", ENDS)), commune="ABC"[n % 20 % 3]),
                        person=f"p{n % 20}")
                for n in range(30)
            ),
        )  # fmt: skip
        told = half_year.counted(facts)
        for one in FIGURES:
            assert not one.parts or told[one.name] == sum(told[part] for part in one.parts)
            assert len(one.keys(facts)) == told[one.name]
        assert told["files_after"] == (
            told["files_before"]
            + told["files_received"]
            - told["files_solved"]
            - told["files_ended"]
        )
        for stock, whole in ((True, "holders"), (False, "issued")):
            cells = [figures.cell(degree, kind, stock).count(facts)
                     for degree in figures.DEGREES for kind in figures.TYPES]  # fmt: skip
            assert sum(cells) == told[whole]
        lines = [half_year.counted(facts.of(where)) for where in "ABC"]
        assert told == {name: sum(line[name] for line in lines) for name in told}
    assert {one.unit for one in FIGURES} == {figures.PERSONS, figures.TIMES}
    assert all(one.rule and one.label for one in FIGURES) and len(BY_NAME) == len(FIGURES)


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def test_the_report_counts_the_records_and_prints_both_forms(
    office: Desk, line: Line, tmp_path: Path
) -> None:
    then = sitting.on(office, "2026-03-10")
    _who, _file = sitting.complete_file(then.minh, "Nguyễn Thị Mận", "2026-03-02")
    _who, gone = sitting.complete_file(then.minh, "Trần Thị Ẩn", "2026-03-02", commune="63:21892")
    application.withdraw(then.minh, gone, "Chuyển đi", "2026-03-09")
    who = person.save(then.minh, typed(name="Võ Thị Cũ")).id
    early = {"application_kind": "new", "received_on": "2025-11-03", "origin": "paper",
             "paper_step": "complete"}  # fmt: skip
    application.save(then.minh, ApplicationDraft(who, early))
    found = half_year.run(office.minh, "2026-1")
    told = {name: value for name, value in found.values.items() if value}
    assert told == {"files_before": 1, "files_received": 2, "received_new": 2, "files_ended": 1,
                    "files_after": 2}  # fmt: skip
    assert [(one.unit, one.values["files_received"]) for one in found.lines] == [
        (desk.CAT_HANH, 1), (desk.CAT_TUONG, 1),
    ]  # fmt: skip
    (own,) = half_year.run(office.minh, "2026-1", half_year.BY_OFFICE).lines
    assert (own.label, own.values) == (office.minh.office.name, found.values)
    with pytest.raises(Refused, match="ví dụ 2026-1"):
        half_year.run(office.minh, "sáu tháng")
    out = tmp_path / "08.pdf"
    half_year_paper.write(office.hoa, "2026-1", out, "08")
    paper = reading.read(out.read_bytes()).text
    for words in (
        "Từ ngày 15/12/2025 đến ngày 14/06/2026",
        "Tổng số 2 0 0 0 1 2",
        "Cát Tường",
        "các cột chưa đối chiếu",
    ):
        assert words in paper  # fmt: skip
    office.close()
    asked = ("report", "half-year", "--period", "2026-1", "--user", "hoa")
    answer = line(*asked, "--out", str(tmp_path / "07.pdf"))
    values = {one["name"]: one["value"] for one in answer["figures"]}
    assert values == found.values and answer["begins"] == BEGINS
    assert "Hồ sơ tồn cuối kỳ lượt 2" in reading.read((tmp_path / "07.pdf").read_bytes()).text
    assert line.codes(*asked[:3], "2026", "--user", "hoa") == ["half_year_period"]
