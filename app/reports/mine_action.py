"""Accidents and victims under the field names of mine action (IMSMA Core), from what is recorded.

Names as in the public forms of UNMAS and GICHD for Syria. Nothing is typed for this report: every
column follows from a field of the dictionary. What the office does not record is no column here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.rules import accident as rules

YES, NO, DONT_KNOW = "yes", "no", "dont_know"
Values = Mapping[str, object]

LATER = {"impaired": "permanent_impairment"}
ACCURACY = {"hamlet": "somewhere_in_community"}
"""Codes that the public forms write otherwise; all others go out as they stand here."""

WOUNDS = {
    "vi_wound_head": "head_neck",
    "vi_wound_chest": "chest",
    "vi_wound_back": "back",
    "vi_wound_pelvis": "pelvis",
    "vi_wound_upper": "upper_limbs",
    "vi_wound_above_knee": "legs_above_knee",
    "vi_wound_below_knee": "legs_below_knee",
}
"""Column -> code of `injury`; below the knee is our own addition (survey 2.3)."""

LOSSES = {
    "vi_loss_eyesight": "eyesight",
    "vi_loss_hearing": "hearing",
    "vi_loss_hand_finger": "hand_finger",
    "vi_loss_upper": "upper_limb",
    "vi_loss_foot_toe": "foot_toe",
    "vi_loss_below_knee": "below_knee",
    "vi_loss_above_knee": "above_knee",
    "vi_loss_whole_lower": "whole_leg",
}


@dataclass(frozen=True, slots=True)
class AccidentFacts:
    """An accident ready to be told: its values, the units above its place, its victims' harm."""

    id: str
    values: Values
    province: str = ""
    district: str = ""
    commune: str = ""
    consequences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VictimFacts:
    """A victim ready to be told. `person` are the values of the registered person, if any;
    `named` says whether name and whole date of birth may be told."""

    id: str
    accident_id: str
    number: int
    values: Values
    accident: Values
    person: Values
    named: bool


Column = tuple[str, Callable[[AccidentFacts], object]]
VictimColumn = tuple[str, Callable[[VictimFacts], object]]


def accident_id(row_id: str) -> str:
    """What an accident is called in reports, for good."""
    return f"SA-ACC-{rules.report_id(row_id)}"


def victim_id(one: VictimFacts) -> str:
    """Accident and place in it (`-VA-07`); who has no known accident has an identity alone."""
    if not one.accident_id:
        return f"SA-VA-{rules.report_id(one.id)}"
    return f"{accident_id(one.accident_id)}-VA-{one.number:02d}"


def count(one: AccidentFacts, kind: str) -> int:
    """How many were killed or injured: what was told, else what the victims say."""
    told = one.values.get(kind)
    recorded = sum(each == kind for each in one.consequences)
    return int(str(told)) if told is not None else recorded


def age(one: VictimFacts) -> object:
    """The age at the accident: as told, else from birth and day."""
    told = one.values.get("age_then")
    if told is not None:
        return told
    birth = str(one.person.get("birth") or one.values.get("victim_birth") or "")
    return rules.age_at(birth, str(one.accident.get("accident_on") or ""))


def yes_or_no(codes: object, wanted: str) -> str:
    """Of a set of codes: yes, no, or nobody knows (nothing is told, or "unknown" is)."""
    told = codes if isinstance(codes, tuple) else ()
    if wanted in told:
        return YES
    return DONT_KNOW if not told or "unknown" in told else NO


def accident_row(one: AccidentFacts) -> tuple[object, ...]:
    """The columns of one accident."""
    return tuple(_plain(tell(one)) for _, tell in ACCIDENT)


def victim_row(one: VictimFacts) -> tuple[object, ...]:
    """The columns of one victim."""
    return tuple(_plain(tell(one)) for _, tell in VICTIM)


def headings(columns: tuple[Column, ...] | tuple[VictimColumn, ...]) -> tuple[str, ...]:
    """The names of the columns."""
    return tuple(name for name, _ in columns)


