"""Invented persons with the shape of a real district's register; everybody in it is made up.

The shares are those published for Quảng Bình and Bình Định (KV-MAP registrations of 2019-2020:
sex, age, degree, mine victims, needs); where nothing is published they are assumptions.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

FAMILY = (
    "Nguyễn:38 Trần:11 Lê:9 Phạm:6 Huỳnh:5 Võ:5 Phan:4 Đặng:3 Bùi:3 Đỗ:2 Hồ:2 Ngô:2 Đinh:2 "
    "Trương:2 Mai:1 Tạ:1 Lý:1 Đoàn:1 Cao:1 Hà:1 Thái:1 Châu:1"
)
MIDDLE_MALE = (
    "Văn:30 Đình:8 Hữu:7 Thành:7 Minh:7 Xuân:6 Ngọc:6 Công:5 Đức:5 Quang:5 Thanh:4 Hoàng:4"
)
MIDDLE_FEMALE = "Thị:45 Ngọc:9 Thu:7 Kim:7 Thanh:6 Bích:5 Mỹ:5 Hồng:4 Minh:3 Xuân:3 Như:2"
GIVEN_MALE = (
    "An Bảo Bình Châu Chiến Cường Dũng Duy Đạt Đông Giang Hải Hậu Hiếu Hòa Hoàng Hùng Hưng Khánh "
    "Khoa Lâm Long Lộc Mạnh Minh Nam Nghĩa Phong Phú Phúc Quân Quang Quốc Sang Sơn Tài Tâm Tân "
    "Thắng Thành Thịnh Thọ Thông Tiến Toàn Trí Trung Tuấn Tùng Tường Vinh Vỹ Ưng Ẩn"
)
GIVEN_FEMALE = (
    "Ánh Bé Bình Châu Chi Diễm Diệp Dung Đào Giang Hà Hạnh Hằng Hiền Hoa Hồng Huệ Hương Hường Lan "
    "Lành Liên Liễu Loan Mai Mận Mến Nga Ngân Nguyệt Nhàn Nhung Oanh Phượng Quyên Sương Tâm Thanh "
    "Thảo Thắm Thoa Thơm Thu Thủy Trâm Trang Tuyết Út Uyên Vân Xuân Yến"
)
HIGHLAND_MALE = "Briu Nhơn Lơi Chơ Thắt Dưng Đinh Rôn"
HIGHLAND_FEMALE = "H'Lơi H'Nga Mai Hrin Thới Dên Nhin"
HAMLETS = (
    "Vĩnh Trường;Khánh Lộc;Mỹ Hóa;Chánh Hùng;Tân Hòa;Hội Vân;Phú Trung;An Đức;Chánh Thắng;Tân Lệ;"
    "Phong An;Hòa Hiệp;Vĩnh Thành;Đức Phổ;Trung Chánh;Thái Phú"
)
AGES = ((0, 14, 7), (15, 59, 40), (60, 79, 39), (80, 97, 14))
DEGREES = "profound:28 severe:52 mild:20"
TYPES = "mobility:45 neuro_psychiatric:17 intellectual:11 vision:10 hearing_speech:9 other:8"
CAUSES = "congenital:30 illness:34 traffic_accident:9 work_accident:6 domestic_accident:7 other:4"
NEEDS = "medical:69 livelihood:8 social:9 family:13 facility:1"
NEED_SHARE = 0.37
PHONES = ("090", "091", "093", "096", "097", "098", "035", "036", "037", "038", "070", "079")


@dataclass(frozen=True, slots=True)
class Invented:
    """One made-up person: dictionary fields, needs, a victim's record, and a reason for a case."""

    fields: Mapping[str, object]
    needs: tuple[Mapping[str, object], ...]
    victim: Mapping[str, object] | None
    accident: Mapping[str, object] | None
    case_reason: str | None


