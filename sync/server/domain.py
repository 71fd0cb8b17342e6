"""What the server's log is told about the records: merge classes, parents, who may approve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data import fields, settled
from data.authorship import ENDING
from data.records.certificate import PRINTED
from data.records.sync import DECIDES
from data.schema import travelling
from sync import merge
from sync.merge import MergeClasses
from sync.protocol import Change
from sync.server import (
    approving,
    certificates,
    council,
    members,
    merging,
    shape,
    standing,
    transfer_rules,
)
from sync.server.deciding import Domain, Objection
from sync.server.rows import Rows

WRITTEN_ONCE = frozenset({"approval", "report_edition"})
OF_A_STATE = {
    "care_case": ENDING | {"case_status"},
    "application": frozenset(
        (
            "file_step step_on concluded_on due_on ended_on end_note completed_on "
            "missing_asked_on missing_note"
        ).split()
    ),
    "case_plan": frozenset("plan_status goals risks review_on change_reason".split()),
} | {name: kind.content | {kind.state} for name, kind in settled.KINDS.items()}
"""What stands and falls with a state: words of a plan that was approved meanwhile, and the reason
of an ending that did not come to pass, go to review together with it."""


def of_the_office() -> Domain:
    """The domain as the field dictionary and the record tables describe it."""
    return Domain(
        _classes(),
        _parents(),
        objection,
        judge,
        transfer_rules.other,
        transfer_rules.proposal,
    )


def objection(change: Change, rows: Rows, office_id: str) -> Objection | None:
    """What speaks against a change before it is merged: values that fit no record, no right to
    let users in, to merge persons or to approve."""
    rules = (
        shape.objection,
        members.user_objection,
        members.reform_objection,
        merging.merger_objection,
        merging.decision_objection,
        approving.approval_objection,
        approving.ending_objection,
        approving.activity_objection,
        transfer_rules.objection,
    )
    found = next((one for rule in rules if (one := rule(change, rows, office_id))), None)
    values = standing.brought(change, rows) if found is None else None
    return found if values is None else judge(change, values, rows, office_id)


def judge(
    change: Change, values: Mapping[str, Any], rows: Rows, office_id: str
) -> Objection | None:
    """What speaks against these values of a change: all of a new record, of a known one those
    that the merge takes."""
    rules = (
        approving.guarded_objection,
        standing.standing_objection,
        certificates.certificate_objection,
        council.file_objection,
        council.hearing_objection,
    )
    found = (rule(change, values, rows, office_id) for rule in rules)
    return next((one for one in found if one is not None), None)


def _classes() -> MergeClasses:
    classes = {
        (record, field.name): field.merge
        for record in fields.records()
        for field in fields.of(record)
    }
    guarded = fields.guarded("person") | {"status"}
    classes["person", "status"] = merge.STATE
    classes |= {("user", name): merge.FIRST for name in ("full_name", "title", "confidential")}
    classes["certificate_opening", "first_number"] = merge.FIRST
    sets = {"person": guarded, "amendment": frozenset({"changes", "state"})} | OF_A_STATE
    groups: dict[str, tuple[frozenset[str], ...]] = {
        entity: (names,) for entity, names in sets.items()
    }
    groups["certificate"] += (PRINTED,)
    return MergeClasses(classes, groups, WRITTEN_ONCE, fields.moves(), DECIDES)


def _parents() -> dict[str, tuple[tuple[str, str], ...]]:
    """By foreign keys; the two persons of a decision may be in different offices and have none."""
    return {
        entity: tuple(
            (key.parent.name, key.column.table.name)
            for key in sorted(kind.__table__.foreign_keys, key=lambda key: str(key.parent.name))
        )
        for entity, kind in travelling().items()
    } | {
        "merger": (("absorbed_id", "person"), ("person_id", "person")),
        "distinct_pair": (("other_id", "person"), ("person_id", "person")),
    }