def _plain(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    return DONT_KNOW if value == "unknown" else value


def _field(name: str) -> Callable[[AccidentFacts], object]:
    return lambda one: one.values.get(name)


def _told(name: str) -> Callable[[VictimFacts], object]:
    return lambda one: one.values.get(name)


def _now(name: str) -> Callable[[VictimFacts], object]:
    return lambda one: one.person.get(name)


def _either(name: str, own: str) -> Callable[[VictimFacts], object]:
    """The registered person's value, or what was told of the unregistered victim."""
    return lambda one: one.person.get(name) or one.values.get(own)


def _source(code: str) -> Callable[[AccidentFacts], object]:
    return lambda one: yes_or_no(one.values.get("told_by"), code)


def _degrees(place: int) -> Callable[[AccidentFacts], object]:
    def tell(one: AccidentFacts) -> object:
        parts = str(one.values.get("coordinates") or "").split(", ")
        return parts[place] if len(parts) > 1 else ""

    return tell


def _known(one: AccidentFacts) -> object:
    told = one.values.get("accident_known")
    return bool(one.values.get("accident_on")) if told is None else told


def _name(one: VictimFacts) -> object:
    return (one.person.get("name") or one.values.get("victim_name")) if one.named else None


def _birth(one: VictimFacts) -> object:
    told = str(one.person.get("birth") or one.values.get("victim_birth") or "")
    return told if one.named else told[:4]  # the year alone points at nobody


def _transported(one: VictimFacts) -> object:
    return YES if one.values.get("facility") or one.values.get("transport") else None


def _lost(one: VictimFacts) -> object:
    impaired = one.values.get("later_consequence") == "impaired"
    return bool(one.values.get("losses")) if impaired else None


def _loss(code: str) -> Callable[[VictimFacts], object]:
    return lambda one: yes_or_no(one.values.get("losses"), code) if _lost(one) else None


def _wound(code: str) -> Callable[[VictimFacts], object]:
    return lambda one: yes_or_no(one.values.get("injuries"), code)


ACCIDENT: tuple[Column, ...] = (
    ("ac_id", lambda one: accident_id(one.id)),
    ("source_cs", _source("community")),
    ("source_re", _source("risk_education")),
    ("source_other", _field("told_by_other")),
    ("ac_date_known", _known),
    ("ac_date", _field("accident_on")),
    ("ac_governorate", lambda one: one.province),
    ("ac_district", lambda one: one.district),
    ("ac_subdistrict", _field("accident_commune")),
    ("ac_subdistrict_name", lambda one: one.commune),
    ("ac_community_name", _field("accident_hamlet")),
    ("ac_location", lambda one: _mapped(ACCURACY, one.values.get("accident_accuracy"))),
    ("ac_latitude", _degrees(0)),
    ("ac_longitude", _degrees(1)),
    ("ac_gps_accuracy", _field("gps_accuracy")),
    ("casualty", lambda one: bool(count(one, "killed") + count(one, "injured"))),
    ("killed", lambda one: count(one, "killed")),
    ("injured", lambda one: count(one, "injured")),
    ("casualty_number", lambda one: count(one, "killed") + count(one, "injured")),
    ("ac_eo", _field("device")),
    ("ac_cause", _field("detonation")),
    ("ac_area", _field("area")),
    ("ac_marking_prior", _field("marking_before")),
    ("ac_marking_prior_type", _field("marking_before_kind")),
    ("ac_marking_after", _field("marking_after")),
    ("ac_marking_after_type", _field("marking_after_kind")),
    ("ac_clearance_prior", _field("cleared_before")),
    ("ac_clearance_prior_by", _field("cleared_before_by")),
    ("ac_clearance_after", _field("cleared_after")),
    ("ac_clearance_after_by", _field("cleared_after_by")),
)
VICTIM: tuple[VictimColumn, ...] = (
    ("ac_id", lambda one: accident_id(one.accident_id) if one.accident_id else ""),
    ("vi_id", victim_id),
    ("vi_name", _name),
    ("vi_gender", _either("sex", "victim_sex")),
    ("vi_birth", _birth),
    ("vi_education", _now("education")),
    ("vi_nationality", lambda one: "VNM" if one.person.get("id_number") else None),
    ("vi_age_accident", age),
    ("vi_occupation_prior", _told("occupation_then")),
    ("vi_activity_accident", _told("activity")),
    ("vi_frequency_area", _told("frequency")),
    ("vi_know_danger", _told("knew_danger")),
    ("vi_see_danger", _told("saw_danger")),
    ("vi_re_prior", _told("taught_before")),
    ("vi_circump", lambda one: one.accident.get("detonation")),
    *((column, _wound(code)) for column, code in WOUNDS.items()),
    ("vi_direct_assistance", _told("first_aid")),
    ("vi_medical_facility", _transported),
    ("vi_transportation", _told("transport")),
    ("vi_transportation_time", _told("transport_minutes")),
    ("vi_consequence", _told("consequence")),
    ("vi_death", _told("death_place")),
    ("vi_next_consequence", lambda one: _mapped(LATER, one.values.get("later_consequence"))),
    *((column, _loss(code)) for column, code in LOSSES.items()),
    ("vi_loss_check", _lost),
    ("vi_marital", _now("marital")),
    ("vi_status_current", _now("life_state")),
    ("vi_head", lambda one: one.person["head_relation"] == "self"
     if one.person.get("head_relation") else None),
    ("vi_occupation_current", _now("occupation")),
)  # fmt: skip


def _mapped(others: Mapping[str, str], code: object) -> object:
    return others.get(str(code), code)
