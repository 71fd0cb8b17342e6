"""Training and workshops: who sat where, counted as persons and as attendances."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.actions import report, training
from app.errors import Refused
from app.values.report import ReportAsk
from app.values.training import DelegateDraft, TrainingDraft
from app.workspace import Workspace
from tests import desk
from tests.desk import CAT_HANH, DISTRICT, Desk

CLASS = {"name": "Lớp 1", "starts_on": "11/3/2019", "days": 3, "place": "Quy Nhơn"}
LAI = {
    "full_name": "Võ Thị Lài",
    "sex": "nữ",
    "level": "xã",
    "unit": CAT_HANH,
    "organisation": "Cộng tác viên",
}
BA = {"full_name": "Huỳnh Văn Ba", "sex": "nam", "level": "district", "unit": DISTRICT}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    opened = desk.at(tmp_path / "office")
    yield opened
    opened.close()


def test_who_sits_in_two_classes_is_one_person_and_two_attendances(office: Desk) -> None:
    ws = office.minh
    first, second = (
        training.save_round(ws, TrainingDraft({"name": f"Đợt {place}"})) for place in (1, 2)
    )
    one = training.save_class(ws, TrainingDraft(CLASS, round_id=first))
    other = training.save_class(ws, TrainingDraft(CLASS | {"starts_on": "3/6/2019"},
                                                  round_id=second))  # fmt: skip
    training.add_delegates(ws, one, [LAI, BA])
    answers = training.add_delegates(ws, other, [LAI, LAI | {"full_name": "VÕ THỊ LÀI"}, {}])
    assert isinstance(answers[0], str)
    codes = [
        [problem.code for problem in answer.problems]
        for answer in answers[1:]
        if isinstance(answer, Refused)
    ]
    assert codes == [["delegate_twice"], ["required"] * 3]
    held = training.held(ws)
    assert [(card.seats.seats, card.seats.persons) for card in held.rounds] == [(2, 2), (1, 1)]
    trained = held.trained
    assert (trained.seats, trained.persons, trained.days) == (3, 2, 9)
    assert (trained.male, trained.female) == (1, 2)
    assert trained.by_level == {"commune": 2, "district": 1}
    card, lines = training.event(ws, one)
    assert [(line.fields["full_name"], line.events) for line in lines] == [
        ("Võ Thị Lài", 2),
        ("Huỳnh Văn Ba", 1),
    ]
    behind_its_numbers(ws)
    training.save_delegate(ws, DelegateDraft(one, {"organisation": "Chủ tịch hội"}, lines[0].id))
    assert training.held(ws).trained.persons == 3  # told apart by the post
    with pytest.raises(Refused) as told:
        training.remove_event(ws, one, "Ghi nhầm")
    assert told.value.problems[0].code == "training_not_empty"
    for line in lines:
        training.remove_delegate(ws, line.id, "Không đến")
    training.remove_event(ws, one, "Ghi nhầm")
    training.remove_round(ws, first, "Ghi nhầm")
    assert [card.name for card in training.held(ws).rounds] == ["Đợt 2"]


def behind_its_numbers(ws: Workspace) -> None:
    """Each number of the report opens as many lines as it says, named by what it counts."""
    ask = ReportAsk("R-TH", since="2019-01-01")
    totals = report.run(ws, ask).totals
    found = {key: report.cell(ws, ask, key) for key, number in totals.items() if number}
    assert {key: len(lines) for key, lines in found.items()} == {
        key: number for key, number in totals.items() if number
    }
    classes = ["Đợt 1 · Lớp 1 (11/03/2019)", "Đợt 2 · Lớp 1 (03/06/2019)"]
    assert [one.name for one in found["classes"]] == classes
    assert {one.name for one in found["rounds"]} == {"Đợt 1", "Đợt 2"}
    days = [(one.name, one.what) for one in found["training_days"]]
    assert days[3] == (classes[1], "Ngày thứ 1 trong 3 ngày") and len(days) == 6
    seats = [(one.name, one.sex, one.what) for one in found["seats_commune"]]
    assert seats[0] == ("Võ Thị Lài", "Nữ", f"Cộng tác viên · Xã · {classes[0]}")
    assert [one.name for one in found["delegates"]] == ["Huỳnh Văn Ba", "Võ Thị Lài"]
    of_men = replace(ask, where="sex=male")
    told = report.run(ws, of_men).totals
    assert (told["classes"], told["training_days"]) == (1, 3)  # the days of the class he sat in
    assert len(report.cell(ws, of_men, "training_days")) == 3


def test_a_workshop_stands_beside_the_training(office: Desk) -> None:
    ws = office.minh
    made = training.save_workshop(ws, TrainingDraft(CLASS | {"name": "Hội thảo", "days": 1}))
    training.save_delegate(ws, DelegateDraft(made, BA | {"level": "partner", "unit": None}))
    training.save_workshop(ws, TrainingDraft({"place": "Hà Nội"}, made))
    held = training.held(ws)
    assert held.rounds == () and held.trained.seats == 0
    assert [(one.name, one.fields["place"], one.seats.persons) for one in held.workshops] == [
        ("Hội thảo", "Hà Nội", 1)
    ]
    with pytest.raises(Refused) as told:
        training.save_workshop(ws, TrainingDraft({"name": "Hội thảo"}))
    assert {one.field for one in told.value.problems} == {"starts_on", "days"}
