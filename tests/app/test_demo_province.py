"""A province made from a file of figures: the reports count what the file says, nothing else."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import report, training
from app.actions.person import end_of_day
from app.demo import province_figures, province_told, province_training
from app.demo.office import PASSWORD
from app.errors import Refused
from app.values.report import ReportAsk
from app.workspace import Workspace
from data.records.need import Need
from data.records.person import Person
from data.records.trace import History

FIGURES = """
province = "63:52"
office_name = "Sở thử (GIẢ LẬP)"
seed = 7
begins_on = 2019-05-06
cutoff_on = 2020-09-30
ends_on = 2020-12-18

[period]
code = "THU"
name = "Kỳ thử"
starts_on = 2018-03-01
ends_on = 2020-09-30

[persons]
approved = 53
target = 50

[persons.beside]
died = 3
left = 2
merged = 4
waiting = 3
returned = 2
draft = 1
undone = 1
removed = 1
after = 3
approved_after = 2

[persons.changes_after]
died = 2
left = 1

[needs]
persons = 20
medical = 19
livelihood = 5
social = 4
family = 3
facility = 2

[needs.beside]
met = 4
no_longer = 2
withdrawn = 2
declared_after = 3
of_others = 5
repeated = 2

[needs.changes_after]
met = 3

[training]
rounds = 2
classes = 3
days = 3
delegates = 33
per = "{per}"
begins_on = 2019-03-11

[workshop]
delegates = 12
held_on = 2018-09-20

[districts]
542 = {{ people = 27837, ethnicity = "hre", share = 0.4 }}
551 = {{ people = 27960 }}
"""
DAY = "2020-09-30"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], Workspace]]:
    folder = Path(tmp_path_factory.mktemp("province"))
    file = folder / "khac.toml"
    file.write_text(FIGURES.format(per="round"), "utf-8")
    told = province_told.made(folder / "home", file, lambda _line: None)
    ws = workspace.open(folder / "home", "hoa", PASSWORD)
    yield told, ws
    ws.db.close()


def test_the_reports_count_what_the_file_of_figures_says(
    made: tuple[dict[str, Any], Workspace],
) -> None:
    told, ws = made
    counted = told["counted"]
    assert counted["R-01"]["approved"] == told["wanted"]["approved"] == 53
    plan = counted["R-02"]
    assert (plan["target"], plan["approved"], plan["percent"]) == (50, 53, 106.0)
    needs = counted["R-03"]
    groups = ("medical", "education_work", "social", "family", "admission")
    assert [needs[f"{one}_items"] for one in groups] == [19, 5, 4, 3, 2]
    assert (needs["items"], needs["persons"]) == (33, 20)
    taught = counted["R-TH"]
    assert (taught["rounds"], taught["classes"], taught["workshops"]) == (2, 6, 1)
    assert (taught["seats"], taught["delegates"]) == (2 * 33 + 12, 33 + 12)
    assert [one.seats.persons for one in training.held(ws).rounds] == [33, 33]


def test_delegates_of_each_class_are_counted_as_seats_and_as_persons(
    made: tuple[dict[str, Any], Workspace],
) -> None:
    """The other reading of the survey's 198: everybody of a round sits in each of its classes."""
    _told, ws = made
    figures = province_figures.read()
    lessons = replace(figures.lessons, delegates=9, per="class", begins_on=date(2024, 3, 11))
    again = replace(figures, lessons=lessons, workshop=2, workshop_on=date(2024, 3, 1))
    province_training.hold(ws, again)
    taught = report.run(ws, ReportAsk("R-TH", since="2024-01-01"))
    assert (taught.totals["classes"], taught.totals["training_days"]) == (6, 6 * 3 + 1)
    assert (taught.totals["seats"], taught.totals["delegates"]) == (6 * 9 + 2, 9 + 2)
    assert any("1.188" in note and "396" in note for note in taught.notes)


def test_counting_everything_or_today_gives_something_else(
    made: tuple[dict[str, Any], Workspace],
) -> None:
    """The history read row by row, the plain way, agrees with the reports; the tables do not."""
    _told, ws = made
    with ws.db.read() as session:
        then = stood(session, end_of_day(DAY))
        everybody = session.scalars(select(Person)).all()
        approved_now = [one for one in everybody if one.status == "approved"]
        needs_now = session.scalars(select(Need)).all()
        notes = {str(one.note) for one in everybody}
    persons = {key: one for (kind, key), one in then.items() if kind == "person"}
    listed = {
        key
        for key, one in persons.items()
        if not one.get("deleted_at") and one["status"] == "approved"
        and one["life_state"] not in ("dead", "left")
    }  # fmt: skip
    assert len(listed) == 53
    open_needs = set()
    for (kind, _key), one in then.items():
        owner = one.get("person_id")
        owner = persons[owner].get("merged_into") or owner if kind == "need" else None
        live = one.get("need_status") in ("new", "connecting", "partly_met")
        if owner in listed and live and not one.get("deleted_at"):
            open_needs.add((owner, one["need_group"], one["item"]))
    groups = Counter(group for _owner, group, _item in open_needs)
    assert sorted(groups.values()) == [2, 3, 4, 5, 19]
    assert len({owner for owner, _group, _item in open_needs}) == 20
    now = report.run(ws, ReportAsk("R-01")).totals["approved"]
    assert now == 53 + 3 + 2 - 2 - 1
    assert len({len(everybody), len(approved_now), now, 53}) == 4
    assert len(needs_now) not in (33, report.run(ws, ReportAsk("R-03")).totals["items"])
    assert all("GIẢ LẬP" in note for note in notes)


def test_the_file_checked_in_is_binh_dinh_and_a_bad_one_is_named(tmp_path: Path) -> None:
    figures = province_figures.read()
    assert (figures.approved, figures.target, figures.need_items) == (43_760, 40_000, 26_865)
    assert list(figures.needs.values()) == [18_579, 2_207, 2_426, 3_610, 43]
    assert len(figures.districts) == 11
    bad = tmp_path / "sai.toml"
    for wrong, why in (("approved = 53", "approved"), ('per = "class"', "needs")):
        bad.write_text(FIGURES.format(per="class").replace(wrong, ""), "utf-8")
        if why == "needs":
            bad.write_text(bad.read_text("utf-8").replace("persons = 20", "persons = 60"), "utf-8")
        with pytest.raises(Refused) as told:
            province_figures.read(bad)
        problem = told.value.problems[0]
        assert problem.code == "figures_unreadable"
        assert "sai.toml" in problem.message and why in problem.message


def stood(session: Any, instant: str) -> Mapping[tuple[str, str], dict[str, Any]]:
    """Every person and need as the history up to an instant leaves them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    lines = select(History).where(History.entity.in_(("person", "need")), History.at <= instant)
    for line in session.scalars(lines.order_by(History.seq)):
        row = found.setdefault((line.entity, line.row_id), {})
        if line.op == "create":
            row.update(json.loads(line.new or "{}"))
        else:
            row[str(line.field)] = line.new
    return found
