"""Periods with their four days, and what units are to reach in them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.actions import approval, period, person, progress, report, report_out, target
from app.errors import Refused
from app.reports import document, placing, target_rows
from app.rules import period as rules
from app.values.period import PeriodDraft, TargetDraft
from app.values.report import ReportAsk
from data import units
from tests import desk
from tests.desk import CAT_HANH, DISTRICT, Desk, typed

PROJECT = {
    "code": "DA-2020",
    "name": "Dự án đến tháng 9/2020",
    "starts_on": "1/3/2018",
    "ends_on": "30/9/2020",
    "due_on": "5/10/2020",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = desk.at(Path(tmp_path_factory.mktemp("targets")) / "office")
    yield opened
    opened.close()


def refused(work: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as told:
        work()
    return [problem.code for problem in told.value.problems]


def test_the_usual_periods_of_a_year_follow_the_law_of_their_day(office: Desk) -> None:
    made = period.begin_year(office.hoa, 2020)
    assert len(made) == 12 + 4 + 2 + 1 + 1
    assert period.begin_year(office.hoa, 2020) == ()
    days = {
        one.code: [one.day(which) for which in ("starts_on", "ends_on", "cutoff_on", "due_on")]
        for one in period.listing(office.minh)
    }
    assert days["2020-T03"] == ["2020-02-15", "2020-03-14", "2020-03-14", "2020-03-20"]
    assert days["2020-Q1"][:2] == ["2019-12-15", "2020-03-14"]
    assert days["2020-N2"][:2] == ["2020-06-15", "2020-12-14"]
    assert days["2020-9T"][:2] == ["2019-12-15", "2020-09-14"]
    assert days["2020"][:2] == ["2019-12-15", "2020-12-14"]
    before = {str(one.fields["code"]): one.fields for one in period.usual(2019)}
    assert before["2019-Q1"]["starts_on"] == "2019-01-01"  # until NĐ 09/2019 months of the calendar
    assert before["2019-Q1"]["ends_on"] == "2019-03-31"
    assert before["2019-Q2"]["starts_on"] == "2019-03-15"


def test_a_period_has_the_days_the_office_sets_and_whole_ones(office: Desk) -> None:
    period.save(office.hoa, PeriodDraft(PROJECT))
    card = period.of_code(office.minh, "DA-2020")
    assert (card.day("cutoff_on"), card.day("due_on")) == ("2020-09-30", "2020-10-05")
    period.save(office.hoa, PeriodDraft({"code": "DA-2020", "cutoff_on": "25/9/2020"}))
    assert period.of_code(office.minh, "DA-2020").day("cutoff_on") == "2020-09-25"
    short = PROJECT | {"code": "X", "ends_on": "9/2020"}
    assert refused(lambda: period.save(office.hoa, PeriodDraft(short))) == ["day_needed"]
    late = PROJECT | {"code": "X", "due_on": "1/9/2020"}
    assert refused(lambda: period.save(office.hoa, PeriodDraft(late))) == ["days_reversed"]
    assert refused(lambda: period.of_code(office.minh, "X")) == ["period_unknown"]


def test_a_unit_has_one_target_of_a_figure_and_it_is_replaced(office: Desk) -> None:
    period.save(office.hoa, PeriodDraft(PROJECT))
    wanted = {"figure": "approved", "unit": DISTRICT, "period": "DA-2020", "number": "40.000"}
    made = target.save(office.hoa, TargetDraft(wanted))
    assert target.save(office.hoa, TargetDraft(wanted | {"number": 41_000})) == made
    target.save(office.hoa, TargetDraft(wanted | {"unit": CAT_HANH, "number": 300}))
    told = {one.fields["unit"]: one.fields["number"] for one in target.listing(office.minh)}
    assert told == {DISTRICT: 41_000, CAT_HANH: 300}
    moved = TargetDraft({"unit": "63:21892"}, made)
    assert target.save(office.hoa, moved) != made
    told = {one.fields["unit"]: one.fields["number"] for one in target.listing(office.minh)}
    assert told == {"63:21892": 41_000, CAT_HANH: 300}
    elsewhere = TargetDraft(wanted | {"unit": "63:540"})
    assert refused(lambda: target.save(office.hoa, elsewhere)) == ["target_elsewhere"]
    unknown = TargetDraft(wanted | {"period": "2031"})
    assert refused(lambda: target.save(office.hoa, unknown)) == ["period_unknown"]
    used = period.of_code(office.minh, "DA-2020")
    assert refused(lambda: period.remove(office.hoa, used.id, "Nhầm")) == ["period_used"]
    renamed = PeriodDraft({"code": "DA"}, used.id)
    assert refused(lambda: period.save(office.hoa, renamed)) == ["period_used"]


def test_a_unit_is_reached_late_or_silent_and_the_whole_is_the_sum_of_its_units(
    office: Desk,
) -> None:
    past = {"code": "P", "name": "Kỳ đã qua", "starts_on": "1/1/2020", "ends_on": "31/1/2020",
            "due_on": "5/2/2020"}  # fmt: skip
    now = {"code": "N", "name": "Kỳ này", "starts_on": "1/1/2026", "ends_on": "31/12/2099"}
    for told in (past, now):
        period.save(office.hoa, PeriodDraft(told))
        for unit, number in ((CAT_HANH, 1), ("63:21892", 2)):
            draft = {"figure": "approved", "unit": unit, "period": told["code"], "number": number}
            target.save(office.hoa, TargetDraft(draft))
    someone = person.save(office.minh, typed(birth="1956", types=("mobility",))).id
    person.submit(office.minh, [someone])
    approval.approve(office.hoa, [someone])
    today = progress.of_period(office.minh, "N", "approved")
    assert today.as_of == office.minh.today().isoformat()
    by = {one.unit: (one.number, one.done, one.percent, one.standing) for one in today.lines}
    assert by[DISTRICT] == (3, 1, 33.3, "going")
    assert by[CAT_HANH] == (1, 1, 100.0, "reached")
    assert by["63:21892"] == (2, 0, 0.0, "empty")
    assert by["63:21865"] == (None, 0, None, "unset")
    other = person.save(office.minh, typed(birth="1957", commune="63:21865", degree="mild")).id
    person.submit(office.minh, [other])
    approval.approve(office.hoa, [other])
    like = progress.of_period(office.minh, "N", "approved")  # where nobody set one is not compared
    assert (like.lines[0].done, like.lines[0].percent) == (1, 33.3)
    assert like.notes and like.notes[0].split()[0].isdecimal()
    table = report.run(office.minh, ReportAsk("R-02", period="N", level="commune"))
    assert (table.totals["approved"], table.totals["percent"]) == (2, 33.3)
    then = {one.unit: one for one in progress.of_period(office.minh, "P", "approved").lines}
    assert (then[CAT_HANH].done, then[CAT_HANH].standing) == (0, "empty")
    assert progress.of_period(office.minh, "N", "met_items").lines[0].standing == "unset"
    found = progress.newest(office.minh)
    assert found is not None and found.code == "N"
    assert [rules.standing(*each) for each in ((0, 5, 1, True), (0, 5, 1, False))] == [
        "late",
        "going",
    ]


def test_targets_of_another_level_or_of_the_other_borders_are_added_up_or_named(
    office: Desk, tmp_path: Path
) -> None:
    period.save(
        office.hoa, PeriodDraft(PROJECT | {"code": "L", "due_on": "", "ends_on": "31/12/2099"})
    )

    def give(unit: str, number: int) -> None:
        draft = {"figure": "approved", "unit": unit, "period": "L", "number": number}
        target.save(office.hoa, TargetDraft(draft))

    def told(**how: str) -> tuple[dict[str, object], dict[str, object], str]:
        table = report.run(office.minh, ReportAsk("R-02", period="L", **how))
        rows = {row.key: row.values["target"] for row in table.rows}
        return rows, table.totals, " ".join(table.notes)

    give("Xã Xuân An", 1_300)  # since the reform it is Cát Nhơn and Cát Tường
    first = progress.of_period(office.minh, "L", "approved").lines
    assert (first[0].number, len(first)) == (1_300, 1 + 7), "set by the new borders, measured so"
    give(CAT_HANH, 10)
    rows, totals, notes = told(level="district")
    assert (rows[DISTRICT], totals["target"], totals["percent"], totals["missing"]) == (None,) * 4
    assert "Huyện Phù Cát (cộng 1.310 từ 2 đơn vị, 15 xã, phường chưa giao)" in notes
    assert "Chỉ tiêu giao cho xã Xuân An (1.300), xã Cát Hanh (10) không đứng" in notes
    rows, totals, notes = told()
    assert (rows[CAT_HANH], rows["63:21892"], totals["target"]) == (10, None, 10)
    assert "Chỉ tiêu giao cho xã Xuân An (1.300) không đứng trong bảng này." in notes
    give("63:21883", 0)  # a target of nobody is one
    rows, totals, notes = told(borders="34")
    assert rows["34:21871"] == 10 and "Xã Hòa Hội từ 2 đơn vị" in notes
    assert (rows["34:21892"], rows["34:21853"], totals["target"]) == (1_300, None, 1_310)
    found = progress.of_period(office.minh, "L", "approved")
    lines = {one.unit: one.number for one in found.lines}
    assert "không tính chỉ tiêu của xã Xuân An (1.300)." in found.notes[-1]
    assert (lines["34:21892"], lines[CAT_HANH], lines["63:21892"]) == (1_300, 10, None)
    left = [
        one for one in units.present_inside([DISTRICT]) if one.name not in ("Hòa Hội", "Xuân An")
    ]
    for one in left:
        give(one.key, 100)
    for how in ({"level": "district"}, {}, {"borders": "34"}):
        assert told(**how)[1]["target"] == 10 + 1_300 + 500, how
    assert told(level="district")[0] == {DISTRICT: 1_810}
    give(DISTRICT, 2_000)
    rows, totals, notes = told(borders="34")
    assert totals["target"] == 2_000 and "cộng chỉ tiêu các dòng là 1.810" in notes
    shows_what_is_not_set(office, tmp_path)
    outside = TargetDraft({"figure": "approved", "unit": "34:21940", "period": "L", "number": 1})
    assert refused(lambda: target.save(office.hoa, outside)) == ["target_elsewhere"]


def shows_what_is_not_set(office: Desk, folder: Path) -> None:
    """What nobody set is told in words; three dots would say that it is withheld."""
    table = report.run(office.minh, ReportAsk("R-02", period="L"))
    unset = next(row for row in table.rows if row.label == "Xã Cát Sơn")
    done = str(unset.values["approved"])
    assert document.cells(table, unset.values) == ("chưa giao", done, "–", "–")
    assert document.of(table)["rows"][1]["values"]["target"] is None
    assert "Dấu “–”: chưa giao chỉ tiêu hoặc giao 0 người" in table.notes[-1]
    file = report_out.write(office.lan, table, folder / "R-02.csv")
    assert "chưa giao" in file.read_text("utf-8-sig") and "…" not in file.read_text("utf-8-sig")


def test_a_row_is_summed_only_where_its_units_cover_it_and_none_twice() -> None:
    old, new = "63:21871", "34:21871"  # Cát Hanh; with Cát Hiệp it became Hòa Hội
    assert target_rows.place({old: 1, "63:21883": 2}, [new]).numbers == {new: 3}
    part = target_rows.place({old: 1}, [new])
    assert (part.numbers, part.partly, part.aside) == ({}, {new: (old,)}, (old,))
    assert target_rows.without(new, (old,)) == 1
    both = target_rows.place({old: 1, "63:21883": 2, new: 5}, [DISTRICT, "63:540"])
    assert both.partly == {DISTRICT: (new,)}, "what the wide one holds is not told again"
    assert target_rows.whole({DISTRICT: 9, old: 1}, [DISTRICT], [old]) == (9, None)
    assert target_rows.whole({DISTRICT: 9, old: 1}, [DISTRICT, "63:540"], [DISTRICT, "63:540"]) == (
        9,
        (DISTRICT,),
    )
    assert target_rows.whole({}, [DISTRICT], [old]) == (None, None)


def test_an_old_province_has_only_the_present_communes_that_were_made_of_its_own() -> None:
    rows = placing.rows(("63:52",), "34", "commune")
    made_of = {old for key in rows for old in units.former(key)}
    assert {one.key for one in units.communes_of("63:52")} <= made_of
    assert all(any(units.inside(old, ("63:52",)) for old in units.former(key)) for key in rows)
    assert len(rows) < len(units.communes_of("34:52")), "the present province is wider"
    assert placing.rows(("63:52",), "34", "province") == ("34:52",)
