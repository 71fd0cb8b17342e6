"""Reports count what stood on a day, whatever was written afterwards, and say what they count."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from app.actions import care_case, register_then, report, report_edition, report_out
from app.errors import Refused
from app.values.care_case import NoteDraft
from app.values.report import ReportAsk, ReportTable
from data import codes, figures
from data.counting import registers
from data.database import Author
from data.records.report_edition import ReportEdition
from tests.app import report_office
from tests.app.report_office import Office, day
from tests.chance import SOAK, dice
from tests.papers.reading import read

DAYS, DEEDS = (40, 25) if SOAK else (8, 18)


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


def test_every_report_on_every_day_is_what_plain_sql_counted_on_that_day(lived: Office) -> None:
    moved = 0
    for number, told in enumerate(lived.told):
        on = {"as_of": day(number)}
        main = counted(lived, "BC-01", borders="63", **on)
        assert main.totals["approved"] == sum(told["approved"].values()), number
        assert (main.totals["female"], main.totals["type_many"]) == (told["female"], told["many"])
        assert main.totals["degree_mild"] == told["mild"]
        rows = {row.key: row.values["approved"] for row in main.rows}
        old = {key: count for key, count in told["approved"].items() if key.startswith("63:")}
        assert {key: rows[key] for key in old} == old
        assert main.totals["age_0_5"] == sum(
            count for birth, count in told["births"].items() if birth and years(birth, number) < 6
        )
        needs = counted(lived, "R-03", **on)
        assert needs.totals["items"] == sum(told["items"].values())
        assert needs.totals["medical_items"] == told["items"]["medical"]
        assert needs.totals["persons"] == told["persons"]
        by_kind = counted(lived, "R-01", **on).totals
        assert by_kind["both"] + by_kind["victims_only"] == told["victims"]
        entry = counted(lived, "BC-10", **on).totals
        assert entry["draft"] == told["entered"]["draft"]
        assert entry["entered"] == sum(told["entered"].values())
        cases = counted(lived, "BC-05", **on).totals
        assert cases["closing_cases"] == len(told["cases"])
        persons, standing = register(lived, "persons", **on)
        assert persons == told["entered"]
        assert f"{sum(told['approved'].values())} người" in standing
        assert register(lived, "needs", **on)[0] == told["needs"]
        assert register(lived, "cases", **on)[0] == told["every_case"]
        moved += told["approved"] != lived.told[-1]["approved"]
    assert moved > DAYS // 2  # else nothing was undone
    for what in ("persons", "cases", "merged", "gone"):
        assert any(told[what] for told in lived.told), what


def register(office: Office, name: str, as_of: str) -> tuple[Counter[str], str]:
    """How many rows a register has in each state on a day, counted from the rows, and its notes."""
    then = register_then.at(office.at.lan, name, as_of)
    rows = list(register_then.stream(office.at.lan, name, as_of))
    assert then.count == len(rows) == sum(count for _state, count in then.states)
    lists = {"persons": "person_status", "needs": "need_status", "cases": "case_status"}
    code = {one.label(): one.code for one in codes.get(lists[name]).items}
    state = [key for key, _head in then.columns].index(registers.REGISTERS[name].state)
    return Counter(code[one.values[state]] for one in rows), " ".join(then.notes)


def years(birth: str, number: int) -> int:
    whole = birth + "-01-01"[len(birth) - 4 :]
    born, on = date.fromisoformat(whole), date.fromisoformat(day(number))
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def test_a_period_is_its_opening_and_what_came_less_what_went(lived: Office) -> None:
    first, last = 4, DAYS - 3
    how = {"since": day(first), "as_of": day(last)}
    before, after = lived.told[first - 1], lived.told[last]
    flow = counted(lived, "BC-01B", **how)
    told = flow.totals
    assert told["opening_persons"] == len(before["ids"])
    assert told["closing_persons"] == len(after["ids"])
    gone, come = len(before["ids"] - after["ids"]), len(after["ids"] - before["ids"])
    through = told["entered_persons"] - come
    assert through >= 0 and told["ended_persons"] == gone + through
    for row in flow.rows:
        value = row.values
        opening, closing = value["opening_persons"], value["closing_persons"]
        assert opening + value["entered_persons"] - value["ended_persons"] == closing
    cases = counted(lived, "BC-05", **how).totals
    assert cases["opening_cases"] == len(before["cases"])
    assert cases["opening_cases"] + cases["entered_cases"] - cases["ended_cases"] == len(
        after["cases"]
    )


def test_every_cell_opens_as_many_as_it_says_and_sums_are_kept(lived: Office) -> None:
    for name, wanted in figures.reports().items():
        if name == "R-02":
            continue
        ask = ReportAsk(name, as_of=day(DAYS // 2), since=day(3), borders="34")
        table = report.run(lived.at.lan, ask)
        for one in wanted.sums:
            parts = sum(table.totals[part] * sign for part, sign in one.parts)
            assert parts == table.totals[one.whole], (name, one)
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
        ({"where": "hiv=yes"}, "report_where"),
        ({"period": "2026-Q1"}, "report_period"),
    ):
        with pytest.raises(Refused) as refused:
            counted(lived, "R-01", **how)
        assert [one.code for one in refused.value.problems] == [code], how
    with pytest.raises(Refused) as refused:
        counted(lived, "R-99")
    assert "R-01" in refused.value.problems[0].message


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
    asks = [ReportAsk("BC-01", as_of=day(each)) for each in (3, DAYS - 1)]
    first, second = (report_edition.freeze(lived.at.hoa, ask) for ask in asks)
    with pytest.raises(Refused):
        report_edition.freeze(lived.at.minh, asks[0])
    card, table = report_edition.page(lived.at.minh, first.sha256[:12])
    assert card.whole and table.totals == counted(lived, "BC-01", as_of=day(3)).totals
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


def test_few_restricted_facts_are_withheld_from_who_was_not_granted_them(lived: Office) -> None:
    case_id = min(lived.told[-1]["cases"])
    care_case.note(lived.at.lan, case_id, NoteDraft("điều không ai được biết", confidential=True))
    ask = ReportAsk("BC-05")
    granted, other = report.run(lived.at.lan, ask), report.run(lived.at.hoa, ask)
    assert granted.totals["secret_cases"] == 1 and other.totals["secret_cases"] is None
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
