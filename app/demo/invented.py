"""Invented persons with the shape of a real district's register; everybody in it is made up.

The shares are those published for Quảng Bình and Bình Định (KV-MAP registrations of 2019-2020:
sex, age, degree, mine victims, needs); where nothing is published they are assumptions. All days
lie before the present year, so that none is in the future whenever the office is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.demo import harm
from app.demo.dice import Dice

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
AGES = ((1, 14, 7), (15, 59, 40), (60, 79, 39), (80, 97, 14))
DEGREES = "profound:28 severe:52 mild:20"
TYPES = "mobility:80 neuro_psychiatric:37 intellectual:24 vision:22 hearing_speech:20 other:17"
"""Of those hurt by no mine; with them mobility comes to 45 in a hundred."""

SECOND_TYPE_SHARE = 0.2
CAUSES_CHILD = "congenital:70 illness:16 domestic_accident:8 traffic_accident:3 other:3"
CAUSES = "congenital:36 illness:31 traffic_accident:11 work_accident:9 domestic_accident:8 other:5"
CAUSES_OLD = (
    "illness:36 war:32 congenital:12 work_accident:7 domestic_accident:6 traffic_accident:4 other:3"
)
"""With the mine accidents about a quarter of all causes lies in the war."""

NEEDS = "medical:6916 livelihood:822 social:903 family:1344 facility:16"
NEED_SHARE = 0.377
MARK = "GIẢ LẬP: người này không có thật"
TWIN_SHARE, TWIN_AFTER = 0.02, 100
"""So many were registered twice; the first entry is at least so many persons earlier."""

TWIN_FIELDS = ("name", "sex", "birth", "commune", "ethnicity", "types", "degree", "note")
OTHER_SPELLING = str.maketrans({"y": "i", "ỳ": "ì", "ý": "í", "ỷ": "ỉ", "ỹ": "ĩ", "ỵ": "ị"})
PHONES = ("090", "091", "093", "096", "097", "098", "035", "036", "037", "038", "070", "079")


@dataclass(frozen=True, slots=True)
class Invented:
    """One made-up person: dictionary fields, needs, a victim's record, and a reason for a case.

    `twin` is the place of the same person's first entry, when this is a second one; `hurt_with`
    that of the person in whose accident this one was hurt too.
    """

    fields: Mapping[str, object]
    needs: tuple[Mapping[str, object], ...]
    victim: Mapping[str, object] | None
    accident: Mapping[str, object] | None
    case_reason: str | None
    twin: int | None = None
    hurt_with: int | None = None


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
    earlier: list[Invented] = []
    accidents = harm.Accidents(seed)
    for place in range(count):
        if place > TWIN_AFTER and dice.chance(TWIN_SHARE):
            first = dice.random.randrange(place - TWIN_AFTER)
            made = twin(earlier[first], first)
        else:
            made = person(dice, communes, need_items, year, numbers)
            made = _hurt_together(made, place, accidents)
        earlier.append(made)
        yield made


def _hurt_together(made: Invented, place: int, accidents: harm.Accidents) -> Invented:
    """The person as he is, or tied to the accident of somebody a slice or more before him."""
    if made.victim is None or made.accident is None:
        return made
    known = accidents.shared(place - TWIN_AFTER, made.fields)
    if known is None:
        accidents.remember(place, made.fields, made.accident)
        return made
    born = int(str(made.fields["birth"])[:4])
    victim = dict(made.victim) | {"age_then": known.year - born}
    return replace(made, victim=victim, accident=None, hurt_with=known.place)


def twin(first: Invented, place: int) -> Invented:
    """The same person typed a second time from another list: other spelling, less known."""
    fields = {name: first.fields[name] for name in TWIN_FIELDS if name in first.fields}
    fields["name"] = str(first.fields["name"]).translate(OTHER_SPELLING)
    fields["birth"] = str(first.fields["birth"])[:4]
    return Invented(fields, (), None, None, None, place if first.twin is None else first.twin)


def person(
    dice: Dice,
    communes: Sequence[str],
    need_items: Mapping[str, Sequence[str]],
    year: int,
    numbers: set[str],
) -> Invented:
    """One made-up person of the communes; `numbers` are the identity numbers given so far."""
    age = _age(dice)
    role = harm.role(dice, age, year - age)
    male = dice.chance(0.667 if role else 0.522)
    birth_year = year - age
    fields: dict[str, object] = {
        "name": full_name(dice, male),
        "sex": "male" if male else "female",
        "birth": _birth(dice, birth_year, age),
        "commune": communes[int(len(communes) * dice.random.random() ** 1.25)],
        "hamlet": dice.one_of(HAMLETS.split(";")),
        "ethnicity": "kinh",
        "note": MARK,
    }
    _number(dice, fields, birth_year, age, numbers)
    _household(dice, fields, age)
    _disability(dice, fields, year, role == "direct_survivor")
    if dice.chance(0.05) and age >= 50:
        fields["birth_lunar"] = f"{dice.random.randint(1, 29)}/{dice.random.randint(1, 12)} âm lịch"
    needs = _needs(dice, need_items, year)
    record, accident = harm.done(dice, fields, role, year) if role else (None, None)
    reason = None
    if needs and dice.chance(0.14):
        reason = _case_reason(dice, age, fields["types"])
    return Invented(fields, needs, record, accident, reason)


def _age(dice: Dice) -> int:
    point = dice.random.randrange(100)
    for low, high, share in AGES:
        if point < share:
            return dice.random.randint(low, high)
        point -= share
    return dice.random.randint(60, 79)


def full_name(dice: Dice, male: bool, highland: float = 0.02) -> str:
    """A name as Kinh people have it, now and then one of the highlands."""
    if dice.chance(highland):
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
    month = dice.random.randint(1, 12)
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
        fields["head_name"] = full_name(dice, dice.chance(0.75))
    if age < 18 or dice.chance(0.3):
        fields["carer_name"] = full_name(dice, dice.chance(0.25))
        fields["carer_relation"] = dice.one_of(("mẹ", "vợ", "chồng", "con gái", "con dâu", "chị"))
    if dice.chance(0.9):
        fields["health_card"] = f"BT25252{dice.random.randrange(10**8):08d}"


def _disability(dice: Dice, fields: dict[str, object], year: int, hurt: bool) -> None:
    age = year - int(str(fields["birth"])[:4])
    first = "mobility" if hurt and dice.chance(0.7) else dice.weighted(TYPES)
    chosen = {first}
    if dice.chance(SECOND_TYPE_SHARE):
        while len(chosen) == 1:
            chosen.add(dice.weighted(TYPES))
    causes = CAUSES_CHILD if age < 15 else CAUSES if age < 60 else CAUSES_OLD
    fields["types"] = tuple(sorted(chosen))
    fields["degree"] = dice.weighted(DEGREES)
    for each in sorted(chosen):
        mine = hurt and each == first
        fields[f"cause_{each}"] = "mine_accident" if mine else dice.weighted(causes)
    fields["self_care"] = {"profound": "unable", "severe": "with_help", "mild": "able"}[
        str(fields["degree"])
    ]
    if dice.chance(0.76):
        fields["has_certificate"] = "yes"
        since = min(max(2013, year - age), year - 1)
        fields["certificate_number"] = f"{dice.random.randrange(10**9):09d}"
        fields["certificate_on"] = f"{dice.random.randint(since, year - 1)}"
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
            "declared_on": f"{year - 1}-{dice.random.randint(1, 12):02d}",
            "declared_by": dice.one_of(("self", "family", "officer")),
            "need_status": dice.weighted("new:70 connecting:18 partly_met:7 met:5"),
        }
    return tuple(wanted.values())


def _case_reason(dice: Dice, age: int, types: object) -> str:
    """Why a case is opened, as it fits the person's age and disability."""
    known = types if isinstance(types, tuple) else ()
    fitting = [
        "Sống một mình, không có người chăm sóc thường xuyên",
        "Hộ nghèo, nhà ở xuống cấp, cần vận động hỗ trợ",
    ]
    if age < 16:
        fitting = ["Trẻ khuyết tật nghỉ học, gia đình cần tư vấn"]
    if "mobility" in known:
        fitting += ["Xe lăn hỏng, không ra khỏi nhà được", "Cần tập phục hồi chức năng tại nhà"]
    if "neuro_psychiatric" in known:
        fitting.append("Bệnh tâm thần tái phát, gia đình quá tải chăm sóc")
    return dice.one_of(fitting)
