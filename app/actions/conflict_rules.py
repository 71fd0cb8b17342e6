"""Which side of a conflict may be taken: a decision follows the rules of an edit of the field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import Problem, Refused
from app.rules import need as need_rules
from app.workspace import Workspace
from data import fields, settled
from data.confidential import OPEN
from data.records import case_plan, certificate, hearing
from data.records.sync import Conflict
from data.sealing import RESTRICTED_MARK

EDITED = frozenset(
    "person need need_step accident victim hazard consent care_case case_note case_assessment "
    "case_plan plan_activity case_review task flag attachment provider referral support "
    "gift_round assistive_device repair agreement entitlement period target training_round "
    "training_class workshop delegate certificate blank certificate_opening "
    "national_file national_line "
    "council_member council_session attendance hearing screening notice "
    "application complaint medical_referral".split()
)
"""Records whose fields people fill. What else travels is decided where it is made."""
REMOVAL, LEADS_TO = "deleted_at", "merged_into"
NOT_HERE = {
    ("care_case", "case_status"): "conflict_at_the_case",
    ("application", "file_step"): "conflict_at_the_application",
    ("case_plan", "plan_status"): "conflict_at_the_case",
    ("council_session", "session_state"): "conflict_only_keep",
    ("hearing", "hearing_state"): "conflict_only_keep",
    ("notice", "notice_state"): "conflict_only_keep",
    ("hazard", "hazard_state"): "conflict_only_keep",
    ("certificate", "certificate_state"): "conflict_only_keep",
    ("blank", "blank_state"): "conflict_only_keep",
    ("consent", "withdrawn_on"): "conflict_only_keep",
}
"""Fields that have a desk of their own: here one only confirms what stands."""


def why_only_keep(card: Conflict, record: Any) -> str:
    """The code of why only what stands can be kept; empty when every side may be taken.

    The open words of a note that became confidential do not come back. What a merged record says
    counts for nobody: the right value is written into whom it leads to.
    """
    if is_merged(record):
        return "conflict_merged_twice" if card.field == LEADS_TO else "conflict_of_merged"
    if card.field == OPEN and getattr(record, "confidential", False):
        return "conflict_only_keep"
    desk = NOT_HERE.get((card.entity, card.field))
    if desk:
        return desk
    if case_plan.settled(record) and card.field not in case_plan.PROGRESS:
        return "conflict_plan_settled"
    if hearing.settled(record):
        return "conflict_hearing_settled"
    if certificate.settled(record) and card.field not in certificate.AFTERWARDS:
        return "conflict_certificate_settled"
    if settled.stands(card.entity, record, card.field):
        return "conflict_only_keep"
    if card.entity == "person" and card.field == "status":
        return "conflict_at_the_desk"
    filled = fields.has(card.entity, card.field) or card.field in (REMOVAL, "deleted_reason")
    return "" if card.entity in EDITED and filled else "conflict_only_keep"


def is_merged(record: Any) -> bool:
    """Whether the record is one that was merged into another."""
    return bool(getattr(record, "merged_into", None))


def is_closed(ws: Workspace, card: Conflict, record: Any) -> bool:
    """Whether the values are restricted, and not for this user."""
    return ws.restricted is None and is_restricted(card, record)


def is_restricted(card: Conflict, record: Any) -> bool:
    """Whether the values of a conflict are for those alone who hold the second key."""
    restricted = card.field in fields.restricted(card.entity)
    confidential = card.entity == "case_note" and bool(getattr(record, "confidential", False))
    sides = (card.base, card.mine, card.theirs)
    return restricted or confidential or any(RESTRICTED_MARK in (side or "") for side in sides)


def awaits(card: Conflict, record: Any, name: str) -> bool:
    """Whether a new value of the field goes to approval before it stands."""
    approved = card.entity == "person" and record is not None and record.status == "approved"
    return approved and not is_merged(record) and name in fields.guarded("person")


def check(ws: Workspace, card: Conflict, record: Any, values: Mapping[str, object]) -> None:
    """Raise Refused when these values cannot be taken."""
    if is_closed(ws, card, record):
        known = fields.has(card.entity, card.field)
        label = fields.get(card.entity, card.field).vi if known else card.field
        raise Refused.one("no_right_restricted", card.field, label=label)
    changed = {n: v for n, v in values.items() if record is None or getattr(record, n) != v}
    if record is None and changed.keys() & {card.field}:
        raise Refused.one("conflict_only_keep", card.field)
    code = why_only_keep(card, record)
    if changed and code:
        raise Refused.one(code, card.field, name=getattr(record, "name", ""))
    problems = [_problem(card, record, name, value) for name, value in changed.items()]
    found = [one for one in problems if one is not None]
    if found:
        raise Refused(found)


def _problem(card: Conflict, record: Any, name: str, value: object) -> Problem | None:
    if card.entity == "person" and name in ("name", "commune", "life_state") and not value:
        return Problem.of("required", name, label=fields.get("person", name).vi)
    if card.entity == "need" and name == "priority" and not need_rules.priority_fits(value):
        return Problem.of("need_priority", name, value)
    if card.entity == "need" and name == "need_status":
        if need_rules.lacks_why(value, record.need_note):
            return Problem.of("need_refused_why", "need_note")
    return None
