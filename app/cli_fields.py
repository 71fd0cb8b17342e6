"""The verb that lists fields: what `--set FIELD=VALUE` takes, of what kind, with which codes."""

from __future__ import annotations

import argparse
from typing import Any

from app.actions import (
    case_plan,
    certificate,
    certificate_opening,
    field_values,
    hazard,
    hearing_paper,
)
from app.actions.case_opening import INTAKE
from app.actions.person_checks import REQUIRED
from app.cli_arguments import FIELDS_OF
from app.cli_context import Answer, Context
from app.section_titles import section_title
from app.wording import language, translate
from data import codes, fields
from data.fields import Field

ONLY = {
    "care_case": INTAKE,
    "case_plan": case_plan.TYPED,
    "certificate": certificate.TYPED | certificate_opening.TAKEN,
    "hearing": hearing_paper.TAKEN,
}
NEVER = {
    "hazard": hazard.OF_STEPS,
    "consent": frozenset({"withdrawn_on", "withdrawal_note"}),
    "complaint": frozenset({"due_on"}),
    "council_session": frozenset({"session_state"}),
}


def register(verbs: Any) -> None:
    """Add the verb to the command line."""
    words = translate("các trường mà --set nhận: tên, loại, danh mục")
    verb = verbs.add_parser("fields", help=words)
    known = tuple(dict.fromkeys(one for several in FIELDS_OF.values() for one in several))
    which = translate("bản ghi nào: {known}", known=", ".join(known))
    verb.add_argument("record", choices=known, metavar="RECORD", help=which)
    verb.set_defaults(run=listing)


def listing(args: argparse.Namespace, _context: Context) -> Answer:
    """Every field of a record in the order of the forms; no store is needed."""
    told = [_document(one) for one in fields.of(args.record) if _is_typed(one)]
    document = {"record": args.record, "fields": told}
    return Answer(document, (section_title(args.record), *(_line(one) for one in told)))


def kinds() -> dict[str, str]:
    """What is typed into a field of a type."""
    return {
        "text": translate("chữ"),
        "note": translate("chữ, nhiều dòng"),
        "name": translate("họ tên"),
        "phone": translate("số điện thoại"),
        "idno": translate("số giấy tờ"),
        "geo": translate("tọa độ, ví dụ 13.985120, 109.043210"),
        "int": translate("số"),
        "money": translate("số tiền, đồng"),
        "bool": translate("có hoặc không"),
        "date": translate("ngày: 12/3/1971, 3/1971 hoặc 1971"),
        "code": translate("một mã"),
        "codes": translate("một hay nhiều mã, cách nhau bằng dấu phẩy"),
        "unit": translate("mã hay tên xã, ví dụ 63:21871"),
    }


def _is_typed(one: Field) -> bool:
    """Whether `--set` takes the field: others follow from a verb of their own."""
    only, never = ONLY.get(one.record), NEVER.get(one.record, frozenset())
    return one.name not in never and (only is None or one.name in only)


def _document(one: Field) -> dict[str, Any]:
    listed = [
        {"code": item.code, "label": item.label(language())} for item in codes.get(one.codes).items
    ] if one.codes else []  # fmt: skip
    return {
        "name": one.name,
        "label": one.label(language()),
        "type": one.type,
        "codes": listed,
        "required": one.record == "person" and one.name in REQUIRED,
        "restricted": one.restricted,
    }


def _line(one: dict[str, Any]) -> str:
    listed = ", ".join(f"{each['code']} ({each['label']})" for each in one["codes"])
    closed = field_values.restricted_label() if one["restricted"] else ""
    words = (one["name"], one["label"], kinds()[one["type"]], listed, closed)
    return "\t".join(word for word in words if word)
