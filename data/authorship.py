"""Whose work a record is: nobody approves what he wrote or last changed, here or at the centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data import fields
from data.records.person import WORKFLOW

APPROVED = "approved"
STATUS = {
    "person": "status",
    "care_case": "case_status",
    "amendment": "state",
    "case_plan": "plan_status",
    "sharing": "sharing_state",
    "notice": "notice_state",
    "certificate": "certificate_state",
}
"""The field of each kind of record that says whether it is approved."""
ENDING = frozenset(
    ("closed_on", "close_reason", "close_note", "close_doubts")
    + ("meeting_on", "attendees", "handed_to", "handover_note", "follow_until")
)
"""How a case ended: approved by its own rule, by other eyes than who proposed it."""
NO_CONTENT = {
    "person": WORKFLOW,
    "care_case": frozenset({"case_status", "worker", "case_number"}) | ENDING,
    "amendment": frozenset({"state", "reason", "decided_by", "decided_at"}),
    "case_plan": frozenset({"plan_status", "approved_on", "approved_by"}),
    "sharing": frozenset({"sharing_state", "sharing_answer", "decided_by", "decided_at"}),
    "notice": frozenset(
        "notice_state approved_on approved_by posted_on take_down_on taken_down_on".split()
    ),
    "certificate": frozenset(),
}
"""Fields that say where a record stands; who moves them did not write the record."""
BELONGINGS = ("need", "victim", "attachment")
"""What is approved together with its person. An accident is so through its victims, and the
activities of a plan with their plan."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry about a record or, with `beside`, about what belongs to it; new values by field.

    `order` says which of two entries was first.
    """

    order: int
    login: str
    values: Mapping[str, object]
    beside: bool = False


def writers(entity: str, creator: str, deeds: Iterable[Deed]) -> frozenset[str]:
    """Who made a record, and everybody who changed its content since it was last approved.

    Nothing changed since then: who changed it before that approval. What was added or changed
    beside the record, its needs, accidents and files, is content too. Who let the guarded values
    of an amendment in did not write them.
    """
    now: set[str] = set()
    before: set[str] = set()
    approved = False
    for deed in sorted(deeds, key=lambda one: one.order):
        if deed.beside or _is_content(entity, deed, approved):
            now.add(deed.login)
        if deed.beside or STATUS[entity] not in deed.values:
            continue
        approved = deed.values[STATUS[entity]] == APPROVED
        if approved and now:
            before, now = now, set()
    return frozenset({creator} | (now or before))


def _is_content(entity: str, deed: Deed, approved: bool) -> bool:
    content = set(deed.values) - NO_CONTENT[entity]
    let_in = entity == "person" and approved and content <= fields.guarded(entity)
    return bool(content) and not let_in
