"""How a case file groups the sections of the dictionary, and what it calls them."""

from __future__ import annotations

from collections.abc import Mapping

from app.values.papers import PaperSection, Words
from data.records.person import Person

IN_THE_HEAD = frozenset("name sex birth id_number commune hamlet".split())
PARTS = (
    ("identity", "life"),
    ("contact", "address"),
    ("household",),
    ("carer", "representative"),
    ("education", "work"),
    ("housing",),
    ("insurance", "allowance"),
    ("wellbeing",),
    ("declarant", "office"),
)
"""Sections of the dictionary that stand under one title, in the order of the paper."""

DISABILITY_PARTS = (("disability",), ("certificate",), ("self_care",))
MINE_PARTS = (("mine",),)
NEVER_MISSING = frozenset({"address", "mine", "life", "office"})
"""Sections whose most important fields stand in the head, or that most people rightly lack."""


def file_title(translate: Words, person: Person) -> str:
    """What the whole file of a person is called."""
    disabled = bool(person.types) or person.degree in ("profound", "severe", "mild")
    if disabled and person.mine_victim:
        return translate("Hồ sơ người khuyết tật, nạn nhân bom mìn")
    if disabled:
        return translate("Hồ sơ người khuyết tật")
    if person.mine_victim:
        return translate("Hồ sơ nạn nhân bom mìn")
    return translate("Hồ sơ đối tượng trợ giúp xã hội")


def section_titles(translate: Words) -> dict[str, str]:
    """What a case file calls the sections of the dictionary and the parts that follow them."""
    return {
        "identity": translate("Thông tin nhân thân"),
        "contact": translate("Liên hệ"),
        "address": translate("Nơi ở"),
        "household": translate("Hộ gia đình"),
        "carer": translate("Người chăm sóc"),
        "representative": translate("Người đại diện hợp pháp"),
        "certificate": translate("Giấy xác nhận khuyết tật"),
        "disability": translate("Tình trạng khuyết tật"),
        "self_care": translate("Tự phục vụ và sức khỏe"),
        "education": translate("Học vấn"),
        "work": translate("Việc làm"),
        "housing": translate("Nhà ở, nước, vệ sinh"),
        "insurance": translate("Bảo hiểm y tế"),
        "allowance": translate("Trợ cấp và dịch vụ"),
        "wellbeing": translate("Tâm lý và tham gia xã hội"),
        "mine": translate("Nạn nhân bom mìn"),
        "declarant": translate("Người khai và khảo sát"),
        "office": translate("Ghi của đơn vị"),
        "life": translate("Tình trạng sống"),
        "accident": translate("Tai nạn bom mìn, vật nổ"),
        "need": translate("Nhu cầu hỗ trợ"),
        "care_case": translate("Quản lý trường hợp"),
        "attachment": translate("Ảnh và giấy tờ kèm theo"),
        "photo": translate("Ảnh chân dung"),
    }


def parts(
    sections: Mapping[str, PaperSection], wanted: tuple[tuple[str, ...], ...]
) -> tuple[PaperSection, ...]:
    """The parts that have content; those of several sections have the titles of all of them."""
    found = []
    for names in wanted:
        filled = [sections[name] for name in names if sections[name].rows]
        title = "; ".join(section.title for section in filled)
        if filled:
            found.append(PaperSection(title, tuple(row for one in filled for row in one.rows)))
    return tuple(found)


def in_vietnamese(sentence: str, /, **facts: object) -> str:
    """Official papers are in Vietnamese, whatever language the window has."""
    return sentence.format_map(facts) if facts else sentence
