"""The training rounds and the workshop of a demonstration province, everybody in them invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from app.actions import training
from app.demo import invented
from app.demo.dice import Dice
from app.demo.province_figures import Figures, Lessons
from app.values.training import TrainingDraft
from app.workspace import Workspace
from data import units

Fields = Mapping[str, object]
TOPICS = (
    "Rà soát, thu thập thông tin người khuyết tật và nạn nhân bom mìn",
    "Sử dụng phần mềm đăng ký, cấp giấy xác nhận khuyết tật và quản lý ca",
)
DAYS_BETWEEN = 28
AT_DISTRICT = 2
PARTNERS = ("Cục Bảo trợ xã hội", "Văn phòng Ban chỉ đạo 701", "KOICA", "UNDP")
WORKSHOP = "Hội thảo hướng dẫn triển khai Dự án Hỗ trợ nạn nhân bom mìn giai đoạn 2018-2020"


def hold(ws: Workspace, figures: Figures) -> None:
    """Enter the rounds with their classes and the workshop, as they were held."""
    dice = Dice(figures.seed + 7)
    lessons = figures.lessons
    trained = list(_officers(dice, figures, lessons.delegates))
    for place in range(lessons.rounds):
        _round(ws, lessons, place, trained)
    facts = _facts(WORKSHOP, figures.workshop_on, 1, "", figures.province)
    met = training.save_workshop(ws, TrainingDraft({**facts, "organiser": "GIẢ LẬP"}))
    training.add_delegates(ws, met, list(_guests(dice, figures)))


def _round(ws: Workspace, lessons: Lessons, place: int, trained: list[Fields]) -> None:
    """One round; everybody sits in one class of it, or in each where the figures say so."""
    note = "GIẢ LẬP: đại biểu không có thật"
    named = {"name": f"Đợt {place + 1} (GIẢ LẬP)", "round_note": note}
    round_id = training.save_round(ws, TrainingDraft(named))
    for number in range(lessons.classes):
        on = lessons.begins_on + timedelta(DAYS_BETWEEN * 3 * place + 7 * number)
        facts = _facts(f"Lớp {number + 1}", on, lessons.days, TOPICS[place % len(TOPICS)], "63:540")
        made = training.save_class(ws, TrainingDraft(facts, round_id=round_id))
        seats = trained if lessons.per == "class" else trained[number :: lessons.classes]
        training.add_delegates(ws, made, seats)


def _facts(name: str, on: date, days: int, topic: str, place: str) -> dict[str, object]:
    where = units.get(place).label if units.has(place) else ""
    return {
        "name": name,
        "starts_on": on.isoformat(),
        "days": days,
        "place": where,
        "topic": topic,
    }


def _officers(dice: Dice, figures: Figures, count: int) -> Iterator[Fields]:
    """Social workers: one of each commune, two of each district, the rest of the province."""
    seats: list[tuple[str, str, str]] = []
    for district in figures.districts:
        seats += [("district", district.key, "Phòng LĐ-TB&XH")] * AT_DISTRICT
    for district in figures.districts:
        communes = units.communes_of(district.key)
        seats += [("commune", one.key, "Cộng tác viên công tác xã hội") for one in communes]
    seats = seats[:count]
    seats += [("province", figures.province, "Sở LĐ-TB&XH")] * (count - len(seats))
    for place, (level, unit, organisation) in enumerate(seats):
        yield _delegate(dice, level, unit, f"{organisation} (GIẢ LẬP {place + 1})")


def _guests(dice: Dice, figures: Figures) -> Iterator[Fields]:
    """Who came to the workshop: the ministry, partners, the department, and every district."""
    for place in range(figures.workshop):
        district = figures.districts[place % len(figures.districts)].key
        kind = place % 5
        level = ("district", "district", "district", "province", "central")[kind]
        unit = district if level == "district" else figures.province if level == "province" else ""
        organisation = PARTNERS[place % len(PARTNERS)] if level == "central" else "GIẢ LẬP"
        if organisation in ("KOICA", "UNDP"):
            level = "partner"
        yield _delegate(dice, level, unit, f"{organisation} (GIẢ LẬP {place + 1})")


def _delegate(dice: Dice, level: str, unit: str, organisation: str) -> Fields:
    male = dice.chance(0.48)
    told: dict[str, object] = {
        "full_name": invented.full_name(dice, male, 0.0),
        "sex": "male" if male else "female",
        "level": level,
        "organisation": organisation,
    }
    return told | ({"unit": unit} if unit else {})
