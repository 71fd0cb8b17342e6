"""Mẫu 01 of TT 02/2020/TT-BLĐTBXH (Đ.4): what is gathered about a person, from her record.

The words of forms are the circular's and the office's own, in Vietnamese whatever the window's
language: they are signed by people who read Vietnamese. HIV and violence are no questions of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.actions import paper_words
from app.values.paper_blocks import Answer, Block, FormPart, Grid, Ticks
from data import fields, units
from data.records.need import Need
from data.records.person import Person

RECORD = "person"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the form, and the fields of the record that answer it.

    `ticks`: the first field's choices are boxes. `named`: each value has its field's label before
    it. `known`: answered on a blank form too, for it says whose form it is.
    """

    label: str
    names: tuple[str, ...] = ()
    lines: int = 1
    half: bool = False
    ticks: bool = False
    named: bool = False
    known: bool = False


def _q(label: str, names: str = "", lines: int = 1, **marks: bool) -> Question:
    return Question(label, tuple(names.split()), lines, **marks)


SUBJECT = (
    _q("Họ và tên", "name", known=True),
    _q("Ngày, tháng, năm sinh", "birth", half=True, known=True),
    _q("Dân tộc", "ethnicity", half=True),
    _q("Giới tính", "sex", ticks=True),
    _q("Tình trạng hôn nhân", "marital", ticks=True),
    _q("Địa chỉ nơi ở", "address", 2, known=True),
    _q("Thông tin liên lạc", "phone email contact_name contact_phone"),
    _q("Mã số định danh cá nhân (số CMND, số thẻ CCCD)", "id_number old_id_number"),
    _q("Trình độ học vấn và chuyên môn", "education vocational trade"),
    _q("Trường học", "school", half=True),
    _q("Nghề nghiệp", "occupation job", half=True),
    _q("Thu nhập mỗi tháng", "own_income"),
    _q(
        "Dịch vụ và chính sách trợ giúp đang thụ hưởng",
        "allowance_monthly allowance_amount allowance_category other_allowance "
        "other_allowance_amount other_benefits health_card",
        2,
        named=True,
    ),
)
HEALTH = (
    _q("Dạng tật", "types", ticks=True),
    _q("Mức độ khuyết tật", "degree", ticks=True),
    _q(
        "Bệnh, bệnh tật và nguyên nhân",
        "cause_mobility cause_hearing_speech cause_vision cause_neuro_psychiatric "
        "cause_intellectual cause_other disabled_since",
        2,
        named=True,
    ),
    _q(
        "Đặc điểm bệnh tật, khuyết tật",
        "signs_mobility signs_hearing_speech signs_vision signs_neuro_psychiatric "
        "signs_intellectual signs_other disability_note",
        2,
    ),
    _q("Khả năng lao động", "work_ability"),
    _q("Khả năng tự phục vụ trong sinh hoạt", "self_care", ticks=True),
    _q("Quá trình và kết quả điều trị, phục hồi", "treatment_note", 3),
    _q("Hiện trạng thể chất, tinh thần, tâm lý", "health_note psychology psychology_note", 3),
)
FAMILY = (
    _q("Họ và tên chủ hộ", "head_name"),
    _q("Ngày sinh chủ hộ", "head_birth", half=True),
    _q("Số định danh của chủ hộ", "head_id_number", half=True),
    _q("Địa chỉ của hộ", "address"),
    _q("Điện thoại", "head_phone", half=True),
    _q("Quan hệ với đối tượng", "head_relation", half=True),
    _q("Công việc chính", "head_job", half=True),
    _q("Số thành viên trong hộ", "household_size", half=True),
    _q("Các thành viên", "household_members", 2),
    _q("Vị trí của đối tượng trong gia đình", "family_position"),
    _q("Hoàn cảnh kinh tế", "poverty", ticks=True),
    _q("Nguồn thu nhập chính", "income_sources"),
    _q("Thu nhập của hộ mỗi tháng", "household_income income_per_head", named=True),
    _q("Chi lương thực, thức ăn", "cost_food", half=True),
    _q("Chi quần áo", "cost_clothes", half=True),
    _q("Chi học phí", "cost_school", half=True),
    _q("Chi khám, chữa bệnh", "cost_health", half=True),
    _q("Chi thuốc", "cost_medicine", half=True),
    _q("Chi khác", "cost_other", half=True),
    _q(
        "Điều kiện chỗ ở và sinh hoạt",
        "house water toilet house_access toilet_access",
        2,
        named=True,
    ),
    _q("Khả năng chăm sóc", "care_attention care_setting care_ability", 2, named=True),
    _q(
        "Trợ cấp và dịch vụ xã hội cơ bản",
        "carer_allowance carer_allowance_amount basic_services",
        2,
        named=True,
    ),
    _q("Thông tin khác", "participation life_skills legal_aid", 2),
)
GUARDIAN = ("rep", "Người giám hộ, đại diện")
CARER = ("carer", "Người chăm sóc")


