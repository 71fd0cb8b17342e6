"""Reports count what stood on a day, whatever was written afterwards, and say what they count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.actions import report
from app.errors import Refused
from app.values.report import ReportAsk, ReportTable
from data import figures
from tests.app import report_office
from tests.app.report_office import Office, day
from tests.chance import SOAK, dice

DAYS, DEEDS = (40, 25) if SOAK else (10, 18)


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
        moved += told["approved"] != lived.told[-1]["approved"]
    assert moved > DAYS // 2  # else nothing was undone
    for what in ("persons", "cases", "merged", "gone"):
        assert any(told[what] for told in lived.told), what


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
        for column in table.columns[:: 1 if SOAK else 12]:
            for row in table.rows[:2]:
                found = report.cell(lived.at.lan, ask, column.key, row.key)
                assert len(found) == row.values[column.key], (name, column.key, row.label)


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
