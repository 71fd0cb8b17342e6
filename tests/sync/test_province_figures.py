"""A province's PC hears what its offices come to, keeps it without a line, and hears no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app import workspace
from app.actions import approval, care_case, overview, period, person, target
from app.values.care_case import CaseDraft
from app.values.overview import Province as Offices
from app.values.period import PeriodDraft, TargetDraft
from app.workspace import Workspace
from sync.server import census, console
from tests.desk import typed
from tests.sync.conftest import Running
from tests.sync.parts import DISTRICT, PASSWORD, Pc
from tests.sync.test_reading import Province, province  # noqa: F401 - a fixture
from ui import main


def approved(one: Pc, *names: str) -> None:
    """People of a district whom somebody approved; the first of them has a case."""
    minh, hoa = (workspace.attach(one.db, login) for login in ("minh", "hoa"))
    ids = [
        person.save(minh, typed(name=f"Lê Thị {name}", birth="1890-01-01", degree="severe")).id
        for name in names
    ]
    person.submit(minh, ids)
    approval.approve(hoa, ids)
    care_case.open(minh, ids[0], CaseDraft("Sống một mình"))
    one.sync()


def spoilt(province: Province, before: str, after: str) -> None:  # noqa: F811
    """A table that is read to count alone gets another name on the server."""
    with province.server.opened() as opened, opened.write() as connection:
        connection.exec_driver_sql(f'ALTER TABLE "{before}" RENAME TO "{after}"')


def what_is_not_known_is_told(province: Province, lan: Workspace, known: Offices) -> None:  # noqa: F811
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


def planned(one: Pc, number: int) -> None:
    """The province sets a number for the district of its offices."""
    lan = workspace.attach(one.db, "lan")
    year = lan.today().year
    days = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-12-31"}
    period.save(lan, PeriodDraft({"code": "P", "name": f"Năm {year}"} | days))
    wanted = {"figure": "approved", "unit": DISTRICT, "period": "P", "number": str(number)}
    target.save(lan, TargetDraft(wanted))
    one.sync()


@pytest.fixture
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server of their own: it counts every office it has, and the shared one has hundreds."""
    servers = Running(tmp_path_factory.mktemp("servers"))
    yield servers
    servers.stop()


@pytest.mark.logs("the server fails to count the offices")
def test_numbers_of_the_offices_come_over_the_line_stay_without_it_and_go_with_the_right(
    province: Province,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan = workspace.attach(province.pc.db, "lan")
    approved(province.phu_cat, "An", "Bình")
    approved(province.an_lao, "Chi")
    approved(province.other, "Dung")
    planned(province.pc, 2)
    assert overview.of_province(lan) is None
    province.grant(province.phu_cat)
    province.grant(province.an_lao)
    province.pc.sync()
    seen = overview.of_province(lan)
    assert seen is not None and seen.period == "P"
    own, lines = province.name(province.pc), {one.name: one for one in seen.offices}
    cat, lao = province.name(province.phu_cat), province.name(province.an_lao)
    assert set(lines) == {own, cat, lao}  # nothing of the third district
    assert [lines[one].numbers["approved"] for one in (cat, lao, own)] == [2, 1, 0]
    assert seen.total("approved") == 3 and seen.total("cases") == 2
    assert seen.trend("approved")[-2:] == (0, 3) and seen.trend("closing_cases")[-1] == 2
    assert lines[cat].numbers["new_year"] == lines[cat].numbers["odd_birth"] == 2
    standing = {name: (one.target, one.percent, one.standing) for name, one in lines.items()}
    assert standing[cat] == (2, 100.0, "reached")
    assert standing[lao] == (2, 50.0, "going") and standing[own] == (2, 0.0, "empty")
    assert lines[cat].batch_at[:10] == seen.as_of and lines[cat].batch_at <= seen.counted_at
    assert "Lê Thị" not in json.dumps(lines, default=str)

    approved(province.an_lao, "Em")
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
    assert sorted(one["numbers"]["approved"] for one in ours) == [0, 2, 2]
    assert {"approved", "met_items"} <= set(told["totals"]) and len(told["days"]) == 12
