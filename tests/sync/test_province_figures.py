"""A province's PC hears what its offices come to, keeps it without a line, and hears no more."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import workspace
from app.actions import approval, care_case, need, overview, period, person, progress, target
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft, NeedStepDraft
from app.values.overview import Measured
from app.values.overview import Province as Offices
from app.values.period import PeriodDraft, Progress, TargetDraft
from app.workspace import Workspace
from data import codes
from sync.server import census, console
from tests.desk import typed
from tests.sync.conftest import Running
from tests.sync.parts import DISTRICT, PASSWORD, Pc, pc
from tests.sync.test_reading import Province
from ui import main

UNITS = {"Phù Cát": DISTRICT, "An Lão": "63:542", "Hoài Ân": "63:544", "Sở": "63:52"}
COMMUNES = {"Phù Cát": "63:21865", "An Lão": "63:21609", "Hoài Ân": "63:21688"}
NEVER = ("63:540", 4)  # a district of the province whose office sends nothing
YEAR, LAST, CASES = ("approved", "Y"), ("approved", "L"), ("entered_cases", "Y")
NEEDS = ("met_items", "Y")


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of their own: it counts every office it has, and the shared one has hundreds."""
    servers = Running(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.fixture
def province(tmp_path: Path, running: Running) -> Iterator[Province]:
    """Three districts and the province around them."""
    central, mark = running.get("sqlite"), uuid.uuid4().hex[:8]
    with ExitStack() as stack:
        pcs = []
        for name, unit in UNITS.items():
            one = stack.enter_context(pc(tmp_path / name))
            here = replace(central, office=f"{name} {mark}")
            one.enrol(here, here.code("", unit))
            pcs.append(one)
        yield Province(central, *pcs)


def approved(one: Pc, commune: str, *names: str, days_ago: int = 0) -> list[str]:
    """People of a district whom somebody approved; the first of them has a case."""
    at = datetime.now().astimezone() - timedelta(days_ago)
    minh, hoa = (
        replace(workspace.attach(one.db, login), clock=lambda: at, dated=True)
        for login in ("minh", "hoa")
    )
    told = {"commune": commune, "birth": "1890-01-01", "degree": "severe"}
    ids = [person.save(minh, typed(name=f"Lê Thị {name}", **told)).id for name in names]
    person.submit(minh, ids)
    approval.approve(hoa, ids)
    care_case.open(minh, ids[0], CaseDraft("Sống một mình"))
    one.sync()
    return ids


def spoilt(province: Province, before: str, after: str) -> None:
    """A table that is read to count alone gets another name on the server."""
    with province.server.opened() as opened, opened.write() as connection:
        connection.exec_driver_sql(f'ALTER TABLE "{before}" RENAME TO "{after}"')


def what_is_not_known_is_told(province: Province, lan: Workspace, known: Offices) -> None:
    """A number that was not sent is no zero, nor a total without it; a server that fails at
    counting is told of, until it counts again."""
    part = replace(known.offices[0], numbers={"approved": 1}, trends={})
    less = replace(known, offices=(part, known.offices[1]))
    assert less.total("approved") is not None and less.total("cases") is less.mend is None
    assert less.trend("approved") == () and part.name in " ".join(overview.doubts(less))
    assert overview.doubts(known) == ()
    table = census.tables()["period"].name
    spoilt(province, table, "away")
    province.pc.sync()
    failing = overview.of_province(lan)
    assert failing is not None and failing.offices == known.offices
    assert "máy chủ bị lỗi khi đếm" in overview.doubts(failing)[0]
    spoilt(province, "away", table)
    province.pc.sync()
    mended = overview.of_province(lan)
    assert mended is not None and overview.doubts(mended) == ()


def planned(one: Pc) -> None:
    """The province sets numbers for itself and for its districts, in the year and in a period
    whose report is overdue."""
    lan = workspace.attach(one.db, "lan")
    today = lan.today()
    days = {name: (today - timedelta(back)).isoformat()
            for name, back in (("starts_on", 400), ("ends_on", 20), ("due_on", 10))}  # fmt: skip
    period.save(lan, PeriodDraft({"code": "L", "name": "Kỳ trước"} | days))
    year_of(lan)
    for (figure, code), unit, number in (
        (YEAR, UNITS["Sở"], 12), (YEAR, UNITS["Phù Cát"], 2), (YEAR, *NEVER),
        (LAST, UNITS["Phù Cát"], 1), (LAST, UNITS["An Lão"], 5), (NEEDS, UNITS["Phù Cát"], 2),
    ):  # fmt: skip
        wants(lan, (figure, code), unit, number)
    one.sync()


def wants(lan: Workspace, key: tuple[str, str], unit: str, number: int) -> None:
    """A number is set for a unit."""
    told = {"figure": key[0], "unit": unit, "period": key[1], "number": number}
    target.save(lan, TargetDraft(told))


def year_of(lan: Workspace) -> None:
    """The period of this year."""
    days = {"starts_on": f"{lan.today().year}-01-01", "ends_on": f"{lan.today().year}-12-31"}
    period.save(lan, PeriodDraft({"code": "Y", "name": "Năm nay"} | days))


def a_district_has_aims_of_its_own(one: Pc) -> None:
    """A district sets itself a number that the province did not ask for, and meets a need."""
    lan, minh = (workspace.attach(one.db, login) for login in ("lan", "minh"))
    year_of(lan)
    for key, number in ((CASES, 3), (YEAR, 99)):
        wants(lan, key, DISTRICT, number)
    who, *_others = approved(one, COMMUNES["Phù Cát"], "An", "Bình", "Xuân")
    today = lan.today().isoformat()
    item = next(one.code for one in codes.get("need_item").items)
    told = {"item": item, "priority": 1, "declared_on": today, "declared_by": "self"}
    key = need.save(minh, NeedDraft(who, told))
    need.step(minh, key, NeedStepDraft("met", today))
    one.sync()


def every_figure_with_a_target_is_measured(
    seen: Offices, names: dict[str, str], district: Workspace
) -> None:
    """Each office by what the province set, else by its own; all together by what the province
    set itself, else like with like. What nobody set is no zero."""
    lines = {short: next(one for one in seen.offices if one.name == name)
             for short, name in names.items()}  # fmt: skip

    def told(one: Measured | None) -> object:
        return one and (one.number, one.done, one.standing)

    def beside(key: tuple[str, str]) -> list[object]:
        return [told(lines[one].beside(key)) for one in ("Phù Cát", "An Lão", "Sở")]

    assert beside(YEAR) == [(2, 3, "reached"), (None, 1, "unset"), (None, 0, "unset")]
    assert beside(LAST) == [(1, 0, "empty"), (5, 1, "late"), (None, 0, "unset")]
    assert beside(NEEDS) == [(2, 1, "going"), (None, 0, "unset"), (None, 0, "unset")]
    assert beside(CASES) == [(3, 1, "going"), None, None]
    whole = {one.key: told(one) for one in seen.measured}
    assert whole == {YEAR: (12, 4, "going"), LAST: (6, 1, "late"),
                     NEEDS: (2, 1, "going"), CASES: (3, 1, "going")}  # fmt: skip
    assert list(whole) == [YEAR, LAST, NEEDS, CASES]
    assert set(seen.behind(LAST)) == {names["Phù Cát"], names["An Lão"]}
    assert seen.behind(YEAR) == ("Thành phố Quy Nhơn",)  # it has a target, and no office is there
    own = {one.figure: told_of(one) for one in progress.current(district)}
    assert own == {"approved": (99, 3, "going"), "entered_cases": (3, 1, "going")}


def told_of(one: Progress) -> object:
    """The whole office as its own overview has it."""
    return one.lines[0].number, one.lines[0].done, one.lines[0].standing


@pytest.mark.logs("the server fails to count the offices")
def test_numbers_of_the_offices_come_over_the_line_stay_without_it_and_go_with_the_right(
    province: Province,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan = workspace.attach(province.pc.db, "lan")
    a_district_has_aims_of_its_own(province.phu_cat)
    approved(province.an_lao, COMMUNES["An Lão"], "Chi", days_ago=40)
    approved(province.other, COMMUNES["Hoài Ân"], "Dung")
    planned(province.pc)
    assert overview.of_province(lan) is None
    province.grant(province.phu_cat)
    province.grant(province.an_lao)
    province.pc.sync()
    seen = overview.of_province(lan)
    assert seen is not None
    own, lines = province.name(province.pc), {one.name: one for one in seen.offices}
    cat, lao = province.name(province.phu_cat), province.name(province.an_lao)
    assert set(lines) == {own, cat, lao}  # nothing of the third district
    assert [lines[one].numbers["approved"] for one in (cat, lao, own)] == [3, 1, 0]
    assert seen.total("approved") == 4 and seen.total("cases") == 2
    assert seen.trend("approved")[-2:] == (1, 4) and seen.trend("closing_cases")[-1] == 2
    assert lines[cat].numbers["new_year"] == lines[cat].numbers["odd_birth"] == 3
    assert lines[cat].batch_at[:10] == seen.as_of and lines[cat].batch_at <= seen.counted_at
    assert "Lê Thị" not in json.dumps(lines, default=str)
    names = {"Phù Cát": cat, "An Lão": lao, "Sở": own}
    district = workspace.attach(province.phu_cat.db, "lan")
    every_figure_with_a_target_is_measured(seen, names, district)

    approved(province.an_lao, COMMUNES["An Lão"], "Em")
    console.ungrant(province.server.folder, province.device(province.pc), cat)
    kept = overview.of_province(lan)
    assert kept == seen  # without a round it is what was heard last
    province.pc.sync()
    later = overview.of_province(lan)
    assert later is not None and later.total("approved") == 2 and len(later.offices) == 2
    assert later.counted_at > seen.counted_at
    what_is_not_known_is_told(province, lan, later)
    console.ungrant(province.server.folder, province.device(province.pc), lao)
    province.pc.sync()
    assert overview.of_province(lan) is None

    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    capsys.readouterr()
    assert main.main(["--home", str(province.server.folder), "overview", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    ours = [one for one in told["offices"] if one["name"] in (cat, lao, own)]
    assert sorted(one["numbers"]["approved"] for one in ours) == [0, 2, 3]
    assert {"approved", "met_items"} <= set(told["totals"]) and len(told["days"]) == 12