def parts(person: Person | None, needs: Sequence[Need], blank: bool) -> tuple[FormPart, ...]:
    """The four parts of the form; on a blank one only who it is about is filled in."""
    return (
        FormPart("a) Đối tượng", (*_blocks(SUBJECT, person, blank), _needs(needs, blank))),
        FormPart("b) Sức khỏe", tuple(_blocks(HEALTH, person, blank))),
        FormPart("c) Gia đình", tuple(_blocks(FAMILY, person, blank))),
        FormPart("d) Người giám hộ, chăm sóc", tuple(_guardians(person, blank))),
    )


def who(person: Person | None) -> tuple[Block, ...]:
    """Whom a form is about, in three lines."""
    known = [replace(one, lines=1) for one in SUBJECT if one.known]
    return tuple(_blocks(known, person, blank=True))


def address(person: Person | None) -> str:
    """Where somebody lives, in the units of her record."""
    if person is None:
        return ""
    home = units.full_name(person.commune) if person.commune else ""
    said = ", ".join(one for one in (person.hamlet, home) if one)
    written = paper_words.of(person, RECORD, "address_text")
    return f"{said} ({written})" if said and written else said or written


def _blocks(questions: Sequence[Question], person: Person | None, blank: bool) -> Iterator[Block]:
    for one in questions:
        about = person if one.known or not blank else None
        if one.ticks:
            field = fields.get(RECORD, one.names[0])
            chosen = getattr(about, field.name) if about is not None else None
            yield Ticks(one.label, paper_words.choices(field.codes, chosen))
        else:
            yield Answer(one.label, _answer(one, about), one.lines, one.half)


def _answer(question: Question, person: Person | None) -> str:
    if question.names == ("address",):
        return address(person)
    told = []
    for name in question.names:
        value = paper_words.of(person, RECORD, name)
        label = fields.get(RECORD, name).vi
        if value:
            told.append(f"{label}: {value}" if question.named else value)
    return "; ".join(told)


def _needs(needs: Sequence[Need], blank: bool) -> Grid:
    """Needs in the order of their priority, with room for what is added by hand."""
    ordered = [] if blank else sorted(needs, key=lambda one: one.priority or 9)
    rows = tuple(
        (str(n), need_words(one), str(one.quantity or ""), str(one.priority or ""))
        for n, one in enumerate(ordered, 1)
    )
    columns = (
        ("STT", 12.0),
        ("Nhu cầu hỗ trợ theo thứ tự ưu tiên", 90.0),
        ("Số lượng", 20.0),
        ("Ưu tiên", 18.0),
    )
    return Grid(columns, rows, 1 if rows else 4)


def need_words(need: Need) -> str:
    """Group, item and note of a need."""
    group = paper_words.label("need_group", need.need_group)
    item = paper_words.label("need_item", need.item)
    said = ": ".join(one for one in (group, item) if one)
    return f"{said} ({need.need_note})" if need.need_note else said


def _guardians(person: Person | None, blank: bool) -> Iterator[Block]:
    """Guardian and carer, each where somebody is named; dotted lines for one when nobody is."""
    named = [
        one
        for one in (GUARDIAN, CARER)
        if person is not None and not blank and getattr(person, f"{one[0]}_name")
    ]
    for begins, role in named or [("", "Người giám hộ, chăm sóc")]:
        yield from _guardian(person if begins else None, begins or "rep", role)


def _guardian(person: Person | None, begins: str, role: str) -> Iterator[Block]:
    def told(name: str) -> str:
        return paper_words.of(person, RECORD, f"{begins}_{name}")

    yield Answer(role, told("name"))
    yield Answer("Ngày sinh", told("birth"), half=True)
    yield Answer("Quan hệ", told("relation"), half=True)
    for label, name in (("Giới tính", "sex"), ("Tình trạng hôn nhân", "marital")):
        field = fields.get(RECORD, f"{begins}_{name}")
        chosen = getattr(person, field.name) if person is not None else None
        yield Ticks(label, paper_words.choices(field.codes, chosen))
    yield Answer("Địa chỉ", told("address"))
    yield Answer("Điện thoại", told("phone"), half=True)
    yield Answer("Số định danh", told("id_number"), half=True)