class Dice:
    """Seeded chance with weights written as `word:weight` lists."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._weighted: dict[str, tuple[list[str], list[int]]] = {}

    def weighted(self, table: str) -> str:
        """One word of a `word:weight` list."""
        if table not in self._weighted:
            pairs = [part.rsplit(":", 1) for part in table.split()]
            sums = list(accumulate(int(weight) for _word, weight in pairs))
            self._weighted[table] = ([word for word, _weight in pairs], sums)
        words, sums = self._weighted[table]
        return words[bisect(sums, self.random.randrange(sums[-1]))]

    def one_of(self, words: Sequence[str]) -> str:
        """One of the words, all alike."""
        return words[self.random.randrange(len(words))]

    def chance(self, share: float) -> bool:
        """True in about `share` of the calls."""
        return self.random.random() < share


def people(
    count: int,
    communes: Sequence[str],
    need_items: Mapping[str, Sequence[str]],
    year: int,
    seed: int,
) -> Iterator[Invented]:
    """`count` different persons of the communes (unit keys); the same seed gives the same ones.

    `need_items` maps a need group to the codes of its items; `year` is the present year.
    """
    dice = Dice(seed)
    numbers: set[str] = set()
    for _ in range(count):
        yield _person(dice, communes, need_items, year, numbers)


def _person(
    dice: Dice,
    communes: Sequence[str],
    need_items: Mapping[str, Sequence[str]],
    year: int,
    numbers: set[str],
) -> Invented:
    age = _age(dice)
    victim = age >= 12 and dice.chance(0.134)
    male = dice.chance(0.667 if victim else 0.52)
    birth_year = year - age
    fields: dict[str, object] = {
        "name": _name(dice, male),
        "sex": "male" if male else "female",
        "birth": _birth(dice, birth_year, age),
        "commune": communes[int(len(communes) * dice.random.random() ** 1.25)],
        "hamlet": dice.one_of(HAMLETS.split(";")),
        "ethnicity": "kinh",
    }
    _number(dice, fields, birth_year, age, numbers)
    _household(dice, fields, age)
    _disability(dice, fields, victim)
    if dice.chance(0.05) and age >= 50:
        fields["birth_lunar"] = f"{dice.random.randint(1, 29)}/{dice.random.randint(1, 12)} âm lịch"
    needs = _needs(dice, need_items, year)
    record, accident = _victim(dice, fields, birth_year, age) if victim else (None, None)
    reason = _case_reason(dice) if needs and dice.chance(0.14) else None
    return Invented(fields, needs, record, accident, reason)


def _age(dice: Dice) -> int:
    point = dice.random.randrange(100)
    for low, high, share in AGES:
        if point < share:
            return dice.random.randint(low, high)
        point -= share
    return dice.random.randint(60, 79)


def _name(dice: Dice, male: bool) -> str:
    if dice.chance(0.02):
        return "Đinh " + dice.one_of((HIGHLAND_MALE if male else HIGHLAND_FEMALE).split())
    middle = dice.weighted(MIDDLE_MALE if male else MIDDLE_FEMALE)
    second = ""
    if dice.chance(0.35):
        second = dice.one_of((GIVEN_MALE if male else GIVEN_FEMALE).split()) + " "
    given = dice.one_of((GIVEN_MALE if male else GIVEN_FEMALE).split())
    return f"{dice.weighted(FAMILY)} {middle} {second}{given}"


def _birth(dice: Dice, year: int, age: int) -> str:
    if dice.chance(0.30 if age >= 60 else 0.08):
        return f"{year}"
    month = dice.random.randint(1, 10)
    if dice.chance(0.04):
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{dice.random.randint(1, 28):02d}"


def _number(dice: Dice, fields: dict[str, object], year: int, age: int, numbers: set[str]) -> None:
    without = 0.55 if age < 14 else 0.32 if age >= 80 else 0.05
    if not dice.chance(without):
        sign = (0 if fields["sex"] == "male" else 1) + (2 if year >= 2000 else 0)
        while True:
            number = f"052{sign}{year % 100:02d}{dice.random.randrange(10**6):06d}"
            if number not in numbers:
                break
        numbers.add(number)
        fields["id_number"] = number
    if age >= 14 and dice.chance(0.45):
        fields["phone"] = dice.one_of(PHONES) + f"{dice.random.randrange(10**7):07d}"


def _household(dice: Dice, fields: dict[str, object], age: int) -> None:
    fields["poverty"] = dice.weighted("poor:22 near_poor:17 not_poor:61")
    fields["household_size"] = dice.random.randint(1, 6)
    if dice.chance(0.6):
        fields["head_name"] = _name(dice, dice.chance(0.75))
    if age < 18 or dice.chance(0.3):
        fields["carer_name"] = _name(dice, dice.chance(0.25))
        fields["carer_relation"] = dice.one_of(("mẹ", "vợ", "chồng", "con gái", "con dâu", "chị"))
    if dice.chance(0.9):
        fields["health_card"] = f"BT25252{dice.random.randrange(10**8):08d}"


def _disability(dice: Dice, fields: dict[str, object], victim: bool) -> None:
    first = "mobility" if victim and dice.chance(0.7) else dice.weighted(TYPES)
    chosen = {first}
    if dice.chance(0.2):
        chosen.add(dice.weighted(TYPES))
    fields["types"] = tuple(sorted(chosen))
    fields["degree"] = dice.weighted(DEGREES)
    for each in chosen:
        fields[f"cause_{each}"] = (
            "mine_accident" if victim and each == first else dice.weighted(CAUSES)
        )
    fields["self_care"] = {"profound": "unable", "severe": "with_help", "mild": "able"}[
        str(fields["degree"])
    ]
    if dice.chance(0.76):
        fields["has_certificate"] = "yes"
        fields["certificate_number"] = f"{dice.random.randrange(10**9):09d}"
        fields["certificate_on"] = f"{dice.random.randint(2013, 2025)}"
    if fields["degree"] != "mild" and dice.chance(0.88):
        fields["allowance_monthly"] = "yes"


def _needs(
    dice: Dice, items: Mapping[str, Sequence[str]], year: int
) -> tuple[Mapping[str, object], ...]:
    if not dice.chance(NEED_SHARE):
        return ()
    wanted: dict[str, Mapping[str, object]] = {}
    for rank in range(1, dice.random.choice((1, 1, 1, 2, 2, 3)) + 1):
        group = dice.weighted(NEEDS)
        item = dice.one_of(items[group])
        wanted[item] = {
            "need_group": group,
            "item": item,
            "priority": rank,
            "quantity": 1,
            "declared_on": f"{year}-{dice.random.randint(1, 9):02d}",
            "declared_by": dice.one_of(("self", "family", "officer")),
            "need_status": dice.weighted("new:70 connecting:18 partly_met:7 met:5"),
        }
    return tuple(wanted.values())


def _victim(
    dice: Dice, fields: dict[str, object], birth_year: int, age: int
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    war = birth_year <= 1970 and dice.chance(0.8)
    when = (
        dice.random.randint(max(birth_year + 5, 1964), 1975)
        if war
        else min(
            birth_year + 5 + int(dice.random.random() ** 2 * max(age - 5, 1)), birth_year + age
        )
    )
    when = when if war else max(when, 1976)
    fields["mine_victim"] = True
    fields["victim_role"] = "direct_survivor"
    fields["victim_period"] = "in_war" if war else "after_war"
    fields["groups"] = ("disabled", "mine_victim")
    victim = {
        "activity": dice.one_of(("farming", "gardening", "herding", "scrap_collecting", "walking")),
        "age_then": max(when - birth_year, 0),
        "consequence": "injured",
    }
    accident = {
        "accident_known": True,
        "accident_on": f"{when}",
        "accident_commune": fields["commune"],
        "accident_accuracy": "commune",
        "area": dice.one_of(("field", "garden", "forest", "road")),
        "device": dice.one_of(
            ("cluster_bomblet", "shell", "grenade_m79", "mine_unknown", "unknown")
        ),
    }
    return victim, accident


def _case_reason(dice: Dice) -> str:
    return dice.one_of(
        (
            "Sống một mình, không có người chăm sóc thường xuyên",
            "Cần lắp chân giả và tập phục hồi chức năng",
            "Trẻ khuyết tật nghỉ học, gia đình cần tư vấn",
            "Hộ nghèo, nhà ở xuống cấp, cần vận động hỗ trợ",
            "Xe lăn hỏng, không ra khỏi nhà được",
            "Bệnh tâm thần tái phát, gia đình quá tải chăm sóc",
        )
    )
