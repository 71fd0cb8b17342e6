"""The half-yearly report: each figure by its rule, sums equal to their parts, from real records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.actions import application, half_year, half_year_paper, person, report
from app.errors import Refused
from app.values.application import ApplicationDraft
from app.values.report import ReportAsk
from data import report_periods
from data.database import Author
from data.records.application import Application
from data.records.certificate import Certificate
from data.records.hearing import Hearing
from data.records.medical_referral import MedicalReferral
from tests import desk, sitting
from tests.desk import Desk, typed
from tests.line import Line
from tests.papers import reading

BEGINS, ENDS = "2025-12-15", "2026-06-14"
DAYS = ("2025-12-14", BEGINS, "2026-03-02", ENDS, "2026-06-15")
SHAPE = ("name", "title", "unit_of_count", "as_of", "columns", "rows", "totals", "notes")
NEEDS = ("medical_items", "education_work_items", "social_items", "family_items",
         "admission_items", "items", "persons")  # fmt: skip
Told = dict[str, object]


def file(**told: object) -> tuple[type, Told]:
    usual = {"application_kind": "new", "received_on": "2026-02-02", "file_step": "complete"}
    return Application, usual | told


def certificate(**told: object) -> tuple[type, Told]:
    usual = {"issued_on": "2026-02-02", "certificate_state": "valid", "basis": "council",
             "types": "mobility", "degree": "severe", "origin": "office"}  # fmt: skip
    return Certificate, usual | told


def written(office: Desk, rows: list[tuple[type, Told]], dead: int) -> None:
    """Rows straight into the book, each of a person of its own unless it says the number of one;
    one of the persons died in the period."""
    whose = {}
    for number in {told.get("of", -1 - n) for n, (_kind, told) in enumerate(rows)}:
        more = {"life_state": "dead", "life_state_on": "2026-01-01"} if number == dead else {}
        whose[number] = person.save(office.minh, typed(name=f"Võ Thị A{number}", **more)).id
    files = {}
    with office.lan.db.write(Author("lan")) as session:
        for n, (kind, told) in enumerate(rows):
            values = {name: value for name, value in told.items() if name not in ("of", "file")}
            who = whose[told.get("of", -1 - n)]
            if "file" in told:
                values["application_id"] = files[told["file"]]
            row = kind(office_id=office.lan.office.id, person_id=who, **values)
            session.add(row)
            session.flush()
            files[n] = row.id


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


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def test_each_figure_keeps_to_its_rule_and_sums_are_kept(office: Desk) -> None:
    """The days at both ends belong to the period; each other row would give a wrong answer."""
    rows = [
        file(received_on=BEGINS),
        file(received_on=ENDS, application_kind="exchange"),
        file(received_on="2025-12-14"),
        file(received_on="2025-11-20", ended_on=BEGINS, file_step="issued"),
        file(ended_on="2026-06-03", file_step="not_disabled"),
        file(ended_on="2026-03-03", file_step="withdrawn"),
        file(received_on="2025-10-01", ended_on="2025-12-14", file_step="issued"),
        file(ended_on="2026-06-15", file_step="issued"),
        (Hearing, {"minutes_on": ENDS, "conclusion": "determined"}),
        (Hearing, {"minutes_on": "2026-06-15", "conclusion": "determined"}),
        (Hearing, {"minutes_on": BEGINS, "conclusion": "inconclusive"}),
        (MedicalReferral, {"sent_on": "2025-12-01", "received_on": "2026-01-09"}),
        file(application_kind="reissue", application_reason="reached_6", received_on="2024-01-01",
             ended_on="2025-01-01", file_step="issued"),
        file(application_kind="redetermination", received_on="2024-01-01", ended_on="2025-01-01",
             file_step="issued"),
        certificate(of=1),
        certificate(file=12),
        certificate(basis="lost", types="mobility vision"),
        certificate(file=13, degree="mild"),
        certificate(origin="paper", issued_on="2026-01-01", degree="profound"),
        certificate(issued_on="2024-01-01", ended_on=ENDS, revoked_on=ENDS,
                    certificate_state="revoked"),
        certificate(issued_on="2024-01-01", of=2),
        certificate(issued_on="2024-01-01", of=1, degree="mild"),
        certificate(certificate_state="draft"),
    ]  # fmt: skip
    written(office, rows, dead=2)
    found = half_year.run(office.minh, "2026-1")
    told = {name: value for name, value in found.values.items() if value}
    assert told == {
        "files_before": 2, "files_received": 5, "received_new": 4, "received_exchange": 1,
        "files_solved": 2, "solved_on_time": 1, "solved_late": 1, "files_ended": 1,
        "files_after": 4, "heard": 2, "concluded_determined": 1, "concluded_inconclusive": 1,
        "board_answered": 1, "issued": 4, "issued_new": 1, "issued_changed": 1,
        "issued_reached_6": 1, "issued_lost": 1, "revoked": 1, "holders": 5,
        "holders_profound": 1, "holders_severe": 3, "holders_mild": 1,
    }  # fmt: skip
    for whole, parts in half_year.parts().items():
        assert found.values[whole] == sum(found.values[one] for one in parts), whole
    kinds = {row.key: row.values for row in found.kinds.rows}
    assert (kinds["many"]["holders_severe"], kinds["mobility"]["holders_severe"]) == (1, 2)
    assert [kinds["mobility"][f"issued_{one}"] for one in ("severe", "mild")] == [2, 1]
    late = report.cell(office.minh, ReportAsk("M07", period="2026-1"), "solved_late")
    assert len(late) == found.values["solved_late"] and late[0].name.startswith("Võ Thị A")
    then = report.run(office.minh, ReportAsk("M08", ENDS, BEGINS))  # typed in after the last day
    assert then.totals["files_received"] == 0
    known = report.run(office.minh, ReportAsk("M08", period="2026-1"))
    assert known.totals["files_received"] == 5 and "theo sổ ghi đến hết ngày" in known.period_words
    monthly = report.run(office.minh, ReportAsk("BC-03", ENDS, BEGINS, recorded=known.ask.recorded))
    assert (monthly.totals["overdue_files"], monthly.totals["issued_again"]) == (3, 3)
    with pytest.raises(Refused, match="R-01"):
        report.run(office.minh, ReportAsk("R-01", recorded=ENDS))


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
    for name in ("R-03", "BC-04"):
        needs = line("report", "run", name, "--user", "hoa")
        assert {*SHAPE} <= set(needs) and {*NEEDS} <= {one["key"] for one in needs["columns"]}
        assert {*NEEDS} <= set(needs["totals"]) == set(needs["rows"][0]["values"])
        assert set(needs["rows"][0]["unit"]) == {"system", "code", "name"}
    assert values == found.values and answer["begins"] == BEGINS
    assert "Hồ sơ tồn cuối kỳ lượt 2" in reading.read((tmp_path / "07.pdf").read_bytes()).text
    assert line.codes(*asked[:3], "2026", "--user", "hoa") == ["half_year_period"]
