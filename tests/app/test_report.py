"""Reports count what stood on a day, whatever was written afterwards, and say what they count."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DatabaseError

from app.actions import care_case, period, register_then, report, report_edition, report_out, target
from app.errors import Refused
from app.reports import table, trend
from app.values.care_case import NoteDraft
from app.values.period import PeriodDraft, TargetDraft
from app.values.report import ReportAsk, ReportTable
from data import codes, figures
from data.counting import count, registers
from data.database import Author
from data.records.report_edition import ReportEdition
from tests.app import report_office, report_truth
from tests.app.report_office import Office, day
from tests.app.report_truth import KINDS, Stood
from tests.chance import SOAK, dice
from tests.papers.reading import read

DAYS, DEEDS = (14, 40) if SOAK else (8, 34)
BESIDE = frozenset({"unsent", "duplicates"})
"""What is known as of now only."""
LOOKED = (2, DAYS - 1)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    from tests import cost

    cost.make_quick()
    home = tmp_path_factory.mktemp("report") / "office"
    made = report_office.made(home, dice(7), DAYS, DEEDS)
    yield made
    made.at.close()


def counted(office: Office, name: str, **how: object) -> ReportTable:
    return report.run(office.at.hoa, ReportAsk(name, **how))  # type: ignore[arg-type]


@pytest.mark.soak
def test_every_report_on_every_day_is_what_plain_sql_counted_on_that_day(lived: Office) -> None:
    """Every number of every row, of days and of periods, by another way."""
    told: dict[tuple[str, str], int] = {}
    for number in range(DAYS) if SOAK else LOOKED:
        for key, most in agreed(lived, number).items():
            told[key] = max(told.get(key, 0), most)
        registers_agree(lived, number)
    empty = {key for key, most in told.items() if not most}
    assert len(empty) < len(told) // 4, empty  # else little was compared


def agreed(lived: Office, number: int) -> dict[tuple[str, str], int]:
    """The totals of every report as of a day, each number of each row counted a second way."""
    told: dict[tuple[str, str], int] = {}
    now, opening = lived.told[number], day(max(number - 4, 0))
    before = lived.told[number - 5] if number > 4 else Stood({kind: [] for kind in KINDS})
    for name, wanted in figures.reports().items():
        if name == "R-02":
            continue
        first = "2026-01-15" if wanted.dated else opening
        ask = ReportAsk(name, as_of=day(number), since=first, borders="63")
        table = report.run(lived.at.lan, ask)
        truth = report_truth.of(name, now, before, (first, day(number)))
        keys = [one.key for one in table.columns if one.key not in BESIDE]
        for key in keys:
            assert table.totals[key] == truth[None, key], (name, key, number)
            told[name, key] = truth[None, key]
        for row in table.rows:
            if row.unit or wanted.rows != "unit":
                values = {key: row.values[key] for key in keys}
                assert values == {key: truth[row.key, key] for key in keys}, (name, row.label)
    return told


def test_targets_stand_beside_what_plain_sql_counted_and_a_level_without_rows_is_refused(
    lived: Office,
) -> None:
    dice_of, hoa = dice(11), lived.at.hoa
    days = {"starts_on": day(0), "ends_on": day(DAYS - 1)}
    period.save(hoa, PeriodDraft({"code": "K", "name": "Kỳ thử"} | days))
    wanted = {unit: dice_of.randint(1, 9) for unit in ("63:21871", "63:21892", "63:21853")}
    for unit, number in wanted.items():
        draft = {"figure": "approved", "unit": unit, "period": "K", "number": number}
        target.save(hoa, TargetDraft(draft))
    for number in LOOKED:
        truth = report_truth.of("R-01", lived.told[number], Stood({kind: [] for kind in KINDS}),
                                (day(0), day(number)))  # fmt: skip
        table = counted(lived, "R-02", period="K", as_of=day(number), borders="63")
        for row in table.rows:
            if row.unit:
                told = (wanted.get(row.key), truth[row.key, "approved"])
                assert row.values == against(*told), row.label
        total, among = sum(wanted.values()), sum(truth[one, "approved"] for one in wanted)
        assert table.totals == against(total, among) | {"approved": truth[None, "approved"]}
    for how, code in (
        ({"level": "province"}, "report_level_above"),
        ({"level": "district", "borders": "34"}, "report_level_borders"),
        ({"level": "district", "units": ("63:21871",)}, "report_level_above"),
    ):
        with pytest.raises(Refused) as refused:
            counted(lived, "BC-01", **how)
        assert [one.code for one in refused.value.problems] == [code]
    whole = counted(lived, "BC-01", level="district")
    assert [row.key for row in whole.rows if row.unit] == ["63:548"]


def against(target_set: int | None, done: int) -> dict[str, object]:
    """A row of R-02 reckoned from its two numbers; without a target there is nothing to reckon."""
    if target_set is None:
        return {"target": None, "approved": done, "percent": None, "missing": None}
    percent = round(done * 100 / target_set, 1)
    missing = target_set - done if target_set > done else 0
    return {"target": target_set, "approved": done, "percent": percent, "missing": missing}


def registers_agree(lived: Office, number: int) -> None:
    """Each register has as many rows in each state as plain SQL told on that day."""
    stood, on = lived.told[number], {"as_of": day(number)}
    listed = stood.listed()
    leads = {one["id"]: one["merged_into"] for one in stood.rows["person"]}

    def last(one: str) -> str:
        while leads.get(one):
            one = str(leads[one])
        return one

    def states(kind: str, state: str) -> Counter[str]:
        return Counter(one[state] for one in stood.all(kind) if last(one["person_id"]) in listed)

    persons, standing = register(lived, "persons", **on)
    assert persons == Counter(one["status"] for one in listed.values())
    assert f"{len(stood.approved())} người" in standing
    assert register(lived, "needs", **on)[0] == states("need", "need_status")
    assert register(lived, "cases", **on)[0] == states("care_case", "case_status")


def register(office: Office, name: str, as_of: str) -> tuple[Counter[str], str]:
    """How many rows a register has in each state on a day, counted from the rows, and its notes."""
    then = register_then.at(office.at.lan, name, as_of)
    rows = list(register_then.stream(office.at.lan, name, as_of))
    assert then.count == len(rows) == sum(count for _state, count in then.states)
    lists = {"persons": "person_status", "needs": "need_status", "cases": "case_status"}
    code = {one.label(): one.code for one in codes.get(lists[name]).items}
    state = [key for key, _head in then.columns].index(registers.REGISTERS[name].state)
    return Counter(code[one.values[state]] for one in rows), " ".join(then.notes)


def test_a_period_is_its_opening_and_what_came_less_what_went(lived: Office) -> None:
    how = {"since": day(4), "as_of": day(DAYS - 3)}
    for name, words in (("BC-01B", "persons"), ("BC-05", "cases"), ("M07", "files")):
        table = counted(lived, name, **how)
        for values in (table.totals, *(row.values for row in table.rows)):
            if words == "files":
                change = values["files_received"] - values["files_solved"] - values["files_ended"]
                assert values["files_after"] == values["files_before"] + change
            else:
                change = values[f"entered_{words}"] - values[f"ended_{words}"]
                assert values[f"closing_{words}"] == values[f"opening_{words}"] + change
        assert any(table.totals.values())


def test_every_cell_opens_as_many_as_it_says_and_sums_are_kept(lived: Office) -> None:
    for name, wanted in figures.reports().items():
        if name == "R-02":
            continue
        ask = ReportAsk(name, as_of=day(DAYS // 2), since=day(3), borders="34")
        table = report.run(lived.at.lan, ask)
        for one in wanted.sums:
            parts = sum(table.totals[part] * sign for part, sign in one.parts)
            why = f"cộng các phần được {parts}:"  # one victim told twice, once dead, once hurt
            said = any(why in note for note in table.notes)
            assert said or parts == table.totals[one.whole], (name, one)
        columns = [one for one in table.columns if table.totals[one.key]]
        for column in columns if SOAK else columns[:1]:
            told = sum(row.values[column.key] for row in table.rows)
            full = [row for row in table.rows if row.values[column.key]]
            for row in full if SOAK else full[:1]:
                found = report.cell(lived.at.lan, ask, column.key, row.key)
                assert len(found) == row.values[column.key], (name, column.key, row.label)
            if told == table.totals[column.key]:
                whole = report.cell(lived.at.lan, ask, column.key)
                assert len(whole) == told, (name, column.key)


def test_a_trend_has_on_each_day_what_the_reports_of_that_day_have(lived: Office) -> None:
    """People come and go between the days, and one of them is today."""
    days = tuple(day(number) for number in range(1, DAYS, 2)) + ("",)
    names = (*trend.SHOWN, "female", "age_16_59", "files_after")
    with report.counting(lived.at.lan) as over:
        found = trend.on_days(over, names, days)
        for name in names:
            figure = figures.figures()[name]
            for number, on in enumerate(days):
                ask = table.settled(over, ReportAsk("R-01", as_of=on))
                at = table.moment(over, ask)
                source = over.source(at.closing)
                asked = count.Question(count.UNIT, ask.borders, at)
                _rows, whole = count.table(source, asked, (figure,))
                assert found[name][number] == whole[name], (name, on)
        assert len(set(found["approved"])) > 1 and any(found["closing_cases"])


def test_both_borders_count_the_same_people(lived: Office) -> None:
    for on in ("", day(5)):
        old, new = (counted(lived, "BC-01", as_of=on, borders=each) for each in ("63", "34"))
        assert old.totals == new.totals
        assert {row.key[:2] for row in new.rows if row.unit} == {"34"}
    one = counted(lived, "BC-01", units=("34:21853",))
    assert (
        one.totals["approved"]
        == sum(row.values["approved"] for row in new.rows if row.key == "34:21853")
        or on
    )


def test_what_cannot_be_counted_is_refused_and_never_a_zero(lived: Office) -> None:
    for how, code in (
        ({"as_of": "2999-01-01"}, "report_day_ahead"),
        ({"as_of": "2026"}, "report_day"),
        ({"since": "2026-03-09", "as_of": "2026-03-02"}, "report_since"),
        ({"units": ("63:00",)}, "report_unit"),
        ({"units": ("63:550",)}, "report_elsewhere"),
        ({"units": ("63:52",)}, "report_elsewhere"),  # the district alone is no province
        ({"where": "hiv=yes"}, "report_where"),
        ({"where": "sex=x"}, "report_where_value"),
        ({"where": "sex="}, "report_where_value"),
        ({"where": "sex"}, "report_where_value"),
        ({"where": "age=6.. poverty!=poor,1"}, "report_where_value"),
        ({"where": "types=xyz"}, "report_where_value"),
        ({"where": "mine_victim=maybe"}, "report_where_value"),
        ({"where": "age=15..0"}, "report_where_age"),
        ({"where": "age=abc"}, "report_where_age"),
        ({"where": "stands=1"}, "report_where_mark"),
        ({"period": "2026-Q1"}, "report_period"),
    ):
        with pytest.raises(Refused) as refused:
            counted(lived, "R-01", **how)
        assert [one.code for one in refused.value.problems] == [code], how
    for where, told in (("sex=x", "female (Nữ)"), ("hiv", " age,")):
        with pytest.raises(Refused, match=re.escape(told)):
            counted(lived, "R-01", where=where)
    everybody = counted(lived, "R-01").totals
    assert counted(lived, "R-01", where="mine_victim=yes,no").totals == everybody
    with pytest.raises(Refused) as refused:
        counted(lived, "R-99")
    assert "R-01" in refused.value.problems[0].message


def test_a_count_that_failed_is_no_zero_and_leaves_no_file(lived: Office, tmp_path: Path) -> None:
    """A table of the store is lost: whoever asks hears of it, and no file looks like an answer."""
    asks = [ReportAsk(name) for name in ("R-03", "BC-04")]
    with lived.at.lan.db.write(Author("lan")) as session:
        session.execute(text('ALTER TABLE "need" RENAME TO "lost"'))
    try:
        for ask in asks:
            with pytest.raises(DatabaseError):
                report.run(lived.at.hoa, ask)
        with pytest.raises(DatabaseError):
            report_out.write_set(lived.at.hoa, ReportAsk(""), tmp_path, ("json",), lambda *_: None)
        assert not {"R-03", "BC-04"} & {one.name[:5].strip() for one in tmp_path.iterdir()}
        assert counted(lived, "R-01").totals["approved"]  # what can be counted still is
        assert list(report_out.left_out(ReportAsk(""))) == ["R-02"]  # told, with the reason
    finally:
        with lived.at.lan.db.write(Author("lan")) as session:
            session.execute(text('ALTER TABLE "lost" RENAME TO "need"'))


def test_conditions_ask_the_same_of_every_report_about_persons(lived: Office) -> None:
    """Who is not a woman and who is make everybody; a condition nobody knows is named."""
    one_of = {one.columns[0].of: name for name, one in figures.reports().items() if name != "R-02"}
    for kind, name in one_of.items():
        if kind in ("victim", "training"):
            continue
        ask = ReportAsk(name, as_of=day(DAYS - 1), since=day(2))
        whole = counted_of(lived, ask)
        column = next(key for key, number in whole.items() if number)
        told = [counted_of(lived, replace(ask, where=words))[column]
                for words in ("sex=female", "sex!=female")]  # fmt: skip
        assert sum(told) == whole[column], (name, told)
        where = "poverty=poor age=16.. ethnicity!=hre types!=- degree!=- mine_victim=no"
        assert counted_of(lived, replace(ask, where=where))[column] <= whole[column]


def counted_of(office: Office, ask: ReportAsk) -> dict[str, object]:
    return report.run(office.at.lan, ask).totals


def test_files_have_the_numbers_that_are_shown_and_say_what_they_count(
    lived: Office, tmp_path: Path
) -> None:
    table = counted(lived, "R-01", as_of=day(DAYS - 1))
    for suffix in (".pdf", ".xlsx", ".csv", ".json"):
        report_out.write(lived.at.hoa, table, tmp_path / f"r{suffix}")
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert list(told) == [
        "name", "title", "unit_of_count", "as_of", "columns", "rows", "totals", "notes",
    ]  # fmt: skip
    assert told["totals"] == table.totals and told["as_of"] == day(DAYS - 1)
    assert told["rows"][0]["unit"] == {"system": "63", "code": "21853", "name": "Ngô Mây"}
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    cells = [one for row in book.worksheets[0].iter_rows() for one in row]
    assert not any(one.data_type == "f" for one in cells)
    assert table.totals["approved"] in [one.value for one in cells if one.data_type == "n"]
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    assert rows[-1][:2] == ["Tổng cộng", str(table.totals["approved"])]
    paper = read((tmp_path / "r.pdf").read_bytes())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper.text and "Biểu đồ" in paper.text
    assert table.period_words in paper.text and "Đơn vị tính: người" in paper.text
    with pytest.raises(Refused):
        report_out.write(lived.at.minh, table, tmp_path / "no.csv")
    assert not (tmp_path / "no.csv").exists()


def test_an_edition_stays_and_a_later_one_says_which_records_changed(lived: Office) -> None:
    asks = [ReportAsk("BC-01", as_of=day(each)) for each in (DAYS - 3, DAYS - 1)]
    first, second = (report_edition.freeze(lived.at.hoa, ask) for ask in asks)
    with pytest.raises(Refused):
        report_edition.freeze(lived.at.minh, asks[0])
    card, table = report_edition.page(lived.at.minh, first.sha256[:12])
    assert card.whole and table.totals == counted(lived, "BC-01", as_of=day(DAYS - 3)).totals
    found = report_edition.diff(lived.at.hoa, second.id, first.id)
    cells = [one for one in found.cells if one.column == "approved"]
    assert cells and {one.column for one in found.totals} >= {"approved"}
    for one in cells:
        came = sum(1 if each.came else -1 for each in one.moved)
        assert one.after - one.before == came or one.untold, one
        assert all(each.reasons for each in one.moved)
    with lived.at.lan.db.write(Author("lan")) as session:
        row = session.get_one(ReportEdition, first.id)
        row.content = row.content.replace("BC-01", "BC-02")
    with pytest.raises(Refused) as refused:
        report_edition.page(lived.at.hoa, first.id)
    assert refused.value.problems[0].code == "edition_changed"


def test_many_cells_that_differ_are_explained_by_few_questions(lived: Office) -> None:
    """A later edition looks at the persons once for all cells and tells who came and went in each,
    also of those who live nowhere known; past the first cells it tells how many."""
    made: list[str] = []

    def note(*told: object) -> None:
        made.append(str(told[2]))

    asks = [ReportAsk("BC-01", as_of=day(each)) for each in (0, DAYS - 1)]
    one, other = (report_edition.freeze(lived.at.hoa, ask).id for ask in asks)
    event.listen(Engine, "before_cursor_execute", note)
    found = report_edition.diff(lived.at.hoa, one, other)
    event.remove(Engine, "before_cursor_execute", note)
    assert len(found.cells) > 40 and len(made) < 30, (len(found.cells), len(made))
    few = report_edition.diff(lived.at.hoa, one, other, named=2)
    assert sum(bool(each.moved) for each in few.cells) == 2 and len(few.notes) == 2
    for change, counted in zip(found.cells, few.cells, strict=True):
        came = {each.key for each in change.moved if each.came}
        gone = {each.key for each in change.moved if not each.came}
        assert change.after - change.before == len(came) - len(gone) and not change.untold, change
        hidden = (0, 0) if counted.moved else (len(came), len(gone))
        assert (counted.more_came, counted.more_gone) == hidden
    kept = [report_edition.page(lived.at.hoa, each)[1].ask for each in (one, other)]
    for change in (found.cells[0], next(each for each in found.cells if not each.row)):
        stood = [
            {each.key for each in report.cell(lived.at.hoa, ask, change.column, change.row)}
            for ask in kept  # as the window asks: settled, with the units of the office
        ]
        assert {each.key for each in change.moved} == stood[0] ^ stood[1]


def test_few_restricted_facts_are_withheld_from_who_was_not_granted_them(lived: Office) -> None:
    case_id = min(lived.told[-1].cases())
    care_case.note(lived.at.lan, case_id, NoteDraft("điều không ai được biết", confidential=True))
    ask = ReportAsk("BC-05")
    granted, other = report.run(lived.at.lan, ask), report.run(lived.at.hoa, ask)
    assert granted.totals["secret_cases"] == 1 and other.totals["secret_cases"] is None
    assert all(row.values["secret_cases"] is None for row in other.rows)  # nothing to subtract
    assert any("mật" in note for note in other.notes)
    with pytest.raises(Refused) as refused:
        report.cell(lived.at.hoa, ask, "secret_cases")
    assert refused.value.problems[0].code == "report_withheld"
    told = ReportAsk("BC-05", where="secret")  # nor does a condition tell whom a fact is about
    assert report.run(lived.at.lan, told).totals["closing_cases"] == 1
    for look in (lambda: report.run(lived.at.hoa, told),
                 lambda: report.cell(lived.at.hoa, told, "closing_cases")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            look()
        assert refused.value.problems[0].code == "report_where_withheld"
