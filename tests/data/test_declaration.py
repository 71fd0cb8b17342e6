"""The national declaration of persons with disabilities and mine victims, line by line."""

from __future__ import annotations

import pytest

from data import codes, fields

DECLARATION = {
    "head": "application_kind",
    "A1-A3": "has_certificate certificate_number certificate_on certificate_by",
    "A4-A6": "name birth birth_lunar sex",
    "A7": "ethnicity ethnicity_other",
    "A8": "old_id_number old_id_issued_on old_id_issued_by",
    "A9": "id_number id_kind id_status id_issued_on id_issued_by",
    "A10-A11": "social_code phone email",
    "A12": "permanent_commune permanent_hamlet permanent_text",
    "A13": "commune hamlet address_text",
    "A14-A15": "marital children children_under_16 children_birth_years",
    "A16-A18": "pregnant_month school family_position",
    "B1": "household_code",
    "B2": "head_name head_birth head_sex head_id_number head_id_issued_on head_id_issued_by "
    "head_phone",
    "B4-B6": "head_relation head_job occupation job poverty poverty_year",
    "B7": "household_size household_disabled household_under_16 household_workers "
    "household_over_60 household_members",
    "B8-B9": "income_sources household_income income_per_head",
    "B10": "cost_food cost_clothes cost_health cost_school cost_medicine cost_other",
    "B12": "care_attention care_setting care_ability",
    "C1-C2": "types degree",
    "C3": "cause_mobility cause_hearing_speech cause_vision cause_neuro_psychiatric "
    "cause_intellectual cause_other",
    "C4": "mine_victim victim_role victim_period merit_status",
    "C5": "signs_mobility signs_hearing_speech signs_vision signs_neuro_psychiatric "
    "signs_intellectual signs_other disability_note",
    "C6": "self_care",
    "D1-D2": "education vocational trade",
    "D3": "employed own_income unemployed_reason unemployed_note work_ability",
    "D4": "allowance_monthly allowance_amount carer_allowance carer_allowance_amount "
    "other_allowance other_allowance_amount other_benefits basic_services",
    "Đ1-Đ2": "house water toilet house_access toilet_access",
    "E1": "psychology psychology_note",
    "E2-E6": "participation life_skills transport_access culture_sport legal_aid",
    "H": "rep_name rep_birth rep_sex rep_marital rep_relation rep_id_number rep_address rep_phone",
    "I": "declarant_name declarant_relation declarant_id_number declarant_address declarant_phone",
    "TT 02/2020 Đ.4 d": "carer_name carer_birth carer_sex carer_marital carer_relation "
    "carer_id_number carer_address carer_phone",
}

ACCIDENT = (
    "accident_known accident_on accident_commune accident_hamlet accident_place coordinates area "
    "device detonation killed injured informant informant_phone accident_note"
)

SIGNS = {
    "mobility": 6,
    "hearing_speech": 7,
    "vision": 4,
    "neuro_psychiatric": 4,
    "intellectual": 4,
    "other": 5,
}
"""How many signs the checklists of C5 have, each with its own "other"."""


@pytest.mark.parametrize(("line", "names"), DECLARATION.items())
def test_every_line_of_the_declaration_has_its_fields(line: str, names: str) -> None:
    assert [name for name in names.split() if not fields.has("person", name)] == [], line


def test_the_accident_has_its_own_place_day_and_source() -> None:
    assert [name for name in ACCIDENT.split() if not fields.has("accident", name)] == []


@pytest.mark.parametrize(("kind", "number"), SIGNS.items())
def test_the_checklists_of_signs_are_whole(kind: str, number: int) -> None:
    listed = codes.get(f"sign_{kind}").items
    assert [item.official for item in listed] == [str(one) for one in range(1, number + 1)]


def test_what_the_law_calls_sensitive_is_marked_so() -> None:
    sensitive = "ethnicity types degree poverty mine_victim groups health_note has_certificate"
    assert {fields.get("person", name).sensitivity for name in sensitive.split()} == {"sensitive"}
    assert {field.sensitivity for field in fields.of("victim")} == {"sensitive"}


def test_no_open_list_tells_of_hiv() -> None:
    """HIV is a restricted field; a group of beneficiaries beside it must not say it aloud."""
    assert fields.get("person", "hiv").restricted
    told = [
        (name, item.code)
        for name in codes.lists()
        for item in codes.get(name).items
        if "hiv" in " ".join((item.code, item.vi, item.en, *item.aliases)).lower()
    ]
    assert told == []


def test_the_groups_of_needs_carry_the_letters_of_the_circular_in_force() -> None:
    """TT 02/2020 Đ.5 letters the domains otherwise than TT 01/2015 did before it."""
    letters = {item.code: item.official for item in codes.get("need_group").items}
    assert letters["medical"] == "a"
    assert letters["livelihood"] == "b, c"
